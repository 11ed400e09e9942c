//! A finished build, read again: a folder comes in, its files with their bytes go out; each is as its manifest says, or
//! it is refused. It never writes.
#![allow(
    clippy::disallowed_methods,
    reason = "what is published is read from the output that was just written"
)]

use std::io;
use std::path::{Path, PathBuf};

use super::digest::Digest;
use super::manifest::Manifest;
use super::route;
use crate::Error;

/// The files of an output folder as the last build left them.
#[derive(Debug)]
pub struct Built {
    folder: PathBuf,
    manifest: Manifest,
}

impl Built {
    /// Opens the output of a build.
    ///
    /// # Errors
    /// [`Error::Refused`] where no build has ended there.
    pub fn open(folder: &Path) -> Result<Self, Error> {
        let manifest = Manifest::read(folder)?.ok_or_else(|| changed(folder))?;
        Ok(Self { folder: folder.to_path_buf(), manifest })
    }

    /// Every file with its digest, in order.
    pub fn files(&self) -> impl ExactSizeIterator<Item = (&str, Digest)> {
        self.manifest.files()
    }

    /// The bytes of a file.
    ///
    /// # Errors
    /// [`Error::Refused`] where it is another file than the build wrote.
    pub fn read(&self, route: &str) -> Result<Vec<u8>, Error> {
        let bytes = read(&self.folder, route)?.ok_or_else(|| changed(&self.folder.join(route)))?;
        match self.manifest.digest(route) == Some(Digest::of(&bytes)) {
            true => Ok(bytes),
            false => Err(changed(&self.folder.join(route))),
        }
    }

    /// The size of a file.
    ///
    /// # Errors
    /// As for [`read`](Self::read).
    pub fn length(&self, route: &str) -> Result<u64, Error> {
        let path = self.folder.join(route);
        let metadata = path.symlink_metadata().map_err(Error::io("look at", &path))?;
        if metadata.is_file() { Ok(metadata.len()) } else { Err(changed(&path)) }
    }
}

/// The bytes of a file of a folder of ours; `None` where there is none.
///
/// # Errors
/// A failure of the disk, or a route that leads out of the folder.
pub fn read(folder: &Path, route: &str) -> Result<Option<Vec<u8>>, Error> {
    route::check(route)?;
    let path = folder.join(route);
    match std::fs::read(&path) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        read => read.map(Some).map_err(Error::io("read", &path)),
    }
}

fn changed(path: &Path) -> Error {
    let path = path.display();
    Error::Refused(format!(
        "{path} has changed since the build that is being published: let nothing else write there, and publish again"
    ))
}
