//! One Markdown file as a value: what kind it is, its keys, and where its body begins.
//!
//! The body itself is not kept: it is read again when its page is rendered.

use std::borrow::Cow;
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

use super::decode::{cleaned, decode};
use super::front_matter;
use super::inheritance::{self, Completed};
use super::keys::{EntityKeys, EventKeys, PageKeys, TimelineKeys};
use super::languages::LanguageIndex;
use super::node::{Node, Value};
use super::planned::PiecesDigest;
use crate::{Diagnostic, Place, markdown};

/// A Markdown file of `content/`.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Article {
    /// The file, relative to the site's root.
    pub path: Arc<Path>,
    /// The language that it is written in.
    pub language: LanguageIndex,
    /// The keys that it does not have itself, as a translation, and takes from its original: `date`, `image.src`.
    pub inherited: Box<[String]>,
    /// The digest of the whole file.
    pub(super) digest: [u8; 32],
    /// The digest of everything but the body.
    pub(super) front: FrontDigests,
    /// The byte at which the body begins.
    pub body: usize,
    /// Plain text of the first paragraph, where front matter gives no summary.
    pub lead: Option<Box<str>>,
    /// Whether there is any text after the front matter.
    pub has_body: bool,
    /// What it is, with its keys.
    pub kind: Kind,
}

/// What a Markdown file is, by where it stands.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub enum Kind {
    /// `content/_index.md`.
    Front(Box<PageKeys>),
    /// The `_index.md` of any other folder.
    Timeline(Box<TimelineKeys>),
    /// A file below a timeline.
    Event(Box<EventKeys>),
    /// A file in a reserved folder.
    Entity(EntityKind, Box<EntityKeys>),
    /// Any other file.
    Page(Box<PageKeys>),
}

/// The four kinds of entities, in the order in which they are listed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[expect(missing_docs, reason = "the kinds are described in docs/front-matter.md")]
pub enum EntityKind {
    Person,
    Organization,
    Place,
    Topic,
}

impl EntityKind {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::Person, Self::Organization, Self::Place, Self::Topic];

    /// The reserved folder of `content/`, which is also the first part of the address.
    #[must_use]
    pub const fn folder(self) -> &'static str {
        match self {
            Self::Person => "people",
            Self::Organization => "organizations",
            Self::Place => "places",
            Self::Topic => "topics",
        }
    }
}

/// Where a Markdown file stands: enough to know its kind.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Standing {
    /// `content/_index.md`.
    Front,
    /// Another `_index.md`.
    Timeline,
    /// Below a timeline.
    Event,
    /// In a reserved folder.
    Entity(EntityKind),
    /// Elsewhere.
    Page,
}

/// A Markdown file while it is read.
#[derive(Debug, Clone, Copy)]
pub struct File<'a> {
    /// Relative to the site's root.
    pub path: &'a Arc<Path>,
    /// Its bytes.
    pub bytes: &'a [u8],
    /// Where it stands.
    pub standing: Standing,
    /// Its language.
    pub language: LanguageIndex,
    /// The tag of its language.
    pub tag: &'a str,
    /// The bytes of the file that it is a translation of, and the tag of that one's language.
    pub original: Option<(&'a [u8], &'a str)>,
}

impl Standing {
    /// The standing of `content/…/x.md`, its path without a language, given the folders that are timelines.
    #[must_use]
    pub fn of(path: &Path, timelines: &BTreeSet<PathBuf>) -> Self {
        let inner = path.strip_prefix("content").unwrap_or(path);
        let first = inner.components().next().map(|part| part.as_os_str().to_string_lossy().into_owned());
        let is_index = path.file_name().is_some_and(|name| name == "_index.md");
        let reserved = EntityKind::ALL.into_iter().find(|kind| first.as_deref() == Some(kind.folder()));
        match reserved {
            _ if is_index && inner.components().count() == 1 => Self::Front,
            Some(kind) => Self::Entity(kind),
            None if is_index => Self::Timeline,
            None if path.ancestors().skip(1).any(|folder| timelines.contains(folder)) => Self::Event,
            None => Self::Page,
        }
    }
}

