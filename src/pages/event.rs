//! An event's page: the whole article, what it rests upon, and its neighbours in time.

use serde::Serialize;
use tera::Value;

use super::cards::{self, ImageView, Link, QuoteView, TrackView};
use super::dates::{self, DateView, MomentView};
use super::embed_code::{self, EmbedCode};
use super::frame::{Frame, asset, frame};
use super::sources::{self, SourceView};
use super::{Failure, Scene, View, entity_links, text};
use crate::Diagnostic;
use crate::input::EntityKind;
use crate::input::keys::{EventKeys, Extra, Role};
use crate::site::{Embed, Event, EventIndex};

/// What `event.html` sees under the name `event`.
#[derive(Debug, Serialize)]
pub(super) struct EventView {
    pub title: String,
    /// A [`DateView`].
    pub date: Value,
    pub summary: Option<String>,
    /// The article.
    pub text: String,
    pub weight: &'static str,
    pub background: bool,
    /// Why a preview alone shows it: `draft` or `embargoed`.
    pub unpublished: Option<&'static str>,
    pub track: Option<TrackView>,
    pub image: Option<ImageView>,
    /// A list of [`Link`]s.
    pub places: Vec<Value>,
    /// A list of [`Link`]s.
    pub people: Vec<Value>,
    /// A list of [`Link`]s.
    pub organizations: Vec<Value>,
    /// A list of [`Link`]s.
    pub topics: Vec<Value>,
    /// «Ana, Bruno and Carla».
    pub authors: Option<String>,
    pub published: Option<MomentView>,
    pub updated: Option<MomentView>,
    pub quotes: Vec<QuoteView>,
    pub accounts: Vec<AccountView>,
    pub sources: Vec<SourceView>,
    pub corrections: Vec<CorrectionView>,
    /// In a snapshot, what the article said in places that nobody kept.
    pub wordings_of_then: Vec<String>,
    pub related: Vec<RelatedLink>,
    /// Its place on its timeline.
    pub timeline: Link,
    pub previous: Option<Neighbour>,
    pub next: Option<Neighbour>,
    /// What another site copies to show it in a frame.
    pub embeds: Vec<EmbedCode>,
    /// The year under which it stands; absent for an unknown date.
    pub year: Option<i64>,
    /// The second with which that date begins, counted from 1970, for programs that sort.
    pub moment: Option<i64>,
    pub extra: Extra,
}

/// A link to another article.
#[derive(Debug, Serialize)]
pub(super) struct RelatedLink {
    pub title: String,
    pub href: String,
    /// The language of what is there, where it is not the page's.
    pub language: Option<String>,
}

/// One of several competing accounts.
#[derive(Debug, Serialize)]
pub(super) struct AccountView {
    pub by: String,
    pub text: String,
    pub source: Option<usize>,
}

/// What was wrong and has been put right.
#[derive(Debug, Serialize)]
pub(super) struct CorrectionView {
    pub date: DateView,
    pub text: String,
    pub was: Option<String>,
}

/// The event before or after.
#[derive(Debug, Serialize)]
pub(super) struct Neighbour {
    pub title: String,
    pub href: String,
    /// A [`DateView`].
    pub date: Value,
}

/// The page of an event.
pub(super) fn view(
    scene: &Scene<'_>,
    index: EventIndex,
    warnings: &mut Vec<Diagnostic>,
) -> Result<View<EventView>, Failure> {
    let view = of(scene, index, warnings)?;
    let summary = scene.site.article(scene.site.event(index).article).summary();
    Ok(View { frame: frame_of(scene, index, &view.title, summary), name: "event", view })
}

