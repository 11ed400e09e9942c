//! The site of another generator: its articles with their old addresses come in, events, pages and timelines go out.
//!
//! What is alike in Zola, Hugo and Jekyll stands here; each of them says where its articles are, where they stood, and what
//! its shortcodes mean. An article's date there is the day of its publication, so the event is put on that day.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use toml::Value;

use super::addresses::{Addresses, Kept};
use super::bodies::{Settled, Settling};
use super::dates::Published;
use super::keys::value_of;
use super::notes::{Note, Reason};
use super::slides::is_picture;
use super::tags::Body;
use super::{Article, Harvest, Keys, Kind, Wishes, index_of};
use crate::address::Address;
use crate::input::article::EntityKind;
use crate::input::front_matter::{self, FrontMatter};
use crate::input::node::{Entry, Node};
use crate::input::{Foreign, LanguageIndex};
use crate::{Error, markdown};

/// The site of another generator.
pub(super) struct OldSite {
    pub sources: Vec<Source>,
    /// Where it stood, without a slash at its end.
    pub base: Option<String>,
    pub title: Option<String>,
    /// The folder of its articles.
    pub content: PathBuf,
    /// The folders whose files stood at its root.
    pub statics: Vec<PathBuf>,
    /// What its shortcodes become.
    pub shortcodes: fn(Body<'_>, &mut Harvest) -> String,
}

/// An article of another generator.
pub(super) struct Source {
    /// Its file.
    pub path: PathBuf,
    /// Where it is to be, below the folder of the timeline: `_index.md`, `a/b.md`, without a language.
    pub inner: PathBuf,
    /// The tag of its language, where it is a translation.
    pub language: Option<String>,
    pub text: String,
    pub front: FrontMatter,
    /// The date that the generator takes from the name of the file.
    pub day_in_name: Option<String>,
    /// Whether it lies among the drafts.
    pub is_draft: bool,
    /// Where it stood; its own address is the first one.
    pub old: Vec<String>,
}

impl OldSite {
    /// The file that stood at a path from the root: where below it, and where it is.
    pub(super) fn file(&self, foreign: &Foreign, path: &str) -> Option<(PathBuf, PathBuf)> {
        let inner = super::addresses::normal(Path::new(path.trim_start_matches('/')))?;
        let found = self.statics.iter().find_map(|folder| foreign.find(&folder.join(&inner)))?;
        let is_article = self.sources.iter().any(|source| source.path == found);
        (!is_article).then(|| (inner, foreign.real(&found)))
    }
}

/// Reads an article's file; a note says why it can't come in.
pub(super) fn read(
    foreign: &Foreign,
    path: &Path,
    notes: &mut Vec<Note>,
) -> Result<Option<(String, FrontMatter)>, Error> {
    let Some(text) = foreign.text(path)? else {
        notes.push(Note::file(path, Reason::Unread, "it is not UTF-8"));
        return Ok(None);
    };
    match front_matter::read(&text, path) {
        Ok(front) => Ok(Some((text, front))),
        Err(diagnostics) => {
            notes.extend(diagnostics.into_iter().map(|diagnostic| Note {
                place: diagnostic.place.unwrap_or_else(|| crate::Place::file(path)),
                reason: Reason::Unread,
                sentence: diagnostic.message,
            }));
            Ok(None)
        }
    }
}

/// The value of a key, whatever the case of its letters.
pub(super) fn key<'a>(node: &'a Node, name: &str) -> Option<&'a Node> {
    node.entries().iter().find(|entry| entry.key.eq_ignore_ascii_case(name)).map(|entry| &entry.value)
}

/// The text of a key, whatever the case of its letters.
pub(super) fn text_of(node: &Node, name: &str) -> Option<String> {
    texts(key(node, name)?).into_iter().next()
}

/// A text or a list of texts; numbers are written as texts.
pub(super) fn texts(node: &Node) -> Vec<String> {
    use crate::input::node::Value as Written;
    let text = |item: &Node| match &item.value {
        Written::Text(text) => Some(text.trim().to_string()),
        Written::Integer(number) => Some(number.to_string()),
        Written::Float(number) => Some(number.to_string()),
        Written::Table(_) => text_of(item, "name"),
        _ => None,
    };
    node.items().iter().filter_map(text).filter(|text| !text.is_empty()).collect()
}

