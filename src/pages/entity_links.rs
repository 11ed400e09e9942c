//! Links to people, organizations, places and topics as templates see them: each is made once for all pages from which it is written
//! in the same way, as from all events of a timeline.

use tera::Value;

use super::Scene;
use super::alike::Kept;
use super::cards::Link;
use crate::input::EntityKind;
use crate::site::{EntityIndex, Event, Way};

/// Links that have been made already, each of about 300 bytes.
#[derive(Debug, Default)]
pub(super) struct EntityLinks(Kept<(EntityIndex, Way), Value, { 1 << 14 }>);

/// The [`Link`] to an entity.
pub(super) fn link(scene: &Scene<'_>, index: EntityIndex) -> Value {
    let entity = scene.site.entity(index);
    let make = || {
        let (title, href) = (entity.name.clone(), scene.linker.to(&entity.address));
        Value::from_serializable(&Link { title, href })
    };
    scene.alike.entity_links.0.get((index, scene.linker.way_to(&entity.address)), make)
}

/// The [`Link`]s to the entities of a kind that an event names.
pub(super) fn links(scene: &Scene<'_>, event: &Event, kind: EntityKind) -> Vec<Value> {
    event.named(kind).iter().map(|index| link(scene, *index)).collect()
}
