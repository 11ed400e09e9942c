//! The files of a folder, in one order on every machine.
//!
//! What editors and systems leave behind is passed over; a symbolic link that leads out of the site is a mistake.

use std::ffi::OsStr;
use std::path::{Path, PathBuf};

use walkdir::{DirEntry, WalkDir};

use crate::{Diagnostic, Error, Place};

/// What a walk found.
#[derive(Debug, Default)]
pub struct Found {
    /// The files, relative to the root, by path.
    pub files: Vec<PathBuf>,
    /// Links that lead out, in a circle, or nowhere.
    pub mistakes: Vec<Diagnostic>,
    /// Whether there is any symbolic link.
    pub has_links: bool,
}

/// All files below `folder`, which is relative to `root`, or that file alone; none where it does not exist.
///
/// # Errors
/// A folder that can't be read.
pub fn files(root: &Path, folder: &Path) -> Result<Found, Error> {
    let start = root.join(folder);
    let mut found = Found::default();
    if start.symlink_metadata().is_err() {
        return Ok(found);
    }
    let inside = root.canonicalize().map_err(Error::io("read", root))?;
    let is_static = folder.starts_with("static");
    // What is in one folder differs in the last name alone: to compare whole paths as text is the same, and needs no parsing.
    let by_name = |one: &DirEntry, other: &DirEntry| one.path().as_os_str().cmp(other.path().as_os_str());
    let mut walk = WalkDir::new(&start).follow_links(true).sort_by(by_name).into_iter();
    while let Some(entry) = walk.next() {
        let entry = match entry {
            Ok(entry) => entry,
            Err(error) => {
                found.mistakes.push(link_mistake(root, error)?);
                continue;
            }
        };
        found.has_links |= entry.path_is_symlink();
        if entry.depth() > 0 && is_dropping(entry.file_name(), is_static) {
            skip(&mut walk, &entry);
        } else if entry.path_is_symlink() && leads_out(&entry, &inside) {
            found.mistakes.push(link_outside(&relative(root, entry.path())));
            skip(&mut walk, &entry);
        } else if entry.file_type().is_file() {
            found.files.push(relative(root, entry.path()));
        }
    }
    Ok(found)
}

/// Whether a file or folder of the site is none of those that are passed over, nor in one.
pub fn is_meant(path: &Path) -> bool {
    let is_static = path.starts_with("static");
    path.components().all(|part| !is_dropping(part.as_os_str(), is_static))
}

fn skip(walk: &mut walkdir::IntoIter, entry: &DirEntry) {
    if entry.file_type().is_dir() {
        walk.skip_current_dir();
    }
}

/// Hidden files, editors' backups and swap files, and what file managers leave in folders. In `static/` a hidden
/// file may be meant, as `.well-known/` is.
fn is_dropping(name: &OsStr, is_static: bool) -> bool {
    let name = name.to_string_lossy();
    let swap = name.ends_with(".swp")
        || name.ends_with(".swo")
        || matches!(&*name, ".DS_Store" | ".git" | ".gitkeep");
    swap || (name.starts_with('.') && !is_static)
        || name.ends_with('~')
        || (name.starts_with('#') && name.ends_with('#'))
        || matches!(&*name, "Thumbs.db" | "desktop.ini" | "4913")
}

fn leads_out(entry: &DirEntry, inside: &Path) -> bool {
    entry.path().canonicalize().is_ok_and(|target| !target.starts_with(inside))
}

fn link_outside(path: &Path) -> Diagnostic {
    Diagnostic::error("link-outside", "this symbolic link leads out of the site")
        .at(Place::file(path))
        .help("put a copy of the file in its place, or take the link away")
}

/// A link to nowhere or in a circle is an author's mistake; anything else is the machine's.
fn link_mistake(root: &Path, error: walkdir::Error) -> Result<Diagnostic, Error> {
    let path = error.path().map_or_else(|| root.to_path_buf(), Path::to_path_buf);
    let is_link = path.symlink_metadata().is_ok_and(|metadata| metadata.file_type().is_symlink());
    if !is_link && error.loop_ancestor().is_none() {
        let source = error.into_io_error().unwrap_or_else(|| std::io::Error::other("it can't be read"));
        return Err(Error::Io { action: "read", path, source });
    }
    let message = match error.loop_ancestor() {
        Some(_) => "this symbolic link leads in a circle",
        None => "this symbolic link leads nowhere",
    };
    Ok(Diagnostic::error("broken-link", message)
        .at(Place::file(relative(root, &path)))
        .help("take the link away, or let it lead to a file of the site"))
}

fn relative(root: &Path, path: &Path) -> PathBuf {
    path.strip_prefix(root).unwrap_or(path).to_path_buf()
}
