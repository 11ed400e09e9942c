//! The words of a date of EDTF with its marks: unspecified digits, seasons, significant digits, doubts in a part.

use edtf_core::{Date, DateField, Qualifier};

use super::super::day::last_day_of;
use super::super::period::Period;
use super::super::precision::Precision;
use super::super::written::{days, is_masked};
use super::Words;
use super::day_words::Form;
use super::file::fill;
use super::list::{Join, join_list};

impl Words {
    /// A date with its marks: «por volta de julho de 2000», «15 de setembro de 2023 (data incerta)».
    pub(super) fn marked(&self, date: &Date, form: Form) -> String {
        let parts = [
            ("year", Some(date.year.qualifier)),
            ("month", date.month.map(|m| m.qualifier)),
            ("day", date.day.map(|d| d.qualifier)),
        ];
        let present: Vec<(&str, Qualifier)> =
            parts.iter().filter_map(|(name, mark)| Some((*name, (*mark)?))).collect();
        let whole = present.iter().all(|(_, mark)| *mark == present[0].1);
        let mark = present[0].1;
        if !whole {
            return self.marked_parts(&self.unmarked(date, form), &present);
        }
        let pattern = match (mark.uncertain, mark.approximate) {
            (false, false) => return self.unmarked(date, form),
            (true, false) => "qualifiers.uncertain",
            (false, true) if form == Form::After => "qualifiers.approximate_after",
            (false, true) => "qualifiers.approximate",
            (true, true) if form == Form::After => "qualifiers.both_after",
            (true, true) => "qualifiers.both",
        };
        let (alone, after) = (self.unmarked(date, form), self.unmarked(date, Form::After));
        let values = [("date", alone.as_str()), ("date_after", after.as_str())];
        self.contractions.applied(fill(self.file.get(pattern), &values))
    }

    /// «11 de junho de 2004 (aproximado: ano e mês)».
    fn marked_parts(&self, date: &str, parts: &[(&str, Qualifier)]) -> String {
        let note = |key: &str, uncertain: bool, approximate: bool| {
            let mark = Qualifier { uncertain, approximate };
            let name = |part: &str| self.file.get(&format!("qualifiers.{part}")).to_string();
            let names: Vec<String> =
                parts.iter().filter(|(_, found)| *found == mark).map(|(part, _)| name(part)).collect();
            let names = (!names.is_empty()).then(|| join_list(&self.file, &names, Join::And));
            names.map(|names| fill(self.file.get(key), &[("parts", &names)]))
        };
        let notes = [
            note("qualifiers.uncertain_parts", true, false),
            note("qualifiers.approximate_parts", false, true),
            note("qualifiers.both_parts", true, true),
        ];
        let notes: Vec<String> = notes.into_iter().flatten().collect();
        let notes = notes.join(self.file.get("qualifiers.note_separator"));
        fill(self.file.get("qualifiers.parts"), &[("date", date), ("notes", &notes)])
    }

    /// A date without its marks of doubt.
    pub(super) fn unmarked(&self, date: &Date, form: Form) -> String {
        let Some((first, last)) = days(date) else { return String::new() };
        let whole_year = !date.year.has_unspecified();
        match (date.month, date.day) {
            (Some(month), day) if is_masked(date) => {
                let year = Date { month: None, day: None, ..*date };
                let years = self.unmarked(&year, Form::After);
                let known = Known { year: first.year, whole_year, years };
                let spoken = self.unspecified(month, day, &known);
                // «um mês da década de 1560» names its years already.
                let named = whole_year || candidates(month, 12).len() == 12;
                if named { spoken } else { self.in_some_year(spoken, &year) }
            }
            _ if date.year.significant_digits.is_some() && first.year < last.year => {
                self.estimated(date.year.value().unwrap_or(first.year), first.year, last.year, form)
            }
            _ => self.period(&Period::of(date, first, last), form),
        }
    }

    /// A month and day of which digits are missing, with the year where that is known.
    fn unspecified(&self, month: DateField, day: Option<DateField>, known: &Known) -> String {
        let months = candidates(month, 12);
        let years = ("date", known.years.clone());
        match (month.value(), day, day.and_then(DateField::value)) {
            (Some(month), None, _) => self.one_month(month, known),
            (Some(month), Some(_), Some(day)) => {
                self.date_of(&self.day_number(day), month, known, Form::Alone)
            }
            (Some(month), Some(day), None) => self.some_of_days(day, month, known),
            (None, Some(_), Some(day)) => {
                self.pattern("unspecified.day_of_some_month", &[("day", self.day_number(day)), years])
            }
            (None, Some(_), None) if months.len() == 12 => self.pattern("unspecified.some_day", &[years]),
            (None, None, _) if months.len() == 12 => self.pattern("unspecified.some_month", &[years]),
            (None, _, _) => self.some_of_months(&months, known),
        }
    }

