//! The site for readers' other tools: a format a file, each a function of the site to bytes.

mod latest;
mod oembed;
mod robots;

use serde::Serialize;

use super::{Failure, Scene};
use crate::site::{Embed, Format, Scope};

/// The bytes of a format.
pub(super) fn bytes(scene: &Scene<'_>, scope: Scope, format: Format) -> Result<Vec<u8>, Failure> {
    Ok(match (format, scope) {
        (Format::Robots, _) => robots::text().into_bytes(),
        (Format::OEmbed, Scope::Timeline(at)) => described(scene, Embed::Timeline(at)),
        (Format::OEmbed, Scope::Event(at)) => described(scene, Embed::Event(at)),
        (Format::KeyMomentsOEmbed, Scope::Timeline(at)) => described(scene, Embed::KeyMoments(at)),
        (Format::Latest, Scope::Timeline(at)) => latest::file(scene, at),
        (Format::OEmbed | Format::KeyMomentsOEmbed | Format::Latest, _) => {
            unreachable!("no address is made for this format of that")
        }
    })
}

fn described(scene: &Scene<'_>, embed: Embed) -> Vec<u8> {
    oembed::file(scene, embed).expect("without a `base_url` it has no address")
}

/// A value as JSON, in lines, with one at its end.
fn json(value: &impl Serialize) -> Vec<u8> {
    let mut bytes =
        serde_json::to_vec_pretty(value).expect("the formats have text for keys and no maps that fail");
    bytes.push(b'\n');
    bytes
}
