//! The output folder: pages come in as bytes, and the folder agrees with them in one switch; it never shows half a
//! site, and never touches a file that is not Dateline's.
//!
//! [`Output::open`] claims the folder, [`Output::write`] and [`Output::copy`] stage what differs, [`Output::commit`]
//! switches. Until then nothing in the output has changed but for a closed folder `.dateline-staging`, which is there
//! as long as the build is.
//!
//! # What is ours
//!
//! The [`Manifest`] `.dateline-manifest.json` lists every file of ours with its digest. Nothing else is replaced or
//! removed, ever. A file counts as unchanged when the manifest has its digest, it is a file of that size, and it was
//! not written to after the manifest was (a switch writes the manifest last); in the last case it is read and
//! compared. So a page that was edited or removed by hand comes back; only a page that was edited to the same length
//! and given an old time passes for ours.
//!
//! # A kill, a full disk, a power cut
//!
//! The next manifest is written whole into the staging folder before the first rename; it is the journal. A build
//! that ends before, in whatever way, has changed nothing. One that ends after is completed by the next
//! [`Output::open`], and the build that follows reads and compares every file once. Where something stands in the way
//! of that, it is refused by name, and the switch waits until it is moved away.
//!
//! Files are not forced to the disk one by one, which would cost more than all the rest; the journal is. So after a
//! power cut the manifest is whole, and a page that the disk lost has the wrong size and is written by the next build;
//! a disk that keeps sizes and loses bytes is beyond this: delete the folder and build.

mod before;
mod built;
mod cache;
mod claim;
mod digest;
mod export;
mod files;
mod held;
mod manifest;
mod place;
mod route;
mod routes;
mod source;
mod source_file;
mod staging;
mod standing;
mod switch;

use std::fs::File;
use std::io::{self, BufWriter, Seek, Write};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Mutex, PoisonError};

use rayon::prelude::{IntoParallelIterator, ParallelIterator};

use before::Before;
pub use built::{Built, read};
pub use cache::{Cache, Kept, folder_of as cache_folder};
use claim::Claim;
pub use digest::Digest;
use digest::Digesting;
pub use export::write_export;
pub use files::{FileOfOutput, Files};
use files::{IsStaged, Noted};
pub use held::Held;
pub use manifest::{MANIFEST, Manifest};
pub use routes::Routes;
use source::{PIECE, Sources, stream};
pub use source_file::{NewContent, NewFile, create as create_source_file, create_all, new_folder, taken};
use staging::Staging;
use standing::Folders;
use switch::Switch;

use crate::Error;

/// An output folder that is ours, claimed for this build.
///
/// Dropped without a [`commit`](Self::commit), it leaves the output as it was.
pub struct Output {
    folder: PathBuf,
    before: Before,
    sources: Sources,
    staging: Staging,
    noted: Mutex<Noted>,
    bytes: AtomicU64,
    switching: bool,
    /// Last, so that the claim is given up when all else is done.
    claim: Claim,
}

/// What became of one file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// The output had no such file of ours.
    New,
    /// The output had it with other bytes.
    Changed,
    /// The output has it, with these bytes; it is not touched.
    Unchanged,
}

/// What became of all files.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Summary {
    /// Files that are new or changed.
    pub written: usize,
    /// Files that were there already, and were not touched.
    pub unchanged: usize,
    /// Files of ours that were removed.
    pub removed: usize,
    /// The bytes of the files that were written.
    pub bytes: u64,
}

impl Output {
    /// Claims an output folder for the site in `site_root`, and completes a switch that was cut off.
    ///
    /// Where another build has the folder, calls `wait` once with a sentence that says so, and waits for its end.
    ///
    /// # Errors
    ///
    /// [`Error::Refused`] where the folder is not empty and not ours, or is or holds the site's own sources, or is
    /// reached by a symbolic link that leads out of the site; nothing is touched then.
    pub fn open(folder: &Path, site_root: &Path, wait: &dyn Fn(&str)) -> Result<Self, Error> {
        let place = place::check(folder, site_root)?;
        let claim = Claim::take(&place, || {
            wait(&format!("another build is writing to {}; waiting for it to end", folder.display()));
        })?;
        let (staging, folders) = (Staging::new(&place), Folders::new(&place)?);
        complete(&place, &staging, &folders)?;
        place::check_contents(folder, &place, &[MANIFEST])?;
        Ok(Self {
            before: Before::read(&place, folders)?,
            sources: Sources::of(site_root)?,
            folder: place,
            staging,
            noted: Mutex::default(),
            bytes: AtomicU64::default(),
            switching: false,
            claim,
        })
    }

