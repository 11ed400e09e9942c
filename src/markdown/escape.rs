//! Text becomes part of an HTML document: as running text, as an attribute's value, or as an address.
//!
//! The forms are those in which HTML's own algorithm writes a document, so that sanitised text stays as it is.
//! Control characters, which neither HTML nor XML allows, are left out. Nothing here judges what it writes.

/// Writes running text.
pub(super) fn text(out: &mut String, text: &str) {
    write(out, text, |byte| match byte {
        b'&' => Some("&amp;"),
        b'<' => Some("&lt;"),
        b'>' => Some("&gt;"),
        b'\t' | b'\n' => None,
        0..0x20 | 0x7F => Some(""),
        _ => None,
    });
}

/// Writes the value of an attribute in double quotes, or running text as the specification's examples have it.
pub(super) fn attribute(out: &mut String, value: &str) {
    write(out, value, |byte| match byte {
        b'&' => Some("&amp;"),
        b'<' => Some("&lt;"),
        b'>' => Some("&gt;"),
        b'"' => Some("&quot;"),
        b'\t' | b'\n' => None,
        0..0x20 | 0x7F => Some(""),
        _ => None,
    });
}

/// Writes an address as the value of an attribute: what may not stand in one is percent-encoded.
pub(super) fn address(out: &mut String, address: &str) {
    let mut mark = 0;
    for (at, byte) in address.bytes().enumerate() {
        if at < mark || stands_in_address(byte) {
            continue;
        }
        out.push_str(&address[mark..at]);
        mark = at + 1;
        match byte {
            b'&' => out.push_str("&amp;"),
            _ => percent(out, byte),
        }
        // The rest of a character of several bytes is encoded here too, so that `mark` is a boundary again.
        if byte >= 0x80 {
            while !address.is_char_boundary(mark) {
                percent(out, address.as_bytes()[mark]);
                mark += 1;
            }
        }
    }
    out.push_str(&address[mark..]);
}

fn write(out: &mut String, text: &str, escape: impl Fn(u8) -> Option<&'static str>) {
    let mut mark = 0;
    for (at, byte) in text.bytes().enumerate() {
        if let Some(escaped) = escape(byte) {
            out.push_str(&text[mark..at]);
            out.push_str(escaped);
            mark = at + 1;
        }
    }
    out.push_str(&text[mark..]);
}

fn stands_in_address(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || b"!#$%'()*+,-./:;=?@^_~".contains(&byte)
}

fn percent(out: &mut String, byte: u8) {
    const DIGITS: &[u8; 16] = b"0123456789ABCDEF";
    out.push('%');
    out.push(char::from(DIGITS[usize::from(byte >> 4)]));
    out.push(char::from(DIGITS[usize::from(byte & 15)]));
}

#[cfg(test)]
mod tests {
    fn written(write: fn(&mut String, &str), text: &str) -> String {
        let mut out = String::new();
        write(&mut out, text);
        out
    }

    #[test]
    fn each_place_has_its_own_escapes() {
        assert_eq!(written(super::text, "a<b>&\"c\"\u{1}\u{8}\n"), "a&lt;b&gt;&amp;\"c\"\n");
        assert_eq!(written(super::attribute, "\"><i>\r"), "&quot;&gt;&lt;i&gt;");
        assert_eq!(written(super::address, "/á b?x=1&y=\"%20"), "/%C3%A1%20b?x=1&amp;y=%22%20");
    }
}
