//! What can be searched in each language: its entities, and its events cut by time into files of a moderate size.
//!
//! A century with few events is one file, else each of its decades, else each year of the decade: so a change touches one
//! file, a reader who asks for a year loads one, and a story of two thousand years has no two thousand files.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::translations::in_language;
use super::{Event, EventIndex, Page, Site};
use crate::address::Address;
use crate::input::{EntityKind, LanguageIndex};
use crate::time::Bound;

/// What can be searched in a language.
#[derive(Debug)]
pub struct Searched {
    /// The language.
    pub language: LanguageIndex,
    /// Its events in order of time, those without a known date last.
    pub parts: Vec<SearchPart>,
}

/// Events that stand in one file.
#[derive(Debug)]
pub struct SearchPart {
    /// The file.
    pub address: Address,
    /// Its events; a timeline's are in order of time.
    pub events: Vec<EventIndex>,
    /// The first and the last year of any of them; `None` where their dates are unknown.
    pub years: Option<Years>,
}

/// Years from the first to the last; without a last one, to this day and beyond.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Years {
    /// The first, as astronomers count.
    pub from: i64,
    /// The last.
    pub until: Option<i64>,
}

/// A file of a search's index.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum SearchFile {
    /// People, organizations, places and topics.
    Names,
    /// Events: which part of them.
    Events(usize),
}

/// How many events a file has at the most, before a year is reached.
const MOST: usize = 200;

impl Site {
    /// What can be searched in a language; `None` where the search is switched off, or there is nothing to find.
    #[must_use]
    pub fn searched(&self, language: LanguageIndex) -> Option<&Searched> {
        self.searched.iter().find(|searched| searched.language == language)
    }

    /// The page on which a language is searched.
    #[must_use]
    pub fn search_address(&self, language: LanguageIndex) -> Address {
        in_language(&self.input.languages, &Address::of_file("search/"), language)
    }

    /// The file of the names that a language knows.
    #[must_use]
    pub fn search_names_address(&self, language: LanguageIndex) -> Address {
        self.search_address(language).join("names.json")
    }
}

impl Event {
    /// The years that it may have happened in, begins in or lasts for; `None` for an unknown date.
    #[must_use]
    pub fn years(&self) -> Option<Years> {
        let from = self.date.period().year()?;
        let until = match (self.date.last_day(), self.date.latest()) {
            (Some(day), _) => Some(day.year.max(from)),
            (None, Bound::Open) => None,
            (None, _) => Some(from),
        };
        Some(Years { from, until })
    }
}

/// What can be searched in each language of a site.
pub(super) fn searched(site: &Site) -> Vec<Searched> {
    if site.input.settings.outputs.search == Some(false) {
        return Vec::new();
    }
    let searched = site.languages().map(|language| Searched { language, parts: parts(site, language) });
    let has_names =
        |language: LanguageIndex| EntityKind::ALL.iter().any(|kind| site.has_entities(language, *kind));
    searched.filter(|searched| !searched.parts.is_empty() || has_names(searched.language)).collect()
}

/// The pages of all searches with the files of their indexes, and their addresses.
pub(super) fn all(site: &Site) -> impl Iterator<Item = (Address, Page)> {
    site.searched.iter().flat_map(|searched| {
        let language = searched.language;
        let page = (site.search_address(language), Page::Search(language));
        let names = (site.search_names_address(language), Page::SearchIndex(language, SearchFile::Names));
        let events = searched.parts.iter().enumerate().map(move |(at, part)| {
            (part.address.clone(), Page::SearchIndex(language, SearchFile::Events(at)))
        });
        [page, names].into_iter().chain(events)
    })
}

fn parts(site: &Site, language: LanguageIndex) -> Vec<SearchPart> {
    let mut by_year: BTreeMap<i64, Vec<EventIndex>> = BTreeMap::new();
    let mut unknown = Vec::new();
    for index in site.timelines_in(language).flat_map(|timeline| timeline.events.clone()).map(EventIndex) {
        match site.event(index).years() {
            Some(years) => by_year.entry(years.from).or_default().push(index),
            None => unknown.push(index),
        }
    }
    let folder = site.search_address(language);
    let known = cut(by_year, &SPANS).into_iter().map(|(years, events)| SearchPart {
        address: folder.join(&format!("{}.json", name(years))),
        years: Some(Years { from: years.0, until: last_year(site, &events) }),
        events,
    });
    let mut parts: Vec<SearchPart> = known.collect();
    if !unknown.is_empty() {
        parts.push(SearchPart { address: folder.join("unknown.json"), events: unknown, years: None });
    }
    parts
}

/// The last year that any of some events may reach.
fn last_year(site: &Site, events: &[EventIndex]) -> Option<i64> {
    let mut last = i64::MIN;
    for years in events.iter().filter_map(|index| site.event(*index).years()) {
        last = last.max(years.until?);
    }
    Some(last)
}

/// How many years a file holds at the most, then at the least.
const SPANS: [i64; 3] = [100, 10, 1];

type Cut = Vec<((i64, i64), Vec<EventIndex>)>;

/// Cuts the events of some years into spans, and what is long into shorter ones.
fn cut(by_year: BTreeMap<i64, Vec<EventIndex>>, spans: &[i64]) -> Cut {
    let [span, shorter @ ..] = spans else { return Vec::new() };
    let mut by_span: BTreeMap<i64, BTreeMap<i64, Vec<EventIndex>>> = BTreeMap::new();
    for (year, events) in by_year {
        by_span.entry(year.div_euclid(*span)).or_default().insert(year, events);
    }
    let mut pieces = Vec::new();
    for (at, years) in by_span {
        let count: usize = years.values().map(Vec::len).sum();
        if count > MOST && !shorter.is_empty() {
            pieces.extend(cut(years, shorter));
        } else {
            let first = at * span;
            pieces.push(((first, first + span - 1), years.into_values().flatten().collect()));
        }
    }
    pieces
}

/// `2023`, `2020-2029`, `1900-1999`.
fn name((from, until): (i64, i64)) -> String {
    if from == until { from.to_string() } else { format!("{from}-{until}") }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(years: &[(i64, usize)]) -> Vec<String> {
        let mut next = 0;
        let mut indexes = |count: usize| {
            next += count;
            (next - count..next).map(EventIndex).collect::<Vec<_>>()
        };
        let by_year = years.iter().map(|(year, count)| (*year, indexes(*count))).collect();
        let pieces = cut(by_year, &SPANS);
        let held: Vec<usize> = pieces.iter().flat_map(|(_, events)| events.iter().map(|at| at.0)).collect();
        assert_eq!(held, (0..next).collect::<Vec<_>>(), "each event stands in one file");
        pieces.into_iter().map(|(years, events)| format!("{}: {}", name(years), events.len())).collect()
    }

    #[test]
    fn few_events_of_a_century_are_one_file() {
        assert_eq!(
            names(&[(-43, 1), (1899, 2), (1900, 3), (1999, 4)]),
            ["-100--1: 1", "1800-1899: 2", "1900-1999: 7"]
        );
    }

    #[test]
    fn many_are_cut_by_decade_and_more_by_year() {
        let years = [(2000, 5), (2011, 200), (2020, 100), (2021, 150), (2022, 900)];
        assert_eq!(names(&years), ["2000-2009: 5", "2010-2019: 200", "2020: 100", "2021: 150", "2022: 900"]);
    }
}