    fn one_month(&self, month: u8, known: &Known) -> String {
        if known.whole_year {
            self.month(known.year, month, Form::Alone)
        } else {
            self.calendar.month_name(month).to_string()
        }
    }

    fn date_of(&self, days: &str, month: u8, known: &Known, form: Form) -> String {
        if known.whole_year {
            self.days(days, known.year, month, form)
        } else {
            self.days_of_month(days, month, form)
        }
    }

    /// «entre outubro e dezembro de 1560», «fevereiro ou dezembro de 1560».
    fn some_of_months(&self, months: &[u8], known: &Known) -> String {
        let names: Vec<String> =
            months.iter().map(|month| self.calendar.month_name(*month).to_string()).collect();
        if let (true, [first, .., last]) = (consecutive(months), months) {
            let (start, end) = (self.calendar.month_name(*first).to_string(), self.one_month(*last, known));
            return self.between([start.clone(), start], [end.clone(), end]);
        }
        let list = join_list(&self.file, &names, Join::Or);
        if known.whole_year { self.months(&list, known.year, Form::Alone) } else { list }
    }

    /// «um dia de abril de 1985», «entre 20 e 29 de dezembro de 1560», «10, 20 ou 30 de dezembro de 1560».
    fn some_of_days(&self, day: DateField, month: u8, known: &Known) -> String {
        let length = last_day_of(if known.whole_year { known.year } else { 2000 }, month);
        let days = candidates(day, length);
        let date = |day: u8, form: Form| self.date_of(&self.day_number(day), month, known, form);
        match days.as_slice() {
            all if all.len() == usize::from(length) => {
                self.pattern("unspecified.some_day", &[("date", self.one_month(month, known))])
            }
            [first, .., last] if consecutive(&days) => {
                let start = if self.file.get("dates.day").starts_with("{day}") {
                    let number = self.day_number(*first);
                    [number.clone(), fill(self.file.get("after.day"), &[("date", &number)])]
                } else {
                    [date(*first, Form::Alone), date(*first, Form::After)]
                };
                self.between(start, [date(*last, Form::Alone), date(*last, Form::After)])
            }
            some => {
                let numbers: Vec<String> = some.iter().map(|day| self.day_number(*day)).collect();
                self.date_of(&join_list(&self.file, &numbers, Join::Or), month, known, Form::Alone)
            }
        }
    }

    /// «25 de dezembro de um ano da década de 1560», «dezembro de um ano desconhecido».
    fn in_some_year(&self, spoken: String, year: &Date) -> String {
        if Precision::of(year) == Precision::Ages {
            return self.pattern("unspecified.in_any_year", &[("date", spoken)]);
        }
        let years = self.unmarked(year, Form::After);
        self.pattern("unspecified.in_some_year", &[("date", spoken), ("years", years)])
    }

    fn between(&self, start: [String; 2], end: [String; 2]) -> String {
        let ([start, start_after], [end, end_after]) = (start, end);
        let values = [("start", start), ("start_after", start_after), ("end", end), ("end_after", end_after)];
        self.pattern("unspecified.between", &values)
    }

    /// A pattern of the word file, filled in and contracted.
    pub(super) fn pattern(&self, key: &str, values: &[(&str, String)]) -> String {
        let values: Vec<(&str, &str)> = values.iter().map(|(name, value)| (*name, value.as_str())).collect();
        self.contractions.applied(fill(self.file.get(key), &values))
    }
}

/// What is known of the year of a date with missing digits.
struct Known {
    /// The year, or the first that it may be.
    year: i64,
    /// Whether it is the year.
    whole_year: bool,
    /// The year or the years, after a preposition.
    years: String,
}

/// The numbers up to `last` that a field with missing digits may be.
fn candidates(field: DateField, last: u8) -> Vec<u8> {
    let fits = |number: &u8| {
        field.digits[0].is_none_or(|tens| tens == number / 10)
            && field.digits[1].is_none_or(|ones| ones == number % 10)
    };
    (1..=last).filter(fits).collect()
}

fn consecutive(numbers: &[u8]) -> bool {
    numbers.len() > 2 && numbers.windows(2).all(|pair| pair[1] == pair[0] + 1)
}
