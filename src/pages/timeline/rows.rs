//! What stands below a period's heading: events one by one, events of several tracks side by side, and the ends of ranges.
//!
//! Events always stand in order of time. Lanes are only drawn where tracks overlap, and only as far as they do.

use std::collections::BTreeSet;

use serde::Serialize;
use tera::Value;

use super::sections::filter;
use super::{Sheet, archive};
use crate::pages::cards::{self, Card, TrackView};
use crate::pages::sources::Bibliography;
use crate::pages::{Failure, dates};
use crate::site::{Event, EventIndex};
use crate::time::{DateShape, Instant, Period};

/// A row of a period.
#[derive(Debug, Serialize)]
#[serde(tag = "kind", rename_all = "lowercase")]
pub(in crate::pages) enum Row {
    /// An event.
    Event(Box<Card>),
    /// Events of two or three tracks that overlap in time.
    Simultaneous(Simultaneous),
    /// «End of …»: where a range ends that began above.
    End(RangeEnd),
}

/// Events of two or three tracks that overlap in time: a lane for each track, a line for each moment.
#[derive(Debug, Serialize)]
pub(in crate::pages) struct Simultaneous {
    pub tracks: Vec<TrackView>,
    /// The numbers by which filters know its events.
    pub filter: String,
    /// In order of time; the events of one moment stand in one line, each in its track's lane.
    pub moments: Vec<Vec<Card>>,
}

/// Where a range ends.
#[derive(Debug, Serialize)]
pub(in crate::pages) struct RangeEnd {
    pub title: String,
    pub href: String,
}

/// How many lanes there are at the most; more tracks than that are told apart by their labels alone.
const LANES: usize = 3;

/// The ranges of a page that have other events between their beginning and their end.
pub(super) struct Brackets {
    /// The last event within each range, and the range, in order.
    ends: Vec<(usize, usize)>,
    /// How many ranges each event of the page lies within.
    depth: Vec<usize>,
    start: usize,
}

impl Brackets {
    /// The brackets of a page.
    pub fn of(sheet: &Sheet<'_>) -> Self {
        let range = sheet.part().events.clone();
        let events = &sheet.scene.site.events[range.clone()];
        let known = events.partition_point(|event| !event.date.written().is_unknown());
        let mut changes = vec![0_isize; events.len() + 1];
        let mut ends = Vec::new();
        for (at, event) in events[..known].iter().enumerate() {
            let Some(end) = event.date.latest().instant().filter(|_| event.date.shape() == DateShape::Range)
            else {
                continue;
            };
            let within =
                events[at + 1..known].partition_point(|other| begins(other).is_none_or(|start| start <= end));
            if within > 0 {
                ends.push((range.start + at + within, range.start + at));
                changes[at + 1] += 1;
                changes[at + 1 + within] -= 1;
            }
        }
        ends.sort_unstable();
        let depth = changes.iter().scan(0_isize, |depth, change| {
            *depth += change;
            Some(depth.unsigned_abs())
        });
        Self { ends, depth: depth.collect(), start: range.start }
    }

    fn is_within(&self, event: usize) -> bool {
        self.depth.get(event - self.start).is_some_and(|depth| *depth > 0)
    }

    /// The ranges whose last event is one of these, which follow each other on the page.
    fn ending_with(&self, events: &[usize]) -> impl Iterator<Item = usize> {
        let [first, last] = [events.iter().min(), events.iter().max()].map(|event| event.copied());
        let from = self.ends.partition_point(|(end, _)| Some(*end) < first);
        let to = self.ends.partition_point(|(end, _)| Some(*end) <= last);
        self.ends[from..to].iter().map(|(_, range)| *range)
    }
}

/// Under which heading events stand, and on which page.
pub(super) struct Under<'a> {
    pub period: Period,
    /// Of the page.
    pub brackets: &'a Brackets,
    /// The sources of the page.
    pub all: &'a Bibliography<'a>,
    /// The level of the headings in articles, where the page has them whole.
    pub level: Option<u8>,
}

