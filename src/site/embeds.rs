//! What other sites may show of this one in a frame: a timeline, its key moments, or an event, each with its address.

use serde::{Deserialize, Serialize};

use super::{EventIndex, Format, Page, Scope, Site, TimelineIndex};
use crate::address::Address;
use crate::input::settings::OutputFormat;

/// Something that another site may show in a frame.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Embed {
    /// A timeline, as far as it fits.
    Timeline(TimelineIndex),
    /// The key moments of a timeline.
    KeyMoments(TimelineIndex),
    /// An event.
    Event(EventIndex),
}

/// The file of `static/` that pages elsewhere include. It keeps its plain name: what others have copied must not go stale.
pub const LOADER: &str = "embed.js";

impl Embed {
    /// What it shows something of.
    #[must_use]
    pub fn scope(self) -> Scope {
        match self {
            Self::Timeline(at) | Self::KeyMoments(at) => Scope::Timeline(at),
            Self::Event(at) => Scope::Event(at),
        }
    }

    /// The format that describes it to those who are given the address of its page.
    #[must_use]
    pub fn description(self) -> Format {
        match self {
            Self::KeyMoments(_) => Format::KeyMomentsOEmbed,
            Self::Timeline(_) | Self::Event(_) => Format::OEmbed,
        }
    }
}

impl Site {
    /// Where an embed stands.
    #[must_use]
    pub fn embed_address(&self, embed: Embed) -> Address {
        let below = match embed {
            Embed::KeyMoments(_) => "embed/key-moments/",
            Embed::Timeline(_) | Embed::Event(_) => "embed/",
        };
        self.embedded_address(embed).join(below)
    }

    /// The page that an embed shows something of, where its links lead.
    #[must_use]
    pub fn embedded_address(&self, embed: Embed) -> &Address {
        match embed {
            Embed::Timeline(at) | Embed::KeyMoments(at) => &self.timeline(at).address,
            Embed::Event(at) => &self.event(at).address,
        }
    }

    /// What can be shown of a timeline: itself, and its key moments where it has any; nothing where the settings want no embeds.
    pub fn embeds_of(&self, timeline: TimelineIndex) -> impl Iterator<Item = Embed> {
        let key_moments =
            self.timeline(timeline).among.has_key_moments.then_some(Embed::KeyMoments(timeline));
        let all = [Embed::Timeline(timeline)].into_iter().chain(key_moments);
        all.filter(|_| self.offers(OutputFormat::Embeds))
    }

    /// Every embed of the site.
    pub(super) fn embeds(&self) -> impl Iterator<Item = Embed> {
        let timelines = (0..self.timelines.len()).map(TimelineIndex);
        let events = self.events_by_path().filter(|_| self.offers(OutputFormat::Embeds));
        timelines.flat_map(|at| self.embeds_of(at)).chain(events.map(Embed::Event))
    }
}

/// The pages of all embeds, with their addresses.
pub(super) fn all(site: &Site) -> impl Iterator<Item = (Address, Page)> {
    site.embeds().map(|embed| (site.embed_address(embed), Page::Embed(embed)))
}