    /// Stages a file, unless the output has it already. May be called from many threads; each route once.
    ///
    /// `route` is the file's path in the output, with forward slashes: `kim-putin/index.html`.
    ///
    /// # Errors
    ///
    /// [`Error::Refused`] for a route that leads out of the output, or a symbolic link where its folder should be.
    pub fn write(&self, route: &str, bytes: &[u8]) -> Result<Outcome, Error> {
        route::check(route)?;
        let digest = Digest::of(bytes);
        if self.before.digest(route) == Some(digest) && self.before.stands(route, bytes.len() as u64)? {
            self.note_kept(route, digest, bytes.len() as u64);
            return Ok(Outcome::Unchanged);
        }
        let mut file = self.create(route)?;
        file.write_all(bytes).map_err(Error::io("write", &self.folder.join(route)))?;
        Ok(self.record(route, digest, bytes.len() as u64))
    }

    /// Stages a file that is made while it is written, unless the output has it already; it need not fit into memory.
    ///
    /// # Errors
    ///
    /// As for [`write`](Self::write).
    pub fn write_pieces(
        &self,
        route: &str,
        write: impl FnOnce(&mut dyn Write) -> io::Result<()>,
    ) -> Result<Outcome, Error> {
        route::check(route)?;
        let mut to = BufWriter::with_capacity(PIECE, Digesting::new(self.create(route)?));
        let written = write(&mut to).and_then(|()| Ok(to.into_inner()?));
        let written = written.map_err(Error::io("write", &self.folder.join(route)))?;
        let (digest, length) = written.finish();
        if self.before.digest(route) == Some(digest) && self.before.stands(route, length)? {
            self.staging.discard(route)?;
            self.note_kept(route, digest, length);
            return Ok(Outcome::Unchanged);
        }
        Ok(self.record(route, digest, length))
    }

    /// Stages a copy of a file, unless the output has it already; the file need not fit into memory.
    ///
    /// # Errors
    ///
    /// As for [`write`](Self::write), and where `source` is a symbolic link that leads out of the site.
    pub fn copy(&self, route: &str, source: &Path) -> Result<Outcome, Error> {
        route::check(route)?;
        let (mut from, length) = self.sources.open(source)?;
        if let Some(digest) = self.before.digest(route)
            && self.before.stands(route, length)?
        {
            if stream(&mut from, length, |_| Ok(())).map_err(Error::io("read", source))?.0 == digest {
                self.note_kept(route, digest, length);
                return Ok(Outcome::Unchanged);
            }
            from.rewind().map_err(Error::io("read", source))?;
        }
        let mut to = self.create(route)?;
        let copied = stream(&mut from, length, |piece| to.write_all(piece));
        let (digest, length) = copied.map_err(Error::io("copy", source))?;
        Ok(self.record(route, digest, length))
    }

    /// Keeps a file whose name says what is in it, if it is there with the bytes that it was written with.
    ///
    /// # Errors
    ///
    /// As for [`write`](Self::write).
    pub fn keep(&self, route: &str) -> Result<bool, Error> {
        route::check(route)?;
        let Some(digest) = self.before.digest(route) else { return Ok(false) };
        let length = self.before.stands_whole(route)?;
        if let Some(length) = length {
            self.note_kept(route, digest, length);
        }
        Ok(length.is_some())
    }