/// Digests of an article's front matter, with what it is completed by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct FrontDigests {
    /// Of all of it.
    pub whole: [u8; 16],
    /// Of what decides of more than the words on pages: of an event's, all but the texts of its `title` and `summary`.
    pub arranging: [u8; 16],
}

impl Article {
    /// Reads a file. Without an article there is at least one diagnostic that says why.
    #[must_use]
    pub fn read(file: File<'_>) -> (Option<Self>, Vec<Diagnostic>) {
        let text = match simdutf8::compat::from_utf8(file.bytes) {
            Ok(text) => text,
            Err(error) => return (None, vec![not_utf8(file.path, file.bytes, error.valid_up_to())]),
        };
        let front_matter = match front_matter::read(text, file.path) {
            Ok(front_matter) => front_matter,
            Err(diagnostics) => return (None, diagnostics),
        };
        let source = Source::new(file, text, front_matter.node);
        let (kind, diagnostics) = source.kind();
        let body = &text[front_matter.body..];
        let lead = if kind.summary().is_none() {
            markdown::first_paragraph(body, &markdown::Quotes::of(file.tag))
        } else {
            None
        };
        let has_body = !body.trim().is_empty();
        let front = FrontDigests::of(&source, &file.bytes[..front_matter.body]);
        let article = Self {
            path: Arc::clone(file.path),
            language: file.language,
            inherited: source.inherited.into(),
            digest: *blake3::hash(file.bytes).as_bytes(),
            front,
            body: front_matter.body,
            lead: lead.map(Into::into),
            has_body,
            kind,
        };
        (Some(article), diagnostics)
    }

    /// Whether a key is its original's.
    #[must_use]
    pub fn inherits(&self, key: &str) -> bool {
        self.inherited.iter().any(|known| known == key)
    }

    /// The summary: the key, or the first paragraph.
    #[must_use]
    pub fn summary(&self) -> Option<&str> {
        self.kind.summary().or(self.lead.as_deref())
    }
}

impl Kind {
    /// The title.
    #[must_use]
    pub fn title(&self) -> &str {
        match self {
            Self::Front(keys) | Self::Page(keys) => &keys.title,
            Self::Timeline(keys) => &keys.title,
            Self::Event(keys) => &keys.title,
            Self::Entity(_, keys) => &keys.title,
        }
    }

    /// The old addresses.
    #[must_use]
    pub fn aliases(&self) -> &[super::At<super::keys::Alias>] {
        match self {
            Self::Front(keys) | Self::Page(keys) => &keys.aliases,
            Self::Timeline(keys) => &keys.aliases,
            Self::Event(keys) => &keys.aliases,
            Self::Entity(_, keys) => &keys.aliases,
        }
    }

    /// The picture.
    #[must_use]
    pub fn image(&self) -> Option<&super::keys::Image> {
        match self {
            Self::Front(keys) | Self::Page(keys) => keys.image.as_ref(),
            Self::Timeline(keys) => keys.image.as_ref(),
            Self::Event(keys) => keys.image.as_deref(),
            Self::Entity(_, keys) => keys.image.as_ref(),
        }
    }

    /// What it says of the warnings that it causes.
    #[must_use]
    pub fn check(&self) -> &super::settings::Levels {
        match self {
            Self::Front(keys) | Self::Page(keys) => &keys.check,
            Self::Timeline(keys) => &keys.check,
            Self::Event(keys) => &keys.check,
            Self::Entity(_, keys) => &keys.check,
        }
    }

    /// The summary, where front matter has one.
    #[must_use]
    pub fn summary(&self) -> Option<&str> {
        match self {
            Self::Front(keys) | Self::Page(keys) => keys.summary.as_deref(),
            Self::Timeline(keys) => keys.summary.as_deref(),
            Self::Event(keys) => keys.summary.as_deref(),
            Self::Entity(_, keys) => keys.summary.as_deref(),
        }
    }
}

