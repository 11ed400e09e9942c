//! The site for readers' other tools: a format a file, each a function of the site to bytes.

mod robots;
mod sitemap;

use super::{Failure, Scene};
use crate::site::{Format, Scope};

/// The bytes of a format.
pub(super) fn bytes(scene: &Scene<'_>, _scope: Scope, format: Format) -> Result<Vec<u8>, Failure> {
    Ok(match format {
        Format::Robots => robots::text(scene).into_bytes(),
        Format::Sitemap => sitemap::whole(scene),
        Format::SitemapPart(number) => sitemap::part(scene, number),
        Format::NewsSitemap => sitemap::news(scene),
    })
}
