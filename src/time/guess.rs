//! A guess at what an editor meant by a text that is no date; only a guess that is a date itself is told.

use super::day::Day;
use super::guess_words::{MONTHS, about, decade, era, month_in_words, unknown_in_words};
use super::written::is_date;

/// A sentence with what to write instead of `text`; `None` where nothing comes to mind.
pub(super) fn what_was_meant(text: &str) -> Option<String> {
    let text = text.trim();
    let guesses: [fn(&str) -> Option<String>; 17] = [
        unknown_in_words,
        open_end,
        brackets,
        day_and_month,
        closed_words,
        turned_range,
        midnight,
        padded_time,
        loose_range,
        numbers,
        era,
        decade,
        about,
        month_in_words,
        long_year,
        letters,
        masked_before_our_era,
    ];
    let guess = guesses.iter().find_map(|guess| guess(text).filter(|date| readable(date)));
    guess.map(|date| format!("write {date}")).or_else(|| advice(text))
}

/// Whether a guess, which may name two dates with « or » between them, can be read.
fn readable(guess: &str) -> bool {
    guess.split(" or ").all(|date| is_date(date.split(" for ").next().unwrap_or(date)))
}

/// What to do where no single text can be offered.
fn advice(text: &str) -> Option<String> {
    let timed = text.contains('T') && text.contains(':');
    let advice = if timed && text.contains('/') {
        "a range goes from day to day: leave out its times"
    } else if timed && text.ends_with(['?', '~', '%']) {
        "a time of day takes no mark: write the day with the mark, and the time in `date_note`"
    } else if timed && text.contains('.') {
        "leave out the parts of a second"
    } else if timed && text.contains('[') {
        "name the zone in `timezone`"
    } else {
        return None;
    };
    Some(advice.to_string())
}

/// `1985-`: from then on.
fn open_end(text: &str) -> Option<String> {
    Some(format!("{}/..", text.strip_suffix(['-', '–'])?.trim_end()))
}

/// `..1984`, `[1984,1985`: a set without its brackets.
fn brackets(text: &str) -> Option<String> {
    match text.chars().next()? {
        '[' => Some(format!("{}]", text.trim_end_matches(']'))),
        '{' => Some(format!("{}}}", text.trim_end_matches('}'))),
        _ if text.starts_with("..") || text.ends_with("..") => Some(format!("[{text}]")),
        _ => None,
    }
}

/// `2023-13-09`: the month and the day have changed places. A month beyond 12 without a day ends a range of years.
fn day_and_month(text: &str) -> Option<String> {
    let parts: Vec<&str> = text.split('-').collect();
    match parts.as_slice() {
        [year, day, month] if year.len() == 4 && day.parse::<u8>().is_ok_and(|day| day > 12) => {
            Some(format!("{year}-{month}-{day}"))
        }
        [from, to] if from.len() == 4 && to.len() == 4 => Some(format!("{from}/{to}")),
        [from, to] if to.len() == 2 => {
            let (century, years) = from.split_at_checked(2)?;
            (years.len() == 2 && *to > years).then(|| format!("{from}/{century}{to}"))
        }
        _ => None,
    }
}

/// `2023-09-10/present`, `2023-09-10/open`: an end that stays open, in words.
fn closed_words(text: &str) -> Option<String> {
    let (start, end) = text.split_once('/')?;
    let word = |word: &str| {
        ["open", "present", "now", "today", "ongoing", "hoje", "presente", "atual", "hoy", "actualidad"]
            .contains(&word.to_lowercase().as_str())
    };
    let end_of = |part: &str| match part {
        part if word(part) => "..".to_string(),
        part if part.eq_ignore_ascii_case("unknown") => String::new(),
        part => part.to_string(),
    };
    let guess = format!("{}/{}", end_of(start), end_of(end));
    (guess != text).then_some(guess)
}

/// `2023-09-17/2023-09-10`: the ends have changed places; `2023-09-10/17` lacks its month.
fn turned_range(text: &str) -> Option<String> {
    let (start, end) = text.split_once('/')?;
    if is_date(start) && is_date(end) {
        return Some(format!("{end}/{start}"));
    }
    let short = !end.is_empty() && end.bytes().all(|byte| byte.is_ascii_digit() || byte == b'-');
    let kept = start.len().checked_sub(end.len()).filter(|kept| short && *kept > 0 && end.len() < 8)?;
    let head = start.get(..kept).filter(|head| head.ends_with('-'))?;
    Some(format!("{start}/{head}{end}"))
}

/// `2023-09-13T24:00` is the next day's midnight.
fn midnight(text: &str) -> Option<String> {
    let (day, time) = text.split_once('T')?;
    let rest = time.strip_prefix("24:00")?;
    let mut parts = day.split('-');
    let (year, month, day) =
        (parts.next()?.parse().ok()?, parts.next()?.parse().ok()?, parts.next()?.parse().ok()?);
    Some(format!("{}T00:00{rest}", Day::new(year, month, day)?.next()))
}

