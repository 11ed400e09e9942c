//! Text becomes part of an HTML document: as running text, as an attribute's value, or as an address.
//!
//! The forms are those in which HTML's own algorithm writes a document, so that sanitised text stays as it is.
//! Control characters, which neither HTML nor XML allows, are left out. Nothing here judges what it writes.

/// Writes running text.
pub(super) fn text(out: &mut String, text: &str) {
    write(out, text, &STAYS_IN_TEXT);
}

/// Writes the value of an attribute in double quotes, or running text as the specification's examples have it.
pub(super) fn attribute(out: &mut String, value: &str) {
    write(out, value, &STAYS_IN_ATTRIBUTE);
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

/// Which bytes of running text are written as they are.
const STAYS_IN_TEXT: [bool; 256] = staying(b"&<>");

/// Which bytes of an attribute's value are.
const STAYS_IN_ATTRIBUTE: [bool; 256] = staying(b"&<>\"");

/// All bytes but some, and but control characters.
const fn staying(but: &[u8]) -> [bool; 256] {
    let mut stays = [true; 256];
    let mut control = 0;
    while control < 0x20 {
        stays[control] = false;
        control += 1;
    }
    stays[0x7F] = false;
    stays[b'\t' as usize] = true;
    stays[b'\n' as usize] = true;
    let mut at = 0;
    while at < but.len() {
        stays[but[at] as usize] = false;
        at += 1;
    }
    stays
}

fn write(out: &mut String, text: &str, stays: &[bool; 256]) {
    let mut rest = text;
    while let Some(at) = rest.bytes().position(|byte| !stays[usize::from(byte)]) {
        out.push_str(&rest[..at]);
        out.push_str(match rest.as_bytes()[at] {
            b'&' => "&amp;",
            b'<' => "&lt;",
            b'>' => "&gt;",
            b'"' => "&quot;",
            _ => "",
        });
        rest = &rest[at + 1..];
    }
    out.push_str(rest);
}

fn stands_in_address(byte: u8) -> bool {
    let stands_too = |sign: u8| b"!#$%'()*+,-./:;=?@^_~".contains(&sign);
    byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b'/') || stands_too(byte)
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
