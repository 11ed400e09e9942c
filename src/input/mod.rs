//! The disk as values: settings, front matter, the theme, and the list of files. The only reader.
//!
//! [`Input::read`] takes a folder and gives everything that the site is made of, with every mistake that can be
//! seen in one file alone. It keeps no body of an article: [`Input::body`] reads it again when its page is rendered.

#![expect(clippy::disallowed_methods, reason = "this is the room that reads the disk")]

pub mod article;
mod at;
mod decode;
pub mod foreign;
pub(crate) mod front_matter;
mod inheritance;
mod kept;
pub mod keys;
pub mod languages;
pub(crate) mod node;
mod pictures;
mod planned;
pub mod publishing;
mod reading;
mod reads;
pub mod schemas;
pub mod settings;
pub mod theme;
mod values;
mod walk;
pub(crate) mod yaml;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::ops::Range;
use std::path::{Path, PathBuf};
use std::sync::Arc;

pub use article::{Article, EntityKind, Kind};
pub use at::At;
pub use decode::nearest;
pub use foreign::Foreign;
pub use languages::{LanguageIndex, Languages};
pub use pictures::PictureFile;
pub use reads::Reads;
use settings::Level;
pub use settings::Settings;
pub use theme::Theme;

use crate::{Diagnostic, Error, Place, Severity};
use article::Standing;
use reading::{Again, As, Known};
pub use reading::{Look, Stamps};

/// Everything that is on the disk of a site.
#[derive(Debug, Clone, Default)]
pub struct Input {
    /// The site's root.
    pub root: PathBuf,
    /// `dateline.toml`.
    pub settings: Settings,
    /// The languages that it names.
    pub languages: Languages,
    /// The Markdown files, by path.
    pub articles: Vec<Arc<Article>>,
    /// The Markdown files that can't be read as articles, for reasons that are in the diagnostics.
    pub unread: Vec<PathBuf>,
    /// The other files of `content/`, relative to the root, by path.
    pub files: Vec<PathBuf>,
    /// Those of the files, and of the site's own `static/`, that are pictures.
    pub pictures: BTreeMap<PathBuf, PictureFile>,
    /// Templates, words and static files.
    pub theme: Theme,
    /// What is wrong in one file alone.
    pub diagnostics: Vec<Diagnostic>,
    /// The digest of all that a site is planned with.
    planned: [u8; 32],
    /// The same without templates and the first paragraphs of articles.
    modelled: [u8; 32],
    /// The same without the titles and summaries of events.
    arranged: [u8; 32],
    /// What the next reading need not read again.
    known: Known,
}

/// Why a body could not be had.
#[derive(Debug)]
pub enum BodyError {
    /// The file has changed since it was read: the plan must be made anew.
    Changed,
    /// The machine failed.
    Failed(Error),
}

impl Input {
    /// Reads a site.
    ///
    /// # Errors
    /// A failure of the machine; an author's mistakes are in [`Input::diagnostics`].
    pub fn read(root: &Path) -> Result<Self, Error> {
        Self::read_looked(root, Look::at(root)?)
    }

    /// Reads a site that has been looked at just now.
    ///
    /// # Errors
    /// As for [`read`](Self::read).
    pub fn read_looked(root: &Path, look: Look) -> Result<Self, Error> {
        Self::gather(root, look.0)
    }

    /// Reads a site once more: what a fresh [`Input::read`] would give, but only those files are opened that the system
    /// says are others than before, and those that are named in `changed`, alone or by their folder, relative to the
    /// root. The empty path names everything.
    ///
    /// # Errors
    /// A failure of the machine.
    pub fn read_again(&self, changed: &BTreeSet<PathBuf>) -> Result<Self, Error> {
        Self::gather(&self.root, Again::after(self, changed, false)?)
    }

    /// The same where it is known that nothing else has changed: the system is asked of what is named alone.
    ///
    /// # Errors
    /// A failure of the machine.
    pub fn read_changed(&self, changed: &BTreeSet<PathBuf>) -> Result<Self, Error> {
        Self::gather(&self.root, Again::after(self, changed, true)?)
    }

