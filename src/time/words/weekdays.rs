//! Weekdays that do not fit the dates beside them: one text of a language in, the wrong ones out.
//!
//! Only what leaves no doubt is told: a weekday's whole name right before or behind a date with day, month and year; and
//! where a text is about a day, also a date without its year, and a day of the month in brackets («quarta-feira (13)», as
//! newspapers write), each taken as the nearest one to that day.

use std::ops::Range;

use super::super::day::Day;
use super::Words;

/// A weekday that is not that of its date.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WrongWeekday {
    /// The bytes of the text that name it.
    pub range: Range<usize>,
    /// The weekday that the date has.
    pub right: String,
    /// The date.
    pub day: Day,
}

/// Reads the weekdays of a language.
#[derive(Debug)]
pub struct Weekdays {
    /// The seven names, with a day that has it.
    names: Vec<(String, Day)>,
    /// The names of the months, alone and within a date, with their numbers.
    months: Vec<(String, u8)>,
}

/// Words that may stand within a date, in the languages that write such.
const JOINTS: [&str; 8] = ["de", "del", "of", "the", "den", "dem", "le", "el"];

/// A word of the text, in lower case, with its bytes.
struct Word {
    text: String,
    range: Range<usize>,
}

impl Weekdays {
    /// Those of a language.
    #[must_use]
    pub fn of(words: &Words) -> Self {
        // 1 to 7 January 2024 are Monday to Sunday.
        let week = (1..=7).filter_map(|day| Day::new(2024, 1, day));
        let names = week.map(|day| (words.calendar.weekday_name(day).to_lowercase(), day)).collect();
        let mut months = Vec::new();
        for month in 1..=12 {
            months.push((words.calendar.month_name(month).to_lowercase(), month));
            let within = words.calendar.day_of_month("28", month).to_lowercase();
            let longest = within.split(|c: char| !c.is_alphabetic()).max_by_key(|word| word.chars().count());
            months.extend(longest.map(|name| (name.to_string(), month)));
        }
        months.retain(|(name, _)| name.chars().all(char::is_alphabetic) && !name.is_empty());
        Self { names, months }
    }

    /// The wrong ones in a text, which may be about a day.
    #[must_use]
    pub fn wrong_in(&self, text: &str, about: Option<Day>) -> Vec<WrongWeekday> {
        let words = words(text);
        let mut wrong = Vec::new();
        for (at, word) in words.iter().enumerate() {
            let Some(said) = self.names.iter().find(|(name, _)| *name == word.text) else { continue };
            // With a date on either side it may belong to either.
            let days = [
                self.date_after(&words, at, text, about),
                self.date_before(&words, at, text, about),
                about.and_then(|about| in_brackets(&words, at, text, about)),
            ];
            let days: Vec<Day> = days.into_iter().flatten().collect();
            if let Some(day) = days.first()
                && !days.iter().any(|day| same_weekday(*day, said.1))
            {
                let right = self.names.iter().find(|(_, known)| same_weekday(*day, *known));
                let right = right.map(|(name, _)| name.clone()).unwrap_or_default();
                wrong.push(WrongWeekday { range: word.range.clone(), right, day: *day });
            }
        }
        wrong
    }

    /// The date that begins right after a word: «quarta-feira, 13 de setembro de 2023».
    fn date_after(&self, words: &[Word], at: usize, text: &str, about: Option<Day>) -> Option<Day> {
        let start = (at + 1..words.len()).find(|next| !JOINTS.contains(&words[*next].text.as_str()))?;
        let (day, _) = self.date(words, start, text, about)?;
        let close = start - at <= 2 && joined(text, words, at, start, &[',', '(']);
        close.then_some(day)
    }

    /// The date that ends right before a word, with a comma or a bracket between: «13 de setembro de 2023, quarta-feira».
    fn date_before(&self, words: &[Word], at: usize, text: &str, about: Option<Day>) -> Option<Day> {
        let starts = at.saturating_sub(6)..at;
        let (day, _) =
            starts.filter_map(|start| self.date(words, start, text, about)).find(|(_, end)| *end == at)?;
        let between = text[words[at - 1].range.end..words[at].range.start].trim();
        (matches!(between, "," | "(")).then_some(day)
    }

