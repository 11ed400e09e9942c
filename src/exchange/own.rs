//! An event of our own export: what `timelinejs.json` has beside a slide, or a row of `events.csv`, comes in; its front matter
//! goes out as it was.

use std::collections::BTreeMap;
use std::path::Path;

use serde_json::{Map, Value as Json, json};
use toml::Value;

use super::notes::{Note, Reason};
use super::slides::{Media, Slide, SlideKind};
use super::{Keys, date_value};
use crate::Place;
use crate::time::WrittenDate;

/// The front matter of an event of a timeline with a clock; `None` for what is none of ours. Its picture is the
/// business of the slide.
pub(super) fn keys(record: &Json, clock: &str) -> Option<Keys> {
    let text = |pointer: &str| record.pointer(pointer).and_then(Json::as_str);
    let date = WrittenDate::parse(text("/date/edtf")?).ok()?;
    let mut keys = Keys::default();
    keys.set("title", text("/title")?);
    keys.set("date", date_value(&date));
    // A time without an offset means nothing without its zone; every other date needs it only where it is not the timeline's.
    let is_said = |zone: &&str| date.needs_zone() || clock != *zone;
    if let Some(zone) = text("/date/timezone").filter(is_said) {
        keys.set("timezone", zone);
    }
    for (key, pointer) in [("date_note", "/date/note"), ("summary", "/summary"), ("track", "/track")] {
        if let Some(text) = text(pointer) {
            keys.set(key, text);
        }
    }
    for (key, usual) in [("weight", "normal"), ("role", "event")] {
        if let Some(word) = text(&format!("/{key}")).filter(|word| *word != usual) {
            keys.set(key, word);
        }
    }
    for key in ["published", "updated"] {
        if let Some(moment) = text(&format!("/{key}")) {
            keys.set(key, moment.parse().map_or_else(|_| Value::from(moment), Value::Datetime));
        }
    }
    for (key, name) in [
        ("place", "places"),
        ("people", "people"),
        ("organizations", "organizations"),
        ("topics", "topics"),
        ("authors", "authors"),
    ] {
        keys.add(key, names(record.get(name)));
    }
    for (key, dates) in LISTS {
        let entries = record.get(key).and_then(Json::as_array).into_iter().flatten();
        let entries: Vec<Value> = entries.filter_map(|entry| table(entry, dates)).collect();
        if !entries.is_empty() {
            keys.set(key, entries);
        }
    }
    Some(keys)
}

/// Lists of tables, with those of their keys that are dates.
const LISTS: [(&str, &[&str]); 4] = [
    ("quotes", &["said"]),
    ("accounts", &[]),
    ("sources", &["published", "accessed"]),
    ("corrections", &["date"]),
];

/// The names of entities, or texts.
fn names(list: Option<&Json>) -> Vec<String> {
    let items = list.and_then(Json::as_array).into_iter().flatten();
    let name = |item: &Json| Some(item.as_str().or_else(|| item.get("name")?.as_str())?.to_string());
    items.filter_map(name).collect()
}

fn table(entry: &Json, dates: &[&str]) -> Option<Value> {
    let mut table = toml::Table::new();
    for (key, value) in entry.as_object()? {
        let Some(text) = value.as_str().filter(|text| !(key == "kind" && *text == "direct")) else {
            continue;
        };
        let date = WrittenDate::parse(text).ok().filter(|_| dates.contains(&key.as_str()));
        table.insert(key.clone(), date.as_ref().map_or_else(|| Value::from(text), date_value));
    }
    Some(Value::Table(table))
}

/// Whether a table's first row is that of our `events.csv`.
pub(super) fn is_table(head: &csv::StringRecord) -> bool {
    ["id", "title", "edtf", "certainty"].iter().all(|name| head.iter().any(|column| column == *name))
}

/// A row of our table.
pub(super) fn row(
    head: &csv::StringRecord,
    record: &csv::StringRecord,
    place: Place,
    notes: &mut Vec<Note>,
) -> Slide {
    let cells: BTreeMap<&str, String> = head.iter().zip(record.iter().map(plain_cell)).collect();
    let cell = |name: &str| cells.get(name).cloned().unwrap_or_default();
    let mut own = Map::new();
    for name in ["title", "summary", "weight", "role", "track", "published", "updated"] {
        if !cell(name).is_empty() {
            own.insert(name.to_string(), json!(cell(name)));
        }
    }
    let note = Some(cell("date_note")).filter(|note| !note.is_empty());
    let zone = Some(cell("timezone")).filter(|zone| !zone.is_empty());
    own.insert("date".to_string(), json!({ "edtf": cell("edtf"), "note": note, "timezone": zone }));
    for name in ["places", "people", "organizations", "topics", "authors"] {
        own.insert(name.to_string(), json!(parts(&cell(name))));
    }
    let sources: Vec<Json> = parts(&cell("sources")).iter().map(|title| json!({ "title": title })).collect();
    own.insert("sources".to_string(), json!(sources));
    let mut slide = Slide::new(SlideKind::Event, place);
    slide.id = cell("id");
    slide.media = Media::default();
    if keys(&Json::Object(own.clone()), "").is_none() {
        let sentence = format!("`{}` is no date in EDTF", cell("edtf"));
        notes.push(Note { place: slide.place.clone(), reason: Reason::Date, sentence });
        slide.headline = super::html::as_html(&cell("title"));
        return slide;
    }
    slide.own = Some(Json::Object(own));
    slide
}

/// A cell without the apostrophe that keeps spreadsheets from taking it for a formula.
fn plain_cell(cell: &str) -> String {
    let inner = cell.strip_prefix('\'').filter(|_| crate::pages::begins_formula(cell));
    inner.unwrap_or(cell).to_string()
}

/// The parts of a cell with several names: `a; b`, where `\;` is a semicolon of a name.
fn parts(cell: &str) -> Vec<String> {
    let (mut parts, mut part) = (Vec::new(), String::new());
    let mut characters = cell.chars();
    while let Some(character) = characters.next() {
        match character {
            '\\' => part.extend(characters.next()),
            ';' => parts.push(std::mem::take(&mut part)),
            other => part.push(other),
        }
    }
    parts.push(part);
    let parts = parts.iter().map(|part| part.trim().to_string());
    parts.filter(|part| !part.is_empty()).collect()
}

/// The folders of an id, made fit for a path: ids of ours have them already.
pub(super) fn path_of(id: &str) -> Option<String> {
    let is_part = |part: &str| {
        !part.is_empty() && !part.starts_with(['.', '_']) && crate::address::segment(part) == part
    };
    (!id.is_empty() && id.split('/').all(is_part) && Path::new(id).file_name().is_some())
        .then(|| id.to_string())
}

#[cfg(test)]
mod tests {
    use super::{parts, path_of, plain_cell};

    #[test]
    fn what_was_done_to_cells_is_undone() {
        assert_eq!(parts(r"a\; b; c\\; d"), ["a; b", r"c\", "d"]);
        assert_eq!(plain_cell("'=1"), "=1");
        assert_eq!(plain_cell("''=1"), "'=1");
        assert_eq!(plain_cell("'quoted'"), "'quoted'");
    }

    #[test]
    fn an_id_is_a_path_only_if_it_stays_in_the_timeline() {
        assert_eq!(path_of("2019/03/x").as_deref(), Some("2019/03/x"));
        for wrong in ["", "../x", "a//b", "/a", "a/_index", "A"] {
            assert_eq!(path_of(wrong), None, "{wrong}");
        }
    }
}
