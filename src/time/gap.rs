//! The time between two events, from the bounds of both, in one of four sizes; and which of them are worth words.

use super::event_date::{Bound, EventDate};
use super::instant::SECONDS_OF_DAY;
use super::precision::{Certainty, Precision};

/// How long after an event the next one happened.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Gap {
    /// The unit in which it is told.
    pub unit: GapUnit,
    /// How many of them; at least one.
    pub count: u64,
    /// Whether the number is not exact.
    pub approximate: bool,
    /// The seconds that passed at least: what gaps are compared by.
    pub least_seconds: i64,
    /// The seconds that passed at most.
    pub most_seconds: i64,
}

/// The four sizes of gaps.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum GapUnit {
    /// Hours, between two times of day less than a day apart.
    Hours,
    /// Days of the calendar.
    Days,
    /// Months of the calendar.
    Months,
    /// Years of the calendar.
    Years,
}

impl GapUnit {
    /// Its name in word files and in classes.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Hours => "hours",
            Self::Days => "days",
            Self::Months => "months",
            Self::Years => "years",
        }
    }
}

/// What passed between two events: at least and at most, in days, months and seconds.
#[derive(Debug, Clone, Copy)]
struct Elapsed {
    days: [i64; 2],
    months: [i64; 2],
    seconds: [i64; 2],
    /// Whether whole months passed to the day, at least and at most.
    whole_months: bool,
}

impl EventDate {
    /// The time from this event to a later one; `None` where they touch, where a date is unknown, or where less than
    /// one unit passed.
    ///
    /// An open or unknown end counts as the end of the date that is known.
    #[must_use]
    pub fn gap_to(&self, later: &Self) -> Option<Gap> {
        let elapsed = self.elapsed_to(later)?;
        let coarser = self.precision().min(later.precision());
        let unit = unit_of(&elapsed, coarser);
        let [least, most] = match unit {
            GapUnit::Hours => elapsed.seconds.map(|seconds| seconds * 2 / 3600),
            GapUnit::Days => elapsed.days.map(|days| days * 2),
            GapUnit::Months => half_months(&elapsed),
            GapUnit::Years => half_months(&elapsed).map(|half_months| half_months / 12),
        };
        // Both are in half units, so that their sum over four is the middle, rounded to the nearest unit.
        let count = u64::try_from((least + most + 2) / 4).ok().filter(|count| *count > 0)?;
        let exact = match unit {
            GapUnit::Hours => elapsed.seconds[0] % 3600 == 0 && elapsed.seconds[0] == elapsed.seconds[1],
            GapUnit::Days => elapsed.days[0] == elapsed.days[1],
            GapUnit::Months => elapsed.whole_months,
            GapUnit::Years => elapsed.whole_months && elapsed.months[0] % 12 == 0,
        };
        let doubtful = [self, later].iter().any(|date| date.certainty() != Certainty::Certain);
        let [least_seconds, most_seconds] = elapsed.seconds;
        Some(Gap { unit, count, approximate: !exact || doubtful, least_seconds, most_seconds })
    }

    fn elapsed_to(&self, later: &Self) -> Option<Elapsed> {
        let (from, to) = (self.standing()?, later.standing()?);
        let from_last = match self.latest() {
            Bound::Instant(instant) => instant,
            Bound::Open | Bound::Unknown => from.last,
        };
        let from_last_day = self.last_day().unwrap_or(from.last_day);
        let [least, most] = [(from_last_day, to.first_day), (from.first_day, to.last_day)];
        let days = [least, most].map(|(from, to)| to.number() - from.number());
        if days[0] < 0 || from_last > to.first {
            return None;
        }
        let months = [least, most].map(|(from, to)| from.months_to(to));
        let timed = self.has_time() && later.has_time();
        let seconds = if timed {
            // Clocks are read to the minute: from 13:00 to 15:00 it is two hours.
            [to.first.seconds() - from.first.seconds(); 2]
        } else {
            days.map(|days| days * SECONDS_OF_DAY)
        };
        let whole_months = days[0] == days[1] && least.0.day == least.1.day;
        Some(Elapsed { days, months, seconds, whole_months })
    }
}

