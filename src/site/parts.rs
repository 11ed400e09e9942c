//! The pages that a timeline longer than a page is cut into: years, months of a long year, parts of a long month.
//!
//! Events in order of time come in, ranges of them with an address each go out. Every event is in exactly one.

use std::ops::Range;
use std::sync::Arc;

use rayon::prelude::{IntoParallelRefMutIterator, ParallelIterator};

use super::before::Before;
use super::filters::Filters;
use super::timelines::Event;
use super::{EventIndex, Site, Timeline};
use crate::address::Address;
use crate::input::keys::Sort;
use crate::input::settings::PAGE_SIZE;
use crate::time::Period;

/// One page of a timeline's events.
#[derive(Debug)]
pub struct Part {
    /// Its page.
    pub address: Address,
    /// Its events among the site's events, in order of time.
    pub events: Range<usize>,
    /// What of time it holds: a year, a month, or what has no known date; `None` for a timeline that is one page.
    pub period: Option<Period>,
    /// Which part of its period it is, counted from 1.
    pub number: usize,
    /// What its events can be filtered by.
    pub filters: Option<Arc<Filters>>,
}

/// A timeline's parts in order of time.
#[derive(Debug, Default)]
pub struct Parts {
    /// At least one.
    pub list: Vec<Part>,
    /// Which of them stands on the timeline's own page: the oldest, or the newest by `sort`.
    pub head: usize,
    /// The events that say when they were published, newest first.
    pub by_publication: Vec<EventIndex>,
    /// The events of each of its tracks, in order of time.
    tracks: Vec<Vec<EventIndex>>,
    /// How many events stand on a page at the most; as many as there are where nothing is cut.
    page_size: usize,
    /// Where the head would stand if it were not at the head: an address that leads to the timeline.
    pub of_head: Option<Address>,
}

impl Parts {
    /// A timeline that is not cut.
    #[must_use]
    pub fn whole(timeline: &Timeline) -> Self {
        let events = timeline.events.clone();
        let whole =
            Part { address: timeline.address.clone(), events, period: None, number: 1, filters: None };
        Self { list: vec![whole], ..Self::default() }
    }

    /// Which part holds an event.
    #[must_use]
    pub fn at(&self, event: usize) -> usize {
        self.list.partition_point(|part| part.events.end <= event).min(self.list.len().saturating_sub(1))
    }

    /// The events by publication, page by page.
    pub fn reported(&self) -> impl ExactSizeIterator<Item = &[EventIndex]> {
        self.by_publication.chunks(self.page_size)
    }

    /// The events of a track, in order of time.
    #[must_use]
    pub fn of_track(&self, track: usize) -> &[EventIndex] {
        &self.tracks[track]
    }

    /// Over how many pages the events of a track stand: one at least.
    #[must_use]
    pub fn pages_of_track(&self, track: usize) -> usize {
        self.tracks[track].len().div_ceil(self.page_size).max(1)
    }

    /// The events of a page of a track.
    #[must_use]
    pub fn on_page_of_track(&self, track: usize, page: usize) -> &[EventIndex] {
        self.tracks[track].chunks(self.page_size).nth(page).unwrap_or_default()
    }

    /// The parts in the order in which they are read.
    pub fn in_reading_order(&self, sort: Sort) -> Vec<usize> {
        let mut order: Vec<usize> = (0..self.list.len()).collect();
        if sort == Sort::Newest {
            let known = self.list.iter().take_while(|part| part.period != Some(Period::Unknown)).count();
            order[..known].reverse();
        }
        order
    }
}

/// The parts of every timeline of a site, with their filters.
pub(super) fn of(site: &Site, before: Option<&Before<'_>>) -> Vec<Parts> {
    let before = before.filter(|before| before.has_same_entities(site));
    let page_size = site.input.settings.outputs.page_size.unwrap_or(PAGE_SIZE);
    let parts = |timeline: &Timeline| {
        let range = timeline.events.clone();
        let sort = timeline.keys(site).sort;
        let cut = cut(&timeline.address, &site.events[range.clone()], range.start, page_size, sort);
        let mut parts = Parts {
            by_publication: site.published_within(range).into_iter().map(|(_, event)| event).collect(),
            tracks: by_track(site, timeline),
            page_size: if page_size == 0 { usize::MAX } else { page_size },
            ..cut
        };
        parts.list.par_iter_mut().for_each(|part| {
            let events = &site.events[part.events.clone()];
            let known = before.and_then(|before| before.filters(timeline, &part.address, events));
            part.filters =
                known.unwrap_or_else(|| Filters::of(site, timeline, events, &part.address).map(Arc::new));
        });
        parts
    };
    site.timelines.iter().map(parts).collect()
}

/// The events of each track of a timeline, in order of time.
fn by_track(site: &Site, timeline: &Timeline) -> Vec<Vec<EventIndex>> {
    let mut tracks = vec![Vec::new(); timeline.keys(site).tracks.len()];
    if !tracks.is_empty() {
        for at in timeline.events.clone().map(EventIndex) {
            if let Some(track) = timeline.track_of(site, site.event(at)) {
                tracks[track].push(at);
            }
        }
    }
    tracks
}