/// Makes articles of a whole site.
pub(super) fn carry(
    foreign: &Foreign,
    wishes: &Wishes,
    mut site: OldSite,
    mut harvest: Harvest,
) -> Result<Harvest, Error> {
    site.sources = in_known_languages(site.sources, wishes, &mut harvest.notes);
    let mut roles = roles(&site.sources);
    let targets = targets(&mut site.sources, &mut roles, wishes, &mut harvest.notes);
    let addresses = Addresses::of(&site.sources);
    let new: Vec<Option<Address>> =
        targets.iter().map(|target| crate::site::article_address(target, &wishes.languages)).collect();
    let mut kept = Kept::beside(new.iter().flatten());
    let mut texts = Vec::new();
    for source in &site.sources {
        let body = Body { path: &source.path, whole: &source.text, start: source.front.body };
        texts.push((site.shortcodes)(body, &mut harvest));
    }
    let anchors: Vec<Vec<String>> = texts.iter().map(|text| markdown::anchors(text)).collect();
    for (at, source) in site.sources.iter().enumerate() {
        let target = &targets[at];
        let settling = Settling {
            foreign,
            site: &site,
            addresses: &addresses,
            targets: &targets,
            anchors: &anchors,
            source,
            target,
        };
        let mut settled = Settled::default();
        let body = settling.text(&texts[at], &mut settled);
        let mut writing = Writing { foreign, site: &site, wishes, source, target, harvest: &mut harvest };
        let mut keys = writing.keys(roles[at]);
        writing.bundle()?;
        harvest.notes.append(&mut settled.notes);
        if let Some(new) = &new[at] {
            let aliases = kept.take(source, new, &mut harvest.notes);
            keys.add("aliases", aliases);
        }
        settled.copies.into_iter().for_each(|(to, from)| harvest.copy(to, from));
        let (path, origin) = (target.clone(), source.path.clone());
        harvest.articles.push(Article { path, origin, kind: roles[at], keys, body });
    }
    add_timeline(&site, wishes, &mut harvest);
    Ok(harvest)
}

/// The articles in the site's languages.
fn in_known_languages(sources: Vec<Source>, wishes: &Wishes, notes: &mut Vec<Note>) -> Vec<Source> {
    let languages = &wishes.languages;
    let is_known = |source: &Source| {
        let known = |tag: &String| languages.all().any(|one| languages.tag(one).eq_ignore_ascii_case(tag));
        source.language.as_ref().is_none_or(known)
    };
    let (known, unknown): (Vec<Source>, Vec<Source>) = sources.into_iter().partition(is_known);
    notes.extend(unknown.iter().map(|source| {
        let tag = source.language.as_deref().unwrap_or_default();
        let sentence = format!(
            "it is in `{tag}`, which is not in the `languages` of dateline.toml, and did not come in"
        );
        Note::file(&source.path, Reason::Translation, sentence)
    }));
    known
}

/// What each article is: an `_index.md` with dated articles below it is a timeline, what has a date is an event.
fn roles(sources: &[Source]) -> Vec<Kind> {
    let is_index = |source: &Source| source.inner.file_name().is_some_and(|name| name == "_index.md");
    let folder = |source: &Source| source.inner.parent().unwrap_or(Path::new("")).to_path_buf();
    let sections: BTreeSet<PathBuf> = sources.iter().filter(|source| is_index(source)).map(folder).collect();
    let mut timelines: BTreeSet<PathBuf> = BTreeSet::new();
    let dated: BTreeSet<&Path> =
        sources.iter().filter(|source| date(source).is_some()).map(|source| source.inner.as_path()).collect();
    for inner in &dated {
        let above = inner.ancestors().skip(1).find(|folder| sections.contains(*folder));
        timelines.extend(above.map(Path::to_path_buf));
    }
    let role = |source: &Source| match is_index(source) {
        true if timelines.contains(&folder(source)) => Kind::Timeline,
        false if dated.contains(source.inner.as_path()) => Kind::Event,
        _ => Kind::Page,
    };
    sources.iter().map(role).collect()
}