/// Half months are fine enough for rounding: a rest of 15 days and more is half a month.
fn half_months(elapsed: &Elapsed) -> [i64; 2] {
    let mut halves = [0; 2];
    for (half, (months, days)) in halves.iter_mut().zip(elapsed.months.iter().zip(elapsed.days)) {
        // 30.436875 days are a mean Gregorian month.
        let rest = days * 10_000 - months * 304_369;
        *half = months * 2 + i64::from(rest >= 150_000);
    }
    halves
}

/// The largest unit of which more than one passed, or one to the day; never finer than the coarser date.
fn unit_of(elapsed: &Elapsed, coarser: Precision) -> GapUnit {
    let [_, most] = elapsed.months;
    let by_length = if most >= 24 || (elapsed.whole_months && most == 12) {
        GapUnit::Years
    } else if most >= 2 || (elapsed.whole_months && most == 1) {
        GapUnit::Months
    } else if elapsed.seconds[1] < SECONDS_OF_DAY && coarser >= Precision::Minute {
        GapUnit::Hours
    } else {
        GapUnit::Days
    };
    by_length.max(finest_for(coarser))
}

fn finest_for(precision: Precision) -> GapUnit {
    match precision {
        Precision::Minute | Precision::Second => GapUnit::Hours,
        Precision::Day => GapUnit::Days,
        Precision::Month | Precision::Season | Precision::ThirdOfYear | Precision::HalfYear => {
            GapUnit::Months
        }
        _ => GapUnit::Years,
    }
}

/// For each event, the gap before it where that is worth words; `dates` stand in their order on the page, oldest first.
///
/// A gap is worth words when more passed, at the least, than three times the story's median gap and than one unit of
/// the coarser of the two dates. Days are counted as people count them: from the 13th to the 15th it is two.
#[must_use]
pub fn gaps_worth_words(dates: &[&EventDate]) -> Vec<Option<Gap>> {
    let pairs = || dates.iter().copied().zip(dates.iter().copied().skip(1));
    let length =
        |(one, next): (&EventDate, &EventDate)| one.elapsed_to(next).map(|elapsed| elapsed.seconds[0]);
    let lengths: Vec<Option<i64>> = pairs().map(length).collect();
    let is_known =
        |(one, next): (&EventDate, &EventDate)| one.standing().is_some() && next.standing().is_some();
    let known = pairs().zip(&lengths).filter(|(pair, _)| is_known(*pair));
    let mut known: Vec<i64> = known.map(|(_, length)| length.unwrap_or_default()).collect();
    known.sort_unstable();
    // The lower one of two middle gaps, so that one long silence does not hide itself.
    let median = known.get(known.len().saturating_sub(1) / 2).copied().unwrap_or_default();
    let worth = |((one, next), length): ((&EventDate, &EventDate), &Option<i64>)| {
        let threshold = unit_seconds(one.precision().min(next.precision()));
        // In a story of two events the one gap is its own median; its precision alone decides.
        let least = if known.len() == 1 { threshold } else { median.saturating_mul(3).max(threshold) };
        if (*length)? > least { one.gap_to(next) } else { None }
    };
    let first = dates.first().map(|_| None);
    first.into_iter().chain(pairs().zip(&lengths).map(worth)).collect()
}

/// The length of one unit of a precision, in mean Gregorian seconds.
fn unit_seconds(precision: Precision) -> i64 {
    const YEAR: i64 = 31_556_952;
    match precision {
        Precision::Second => 1,
        Precision::Minute => 60,
        Precision::Day => SECONDS_OF_DAY,
        Precision::Month => YEAR / 12,
        Precision::Season => YEAR / 4,
        Precision::ThirdOfYear => YEAR / 3,
        Precision::HalfYear => YEAR / 2,
        Precision::Year => YEAR,
        Precision::Decade => YEAR * 10,
        Precision::Century => YEAR * 100,
        Precision::Millennium => YEAR * 1000,
        Precision::Ages | Precision::Unknown => YEAR * 10_000,
    }
}