/// The [`Row`]s of a period's events, each made into a value at once: a long list is in memory once.
pub(super) fn of(sheet: &Sheet<'_>, events: &[usize], under: &Under<'_>) -> Result<Vec<Value>, Failure> {
    let Under { period, brackets, all, level } = under;
    let card = |at: usize| {
        let index = EventIndex(at);
        let article = level.map(|level| archive::article(sheet.scene, index, level, all).map(Box::new));
        let date = dates::within(sheet.scene, index, period);
        Ok(Card {
            places: sheet.places_of(event(sheet, at)),
            within: brackets.is_within(at),
            filter: cards::filter(sheet.part(), index),
            article: article.transpose()?,
            ..cards::card(sheet.scene, index, date, all)
        })
    };
    let end = |range: usize| Value::from_serializable(&end(sheet, range));
    let mut rows = Vec::new();
    for run in events.chunk_by(|one, next| track(sheet, *one).is_some() && track(sheet, *next).is_some()) {
        if fits_into_lanes(sheet, run) {
            rows.push(Value::from_serializable(&Row::Simultaneous(lanes(sheet, run, card)?)));
            rows.extend(brackets.ending_with(run).map(end));
            continue;
        }
        for event in run {
            rows.push(Value::from_serializable(&Row::Event(Box::new(card(*event)?))));
            rows.extend(brackets.ending_with(&[*event]).map(end));
        }
    }
    Ok(rows)
}

/// Whether events that all have a track stand side by side: those of two or three tracks, two of which overlap.
fn fits_into_lanes(sheet: &Sheet<'_>, run: &[usize]) -> bool {
    let mut spans: Vec<(usize, [Instant; 2])> = Vec::new();
    for index in run {
        let (Some(track), Some(span)) = (track(sheet, *index), span(event(sheet, *index))) else { continue };
        match spans.iter_mut().find(|(other, _)| *other == track) {
            Some((_, whole)) => *whole = [whole[0].min(span[0]), whole[1].max(span[1])],
            None => spans.push((track, span)),
        }
    }
    let overlap = |one: &[Instant; 2], other: &[Instant; 2]| one[0] <= other[1] && other[0] <= one[1];
    let rest = |at: usize| &spans[at + 1..];
    let overlapping =
        spans.iter().enumerate().any(|(at, (_, one))| rest(at).iter().any(|(_, other)| overlap(one, other)));
    let tracks: BTreeSet<usize> = run.iter().filter_map(|index| track(sheet, *index)).collect();
    overlapping && tracks.len() <= LANES
}

fn lanes(
    sheet: &Sheet<'_>,
    run: &[usize],
    card: impl Fn(usize) -> Result<Card, Failure>,
) -> Result<Simultaneous, Failure> {
    let mut tracks: Vec<usize> = run.iter().filter_map(|index| track(sheet, *index)).collect();
    tracks.sort_unstable();
    tracks.dedup();
    let mut moments: Vec<(Option<[Instant; 2]>, Vec<Card>)> = Vec::new();
    for index in run {
        let lane = track(sheet, *index).and_then(|own| tracks.iter().position(|track| *track == own));
        let lane = lane.map(|lane| lane + 1);
        let card = Card { lane, ..card(*index)? };
        let when = span(event(sheet, *index));
        match moments.last_mut() {
            Some((moment, cards)) if *moment == when && cards.iter().all(|other| other.lane < lane) => {
                cards.push(card);
            }
            _ => moments.push((when, vec![card])),
        }
    }
    Ok(Simultaneous {
        tracks: tracks
            .iter()
            .filter_map(|track| cards::track_view(sheet.scene, sheet.timeline, *track))
            .collect(),
        filter: filter(sheet, run),
        moments: moments.into_iter().map(|(_, cards)| cards).collect(),
    })
}

fn end(sheet: &Sheet<'_>, range: usize) -> Row {
    let event = event(sheet, range);
    Row::End(RangeEnd {
        title: event.keys(sheet.scene.site).title.clone(),
        href: sheet.link_to(EventIndex(range)),
    })
}

fn event<'a>(sheet: &Sheet<'a>, index: usize) -> &'a Event {
    sheet.scene.site.event(EventIndex(index))
}

fn track(sheet: &Sheet<'_>, index: usize) -> Option<usize> {
    sheet.timeline.track_of(sheet.scene.site, event(sheet, index))
}

fn begins(event: &Event) -> Option<Instant> {
    event.date.earliest().instant()
}

/// From its first to its last instant, where both are known.
fn span(event: &Event) -> Option<[Instant; 2]> {
    Some([begins(event)?, event.date.latest().instant()?])
}
