//! The changes of a zone's clocks within a year, for those who must be told of them: iCalendar has no zones of its own.

use chrono::{DateTime, Offset as _, TimeZone as _};
use chrono_tz::OffsetComponents as _;

use super::day::Day;
use super::instant::{Instant, LocalTime, SECONDS_OF_DAY};
use super::zone::Zone;

/// From when on a zone's clocks show what.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Transition {
    /// The moment of the change, as the clocks show it that are still to be changed.
    pub at: LocalTime,
    /// Seconds east of UTC until then.
    pub before: i32,
    /// Seconds east of UTC from then on.
    pub after: i32,
    /// Whether it is summer time from then on.
    pub is_summer_time: bool,
}

impl Zone {
    /// What the clocks show from the beginning of a year on, and each change of them until its end.
    #[must_use]
    pub fn transitions_in(&self, year: i64) -> Vec<Transition> {
        let start = |year| Day { year, month: 1, day: 1 }.number() * SECONDS_OF_DAY - SECONDS_OF_DAY;
        let (first, end) = (start(year), start(year + 1) + 2 * SECONDS_OF_DAY);
        let state = self.state(first);
        let mut changes = vec![self.transition(first, state.0, state)];
        let mut known = state;
        for day in (first..end).step_by(usize::try_from(SECONDS_OF_DAY).expect("a day is short")) {
            let next = self.state(day + SECONDS_OF_DAY);
            if next != known {
                let at = self.change_within(day, day + SECONDS_OF_DAY);
                changes.push(self.transition(at, known.0, next));
                known = next;
            }
        }
        changes
    }

    /// Seconds east of UTC, and whether that is summer time.
    fn state(&self, seconds: i64) -> (i32, bool) {
        let moment = DateTime::from_timestamp(seconds, 0).expect("calendars have years of four digits");
        let offset = self.tz().offset_from_utc_datetime(&moment.naive_utc());
        (offset.fix().local_minus_utc(), !offset.dst_offset().is_zero())
    }

    /// The first second after a change, where there is one in between.
    fn change_within(&self, mut before: i64, mut after: i64) -> i64 {
        let state = self.state(before);
        while after - before > 1 {
            let middle = before + (after - before) / 2;
            if self.state(middle) == state {
                before = middle;
            } else {
                after = middle;
            }
        }
        after
    }

    fn transition(&self, at: i64, before: i32, (after, is_summer_time): (i32, bool)) -> Transition {
        let local = Instant::from_seconds(at + i64::from(before)).local(&Self::UTC);
        Transition { at: LocalTime { offset_seconds: before, ..local }, before, after, is_summer_time }
    }
}

#[cfg(test)]
mod tests {
    use super::super::Zone;

    fn changes(zone: &str, year: i64) -> Vec<String> {
        let transitions = Zone::parse(zone).unwrap().transitions_in(year);
        let text = |one: &super::Transition| format!("{} {} {}", one.at, one.after, one.is_summer_time);
        transitions[1..].iter().map(text).collect()
    }

    #[test]
    fn each_change_is_told_as_the_old_clock_shows_it() {
        assert_eq!(
            changes("America/New_York", 2024),
            ["2024-03-10T02:00:00 -14400 true", "2024-11-03T02:00:00 -18000 false"]
        );
        assert_eq!(
            changes("Australia/Lord_Howe", 2024),
            ["2024-04-07T02:00:00 37800 false", "2024-10-06T02:00:00 39600 true"]
        );
        assert_eq!(
            changes("America/Sao_Paulo", 2018),
            ["2018-02-18T00:00:00 -10800 false", "2018-11-04T00:00:00 -7200 true"]
        );
    }

    #[test]
    fn a_year_without_changes_has_what_it_begins_with() {
        assert_eq!(changes("America/Sao_Paulo", 2024), [""; 0]);
        let zone = Zone::parse("Asia/Kathmandu").unwrap();
        assert_eq!(zone.transitions_in(2024).len(), 1);
        assert_eq!(zone.transitions_in(2024)[0].after, 20_700);
    }
}
