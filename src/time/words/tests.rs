//! What the languages of the house say, what a language without words says, and what a word file is refused for.

use std::path::Path;

use super::super::{DateShape, EventDate, Instant, Period, WrittenDate, Zone};
use super::Words;

const PORTUGUESE: &str = include_str!("../../../templates/words/pt-BR.toml");
const SPANISH: &str = include_str!("../../../templates/words/es.toml");
const ARABIC: &str = include_str!("../../../templates/words/ar.toml");

fn read(language: &str, file: &str) -> Words {
    Words::read(language, file, Path::new("words.toml"))
        .unwrap_or_else(|error| panic!("{}", error.to_text(false)))
}

fn three() -> [Words; 3] {
    [read("pt-BR", PORTUGUESE), read("en", Words::ENGLISH), read("es", SPANISH)]
}

fn place(text: &str, zone: &str, clock: &str) -> EventDate {
    let [zone, clock] = [zone, clock].map(|name| Zone::parse(name).unwrap());
    EventDate::place(&WrittenDate::parse(text).unwrap(), zone, clock).0
}

fn vladivostok(text: &str) -> EventDate {
    place(text, "Asia/Vladivostok", "Asia/Vladivostok")
}

#[test]
fn a_time_is_told_where_it_happened_and_on_the_clock() {
    let date = place("2023-09-13T13:00", "Asia/Yakutsk", "Asia/Vladivostok");
    let said = three().map(|words| words.local_time(&date, Some("Vostochny")).unwrap());
    assert_eq!(
        said,
        [
            "13h, hora de Vostochny (14h em Vladivostok)",
            "1 p.m., Vostochny time (2 p.m. in Vladivostok)",
            "13:00, hora de Vostochny (14:00 en Vladivostok)"
        ]
    );
}

#[test]
fn each_time_has_its_date_where_the_two_fall_on_different_days() {
    let date = place("2023-09-12T20:05", "Europe/Moscow", "Asia/Vladivostok");
    let said = three().map(|words| words.local_time(&date, None).unwrap());
    assert_eq!(
        said,
        [
            "20h05 de 12 de setembro, hora de Moscou (3h05 de 13 de setembro em Vladivostok)",
            "8:05 p.m. on September 12, Moscow time (3:05 a.m. on September 13 in Vladivostok)",
            "20:05 del 12 de septiembre, hora de Moscú (3:05 del 13 de septiembre en Vladivostok)"
        ]
    );
}

#[test]
fn one_clock_is_told_once_and_a_day_has_no_time() {
    let [words, ..] = three();
    assert_eq!(words.local_time(&vladivostok("2023-09-13T13:05"), None).as_deref(), Some("13h05"));
    assert_eq!(words.local_time(&vladivostok("2023-09-13"), Some("Vladivostok")), None);
}

#[test]
fn below_its_heading_a_card_says_only_what_is_more() {
    let [words, ..] = three();
    let within = |text: &str| {
        let date = vladivostok(text);
        words.date_within(&date, &date.period())
    };
    assert_eq!(within("2023-09-13"), None);
    assert_eq!(within("2000-07"), None);
    assert_eq!(within("unknown"), None);
    assert_eq!(within("2000").as_deref(), Some("em algum momento de 2000"));
    assert_eq!(within("2023-09-13T13:05").as_deref(), Some("13h05"));
    assert_eq!(within("2023-09-12/2023-09-17").as_deref(), Some("12 a 17 de setembro de 2023"));
    assert_eq!(within("2023-09~").as_deref(), Some("por volta de setembro de 2023"));
    let other = Period::Month { year: 2023, month: 9 };
    let elsewhere = words.date_within(&vladivostok("2023-09-13"), &other);
    assert_eq!(elsewhere.as_deref(), Some("13 de setembro de 2023, quarta-feira"));
}

#[test]
fn headings_are_as_coarse_as_their_dates() {
    let [words, english, spanish] = three();
    let period = |text: &str| vladivostok(text).period();
    assert_eq!(words.heading(&period("2023-09-12")), "12 de setembro de 2023, terça-feira");
    assert_eq!(words.heading(&period("2000-07")), "julho de 2000");
    assert_eq!(words.heading(&period("unknown")), "sem data conhecida");
    assert_eq!(english.heading(&period("2023-09-12")), "Tuesday, September 12, 2023");
    assert_eq!(spanish.heading(&period("201X")), "década de 2010");
}