/// The date of an article, and where it was taken from if that is not its front matter.
fn date(source: &Source) -> Option<(Published, Option<&'static str>)> {
    let written = key(&source.front.node, "date").and_then(Published::read);
    // That is where these generators look for it themselves.
    let named = || Published::parse(source.day_in_name.as_ref()?);
    let in_address = || {
        let parts: Vec<&str> = source.old.first()?.trim_matches('/').split('/').collect();
        parts.windows(3).find_map(|part| Published::parse(&part.join("-")).filter(|_| is_day(part)))
    };
    let written = written.map(|date| (date, None));
    let written = written.or_else(|| Some((named()?, None)));
    written.or_else(|| Some((in_address()?, Some("its address"))))
}

fn is_day(parts: &[&str]) -> bool {
    parts.iter().map(|part| part.len()).eq([4, 2, 2])
}

/// The new file of each article; one whose file is taken by another one is left out.
fn targets(
    sources: &mut Vec<Source>,
    roles: &mut Vec<Kind>,
    wishes: &Wishes,
    notes: &mut Vec<Note>,
) -> Vec<PathBuf> {
    let mut given = BTreeSet::new();
    let mut targets = Vec::new();
    let mut all: Vec<(Source, Kind)> =
        std::mem::take(sources).into_iter().zip(std::mem::take(roles)).collect();
    // Where a section and an article have one folder, the article keeps the address.
    all.sort_by_key(|(_, role)| *role == Kind::Timeline);
    for (source, role) in all {
        let target = target(&source, role, wishes);
        let address = crate::site::article_address(&target, &wishes.languages);
        if address.is_none_or(|address| !given.insert(address.folded())) {
            let sentence =
                format!("{} would stand where another article stands, or nowhere", target.display());
            notes.push(Note::file(&source.path, Reason::Unread, sentence));
            continue;
        }
        targets.push(target);
        sources.push(source);
        roles.push(role);
    }
    targets
}

fn target(source: &Source, role: Kind, wishes: &Wishes) -> PathBuf {
    let content = Path::new("content");
    let below = match role {
        Kind::Timeline | Kind::Event => content.join(&wishes.into),
        Kind::Page => content.to_path_buf(),
    };
    let mut inner = source.inner.clone();
    if role == Kind::Page && inner.file_name().is_some_and(|name| name == "_index.md") {
        inner.set_file_name("index.md");
    }
    let first = inner.components().next().map(|part| part.as_os_str().to_string_lossy().into_owned());
    let first = first.unwrap_or_default();
    let is_reserved = EntityKind::ALL.iter().any(|kind| kind.folder() == first);
    let is_in_timeline = Path::new(&first) == wishes.into || wishes.into.starts_with(&first);
    let is_front = inner == Path::new("index.md");
    let below = match role {
        Kind::Page if is_reserved || is_in_timeline || is_front => below.join("pages"),
        _ => below,
    };
    let path = below.join(inner);
    let language = source.language.as_ref().and_then(|tag| {
        let languages = &wishes.languages;
        languages.all().find(|one| languages.tag(*one).eq_ignore_ascii_case(tag))
    });
    match language.filter(|language| *language != LanguageIndex::MAIN) {
        Some(language) => wishes.languages.with_suffix(&path, language),
        None => path,
    }
}

/// A timeline for events that have none.
fn add_timeline(site: &OldSite, wishes: &Wishes, harvest: &mut Harvest) {
    let path = index_of(&wishes.into);
    let is_there = harvest.articles.iter().any(|article| article.path == path);
    if is_there || harvest.count(Kind::Event) == 0 {
        return;
    }
    let mut keys = Keys::default();
    let name = wishes.into.to_string_lossy().into_owned();
    keys.set("title", site.title.clone().unwrap_or(name));
    let origin = site.content.clone();
    harvest.articles.insert(0, Article { path, origin, kind: Kind::Timeline, keys, body: String::new() });
}

/// One article while its front matter is made.
struct Writing<'a> {
    foreign: &'a Foreign,
    site: &'a OldSite,
    wishes: &'a Wishes,
    source: &'a Source,
    target: &'a Path,
    harvest: &'a mut Harvest,
}

