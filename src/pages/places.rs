//! The places of a timeline: a map, and the same places as a list in order of first visit.

use serde::Serialize;

use super::Scene;
use super::cards::Link;
use crate::input::EntityKind;
use crate::input::keys::PlacePrecision;
use crate::map::{self, Borders, Evidence, Extent, Leg, Position, Sheet};
use crate::site::{EntityIndex, Timeline};

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
    /// The events there, by their anchors on the timeline.
    pub events: Vec<Link>,
}

/// The map of a timeline; `None` where no event names a place whose position is known.
pub(super) fn of(scene: &Scene<'_>, timeline: &Timeline) -> Option<PlacesView> {
    let places = located(scene, timeline);
    if places.is_empty() {
        return None;
    }
    let title = &timeline.keys(scene.site).title;
    let borders = scene.site.input.settings.theme.borders;
    let sheet = Sheet {
        title: scene.words.fill("map_title", &[("title", title)]),
        stops: places.iter().enumerate().map(|(at, place)| stop(scene, at, *place)).collect(),
        legs: legs(scene, timeline, &places),
        borders: if borders { Borders::Shown } else { Borders::Hidden },
    };
    let stops = places.iter().enumerate().map(|(at, place)| item(scene, timeline, at, place.0)).collect();
    Some(PlacesView { svg: map::draw(&sheet)?.svg, borders, stops })
}

/// The places with a position, in the order in which the story first comes to them.
fn located(scene: &Scene<'_>, timeline: &Timeline) -> Vec<(EntityIndex, Position)> {
    let mut places: Vec<(EntityIndex, Position)> = Vec::new();
    let events = &scene.site.events[timeline.events.clone()];
    for place in events.iter().flat_map(|event| event.named(EntityKind::Place)) {
        let position = || {
            let keys = scene.site.entity(*place).keys(scene.site)?;
            Position::new(keys.longitude?.0, keys.latitude?.0)
        };
        if !places.iter().any(|(known, _)| known == place) {
            places.extend(position().map(|position| (*place, position)));
        }
    }
    places
}

fn stop(scene: &Scene<'_>, at: usize, (place, position): (EntityIndex, Position)) -> map::Stop {
    let entity = scene.site.entity(place);
    let extent = match entity.keys(scene.site).and_then(|keys| keys.precision) {
        Some(PlacePrecision::City) => Extent::City,
        Some(PlacePrecision::Region) => Extent::Region,
        Some(PlacePrecision::Country) => Extent::Country,
        Some(PlacePrecision::Point) | None => Extent::Point,
    };
    map::Stop { position, extent, number: at + 1, anchor: anchor(&entity.id), label: entity.name.clone() }
}

/// The ways between the places of the timeline's `route`.
fn legs(scene: &Scene<'_>, timeline: &Timeline, places: &[(EntityIndex, Position)]) -> Vec<Leg> {
    let route = &timeline.keys(scene.site).route;
    let stops: Vec<Option<usize>> = route
        .iter()
        .map(|name| {
            let entity = scene.site.entity_named(scene.language, EntityKind::Place, &name.value)?;
            places.iter().position(|(place, _)| std::ptr::eq(scene.site.entity(*place), entity))
        })
        .collect();
    let pairs = stops.windows(2).filter_map(|pair| Some((pair[0]?, pair[1]?)));
    pairs.map(|(from, to)| Leg { from, to, evidence: Evidence::Documented }).collect()
}

fn item(scene: &Scene<'_>, timeline: &Timeline, at: usize, place: EntityIndex) -> StopView {
    let entity = scene.site.entity(place);
    let events = scene.site.events[timeline.events.clone()].iter();
    let there = events.filter(|event| event.named(EntityKind::Place).contains(&place));
    StopView {
        number: at + 1,
        id: anchor(&entity.id),
        name: entity.name.clone(),
        href: scene.linker.to(&entity.address),
        events: there
            .map(|event| Link { title: event.keys(scene.site).title.clone(), href: format!("#{}", event.id) })
            .collect(),
    }
}

fn anchor(id: &str) -> String {
    format!("place:{id}")
}
