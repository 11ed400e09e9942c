//! The places of a timeline: a map, and the same places as a list in order of first visit.

use std::collections::BTreeMap;

use serde::Serialize;

use super::Scene;
use super::cards::Link;
use crate::input::EntityKind;
use crate::input::keys::PlacePrecision;
use crate::map::{self, Borders, Evidence, Extent, Leg, Position, Sheet};
use crate::site::{EntityIndex, EventIndex, Timeline};

/// A timeline's map with its equivalent.
#[derive(Debug, Serialize)]
pub(super) struct PlacesView {
    /// The map: SVG without scripts and styles.
    pub svg: String,
    /// Whether lines between countries are drawn; a caption then says that they only illustrate.
    pub borders: bool,
    pub stops: Vec<StopView>,
}

/// A place of the list.
#[derive(Debug, Serialize)]
pub(super) struct StopView {
    /// What is written in its mark on the map.
    pub number: usize,
    /// The anchor of the item: `place:pyongyang`.
    pub id: String,
    pub name: String,
    /// The place's page.
    pub href: String,
    /// The first events there, by their anchors on the timeline.
    pub events: Vec<Link>,
    /// «37 events», where not all are listed.
    pub count: Option<String>,
}

/// How many places a map shows at the most: those to which the story comes first.
const STOPS: usize = 60;

/// How many events are listed at a place at the most; all of them are on the place's page.
const EVENTS: usize = 8;

/// The places of a timeline that are on its map.
pub(super) struct Places<'a> {
    scene: &'a Scene<'a>,
    timeline: &'a Timeline,
    /// In the order in which the story first comes to them.
    located: Vec<Located>,
}

/// A place with a position, and the events there.
struct Located {
    place: EntityIndex,
    position: Position,
    events: Vec<EventIndex>,
}

impl<'a> Places<'a> {
    /// The places with a position that a timeline's events name.
    pub fn of(scene: &'a Scene<'a>, timeline: &'a Timeline) -> Self {
        Self { scene, timeline, located: located(scene, timeline) }
    }

    /// The anchor of a place in the list beside the map; `None` for one that is not there.
    pub fn anchor(&self, place: EntityIndex) -> Option<String> {
        let located = self.located.iter().find(|located| located.place == place)?;
        Some(anchor(&self.scene.site.entity(located.place).id))
    }

    /// The map and its list; `None` where no place has a position. `href` leads to an event.
    pub fn view(&self, href: &dyn Fn(EventIndex) -> String) -> Option<PlacesView> {
        let Self { scene, timeline, located } = self;
        let title = &timeline.keys(scene.site).title;
        let borders = scene.site.input.settings.theme.borders;
        let sheet = Sheet {
            title: scene.words.fill("map_title", &[("title", title)]),
            stops: located.iter().enumerate().map(|(at, place)| stop(scene, at, place)).collect(),
            legs: legs(scene, timeline, located),
            borders: if borders { Borders::Shown } else { Borders::Hidden },
        };
        let stops = located.iter().enumerate().map(|(at, place)| item(scene, at, place, href)).collect();
        Some(PlacesView { svg: map::draw(&sheet)?.svg, borders, stops })
    }
}

/// The places with a position, in the order in which the story first comes to them.
fn located(scene: &Scene<'_>, timeline: &Timeline) -> Vec<Located> {
    let mut places: Vec<Located> = Vec::new();
    let mut known: BTreeMap<EntityIndex, Option<usize>> = BTreeMap::new();
    for event in timeline.events.clone().map(EventIndex) {
        for place in scene.site.event(event).named(EntityKind::Place) {
            let at = *known.entry(*place).or_insert_with(|| {
                let keys = scene.site.entity(*place).keys(scene.site)?;
                let position = Position::new(keys.longitude?.0, keys.latitude?.0)?;
                places.push(Located { place: *place, position, events: Vec::new() });
                Some(places.len() - 1)
            });
            if let Some(at) = at.filter(|at| places[*at].events.last() != Some(&event)) {
                places[at].events.push(event);
            }
        }
    }
    places.truncate(STOPS);
    places
}

fn stop(scene: &Scene<'_>, at: usize, located: &Located) -> map::Stop {
    let entity = scene.site.entity(located.place);
    let extent = match entity.keys(scene.site).and_then(|keys| keys.precision) {
        Some(PlacePrecision::City) => Extent::City,
        Some(PlacePrecision::Region) => Extent::Region,
        Some(PlacePrecision::Country) => Extent::Country,
        Some(PlacePrecision::Point) | None => Extent::Point,
    };
    map::Stop {
        position: located.position,
        extent,
        number: at + 1,
        anchor: anchor(&entity.id),
        label: entity.name.clone(),
    }
}

/// The ways between the places of the timeline's `route`.
fn legs(scene: &Scene<'_>, timeline: &Timeline, places: &[Located]) -> Vec<Leg> {
    let route = &timeline.keys(scene.site).route;
    let stops: Vec<Option<usize>> = route
        .iter()
        .map(|name| {
            let entity = scene.site.entity_named(scene.language, EntityKind::Place, &name.value)?;
            places.iter().position(|located| std::ptr::eq(scene.site.entity(located.place), entity))
        })
        .collect();
    let pairs = stops.windows(2).filter_map(|pair| Some((pair[0]?, pair[1]?)));
    pairs.map(|(from, to)| Leg { from, to, evidence: Evidence::Documented }).collect()
}

fn item(scene: &Scene<'_>, at: usize, located: &Located, href: &dyn Fn(EventIndex) -> String) -> StopView {
    let entity = scene.site.entity(located.place);
    let event = |index: &EventIndex| Link {
        title: scene.site.event(*index).keys(scene.site).title.clone(),
        href: href(*index),
    };
    let more = located.events.len() > EVENTS;
    StopView {
        number: at + 1,
        id: anchor(&entity.id),
        name: entity.name.clone(),
        href: scene.linker.to(&entity.address),
        events: located.events.iter().take(EVENTS).map(event).collect(),
        count: more.then(|| scene.words.count("events_count", located.events.len() as u64)),
    }
}

fn anchor(id: &str) -> String {
    format!("place:{id}")
}
