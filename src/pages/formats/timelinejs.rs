//! A timeline for TimelineJS 3, which knows years, months, days and times; the words of each date come along, so that its own are
//! not shown, and what it cannot hold stands beside it.

use std::io::{self, Write};

use serde::Serialize;
use serde_json::{Value, json};

use super::data::EventRecord;
use super::{Lazily, data, date, write_json};
use crate::address::Address;
use crate::input::keys::Image;
use crate::pages::{Scene, cards, dates};
use crate::site::{Era, EventIndex, Timeline, TimelineIndex};
use crate::svg::escaped;
use crate::time::AxisDate;

/// What TimelineJS reads.
#[derive(Serialize)]
struct Document<E, N> {
    scale: &'static str,
    title: Title,
    events: E,
    eras: Vec<Value>,
    #[serde(rename = "_dateline")]
    extension: Extension<N>,
}

/// The first slide.
#[derive(Serialize)]
struct Title {
    text: SlideText,
    #[serde(skip_serializing_if = "Option::is_none")]
    media: Option<Media>,
}

/// The slide of an event.
#[derive(Serialize)]
struct Slide<'a> {
    unique_id: &'a str,
    start_date: SlideDate,
    #[serde(skip_serializing_if = "Option::is_none")]
    end_date: Option<SlideDate>,
    display_date: String,
    text: SlideText,
    #[serde(skip_serializing_if = "Option::is_none")]
    media: Option<Media>,
    #[serde(skip_serializing_if = "Option::is_none")]
    group: Option<String>,
    #[serde(rename = "_dateline")]
    extension: EventRecord,
}

/// A date in the parts that are known, and no others.
#[derive(Serialize)]
struct SlideDate {
    year: i64,
    #[serde(skip_serializing_if = "Option::is_none")]
    month: Option<u8>,
    #[serde(skip_serializing_if = "Option::is_none")]
    day: Option<u8>,
    #[serde(skip_serializing_if = "Option::is_none")]
    hour: Option<u8>,
    #[serde(skip_serializing_if = "Option::is_none")]
    minute: Option<u8>,
    #[serde(skip_serializing_if = "Option::is_none")]
    second: Option<u8>,
}

/// The words of a slide; TimelineJS takes all of it for HTML.
#[derive(Serialize)]
struct SlideText {
    headline: String,
    text: String,
}

/// The picture of a slide.
#[derive(Serialize)]
struct Media {
    url: String,
    alt: String,
    caption: String,
    credit: String,
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
    let events = || timeline.events.clone().map(EventIndex);
    let left_out = events().filter(|event| site.event(*event).date.on_other_axes().is_none());
    let left_out = left_out.map(|at| {
        let event = site.event(at);
        json!({ "unique_id": &*event.id, "headline": event.keys(site).title, "date": date::of_event(scene, at), "event": data::event(scene, at) })
    });
    let drawn = events().filter_map(|at| slide(scene, timeline, at));
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

fn title(scene: &Scene<'_>, timeline: &Timeline) -> Title {
    let keys = timeline.keys(scene.site);
    Title {
        text: text(scene, &keys.title, timeline.article, &timeline.address),
        media: media(scene, timeline.article, keys.image.as_ref()),
    }
}

/// `None` for a date that TimelineJS cannot hold.
fn slide<'a>(scene: &Scene<'a>, timeline: &Timeline, index: EventIndex) -> Option<Slide<'a>> {
    let site = scene.site;
    let event = site.event(index);
    let keys = event.keys(site);
    let (start, end) = event.date.on_other_axes()?;
    let track = timeline.track_of(site, event).and_then(|track| timeline.keys(site).tracks.get(track));
    Some(Slide {
        unique_id: &event.id,
        start_date: SlideDate::of(start),
        end_date: end.map(SlideDate::of),
        display_date: escaped(&dates::words(scene, index)),
        text: text(scene, &keys.title, event.article, &event.address),
        media: media(scene, event.article, keys.image.as_deref()),
        group: track.map(|track| escaped(&track.title)),
        extension: data::event(scene, index),
    })
}

impl SlideDate {
    fn of(date: AxisDate) -> Self {
        Self {
            year: date.year,
            month: date.month,
            day: date.day,
            hour: date.time.map(|time| time.hour),
            minute: date.time.map(|time| time.minute),
            second: date.time.map(|time| time.second).filter(|second| *second > 0),
        }
    }
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
        "start_date": SlideDate::of(start),
        "end_date": SlideDate::of(end),
        "text": { "headline": escaped(&era.title) },
        "_dateline": { "date": date::of(scene, &era.date) },
    }))
}

/// The words of a slide, with the link to its article.
fn text(scene: &Scene<'_>, title: &str, article: usize, address: &Address) -> SlideText {
    let link = escaped(&scene.linker.to(address));
    let whole_article = escaped(scene.words.text("whole_article"));
    let summary = scene.site.article(article).summary().unwrap_or_default();
    let summary = if summary.is_empty() { String::new() } else { format!("<p>{}</p>", escaped(summary)) };
    SlideText {
        headline: escaped(title),
        text: format!("{summary}<p><a href=\"{link}\">{whole_article}</a></p>"),
    }
}

fn media(scene: &Scene<'_>, article: usize, image: Option<&Image>) -> Option<Media> {
    let view = cards::image(scene, article, image)?;
    let text = |text: Option<String>| text.map(|text| escaped(&text)).unwrap_or_default();
    Some(Media { url: view.src, alt: view.alt, caption: text(view.caption), credit: text(view.credit) })
}