/// What is said in another way here, or was the business of the old addresses.
const SETTLED: [&str; 9] =
    ["title", "date", "slug", "path", "url", "permalink", "aliases", "redirect_from", "lang"];
/// Keys that mean a summary, the best first.
const SUMMARIES: [&str; 4] = ["summary", "description", "excerpt", "lead"];
/// Keys that mean when an article was changed.
const UPDATES: [&str; 6] =
    ["updated", "lastmod", "last_modified_at", "modified", "last_updated", "updated_at"];
/// Keys that mean a picture.
const PICTURES: [&str; 8] =
    ["image", "images", "cover", "featured_image", "thumbnail", "banner", "hero", "og_image"];

impl Writing<'_> {
    fn keys(&mut self, role: Kind) -> Keys {
        let mut keys = Keys::default();
        keys.set("title", self.title());
        if role == Kind::Event {
            self.date(&mut keys);
        }
        let node = self.source.front.node.clone();
        self.summary(&node, &mut keys);
        if role != Kind::Timeline {
            let drafted = [("draft", true), ("published", false)].into_iter().any(|(name, means)| {
                key(&node, name).is_some_and(|value| value.value == crate::input::node::Value::Boolean(means))
            });
            if drafted || self.source.is_draft {
                keys.set("draft", true);
            }
        }
        for entry in node.entries() {
            self.entry(entry, role, &mut keys);
        }
        keys
    }

    fn title(&self) -> String {
        let written = text_of(&self.source.front.node, "title");
        written.unwrap_or_else(|| {
            let stem = self
                .source
                .inner
                .file_stem()
                .map(|stem| stem.to_string_lossy().into_owned())
                .unwrap_or_default();
            let parent = self
                .source
                .inner
                .parent()
                .and_then(Path::file_name)
                .map(|name| name.to_string_lossy().into_owned());
            let name =
                if matches!(stem.as_str(), "index" | "_index") { parent.unwrap_or(stem) } else { stem };
            let words =
                name.trim_start_matches(|c: char| c.is_ascii_digit() || c == '-').replace(['-', '_'], " ");
            if words.trim().is_empty() { name } else { words.trim().to_string() }
        })
    }

    fn date(&mut self, keys: &mut Keys) {
        let Some((date, from)) = date(self.source) else { return };
        keys.set("date", super::date_value(&date.day));
        if let Some(moment) = &date.moment {
            keys.set("published", moment.clone());
        }
        if let Some(from) = from {
            let sentence = format!("its date, {}, is taken from {from}", date.day);
            self.note(Reason::Taken, sentence);
        }
    }

    fn summary(&self, node: &Node, keys: &mut Keys) {
        let found = SUMMARIES.iter().find_map(|name| text_of(node, name));
        if let Some(summary) = found {
            keys.set_text("summary", &summary.split_whitespace().collect::<Vec<_>>().join(" "));
        }
    }

    fn entry(&mut self, entry: &Entry, role: Kind, keys: &mut Keys) {
        let name = entry.key.to_lowercase();
        let is_event = role == Kind::Event;
        let is_boolean = matches!(entry.value.value, crate::input::node::Value::Boolean(_));
        match name.as_str() {
            "date" if !is_event => self.undated(entry),
            name if SETTLED.contains(&name) => {}
            "draft" if role != Kind::Timeline => {}
            "published" if is_boolean => {}
            "extra" | "params" | "taxonomies"
                if matches!(entry.value.value, crate::input::node::Value::Table(_)) =>
            {
                for inner in entry.value.entries() {
                    self.entry(inner, role, keys);
                }
            }
            name if keys.text("summary").is_some() && SUMMARIES.contains(&name) => {
                let same = text_of(&self.source.front.node, name).is_some_and(|text| {
                    keys.text("summary")
                        == Some(text.split_whitespace().collect::<Vec<_>>().join(" ").as_str())
                });
                if !same {
                    self.keep(entry, keys);
                }
            }
            name if is_event && UPDATES.contains(&name) => self.moment("updated", entry, keys),
            "publishdate" | "pubdate" if is_event => self.moment("published", entry, keys),
            "expirydate" | "unpublishdate" if is_event => self.moment("expires", entry, keys),
            "author" | "authors" if is_event => keys.add("authors", texts(&entry.value)),
            name if PICTURES.contains(&name) => self.picture(entry, keys),
            name => match self.entity(name).filter(|_| is_event) {
                Some(key) => keys.add(key, texts(&entry.value)),
                None => self.keep(entry, keys),
            },
        }
    }

    /// What a taxonomy means: as it was wished, else by its name.
    fn entity(&self, name: &str) -> Option<&'static str> {
        let wished = self.wishes.taxonomies.iter().find(|(known, _)| known.eq_ignore_ascii_case(name));
        let kind = wished.map(|(_, kind)| *kind).or(match name {
            "tags" | "tag" | "categories" | "category" | "topics" | "keywords" | "series" => {
                Some(EntityKind::Topic)
            }
            "people" | "persons" => Some(EntityKind::Person),
            "organizations" | "organisations" => Some(EntityKind::Organization),
            "places" | "locations" => Some(EntityKind::Place),
            _ => None,
        })?;
        Some(match kind {
            EntityKind::Person => "people",
            EntityKind::Organization => "organizations",
            EntityKind::Place => "place",
            EntityKind::Topic => "topics",
        })
    }

    /// A date of what is no event: a section, or a page with a date that can't be read.
    fn undated(&mut self, entry: &Entry) {
        if matches!(entry.value.value, crate::input::node::Value::Nothing) {
            return;
        }
        let written = texts(&entry.value).join(" ");
        let sentence = format!("the date `{written}` is not kept: this is no event");
        let note =
            Note::at(&self.source.path, &self.source.text, entry.key_range.clone(), Reason::Date, sentence);
        self.harvest.notes.push(note);
    }

    fn moment(&mut self, key: &str, entry: &Entry, keys: &mut Keys) {
        match Published::read(&entry.value).and_then(|read| read.moment) {
            Some(moment) => keys.set(key, moment),
            None => self.keep(entry, keys),
        }
    }

    /// A picture of the site; one that is elsewhere is kept by its address.
    fn picture(&mut self, entry: &Entry, keys: &mut Keys) {
        let source = text_of(&entry.value, "src").or_else(|| text_of(&entry.value, "url"));
        let source = source.or_else(|| texts(&entry.value).into_iter().next());
        let found = source.as_deref().filter(|source| is_picture(source));
        let found = found.and_then(|source| self.picture_file(source));
        let (Some(src), None) = (found, keys.get("image")) else {
            if source.is_some_and(|source| source.contains('.')) && keys.get("image").is_none() {
                let sentence =
                    format!("the picture of `{}` is not on the disk; it is kept in `extra`", entry.key);
                let range = entry.key_range.clone();
                let note = Note::at(&self.source.path, &self.source.text, range, Reason::Media, sentence);
                self.harvest.notes.push(note);
            }
            return self.keep(entry, keys);
        };
        let mut image = toml::Table::new();
        image.insert("src".to_string(), Value::String(src));
        for (name, key) in [("alt", "alt"), ("caption", "caption"), ("credit", "credit")] {
            if let Some(text) = text_of(&entry.value, name) {
                image.insert(key.to_string(), Value::String(text));
            }
        }
        keys.set("image", image);
    }

    fn picture_file(&mut self, source: &str) -> Option<String> {
        let beside = self.source.path.parent().unwrap_or(Path::new("")).join(source);
        if !source.starts_with('/')
            && let Some(found) = self.foreign.find(&beside)
        {
            let name = found.file_name()?.to_string_lossy().into_owned();
            self.harvest.copy(self.target.parent()?.join(&name), self.foreign.real(&found));
            return Some(name);
        }
        let base = self.site.base.as_deref().unwrap_or("\0");
        let (inner, real) = self.site.file(self.foreign, source.strip_prefix(base).unwrap_or(source))?;
        self.harvest.copy(Path::new("static").join(&inner), real);
        Some(format!("/{}", inner.to_string_lossy()))
    }

    /// A key that means nothing here stays, for templates.
    fn keep(&self, entry: &Entry, keys: &mut Keys) {
        if let Some(value) = value_of(&entry.value) {
            keys.keep(&entry.key, value);
        }
    }

    /// The files of an article that has a folder of its own.
    fn bundle(&mut self) -> Result<(), Error> {
        let is_bundle = self.target.file_name().is_some_and(|name| name == "index.md")
            && self.source.inner.file_name().is_some_and(|name| name == "index.md");
        let (Some(folder), Some(to)) = (self.source.path.parent(), self.target.parent()) else {
            return Ok(());
        };
        if !is_bundle || folder == self.site.content {
            return Ok(());
        }
        for file in self.foreign.files(folder)? {
            let ending =
                file.extension().map(|ending| ending.to_string_lossy().to_lowercase()).unwrap_or_default();
            if matches!(ending.as_str(), "md" | "markdown" | "html") {
                continue;
            }
            if let Ok(inner) = file.strip_prefix(folder) {
                self.harvest.copy(to.join(inner), self.foreign.real(&file));
            }
        }
        Ok(())
    }

    fn note(&mut self, reason: Reason, sentence: String) {
        self.harvest.notes.push(Note::file(&self.source.path, reason, sentence));
    }
}

