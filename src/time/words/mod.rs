//! The words of one language: dates, times, gaps, lists, and the texts of the pages.
//!
//! A language's word file says how dates are joined and what pages say; Unicode's data give months, weekdays, cities and
//! plural rules. A language without a word file has its single dates from Unicode and everything else in English.

mod axis;
mod calendar;
mod contractions;
mod day_words;
mod file;
mod list;
mod masked;
mod phrases;
mod plural;
mod range_words;
mod times;
mod weekdays;

use std::path::Path;

use edtf_core::Edtf;

use self::calendar::Calendar;
use self::contractions::Contractions;
use self::day_words::Form;
use self::file::{WordFile, fill};
use self::list::{Join, join_list};
use self::plural::Plurals;
pub use self::range_words::RangeWords;
use self::range_words::unmarked;
pub use self::weekdays::{Weekdays, WrongWeekday};
use super::event_date::EventDate;
use super::gap::Gap;
use super::period::Period;
use super::precision::Precision;
use super::shape::DateShape;
use super::written::Expression;
use crate::diagnostic::Diagnostic;

/// One language's words; read once, and shared by all pages.
#[derive(Debug)]
pub struct Words {
    language: String,
    /// Whether the word file is the language's own.
    native: bool,
    file: WordFile,
    texts: toml::Table,
    plurals: Plurals,
    calendar: Calendar,
    contractions: Contractions,
    /// What stands between thousands, from four and from five digits on.
    groups: [String; 2],
}

/// The quotation marks of a language, for smart punctuation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Quotes<'a> {
    /// Around a quote.
    pub outer: (&'a str, &'a str),
    /// Around a quote in a quote.
    pub inner: (&'a str, &'a str),
    /// The apostrophe.
    pub apostrophe: &'a str,
}

impl Words {
    /// The English word file, for languages that have none.
    pub const ENGLISH: &'static str = file::ENGLISH;

    /// Reads a word file for a language (BCP 47); for one without a file of its own, `file` is [`Words::ENGLISH`].
    ///
    /// # Errors
    ///
    /// The first key that is missing, unknown or of the wrong kind, with its place in the file.
    pub fn read(language: &str, file: &str, path: &Path) -> Result<Self, Diagnostic> {
        let words = WordFile::read(file, path).map_err(|wrong| *wrong)?;
        let of_file = words.get("language").to_string();
        let native = primary(&of_file) == primary(language);
        let texts = file.parse::<toml::Table>().ok().and_then(|mut table| table.remove("text"));
        let texts =
            texts.and_then(|texts| if let toml::Value::Table(texts) = texts { Some(texts) } else { None });
        let group = |key: &str, ones: &str| {
            let example = words.get(key);
            example
                .strip_prefix(ones)
                .and_then(|rest| rest.strip_suffix("000"))
                .unwrap_or_default()
                .to_string()
        };
        Ok(Self {
            language: language.to_string(),
            native,
            groups: [group("numbers.thousand", "1"), group("numbers.ten_thousand", "10")],
            texts: texts.unwrap_or_default(),
            plurals: Plurals::new(&of_file),
            calendar: Calendar::new(language),
            contractions: Contractions::of(words.table("contractions")),
            file: words,
        })
    }

    /// The language, as it was asked for.
    #[must_use]
    pub fn language(&self) -> &str {
        &self.language
    }

    /// Whether the word file is the language's own, and not another's in its place.
    #[must_use]
    pub fn is_native(&self) -> bool {
        self.native
    }

