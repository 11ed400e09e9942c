//! What other sites and programs show of a page whose link is shared: Open Graph, and the same as cards.

use serde::Serialize;

use super::Scene;
use super::frame::Frame;
use crate::card_image;
use crate::input::EntityKind;
use crate::site::{Page, Scope};
use crate::time::Instant;

/// A shared link, as `base.html` sees it under `page.shared`.
#[derive(Debug, Serialize)]
pub(super) struct Shared {
    /// `article` or `website`.
    pub kind: &'static str,
    /// As `pt_BR`.
    pub locale: String,
    /// The locales of the page's translations.
    pub other_locales: Vec<String>,
    /// Absent without a `base_url`, and where there is none.
    pub image: Option<SharedImage>,
    /// Of an event.
    pub article: Option<ArticleFacts>,
}

/// The picture beside a shared link.
#[derive(Debug, Serialize)]
pub(super) struct SharedImage {
    /// The absolute address.
    pub url: String,
    pub width: u32,
    pub height: u32,
    pub alt: String,
}

/// What Open Graph asks of an article.
#[derive(Debug, Serialize)]
pub(super) struct ArticleFacts {
    /// By the newsroom's clock, with its offset.
    pub published: Option<String>,
    pub modified: Option<String>,
    /// The timeline.
    pub section: String,
    pub tags: Vec<String>,
    /// Addresses of their pages, and names of those who have none.
    pub authors: Vec<String>,
}

/// What is shown of a page that is shared.
pub(super) fn of(scene: &Scene<'_>, frame: &Frame) -> Shared {
    let others = frame.translations.iter().filter(|translation| !translation.current);
    Shared {
        kind: if matches!(scene.page, Page::Event(_)) { "article" } else { "website" },
        locale: locale(&frame.language),
        other_locales: others.map(|translation| locale(&translation.language)).collect(),
        image: image(scene, &frame.title),
        article: match scene.page {
            Page::Event(index) => Some(article(scene, index)),
            _ => None,
        },
    }
}

/// A language tag as Open Graph writes it: `pt_BR`, and `en` where nothing is said of a country.
fn locale(tag: &str) -> String {
    let mut parts = tag.split('-');
    let language = parts.next().unwrap_or_default();
    let is_region = |part: &&str| part.len() == 2 || part.chars().all(|digit| digit.is_ascii_digit());
    match parts.find(is_region) {
        Some(region) => format!("{language}_{region}"),
        None => language.to_string(),
    }
}

/// The picture of the page itself where it is wide enough, else its card, else a small picture.
fn image(scene: &Scene<'_>, title: &str) -> Option<SharedImage> {
    let site = scene.site;
    let base = site.base_url()?;
    let own = own_article(scene).and_then(|article| {
        let image = site.article(article).kind.image()?;
        let shareable = site.shareable(article, image)?;
        let words = [&image.alt, &image.caption].into_iter().flatten().find(|words| !words.is_empty());
        Some(SharedImage {
            url: base.absolute(&shareable.address),
            width: shareable.width,
            height: shareable.height,
            alt: words.cloned().unwrap_or_else(|| title.to_string()),
        })
    });
    if own.as_ref().is_some_and(|own| own.width >= card_image::WIDTH) {
        return own;
    }
    let card = subject(scene.page).and_then(|subject| card(scene, subject));
    card.or(own)
}

/// The card of a timeline or an event, with what is written on it.
pub(super) fn card(scene: &Scene<'_>, subject: Scope) -> Option<SharedImage> {
    let image = scene.site.card_image(subject)?;
    let card = super::card_image::of(scene, subject);
    let words = [Some(card.title), card.date, card.place].into_iter().flatten();
    Some(SharedImage {
        url: scene.site.base_url()?.absolute(&image.address),
        width: card_image::WIDTH,
        height: card_image::HEIGHT,
        alt: words.collect::<Vec<_>>().join(" · "),
    })
}

/// The timeline or the event whose card stands for a page.
fn subject(page: Page) -> Option<Scope> {
    match page {
        Page::Event(index) => Some(Scope::Event(index)),
        Page::Timeline(index) | Page::Part(index, _) | Page::Track(index, ..) | Page::Reported(index, _) => {
            Some(Scope::Timeline(index))
        }
        _ => None,
    }
}

/// The article whose picture is the page's.
fn own_article(scene: &Scene<'_>) -> Option<usize> {
    let site = scene.site;
    match scene.page {
        Page::Event(index) => Some(site.event(index).article),
        Page::Timeline(index) | Page::Part(index, _) | Page::Track(index, ..) | Page::Reported(index, _) => {
            Some(site.timeline(index).article)
        }
        Page::Entity(index) | Page::EntityPart(index, _) => site.entity(index).article,
        Page::Plain(article) => Some(article),
        Page::Front(language) => site.front(language),
        _ => None,
    }
}

fn article(scene: &Scene<'_>, index: crate::site::EventIndex) -> ArticleFacts {
    let site = scene.site;
    let event = site.event(index);
    let keys = event.keys(site);
    let names = |kind| event.named(kind).iter().map(|entity| site.entity(*entity).name.clone());
    let author = |name: &String| {
        let person = site.entity_named(scene.language, EntityKind::Person, name);
        let page = person.and_then(|person| Some(site.base_url()?.absolute(&person.address)));
        page.unwrap_or_else(|| name.clone())
    };
    ArticleFacts {
        published: event.published.map(|instant| local(scene, instant)),
        modified: event.updated.map(|instant| local(scene, instant)),
        section: site.timeline(event.timeline).keys(site).title.clone(),
        tags: names(EntityKind::Topic).chain(names(EntityKind::Place)).collect(),
        authors: keys.authors.iter().map(author).collect(),
    }
}

/// An instant by the newsroom's clock, with its offset from UTC.
pub(super) fn local(scene: &Scene<'_>, instant: Instant) -> String {
    let local = instant.local(&scene.site.zone());
    match local.offset() {
        Some(offset) => format!("{local}{offset}"),
        None => instant.to_rfc3339(),
    }
}
