//! A written date placed on a timeline's clock: its bounds, and the date under which it stands.

use edtf_core::{Bound as EdtfBound, Edtf};

use super::clock::{end_of, instant_of, start_of};
use super::clock_change::ClockChange;
use super::day::Day;
use super::instant::{Instant, LocalTime};
use super::period::Period;
use super::precision::{Certainty, Precision};
use super::written::{Expression, Moment, WrittenDate, days, standing_date};
use super::zone::Zone;

/// When an event happened, on the one clock of its timeline.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EventDate {
    written: WrittenDate,
    zone: Zone,
    clock: Zone,
    earliest: Bound,
    latest: Bound,
    first_day: Option<Day>,
    last_day: Option<Day>,
    standing: Option<Standing>,
}

/// An end of what a date may mean.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Bound {
    /// A known end; both ends belong to the date, to the second.
    Instant(Instant),
    /// No end: `..`.
    Open,
    /// An end that nobody knows.
    Unknown,
}

impl Bound {
    /// The instant, where it is known.
    #[must_use]
    pub fn instant(self) -> Option<Instant> {
        match self {
            Self::Instant(instant) => Some(instant),
            Self::Open | Self::Unknown => None,
        }
    }
}

/// The date under which an event stands on the page, with its own bounds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Standing {
    pub period: Period,
    pub precision: Precision,
    pub first: Instant,
    pub last: Instant,
    pub first_day: Day,
    pub last_day: Day,
}

impl EventDate {
    /// Places a date: a time without an offset is in the event's `zone`, a day is one of the timeline's `clock`.
    ///
    /// The second value is a warning, where a change of the clocks left the date without a plain meaning.
    #[must_use]
    pub fn place(written: &WrittenDate, zone: Zone, clock: Zone) -> (Self, Option<ClockChange>) {
        match written.expression() {
            Expression::Unknown => (Self::unknown(written, zone, clock), None),
            Expression::Moment(moment) => Self::place_moment(written, moment, zone, clock),
            Expression::Edtf(edtf) => Self::place_days(written, edtf, zone, clock),
        }
    }

    fn unknown(written: &WrittenDate, zone: Zone, clock: Zone) -> Self {
        let written = written.clone();
        let (earliest, latest) = (Bound::Unknown, Bound::Unknown);
        Self { written, zone, clock, earliest, latest, first_day: None, last_day: None, standing: None }
    }

    fn place_moment(
        written: &WrittenDate,
        moment: &Moment,
        zone: Zone,
        clock: Zone,
    ) -> (Self, Option<ClockChange>) {
        let (first, change) = instant_of(moment, zone);
        // A minute lasts to its last second; a second is itself.
        let last = Instant::from_seconds(first.seconds() + if moment.second.is_some() { 0 } else { 59 });
        let day = first.local(&clock).date();
        let standing = Standing {
            period: Period::Day(day),
            precision: written.precision(),
            first,
            last,
            first_day: day,
            last_day: day,
        };
        let date = Self {
            earliest: Bound::Instant(first),
            latest: Bound::Instant(last),
            first_day: Some(day),
            last_day: Some(day),
            standing: Some(standing),
            ..Self::unknown(written, zone, clock)
        };
        (date, change)
    }

    fn place_days(
        written: &WrittenDate,
        edtf: &Edtf,
        zone: Zone,
        clock: Zone,
    ) -> (Self, Option<ClockChange>) {
        let bounds = edtf.bounds();
        let (first_day, last_day) = (day_of(bounds.earliest), day_of(bounds.latest));
        let standing = standing_date(edtf).and_then(|date| {
            let (first_day, last_day) = days(&date)?;
            let (first, last) = (start_of(first_day, clock), end_of(last_day, clock));
            let (period, precision) = (Period::of(&date, first_day, last_day), Precision::of(&date));
            Some(Standing { period, precision, first, last, first_day, last_day })
        });
        let date = Self {
            earliest: bound(bounds.earliest, first_day.map(|day| start_of(day, clock))),
            latest: bound(bounds.latest, last_day.map(|day| end_of(day, clock))),
            first_day,
            last_day,
            standing,
            ..Self::unknown(written, zone, clock)
        };
        let leapt = first_day
            .filter(|day| last_day == Some(*day) && start_of(*day, clock) == start_of(day.next(), clock));
        (date, leapt.map(|day| ClockChange::DayLeapt { zone: clock, day }))
    }

