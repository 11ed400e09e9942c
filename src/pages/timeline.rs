//! A timeline's page: its events by era and period, with worded gaps, and the key moments on top.

use std::collections::BTreeMap;

use serde::Serialize;

use super::cards::{self, Card, ImageView, count};
use super::dates::{self, DateView};
use super::frame::frame;
use super::places::{self, PlacesView};
use super::sources::{Bibliography, SourceView};
use super::strip::{self, StripView};
use super::{Failure, Scene, View, text};
use crate::Diagnostic;
use crate::input::keys::{Role, Sort, Status, Weight};
use crate::site::{EventIndex, Timeline, TimelineIndex};
use crate::time::{EventDate, Period, WrittenDate, gaps_worth_words};

/// What `timeline.html` sees under the name `timeline`.
#[derive(Debug, Serialize)]
pub(super) struct TimelineView {
    pub title: String,
    pub summary: Option<String>,
    /// `ongoing` or `closed`.
    pub status: Option<&'static str>,
    /// The days that its story covers.
    pub coverage: Option<DateView>,
    /// What came before the story, as far back as it is told.
    pub background: Option<DateView>,
    /// «7 events», «3 key moments», …; only what there is.
    pub counts: Vec<String>,
    /// Whose clock the times are on; absent where no event has a time of day.
    pub zone_note: Option<String>,
    /// The same events by publication; absent where none says when it was published.
    pub reported: Option<String>,
    pub image: Option<ImageView>,
    /// The introduction: the text of its `_index.md`.
    pub text: String,
    pub key_moments: Vec<KeyMoment>,
    /// The story at a glance; absent where no event has a place in time.
    pub strip: Option<StripView>,
    pub sections: Vec<Section>,
    /// The sources of all its events, each once.
    pub sources: Vec<SourceView>,
    /// The map and its places; absent where no place has a position.
    pub places: Option<PlacesView>,
    /// The shapes of dates that occur, for the legend.
    pub shapes: Vec<&'static str>,
    pub extra: serde_json::Map<String, serde_json::Value>,
}

/// A link to a key moment.
#[derive(Debug, Serialize)]
pub(super) struct KeyMoment {
    pub title: String,
    pub id: String,
    pub date: DateView,
}

/// An era, what came before the story, or a timeline's events without either.
#[derive(Debug, Serialize)]
pub(super) struct Section {
    pub id: String,
    pub title: Option<String>,
    pub date: Option<DateView>,
    /// «About 23 years later», before its title.
    pub gap: Option<String>,
    pub periods: Vec<PeriodView>,
}

/// A year, month, day, … with its events.
#[derive(Debug, Serialize)]
pub(super) struct PeriodView {
    pub id: String,
    pub title: String,
    /// The value for `<time datetime>`.
    pub datetime: Option<String>,
    /// «Two days later», before its heading; before the first period of a section, the section has it.
    pub gap: Option<String>,
    /// «3 events».
    pub count: String,
    pub events: Vec<Card>,
}

/// The view of a timeline.
pub(super) fn view(
    scene: &Scene<'_>,
    index: TimelineIndex,
    warnings: &mut Vec<Diagnostic>,
) -> Result<View<TimelineView>, Failure> {
    let site = scene.site;
    let timeline = site.timeline(index);
    let keys = timeline.keys(site);
    let article = site.article(timeline.article);
    let all = Bibliography::of(site, timeline.events.clone());
    let view = TimelineView {
        title: keys.title.clone(),
        summary: keys.summary.clone(),
        status: keys.status.map(|status| match status {
            Status::Ongoing => "ongoing",
            Status::Closed => "closed",
        }),
        coverage: coverage(scene, timeline, Role::Event),
        background: coverage(scene, timeline, Role::Background),
        counts: counts(scene, timeline, &all),
        zone_note: zone_note(scene, timeline),
        reported: timeline.is_reported(site).then(|| scene.linker.to(&timeline.reported_address())),
        image: cards::image(scene, timeline.article, keys.image.as_ref()),
        text: text::html(scene, timeline.article, warnings)?,
        key_moments: key_moments(scene, timeline),
        strip: strip::of(scene, timeline, &|event| format!("#{}", site.event(event).id)),
        sections: Sections::of(scene, timeline, &all).list,
        sources: all.views(scene),
        places: places::of(scene, timeline),
        shapes: shapes(scene, timeline),
        extra: keys.extra.0.clone(),
    };
    Ok(View { frame: frame(scene, "timeline", &keys.title, article.summary()), name: "timeline", view })
}

/// The first to the last day of the events of a role.
pub(super) fn coverage(scene: &Scene<'_>, timeline: &Timeline, role: Role) -> Option<DateView> {
    let events = scene.site.events[timeline.events.clone()].iter();
    let dates: Vec<&EventDate> =
        events.filter(|event| event.keys(scene.site).role == role).map(|event| &event.date).collect();
    let (first, rest) = dates.split_first()?;
    if rest.is_empty() {
        return Some(dates::of(scene.words, first));
    }
    let start = dates.iter().filter_map(|date| date.first_day()).min()?;
    let end = dates.iter().filter_map(|date| date.last_day().or(date.first_day())).max()?;
    let days = if start == end { start.to_string() } else { format!("{start}/{end}") };
    let written = WrittenDate::parse(&days).ok()?;
    Some(dates::of(scene.words, &EventDate::place(&written, timeline.clock, timeline.clock).0))
}

