//! The pages of people, organizations, places and topics, and the index of each kind.

use std::collections::BTreeSet;

use serde::Serialize;
use tera::Value;

use super::cards::{self, ImageView, Link, count};
use super::dates;
use super::frame::{frame, frame_of_part, part_of};
use super::{Failure, Scene, View, text};
use crate::Diagnostic;
use crate::input::EntityKind;
use crate::input::keys::{EntityKeys, Extra};
use crate::site::{Entity, EntityIndex, EventIndex, folded};
use crate::time::{Period, Precision};

/// What `entities.html` sees under the name `entities`.
#[derive(Debug, Serialize)]
pub(super) struct EntityList {
    /// `people`, `organizations`, `places` or `topics`.
    pub kind: &'static str,
    pub title: String,
    pub items: Vec<EntityItem>,
}

/// An entity in the index of its kind.
#[derive(Debug, Serialize)]
pub(super) struct EntityItem {
    pub name: String,
    pub href: String,
    pub role: Option<String>,
    /// «3 events»; absent for none.
    pub count: Option<String>,
}

/// What `entity.html` sees under the name `entity`.
#[derive(Debug, Serialize)]
pub(super) struct EntityView {
    pub kind: &'static str,
    /// The index of its kind.
    pub list: Link,
    pub name: String,
    pub role: Option<String>,
    pub also: Vec<String>,
    pub summary: Option<String>,
    pub image: Option<ImageView>,
    pub text: String,
    pub place: Option<PlaceFacts>,
    pub same_as: Vec<String>,
    pub count: Option<String>,
    /// On a further page of an entity that many events name: which one, «part 2 of 3». It has no text and no facts.
    pub part: Option<String>,
    /// The events of the page.
    pub events: Vec<EntityEvent>,
    /// Some of the pages of its events: the first, the last, and those around this one; empty where there is one alone.
    pub pages: Vec<EntityPage>,
    /// The page before and after this one.
    pub previous: Option<String>,
    pub next: Option<String>,
    pub extra: Extra,
}

/// A link to a page of an entity's events.
#[derive(Debug, Serialize)]
pub(super) struct EntityPage {
    /// What of time it covers: «March 2013 – April 2013»; and which part of the list it is, where others cover the same.
    pub title: String,
    pub href: String,
    /// Whether it is this very page.
    pub current: bool,
    /// Whether pages are left out before it.
    pub gap: bool,
}

/// Where a place is.
#[derive(Debug, Serialize)]
pub(super) struct PlaceFacts {
    /// Degrees north.
    pub latitude: f64,
    /// Degrees east.
    pub longitude: f64,
}

/// An event on the page of an entity.
#[derive(Debug, Serialize)]
pub(super) struct EntityEvent {
    pub title: String,
    pub href: String,
    /// A [`DateView`](dates::DateView).
    pub date: Value,
    /// Its timeline, where the site has several.
    pub timeline: Option<String>,
}

/// The view of the index of a kind.
pub(super) fn list(scene: &Scene<'_>, kind: EntityKind) -> View<EntityList> {
    let title = scene.words.text(kind.folder()).to_string();
    let own = |entity: &&Entity| (entity.language, entity.kind) == (scene.language, kind);
    let entities = scene.site.entities.iter().filter(own);
    let item = |entity: &Entity| EntityItem {
        name: entity.name.clone(),
        href: scene.linker.to(&entity.address),
        role: entity.own_article(scene.site).and_then(|_| {
            let keys = entity.keys(scene.site)?;
            keys.role.clone().or(keys.summary.clone())
        }),
        count: count(scene, "events_count", entity.events.len()),
    };
    let view = EntityList { kind: kind.folder(), title: title.clone(), items: entities.map(item).collect() };
    View { frame: frame(scene, "entities", &title, None), name: "entities", view }
}

/// The view of an entity.
pub(super) fn view(
    scene: &Scene<'_>,
    index: EntityIndex,
    warnings: &mut Vec<Diagnostic>,
) -> Result<View<EntityView>, Failure> {
    let site = scene.site;
    let entity = site.entity(index);
    let keys = entity.keys(site);
    // What is written in another language is not shown: facts that speak no language are.
    let own = entity.own_article(site);
    let own_keys = own.and(keys);
    let summary = own.and_then(|article| site.article(article).summary());
    let view = EntityView {
        kind: entity.kind.folder(),
        list: Link {
            title: scene.words.text(entity.kind.folder()).to_string(),
            href: scene.linker.to(&site.list_address(scene.language, entity.kind)),
        },
        name: entity.name.clone(),
        role: own_keys.and_then(|keys| keys.role.clone()),
        also: keys.map(|keys| other_names(entity, keys)).unwrap_or_default(),
        summary: own_keys.and_then(|keys| keys.summary.clone()),
        image: own.and_then(|article| cards::image(scene, article, keys?.image.as_ref())),
        text: own.map_or_else(|| Ok(String::new()), |article| text::html(scene, article, warnings))?,
        place: keys.and_then(place_facts),
        same_as: keys.map(|keys| keys.same_as.iter().map(|url| url.0.clone()).collect()).unwrap_or_default(),
        count: count(scene, "events_count", entity.events.len()),
        part: None,
        events: Vec::new(),
        pages: Vec::new(),
        previous: None,
        next: None,
        extra: keys.map(|keys| keys.extra.clone()).unwrap_or_default(),
    };
    let view = with_events(scene, index, 0, view);
    Ok(View { frame: frame(scene, "entity", &entity.name, summary), name: "entity", view })
}

