//! What is made for readers' other tools: which formats there are of what, and where each stands.
//!
//! A format is named by what it holds and how; `pages/formats` makes its bytes. One that would hold nothing does not exist, nor
//! does one that needs absolute addresses where the site has none.

use std::borrow::Cow;

use serde::{Deserialize, Serialize};

use super::{Embed, EntityIndex, EventIndex, Page, Site, TimelineIndex};
use crate::address::Address;
use crate::input::LanguageIndex;
use crate::input::keys::Status;
use crate::input::settings::{ARCHIVE_LIMIT, OutputFormat};

/// What a format holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Scope {
    /// The whole site, in a language.
    Site(LanguageIndex),
    /// A timeline.
    Timeline(TimelineIndex),
    /// An event.
    Event(EventIndex),
    /// An entity, with the events that name it.
    Entity(EntityIndex),
    /// All corrections in a language.
    Corrections(LanguageIndex),
}

/// How it is written down.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Format {
    /// What robots may read (RFC 9309).
    Robots,
    /// A feed in Atom (RFC 4287).
    Atom,
    /// A feed in JSON Feed 1.1.
    JsonFeed,
    /// A calendar (RFC 5545).
    Calendar,
    /// Everything that is known of a timeline but for its articles' texts, as JSON.
    TimelineData,
    /// The JSON Schema of that.
    TimelineSchema,
    /// The events as a table (RFC 4180).
    EventTable,
    /// The events for TimelineJS 3.
    TimelineJs,
    /// The sources as CSL-JSON.
    SourcesCsl,
    /// The sources as BibTeX.
    SourcesBibtex,
    /// A whole timeline in one HTML file.
    Archive,
    /// How an embed is shown, for those who are given the address of its page (oEmbed 1.0).
    OEmbed,
    /// The same of a timeline's key moments.
    KeyMomentsOEmbed,
    /// What is new on a timeline that goes on.
    Latest,
    /// The pages of the site, or where lists of them are (sitemaps.org).
    Sitemap,
    /// So many of the pages of a large site: which file of them, counted from 1.
    SitemapPart(usize),
    /// What was published within two days (Google News).
    NewsSitemap,
    /// The headers that hosts are to send.
    Headers,
    /// Old addresses, for hosts that answer with a redirect.
    Redirects,
}

impl Format {
    /// What a timeline is given in, in the order in which readers are told.
    pub const OF_TIMELINE: [Self; 10] = [
        Self::Atom,
        Self::JsonFeed,
        Self::Calendar,
        Self::Archive,
        Self::EventTable,
        Self::TimelineData,
        Self::TimelineSchema,
        Self::TimelineJs,
        Self::SourcesCsl,
        Self::SourcesBibtex,
    ];

    /// What everything else with events of its own is given in.
    const FEEDS: [Self; 2] = [Self::Atom, Self::JsonFeed];

    /// The name of its file, below the address of what it holds.
    #[must_use]
    pub fn file_name(self) -> Cow<'static, str> {
        Cow::Borrowed(match self {
            Self::Robots => "robots.txt",
            Self::Atom => "feed.xml",
            Self::JsonFeed => "feed.json",
            Self::Calendar => "calendar.ics",
            Self::TimelineData => "timeline.json",
            Self::TimelineSchema => "timeline.schema.json",
            Self::EventTable => "events.csv",
            Self::TimelineJs => "timelinejs.json",
            Self::SourcesCsl => "sources.json",
            Self::SourcesBibtex => "sources.bib",
            Self::Archive => "archive.html",
            Self::OEmbed => "embed/oembed.json",
            Self::KeyMomentsOEmbed => "embed/key-moments/oembed.json",
            Self::Latest => "latest.json",
            Self::Sitemap => "sitemap.xml",
            Self::SitemapPart(number) => return Cow::Owned(format!("sitemap-{number}.xml")),
            Self::NewsSitemap => "news-sitemap.xml",
            Self::Headers => "_headers",
            Self::Redirects => "_redirects",
        })
    }

    /// Its media type, as links name it.
    #[must_use]
    pub fn media_type(self) -> &'static str {
        match self {
            Self::Robots | Self::Headers | Self::Redirects => "text/plain",
            Self::Sitemap | Self::SitemapPart(_) | Self::NewsSitemap => "application/xml",
            Self::Atom => "application/atom+xml",
            Self::JsonFeed => "application/feed+json",
            Self::Calendar => "text/calendar",
            Self::TimelineData | Self::TimelineJs => "application/json",
            Self::TimelineSchema => "application/schema+json",
            Self::EventTable => "text/csv",
            Self::SourcesCsl => "application/vnd.citationstyles.csl+json",
            Self::SourcesBibtex => "application/x-bibtex",
            Self::Archive => "text/html",
            Self::OEmbed | Self::KeyMomentsOEmbed => "application/json+oembed",
            Self::Latest => "application/json",
        }
    }

    /// What the settings call it; `None` for what is always made.
    fn in_settings(self) -> Option<OutputFormat> {
        match self {
            Self::Atom => Some(OutputFormat::Atom),
            Self::JsonFeed => Some(OutputFormat::JsonFeed),
            Self::Calendar => Some(OutputFormat::Calendar),
            Self::TimelineData | Self::TimelineSchema => Some(OutputFormat::Data),
            Self::EventTable => Some(OutputFormat::Table),
            Self::TimelineJs => Some(OutputFormat::TimelineJs),
            Self::Archive => Some(OutputFormat::Archive),
            Self::SourcesCsl | Self::SourcesBibtex => Some(OutputFormat::Sources),
            Self::OEmbed | Self::KeyMomentsOEmbed => Some(OutputFormat::Embeds),
            Self::Robots
            | Self::Headers
            | Self::Redirects
            | Self::Latest
            | Self::Sitemap
            | Self::SitemapPart(_)
            | Self::NewsSitemap => None,
        }
    }

    /// Whether it is of no use without the absolute addresses of the site's pages.
    fn needs_base_url(self) -> bool {
        matches!(self, Self::Atom | Self::JsonFeed | Self::Calendar | Self::Archive)
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
            Scope::Corrections(language) => self.corrections_address(language),
        };
        holder.join(&format.file_name())
    }

    /// Whether the site's own `static/` has a file at an address, which takes the place of a format.
    pub(crate) fn has_own(&self, address: &Address) -> bool {
        self.input.theme.files.contains_key(address.as_str().trim_start_matches('/'))
    }

    /// Whether a timeline has anything to give in a format.
    fn timeline_fills(&self, at: TimelineIndex, format: Format) -> bool {
        let timeline = self.timeline(at);
        let mut events = self.events[timeline.events.clone()].iter();
        match format {
            Format::Atom | Format::JsonFeed => !self.parts(at).by_publication.is_empty(),
            Format::Calendar => {
                let spans = self.calendar_spans(timeline);
                events.any(|event| event.date.in_calendar(spans).is_some())
            }
            Format::TimelineJs => events.any(|event| event.date.on_other_axes().is_some()),
            Format::SourcesCsl | Format::SourcesBibtex => {
                events.any(|event| !event.keys(self).sources.is_empty())
            }
            Format::Archive => {
                let limit = self.input.settings.outputs.archive_limit.unwrap_or(ARCHIVE_LIMIT);
                limit == 0 || timeline.events.len() <= limit
            }
            _ => true,
        }
    }

    /// Whether a timeline's calendar has a span for a date that is coarser than a day.
    #[must_use]
    pub fn calendar_spans(&self, timeline: &super::Timeline) -> bool {
        timeline.keys(self).calendar_spans.unwrap_or(self.input.settings.outputs.calendar_spans)
    }

    /// Whether the settings want something for other tools.
    #[must_use]
    pub fn offers(&self, output: OutputFormat) -> bool {
        self.input.settings.outputs.formats.as_ref().is_none_or(|formats| formats.contains(&output))
    }

    /// Whether the settings want a format, or do not choose about it.
    pub(crate) fn wants(&self, format: Format) -> bool {
        format.in_settings().is_none_or(|output| self.offers(output))
    }

    /// Whether any of some events says when it was published.
    fn has_published(&self, events: &[EventIndex]) -> bool {
        events.iter().any(|event| self.event(*event).published.is_some())
    }
}

