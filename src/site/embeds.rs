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

    /// What can be shown of an event; nothing where the settings want no embeds.
    pub(super) fn embed_of(&self, event: EventIndex) -> Option<Embed> {
        self.offers(OutputFormat::Embeds).then_some(Embed::Event(event))
    }

    /// What can be shown of all timelines.
    pub(super) fn embeds_of_timelines(&self) -> impl Iterator<Item = Embed> {
        (0..self.timelines.len()).map(TimelineIndex).flat_map(|at| self.embeds_of(at))
    }
}

/// The pages of the embeds of all timelines, with their addresses.
pub(super) fn of_timelines(site: &Site) -> impl Iterator<Item = (Address, Page)> {
    site.embeds_of_timelines().map(|embed| (site.embed_address(embed), Page::Embed(embed)))
}
