//! The events of a page by section — an era, what came before the story — and by period within each.

use std::collections::BTreeMap;

use serde::Serialize;
use tera::Value;

use super::Sheet;
use super::rows::{self, Under};
use crate::input::keys::{Role, Sort};
use crate::pages::cards;
use crate::pages::dates::{self, DateView};
use crate::pages::sources::Bibliography;
use crate::pages::{Failure, Scene};
use crate::site::{Event, EventIndex, Timeline};
use crate::time::{EventDate, Period, gaps_worth_words};

/// An era, what came before the story, or a timeline's events without either.
#[derive(Debug, Serialize)]
pub(in crate::pages) struct Section {
    pub id: String,
    pub title: Option<String>,
    pub date: Option<DateView>,
    /// «About 23 years later», before its title.
    pub gap: Option<String>,
    /// The numbers by which filters know its events.
    pub filter: String,
    pub periods: Vec<PeriodView>,
}

/// A year, month, day, … with its events.
#[derive(Debug, Serialize)]
pub(in crate::pages) struct PeriodView {
    pub id: String,
    pub title: String,
    /// The value for `<time datetime>`.
    pub datetime: Option<String>,
    /// «Two days later», before its heading; before the first period of a section, the section has it.
    pub gap: Option<String>,
    /// The numbers by which filters know its events.
    pub filter: String,
    /// A list of [`Row`](rows::Row)s: its events, those that happened at once together, and the ends of ranges.
    pub rows: Vec<Value>,
    #[serde(skip)]
    pub period: Period,
    #[serde(skip)]
    events: Vec<usize>,
}

/// Which section an event falls into.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Belonging {
    BeforeTheStory,
    Era(usize),
    Outside,
}

/// The sections of a page while its events are sorted into them.
pub(super) struct Sections<'a> {
    sheet: &'a Sheet<'a>,
    list: Vec<Section>,
    /// How often a period has begun, as one that an era interrupts.
    seen: BTreeMap<String, usize>,
}

impl PeriodView {
    /// How many events it has.
    pub fn count_of_events(&self) -> usize {
        self.events.len()
    }
}

impl<'a> Sections<'a> {
    /// The sections of a page, whole.
    pub fn of(sheet: &'a Sheet<'a>, all: &Bibliography<'_>) -> Result<Vec<Section>, Failure> {
        let mut sections = Self { sheet, list: Vec::new(), seen: BTreeMap::new() };
        sections.sort_in();
        let brackets = rows::Brackets::of(sheet);
        for section in &mut sections.list {
            let level = if section.title.is_some() { 6 } else { 5 };
            let level = Some(level).filter(|_| sheet.has_articles);
            for period in &mut section.periods {
                let under = Under { period: period.period, brackets: &brackets, all, level };
                period.rows = rows::of(sheet, &period.events, &under)?;
                period.filter = filter(sheet, &period.events);
            }
            let events: Vec<usize> =
                section.periods.iter().flat_map(|period| period.events.iter().copied()).collect();
            section.filter = filter(sheet, &events);
        }
        Ok(sections.list)
    }

    fn sort_in(&mut self) {
        let Sheet { scene, timeline, .. } = *self.sheet;
        let range = self.sheet.part().events.clone();
        let dates: Vec<&EventDate> =
            scene.site.events[range.clone()].iter().map(|event| &event.date).collect();
        let gaps = gaps_worth_words(&dates);
        let newest_first = timeline.keys(scene.site).sort == Sort::Newest;
        let (mut belonging, mut period): (Option<Belonging>, Option<Period>) = (None, None);
        for index in in_reading_order(self.sheet, newest_first) {
            let event = scene.site.event(EventIndex(index));
            let own = belonging_of(scene, timeline, event);
            let own_period = event.date.period();
            if belonging != Some(own) {
                self.begin(own);
                period = None;
            }
            if period != Some(own_period) {
                let gap = gaps[index - range.start].as_ref().filter(|_| !newest_first);
                self.begin_period(own_period, gap.map(|gap| scene.words.gap(gap)));
            }
            let section = self.list.last_mut().expect("a section is begun before its events");
            section.periods.last_mut().expect("a period is begun before its events").events.push(index);
            (belonging, period) = (Some(own), Some(own_period));
        }
    }

    fn begin(&mut self, belonging: Belonging) {
        let Sheet { scene, timeline, .. } = *self.sheet;
        let (title, date) = match belonging {
            Belonging::BeforeTheStory => (Some(scene.words.text("before_the_story").to_string()), None),
            Belonging::Era(at) => {
                let era = &timeline.eras[at];
                (Some(era.title.clone()), Some(dates::of(scene.words, &era.date)))
            }
            Belonging::Outside => (None, None),
        };
        let id = format!("section:{}", self.list.len() + 1);
        self.list.push(Section { id, title, date, gap: None, filter: String::new(), periods: Vec::new() });
    }

    fn begin_period(&mut self, period: Period, mut gap: Option<String>) {
        let id = format!("on:{}", period.id());
        let times = self.seen.entry(id.clone()).or_insert(0);
        *times += 1;
        let id = if *times == 1 { id } else { format!("{id}:{times}") };
        let section = self.list.last_mut().expect("a section is begun before its periods");
        if section.periods.is_empty() {
            section.gap = gap.take();
        }
        section.periods.push(PeriodView {
            id,
            title: self.sheet.scene.words.heading(&period),
            datetime: period.datetime(),
            gap,
            filter: String::new(),
            rows: Vec::new(),
            period,
            events: Vec::new(),
        });
    }
}

/// The page's events in the order in which they are read: the unknown stands last whichever end comes first.
fn in_reading_order(sheet: &Sheet<'_>, newest_first: bool) -> Vec<usize> {
    let mut order: Vec<usize> = sheet.part().events.clone().collect();
    if newest_first {
        let unknown = |at: &usize| sheet.scene.site.events[*at].date.written().is_unknown();
        let known = order.iter().position(unknown).unwrap_or(order.len());
        order[..known].reverse();
    }
    order
}

/// The numbers by which filters know some events, each once.
pub(super) fn filter(sheet: &Sheet<'_>, events: &[usize]) -> String {
    let numbers = events.iter().filter_map(|event| cards::filter(sheet.part(), EventIndex(*event)));
    let numbers: std::collections::BTreeSet<u32> = numbers.collect();
    numbers.iter().map(u32::to_string).collect::<Vec<_>>().join(" ")
}

/// The latest era that has begun by then and has not ended; background outside of eras comes before the story.
fn belonging_of(scene: &Scene<'_>, timeline: &Timeline, event: &Event) -> Belonging {
    let within = |date: &EventDate| {
        let Some(at) = event.date.earliest().instant().or(event.date.latest().instant()) else {
            return false;
        };
        let begun = date.earliest().instant().is_none_or(|start| start <= at);
        begun && date.latest().instant().is_none_or(|end| at <= end)
    };
    let eras = timeline.eras.iter().enumerate().filter(|(_, era)| within(&era.date));
    match eras.max_by_key(|(_, era)| era.date.earliest().instant()) {
        Some((at, _)) => Belonging::Era(at),
        None if event.keys(scene.site).role == Role::Background => Belonging::BeforeTheStory,
        None => Belonging::Outside,
    }
}
