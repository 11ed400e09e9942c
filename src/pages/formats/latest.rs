//! What is new on a timeline whose coverage goes on: a page that is open asks for it, and compares.

use serde::Serialize;

use crate::pages::Scene;
use crate::pages::latest;
use crate::site::TimelineIndex;

/// What `latest.json` holds.
#[derive(Debug, Serialize)]
struct Latest<'a> {
    /// The digest of what the timeline says; no clock is in it.
    build: String,
    /// How many events there are.
    count: usize,
    /// The ids of those published last, newest first.
    newest: Vec<&'a str>,
}

/// The file of a timeline.
pub(super) fn file(scene: &Scene<'_>, timeline: TimelineIndex) -> Vec<u8> {
    super::json(&Latest {
        build: latest::build(scene, timeline),
        count: scene.site.timeline(timeline).events.len(),
        newest: latest::newest(scene.site, timeline),
    })
}
