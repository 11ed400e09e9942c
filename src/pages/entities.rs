//! The pages of people, organizations, places and topics, and the index of each kind.

use serde::Serialize;

use super::cards::{self, ImageView, Link, count};
use super::dates::{self, DateView};
use super::frame::frame;
use super::{Failure, Scene, View, text};
use crate::Diagnostic;
use crate::input::EntityKind;
use crate::input::keys::EntityKeys;
use crate::site::{Entity, EntityIndex, folded};

/// What `entities.html` sees under the name `entities`.
#[derive(Debug, Serialize)]
pub(super) struct EntityList {
    /// `people`, `organizations`, `places` or `topics`.
    pub kind: &'static str,
    pub title: String,
    pub items: Vec<EntityItem>,
}

/// An entity in the index of its kind.
#[derive(Debug, Serialize)]
pub(super) struct EntityItem {
    pub name: String,
    pub href: String,
    pub role: Option<String>,
    /// «3 events»; absent for none.
    pub count: Option<String>,
}

/// What `entity.html` sees under the name `entity`.
#[derive(Debug, Serialize)]
pub(super) struct EntityView {
    pub kind: &'static str,
    /// The index of its kind.
    pub list: Link,
    pub name: String,
    pub role: Option<String>,
    pub also: Vec<String>,
    pub summary: Option<String>,
    pub image: Option<ImageView>,
    pub text: String,
    pub place: Option<PlaceFacts>,
    pub same_as: Vec<String>,
    pub count: Option<String>,
    pub events: Vec<EntityEvent>,
    pub extra: serde_json::Map<String, serde_json::Value>,
}

/// Where a place is.
#[derive(Debug, Serialize)]
pub(super) struct PlaceFacts {
    /// Degrees north.
    pub latitude: f64,
    /// Degrees east.
    pub longitude: f64,
}

/// An event on the page of an entity.
#[derive(Debug, Serialize)]
pub(super) struct EntityEvent {
    pub title: String,
    pub href: String,
    pub date: DateView,
    /// Its timeline, where the site has several.
    pub timeline: Option<String>,
}

/// The view of the index of a kind.
pub(super) fn list(scene: &Scene<'_>, kind: EntityKind) -> View<EntityList> {
    let title = scene.words.text(kind.folder()).to_string();
    let own = |entity: &&Entity| (entity.language, entity.kind) == (scene.language, kind);
    let entities = scene.site.entities.iter().filter(own);
    let item = |entity: &Entity| EntityItem {
        name: entity.name.clone(),
        href: scene.linker.to(&entity.address),
        role: entity.own_article(scene.site).and_then(|_| {
            let keys = entity.keys(scene.site)?;
            keys.role.clone().or(keys.summary.clone())
        }),
        count: count(scene, "events_count", entity.events.len()),
    };
    let view = EntityList { kind: kind.folder(), title: title.clone(), items: entities.map(item).collect() };
    View { frame: frame(scene, "entities", &title, None), name: "entities", view }
}

/// The view of an entity.
pub(super) fn view(
    scene: &Scene<'_>,
    index: EntityIndex,
    warnings: &mut Vec<Diagnostic>,
) -> Result<View<EntityView>, Failure> {
    let site = scene.site;
    let entity = site.entity(index);
    let keys = entity.keys(site);
    // What is written in another language is not shown: facts that speak no language are.
    let own = entity.own_article(site);
    let own_keys = own.and(keys);
    let summary = own.and_then(|article| site.article(article).summary());
    let view = EntityView {
        kind: entity.kind.folder(),
        list: Link {
            title: scene.words.text(entity.kind.folder()).to_string(),
            href: scene.linker.to(&site.list_address(scene.language, entity.kind)),
        },
        name: entity.name.clone(),
        role: own_keys.and_then(|keys| keys.role.clone()),
        also: keys.map(|keys| other_names(entity, keys)).unwrap_or_default(),
        summary: own_keys.and_then(|keys| keys.summary.clone()),
        image: own.and_then(|article| cards::image(scene, article, keys?.image.as_ref())),
        text: own.map_or_else(|| Ok(String::new()), |article| text::html(scene, article, warnings))?,
        place: keys.and_then(place_facts),
        same_as: keys.map(|keys| keys.same_as.iter().map(|url| url.0.clone()).collect()).unwrap_or_default(),
        count: count(scene, "events_count", entity.events.len()),
        events: events(scene, entity),
        extra: keys.map(|keys| keys.extra.0.clone()).unwrap_or_default(),
    };
    Ok(View { frame: frame(scene, "entity", &entity.name, summary), name: "entity", view })
}

/// The other names: in another language one of them may be the name itself.
fn other_names(entity: &Entity, keys: &EntityKeys) -> Vec<String> {
    let is_other = |name: &&String| folded(name) != folded(&entity.name);
    keys.also.iter().filter(is_other).cloned().collect()
}

fn place_facts(keys: &EntityKeys) -> Option<PlaceFacts> {
    Some(PlaceFacts { latitude: keys.latitude?.0, longitude: keys.longitude?.0 })
}

fn events(scene: &Scene<'_>, entity: &Entity) -> Vec<EntityEvent> {
    let site = scene.site;
    let several = site.timelines_in(scene.language).nth(1).is_some();
    let events = entity.events.iter().map(|index| site.event(*index));
    let view = |event: &crate::site::Event| EntityEvent {
        title: event.keys(site).title.clone(),
        href: scene.linker.to(&event.address),
        date: dates::of_event(site, scene.words, event, None),
        timeline: several.then(|| site.timeline(event.timeline).keys(site).title.clone()),
    };
    events.map(view).collect()
}
