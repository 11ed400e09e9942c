//! The words of ranges, of sets, and of open and unknown ends.

use edtf_core::{Date, Interval, IntervalEndpoint, Set, SetElement, SetKind};

use super::super::day::Day;
use super::super::precision::Precision;
use super::super::written::{days, is_masked};
use super::Words;
use super::day_words::Form;
use super::list::{Join, join_list};
use super::range_words::marked_end;

impl Words {
    /// «12 a 17 de setembro de 2023», «desde 10 de setembro de 2023», «até 1985 (sem início definido)».
    pub(super) fn interval(&self, interval: &Interval) -> String {
        match (&interval.start, &interval.end) {
            (IntervalEndpoint::Date(start), IntervalEndpoint::Date(end)) => self.range(start, end),
            (IntervalEndpoint::Open, end) => self.end("ranges.open_start", end),
            (IntervalEndpoint::Unknown, end) => self.end("ranges.unknown_start", end),
            (start, IntervalEndpoint::Open) => self.start("ranges.open", start),
            (start, IntervalEndpoint::Unknown) => self.start("ranges.unknown_end", start),
            (start, end) => {
                let values =
                    [("start", self.endpoint(start, Form::Alone)), ("end", self.endpoint(end, Form::Alone))];
                self.pattern("ranges.doubtful", &values)
            }
        }
    }

    fn start(&self, key: &str, start: &IntervalEndpoint) -> String {
        self.pattern(
            key,
            &[
                ("start", self.endpoint(start, Form::Alone)),
                ("start_after", self.endpoint(start, Form::After)),
            ],
        )
    }

    fn end(&self, key: &str, end: &IntervalEndpoint) -> String {
        self.pattern(
            key,
            &[("end", self.endpoint(end, Form::Alone)), ("end_after", self.endpoint(end, Form::After))],
        )
    }

    fn endpoint(&self, endpoint: &IntervalEndpoint, form: Form) -> String {
        match endpoint {
            IntervalEndpoint::Date(date) => self.marked(date, form),
            IntervalEndpoint::OnOrBefore(date) => self.limit("ranges.before", date),
            IntervalEndpoint::OnOrAfter(date) => self.limit("ranges.after", date),
            IntervalEndpoint::Open | IntervalEndpoint::Unknown => self.file.get("dates.unknown").to_string(),
        }
    }

    /// «até 12 de setembro de 2023», «não antes de 12 de setembro de 2023».
    pub(super) fn limit(&self, key: &str, date: &Date) -> String {
        self.pattern(
            key,
            &[("date", self.marked(date, Form::Alone)), ("date_after", self.marked(date, Form::After))],
        )
    }

    fn range(&self, start: &Date, end: &Date) -> String {
        match (plain(start), plain(end)) {
            (Some((start, Precision::Day)), Some((end, Precision::Day))) => self.range_of_days(start, end),
            (Some((start, Precision::Month)), Some((end, Precision::Month)))
                if self.native && start.year == end.year =>
            {
                let names = [start, end].map(|day| self.calendar.month_name(day.month).to_string());
                let [first, last] = names;
                if first == last {
                    return self.month(start.year, start.month, Form::Alone);
                }
                let values = [("start_month", first), ("end_month", last)].map(marked_end);
                let months = self.pattern("ranges.months", &values);
                self.months(&months, start.year, Form::Alone)
            }
            (Some((start, Precision::Year)), Some((end, Precision::Year))) => {
                let values = [
                    ("start", self.year(start.year, Form::Alone)),
                    ("end", self.year(end.year, Form::Alone)),
                ];
                self.pattern("ranges.years", &values.map(marked_end))
            }
            (Some(_), Some(_)) => self.pattern("ranges.long", &self.both(start, end).map(marked_end)),
            _ => self.pattern("ranges.doubtful", &self.both(start, end)),
        }
    }

