//! A date as its author wrote it: read and checked against EDTF, but on no clock yet.

use std::fmt;
use std::sync::Arc;

use edtf_core::{Bound, Date, DateField, Edtf, IntervalEndpoint, SetElement, TimeShift};
use toml::value::Datetime;

use super::day::Day;
use super::mistake::{DateError, explain};
use super::precision::{Certainty, Precision};
use super::shape::DateShape;

/// A checked EDTF text, or one of our two additions: `unknown`, and a time of day without seconds. A copy costs a count.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WrittenDate(Arc<Written>);

#[derive(Debug, PartialEq, Eq)]
struct Written {
    text: Box<str>,
    expression: Expression,
    // What is asked of every date many times is found once.
    precision: Precision,
    certainty: Certainty,
    shape: DateShape,
}

/// What the text says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Expression {
    /// `unknown`.
    Unknown,
    /// A day with a time of day.
    Moment(Moment),
    /// A date, an interval or a set.
    Edtf(Edtf),
}

/// A day with a time of day, as written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Moment {
    pub day: Day,
    pub hour: u8,
    pub minute: u8,
    /// 0 to 60; `None` where no second was written.
    pub second: Option<u8>,
    /// Minutes east of UTC, where an offset was written.
    pub shift: Option<i16>,
}

/// The farthest year whose seconds can be counted with room to spare.
const FARTHEST_YEAR: i64 = 200_000_000_000;
/// The length of `2023-09-13T13:00`.
const WITHOUT_SECONDS: usize = 16;

impl WrittenDate {
    /// Reads an EDTF text.
    ///
    /// # Errors
    ///
    /// What is wrong, where in the text, and for the usual mistakes what to write instead.
    pub fn parse(text: &str) -> Result<Self, DateError> {
        let expression = read(text).map_err(|problem| explain(text, &problem))?;
        let (precision, certainty) = (precision_of(&expression), certainty_of(&expression));
        let shape = DateShape::of(&expression, certainty);
        Ok(Self(Arc::new(Written { text: text.into(), expression, precision, certainty, shape })))
    }

    /// Takes a date or a date-time of TOML.
    ///
    /// # Errors
    ///
    /// A time without a day, a part of a second, or an offset that EDTF lacks; the span is that of the value's text.
    pub fn from_toml(value: Datetime) -> Result<Self, DateError> {
        let text = value.to_string();
        if value.date.is_none() {
            let message = format!("«{text}» is a time without a day");
            return Err(DateError::new(message, 0..text.len())
                .help(format!("write the day as well, as 2023-09-13T{text}")));
        }
        Self::parse(&text)
    }

    /// The text as it was written.
    #[must_use]
    pub fn as_written(&self) -> &str {
        &self.0.text
    }

    /// The text in the form that EDTF prefers; a time without seconds stays without, since precision is kept.
    #[must_use]
    pub fn edtf(&self) -> String {
        match &self.0.expression {
            Expression::Edtf(edtf) => edtf.to_string(),
            Expression::Unknown | Expression::Moment(_) => self.0.text.to_string(),
        }
    }

    /// The lowest level of EDTF that has it; `None` for our own additions.
    #[must_use]
    pub fn level(&self) -> Option<u8> {
        match &self.0.expression {
            Expression::Edtf(edtf) => Some(edtf.level()),
            Expression::Moment(moment) => moment.second.map(|_| 0),
            Expression::Unknown => None,
        }
    }

    /// Whether it is `unknown`.
    #[must_use]
    pub fn is_unknown(&self) -> bool {
        self.0.expression == Expression::Unknown
    }

    /// Whether it has a time of day.
    #[must_use]
    pub fn has_time(&self) -> bool {
        matches!(self.0.expression, Expression::Moment(_))
    }

    /// Whether it has a time of day and says nothing of its offset from UTC.
    #[must_use]
    pub fn needs_zone(&self) -> bool {
        matches!(self.0.expression, Expression::Moment(moment) if moment.shift.is_none())
    }

    /// How exact it is; of a range or a set, that of the date under which it stands.
    #[must_use]
    pub fn precision(&self) -> Precision {
        self.0.precision
    }

