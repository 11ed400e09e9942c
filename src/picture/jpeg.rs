//! A walk along a JPEG, segment by segment: which stay, how large it is, and that it comes to its end. Nothing is decoded.

use std::ops::Range;

use super::{Contents, Fault};

const CUT_OFF: Fault = Fault::Broken("it ends too early");

/// Walks along a JPEG up to its end; what phones hang on behind it, films and further pictures, is left out.
pub(super) fn read(bytes: &[u8]) -> Result<Contents, Fault> {
    let mut contents = Contents { kept: vec![0..2; 1], ..Contents::default() };
    let mut at = 2;
    loop {
        let marker = marker(bytes, &mut at)?;
        match marker {
            0xD9 => {
                contents.kept.push(at..at + 2);
                return Ok(contents);
            }
            0x01 | 0xD0..=0xD7 => at += 2,
            _ => {
                let segment = segment(bytes, at)?;
                at = segment.end;
                take(bytes, marker, segment, &mut contents)?;
                if marker == 0xDA {
                    let scan = at..scan_end(bytes, at)?;
                    at = scan.end;
                    contents.kept.push(scan);
                }
            }
        }
    }
}

fn take(bytes: &[u8], marker: u8, segment: Range<usize>, contents: &mut Contents) -> Result<(), Fault> {
    let payload = segment.start + 4..segment.end;
    let content = &bytes[payload.clone()];
    match marker {
        0xC0..=0xC3 | 0xC5..=0xC7 | 0xC9..=0xCB | 0xCD..=0xCF => {
            let [_, h1, h2, w1, w2, ..] = *content else { return Err(CUT_OFF) };
            contents.height = u32::from(u16::from_be_bytes([h1, h2]));
            contents.width = u32::from(u16::from_be_bytes([w1, w2]));
        }
        0xE1 if content.starts_with(b"Exif\0\0") => contents.exif = Some(payload),
        0xE1 => contents.xmp = Some(payload),
        _ => {}
    }
    if stays(marker, content) {
        contents.kept.push(segment);
    }
    Ok(())
}

/// What decoding needs, the colour profile, and the two notes on how the colours are coded.
fn stays(marker: u8, content: &[u8]) -> bool {
    match marker {
        0xC0..=0xCF | 0xDA..=0xDF => true,
        // A thumbnail may show what was cut away.
        0xE0 => content.starts_with(b"JFIF\0") && content.get(12..14) == Some(&[0, 0]),
        0xE2 => content.starts_with(b"ICC_PROFILE\0"),
        0xEE => content.starts_with(b"Adobe"),
        _ => false,
    }
}

/// The marker at a place; what fills up the space before it is passed over.
fn marker(bytes: &[u8], at: &mut usize) -> Result<u8, Fault> {
    loop {
        match bytes.get(*at..*at + 2) {
            Some([0xFF, 0xFF]) => *at += 1,
            Some([0xFF, marker]) => return Ok(*marker),
            Some(_) => return Err(Fault::Broken("something stands between its segments")),
            None => return Err(CUT_OFF),
        }
    }
}

fn segment(bytes: &[u8], at: usize) -> Result<Range<usize>, Fault> {
    let Some(&[high, low]) = bytes.get(at + 2..at + 4) else { return Err(CUT_OFF) };
    let length = usize::from(u16::from_be_bytes([high, low]));
    let end = at + 2 + length;
    if length < 2 || end > bytes.len() { Err(CUT_OFF) } else { Ok(at..end) }
}

/// The end of coded pixels: the next marker that is none of theirs.
fn scan_end(bytes: &[u8], from: usize) -> Result<usize, Fault> {
    let is_end = |pair: &[u8]| pair[0] == 0xFF && !matches!(pair[1], 0x00 | 0xD0..=0xD7 | 0xFF);
    bytes[from..].windows(2).position(is_end).map(|at| from + at).ok_or(CUT_OFF)
}
