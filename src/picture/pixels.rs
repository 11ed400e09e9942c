//! A decoded picture: made smaller and encoded, without anything but its pixels and the colours that they are meant in.

use std::io::Cursor;

use fast_image_resize::images::Image;
use fast_image_resize::{FilterType, PixelType, ResizeAlg, ResizeOptions, Resizer};
use image::codecs::png::{CompressionType, FilterType as PngFilter, PngEncoder};
use image::metadata::Orientation;
use image::{DynamicImage, ExtendedColorType, ImageDecoder, ImageEncoder, ImageReader, Limits};

use super::versions::Version;
use super::{Fault, Format, webp};

/// What a codec may allocate for one picture of [`MOST_PIXELS`](super::MOST_PIXELS), with 16 bits a channel.
const MOST_MEMORY: u64 = 1 << 30;

/// The quality of smaller JPEGs; of one that is turned upright, and has to be encoded again, it is higher.
const JPEG: u8 = 80;
const JPEG_WHOLE: u8 = 92;
const WEBP: f32 = 80.0;

/// A picture, upright.
#[derive(Debug)]
pub struct Pixels {
    /// With alpha only if there is something to look through.
    image: DynamicImage,
    /// The colour profile, where it is not the web's own.
    profile: Option<Vec<u8>>,
}

impl Pixels {
    /// Decodes a JPEG, PNG or WebP, and turns it upright.
    ///
    /// # Errors
    /// A file that is broken, or larger than it may be.
    pub fn decode(bytes: &[u8]) -> Result<Self, Fault> {
        let broken = |_| Fault::Broken("its pixels can't be decoded");
        let reader = ImageReader::new(Cursor::new(bytes)).with_guessed_format();
        let mut reader = reader.map_err(|_| Fault::Broken("its pixels can't be decoded"))?;
        let mut limits = Limits::default();
        limits.max_alloc = Some(MOST_MEMORY);
        reader.limits(limits);
        let mut decoder = reader.into_decoder().map_err(broken)?;
        let profile = decoder.icc_profile().unwrap_or_default();
        let is_coloured = decoder.color_type().has_color();
        let mut image = DynamicImage::from_decoder(decoder).map_err(broken)?;
        image.apply_orientation(orientation(bytes)?);
        let has_alpha = image.color().has_alpha();
        let image = match image {
            image if !has_alpha => DynamicImage::ImageRgb8(image.into_rgb8()),
            image => without_idle_alpha(image.into_rgba8()),
        };
        Ok(Self { image, profile: profile.filter(|profile| is_coloured && matters(profile)) })
    }

    /// One version in the original's format or as WebP.
    ///
    /// # Errors
    /// A width of nothing.
    pub fn encode(&self, format: Format, version: Version) -> Result<Vec<u8>, Fault> {
        let width = version.width(self.image.width());
        let resized;
        let image = if width == self.image.width() {
            &self.image
        } else {
            resized = self.resized(width)?;
            &resized
        };
        match (version, format) {
            (Version::WebP(_), Format::Png) => self.smaller_webp(image),
            (Version::WebP(_), _) | (_, Format::WebP) => self.webp(image, false),
            (_, Format::Png) => self.png(image),
            (Version::Whole, _) => self.jpeg(image, JPEG_WHOLE),
            _ => self.jpeg(image, JPEG),
        }
    }

    fn resized(&self, width: u32) -> Result<DynamicImage, Fault> {
        let refused = Fault::Broken("its pixels can't be made smaller");
        let (whole_width, whole_height) = (u64::from(self.image.width()), u64::from(self.image.height()));
        let height = (whole_height * u64::from(width) + whole_width / 2) / whole_width;
        let height = u32::try_from(height).unwrap_or(u32::MAX).max(1);
        let has_alpha = self.image.color().has_alpha();
        let kind = if has_alpha { PixelType::U8x4 } else { PixelType::U8x3 };
        let mut target = Image::new(width, height, kind);
        let source = fast_image_resize::images::ImageRef::new(
            self.image.width(),
            self.image.height(),
            self.image.as_bytes(),
            kind,
        );
        let options = ResizeOptions::new().resize_alg(ResizeAlg::Convolution(FilterType::Lanczos3));
        let resized = Resizer::new().resize(&source.map_err(|_| refused)?, &mut target, &options);
        resized.map_err(|_| refused)?;
        let pixels = target.into_vec();
        let image = match has_alpha {
            true => image::RgbaImage::from_raw(width, height, pixels).map(DynamicImage::ImageRgba8),
            false => image::RgbImage::from_raw(width, height, pixels).map(DynamicImage::ImageRgb8),
        };
        image.ok_or(refused)
    }

