//! Where pages wait for the switch: routes and bytes come in, files in a dot folder of the output go out; it never
//! touches a file outside of that folder.
//!
//! A file for a folder that the output has not yet stands in `tree/` under its own route, so that whole folders are
//! put in place by one rename. A file for a folder that is there already stands on `shelf/` under the digest of its
//! route: no folders are created for it, and after a kill its route is found again without a list.
#![allow(clippy::disallowed_methods, reason = "the staging folder is written and cleared here")]

use std::collections::HashSet;
use std::fs::{File, OpenOptions};
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use super::digest::Digest;
use super::manifest::Manifest;
use super::route;
use crate::Error;

/// The staging folder's name in the output folder: it is there only during a build.
pub(super) const STAGING: &str = ".dateline-staging";

const TREE: &str = "tree";
const SHELF: &str = "shelf";
const JOURNAL: &str = "journal.json";
const JOURNAL_BEGUN: &str = "journal.begun";

/// The staging folder of a claimed output.
pub(super) struct Staging {
    folder: PathBuf,
}

impl Staging {
    /// The staging folder of an output.
    pub(super) fn new(output: &Path) -> Self {
        Self { folder: output.join(STAGING) }
    }

    /// The folder of the files whose folders are new.
    pub(super) fn tree(&self) -> PathBuf {
        self.folder.join(TREE)
    }

    /// Where a file waits whose folder is there already.
    pub(super) fn on_shelf(&self, route: &str) -> PathBuf {
        self.folder.join(shelf_name(route))
    }

    /// A new file that waits for its route.
    pub(super) fn create(&self, route: &str, folder_is_new: bool) -> Result<File, Error> {
        let name = if folder_is_new { route::join(TREE, route) } else { shelf_name(route) };
        let path = self.folder.join(&name);
        let create = || OpenOptions::new().write(true).create_new(true).open(&path);
        // The page of a folder is mostly its first file. Asking for the folder of any other first would cost more.
        if folder_is_new && route::is_page_of_folder(&name) {
            // What keeps it from being there keeps the file from it as well.
            let _ = std::fs::create_dir(self.folder.join(route::parent(&name)));
        }
        let created = match create() {
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                let folder = self.folder.join(route::parent(&name));
                std::fs::create_dir_all(&folder).map_err(Error::io("create", &folder))?;
                create()
            }
            created => created,
        };
        created.map_err(Error::io("create", &path))
    }

    /// Throws away a file that waits on the shelf: the output has it already.
    pub(super) fn discard(&self, route: &str) -> Result<(), Error> {
        let path = self.on_shelf(route);
        std::fs::remove_file(&path).map_err(Error::io("remove", &path))
    }

    /// From here on the switch is decided: the next manifest stands, whole, beside what it lists.
    ///
    /// This is the one file whose bytes are forced to the disk, so that a power cut leaves no half of it.
    pub(super) fn write_journal(&self, next: &Manifest) -> Result<(), Error> {
        let begun = self.folder.join(JOURNAL_BEGUN);
        let write = || {
            let mut to = BufWriter::with_capacity(1 << 18, File::create(&begun)?);
            next.write(&mut to)?;
            to.flush()?;
            to.get_ref().sync_data()?;
            std::fs::rename(&begun, self.journal())
        };
        write().map_err(Error::io("write", &begun))
    }

    /// Where the next manifest waits.
    pub(super) fn journal(&self) -> PathBuf {
        self.folder.join(JOURNAL)
    }

    /// Gives the journal an old time: every file is younger than this manifest then, and the next build compares them
    /// all, for whatever cut the switch off may have taken files with it.
    pub(super) fn age_journal(&self) -> Result<(), Error> {
        let path = self.journal();
        let age = || OpenOptions::new().append(true).open(&path)?.set_modified(SystemTime::UNIX_EPOCH);
        age().map_err(Error::io("write", &path))
    }

    /// Which routes of a manifest wait on the shelf.
    pub(super) fn waiting<'a>(&self, next: &'a Manifest) -> Result<Vec<&'a str>, Error> {
        let mut names = HashSet::new();
        for shelf in names_in(&self.folder.join(SHELF))? {
            names.extend(
                names_in(&self.folder.join(SHELF).join(&shelf))?
                    .into_iter()
                    .map(|name| shelf.clone() + &name),
            );
        }
        if names.is_empty() {
            return Ok(Vec::new());
        }
        let waits = |route: &&str| names.contains(&Digest::of(route.as_bytes()).to_string());
        Ok(next.files().map(|(route, _)| route).filter(waits).collect())
    }

    /// Throws away what waits; the claim's lock stays.
    pub(super) fn clear(&self) -> Result<(), Error> {
        for name in [TREE, SHELF] {
            let path = self.folder.join(name);
            absent_is_fine(std::fs::remove_dir_all(&path)).map_err(Error::io("remove", &path))?;
        }
        let begun = self.folder.join(JOURNAL_BEGUN);
        absent_is_fine(std::fs::remove_file(&begun)).map_err(Error::io("remove", &begun))
    }
}

/// Sixteen shelves, so that many threads do not wait for one folder.
fn shelf_name(route: &str) -> String {
    let digest = Digest::of(route.as_bytes()).to_string();
    format!("{SHELF}/{}/{}", &digest[..1], &digest[1..])
}

/// The names in a folder, in order; none where there is no folder.
pub(super) fn names_in(folder: &Path) -> Result<Vec<String>, Error> {
    let entries = match std::fs::read_dir(folder) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
        entries => entries.map_err(Error::io("read", folder))?,
    };
    let mut names = Vec::new();
    for entry in entries {
        let name = entry.map_err(Error::io("read", folder))?.file_name();
        names.push(name.to_string_lossy().into_owned());
    }
    names.sort_unstable();
    Ok(names)
}

fn absent_is_fine(done: io::Result<()>) -> io::Result<()> {
    match done {
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(()),
        done => done,
    }
}