    /// What the author wrote.
    #[must_use]
    pub fn written(&self) -> &WrittenDate {
        &self.written
    }

    /// The EDTF text, in its preferred form.
    #[must_use]
    pub fn edtf(&self) -> String {
        self.written.edtf()
    }

    /// The event's own zone.
    #[must_use]
    pub fn zone(&self) -> Zone {
        self.zone
    }

    /// The zone of the timeline.
    #[must_use]
    pub fn clock(&self) -> Zone {
        self.clock
    }

    /// The first instant that it may mean.
    #[must_use]
    pub fn earliest(&self) -> Bound {
        self.earliest
    }

    /// The last second that it may mean.
    #[must_use]
    pub fn latest(&self) -> Bound {
        self.latest
    }

    /// The first day that it may mean, on the timeline's clock; `None` for an open or unknown start.
    #[must_use]
    pub fn first_day(&self) -> Option<Day> {
        self.first_day
    }

    /// The last day that it may mean, on the timeline's clock; `None` for an open or unknown end.
    #[must_use]
    pub fn last_day(&self) -> Option<Day> {
        self.last_day
    }

    /// How exact it is.
    #[must_use]
    pub fn precision(&self) -> Precision {
        self.written.precision()
    }

    /// How sure it is.
    #[must_use]
    pub fn certainty(&self) -> Certainty {
        self.written.certainty()
    }

    /// Whether it has a time of day.
    #[must_use]
    pub fn has_time(&self) -> bool {
        self.written.has_time()
    }

    /// The heading under which it sits.
    #[must_use]
    pub fn period(&self) -> Period {
        self.standing.map_or(Period::Unknown, |standing| standing.period)
    }

    /// The first and the last second of the date under which it stands; `None` for an unknown one.
    ///
    /// An open or unknown end counts from here: of `../2023-09` this is September.
    #[must_use]
    pub fn stands(&self) -> Option<(Instant, Instant)> {
        self.standing.map(|standing| (standing.first, standing.last))
    }

    /// The time in the event's own zone; `None` without a time of day.
    #[must_use]
    pub fn local_time(&self) -> Option<LocalTime> {
        self.moment().map(|instant| instant.local(&self.zone))
    }

    /// The time on the timeline's clock; `None` without a time of day.
    #[must_use]
    pub fn clock_time(&self) -> Option<LocalTime> {
        self.moment().map(|instant| instant.local(&self.clock))
    }

    pub(super) fn standing(&self) -> Option<&Standing> {
        self.standing.as_ref()
    }

    fn moment(&self) -> Option<Instant> {
        self.standing.as_ref().filter(|_| self.has_time()).map(|standing| standing.first)
    }
}

fn day_of(bound: EdtfBound) -> Option<Day> {
    match bound {
        EdtfBound::Date(day) => Some(Day { year: day.year, month: day.month, day: day.day }),
        _ => None,
    }
}

fn bound(bound: EdtfBound, instant: Option<Instant>) -> Bound {
    match (bound, instant) {
        (_, Some(instant)) => Bound::Instant(instant),
        (EdtfBound::NegativeInfinity | EdtfBound::PositiveInfinity, None) => Bound::Open,
        _ => Bound::Unknown,
    }
}

#[cfg(test)]
mod tests {
    use super::{Bound, ClockChange, EventDate, WrittenDate, Zone};

    fn place(text: &str, zone: &str, clock: &str) -> (EventDate, Option<ClockChange>) {
        let [zone, clock] = [zone, clock].map(|name| Zone::parse(name).unwrap());
        EventDate::place(&WrittenDate::parse(text).unwrap(), zone, clock)
    }

    fn bounds(date: &EventDate) -> [String; 2] {
        [date.earliest(), date.latest()].map(|bound| match bound {
            Bound::Instant(instant) => instant.to_rfc3339(),
            other => format!("{other:?}"),
        })
    }

    #[test]
    fn a_day_begins_and_ends_on_the_timelines_clock() {
        let (date, change) = place("2023-09-13", "Europe/Moscow", "Asia/Vladivostok");
        assert_eq!(bounds(&date), ["2023-09-12T14:00:00Z", "2023-09-13T13:59:59Z"]);
        assert_eq!((date.period().id().as_str(), change), ("2023-09-13", None));
    }