    /// How sure it is, from the marks `?`, `~` and `%` anywhere in it.
    #[must_use]
    pub fn certainty(&self) -> Certainty {
        self.0.certainty
    }

    /// What kind of date it is.
    #[must_use]
    pub fn shape(&self) -> DateShape {
        self.0.shape
    }

    pub(super) fn expression(&self) -> &Expression {
        &self.0.expression
    }
}

fn precision_of(expression: &Expression) -> Precision {
    match expression {
        Expression::Unknown => Precision::Unknown,
        Expression::Moment(moment) if moment.second.is_some() => Precision::Second,
        Expression::Moment(_) => Precision::Minute,
        Expression::Edtf(edtf) => standing_date(edtf).map_or(Precision::Unknown, |date| Precision::of(&date)),
    }
}

fn certainty_of(expression: &Expression) -> Certainty {
    match expression {
        Expression::Edtf(edtf) => Certainty::new(edtf.is_uncertain(), edtf.is_approximate()),
        Expression::Unknown | Expression::Moment(_) => Certainty::Certain,
    }
}

impl fmt::Display for WrittenDate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0.text)
    }
}

/// What stopped the reading: a reason and the byte at which it was met.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Problem {
    pub reason: &'static str,
    pub at: usize,
}

/// Whether a text can be read, without the search for what was meant.
pub(super) fn is_date(text: &str) -> bool {
    read(text).is_ok()
}

fn read(text: &str) -> Result<Expression, Problem> {
    if text == "unknown" {
        return Ok(Expression::Unknown);
    }
    let filled = with_seconds(text);
    let edtf = Edtf::parse(filled.as_deref().unwrap_or(text)).map_err(|error| {
        // A place beyond the seconds that we filled in is three bytes nearer in the text.
        let beyond = filled.is_some() && error.offset >= WITHOUT_SECONDS + 3;
        Problem {
            reason: error.message,
            at: if beyond { error.offset - 3 } else { error.offset }.min(text.len()),
        }
    })?;
    if dates(&edtf).any(|date| days(&date).is_none()) {
        return Err(Problem { reason: "the year is more than 200,000,000,000 years away", at: 0 });
    }
    match edtf {
        Edtf::DateTime(moment) => {
            let (day, _) = days(&moment.date).ok_or(Problem { reason: "no such day", at: 0 })?;
            let shift = moment.time.shift.map(|shift| match shift {
                TimeShift::Utc => 0,
                TimeShift::Offset { minutes, .. } => minutes,
            });
            let second = filled.is_none().then_some(moment.time.second);
            let (hour, minute) = (moment.time.hour, moment.time.minute);
            Ok(Expression::Moment(Moment { day, hour, minute, second, shift }))
        }
        other => Ok(Expression::Edtf(other)),
    }
}

/// The text with the seconds that EDTF wants; `None` where it has them or is no date-time.
fn with_seconds(text: &str) -> Option<String> {
    let (head, rest) = text.split_at_checked(WITHOUT_SECONDS)?;
    let shape = |byte: u8| if byte.is_ascii_digit() { b'0' } else { byte };
    let moment = head.bytes().map(shape).eq(*b"0000-00-00T00:00");
    let ends = rest.is_empty() || rest.starts_with(['Z', '+', '-']);
    (moment && ends).then(|| format!("{head}:00{rest}"))
}

/// All dates that an expression names.
fn dates(edtf: &Edtf) -> impl Iterator<Item = Date> {
    let found: Vec<Date> = match edtf {
        Edtf::Date(date) => vec![*date],
        Edtf::DateTime(moment) => vec![moment.date],
        Edtf::Interval(interval) => [interval.start, interval.end].iter().filter_map(endpoint_date).collect(),
        Edtf::Set(set) => set
            .elements
            .iter()
            .flat_map(|element| match element {
                SetElement::Date(date) | SetElement::OnOrBefore(date) | SetElement::OnOrAfter(date) => {
                    vec![*date]
                }
                SetElement::Range(start, end) => vec![*start, *end],
            })
            .collect(),
    };
    found.into_iter()
}

