//! The facts at the head of a timeline: what it covers, how much it holds, whose clock it keeps, when it last changed.

use crate::input::keys::{Role, Status, TimelineKeys, Weight};
use crate::pages::Scene;
use crate::pages::cards::count;
use crate::pages::dates::{self, DateView, MomentView};
use crate::pages::sources::Bibliography;
use crate::site::Timeline;
use crate::time::{Day, EventDate, Period, Precision, WrittenDate};

/// `ongoing` or `closed`.
pub(in crate::pages) fn status(keys: &TimelineKeys) -> Option<&'static str> {
    keys.status.map(|status| match status {
        Status::Ongoing => "ongoing",
        Status::Closed => "closed",
    })
}

/// From the first to the last date of the events of a role, neither told more exactly than it is known.
pub(in crate::pages) fn coverage(scene: &Scene<'_>, timeline: &Timeline, role: Role) -> Option<DateView> {
    let events = scene.site.events[timeline.events.clone()].iter();
    let dates: Vec<&EventDate> =
        events.filter(|event| event.keys(scene.site).role == role).map(|event| &event.date).collect();
    let (first, rest) = dates.split_first()?;
    if rest.is_empty() {
        return Some(dates::of(scene.words, first));
    }
    let day_of = |date: &&EventDate| date.last_day().or(date.first_day());
    let begin = dates.iter().filter(|date| date.first_day().is_some()).min_by_key(|date| date.first_day())?;
    let end = dates.iter().filter(|date| day_of(date).is_some()).max_by_key(|date| day_of(date))?;
    let start = known_part(begin, begin.first_day()?);
    let end = known_part(end, day_of(end)?);
    let text = if start == end { start } else { format!("{start}/{end}") };
    let written = WrittenDate::parse(&text).ok()?;
    Some(dates::of(scene.words, &EventDate::place(&written, timeline.clock, timeline.clock).0))
}

/// A bound of a date in EDTF, to the day, the month or the year.
fn known_part(date: &EventDate, bound: Day) -> String {
    let year = Period::Year(bound.year).id();
    match date.precision() {
        _ if bound.year.unsigned_abs() > 9999 => format!("Y{year}"),
        Precision::Day | Precision::Minute | Precision::Second => bound.to_string(),
        Precision::Month => format!("{year}-{:02}", bound.month),
        _ => year,
    }
}

/// When any article of the timeline was published or changed last.
pub(in crate::pages) fn updated(scene: &Scene<'_>, timeline: &Timeline) -> Option<MomentView> {
    Some(dates::instant(scene.site, scene.words, timeline.among.updated?))
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
    timeline
        .among
        .has_times
        .then(|| scene.words.fill("zone_note", &[("city", &scene.words.city(timeline.clock))]))
}
