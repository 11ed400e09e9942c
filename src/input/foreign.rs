//! Files that another program made: a folder or one file comes in, names and bytes go out; nothing there is changed,
//! and nothing behind a link that leads out of the folder is read.

use std::path::{Component, Path, PathBuf};

use walkdir::{DirEntry, WalkDir};

use super::read_bytes;
use crate::Error;

/// A folder with the files of another program, or one such file.
#[derive(Debug, Clone)]
pub struct Foreign {
    root: PathBuf,
    /// The one file that was named, relative to its folder.
    named: Option<PathBuf>,
}

impl Foreign {
    /// Takes a folder or a file.
    ///
    /// # Errors
    /// A path that leads nowhere.
    pub fn open(path: &Path) -> Result<Self, Error> {
        let real = path.canonicalize().map_err(Error::io("read", path))?;
        match (real.is_file(), real.parent(), real.file_name()) {
            (true, Some(folder), Some(name)) => {
                Ok(Self { root: folder.to_path_buf(), named: Some(PathBuf::from(name)) })
            }
            _ => Ok(Self { root: real, named: None }),
        }
    }

    /// The one file that was named; `None` for a folder.
    #[must_use]
    pub fn named(&self) -> Option<&Path> {
        self.named.as_deref()
    }

    /// What the folder or the file is called, without an ending.
    #[must_use]
    pub fn name(&self) -> String {
        let path = self.named.as_deref().unwrap_or(&self.root);
        path.file_stem().map_or_else(|| "imported".to_string(), |name| name.to_string_lossy().into_owned())
    }

    /// The files of the folder, or below one of its own, relative to it and sorted. Hidden ones, and what package managers
    /// leave, are passed over.
    ///
    /// # Errors
    /// A folder that can't be read.
    pub fn files(&self, below: &Path) -> Result<Vec<PathBuf>, Error> {
        let start = self.root.join(below);
        if !start.is_dir() {
            return Ok(Vec::new());
        }
        let walk = WalkDir::new(&start).sort_by_file_name().into_iter();
        let mut files = Vec::new();
        for entry in walk.filter_entry(|entry| entry.depth() == 0 || !is_foreign_to_all(entry)) {
            let entry = entry.map_err(|error| {
                let path = error.path().unwrap_or(&start).to_path_buf();
                let source =
                    error.into_io_error().unwrap_or_else(|| std::io::Error::other("it can't be read"));
                Error::Io { action: "read", path, source }
            })?;
            if entry.file_type().is_file() {
                files.push(entry.path().strip_prefix(&self.root).unwrap_or(entry.path()).to_path_buf());
            }
        }
        Ok(files)
    }

    /// The file that a path means, if it is one, and in the folder.
    #[must_use]
    pub fn find(&self, path: &Path) -> Option<PathBuf> {
        let mut inner = PathBuf::new();
        for part in path.components() {
            match part {
                Component::Normal(name) => inner.push(name),
                Component::ParentDir => inner.pop().then_some(())?,
                Component::CurDir | Component::RootDir | Component::Prefix(_) => {}
            }
        }
        let real = self.root.join(&inner).canonicalize().ok()?;
        (real.starts_with(&self.root) && real.is_file()).then_some(inner)
    }

    /// Where a file really is.
    #[must_use]
    pub fn real(&self, path: &Path) -> PathBuf {
        self.root.join(path)
    }

    /// The text of a file; `None` where it is not there or not UTF-8.
    ///
    /// # Errors
    /// A file that can't be read.
    pub fn text(&self, path: &Path) -> Result<Option<String>, Error> {
        let Some(inner) = self.find(path) else { return Ok(None) };
        Ok(String::from_utf8(read_bytes(&self.root.join(inner))?).ok())
    }
}

fn is_foreign_to_all(entry: &DirEntry) -> bool {
    let name = entry.file_name().to_string_lossy();
    name.starts_with('.') || name.ends_with('~') || name == "node_modules"
}