#[test]
fn gaps_are_told_in_the_plural_that_the_number_takes() {
    let gap = |from: &str, to: &str| vladivostok(from).gap_to(&vladivostok(to)).unwrap();
    let said = |from: &str, to: &str| three().map(|words| words.gap(&gap(from, to)));
    assert_eq!(
        said("2000-07", "2023-09-12"),
        ["cerca de 23 anos depois", "about 23 years later", "cerca de 23 años después"]
    );
    assert_eq!(said("2022-09-12", "2023-09-12"), ["1 ano depois", "1 year later", "1 año después"]);
    assert_eq!(
        said("2023-09-12T01:00", "2023-09-12T03:00"),
        ["2 horas depois", "2 hours later", "2 horas después"]
    );
}

#[test]
fn an_instant_names_its_zone() {
    let instant = Instant::parse_rfc3339("2023-09-17T12:05:00Z").unwrap();
    let zone = Zone::parse("America/Sao_Paulo").unwrap();
    let said = three().map(|words| words.instant(instant, zone));
    assert_eq!(
        said,
        [
            "17 de setembro de 2023, 9h05 (hora de São Paulo)",
            "September 17, 2023, 9:05 a.m. (São Paulo time)",
            "17 de septiembre de 2023, 9:05 (hora de São Paulo)"
        ]
    );
    assert_eq!(three()[0].instant(instant, Zone::UTC), "17 de setembro de 2023, 12h05 (UTC)");
}

#[test]
fn lists_numbers_and_plurals_are_those_of_the_language() {
    let [words, english, spanish] = three();
    assert_eq!(words.list(&["Brasil", "China", "Rússia"]), "Brasil, China e Rússia");
    assert_eq!(english.list(&["Brazil", "China"]), "Brazil and China");
    assert_eq!(spanish.list(&["Rusia", "Irán"]), "Rusia e Irán");
    assert_eq!(spanish.list(&["agua", "hielo"]), "agua y hielo");
    assert_eq!(words.list(&["só"]), "só");
    assert_eq!(words.count("sources_count", 1), "1 fonte");
    assert_eq!(words.count("sources_count", 1234), "1.234 fontes");
    assert_eq!(english.count("events_count", 1234), "1,234 events");
    assert_eq!((spanish.number(1234), spanish.number(12_345)), ("1234".to_string(), "12.345".to_string()));
    assert_eq!(words.fill("zone_note", &[("city", "Vladivostok")]), "Dias e horas são os de Vladivostok.");
    assert_eq!(words.text("no-such-text"), "no-such-text");
    assert_eq!(words.values().get("sources").and_then(toml::Value::as_str), Some("Fontes"));
    assert_eq!(words.quotes().outer, ("“", "”"));
}

#[test]
fn the_legend_has_a_line_for_each_shape() {
    for words in three().into_iter().chain([read("ar", ARABIC)]) {
        for shape in DateShape::ALL {
            assert!(!words.legend(shape).is_empty(), "{} in {}", shape.as_str(), words.language());
        }
    }
}

#[test]
fn arabic_counts_in_six_forms_and_writes_the_digits_of_unicode() {
    let words = read("ar", ARABIC);
    assert!(words.is_native() && words.direction() == "rtl");
    let counts = [0, 1, 2, 3, 11, 100, 1234].map(|number| words.count("sources_count", number));
    assert_eq!(counts, ["لا مصادر", "مصدر واحد", "مصدران", "3 مصادر", "11 مصدرًا", "100 مصدر", "1,234 مصدرًا"]);
    let said = |text: &str| words.date(&vladivostok(text));
    assert_eq!(said("2023-09-13"), "الأربعاء، 13 سبتمبر 2023");
    assert_eq!(said("2023-09-01"), "الجمعة، 1 سبتمبر 2023");
    assert_eq!(said("2000-07"), "يوليو 2000");
    assert_eq!(said("2023-09-12/2023-09-17"), "من 12 إلى 17 سبتمبر 2023");
    assert_eq!(said("2023-07/2023-09"), "من يوليو إلى سبتمبر 2023");
    assert_eq!(said("1984~"), "نحو عام 1984");
    assert_eq!(said("1985-XX"), "أحد أشهر عام 1985");
    assert_eq!(said("-0043"), "44 ق.م");
    assert_eq!(said("2023-09-10/.."), "منذ 10 سبتمبر 2023");
    assert_eq!(said("[2023-09-15,2023-09-16]"), "15 أو 16 سبتمبر 2023");
    let date = place("2023-09-12T20:05", "Europe/Moscow", "Asia/Vladivostok");
    assert_eq!(
        words.local_time(&date, None).as_deref(),
        Some("8:05 م يوم 12 سبتمبر بتوقيت موسكو (3:05 ص يوم 13 سبتمبر في فلاديفوستك)")
    );
    assert_eq!(words.list(&["ورق", "حبر", "ماء"]), "ورق، حبر وماء");
}

