//! A walk along a WebP, chunk by chunk; and a chunk for a colour profile put into a new one. Nothing is decoded.

use std::ops::Range;

use super::{Contents, Fault};

const CUT_OFF: Fault = Fault::Broken("it ends too early");

/// The name of a chunk, and the range of its content.
type Chunk<'a> = (&'a [u8; 4], Range<usize>);

const HAS_ANIMATION: u8 = 0x02;
const HAS_XMP: u8 = 0x04;
const HAS_EXIF: u8 = 0x08;
const HAS_ALPHA: u8 = 0x10;
const HAS_PROFILE: u8 = 0x20;

/// Walks along a WebP.
pub(super) fn read(bytes: &[u8]) -> Result<Contents, Fault> {
    let length = long(bytes, 4).ok_or(CUT_OFF)?;
    let whole = bytes.get(..length.saturating_add(8)).ok_or(CUT_OFF)?;
    let mut contents = Contents { kept: vec![0..12; 1], ..Contents::default() };
    for (name, content) in chunks(whole)? {
        let chunk = content.start - 8..(content.end + content.len() % 2).min(whole.len());
        let inner = &whole[content.clone()];
        match name {
            b"VP8X" => {
                contents.is_animated = inner.first().is_some_and(|flags| flags & HAS_ANIMATION != 0);
                (contents.width, contents.height) = canvas(inner).ok_or(CUT_OFF)?;
            }
            b"VP8 " if contents.width == 0 => {
                (contents.width, contents.height) = lossy_size(inner).ok_or(CUT_OFF)?;
            }
            b"VP8L" if contents.width == 0 => {
                (contents.width, contents.height) = lossless_size(inner).ok_or(CUT_OFF)?;
            }
            b"EXIF" => contents.exif = Some(content),
            b"XMP " => contents.xmp = Some(content),
            _ => {}
        }
        if matches!(name, b"VP8X" | b"VP8 " | b"VP8L" | b"ALPH" | b"ANIM" | b"ANMF" | b"ICCP") {
            contents.kept.push(chunk);
        }
    }
    Ok(contents)
}

/// Puts the lengths and flags right after chunks were left out.
pub(super) fn settle(bytes: &mut [u8]) {
    let length = u32::try_from(bytes.len().saturating_sub(8)).unwrap_or(u32::MAX);
    if let Some(place) = bytes.get_mut(4..8) {
        place.copy_from_slice(&length.to_le_bytes());
    }
    if bytes.get(12..16) == Some(b"VP8X")
        && let Some(flags) = bytes.get_mut(20)
    {
        *flags &= !(HAS_EXIF | HAS_XMP);
    }
}

/// A new WebP with the colour profile that its pixels are meant in.
pub(super) fn with_profile(bytes: &[u8], profile: &[u8], width: u32, height: u32) -> Vec<u8> {
    let Ok(chunks) = chunks(bytes) else { return bytes.to_vec() };
    let has_alpha = chunks.iter().any(|(name, content)| match *name {
        b"ALPH" => true,
        b"VP8L" => bytes.get(content.start + 4).is_some_and(|flags| flags & 0x10 != 0),
        _ => false,
    });
    let mut canvas = vec![HAS_PROFILE | if has_alpha { HAS_ALPHA } else { 0 }, 0, 0, 0];
    for side in [width, height] {
        canvas.extend_from_slice(&side.saturating_sub(1).to_le_bytes()[..3]);
    }
    let mut with = bytes[..12].to_vec();
    push(&mut with, b"VP8X", &canvas);
    push(&mut with, b"ICCP", profile);
    for (name, content) in chunks.iter().filter(|(name, _)| *name != b"VP8X") {
        push(&mut with, name, &bytes[content.clone()]);
    }
    settle(&mut with);
    with
}

fn push(bytes: &mut Vec<u8>, name: &[u8; 4], content: &[u8]) {
    bytes.extend_from_slice(name);
    bytes.extend_from_slice(&u32::try_from(content.len()).unwrap_or(u32::MAX).to_le_bytes());
    bytes.extend_from_slice(content);
    if content.len() % 2 == 1 {
        bytes.push(0);
    }
}

/// The chunks by name, each with the range of its content.
fn chunks(bytes: &[u8]) -> Result<Vec<Chunk<'_>>, Fault> {
    let (mut chunks, mut at) = (Vec::new(), 12);
    while at < bytes.len() {
        let name = bytes.get(at..at + 4).and_then(|name| name.try_into().ok()).ok_or(CUT_OFF)?;
        let length = long(bytes, at + 4).ok_or(CUT_OFF)?;
        let end = (at + 8).checked_add(length).filter(|end| *end <= bytes.len()).ok_or(CUT_OFF)?;
        chunks.push((name, at + 8..end));
        at = end + length % 2;
    }
    Ok(chunks)
}

fn long(bytes: &[u8], at: usize) -> Option<usize> {
    let four: [u8; 4] = bytes.get(at..at + 4)?.try_into().ok()?;
    usize::try_from(u32::from_le_bytes(four)).ok()
}

fn canvas(content: &[u8]) -> Option<(u32, u32)> {
    let &[w1, w2, w3, h1, h2, h3] = content.get(4..10)? else { return None };
    Some((u32::from_le_bytes([w1, w2, w3, 0]) + 1, u32::from_le_bytes([h1, h2, h3, 0]) + 1))
}

fn lossy_size(content: &[u8]) -> Option<(u32, u32)> {
    let &[0x9D, 0x01, 0x2A, w1, w2, h1, h2] = content.get(3..10)? else { return None };
    let side = |low, high| u32::from(u16::from_le_bytes([low, high]) & 0x3FFF);
    Some((side(w1, w2), side(h1, h2)))
}

fn lossless_size(content: &[u8]) -> Option<(u32, u32)> {
    let &[0x2F, a, b, c, d] = content.get(..5)? else { return None };
    let bits = u32::from_le_bytes([a, b, c, d]);
    Some(((bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1))
}
