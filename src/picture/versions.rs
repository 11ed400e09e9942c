//! Which smaller versions a picture has: a header comes in, widths and formats go out. Nothing is encoded here.

use super::{Format, Header};

/// The way in which versions are made. It stands in their digests: a change of a codec, a quality or a filter is a new
/// number, and so is an update of a crate that changes the bytes (a test tells).
pub const RECIPE: u32 = 1;

/// The widths of WebP, for a phone to a large screen with fine pixels.
const WIDTHS: [u32; 5] = [480, 800, 1200, 1600, 2400];

/// The widths of the original's own format, for the few browsers that do not know WebP, and for other sites.
const FALLBACKS: [u32; 2] = [800, 1600];

/// The longest side of a WebP.
const LONGEST: u64 = 16_383;

/// One of the files that are published of a picture.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Version {
    /// The picture in its own size and format.
    Whole,
    /// In the original's format, this wide.
    Fallback(u32),
    /// A WebP, this wide.
    WebP(u32),
}

impl Version {
    /// Its width, for a picture of that width.
    #[must_use]
    pub const fn width(self, whole: u32) -> u32 {
        match self {
            Self::Whole => whole,
            Self::Fallback(width) | Self::WebP(width) => width,
        }
    }
}

impl Header {
    /// The versions beside the whole picture; none is larger than it.
    #[must_use]
    pub fn versions(&self) -> Vec<Version> {
        if !self.is_photo {
            return Vec::new();
        }
        // A width a little below the picture's own is not worth a file.
        let is_below = |width: &u32| u64::from(*width) * 10 <= u64::from(self.width) * 9;
        let fallbacks = FALLBACKS.into_iter().filter(is_below).map(Version::Fallback);
        let own = (self.width <= WIDTHS[4] * 10 / 9).then_some(self.width);
        let fits =
            |width: &u32| u64::from(*width) * u64::from(self.height) <= LONGEST * u64::from(self.width);
        let webp = WIDTHS.into_iter().filter(is_below).chain(own).filter(fits).map(Version::WebP);
        match self.format {
            // The whole picture is the largest WebP already.
            Format::WebP => webp.filter(|version| version.width(0) != self.width).collect(),
            _ => fallbacks.chain(webp).collect(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Format, Header, Version};

    fn widths(format: Format, width: u32) -> Vec<String> {
        let header = Header { width, height: 10, is_photo: true, ..Header::plain(format) };
        let name = |version: &Version| match version {
            Version::Whole => "whole".to_string(),
            Version::Fallback(width) => format!("{width}"),
            Version::WebP(width) => format!("webp {width}"),
        };
        header.versions().iter().map(name).collect()
    }

    #[test]
    fn no_version_is_larger_than_the_picture() {
        assert_eq!(widths(Format::Jpeg, 300), ["webp 300"]);
        assert_eq!(widths(Format::Jpeg, 1250), ["800", "webp 480", "webp 800", "webp 1250"]);
        assert_eq!(widths(Format::WebP, 1000), ["webp 480", "webp 800"]);
        let large = ["800", "1600", "webp 480", "webp 800", "webp 1200", "webp 1600", "webp 2400"];
        assert_eq!(widths(Format::Png, 6000), large);
    }

    #[test]
    fn a_strip_is_no_longer_than_a_webp_can_be() {
        let strip = Header { width: 1000, height: 20_000, is_photo: true, ..Header::plain(Format::Png) };
        assert_eq!(strip.versions(), [Version::Fallback(800), Version::WebP(480), Version::WebP(800)]);
    }

    #[test]
    fn what_moves_and_what_is_drawn_has_no_versions() {
        assert!(Header { width: 900, height: 9, ..Header::plain(Format::Svg) }.versions().is_empty());
    }
}
