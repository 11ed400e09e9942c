//! Why a text is no date: a sentence, the bytes that are to blame, and what to write instead.

use std::fmt;
use std::ops::Range;

use super::day::{Day, last_day_of};
use super::guess::what_was_meant;
use super::written::Problem;

/// A text that is no date.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DateError {
    /// What is wrong, in one sentence without a full stop.
    pub message: String,
    /// The bytes of the text that are to blame.
    pub span: Range<usize>,
    /// What to write instead.
    pub help: Option<String>,
}

impl DateError {
    pub(super) fn new(message: impl Into<String>, span: Range<usize>) -> Self {
        Self { message: message.into(), span, help: None }
    }

    pub(super) fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }
}

impl fmt::Display for DateError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)?;
        match &self.help {
            Some(help) => write!(f, "; {help}"),
            None => Ok(()),
        }
    }
}

impl std::error::Error for DateError {}

const FORMS: &str = "write what is known, as 2023, 2023-09, 2023-09-13, 2023-09-13T13:00, 2023-09-10/2023-09-17, or unknown; \
                     a ? after it doubts it, a ~ means about then";

/// Turns what stopped the reading into what an author can act upon.
pub(super) fn explain(text: &str, problem: &Problem) -> DateError {
    if text.trim().is_empty() {
        return DateError::new("the date is empty", 0..text.len()).help(FORMS);
    }
    let span = token_at(text, problem.at);
    let no_date = |why: &str| format!("«{text}» is no date: {why}");
    let (message, span, help) = match problem.reason {
        "day is out of range for the month" => {
            let (message, help) = no_such_day(text, problem.at);
            (message, span, help)
        }
        "interval end precedes interval start" | "set range end precedes range start" => {
            let end =
                text[problem.at..].find([',', ']', '}']).map_or(text.len(), |length| problem.at + length);
            (format!("the range «{text}» ends before it begins"), problem.at..end, String::new())
        }
        "month must be 01-12 or a sub-year code 21-41" | "month must be 01-12" => {
            let help = "a month is 01 to 12, a season or another part of a year 21 to 41; leave out a month that is not known";
            (format!("there is no month {}", &text[span.clone()]), span, help.to_string())
        }
        reason => {
            let whole =
                reason.starts_with("the year is more") || !text.starts_with(|c: char| c.is_ascii_digit());
            (no_date(in_our_words(reason)), if whole { 0..text.len() } else { span }, FORMS.to_string())
        }
    };
    DateError::new(message, span).help(what_was_meant(text).unwrap_or(help))
}

/// The run of letters and digits at `at`, or the sign there with what follows it, or else the last character.
fn token_at(text: &str, at: usize) -> Range<usize> {
    let at = (0..=at.min(text.len())).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(0);
    let one = text[at..].chars().next().map_or(0, char::len_utf8);
    let sign = usize::from(text[at..].starts_with(['+', '-']));
    let rest = &text[at + sign..];
    let run = sign
        + rest.find(|c: char| !(c.is_ascii_alphanumeric() || sign == 1 && c == ':')).unwrap_or(rest.len());
    let end = at + run.max(one);
    if end > at { at..end } else { text.char_indices().next_back().map_or(0, |(last, _)| last)..text.len() }
}

/// «2023-02-30 does not exist: 2023-02 has 28 days», as far as the year and month can be read, and what to do.
fn no_such_day(text: &str, at: usize) -> (String, String) {
    let part = |c: char| c.is_ascii_digit() || matches!(c, '-' | 'X');
    let start = text[..at].rfind(|c: char| !part(c)).map_or(0, |before| before + 1);
    let written = text.get(start..at + 2).unwrap_or(text);
    let (month, day) = written.rsplit_once('-').unwrap_or((written, ""));
    let help = format!("write a day of that month, or {month} where the day is not known");
    let days = month.rsplit_once('-').and_then(|(year, month)| {
        let (year, month) = (year.parse::<i64>().ok()?, month.parse::<u8>().ok()?);
        Day::new(year, month, 1).map(|_| last_day_of(year, month))
    });
    let message = match days {
        Some(days) if day.parse::<u8>().is_ok_and(|day| day > 0) => {
            format!("{written} does not exist: {month} has {days} days")
        }
        _ => format!("{written} does not exist in the calendar"),
    };
    (message, help)
}

/// The reasons of the parser that an editor would not understand, said otherwise.
fn in_our_words(reason: &str) -> &str {
    match reason {
        "EDTF permits ASCII characters only" => "only plain letters, digits and signs may stand in it",
        "whitespace is not allowed" => "there may be no space in it",
        "year must have exactly four digits (or X)" => {
            "a year has four digits, or an X for one that is not known"
        }
        "month must be two digits (or X)" => "a month has two digits, or an X for one that is not known",
        "day must be two digits (or X)" => "a day has two digits, or an X for one that is not known",
        "time must be hh:mm:ss" => "a time is written 13:00 or 13:00:00",
        "time shift must be ±hh or ±hh:mm" | "time shift must be Z, +hh, +hh:mm or negative" => {
            "an offset is written Z or +09:00"
        }
        "hour must be 00-23 (24 is not allowed)" => "an hour is 00 to 23",
        "interval must contain exactly one '/'" => {
            "a slash stands between the two ends of a range and nowhere else"
        }
        "expected '-' before month" => "after a year of four digits comes a hyphen with a month",
        "expected '-' before day" => "after a month of two digits comes a hyphen with a day",
        "unexpected characters after day" => "after the day comes nothing, or a T with a time",
        "minute must be 00-59" => "a minute is 00 to 59",
        "time shift exceeds ±14:00" => "an offset is at most 14 hours",
        "sub-year groupings cannot carry a day" => "a season or another part of a year has no day",
        "date-times require a complete YYYY-MM-DD date" => {
            "a time needs a whole day before it, as 2023-09-13T13:00"
        }
        "set must contain at least one element" => "there is no date between the brackets",
        "empty set element" => "a date is missing beside a comma",
        "'..' alone is not a set element" => "two dots need a date beside them",
        "interval needs at least one dated endpoint" => "a range needs a date at one end",
        "unterminated set" => "the bracket is not closed at its end",
        "Y-prefixed years require |year| > 9999" => "a year of four digits has no Y",
        "Y-prefixed years are year-precision only" => "a year with a Y has no month",
        "-0000 is not a valid year" => "the year before 0001 is 0000",
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::super::WrittenDate;

    #[test]
    fn a_mistake_has_its_place() {
        let at = |text: &str| {
            let error = WrittenDate::parse(text).unwrap_err();
            (text[error.span].to_string(), error.message)
        };
        let expected = |place: &str, message: &str| (place.to_string(), message.to_string());
        assert_eq!(at("2023-02-30"), expected("30", "2023-02-30 does not exist: 2023-02 has 28 days"));
        assert_eq!(
            at("[2023-01-01,2023-04-31]"),
            expected("31", "2023-04-31 does not exist: 2023-04 has 30 days")
        );
        assert_eq!(
            at("2023-09-17/2023-09-10"),
            expected("2023-09-10", "the range «2023-09-17/2023-09-10» ends before it begins")
        );
        assert_eq!(at("2023-13"), expected("13", "there is no month 13"));
        assert_eq!(at("2023-09-13T13:00+99:00").0, "+99:00");
        assert_eq!(at("setembro").0, "setembro");
        assert_eq!(at("2023-09-1ª").0, "ª");
    }
}