/// The view of a further page of an entity's events.
pub(super) fn part(scene: &Scene<'_>, index: EntityIndex, page: usize) -> View<EntityView> {
    let entity = scene.site.entity(index);
    let part = part_of(scene, page + 1, entity.pages(scene.site));
    let frame = frame_of_part(scene, "entity", &entity.name, &part);
    let view = EntityView {
        kind: entity.kind.folder(),
        list: Link { title: entity.name.clone(), href: scene.linker.to(&entity.address) },
        name: frame.title.clone(),
        role: None,
        also: Vec::new(),
        summary: None,
        image: None,
        text: String::new(),
        place: None,
        same_as: Vec::new(),
        count: count(scene, "events_count", entity.events.len()),
        part: Some(part),
        events: Vec::new(),
        pages: Vec::new(),
        previous: None,
        next: None,
        extra: entity.keys(scene.site).map(|keys| keys.extra.clone()).unwrap_or_default(),
    };
    View { frame, name: "entity", view: with_events(scene, index, page, view) }
}

/// The events of a page, and the way to the others.
fn with_events(scene: &Scene<'_>, index: EntityIndex, page: usize, view: EntityView) -> EntityView {
    let entity = scene.site.entity(index);
    let pages = entity.pages(scene.site);
    let link = |page: usize| scene.linker.to(&entity.page_address(page));
    EntityView {
        events: events(scene, entity.on_page(scene.site, page)),
        pages: if pages > 1 { ways(scene, entity, page) } else { Vec::new() },
        previous: page.checked_sub(1).map(link),
        next: (page + 1 < pages).then(|| link(page + 1)),
        ..view
    }
}

/// How many pages before and after the one that is read are linked to.
const AROUND: usize = 3;

/// Links to the first page, to the last, to those around one, and to some between, so that every page is a few steps away.
fn ways(scene: &Scene<'_>, entity: &Entity, own: usize) -> Vec<EntityPage> {
    let pages = entity.pages(scene.site);
    let strides = (0..pages).step_by(pages.div_ceil(STRIDES));
    let around = own.saturating_sub(AROUND)..pages.min(own + AROUND + 1);
    let shown: BTreeSet<usize> = strides.chain(around).chain([pages - 1]).collect();
    let titles: Vec<String> =
        shown.iter().map(|at| covered(scene, entity.on_page(scene.site, *at))).collect();
    // Links of the same words would lead to several pages (WCAG 2.4.9).
    let told_apart = |at: usize, title: &String| match titles.iter().filter(|other| *other == title).count() {
        1 => title.clone(),
        _ => format!("{title}: {}", part_of(scene, at + 1, pages)),
    };
    let before = std::iter::once(None).chain(shown.iter().copied().map(Some));
    let way = |((at, title), before): ((&usize, &String), Option<usize>)| EntityPage {
        title: told_apart(*at, title),
        href: scene.linker.to(&entity.page_address(*at)),
        current: *at == own,
        gap: before.is_some_and(|before| before + 1 < *at),
    };
    shown.iter().zip(&titles).zip(before).map(way).collect()
}

/// Into how many steps a long row of pages is divided.
const STRIDES: usize = 12;

/// What of time some events in its order cover, by their months: «March 2013», «March 2013 – April 2013».
fn covered(scene: &Scene<'_>, events: &[EventIndex]) -> String {
    let month = |event: &EventIndex| {
        let date = &scene.site.event(*event).date;
        let is_exact = matches!(
            date.precision(),
            Precision::Month | Precision::Day | Precision::Minute | Precision::Second
        );
        let period = match date.first_day() {
            Some(day) if is_exact => Period::Month { year: day.year, month: day.month },
            Some(day) => Period::Year(day.year),
            None => Period::Unknown,
        };
        scene.words.heading(&period)
    };
    let ends = [events.first(), events.last()].map(|event| event.map(month).unwrap_or_default());
    match ends {
        [first, last] if first == last => first,
        [first, last] => format!("{first} – {last}"),
    }
}

/// The other names: in another language one of them may be the name itself.
fn other_names(entity: &Entity, keys: &EntityKeys) -> Vec<String> {
    let is_other = |name: &&String| folded(name) != folded(&entity.name);
    keys.also.iter().filter(is_other).cloned().collect()
}

fn place_facts(keys: &EntityKeys) -> Option<PlaceFacts> {
    Some(PlaceFacts { latitude: keys.latitude?.0, longitude: keys.longitude?.0 })
}

fn events(scene: &Scene<'_>, events: &[EventIndex]) -> Vec<EntityEvent> {
    let site = scene.site;
    let several = site.timelines_in(scene.language).nth(1).is_some();
    let view = |index: &EventIndex| {
        let event = site.event(*index);
        EntityEvent {
            title: event.keys(site).title.clone(),
            href: scene.linker.to(&event.address),
            date: dates::of_event(scene, *index),
            timeline: several.then(|| site.timeline(event.timeline).keys(site).title.clone()),
        }
    };
    events.iter().map(view).collect()
}
