//! A timeline of TimelineJS: its JSON, of today's form or the older one, or its sheet as CSV, comes in; a timeline with its
//! events goes out.

use std::path::Path;

use serde_json::Value;

use super::notes::{Note, Reason};
use super::sheet::{self, old_date};
use super::slides::{self, Media, Slide, SlideDate, SlideKind};
use super::{Harvest, Wishes, html};
use crate::input::Foreign;
use crate::{Error, Place};

/// Takes a timeline.
pub(super) fn import(foreign: &Foreign, wishes: &Wishes) -> Result<Harvest, Error> {
    let Some(path) = foreign.named() else {
        return Err(Error::Refused(
            "name the file of the timeline, a .json or a .csv, not its folder".to_string(),
        ));
    };
    let Some(text) = foreign.text(path)? else {
        return Err(Error::Refused(format!("{} is not UTF-8: export it again as UTF-8", path.display())));
    };
    let mut notes = Vec::new();
    let is_json = text.trim_start_matches('\u{feff}').trim_start().starts_with(['{', '[']);
    let slides = match is_json {
        true => of_json(path, &text, &mut notes),
        false => sheet::slides(path, &text, &mut notes),
    };
    let slides = slides
        .map_err(|why| Error::Refused(format!("{} is no timeline of TimelineJS: {why}", path.display())))?;
    Ok(slides::harvest(foreign, wishes, &slides, notes))
}

fn of_json(path: &Path, text: &str, notes: &mut Vec<Note>) -> Result<Vec<Slide>, String> {
    let json: Value =
        serde_json::from_str(text.trim_start_matches('\u{feff}')).map_err(|error| error.to_string())?;
    let mut places = Places { path, text, at: 0 };
    if let Some(older) = json.get("timeline") {
        return Ok(older_slides(older, &mut places, notes));
    }
    let events = json.get("events").and_then(Value::as_array).ok_or("it has no list `events`")?;
    let mut slides = Vec::new();
    if let Some(title) = json.get("title").filter(|title| title.is_object()) {
        let own = json.get("_dateline").cloned();
        slides.push(Slide { own, ..slide(title, SlideKind::Title, &mut places, notes) });
    }
    slides.extend(events.iter().map(|event| slide(event, SlideKind::Event, &mut places, notes)));
    let apart = json.pointer("/_dateline/not_drawn").and_then(Value::as_array).into_iter().flatten();
    slides.extend(apart.map(|one| not_drawn(one, &mut places)));
    let eras = json.get("eras").and_then(Value::as_array).into_iter().flatten();
    slides.extend(eras.map(|era| slide(era, SlideKind::Era, &mut places, notes)));
    Ok(slides)
}

/// Where slides stand in a file: by their headlines, one after another.
struct Places<'a> {
    path: &'a Path,
    text: &'a str,
    at: usize,
}

impl Places<'_> {
    fn of(&mut self, headline: &str) -> Place {
        // As the parser of JSON would write it, and as an author may have.
        let written = serde_json::to_string(headline).unwrap_or_default();
        let escaped = written.replace('/', "\\/");
        let found = [written, escaped].iter().find_map(|written| {
            // The title may stand behind the events.
            let after = self.text[self.at..].find(written.as_str()).map(|at| self.at + at);
            let at = after.or_else(|| self.text.find(written.as_str()))?;
            Some(at..at + written.len())
        });
        match found.filter(|_| !headline.is_empty()) {
            Some(range) => {
                self.at = range.end;
                Place::in_text(self.path, self.text, range)
            }
            None => Place::file(self.path),
        }
    }
}

/// Keys of a slide that have a place in an article.
const KNOWN: [&str; 11] = [
    "text",
    "start_date",
    "end_date",
    "display_date",
    "group",
    "media",
    "unique_id",
    "background",
    "autolink",
    "type",
    "_dateline",
];

