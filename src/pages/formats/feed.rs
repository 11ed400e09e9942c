//! What a feed says, however it is written: the articles that were published last, or the corrections, newest first.
//!
//! `published` and `updated` are those of the article; when an event happened stands in its text, and in a field of its own.

use std::sync::Arc;

use super::date::{self, DateRecord};
use super::{entry, xml};
use crate::input::settings::FEED_LIMIT;
use crate::pages::corrections::{self, Mended};
use crate::pages::frame::site_title;
use crate::pages::{Failure, Renderer, Scene, alternates, cards};
use crate::site::{Correction, Entity, Event, EventIndex, Format, Scope, Site};
use crate::time::Instant;

/// A feed.
pub(super) struct Feed {
    pub title: String,
    pub summary: Option<String>,
    pub language: String,
    /// Its own address, by which it is known.
    pub address: String,
    /// The page that it follows.
    pub page: String,
    /// The last of its entries' changes.
    pub updated: Instant,
    /// Who answers for what no author has signed.
    pub publisher: Author,
    pub entries: Vec<Arc<Entry>>,
}

impl Feed {
    /// How many bytes its file takes, nearly: its texts, with an eighth for what is escaped in them, and a kilobyte for what is said
    /// of each.
    pub fn room(&self) -> usize {
        self.entries.iter().map(|entry| entry.html.len() / 8 * 9 + 1024).sum::<usize>() + 1024
    }
}

/// Who wrote something.
pub(super) struct Author {
    pub name: String,
    pub url: Option<String>,
}

/// An article or a correction.
#[derive(Debug)]
pub(super) struct Entry {
    /// Never another, wherever the article moves.
    pub id: String,
    pub page: String,
    pub title: String,
    pub published: Instant,
    pub updated: Instant,
    pub language: String,
    pub authors: Vec<String>,
    pub categories: Vec<Arc<Category>>,
    pub summary: Option<String>,
    pub image: Option<String>,
    pub html: Box<str>,
    /// Whether XML has a way to write every character of it.
    pub can_be_xml: bool,
    /// When what it tells of happened.
    pub happened: Option<DateRecord>,
    /// The articles whose bodies are in it.
    pub reads: Vec<usize>,
}

/// Whom or what an entry names.
#[derive(Debug)]
pub(super) struct Category {
    /// The address of the list of its kind.
    pub scheme: String,
    pub id: String,
    pub name: String,
}

/// The feed of something, as it is written in a format.
pub(super) fn of(
    renderer: &Renderer,
    scene: &Scene<'_>,
    scope: Scope,
    format: Format,
) -> Result<Feed, Failure> {
    let scene = &Scene { linker: scene.linker.absolute(), ..*scene };
    let entries = entries(renderer, scene, scope)?;
    let site = scene.site;
    Ok(Feed {
        title: alternates::title(scene, scope),
        summary: summary(scene, scope),
        language: scene.words.language().to_string(),
        address: scene.linker.to(&site.format_address(scope, format)),
        page: scene.linker.to(&page(site, scope)),
        updated: entries.iter().map(|entry| entry.updated).max().unwrap_or(Instant::from_seconds(0)),
        publisher: publisher(scene),
        entries,
    })
}

fn publisher(scene: &Scene<'_>) -> Author {
    let publisher = &scene.site.input.settings.publisher;
    Author {
        name: publisher.name.clone().unwrap_or_else(|| site_title(scene).0.to_string()),
        url: publisher.url.as_ref().map(|url| url.0.clone()),
    }
}

fn page(site: &Site, scope: Scope) -> crate::address::Address {
    match scope {
        Scope::Site(language) => site.home(language),
        Scope::Timeline(at) => site.timeline(at).address.clone(),
        Scope::Event(at) => site.event(at).address.clone(),
        Scope::Entity(at) => site.entity(at).address.clone(),
        Scope::Corrections(language) => site.corrections_address(language),
    }
}

fn summary(scene: &Scene<'_>, scope: Scope) -> Option<String> {
    let site = scene.site;
    let of_article = |article: usize| site.article(article).summary().map(str::to_string);
    match scope {
        Scope::Site(language) => match site.translation(language) {
            Some(translation) => translation.description.clone(),
            None => site.input.settings.description.clone(),
        },
        Scope::Timeline(at) => of_article(site.timeline(at).article),
        Scope::Event(at) => of_article(site.event(at).article),
        Scope::Entity(at) => site.entity(at).own_article(site).and_then(of_article),
        Scope::Corrections(_) => Some(scene.words.text("corrections_about").to_string()),
    }
}

