//! The events of one track of a timeline, in order of time.

use serde::Serialize;
use tera::Value;

use crate::pages::cards::Link;
use crate::pages::dates;
use crate::pages::frame::frame_of_part;
use crate::pages::{Scene, View};
use crate::site::{EventIndex, TimelineIndex};

/// What `track.html` sees under the name `track`.
#[derive(Debug, Serialize)]
pub(in crate::pages) struct TrackPage {
    pub title: String,
    pub timeline: Link,
    /// «3 events».
    pub count: String,
    pub events: Vec<TrackEvent>,
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

/// The view of a track.
pub(in crate::pages) fn view(scene: &Scene<'_>, index: TimelineIndex, track: usize) -> View<TrackPage> {
    let site = scene.site;
    let timeline = site.timeline(index);
    let keys = timeline.keys(site);
    let all = timeline.events.clone().map(|at| (EventIndex(at), site.event(EventIndex(at))));
    let own = all.filter(|(_, event)| timeline.track_of(site, event) == Some(track));
    let events: Vec<TrackEvent> = own
        .map(|(index, event)| TrackEvent {
            title: event.keys(site).title.clone(),
            href: scene.linker.to(&event.address),
            date: dates::of_event(scene, index),
            summary: site.article(event.article).summary().map(str::to_string),
        })
        .collect();
    let title = keys.tracks[track].title.clone();
    let frame = frame_of_part(scene, "track", &keys.title, &title);
    let view = TrackPage {
        title,
        timeline: Link { title: keys.title.clone(), href: scene.linker.to(&timeline.address) },
        count: scene.words.count("events_count", events.len() as u64),
        events,
    };
    View { frame, name: "track", view }
}
