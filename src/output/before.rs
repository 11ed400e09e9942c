//! The output as the last build left it: routes come in, whether our file still stands goes out; it never changes
//! anything on the disk.

use std::fs::File;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::time::SystemTime;

use super::digest::Digest;
use super::manifest::{MANIFEST, Manifest};
use super::route;
use super::source::stream;
use super::standing::{self, Folders, Standing};
use crate::Error;

/// What the last build left, and what of it this build keeps.
pub(super) struct Before {
    /// What is ours.
    pub(super) manifest: Manifest,
    /// The folders that were looked at.
    pub(super) folders: Folders,
    output: PathBuf,
    /// When the manifest was; `None` where there is none.
    written: Option<SystemTime>,
    kept: AtomicUsize,
    /// One for each file of the manifest.
    kept_here: Vec<AtomicBool>,
    /// A file was read because it is younger than the manifest: a younger manifest saves that the next time.
    compared: AtomicBool,
}

impl Before {
    /// Reads the manifest of an output.
    pub(super) fn read(output: &Path, folders: Folders) -> Result<Self, Error> {
        let path = output.join(MANIFEST);
        let read = Manifest::read(output)?;
        let time =
            || path.metadata().and_then(|metadata| metadata.modified()).map_err(Error::io("look at", &path));
        let written = read.is_some().then(time).transpose()?;
        let manifest = read.unwrap_or_default();
        Ok(Self {
            kept_here: manifest.files().map(|_| AtomicBool::default()).collect(),
            manifest,
            folders,
            output: output.to_path_buf(),
            written,
            kept: AtomicUsize::default(),
            compared: AtomicBool::default(),
        })
    }

    /// The digest of a file of ours.
    pub(super) fn digest(&self, route: &str) -> Option<Digest> {
        self.manifest.digest(route)
    }

    /// Whether the folder of a file has no file of ours until now.
    pub(super) fn folder_is_new(&self, route: &str) -> bool {
        !self.manifest.has_below(route::parent(route))
    }

    /// Whether our file is there with the bytes that the manifest gives, and this length.
    ///
    /// The size and the time tell; only a file that is younger than the manifest is read.
    pub(super) fn stands(&self, route: &str, length: u64) -> Result<bool, Error> {
        Ok(self.folders.has(route::parent(route))? && self.stands_in_folder(route, length)?)
    }

    /// The same where its folder is known to be there.
    pub(super) fn stands_in_folder(&self, route: &str, length: u64) -> Result<bool, Error> {
        let path = self.output.join(route);
        let metadata = match Standing::at(&path)? {
            Standing::File(metadata) => metadata,
            Standing::Link => return Err(standing::link(&path)),
            _ => return Ok(false),
        };
        if metadata.len() != length {
            return Ok(false);
        }
        let modified = metadata.modified().map_err(Error::io("look at", &path))?;
        if self.written.is_some_and(|written| modified <= written) {
            return Ok(true);
        }
        self.compared.store(true, Ordering::Relaxed);
        let mut file = File::open(&path).map_err(Error::io("read", &path))?;
        let (digest, _) = stream(&mut file, length, |_| Ok(())).map_err(Error::io("read", &path))?;
        Ok(self.digest(route) == Some(digest))
    }

    /// The length of our file if it is there with the bytes that the manifest gives, whatever it is: the file is read.
    pub(super) fn stands_whole(&self, route: &str) -> Result<Option<u64>, Error> {
        if !self.folders.has(route::parent(route))? {
            return Ok(None);
        }
        let path = self.output.join(route);
        match Standing::at(&path)? {
            Standing::File(metadata) => {
                let mut file = File::open(&path).map_err(Error::io("read", &path))?;
                let read = stream(&mut file, metadata.len(), |_| Ok(()));
                let (digest, length) = read.map_err(Error::io("read", &path))?;
                Ok((self.digest(route) == Some(digest)).then_some(length))
            }
            Standing::Link => Err(standing::link(&path)),
            _ => Ok(None),
        }
    }

    /// Notes that a file stays as it is, which may stand at a place of the manifest.
    pub(super) fn keep(&self, at: usize, route: &str) {
        let position = self.manifest.position_near(at, route).expect("only a file of the manifest is kept");
        let twice = self.kept_here[position].swap(true, Ordering::Relaxed);
        debug_assert!(!twice, "the planner gives each address to one page, and {route} came twice");
        self.kept.fetch_add(1, Ordering::Relaxed);
    }

    /// How many files stay as they are.
    pub(super) fn kept(&self) -> usize {
        self.kept.load(Ordering::Relaxed)
    }

    /// Whether a file was read because it is younger than the manifest, which is to be written anew then.
    pub(super) fn has_compared(&self) -> bool {
        self.compared.load(Ordering::Relaxed)
    }

    /// Whether all files stay, and the manifest need not be written anew.
    pub(super) fn is_whole(&self) -> bool {
        self.written.is_some() && self.kept() == self.manifest.len() && !self.has_compared()
    }
}
