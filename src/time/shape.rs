//! The kind of a date: what its mark on the page looks like, what legend explains it, and what HTML may be told.

use edtf_core::{Date, Edtf, Interval, IntervalEndpoint, SetElement, SetKind};

use super::event_date::EventDate;
use super::instant::LocalTime;
use super::precision::{Certainty, Precision};
use super::written::{Expression, days, is_masked};

/// What kind of date it is, for marks and legends.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum DateShape {
    /// A decade, a century or a longer span, by unspecified digits.
    Span,
    /// A year.
    Year,
    /// A season, a quarter or another part of a year.
    Season,
    /// A month.
    Month,
    /// A day.
    Day,
    /// A time of day.
    Minute,
    /// A date of which a part is not specified: `1985-XX-31`.
    Unspecified,
    /// From a date to a date.
    Range,
    /// From a date on, without an end: `2023-09-10/..`.
    Open,
    /// To a date, without a beginning: `../2023-09-10`.
    OpenStart,
    /// From a date to one that nobody knows: `1985/`.
    UnknownEnd,
    /// From a date that nobody knows: `/1985`.
    UnknownStart,
    /// Once, on the date or earlier: `[..2023-09-12]`.
    Before,
    /// Once, on the date or later: `[2023-09-12..]`.
    After,
    /// About then: `1984~`.
    Approximate,
    /// With a doubtful source: `1984?`, `1984%`.
    Uncertain,
    /// One of several dates: `[2023-09-15,2023-09-16]`.
    EitherOr,
    /// All of several dates: `{2023-09-15,2023-09-16}`.
    Every,
    /// `unknown`.
    Unknown,
}

impl DateShape {
    /// All shapes, in the order in which a legend explains them.
    pub const ALL: [Self; 19] = [
        Self::Minute,
        Self::Day,
        Self::Month,
        Self::Season,
        Self::Year,
        Self::Span,
        Self::Unspecified,
        Self::Range,
        Self::Open,
        Self::OpenStart,
        Self::UnknownEnd,
        Self::UnknownStart,
        Self::Before,
        Self::After,
        Self::Approximate,
        Self::Uncertain,
        Self::EitherOr,
        Self::Every,
        Self::Unknown,
    ];

    /// That of what was written, whose certainty is known.
    pub(super) fn of(expression: &Expression, certainty: Certainty) -> Self {
        match expression {
            Expression::Unknown => Self::Unknown,
            Expression::Moment(_) => Self::Minute,
            Expression::Edtf(Edtf::Date(date)) => date_shape(date, certainty),
            Expression::Edtf(Edtf::DateTime(_)) => Self::Minute,
            Expression::Edtf(Edtf::Interval(interval)) => interval_shape(interval),
            Expression::Edtf(Edtf::Set(set)) => match (set.kind, set.elements.as_slice()) {
                (SetKind::AllMembers, _) => Self::Every,
                (SetKind::OneMember, [SetElement::OnOrBefore(_)]) => Self::Before,
                (SetKind::OneMember, [SetElement::OnOrAfter(_)]) => Self::After,
                (SetKind::OneMember, _) => Self::EitherOr,
            },
        }
    }

    /// Its name in classes and in JSON.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Span => "span",
            Self::Year => "year",
            Self::Season => "season",
            Self::Month => "month",
            Self::Day => "day",
            Self::Minute => "minute",
            Self::Unspecified => "unspecified",
            Self::Range => "range",
            Self::Open => "open",
            Self::OpenStart => "open-start",
            Self::UnknownEnd => "unknown-end",
            Self::UnknownStart => "unknown-start",
            Self::Before => "before",
            Self::After => "after",
            Self::Approximate => "approximate",
            Self::Uncertain => "uncertain",
            Self::EitherOr => "either-or",
            Self::Every => "every",
            Self::Unknown => "unknown",
        }
    }
}

impl EventDate {
    /// What kind of date it is.
    #[must_use]
    pub fn shape(&self) -> DateShape {
        self.written().shape()
    }

    /// The values for HTML's `time datetime`: two for a range, one for a plain date or an open range, else none.
    #[must_use]
    pub fn datetime(&self) -> Vec<String> {
        if self.certainty() != Certainty::Certain {
            return Vec::new();
        }
        let values: Option<Vec<String>> = match self.written().expression() {
            Expression::Moment(_) => {
                self.local_time().and_then(|local| self.moment_value(local)).map(|value| vec![value])
            }
            Expression::Edtf(Edtf::Date(date)) => html_value(date).map(|value| vec![value]),
            Expression::Edtf(Edtf::Interval(interval)) => interval_values(interval),
            Expression::Unknown | Expression::Edtf(_) => None,
        };
        values.unwrap_or_default()
    }

