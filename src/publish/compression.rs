//! Bytes come in, packed bytes go out: the same for the same bytes, on any machine.

use std::io::Write;

use super::object::Encoding;

/// Packs bytes as small as they become.
#[must_use]
pub fn encode(bytes: &[u8], encoding: Encoding) -> Vec<u8> {
    match encoding {
        Encoding::Gzip => gzip(bytes),
        Encoding::Brotli => brotli(bytes),
    }
}

/// Whether a kind of file becomes smaller by packing: text does, pictures and films are packed already.
#[must_use]
pub fn is_worth_it(media_type: &str, length: u64) -> bool {
    const TEXTS: [&str; 4] =
        ["application/json", "application/json+oembed", "application/xml", "application/x-bibtex"];
    let essence = media_type.split(';').next().unwrap_or(media_type);
    // What is written in JSON or XML says so at its end (RFC 6839).
    let is_text = essence.starts_with("text/") || essence.ends_with("+json") || essence.ends_with("+xml");
    length >= SMALLEST && (is_text || TEXTS.contains(&essence))
}

/// Below this many bytes a header costs more than packing saves.
const SMALLEST: u64 = 256;

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
    encoder.write_all(bytes).and_then(|()| encoder.finish()).expect("memory takes every byte")
}

fn brotli(bytes: &[u8]) -> Vec<u8> {
    const QUALITY: u32 = 9;
    const WINDOW: u32 = 22;
    let mut packed = Vec::new();
    let mut writer = brotli::CompressorWriter::new(&mut packed, 4096, QUALITY, WINDOW);
    writer.write_all(bytes).expect("memory takes every byte");
    drop(writer);
    packed
}

#[cfg(test)]
mod tests {
    use std::io::Read;

    use super::{Encoding, encode, is_worth_it};

    #[test]
    fn what_is_packed_comes_out_again() {
        let text = "Pyongyang, 13 de setembro. ".repeat(100).into_bytes();
        let mut gunzipped = Vec::new();
        flate2::read::GzDecoder::new(&*encode(&text, Encoding::Gzip)).read_to_end(&mut gunzipped).unwrap();
        let mut unpacked = Vec::new();
        brotli::Decompressor::new(&*encode(&text, Encoding::Brotli), 4096)
            .read_to_end(&mut unpacked)
            .unwrap();
        assert!(gunzipped == text && unpacked == text);
        assert_eq!(encode(&text, Encoding::Gzip), encode(&text, Encoding::Gzip));
    }

    #[test]
    fn only_text_is_packed() {
        assert!(is_worth_it("text/html; charset=utf-8", 4000) && is_worth_it("image/svg+xml", 4000));
        assert!(!is_worth_it("image/webp", 4000) && !is_worth_it("text/html; charset=utf-8", 100));
    }
}
