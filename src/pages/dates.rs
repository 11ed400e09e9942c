//! A date as a template sees it: its words, its shape, and its values for machines.

use std::sync::OnceLock;
use std::sync::atomic::{AtomicUsize, Ordering};

use serde::Serialize;
use tera::Value;

use super::Scene;
use crate::input::EntityKind;
use crate::input::keys::Moment;
use crate::site::{EventIndex, Site};
use crate::time::{EventDate, Instant, Period, RangeWords, Words, WrittenDate, Zone};

/// How many dates are kept at the most, each of about 1 KiB; what is beyond them is made again when it is asked for.
const MOST_KEPT: usize = 1 << 14;

/// A date that something happened on.
#[derive(Debug, Serialize)]
pub(super) struct DateView {
    /// The whole date in words.
    pub text: String,
    /// What is left to say under the heading of its period; `None` where that says it all.
    pub within: Option<String>,
    /// The values for `<time datetime>`: one, two for the ends of a range, or none.
    pub datetime: Vec<String>,
    /// Where there are two values: the words, cut at the two ends.
    pub range: Option<RangeWords>,
    pub edtf: String,
    /// The name of its shape: `day`, `range`, `uncertain`.
    pub shape: &'static str,
    /// Why it is uncertain.
    pub note: Option<String>,
    /// The time of day at the place and on the timeline's clock.
    pub local: Option<String>,
}

/// A moment of the newsroom, exact to the minute.
#[derive(Debug, Serialize)]
pub(super) struct MomentView {
    pub text: String,
    /// RFC 3339.
    pub datetime: String,
}

/// Dates of events as templates see them, each made once for all the pages that list the event.
#[derive(Debug)]
pub(super) struct Dates {
    kept: Vec<OnceLock<Value>>,
    count: AtomicUsize,
}

impl Dates {
    /// None yet.
    pub fn of(site: &Site) -> Self {
        Self { kept: site.events.iter().map(|_| OnceLock::new()).collect(), count: AtomicUsize::new(0) }
    }

    /// The [`DateView`] of an event, which is kept; `None` in another language than its timeline's, and beyond what is kept.
    fn of_event(&self, scene: &Scene<'_>, index: EventIndex) -> Option<&Value> {
        let own = &scene.site.timeline(scene.site.event(index).timeline).words;
        if own.language() != scene.words.language() {
            return None;
        }
        let kept = &self.kept[index.0];
        if kept.get().is_none() && self.count.fetch_add(1, Ordering::Relaxed) >= MOST_KEPT {
            return None;
        }
        Some(kept.get_or_init(|| Value::from_serializable(&view(scene, index))))
    }
}

/// The date of an event: a [`DateView`].
pub(super) fn of_event(scene: &Scene<'_>, index: EventIndex) -> Value {
    let kept = scene.alike.dates.of_event(scene, index);
    kept.cloned().unwrap_or_else(|| Value::from_serializable(&view(scene, index)))
}

/// The date of an event in words alone.
pub(super) fn words(scene: &Scene<'_>, index: EventIndex) -> String {
    let kept = scene.alike.dates.of_event(scene, index).and_then(|date| date.get_from_path("text")?.as_str());
    kept.map_or_else(|| scene.words.date(&scene.site.event(index).date), str::to_string)
}

/// The date of an event under the heading of a period: the same, but for what is left to say there.
pub(super) fn within(scene: &Scene<'_>, index: EventIndex, period: &Period) -> Value {
    let date = of_event(scene, index);
    let Some(within) = scene.words.date_within(&scene.site.event(index).date, period) else { return date };
    let mut fields = date.into_map().expect("a date has fields");
    fields.insert("within".into(), within.into());
    Value::from(fields)
}

fn view(scene: &Scene<'_>, index: EventIndex) -> DateView {
    let (site, words) = (scene.site, scene.words);
    let event = site.event(index);
    let place = event.named(EntityKind::Place).first().map(|place| site.entity(*place).name.as_str());
    DateView {
        note: event.keys(site).date_note.clone(),
        local: words.local_time(&event.date, place),
        ..of(words, &event.date)
    }
}

/// Any other date on a timeline's clock, as that of an era.
pub(super) fn of(words: &Words, date: &EventDate) -> DateView {
    let datetime = date.datetime();
    DateView {
        text: words.date(date),
        within: None,
        range: if datetime.len() == 2 { words.range_words(date) } else { None },
        datetime,
        edtf: date.edtf(),
        shape: date.shape().as_str(),
        note: None,
        local: None,
    }
}

/// A date that is on no clock, as that of a source.
pub(super) fn plain(words: &Words, date: &WrittenDate) -> DateView {
    of(words, &plain_date(date))
}

/// Such a date as a value.
pub(super) fn plain_date(date: &WrittenDate) -> EventDate {
    EventDate::place(date, Zone::UTC, Zone::UTC).0
}

/// A moment by the newsroom's clock.
pub(super) fn moment(site: &Site, words: &Words, moment: Moment) -> MomentView {
    instant(site, words, site.instant(moment))
}

/// An instant by the newsroom's clock.
pub(super) fn instant(site: &Site, words: &Words, instant: Instant) -> MomentView {
    MomentView { text: words.instant(instant, site.zone()), datetime: instant.to_rfc3339() }
}
