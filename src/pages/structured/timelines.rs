//! A timeline: coverage that goes on, a finished chronology, or a collection; and always the list of its events.
//!
//! A post's time is when it was published, never when its event happened, and never the clock's.

use super::super::shared::local;
use super::vocabulary::{BlogPosting, ItemList, LiveBlogPosting, NewsArticle, Thing, WebPage};
use super::{Describing, absolute, articles, block, images, lists, things, website};
use crate::input::keys::Status;
use crate::pages::Scene;
use crate::site::{Event, Scope, TimelineIndex};
use crate::time::Instant;

/// The blocks of a timeline's own page.
pub(super) fn own_page(page: &Describing<'_>, index: TimelineIndex) -> Vec<String> {
    let timeline = page.scene.site.timeline(index);
    let list = lists::of_events(page);
    let posts = || posts(page);
    let whole = match timeline.keys(page.scene.site).status {
        Some(Status::Ongoing) => live(page, index, posts()).map(|live| block(&live)),
        Some(Status::Closed) => Some(block(&chronology(page, index))),
        None => None,
    };
    let whole = whole.unwrap_or_else(|| block(&collection(page, &list)));
    vec![whole, block(&list)]
}

/// The blocks of a page that shows a part of a timeline, or its events in another order.
pub(super) fn further_page(page: &Describing<'_>) -> Vec<String> {
    let list = lists::of_events(page);
    vec![block(&collection(page, &list)), block(&list)]
}

/// A timeline, on the pages of its events.
pub(super) fn reference(scene: &Scene<'_>, index: TimelineIndex) -> Thing {
    let timeline = scene.site.timeline(index);
    let url = absolute(scene, &timeline.address);
    Thing {
        kind: "CreativeWork",
        id: Some(format!("{url}#timeline")),
        name: timeline.keys(scene.site).title.clone(),
        url: Some(url),
        ..Thing::default()
    }
}

fn collection(page: &Describing<'_>, list: &ItemList) -> WebPage {
    let main_entity =
        Thing { kind: "ItemList", id: Some(list.id.clone()), name: list.name.clone(), ..Thing::default() };
    WebPage { id: page.id("timeline"), main_entity: Some(main_entity), ..page.described("CollectionPage") }
}

/// A finished chronology: one article whose parts are those of its events.
fn chronology(page: &Describing<'_>, index: TimelineIndex) -> NewsArticle {
    let scene = page.scene;
    let timeline = scene.site.timeline(index);
    let (events, _) = lists::events(page);
    let (first, last) = (timeline.among.published, timeline.among.updated);
    NewsArticle {
        id: page.id("timeline"),
        url: page.url.clone(),
        main_entity_of_page: Some(page.url.clone()),
        headline: page.frame.title.clone(),
        description: page.frame.description.clone(),
        in_language: Some(page.frame.language.clone()),
        is_accessible_for_free: Some(true),
        image: images::of_subject(scene, timeline.article, Scope::Timeline(index)),
        date_published: first.map(|instant| local(scene, instant)),
        date_modified: last.map(|instant| local(scene, instant)),
        author: things::authors(scene, &timeline.among.authors),
        publisher: website::publisher(scene),
        is_part_of: Some(website::reference(scene)),
        has_part: events.iter().map(|event| articles::part(scene, scene.site.event(*event))).collect(),
        ..NewsArticle::default()
    }
}

/// Coverage that goes on; `None` as long as nothing has been published.
fn live(page: &Describing<'_>, index: TimelineIndex, posts: Vec<BlogPosting>) -> Option<LiveBlogPosting> {
    let scene = page.scene;
    let timeline = scene.site.timeline(index);
    let (first, last) = (timeline.among.published?, timeline.among.updated);
    let first = local(scene, first);
    Some(LiveBlogPosting {
        id: page.id("timeline"),
        url: page.url.clone(),
        main_entity_of_page: page.url.clone(),
        headline: page.frame.title.clone(),
        description: page.frame.description.clone(),
        in_language: page.frame.language.clone(),
        image: images::of_subject(scene, timeline.article, Scope::Timeline(index)),
        date_published: Some(first.clone()),
        date_modified: last.map(|instant| local(scene, instant)),
        coverage_start_time: Some(first),
        author: things::authors(scene, &timeline.among.authors),
        publisher: website::publisher(scene),
        live_blog_update: posts,
    })
}

/// The posts of a page, newest first: those of its events that were published.
fn posts(page: &Describing<'_>) -> Vec<BlogPosting> {
    let site = page.scene.site;
    let published = site.published_among(lists::events(page).0);
    published.into_iter().map(|(published, event)| post(page, site.event(event), published)).collect()
}

fn post(page: &Describing<'_>, event: &Event, published: Instant) -> BlogPosting {
    let scene = page.scene;
    let keys = event.keys(scene.site);
    let url = page.id(&event.id);
    BlogPosting {
        id: url.clone(),
        url,
        headline: keys.title.clone(),
        article_body: scene.site.article(event.article).summary().unwrap_or(&keys.title).to_string(),
        date_published: local(scene, published),
        date_modified: event.updated.map(|instant| local(scene, instant)),
        author: things::authors(scene, &keys.authors),
        when: articles::when(&event.date),
    }
}
