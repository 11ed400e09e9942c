//! A date for programs that know no EDTF: what of it a calendar or a simpler axis can hold without saying more than is known.

use edtf_core::{Date, Edtf, IntervalEndpoint};

use super::day::Day;
use super::event_date::EventDate;
use super::instant::{Instant, LocalTime};
use super::period::Period;
use super::precision::Precision;
use super::shape::DateShape;
use super::written::{Expression, days, endpoint_date, is_masked};
use super::zone::Reading;

/// A date as a calendar holds it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CalendarDate {
    /// A moment.
    Moment(Instant),
    /// A day, or the days from the first to the last; both belong to it.
    Days(Day, Day),
    /// What is known less exactly: it lies somewhere between the first and the last of these days.
    Span(Day, Day),
}

/// A date as an axis holds it that knows years, months, days and times.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct AxisDate {
    /// The astronomical year.
    pub year: i64,
    /// Where it is known.
    pub month: Option<u8>,
    /// Where it is known.
    pub day: Option<u8>,
    /// The time on the timeline's clock, where it is known.
    pub time: Option<LocalTime>,
}

/// The years that iCalendar can write.
const YEARS_OF_CALENDARS: std::ops::RangeInclusive<i64> = 1..=9999;
/// The years in which a browser can count days.
const YEARS_OF_BROWSERS: std::ops::RangeInclusive<i64> = -200_000..=200_000;

impl EventDate {
    /// What a calendar may hold of it; with `spans`, also what is coarser than a day, where both its ends are known.
    #[must_use]
    pub fn in_calendar(&self, spans: bool) -> Option<CalendarDate> {
        let (first, last) = (self.first_day()?, self.last_day()?);
        if !YEARS_OF_CALENDARS.contains(&first.year) || !YEARS_OF_CALENDARS.contains(&last.next().year) {
            return None;
        }
        match self.written().expression() {
            Expression::Moment(_) => {
                // Its own zone may be in another year than the timeline's clock.
                let local = self.local_time().filter(|local| YEARS_OF_CALENDARS.contains(&local.year));
                local.and(self.earliest().instant()).map(CalendarDate::Moment)
            }
            Expression::Edtf(edtf) if is_of_days(edtf) => Some(CalendarDate::Days(first, last)),
            _ => spans.then_some(CalendarDate::Span(first, last)),
        }
    }

    /// Whether the clocks of its zone show its time twice, and it is the second: a calendar takes it for the first.
    #[must_use]
    pub fn is_second_of_two(&self) -> bool {
        let (Some(local), Some(instant)) = (self.local_time(), self.earliest().instant()) else {
            return false;
        };
        let shown = instant.seconds() + i64::from(local.offset_seconds);
        matches!(self.zone().read(shown), Reading::Twice(_, second) if second == instant)
    }

    /// The date under which it stands, and for a range the other end, none of them more exact than it is known.
    ///
    /// `None` for an unknown date, and for years that are too far away.
    #[must_use]
    pub fn on_other_axes(&self) -> Option<(AxisDate, Option<AxisDate>)> {
        let (first, last) = self.standing().map(|standing| (standing.first_day, standing.last_day))?;
        let (start, end) = match self.period() {
            Period::Span { from, to } => (AxisDate::year(from), Some(AxisDate::year(to))),
            Period::Season { .. } => (AxisDate::month(first), Some(AxisDate::month(last))),
            Period::Year(year) => (AxisDate::year(year), None),
            Period::Month { .. } => (AxisDate::month(first), None),
            Period::Day(day) => (AxisDate { time: self.clock_time(), ..AxisDate::day(day) }, None),
            Period::Unknown => return None,
        };
        let end = if self.shape() == DateShape::Range { self.end_of_range() } else { end };
        let all = [Some(start), end];
        let is_near = |date: &AxisDate| YEARS_OF_BROWSERS.contains(&date.year);
        all.iter().flatten().all(is_near).then_some((start, end))
    }

    fn end_of_range(&self) -> Option<AxisDate> {
        let Expression::Edtf(Edtf::Interval(interval)) = self.written().expression() else { return None };
        let end = endpoint_date(&interval.end)?;
        let last = self.last_day()?;
        Some(match Precision::of(&end) {
            Precision::Day => AxisDate::day(last),
            Precision::Month | Precision::Season | Precision::ThirdOfYear | Precision::HalfYear => {
                AxisDate::month(last)
            }
            _ => AxisDate::year(last.year),
        })
    }
}

