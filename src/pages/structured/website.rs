//! The site and who publishes it.

use super::vocabulary::{ImageObject, Thing, WebSite};
use super::{Describing, absolute, images};
use crate::address::Address;
use crate::pages::Scene;

/// The site, on its front page.
pub(super) fn website(page: &Describing<'_>) -> WebSite {
    WebSite {
        id: page.id("website"),
        url: page.url.clone(),
        name: page.scene.site.title(page.scene.language).to_string(),
        description: page.frame.description.clone(),
        in_language: page.frame.language.clone(),
        publisher: publisher(page.scene),
    }
}

/// The site, on its other pages.
pub(super) fn reference(scene: &Scene<'_>) -> Thing {
    let home = absolute(scene, &scene.site.home(scene.language));
    Thing {
        kind: "WebSite",
        id: Some(format!("{home}#website")),
        name: scene.site.title(scene.language).to_string(),
        url: Some(home),
        ..Thing::default()
    }
}

/// Who publishes the site, if the settings say so.
pub(super) fn publisher(scene: &Scene<'_>) -> Option<Thing> {
    let settings = &scene.site.input.settings.publisher;
    let home = absolute(scene, &Address::root());
    Some(Thing {
        kind: "NewsMediaOrganization",
        id: Some(format!("{home}#publisher")),
        name: settings.name.clone()?,
        url: Some(settings.url.as_ref().map_or(home, |url| url.0.clone())),
        logo: logo(scene),
        ..Thing::default()
    })
}

fn logo(scene: &Scene<'_>) -> Option<ImageObject> {
    let resolved = scene.site.logo()?.ok()?;
    let size = scene.site.size(&resolved).ok()?;
    let url = absolute(scene, &resolved.address);
    Some(ImageObject {
        content_url: url.clone(),
        url,
        width: size.map(|(width, _)| images::pixels(width)),
        height: size.map(|(_, height)| images::pixels(height)),
        ..ImageObject::default()
    })
}
