//! The events of a timeline in the order in which they were reported, newest first: the second of its two clocks.

use serde::Serialize;

use super::cards::Link;
use super::dates::{self, DateView, MomentView};
use super::frame::frame;
use super::{Scene, View};
use crate::site::TimelineIndex;

/// What `reported.html` sees under the name `reported`.
#[derive(Debug, Serialize)]
pub(super) struct ReportedView {
    /// The timeline, in the order of what happened.
    pub timeline: Link,
    pub events: Vec<ReportedEvent>,
}

/// An event with the moment at which its article was published.
#[derive(Debug, Serialize)]
pub(super) struct ReportedEvent {
    pub title: String,
    pub href: String,
    pub date: DateView,
    pub published: MomentView,
    pub updated: Option<MomentView>,
    pub summary: Option<String>,
}

/// The view of a timeline by publication.
pub(super) fn view(scene: &Scene<'_>, index: TimelineIndex) -> View<ReportedView> {
    let site = scene.site;
    let timeline = site.timeline(index);
    let title = &timeline.keys(site).title;
    let events = site.published_within(timeline.events.clone()).into_iter().map(|(published, at)| {
        let event = site.event(at);
        let moment = |instant| dates::instant(site, scene.words, instant);
        ReportedEvent {
            title: event.keys(site).title.clone(),
            href: scene.linker.to(&event.address),
            date: dates::of_event(site, scene.words, event, None),
            published: moment(published),
            updated: event.updated.map(moment),
            summary: site.article(event.article).summary().map(str::to_string),
        }
    });
    let view = ReportedView {
        timeline: Link { title: title.clone(), href: scene.linker.to(&timeline.address) },
        events: events.collect(),
    };
    let heading = format!("{title}: {}", scene.words.text("by_publication"));
    View { frame: frame(scene, "reported", &heading, None), name: "reported", view }
}