#[cfg(test)]
mod tests {
    use super::super::{EventDate, WrittenDate, Zone};
    use super::{GapUnit, gaps_worth_words};

    fn place(text: &str) -> EventDate {
        EventDate::place(&WrittenDate::parse(text).unwrap(), Zone::UTC, Zone::UTC).0
    }

    fn gap(from: &str, to: &str) -> Option<(u64, GapUnit, bool)> {
        place(from).gap_to(&place(to)).map(|gap| (gap.count, gap.unit, gap.approximate))
    }

    #[test]
    fn a_gap_is_told_in_the_largest_unit_that_fits() {
        assert_eq!(gap("2000-07", "2023-09-12"), Some((23, GapUnit::Years, true)));
        assert_eq!(gap("2000-07-01", "2000-07-04"), Some((3, GapUnit::Days, false)));
        assert_eq!(gap("2021-09-12", "2023-09-12"), Some((2, GapUnit::Years, false)));
        assert_eq!(gap("2021-09-12", "2023-08-20"), Some((23, GapUnit::Months, true)));
        assert_eq!(gap("2022-09-12", "2023-09-12"), Some((1, GapUnit::Years, false)));
        assert_eq!(gap("2023-08-12", "2023-09-12"), Some((1, GapUnit::Months, false)));
        assert_eq!(gap("2023-08-01", "2023-09-15"), Some((45, GapUnit::Days, false)));
        assert_eq!(gap("2000-07", "2000-09"), Some((2, GapUnit::Months, true)));
        assert_eq!(gap("1990", "2023-09-12"), Some((33, GapUnit::Years, true)));
        assert_eq!(gap("2023-09-13T13:00", "2023-09-13T15:00"), Some((2, GapUnit::Hours, false)));
        assert_eq!(gap("2023-09-13T13:00", "2023-09-13T15:20"), Some((2, GapUnit::Hours, true)));
        assert_eq!(gap("2023-09-13T23:00", "2023-09-15T01:00"), Some((2, GapUnit::Days, false)));
        assert_eq!(gap("2023-09-10?", "2023-09-13"), Some((3, GapUnit::Days, true)));
        assert_eq!(gap("Y-170000", "2000"), Some((172_000, GapUnit::Years, true)));
    }

    #[test]
    fn dates_that_touch_or_are_unknown_have_no_gap() {
        assert_eq!(gap("2023-09-13", "2023-09-13"), None);
        assert_eq!(gap("2023-09-12/2023-09-17", "2023-09-13"), None);
        assert_eq!(gap("2023-09-13T13:00", "2023-09-13T13:20"), None);
        assert_eq!(gap("unknown", "2023-09-13"), None);
        assert_eq!(gap("2023-09", "2023-09-13"), None);
    }

    #[test]
    fn an_open_end_counts_as_the_end_of_what_is_known() {
        assert_eq!(gap("2023-09-10/..", "2023-09-13"), Some((3, GapUnit::Days, false)));
        assert_eq!(gap("[..2023-09-10]", "2023-09-13"), Some((3, GapUnit::Days, false)));
    }

    #[test]
    fn only_a_gap_that_stands_out_is_worth_words() {
        let dates = [
            "2000-07",
            "2023-09-12",
            "2023-09-13",
            "2023-09-13",
            "2023-09-13T13:00",
            "2023-09-17",
            "2023-09-18",
        ];
        let worth = gaps_worth_words(&dates.map(place).each_ref());
        let shown: Vec<Option<u64>> = worth.iter().map(|gap| gap.map(|gap| gap.count)).collect();
        assert_eq!(shown, [None, Some(23), None, None, None, Some(4), None]);
    }

    #[test]
    fn the_one_gap_of_a_short_story_is_told() {
        let worth = gaps_worth_words(&["2000-07", "2023-09-12"].map(place).each_ref());
        assert_eq!(worth[1].map(|gap| gap.count), Some(23));
        assert!(gaps_worth_words(&[]).is_empty());
    }
}
