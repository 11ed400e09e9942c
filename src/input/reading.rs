//! What was read of the files of a site, so that the next reading opens only what has changed.
//!
//! A file counts as it was when the system says the same of it: size, times, and its place on the disk. Whether a
//! reading is a first or a later one changes what is opened, never what comes of it.

use std::collections::{BTreeSet, HashMap};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::SystemTime;

use rayon::prelude::{IntoParallelRefIterator, ParallelIterator};

use super::article::{Article, File, Standing};
use super::languages::LanguageIndex;
use super::pictures::PictureFile;
use super::theme::Theme;
use super::{Input, read_bytes};
use crate::{Diagnostic, Error};

/// What the next reading need not read again.
#[derive(Debug, Clone, Default)]
pub(super) struct Known {
    stamps: HashMap<PathBuf, Stamp>,
    readings: HashMap<PathBuf, Arc<Reading>>,
}

/// What came of a Markdown file.
#[derive(Debug)]
pub(super) struct Reading {
    /// As what it was read.
    r#as: As,
    /// `None` where the diagnostics say why.
    pub article: Option<Arc<Article>>,
    /// What is wrong in it.
    pub diagnostics: Vec<Diagnostic>,
}

/// As what a Markdown file is read: all that decides of its article, beside its bytes and those of its original.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct As {
    pub standing: Standing,
    pub language: LanguageIndex,
    /// The tags of its language and of the main one.
    pub tags: [Box<str>; 2],
    /// The file that it is a translation of.
    pub original: Option<PathBuf>,
}

/// What the system says of a file without opening it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Stamp {
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
}

impl Known {
    /// Whether a file was there.
    pub(super) fn has(&self, path: &Path) -> bool {
        self.stamps.contains_key(path)
    }

    /// The files of which the system says something else, by path.
    pub(super) fn differences(&self, before: &Self) -> Vec<PathBuf> {
        let differs = |path: &&PathBuf| self.stamps.get(*path) != before.stamps.get(*path);
        let all = self.stamps.keys().chain(before.stamps.keys());
        let mut differences: Vec<PathBuf> = all.filter(differs).cloned().collect();
        differences.sort();
        differences.dedup();
        differences
    }
}

/// A reading that may follow an earlier one.
pub(super) struct Again<'a> {
    before: Option<(&'a Input, &'a BTreeSet<PathBuf>)>,
    /// Those of this reading, taken before any file is opened: a file that changes meanwhile differs the next time.
    stamps: HashMap<PathBuf, Stamp>,
}

impl<'a> Again<'a> {
    /// A first reading.
    pub(super) fn nothing() -> Self {
        Self { before: None, stamps: HashMap::new() }
    }

    /// One that follows another, after `changed` is known to have changed.
    pub(super) fn after(before: &'a Input, changed: &'a BTreeSet<PathBuf>) -> Self {
        Self { before: Some((before, changed)), stamps: HashMap::new() }
    }

    /// The same, with what the system says of all files now.
    pub(super) fn with_stamps<'p>(&self, root: &Path, paths: impl Iterator<Item = &'p Path>) -> Self {
        let paths: Vec<&Path> = paths.collect();
        let stamp = |path: &&Path| Some((path.to_path_buf(), Stamp::of(&root.join(path))?));
        Self { before: self.before, stamps: paths.par_iter().filter_map(stamp).collect() }
    }

    /// What is there of a Markdown file: what came of it before, or its article read now.
    pub(super) fn reading(&self, root: &Path, path: &Path, r#as: As) -> Result<Arc<Reading>, Error> {
        let same = self.before_of(path).and_then(|before| before.known.readings.get(path));
        let same = same.filter(|reading| reading.r#as == r#as);
        if let Some(reading) = same
            && r#as.original.as_ref().is_none_or(|original| self.before_of(original).is_some())
        {
            return Ok(Arc::clone(reading));
        }
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
        Ok(Arc::new(Reading { article: article.map(Arc::new), diagnostics, r#as }))
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
    pub(super) fn known(self, readings: impl Iterator<Item = (PathBuf, Arc<Reading>)>) -> Known {
        Known { stamps: self.stamps, readings: readings.collect() }
    }

    /// The reading before, if it read a file as it is now.
    fn before_of(&self, path: &Path) -> Option<&'a Input> {
        let (before, changed) = self.before?;
        let is_named = !changed.is_empty() && path.ancestors().any(|part| changed.contains(part));
        let stamp = self.stamps.get(path)?;
        (!is_named && before.known.stamps.get(path) == Some(stamp)).then_some(before)
    }
}
