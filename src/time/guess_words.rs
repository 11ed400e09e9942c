//! Guesses at dates that an editor wrote in words: `unknown`, eras, decades, «about», the names of months.

pub(super) fn unknown_in_words(text: &str) -> Option<String> {
    let word = text.to_lowercase();
    let words = [
        "?",
        "??",
        "-",
        "../..",
        "/",
        "../",
        "/..",
        "unknow",
        "unknown",
        "undated",
        "unknown date",
        "n/a",
        "n.d.",
        "s.d.",
        "s/d",
        "desconhecida",
        "desconhecido",
        "data desconhecida",
        "sem data",
        "desconocida",
        "fecha desconocida",
        "sin fecha",
    ];
    words.contains(&word.as_str()).then(|| "unknown".to_string())
}

/// `44 BC`, `44 a.C.`: the year 44 BC is −0043, since EDTF has a year 0.
pub(super) fn era(text: &str) -> Option<String> {
    let lower = text.to_lowercase();
    let before = ["bce", "b.c.", "bc", "a. c.", "a.c.", "ac"].iter().find_map(|era| lower.strip_suffix(era));
    let year = before?.trim().parse::<i64>().ok().filter(|year| *year > 0)? - 1;
    Some(match year {
        0 => "0000".to_string(),
        1..=9999 => format!("-{year:04}"),
        _ => format!("Y-{year}"),
    })
}

/// `2010s`, `anos 1980`, `década de 1980`, and `19uu` of an older EDTF.
pub(super) fn decade(text: &str) -> Option<String> {
    let lower = text.to_lowercase();
    let words = ["década de ", "decada de ", "anos ", "años ", "los años "];
    let head = lower.strip_suffix('s').or_else(|| words.iter().find_map(|word| lower.strip_prefix(word)))?;
    (head.len() == 4 && head.ends_with('0') && head.parse::<u16>().is_ok())
        .then(|| format!("{}X", &head[..3]))
}

/// `c. 1985`, `circa 1985`, `cerca de 1985`, `1985 ~`: about then.
pub(super) fn about(text: &str) -> Option<String> {
    let lower = text.to_lowercase();
    let words = [
        "circa ",
        "ca. ",
        "ca ",
        "c. ",
        "c.",
        "about ",
        "around ",
        "cerca de ",
        "por volta de ",
        "aprox. ",
        "alrededor de ",
        "hacia ",
        "~",
    ];
    let head = words.iter().find_map(|word| lower.strip_prefix(word));
    if let Some(date) = head {
        return Some(format!("{}~", date.trim()));
    }
    let doubt = lower.strip_suffix("(?)").or_else(|| lower.strip_suffix('?'))?;
    Some(format!("{}?", doubt.trim()))
}

/// `setembro de 2023`, `13 de setembro de 2023`, `September 13, 2023`, `13 sept 2023`, `2023-set-13`.
pub(super) fn month_in_words(text: &str) -> Option<String> {
    let month = month_in(text)?;
    let numbers: Vec<&str> =
        text.split(|c: char| !c.is_ascii_digit()).filter(|number| !number.is_empty()).collect();
    match numbers.as_slice() {
        [year] if year.len() == 4 => Some(format!("{year}-{month:02}")),
        [day, year] if year.len() == 4 && day.len() <= 2 => Some(format!("{year}-{month:02}-{day:0>2}")),
        [year, day] if year.len() == 4 && day.len() <= 2 => Some(format!("{year}-{month:02}-{day:0>2}")),
        [day, year, hour, minute] if year.len() == 4 => {
            Some(format!("{year}-{month:02}-{day:0>2}T{hour:0>2}:{minute:0>2}"))
        }
        _ => None,
    }
}

/// The months in English, for messages.
pub(super) const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

/// Beginnings of the names in English, Portuguese and Spanish; each is long enough to be one month's.
const BEGINNINGS: [&[&str]; 12] = [
    &["jan", "ene"],
    &["feb", "fev"],
    &["mar"],
    &["apr", "abr"],
    &["may", "mai"],
    &["jun"],
    &["jul"],
    &["aug", "ago"],
    &["sep", "set"],
    &["oct", "out"],
    &["nov"],
    &["dec", "dez", "dic"],
];

/// The month that a text names, from 1; `None` for no month or for two.
fn month_in(text: &str) -> Option<u8> {
    let lower = text.to_lowercase();
    let words = lower.split(|c: char| !c.is_alphabetic());
    let mut found = words.filter_map(month_of).collect::<Vec<u8>>();
    found.dedup();
    match found.as_slice() {
        [month] => Some(*month),
        _ => None,
    }
}

fn month_of(word: &str) -> Option<u8> {
    let begins = |beginnings: &[&str]| beginnings.iter().any(|beginning| word.starts_with(beginning));
    BEGINNINGS.iter().position(|beginnings| begins(beginnings)).and_then(|index| u8::try_from(index + 1).ok())
}