    /// The date that begins with a word, and the index of the word after it.
    fn date(&self, words: &[Word], start: usize, text: &str, about: Option<Day>) -> Option<(Day, usize)> {
        let first = words.get(start).filter(|word| !JOINTS.contains(&word.text.as_str()))?;
        let (second, at) = part(words, start + 1, text)?;
        let (day, month) = match (self.month(&first.text), self.month(&words[second].text)) {
            (None, Some(month)) => (&first.text, month),
            (Some(month), None) => (&words[second].text, month),
            _ => return None,
        };
        let day = number(day)?;
        let third = part(words, at, text).map(|(third, end)| (&words[third].text, end));
        match third.filter(|(word, _)| word.starts_with(|c: char| c.is_ascii_digit())) {
            Some((year, end)) => {
                let year = year.parse().ok().filter(|_| year.len() == 4)?;
                Some((Day::new(year, month, day)?, end))
            }
            None => {
                let about = about?;
                let years = (about.year - 1..=about.year + 1).filter_map(|year| Day::new(year, month, day));
                Some((nearest(years, about, A_SEASON)?, at))
            }
        }
    }

    fn month(&self, word: &str) -> Option<u8> {
        self.months.iter().find(|(name, _)| name == word).map(|(_, month)| *month)
    }
}

/// The next word from an index on that is no joint, and the index of the word after it; nothing but spaces and a mark
/// stands between the words on the way.
fn part(words: &[Word], from: usize, text: &str) -> Option<(usize, usize)> {
    let at = (from..words.len()).find(|at| !JOINTS.contains(&words[*at].text.as_str()))?;
    joined(text, words, from - 1, at, &[',', '.']).then_some((at, at + 1))
}

/// The day of the month that stands in brackets behind a word.
fn in_brackets(words: &[Word], at: usize, text: &str, about: Day) -> Option<Day> {
    let next = words.get(at + 1)?;
    let between = &text[words[at].range.end..next.range.start];
    if between.trim_start() != "(" || !text[next.range.end..].starts_with(')') {
        return None;
    }
    let day = number(&next.text)?;
    let months = (-1..=1).filter_map(|months| {
        let month = i64::from(about.month) - 1 + months;
        Day::new(about.year + month.div_euclid(12), u8::try_from(month.rem_euclid(12) + 1).ok()?, day)
    });
    nearest(months, about, A_WEEK)
}

/// How far a date without its year may be from the day that a text is about, and a day without its month; in days.
const A_SEASON: i64 = 120;
const A_WEEK: i64 = 7;

fn nearest(days: impl Iterator<Item = Day>, about: Day, most: i64) -> Option<Day> {
    let distance = |day: &Day| (day.number() - about.number()).abs();
    days.min_by_key(distance).filter(|day| distance(day) <= most)
}

fn same_weekday(one: Day, other: Day) -> bool {
    (one.number() - other.number()).rem_euclid(7) == 0
}

/// A day of the month: `13`, `1º`, `13th`.
fn number(word: &str) -> Option<u8> {
    let digits = word.trim_end_matches(|c: char| !c.is_ascii_digit());
    let ending = &word[digits.len()..];
    let is_day = matches!(ending, "" | "º" | "ª" | "o" | "st" | "nd" | "rd" | "th" | "er");
    digits.parse().ok().filter(|_| is_day)
}

/// Whether nothing stands between two words but spaces and some marks.
fn joined(text: &str, words: &[Word], from: usize, to: usize, marks: &[char]) -> bool {
    (from..to).all(|at| {
        let between = &text[words[at].range.end..words[at + 1].range.start];
        between.chars().all(|c| c == ' ' || c == '\u{a0}' || c == '\n' || marks.contains(&c))
            && between.matches('\n').count() < 2
    })
}

fn words(text: &str) -> Vec<Word> {
    let mut words: Vec<Word> = Vec::new();
    let is_inner = |c: char| c.is_alphanumeric() || c == '-' || c == '\'' || c == '’';
    let mut start = None;
    for (at, c) in text.char_indices().chain([(text.len(), ' ')]) {
        match (start, is_inner(c)) {
            (None, true) => start = Some(at),
            (Some(from), false) => {
                words.push(Word { text: text[from..at].to_lowercase(), range: from..at });
                start = None;
            }
            _ => {}
        }
    }
    words
}

#[cfg(test)]
mod tests {
    use super::{Day, Weekdays};
    use crate::time::Words;

    fn wrong(language: &str, text: &str) -> Vec<(String, String)> {
        wrong_about(language, text, None)
    }

    fn wrong_about(language: &str, text: &str, about: Option<Day>) -> Vec<(String, String)> {
        let path = std::path::Path::new("words.toml");
        let words = Words::read(language, Words::ENGLISH, path).unwrap();
        let found = Weekdays::of(&words).wrong_in(text, about);
        found.into_iter().map(|wrong| (text[wrong.range].to_string(), wrong.right)).collect()
    }

