//! What of a timeline can be taken along: links to it in other formats, each with what it is good for.

use serde::Serialize;

use crate::pages::Scene;
use crate::site::{Format, Scope, TimelineIndex};

/// A link to the timeline in another format.
#[derive(Debug, Serialize)]
pub(in crate::pages) struct TakeAway {
    /// The key of its name among the words.
    pub name: &'static str,
    pub href: String,
    pub media_type: &'static str,
}

/// The formats that there are of a timeline.
pub(super) fn of(scene: &Scene<'_>, index: TimelineIndex) -> Vec<TakeAway> {
    let formats = Format::OF_TIMELINE.into_iter().filter_map(|format| {
        let address = scene.site.format_address(Scope::Timeline(index), format);
        scene.site.route(&address)?;
        let href = scene.linker.to(&address);
        Some(TakeAway { name: name(format), href, media_type: format.media_type() })
    });
    formats.collect()
}

fn name(format: Format) -> &'static str {
    match format {
        Format::Atom => "take_atom",
        Format::JsonFeed => "take_json_feed",
        Format::Calendar => "take_calendar",
        Format::Archive => "take_archive",
        Format::EventTable => "take_table",
        Format::TimelineData => "take_data",
        Format::TimelineSchema => "take_schema",
        Format::TimelineJs => "take_timelinejs",
        Format::SourcesCsl => "take_csl",
        Format::SourcesBibtex => "take_bibtex",
        Format::Headers
        | Format::Redirects
        | Format::Sitemap
        | Format::SitemapPart(_)
        | Format::NewsSitemap
        | Format::Robots
        | Format::OEmbed
        | Format::KeyMomentsOEmbed
        | Format::Latest => {
            unreachable!("they are for programs that look for them by themselves")
        }
    }
}
