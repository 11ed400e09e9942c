//! Files to be copied: a path comes in, an open file and its pieces go out; it never reads behind a link that leads
//! out of the site.

use std::collections::HashSet;
use std::fs::File;
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use super::digest::{Digest, Digester};
use super::place;
use crate::Error;

/// The largest piece of a file that is held in memory.
pub(super) const PIECE: usize = 1 << 18;

/// The sources of a site, each of their folders looked at once.
pub(super) struct Sources {
    site_root: PathBuf,
    known: Mutex<HashSet<PathBuf>>,
}

impl Sources {
    /// The sources of the site in this folder.
    pub(super) fn of(site_root: &Path) -> Result<Self, Error> {
        let site_root = site_root.canonicalize().map_err(Error::io("find", site_root))?;
        Ok(Self { site_root, known: Mutex::default() })
    }

    /// Opens a file, and gives its length.
    pub(super) fn open(&self, path: &Path) -> Result<(File, u64), Error> {
        self.check(path)?;
        let file = File::open(path).map_err(Error::io("read", path))?;
        let length = file.metadata().map_err(Error::io("read", path))?.len();
        Ok((file, length))
    }

    fn check(&self, path: &Path) -> Result<(), Error> {
        let folder = path.parent().unwrap_or(path);
        let known = self.known.lock().unwrap_or_else(PoisonError::into_inner).contains(folder);
        if !known || path.is_symlink() {
            place::resolve(path, &self.site_root)?;
            self.known.lock().unwrap_or_else(PoisonError::into_inner).insert(folder.to_path_buf());
        }
        Ok(())
    }
}

/// Reads a file to its end, piece by piece; gives its digest and its length.
pub(super) fn stream(
    from: &mut File,
    length: u64,
    mut each: impl FnMut(&[u8]) -> io::Result<()>,
) -> io::Result<(Digest, u64)> {
    let mut buffer =
        vec![0; usize::try_from(length.saturating_add(1)).unwrap_or(usize::MAX).clamp(512, PIECE)];
    let (mut digester, mut read) = (Digester::default(), 0);
    loop {
        let piece = match from.read(&mut buffer)? {
            0 => return Ok((digester.finish(), read)),
            length => &buffer[..length],
        };
        digester.add(piece);
        each(piece)?;
        read += piece.len() as u64;
    }
}
