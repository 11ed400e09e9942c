//! One build at a time in an output folder: a folder comes in, a claim that holds until it is dropped goes out; it
//! never breaks a claim of another process.
#![allow(clippy::disallowed_methods, reason = "creates the output folder and removes its own lock")]

use std::fs::{DirBuilder, File, Metadata, OpenOptions, TryLockError};
use std::io;
use std::path::{Path, PathBuf};

use super::staging::STAGING;
use crate::Error;

const LOCK: &str = "lock";

/// A claim on an output folder: a locked file in its staging folder.
///
/// The operating system gives the lock back when the process ends, in whatever way. Where the claim's folders were
/// not there before they are removed with it, unless something has been put in.
pub(super) struct Claim {
    file: File,
    staging: PathBuf,
    made: Vec<PathBuf>,
}

impl Claim {
    /// Claims a folder, waits as long as another process has it, and calls `wait` before it does.
    pub(super) fn take(folder: &Path, mut wait: impl FnMut()) -> Result<Self, Error> {
        let staging = folder.join(STAGING);
        let mut made = Vec::new();
        loop {
            create(folder, &mut made)?;
            if let Some(file) = lock(&staging, &mut wait)? {
                return Ok(Self { file, staging, made });
            }
        }
    }

    /// Refuses when the folder was removed or replaced since it was claimed.
    pub(super) fn check(&self) -> Result<(), Error> {
        if is_at(&self.file, &self.staging.join(LOCK)) {
            return Ok(());
        }
        let staging = self.staging.display();
        Err(Error::Refused(format!("{staging} was removed while the build was at work: build again")))
    }
}

impl Drop for Claim {
    /// Failures are left alone: a lock file that stays does no harm, and the next claim uses it.
    fn drop(&mut self) {
        if !is_at(&self.file, &self.staging.join(LOCK)) {
            return;
        }
        let _ = std::fs::remove_file(self.staging.join(LOCK));
        let _ = std::fs::remove_dir(&self.staging);
        for folder in self.made.iter().rev() {
            let _ = std::fs::remove_dir(folder);
        }
    }
}

/// Creates a folder and those above it, and remembers which were not there.
fn create(folder: &Path, made: &mut Vec<PathBuf>) -> Result<(), Error> {
    let missing: Vec<&Path> = folder.ancestors().take_while(|above| !above.exists()).collect();
    for above in missing.into_iter().rev() {
        match std::fs::create_dir(above) {
            Ok(()) => made.push(above.to_path_buf()),
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {}
            Err(error) => return Err(Error::io("create", above)(error)),
        }
    }
    Ok(())
}

/// The locked file; `None` when who had it before removed it, so that one has to begin anew.
fn lock(staging: &Path, wait: &mut impl FnMut()) -> Result<Option<File>, Error> {
    let path = staging.join(LOCK);
    let file = match open(staging, &path) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
        opened => opened.map_err(Error::io("create", &path))?,
    };
    match file.try_lock() {
        Ok(()) => {}
        Err(TryLockError::Error(error)) => return Err(Error::io("lock", &path)(error)),
        Err(TryLockError::WouldBlock) => {
            wait();
            file.lock().map_err(Error::io("lock", &path))?;
        }
    }
    Ok(is_at(&file, &path).then_some(file))
}

fn open(staging: &Path, path: &Path) -> io::Result<File> {
    match private_folder().create(staging) {
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {}
        created => created?,
    }
    OpenOptions::new().read(true).write(true).create(true).truncate(false).open(path)
}

/// Half a site is nobody else's business: a host that serves the output under another account cannot look in.
fn private_folder() -> DirBuilder {
    #[allow(unused_mut, reason = "only Unix has something to set")]
    let mut builder = DirBuilder::new();
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder
}

/// Whether a path still leads to an open file, not to another one or to nothing.
fn is_at(file: &File, path: &Path) -> bool {
    match (file.metadata(), path.symlink_metadata()) {
        (Ok(open), Ok(named)) => same(&open, &named),
        _ => false,
    }
}

#[cfg(unix)]
fn same(one: &Metadata, other: &Metadata) -> bool {
    use std::os::unix::fs::MetadataExt;
    (one.dev(), one.ino()) == (other.dev(), other.ino())
}

/// Elsewhere an open file cannot be removed by others, so the name is enough.
#[cfg(not(unix))]
fn same(_: &Metadata, other: &Metadata) -> bool {
    other.is_file()
}
