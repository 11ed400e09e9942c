//! What was read of the files of a site, so that the next reading opens only what has changed.
//!
//! A file counts as it was when the system says the same of it: size, times, and its place on the disk. Whether a
//! reading is a first or a later one changes what is opened, never what comes of it.

use std::cmp::Ordering;
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use rayon::prelude::{IntoParallelRefIterator, ParallelIterator};
use serde::{Deserialize, Serialize};

use super::article::{Article, File, Standing};
use super::languages::{LanguageIndex, Languages};
use super::pictures::PictureFile;
use super::theme::Theme;
use super::{Input, read_bytes, settings, walk};
use crate::{Diagnostic, Error};

/// The folders of a site.
const FOLDERS: [&str; 3] = ["content", "static", "templates"];

/// What the next reading need not read again.
#[derive(Debug, Clone, Default)]
pub(super) struct Known {
    /// Every file of the site, by path.
    pub(super) files: Vec<Seen>,
    /// Whether there is neither a link nor a mistake among the folders: a file is where its path says, and nowhere else.
    is_plain: bool,
    /// Whether there is no mistake among them.
    are_whole: bool,
    /// Whether any Markdown file was opened.
    pub(super) has_opened: bool,
}

/// A file, and what came of it.
#[derive(Debug, Clone)]
pub(super) struct Seen {
    pub path: Arc<Path>,
    pub stamp: Stamp,
    /// Of a Markdown file that has been read.
    pub reading: Option<Arc<Reading>>,
}

/// What came of a Markdown file.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Reading {
    /// As what it was read.
    r#as: As,
    /// `None` where the diagnostics say why.
    pub article: Option<Arc<Article>>,
    /// What is wrong in it.
    pub diagnostics: Vec<Diagnostic>,
}

/// As what a Markdown file is read: all that decides of its article, beside its bytes and those of its original.
#[derive(Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct As {
    pub standing: Standing,
    pub language: LanguageIndex,
    /// The tags of its language and of the main one.
    pub tags: [Box<str>; 2],
    /// The file that it is a translation of.
    pub original: Option<PathBuf>,
}

/// What the system says of a file without opening it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Stamp {
    length: u64,
    modified: Option<SystemTime>,
    /// When anything of it changed last, and which file it is on which disk.
    #[cfg(unix)]
    standing: (i64, i64, u64, u64),
}

impl Stamp {
    /// `None` for what can't be looked at.
    fn of(path: &Path) -> Option<Self> {
        let metadata = path.metadata().ok()?;
        #[cfg(unix)]
        let standing = {
            use std::os::unix::fs::MetadataExt;
            (metadata.ctime(), metadata.ctime_nsec(), metadata.dev(), metadata.ino())
        };
        Some(Self {
            length: metadata.len(),
            modified: metadata.modified().ok(),
            #[cfg(unix)]
            standing,
        })
    }

    /// Whether the file had been as it is for a while when it was looked at: a change after that can't have left it this stamp.
    pub fn is_older_than(&self, looked: SystemTime) -> bool {
        #[cfg(unix)]
        let changed = self.changed();
        #[cfg(not(unix))]
        let changed = self.modified.and_then(|changed| changed.duration_since(UNIX_EPOCH).ok());
        changed.is_some_and(|changed| {
            let ticks = if changed.subsec_nanos() == 0 { WHOLE_SECONDS } else { TICKS };
            UNIX_EPOCH + changed + ticks < looked
        })
    }

    /// Whether it can be written down: no time of serde's lies before 1970.
    pub fn is_writable(&self) -> bool {
        self.modified.is_none_or(|modified| modified >= UNIX_EPOCH)
    }

    /// When anything of it changed last; of that nobody can make another time.
    #[cfg(unix)]
    fn changed(&self) -> Option<Duration> {
        let (seconds, nanoseconds, ..) = self.standing;
        Some(Duration::new(seconds.try_into().ok()?, nanoseconds.try_into().ok()?))
    }
}

/// How far apart two changes may be that leave a file the same time, several times over: systems count time by ticks of ten
/// milliseconds or less, and where there are no parts of a second, by two seconds (FAT).
const TICKS: Duration = Duration::from_millis(100);
const WHOLE_SECONDS: Duration = Duration::from_secs(3);

/// What the system says of every file of a site.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Stamps {
    files: Vec<(Arc<Path>, Stamp)>,
    /// Whether nothing is wrong with the folders.
    are_whole: bool,
}