/// `2023-09-13 13:00`, `2023-09-13T13h05`, `…T9:00`, `…T13:00 +0900`: a time in another dress.
fn padded_time(text: &str) -> Option<String> {
    let (day, time) = text.split_at_checked(10)?;
    let time = time.trim_start_matches(['T', 't', ' ', ',']).trim();
    let end = time.find(|c: char| !(c.is_ascii_digit() || c == ':' || c == 'h')).unwrap_or(time.len());
    let (clock, offset) = (time[..end].replace('h', ":"), time[end..].trim());
    let mut parts = clock.trim_end_matches(':').split(':');
    let hour = parts.next().filter(|hour| !hour.is_empty() && hour.len() <= 2)?;
    let minute = parts.next().unwrap_or("00");
    let second = parts.next().map(|second| format!(":{second:0>2}")).unwrap_or_default();
    Some(format!("{day}T{hour:0>2}:{minute:0>2}{second}{}", padded_offset(offset)?))
}

fn padded_offset(offset: &str) -> Option<String> {
    let offset = offset.trim_start_matches("UTC").trim_start_matches("GMT");
    if offset.is_empty() || offset.eq_ignore_ascii_case("z") {
        return Some(offset.to_uppercase());
    }
    let sign = offset.chars().next().filter(|sign| matches!(sign, '+' | '-' | '−'))?;
    let digits: String = offset.chars().filter(char::is_ascii_digit).collect();
    let (hours, minutes) =
        if digits.len() > 2 { digits.split_at(digits.len() - 2) } else { (digits.as_str(), "00") };
    match format!("{}{hours:0>2}:{minutes}", if sign == '+' { '+' } else { '-' }) {
        zero if zero == "-00:00" => Some("Z".to_string()),
        offset => Some(offset),
    }
}

/// `2023-09-10 - 2023-09-17`, `2023-09-10..2023-09-17`, `10 a 17`: two dates with something else than a slash between.
fn loose_range(text: &str) -> Option<String> {
    let between = [" / ", "..", " - ", " – ", "–", "—", " to ", " until ", " a ", " até ", " hasta ", "--"];
    let (start, end) = between.iter().find_map(|between| text.split_once(between))?;
    let date = |part: &str| if is_date(part) { Some(part.to_string()) } else { numbers(part) };
    Some(format!("{}/{}", date(start.trim())?, date(end.trim())?))
}

/// `15/09/2023`, `09/15/2023`, `15.9.2023`, `2023/09/15`, `9/2023`, `20230915`, `2023-9-5`: numbers in another order.
fn numbers(text: &str) -> Option<String> {
    if text.len() == 8 && text.bytes().all(|byte| byte.is_ascii_digit()) {
        return Some(format!("{}-{}-{}", &text[..4], &text[4..6], &text[6..]));
    }
    if let Some((day, time)) = text.split_once('T').filter(|(day, time)| day.len() == 8 && time.len() >= 6) {
        let time = format!("{}:{}:{}", time.get(..2)?, time.get(2..4)?, time.get(4..)?);
        return Some(format!("{}T{time}", numbers(day)?));
    }
    let parts: Vec<&str> = text.split(['/', '.', '-']).collect();
    let number = |part: &str| part.parse::<u8>().ok().filter(|_| part.len() <= 2);
    let pad = |part: &str| format!("{part:0>2}");
    match parts.as_slice() {
        [year, month, day] if year.len() == 4 => Some(format!("{year}-{}-{}", pad(month), pad(day))),
        [year, month] if year.len() == 4 => Some(format!("{year}-{}", pad(month))),
        [month, year] if year.len() == 4 => Some(format!("{year}-{}", pad(month))),
        [first, second, year] if year.len() == 4 || year.len() == 2 => {
            let year = if year.len() == 2 { format!("20{year}") } else { (*year).to_string() };
            let day_first = format!("{year}-{}-{}", pad(second), pad(first));
            let month_first = format!("{year}-{}-{}", pad(first), pad(second));
            match (number(first)?, number(second)?) {
                (_, 13..) => Some(month_first),
                (13.., _) => Some(day_first),
                (one, other) if one == other => Some(day_first),
                (one, other) => Some(format!(
                    "{day_first} for {one} {} or {month_first} for {other} {}",
                    MONTHS[usize::from(other).checked_sub(1)?],
                    MONTHS[usize::from(one).checked_sub(1)?]
                )),
            }
        }
        _ => None,
    }
}

/// `12000`, `-Y170000`, `Y1985`: the Y belongs to years beyond four digits, and only to them.
fn long_year(text: &str) -> Option<String> {
    let digits = text
        .strip_prefix("-Y")
        .map_or_else(|| text.trim_start_matches(['Y', 'y']).to_string(), |year| format!("-{year}"));
    let number: i64 = digits.parse().ok()?;
    Some(match number {
        0..=9999 => format!("{number:04}"),
        -9999..0 => format!("-{:04}", -number),
        _ => format!("Y{number}"),
    })
}

