//! Rasters made here are looked at, cleaned, made smaller, and cut off at every byte.

use image::{DynamicImage, ExtendedColorType, ImageEncoder, RgbImage, RgbaImage};

use super::{Fault, Format, Header, Pixels, Version, clean, holds};

/// Waves of colour with a dark corner at the top left.
fn photo(width: u32, height: u32) -> RgbImage {
    RgbImage::from_fn(width, height, |x, y| {
        let wave = |a: u32, b: u32| u8::try_from((x * a + y * b) / 7 % 200 + 55).unwrap();
        if x < width / 4 && y < height / 4 {
            image::Rgb([0, 0, 0])
        } else {
            image::Rgb([wave(3, 1), wave(1, 2), 128])
        }
    })
}

fn jpeg(image: &RgbImage) -> Vec<u8> {
    let mut bytes = Vec::new();
    let encoder = jpeg_encoder::Encoder::new(&mut bytes, 90);
    let side = |length: u32| u16::try_from(length).unwrap();
    encoder.encode(image, side(image.width()), side(image.height()), jpeg_encoder::ColorType::Rgb).unwrap();
    bytes
}

fn png(image: &DynamicImage) -> Vec<u8> {
    let mut bytes = Vec::new();
    let colours = if image.color().has_alpha() { ExtendedColorType::Rgba8 } else { ExtendedColorType::Rgb8 };
    let encoder = image::codecs::png::PngEncoder::new(&mut bytes);
    encoder.write_image(image.as_bytes(), image.width(), image.height(), colours).unwrap();
    bytes
}

/// A camera's notes: how it was held, and a directory of positions.
fn exif(orientation: u8) -> Vec<u8> {
    let mut notes = b"MM\0\x2a\0\0\0\x08\0\x02".to_vec();
    notes.extend([1, 0x12, 0, 3, 0, 0, 0, 1, 0, orientation, 0, 0]);
    notes.extend([0x88, 0x25, 0, 4, 0, 0, 0, 1, 0, 0, 0, 38, 0, 0, 0, 0]);
    notes.extend(b"\0\x01\0\x01\0\x02\0\0\0\x02N\0\0\0\0\0\0\0");
    notes
}

/// Puts a segment behind the beginning of a JPEG.
fn with_segment(jpeg: &[u8], marker: u8, content: &[u8]) -> Vec<u8> {
    let length = u16::try_from(content.len() + 2).unwrap().to_be_bytes();
    [&jpeg[..2], &[0xFF, marker], &length, content, &jpeg[2..]].concat()
}

fn with_exif(bytes: &[u8], orientation: u8) -> Vec<u8> {
    with_segment(bytes, 0xE1, &[b"Exif\0\0", exif(orientation).as_slice()].concat())
}

fn with_chunk(png: &[u8], name: &[u8; 4], content: &[u8]) -> Vec<u8> {
    let length = u32::try_from(content.len()).unwrap().to_be_bytes();
    // Right behind the header; the sum is not looked at.
    [&png[..33], &length, name, content, &[0; 4], &png[33..]].concat()
}

fn is_dark(bytes: &[u8], x: u32, y: u32) -> bool {
    let image = image::load_from_memory(bytes).unwrap().into_rgb8();
    image.get_pixel(x, y).0.iter().all(|channel| *channel < 30)
}

#[test]
fn a_jpeg_loses_its_notes_and_no_pixel() {
    let plain = jpeg(&photo(64, 48));
    let mut bytes = with_exif(&plain, 1);
    bytes = with_segment(&bytes, 0xFE, b"shot from the roof");
    bytes = with_segment(&bytes, 0xED, b"Photoshop 3.0\0IPTC Ana");
    bytes = with_segment(&bytes, 0xE1, b"http://ns.adobe.com/xap/1.0/\0<x exif:GPSLatitude='1'/>");
    bytes = with_segment(&bytes, 0xE2, b"MPF\0secret");
    bytes.extend_from_slice(b"ftypmp4 a whole film");
    let header = Header::read(&bytes).unwrap();
    assert!(header.has_position && !header.is_turned && header.is_photo);
    assert_eq!((header.width, header.height), (64, 48));
    let clean = clean(&bytes, &header).unwrap().bytes;
    assert_eq!(clean, plain);
    assert!(!Header::read(&clean).unwrap().has_position);
}

