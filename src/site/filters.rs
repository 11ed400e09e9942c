//! What the events of a page can be filtered by: key moments, tracks, people and places, each with how many events it has.
//!
//! Filters work by a stylesheet alone. Events with the same answers to every choice share a *signature*; the stylesheet has
//! one rule for each signature, which says under which choices its events are shown. It is made for one page, since it
//! names that page's choices, and nothing of it stands in the page.

use std::collections::BTreeMap;

use super::{EntityIndex, Event, Site, Timeline};
use crate::address::Address;
use crate::input::EntityKind;
use crate::input::keys::Weight;

/// The choices of a page and what each of its events answers to them.
#[derive(Debug)]
pub struct Filters {
    /// The groups that have a choice to offer, in their order on the page.
    pub groups: Vec<Group>,
    /// The stylesheet's address.
    pub stylesheet: Address,
    /// For each signature, the choices that its events answer to: by group, the numbers of choices.
    signatures: Vec<Vec<Vec<usize>>>,
    /// The signature of each event of the page.
    by_event: Vec<u32>,
}

/// Choices of one kind. Two choices of a group widen what is shown, choices of two groups narrow it.
#[derive(Debug)]
pub struct Group {
    /// What its choices are.
    pub kind: GroupKind,
    /// Its choices; those with most events first, tracks in the order of the timeline.
    pub choices: Vec<Choice>,
    /// Whether there are more than are offered.
    pub has_more: bool,
}

/// The kinds of choices.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum GroupKind {
    /// Key moments alone.
    KeyMoments,
    /// The timeline's tracks.
    Tracks,
    /// People.
    People,
    /// Places.
    Places,
}

/// A choice.
#[derive(Debug, PartialEq, Eq)]
pub struct Choice {
    /// What it stands for.
    pub subject: Subject,
    /// How many events of the page answer to it.
    pub count: usize,
}

/// What a choice stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Subject {
    /// Key moments.
    KeyMoments,
    /// A track, by its number among the timeline's.
    Track(usize),
    /// A person or a place.
    Entity(EntityIndex),
}

/// How many people and how many places are offered at the most: those with most events.
const CHOICES: usize = 20;

impl GroupKind {
    /// In their order on the page.
    const ALL: [Self; 4] = [Self::KeyMoments, Self::Tracks, Self::People, Self::Places];

    /// Its name in the form, in addresses and in templates.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::KeyMoments => "key_moments",
            Self::Tracks => "tracks",
            Self::People => "people",
            Self::Places => "places",
        }
    }
}

impl Filters {
    /// The filters of a range of a timeline's events; `None` where no choice would leave anything out.
    pub(super) fn of(site: &Site, timeline: &Timeline, events: &[Event], page: &Address) -> Option<Self> {
        let groups: Vec<Group> =
            GroupKind::ALL.into_iter().filter_map(|kind| group(site, timeline, events, kind)).collect();
        if groups.is_empty() {
            return None;
        }
        let mut numbers: BTreeMap<Vec<Vec<usize>>, u32> = BTreeMap::new();
        let mut signatures = Vec::new();
        let mut by_event = Vec::with_capacity(events.len());
        for event in events {
            let signature: Vec<Vec<usize>> =
                groups.iter().map(|group| group.answers(site, timeline, event)).collect();
            let next = u32::try_from(numbers.len()).unwrap_or(u32::MAX);
            by_event.push(*numbers.entry(signature.clone()).or_insert_with(|| {
                signatures.push(signature);
                next
            }));
        }
        let mut filters = Self { groups, stylesheet: page.clone(), signatures, by_event };
        let digest = blake3::hash(filters.css().as_bytes()).to_hex();
        filters.stylesheet = page.join(&format!("filters.{}.css", &digest[..10]));
        Some(filters)
    }

    /// The signature of the n-th event of the page.
    #[must_use]
    pub fn signature(&self, event: usize) -> Option<u32> {
        self.by_event.get(event).copied()
    }

    /// The stylesheet. What it shows again, the theme's own stylesheet has hidden since a choice was made.
    #[must_use]
    pub fn css(&self) -> String {
        let mut css = String::from("@supports selector(body:has(a)){\n");
        for (number, signature) in self.signatures.iter().enumerate() {
            let shown: String =
                signature.iter().enumerate().map(|(at, answers)| self.condition(at, answers)).collect();
            css.push_str(&format!(
                "body{shown}{{--nothing:none}}\nbody{shown} [data-filter~=\"{number}\"]{{display:revert}}\n"
            ));
        }
        css.push_str("}\n");
        css
    }

    /// Nothing is chosen in the group, or one of the answers is.
    fn condition(&self, group: usize, answers: &[usize]) -> String {
        let name = self.groups[group].kind.as_str();
        let none = format!(":not(:has([name={name}]:checked))");
        if answers.is_empty() {
            return none;
        }
        let any: Vec<String> =
            answers.iter().map(|choice| format!("#filter\\:{group}\\:{choice}:checked")).collect();
        format!(":is({none},:has({}))", any.join(","))
    }
}

impl Group {
    /// Which of the group's choices an event answers to.
    fn answers(&self, site: &Site, timeline: &Timeline, event: &Event) -> Vec<usize> {
        let own = subjects(site, timeline, event, self.kind);
        let choices = self.choices.iter().enumerate();
        choices.filter(|(_, choice)| own.contains(&choice.subject)).map(|(at, _)| at).collect()
    }
}

/// A group, if any of its choices would leave something out.
fn group(site: &Site, timeline: &Timeline, events: &[Event], kind: GroupKind) -> Option<Group> {
    let mut counts: BTreeMap<Subject, usize> = BTreeMap::new();
    for subject in events.iter().flat_map(|event| subjects(site, timeline, event, kind)) {
        *counts.entry(subject).or_default() += 1;
    }
    if counts.values().all(|count| *count == events.len()) {
        return None;
    }
    let mut choices: Vec<Choice> =
        counts.into_iter().map(|(subject, count)| Choice { subject, count }).collect();
    if matches!(kind, GroupKind::People | GroupKind::Places) {
        choices.sort_by_key(|choice| (std::cmp::Reverse(choice.count), choice.subject));
    }
    let has_more = choices.len() > CHOICES;
    choices.truncate(CHOICES);
    Some(Group { kind, choices, has_more })
}

/// What an event answers to, each once.
fn subjects(site: &Site, timeline: &Timeline, event: &Event, kind: GroupKind) -> Vec<Subject> {
    let entities = |kind| {
        let mut named: Vec<Subject> = event.named(kind).iter().copied().map(Subject::Entity).collect();
        named.sort_unstable();
        named.dedup();
        named
    };
    let keys = event.keys(site);
    match kind {
        GroupKind::KeyMoments if keys.weight == Weight::Key => vec![Subject::KeyMoments],
        GroupKind::KeyMoments => Vec::new(),
        GroupKind::Tracks => timeline.track_of(site, event).map(Subject::Track).into_iter().collect(),
        GroupKind::People => entities(EntityKind::Person),
        GroupKind::Places => entities(EntityKind::Place),
    }
}
