//! What is made for readers' other tools: which formats there are of what, and where each stands.
//!
//! A format is named by what it holds and how; `pages/formats` makes its bytes.

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
    /// The headers that hosts are to send.
    Headers,
    /// Old addresses, for hosts that answer with a redirect.
    Redirects,
}

impl Format {
    /// The name of its file, below the address of what it holds.
    #[must_use]
    pub fn file_name(self) -> &'static str {
        match self {
            Self::Robots => "robots.txt",
            Self::Headers => "_headers",
            Self::Redirects => "_redirects",
        }
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
        holder.join(format.file_name())
    }
}

/// Every format of the site, with its address. A file of the site's own `static/` takes the place of one.
pub(super) fn all(site: &Site) -> impl Iterator<Item = (Address, Page)> + '_ {
    let of_site = [Format::Robots, Format::Headers];
    let redirects = (!site.redirects.is_empty()).then_some(Format::Redirects);
    let of_site =
        of_site.into_iter().chain(redirects).map(|format| (Scope::Site(LanguageIndex::MAIN), format));
    let all = of_site;
    let all = all.map(|(scope, format)| (site.format_address(scope, format), Page::Format(scope, format)));
    all.filter(|(address, _)| !site.input.theme.files.contains_key(address.as_str().trim_start_matches('/')))
}