    /// Of a screenshot or a chart, the exact WebP is often the smaller one; of a photograph it is not.
    fn smaller_webp(&self, image: &DynamicImage) -> Result<Vec<u8>, Fault> {
        let (exact, close) = (self.webp(image, true)?, self.webp(image, false)?);
        Ok(if exact.len() <= close.len() { exact } else { close })
    }

    fn webp(&self, image: &DynamicImage, exactly: bool) -> Result<Vec<u8>, Fault> {
        let (width, height) = (image.width(), image.height());
        let encoder = match image.color().has_alpha() {
            true => ::webp::Encoder::from_rgba(image.as_bytes(), width, height),
            false => ::webp::Encoder::from_rgb(image.as_bytes(), width, height),
        };
        let bytes = encoder.encode_simple(exactly, WEBP);
        let bytes = bytes.map_err(|_| Fault::Broken("its pixels can't be encoded as WebP"))?;
        Ok(match &self.profile {
            Some(profile) => webp::with_profile(&bytes, profile, width, height),
            None => bytes.to_vec(),
        })
    }

    fn png(&self, image: &DynamicImage) -> Result<Vec<u8>, Fault> {
        let refused = |_| Fault::Broken("its pixels can't be encoded");
        let mut bytes = Vec::new();
        let mut encoder =
            PngEncoder::new_with_quality(&mut bytes, CompressionType::Best, PngFilter::Adaptive);
        if let Some(profile) = &self.profile {
            encoder
                .set_icc_profile(profile.clone())
                .map_err(|_| Fault::Broken("its colours can't be kept"))?;
        }
        let colours = match image.color().has_alpha() {
            true => ExtendedColorType::Rgba8,
            false => ExtendedColorType::Rgb8,
        };
        encoder.write_image(image.as_bytes(), image.width(), image.height(), colours).map_err(refused)?;
        Ok(bytes)
    }

    fn jpeg(&self, image: &DynamicImage, quality: u8) -> Result<Vec<u8>, Fault> {
        let refused = |_| Fault::Broken("its pixels can't be encoded");
        let side =
            |length: u32| u16::try_from(length).map_err(|_| Fault::Broken("it is too long for a JPEG"));
        let mut bytes = Vec::new();
        let mut encoder = jpeg_encoder::Encoder::new(&mut bytes, quality);
        encoder.set_progressive(true);
        encoder.set_optimized_huffman_tables(true);
        encoder.set_sampling_factor(jpeg_encoder::SamplingFactor::F_2_2);
        if let Some(profile) = &self.profile {
            encoder.add_icc_profile(profile).map_err(refused)?;
        }
        let colours = match image.color().has_alpha() {
            true => jpeg_encoder::ColorType::Rgba,
            false => jpeg_encoder::ColorType::Rgb,
        };
        encoder
            .encode(image.as_bytes(), side(image.width())?, side(image.height())?, colours)
            .map_err(refused)?;
        Ok(bytes)
    }
}

/// How the camera was held, by the same reading as the header's.
fn orientation(bytes: &[u8]) -> Result<Orientation, Fault> {
    let format = super::format(bytes).ok_or(Fault::Unknown)?;
    let notes = super::contents(format, bytes)?.exif.map(|range| super::exif::read(&bytes[range]));
    let turn = notes.and_then(|notes| u8::try_from(notes.orientation).ok());
    Ok(turn.and_then(Orientation::from_exif).unwrap_or(Orientation::NoTransforms))
}

/// Many pictures have a channel for what is to be looked through, and nothing in it.
fn without_idle_alpha(image: image::RgbaImage) -> DynamicImage {
    match image.pixels().all(|pixel| pixel.0[3] == u8::MAX) {
        true => DynamicImage::ImageRgb8(DynamicImage::ImageRgba8(image).into_rgb8()),
        false => DynamicImage::ImageRgba8(image),
    }
}

/// Whether a profile is for red, green and blue, and another than sRGB, which is what browsers take without one.
fn matters(profile: &[u8]) -> bool {
    profile.get(16..20) == Some(b"RGB ")
        && !super::holds(profile, b"sRGB")
        && !super::holds(profile, b"s\0R\0G\0B")
}
