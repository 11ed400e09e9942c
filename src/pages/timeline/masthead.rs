//! The facts at the head of a timeline: what it covers, how much it holds, whose clock it keeps, when it last changed.

use crate::input::keys::{Role, Status, TimelineKeys, Weight};
use crate::pages::Scene;
use crate::pages::cards::count;
use crate::pages::dates::{self, DateView, MomentView};
use crate::pages::sources::Bibliography;
use crate::site::Timeline;
use crate::time::{EventDate, WrittenDate};

/// `ongoing` or `closed`.
pub(in crate::pages) fn status(keys: &TimelineKeys) -> Option<&'static str> {
    keys.status.map(|status| match status {
        Status::Ongoing => "ongoing",
        Status::Closed => "closed",
    })
}

/// The first to the last day of the events of a role.
pub(in crate::pages) fn coverage(scene: &Scene<'_>, timeline: &Timeline, role: Role) -> Option<DateView> {
    let events = scene.site.events[timeline.events.clone()].iter();
    let dates: Vec<&EventDate> =
        events.filter(|event| event.keys(scene.site).role == role).map(|event| &event.date).collect();
    let (first, rest) = dates.split_first()?;
    if rest.is_empty() {
        return Some(dates::of(scene.words, first));
    }
    let start = dates.iter().filter_map(|date| date.first_day()).min()?;
    let end = dates.iter().filter_map(|date| date.last_day().or(date.first_day())).max()?;
    let days = if start == end { start.to_string() } else { format!("{start}/{end}") };
    let written = WrittenDate::parse(&days).ok()?;
    Some(dates::of(scene.words, &EventDate::place(&written, timeline.clock, timeline.clock).0))
}

/// When any article of the timeline was published or changed last.
pub(super) fn updated(scene: &Scene<'_>, timeline: &Timeline) -> Option<MomentView> {
    let events = scene.site.events[timeline.events.clone()].iter();
    let last = events.filter_map(|event| event.updated.max(event.published)).max()?;
    Some(dates::instant(scene.site, scene.words, last))
}

/// «7 events», «3 key moments», «2 sources», «1 correction»; only what there is.
pub(super) fn counts(scene: &Scene<'_>, timeline: &Timeline) -> Vec<String> {
    let events = &scene.site.events[timeline.events.clone()];
    let keys = || events.iter().map(|event| event.keys(scene.site));
    let counts = [
        ("events_count", events.len()),
        ("key_moments_count", keys().filter(|keys| keys.weight == Weight::Key).count()),
        ("sources_count", Bibliography::of(scene.site, timeline.events.clone()).len()),
        ("corrections_count", keys().map(|keys| keys.corrections.len()).sum()),
    ];
    counts.into_iter().filter_map(|(key, number)| count(scene, key, number)).collect()
}

/// Whose clock the times are on; `None` where no event has a time of day.
pub(super) fn zone_note(scene: &Scene<'_>, timeline: &Timeline) -> Option<String> {
    let timed = scene.site.events[timeline.events.clone()].iter().any(|event| event.date.has_time());
    timed.then(|| scene.words.fill("zone_note", &[("city", &scene.words.city(timeline.clock))]))
}