    fn range_of_days(&self, start: Day, end: Day) -> String {
        let same_month = start.year == end.year && start.month == end.month;
        if self.native && start == end {
            return self.day(start, Form::Alone);
        }
        if self.native && same_month {
            let values = [("start_day", self.day_number(start.day)), ("end_day", self.day_number(end.day))];
            let days = self.pattern("ranges.days", &values.map(marked_end));
            return self.days(&days, start.year, start.month, Form::Alone);
        }
        let short = self.native && start.year == end.year;
        let start_in = |form: Form| {
            if short { self.day_of_month(start.day, start.month, form) } else { self.day(start, form) }
        };
        let values = [
            ("start", start_in(Form::Alone)),
            ("start_after", start_in(Form::After)),
            ("end", self.day(end, Form::Alone)),
            ("end_after", self.day(end, Form::After)),
        ];
        let key = if short { "ranges.days_of_year" } else { "ranges.long" };
        self.pattern(key, &values.map(marked_end))
    }

    fn both(&self, start: &Date, end: &Date) -> [(&'static str, String); 4] {
        [
            ("start", self.marked(start, Form::Alone)),
            ("start_after", self.marked(start, Form::After)),
            ("end", self.marked(end, Form::Alone)),
            ("end_after", self.marked(end, Form::After)),
        ]
    }

    /// «15 ou 16 de setembro de 2023», «1667, 1668 e 1670 a 1672», «até 1984».
    pub(super) fn set(&self, set: &Set) -> String {
        let join = match set.kind {
            SetKind::AllMembers => Join::And,
            SetKind::OneMember => Join::Or,
        };
        let dates = set.elements.iter().map(single).collect::<Option<Vec<Date>>>();
        if let Some(text) = dates.and_then(|dates| self.short_set(&dates, join)) {
            return text;
        }
        let items: Vec<String> = set.elements.iter().map(|element| self.element(element, set.kind)).collect();
        join_list(&self.file, &items, join)
    }

    fn element(&self, element: &SetElement, kind: SetKind) -> String {
        let [before, after] = match kind {
            SetKind::OneMember => ["ranges.before", "ranges.after"],
            SetKind::AllMembers => ["ranges.all_before", "ranges.all_after"],
        };
        match element {
            SetElement::Date(date) => self.marked(date, Form::Alone),
            SetElement::OnOrBefore(date) => self.limit(before, date),
            SetElement::OnOrAfter(date) => self.limit(after, date),
            SetElement::Range(start, end) => self.range(start, end),
        }
    }

    /// Days of one month, or months of one year, said once.
    fn short_set(&self, dates: &[Date], join: Join) -> Option<String> {
        let known: Vec<(Day, Precision)> = dates.iter().map(plain).collect::<Option<_>>()?;
        let (first, precision) = known.first().copied()?;
        let same =
            |day: &Day| day.year == first.year && (precision == Precision::Month || day.month == first.month);
        let alike = known.iter().all(|(day, other)| *other == precision && same(day));
        if !self.native || !alike || known.len() < 2 {
            return None;
        }
        let list = |names: Vec<String>| join_list(&self.file, &names, join);
        match precision {
            Precision::Day => {
                let numbers = list(known.iter().map(|(day, _)| self.day_number(day.day)).collect());
                Some(self.days(&numbers, first.year, first.month, Form::Alone))
            }
            Precision::Month => {
                let names = known.iter().map(|(day, _)| self.calendar.month_name(day.month));
                let names = list(names.map(str::to_string).collect());
                Some(self.months(&names, first.year, Form::Alone))
            }
            _ => None,
        }
    }
}

fn single(element: &SetElement) -> Option<Date> {
    match element {
        SetElement::Date(date) => Some(*date),
        _ => None,
    }
}

/// The first day and the precision of a date without doubt and without missing digits.
fn plain(date: &Date) -> Option<(Day, Precision)> {
    let marked = date.is_uncertain() || date.is_approximate() || is_masked(date);
    let (first, _) = days(date).filter(|_| !marked && date.year.significant_digits.is_none())?;
    Some((first, Precision::of(date)))
}