/// A file's text with its front matter, while its keys are decoded.
struct Source<'a> {
    file: File<'a>,
    text: Cow<'a, str>,
    node: Node,
    inherited: Vec<String>,
    /// The front matter of its original, or all of what can't be read.
    original: &'a [u8],
    /// Whether its original may have said when it happened, in a way that can't be read.
    is_date_unread: bool,
}

impl<'a> Source<'a> {
    fn new(file: File<'a>, text: &'a str, node: Node) -> Self {
        let text = Cow::Borrowed(text);
        let own = Self { file, text, node, inherited: Vec::new(), original: &[], is_date_unread: false };
        let Some((bytes, _)) = file.original else { return own };
        // What is wrong in the original is told where the original is read.
        let original_text = std::str::from_utf8(bytes).ok();
        let original = original_text.and_then(|text| Some((front_matter::read(text, file.path).ok()?, text)));
        let Some((original, original_text)) = original else {
            return Self { original: bytes, is_date_unread: true, ..own };
        };
        let front = &bytes[..original.body];
        let is_date_unread = original.node.get("date").is_some();
        let original = right_keys(original.node, file.standing);
        let Completed { node, text, inherited } =
            inheritance::complete((&own.node, &own.text), (&original, original_text), file.standing);
        Self { text: Cow::Owned(text), node, inherited, original: front, is_date_unread, ..own }
    }

    fn kind(&self) -> (Kind, Vec<Diagnostic>) {
        let mut diagnostics = Vec::new();
        let standing = self.file.standing;
        let kind = match standing {
            Standing::Front => Kind::Front(self.decode(&mut diagnostics)),
            Standing::Timeline => Kind::Timeline(self.decode(&mut diagnostics)),
            Standing::Entity(kind) => Kind::Entity(kind, self.decode(&mut diagnostics)),
            Standing::Page => {
                diagnostics.extend(self.date_outside());
                Kind::Page(self.decode(&mut diagnostics))
            }
            Standing::Event => {
                let keys: Box<EventKeys> = self.decode(&mut diagnostics);
                if self.node.get("date").is_none() && !self.is_date_unread {
                    diagnostics.push(self.missing("date", "say when it happened, as exactly as it is known: date = 2023-09-13, or \"2000-07\", or \"unknown\""));
                }
                Kind::Event(keys)
            }
        };
        // The front page and entities may go by the site's title and by their file's name.
        let title_needed = !matches!(standing, Standing::Front | Standing::Entity(_));
        if title_needed && self.lacks("title") {
            diagnostics.push(self.missing("title", "write what it is called: title = \"…\""));
        }
        diagnostics.extend(self.untranslated());
        (kind, diagnostics)
    }

    /// Texts that stand in a translation in the language of its original.
    fn untranslated(&self) -> Option<Diagnostic> {
        let (_, language) = self.file.original?;
        let keys: Vec<String> = inheritance::untranslated(&self.inherited, self.file.standing)
            .map(|key| format!("`{key}`"))
            .collect();
        if keys.is_empty() {
            return None;
        }
        let message = format!("the translation takes {} from its original, in `{language}`", keys.join(", "));
        Some(
            Diagnostic::warning("untranslated", message)
                .at(Place::file(self.file.path))
                .help(format!("write them in the translation's front matter, in `{}`", self.file.tag)),
        )
    }

    fn decode<T: DeserializeOwned + Default>(&self, diagnostics: &mut Vec<Diagnostic>) -> Box<T> {
        let (mut keys, mut mistakes) = decode::<T>(&self.node, &self.text, self.file.path);
        mistakes.retain(|mistake| !(mistake.name == "unknown-key" && self.is_date_outside(mistake)));
        diagnostics.append(&mut mistakes);
        Box::new(std::mem::take(&mut keys))
    }

