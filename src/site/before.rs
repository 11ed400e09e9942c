//! The model before: what it has found of articles that are the same still, and need not be found again.
//!
//! Whether there was one changes how long a model takes to make, never what it is.

use std::collections::HashMap;
use std::sync::Arc;

use super::{CardImage, EntityIndex, Event, EventIndex, Filters, Part, Scope, Site, Timeline};
use crate::address::Address;
use crate::input::article::Kind;
use crate::input::{Article, EntityKind, Input};
use crate::time::Words;

/// A site beside what was read after it.
pub(super) struct Before<'a> {
    site: &'a Site,
    input: &'a Input,
    /// For each article that was read now, its index then, where it is the very same.
    articles: Vec<Option<usize>>,
    /// For each article of then, the event that was made of it.
    events: Vec<Option<EventIndex>>,
    parts: HashMap<&'a Address, (&'a Timeline, &'a Part)>,
    has_same_languages: bool,
    has_same_words: bool,
    /// Whether all pages about entities are the same: so two names of then that were one are one now.
    has_same_entity_pages: bool,
}

impl<'a> Before<'a> {
    pub(super) fn of(site: &'a Site, input: &'a Input) -> Self {
        let mut events = vec![None; site.input.articles.len()];
        for (at, event) in site.events.iter().enumerate() {
            events[event.article] = Some(EventIndex(at));
        }
        let timelines = site.timelines.iter().zip(&site.parts);
        let parts =
            timelines.flat_map(|(timeline, parts)| parts.list.iter().map(move |part| (timeline, part)));
        Self {
            site,
            input,
            articles: indices_then(&site.input, input),
            events,
            parts: parts.map(|(timeline, part)| (&part.address, (timeline, part))).collect(),
            has_same_languages: site.input.languages == input.languages,
            has_same_words: site.input.theme.words == input.theme.words,
            has_same_entity_pages: entity_pages(&site.input).eq(entity_pages(input)),
        }
    }

    /// The address of an article that is the same still.
    pub(super) fn address(&self, article: usize) -> Option<Address> {
        let then = self.articles[article].filter(|_| self.has_same_languages)?;
        self.site.addresses[then].clone()
    }

    /// The words of a language whose file is the same still, where nothing was wrong with it.
    pub(super) fn words(&self, language: &str) -> Option<Arc<Words>> {
        self.site.vocabulary.get(language).filter(|_| self.has_same_words).cloned()
    }

    /// How many entities there were.
    pub(super) fn entities(&self) -> usize {
        self.site.entities.len()
    }

    /// What an article that is the same still named of a kind, where two names that were one entity are one now.
    pub(super) fn named(&self, article: usize, kind: EntityKind) -> Option<&'a [EntityIndex]> {
        let is_same = self.has_same_languages && self.has_same_entity_pages;
        let event = self.events[self.articles[article].filter(|_| is_same)?]?;
        Some(self.site.event(event).named(kind))
    }

    /// The event that was made of an article that is the same still, if its timeline and the newsroom's clock are.
    pub(super) fn event(&self, article: usize, timeline: &Timeline) -> Option<&'a Event> {
        let event = self.site.event(self.events[self.articles[article]?]?);
        let same = self.has_same_article(self.site.timeline(event.timeline), timeline)
            && self.site.input.settings.timezone == self.input.settings.timezone;
        same.then_some(event)
    }

    /// The card of an event that is the same still and has no picture of its own, if it would say the same now: `base` is the digest
    /// of what all cards of its timeline have in common.
    pub(super) fn card(&self, site: &Site, event: &Event, base: &blake3::Hash) -> Option<&'a CardImage> {
        let index = self.events[self.articles[event.article]?]?;
        let then = self.site.event(index);
        let place = |site: &'a Site, event: &Event| {
            event.named(EntityKind::Place).first().map(|place| site.entity(*place).name.as_str())
        };
        let same_place = match (place(self.site, then), event.named(EntityKind::Place).first()) {
            (Some(then), Some(now)) => then == site.entity(*now).name,
            (then, now) => then.is_none() && now.is_none(),
        };
        let is_same = same_place
            && event.keys(site).image.is_none()
            && Arc::ptr_eq(&then.placed, &event.placed)
            && self.site.card_bases.get(then.timeline.0) == Some(base);
        self.site.card_image(Scope::Event(index)).filter(|_| is_same)
    }

    /// The filters of a part whose events are the same still, where all entities are.
    pub(super) fn filters(
        &self,
        timeline: &Timeline,
        address: &Address,
        events: &[Event],
    ) -> Option<Option<Arc<Filters>>> {
        let (timeline_then, part) = self.parts.get(address)?;
        let then = &self.site.events[part.events.clone()];
        let is_same = |(then, now): (&Event, &Event)| {
            Arc::ptr_eq(&then.placed, &now.placed) && then.entities == now.entities
        };
        let same = self.has_same_article(timeline_then, timeline)
            && then.len() == events.len()
            && then.iter().zip(events).all(is_same);
        same.then(|| part.filters.clone())
    }

    /// Whether there are the same entities in the same order.
    pub(super) fn has_same_entities(&self, site: &Site) -> bool {
        let key = |entity: &'a super::Entity| (entity.kind, entity.language, entity.id.as_str());
        self.site.entities.len() == site.entities.len()
            && self
                .site
                .entities
                .iter()
                .zip(&site.entities)
                .all(|(then, now)| key(then) == (now.kind, now.language, now.id.as_str()))
    }

    fn has_same_article(&self, then: &Timeline, now: &Timeline) -> bool {
        Arc::ptr_eq(&self.site.input.articles[then.article], &self.input.articles[now.article])
    }
}

/// Where the pages about entities are in memory: nobody has two articles at one place.
fn entity_pages(input: &Input) -> impl Iterator<Item = *const Article> {
    let pages = input.articles.iter().filter(|article| matches!(article.kind, Kind::Entity(..)));
    pages.map(Arc::as_ptr)
}

/// For each article, its index among those that were read before, if it is the very same; both are sorted by path.
fn indices_then(before: &Input, now: &Input) -> Vec<Option<usize>> {
    let mut then = before.articles.iter().enumerate().peekable();
    let index = |article| {
        loop {
            let (at, known) = *then.peek()?;
            if Arc::ptr_eq(known, article) {
                then.next();
                return Some(at);
            }
            if known.path >= article.path {
                return None;
            }
            then.next();
        }
    };
    now.articles.iter().map(index).collect()
}