#[test]
fn a_jpeg_comes_out_upright() {
    // Orientation 6: what is shown at the top right is stored at the top left.
    let bytes = with_exif(&jpeg(&photo(64, 48)), 6);
    let header = Header::read(&bytes).unwrap();
    assert_eq!((header.width, header.height, header.is_turned), (48, 64, true));
    let upright = clean(&bytes, &header).unwrap().bytes;
    let again = Header::read(&upright).unwrap();
    assert_eq!((again.width, again.height, again.is_turned, again.has_position), (48, 64, false, false));
    assert!(is_dark(&upright, 46, 2) && !is_dark(&upright, 2, 2));
    let small = Pixels::decode(&bytes).unwrap().encode(Format::Jpeg, Version::WebP(24)).unwrap();
    assert!(is_dark(&small, 22, 2) && !is_dark(&small, 2, 2));
}

#[test]
fn a_png_loses_its_notes_and_no_pixel() {
    let plain = png(&photo(40, 30).into());
    let mut bytes = with_chunk(&plain, b"eXIf", &exif(1));
    bytes = with_chunk(&bytes, b"tEXt", b"Author\0Ana");
    bytes = with_chunk(&bytes, b"iTXt", b"XML:com.adobe.xmp\0\0\0\0\0GPSLatitude");
    bytes.extend_from_slice(b"behind the end");
    let header = Header::read(&bytes).unwrap();
    assert!(header.has_position);
    assert_eq!(clean(&bytes, &header).unwrap().bytes, plain);
}

#[test]
fn a_webp_loses_its_notes_and_keeps_its_colours() {
    let mut profile = vec![0; 132];
    profile[16..20].copy_from_slice(b"RGB ");
    let mut bytes = Vec::new();
    let mut encoder = jpeg_encoder::Encoder::new(&mut bytes, 90);
    encoder.add_icc_profile(&profile).unwrap();
    encoder.encode(&photo(64, 48), 64, 48, jpeg_encoder::ColorType::Rgb).unwrap();
    let webp = Pixels::decode(&bytes).unwrap().encode(Format::Jpeg, Version::WebP(64)).unwrap();
    assert!(holds(&webp, b"VP8X") && holds(&webp, b"ICCP"));
    let notes = exif(1);
    let length = u32::try_from(notes.len()).unwrap().to_le_bytes();
    let mut noted = [webp.as_slice(), b"EXIF", &length, &notes].concat();
    noted[20] |= 0x0C;
    let whole = u32::try_from(noted.len() - 8).unwrap().to_le_bytes();
    noted[4..8].copy_from_slice(&whole);
    let header = Header::read(&noted).unwrap();
    assert_eq!((header.width, header.height, header.has_position), (64, 48, true));
    let clean = clean(&noted, &header).unwrap().bytes;
    assert_eq!(clean, webp);
    assert!(image::load_from_memory(&clean).is_ok());
}

#[test]
fn a_gif_loses_its_comment_and_keeps_its_loop() {
    let head = b"GIF89a\x01\0\x01\0\x80\0\0\0\0\0\xff\xff\xff";
    let again = b"\x21\xff\x0bNETSCAPE2.0\x03\x01\0\0\0";
    let frame = b"\x21\xf9\x04\0\0\0\0\0\x2c\0\0\0\0\x01\0\x01\0\0\x02\x02\x44\x01\0";
    let comment = b"\x21\xfe\x03Ana\0\x21\xff\x0bXMP DataXMP\x03xyz\0";
    let plain = [head.as_slice(), again, frame, frame, b"\x3b"].concat();
    let bytes = [head.as_slice(), comment, again, frame, comment, frame, b"\x3b", b"more"].concat();
    let header = Header::read(&bytes).unwrap();
    assert_eq!((header.format, header.width, header.height, header.is_photo), (Format::Gif, 1, 1, false));
    assert_eq!(clean(&bytes, &header).unwrap().bytes, plain);
}

