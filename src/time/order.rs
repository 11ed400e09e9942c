//! The order of events: earliest instant, then the coarser first, then the latest instant; `unknown` comes last.

use super::event_date::{Bound, EventDate};
use super::instant::Instant;
use super::precision::Precision;

/// The part of the order that dates decide; an author's `order` and the id settle what is left.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct DateOrder {
    unknown: bool,
    start: Option<Instant>,
    precision: Precision,
    open_end: bool,
    end: Option<Instant>,
}

impl EventDate {
    /// Where it is listed among others; an open or unknown start counts from the date that is known.
    #[must_use]
    pub fn order(&self) -> DateOrder {
        let standing = self.standing();
        let end = match self.latest() {
            Bound::Instant(instant) => Some(instant),
            Bound::Open | Bound::Unknown => standing.map(|standing| standing.last),
        };
        DateOrder {
            unknown: standing.is_none(),
            start: self.earliest().instant().or(standing.map(|standing| standing.first)),
            precision: self.precision(),
            open_end: self.latest() == Bound::Open,
            end,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::{EventDate, WrittenDate, Zone};

    fn sorted(texts: &[&str]) -> Vec<String> {
        let clock = Zone::parse("Asia/Vladivostok").unwrap();
        let mut dates: Vec<EventDate> = texts
            .iter()
            .map(|text| EventDate::place(&WrittenDate::parse(text).unwrap(), clock, clock).0)
            .collect();
        dates.sort_by_key(EventDate::order);
        dates.iter().map(|date| date.written().as_written().to_string()).collect()
    }

    #[test]
    fn equal_starts_are_listed_from_coarse_to_fine_then_by_their_end() {
        let expected = [
            "-0043",
            "2000",
            "2000-40",
            "2000-33",
            "2000-01",
            "2000-01/2000-03",
            "2000-01-01",
            "2000-01-01/2000-01-09",
            "2000-01-01/..",
            "2000-01-01T00:00",
            "2000-07",
            "2001-24",
            "2001-12",
            "unknown",
        ];
        let mut shuffled = expected;
        shuffled.reverse();
        assert_eq!(sorted(&shuffled), expected);
    }

    #[test]
    fn an_open_or_unknown_start_counts_from_the_bound_that_is_known() {
        let expected =
            ["2023-09-11", "[..2023-09-12]", "../2023-09-12", "2023-09-12T01:00", "/2023-09-13", "unknown"];
        assert_eq!(
            sorted(&[
                "unknown",
                "/2023-09-13",
                "2023-09-12T01:00",
                "[..2023-09-12]",
                "../2023-09-12",
                "2023-09-11"
            ]),
            expected
        );
    }

    #[test]
    fn times_are_listed_by_instant_not_by_what_their_clocks_show() {
        let expected = ["2023-09-13T02:00+10:00", "2023-09-12T20:00+03:00"];
        assert_eq!(sorted(&["2023-09-12T20:00+03:00", "2023-09-13T02:00+10:00"]), expected);
    }
}
