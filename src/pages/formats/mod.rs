//! The site for readers' other tools: a format a file, each a function of the site to bytes.

mod atom;
mod date;
mod entry;
mod feed;
mod json_feed;
mod robots;

pub(super) use entry::Entries;

use super::{Content, Failure, Renderer, Scene};
use crate::site::{Format, Scope};

/// What stands at the address of a format.
pub(super) fn content<'a>(
    renderer: &'a Renderer,
    scene: &Scene<'_>,
    scope: Scope,
    format: Format,
) -> Result<Content<'a>, Failure> {
    let bytes = match format {
        Format::Robots => robots::text().into_bytes(),
        Format::Atom => atom::bytes(&feed::of(renderer, scene, scope, format)?),
        Format::JsonFeed => json_feed::bytes(&feed::of(renderer, scene, scope, format)?),
    };
    Ok(Content::Page(bytes))
}

/// A value as the text of a file.
fn json(value: &impl serde::Serialize) -> Vec<u8> {
    let mut bytes = serde_json::to_vec_pretty(value).expect("all of it is text, numbers and lists");
    bytes.push(b'\n');
    bytes
}