fn slide(json: &Value, kind: SlideKind, places: &mut Places<'_>, notes: &mut Vec<Note>) -> Slide {
    let text = |pointer: &str| text_at(json, pointer);
    let headline = text("/text/headline");
    let mut slide = Slide::new(kind, places.of(&headline));
    slide.headline = headline;
    slide.text = text("/text/text");
    slide.id = text("/unique_id");
    slide.group = text("/group");
    slide.display = [text("/display_date"), text("/start_date/display_date")]
        .into_iter()
        .find(|text| !text.is_empty())
        .unwrap_or_default();
    slide.start = json.get("start_date").map(date);
    slide.end = json.get("end_date").map(date);
    slide.media = Media {
        url: text("/media/url"),
        caption: text("/media/caption"),
        credit: text("/media/credit"),
        alt: text("/media/alt"),
    };
    let extra = [
        ("background", [text("/background/url"), text("/background/color")].join("")),
        ("media_link", text("/media/link")),
        ("media_thumbnail", text("/media/thumbnail")),
        ("media_title", text("/media/title")),
    ];
    slide.extra = extra.into_iter().filter(|(_, value)| !value.is_empty()).collect();
    slide.own = json.get("_dateline").cloned();
    if let Some(era) = slide.own.as_ref().filter(|_| kind == SlideKind::Era) {
        slide.edtf = text_at(era, "/date/edtf");
    }
    for key in json.as_object().into_iter().flat_map(serde_json::Map::keys) {
        if !KNOWN.contains(&key.as_str()) {
            let sentence = format!("`{key}` has no place in an article, and did not come in");
            notes.push(Note { place: slide.place.clone(), reason: Reason::Lost, sentence });
        }
    }
    slide
}

/// An event of our own export whose date TimelineJS can't draw.
fn not_drawn(json: &Value, places: &mut Places<'_>) -> Slide {
    let headline = text_at(json, "/headline");
    let mut slide = Slide::new(SlideKind::Event, places.of(&headline));
    slide.headline = html::as_html(&headline);
    slide.id = text_at(json, "/unique_id");
    slide.own = json.get("event").cloned();
    slide
}

/// A text, or a number as text.
fn text_at(json: &Value, pointer: &str) -> String {
    match json.pointer(pointer) {
        Some(Value::String(text)) => text.trim().to_string(),
        Some(Value::Number(number)) => number.to_string(),
        _ => String::new(),
    }
}

fn date(json: &Value) -> SlideDate {
    let part = |name: &str| text_at(json, &format!("/{name}"));
    SlideDate {
        year: part("year"),
        month: part("month"),
        day: part("day"),
        hour: part("hour"),
        minute: part("minute"),
        second: part("second"),
    }
}

/// Slides of the form that TimelineJS had before its third version.
fn older_slides(json: &Value, places: &mut Places<'_>, notes: &mut Vec<Note>) -> Vec<Slide> {
    let mut slides = vec![older(json, SlideKind::Title, places, notes)];
    let list = |name: &str| json.get(name).and_then(Value::as_array).cloned().unwrap_or_default();
    slides.extend(list("date").iter().map(|event| older(event, SlideKind::Event, places, notes)));
    slides.extend(list("era").iter().map(|era| older(era, SlideKind::Era, places, notes)));
    slides
}

fn older(json: &Value, kind: SlideKind, places: &mut Places<'_>, notes: &mut Vec<Note>) -> Slide {
    let text = |pointer: &str| text_at(json, pointer);
    let headline = text("/headline");
    let mut slide = Slide::new(kind, places.of(&headline));
    slide.headline = headline;
    slide.text = text("/text");
    let day = |name: &str| Some(text(name)).filter(|text| !text.is_empty()).map(|text| old_date(&text));
    (slide.start, slide.end) = (day("/startDate"), day("/endDate"));
    let tags = text("/tag");
    slide.group = if tags.is_empty() { text("/tags") } else { tags };
    slide.media = Media {
        url: text("/asset/media"),
        caption: text("/asset/caption"),
        credit: text("/asset/credit"),
        alt: String::new(),
    };
    if let Some(related) = Some(text("/related")).filter(|text| !text.is_empty()) {
        let sentence = format!("`related`, `{related}`, has no place in an article, and did not come in");
        notes.push(Note { place: slide.place.clone(), reason: Reason::Lost, sentence });
    }
    slide
}