    /// The direction in which the language is written: `ltr` or `rtl`.
    #[must_use]
    pub fn direction(&self) -> &'static str {
        direction_of(&self.language)
    }

    /// A date in running text: «13 de setembro de 2023, quarta-feira», «12 a 17 de setembro de 2023».
    ///
    /// One with a time of day has the day and the time of the timeline's clock.
    #[must_use]
    pub fn date(&self, date: &EventDate) -> String {
        unmarked(self.whole(date, true))
    }

    /// What a card says below the heading of `period`: the time, the range or the doubt; `None` where there is no more.
    #[must_use]
    pub fn date_within(&self, date: &EventDate, period: &Period) -> Option<String> {
        if date.period() != *period {
            return Some(self.date(date));
        }
        match date.shape() {
            DateShape::Minute => self.clock_time(date),
            DateShape::Day | DateShape::Month | DateShape::Season | DateShape::Span | DateShape::Unknown => {
                None
            }
            DateShape::Year => {
                Some(self.pattern("dates.within_year", &[("date", self.period(period, Form::After))]))
            }
            _ => Some(unmarked(self.whole(date, false))),
        }
    }

    /// A heading: «12 de setembro de 2023, terça-feira», «julho de 2000».
    #[must_use]
    pub fn heading(&self, period: &Period) -> String {
        match period {
            Period::Day(day) => self.day_with_weekday(*day),
            other => self.period(other, Form::Alone),
        }
    }

    /// «cerca de 23 anos depois».
    #[must_use]
    pub fn gap(&self, gap: &Gap) -> String {
        let words =
            self.counted(|form| self.file.find(form), &format!("gaps.{}", gap.unit.as_str()), gap.count);
        if gap.approximate { self.pattern("gaps.about", &[("gap", words)]) } else { words }
    }

    /// «a, b e c».
    #[must_use]
    pub fn list(&self, items: &[impl AsRef<str>]) -> String {
        join_list(&self.file, items, Join::And)
    }

    /// A text of the pages; the key itself where there is none.
    #[must_use]
    pub fn text<'a>(&'a self, key: &'a str) -> &'a str {
        self.file.of_pages(key).unwrap_or(key)
    }

    /// A text with values in the place of their names.
    #[must_use]
    pub fn fill(&self, key: &str, values: &[(&str, &str)]) -> String {
        fill(self.text(key), values)
    }

    /// A text with a number, in the plural form that the number takes: «3 fontes».
    #[must_use]
    pub fn count(&self, key: &str, number: u64) -> String {
        self.counted(|form| self.file.of_pages(form), key, number)
    }

    /// The line of the legend for a kind of date.
    #[must_use]
    pub fn legend(&self, shape: DateShape) -> &str {
        self.file.of_pages(&format!("legend.{}", shape.as_str())).unwrap_or_default()
    }

    /// All texts of the pages, for templates.
    #[must_use]
    pub fn values(&self) -> &toml::Table {
        &self.texts
    }

    /// The quotation marks.
    #[must_use]
    pub fn quotes(&self) -> Quotes<'_> {
        let mark = |key: &str| self.file.get(key);
        Quotes {
            outer: (mark("quotes.outer_open"), mark("quotes.outer_close")),
            inner: (mark("quotes.inner_open"), mark("quotes.inner_close")),
            apostrophe: mark("quotes.apostrophe"),
        }
    }

    /// A number with its thousands apart: «1.234».
    #[must_use]
    pub fn number(&self, number: u64) -> String {
        let digits = number.to_string();
        let group = if digits.len() > 4 { &self.groups[1] } else { &self.groups[0] };
        let mut grouped = String::new();
        for (at, digit) in digits.char_indices() {
            if at > 0 && (digits.len() - at).is_multiple_of(3) {
                grouped.push_str(group);
            }
            grouped.push(digit);
        }
        grouped
    }

    fn whole(&self, date: &EventDate, weekday: bool) -> String {
        match date.written().expression() {
            Expression::Unknown => self.file.get("dates.unknown").to_string(),
            Expression::Moment(_) => self.moment(date, weekday),
            Expression::Edtf(Edtf::Interval(interval)) => self.interval(interval),
            Expression::Edtf(Edtf::Set(set)) => self.set(set),
            Expression::Edtf(Edtf::Date(_)) if weekday && date.shape() == DateShape::Day => {
                self.heading(&date.period())
            }
            Expression::Edtf(Edtf::Date(date)) => self.marked(date, Form::Alone),
            Expression::Edtf(Edtf::DateTime(_)) => self.moment(date, weekday),
        }
    }

    fn moment(&self, date: &EventDate, weekday: bool) -> String {
        let Some(time) = date.clock_time() else { return String::new() };
        let day =
            if weekday { self.day_with_weekday(time.date()) } else { self.day(time.date(), Form::Alone) };
        let precision =
            if date.precision() == Precision::Second { Precision::Second } else { Precision::Minute };
        self.pattern("dates.date_time", &[("date", day), ("time", self.time_of(time, precision))])
    }

    /// The text of a key with a number, in its plural form, which is found by the whole key.
    fn counted<'a>(&self, find: impl Fn(&str) -> Option<&'a str>, key: &'a str, number: u64) -> String {
        let form = |form: &str| find(&format!("{key}.{form}"));
        let pattern = form(self.plurals.form(number)).or_else(|| form("other")).unwrap_or(key);
        fill(pattern, &[("count", &self.number(number))])
    }
}

/// The language of a code without its script and region.
fn primary(language: &str) -> String {
    language.split(['-', '_']).next().unwrap_or_default().to_lowercase()
}

/// `rtl` for the scripts and the languages that are written from right to left.
#[must_use]
pub fn direction_of(language: &str) -> &'static str {
    const SCRIPTS: [&str; 8] = ["arab", "hebr", "thaa", "syrc", "nkoo", "adlm", "rohg", "mand"];
    const LANGUAGES: [&str; 14] =
        ["ar", "arc", "ckb", "dv", "fa", "he", "iw", "ks", "nqo", "ps", "sd", "ug", "ur", "yi"];
    let script = language.split(['-', '_']).skip(1).find(|part| part.len() == 4).map(str::to_lowercase);
    let rtl = match script {
        Some(script) => SCRIPTS.contains(&script.as_str()),
        None => LANGUAGES.contains(&primary(language).as_str()),
    };
    if rtl { "rtl" } else { "ltr" }
}

#[cfg(test)]
mod tests;
