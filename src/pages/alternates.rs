//! What other tools can follow of a page: links to feeds for its head.

use serde::Serialize;

use super::Scene;
use crate::site::{Format, Page, Scope};

/// A link to the same in another form, as `<link rel="alternate">` says it.
#[derive(Debug, Serialize)]
pub(super) struct Alternate {
    pub href: String,
    pub media_type: &'static str,
    pub title: String,
}

/// The feeds of a page: its own first, then those of the site.
pub(super) fn of(scene: &Scene<'_>) -> Vec<Alternate> {
    let own = scene.site.route(scene.linker.from()).and_then(|route| scope(scene, route.page));
    let all = own.into_iter().chain([Scope::Site(scene.language)]);
    all.flat_map(|scope| feeds(scene, scope)).collect()
}

/// What the page is about that has a feed of its own.
fn scope(scene: &Scene<'_>, page: Page) -> Option<Scope> {
    match page {
        Page::Timeline(at) | Page::Part(at, _) | Page::Track(at, _) | Page::Reported(at, _) => {
            Some(Scope::Timeline(at))
        }
        Page::Event(at) => Some(Scope::Timeline(scene.site.event(at).timeline)),
        Page::Entity(at) | Page::EntityPart(at, _) => Some(Scope::Entity(at)),
        Page::Corrections(language) => Some(Scope::Corrections(language)),
        _ => None,
    }
}

/// The feeds of something, as far as there are any.
fn feeds(scene: &Scene<'_>, scope: Scope) -> impl Iterator<Item = Alternate> {
    [Format::Atom, Format::JsonFeed].into_iter().filter_map(move |format| {
        let address = scene.site.format_address(scope, format);
        scene.site.route(&address)?;
        Some(Alternate {
            href: scene.linker.to(&address),
            media_type: format.media_type(),
            title: title(scene, scope),
        })
    })
}

/// The title of a feed.
pub(super) fn title(scene: &Scene<'_>, scope: Scope) -> String {
    let site = scene.site;
    let (site_title, _) = super::frame::site_title(scene);
    let own = match scope {
        Scope::Site(_) => return site_title.to_string(),
        Scope::Timeline(at) => site.timeline(at).keys(site).title.clone(),
        Scope::Event(at) => site.event(at).keys(site).title.clone(),
        Scope::Entity(at) => site.entity(at).name.clone(),
        Scope::Corrections(_) => scene.words.text("corrections").to_string(),
    };
    format!("{own} · {site_title}")
}
