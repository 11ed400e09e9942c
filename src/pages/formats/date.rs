//! A date as data: what is known of it, word for word, beside what it may mean at the earliest and at the latest.

use schemars::JsonSchema;
use serde::Serialize;

use crate::pages::{Scene, dates};
use crate::site::EventIndex;
use crate::time::{Bound, Certainty, Day, EventDate, Instant};

/// When something happened, as exactly as it is known.
#[derive(Debug, Clone, Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub(super) struct DateRecord {
    /// The date itself in EDTF (ISO 8601-2), or `unknown`. Everything else here follows from it.
    pub edtf: String,
    /// The first day or, where there is a time of day, the first second that it may mean; null where that is open or unknown. It is
    /// no date of the event: July 2000 begins with 2000-07-01 and is not 1 July 2000.
    #[schemars(regex(pattern = BOUND))]
    pub earliest: Option<String>,
    /// The last day or second that it may mean; null where that is open or unknown.
    #[schemars(regex(pattern = BOUND))]
    pub latest: Option<String>,
    /// How exact it is; of a range or a set, how exact its first date is.
    #[schemars(extend("enum" = PRECISIONS))]
    pub precision: &'static str,
    /// How sure it is: `certain`; `uncertain`, its source is doubted; `approximate`, it was about then; `both`.
    #[schemars(extend("enum" = CERTAINTIES))]
    pub certainty: &'static str,
    /// The zone, by its IANA name: of a time of day that of the event, else that of the timeline, on whose clock days begin.
    pub timezone: &'static str,
    /// Why it is not certain.
    pub note: Option<String>,
    /// The date in words, as the page has it.
    pub display: String,
}

const BOUND: &str = r"^[+-]?\d{4,}-\d{2}-\d{2}(T\d{2}:\d{2}:\d{2}(Z|[+-]\d{2}:\d{2}))?$";
const PRECISIONS: [&str; 13] = [
    "unknown",
    "ages",
    "millennium",
    "century",
    "decade",
    "year",
    "half-year",
    "third-of-year",
    "season",
    "month",
    "day",
    "minute",
    "second",
];
const CERTAINTIES: [&str; 4] = ["certain", "uncertain", "approximate", "both"];

/// The date of an event.
pub(super) fn of_event(scene: &Scene<'_>, index: EventIndex) -> DateRecord {
    let event = scene.site.event(index);
    let note = event.keys(scene.site).date_note.clone();
    DateRecord { note, ..record(&event.date, dates::words(scene, index)) }
}

/// Any other date on a timeline's clock.
pub(super) fn of(scene: &Scene<'_>, date: &EventDate) -> DateRecord {
    record(date, scene.words.date(date))
}

/// By its name, the zone whose clock tells the time of a date, or on whose clock its days begin.
pub(super) fn timezone(date: &EventDate) -> &'static str {
    if date.has_time() { date.zone().name() } else { date.clock().name() }
}

fn record(date: &EventDate, display: String) -> DateRecord {
    let bound = |day: Option<Day>, bound: Bound| match bound.instant() {
        Some(instant) if date.has_time() => Some(on_clock(date, instant)),
        _ => day.map(|day| day.to_string()),
    };
    DateRecord {
        edtf: date.edtf(),
        earliest: bound(date.first_day(), date.earliest()),
        latest: bound(date.last_day(), date.latest()),
        precision: date.precision().as_str(),
        certainty: certainty(date.certainty()),
        timezone: timezone(date),
        note: None,
        display,
    }
}

/// With the offset of the event's own clock; in UTC before there was standard time.
fn on_clock(date: &EventDate, instant: Instant) -> String {
    let local = instant.local(&date.zone());
    match local.offset() {
        Some(offset) => format!("{local}{offset}"),
        None => instant.to_rfc3339(),
    }
}

/// The name of a certainty.
pub(super) fn certainty(certainty: Certainty) -> &'static str {
    match certainty {
        Certainty::Certain => "certain",
        Certainty::Uncertain => "uncertain",
        Certainty::Approximate => "approximate",
        Certainty::Both => "both",
    }
}

#[cfg(test)]
mod tests {
    use super::PRECISIONS;
    use crate::time::Precision;

    #[test]
    fn every_precision_is_in_the_schema() {
        let all = [
            Precision::Unknown,
            Precision::Ages,
            Precision::Millennium,
            Precision::Century,
            Precision::Decade,
            Precision::Year,
            Precision::HalfYear,
            Precision::ThirdOfYear,
            Precision::Season,
            Precision::Month,
            Precision::Day,
            Precision::Minute,
            Precision::Second,
        ];
        assert_eq!(all.map(Precision::as_str), PRECISIONS);
    }
}
