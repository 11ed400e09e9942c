//! The card images of a site: for which timelines and events one will be drawn, and at which address.
//!
//! A card stands beside its page, under a name with a digest of all that is written on it, so that it may be kept for
//! ever, and is drawn once. What has a picture of its own that is wide enough gets none.

use std::collections::BTreeMap;

use rayon::prelude::{IndexedParallelIterator, IntoParallelRefIterator, ParallelIterator, ParallelSlice};

use super::{Event, EventIndex, Scope, Site, Timeline, TimelineIndex};
use crate::address::Address;
use crate::card_image::{RECIPE, WIDTH, missing_letter};
use crate::input::EntityKind;
use crate::input::keys::{Image, Role};
use crate::picture::{Format, Version};
use crate::{Diagnostic, Place};

/// A card that will be drawn.
#[derive(Debug, Clone)]
pub struct CardImage {
    /// The timeline or the event.
    pub subject: Scope,
    /// Where it stands.
    pub address: Address,
    /// The digest of what is written on it, and of how it is drawn.
    pub digest: String,
}

/// A picture that other sites may show beside a link.
#[derive(Debug, Clone)]
pub struct Shareable {
    /// Where it stands.
    pub address: Address,
    /// In pixels.
    pub width: u32,
    /// In pixels.
    pub height: u32,
}

/// The cards of all timelines, then of all events; none without an address to name them by, and none where the settings
/// say so.
pub(super) fn all(site: &Site) -> Vec<CardImage> {
    if site.input.settings.outputs.cards == Some(false) || site.base_url().is_none() {
        return Vec::new();
    }
    let words = digests(site);
    let beginnings: Vec<blake3::Hasher> =
        site.timelines.iter().map(|timeline| begin(site, timeline, &words)).collect();
    let timelines = site.timelines.iter().zip(&beginnings).enumerate();
    let timelines = timelines.filter_map(|(at, (timeline, beginning))| {
        of_timeline(site, TimelineIndex(at), timeline, beginning.clone())
    });
    let events = site.events.par_iter().enumerate();
    let events = events.filter_map(|(at, event)| {
        of_event(site, EventIndex(at), event, || beginnings[event.timeline.0].clone())
    });
    let events: Vec<CardImage> = events.collect();
    timelines.chain(events).collect()
}

/// How many events are put into one digest.
const PIECE: usize = 512;

/// A digest of the words of each language, with which dates are written.
fn digests(site: &Site) -> BTreeMap<&str, blake3::Hash> {
    let all = site.timelines.iter().map(|timeline| &timeline.words);
    let by_language: BTreeMap<&str, _> = all.map(|words| (words.language(), words)).collect();
    let digest = |(language, words): (_, &std::sync::Arc<crate::time::Words>)| {
        (language, blake3::hash(words.values().to_string().as_bytes()))
    };
    by_language.into_iter().map(digest).collect()
}

fn of_timeline(
    site: &Site,
    index: TimelineIndex,
    timeline: &Timeline,
    mut hasher: blake3::Hasher,
) -> Option<CardImage> {
    let keys = timeline.keys(site);
    // In pieces, so that all processors have a part in it.
    let digest = |events: &[Event]| {
        let mut hasher = blake3::Hasher::new();
        for event in events {
            add(&mut hasher, &event.date.edtf());
            add(&mut hasher, if event.keys(site).role == Role::Event { "event" } else { "" });
        }
        hasher.finalize()
    };
    let digests: Vec<blake3::Hash> =
        site.events[timeline.events.clone()].par_chunks(PIECE).map(digest).collect();
    for digest in digests {
        hasher.update(digest.as_bytes());
    }
    let is_wanted = is_wanted(site, timeline.article, keys.image.as_ref(), &keys.title);
    is_wanted.then(|| card(Scope::Timeline(index), &timeline.address, &hasher))
}

fn of_event(
    site: &Site,
    index: EventIndex,
    event: &Event,
    begin: impl FnOnce() -> blake3::Hasher,
) -> Option<CardImage> {
    let keys = event.keys(site);
    if !is_wanted(site, event.article, keys.image.as_ref(), &keys.title) {
        return None;
    }
    let mut hasher = begin();
    add(&mut hasher, &keys.title);
    add(&mut hasher, &event.date.edtf());
    add(&mut hasher, event.date.zone().name());
    if let Some(place) = event.named(EntityKind::Place).first() {
        add(&mut hasher, &site.entity(*place).name);
    }
    Some(card(Scope::Event(index), &event.address, &hasher))
}

