//! The site for readers' other tools: a format a file, each a function of the site to bytes.

mod headers;
mod redirects;
mod robots;

use super::{Failure, Scene};
use crate::site::{Format, Scope};

/// The bytes of a format.
pub(super) fn bytes(scene: &Scene<'_>, _scope: Scope, format: Format) -> Result<Vec<u8>, Failure> {
    Ok(match format {
        Format::Headers => headers::text(scene.site).into_bytes(),
        Format::Redirects => redirects::text(scene.site).into_bytes(),
        Format::Robots => robots::text().into_bytes(),
    })
}
