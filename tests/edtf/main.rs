//! The examples of the EDTF specification: each has its level, its bounds, its words, and a place in the order.

use std::path::Path;

use dateline::time::{Bound, Day, EventDate, Words, WrittenDate, Zone};
use proptest::prelude::{prop_assert, proptest};
use serde::Deserialize;

#[derive(Deserialize)]
struct Examples {
    example: Vec<Example>,
}

#[derive(Deserialize)]
struct Example {
    edtf: String,
    level: Option<u8>,
    earliest: String,
    latest: String,
    en: String,
    pt: String,
    es: String,
}

#[derive(Deserialize)]
struct Malformed {
    malformed: Vec<Mistake>,
}

#[derive(Deserialize)]
struct Mistake {
    text: String,
    at: String,
    message: String,
    help: String,
}

#[test]
fn every_example_has_its_level_and_its_bounds() {
    for example in examples() {
        let date = place(&example.edtf);
        assert_eq!(date.written().level(), example.level, "level of {}", example.edtf);
        let bounds = [bound(date.earliest(), date.first_day()), bound(date.latest(), date.last_day())];
        assert_eq!(bounds, [example.earliest, example.latest], "bounds of {}", example.edtf);
    }
}

#[test]
fn every_example_reads_well_in_three_languages() {
    let languages = ["en", "pt-BR", "es"].map(words);
    for example in examples() {
        let date = place(&example.edtf);
        let said = languages.each_ref().map(|words| words.date(&date));
        assert_eq!(said, [example.en, example.pt, example.es], "words of {}", example.edtf);
    }
}

#[test]
fn every_example_has_a_place_in_the_order() {
    let mut dates: Vec<EventDate> = examples().iter().map(|example| place(&example.edtf)).collect();
    dates.sort_by_key(EventDate::order);
    let known = |date: &EventDate| date.earliest().instant().or(date.latest().instant());
    let starts: Vec<_> = dates.iter().filter_map(|date| date.earliest().instant()).collect();
    assert!(starts.is_sorted(), "a known start comes before a later one");
    assert_eq!(dates.first().map(EventDate::edtf).as_deref(), Some("Y-170000002"));
    assert_eq!(dates.last().map(EventDate::edtf).as_deref(), Some("unknown"));
    assert_eq!(
        dates.iter().filter(|date| known(date).is_none()).count(),
        2,
        "unknown, and the range open on both sides"
    );
}

#[test]
fn every_example_is_written_in_a_form_that_means_the_same() {
    for example in examples() {
        let date = place(&example.edtf);
        let again = place(&date.edtf());
        assert_eq!(
            (date.order(), date.precision(), date.certainty()),
            (again.order(), again.precision(), again.certainty())
        );
    }
}

#[test]
fn malformed_texts_are_refused_with_a_reason_a_place_and_a_help() {
    let text = include_str!("malformed.toml");
    for mistake in toml::from_str::<Malformed>(text).expect("malformed.toml is TOML").malformed {
        let error = WrittenDate::parse(&mistake.text).expect_err(&mistake.text);
        let at = mistake.text.get(error.span.clone()).unwrap_or_default().to_string();
        let found = (error.message, at, error.help.unwrap_or_default());
        assert_eq!(found, (mistake.message, mistake.at, mistake.help), "{}", mistake.text);
    }
}

/// The texts of `cross_check.py`, which compares this file with two other implementations.
#[test]
fn generated_texts_are_valid_or_not_and_have_their_bounds() {
    for line in include_str!("generated.tsv").lines() {
        let text = line.split('\t').next().unwrap_or_default();
        let found = match WrittenDate::parse(text) {
            Ok(_) => {
                let date = place(text);
                let [first, last] =
                    [bound(date.earliest(), date.first_day()), bound(date.latest(), date.last_day())];
                format!("{text}\t{first}\t{last}")
            }
            Err(_) => format!("{text}\tinvalid"),
        };
        assert_eq!(found, line);
    }
}

proptest! {
    #[test]
    fn no_text_stops_the_program(text in "[0-9XYTZESu?~%/.,:+ {}\\[\\]é-]{0,24}") {
        let _ = WrittenDate::parse(&text).map_err(|error| assert_span(&text, &error.span));
    }

    #[test]
    fn every_date_has_bounds_in_order_and_words(
        text in "-?[0-9X]{4}(-[0-4X][0-9X](-[0-3X][0-9X])?)?[?~%]?(/-?[0-9X]{4}(-[0-4X][0-9X])?)?",
    ) {
        if WrittenDate::parse(&text).is_ok() {
            let date = place(&text);
            prop_assert!(date.earliest().instant() <= date.latest().instant());
            let said = words("pt-BR").date(&date);
            prop_assert!(!said.is_empty() && !said.contains('\u{7b}'), "{}", said);
        }
    }
}

fn assert_span(text: &str, span: &std::ops::Range<usize>) {
    assert!(text.get(span.clone()).is_some(), "the span {span:?} of {text:?} lies between characters");
}

fn examples() -> Vec<Example> {
    toml::from_str::<Examples>(include_str!("examples.toml")).expect("examples.toml is TOML").example
}

fn place(text: &str) -> EventDate {
    let written = WrittenDate::parse(text).unwrap_or_else(|error| panic!("{text}: {error}"));
    EventDate::place(&written, Zone::UTC, Zone::UTC).0
}

fn bound(bound: Bound, day: Option<Day>) -> String {
    match bound {
        Bound::Instant(_) => day.map(|day| day.to_string()).unwrap_or_default(),
        Bound::Open => "open".to_string(),
        Bound::Unknown => "unknown".to_string(),
    }
}

fn words(language: &str) -> Words {
    let file = match language {
        "pt-BR" => include_str!("../../templates/words/pt-BR.toml"),
        "es" => include_str!("../../templates/words/es.toml"),
        _ => Words::ENGLISH,
    };
    Words::read(language, file, Path::new("words.toml"))
        .unwrap_or_else(|error| panic!("{}", error.to_text(false)))
}

#[test]
fn two_other_readers_of_edtf_agree() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let python = root.join("tests/.tools/venv/bin/python");
    assert!(python.exists(), "the other readers are not installed: run tests/run --tools");
    let output = std::process::Command::new(python)
        .arg(root.join("tests/edtf/cross_check.py"))
        .output()
        .expect("Python can be run");
    let said = String::from_utf8_lossy(&output.stdout);
    assert!(output.status.success(), "{said}{}", String::from_utf8_lossy(&output.stderr));
    assert!(
        said.contains("validity: edtf-validate: ") && said.contains("0 unexplained differences"),
        "{said}"
    );
}
