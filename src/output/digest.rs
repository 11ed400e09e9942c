//! The digest of a file: bytes come in, 128 bits of BLAKE3 go out; it never opens a file itself.

use std::fmt;
use std::io::{self, Write};

use serde::{Deserialize, Deserializer, Serialize, Serializer};

const LENGTH: usize = 16;

const DIGITS: &[u8; 16] = b"0123456789abcdef";

/// What a file's bytes come to: equal digests mean equal bytes.
///
/// The first 128 bits of BLAKE3: a manifest of a million files is half as long as with all 256, and two files that
/// are equal by accident are still out of the question.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Digest([u8; LENGTH]);

impl Digest {
    /// The digest of bytes that are all there.
    pub fn of(bytes: &[u8]) -> Self {
        Self::shorten(&blake3::hash(bytes))
    }

    /// Reads what `Display` wrote: 32 hexadecimal digits in lower case.
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.as_bytes();
        if text.len() != 2 * LENGTH {
            return None;
        }
        let (mut bytes, mut wrong) = ([0; LENGTH], 0);
        for (byte, pair) in bytes.iter_mut().zip(text.chunks_exact(2)) {
            let (high, low) = (VALUES[usize::from(pair[0])], VALUES[usize::from(pair[1])]);
            *byte = high << 4 | low;
            wrong |= high | low;
        }
        (wrong <= 15).then_some(Self(bytes))
    }

    /// The bytes themselves.
    pub fn as_bytes(&self) -> &[u8; LENGTH] {
        &self.0
    }

    /// The digest as text.
    pub(super) fn hexadecimal(self) -> [u8; 2 * LENGTH] {
        let mut text = [0; 2 * LENGTH];
        for (pair, byte) in text.chunks_exact_mut(2).zip(self.0) {
            pair[0] = DIGITS[usize::from(byte >> 4)];
            pair[1] = DIGITS[usize::from(byte & 15)];
        }
        text
    }

    fn shorten(whole: &blake3::Hash) -> Self {
        let mut bytes = [0; LENGTH];
        bytes.copy_from_slice(&whole.as_bytes()[..LENGTH]);
        Self(bytes)
    }
}

/// The digest of bytes that come in pieces.
#[derive(Default)]
pub(super) struct Digester(blake3::Hasher);

impl Digester {
    /// Adds a piece.
    pub(super) fn add(&mut self, piece: &[u8]) {
        self.0.update(piece);
    }

    /// The digest of all pieces.
    pub(super) fn finish(&self) -> Digest {
        Digest::shorten(&self.0.finalize())
    }
}

/// A writer that takes the digest and the length of what goes through it.
pub(super) struct Digesting<W> {
    to: W,
    digester: Digester,
    length: u64,
}

impl<W: Write> Digesting<W> {
    /// Nothing has gone through it yet.
    pub(super) fn new(to: W) -> Self {
        Self { to, digester: Digester::default(), length: 0 }
    }

    /// The digest and the length of all that went through it.
    pub(super) fn finish(self) -> (Digest, u64) {
        (self.digester.finish(), self.length)
    }
}

impl<W: Write> Write for Digesting<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let written = self.to.write(bytes)?;
        self.digester.add(&bytes[..written]);
        self.length += written as u64;
        Ok(written)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.to.flush()
    }
}

impl fmt::Display for Digest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(str::from_utf8(&self.hexadecimal()).map_err(|_| fmt::Error)?)
    }
}

/// As text for people, as bytes for programs.
impl Serialize for Digest {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match serializer.is_human_readable() {
            true => serializer.collect_str(self),
            false => self.0.serialize(serializer),
        }
    }
}

impl<'de> Deserialize<'de> for Digest {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        if !deserializer.is_human_readable() {
            return Deserialize::deserialize(deserializer).map(Self);
        }
        struct Visitor;
        impl serde::de::Visitor<'_> for Visitor {
            type Value = Digest;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a digest of 32 hexadecimal digits")
            }
            fn visit_str<E: serde::de::Error>(self, text: &str) -> Result<Digest, E> {
                Digest::parse(text).ok_or_else(|| E::invalid_value(serde::de::Unexpected::Str(text), &self))
            }
        }
        deserializer.deserialize_str(Visitor)
    }
}

/// What each byte is worth as a hexadecimal digit in lower case; 255 for what is none.
const VALUES: [u8; 256] = {
    let (mut values, mut value) = ([u8::MAX; 256], 0);
    while value < 16 {
        values[DIGITS[value] as usize] = value as u8;
        value += 1;
    }
    values
};

#[cfg(test)]
mod tests {
    use super::{Digest, Digester};

    #[test]
    fn is_read_as_it_was_written() {
        let digest = Digest::of(b"Pyongyang");
        assert_eq!(Digest::parse(&digest.to_string()), Some(digest));
        assert_eq!(Digest::parse("0123"), None);
        for digit in ['G', 'A', '/', ':', '`', 'g', '\0'] {
            let text = digest.to_string();
            assert_eq!(Digest::parse(&format!("{digit}{}", &text[1..])), None, "{digit} first");
            assert_eq!(Digest::parse(&format!("{}{digit}", &text[1..])), None, "{digit} last");
        }
        assert_eq!(Digest::parse(&digest.to_string().replace(|_: char| true, "G")), None);
    }

    #[test]
    fn pieces_come_to_the_same_as_the_whole() {
        let mut digester = Digester::default();
        digester.add(b"Pyong");
        digester.add(b"yang");
        assert_eq!(digester.finish(), Digest::of(b"Pyongyang"));
    }

    /// The first 128 bits of the published BLAKE3 digest of nothing.
    #[test]
    fn is_blake3() {
        assert_eq!(Digest::of(b"").to_string(), "af1349b9f5f9a1a6a0404dea36dcc949");
    }
}
