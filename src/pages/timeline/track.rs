//! The events of one track of a timeline, in order of time; of many, page by page.

use serde::Serialize;
use tera::Value;

use crate::pages::cards::Link;
use crate::pages::dates;
use crate::pages::frame::{frame_of_part, with_part};
use crate::pages::{Scene, View};
use crate::site::{EventIndex, TimelineIndex};

/// What `track.html` sees under the name `track`.
#[derive(Debug, Serialize)]
pub(in crate::pages) struct TrackPage {
    /// Where its events stand on several pages, with which of them it is.
    pub title: String,
    pub timeline: Link,
    /// «3 events»: how many there are on all of its pages.
    pub count: String,
    pub events: Vec<TrackEvent>,
    /// The page of what came before, and of what came after.
    pub previous: Option<String>,
    pub next: Option<String>,
}

/// An event of the track.
#[derive(Debug, Serialize)]
pub(in crate::pages) struct TrackEvent {
    pub title: String,
    pub href: String,
    /// A [`DateView`](dates::DateView).
    pub date: Value,
    pub summary: Option<String>,
}

/// The view of a page of a track.
pub(in crate::pages) fn view(
    scene: &Scene<'_>,
    index: TimelineIndex,
    track: usize,
    page: usize,
) -> View<TrackPage> {
    let site = scene.site;
    let timeline = site.timeline(index);
    let keys = timeline.keys(site);
    let parts = site.parts(index);
    let count = parts.pages_of_track(track);
    let event = |at: &EventIndex| {
        let event = site.event(*at);
        TrackEvent {
            title: event.keys(site).title.clone(),
            href: scene.linker.to(&event.address),
            date: dates::of_event(scene, *at),
            summary: site.article(event.article).summary().map(str::to_string),
        }
    };
    let link = |page: usize| Some(scene.linker.to(&timeline.track_address(site, track, page)?));
    let title = with_part(scene, &keys.tracks[track].title, page + 1, count);
    let frame = frame_of_part(scene, "track", &keys.title, &title);
    let view = TrackPage {
        title,
        timeline: Link { title: keys.title.clone(), href: scene.linker.to(&timeline.address) },
        count: scene.words.count("events_count", parts.of_track(track).len() as u64),
        events: parts.on_page_of_track(track, page).iter().map(event).collect(),
        previous: page.checked_sub(1).and_then(link),
        next: if page + 1 < count { link(page + 1) } else { None },
    };
    View { frame, name: "track", view }
}