    /// Of each file of an earlier build, whether it is there as that one left it, by what the system says of it.
    ///
    /// # Errors
    ///
    /// As for [`write`](Self::write).
    pub fn standing<'a>(&self, files: &'a Files) -> Result<Vec<bool>, Error> {
        // One folder has a few files, which follow each other.
        let stands = |known: &mut Option<&'a str>, at: usize| {
            let file = files.get(at);
            // What the manifest lists was found to be a route of ours when that was read.
            if self.before.manifest.digest_near(at, file.route) != Some(file.digest) {
                return Ok(false);
            }
            let folder = route::parent(file.route);
            if *known != Some(folder) && !self.before.folders.has(folder)? {
                return Ok(false);
            }
            *known = Some(folder);
            self.before.stands_in_folder(file.route, file.length)
        };
        let all = (0..files.len()).into_par_iter();
        all.map_init(|| None, |known, at| stands(known, at)).collect()
    }

    /// Keeps files of an earlier build that are [`standing`](Self::standing), by their places among them.
    pub fn keep_standing(&self, files: &Files, places: impl IntoIterator<Item = usize>) {
        let mut noted = self.noted.lock().unwrap_or_else(PoisonError::into_inner);
        for at in places {
            let file = files.get(at);
            self.before.keep(at, file.route);
            noted.push(file, false);
        }
    }

    /// Ends a build that leaves everything as an earlier one left it, if the output has all of its files and no other of ours;
    /// else nothing is done.
    ///
    /// # Errors
    ///
    /// As for [`write`](Self::write) and [`commit`](Self::commit).
    pub fn commit_unchanged(self, files: &Files) -> Result<Option<Summary>, Error> {
        let is_same = self.before.manifest.len() == files.len();
        if !is_same || !self.standing(files)?.into_iter().all(|stands| stands) {
            return Ok(None);
        }
        if self.before.has_compared() {
            self.keep_standing(files, 0..files.len());
            return self.commit().map(Some);
        }
        self.claim.check()?;
        Ok(Some(Summary { unchanged: files.len(), ..Summary::default() }))
    }

    /// Switches the output to what was written since it was opened: all of it, and nothing else of ours.
    ///
    /// # Errors
    ///
    /// [`Error::Refused`] where a file that is not ours stands in the way; nothing has changed then. After a failure
    /// of the disk in the middle of the switch the next [`open`](Self::open) completes it.
    pub fn commit(self) -> Result<Summary, Error> {
        self.commit_with_files().map(|(summary, _)| summary)
    }

    /// The same; gives the files that stand there now as well, by route.
    ///
    /// # Errors
    ///
    /// As for [`commit`](Self::commit).
    pub fn commit_with_files(mut self) -> Result<(Summary, Files), Error> {
        let noted = std::mem::take(&mut *self.noted.lock().unwrap_or_else(PoisonError::into_inner));
        let (files, are_staged) = noted.in_order();
        let summary = self.switch(files.listed(), &are_staged)?;
        Ok((summary, files))
    }

    fn switch(&mut self, next: &Manifest, are_staged: &[IsStaged]) -> Result<Summary, Error> {
        self.claim.check()?;
        let staged = || {
            let files = next.files().zip(are_staged);
            files.filter(|(_, is_staged)| **is_staged).map(|((route, _), _)| route)
        };
        let mut summary = Summary {
            written: staged().count(),
            unchanged: self.before.kept(),
            removed: 0,
            bytes: self.bytes.load(Ordering::Relaxed),
        };
        if summary.written == 0 && self.before.is_whole() {
            return Ok(summary);
        }
        let on_shelf = |route: &&str| !self.before.folder_is_new(route);
        let switch = Switch {
            output: &self.folder,
            staging: &self.staging,
            folders: &self.before.folders,
            old: &self.before.manifest,
            next,
            waiting: staged().filter(on_shelf).collect(),
        };
        switch.check()?;
        self.staging.write_journal(next)?;
        self.switching = true;
        summary.removed = switch.run()?;
        self.switching = false;
        Ok(summary)
    }

    fn create(&self, route: &str) -> Result<File, Error> {
        self.staging.create(route, self.before.folder_is_new(route))
    }

    fn note_kept(&self, route: &str, digest: Digest, length: u64) {
        self.before.keep(usize::MAX, route);
        self.note(route, digest, length, false);
    }

    fn note(&self, route: &str, digest: Digest, length: u64, is_staged: bool) {
        let file = FileOfOutput { route, digest, length };
        self.noted.lock().unwrap_or_else(PoisonError::into_inner).push(file, is_staged);
    }

    fn record(&self, route: &str, digest: Digest, length: u64) -> Outcome {
        self.bytes.fetch_add(length, Ordering::Relaxed);
        self.note(route, digest, length, true);
        if self.before.digest(route).is_some() { Outcome::Changed } else { Outcome::New }
    }
}

impl Drop for Output {
    /// Clears the staging, except in the middle of a switch, which the next build completes from it.
    fn drop(&mut self) {
        if !self.switching && self.claim.check().is_ok() {
            // What stays is cleared by the next build.
            let _ = self.staging.clear();
        }
    }
}

/// Completes a switch that was cut off, and throws away what a build left that did not come to its switch.
fn complete(output: &Path, staging: &Staging, folders: &Folders) -> Result<(), Error> {
    if let Some(next) = Manifest::read_file(&staging.journal(), output)? {
        let old = Manifest::read(output)?.unwrap_or_default();
        let waiting = staging.waiting(&next)?;
        let switch = Switch { output, staging, folders, old: &old, next: &next, waiting };
        switch.check()?;
        staging.age_journal()?;
        switch.run()?;
    }
    staging.clear()
}
