//! A failure of the machine, with the path in it: a disk that is full, a folder that may not be read.
//!
//! What an author can mend is a [`Diagnostic`](crate::Diagnostic) instead.

use std::fmt;
use std::io;
use std::path::{Path, PathBuf};

/// What the machine would not do.
#[derive(Debug)]
pub enum Error {
    /// A call to the operating system failed.
    Io {
        /// What was to be done: `read`, `write`, `rename`.
        action: &'static str,
        /// With which file or folder.
        path: PathBuf,
        /// Why not.
        source: io::Error,
    },
    /// It was not done because it would do harm; the text says what to do instead.
    Refused(String),
}

impl Error {
    /// A closure for `map_err` that keeps the action and the path.
    pub fn io(action: &'static str, path: &Path) -> impl FnOnce(io::Error) -> Self {
        move |source| Self::Io { action, path: path.to_path_buf(), source }
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Io { action, path, source } => write!(f, "cannot {action} {}: {source}", path.display()),
            Self::Refused(why) => f.write_str(why),
        }
    }
}

impl std::error::Error for Error {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Io { source, .. } => Some(source),
            Self::Refused(_) => None,
        }
    }
}