/// The date of an end of an interval, where it names one.
pub(super) fn endpoint_date(endpoint: &IntervalEndpoint) -> Option<Date> {
    match endpoint {
        IntervalEndpoint::Date(date)
        | IntervalEndpoint::OnOrBefore(date)
        | IntervalEndpoint::OnOrAfter(date) => Some(*date),
        IntervalEndpoint::Open | IntervalEndpoint::Unknown => None,
    }
}

/// The date under which an expression stands: its start, its earlier date, or the one bound that is known.
pub(super) fn standing_date(edtf: &Edtf) -> Option<Date> {
    match edtf {
        Edtf::Date(date) => Some(*date),
        Edtf::DateTime(moment) => Some(moment.date),
        Edtf::Interval(interval) => endpoint_date(&interval.start).or_else(|| endpoint_date(&interval.end)),
        Edtf::Set(set) => {
            let open = set.elements.iter().find_map(|element| match element {
                SetElement::OnOrBefore(date) => Some(*date),
                _ => None,
            });
            open.or_else(|| dates(edtf).min_by_key(|date| days(date).map(|(first, _)| first)))
        }
    }
}

/// The first and the last day of a date; `None` for a year that is too far away.
pub(super) fn days(date: &Date) -> Option<(Day, Day)> {
    let bounds = Edtf::Date(*date).bounds();
    let day = |bound: Bound| match bound {
        Bound::Date(day) if day.year.abs() <= FARTHEST_YEAR => {
            Some(Day { year: day.year, month: day.month, day: day.day })
        }
        _ => None,
    };
    Some((day(bounds.earliest)?, day(bounds.latest)?))
}

/// Whether any digit of a date is left unspecified.
pub(super) fn is_masked(date: &Date) -> bool {
    let masked = |field: Option<DateField>| field.is_some_and(DateField::has_unspecified);
    date.year.has_unspecified() || masked(date.month) || masked(date.day)
}

#[cfg(test)]
mod tests {
    use super::{Certainty, Precision, WrittenDate};

    fn parse(text: &str) -> WrittenDate {
        WrittenDate::parse(text).unwrap_or_else(|error| panic!("{text}: {}", error.message))
    }

    #[test]
    fn a_time_may_leave_out_its_seconds_and_keeps_that() {
        for text in ["2023-09-13T13:00", "2023-09-13T13:00Z", "2023-09-13T13:00+09:00"] {
            let date = parse(text);
            assert_eq!(
                (date.precision(), date.edtf().as_str(), date.level()),
                (Precision::Minute, text, None)
            );
        }
        assert_eq!(parse("2023-09-13T13:00:00+09:00").precision(), Precision::Second);
    }

    #[test]
    fn a_date_of_toml_is_taken_and_a_bare_time_refused() {
        let take = |text: &str| WrittenDate::from_toml(text.parse().unwrap());
        assert_eq!(take("2023-09-13").unwrap().precision(), Precision::Day);
        assert_eq!(take("2023-09-13 13:00:00").unwrap().as_written(), "2023-09-13T13:00:00");
        assert!(take("2023-09-13T13:00:00-03:00").unwrap().has_time());
        let error = take("13:00:00").unwrap_err();
        assert_eq!(error.message, "«13:00:00» is a time without a day");
        assert_eq!(error.help.as_deref(), Some("write the day as well, as 2023-09-13T13:00:00"));
    }

    #[test]
    fn a_range_is_as_exact_as_its_start_and_a_set_as_its_earliest_date() {
        assert_eq!(parse("2023-09-12/2023-10").precision(), Precision::Day);
        assert_eq!(parse("../2023-10").precision(), Precision::Month);
        assert_eq!(parse("[2023,2022-03-01]").precision(), Precision::Day);
        assert_eq!(parse("unknown").precision(), Precision::Unknown);
    }

    #[test]
    fn certainty_is_the_sum_of_all_marks() {
        assert_eq!(parse("1984").certainty(), Certainty::Certain);
        assert_eq!(parse("2004-06-~11").certainty(), Certainty::Approximate);
        assert_eq!(parse("1984?/2004~").certainty(), Certainty::Both);
    }

    #[test]
    fn a_year_that_cannot_be_counted_is_refused() {
        let error = WrittenDate::parse("Y9E17").unwrap_err();
        assert!(error.message.contains("more than 200,000,000,000 years away"), "{}", error.message);
    }
}