/// The description of an embed, with its address: it holds absolute addresses, which a site without a `base_url` has none of.
pub(super) fn description(site: &Site, embed: Embed) -> Option<(Address, Page)> {
    let (scope, format) = (embed.scope(), embed.description());
    let address = site.base_url().map(|_| site.format_address(scope, format))?;
    (!site.has_own(&address)).then_some((address, Page::Format(scope, format)))
}

/// Every format of the site but for the descriptions of events, with its address. A file of the site's own `static/` takes the
/// place of one.
pub(super) fn all(site: &Site) -> impl Iterator<Item = (Address, Page)> + '_ {
    let redirects = (!site.redirects.is_empty()).then_some(Format::Redirects);
    let of_hosts = [Format::Robots, Format::Headers].into_iter().chain(redirects);
    let of_hosts = of_hosts.map(|format| (Scope::Site(LanguageIndex::MAIN), format));
    let of_site = site
        .languages()
        .filter(|language| site.timelines_in(*language).any(|timeline| timeline.among.published.is_some()));
    let of_site = of_site.flat_map(|language| Format::FEEDS.map(|format| (Scope::Site(language), format)));
    let corrections = site.languages().filter(|language| site.has_corrections(*language));
    let corrections =
        corrections.flat_map(|language| Format::FEEDS.map(|format| (Scope::Corrections(language), format)));
    let timelines = (0..site.timelines.len()).map(TimelineIndex).flat_map(move |at| {
        let filled = Format::OF_TIMELINE.into_iter().filter(move |format| site.timeline_fills(at, *format));
        filled.map(move |format| (Scope::Timeline(at), format))
    });
    let entities = site.entities.iter().enumerate();
    let entity_feeds = site.input.settings.outputs.entity_feeds.unwrap_or(true);
    let entities = entities.filter(move |(_, entity)| entity_feeds && site.has_published(&entity.events));
    let entities =
        entities.flat_map(|(at, _)| Format::FEEDS.map(|format| (Scope::Entity(EntityIndex(at)), format)));
    let all = of_hosts.chain(of_site).chain(corrections).chain(timelines).chain(entities);
    let all = all.chain(latest(site));
    let all = all.filter(|(_, format)| site.wants(*format));
    let all = all.filter(|(_, format)| site.base_url().is_some() || !format.needs_base_url());
    let all = all.map(|(scope, format)| (site.format_address(scope, format), Page::Format(scope, format)));
    let all = all.filter(|(address, _)| !site.has_own(address));
    all.chain(site.embeds_of_timelines().filter_map(|embed| description(site, embed)))
}

/// What is new on each timeline whose coverage goes on.
fn latest(site: &Site) -> impl Iterator<Item = (Scope, Format)> {
    let ongoing = (0..site.timelines.len()).map(TimelineIndex).filter(|at| site.is_ongoing(*at));
    ongoing.map(|at| (Scope::Timeline(at), Format::Latest))
}
