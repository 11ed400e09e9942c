//! What is made for readers' other tools: which formats there are of what, and where each stands.
//!
//! A format is named by what it holds and how; `pages/formats` makes its bytes.

use std::borrow::Cow;

use super::{EntityIndex, EventIndex, Page, Site, TimelineIndex};
use crate::address::Address;
use crate::input::LanguageIndex;

/// What a format holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Scope {
    /// The whole site, in a language.
    Site(LanguageIndex),
    /// A timeline.
    Timeline(TimelineIndex),
    /// An event.
    Event(EventIndex),
    /// An entity, with the events that name it.
    Entity(EntityIndex),
}

/// How it is written down.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// What robots may read (RFC 9309).
    Robots,
    /// The pages of the site, or where lists of them are (sitemaps.org).
    Sitemap,
    /// So many of the pages of a large site: which file of them, counted from 1.
    SitemapPart(usize),
    /// What was published within two days (Google News).
    NewsSitemap,
}

impl Format {
    /// The name of its file, below the address of what it holds.
    #[must_use]
    pub fn file_name(self) -> Cow<'static, str> {
        Cow::Borrowed(match self {
            Self::Robots => "robots.txt",
            Self::Sitemap => "sitemap.xml",
            Self::SitemapPart(number) => return Cow::Owned(format!("sitemap-{number}.xml")),
            Self::NewsSitemap => "news-sitemap.xml",
        })
    }
}

impl Site {
    /// Where a format of something stands.
    #[must_use]
    pub fn format_address(&self, scope: Scope, format: Format) -> Address {
        let holder = match scope {
            Scope::Site(language) => self.home(language),
            Scope::Timeline(at) => self.timeline(at).address.clone(),
            Scope::Event(at) => self.event(at).address.clone(),
            Scope::Entity(at) => self.entity(at).address.clone(),
        };
        holder.join(&format.file_name())
    }

    /// Whether the site's own `static/` has a file at an address, which takes the place of a format.
    pub(super) fn has_own(&self, address: &Address) -> bool {
        self.input.theme.files.contains_key(address.as_str().trim_start_matches('/'))
    }
}

/// Every format of the site, with its address. A file of the site's own `static/` takes the place of one.
pub(super) fn all(site: &Site) -> impl Iterator<Item = (Address, Page)> + '_ {
    let of_site = [(Scope::Site(LanguageIndex::MAIN), Format::Robots)];
    let all = of_site.into_iter();
    let all = all.map(|(scope, format)| (site.format_address(scope, format), Page::Format(scope, format)));
    all.filter(|(address, _)| !site.has_own(address))
}
