//! Which folders may be an output: a path comes in, the folder it really is or a refusal goes out; it never creates
//! or changes anything.
#![allow(clippy::disallowed_methods, reason = "looks into the output folder before it is written to")]

use std::io;
use std::path::{Component, Path, PathBuf, absolute};

use super::manifest::MANIFEST;
use super::staging::STAGING;
use crate::Error;

/// The folders of a site that are never an output.
const SOURCES: [&str; 5] = ["content", "templates", "static", ".dateline", ".git"];

/// The folder that a path means, if a site may write there.
pub(super) fn check(folder: &Path, site_root: &Path) -> Result<PathBuf, Error> {
    let root = site_root.canonicalize().map_err(Error::io("find", site_root))?;
    let place = resolve(folder, &root)?;
    if root.starts_with(&place) {
        let why = "the site itself is in it, and a build would mix its pages with their sources";
        return Err(refused(folder, why));
    }
    for source in SOURCES {
        let source = root.join(source);
        let real = source.canonicalize().unwrap_or_else(|_| source.clone());
        if place.starts_with(&source) || place.starts_with(&real) || real.starts_with(&place) {
            return Err(refused(folder, &format!("the site's own {} is there", source.display())));
        }
    }
    check_contents(folder, &place, &[MANIFEST, STAGING])?;
    Ok(place)
}

/// Refuses what is no folder, and a folder that holds something and has none of the names that `prove` it ours.
pub(super) fn check_contents(shown: &Path, place: &Path, prove: &[&str]) -> Result<(), Error> {
    let entries = match std::fs::read_dir(place) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(()),
        Err(error) if error.kind() == io::ErrorKind::NotADirectory => {
            return Err(refused(shown, "it is a file, or goes through one"));
        }
        entries => entries.map_err(Error::io("read", place))?,
    };
    let (mut foreign, mut ours) = (None, false);
    for entry in entries {
        let name = entry.map_err(Error::io("read", place))?.file_name();
        if name == MANIFEST || name == STAGING {
            no_link(&place.join(&name))?;
            ours |= prove.iter().any(|proof| name == *proof);
        } else {
            foreign = foreign.max(Some(name));
        }
    }
    match foreign {
        Some(name) if !ours => Err(refused(
            shown,
            &format!(
                "it is not empty (it has {}) and has no {MANIFEST}, so Dateline did not make it",
                Path::new(&name).display()
            ),
        )),
        _ => Ok(()),
    }
}

/// The real path behind `path`, which need not exist; a symbolic link that leads out of `root` is refused.
pub(super) fn resolve(path: &Path, root: &Path) -> Result<PathBuf, Error> {
    let mut real = PathBuf::new();
    for part in absolute(path).map_err(Error::io("find", path))?.components() {
        match part {
            Component::CurDir => {}
            Component::ParentDir => drop(real.pop()),
            Component::Prefix(_) | Component::RootDir => real.push(part),
            Component::Normal(name) => real = follow(real.join(name), root)?,
        }
    }
    Ok(real)
}

/// Where one step of a path leads.
fn follow(step: PathBuf, root: &Path) -> Result<PathBuf, Error> {
    if !step.is_symlink() {
        return Ok(step);
    }
    let Ok(target) = step.canonicalize() else {
        return Err(Error::Refused(format!("{} is a symbolic link that leads nowhere", step.display())));
    };
    if step.starts_with(root) && !target.starts_with(root) {
        return Err(Error::Refused(format!(
            "{} is a symbolic link that leads out of the site, to {}: put a real folder or file in its place; \
             for an output elsewhere, name that folder with --output",
            step.display(),
            target.display()
        )));
    }
    Ok(target)
}

fn no_link(path: &Path) -> Result<(), Error> {
    if !path.is_symlink() {
        return Ok(());
    }
    let name = path.display();
    Err(Error::Refused(format!(
        "{name} is a symbolic link, and Dateline made none: remove it and build again"
    )))
}

fn refused(folder: &Path, why: &str) -> Error {
    let folder = folder.display();
    Error::Refused(format!(
        "{folder} cannot be the output folder: {why}; name another folder with --output, one that is new or empty \
         (nothing was changed)"
    ))
}
