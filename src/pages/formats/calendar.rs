//! A timeline as a calendar (RFC 5545): what is known to the day or to the minute, and on request the rest as spans.
//!
//! A day has no clock, a time has its own zone with the changes of its clocks, and stamps are those of the articles. What is
//! doubted is tentative; nothing makes anybody busy.

use std::io::{self, Write};

use super::feed::{one_line, permanent_id};
use super::lines::Lines;
use super::zones::Zones;
use crate::input::EntityKind;
use crate::pages::{Scene, cards};
use crate::site::{Event, EventIndex, TimelineIndex};
use crate::time::{CalendarDate, Certainty, Day, Instant, LocalTime, Zone};

/// The whole file.
pub(super) fn write(to: &mut dyn Write, scene: &Scene<'_>, index: TimelineIndex) -> io::Result<()> {
    let scene = &Scene { linker: scene.linker.absolute(), ..*scene };
    let site = scene.site;
    let timeline = site.timeline(index);
    let spans = site.calendar_spans(timeline);
    let events = timeline.events.clone().map(EventIndex);
    let dated = events.filter_map(|at| Some((site.event(at), site.event(at).date.in_calendar(spans)?)));
    let dated: Vec<(&Event, CalendarDate)> = dated.collect();

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
    Zones::of(&dated).write(&mut lines);
    for (event, date) in &dated {
        component(&mut lines, scene, event, *date);
        lines.write(to)?;
    }
    lines.line("END", "VCALENDAR");
    lines.write(to)
}

fn component(lines: &mut Lines, scene: &Scene<'_>, event: &Event, date: CalendarDate) {
    let site = scene.site;
    let keys = event.keys(site);
    lines.line("BEGIN", "VEVENT");
    lines.line("UID", &uid(scene, event));
    lines.line("DTSTAMP", &utc(stamp(event)));
    when(lines, event, date);
    lines.text("SUMMARY", &one_line(&keys.title));
    lines.text("DESCRIPTION", &description(scene, event));
    let places = cards::links(scene, event, EntityKind::Place);
    if !places.is_empty() {
        let names: Vec<String> = places.iter().map(|place| one_line(&place.title)).collect();
        lines.text("LOCATION", &names.join(", "));
    }
    if let Some((latitude, longitude)) = position(scene, event) {
        lines.line("GEO", &format!("{latitude:.6};{longitude:.6}"));
    }
    let topics: Vec<String> = event
        .named(EntityKind::Topic)
        .iter()
        .map(|topic| super::lines::escaped(&one_line(&site.entity(*topic).name)))
        .collect();
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

fn description(scene: &Scene<'_>, event: &Event) -> String {
    let date = Some(scene.words.date(&event.date));
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
    format!("{}Z", local(instant.local(&Zone::UTC)))
}

/// `20230913T130000`, without a zone.
pub(super) fn local(time: LocalTime) -> String {
    format!("{}T{:02}{:02}{:02}", day(time.date()), time.hour, time.minute, time.second)
}

fn day(day: Day) -> String {
    format!("{:04}{:02}{:02}", day.year, day.month, day.day)
}
