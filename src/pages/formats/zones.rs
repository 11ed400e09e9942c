//! The zones of a calendar (RFC 5545, 3.6.5): for each, what its clocks show in the years that occur, and every change of them.

use std::collections::{BTreeMap, BTreeSet};

use super::calendar::local;
use super::lines::Lines;
use crate::time::{CalendarDate, EventDate, Transition, Zone};

/// The zones of some events, by name, each with the years that occur in it.
pub(super) struct Zones(BTreeMap<&'static str, (Zone, BTreeSet<i64>)>);

impl Zones {
    /// Those of the dates that have a time of day.
    pub fn of<'a>(dates: impl Iterator<Item = (&'a EventDate, CalendarDate)>) -> Self {
        let mut zones = BTreeMap::new();
        for (date, in_calendar) in dates {
            let CalendarDate::Moment(instant) = in_calendar else { continue };
            let zone = date.zone();
            if zone != Zone::UTC && !date.is_plain_in_utc_alone() {
                let (_, years) = zones.entry(zone.name()).or_insert((zone, BTreeSet::new()));
                years.insert(instant.local(&zone).year);
            }
        }
        Self(zones)
    }

    /// Writes a component for each.
    pub fn write(&self, lines: &mut Lines) {
        for (name, (zone, years)) in &self.0 {
            lines.line("BEGIN", "VTIMEZONE");
            lines.line("TZID", name);
            let all: BTreeSet<Transition> =
                years.iter().flat_map(|year| zone.transitions_in(*year)).collect();
            let mut shown = None;
            for transition in all {
                // A year that begins as the one before it ended adds nothing.
                let state = (transition.after, transition.is_summer_time);
                if shown != Some(state) || transition.before != transition.after {
                    write(lines, &transition);
                }
                shown = Some(state);
            }
            lines.line("END", "VTIMEZONE");
        }
    }
}

fn write(lines: &mut Lines, transition: &Transition) {
    let kind = if transition.is_summer_time { "DAYLIGHT" } else { "STANDARD" };
    lines.line("BEGIN", kind);
    lines.line("DTSTART", &local(transition.at));
    lines.line("TZOFFSETFROM", &offset(transition.before));
    lines.line("TZOFFSETTO", &offset(transition.after));
    lines.line("END", kind);
}

/// `-0300`; with seconds, where there are any.
fn offset(seconds: i32) -> String {
    let sign = if seconds < 0 { '-' } else { '+' };
    let seconds = seconds.abs();
    let (hours, minutes, rest) = (seconds / 3600, seconds / 60 % 60, seconds % 60);
    match rest {
        0 => format!("{sign}{hours:02}{minutes:02}"),
        _ => format!("{sign}{hours:02}{minutes:02}{rest:02}"),
    }
}

#[cfg(test)]
mod tests {
    use super::offset;

    #[test]
    fn an_offset_has_seconds_only_where_there_are_any() {
        assert_eq!(
            [-10_800, 20_700, 0, 1172, -12_600].map(offset),
            ["-0300", "+0545", "+0000", "+001932", "-0330"]
        );
    }
}
