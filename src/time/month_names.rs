//! The names of months as editors write them in the three languages of the house, for guesses only.

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
pub(super) fn month_in(text: &str) -> Option<u8> {
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
