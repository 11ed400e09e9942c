//! The index of a timeline: its years, months and days, each with the number of its events, and its eras.

use serde::Serialize;

use super::Sheet;
use super::sections::{PeriodView, Section};
use crate::pages::cards::Link;
use crate::time::Period;

/// The index of a timeline.
#[derive(Debug, Default, Serialize)]
pub(in crate::pages) struct Contents {
    /// The eras of the page, where they have titles.
    pub eras: Vec<Link>,
    /// Years, or what stands beside them: a decade, dates that nobody knows.
    pub years: Vec<Entry>,
    /// Whether it is short enough to be shown whole on a telephone.
    pub short: bool,
}

/// A year, a month or a day of the index.
#[derive(Debug, Serialize)]
pub(in crate::pages) struct Entry {
    pub title: String,
    pub datetime: Option<String>,
    pub href: String,
    /// «3 events».
    pub count: String,
    /// The months of a year, the days of a month.
    pub entries: Vec<Entry>,
    #[serde(skip)]
    period: Period,
    #[serde(skip)]
    events: usize,
}

/// How many lines an index has at the most that is shown whole on a telephone.
const SHORT: usize = 14;

/// The index of the page, and of the other pages of its timeline.
pub(super) fn of(sheet: &Sheet<'_>, sections: &[Section]) -> Contents {
    let eras = sections
        .iter()
        .filter_map(|section| Some(Link { title: section.title.clone()?, href: format!("#{}", section.id) }));
    let own = own(sheet, sections);
    let years = if sheet.parts.list.len() == 1 { own } else { with_other_pages(sheet, own) };
    let lines: usize = years.iter().map(Entry::lines).sum();
    Contents { eras: eras.collect(), years, short: lines <= SHORT }
}

impl Entry {
    fn new(sheet: &Sheet<'_>, period: Period, href: String) -> Self {
        let title = sheet.scene.words.heading(&period);
        Self {
            title,
            datetime: period.datetime(),
            href,
            count: String::new(),
            entries: Vec::new(),
            period,
            events: 0,
        }
    }

    fn add(&mut self, sheet: &Sheet<'_>, events: usize) {
        self.events += events;
        self.count = sheet.scene.words.count("events_count", self.events as u64);
    }

    fn lines(&self) -> usize {
        1 + self.entries.iter().map(Self::lines).sum::<usize>()
    }
}

/// The years, months and days of the page itself.
fn own(sheet: &Sheet<'_>, sections: &[Section]) -> Vec<Entry> {
    let mut years = Vec::new();
    for period in sections.iter().flat_map(|section| &section.periods) {
        add(sheet, &mut years, &path(period.period), period);
    }
    years
}

/// Adds a period below its year and month, which are entered if they are not the last ones that were.
fn add(sheet: &Sheet<'_>, entries: &mut Vec<Entry>, path: &[Period], view: &PeriodView) {
    let Some((first, rest)) = path.split_first() else { return };
    if entries.last().is_none_or(|last| last.period != *first) {
        entries.push(Entry::new(sheet, *first, format!("#{}", view.id)));
    }
    let entry = entries.last_mut().expect("an entry has just been made where there was none");
    entry.add(sheet, view.count_of_events());
    add(sheet, &mut entry.entries, rest, view);
}

/// The year, month and day of a period, as far as it has them.
fn path(period: Period) -> Vec<Period> {
    let (year, month) = (period.year(), period.month());
    match period {
        Period::Unknown | Period::Span { .. } | Period::Year(_) => vec![period],
        _ => {
            let above =
                year.map(|year| (Period::Year(year), month.map(|month| Period::Month { year, month })));
            let (year, month) = above.map_or((None, None), |(year, month)| (Some(year), month));
            let mut path: Vec<Period> = year.into_iter().chain(month).collect();
            if path.last() != Some(&period) {
                path.push(period);
            }
            path
        }
    }
}

/// The years and months of every page, with the days of this one.
fn with_other_pages(sheet: &Sheet<'_>, own: Vec<Entry>) -> Vec<Entry> {
    let mut years: Vec<Entry> = Vec::new();
    let mut own = Some(own);
    for at in sheet.parts.in_reading_order(sheet.timeline.keys(sheet.scene.site).sort) {
        let part = &sheet.parts.list[at];
        let period = part.period.unwrap_or(Period::Unknown);
        let href = sheet.scene.linker.to(&part.address);
        let mut entries = &mut years;
        for level in path(period) {
            if entries.last().is_none_or(|last| last.period != level) {
                entries.push(Entry::new(sheet, level, href.clone()));
            }
            let entry = entries.last_mut().expect("an entry has just been made where there was none");
            entry.add(sheet, part.events.len());
            entries = &mut entry.entries;
        }
        if at == sheet.at {
            let inner = own.take().unwrap_or_default();
            entries.extend(below(inner, path(period).len()));
        }
    }
    years
}

/// What stands so many levels below, without the levels above.
fn below(entries: Vec<Entry>, levels: usize) -> Vec<Entry> {
    match levels {
        0 => entries,
        _ => entries.into_iter().flat_map(|entry| below(entry.entries, levels - 1)).collect(),
    }
}