/// `201x`, `19uu`, `2023-09-xx`, `2023-09-13t13:00z`, `Unknown`: letters in another case or of an older EDTF.
fn letters(text: &str) -> Option<String> {
    let upper = text.trim().replace(['u', 'U'], "X").to_uppercase();
    (upper != text).then_some(upper)
}

/// `-195X`: one of the years, since EDTF has no unspecified digit before the year 0.
fn masked_before_our_era(text: &str) -> Option<String> {
    let year = text.strip_prefix('-').filter(|year| year.len() == 4 && year.contains('X'))?;
    Some(format!("[-{}..-{}]", year.replace('X', "9"), year.replace('X', "0")))
}

#[cfg(test)]
mod tests {
    use super::super::WrittenDate;

    #[test]
    fn what_editors_write_is_turned_into_what_they_mean() {
        let cases = [
            ("15/09/2023", "write 2023-09-15"),
            ("09/15/2023", "write 2023-09-15"),
            ("03/04/2023", "write 2023-04-03 for 3 April or 2023-03-04 for 4 March"),
            ("15.9.2023", "write 2023-09-15"),
            ("15/09/23", "write 2023-09-15"),
            ("2023/09/15", "write 2023-09-15"),
            ("9/2023", "write 2023-09"),
            ("2023-9-5", "write 2023-09-05"),
            ("20230915", "write 2023-09-15"),
            ("2023-15-09", "write 2023-09-15"),
            ("setembro de 2023", "write 2023-09"),
            ("13 de Setembro de 2023", "write 2023-09-13"),
            ("1º de março de 2023", "write 2023-03-01"),
            ("September 13, 2023", "write 2023-09-13"),
            ("13 de septiembre de 2023", "write 2023-09-13"),
            ("Jul 2000", "write 2000-07"),
            ("201x", "write 201X"),
            ("19uu", "write 19XX"),
            ("2010s", "write 201X"),
            ("década de 1980", "write 198X"),
            ("c. 1985", "write 1985~"),
            ("cerca de 1985", "write 1985~"),
            ("1985 (?)", "write 1985?"),
            ("44 BC", "write -0043"),
            ("44 a.C.", "write -0043"),
            ("170001 a.C.", "write Y-170000"),
            ("12000", "write Y12000"),
            ("Y1985", "write 1985"),
            ("-0000", "write 0000"),
            ("-Y170000002", "write Y-170000002"),
            ("1985-", "write 1985/.."),
            ("-195X", "write [-1959..-1950]"),
            ("..1984", "write [..1984]"),
            ("[2023-09-15,2023-09-16", "write [2023-09-15,2023-09-16]"),
            ("20230915T130000", "write 2023-09-15T13:00:00"),
            ("2023-09-17/2023-09-10", "write 2023-09-10/2023-09-17"),
            ("2023-09-10/17", "write 2023-09-10/2023-09-17"),
            ("2023-09-10 - 2023-09-17", "write 2023-09-10/2023-09-17"),
            ("2023-09-10..2023-09-17", "write 2023-09-10/2023-09-17"),
            ("2010-2019", "write 2010/2019"),
            ("1914-18", "write 1914/1918"),
            ("2023-09-10/present", "write 2023-09-10/.."),
            ("2023-09-10/unknown", "write 2023-09-10/"),
            ("2023-09-13 13:00", "write 2023-09-13T13:00"),
            ("2023-09-13T13h05", "write 2023-09-13T13:05"),
            ("2023-09-13T9:00+0900", "write 2023-09-13T09:00+09:00"),
            ("2023-09-13T13:00:00 GMT-3", "write 2023-09-13T13:00:00-03:00"),
            ("2023-09-30T24:00", "write 2023-10-01T00:00"),
            ("2023-09-13T13:00-00:00", "write 2023-09-13T13:00Z"),
            ("Unknown", "write unknown"),
            ("sem data", "write unknown"),
            ("../..", "write unknown"),
            (" 2023-09-13", "write 2023-09-13"),
        ];
        for (text, help) in cases {
            let error = WrittenDate::parse(text).expect_err(text);
            assert_eq!(error.help.as_deref(), Some(help), "{text}: {}", error.message);
        }
    }

    #[test]
    fn where_no_text_can_be_offered_there_is_advice() {
        let help = |text: &str| WrittenDate::parse(text).unwrap_err().help.unwrap();
        assert!(help("2023-09-13T13:00/2023-09-13T15:00").contains("leave out its times"));
        assert!(help("2023-09-13T13:00~").contains("`date_note`"));
        assert!(help("soon").contains("write what is known"));
    }
}