    fn gather(root: &Path, mut again: Again<'_>) -> Result<Self, Error> {
        let mut diagnostics = std::mem::take(&mut again.mistakes);
        let (settings, written) = read_settings(root, &mut diagnostics)?;
        let (theme, mut mistakes) = Theme::read(root, &again)?;
        diagnostics.append(&mut mistakes);
        let (sources, files): (Vec<&Arc<Path>>, Vec<&Arc<Path>>) =
            again.below("content").partition(|path| reading::is_source(path));
        let files: Vec<PathBuf> = files.into_iter().map(|path| path.to_path_buf()).collect();
        let sources: Vec<Arc<Path>> = sources.into_iter().map(Arc::clone).collect();
        let languages = Languages::new(&settings);
        let timelines = timeline_folders(&sources, &languages);
        let as_what = |path: &Path| {
            let (language, plain) = languages.of_file(path);
            let standing = Standing::of(&plain, &timelines);
            let tags = [languages.tag(language), languages.tag(LanguageIndex::MAIN)];
            let is_there = |path: &PathBuf| sources.binary_search_by(|source| (**source).cmp(path)).is_ok();
            let original = original(path, &languages, is_there);
            As { standing, language, tags: tags.map(Into::into), original }
        };
        let readings = again.readings(root, &languages, as_what)?;
        let (mut articles, mut unread) = (Vec::with_capacity(sources.len()), Vec::new());
        for (path, reading) in sources.iter().zip(&readings) {
            if reading.article.is_none() {
                unread.push(path.to_path_buf());
            }
            articles.extend(reading.article.clone());
            diagnostics.extend(reading.diagnostics.iter().cloned());
        }
        let pictures = pictures::read(root, files.iter().chain(theme.own_files()), &again)?;
        let known = again.known();
        let root = root.to_path_buf();
        let input = Self {
            root,
            settings,
            languages,
            articles,
            unread,
            files,
            pictures,
            theme,
            diagnostics,
            planned: [0; 32],
            modelled: [0; 32],
            arranged: [0; 32],
            known,
        };
        let arranged = planned::arranged(&input, &written);
        let modelled = planned::modelled(&input, &arranged);
        Ok(Self { planned: planned::planned(&input, &modelled), modelled, arranged, ..input })
    }

    /// The digest of all that a site is planned with: two readings share it where no more than the bodies of articles differ,
    /// and the bytes of files that are neither pictures nor of the theme.
    #[must_use]
    pub fn planned(&self) -> &[u8; 32] {
        &self.planned
    }

    /// The digest of all that the model of a site is made of: the same but for templates and the first paragraphs of articles,
    /// which pages show and the model has not.
    #[must_use]
    pub fn modelled(&self) -> &[u8; 32] {
        &self.modelled
    }

    /// The digest of the same but for the titles and summaries of events.
    #[must_use]
    pub fn arranged(&self) -> &[u8; 32] {
        &self.arranged
    }

    /// Whether a path is that of a file of the site.
    #[must_use]
    pub fn has(&self, path: &Path) -> bool {
        self.known.has(path)
    }

    /// Whether a file is an article or a picture with the same bytes as in another reading; of other files no digest is
    /// known.
    #[must_use]
    pub fn has_same_bytes(&self, other: &Self, path: &Path) -> bool {
        let article = |input: &Self| input.position(path).map(|at| input.articles[at].digest);
        let picture = |input: &Self| input.pictures.get(path).map(|known| known.digest);
        let digest = |input: &Self| article(input).or(picture(input));
        digest(self).is_some() && digest(self) == digest(other)
    }

    /// The files that are others than in an earlier reading, that are new, or gone, by path.
    #[must_use]
    pub fn changed_since(&self, before: &Self) -> Vec<PathBuf> {
        self.known.differences(&before.known)
    }

