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
//! [`Output::open`]. Files are not forced to the disk one by one, which would cost more than all the rest; the journal
//! is. So after a power cut the manifest is whole, and a page that the disk lost has the wrong size and is written by
//! the next build; a disk that keeps sizes and loses bytes is beyond this: delete the folder and build.

mod claim;
mod digest;
mod manifest;
mod place;
mod route;
mod staging;
mod standing;
mod switch;

use std::collections::HashSet;
use std::fs::File;
use std::io::{Read, Seek, Write};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, AtomicU64, AtomicUsize, Ordering};
use std::sync::{Mutex, PoisonError};
use std::time::SystemTime;

use claim::Claim;
pub use digest::Digest;
use digest::Digester;
pub use manifest::{MANIFEST, Manifest};
use staging::Staging;
use standing::{Folders, Standing};
use switch::Switch;

use crate::Error;

/// An output folder that is ours, claimed for this build.
///
/// Dropped without a [`commit`](Self::commit), it leaves the output as it was.
pub struct Output {
    folder: PathBuf,
    site_root: PathBuf,
    old: Manifest,
    old_written: Option<SystemTime>,
    seen: Vec<AtomicBool>,
    staged: Mutex<Vec<(Box<str>, Digest)>>,
    unchanged: AtomicUsize,
    bytes: AtomicU64,
    /// A file was read because it is younger than the manifest: a younger manifest saves that the next time.
    compared: AtomicBool,
    switching: bool,
    folders: Folders,
    source_folders: Mutex<HashSet<PathBuf>>,
    staging: Staging,
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
        let (staging, folders) = (Staging::new(&place), Folders::new(&place));
        complete(&place, &staging, &folders)?;
        place::check_contents(folder, &place, &[MANIFEST])?;
        let old = Manifest::read(&place)?;
        Ok(Self {
            old_written: old.as_ref().and_then(|_| place.join(MANIFEST).metadata().ok()?.modified().ok()),
            seen: old.iter().flat_map(Manifest::files).map(|_| AtomicBool::default()).collect(),
            old: old.unwrap_or_default(),
            site_root: site_root.canonicalize().map_err(Error::io("find", site_root))?,
            folder: place,
            staged: Mutex::default(),
            unchanged: AtomicUsize::default(),
            bytes: AtomicU64::default(),
            compared: AtomicBool::default(),
            switching: false,
            folders,
            source_folders: Mutex::default(),
            staging,
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
        if self.old.digest(route) == Some(digest) && self.stands(route, digest, bytes.len() as u64)? {
            return Ok(self.keep(route));
        }
        let mut file = self.create(route)?;
        file.write_all(bytes).map_err(Error::io("write", &self.folder.join(route)))?;
        Ok(self.record(route, digest, bytes.len() as u64))
    }

    /// Stages a copy of a file, unless the output has it already; the file need not fit into memory.
    ///
    /// # Errors
    ///
    /// As for [`write`](Self::write), and where `source` is a symbolic link that leads out of the site.
    pub fn copy(&self, route: &str, source: &Path) -> Result<Outcome, Error> {
        route::check(route)?;
        self.check_source(source)?;
        let mut from = File::open(source).map_err(Error::io("read", source))?;
        let length = from.metadata().map_err(Error::io("read", source))?.len();
        if let Some(digest) = self.old.digest(route)
            && self.stands(route, digest, length)?
        {
            if stream(&mut from, length, |_| Ok(())).map_err(Error::io("read", source))?.0 == digest {
                return Ok(self.keep(route));
            }
            from.rewind().map_err(Error::io("read", source))?;
        }
        let mut to = self.create(route)?;
        let copied = stream(&mut from, length, |piece| to.write_all(piece));
        let (digest, length) = copied.map_err(Error::io("copy", source))?;
        Ok(self.record(route, digest, length))
    }

    /// Switches the output to what was written since it was opened: all of it, and nothing else of ours.
    ///
    /// # Errors
    ///
    /// [`Error::Refused`] where a file that is not ours stands in the way; nothing has changed then. After a failure
    /// of the disk in the middle of the switch the next [`open`](Self::open) completes it.
    pub fn commit(mut self) -> Result<Summary, Error> {
        self.claim.check()?;
        let mut staged = std::mem::take(&mut *self.staged.lock().unwrap_or_else(PoisonError::into_inner));
        staged.sort_unstable();
        let mut summary = Summary {
            written: staged.len(),
            unchanged: self.unchanged.load(Ordering::Relaxed),
            removed: 0,
            bytes: self.bytes.load(Ordering::Relaxed),
        };
        let nothing_new =
            staged.is_empty() && summary.unchanged == self.old.len() && self.old_written.is_some();
        if nothing_new && !self.compared.load(Ordering::Relaxed) {
            return Ok(summary);
        }
        let waiting =
            staged.iter().map(|(route, _)| &**route).filter(|route| !self.folder_is_new(route)).collect();
        let next = self.next(&staged);
        let switch = Switch {
            output: &self.folder,
            staging: &self.staging,
            folders: &self.folders,
            old: &self.old,
            next: &next,
            waiting,
        };
        switch.check()?;
        self.staging.write_journal(&next)?;
        self.switching = true;
        summary.removed = switch.run()?;
        self.switching = false;
        Ok(summary)
    }

    /// Whether our file stands there with these bytes, as far as its size and time tell; see above.
    fn stands(&self, route: &str, digest: Digest, length: u64) -> Result<bool, Error> {
        if !self.folders.has(route::parent(route))? {
            return Ok(false);
        }
        let path = self.folder.join(route);
        let metadata = match Standing::at(&path)? {
            Standing::File(metadata) => metadata,
            Standing::Link => return Err(standing::link(&path)),
            _ => return Ok(false),
        };
        if metadata.len() != length {
            return Ok(false);
        }
        if metadata
            .modified()
            .is_ok_and(|modified| self.old_written.is_some_and(|written| modified <= written))
        {
            return Ok(true);
        }
        self.compared.store(true, Ordering::Relaxed);
        let mut file = File::open(&path).map_err(Error::io("read", &path))?;
        Ok(stream(&mut file, length, |_| Ok(())).map_err(Error::io("read", &path))?.0 == digest)
    }

    fn keep(&self, route: &str) -> Outcome {
        self.see(route);
        self.unchanged.fetch_add(1, Ordering::Relaxed);
        Outcome::Unchanged
    }

    fn create(&self, route: &str) -> Result<File, Error> {
        self.staging.create(route, self.folder_is_new(route))
    }

    fn folder_is_new(&self, route: &str) -> bool {
        !self.old.has_below(route::parent(route))
    }

    fn record(&self, route: &str, digest: Digest, length: u64) -> Outcome {
        self.bytes.fetch_add(length, Ordering::Relaxed);
        self.staged.lock().unwrap_or_else(PoisonError::into_inner).push((route.into(), digest));
        if self.see(route) { Outcome::Changed } else { Outcome::New }
    }

    /// Notes that a file of the old site is in the next one as well; false where the old site has it not.
    fn see(&self, route: &str) -> bool {
        let Some(position) = self.old.position(route) else { return false };
        let twice = self.seen[position].swap(true, Ordering::Relaxed);
        debug_assert!(!twice, "the planner gives each address to one page, and {route} came twice");
        true
    }

    /// The next manifest: what was staged, and what was seen again and not staged.
    fn next(&self, staged: &[(Box<str>, Digest)]) -> Manifest {
        let mut files = Vec::with_capacity(staged.len() + self.unchanged.load(Ordering::Relaxed));
        let mut staged = staged.iter().peekable();
        for ((route, digest), seen) in self.old.files().zip(&self.seen) {
            while let Some(file) = staged.next_if(|file| *file.0 < *route) {
                files.push(file.clone());
            }
            if let Some(file) = staged.next_if(|file| *file.0 == *route) {
                files.push(file.clone());
            } else if seen.load(Ordering::Relaxed) {
                files.push((route.into(), digest));
            }
        }
        files.extend(staged.cloned());
        Manifest::new(files)
    }

    /// Refuses a source behind a link that leads out of the site.
    fn check_source(&self, source: &Path) -> Result<(), Error> {
        let folder = source.parent().unwrap_or(source);
        let known = |folders: &Mutex<HashSet<PathBuf>>| {
            folders.lock().unwrap_or_else(PoisonError::into_inner).contains(folder)
        };
        if known(&self.source_folders) && !source.is_symlink() {
            return Ok(());
        }
        place::resolve(source, &self.site_root)?;
        self.source_folders.lock().unwrap_or_else(PoisonError::into_inner).insert(folder.to_path_buf());
        Ok(())
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
        switch.run()?;
    }
    staging.clear()
}

/// Reads a file to its end, piece by piece; gives its digest and its length.
fn stream(
    from: &mut File,
    length: u64,
    mut each: impl FnMut(&[u8]) -> std::io::Result<()>,
) -> std::io::Result<(Digest, u64)> {
    let mut buffer =
        vec![0; usize::try_from(length.saturating_add(1)).unwrap_or(usize::MAX).clamp(512, 1 << 18)];
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
