//! The card images of a site: for which timelines and events one will be drawn, and at which address.
//!
//! A card stands beside its page, under a name with a digest of all that is written on it, so that it may be kept for
//! ever, and is drawn once. What has a picture of its own that is wide enough gets none.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use rayon::prelude::{IndexedParallelIterator, IntoParallelRefIterator, ParallelIterator, ParallelSlice};

use super::before::Before;
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

/// The cards of a site.
#[derive(Default)]
pub(super) struct Cards {
    /// Those that are drawn: of the timelines, then of the events.
    pub drawn: Vec<CardImage>,
    /// For each timeline, the digest of what all its cards have in common.
    pub bases: Vec<blake3::Hash>,
    /// The articles whose titles no card can be written with, each with the first letter that is in no font.
    missing: Vec<(usize, char)>,
}

/// The cards of all timelines and events; none without an address to name them by, and none where the settings say so.
pub(super) fn all(site: &Site, before: Option<&Before<'_>>) -> Cards {
    if site.input.settings.outputs.cards == Some(false) || site.base_url().is_none() {
        return Cards::default();
    }
    let words = digests(site);
    let bases: Vec<blake3::Hash> =
        site.timelines.iter().map(|timeline| base(site, timeline, &words)).collect();
    let timelines = site.timelines.par_iter().enumerate();
    let timelines =
        timelines.map(|(at, timeline)| of_timeline(site, TimelineIndex(at), timeline, &bases[at]));
    let events = site.events.par_iter().enumerate();
    let events = events.map(|(at, event)| {
        let base = &bases[event.timeline.0];
        match before.and_then(|before| before.card(site, event, base)) {
            Some(known) => Made::Drawn(CardImage { subject: Scope::Event(EventIndex(at)), ..known.clone() }),
            None => of_event(site, EventIndex(at), event, base),
        }
    });
    let made: Vec<Made> = timelines.chain(events).collect();
    let mut cards = Cards { bases, ..Cards::default() };
    for made in made {
        match made {
            Made::Drawn(card) => cards.drawn.push(card),
            Made::Missing(article, letter) => cards.missing.push((article, letter)),
            Made::Unneeded => {}
        }
    }
    cards
}

/// How many articles may have other titles at once for their cards to be found alone.
const RETITLED: usize = 16;

/// The cards of events whose articles have other titles now, with their places among the cards, of a site that has what was read
/// later and the cards of before. `None` where there would be other cards, or where too many articles have changed.
pub(super) fn retitled(site: &Site, changed: &BTreeSet<usize>) -> Option<Vec<(usize, CardImage)>> {
    if changed.len() > RETITLED {
        return None;
    }
    if site.card_bases.is_empty() {
        return Some(Vec::new());
    }
    let events = site.events.iter().enumerate().filter(|(_, event)| changed.contains(&event.article));
    let mut cards = Vec::new();
    for (at, event) in events {
        let index = EventIndex(at);
        let made = of_event(site, index, event, &site.card_bases[event.timeline.0]);
        match (site.card_at(Scope::Event(index)), made) {
            (Some(at), Made::Drawn(card)) => cards.push((at, card)),
            (None, Made::Unneeded) => {}
            _ => return None,
        }
    }
    Some(cards)
}

/// What comes of a timeline or an event.
enum Made {
    Drawn(CardImage),
    /// Its article, and a letter that is in no font.
    Missing(usize, char),
    /// It has a picture of its own.
    Unneeded,
}

/// How many events are put into one digest.
const PIECE: usize = 512;

/// A digest of the words of each language, with which dates are written.
fn digests(site: &Site) -> BTreeMap<&str, blake3::Hash> {
    let all = site.timelines.iter().map(|timeline| &timeline.words);
    let by_language: BTreeMap<&str, _> = all.map(|words| (words.language(), words)).collect();
    let digest = |(language, words): (_, &Arc<crate::time::Words>)| {
        (language, blake3::hash(words.values().to_string().as_bytes()))
    };
    by_language.into_iter().map(digest).collect()
}

