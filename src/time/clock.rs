//! A zone's clocks read: the instant of a written time, and the first and the last second of a day.

use super::clock_change::ClockChange;
use super::day::Day;
use super::instant::{Instant, SECONDS_OF_DAY};
use super::written::Moment;
use super::zone::{Reading, Zone};

/// The instant of a written time, with a warning where the zone's clocks changed just then.
pub(super) fn instant_of(moment: &Moment, zone: Zone) -> (Instant, Option<ClockChange>) {
    // A leap second belongs to its minute and day: it counts as the second before.
    let second = moment.second.unwrap_or(0).min(59);
    let second_of_day = i64::from(moment.hour) * 3600 + i64::from(moment.minute) * 60 + i64::from(second);
    let local = moment.day.number() * SECONDS_OF_DAY + second_of_day;
    if let Some(minutes) = moment.shift {
        return (Instant::from_seconds(local - i64::from(minutes) * 60), None);
    }
    match zone.read(local) {
        Reading::Once(instant) => (instant, None),
        Reading::Leapt(taken) => {
            let written = Instant::from_seconds(local).local(&Zone::UTC);
            (taken, Some(ClockChange::Gap { zone, written, taken }))
        }
        Reading::Twice(first, second) => (first, Some(ClockChange::Overlap { zone, first, second })),
    }
}

/// The first instant of a day.
pub(super) fn start_of(day: Day, clock: Zone) -> Instant {
    match clock.read(day.number() * SECONDS_OF_DAY) {
        Reading::Once(instant) | Reading::Leapt(instant) | Reading::Twice(instant, _) => instant,
    }
}

/// The last second of a day; of a day that was leapt over, its first.
pub(super) fn end_of(day: Day, clock: Zone) -> Instant {
    let before_next = Instant::from_seconds(start_of(day.next(), clock).seconds() - 1);
    before_next.max(start_of(day, clock))
}