fn counts(scene: &Scene<'_>, timeline: &Timeline, all: &Bibliography<'_>) -> Vec<String> {
    let events = &scene.site.events[timeline.events.clone()];
    let keys = || events.iter().map(|event| event.keys(scene.site));
    let key_moments = keys().filter(|keys| keys.weight == Weight::Key).count();
    let corrections = keys().map(|keys| keys.corrections.len()).sum();
    let counts = [
        ("events_count", events.len()),
        ("key_moments_count", key_moments),
        ("sources_count", all.len()),
        ("corrections_count", corrections),
    ];
    counts.into_iter().filter_map(|(key, number)| count(scene, key, number)).collect()
}

fn zone_note(scene: &Scene<'_>, timeline: &Timeline) -> Option<String> {
    let timed = scene.site.events[timeline.events.clone()].iter().any(|event| event.date.has_time());
    timed.then(|| scene.words.fill("zone_note", &[("city", &scene.words.city(timeline.clock))]))
}

fn key_moments(scene: &Scene<'_>, timeline: &Timeline) -> Vec<KeyMoment> {
    let events = scene.site.events[timeline.events.clone()].iter();
    let keys = events.filter(|event| event.keys(scene.site).weight == Weight::Key);
    let moment = |event: &crate::site::Event| KeyMoment {
        title: event.keys(scene.site).title.clone(),
        id: event.id.to_string(),
        date: dates::of_event(scene.site, scene.words, event, None),
    };
    keys.map(moment).collect()
}

fn shapes(scene: &Scene<'_>, timeline: &Timeline) -> Vec<&'static str> {
    let used: Vec<_> =
        scene.site.events[timeline.events.clone()].iter().map(|event| event.date.shape()).collect();
    let all = crate::time::DateShape::ALL.iter().filter(|shape| used.contains(shape));
    all.map(|shape| shape.as_str()).collect()
}

/// The sections of a timeline while its events are sorted into them.
#[derive(Default)]
struct Sections {
    list: Vec<Section>,
    /// How often a period has begun, as one that an era interrupts.
    seen: BTreeMap<String, usize>,
}

/// Which section an event falls into.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Part {
    Before,
    Era(usize),
    Outside,
}

impl Sections {
    fn of(scene: &Scene<'_>, timeline: &Timeline, all: &Bibliography<'_>) -> Self {
        let site = scene.site;
        let dates: Vec<EventDate> =
            site.events[timeline.events.clone()].iter().map(|event| event.date.clone()).collect();
        let gaps = gaps_worth_words(&dates);
        let newest_first = timeline.keys(site).sort == Sort::Newest;
        let mut order: Vec<usize> = timeline.events.clone().collect();
        if newest_first {
            // The unknown stands last whichever end comes first.
            let known = order.iter().position(|at| site.events[*at].date.written().is_unknown());
            let known = known.unwrap_or(order.len());
            order[..known].reverse();
        }
        let mut sections = Self::default();
        let (mut part, mut period): (Option<Part>, Option<Period>) = (None, None);
        for index in order {
            let event = site.event(EventIndex(index));
            let own_part = part_of(scene, timeline, event);
            let own_period = event.date.period();
            if part != Some(own_part) {
                sections.begin(scene, timeline, own_part);
                period = None;
            }
            if period.as_ref() != Some(&own_period) {
                let gap = gaps[index - timeline.events.start].as_ref().filter(|_| !newest_first);
                sections.begin_period(scene, &own_period, gap.map(|gap| scene.words.gap(gap)));
            }
            sections.add(cards::card(scene, EventIndex(index), &own_period, all));
            (part, period) = (Some(own_part), Some(own_period));
        }
        sections.count(scene);
        sections
    }

    fn begin(&mut self, scene: &Scene<'_>, timeline: &Timeline, part: Part) {
        let (title, date) = match part {
            Part::Before => (Some(scene.words.text("before_the_story").to_string()), None),
            Part::Era(at) => {
                let era = &timeline.eras[at];
                (Some(era.title.clone()), Some(dates::of(scene.words, &era.date)))
            }
            Part::Outside => (None, None),
        };
        self.list.push(Section {
            id: format!("part:{}", self.list.len() + 1),
            title,
            date,
            gap: None,
            periods: Vec::new(),
        });
    }

    fn begin_period(&mut self, scene: &Scene<'_>, period: &Period, mut gap: Option<String>) {
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
            title: scene.words.heading(period),
            datetime: period.datetime(),
            gap,
            count: String::new(),
            events: Vec::new(),
        });
    }

    fn add(&mut self, card: Card) {
        let section = self.list.last_mut().expect("a section is begun before its events");
        section.periods.last_mut().expect("a period is begun before its events").events.push(card);
    }

    fn count(&mut self, scene: &Scene<'_>) {
        for period in self.list.iter_mut().flat_map(|section| &mut section.periods) {
            period.count = scene.words.count("events_count", period.events.len() as u64);
        }
    }
}

/// The latest era that has begun by then and has not ended; background outside of eras comes before the story.
fn part_of(scene: &Scene<'_>, timeline: &Timeline, event: &crate::site::Event) -> Part {
    let within = |date: &EventDate| {
        let Some(at) = event.date.earliest().instant().or(event.date.latest().instant()) else {
            return false;
        };
        let begun = date.earliest().instant().is_none_or(|start| start <= at);
        begun && date.latest().instant().is_none_or(|end| at <= end)
    };
    let eras = timeline.eras.iter().enumerate().filter(|(_, era)| within(&era.date));
    match eras.max_by_key(|(_, era)| era.date.earliest().instant()) {
        Some((at, _)) => Part::Era(at),
        None if event.keys(scene.site).role == Role::Background => Part::Before,
        None => Part::Outside,
    }
}
