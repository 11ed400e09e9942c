//! The events of a timeline in the order in which they were reported, newest first: the second of its two clocks.

use serde::Serialize;
use tera::Value;

use super::cards::Link;
use super::dates::{self, MomentView};
use super::frame::{frame_of_part, with_part};
use super::{Scene, View};
use crate::site::{EventIndex, TimelineIndex};

/// What `reported.html` sees under the name `reported`.
#[derive(Debug, Serialize)]
pub(super) struct ReportedView {
    /// The timeline, in the order of what happened.
    pub timeline: Link,
    pub events: Vec<ReportedEvent>,
    /// The page of what was published later, and of what was published earlier.
    pub previous: Option<String>,
    pub next: Option<String>,
}

/// An event with the moment at which its article was published.
#[derive(Debug, Serialize)]
pub(super) struct ReportedEvent {
    pub title: String,
    pub href: String,
    /// A [`DateView`](dates::DateView).
    pub date: Value,
    pub published: MomentView,
    pub updated: Option<MomentView>,
    pub summary: Option<String>,
}

/// The view of a page of a timeline by publication.
pub(super) fn view(scene: &Scene<'_>, index: TimelineIndex, page: usize) -> View<ReportedView> {
    let site = scene.site;
    let timeline = site.timeline(index);
    let title = &timeline.keys(site).title;
    let mut pages = site.parts(index).reported();
    let count = pages.len();
    let events = pages.nth(page).unwrap_or_default();
    let link = |page: usize| scene.linker.to(&timeline.reported_address(page));
    let view = ReportedView {
        timeline: Link { title: title.clone(), href: scene.linker.to(&timeline.address) },
        events: events.iter().filter_map(|event| reported(scene, *event)).collect(),
        previous: page.checked_sub(1).map(link),
        next: (page + 1 < count).then(|| link(page + 1)),
    };
    let order = with_part(scene, scene.words.text("by_publication"), page + 1, count);
    View { frame: frame_of_part(scene, "reported", title, &order), name: "reported", view }
}

fn reported(scene: &Scene<'_>, index: EventIndex) -> Option<ReportedEvent> {
    let site = scene.site;
    let event = site.event(index);
    let moment = |instant| dates::instant(site, scene.words, instant);
    Some(ReportedEvent {
        title: event.keys(site).title.clone(),
        href: scene.linker.to(&event.address),
        date: dates::of_event(scene, index),
        published: moment(event.published?),
        updated: event.updated.map(moment),
        summary: site.article(event.article).summary().map(str::to_string),
    })
}
