//! The switch from one site to the next: two manifests and the staged files come in, an output that is the next site
//! goes out; it never removes a file that the old manifest does not list.
//!
//! Nothing is moved before all is checked. Every step may be done again, so a switch that was cut off is completed by
//! running it anew: what has moved no longer waits in the staging, and what was removed is no longer there.
#![allow(clippy::disallowed_methods, reason = "files are put in place and removed here")]

use std::collections::BTreeSet;
use std::io;
use std::path::Path;

use rayon::iter::{IntoParallelRefIterator, ParallelIterator};

use super::manifest::{MANIFEST, Manifest};
use super::route;
use super::staging::{Staging, names_in};
use super::standing::{Folders, Standing, foreign, link};
use crate::Error;

/// All that a switch needs to know.
pub(super) struct Switch<'a> {
    /// The output folder.
    pub(super) output: &'a Path,
    /// Where the files wait.
    pub(super) staging: &'a Staging,
    /// The folders of the output.
    pub(super) folders: &'a Folders,
    /// What is ours until now.
    pub(super) old: &'a Manifest,
    /// What will be ours.
    pub(super) next: &'a Manifest,
    /// The routes that wait on the shelf.
    pub(super) waiting: Vec<&'a str>,
}

impl Switch<'_> {
    /// Refuses, by name, what is not ours where something of ours must go, and links on the way.
    pub(super) fn check(&self) -> Result<(), Error> {
        let refusals = self.waiting.par_iter().filter_map(|route| self.check_waiting(route).err());
        if let Some(first) = refusals.find_first(|_| true) {
            return Err(first);
        }
        self.check_tree("")?;
        for gone in self.old.without(self.next) {
            self.folders.has(route::parent(gone))?;
        }
        Ok(())
    }

    /// Puts the new files in place, then removes what is gone, then says what is ours; gives the number removed.
    pub(super) fn run(&self) -> Result<usize, Error> {
        let mut removed = 0;
        self.move_folder("", &mut removed)?;
        for route in self.put_what_goes() {
            self.put(&self.staging.on_shelf(route), route, &mut removed)?;
        }
        removed += self.remove_gone()?;
        let manifest = self.output.join(MANIFEST);
        std::fs::rename(self.staging.journal(), &manifest).map_err(Error::io("write", &manifest))?;
        Ok(removed)
    }

    /// Whether a file is ours until now, and will not be there after the switch.
    fn is_gone(&self, route: &str) -> bool {
        self.old.has(route) && !self.next.has(route)
    }

    /// A file that waits on the shelf needs its folder, which was ours, or nothing where the folder was.
    fn check_waiting(&self, route: &str) -> Result<(), Error> {
        let mut folder = route::parent(route);
        while !self.folders.has(folder)? {
            let path = self.output.join(folder);
            if !matches!(Standing::at(&path)?, Standing::Nothing) {
                return Err(foreign(&path));
            }
            folder = route::parent(folder);
        }
        self.check_file(route)
    }

    /// A file may go where nothing is, where one of ours is, and where a folder is that will be gone.
    fn check_file(&self, route: &str) -> Result<(), Error> {
        let path = self.output.join(route);
        match Standing::at(&path)? {
            Standing::Nothing => Ok(()),
            Standing::File(_) if self.old.has(route) => Ok(()),
            Standing::Folder(_) => self.check_gone_folder(route),
            Standing::Link => Err(link(&path)),
            Standing::File(_) | Standing::Other => Err(foreign(&path)),
        }
    }

    /// The same for whole folders that are new.
    fn check_tree(&self, folder: &str) -> Result<(), Error> {
        let staged = self.staging.tree().join(folder);
        for name in names_in(&staged)? {
            let route = route::join(folder, &name);
            let path = self.output.join(&route);
            let is_folder = staged.join(&name).is_dir();
            match Standing::at(&path)? {
                Standing::Nothing => {}
                Standing::Folder(metadata) if is_folder => {
                    self.folders.check_disk(&path, &metadata)?;
                    self.check_tree(&route)?;
                }
                Standing::File(_) if is_folder && self.is_gone(&route) => {}
                _ if is_folder && !path.is_symlink() => return Err(foreign(&path)),
                _ => self.check_file(&route)?,
            }
        }
        Ok(())
    }

    /// A folder is gone after the switch when every file in it is, and it has no folder that is not ours.
    fn check_gone_folder(&self, folder: &str) -> Result<(), Error> {
        let path = self.output.join(folder);
        if !self.old.has_below(folder) {
            return Err(foreign(&path));
        }
        for name in names_in(&path)? {
            let route = route::join(folder, &name);
            match Standing::at(&path.join(&name))? {
                Standing::Folder(_) => self.check_gone_folder(&route)?,
                Standing::File(_) if self.is_gone(&route) => {}
                _ => return Err(foreign(&path.join(&name))),
            }
        }
        Ok(())
    }

    /// Moves what waits in `tree/`: a folder that the output has not yet moves as a whole.
    fn move_folder(&self, folder: &str, removed: &mut usize) -> Result<(), Error> {
        let staged = self.staging.tree().join(folder);
        for name in names_in(&staged)? {
            let route = route::join(folder, &name);
            let from = staged.join(&name);
            match Standing::at(&self.output.join(&route))? {
                Standing::Folder(_) if from.is_dir() => self.move_folder(&route, removed)?,
                _ => self.put(&from, &route, removed)?,
            }
        }
        Ok(())
    }

    /// Puts in place what waits on the shelf, on all threads; gives what does not go at once.
    fn put_what_goes(&self) -> Vec<&str> {
        let goes =
            |route: &str| std::fs::rename(self.staging.on_shelf(route), self.output.join(route)).is_ok();
        self.waiting.par_iter().copied().filter(|route| !goes(route)).collect()
    }

    /// One rename; where it fails, a file or folder of ours that is gone may stand in the way, or a folder is missing.
    fn put(&self, from: &Path, route: &str, removed: &mut usize) -> Result<(), Error> {
        let to = self.output.join(route);
        if std::fs::rename(from, &to).is_ok() {
            return Ok(());
        }
        *removed += self.remove_gone()?;
        let again = || {
            std::fs::create_dir_all(self.output.join(route::parent(route)))?;
            std::fs::rename(from, &to)
        };
        again().map_err(Error::io("put in place", &to))
    }

    /// Removes the files that are gone, and the folders that became empty by it.
    fn remove_gone(&self) -> Result<usize, Error> {
        let mut removed = 0;
        let mut emptied = BTreeSet::new();
        for gone in self.old.without(self.next) {
            removed += usize::from(self.remove(gone)?);
            let mut folder = route::parent(gone);
            while !folder.is_empty() && emptied.insert(folder) {
                folder = route::parent(folder);
            }
        }
        for folder in emptied.into_iter().rev().filter(|folder| !self.next.has_below(folder)) {
            // A folder that is not empty holds files of others, and stays.
            let _ = std::fs::remove_dir(self.output.join(folder));
        }
        Ok(removed)
    }

    /// Removes a file of ours; what took its place meanwhile is not ours, and stays.
    fn remove(&self, route: &str) -> Result<bool, Error> {
        let path = self.output.join(route);
        if !matches!(Standing::at(&path)?, Standing::File(_)) {
            return Ok(false);
        }
        match std::fs::remove_file(&path) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(false),
            removed => removed.map(|()| true).map_err(Error::io("remove", &path)),
        }
    }
}
