//! Texts as XML 1.0 has them: escaped, and without the characters that it has no way to write.

use std::borrow::Cow;

use quick_xml::Writer;
use quick_xml::escape::partial_escape;
use quick_xml::events::BytesText;

/// A file while it is written.
pub(super) type Xml = Writer<Vec<u8>>;

/// A text between two tags, where quotation marks stand as they are (XML 1.0, 2.4).
pub(super) fn content(text: &str) -> BytesText<'_> {
    BytesText::from_escaped(partial_escape(allowed(text)))
}

/// The same of a text that XML [`can_write`].
pub(super) fn content_as_it_is(text: &str) -> BytesText<'_> {
    BytesText::from_escaped(partial_escape(text))
}

/// A text without the characters that XML 1.0 has no way to write.
pub(super) fn allowed(text: &str) -> Cow<'_, str> {
    if can_write(text) {
        return Cow::Borrowed(text);
    }
    let is_allowed = |letter: &char| match letter {
        '\t' | '\n' | '\r' => true,
        '\u{FFFE}' | '\u{FFFF}' => false,
        letter => *letter >= ' ',
    };
    text.chars().filter(is_allowed).collect()
}

/// Whether XML 1.0 has a way to write every character of a text.
pub(super) fn can_write(text: &str) -> bool {
    let is_control = |byte: &u8| matches!(byte, 0..=8 | 11 | 12 | 14..=31);
    !text.as_bytes().iter().any(is_control) && !text.contains('\u{FFFE}') && !text.contains('\u{FFFF}')
}

#[cfg(test)]
mod tests {
    use super::allowed;

    #[test]
    fn what_xml_cannot_write_is_left_out() {
        assert_eq!(allowed("平壌！ \"é\""), "平壌！ \"é\"");
        assert_eq!(allowed("a\u{0}b\u{1b}c\u{FFFF}d\n\te\u{7f}"), "abcd\n\te\u{7f}");
    }
}
