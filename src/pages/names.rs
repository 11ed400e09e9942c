//! Links to people, organizations, places and topics as templates see them: each is made once for all pages from which it is written
//! in the same way, as from all events of a timeline.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, PoisonError};

use tera::Value;

use super::Scene;
use super::cards::Link;
use crate::input::EntityKind;
use crate::site::{EntityIndex, Event, Site, Way};

/// How many are kept at the most, each of about 300 bytes; what is beyond them is made again when it is asked for.
const MOST_KEPT: usize = 1 << 14;

/// What has been made already, of each entity.
#[derive(Debug)]
pub(super) struct Names {
    kept: Vec<Mutex<Vec<(Way, Value)>>>,
    count: AtomicUsize,
}

impl Names {
    /// None yet.
    pub fn of(site: &Site) -> Self {
        Self { kept: site.entities.iter().map(|_| Mutex::default()).collect(), count: AtomicUsize::new(0) }
    }

    /// The [`Link`] to an entity.
    fn link(&self, scene: &Scene<'_>, index: EntityIndex) -> Value {
        let entity = scene.site.entity(index);
        let way = scene.linker.way_to(&entity.address);
        // Whoever panicked with it has left a whole list.
        let mut kept = self.kept[index.0].lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((_, link)) = kept.iter().find(|(other, _)| *other == way) {
            return link.clone();
        }
        let href = scene.linker.to(&entity.address);
        let link = Value::from_serializable(&Link { title: entity.name.clone(), href });
        if self.count.fetch_add(1, Ordering::Relaxed) < MOST_KEPT {
            kept.push((way, link.clone()));
        }
        link
    }
}

/// The [`Link`] to an entity.
pub(super) fn link(scene: &Scene<'_>, index: EntityIndex) -> Value {
    scene.alike.names.link(scene, index)
}

/// The [`Link`]s to the entities of a kind that an event names.
pub(super) fn links(scene: &Scene<'_>, event: &Event, kind: EntityKind) -> Vec<Value> {
    event.named(kind).iter().map(|index| link(scene, *index)).collect()
}