fn of_timeline(site: &Site, index: TimelineIndex, timeline: &Timeline, base: &blake3::Hash) -> Made {
    let keys = timeline.keys(site);
    let drawn = || {
        // In pieces, so that all processors have a part in it.
        let digest = |events: &[Event]| {
            let mut texts = Vec::new();
            for event in events {
                add(&mut texts, &event.date.edtf());
                add(&mut texts, if event.keys(site).role == Role::Event { "event" } else { "" });
            }
            blake3::hash(&texts)
        };
        let digests: Vec<blake3::Hash> =
            site.events[timeline.events.clone()].par_chunks(PIECE).map(digest).collect();
        let mut texts = base.as_bytes().to_vec();
        digests.iter().for_each(|digest| texts.extend(digest.as_bytes()));
        card(Scope::Timeline(index), &timeline.address, &texts)
    };
    made(site, timeline.article, (keys.image.as_ref(), &keys.title), drawn)
}

fn of_event(site: &Site, index: EventIndex, event: &Event, base: &blake3::Hash) -> Made {
    let keys = event.keys(site);
    let drawn = || {
        let mut texts = base.as_bytes().to_vec();
        add(&mut texts, &keys.title);
        add(&mut texts, &event.date.edtf());
        add(&mut texts, event.date.zone().name());
        if let Some(place) = event.named(EntityKind::Place).first() {
            add(&mut texts, &site.entity(*place).name);
        }
        card(Scope::Event(index), &event.address, &texts)
    };
    made(site, event.article, (keys.image.as_deref(), &keys.title), drawn)
}

/// The digest of what all cards of a timeline have in common.
fn base(site: &Site, timeline: &Timeline, words: &BTreeMap<&str, blake3::Hash>) -> blake3::Hash {
    let mut texts = RECIPE.to_le_bytes().to_vec();
    add(&mut texts, timeline.words.language());
    if let Some(digest) = words.get(timeline.words.language()) {
        texts.extend(digest.as_bytes());
    }
    let accent = site.input.settings.theme.accent.as_ref();
    for text in [accent.map_or("", |accent| &accent.0), site.title(timeline.language)] {
        add(&mut texts, text);
    }
    add(&mut texts, &timeline.keys(site).title);
    add(&mut texts, timeline.clock.name());
    blake3::hash(&texts)
}

/// Adds a text with its length, so that no two lists of texts are alike.
fn add(texts: &mut Vec<u8>, text: &str) {
    texts.extend(text.len().to_le_bytes());
    texts.extend(text.as_bytes());
}

fn card(subject: Scope, page: &Address, texts: &[u8]) -> CardImage {
    let digest = blake3::hash(texts).to_hex()[..32].to_string();
    CardImage { subject, address: page.join(&format!("card.{}.png", &digest[..10])), digest }
}

/// A card, where one is needed and can be written.
fn made(
    site: &Site,
    article: usize,
    (image, title): (Option<&Image>, &str),
    drawn: impl FnOnce() -> CardImage,
) -> Made {
    let own = image.and_then(|image| site.shareable(article, image));
    match missing_letter(title) {
        _ if own.is_some_and(|own| own.width >= WIDTH) => Made::Unneeded,
        Some(letter) => Made::Missing(article, letter),
        None => Made::Drawn(drawn()),
    }
}

impl Site {
    /// The card of a timeline or an event, where one is drawn.
    #[must_use]
    pub fn card_image(&self, subject: Scope) -> Option<&CardImage> {
        self.card_at(subject).map(|at| &self.cards[at])
    }

    /// The index of that card.
    pub(super) fn card_at(&self, subject: Scope) -> Option<usize> {
        let order = |scope: Scope| match scope {
            Scope::Timeline(at) => Some((0, at.0)),
            Scope::Event(at) => Some((1, at.0)),
            _ => None,
        };
        let order_of = |card: &CardImage| order(card.subject).unwrap_or_default();
        self.cards.binary_search_by_key(&order(subject)?, order_of).ok()
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

impl Cards {
    /// A warning of titles that no card can be written with.
    pub(super) fn missing_letters(&self, site: &Site) -> Option<Diagnostic> {
        let (first, letter) = *self.missing.first()?;
        let message = match self.missing.len() - 1 {
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
}