/// The settings of another generator: the first of these files that is there.
pub(super) fn settings(foreign: &Foreign, names: &[&str]) -> Result<Node, Error> {
    for name in names {
        let path = Path::new(name);
        let Some(text) = foreign.text(path)? else { continue };
        let read = match path.extension().and_then(|ending| ending.to_str()) {
            Some("toml") => Node::from_toml(&text, 0).ok(),
            _ => crate::input::yaml::read(&text, 0).ok(),
        };
        if let Some(node) = read {
            return Ok(node);
        }
    }
    Ok(Node::empty())
}

/// The address of a site as its settings have it, without a slash at its end.
pub(super) fn base(settings: &Node, name: &str) -> Option<String> {
    let base = text_of(settings, name)?.trim_end_matches('/').to_string();
    base.starts_with("http").then_some(base)
}

/// Pages that have no date are told of once each.
pub(super) fn tell_undated(harvest: &mut Harvest) {
    let mut by_path: BTreeMap<&Path, &Path> = BTreeMap::new();
    for article in harvest.articles.iter().filter(|article| article.kind == Kind::Page) {
        by_path.insert(&article.origin, &article.path);
    }
    let notes = by_path.into_iter().map(|(origin, path)| {
        let sentence = format!("it has no date: {} is a page outside of the timeline", path.display());
        Note::file(origin, Reason::Undated, sentence)
    });
    let notes: Vec<Note> = notes.collect();
    harvest.notes.extend(notes);
}