    /// In a page, `date` is unknown for a reason that deserves a message of its own.
    fn is_date_outside(&self, mistake: &Diagnostic) -> bool {
        mistake.message == "unknown key `date`"
    }

    fn date_outside(&self) -> Option<Diagnostic> {
        let entry = self.node.entry("date")?;
        Some(
            Diagnostic::error("date-outside-timeline", "a page with a `date` stands outside of a timeline")
                .at(Place::in_text(self.file.path, &self.text, entry.key_range.clone()))
                .help(
                    "move the file into a folder with an `_index.md` (a timeline), or take the `date` away",
                ),
        )
    }

    fn lacks(&self, key: &str) -> bool {
        self.node.get(key).is_none_or(|node| node.value.is_empty_text())
    }

    fn missing(&self, key: &'static str, help: &str) -> Diagnostic {
        let name = if key == "title" { "missing-title" } else { "missing-date" };
        let range = self
            .node
            .entry(key)
            .map_or(0..self.text.lines().next().map_or(0, str::len), |entry| entry.key_range.clone());
        Diagnostic::error(name, format!("the front matter has no `{key}`"))
            .at(Place::in_text(self.file.path, &self.text, range))
            .help(help)
    }
}

/// The digest of a file without its body: its front matter, and that of its original.
impl FrontDigests {
    fn of(source: &Source<'_>, own: &[u8]) -> Self {
        let (file, original) = (source.file, source.original);
        let digest = |pieces: &[&[u8]]| {
            let mut digester = PiecesDigest::default();
            pieces.iter().for_each(|piece| digester.add(piece));
            digester.add(original);
            digester.add(file.tag.as_bytes());
            short(digester.finish())
        };
        let whole = digest(&[own]);
        // Of a translation it is not known where its own words are.
        let is_plain = file.standing == Standing::Event && file.original.is_none();
        let rest = is_plain.then(|| without_headline(&source.node, own)).flatten();
        Self { whole, arranging: rest.map_or(whole, |rest| digest(&rest)) }
    }
}

/// The first half of a digest: two that are equal by accident are out of the question still.
fn short(digest: [u8; 32]) -> [u8; 16] {
    std::array::from_fn(|at| digest[at])
}

/// An event's front matter without the values of `title` and `summary`; `None` where one of them is missing or no text.
fn without_headline<'a>(node: &Node, own: &'a [u8]) -> Option<Vec<&'a [u8]>> {
    let text = |key: &str| node.get(key).filter(|value| matches!(value.value, Value::Text(_)));
    let mut cuts = vec![text("title")?.range.clone()];
    if node.get("summary").is_some() {
        cuts.push(text("summary")?.range.clone());
    }
    cuts.sort_by_key(|range| range.start);
    let mut rest = Vec::with_capacity(cuts.len() + 1);
    let mut from = 0;
    for cut in cuts {
        rest.push(own.get(from..cut.start)?);
        from = cut.end;
    }
    rest.push(own.get(from..)?);
    Some(rest)
}

/// The front matter of an original without what can't be decoded in it.
fn right_keys(node: Node, standing: Standing) -> Node {
    match standing {
        Standing::Front | Standing::Page => cleaned::<PageKeys>(node),
        Standing::Timeline => cleaned::<TimelineKeys>(node),
        Standing::Event => cleaned::<EventKeys>(node),
        Standing::Entity(_) => cleaned::<EntityKeys>(node),
    }
}

fn not_utf8(path: &Path, bytes: &[u8], at: usize) -> Diagnostic {
    let text = String::from_utf8_lossy(bytes);
    let message =
        format!("this file is not UTF-8: byte {at} (hexadecimal {:02X}) begins no character", bytes[at]);
    Diagnostic::error("not-utf8", message)
        .at(Place::in_text(path, &text, at..at + '\u{fffd}'.len_utf8()))
        .help("save the file again with the encoding UTF-8; it was perhaps saved as Windows-1252 or Latin-1")
}
