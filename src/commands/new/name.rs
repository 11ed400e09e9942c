//! Names of events' files: `TIMELINE/NAME` to its parts, a name to a title, a title and a date to a name.

use super::refused;
use crate::Error;
use crate::address::segment;

/// The folders and the name of `TIMELINE/NAME`, which may be written as a path of `content/`.
pub(super) fn parts(name: &str) -> Result<Vec<&str>, Error> {
    let inner = name.strip_prefix("content/").unwrap_or(name);
    let inner = inner.strip_suffix(".md").unwrap_or(inner);
    let parts: Vec<&str> = inner.split('/').collect();
    let is_wrong = |part: &&str| {
        part.starts_with('.')
            || part.contains(['\\', '\0', '\n'])
            || segment(part).is_empty()
            || *part == "_index"
    };
    match parts.iter().find(|part| is_wrong(part)) {
        Some(part) => Err(refused(format!(
            "`{part}` can't be a part of TIMELINE/NAME: write the folder of a timeline and a name of letters, digits and hyphens, as in bridge/closure"
        ))),
        None => Ok(parts),
    }
}

/// `2023-09-13-the-closure` as «The closure».
pub(super) fn title(parts: &[&str]) -> String {
    let name = parts.strip_suffix(&["index"]).unwrap_or(parts).last().copied().unwrap_or_default();
    let after_date = name.trim_start_matches(|c: char| c.is_ascii_digit() || c == '-' || c == '_');
    let name = if after_date.is_empty() { name } else { after_date };
    let words = name.replace(['-', '_'], " ");
    let mut letters = words.trim().chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

/// How long the words of a name may be that is made of a title.
const LENGTH: usize = 50;

/// «The closure» of 13 September as `2023-09-13-the-closure`: the date as far as it is one of the calendar, and whole
/// words of the title.
pub(super) fn of_title(title: &str, date: &str) -> String {
    let words = segment(title).replace(['.', '~'], "-");
    let mut name = calendar_date(date).to_string();
    for word in words.split('-').filter(|word| !word.is_empty()) {
        if name.len() + word.len() > LENGTH && !name.is_empty() {
            break;
        }
        name = if name.is_empty() { word.to_string() } else { format!("{name}-{word}") };
    }
    name
}

/// The year, month and day with which an EDTF text begins; nothing where digits are missing or it begins otherwise.
fn calendar_date(date: &str) -> &str {
    let shape = b"0000-00-00";
    let fits =
        |(found, shape): (u8, &u8)| if *shape == b'0' { found.is_ascii_digit() } else { found == *shape };
    let length = date.bytes().zip(shape).take_while(|(found, shape)| fits((*found, shape))).count();
    let whole = [10, 7, 4].into_iter().find(|whole| *whole <= length).unwrap_or_default();
    match date.as_bytes().get(length) {
        Some(b'X' | b'0'..=b'9') => "",
        _ => &date[..whole],
    }
}

#[cfg(test)]
mod tests {
    use super::{of_title, parts, title};

    #[test]
    fn a_title_is_made_of_a_name_without_its_date() {
        assert_eq!(title(&["bridge", "2023-09-13-the-closure"]), "The closure");
        assert_eq!(title(&["bridge", "ponte_velha", "index"]), "Ponte velha");
        assert_eq!(title(&["bridge", "2023"]), "2023");
    }

    #[test]
    fn a_name_is_made_of_a_title_and_what_is_known_of_the_date() {
        for (written, date, name) in [
            ("A prefeitura fecha a ponte", "2023-09-13", "2023-09-13-a-prefeitura-fecha-a-ponte"),
            ("Fim", "2023-09-13T14:30-03:00", "2023-09-13-fim"),
            ("Fim", "2000-07?", "2000-07-fim"),
            ("Fim", "2023-09-10/..", "2023-09-10-fim"),
            ("Fim", "1984~", "1984-fim"),
            ("Fim", "201X", "fim"),
            ("Fim", "2023-1X", "fim"),
            ("Fim", "unknown", "fim"),
            ("Fim", "[..2023-09-12]", "fim"),
            ("§ …", "unknown", "ss"),
            (
                "Quinze palavras que ninguém quer num endereço porque são demais",
                "2023-09-13",
                "2023-09-13-quinze-palavras-que-ninguem-quer-num",
            ),
        ] {
            assert_eq!(of_title(written, date), name, "{written} {date}");
        }
    }

    #[test]
    fn a_name_leads_nowhere_else() {
        for wrong in
            ["../x", "bridge/../../x", "/x", "bridge/", "bridge/.x", "bridge/_index", "bridge/---", "a\\b"]
        {
            assert!(parts(wrong).is_err(), "{wrong}");
        }
        assert_eq!(parts("content/bridge/2019/x.md").unwrap(), ["bridge", "2019", "x"]);
    }
}
