//! A timeline as a calendar (RFC 5545): what is known to the day or to the minute, and on request the rest as spans.
//!
//! A day has no clock, a time has its own zone with the changes of its clocks, and stamps are those of the articles. What is
//! doubted is tentative; nothing makes anybody busy.

use std::io::{self, Write};

use super::feed::{one_line, permanent_id};
use super::lines::Lines;
use super::zones::Zones;
use crate::input::EntityKind;
use crate::pages::{Scene, dates};
use crate::site::{Event, EventIndex, TimelineIndex};
use crate::time::{CalendarDate, Certainty, Day, Instant, LocalTime, Zone};

/// The whole file.
pub(super) fn write(to: &mut dyn Write, scene: &Scene<'_>, index: TimelineIndex) -> io::Result<()> {
    let scene = &Scene { linker: scene.linker.absolute(), ..*scene };
    let site = scene.site;
    let timeline = site.timeline(index);
    let spans = site.calendar_spans(timeline);
    let events = timeline.events.clone().map(EventIndex);
    let dated = events.filter_map(|at| Some((at, site.event(at).date.in_calendar(spans)?)));
    let dated: Vec<(EventIndex, CalendarDate)> = dated.collect();

    let mut lines = Lines::default();
    lines.line("BEGIN", "VCALENDAR");
    lines.line("VERSION", "2.0");
    lines.line("PRODID", "-//Dateline//Dateline//EN");
    lines.line("CALSCALE", "GREGORIAN");
    let title = one_line(&timeline.keys(site).title);
    lines.text("NAME", &title);
    lines.text("X-WR-CALNAME", &title);
    if let Some(summary) = site.article(timeline.article).summary() {
        lines.text("DESCRIPTION", summary);
        lines.text("X-WR-CALDESC", summary);
    }
    lines.line("URL", &scene.linker.to(&timeline.address));
    Zones::of(dated.iter().map(|(at, date)| (&site.event(*at).date, *date))).write(&mut lines);
    for (at, date) in &dated {
        component(&mut lines, scene, *at, *date);
        lines.write(to)?;
    }
    lines.line("END", "VCALENDAR");
    lines.write(to)
}

fn component(lines: &mut Lines, scene: &Scene<'_>, index: EventIndex, date: CalendarDate) {
    let site = scene.site;
    let event = site.event(index);
    let keys = event.keys(site);
    lines.line("BEGIN", "VEVENT");
    lines.line("UID", &uid(scene, event));
    lines.line("DTSTAMP", &utc(stamp(event)));
    when(lines, event, date);
    lines.text("SUMMARY", &one_line(&keys.title));
    lines.text("DESCRIPTION", &description(scene, index));
    let names = |kind| event.named(kind).iter().map(|at| one_line(&site.entity(*at).name));
    let places: Vec<String> = names(EntityKind::Place).collect();
    if !places.is_empty() {
        lines.text("LOCATION", &places.join(", "));
    }
    if let Some((latitude, longitude)) = position(scene, event) {
        lines.line("GEO", &format!("{latitude:.6};{longitude:.6}"));
    }
    let topics: Vec<String> = names(EntityKind::Topic).map(|name| super::lines::escaped(&name)).collect();
    if !topics.is_empty() {
        lines.line("CATEGORIES", &topics.join(","));
    }
    lines.line("URL", &scene.linker.to(&event.address));
    if let Some(published) = event.published {
        lines.line("CREATED", &utc(published));
        lines.line("LAST-MODIFIED", &utc(stamp(event)));
    }
    if event.date.certainty() != Certainty::Certain || matches!(date, CalendarDate::Span(..)) {
        lines.line("STATUS", "TENTATIVE");
    }
    lines.line("TRANSP", "TRANSPARENT");
    lines.text("X-DATELINE-EDTF", &event.date.edtf());
    lines.line("END", "VEVENT");
}

/// When it happened. The end of days is the day after the last one.
fn when(lines: &mut Lines, event: &Event, date: CalendarDate) {
    match date {
        CalendarDate::Moment(instant) => {
            let zone = event.date.zone();
            match zone == Zone::UTC || event.date.is_plain_in_utc_alone() {
                true => lines.line("DTSTART", &utc(instant)),
                false => {
                    lines.line(&format!("DTSTART;TZID={}", zone.name()), &local(instant.local(&zone)));
                }
            }
        }
        CalendarDate::Days(first, last) | CalendarDate::Span(first, last) => {
            lines.line("DTSTART;VALUE=DATE", &day(first));
            lines.line("DTEND;VALUE=DATE", &day(last.next()));
        }
    }
}

/// The address that the article had first, as a name below its host: it stays when the article moves.
fn uid(scene: &Scene<'_>, event: &Event) -> String {
    let id = permanent_id(scene.site, event);
    let inner = id.split_once("://").map_or(id.as_str(), |(_, inner)| inner);
    let (host, path) = inner.split_once('/').unwrap_or((inner, ""));
    format!("{}@{host}", path.trim_end_matches('/'))
}

/// When the article was changed last; the beginning of computers' time where it says nothing of that.
fn stamp(event: &Event) -> Instant {
    event.updated.max(event.published).unwrap_or(Instant::from_seconds(0))
}

fn description(scene: &Scene<'_>, index: EventIndex) -> String {
    let event = scene.site.event(index);
    let date = Some(dates::words(scene, index));
    let note = event.keys(scene.site).date_note.clone();
    let summary = scene.site.article(event.article).summary().map(str::to_string);
    [date, note, summary].into_iter().flatten().collect::<Vec<_>>().join("\n\n")
}

fn position(scene: &Scene<'_>, event: &Event) -> Option<(f64, f64)> {
    let place = event.named(EntityKind::Place).first()?;
    let keys = scene.site.entity(*place).keys(scene.site)?;
    Some((keys.latitude?.0, keys.longitude?.0))
}

/// `20230913T040000Z`.
fn utc(instant: Instant) -> String {
    local(instant.local(&Zone::UTC)) + "Z"
}

/// `20230913T130000`, without a zone.
pub(super) fn local(time: LocalTime) -> String {
    without_signs(&time.to_string())
}

fn day(day: Day) -> String {
    without_signs(&day.to_string())
}

/// ISO 8601 without what parts a date and a time: the basic format. A calendar has no way to write a year beyond 9999.
fn without_signs(text: &str) -> String {
    text.chars().filter(|sign| !matches!(sign, '-' | ':')).collect()
}
