//! The page on which a language's events and entities are searched, and the files of its index.
//!
//! The search itself is a script; without it the page leads to the indexes of entities and of dates.

use std::collections::BTreeSet;

use serde::Serialize;

use super::cards::count;
use super::frame::{Frame, asset, frame};
use super::translations::foreign;
use super::{Scene, View};
use crate::input::{EntityKind, LanguageIndex};
use crate::site::{Entity, Event, SearchFile, SearchPart, folded};
use crate::time::Period;

/// What `search.html` sees under the name `search`.
#[derive(Debug, Serialize)]
pub(super) struct SearchView {
    /// The file of the names.
    pub names: String,
    /// The files of the events.
    pub files: Vec<FileView>,
    /// The years in which events begin, newest first.
    pub years: Vec<YearView>,
    /// The indexes of people, organizations, places and topics, as far as there are any.
    pub kinds: Vec<IndexLink>,
    /// The indexes of dates: one for each timeline.
    pub timelines: Vec<IndexLink>,
}

/// A file of events.
#[derive(Debug, Serialize)]
pub(super) struct FileView {
    pub href: String,
    /// The first and the last year of its events; none of them where dates are unknown, no last one where something goes on.
    pub from: Option<i64>,
    pub until: Option<i64>,
}

/// A year that can be chosen.
#[derive(Debug, Serialize)]
pub(super) struct YearView {
    pub value: i64,
    pub title: String,
}

/// A link to an index.
#[derive(Debug, Serialize)]
pub(super) struct IndexLink {
    /// `people`, `organizations`, `places` or `topics`; of a timeline, its title.
    pub name: String,
    pub title: String,
    pub href: String,
    /// «7 events», «4 names».
    pub count: Option<String>,
}

/// An entity in the file of the names.
#[derive(Debug, Serialize)]
struct Name<'a> {
    id: String,
    name: &'a str,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    also: Vec<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    role: Option<&'a str>,
    href: String,
    events: usize,
}

/// An event in a file.
#[derive(Debug, Serialize)]
struct Found<'a> {
    title: &'a str,
    href: String,
    date: String,
    /// From and until; the second is nothing for what goes on.
    #[serde(skip_serializing_if = "Option::is_none")]
    years: Option<(i64, Option<i64>)>,
    #[serde(skip_serializing_if = "Option::is_none")]
    summary: Option<&'a str>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    names: Vec<String>,
    /// Its timeline, where there are several.
    #[serde(skip_serializing_if = "Option::is_none")]
    timeline: Option<&'a str>,
    /// Its language, where that is not the page's.
    #[serde(skip_serializing_if = "Option::is_none")]
    language: Option<String>,
}

/// The view of the search of a language.
pub(super) fn view(scene: &Scene<'_>) -> View<SearchView> {
    let site = scene.site;
    let parts = parts(scene, scene.language);
    let view = SearchView {
        names: scene.linker.to(&site.search_names_address(scene.language)),
        files: parts.iter().map(|part| file(scene, part)).collect(),
        years: years(scene, parts),
        kinds: EntityKind::ALL.into_iter().filter_map(|kind| of_kind(scene, kind)).collect(),
        timelines: timelines(scene),
    };
    let own = frame(scene, "search", scene.words.text("search_title"), None);
    let script = asset(scene, "search.js");
    View { frame: Frame { hidden: true, scripts: script.into_iter().collect(), ..own }, name: "search", view }
}

/// A file of the index of a language.
pub(super) fn index(scene: &Scene<'_>, language: LanguageIndex, file: SearchFile) -> Vec<u8> {
    let site = scene.site;
    match file {
        SearchFile::Names => {
            let own = site.entities.iter().filter(|entity| entity.language == language);
            lines(own.map(|entity| name(scene, entity)))
        }
        SearchFile::Events(at) => {
            let several = site.timelines_in(language).nth(1).is_some();
            let events = parts(scene, language)[at].events.iter().map(|index| site.event(*index));
            lines(events.map(|event| found(scene, event, several)))
        }
    }
}

