//! How exact a date is, and how sure: two small scales that are never mixed.

use edtf_core::{Date, DateField, YearKind};

/// How exact a date is, from coarse to fine; the order is the one in which equal starts are listed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Precision {
    /// Nothing is known.
    Unknown,
    /// More than a thousand years: `XXXX`, `Y17E7S2`.
    Ages,
    /// A thousand years: `1XXX`.
    Millennium,
    /// A hundred years: `15XX`, `1950S2`.
    Century,
    /// Ten years: `201X`.
    Decade,
    /// A year.
    Year,
    /// Six months: `2001-40`.
    HalfYear,
    /// Four months: `2001-37`.
    ThirdOfYear,
    /// Three months, a season or a quarter: `2001-21`, `2001-33`.
    Season,
    /// A month.
    Month,
    /// A day.
    Day,
    /// A minute.
    Minute,
    /// A second.
    Second,
}

/// How sure a date is, from the marks `?`, `~` and `%`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Certainty {
    /// No mark.
    Certain,
    /// `?`: the source is doubted.
    Uncertain,
    /// `~`: it is about then.
    Approximate,
    /// `%`, or both marks in different parts.
    Both,
}

impl Precision {
    /// Its name in JSON and in classes.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Unknown => "unknown",
            Self::Ages => "ages",
            Self::Millennium => "millennium",
            Self::Century => "century",
            Self::Decade => "decade",
            Self::Year => "year",
            Self::HalfYear => "half-year",
            Self::ThirdOfYear => "third-of-year",
            Self::Season => "season",
            Self::Month => "month",
            Self::Day => "day",
            Self::Minute => "minute",
            Self::Second => "second",
        }
    }

    /// The number by which Wikidata names it; `None` where Wikidata has none.
    #[must_use]
    pub fn wikidata(self) -> Option<u8> {
        match self {
            Self::Millennium => Some(6),
            Self::Century => Some(7),
            Self::Decade => Some(8),
            Self::Year => Some(9),
            Self::Month => Some(10),
            Self::Day => Some(11),
            Self::Minute => Some(13),
            Self::Second => Some(14),
            Self::Unknown | Self::Ages | Self::HalfYear | Self::ThirdOfYear | Self::Season => None,
        }
    }

    /// The precision of a date: that of its last part before an unspecified digit.
    pub(super) fn of(date: &Date) -> Self {
        let masked = |field: Option<DateField>| field.is_none_or(DateField::has_unspecified);
        if let Some(span) = Self::of_year(date) {
            return span;
        }
        match date.month.and_then(DateField::value) {
            Some(40..) => Self::HalfYear,
            Some(37..) => Self::ThirdOfYear,
            Some(21..) => Self::Season,
            _ if masked(date.month) => Self::Year,
            _ if masked(date.day) => Self::Month,
            _ => Self::Day,
        }
    }

    /// The precision of a year whose last digits are not known; `None` for a whole one.
    fn of_year(date: &Date) -> Option<Self> {
        let first_unknown = match date.year.kind {
            YearKind::Standard { digits, .. } => digits.iter().position(Option::is_none),
            YearKind::Big { .. } | YearKind::Exponential { .. } => None,
        };
        let unknown = match (first_unknown, date.year.significant_digits) {
            (Some(position), _) => 4 - position,
            (None, Some(digits)) => {
                usize::try_from(width(&date.year.kind).saturating_sub(digits)).unwrap_or(0)
            }
            (None, None) => 0,
        };
        match unknown {
            0 => None,
            1 => Some(Self::Decade),
            2 => Some(Self::Century),
            3 => Some(Self::Millennium),
            _ => Some(Self::Ages),
        }
    }
}

/// The number of digits of a year as written.
fn width(kind: &YearKind) -> u32 {
    let digits = |number: i64| number.unsigned_abs().checked_ilog10().map_or(1, |log| log + 1);
    match kind {
        YearKind::Standard { .. } => 4,
        YearKind::Big { value } => digits(*value),
        YearKind::Exponential { significand, exponent } => digits(*significand) + exponent,
    }
}

impl Certainty {
    /// Its name in JSON and in classes.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Certain => "certain",
            Self::Uncertain => "uncertain",
            Self::Approximate => "approximate",
            Self::Both => "uncertain-and-approximate",
        }
    }

    pub(super) fn new(uncertain: bool, approximate: bool) -> Self {
        match (uncertain, approximate) {
            (false, false) => Self::Certain,
            (true, false) => Self::Uncertain,
            (false, true) => Self::Approximate,
            (true, true) => Self::Both,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Precision;
    use edtf_core::Edtf;

    #[test]
    fn precision_ends_at_the_first_unspecified_digit() {
        let cases = [
            ("1985", Precision::Year),
            ("1985-04", Precision::Month),
            ("1985-04-12", Precision::Day),
            ("2001-21", Precision::Season),
            ("2001-34", Precision::Season),
            ("2001-37", Precision::ThirdOfYear),
            ("2001-41", Precision::HalfYear),
            ("201X", Precision::Decade),
            ("15XX-12-25", Precision::Century),
            ("1XXX", Precision::Millennium),
            ("XXXX-12-XX", Precision::Ages),
            ("1985-XX-31", Precision::Year),
            ("1985-04-XX", Precision::Month),
            ("1950S2", Precision::Century),
            ("1950S4", Precision::Year),
            ("Y171010000S3", Precision::Ages),
            ("Y17E7", Precision::Year),
        ];
        for (text, expected) in cases {
            let Ok(Edtf::Date(date)) = Edtf::parse(text) else { panic!("{text} is a date") };
            assert_eq!(Precision::of(&date), expected, "{text}");
        }
    }
}
