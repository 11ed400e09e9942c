//! The site for readers' other tools: a format a file, each a function of the site to bytes.

mod robots;

use super::{Failure, Scene};
use crate::site::{Format, Scope};

/// The bytes of a format.
pub(super) fn bytes(_scene: &Scene<'_>, _scope: Scope, format: Format) -> Result<Vec<u8>, Failure> {
    Ok(match format {
        Format::Robots => robots::text().into_bytes(),
    })
}