#[test]
fn a_language_without_words_has_its_own_dates_and_english_around_them() {
    let words = read("ru", Words::ENGLISH);
    assert!(!words.is_native() && three().iter().all(Words::is_native));
    let said = |text: &str| words.date(&vladivostok(text)).replace(['\u{a0}', '\u{202f}'], " ");
    assert_eq!(said("2023-09-13"), "среда, 13 сентября 2023 г.");
    assert_eq!(said("2000-07"), "июль 2000 г.");
    assert_eq!(said("2023-09-15?"), "15 сентября 2023 г. (date uncertain)");
    assert_eq!(said("2023-09-13T13:05"), "среда, 13 сентября 2023 г., 13:05");
    assert_eq!(words.count("events_count", 2), "2 events");
    let arabic = read("ar-EG", Words::ENGLISH);
    assert_eq!((arabic.direction(), words.direction()), ("rtl", "ltr"));
    assert_eq!(arabic.date(&vladivostok("2000-07")), "يوليو ٢٠٠٠");
    assert_eq!(read("az-Arab", Words::ENGLISH).direction(), "rtl");
}

#[test]
fn a_word_file_is_refused_at_the_place_of_its_first_mistake() {
    let refused = |file: &str| {
        let error = Words::read("pt-BR", file, Path::new("templates/words/pt-BR.toml")).unwrap_err();
        let line = error.place.and_then(|place| place.line).map_or(String::new(), |line| line.text);
        (error.message, line, error.help.unwrap_or_default())
    };
    let (message, line, help) = refused(&PORTUGUESE.replace("sources = \"Fontes\"", "sourcs = \"Fontes\""));
    assert_eq!(
        (message.as_str(), line.as_str()),
        ("unknown key `text.sourcs` in a word file", "sourcs = \"Fontes\"")
    );
    assert_eq!(help, "did you mean `sources`?");
    let (message, line, _) = refused(&PORTUGUESE.replace("sources = \"Fontes\"\n", ""));
    assert_eq!((message.as_str(), line.as_str()), ("the word file lacks `text.sources`", "[text]"));
    let (message, _, help) = refused(&PORTUGUESE.replace("os de {city}", "os de {cidade}"));
    assert_eq!(
        (message.as_str(), help.as_str()),
        ("`text.zone_note` knows no `{cidade}`", "filled in are: city")
    );
    let (message, _, _) = refused(&PORTUGUESE.replace("one = \"{count} fonte\", ", ""));
    assert_eq!(message, "`text.sources_count` lacks the plural form `one`");
    let (message, _, _) = refused(&PORTUGUESE.replace("one = \"{count} fonte\"", "few = \"{count} fonte\""));
    assert_eq!(message, "the language has no plural form `few`");
    assert_eq!(refused("[text").1, "[text");
}

#[test]
fn the_words_of_a_range_are_cut_at_its_ends() {
    let cut = |words: &Words, text: &str| {
        words.range_words(&vladivostok(text)).map(|range| {
            [range.before, range.start, range.between, range.end, range.after]
                .map(|piece| piece.replace('\u{a0}', " "))
                .join("|")
        })
    };
    let [portuguese, english, spanish] = three();
    for (words, text, pieces) in [
        (&portuguese, "2023-09-12/2023-09-17", "|12| a |17| de setembro de 2023"),
        (&portuguese, "2023-09-30/2023-10-02", "|30 de setembro| a |2 de outubro de 2023|"),
        (&portuguese, "2023-09/2023-11", "|setembro| a |novembro| de 2023"),
        (&portuguese, "2019/2023-05", "|2019| a |maio de 2023|"),
        (&english, "2023-09-12/2023-09-17", "September |12|–|17|, 2023"),
        (&spanish, "2004-02-01/2005-02-08", "del |1 de febrero de 2004| al |8 de febrero de 2005|"),
        (&spanish, "2019/2023", "de |2019| a |2023|"),
    ] {
        assert_eq!(cut(words, text).as_deref(), Some(pieces), "{text}");
        assert_eq!(words.date(&vladivostok(text)).replace('\u{a0}', " "), pieces.replace('|', ""), "{text}");
    }
    for text in
        ["2023-09-12", "2023-09-12/..", "2023-09-12?/2023-09-17", "[2023-09-12..2023-09-17]", "unknown"]
    {
        assert_eq!(cut(&portuguese, text), None, "{text}");
    }
}

#[test]
fn words_are_shared_by_all_pages() {
    fn shared<T: Send + Sync>() {}
    shared::<Words>();
}
