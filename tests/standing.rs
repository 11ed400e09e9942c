//! Where the events of the test stories stand: in which order, under which heading, and what HTML is told of their dates.
#![allow(clippy::disallowed_methods, reason = "a test reads what was built")]

mod sites;

use std::fs;
use std::path::Path;
use std::process::Command;

use dateline::time::DateShape;
use sites::stories::Story;
use sites::text;

/// The headings of the invented timeline, and the events under each, in order.
const STANDING: &[(&str, &[&str])] = &[
    ("44 a.C.", &["fogo-na-pedra"]),
    ("entre 1700 e 1799", &["seculo-das-velas"]),
    ("1852", &["carta-nautica"]),
    ("1901", &["fundacao"]),
    ("1923", &["lente"]),
    ("outono de 1974", &["reforma"]),
    ("década de 1980", &["decada-sem-luz"]),
    ("abril de 1985", &["arquivo"]),
    ("1988", &["inquerito-antigo"]),
    ("1991", &["ministerio"]),
    ("1996", &["guarda-antiga"]),
    ("2001", &["regra"]),
    ("2003", &["vistorias"]),
    ("julho de 2018", &["doacao"]),
    ("30 de novembro de 2018, sexta-feira", &["concessao"]),
    (
        "12 de março de 2019, terça-feira",
        &[
            "2019-03-12-manha",
            "2019-03-12-vigilia",
            "2019-03-12-radio",
            "2019-03-11-vespera",
            "2019-03-12-pisca",
            "2019-03-12-rumor",
            "2019-03-12-sino",
        ],
    ),
    (
        "13 de março de 2019, quarta-feira",
        &[
            "2019-03-13-lista",
            "2019-03-13-madrugada",
            "2019-03-13-estacao",
            "2019-03-13-bilhete",
            "2019-03-13-chuva",
            "2019-03-12-assembleia",
        ],
    ),
    (
        "14 de março de 2019, quinta-feira",
        &["2019-03-14-apagao", "2019-03-14-medicao", "2019-03-14-praca", "2019-03-14-ajuda"],
    ),
    ("15 de março de 2019, sexta-feira", &["2019-03-15-lampada", "2019-03-15-visita"]),
    (
        "16 de março de 2019, sábado",
        &["2019-03-16-peca", "2019-03-16-plantao", "2019-03-16-decreto", "2019-03-16-telefone"],
    ),
    ("17 de março de 2019, domingo", &["2019-03-17-volta"]),
    ("abril de 2019", &["inquerito"]),
    ("28 de junho de 2019, sexta-feira", &["relatorio"]),
    ("ano 12.000", &["ano-12000"]),
    ("sem data conhecida", &["sem-data-assobio", "sem-data-retrato"]),
];

/// Two in one minute stand together, by id; a day of a place's own yields to the one clock; what is inside a range stands
/// after it; what has no place stands at its time; year 44 before Christ is first, year 12,000 after all, no date last.
#[test]
fn everything_stands_where_it_should() {
    let outline = outline(Story::Invented, "farol/index.html");
    let stands: Vec<(&str, &str)> = outline.iter().map(|event| (&*event.heading, &*event.id)).collect();
    let should: Vec<(&str, &str)> =
        STANDING.iter().flat_map(|(heading, ids)| ids.iter().map(move |id| (*heading, *id))).collect();
    assert_eq!(stands, should);
}

#[test]
fn every_event_has_its_edtf_and_html_is_told_only_what_it_can_hold() {
    for event in outline(Story::Invented, "farol/index.html") {
        let Event { id, edtf, told, .. } = &event;
        assert!(!edtf.is_empty(), "{id} has no data-edtf");
        let vague = edtf.contains(['?', '~', '%', '[', '{', 'X']) || edtf.starts_with(['-', '/', '.']);
        if vague || edtf == "unknown" {
            assert_eq!(told, "", "{id}: HTML has no value for {edtf}");
        }
        if edtf == "2019-03-12/2019-03-15" {
            assert!(["", "2019-03-12 2019-03-15"].contains(&told.as_str()), "{id}: {told}");
        }
        if edtf.contains('T') {
            assert!(told.starts_with(&edtf[..16]), "{id}: {told} is not the moment {edtf}");
        }
        if edtf == "Y12000" {
            assert!(["", "12000"].contains(&told.as_str()), "{id}: {told}");
        }
    }
}

#[test]
fn every_shape_of_a_date_is_in_the_invented_story() {
    let page = page(Story::Invented, "farol/index.html");
    let (_, legend) = page.split_once("class=\"legend\"").expect("the page has a legend");
    for shape in DateShape::ALL {
        let shape = shape.as_str();
        assert!(
            page.contains(&format!("data-shape=\"{shape}\" data-edtf")),
            "no event has the shape {shape}"
        );
        assert!(legend.contains(&format!("data-shape=\"{shape}\"")), "the legend does not explain {shape}");
    }
}

#[test]
fn a_page_in_arabic_says_its_direction_and_that_of_what_it_quotes() {
    let page = page(Story::Arabic, "jisr/taqrir/index.html");
    for piece in ["<html lang=\"ar\" dir=\"rtl\">", "<blockquote lang=\"en\" dir=\"ltr\">"] {
        assert!(page.contains(piece), "the page lacks {piece}");
    }
}

/// An event on its timeline's page, as `outline.mjs` finds it.
struct Event {
    id: String,
    heading: String,
    edtf: String,
    /// What `time datetime` says of its date.
    told: String,
}

fn outline(story: Story, page: &str) -> Vec<Event> {
    let output = Command::new("node")
        .arg(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/judges/outline.mjs"))
        .arg(story.public())
        .arg(page)
        .output()
        .expect("`node` runs");
    assert!(output.status.success(), "{}", text(&output));
    let line = |line: &str| {
        let [id, heading, edtf, told] = *line.split('\t').collect::<Vec<_>>() else {
            panic!("{line} has not four parts")
        };
        let [id, heading, edtf, told] = [id, heading, edtf, told].map(str::to_string);
        Event { id, heading, edtf, told }
    };
    String::from_utf8_lossy(&output.stdout).lines().map(line).collect()
}

fn page(story: Story, path: &str) -> String {
    fs::read_to_string(story.public().join(path)).expect("the page was written")
}
