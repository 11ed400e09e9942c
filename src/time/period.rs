//! The heading under which an event sits: as coarse as the date is, so that July 2000 never stands under a day.

use edtf_core::{Date, DateField};

use super::day::{Day, write_year};
use super::precision::Precision;

/// A stretch of the calendar that has a heading of its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Period {
    /// Several years, both ends included: a decade, a century.
    Span {
        /// The first astronomical year.
        from: i64,
        /// The last.
        to: i64,
    },
    /// A year.
    Year(i64),
    /// A season, a quarter or another part of a year, by its EDTF code.
    Season {
        /// The astronomical year.
        year: i64,
        /// 21 to 41.
        code: u8,
    },
    /// A month.
    Month {
        /// The astronomical year.
        year: i64,
        /// 1 to 12.
        month: u8,
    },
    /// A day.
    Day(Day),
    /// No date is known.
    Unknown,
}

impl Period {
    /// A name for HTML ids, after a prefix: `2023-09-13`, `2000-07`, `2000`, `2010-to-2019`, `unknown`.
    #[must_use]
    pub fn id(&self) -> String {
        match self {
            Self::Span { from, to } => format!("{}-to-{}", year_text(*from), year_text(*to)),
            Self::Year(year) => year_text(*year),
            Self::Season { year, code } => format!("{}-{code}", year_text(*year)),
            Self::Month { year, month } => format!("{}-{month:02}", year_text(*year)),
            Self::Day(day) => format!("{}-{:02}-{:02}", year_text(day.year), day.month, day.day),
            Self::Unknown => "unknown".to_string(),
        }
    }

    /// Its year, or the first of its years.
    #[must_use]
    pub fn year(&self) -> Option<i64> {
        match self {
            Self::Span { from: year, .. }
            | Self::Year(year)
            | Self::Season { year, .. }
            | Self::Month { year, .. }
            | Self::Day(Day { year, .. }) => Some(*year),
            Self::Unknown => None,
        }
    }

    /// Its month, where it is a month or a day.
    #[must_use]
    pub fn month(&self) -> Option<u8> {
        match self {
            Self::Month { month, .. } | Self::Day(Day { month, .. }) => Some(*month),
            _ => None,
        }
    }

    /// Its day of the month, where it is a day.
    #[must_use]
    pub fn day(&self) -> Option<u8> {
        match self {
            Self::Day(day) => Some(day.day),
            _ => None,
        }
    }

    /// The value for HTML's `time datetime`, where HTML has one: a year from 1 on, a month or a day.
    #[must_use]
    pub fn datetime(&self) -> Option<String> {
        match self {
            Self::Year(year) | Self::Month { year, .. } | Self::Day(Day { year, .. }) if *year >= 1 => {
                Some(self.id())
            }
            _ => None,
        }
    }

    /// The period of a date whose bounds are known.
    pub(super) fn of(date: &Date, first: Day, last: Day) -> Self {
        let year = first.year;
        match Precision::of(date) {
            Precision::Year => Self::Year(year),
            Precision::Month => Self::Month { year, month: first.month },
            Precision::Season | Precision::ThirdOfYear | Precision::HalfYear => {
                Self::Season { year, code: date.month.and_then(DateField::value).unwrap_or_default() }
            }
            Precision::Day | Precision::Minute | Precision::Second => Self::Day(first),
            Precision::Unknown => Self::Unknown,
            Precision::Ages | Precision::Millennium | Precision::Century | Precision::Decade => {
                Self::Span { from: year, to: last.year }
            }
        }
    }
}

/// A year in at least four digits, without a plus.
fn year_text(year: i64) -> String {
    let mut text = String::new();
    write_year(&mut text, year).expect("a String takes everything");
    text.trim_start_matches('+').to_string()
}

#[cfg(test)]
mod tests {
    use super::super::{EventDate, WrittenDate, Zone};

    #[test]
    fn a_period_is_as_coarse_as_its_date() {
        let cases = [
            ("2023-09-13", "2023-09-13", Some("2023-09-13")),
            ("2000-07", "2000-07", Some("2000-07")),
            ("2000", "2000", Some("2000")),
            ("2023-09~", "2023-09", Some("2023-09")),
            ("201X", "2010-to-2019", None),
            ("1XX3", "1003-to-1993", None),
            ("1950S2", "1900-to-1999", None),
            ("2001-21", "2001-21", None),
            ("1985-XX-31", "1985", Some("1985")),
            ("1985-04-XX", "1985-04", Some("1985-04")),
            ("-0043", "-0043", None),
            ("Y12000", "12000", Some("12000")),
            ("2023-09-12/2023-10", "2023-09-12", Some("2023-09-12")),
            ("[..2023-09-12]", "2023-09-12", Some("2023-09-12")),
            ("[2023-09-16,2023-09-15]", "2023-09-15", Some("2023-09-15")),
            ("unknown", "unknown", None),
        ];
        for (text, id, datetime) in cases {
            let (date, _) = EventDate::place(&WrittenDate::parse(text).unwrap(), Zone::UTC, Zone::UTC);
            assert_eq!(
                (date.period().id().as_str(), date.period().datetime().as_deref()),
                (id, datetime),
                "{text}"
            );
        }
    }
}
