//! A walk along a GIF, block by block: which stay, how large it is, and that it comes to its end. Nothing is decoded.

use super::{Contents, Fault};

const CUT_OFF: Fault = Fault::Broken("it ends too early");

/// Walks along a GIF; comments and the notes of programs are left out, how often it plays is not.
pub(super) fn read(bytes: &[u8]) -> Result<Contents, Fault> {
    let screen = bytes.get(6..13).ok_or(CUT_OFF)?;
    let mut at = 13 + colours(screen[4]);
    let mut contents = Contents {
        width: u32::from(u16::from_le_bytes([screen[0], screen[1]])),
        height: u32::from(u16::from_le_bytes([screen[2], screen[3]])),
        kept: vec![0..at; 1],
        ..Contents::default()
    };
    loop {
        let start = at;
        let stays = match bytes.get(at).ok_or(CUT_OFF)? {
            0x21 => {
                let label = *bytes.get(at + 1).ok_or(CUT_OFF)?;
                at = blocks_end(bytes, at + 2)?;
                extension_stays(label, &bytes[start + 2..at])
            }
            0x2C => {
                let flags = *bytes.get(at + 9).ok_or(CUT_OFF)?;
                at = blocks_end(bytes, at + 11 + colours(flags))?;
                true
            }
            0x3B => {
                contents.kept.push(at..at + 1);
                return Ok(contents);
            }
            _ => return Err(Fault::Broken("something stands between its blocks")),
        };
        if stays {
            contents.kept.push(start..at);
        }
    }
}

fn extension_stays(label: u8, blocks: &[u8]) -> bool {
    let plays = |name: &[u8]| blocks.get(1..12) == Some(name);
    match label {
        0x01 | 0xF9 => true,
        0xFF => plays(b"NETSCAPE2.0") || plays(b"ANIMEXTS1.0"),
        _ => false,
    }
}

/// The length of a table of colours, by the flags before it.
fn colours(flags: u8) -> usize {
    if flags & 0x80 == 0 { 0 } else { 3 << ((flags & 7) + 1) }
}

/// The end of blocks that each begin with their length; one of none is the last.
fn blocks_end(bytes: &[u8], mut at: usize) -> Result<usize, Fault> {
    loop {
        let length = usize::from(*bytes.get(at).ok_or(CUT_OFF)?);
        at += 1 + length;
        if length == 0 {
            return Ok(at);
        }
    }
}