    fn moment_value(&self, local: LocalTime) -> Option<String> {
        let local = if local.offset().is_some() {
            local
        } else {
            self.earliest().instant()?.local(&super::Zone::UTC)
        };
        if local.year < 1 {
            return None;
        }
        let text = local.to_string();
        let cut = if self.precision() == Precision::Second { text.len() } else { text.len() - ":00".len() };
        Some(format!("{}{}", &text[..cut], local.offset()?))
    }
}

fn date_shape(date: &Date, certainty: Certainty) -> DateShape {
    match (certainty, Precision::of(date)) {
        (Certainty::Approximate, _) => DateShape::Approximate,
        (Certainty::Uncertain | Certainty::Both, _) => DateShape::Uncertain,
        (_, Precision::Ages | Precision::Millennium | Precision::Century | Precision::Decade)
            if date.month.is_none() =>
        {
            DateShape::Span
        }
        _ if is_masked(date) => DateShape::Unspecified,
        (_, Precision::Day) => DateShape::Day,
        (_, Precision::Month) => DateShape::Month,
        (_, Precision::Season | Precision::ThirdOfYear | Precision::HalfYear) => DateShape::Season,
        _ => DateShape::Year,
    }
}

fn interval_shape(interval: &Interval) -> DateShape {
    match (&interval.start, &interval.end) {
        (IntervalEndpoint::Open, _) => DateShape::OpenStart,
        (IntervalEndpoint::Unknown, _) => DateShape::UnknownStart,
        (_, IntervalEndpoint::Open) => DateShape::Open,
        (_, IntervalEndpoint::Unknown) => DateShape::UnknownEnd,
        _ => DateShape::Range,
    }
}

/// Both ends or none; of a range without a known end, its start.
fn interval_values(interval: &Interval) -> Option<Vec<String>> {
    match (&interval.start, &interval.end) {
        (IntervalEndpoint::Date(start), IntervalEndpoint::Date(end)) => {
            Some(vec![html_value(start)?, html_value(end)?])
        }
        (IntervalEndpoint::Date(start), IntervalEndpoint::Open | IntervalEndpoint::Unknown) => {
            Some(vec![html_value(start)?])
        }
        _ => None,
    }
}

/// A year from 1 on, a month or a day; nothing else has a value in HTML.
fn html_value(date: &Date) -> Option<String> {
    if is_masked(date) || date.year.significant_digits.is_some() {
        return None;
    }
    let (first, _) = days(date)?;
    super::period::Period::of(date, first, first).datetime()
}

#[cfg(test)]
mod tests {
    use super::super::{EventDate, WrittenDate, Zone};

    fn place(text: &str) -> EventDate {
        let [zone, clock] = ["Asia/Yakutsk", "Asia/Vladivostok"].map(|name| Zone::parse(name).unwrap());
        EventDate::place(&WrittenDate::parse(text).unwrap(), zone, clock).0
    }

    #[test]
    fn every_kind_has_its_shape_and_its_values_for_html() {
        let cases: [(&str, &str, &[&str]); 26] = [
            ("2000", "year", &["2000"]),
            ("0000", "year", &[]),
            ("-0043", "year", &[]),
            ("Y12000", "year", &["12000"]),
            ("2000-07", "month", &["2000-07"]),
            ("2023-09-13", "day", &["2023-09-13"]),
            ("2023-09-13T13:00", "minute", &["2023-09-13T13:00+09:00"]),
            ("2023-09-13T04:00:30Z", "minute", &["2023-09-13T13:00:30+09:00"]),
            ("2001-21", "season", &[]),
            ("201X", "span", &[]),
            ("1950S2", "span", &[]),
            ("1985-04-XX", "unspecified", &[]),
            ("156X-12-25", "unspecified", &[]),
            ("2023-09-12/2023-09-17", "range", &["2023-09-12", "2023-09-17"]),
            ("2023-09-12/..", "open", &["2023-09-12"]),
            ("2023-09-12/", "unknown-end", &["2023-09-12"]),
            ("../2023-09-12", "open-start", &[]),
            ("/2023-09-12", "unknown-start", &[]),
            ("[..2023-09-12]", "before", &[]),
            ("[2023-09-12..]", "after", &[]),
            ("2023-09~", "approximate", &[]),
            ("2023-09-15?", "uncertain", &[]),
            ("2023-09%", "uncertain", &[]),
            ("[2023-09-15,2023-09-16]", "either-or", &[]),
            ("{2023-09-15,2023-09-16}", "every", &[]),
            ("unknown", "unknown", &[]),
        ];
        for (text, shape, values) in cases {
            let date = place(text);
            assert_eq!(
                (date.shape().as_str(), date.datetime()),
                (shape, values.iter().map(ToString::to_string).collect()),
                "{text}"
            );
        }
    }

    #[test]
    fn a_time_before_standard_time_is_told_in_utc() {
        assert_eq!(place("1890-01-01T12:00").datetime(), ["1890-01-01T03:21Z"]);
    }
}
