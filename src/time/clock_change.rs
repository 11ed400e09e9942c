//! A warning for a local time that did not exist or came twice: what it is, what was taken, and how to be exact.

use super::day::Day;
use super::instant::{Instant, LocalTime};
use super::zone::Zone;

/// What a change of a zone's clocks did to a date.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ClockChange {
    /// The clocks leapt over the time; it was moved forward by the leap.
    Gap {
        /// Whose clocks.
        zone: Zone,
        /// The time as written.
        written: LocalTime,
        /// The instant that was taken.
        taken: Instant,
    },
    /// The clocks showed the time twice; the first was taken.
    Overlap {
        /// Whose clocks.
        zone: Zone,
        /// The instant that was taken.
        first: Instant,
        /// The other.
        second: Instant,
    },
    /// The zone leapt over the whole day, as Samoa did over 30 December 2011.
    DayLeapt {
        /// Whose clocks.
        zone: Zone,
        /// The day that was not.
        day: Day,
    },
}

impl ClockChange {
    /// What is odd about the date, in one sentence without a full stop.
    #[must_use]
    pub fn message(&self) -> String {
        match self {
            Self::Gap { zone, written, taken } => format!(
                "{} does not exist on {} in {zone}, where the clocks went forward; {} is taken",
                clock(*written),
                written.date(),
                clock(taken.local(zone)),
            ),
            Self::Overlap { zone, first, .. } => {
                let local = first.local(zone);
                format!(
                    "{} comes twice on {} in {zone}, where the clocks went back; the first is taken",
                    clock(local),
                    local.date()
                )
            }
            Self::DayLeapt { zone, day } => {
                format!("{day} does not exist in {zone}, where the calendar leapt over it")
            }
        }
    }

    /// How to be exact.
    #[must_use]
    pub fn help(&self) -> String {
        match self {
            Self::Gap { zone, taken, .. } => {
                format!("write an offset to be exact, as {}", with_offset(*taken, zone))
            }
            Self::Overlap { zone, first, second } => format!(
                "write an offset to be exact: {} for the first or {} for the second",
                with_offset(*first, zone),
                with_offset(*second, zone)
            ),
            Self::DayLeapt { day, .. } => {
                format!("write the day before or {}, or set another `timezone`", day.next())
            }
        }
    }
}

fn clock(local: LocalTime) -> String {
    format!("{:02}:{:02}", local.hour, local.minute)
}

fn with_offset(instant: Instant, zone: &Zone) -> String {
    let local = instant.local(zone);
    match local.offset() {
        Some(offset) => format!("{}T{}{offset}", local.date(), clock(local)),
        None => instant.to_rfc3339(),
    }
}