fn parts<'a>(scene: &Scene<'a>, language: LanguageIndex) -> &'a [SearchPart] {
    scene.site.searched(language).map_or(&[], |searched| &searched.parts)
}

fn file(scene: &Scene<'_>, part: &SearchPart) -> FileView {
    FileView {
        href: scene.linker.to(&part.address),
        from: part.years.map(|years| years.from),
        until: part.years.and_then(|years| years.until),
    }
}

fn years(scene: &Scene<'_>, parts: &[SearchPart]) -> Vec<YearView> {
    let events = parts.iter().flat_map(|part| &part.events);
    let years: BTreeSet<i64> =
        events.filter_map(|index| Some(scene.site.event(*index).years()?.from)).collect();
    let view = |year: i64| YearView { value: year, title: scene.words.heading(&Period::Year(year)) };
    years.into_iter().rev().map(view).collect()
}

fn of_kind(scene: &Scene<'_>, kind: EntityKind) -> Option<IndexLink> {
    let site = scene.site;
    let entities = site.entities.iter();
    let own = entities.filter(|entity| (entity.language, entity.kind) == (scene.language, kind));
    Some(IndexLink {
        count: Some(count(scene, "names_count", own.count())?),
        name: kind.folder().to_string(),
        title: scene.words.text(kind.folder()).to_string(),
        href: scene.linker.to(&site.list_address(scene.language, kind)),
    })
}

/// The index of each timeline by year, month and day, which stands on the timeline's own page.
fn timelines(scene: &Scene<'_>) -> Vec<IndexLink> {
    let site = scene.site;
    let timelines = site.timelines_in(scene.language).filter(|timeline| !timeline.events.is_empty());
    let link = |timeline: &crate::site::Timeline| {
        let title = timeline.keys(site).title.clone();
        IndexLink {
            name: title.clone(),
            title,
            href: format!("{}#page:contents", scene.linker.to(&timeline.address)),
            count: count(scene, "events_count", timeline.events.len()),
        }
    };
    timelines.map(link).collect()
}

fn name<'a>(scene: &Scene<'a>, entity: &'a Entity) -> Name<'a> {
    let site = scene.site;
    let keys = entity.keys(site);
    let written = keys.into_iter().flat_map(|keys| &keys.also).map(String::as_str);
    // Who looks for «Moscow» in Portuguese finds «Moscou».
    let translated = entity.versions.iter().map(|at| site.entity(*at).name.as_str());
    let mut known = vec![folded(&entity.name)];
    let mut also = Vec::new();
    for other in written.chain(translated) {
        let key = folded(other);
        if !known.contains(&key) {
            known.push(key);
            also.push(other);
        }
    }
    Name {
        id: id(entity),
        name: &entity.name,
        also,
        role: entity.own_article(site).and(entity.role(site)),
        href: scene.linker.to(&entity.address),
        events: entity.events.len(),
    }
}

fn id(entity: &Entity) -> String {
    format!("{}/{}", entity.kind.folder(), entity.id)
}

fn found<'a>(scene: &Scene<'a>, event: &'a Event, several: bool) -> Found<'a> {
    let site = scene.site;
    let timeline = site.timeline(event.timeline);
    let named = event.entities.iter();
    Found {
        title: &event.keys(site).title,
        href: scene.linker.to(&event.address),
        date: timeline.words.date(&event.date),
        years: event.years().map(|years| (years.from, years.until)),
        summary: site.article(event.article).summary(),
        names: named.map(|index| id(site.entity(index))).collect(),
        timeline: several.then(|| timeline.keys(site).title.as_str()),
        language: foreign(scene, timeline.words.language()),
    }
}

/// A list as JSON, an entry a line, so that the files of two builds can be compared.
fn lines<T: Serialize>(entries: impl Iterator<Item = T>) -> Vec<u8> {
    let entry = |entry: T| serde_json::to_string(&entry).expect("the entries are text and numbers");
    let entries: Vec<String> = entries.map(entry).collect();
    format!("[\n{}\n]\n", entries.join(",\n")).into_bytes()
}