fn entries(renderer: &Renderer, scene: &Scene<'_>, scope: Scope) -> Result<Vec<Arc<Entry>>, Failure> {
    let site = scene.site;
    if let Scope::Corrections(language) = scope {
        let corrections = site.corrections(language);
        let moments = corrections.iter().filter_map(|one| Some((moment(site, one)?, one)));
        let entries = moments.take(limit(site)).map(|(at, one)| corrected(renderer, scene, one, at));
        return entries.map(|entry| Ok(Arc::new(entry?))).collect();
    }
    let published = events(site, scope).into_iter();
    published.map(|(index, published)| entry::of_event(renderer, scene, index, published)).collect()
}

/// The events whose articles stand in a feed, newest first, with when they were published.
pub(super) fn events(site: &Site, scope: Scope) -> Vec<(EventIndex, Instant)> {
    let limit = limit(site);
    let events = match scope {
        Scope::Site(language) => site.published_last(language, limit),
        Scope::Timeline(at) => site.parts(at).by_publication.iter().take(limit).copied().collect(),
        Scope::Event(at) => vec![at],
        Scope::Entity(at) => site.published_last_of(&site.entity(at).events, limit),
        Scope::Corrections(_) => Vec::new(),
    };
    events.into_iter().filter_map(|index| Some((index, site.event(index).published?))).collect()
}

/// How many entries a feed has at the most.
fn limit(site: &Site) -> usize {
    match site.input.settings.outputs.feed_limit.unwrap_or(FEED_LIMIT) {
        0 => usize::MAX,
        limit => limit,
    }
}

/// The entry of an event, with its article as HTML.
pub(super) fn article(
    scene: &Scene<'_>,
    index: EventIndex,
    published: Instant,
    html: Box<str>,
    categories: Vec<Arc<Category>>,
) -> Entry {
    let site = scene.site;
    let event = site.event(index);
    let keys = event.keys(site);
    Entry {
        id: permanent_id(site, event),
        page: scene.linker.to(&event.address),
        title: one_line(&keys.title),
        published,
        updated: event.updated.map_or(published, |updated| updated.max(published)),
        language: scene.words.language().to_string(),
        authors: keys.authors.clone(),
        categories,
        summary: site.article(event.article).summary().map(str::to_string),
        image: cards::image(scene, event.article, keys.image.as_deref()).map(|image| image.src),
        can_be_xml: xml::can_write(&html),
        html,
        happened: Some(date::of_event(scene, index)),
        reads: scene.linker.reads().list(),
    }
}

/// The address that an article had first, by the first of its `aliases`; so its id stays when it moves.
pub(super) fn permanent_id(site: &Site, event: &Event) -> String {
    let first = event.keys(site).aliases.first().map_or(&event.address, |alias| &alias.value.0);
    site.base_url().map_or_else(|| first.encoded().into_owned(), |base| base.absolute(first))
}

/// An entity that an article names, in the words and the language of the article.
pub(super) fn category(scene: &Scene<'_>, entity: &Entity) -> Category {
    Category {
        scheme: scene.linker.to(&scene.site.list_address(scene.language, entity.kind)),
        id: entity.id.clone(),
        name: one_line(&entity.name),
    }
}

/// When a correction was made, as far as that is a moment at all; else when its article was changed last.
fn moment(site: &Site, correction: &Correction<'_>) -> Option<Instant> {
    let event = site.event(correction.event);
    correction.date.earliest().instant().or(event.updated).or(event.published)
}

fn corrected(
    renderer: &Renderer,
    scene: &Scene<'_>,
    correction: &Correction<'_>,
    at: Instant,
) -> Result<Entry, Failure> {
    let site = scene.site;
    let event = site.event(correction.event);
    let view: Mended = corrections::mended(scene, correction);
    let all = scene.linker.to(&site.corrections_address(scene.language));
    let html = renderer.fragment("correction_entry.html", scene, "correction", &view)?;
    Ok(Entry {
        id: format!("{}#correction:{}", permanent_id(site, event), correction.id),
        page: format!("{all}#{}", corrections::anchor(site, correction)),
        title: one_line(&format!("{}: {}", scene.words.text("correction"), event.keys(site).title)),
        published: at,
        updated: at,
        language: scene.words.language().to_string(),
        authors: Vec::new(),
        categories: Vec::new(),
        summary: None,
        image: None,
        can_be_xml: xml::can_write(&html),
        html,
        happened: None,
        reads: Vec::new(),
    })
}

/// A title has no line ends, whatever its author wrote.
pub(super) fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