    #[test]
    fn a_weekday_beside_a_date_that_it_does_not_fit_is_wrong() {
        let cases = [
            ("pt-BR", "Na quinta-feira, 13 de setembro de 2023, fecha.", "quinta-feira", "quarta-feira"),
            ("pt-BR", "Em 1º de setembro de 2023 (sábado) abre.", "sábado", "sexta-feira"),
            (
                "pt-BR",
                "Terça-feira, dia 13 não; quinta-feira,\n13 de setembro de 2023.",
                "quinta-feira",
                "quarta-feira",
            ),
            ("en", "On Thursday, September 13, 2023, it closed.", "Thursday", "wednesday"),
            ("en", "On Thursday the 13th of September 2023 it closed.", "Thursday", "wednesday"),
            ("en", "On 13 September 2023, Thursday, it closed.", "Thursday", "wednesday"),
            ("es", "El jueves 13 de septiembre de 2023 cierra.", "jueves", "miércoles"),
            ("de", "Am Donnerstag, dem 13. September 2023, schließt sie.", "Donnerstag", "mittwoch"),
            ("fr", "Le jeudi 13 septembre 2023, il ferme.", "jeudi", "mercredi"),
            ("ru", "четверг, 13 сентября 2023", "четверг", "среда"),
        ];
        for (language, text, said, right) in cases {
            assert_eq!(wrong(language, text), [(said.to_string(), right.to_string())], "{text}");
        }
    }

    #[test]
    fn in_a_text_about_a_day_a_date_may_lack_its_year_and_its_month() {
        // A Wednesday.
        let about = Day::new(2023, 9, 13);
        let cases = [
            ("pt-BR", "Na quinta-feira, 13 de setembro, fecha.", "quinta-feira", "quarta-feira"),
            ("pt-BR", "Na quinta-feira, 13 de setembro. 2023 foi assim.", "quinta-feira", "quarta-feira"),
            ("pt-BR", "Abriu em 1º de setembro (sábado).", "sábado", "sexta-feira"),
            ("pt-BR", "Fecha na quinta-feira (13), de noite.", "quinta-feira", "quarta-feira"),
            ("en", "On Thursday, September 13, it closed.", "Thursday", "wednesday"),
            ("en", "On Friday, December 29, it opens.", "Friday", ""),
            ("es", "El jueves 13 de septiembre cierra.", "jueves", "miércoles"),
        ];
        for (language, text, said, right) in cases {
            let expected: Vec<_> =
                (!right.is_empty()).then(|| (said.to_string(), right.to_string())).into_iter().collect();
            assert_eq!(wrong_about(language, text, about), expected, "{text}");
        }
        let right = [
            "Na quarta-feira, 13 de setembro, fecha.",
            "Na quarta-feira (13) fecha.",
            "Na quinta-feira (14) abre, e na terça-feira (12) também não.",
            "Na quinta-feira (3) de maio",
            "Na quinta-feira (13 pessoas)",
            "Na quinta-feira (29)",
            "Na quinta-feira, 13 de abril",
        ];
        for text in right {
            assert_eq!(wrong_about("pt-BR", text, about), [], "{text}");
        }
        let new_year = Day::new(2024, 1, 2);
        let found =
            wrong_about("pt-BR", "Na segunda-feira, 31 de dezembro, e na segunda-feira (31).", new_year);
        assert_eq!(found.len(), 2, "it was a Sunday: {found:?}");
    }

    #[test]
    fn what_may_be_right_is_left_alone() {
        let cases = [
            ("pt-BR", "Na quarta-feira, 13 de setembro de 2023, fecha."),
            ("pt-BR", "Na quinta-feira, 13 de setembro, fecha."),
            ("pt-BR", "Em 12 de setembro de 2023, terça-feira, 13 de setembro de 2023 é véspera."),
            ("pt-BR", "Em 13 de setembro de 2023 quinta-feira ainda era longe."),
            ("pt-BR", "Na quinta-feira. Em 13 de setembro de 2023, fechou."),
            ("pt-BR", "Fecha na quinta-feira\n\n13 de setembro de 2023"),
            ("en", "On 13 September 2023 Thursday's meeting was moved."),
            ("en", "The report of Thursday on the events of 13 September 2023"),
            ("en", "Thursday, 31 September 2023"),
            ("en", "Thursday 13 September 20235"),
        ];
        for (language, text) in cases {
            assert_eq!(wrong(language, text), [], "{text}");
        }
    }
}
