//! The words of one whole date: a day, a month, a year, a season or a span, alone or after a preposition.

use super::super::day::Day;
use super::super::period::Period;
use super::Words;
use super::file::fill;

/// Where the words of a date stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Form {
    /// By themselves: «13 de septiembre de 2023», «década de 2010».
    Alone,
    /// After a preposition: «el 13 de septiembre de 2023», «a década de 2010».
    After,
}

impl Words {
    /// A day with its weekday.
    pub(super) fn day_with_weekday(&self, day: Day) -> String {
        if let Some(date) = self.foreign(|| self.calendar.full_date(day)) {
            return date;
        }
        let (date, weekday) = (self.day(day, Form::Alone), self.calendar.weekday_name(day));
        fill(self.file.get("dates.day_with_weekday"), &[("date", &date), ("weekday", weekday)])
    }

    /// A day.
    pub(super) fn day(&self, day: Day, form: Form) -> String {
        match self.foreign(|| self.calendar.date(day)) {
            Some(date) => date,
            None => self.days(&self.day_number(day.day), day.year, day.month, form),
        }
    }

    /// A day whose number is `days`, as «12 a 17» or «15 ou 16».
    pub(super) fn days(&self, days: &str, year: i64, month: u8, form: Form) -> String {
        let (name, year) = (self.calendar.month_name(month), self.year_number(year));
        let day_month = self.calendar.day_of_month(days, month);
        let values = [("day", days), ("month", name), ("day_month", &day_month), ("year", &year)];
        self.formed("after.day", fill(self.file.get("dates.day"), &values), form)
    }

    /// A day without its year.
    pub(super) fn day_of_month(&self, day: u8, month: u8, form: Form) -> String {
        self.days_of_month(&self.day_number(day), month, form)
    }

    /// A day without its year, whose number is `days`.
    pub(super) fn days_of_month(&self, days: &str, month: u8, form: Form) -> String {
        let (name, day_month) = (self.calendar.month_name(month), self.calendar.day_of_month(days, month));
        if !self.native {
            return day_month;
        }
        let values = [("day", days), ("month", name), ("day_month", &day_month)];
        self.formed("after.day", fill(self.file.get("dates.day_of_month"), &values), form)
    }

    /// A month.
    pub(super) fn month(&self, year: i64, month: u8, form: Form) -> String {
        match self.foreign(|| self.calendar.month_of_year(year, month)) {
            Some(date) => date,
            None => self.months(self.calendar.month_name(month), year, form),
        }
    }

    /// A month whose name is `months`, as «julho a setembro».
    pub(super) fn months(&self, months: &str, year: i64, form: Form) -> String {
        let values = [("month", months), ("year", &self.year_number(year))];
        self.formed("after.month", fill(self.file.get("dates.month"), &values), form)
    }

    /// A year.
    pub(super) fn year(&self, year: i64, form: Form) -> String {
        match self.foreign(|| self.calendar.year(year)) {
            Some(date) => date,
            None if year > 9999 => fill(
                self.file.get(&format!("spans.far_year.{}", form.key())),
                &[("year", &self.year_number(year))],
            ),
            None => {
                let number = self.year_number(year);
                self.formed("after.year", fill(self.file.get("dates.year"), &[("year", &number)]), form)
            }
        }
    }

    /// A season, a quarter or another part of a year.
    pub(super) fn season(&self, year: i64, code: u8, form: Form) -> String {
        let key = format!("seasons.{code}.{}", form.key());
        fill(self.file.get(&key), &[("year", &self.year_number(year))])
    }

    /// Several years, both ends included.
    pub(super) fn span(&self, from: i64, to: i64, form: Form) -> String {
        let name = match to.saturating_sub(from) {
            9 if from >= 1000 && from % 10 == 0 => "decade",
            99 if from >= 1000 && from % 100 == 0 => "century",
            9999 if from == 0 => "any_year",
            _ => "years",
        };
        let (start, end) = (self.year_number(from), self.year_number(to));
        fill(self.file.get(&format!("spans.{name}.{}", form.key())), &[("from", &start), ("to", &end)])
    }

    /// A year of which only the first digits count: «1950 (estimado, entre 1900 e 1999)».
    pub(super) fn estimated(&self, year: i64, from: i64, to: i64, form: Form) -> String {
        let [year, from, to] = [year, from, to].map(|year| self.year_number(year));
        let key = format!("spans.estimated.{}", form.key());
        fill(self.file.get(&key), &[("year", &year), ("from", &from), ("to", &to)])
    }

    /// What a heading says.
    pub(super) fn period(&self, period: &Period, form: Form) -> String {
        match *period {
            Period::Unknown => self.file.get("dates.unknown").to_string(),
            Period::Span { from, to } => self.span(from, to, form),
            Period::Year(year) => self.year(year, form),
            Period::Season { year, code } => self.season(year, code, form),
            Period::Month { year, month } => self.month(year, month, form),
            Period::Day(day) => self.day(day, form),
        }
    }

    /// The number of a day, «1º» where the language says so.
    pub(super) fn day_number(&self, day: u8) -> String {
        if day == 1 { self.file.get("dates.first_day").to_string() } else { day.to_string() }
    }

    /// The number of a year with its era where it needs one: astronomical −43 is «44 a.C.».
    fn year_number(&self, year: i64) -> String {
        match year {
            ..1 => {
                fill(self.file.get("dates.year_before"), &[("year", &self.large(year.unsigned_abs() + 1))])
            }
            1..1000 => fill(self.file.get("dates.year_early"), &[("year", &year.to_string())]),
            _ => self.large(year.unsigned_abs()),
        }
    }

    /// A year beyond four digits is grouped, others are not.
    fn large(&self, year: u64) -> String {
        if year < 10_000 { year.to_string() } else { self.number(year) }
    }

    /// The language's own words where its word file is another language's.
    fn foreign(&self, words: impl FnOnce() -> Option<String>) -> Option<String> {
        if self.native { None } else { words() }
    }

    fn formed(&self, after: &str, date: String, form: Form) -> String {
        match form {
            Form::Alone => date,
            Form::After => fill(self.file.get(after), &[("date", &date)]),
        }
    }
}

impl Form {
    fn key(self) -> &'static str {
        match self {
            Self::Alone => "alone",
            Self::After => "after",
        }
    }
}
