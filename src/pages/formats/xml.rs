//! Texts as XML 1.0 has them: escaped, and without the characters that it has no way to write.

use std::borrow::Cow;

use pulldown_cmark_escape::escape_html_body_text;
use quick_xml::Writer;
use quick_xml::escape::partial_escape;
use quick_xml::events::BytesText;

/// A file while it is written.
pub(super) type Xml = Writer<Vec<u8>>;

/// A text between two tags, where quotation marks stand as they are (XML 1.0, 2.4).
pub(super) fn content(text: &str) -> BytesText<'static> {
    content_as_it_is(&allowed(text))
}

/// The same of a text that XML [`can_write`].
pub(super) fn content_as_it_is(text: &str) -> BytesText<'static> {
    // A carriage return is none any more to who reads it, unless it is escaped (XML 1.0, 2.11): HTML has no need for that.
    if text.as_bytes().contains(&b'\r') {
        return BytesText::from_escaped(partial_escape(text).into_owned());
    }
    // HTML's escapes of running text, `&amp;`, `&lt;` and `&gt;`, are XML's as well, and made many bytes at a time.
    let mut escaped = String::with_capacity(text.len() + text.len() / 8);
    escape_html_body_text(&mut escaped, text).expect("a string takes everything");
    BytesText::from_escaped(escaped)
}

/// A text without the characters that XML 1.0 has no way to write.
pub(super) fn allowed(text: &str) -> Cow<'_, str> {
    if can_write(text) {
        return Cow::Borrowed(text);
    }
    text.chars().filter(|letter| is_allowed(*letter)).collect()
}

/// Whether XML 1.0 has a way to write every character of a text.
pub(super) fn can_write(text: &str) -> bool {
    let is_control = |byte: &u8| *byte < b' ' && !matches!(byte, b'\t' | b'\n' | b'\r');
    // U+FFFE and U+FFFF begin with this byte in UTF-8, which few texts have.
    let has_their_byte = text.as_bytes().contains(&0xEF);
    !text.as_bytes().iter().any(is_control)
        && !(has_their_byte && (text.contains('\u{FFFE}') || text.contains('\u{FFFF}')))
}

fn is_allowed(letter: char) -> bool {
    match letter {
        '\t' | '\n' | '\r' => true,
        '\u{FFFE}' | '\u{FFFF}' => false,
        letter => letter >= ' ',
    }
}

#[cfg(test)]
mod tests {
    use super::{allowed, content};

    #[test]
    fn a_text_is_read_as_it_was_written() {
        for text in ["<b>\"R&D\"</b>", "one\r\ntwo & three", "a longer text than a vector holds, with é > e"]
        {
            let written = content(text);
            let read = quick_xml::escape::unescape(&written).unwrap();
            assert_eq!(read, text);
            assert!(!written.contains('\r'), "whoever reads it takes a line end for it");
        }
    }

    #[test]
    fn what_xml_cannot_write_is_left_out() {
        assert_eq!(allowed("平壌！ \"é\""), "平壌！ \"é\"");
        assert_eq!(allowed("a\u{0}b\u{1b}c\u{FFFF}d\n\te\u{7f}"), "abcd\n\te\u{7f}");
    }
}
