//! The words under a strip's axis: a stretch of time comes in, its ticks in the words of a language go out.
//!
//! The first tick of a stretch says its date in full, the others what they add to it.

use crate::strip::{Label, Stretch};
use crate::time::{Day, Instant, Period, Precision, Words, Zone};

/// The most ticks of a stretch, about.
const MOST: i64 = 10;
const DAY: i64 = 86_400;

/// What is between two ticks.
#[derive(Debug, Clone, Copy)]
enum Step {
    Seconds(i64),
    Days(i64),
    Months(i64),
    Years(i64),
}

/// The ticks of a stretch, none finer than `finest`; `before` is the stretch before it.
pub(super) fn labels(
    (words, clock): (&Words, Zone),
    before: Option<Stretch>,
    stretch: Stretch,
    finest: Precision,
) -> Vec<Label> {
    let years =
        before.map(|before| [before.from, before.to].map(|at| Instant::from_seconds(at).local(&clock).year));
    let year_before = years.filter(|[first, last]| first == last).map(|[year, _]| year);
    let axis = Axis { words, clock, stretch, year_before, step: step(stretch, finest) };
    let ticks = axis.ticks();
    let mut labels: Vec<Label> = ticks
        .iter()
        .enumerate()
        .map(|(index, at)| Label {
            at: *at,
            texts: if index == 0 { axis.in_full(*at) } else { vec![axis.added(ticks[0], *at)] },
        })
        .collect();
    if labels.is_empty() {
        let middle = stretch.from / 2 + stretch.to / 2;
        labels.push(Label { at: middle, texts: axis.in_full(middle) });
    }
    labels
}

/// The step by which a stretch has about ten ticks at the most.
fn step(stretch: Stretch, finest: Precision) -> Step {
    let length = stretch.to.saturating_sub(stretch.from).max(1);
    let enough = |step: i64, unit: i64| length / (step * unit) <= MOST;
    let of = |steps: &[i64], unit: i64| steps.iter().copied().find(|step| enough(*step, unit));
    let seconds = || of(&[60, 300, 600, 900, 1800, 3600, 10_800, 21_600, 43_200], 1).map(Step::Seconds);
    let days = || of(&[1, 2, 5, 10], DAY).map(Step::Days);
    let months = || of(&[1, 3], 30 * DAY).map(Step::Months);
    let timed = finest >= Precision::Minute && length < 2 * DAY;
    let found = if timed { seconds() } else { None };
    let found = found.or_else(|| (finest >= Precision::Day).then(days).flatten());
    // A longer time is named by its years.
    let monthly = finest >= Precision::Month && length < 420 * DAY;
    let found = found.or_else(|| monthly.then(months).flatten());
    found.unwrap_or_else(|| {
        let tens = (0..17).map(|power| 10_i64.pow(power)).flat_map(|ten| [ten, 2 * ten, 5 * ten]);
        let years = length / (365 * DAY);
        Step::Years(tens.into_iter().find(|step| years / step <= MOST).unwrap_or(i64::MAX))
    })
}

/// What the ticks of one stretch are made with.
struct Axis<'a> {
    words: &'a Words,
    clock: Zone,
    stretch: Stretch,
    /// The one year that the stretch before it is in.
    year_before: Option<i64>,
    step: Step,
}

impl Axis<'_> {
    fn ticks(&self) -> Vec<i64> {
        let Stretch { from, to } = self.stretch;
        let [first, last] = [from, to].map(|at| Instant::from_seconds(at).local(&self.clock));
        let begun: Vec<i64> = match self.step {
            Step::Seconds(step) => {
                let offset = i64::from(first.offset_seconds);
                let start = (from + offset).div_euclid(step);
                (start..=start + 2 * MOST).map(|count| count * step - offset).collect()
            }
            Step::Days(step) => {
                // Of a day that has passed its noon, the middle is not on the axis.
                let start = first.date().number() + i64::from(first.hour >= 12);
                (start..=last.date().number())
                    .step_by(usize_of(step))
                    .map(|day| self.middle(day, day + 1))
                    .collect()
            }
            Step::Months(step) => {
                let months = |day: Day| day.year * 12 + i64::from(day.month) - 1;
                let start = months(first.date()).div_euclid(step) * step;
                let all = (start..=months(last.date())).step_by(usize_of(step));
                all.map(|months| self.middle(month(months).number(), month(months + 1).number())).collect()
            }
            Step::Years(step) => {
                let start = first.year.div_euclid(step);
                let all = (start..=start + 2 * MOST).map(|count| year(count.saturating_mul(step), step));
                let within = all.take_while(|day| day.year <= last.year);
                let next = |day: Day| Day { year: day.year + 1, ..day };
                within.map(|day| self.middle(day.number(), next(day).number())).collect()
            }
        };
        begun.into_iter().filter(|at| (from..=to).contains(at)).collect()
    }

    /// The middle of a day, a month or a year, under which its name stands; `end` is the day after it.
    fn middle(&self, first: i64, end: i64) -> i64 {
        let offset = Instant::from_seconds(self.stretch.from).local(&self.clock).offset_seconds;
        first.saturating_add(end).saturating_mul(DAY / 2).saturating_sub(i64::from(offset))
    }

    /// The first tick: in full, and shorter for where there is no room.
    fn in_full(&self, at: i64) -> Vec<String> {
        let time = Instant::from_seconds(at).local(&self.clock);
        let (day, words) = (time.date(), self.words);
        let year = words.heading(&Period::Year(day.year));
        let month = words.heading(&Period::Month { year: day.year, month: day.month });
        // The year again would say nothing.
        let known = self.year_before == Some(day.year);
        let least = if known { words.axis_next_month(day.year, day.year, day.month) } else { year.clone() };
        match self.step {
            Step::Seconds(_) => vec![words.axis_time(time), words.axis_day(day), month, least],
            Step::Days(_) => vec![words.axis_day(day), month, least],
            Step::Months(_) => vec![month, least],
            Step::Years(_) => vec![year],
        }
    }

    /// Another tick: what it adds to the first.
    fn added(&self, first: i64, at: i64) -> String {
        let [first, time] = [first, at].map(|at| Instant::from_seconds(at).local(&self.clock));
        let (day, words) = (time.date(), self.words);
        match self.step {
            Step::Seconds(_) => words.axis_next_time(time),
            Step::Days(_) => words.axis_next_day(first.date(), day),
            Step::Months(_) => words.axis_next_month(first.year, day.year, day.month),
            Step::Years(_) => words.heading(&Period::Year(day.year)),
        }
    }
}

