//! The site for readers' other tools: a format a file.

mod robots;

use crate::site::Format;

/// The bytes of a format.
pub(super) fn bytes(format: Format) -> Vec<u8> {
    match format {
        Format::Robots => robots::text().into_bytes(),
    }
}