/// A path without its language, and the language: `a/b.fr.md` where `fr` is one.
pub(super) fn without_language(path: &Path, languages: &[String]) -> (PathBuf, Option<String>) {
    let Some(stem) = path.file_stem().and_then(|stem| stem.to_str()) else {
        return (path.to_path_buf(), None);
    };
    let suffix = stem.rsplit_once('.').filter(|(name, _)| !name.is_empty());
    match suffix.and_then(|(name, suffix)| {
        Some((name, languages.iter().find(|tag| tag.eq_ignore_ascii_case(suffix))?))
    }) {
        Some((name, tag)) => (path.with_file_name(format!("{name}.md")), Some(tag.clone())),
        None => (path.with_extension("md"), None),
    }
}

/// The name of an article: its file's, or its folder's where it has one of its own.
pub(super) fn own_name(inner: &Path) -> String {
    let stem = inner.file_stem().map(|stem| stem.to_string_lossy().into_owned()).unwrap_or_default();
    let folder = inner.parent().and_then(Path::file_name).map(|name| name.to_string_lossy().into_owned());
    if stem == "index" { folder.unwrap_or(stem) } else { stem }
}

/// The names of the folders above an article, its own not among them.
pub(super) fn folders_above(inner: &Path) -> Vec<String> {
    let is_bundle = inner.file_name().is_some_and(|name| name == "index.md");
    let folder = inner.parent().unwrap_or(Path::new(""));
    let folder = if is_bundle { folder.parent().unwrap_or(Path::new("")) } else { folder };
    folder.components().map(|part| part.as_os_str().to_string_lossy().into_owned()).collect()
}
