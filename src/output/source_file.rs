//! New files of a site's sources: paths and what is to be in them come in, the files are there; it never replaces one,
//! never leaves the site, and never stops halfway.
#![allow(clippy::disallowed_methods, reason = "a new source file is written here")]

use std::fs::{File, OpenOptions};
use std::io::{ErrorKind, Write};
use std::path::{Path, PathBuf};

use super::place;
use crate::Error;

/// Writes a new file of the site in `root`, at a path below it.
///
/// # Errors
///
/// [`Error::Refused`] where something stands there already, or a symbolic link leads out of the site.
pub fn create(root: &Path, path: &Path, text: &str) -> Result<(), Error> {
    let real_root = root.canonicalize().map_err(Error::io("find", root))?;
    let real = place::resolve(&real_root.join(path), &real_root)?;
    if let Some(folder) = real.parent() {
        std::fs::create_dir_all(folder).map_err(Error::io("create", folder))?;
    }
    let mut file = create_new(&real, path)?;
    file.write_all(text.as_bytes()).map_err(Error::io("write", path))
}

/// A file that is to be made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewFile {
    /// Where, relative to the site's root.
    pub path: PathBuf,
    /// What is to be in it.
    pub content: NewContent,
}

/// What is to be in a new file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NewContent {
    /// A text.
    Text(String),
    /// The bytes of a file elsewhere.
    Copy(PathBuf),
}

/// Those of the paths where something stands already.
///
/// # Errors
///
/// [`Error::Refused`] where a symbolic link leads out of the site.
pub fn taken<'a>(root: &Path, paths: impl Iterator<Item = &'a Path>) -> Result<Vec<&'a Path>, Error> {
    let real_root = root.canonicalize().map_err(Error::io("find", root))?;
    let mut taken = Vec::new();
    for path in paths {
        if place::resolve(&real_root.join(path), &real_root)?.symlink_metadata().is_ok() {
            taken.push(path);
        }
    }
    Ok(taken)
}

/// Writes new files of the site in `root`: all of them or none.
///
/// # Errors
///
/// [`Error::Refused`] where something stands at one of the paths; then, and after a failure of the machine, what was made is
/// taken away again.
pub fn create_all(root: &Path, files: &[NewFile]) -> Result<(), Error> {
    let real_root = root.canonicalize().map_err(Error::io("find", root))?;
    if let Some(path) = taken(root, files.iter().map(|file| file.path.as_path()))?.first() {
        return Err(there_already(path));
    }
    let mut made = Made::default();
    for file in files {
        if let Err(error) = made.add(&real_root, file) {
            made.take_away();
            return Err(error);
        }
    }
    Ok(())
}

/// What has been made so far.
#[derive(Default)]
struct Made {
    folders: Vec<PathBuf>,
    files: Vec<PathBuf>,
}

impl Made {
    fn add(&mut self, real_root: &Path, file: &NewFile) -> Result<(), Error> {
        let real = place::resolve(&real_root.join(&file.path), real_root)?;
        if let Some(folder) = real.parent() {
            let missing = folder.ancestors().take_while(|folder| !folder.exists());
            let missing: Vec<PathBuf> = missing.map(Path::to_path_buf).collect();
            self.folders.extend(missing.into_iter().rev());
            std::fs::create_dir_all(folder).map_err(Error::io("create", folder))?;
        }
        let mut new = create_new(&real, &file.path)?;
        self.files.push(real);
        match &file.content {
            NewContent::Text(text) => new.write_all(text.as_bytes()).map_err(Error::io("write", &file.path)),
            NewContent::Copy(from) => {
                let mut old = File::open(from).map_err(Error::io("read", from))?;
                std::io::copy(&mut old, &mut new).map(|_| ()).map_err(Error::io("write", &file.path))
            }
        }
    }

    /// Nothing is lost where this fails: it took away only what it had made.
    fn take_away(&self) {
        for file in &self.files {
            let _ = std::fs::remove_file(file);
        }
        for folder in self.folders.iter().rev() {
            let _ = std::fs::remove_dir(folder);
        }
    }
}

/// Opens a file that is not there yet.
fn create_new(real: &Path, path: &Path) -> Result<File, Error> {
    match OpenOptions::new().write(true).create_new(true).open(real) {
        Err(error) if error.kind() == ErrorKind::AlreadyExists => Err(there_already(path)),
        file => file.map_err(Error::io("create", path)),
    }
}

fn there_already(path: &Path) -> Error {
    Error::Refused(format!("{} is there already, and nothing was changed", path.display()))
}

/// Makes the folder of a new site, or takes one that is empty.
///
/// # Errors
///
/// [`Error::Refused`] where there is a file, or a folder with something in it.
pub fn new_folder(folder: &Path) -> Result<(), Error> {
    std::fs::create_dir_all(folder).map_err(Error::io("create", folder))?;
    let mut entries = std::fs::read_dir(folder).map_err(Error::io("read", folder))?;
    let Some(entry) = entries.next() else { return Ok(()) };
    let entry = entry.map_err(Error::io("read", folder))?;
    Err(Error::Refused(format!(
        "{} is not empty (it has {}): name a folder that is new or empty (nothing was changed)",
        folder.display(),
        Path::new(&entry.file_name()).display()
    )))
}

#[cfg(test)]
mod tests {
    use super::{NewContent, NewFile, create_all};

    fn text(path: &str) -> NewFile {
        NewFile { path: path.into(), content: NewContent::Text("x".to_string()) }
    }

    #[test]
    fn all_files_are_made_or_none() {
        let root = tempfile::tempdir().unwrap();
        create_all(root.path(), &[text("a/one.md")]).unwrap();
        let error = create_all(root.path(), &[text("b/two.md"), text("a/one.md")]).unwrap_err();
        assert_eq!(error.to_string(), "a/one.md is there already, and nothing was changed");
        assert!(!root.path().join("b").exists());
    }

    #[test]
    fn what_was_made_before_a_failure_is_taken_away() {
        let root = tempfile::tempdir().unwrap();
        let absent = NewContent::Copy(root.path().join("absent.jpg"));
        let files = [text("c/d/one.md"), NewFile { path: "c/e/two.jpg".into(), content: absent }];
        assert!(create_all(root.path(), &files).is_err());
        assert!(!root.path().join("c").exists());
    }
}