    /// Whether a Markdown file was opened: nothing was known of it, or it is another one than it was.
    #[must_use]
    pub fn has_opened(&self) -> bool {
        self.known.has_opened
    }

    /// What the system said of every file before it was opened.
    #[must_use]
    pub fn stamps(&self) -> Stamps {
        self.known.stamps()
    }

    /// Where a file of the site really is, if it is a file and in the site.
    #[must_use]
    pub fn real_file(&self, path: &Path) -> Option<PathBuf> {
        let root = self.root.canonicalize().ok()?;
        let real = root.join(path).canonicalize().ok()?;
        (real.starts_with(&root) && real.is_file()).then_some(real)
    }

    /// Whether there are settings that could be read; without them nothing else can be judged.
    #[must_use]
    pub fn has_settings(&self) -> bool {
        let broken = |diagnostic: &Diagnostic| {
            let of_settings =
                diagnostic.place.as_ref().is_none_or(|place| place.path == Path::new(settings::FILE));
            of_settings && matches!(&*diagnostic.name, "missing-settings" | "toml-syntax" | "not-utf8")
        };
        !self.diagnostics.iter().any(broken)
    }

    /// The body of an article, as it was when the site was read; that it was read is noted.
    ///
    /// # Errors
    /// [`BodyError::Changed`] when the file is another by now.
    pub fn body(&self, article: usize, reads: &Reads) -> Result<String, BodyError> {
        reads.note(article);
        let article = &self.articles[article];
        let bytes = match fs::read(self.root.join(&article.path)) {
            Ok(bytes) => bytes,
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Err(BodyError::Changed),
            Err(error) => return Err(BodyError::Failed(Error::io("read", &article.path)(error))),
        };
        if *blake3::hash(&bytes).as_bytes() != article.digest {
            return Err(BodyError::Changed);
        }
        let text = simdutf8::basic::from_utf8(&bytes).map_err(|_| BodyError::Changed)?;
        Ok(text[article.body..].to_string())
    }

    /// The digest of the whole file of an article, its body included; that it was asked for is noted.
    #[must_use]
    pub fn digest(&self, article: usize, reads: &Reads) -> &[u8; 32] {
        reads.note(article);
        &self.articles[article].digest
    }

    /// The bytes of a picture file, as it was when the site was read.
    ///
    /// # Errors
    /// [`BodyError::Changed`] when the file is another by now.
    pub fn picture(&self, path: &Path) -> Result<Vec<u8>, BodyError> {
        let known = self.pictures.get(path).ok_or(BodyError::Changed)?;
        let bytes = read_bytes(&self.root.join(path)).map_err(BodyError::Failed)?;
        if *blake3::hash(&bytes).as_bytes() == known.digest { Ok(bytes) } else { Err(BodyError::Changed) }
    }

    /// The place of a range of bytes of a file. The file is read for it: places are only needed for mistakes.
    ///
    /// What lies behind the end of a translation is a part of its original, which was joined to it.
    #[must_use]
    pub fn place(&self, path: &Path, range: Range<usize>) -> Place {
        let Ok(bytes) = fs::read(self.root.join(path)) else { return Place::file(path) };
        let text = String::from_utf8_lossy(&bytes);
        let offset = inheritance::offset(&text);
        match self.original(path).filter(|_| range.start >= offset) {
            Some(original) => self.place(&original, range.start - offset..range.end - offset),
            None => Place::in_text(path, &text, range),
        }
    }

    /// The place of a text that stands in a file as it is; the whole file where it is written in another way.
    #[must_use]
    pub fn place_of(&self, path: &Path, piece: &str) -> Place {
        let bytes = fs::read(self.root.join(path)).unwrap_or_default();
        let text = String::from_utf8_lossy(&bytes);
        match text.find(piece) {
            Some(at) => Place::in_text(path, &text, at..at + piece.len()),
            None => Place::file(path),
        }
    }

    /// The file that a file is a translation of.
    #[must_use]
    pub fn original(&self, path: &Path) -> Option<PathBuf> {
        original(path, &self.languages, |path| self.position(path).is_some())
    }

