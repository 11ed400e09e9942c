//! A timeline for TimelineJS 3, which knows years, months, days and times; the words of each date come along, so that its own are
//! not shown, and what it cannot hold stands beside it.

use std::io::{self, Write};

use serde::Serialize;
use serde_json::{Map, Value, json};

use super::{Lazily, data, date, write_json};
use crate::input::keys::Image;
use crate::pages::{Scene, cards};
use crate::site::{Era, Event, EventIndex, Timeline, TimelineIndex};
use crate::svg::escaped;
use crate::time::AxisDate;

/// What TimelineJS reads.
#[derive(Serialize)]
struct Document<E, N> {
    scale: &'static str,
    title: Value,
    events: E,
    eras: Vec<Value>,
    #[serde(rename = "_dateline")]
    extension: Extension<N>,
}

/// What it has no place for.
#[derive(Serialize)]
struct Extension<N> {
    url: String,
    timezone: &'static str,
    tracks: Vec<Value>,
    not_drawn: N,
    eras_not_drawn: Vec<Value>,
}

/// The whole document.
pub(super) fn write(to: &mut dyn Write, scene: &Scene<'_>, index: TimelineIndex) -> io::Result<()> {
    let scene = &Scene { linker: scene.linker.absolute(), ..*scene };
    let site = scene.site;
    let timeline = site.timeline(index);
    let events = || timeline.events.clone().map(|at| site.event(EventIndex(at)));
    let left_out = events().filter(|event| event.date.on_other_axes().is_none());
    let left_out = left_out.map(|one| json!({ "unique_id": &*one.id, "headline": one.keys(site).title, "date": date::of_event(scene, one), "event": data::event(scene, one) }));
    let drawn = events().filter_map(|one| event(scene, timeline, one));
    let endless = timeline.eras.iter().filter(|one| era(scene, one).is_none());
    let endless: Vec<Value> =
        endless.map(|one| json!({ "headline": one.title, "date": date::of(scene, &one.date) })).collect();
    let eras: Vec<Value> = timeline.eras.iter().filter_map(|one| era(scene, one)).collect();
    let tracks = timeline.keys(site).tracks.iter();
    let tracks: Vec<Value> = tracks.map(|track| json!({ "id": track.id, "title": track.title })).collect();
    let document = Document {
        scale: "human",
        title: title(scene, timeline),
        events: Lazily(drawn),
        eras,
        extension: Extension {
            url: scene.linker.to(&timeline.address),
            timezone: timeline.clock.name(),
            tracks,
            not_drawn: Lazily(left_out),
            eras_not_drawn: endless,
        },
    };
    write_json(to, &document)
}

fn title(scene: &Scene<'_>, timeline: &Timeline) -> Value {
    let keys = timeline.keys(scene.site);
    let summary = scene.site.article(timeline.article).summary().unwrap_or_default();
    let mut title = Map::new();
    title.insert("text".to_string(), text(scene, &keys.title, summary, &timeline.address));
    media(scene, &mut title, timeline.article, keys.image.as_ref());
    Value::Object(title)
}

fn event(scene: &Scene<'_>, timeline: &Timeline, event: &Event) -> Option<Value> {
    let site = scene.site;
    let keys = event.keys(site);
    let (start, end) = event.date.on_other_axes()?;
    let words = scene.words.date(&event.date);
    let summary = site.article(event.article).summary().unwrap_or_default();
    let mut slide = Map::new();
    slide.insert("unique_id".to_string(), json!(&*event.id));
    slide.insert("start_date".to_string(), axis_date(start));
    if let Some(end) = end {
        slide.insert("end_date".to_string(), axis_date(end));
    }
    slide.insert("display_date".to_string(), json!(escaped(&words)));
    slide.insert("text".to_string(), text(scene, &keys.title, summary, &event.address));
    media(scene, &mut slide, event.article, keys.image.as_deref());
    let track = timeline.track_of(site, event).and_then(|track| keys_of_track(scene, timeline, track));
    if let Some(track) = track {
        slide.insert("group".to_string(), json!(escaped(&track)));
    }
    slide.insert("_dateline".to_string(), json!(data::event(scene, event)));
    Some(Value::Object(slide))
}

fn keys_of_track(scene: &Scene<'_>, timeline: &Timeline, track: usize) -> Option<String> {
    Some(timeline.keys(scene.site).tracks.get(track)?.title.clone())
}

/// An era as a stretch of the axis; one that has no end, or is a day, is none.
fn era(scene: &Scene<'_>, era: &Era) -> Option<Value> {
    let (start, end) = era.date.on_other_axes()?;
    let last_day = era.date.last_day().filter(|_| start.day.is_none()).map(|day| AxisDate {
        year: day.year,
        month: Some(day.month),
        day: Some(day.day),
        time: None,
    });
    let end = end.or(last_day)?;
    Some(json!({
        "start_date": axis_date(start),
        "end_date": axis_date(end),
        "text": { "headline": escaped(&era.title) },
        "_dateline": { "date": date::of(scene, &era.date) },
    }))
}

/// The parts that are known, and no others.
fn axis_date(date: AxisDate) -> Value {
    let mut parts = Map::new();
    let mut set = |name: &str, value: Option<i64>| {
        if let Some(value) = value {
            parts.insert(name.to_string(), json!(value));
        }
    };
    set("year", Some(date.year));
    set("month", date.month.map(i64::from));
    set("day", date.day.map(i64::from));
    set("hour", date.time.map(|time| i64::from(time.hour)));
    set("minute", date.time.map(|time| i64::from(time.minute)));
    set("second", date.time.map(|time| i64::from(time.second)).filter(|second| *second > 0));
    Value::Object(parts)
}

/// The words of a slide, with the link to its article; TimelineJS takes all of it for HTML.
fn text(scene: &Scene<'_>, title: &str, summary: &str, address: &crate::address::Address) -> Value {
    let link = escaped(&scene.linker.to(address));
    let article = escaped(scene.words.text("whole_article"));
    let summary = if summary.is_empty() { String::new() } else { format!("<p>{}</p>", escaped(summary)) };
    json!({
        "headline": escaped(title),
        "text": format!("{summary}<p><a href=\"{link}\">{article}</a></p>"),
    })
}

fn media(scene: &Scene<'_>, slide: &mut Map<String, Value>, article: usize, image: Option<&Image>) {
    let Some(view) = cards::image(scene, article, image) else { return };
    let text = |text: Option<String>| text.map(|text| escaped(&text)).unwrap_or_default();
    let media = json!({
        "url": view.src,
        "alt": view.alt,
        "caption": text(view.caption),
        "credit": text(view.credit),
    });
    slide.insert("media".to_string(), media);
}