/// A first look at every file of a site, none of which is opened.
pub struct Look(pub(super) Again<'static>);

impl Look {
    /// Looks at a site.
    ///
    /// # Errors
    /// A folder that can't be read.
    pub fn at(root: &Path) -> Result<Self, Error> {
        Again::first(root).map(Self)
    }

    /// What the system says of the files.
    #[must_use]
    pub fn stamps(&self) -> Stamps {
        let files = self.0.files.iter().map(|(seen, _)| (Arc::clone(&seen.path), seen.stamp)).collect();
        Stamps { files, are_whole: self.0.are_whole }
    }
}

impl Stamps {
    /// Whether all files are as they were when these stamps were taken, `looked` or later: none is another, and none was so
    /// young then that a change may have gone unnoticed.
    #[must_use]
    pub fn are_those_of(&self, now: &Self, looked: SystemTime) -> bool {
        self.are_whole && self == now && self.files.iter().all(|(_, stamp)| stamp.is_older_than(looked))
    }

    /// The same of one file.
    #[must_use]
    pub fn has_same(&self, now: &Self, path: &Path, looked: SystemTime) -> bool {
        let stamp = self.stamp(path);
        stamp.is_some_and(|stamp| stamp.is_older_than(looked) && now.stamp(path) == Some(stamp))
    }

    fn stamp(&self, path: &Path) -> Option<&Stamp> {
        let at = self.files.binary_search_by(|(other, _)| (**other).cmp(path)).ok()?;
        Some(&self.files[at].1)
    }
}

impl Known {
    /// Whether a file was there.
    pub(super) fn has(&self, path: &Path) -> bool {
        self.of(path).is_some()
    }

    /// The files of which the system says something else, by path.
    pub(super) fn differences(&self, before: &Self) -> Vec<PathBuf> {
        let mut differences = Vec::new();
        let (mut now, mut then) = (self.files.iter().peekable(), before.files.iter().peekable());
        loop {
            let order = match (now.peek(), then.peek()) {
                (Some(one), Some(other)) if Arc::ptr_eq(&one.path, &other.path) => Ordering::Equal,
                (Some(one), Some(other)) => one.path.cmp(&other.path),
                (Some(_), None) => Ordering::Less,
                (None, Some(_)) => Ordering::Greater,
                (None, None) => return differences,
            };
            let one = if order.is_le() { now.next() } else { None };
            let other = if order.is_ge() { then.next() } else { None };
            if one.map(|seen| seen.stamp) != other.map(|seen| seen.stamp) {
                differences.extend(one.or(other).map(|seen| seen.path.to_path_buf()));
            }
        }
    }

    /// What the system said of every file, before it was opened.
    pub(super) fn stamps(&self) -> Stamps {
        let files = self.files.iter().map(|seen| (Arc::clone(&seen.path), seen.stamp)).collect();
        Stamps { files, are_whole: self.are_whole }
    }

    fn of(&self, path: &Path) -> Option<&Seen> {
        let at = self.files.binary_search_by(|seen| (*seen.path).cmp(path)).ok()?;
        Some(&self.files[at])
    }
}

/// A reading that may follow an earlier one.
pub(super) struct Again<'a> {
    before: Option<&'a Input>,
    /// The files that are there now, by path, each with whether it is as it was. The system was asked before any is
    /// opened: a file that changes meanwhile differs the next time.
    pub(super) files: Vec<(Seen, bool)>,
    is_plain: bool,
    are_whole: bool,
    has_opened: bool,
    /// What is wrong with the folders.
    pub(super) mistakes: Vec<Diagnostic>,
    /// Whether there are the very same files as before.
    has_same_paths: bool,
}

impl<'a> Again<'a> {
    /// A first reading.
    pub(super) fn first(root: &Path) -> Result<Self, Error> {
        Self::of_all(root, None, &BTreeSet::new())
    }

    /// One that follows another, after `changed` is known to have changed. Where everything is where its path says, only
    /// that is looked at.
    pub(super) fn after(before: &'a Input, changed: &BTreeSet<PathBuf>, only: bool) -> Result<Self, Error> {
        let is_enough = only && before.known.is_plain && !changed.contains(Path::new(""));
        match if is_enough { Self::of_changed(before, changed)? } else { None } {
            Some(again) => Ok(again),
            None => Self::of_all(&before.root, Some(before), changed),
        }
    }

