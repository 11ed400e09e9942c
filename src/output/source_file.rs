//! New files of a site's sources: a path and its text come in, the file is there; it never replaces one, and never
//! leaves the site.
#![allow(clippy::disallowed_methods, reason = "a new source file is written here")]

use std::fs::OpenOptions;
use std::io::{ErrorKind, Write};
use std::path::Path;

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
    let mut file = match OpenOptions::new().write(true).create_new(true).open(&real) {
        Err(error) if error.kind() == ErrorKind::AlreadyExists => {
            let path = path.display();
            return Err(Error::Refused(format!("{path} is there already, and nothing was changed")));
        }
        file => file.map_err(Error::io("create", path))?,
    };
    file.write_all(text.as_bytes()).map_err(Error::io("write", path))
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
