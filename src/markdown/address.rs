//! An address as an author wrote it: whether it leads out, into this text, into the site, or nowhere good.
//!
//! Also finds the bytes of a link that are its address, for a caret. Nothing here follows a link.

use std::ops::Range;

use pulldown_cmark::LinkType;

use super::Mistake;

/// The schemes that a link may have. Any other (`javascript:`, `data:`, `vbscript:`, `file:`) never survives.
pub const SCHEMES: [&str; 11] =
    ["https", "http", "mailto", "tel", "sms", "geo", "ftp", "irc", "xmpp", "matrix", "magnet"];

/// What an address is, by its form alone.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Address<'a> {
    /// A whole address on the web, or one that begins with two slashes.
    Web,
    /// A whole address of another kind that is allowed.
    Other,
    /// `#fragment`: an anchor in the same text.
    Fragment(&'a str),
    /// Relative, or from the site's root.
    Local,
    /// Has a scheme that is not allowed.
    Forbidden(String),
}

/// Judges an address as a browser would read it: without white space, control or invisible characters.
pub(super) fn judge(address: &str) -> Address<'_> {
    if let Some(fragment) = address.strip_prefix('#') {
        return Address::Fragment(fragment);
    }
    match scheme(address) {
        Some(scheme) if scheme == "https" || scheme == "http" => Address::Web,
        Some(scheme) if SCHEMES.contains(&scheme.as_str()) => Address::Other,
        Some(scheme) => Address::Forbidden(scheme),
        None if address.starts_with("//") => Address::Web,
        None => Address::Local,
    }
}

/// What to say about a scheme that is not allowed.
pub(super) fn forbidden(scheme: &str) -> Mistake {
    Mistake::error("forbidden-link", format!("a link may not begin with `{scheme}:`")).help(format!(
        "allowed are {}; a relative address with a colon in it begins with `./`",
        SCHEMES.map(|scheme| format!("`{scheme}:`")).join(", ")
    ))
}

/// An anchor without percent signs, as the id that it means.
pub(super) fn decode(fragment: &str) -> String {
    let mut bytes = Vec::with_capacity(fragment.len());
    let mut rest = fragment.as_bytes();
    while let [first, tail @ ..] = rest {
        let hexadecimal = tail.get(..2).and_then(|digits| std::str::from_utf8(digits).ok());
        match hexadecimal.and_then(|digits| u8::from_str_radix(digits, 16).ok()) {
            Some(byte) if *first == b'%' => {
                bytes.push(byte);
                rest = &tail[2..];
            }
            _ => {
                bytes.push(*first);
                rest = tail;
            }
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

/// The bytes of the address within a link that stands at `range`, or all of the link where it cannot be found.
pub(super) fn locate(source: &str, range: Range<usize>, kind: LinkType, address: &str) -> Range<usize> {
    let slice = &source[range.clone()];
    let found = match kind {
        LinkType::Inline => after_bracket(slice, "](", address),
        LinkType::Autolink | LinkType::Email => slice.find(address).map(|at| at..at + address.len()),
        LinkType::WikiLink { .. } => slice.find(address).map(|at| at..at + address.len()),
        _ => after_bracket(slice, "]:", address),
    };
    found.map_or(range.clone(), |found| range.start + found.start..range.start + found.end)
}

fn scheme(address: &str) -> Option<String> {
    let end = address.find([':', '/', '?', '#'])?;
    if !address[end..].starts_with(':') {
        return None;
    }
    let visible = |character: &char| !character.is_whitespace() && !is_invisible(*character);
    let scheme: String = address[..end].chars().filter(visible).map(|c| c.to_ascii_lowercase()).collect();
    let well_formed = scheme.starts_with(|c: char| c.is_ascii_alphabetic())
        && scheme.chars().all(|c| c.is_ascii_alphanumeric() || "+-.".contains(c));
    well_formed.then_some(scheme)
}

fn is_invisible(character: char) -> bool {
    let format =
        ['\u{AD}', '\u{200B}', '\u{200C}', '\u{200D}', '\u{200E}', '\u{200F}', '\u{2060}', '\u{FEFF}'];
    character.is_control() || format.contains(&character)
}

/// Tries the places of `opening` from the last to the first, since a text or a title may hold one too.
fn after_bracket(slice: &str, opening: &str, address: &str) -> Option<Range<usize>> {
    let places = slice.rmatch_indices(opening).map(|(at, _)| destination(slice, at + opening.len()));
    let as_parsed = |range: &Range<usize>| {
        let raw = &slice[range.clone()];
        raw == address || raw.contains(['\\', '&'])
    };
    places.flatten().find(as_parsed)
}

/// The bytes of a link's destination that begins after white space at `from`.
fn destination(slice: &str, from: usize) -> Option<Range<usize>> {
    let start = from + slice[from..].find(|c: char| !c.is_whitespace() && c != '>')?;
    if slice[start..].starts_with('<') {
        return Some(start + 1..start + slice[start..].find('>')?);
    }
    let mut depth = 0_usize;
    let mut escaped = false;
    for (at, character) in slice[start..].char_indices() {
        match character {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            '(' => depth += 1,
            ')' if depth == 0 => return Some(start..start + at),
            ')' => depth -= 1,
            _ if character.is_whitespace() => return Some(start..start + at),
            _ => {}
        }
    }
    Some(start..slice.len())
}

#[cfg(test)]
mod tests {
    use super::{Address, judge, locate};
    use pulldown_cmark::LinkType;

    #[test]
    fn schemes_are_seen_through_disguises() {
        for address in [
            "javascript:x",
            "JaVaScRiPt:x",
            " java\tscr\nipt :x",
            "\u{1}javascript:x",
            "java\u{200B}script:x",
        ] {
            assert_eq!(judge(address), Address::Forbidden("javascript".to_string()), "{address:?}");
        }
        assert!(matches!(judge("data:text/html,x"), Address::Forbidden(_)));
        assert!(matches!(judge("vbscript:x"), Address::Forbidden(_)));
    }

    #[test]
    fn other_addresses_are_what_they_look_like() {
        assert_eq!(judge("HTTPS://a.b/c:d"), Address::Web);
        assert_eq!(judge("//a.b"), Address::Web);
        assert_eq!(judge("mailto:a@b.c"), Address::Other);
        assert_eq!(judge("#x:y"), Address::Fragment("x:y"));
        for address in ["a.md", "./a:b", "/a:b", "13:05.md", "", "a.md#x:y", "?a:b"] {
            assert_eq!(judge(address), Address::Local, "{address:?}");
        }
    }

    #[test]
    fn the_destination_is_found_in_its_link() {
        let found = |slice: &str, kind, address: &str| {
            slice[locate(slice, 0..slice.len(), kind, address)].to_string()
        };
        assert_eq!(found("[a](b.md)", LinkType::Inline, "b.md"), "b.md");
        assert_eq!(found("[a](b.md \"x](y.md\")", LinkType::Inline, "b.md"), "b.md");
        assert_eq!(found("[a]( <b c.md> 'd')", LinkType::Inline, "b c.md"), "b c.md");
        assert_eq!(found("[a](b_\\(c\\).md)", LinkType::Inline, "b_(c).md"), "b_\\(c\\).md");
        assert_eq!(found("[a]: b.md 'd'", LinkType::Shortcut, "b.md"), "b.md");
        assert_eq!(found("[[b|c]]", LinkType::WikiLink { has_pothole: true }, "b"), "b");
    }
}
