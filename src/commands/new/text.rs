//! The text of a new event's file: what is known as keys, the rest as comments in the language of those who write it.
//!
//! `hints/` has a file a language. A word between braces is filled in; a line with a word that is not known is left out.

use include_dir::{Dir, include_dir};

use crate::exchange::date_value;
use crate::input::languages::in_language;
use crate::time::{Certainty, WrittenDate};

static HINTS: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/src/commands/new/hints");

/// What is known of an event before anybody has written about it.
pub(super) struct Known<'a> {
    pub(super) title: &'a str,
    pub(super) date: &'a WrittenDate,
    /// Now, as `published` takes it.
    pub(super) now: &'a str,
    /// The tracks of its timeline.
    pub(super) tracks: &'a [String],
}

/// The text, with explanations in a language, or in English where there are none.
pub(super) fn text(language: &str, known: &Known<'_>) -> String {
    let title = known.title.split_whitespace().collect::<Vec<_>>().join(" ");
    let tracks: Vec<String> = known.tracks.iter().map(|track| quoted(track)).collect();
    let is_uncertain = known.date.certainty() != Certainty::Certain;
    let words = [
        ("{title}", Some(quoted(&title))),
        ("{date}", Some(date_value(known.date).to_string())),
        ("{date_note}", is_uncertain.then(|| quoted(""))),
        ("{now}", Some(known.now.to_string())),
        ("{track}", tracks.first().cloned()),
        ("{tracks}", (!tracks.is_empty()).then(|| tracks.join(", "))),
    ];
    hints(language).split_inclusive('\n').filter_map(|line| filled(line, &words)).collect()
}

/// The file of a language.
fn hints(language: &str) -> &'static str {
    let names: Vec<&str> = HINTS.files().filter_map(|file| file.path().file_stem()?.to_str()).collect();
    let name = in_language(&names, language).unwrap_or("en");
    let file = HINTS.get_file(format!("{name}.md")).and_then(include_dir::File::contents_utf8);
    file.expect("it is a text and it was just found; English is always there, and a test reads all")
}

/// A line with its words; `None` where one of them is not known. What is filled in is not looked at again.
fn filled(line: &str, words: &[(&str, Option<String>)]) -> Option<String> {
    let found = words.iter().filter_map(|(name, value)| Some((line.find(name)?, name, value)));
    let Some((at, name, value)) = found.min_by_key(|(at, ..)| *at) else { return Some(line.to_string()) };
    let rest = filled(&line[at + name.len()..], words)?;
    Some(format!("{}{}{rest}", &line[..at], value.as_ref()?))
}

fn quoted(text: &str) -> String {
    toml::Value::String(text.to_string()).to_string()
}

#[cfg(test)]
mod tests {
    use super::{HINTS, Known, quoted, text};
    use crate::exchange::date_value;
    use crate::time::WrittenDate;

    #[test]
    fn each_language_has_the_same_keys_and_its_own_sentences() {
        let date = WrittenDate::parse("2023-09?").unwrap();
        let tracks = ["a".to_string(), "{now} b".to_string()];
        let known =
            Known { title: "A {date}  {tracks}", date: &date, now: "2023-09-13T00:00:00Z", tracks: &tracks };
        let keys = |text: &str| -> Vec<String> {
            text.lines().filter_map(|line| Some(line.split_once(" = ")?.0.to_string())).collect()
        };
        let english = text("en", &known);
        assert!(
            english
                .starts_with("+++\ntitle = \"A {date} {tracks}\"\ndate = \"2023-09?\"\n# date_note = \"\"")
        );
        assert!(english.contains("# track = \"a\" # one of \"a\", \"{now} b\"\n"), "{english}");
        for language in HINTS.files().map(|file| file.path().file_stem().unwrap().to_str().unwrap()) {
            let own = text(language, &known);
            assert_eq!(keys(&own), keys(&english), "{language}");
            assert_eq!(own == english, language == "en");
            let uncommented: String = own
                .lines()
                .map(|line| {
                    line.strip_prefix("# ")
                        .filter(|line| line.contains(" = ") || line.starts_with('['))
                        .unwrap_or(line)
                })
                .flat_map(|line| [line, "\n"])
                .collect();
            let front_matter = uncommented.split("+++\n").nth(1).unwrap();
            assert!(front_matter.parse::<toml::Table>().is_ok(), "{language}: {front_matter}");
        }
        assert_eq!(text("pt", &known), text("pt-BR", &known));
        assert_eq!(text("eo", &known), english);
    }

    #[test]
    fn what_is_certain_needs_no_note_and_no_track_is_named_where_there_is_none() {
        let date = WrittenDate::parse("2023-09-13").unwrap();
        let text = text("en", &Known { title: "A", date: &date, now: "", tracks: &[] });
        assert!(!text.contains("date_note") && !text.contains("track"), "{text}");
    }

    #[test]
    fn a_full_date_is_bare_and_any_other_is_text() {
        let value = |text| date_value(&WrittenDate::parse(text).unwrap()).to_string();
        assert_eq!(value("2023-09-13"), "2023-09-13");
        assert_eq!(value("2023-09-13T13:00:00+09:00"), "2023-09-13T13:00:00+09:00");
        for text in ["2023-09", "2023-09-13?", "2023-09-13T13:00", "unknown"] {
            assert_eq!(value(text), format!("\"{text}\""));
        }
    }

    #[test]
    fn a_text_comes_back_from_toml_as_it_was() {
        for text in ["a \"b\" 'c' \\ d", "Ponte", "'''", "\"\"\""] {
            let read: toml::Table = format!("title = {}", quoted(text)).parse().unwrap();
            assert_eq!(read["title"].as_str(), Some(text));
        }
    }
}