    /// Looks at every file.
    fn of_all(root: &Path, before: Option<&'a Input>, changed: &BTreeSet<PathBuf>) -> Result<Self, Error> {
        let walked = Walked::along(root)?;
        let known = before.map(|before| &before.known);
        let seen = |path: &PathBuf| {
            let stamp = Stamp::of(&root.join(path))?;
            let then = known.and_then(|known| known.of(path));
            let is_same = then.is_some_and(|then| then.stamp == stamp) && !is_named(changed, path);
            Some(match then.filter(|_| is_same) {
                Some(then) => (then.clone(), true),
                None => (Seen { path: path.as_path().into(), stamp, reading: None }, false),
            })
        };
        let mut files: Vec<(Seen, bool)> = walked.files.par_iter().filter_map(seen).collect();
        files.sort_by(|(one, _), (other, _)| one.path.cmp(&other.path));
        let has_same_paths = known.is_some_and(|known| {
            known.files.len() == files.len()
                && known.files.iter().zip(&files).all(|(then, (now, _))| then.path == now.path)
        });
        let (is_plain, are_whole) = (walked.is_plain(), walked.mistakes.is_empty());
        let (mistakes, has_opened) = (walked.mistakes, false);
        Ok(Self { before, files, is_plain, are_whole, has_opened, mistakes, has_same_paths })
    }

    /// Looks at what has changed alone; `None` where there is a link or a mistake in it, which concerns more than itself.
    fn of_changed(before: &'a Input, changed: &BTreeSet<PathBuf>) -> Result<Option<Self>, Error> {
        let mut walked = Walked::default();
        for path in changed.iter().filter(|path| walk::is_meant(path)) {
            if is_named(changed, path.parent().unwrap_or(Path::new(""))) {
                continue;
            }
            if path.as_path() == Path::new(settings::FILE) {
                walked.files.push(path.clone());
            } else {
                walked.add(walk::files(&before.root, path)?);
            }
        }
        if !walked.is_plain() {
            return Ok(None);
        }
        let kept = before.known.files.iter().filter(|seen| !is_named(changed, &seen.path));
        let mut files: Vec<(Seen, bool)> = kept.map(|seen| (seen.clone(), true)).collect();
        let kept = files.len();
        for path in walked.files {
            if let Some(stamp) = Stamp::of(&before.root.join(&path)) {
                let path = before.known.of(&path).map_or_else(|| path.into(), |seen| Arc::clone(&seen.path));
                files.push((Seen { path, stamp, reading: None }, false));
            }
        }
        let were_there = files[kept..].iter().filter(|(seen, _)| before.known.has(&seen.path)).count();
        let has_same_paths =
            kept + were_there == before.known.files.len() && files.len() == kept + were_there;
        sort_in(&mut files, kept);
        let before = Some(before);
        let (is_plain, are_whole, has_opened, mistakes) = (true, true, false, Vec::new());
        Ok(Some(Self { before, files, is_plain, are_whole, has_opened, mistakes, has_same_paths }))
    }

    /// The files below a folder, by path.
    pub(super) fn below(&self, folder: &str) -> impl Iterator<Item = &Arc<Path>> {
        let from = self.files.partition_point(|(seen, _)| *seen.path < *Path::new(folder));
        let below = self.files[from..].iter().map(|(seen, _)| &seen.path);
        below.take_while(move |path| path.starts_with(folder))
    }

    /// What comes of each Markdown file, by path: what came of it before, or what is read now. `as_what` is asked only
    /// where it is not known from before.
    pub(super) fn readings(
        &mut self,
        root: &Path,
        languages: &Languages,
        as_what: impl Fn(&Path) -> As + Sync,
    ) -> Result<Vec<Arc<Reading>>, Error> {
        let is_known =
            self.has_same_paths && self.before.is_some_and(|before| before.languages == *languages);
        let files = &self.files;
        let is_same = |path: &Path| {
            let at = files.binary_search_by(|(seen, _)| (*seen.path).cmp(path));
            at.is_ok_and(|at| files[at].1)
        };
        let read = |(seen, _): &(Seen, bool)| -> Result<Option<Arc<Reading>>, Error> {
            if !is_source(&seen.path) {
                return Ok(None);
            }
            if let Some(reading) = &seen.reading {
                let is_original_same = reading.r#as.original.as_ref().is_none_or(|path| is_same(path));
                if is_original_same && (is_known || reading.r#as == as_what(&seen.path)) {
                    return Ok(Some(Arc::clone(reading)));
                }
            }
            Reading::of(root, &seen.path, as_what(&seen.path)).map(|reading| Some(Arc::new(reading)))
        };
        let readings: Result<Vec<Option<Arc<Reading>>>, Error> = files.par_iter().map(read).collect();
        for ((seen, _), reading) in self.files.iter_mut().zip(readings?) {
            let (then, now) = (seen.reading.as_ref(), reading.as_ref());
            self.has_opened |= now.is_some_and(|now| then.is_none_or(|then| !Arc::ptr_eq(then, now)));
            seen.reading = reading;
        }
        Ok(self.files.iter().filter_map(|(seen, _)| seen.reading.clone()).collect())
    }