/// What is to be told of an event, wherever it is read.
pub(super) fn of(
    scene: &Scene<'_>,
    index: EventIndex,
    warnings: &mut Vec<Diagnostic>,
) -> Result<EventView, Failure> {
    let site = scene.site;
    let event = site.event(index);
    let keys = event.keys(site);
    Ok(EventView {
        title: keys.title.clone(),
        date: dates::of_event(scene, index),
        summary: keys.summary.clone(),
        text: text::html(scene, event.article, warnings)?,
        weight: cards::weight(keys.weight),
        background: keys.role == Role::Background,
        unpublished: site.unpublished(event.article),
        track: cards::track(scene, event),
        image: cards::image(scene, event.article, keys.image.as_deref()),
        places: entity_links::links(scene, event, EntityKind::Place),
        people: entity_links::links(scene, event, EntityKind::Person),
        organizations: entity_links::links(scene, event, EntityKind::Organization),
        topics: entity_links::links(scene, event, EntityKind::Topic),
        authors: (!keys.authors.is_empty()).then(|| scene.words.list(&keys.authors)),
        published: keys.published.map(|moment| dates::moment(site, scene.words, moment)),
        updated: keys.updated.map(|moment| dates::moment(site, scene.words, moment)),
        quotes: cards::quotes(scene, event, None),
        accounts: accounts(keys),
        sources: sources::views(scene, &keys.sources),
        corrections: corrections(scene, keys),
        wordings_of_then: site
            .snapshot
            .of(event.article)
            .map(|then| then.unplaced.clone())
            .unwrap_or_default(),
        related: related(scene, event)?,
        timeline: timeline_link(scene, index),
        previous: index.0.checked_sub(1).and_then(|before| neighbour(scene, event, before)),
        next: neighbour(scene, event, index.0 + 1),
        embeds: embed_code::of(scene, Embed::Event(index)).into_iter().collect(),
        year: event.date.period().year(),
        moment: event.date.stands().map(|(first, _)| first.seconds()),
        extra: keys.extra.clone(),
    })
}

fn frame_of(scene: &Scene<'_>, index: EventIndex, title: &str, summary: Option<&str>) -> Frame {
    let mut frame = frame(scene, "event", title, summary);
    let discovery = embed_code::discovery(scene, Embed::Event(index));
    let script = discovery.as_ref().and_then(|_| asset(scene, "copy.js"));
    frame.scripts.extend(script);
    frame.alternates.extend(discovery);
    frame
}

pub(super) fn accounts(keys: &EventKeys) -> Vec<AccountView> {
    let accounts = keys.accounts.iter().map(|account| AccountView {
        by: account.by.clone(),
        text: account.text.clone(),
        source: account.source.as_ref().and_then(|source| cards::number(&keys.sources, &source.value)),
    });
    accounts.collect()
}

fn corrections(scene: &Scene<'_>, keys: &EventKeys) -> Vec<CorrectionView> {
    let corrections = keys.corrections.iter().map(|correction| CorrectionView {
        date: dates::plain(scene.words, &correction.date),
        text: correction.text.clone(),
        was: correction.was.clone(),
    });
    corrections.collect()
}

pub(super) fn related(scene: &Scene<'_>, event: &Event) -> Result<Vec<RelatedLink>, Failure> {
    let (mut links, mut mistakes) = (Vec::new(), Vec::new());
    for entry in &event.keys(scene.site).related {
        match scene.site.related(event, entry) {
            Ok(resolved) => links.push(RelatedLink {
                language: scene.linker.language_elsewhere(&resolved.address),
                title: resolved.title.unwrap_or_else(|| resolved.address.to_string()),
                href: scene.linker.to(&resolved.address),
            }),
            Err(mistake) => mistakes.push(mistake),
        }
    }
    if mistakes.is_empty() { Ok(links) } else { Err(Failure::Mistakes(mistakes)) }
}

/// The event's place on its timeline, by its anchor.
fn timeline_link(scene: &Scene<'_>, index: EventIndex) -> Link {
    let timeline = scene.site.timeline(scene.site.event(index).timeline);
    Link { title: timeline.keys(scene.site).title.clone(), href: cards::on_timeline(scene, index) }
}

fn neighbour(scene: &Scene<'_>, event: &Event, index: usize) -> Option<Neighbour> {
    let range = &scene.site.timeline(event.timeline).events;
    let other = range.contains(&index).then(|| scene.site.event(EventIndex(index)))?;
    Some(Neighbour {
        title: other.keys(scene.site).title.clone(),
        href: scene.linker.to(&other.address),
        date: dates::of_event(scene, EventIndex(index)),
    })
}