    /// The index of the article that was read from a file.
    #[must_use]
    pub fn position(&self, path: &Path) -> Option<usize> {
        self.articles.binary_search_by(|article| (*article.path).cmp(path)).ok()
    }

    /// The diagnostics as `[check]` in the settings and `check` in an article want them: switched off, warnings, or errors.
    #[must_use]
    pub fn weigh(&self, mut diagnostics: Vec<Diagnostic>) -> Vec<Diagnostic> {
        diagnostics.retain_mut(|diagnostic| {
            let path = diagnostic.place.as_ref().map(|place| place.path.as_path());
            let article = path.and_then(|path| self.position(path)).map(|at| self.articles[at].kind.check());
            let level = settings::level_of(&diagnostic.name, article, &self.settings.check);
            match (diagnostic.severity, level) {
                (Severity::Warning, Some(Level::Off)) => return false,
                (Severity::Warning, Some(Level::Error)) => diagnostic.severity = Severity::Error,
                _ => {}
            }
            true
        });
        diagnostics
    }

    /// The bytes of a file of the site.
    ///
    /// # Errors
    /// A file that can't be read.
    pub fn bytes(&self, path: &Path) -> Result<Vec<u8>, Error> {
        read_bytes(&self.root.join(path))
    }
}

/// The settings of a site alone, with every mistake in them.
///
/// # Errors
/// A failure of the machine.
pub fn settings_of(root: &Path) -> Result<(Settings, Vec<Diagnostic>), Error> {
    let mut diagnostics = Vec::new();
    let (settings, _) = read_settings(root, &mut diagnostics)?;
    Ok((settings, diagnostics))
}

/// The settings, and as what they are written.
fn read_settings(root: &Path, diagnostics: &mut Vec<Diagnostic>) -> Result<(Settings, String), Error> {
    let path = root.join(settings::FILE);
    if !path.is_file() {
        diagnostics.push(no_settings(root));
        return Ok(Default::default());
    }
    let bytes = read_bytes(&path)?;
    let Ok(text) = String::from_utf8(bytes) else {
        diagnostics.push(
            Diagnostic::error("not-utf8", "the settings are not UTF-8")
                .at(Place::file(settings::FILE))
                .help("save the file again with the encoding UTF-8"),
        );
        return Ok(Default::default());
    };
    let (settings, mut mistakes) = Settings::read(&text);
    diagnostics.append(&mut mistakes);
    Ok((settings, text))
}

fn no_settings(root: &Path) -> Diagnostic {
    Diagnostic::error("missing-settings", format!("there is no {} in {}", settings::FILE, root.display())).help(
        "go to the folder of your site, or name it with --root DIR; a new site needs a dateline.toml with a title",
    )
}

/// The folders below `content/` that have an `_index.md`, but for `content/` itself and the reserved ones.
fn timeline_folders(sources: &[Arc<Path>], languages: &Languages) -> BTreeSet<PathBuf> {
    let begins = |path: &&Arc<Path>| {
        path.file_name().is_some_and(|name| name.as_encoded_bytes().starts_with(b"_index."))
    };
    sources
        .iter()
        .filter(begins)
        .filter(|path| Standing::of(&languages.of_file(path).1, &BTreeSet::new()) == Standing::Timeline)
        .filter_map(|path| path.parent().map(Path::to_path_buf))
        .collect()
}

/// The file that a file is a translation of: the same name with the main language's suffix, or without one.
fn original(path: &Path, languages: &Languages, is_there: impl Fn(&PathBuf) -> bool) -> Option<PathBuf> {
    let (language, plain) = languages.of_file(path);
    if language == LanguageIndex::MAIN {
        return None;
    }
    let marked = languages.with_suffix(&plain, LanguageIndex::MAIN);
    [plain.into_owned(), marked].into_iter().find(|path| is_there(path))
}

fn read_bytes(path: &Path) -> Result<Vec<u8>, Error> {
    fs::read(path).map_err(Error::io("read", path))
}