    #[test]
    fn a_time_stands_on_the_day_of_the_clock() {
        let (date, _) = place("2023-09-12T20:00", "Europe/Moscow", "Asia/Vladivostok");
        assert_eq!(bounds(&date), ["2023-09-12T17:00:00Z", "2023-09-12T17:00:59Z"]);
        assert_eq!(date.period().id(), "2023-09-13");
        assert_eq!(date.local_time().unwrap().to_string(), "2023-09-12T20:00:00");
        assert_eq!(date.clock_time().unwrap().to_string(), "2023-09-13T03:00:00");
    }

    #[test]
    fn an_offset_fixes_the_instant_whatever_the_zone() {
        let (date, _) = place("2023-09-13T13:00:00+09:00", "Asia/Vladivostok", "UTC");
        assert_eq!(bounds(&date), ["2023-09-13T04:00:00Z", "2023-09-13T04:00:00Z"]);
        assert_eq!(date.local_time().unwrap().to_string(), "2023-09-13T14:00:00");
    }

    #[test]
    fn open_and_unknown_ends_have_no_instant() {
        let (open, _) = place("2023-09-10/..", "UTC", "UTC");
        assert_eq!(bounds(&open), ["2023-09-10T00:00:00Z", "Open"]);
        let (unknown, _) = place("/1985", "UTC", "UTC");
        assert_eq!(bounds(&unknown), ["Unknown", "1985-12-31T23:59:59Z"]);
    }

    #[test]
    fn a_leap_second_counts_as_the_second_before() {
        let (date, _) = place("2016-12-31T23:59:60Z", "UTC", "UTC");
        assert_eq!(bounds(&date), ["2016-12-31T23:59:59Z", "2016-12-31T23:59:59Z"]);
    }

    #[test]
    fn a_time_in_a_gap_moves_forward_with_a_warning() {
        let (date, change) = place("2018-11-04T00:30", "America/Sao_Paulo", "UTC");
        assert_eq!(bounds(&date)[0], "2018-11-04T03:30:00Z");
        let change = change.unwrap();
        assert_eq!(
            change.message(),
            "00:30 does not exist on 2018-11-04 in America/Sao_Paulo, where the clocks went forward; 01:30 is taken"
        );
        assert_eq!(change.help(), "write an offset to be exact, as 2018-11-04T01:30-02:00");
    }

    #[test]
    fn a_time_that_comes_twice_is_the_first_with_a_warning() {
        let (date, change) = place("2024-11-03T01:30", "America/New_York", "UTC");
        assert_eq!(bounds(&date)[0], "2024-11-03T05:30:00Z");
        let change = change.unwrap();
        assert_eq!(
            change.message(),
            "01:30 comes twice on 2024-11-03 in America/New_York, where the clocks went back; the first is taken"
        );
        let help = "write an offset to be exact: 2024-11-03T01:30-04:00 for the first or 2024-11-03T01:30-05:00 for the second";
        assert_eq!(change.help(), help);
        assert_eq!(place("2024-11-03T01:30-05:00", "America/New_York", "UTC").1, None);
    }

    #[test]
    fn a_day_without_midnight_begins_when_the_clocks_say_so() {
        let (date, change) = place("2018-11-04", "UTC", "America/Sao_Paulo");
        assert_eq!(
            (bounds(&date), change),
            (["2018-11-04T03:00:00Z", "2018-11-05T01:59:59Z"].map(String::from), None)
        );
    }

    #[test]
    fn a_day_that_a_zone_leapt_over_is_told() {
        let (date, change) = place("2011-12-30", "UTC", "Pacific/Apia");
        assert_eq!(bounds(&date), ["2011-12-30T10:00:00Z", "2011-12-30T10:00:00Z"]);
        assert_eq!(
            change.unwrap().message(),
            "2011-12-30 does not exist in Pacific/Apia, where the calendar leapt over it"
        );
    }

    #[test]
    fn far_years_have_bounds() {
        let (date, _) = place("Y17E7", "UTC", "America/Sao_Paulo");
        assert_eq!(bounds(&date)[0], "+170000000-01-01T03:00:00Z");
        let (date, _) = place("Y-170000", "UTC", "UTC");
        assert_eq!(bounds(&date), ["-170000-01-01T00:00:00Z", "-170000-12-31T23:59:59Z"]);
    }
}
