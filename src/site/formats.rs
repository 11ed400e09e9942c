//! What is made for readers' other tools: which formats there are of what, and where each stands.
//!
//! A format is named by what it holds and how; `pages/formats` makes its bytes.

use super::{EntityIndex, EventIndex, Page, Site, TimelineIndex};
use crate::address::Address;
use crate::input::LanguageIndex;
use crate::input::keys::Status;

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
    /// How an embed is shown, for those who are given the address of its page (oEmbed 1.0).
    OEmbed,
    /// The same of a timeline's key moments.
    KeyMomentsOEmbed,
    /// What is new on a timeline that goes on.
    Latest,
}

impl Format {
    /// The name of its file, below the address of what it holds.
    #[must_use]
    pub fn file_name(self) -> &'static str {
        match self {
            Self::Robots => "robots.txt",
            Self::OEmbed => "embed/oembed.json",
            Self::KeyMomentsOEmbed => "embed/key-moments/oembed.json",
            Self::Latest => "latest.json",
        }
    }
}

impl Site {
    /// Whether the coverage of a timeline goes on.
    #[must_use]
    pub fn is_ongoing(&self, timeline: TimelineIndex) -> bool {
        self.timeline(timeline).keys(self).status == Some(Status::Ongoing)
    }

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
    let of_site = [(Scope::Site(LanguageIndex::MAIN), Format::Robots)];
    let all = of_site.into_iter().chain(descriptions(site)).chain(latest(site));
    let all = all.map(|(scope, format)| (site.format_address(scope, format), Page::Format(scope, format)));
    all.filter(|(address, _)| !site.input.theme.files.contains_key(address.as_str().trim_start_matches('/')))
}

/// The descriptions of all embeds: they hold absolute addresses, which a site without a `base_url` has none of.
fn descriptions(site: &Site) -> impl Iterator<Item = (Scope, Format)> {
    let described = site.base_url().is_some();
    site.embeds().filter(move |_| described).map(|embed| (embed.scope(), embed.description()))
}

/// What is new on each timeline whose coverage goes on.
fn latest(site: &Site) -> impl Iterator<Item = (Scope, Format)> {
    let ongoing = (0..site.timelines.len()).map(TimelineIndex).filter(|at| site.is_ongoing(*at));
    ongoing.map(|at| (Scope::Timeline(at), Format::Latest))
}
