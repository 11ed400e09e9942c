//! What stands at a place of the output now: a path comes in, a word goes out; it never follows a symbolic link and
//! never changes anything.
#![allow(clippy::disallowed_methods, reason = "looks at the output, which only this room may do")]

use std::collections::HashSet;
use std::fs::Metadata;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use super::route;
use crate::Error;

/// What a path leads to.
pub(super) enum Standing {
    Nothing,
    File(Metadata),
    Folder(Metadata),
    Link,
    /// A socket, a device.
    Other,
}

impl Standing {
    /// Looks at a path, at the cost of one call.
    pub(super) fn at(path: &Path) -> Result<Self, Error> {
        match path.symlink_metadata() {
            Err(error) if matches!(error.kind(), io::ErrorKind::NotFound | io::ErrorKind::NotADirectory) => {
                Ok(Self::Nothing)
            }
            Err(error) => Err(Error::io("look at", path)(error)),
            Ok(metadata) if metadata.is_file() => Ok(Self::File(metadata)),
            Ok(metadata) if metadata.is_dir() => Ok(Self::Folder(metadata)),
            Ok(metadata) if metadata.is_symlink() => Ok(Self::Link),
            Ok(_) => Ok(Self::Other),
        }
    }
}

/// The folders of an output, each looked at once: a link among them is refused, for it may lead out of the output.
pub(super) struct Folders {
    output: PathBuf,
    disk: u64,
    known: Mutex<HashSet<Box<str>>>,
}

impl Folders {
    /// The folders of an output.
    pub(super) fn new(output: &Path) -> Result<Self, Error> {
        let metadata = output.symlink_metadata().map_err(Error::io("look at", output))?;
        Ok(Self { output: output.to_path_buf(), disk: disk(&metadata), known: Mutex::default() })
    }

    /// Whether a real folder is there; a link on the way, or another disk, is refused by name.
    pub(super) fn has(&self, folder: &str) -> Result<bool, Error> {
        if folder.is_empty() || self.known.lock().unwrap_or_else(PoisonError::into_inner).contains(folder) {
            return Ok(true);
        }
        if !self.has(route::parent(folder))? {
            return Ok(false);
        }
        let path = self.output.join(folder);
        match Standing::at(&path)? {
            Standing::Folder(metadata) => self.check_disk(&path, &metadata)?,
            Standing::Link => return Err(link(&path)),
            _ => return Ok(false),
        }
        self.known.lock().unwrap_or_else(PoisonError::into_inner).insert(folder.into());
        Ok(true)
    }

    /// Refuses a folder on another disk: files are put in place by rename, which stays on one.
    pub(super) fn check_disk(&self, folder: &Path, metadata: &Metadata) -> Result<(), Error> {
        if disk(metadata) == self.disk {
            return Ok(());
        }
        let folder = folder.display();
        Err(Error::Refused(format!(
            "{folder} is on another disk than the output around it, and no page can be moved there: unmount it, and \
             build again"
        )))
    }
}

/// The refusal of a file of somebody else where one of ours must go.
pub(super) fn foreign(path: &Path) -> Error {
    Error::Refused(format!(
        "{} is not Dateline's, and a page or a folder of the site must go there: move it away, or give the page \
         another address, and build again",
        path.display()
    ))
}

/// The refusal of a symbolic link.
pub(super) fn link(path: &Path) -> Error {
    let target = path.read_link().unwrap_or_default();
    Error::Refused(format!(
        "{} is a symbolic link to {}, and Dateline does not write through links: remove it and build again",
        path.display(),
        target.display()
    ))
}

#[cfg(unix)]
fn disk(metadata: &Metadata) -> u64 {
    std::os::unix::fs::MetadataExt::dev(metadata)
}

#[cfg(not(unix))]
fn disk(_: &Metadata) -> u64 {
    0
}
