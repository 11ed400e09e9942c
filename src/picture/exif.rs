//! What of a camera's notes matters to us: how it was held, and whether it says where. A TIFF directory comes in; nothing
//! is kept of it.

/// What the notes say.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Notes {
    /// From 1, upright, to 8; 0 where nothing is said.
    pub(super) orientation: u16,
    pub(super) has_position: bool,
}

impl Notes {
    /// Whether width and height change places when it is upright.
    pub(super) const fn is_on_its_side(self) -> bool {
        self.orientation >= 5
    }
}

const ORIENTATION: u16 = 0x0112;
const POSITION: u16 = 0x8825;

/// Reads the first directory; notes that are broken say nothing.
pub(super) fn read(notes: &[u8]) -> Notes {
    let tiff = notes.strip_prefix(b"Exif\0\0").unwrap_or(notes);
    directory(tiff).unwrap_or_default()
}

fn directory(tiff: &[u8]) -> Option<Notes> {
    let is_little = match tiff.get(..2)? {
        b"II" => true,
        b"MM" => false,
        _ => return None,
    };
    let short = |at: usize| {
        let two: [u8; 2] = tiff.get(at..at.checked_add(2)?)?.try_into().ok()?;
        Some(if is_little { u16::from_le_bytes(two) } else { u16::from_be_bytes(two) })
    };
    let long = |at: usize| {
        let four: [u8; 4] = tiff.get(at..at.checked_add(4)?)?.try_into().ok()?;
        Some(if is_little { u32::from_le_bytes(four) } else { u32::from_be_bytes(four) })
    };
    let start = usize::try_from(long(4)?).ok()?;
    let mut notes = Notes::default();
    for entry in 0..usize::from(short(start)?) {
        let at = start + 2 + entry * 12;
        match short(at) {
            Some(ORIENTATION) => notes.orientation = short(at + 8).filter(|turn| *turn <= 8).unwrap_or(0),
            Some(POSITION) => notes.has_position = true,
            Some(_) => {}
            None => break,
        }
    }
    Some(notes)
}

#[cfg(test)]
mod tests {
    use super::{Notes, read};

    #[test]
    fn both_orders_of_bytes_are_read() {
        let big =
            b"MM\0\x2a\0\0\0\x08\0\x02\x01\x12\0\x03\0\0\0\x01\0\x06\0\0\x88\x25\0\x04\0\0\0\x01\0\0\0\x30";
        let little = b"Exif\0\0II\x2a\0\x08\0\0\0\x01\0\x12\x01\x03\0\x01\0\0\0\x03\0\0\0";
        assert_eq!(read(big), Notes { orientation: 6, has_position: true });
        assert_eq!(read(little), Notes { orientation: 3, has_position: false });
    }

    #[test]
    fn broken_notes_say_nothing() {
        let whole = b"MM\0\x2a\0\0\0\x08\0\x02\x01\x12\0\x03\0\0\0\x01\0\x63\0\0";
        for length in 0..whole.len() {
            assert_eq!(read(&whole[..length]).orientation, 0);
        }
        assert_eq!(read(b"II\x2a\0\xff\xff\xff\xff\xff\xff"), Notes::default());
    }
}
