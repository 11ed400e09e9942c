//! A walk along a PNG, chunk by chunk: which stay, how large it is, and that it comes to its end. Nothing is decoded.

use super::{Contents, Fault};

const CUT_OFF: Fault = Fault::Broken("it ends too early");

/// The chunks that say how the picture looks; texts, times and a camera's notes are not among them.
const STAY: [&[u8; 4]; 18] = [
    b"IHDR", b"PLTE", b"tRNS", b"IDAT", b"IEND", b"gAMA", b"cHRM", b"sRGB", b"iCCP", b"cICP", b"sBIT",
    b"bKGD", b"pHYs", b"acTL", b"fcTL", b"fdAT", b"mDCV", b"cLLI",
];

/// Walks along a PNG.
pub(super) fn read(bytes: &[u8]) -> Result<Contents, Fault> {
    let mut contents = Contents { kept: vec![0..8; 1], ..Contents::default() };
    let mut at = 8;
    loop {
        let number = |at: usize| {
            let four: [u8; 4] = bytes.get(at..at + 4)?.try_into().ok()?;
            Some(u32::from_be_bytes(four))
        };
        let length = number(at).and_then(|length| usize::try_from(length).ok()).ok_or(CUT_OFF)?;
        let end = at.checked_add(12).and_then(|end| end.checked_add(length)).ok_or(CUT_OFF)?;
        let name = bytes.get(at + 4..at + 8).ok_or(CUT_OFF)?;
        let content = at + 8..end - 4;
        if end > bytes.len() {
            return Err(CUT_OFF);
        }
        match name {
            b"IHDR" => {
                contents.width = number(content.start).unwrap_or(0);
                contents.height = number(content.start + 4).unwrap_or(0);
            }
            b"acTL" => contents.is_animated = true,
            b"eXIf" => contents.exif = Some(content),
            b"iTXt" if bytes[content.clone()].starts_with(b"XML:com.adobe.xmp") => {
                contents.xmp = Some(content)
            }
            _ => {}
        }
        if STAY.iter().any(|stays| *stays == name) {
            contents.kept.push(at..end);
        }
        if name == b"IEND" {
            return Ok(contents);
        }
        at = end;
    }
}
