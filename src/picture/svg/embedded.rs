//! A photograph inside of a drawing: the address that holds it comes in, the same without a camera's notes goes out.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;

use crate::picture::{self, Format, Header};

/// The address of a raster picture that can be read, clean; nothing for any other address.
pub(super) fn clean(address: &str) -> Option<String> {
    let (kind, content) = address.trim().split_once(";base64,")?;
    if !kind.to_ascii_lowercase().starts_with("data:image/") {
        return None;
    }
    let content: String = content.split_ascii_whitespace().collect();
    let bytes = STANDARD.decode(content).ok()?;
    let header = Header::read(&bytes).ok()?;
    let kind = match header.format {
        Format::Jpeg => "jpeg",
        Format::Png => "png",
        Format::WebP => "webp",
        Format::Gif => "gif",
        Format::Avif | Format::Svg => return None,
    };
    let clean = picture::clean(&bytes, &header).ok()?;
    Some(format!("data:image/{kind};base64,{}", STANDARD.encode(clean.bytes)))
}

#[cfg(test)]
mod tests {
    use base64::Engine;
    use base64::engine::general_purpose::STANDARD;

    use super::clean;

    const FRAME: &[u8] = b"\x2c\0\0\0\0\x01\0\x01\0\0\x02\x02\x44\x01\0\x3b";
    const HEAD: &[u8] = b"GIF89a\x01\0\x01\0\x80\0\0\0\0\0\xff\xff\xff";

    #[test]
    fn a_picture_inside_loses_its_notes() {
        let plain = STANDARD.encode([HEAD, FRAME].concat());
        let noted = STANDARD.encode([HEAD, b"\x21\xfe\x03Ana\0", FRAME].concat());
        let (first, rest) = noted.split_at(20);
        let address = format!(" data:image/PNG;base64,{first}\n  {rest}");
        assert_eq!(clean(&address), Some(format!("data:image/gif;base64,{plain}")));
    }

    #[test]
    fn what_is_no_picture_is_nothing() {
        let drawing = STANDARD.encode("<svg xmlns='http://www.w3.org/2000/svg'/>");
        for address in [
            format!("data:image/svg+xml;base64,{drawing}"),
            format!("data:image/png;base64,{drawing}"),
            "data:image/png;base64,AAAA".to_string(),
            "data:text/html;base64,AAAA".to_string(),
            "https://a/b.png".to_string(),
            String::new(),
        ] {
            assert_eq!(clean(&address), None, "{address}");
        }
    }
}
