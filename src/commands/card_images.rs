//! The card images of a build: each is drawn once, and kept by the output and the cache under its digest.

use super::build::Stop;
use crate::card_image::{self, Card};
use crate::output::{Cache, Output};
use crate::pages::{Content, Renderer};
use crate::site::{CardImage, Site};

/// The name of the cache of drawn cards.
pub(super) const CACHE: &str = "cards";

/// Writes a card. Without an output nothing is drawn: there is nothing in it that could be mistaken.
pub(super) fn write(
    site: &Site,
    renderer: &Renderer,
    image: &CardImage,
    output: Option<&Output>,
    cache: &Cache,
) -> Result<(), Stop> {
    let (Some(output), Some(route)) = (output, site.route(&image.address)) else { return Ok(()) };
    let name = image.address.route();
    if output.keep(&name).map_err(Stop::Machine)? {
        cache.keep(&image.digest);
        return Ok(());
    }
    // Where another file has taken its address, that one is written as all files are.
    let Ok(Content::Card(image, card)) = renderer.render(route).map(|rendered| rendered.content) else {
        return Ok(());
    };
    output.write(&name, &one(image, &card, cache)).map_err(Stop::Machine)?;
    Ok(())
}

/// The bytes of a card: of the cache, or drawn.
pub(super) fn one(image: &CardImage, card: &Card, cache: &Cache) -> Vec<u8> {
    if let Some(bytes) = cache.get(&image.digest) {
        return bytes;
    }
    let bytes = card_image::draw(card);
    cache.put(&image.digest, &bytes);
    bytes
}
