//! The site for readers' other tools: a format a file, each a function of the site to bytes.

mod archive;
mod atom;
mod calendar;
mod data;
mod date;
mod entry;
mod feed;
mod headers;
mod json_feed;
mod latest;
mod lines;
mod oembed;
mod redirects;
mod robots;
mod sitemap;
mod sources;
mod table;
mod timelinejs;
mod xml;
mod zones;

pub use archive::{Enclosed, Place};
pub(super) use entry::Entries;

pub(crate) use table::begins_formula;

use std::io::{self, BufWriter, Write};

use serde::{Serialize, Serializer};

use super::{Content, Failure, Pieces, Renderer, Scene};
use crate::site::{Embed, Format, Route, Scope, TimelineIndex};

/// What stands at the address of a format.
pub(super) fn content<'a>(
    renderer: &'a Renderer,
    route: &'a Route,
    scene: &Scene<'_>,
    scope: Scope,
    format: Format,
) -> Result<Content<'a>, Failure> {
    let pieces = |timeline, format| Content::Pieces(Pieces { renderer, route, timeline, format });
    let bytes = match (format, scope) {
        (Format::OEmbed, Scope::Event(at)) => described(scene, Embed::Event(at)),
        (Format::Headers, _) => headers::text(scene.site).into_bytes(),
        (Format::Redirects, _) => redirects::text(scene.site).into_bytes(),
        (Format::Robots, _) => robots::text(scene).into_bytes(),
        (Format::Sitemap, _) => sitemap::whole(scene),
        (Format::SitemapPart(number), _) => sitemap::part(scene, number),
        (Format::NewsSitemap, _) => sitemap::news(scene),
        (Format::Atom, _) => atom::bytes(&feed::of(renderer, scene, scope, format)?),
        (Format::JsonFeed, _) => json_feed::bytes(&feed::of(renderer, scene, scope, format)?),
        (Format::Archive, Scope::Timeline(at)) => {
            let (html, places) = archive::page(renderer, scene, at)?;
            return Ok(Content::Enclosing(html, places));
        }
        (Format::Calendar, Scope::Timeline(at)) => return Ok(pieces(at, calendar::write)),
        (Format::TimelineData, Scope::Timeline(at)) => return Ok(pieces(at, data::write)),
        (Format::EventTable, Scope::Timeline(at)) => return Ok(pieces(at, table::write)),
        (Format::TimelineJs, Scope::Timeline(at)) => return Ok(pieces(at, timelinejs::write)),
        (format, Scope::Timeline(at)) => of_timeline(scene, at, format),
        _ => unreachable!("all else is made of timelines alone"),
    };
    Ok(Content::Page(bytes))
}

/// What only timelines are given in.
fn of_timeline(scene: &Scene<'_>, at: TimelineIndex, format: Format) -> Vec<u8> {
    match format {
        Format::TimelineSchema => data::schema(),
        Format::SourcesCsl => sources::csl(scene, at),
        Format::SourcesBibtex => sources::bibtex(scene, at),
        Format::Latest => latest::file(scene, at),
        Format::OEmbed => described(scene, Embed::Timeline(at)),
        Format::KeyMomentsOEmbed => described(scene, Embed::KeyMoments(at)),
        Format::Headers
        | Format::Redirects
        | Format::Sitemap
        | Format::SitemapPart(_)
        | Format::NewsSitemap
        | Format::Robots
        | Format::Atom
        | Format::JsonFeed
        | Format::Calendar
        | Format::TimelineData
        | Format::EventTable
        | Format::TimelineJs
        | Format::Archive => {
            unreachable!("these are made elsewhere")
        }
    }
}

fn described(scene: &Scene<'_>, embed: Embed) -> Vec<u8> {
    oembed::file(scene, embed).expect("without a `base_url` it has no address")
}

/// A value as the text of a file.
fn json(value: &impl Serialize) -> Vec<u8> {
    json_in(Vec::new(), value)
}

/// The same, in a vector that has room for it.
fn json_in(mut bytes: Vec<u8>, value: &impl Serialize) -> Vec<u8> {
    serde_json::to_writer_pretty(&mut bytes, value).expect("these types are maps with texts for keys");
    bytes.push(b'\n');
    bytes
}

fn write_json(to: &mut dyn Write, value: &impl Serialize) -> io::Result<()> {
    // Most of what is written at once are single signs.
    let mut to = BufWriter::with_capacity(PIECE, to);
    serde_json::to_writer_pretty(&mut to, value)?;
    to.write_all(b"\n")?;
    to.flush()
}

/// How many bytes of a file are put together before they are handed on.
const PIECE: usize = 1 << 14;

/// A list whose items are made one after the other, while it is written.
struct Lazily<I>(I);

impl<I: Iterator<Item: Serialize> + Clone> Serialize for Lazily<I> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self.0.clone())
    }
}
