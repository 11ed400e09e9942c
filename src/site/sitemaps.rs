//! What search engines are told of: the pages for readers, when each changed last, and the news of the last two days.
//!
//! Times come from the articles; the clock of the options alone says what is news. Nothing is written down here.

use super::{Event, EventIndex, Format, Page, Route, Scope, Site};
use crate::address::Address;
use crate::input::LanguageIndex;
use crate::time::Instant;

/// How many addresses a sitemap holds at the most, by its protocol.
pub const ADDRESSES: usize = 50_000;

/// How many articles a news sitemap holds at the most, by Google's rules.
pub const ARTICLES: usize = 1_000;

/// For how many seconds an article is news, by the same rules.
const NEWS: i64 = 2 * 24 * 60 * 60;

/// The sitemaps of a site whose pages are planned, with their addresses; none without a `base_url`, and none of a snapshot.
pub(super) fn all<'a>(site: &'a Site, pages: &[Route]) -> impl Iterator<Item = (Address, Page)> + use<'a> {
    let files = pages.iter().filter(|route| site.is_listed(route.page)).count().div_ceil(ADDRESSES);
    let parts = if files > 1 { 1..files + 1 } else { 1..1 };
    let news = (!site.news().is_empty()).then_some(Format::NewsSitemap);
    let formats = [Format::Sitemap].into_iter().chain(parts.map(Format::SitemapPart)).chain(news);
    let scope = Scope::Site(LanguageIndex::MAIN);
    let all = formats.filter(|_| site.base_url().is_some() && site.options.as_of.is_none());
    let all = all.map(move |format| (site.format_address(scope, format), Page::Format(scope, format)));
    all.filter(|(address, _)| !site.has_own(address))
}

impl Site {
    /// Whether search engines are told of a page: all for readers but those that lead on, and what a preview alone shows.
    #[must_use]
    pub fn is_listed(&self, page: Page) -> bool {
        let is_published = |article: usize| !self.options.drafts || self.unpublished(article).is_none();
        match page {
            Page::Event(index) => is_published(self.event(index).article),
            Page::Plain(article) => is_published(article),
            Page::Front(_)
            | Page::Timeline(_)
            | Page::Part(..)
            | Page::Track(..)
            | Page::Reported(..)
            | Page::EntityList(..)
            | Page::Entity(_)
            | Page::EntityPart(..)
            | Page::Corrections(_) => true,
            _ => false,
        }
    }

    /// The pages that search engines are told of, by address.
    pub fn listed(&self) -> impl Iterator<Item = &Route> {
        self.routes.iter().filter(|route| self.is_listed(route.page))
    }

    /// When what stands on a page was published or changed last, as far as articles say.
    #[must_use]
    pub fn changed(&self, page: Page) -> Option<Instant> {
        let of = |events: &mut dyn Iterator<Item = &Event>| {
            events.filter_map(|event| event.updated.max(event.published)).max()
        };
        let timeline = |index| self.timeline(index);
        match page {
            Page::Event(index) => of(&mut [self.event(index)].into_iter()),
            Page::Timeline(index) => of(&mut self.events[timeline(index).events.clone()].iter()),
            Page::Part(index, part) => {
                of(&mut self.events[self.parts(index).list[part].events.clone()].iter())
            }
            Page::Track(index, track, page) => {
                let events = self.parts(index).on_page_of_track(track, page);
                of(&mut events.iter().map(|event| self.event(*event)))
            }
            Page::Reported(index, page) => {
                let events = self.parts(index).reported().nth(page).unwrap_or_default();
                of(&mut events.iter().map(|event| self.event(*event)))
            }
            Page::Front(language) => {
                let ranges = self.timelines_in(language).map(|timeline| timeline.events.clone());
                of(&mut ranges.flat_map(|range| &self.events[range]))
            }
            Page::Entity(index) => of(&mut self.entity(index).events.iter().map(|event| self.event(*event))),
            Page::EntityPart(index, page) => {
                of(&mut self.entity(index).on_page(self, page).iter().map(|event| self.event(*event)))
            }
            Page::EntityList(language, kind) => {
                let own =
                    self.entities.iter().filter(|entity| (entity.language, entity.kind) == (language, kind));
                of(&mut own.flat_map(|entity| &entity.events).map(|event| self.event(*event)))
            }
            _ => None,
        }
    }

    /// The events published within the last two days, newest first, with when; of too many, the newest.
    #[must_use]
    pub fn news(&self) -> Vec<(Instant, EventIndex)> {
        let now = self.options.now;
        let is_new = |published: Instant| published <= now && now.seconds() - published.seconds() < NEWS;
        let is_news = |index: &EventIndex| {
            self.event(*index).published.is_some_and(is_new) && self.is_listed(Page::Event(*index))
        };
        let mut news = self.published_among((0..self.events.len()).map(EventIndex).filter(is_news));
        news.truncate(ARTICLES);
        news
    }

    /// When the news sitemap will be another one though nothing was written: its oldest article, by its
    /// index, is news no longer.
    #[must_use]
    pub fn next_change_of_news(&self) -> Option<(Instant, usize)> {
        let (oldest, event) = *self.news().last()?;
        self.base_url()?;
        Some((Instant::from_seconds(oldest.seconds() + NEWS), self.event(event).article))
    }
}
