//! What other tools can follow of a page: links to feeds for its head. Those to the feeds of the site and of its timelines stand on
//! most pages, and are made once for all pages from which they are written in the same way.

use serde::Serialize;
use tera::Value;

use super::Scene;
use super::alike::Kept;
use crate::input::LanguageIndex;
use crate::site::{Format, Page, Scope, Way};

/// Links to feeds that have been made already; `None` where there is no such feed.
#[derive(Debug, Default)]
pub(super) struct Alternates(Kept<FeedLink, Option<Value>, { 1 << 12 }>);

/// What decides of how a feed is linked on a page.
#[derive(Debug, PartialEq, Eq, Hash)]
struct FeedLink {
    scope: Scope,
    format: Format,
    /// That of the page.
    language: LanguageIndex,
    /// From the page to what the feed is of, below which it stands.
    way: Way,
}

/// A link to the same in another form, as `<link rel="alternate">` says it.
#[derive(Debug, Serialize)]
pub(super) struct Alternate {
    pub href: String,
    pub media_type: &'static str,
    pub title: String,
}

/// The feeds of a page, its own first, then those of the site: a list of [`Alternate`]s.
pub(super) fn of(scene: &Scene<'_>) -> Vec<Value> {
    let own = scene.site.route(scene.linker.from()).and_then(|route| scope(scene, route.page));
    let all = own.into_iter().chain([Scope::Site(scene.language)]);
    let formats = [Format::Atom, Format::JsonFeed];
    let feeds = all.flat_map(|scope| formats.map(|format| feed(scene, scope, format)));
    feeds.flatten().collect()
}

/// What the page is about that has a feed of its own.
fn scope(scene: &Scene<'_>, page: Page) -> Option<Scope> {
    match page {
        Page::Timeline(at) | Page::Part(at, _) | Page::Track(at, ..) | Page::Reported(at, _) => {
            Some(Scope::Timeline(at))
        }
        Page::Event(at) => Some(Scope::Timeline(scene.site.event(at).timeline)),
        Page::Entity(at) | Page::EntityPart(at, _) => Some(Scope::Entity(at)),
        Page::Corrections(language) => Some(Scope::Corrections(language)),
        _ => None,
    }
}

/// The [`Alternate`] of a feed; `None` where there is no such feed.
fn feed(scene: &Scene<'_>, scope: Scope, format: Format) -> Option<Value> {
    let holder = match scope {
        Scope::Site(language) => scene.site.home(language),
        Scope::Timeline(at) => scene.site.timeline(at).address.clone(),
        // Few pages have these.
        _ => return made(scene, scope, format),
    };
    let way = scene.linker.way_to(&holder);
    let link = FeedLink { scope, format, language: scene.language, way };
    scene.alike.alternates.0.get(link, || made(scene, scope, format))
}

fn made(scene: &Scene<'_>, scope: Scope, format: Format) -> Option<Value> {
    let address = scene.site.format_address(scope, format);
    scene.site.route(&address)?;
    Some(Value::from_serializable(&Alternate {
        href: scene.linker.to(&address),
        media_type: format.media_type(),
        title: title(scene, scope),
    }))
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
