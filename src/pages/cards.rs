//! The parts that several pages show of an article: links, pictures, quotes, sources, and the card of an event.

use serde::Serialize;

use super::Scene;
use super::dates::{self, DateView};
use super::sources::Bibliography;
use crate::input::EntityKind;
use crate::input::keys::{Image, Quote, QuoteKind, Role, Source, Weight};
use crate::markdown::COLUMN;
use crate::site::{Event, EventIndex};
use crate::time::Period;

/// A name that leads somewhere.
#[derive(Debug, Serialize)]
pub(super) struct Link {
    pub title: String,
    pub href: String,
}

/// A picture.
#[derive(Debug, Serialize)]
pub(super) struct ImageView {
    pub src: String,
    pub alt: String,
    pub caption: Option<String>,
    pub credit: Option<String>,
    pub license: Option<String>,
    /// In pixels; absent for a file of the theme.
    pub width: Option<u32>,
    pub height: Option<u32>,
    /// Its versions in its own format.
    pub srcset: Option<String>,
    /// Its versions as WebP.
    pub webp: Option<String>,
    /// How wide it is shown, for a browser to choose a version by.
    pub sizes: &'static str,
}

/// Something that was said.
#[derive(Debug, Serialize)]
pub(super) struct QuoteView {
    pub text: String,
    pub by: Option<String>,
    /// The speaker's page.
    pub href: Option<String>,
    /// The speaker's office.
    pub role: Option<String>,
    pub said: Option<DateView>,
    pub language: Option<String>,
    pub original: Option<String>,
    /// `direct`, `reported` or `translated`.
    pub kind: &'static str,
    /// The number of its source among the article's.
    pub source: Option<usize>,
}

/// An event in a list, with what is to be known without opening it.
#[derive(Debug, Serialize)]
pub(super) struct Card {
    /// The anchor on its timeline.
    pub id: String,
    pub title: String,
    /// Its page.
    pub href: String,
    pub date: DateView,
    pub weight: &'static str,
    pub background: bool,
    /// Why a preview alone shows it: `draft` or `embargoed`.
    pub unpublished: Option<&'static str>,
    pub track: Option<String>,
    pub summary: Option<String>,
    pub image: Option<ImageView>,
    pub places: Vec<Link>,
    pub people: Vec<Link>,
    pub quotes: Vec<QuoteView>,
    /// «1 source», «3 sources».
    pub sources: Option<String>,
    /// Their numbers among the timeline's.
    pub cites: Vec<usize>,
    /// «1 correction»; absent without one.
    pub corrections: Option<String>,
}

/// The card of an event under the heading of a period; its sources go by their numbers on the whole page.
pub(super) fn card(scene: &Scene<'_>, index: EventIndex, period: &Period, all: &Bibliography<'_>) -> Card {
    let site = scene.site;
    let event = site.event(index);
    let keys = event.keys(site);
    let words = scene.words;
    Card {
        id: event.id.to_string(),
        title: keys.title.clone(),
        href: scene.linker.to(&event.address),
        date: dates::of_event(site, words, event, Some(period)),
        weight: weight(keys.weight),
        background: keys.role == Role::Background,
        unpublished: site.unpublished(event.article),
        track: track(scene, event),
        summary: site.article(event.article).summary().map(str::to_string),
        image: image(scene, event.article, keys.image.as_ref())
            .map(|image| ImageView { sizes: sizes(keys.weight), ..image }),
        places: links(scene, event, EntityKind::Place),
        people: links(scene, event, EntityKind::Person),
        quotes: keys.quotes.iter().map(|one| quote(scene, one, &keys.sources, Some(all))).collect(),
        cites: keys.sources.iter().filter_map(|source| all.number(source)).collect(),
        sources: count(scene, "sources_count", keys.sources.len()),
        corrections: count(scene, "corrections_count", keys.corrections.len()),
    }
}

/// The entities of a kind that an event names.
pub(super) fn links(scene: &Scene<'_>, event: &Event, kind: EntityKind) -> Vec<Link> {
    let entities = event.named(kind).iter().map(|index| scene.site.entity(*index));
    entities
        .map(|entity| Link { title: entity.name.clone(), href: scene.linker.to(&entity.address) })
        .collect()
}

/// An article's picture.
pub(super) fn image(scene: &Scene<'_>, article: usize, image: Option<&Image>) -> Option<ImageView> {
    let image = image?;
    // A picture that is not there has been told of when the site was made.
    let resolved = scene.site.image(article, image).ok()?;
    let size = scene.site.size(&resolved).ok()?;
    let versions = scene.linker.versions(&resolved);
    Some(ImageView {
        src: versions.src.unwrap_or_else(|| scene.linker.to(&resolved.address)),
        width: size.map(|(width, _)| width),
        height: size.map(|(_, height)| height),
        srcset: versions.srcset,
        webp: versions.webp,
        sizes: COLUMN,
        alt: image.alt.clone().unwrap_or_default(),
        caption: image.caption.clone(),
        credit: image.credit.clone(),
        license: image.license.clone(),
    })
}

/// How wide the picture of a card is: only that of a key moment takes the column.
fn sizes(weight: Weight) -> &'static str {
    match weight {
        Weight::Key => COLUMN,
        Weight::Normal | Weight::Minor => "(min-width: 40rem) 26rem, calc(100vw - 2.5rem)",
    }
}

/// A quote with its speaker and the number of its source: among the article's, or among a whole timeline's.
pub(super) fn quote(
    scene: &Scene<'_>,
    quote: &Quote,
    sources: &[Source],
    all: Option<&Bibliography<'_>>,
) -> QuoteView {
    let speaker = quote.by.as_ref().and_then(|by| {
        let kinds = [EntityKind::Person, EntityKind::Organization];
        kinds.into_iter().find_map(|kind| scene.site.entity_named(kind, by))
    });
    QuoteView {
        text: quote.text.clone(),
        by: quote.by.clone(),
        href: speaker.map(|entity| scene.linker.to(&entity.address)),
        role: speaker.and_then(|entity| entity.keys(scene.site)?.role.clone()),
        said: quote.said.as_ref().map(|said| dates::plain(scene.words, said)),
        language: quote.language.as_ref().map(|language| language.0.clone()),
        original: quote.original.clone(),
        kind: match quote.kind {
            QuoteKind::Direct => "direct",
            QuoteKind::Reported => "reported",
            QuoteKind::Translated => "translated",
        },
        source: quote.source.as_ref().and_then(|source| {
            let own = number(sources, &source.value)?;
            all.map_or(Some(own), |all| all.number(&sources[own - 1]))
        }),
    }
}

/// The number of a source, counted from 1, by its title.
pub(super) fn number(sources: &[Source], title: &str) -> Option<usize> {
    sources.iter().position(|source| source.title == title).map(|at| at + 1)
}

/// A count in words; nothing for none.
pub(super) fn count(scene: &Scene<'_>, key: &str, number: usize) -> Option<String> {
    (number > 0).then(|| scene.words.count(key, number as u64))
}

/// The title of an event's track.
pub(super) fn track(scene: &Scene<'_>, event: &Event) -> Option<String> {
    let id = &event.keys(scene.site).track.as_ref()?.value;
    let tracks = &scene.site.timeline(event.timeline).keys(scene.site).tracks;
    tracks.iter().find(|track| track.id == *id).map(|track| track.title.clone())
}

/// The name of a weight, for stylesheets.
pub(super) fn weight(weight: Weight) -> &'static str {
    match weight {
        Weight::Key => "key",
        Weight::Normal => "normal",
        Weight::Minor => "minor",
    }
}