/// The first day of a month, counted from January of the year 0.
fn month(months: i64) -> Day {
    let month = u8::try_from(months.rem_euclid(12) + 1).expect("a month is below 13");
    Day { year: months.div_euclid(12), month, day: 1 }
}

/// The first day of a year. Before our era, hundreds are counted as people count them: 100 BC is the year −99.
fn year(year: i64, step: i64) -> Day {
    Day { year: if year <= 0 && step > 1 { year + 1 } else { year }, month: 1, day: 1 }
}

fn usize_of(step: i64) -> usize {
    usize::try_from(step).expect("a step is above zero")
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::{Precision, Stretch, Words, Zone, labels};
    use crate::time::{EventDate, WrittenDate};

    /// The labels of what lies between two dates, the first of them in all its forms.
    fn ticks(from: &str, to: &str, finest: Precision) -> Vec<String> {
        let clock = Zone::parse("America/Sao_Paulo").unwrap();
        let words = include_str!("../../templates/words/pt-BR.toml");
        let words = Words::read("pt-BR", words, Path::new("pt-BR.toml")).unwrap();
        let place = |text: &str| EventDate::place(&WrittenDate::parse(text).unwrap(), clock, clock).0;
        let from = place(from).earliest().instant().unwrap().seconds();
        let to = place(to).latest().instant().unwrap().seconds();
        let labels = labels((&words, clock), None, Stretch { from, to }, finest);
        labels.into_iter().map(|label| label.texts.join(" | ")).collect()
    }

    #[test]
    fn the_first_tick_is_in_full_and_the_others_add_to_it() {
        assert_eq!(
            ticks("2023-09-29", "2023-10-02", Precision::Day),
            ["29 de setembro de 2023 | setembro de 2023 | 2023", "30", "1º de outubro", "2 de outubro"]
        );
        assert_eq!(
            ticks("2023-11", "2024-02", Precision::Month),
            ["novembro de 2023 | 2023", "dezembro", "2024", "fevereiro de 2024"]
        );
        assert_eq!(ticks("1998", "2000", Precision::Year), ["1998", "1999", "2000"]);
        assert_eq!(
            ticks("2023-09-12T23:00", "2023-09-13T01:00", Precision::Minute)[..3],
            [
                "12 de setembro de 2023, 23h | 12 de setembro de 2023 | setembro de 2023 | 2023",
                "23h15",
                "23h30"
            ]
        );
    }

    #[test]
    fn no_tick_is_finer_than_the_dates() {
        assert_eq!(ticks("2000-07", "2000-07", Precision::Month), ["julho de 2000 | 2000"]);
        assert_eq!(ticks("2000", "2000", Precision::Year), ["2000"]);
        assert_eq!(ticks("2000-07-03", "2000-07-03", Precision::Month), ["julho de 2000 | 2000"]);
    }

    #[test]
    fn long_times_have_round_years_and_few_of_them() {
        assert_eq!(
            ticks("-0150", "0250", Precision::Year),
            [
                "150 a.C.", "100 a.C.", "50 a.C.", "1 d.C.", "50 d.C.", "100 d.C.", "150 d.C.", "200 d.C.",
                "250 d.C."
            ]
        );
        assert!(ticks("Y-170000000", "Y170000000", Precision::Year).len() <= 12);
    }
}
