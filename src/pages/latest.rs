//! What a page of a timeline that goes on knows of itself, so that it can tell later what is new.

use serde::Serialize;

use super::Scene;
use crate::input::Article;
use crate::site::{EventIndex, Format, Scope, Site, TimelineIndex};

/// What a page compares with `latest.json`.
#[derive(Debug, Serialize)]
pub(super) struct LatestView {
    /// The link to `latest.json`.
    pub href: String,
    /// The digest of what the timeline says.
    pub build: String,
    /// The ids of the events published last, newest first, with spaces between.
    pub newest: String,
    /// Whether these are all there are.
    pub all: bool,
    /// Of a timeline of several pages, where what is new stands: its events by publication.
    pub reported: Option<String>,
}

/// How many ids are told at the most.
const NEWEST: usize = 50;

/// What the page of a timeline compares; `None` where its coverage does not go on.
pub(super) fn view(scene: &Scene<'_>, timeline: TimelineIndex) -> Option<LatestView> {
    let site = scene.site;
    if !site.is_ongoing(timeline) {
        return None;
    }
    let newest = newest(site, timeline);
    Some(LatestView {
        href: scene.linker.to(&site.format_address(Scope::Timeline(timeline), Format::Latest)),
        build: build(scene, timeline),
        all: newest.len() == site.timeline(timeline).events.len(),
        newest: newest.join(" "),
        reported: reported(scene, timeline),
    })
}

fn reported(scene: &Scene<'_>, timeline: TimelineIndex) -> Option<String> {
    let parts = scene.site.parts(timeline);
    let several = parts.list.len() > 1 && parts.reported().len() > 0;
    several.then(|| scene.linker.to(&scene.site.timeline(timeline).reported_address(0)))
}

/// The digest of what a timeline says: of its own file and its events', and of the originals where they are translations.
pub(super) fn build(scene: &Scene<'_>, timeline: TimelineIndex) -> String {
    let (site, reads) = (scene.site, scene.linker.reads());
    let timeline = site.timeline(timeline);
    let mut hasher = blake3::Hasher::new();
    let mut add = |index: usize| {
        hasher.update(site.input.digest(index, reads));
        if let Some(original) = original(site, site.article(index)) {
            hasher.update(site.input.digest(original, reads));
        }
    };
    add(timeline.article);
    for event in &site.events[timeline.events.clone()] {
        add(event.article);
    }
    hasher.finalize().to_hex()[..16].to_string()
}

/// The article that a translation takes a part of its front matter from.
fn original(site: &Site, article: &Article) -> Option<usize> {
    if article.inherited.is_empty() {
        return None;
    }
    let (_, plain) = site.input.languages.of_file(&article.path);
    site.input.position(&plain)
}

/// The ids of the events published last, newest first; those of which nobody says when come after them.
pub(super) fn newest(site: &Site, timeline: TimelineIndex) -> Vec<&str> {
    let published = &site.parts(timeline).by_publication;
    let unpublished = site.timeline(timeline).events.clone().map(EventIndex);
    let unpublished = unpublished.filter(|at| site.event(*at).published.is_none());
    let all = published.iter().copied().chain(unpublished);
    all.take(NEWEST).map(|at| &*site.event(at).id).collect()
}
