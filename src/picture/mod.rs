//! A picture file as a value: bytes in, what it is and its clean and smaller versions out.
//!
//! [`Header::read`] looks at a file without decoding it, [`clean`] takes out of it what readers are not to get,
//! [`Pixels`] are made smaller and encoded. Nothing here knows a path, an article or an address.

mod exif;
mod fault;
mod gif;
mod jpeg;
mod pixels;
mod png;
mod svg;
mod versions;
mod webp;

use std::ops::Range;

pub use fault::Fault;
pub use pixels::Pixels;
pub use versions::{RECIPE, Version};

/// The most pixels that a picture may have: beyond it a small file may ask for more memory than there is.
pub const MOST_PIXELS: u64 = 100_000_000;

/// The formats that browsers show.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[expect(missing_docs, reason = "these are the names of formats")]
pub enum Format {
    Jpeg,
    Png,
    WebP,
    Gif,
    Avif,
    Svg,
}

/// What can be said of a picture file without decoding it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Header {
    /// The format, by the bytes; the name of a file may lie.
    pub format: Format,
    /// The width in pixels, as it is looked at.
    pub width: u32,
    /// The height in pixels, as it is looked at.
    pub height: u32,
    /// Whether it is a single picture that can be made smaller: no animation, no drawing.
    pub is_photo: bool,
    /// Whether a note in the file says that the camera was held another way: the pixels lie on their side.
    pub is_turned: bool,
    /// Whether the file says where it was taken.
    pub has_position: bool,
    /// Whether notes stay in it that [`clean`] does not know to take out.
    pub keeps_notes: bool,
}

/// A file that may be published.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Clean {
    /// The bytes.
    pub bytes: Vec<u8>,
    /// What was taken out of a drawing because it could do harm, in words.
    pub removed: Vec<String>,
}

/// What a walk along a raster file finds.
#[derive(Debug, Default)]
struct Contents {
    width: u32,
    height: u32,
    /// The parts that readers get.
    kept: Vec<Range<usize>>,
    exif: Option<Range<usize>>,
    xmp: Option<Range<usize>>,
    is_animated: bool,
}

impl Header {
    /// Looks at the bytes of a file.
    ///
    /// # Errors
    /// A file that is no picture, is cut off, or has more than [`MOST_PIXELS`].
    pub fn read(bytes: &[u8]) -> Result<Self, Fault> {
        let format = format(bytes).ok_or(Fault::Unknown)?;
        let header = match format {
            Format::Svg => {
                let (width, height) = svg::size(bytes)?;
                Self { width, height, ..Self::plain(format) }
            }
            Format::Avif => avif(bytes)?,
            _ => Self::of_raster(format, bytes, &contents(format, bytes)?),
        };
        let pixels = u64::from(header.width) * u64::from(header.height);
        match pixels {
            0 => Err(Fault::Broken("it has no width or no height")),
            _ if pixels > MOST_PIXELS && format != Format::Svg => {
                Err(Fault::TooLarge { width: header.width, height: header.height })
            }
            _ => Ok(header),
        }
    }

    fn plain(format: Format) -> Self {
        Self {
            format,
            width: 0,
            height: 0,
            is_photo: false,
            is_turned: false,
            has_position: false,
            keeps_notes: false,
        }
    }

    fn of_raster(format: Format, bytes: &[u8], contents: &Contents) -> Self {
        let notes = contents.exif.clone().map(|range| exif::read(&bytes[range])).unwrap_or_default();
        let in_xmp = contents.xmp.clone().is_some_and(|range| holds(&bytes[range], b"GPSLatitude"));
        let (width, height) = match notes.is_on_its_side() {
            true => (contents.height, contents.width),
            false => (contents.width, contents.height),
        };
        let is_photo = format != Format::Gif && !contents.is_animated;
        Self {
            width,
            height,
            is_photo,
            is_turned: is_photo && notes.orientation > 1,
            has_position: notes.has_position || in_xmp,
            ..Self::plain(format)
        }
    }
}

/// The same picture without what its maker's camera and programs wrote into it, upright, and harmless.
///
/// # Errors
/// A file that can't be read after all.
pub fn clean(bytes: &[u8], header: &Header) -> Result<Clean, Fault> {
    let only = |bytes| Clean { bytes, removed: Vec::new() };
    match header.format {
        Format::Svg => svg::clean(bytes),
        Format::Avif => Ok(only(bytes.to_vec())),
        _ if header.is_turned => Pixels::decode(bytes)?.encode(header.format, Version::Whole).map(only),
        format => Ok(only(stripped(format, bytes, &contents(format, bytes)?))),
    }
}

fn stripped(format: Format, bytes: &[u8], contents: &Contents) -> Vec<u8> {
    let mut clean = Vec::with_capacity(bytes.len());
    for part in &contents.kept {
        clean.extend_from_slice(&bytes[part.clone()]);
    }
    if format == Format::WebP {
        webp::settle(&mut clean);
    }
    clean
}

fn contents(format: Format, bytes: &[u8]) -> Result<Contents, Fault> {
    match format {
        Format::Jpeg => jpeg::read(bytes),
        Format::Png => png::read(bytes),
        Format::WebP => webp::read(bytes),
        Format::Gif => gif::read(bytes),
        Format::Avif | Format::Svg => unreachable!("these are not walked along"),
    }
}

/// How far a drawing may begin behind declarations and comments.
const FOREWORD: usize = 1 << 16;

fn format(bytes: &[u8]) -> Option<Format> {
    match bytes {
        [0xFF, 0xD8, 0xFF, ..] => Some(Format::Jpeg),
        [0x89, b'P', b'N', b'G', b'\r', b'\n', 0x1A, b'\n', ..] => Some(Format::Png),
        [b'G', b'I', b'F', b'8', b'7' | b'9', b'a', ..] => Some(Format::Gif),
        [b'R', b'I', b'F', b'F', _, _, _, _, b'W', b'E', b'B', b'P', ..] => Some(Format::WebP),
        [_, _, _, _, b'f', b't', b'y', b'p', b'a', b'v', b'i', b'f' | b's', ..] => Some(Format::Avif),
        _ if holds(&bytes[..bytes.len().min(FOREWORD)], b"<svg") => Some(Format::Svg),
        _ => None,
    }
}

/// An AVIF is published as it is: its size is all that is read.
fn avif(bytes: &[u8]) -> Result<Header, Fault> {
    let size =
        imagesize::blob_size(bytes).map_err(|_| Fault::Broken("its boxes are not those of an AVIF"))?;
    let side = |length: usize| u32::try_from(length).unwrap_or(u32::MAX);
    let keeps_notes = holds(bytes, b"Exif") || holds(bytes, b"application/rdf+xml");
    Ok(Header {
        width: side(size.width),
        height: side(size.height),
        keeps_notes,
        ..Header::plain(Format::Avif)
    })
}

fn holds(bytes: &[u8], piece: &[u8]) -> bool {
    bytes.windows(piece.len()).any(|window| window == piece)
}

#[cfg(test)]
mod tests;
