//! The events of a timeline as a table (RFC 4180) that spreadsheets open right: with the mark by which they know UTF-8, and without
//! a cell that they would take for a formula.

use std::io::{self, Write};

use csv::{Terminator, WriterBuilder};

use super::{data, date};
use crate::input::EntityKind;
use crate::pages::{Scene, cards, dates};
use crate::site::{EventIndex, TimelineIndex};
use crate::time::Instant;

const COLUMNS: [&str; 21] = [
    "id",
    "title",
    "date",
    "edtf",
    "precision",
    "certainty",
    "timezone",
    "date_note",
    "summary",
    "weight",
    "role",
    "track",
    "places",
    "people",
    "organizations",
    "topics",
    "authors",
    "published",
    "updated",
    "sources",
    "url",
];

/// By this Excel knows that a file is UTF-8.
const BYTE_ORDER_MARK: &[u8] = "\u{FEFF}".as_bytes();

/// The whole file.
pub(super) fn write(to: &mut dyn Write, scene: &Scene<'_>, index: TimelineIndex) -> io::Result<()> {
    let scene = &Scene { linker: scene.linker.absolute(), ..*scene };
    to.write_all(BYTE_ORDER_MARK)?;
    let mut table = WriterBuilder::new().terminator(Terminator::CRLF).from_writer(to);
    let events = scene.site.timeline(index).events.clone();
    let rows = events.map(|at| row(scene, EventIndex(at)));
    for row in std::iter::once(COLUMNS.map(String::from)).chain(rows) {
        table.write_record(row.map(|cell| harmless(&cell)))?;
    }
    table.flush()
}

fn row(scene: &Scene<'_>, index: EventIndex) -> [String; 21] {
    let site = scene.site;
    let event = site.event(index);
    let keys = event.keys(site);
    let named = |kind| list(event.named(kind).iter().map(|at| site.entity(*at).name.as_str()));
    let moment = |instant: Option<Instant>| instant.map(Instant::to_rfc3339).unwrap_or_default();
    [
        event.id.to_string(),
        keys.title.clone(),
        dates::words(scene, index),
        event.date.edtf(),
        event.date.precision().as_str().to_string(),
        date::certainty(event.date.certainty()).to_string(),
        date::timezone(&event.date).to_string(),
        keys.date_note.clone().unwrap_or_default(),
        site.article(event.article).summary().unwrap_or_default().to_string(),
        cards::weight(keys.weight).to_string(),
        data::role(keys.role).to_string(),
        keys.track.as_ref().map(|track| track.value.clone()).unwrap_or_default(),
        named(EntityKind::Place),
        named(EntityKind::Person),
        named(EntityKind::Organization),
        named(EntityKind::Topic),
        list(keys.authors.iter().map(String::as_str)),
        moment(event.published),
        moment(event.updated),
        list(keys.sources.iter().map(|source| source.title.as_str())),
        scene.linker.to(&event.address),
    ]
}

/// Several names in one cell: `a; b`. A semicolon or backslash of a name has a backslash before it.
fn list<'a>(names: impl Iterator<Item = &'a str>) -> String {
    let names: Vec<String> = names.map(|name| name.replace('\\', r"\\").replace(';', r"\;")).collect();
    names.join("; ")
}

/// A cell that no spreadsheet takes for a formula: an apostrophe comes before a sign that would begin one, and before another
/// apostrophe that does so, so that it can be taken away again.
fn harmless(cell: &str) -> String {
    let cell = cell.replace("\r\n", "\n").replace('\r', "\n");
    if begins_formula(&cell) { format!("'{cell}") } else { cell }
}

/// Whether a cell begins with a sign that would begin a formula, apostrophes before it apart.
pub(crate) fn begins_formula(cell: &str) -> bool {
    cell.trim_start_matches('\'').starts_with([
        '=', '+', '-', '@', '\t', '\n', '|', '%', '\u{FF1D}', '\u{FF0B}', '\u{FF0D}', '\u{FF20}',
    ])
}

#[cfg(test)]
mod tests {
    use super::{harmless, list};

    #[test]
    fn no_cell_begins_a_formula() {
        for formula in ["=1+1", "+1", "-0043", "@SUM(A1)", "\t=1", "\r=1", "＝1", "|x", "'=1"] {
            assert_eq!(harmless(formula), format!("'{}", formula.replace('\r', "\n")));
        }
        for text in ["a=1", "2000-07", "'quoted'", "[..1984]", ""] {
            assert_eq!(harmless(text), text);
        }
    }

    #[test]
    fn names_in_a_list_can_be_told_apart() {
        assert_eq!(list(["a; b", r"c\", "d"].into_iter()), r"a\; b; c\\; d");
    }
}