/// Whether it is a day, or a range from day to day; a day may be doubted, but is not «about» that day.
fn is_of_days(edtf: &Edtf) -> bool {
    match edtf {
        Edtf::Date(date) => is_day(date),
        Edtf::Interval(interval) => [interval.start, interval.end]
            .iter()
            .all(|end| matches!(end, IntervalEndpoint::Date(date) if is_day(date))),
        Edtf::DateTime(_) | Edtf::Set(_) => false,
    }
}

fn is_day(date: &Date) -> bool {
    let is_about = Edtf::Date(*date).is_approximate();
    Precision::of(date) == Precision::Day && !is_masked(date) && !is_about && days(date).is_some()
}

impl AxisDate {
    fn year(year: i64) -> Self {
        Self { year, month: None, day: None, time: None }
    }

    fn month(day: Day) -> Self {
        Self { month: Some(day.month), ..Self::year(day.year) }
    }

    fn day(day: Day) -> Self {
        Self { day: Some(day.day), ..Self::month(day) }
    }
}

#[cfg(test)]
mod tests {
    use super::super::{EventDate, WrittenDate, Zone};
    use super::{AxisDate, CalendarDate};

    fn place(text: &str) -> EventDate {
        EventDate::place(&WrittenDate::parse(text).unwrap(), Zone::UTC, Zone::UTC).0
    }

    fn in_calendar(text: &str, spans: bool) -> String {
        match place(text).in_calendar(spans) {
            None => "none".to_string(),
            Some(CalendarDate::Moment(instant)) => instant.to_rfc3339(),
            Some(CalendarDate::Days(first, last)) => format!("{first} {last}"),
            Some(CalendarDate::Span(first, last)) => format!("within {first} {last}"),
        }
    }

    #[test]
    fn a_calendar_holds_days_and_times_and_on_request_what_is_coarser() {
        for (text, plain, with_spans) in [
            ("2023-09-13", "2023-09-13 2023-09-13", "2023-09-13 2023-09-13"),
            ("2023-09-12/2023-09-17", "2023-09-12 2023-09-17", "2023-09-12 2023-09-17"),
            ("2023-09-13T13:00", "2023-09-13T13:00:00Z", "2023-09-13T13:00:00Z"),
            ("2023-09-15?", "2023-09-15 2023-09-15", "2023-09-15 2023-09-15"),
            ("2023-09-15~", "none", "within 2023-09-15 2023-09-15"),
            ("2000-07", "none", "within 2000-07-01 2000-07-31"),
            ("2000", "none", "within 2000-01-01 2000-12-31"),
            ("2023-09-12/2023-10", "none", "within 2023-09-12 2023-10-31"),
            ("[2023-09-15,2023-09-16]", "none", "within 2023-09-15 2023-09-16"),
            ("156X-12-25", "none", "within 1560-12-25 1569-12-25"),
            ("2023-09-10/..", "none", "none"),
            ("[..2023-09-12]", "none", "none"),
            ("-0043-03-15", "none", "none"),
            ("9999-12-31", "none", "none"),
            ("Y12000", "none", "none"),
            ("unknown", "none", "none"),
        ] {
            assert_eq!([in_calendar(text, false), in_calendar(text, true)], [plain, with_spans], "{text}");
        }
    }

    #[test]
    fn another_axis_is_told_no_more_than_is_known() {
        let on = |text: &str| {
            let text_of = |date: AxisDate| {
                let parts = [date.month, date.day, date.time.map(|time| time.hour)];
                let parts = parts.iter().flatten().map(ToString::to_string);
                std::iter::once(date.year.to_string()).chain(parts).collect::<Vec<_>>().join("-")
            };
            place(text).on_other_axes().map(|(start, end)| (text_of(start), end.map(text_of)))
        };
        let date = |start: &str, end: Option<&str>| Some((start.to_string(), end.map(String::from)));
        assert_eq!(on("2000-07"), date("2000-7", None));
        assert_eq!(on("2000"), date("2000", None));
        assert_eq!(on("2023-09-13T13:00"), date("2023-9-13-13", None));
        assert_eq!(on("2023-09-12/2023-10"), date("2023-9-12", Some("2023-10")));
        assert_eq!(on("201X"), date("2010", Some("2019")));
        assert_eq!(on("2023-09-10/.."), date("2023-9-10", None));
        assert_eq!(on("-0043"), date("-43", None));
        assert_eq!([on("unknown"), on("Y17E7")], [None, None]);
    }
}