/// What all cards of a timeline have in common.
fn begin(site: &Site, timeline: &Timeline, words: &BTreeMap<&str, blake3::Hash>) -> blake3::Hasher {
    let mut hasher = blake3::Hasher::new();
    hasher.update(&RECIPE.to_le_bytes());
    add(&mut hasher, timeline.words.language());
    if let Some(digest) = words.get(timeline.words.language()) {
        hasher.update(digest.as_bytes());
    }
    let accent = site.input.settings.theme.accent.as_ref();
    for text in [accent.map_or("", |accent| &accent.0), site.title(timeline.language)] {
        add(&mut hasher, text);
    }
    add(&mut hasher, &timeline.keys(site).title);
    add(&mut hasher, timeline.clock.name());
    hasher
}

/// Adds a text with its length, so that no two lists of texts are alike.
fn add(hasher: &mut blake3::Hasher, text: &str) {
    hasher.update(&text.len().to_le_bytes()).update(text.as_bytes());
}

fn card(subject: Scope, page: &Address, hasher: &blake3::Hasher) -> CardImage {
    let digest = hasher.finalize().to_hex()[..32].to_string();
    CardImage { subject, address: page.join(&format!("card.{}.png", &digest[..10])), digest }
}

/// Whether a card is needed, and can be written.
fn is_wanted(site: &Site, article: usize, image: Option<&Image>, title: &str) -> bool {
    let own = image.and_then(|image| site.shareable(article, image));
    own.is_none_or(|own| own.width < WIDTH) && missing_letter(title).is_none()
}

impl Site {
    /// The cards, nearly in the order of their addresses.
    pub(super) fn cards_by_path(&self) -> impl Iterator<Item = usize> {
        let article = |card: &CardImage| match card.subject {
            Scope::Event(at) => self.event(at).article,
            Scope::Timeline(at) => self.timeline(at).article,
            _ => usize::MAX,
        };
        let mut cards: Vec<(usize, usize)> =
            self.cards.iter().enumerate().map(|(at, card)| (article(card), at)).collect();
        cards.sort_unstable();
        cards.into_iter().map(|(_, at)| at)
    }

    /// The card of a timeline or an event, where one is drawn.
    #[must_use]
    pub fn card_image(&self, subject: Scope) -> Option<&CardImage> {
        let order = |scope: Scope| match scope {
            Scope::Timeline(at) => Some((0, at.0)),
            Scope::Event(at) => Some((1, at.0)),
            _ => None,
        };
        let at =
            self.cards.binary_search_by_key(&order(subject)?, |card| order(card.subject).unwrap_or_default());
        at.ok().map(|at| &self.cards[at])
    }

    /// An article's picture as other sites may show it: the smallest version that is wide enough, in a format that they
    /// know; `None` for drawings and for pictures without a size.
    #[must_use]
    pub fn shareable(&self, article: usize, image: &Image) -> Option<Shareable> {
        let resolved = self.image(article, image).ok()?;
        let known = self.input.pictures.get(resolved.file.as_deref()?)?.header.ok()?;
        if matches!(known.format, Format::Svg | Format::Avif) {
            return None;
        }
        let picture = self.picture_at(resolved.file.as_deref()?);
        let versions = picture.map(|picture| picture.versions.as_slice()).unwrap_or_default();
        let is_enough = |(version, _): &&(Version, Address)| matches!(version, Version::Fallback(width) if *width >= WIDTH);
        let smaller = versions.iter().filter(is_enough).min_by_key(|(version, _)| version.width(known.width));
        let (width, address) = match smaller {
            Some((version, address)) => (version.width(known.width), address.clone()),
            None => (known.width, resolved.address),
        };
        let height = (u64::from(known.height) * u64::from(width) + u64::from(known.width) / 2)
            / u64::from(known.width);
        Some(Shareable { address, width, height: u32::try_from(height).unwrap_or(u32::MAX).max(1) })
    }
}

/// A warning of titles that no card can be written with.
pub(super) fn check(site: &Site) -> Option<Diagnostic> {
    if site.input.settings.outputs.cards == Some(false) || site.base_url().is_none() {
        return None;
    }
    let articles = site.timelines.par_iter().map(|timeline| timeline.article);
    let articles = articles.chain(site.events.par_iter().map(|event| event.article));
    let is_bare = |article: &usize| {
        let own = site.article(*article).kind.image().and_then(|image| site.shareable(*article, image));
        own.is_none_or(|own| own.width < WIDTH)
    };
    let missing: Vec<(usize, char)> = articles
        .filter_map(|article| Some((article, missing_letter(site.article(article).kind.title())?)))
        .filter(|(article, _)| is_bare(article))
        .collect();
    let (first, letter) = *missing.first()?;
    let message = match missing.len() - 1 {
        0 => format!("no card image is drawn: its fonts have no letter `{letter}`"),
        more => format!(
            "no card images are drawn for this and {more} more: their fonts have no letter `{letter}`"
        ),
    };
    let place = Place::file(&site.article(first).path);
    Some(Diagnostic::warning("missing-letters", message).at(place).help(
        "give the article an `image` at least 1200 pixels wide, or set `cards = false` under [outputs]",
    ))
}
