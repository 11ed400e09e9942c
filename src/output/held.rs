//! A file that one process at a time holds, with a line that the next one may read: by it a program knows that an earlier
//! run of its own has died. The system gives it up when the process ends, however it ends.

use std::fs::{File, OpenOptions, TryLockError};
use std::io::{Read, Seek, Write};
use std::path::{Path, PathBuf};

use crate::Error;

/// A file that is held.
#[derive(Debug)]
pub struct Held {
    file: File,
    path: PathBuf,
}

impl Held {
    /// Holds a file, which is made if it is not there; `None` where another process holds it.
    ///
    /// # Errors
    /// A failure of the disk.
    pub fn take(path: &Path) -> Result<Option<Self>, Error> {
        let opened = OpenOptions::new().read(true).write(true).create(true).truncate(false).open(path);
        let file = opened.map_err(Error::io("open", path))?;
        match file.try_lock() {
            Ok(()) => Ok(Some(Self { file, path: path.to_path_buf() })),
            Err(TryLockError::WouldBlock) => Ok(None),
            Err(TryLockError::Error(error)) => Err(Error::io("lock", path)(error)),
        }
    }

    /// The line that the last holder left.
    ///
    /// # Errors
    /// A failure of the disk.
    pub fn line(&mut self) -> Result<String, Error> {
        let mut text = String::new();
        let read = self.file.rewind().and_then(|()| self.file.read_to_string(&mut text));
        read.map_err(Error::io("read", &self.path))?;
        Ok(text.trim().to_string())
    }

    /// Leaves a line for the next holder.
    ///
    /// # Errors
    /// A failure of the disk.
    pub fn leave(&mut self, line: &str) -> Result<(), Error> {
        let written = self.file.set_len(0).and_then(|()| self.file.rewind());
        written.and_then(|()| writeln!(self.file, "{line}")).map_err(Error::io("write", &self.path))
    }
}

#[cfg(test)]
mod tests {
    use super::Held;

    #[test]
    fn one_holds_it_and_the_next_reads_what_was_left() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.lock");
        let mut first = Held::take(&path).unwrap().unwrap();
        assert!(Held::take(&path).unwrap().is_none());
        first.leave("a longer line").unwrap();
        first.leave("token").unwrap();
        drop(first);
        assert_eq!(Held::take(&path).unwrap().unwrap().line().unwrap(), "token");
    }
}