#[test]
fn what_is_looked_through_stays_so() {
    let image = RgbaImage::from_fn(50, 40, |x, _| image::Rgba([200, 10, 10, if x < 25 { 0 } else { 255 }]));
    let pixels = Pixels::decode(&png(&image.into())).unwrap();
    for version in [Version::WebP(20), Version::Fallback(20)] {
        let small =
            image::load_from_memory(&pixels.encode(Format::Png, version).unwrap()).unwrap().into_rgba8();
        assert_eq!((small.width(), small.height()), (20, 16));
        assert!(small.get_pixel(2, 8).0[3] < 20 && small.get_pixel(17, 8).0[3] > 235);
        assert!(small.get_pixel(17, 8).0[0] > 180);
    }
}

#[test]
fn a_claim_of_a_giant_is_refused_before_anything_is_decoded() {
    let mut bytes = png(&photo(4, 4).into());
    bytes[16..24].copy_from_slice(&[0, 0, 0x9C, 0x40, 0, 0, 0x75, 0x30]);
    assert_eq!(Header::read(&bytes), Err(Fault::TooLarge { width: 40_000, height: 30_000 }));
    bytes[16..24].copy_from_slice(&[0; 8]);
    assert!(matches!(Header::read(&bytes), Err(Fault::Broken(_))));
}

#[test]
fn nothing_that_is_cut_off_or_changed_is_fatal() {
    let pictures = [
        with_exif(&jpeg(&photo(32, 24)), 6),
        with_chunk(&png(&photo(32, 24).into()), b"eXIf", &exif(3)),
        Pixels::decode(&jpeg(&photo(32, 24))).unwrap().encode(Format::Jpeg, Version::WebP(32)).unwrap(),
    ];
    let gif = b"GIF89a\x01\0\x01\0\x80\0\0\0\0\0\xff\xff\xff\x21\xf9\x04\0\0\0\0\0\x2c\0\0\0\0\x01\0\x01\0\0\x02\x02\x44\x01\0\x3b";
    for whole in pictures.into_iter().chain([gif.to_vec()]) {
        for length in 0..whole.len() {
            assert!(Header::read(&whole[..length]).is_err(), "{length} of {} bytes pass", whole.len());
        }
        for at in (0..whole.len()).step_by(3) {
            let mut changed = whole.clone();
            changed[at] ^= 0x5A;
            if let Ok(header) = Header::read(&changed) {
                // Whatever comes of it, it comes without a panic.
                let _ = clean(&changed, &header);
                let _ = Pixels::decode(&changed);
            }
        }
    }
}

#[test]
fn the_recipe_makes_the_bytes_that_it_made() {
    let pixels = Pixels::decode(&jpeg(&photo(200, 150))).unwrap();
    let digest = |format, version| {
        let bytes = pixels.encode(format, version).unwrap();
        blake3::hash(&bytes).to_hex()[..16].to_string()
    };
    let found = [
        digest(Format::Jpeg, Version::WebP(120)),
        digest(Format::Jpeg, Version::Fallback(120)),
        digest(Format::Png, Version::WebP(120)),
        digest(Format::Png, Version::Fallback(120)),
    ];
    assert_eq!(
        found,
        ["b8b18908df2f1b8d", "18326fc7a4f75164", "b8b18908df2f1b8d", "626788ce0d8b0288"],
        "the bytes have changed: give `RECIPE` its next number, then take these"
    );
}
