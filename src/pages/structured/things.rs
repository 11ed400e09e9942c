//! People, organizations, places and topics: whole on their own pages, with a name and an address elsewhere.

use super::vocabulary::{DefinedTermSet, GeoCoordinates, Thing};
use super::{Describing, absolute, images, website};
use crate::input::EntityKind;
use crate::pages::Scene;
use crate::site::{Entity, EntityIndex};

/// An entity on its own page.
pub(super) fn whole(page: &Describing<'_>, index: EntityIndex) -> Thing {
    let scene = page.scene;
    let entity = scene.site.entity(index);
    let keys = entity.keys(scene.site);
    let own = entity.own_article(scene.site);
    let role = entity.role(scene.site).map(str::to_string);
    let is_person = entity.kind == EntityKind::Person;
    Thing {
        main_entity_of_page: Some(page.url.clone()),
        alternate_name: keys.map(|keys| keys.also.clone()).unwrap_or_default(),
        description: page.frame.description.clone().or_else(|| role.clone().filter(|_| !is_person)),
        job_title: role.filter(|_| is_person),
        image: own.and_then(|article| images::of_article(scene, article, keys?.image.as_ref()?)),
        ..mentioned(scene, entity)
    }
}

/// An entity that a page names.
pub(super) fn mentioned(scene: &Scene<'_>, entity: &Entity) -> Thing {
    let url = absolute(scene, &entity.address);
    let keys = entity.keys(scene.site);
    Thing {
        kind: match entity.kind {
            EntityKind::Person => "Person",
            EntityKind::Organization => "Organization",
            EntityKind::Place => "Place",
            EntityKind::Topic => "DefinedTerm",
        },
        id: Some(format!("{url}#{}", entity.kind.folder())),
        name: entity.name.clone(),
        url: Some(url),
        geo: keys.and_then(|keys| {
            Some(GeoCoordinates { latitude: keys.latitude?.0, longitude: keys.longitude?.0 })
        }),
        in_defined_term_set: (entity.kind == EntityKind::Topic).then(|| topics(scene)),
        same_as: keys.map(|keys| keys.same_as.iter().map(|url| url.0.clone()).collect()).unwrap_or_default(),
        ..Thing::default()
    }
}

fn topics(scene: &Scene<'_>) -> DefinedTermSet {
    let url = absolute(scene, &scene.site.list_address(scene.language, EntityKind::Topic));
    DefinedTermSet { id: format!("{url}#topics"), name: scene.words.text("topics").to_string(), url }
}

/// Who wrote something: people and organizations with their pages where they have one; without a byline, the publisher.
pub(super) fn authors(scene: &Scene<'_>, names: &[String]) -> Vec<Thing> {
    if names.is_empty() {
        return website::publisher(scene).into_iter().collect();
    }
    let author = |name: &String| {
        let known = |kind| scene.site.entity_named(scene.language, kind, name);
        let entity = known(EntityKind::Person).or_else(|| known(EntityKind::Organization));
        let publisher = website::publisher(scene).filter(|publisher| publisher.name == *name);
        let unknown = || Thing { kind: "Person", name: name.clone(), ..Thing::default() };
        entity.map(|entity| mentioned(scene, entity)).or(publisher).unwrap_or_else(unknown)
    };
    names.iter().map(author).collect()
}