    /// What is known of a picture that is as it was.
    pub(super) fn picture(&self, path: &Path) -> Option<&'a PictureFile> {
        self.before_of(path)?.pictures.get(path)
    }

    /// The theme that has a file as it is.
    pub(super) fn theme(&self, path: &Path) -> Option<&'a Theme> {
        self.before_of(path).map(|before| &before.theme)
    }

    /// What the next reading needs to know of this one.
    pub(super) fn known(self) -> Known {
        let Self { files, is_plain, are_whole, has_opened, .. } = self;
        let files = files.into_iter().map(|(seen, _)| seen).collect();
        Known { files, is_plain, are_whole, has_opened }
    }

    /// The reading before, if it read a file as it is now.
    fn before_of(&self, path: &Path) -> Option<&'a Input> {
        let at = self.files.binary_search_by(|(seen, _)| (*seen.path).cmp(path)).ok()?;
        self.before.filter(|_| self.files[at].1)
    }
}

impl Reading {
    fn of(root: &Path, path: &Arc<Path>, r#as: As) -> Result<Self, Error> {
        let bytes = read_bytes(&root.join(path))?;
        let original = r#as.original.as_ref().map(|path| read_bytes(&root.join(path))).transpose()?;
        let [tag, main] = &r#as.tags;
        let (article, diagnostics) = Article::read(File {
            path,
            bytes: &bytes,
            standing: r#as.standing,
            language: r#as.language,
            tag,
            original: original.as_deref().map(|bytes| (bytes, &**main)),
        });
        Ok(Self { article: article.map(Arc::new), diagnostics, r#as })
    }
}

/// What walks along folders found.
#[derive(Default)]
struct Walked {
    files: Vec<PathBuf>,
    mistakes: Vec<Diagnostic>,
    has_links: bool,
}

impl Walked {
    /// Walks along the settings and all folders of a site.
    fn along(root: &Path) -> Result<Self, Error> {
        let mut walked = Self { files: vec![settings::FILE.into()], ..Self::default() };
        for folder in FOLDERS {
            walked.add(walk::files(root, Path::new(folder))?);
        }
        Ok(walked)
    }

    fn add(&mut self, mut found: walk::Found) {
        self.files.append(&mut found.files);
        self.mistakes.append(&mut found.mistakes);
        self.has_links |= found.has_links;
    }

    fn is_plain(&self) -> bool {
        self.mistakes.is_empty() && !self.has_links
    }
}

/// Puts what follows the first `sorted` files into their order.
fn sort_in(files: &mut [(Seen, bool)], sorted: usize) {
    if files.len() > sorted + FEW {
        files.sort_by(|(one, _), (other, _)| one.path.cmp(&other.path));
        return;
    }
    for at in sorted..files.len() {
        let place = files[..at].partition_point(|(seen, _)| seen.path < files[at].0.path);
        files[place..=at].rotate_right(1);
    }
}

/// Whether a file is an article.
pub(super) fn is_source(path: &Path) -> bool {
    path.starts_with("content") && path.extension().is_some_and(|ending| ending == "md")
}

/// Whether a path is named, alone or by its folder.
fn is_named(changed: &BTreeSet<PathBuf>, path: &Path) -> bool {
    if changed.len() > FEW {
        return path.ancestors().any(|part| changed.contains(part));
    }
    let bytes = path.as_os_str().as_encoded_bytes();
    let begins = |named: &&PathBuf| bytes.starts_with(named.as_os_str().as_encoded_bytes());
    changed.iter().filter(begins).any(|named| path.starts_with(named))
}

/// So many names are compared one by one.
const FEW: usize = 8;

#[cfg(test)]
mod tests {
    use std::time::SystemTime;

    use super::{Look, TICKS};

    #[test]
    #[expect(clippy::disallowed_methods, reason = "the times of files are the machine's")]
    fn a_file_that_has_just_changed_is_not_taken_for_known() {
        let site = tempfile::tempdir().unwrap();
        let before = SystemTime::now();
        std::fs::write(site.path().join("dateline.toml"), "title = \"A\"\n").unwrap();
        let stamps = Look::at(site.path()).unwrap().stamps();
        let again = Look::at(site.path()).unwrap().stamps();
        assert!(!stamps.are_those_of(&again, before));
        assert!(!stamps.are_those_of(&again, SystemTime::now()));
        assert!(!stamps.has_same(&again, "dateline.toml".as_ref(), before));
        let later = SystemTime::now() + 40 * TICKS;
        assert!(stamps.are_those_of(&again, later));
        assert!(stamps.has_same(&again, "dateline.toml".as_ref(), later));
        std::fs::write(site.path().join("dateline.toml"), "title = \"A\"\n\n").unwrap();
        assert!(!stamps.are_those_of(&Look::at(site.path()).unwrap().stamps(), later));
    }
}