/// Cuts the events of a timeline, which stand at `start` among the site's events, into pages of at most `page_size`.
fn cut(timeline: &Address, events: &[Event], start: usize, page_size: usize, sort: Sort) -> Parts {
    if page_size == 0 || events.len() <= page_size {
        let whole = Part {
            address: timeline.clone(),
            events: start..start + events.len(),
            period: None,
            number: 1,
            filters: None,
        };
        return Parts { list: vec![whole], ..Parts::default() };
    }
    let mut list: Vec<Part> = pieces(&calendar(events), page_size)
        .into_iter()
        .map(|(events, period, number)| Part {
            address: address(timeline, period, number),
            events: start + events.start..start + events.end,
            period: Some(period),
            number,
            filters: None,
        })
        .collect();
    let known = list.iter().take_while(|part| part.period != Some(Period::Unknown)).count();
    let head = if sort == Sort::Newest { known.saturating_sub(1) } else { 0 };
    let of_head = std::mem::replace(&mut list[head].address, timeline.clone());
    Parts { list, head, of_head: Some(of_head), ..Parts::default() }
}

/// The year and month in which each event begins; `None` for those without a known date. Never earlier than the one before.
fn calendar(events: &[Event]) -> Vec<Option<(i64, u8)>> {
    let mut latest = None;
    let month = |event: &Event| {
        let period = event.date.period();
        let year = period.year()?;
        let begins = event.date.first_day().filter(|day| day.year == year).map(|day| day.month);
        Some((year, period.month().or(begins).unwrap_or(1)))
    };
    let months = events.iter().map(|event| {
        let own = month(event)?;
        latest = latest.max(Some(own));
        latest
    });
    months.collect()
}

type Piece = (Range<usize>, Period, usize);

fn pieces(months: &[Option<(i64, u8)>], page_size: usize) -> Vec<Piece> {
    let mut pieces = Vec::new();
    for year in runs(months, 0..months.len(), |month| month.map(|(year, _)| year)) {
        match months[year.start] {
            None => chunks(&mut pieces, year, Period::Unknown, page_size),
            Some((number, _)) if year.len() <= page_size => pieces.push((year, Period::Year(number), 1)),
            Some((number, _)) => {
                for run in runs(months, year, |month| *month) {
                    let month = months[run.start].map_or(1, |(_, month)| month);
                    chunks(&mut pieces, run, Period::Month { year: number, month }, page_size);
                }
            }
        }
    }
    pieces
}

/// The runs of equal keys within a range.
fn runs<T, K: PartialEq>(items: &[T], within: Range<usize>, key: impl Fn(&T) -> K) -> Vec<Range<usize>> {
    let mut runs: Vec<Range<usize>> = Vec::new();
    for at in within {
        match runs.last_mut() {
            Some(run) if key(&items[run.start]) == key(&items[at]) => run.end = at + 1,
            _ => runs.push(at..at + 1),
        }
    }
    runs
}

/// Parts of nearly equal length, so that the last one is not a stub.
fn chunks(pieces: &mut Vec<Piece>, events: Range<usize>, period: Period, page_size: usize) {
    let count = events.len().div_ceil(page_size);
    for chunk in 0..count {
        let begin = events.start + events.len() * chunk / count;
        let end = events.start + events.len() * (chunk + 1) / count;
        pieces.push((begin..end, period, chunk + 1));
    }
}

/// `by/2023/`, `by/2023/09/`, `by/2023/09/2/`, `by/unknown/`.
fn address(timeline: &Address, period: Period, number: usize) -> Address {
    let period = match period {
        Period::Month { year, month } => format!("{}/{month:02}", Period::Year(year).id()),
        other => other.id(),
    };
    match number {
        1 => timeline.join(&format!("by/{period}/")),
        _ => timeline.join(&format!("by/{period}/{number}/")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cut_of(months: &[(Option<(i64, u8)>, usize)], page_size: usize) -> Vec<(String, usize)> {
        let months: Vec<_> =
            months.iter().flat_map(|(month, count)| std::iter::repeat_n(*month, *count)).collect();
        let timeline = Address::of_file("x/");
        let pieces = pieces(&months, page_size);
        assert_eq!(pieces.iter().map(|(range, ..)| range.len()).sum::<usize>(), months.len());
        assert!(
            pieces.windows(2).all(|pair| pair[0].0.end == pair[1].0.start),
            "no event twice, none left out"
        );
        pieces
            .into_iter()
            .map(|(range, period, number)| (address(&timeline, period, number).to_string(), range.len()))
            .collect()
    }

    #[test]
    fn years_are_cut_into_months_and_months_into_parts_only_where_they_are_long() {
        let months = [
            (Some((-43, 3)), 1),
            (Some((2022, 5)), 4),
            (Some((2023, 1)), 2),
            (Some((2023, 9)), 11),
            (None, 6),
        ];
        let expected = [
            ("/x/by/-0043/", 1),
            ("/x/by/2022/", 4),
            ("/x/by/2023/01/", 2),
            ("/x/by/2023/09/", 3),
            ("/x/by/2023/09/2/", 4),
            ("/x/by/2023/09/3/", 4),
            ("/x/by/unknown/", 3),
            ("/x/by/unknown/2/", 3),
        ];
        let expected: Vec<(String, usize)> =
            expected.map(|(address, count)| (address.to_string(), count)).into();
        assert_eq!(cut_of(&months, 4), expected);
    }

    #[test]
    fn parts_of_a_month_are_of_nearly_equal_length() {
        let parts = cut_of(&[(Some((2023, 9)), 401)], 200);
        assert_eq!(parts.iter().map(|(_, count)| *count).collect::<Vec<_>>(), [133, 134, 134]);
    }
}
