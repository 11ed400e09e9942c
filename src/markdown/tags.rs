//! Raw HTML is searched for the tags that begin elements, with their attributes.
//!
//! In comes HTML as an author wrote it; out come the places of names and values in it. This is no judge of what
//! is safe: that is `sanitise`, which parses as a browser does. Comments, scripts and styles are passed over.

use std::borrow::Cow;
use std::ops::Range;

/// A tag that begins an element.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Tag {
    /// Its name, in lower case.
    pub(super) name: String,
    /// Where it stands, from `<` to `>`.
    pub(super) range: Range<usize>,
    pub(super) attributes: Vec<Attribute>,
}

/// An attribute that has a value.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Attribute {
    /// Its name, in lower case.
    pub(super) name: String,
    /// Where its name stands.
    pub(super) name_range: Range<usize>,
    /// Where its value stands, without quotation marks; empty if it has none.
    pub(super) value: Range<usize>,
    /// The same, with them.
    pub(super) quoted: Range<usize>,
}

/// The tags of a piece of HTML, in order.
pub(super) fn tags(html: &str) -> Vec<Tag> {
    let mut tags = Vec::new();
    let mut at = 0;
    while let Some(found) = html[at..].find('<') {
        let start = at + found;
        at = if html[start..].starts_with("<!--") {
            html[start..].find("-->").map_or(html.len(), |end| start + end + "-->".len())
        } else if html[start + 1..].starts_with(|c: char| c.is_ascii_alphabetic()) {
            let tag = tag(html, start);
            let next = after(html, &tag);
            tags.push(tag);
            next
        } else {
            start + 1
        };
    }
    tags
}

/// A value without its character references: those that matter in an address.
pub(super) fn decode(value: &str) -> Cow<'_, str> {
    if !value.contains('&') {
        return Cow::Borrowed(value);
    }
    let mut out = String::with_capacity(value.len());
    let mut rest = value;
    while let Some(at) = rest.find('&') {
        out.push_str(&rest[..at]);
        let (character, length) = reference(&rest[at..]).unwrap_or(('&', 1));
        out.push(character);
        rest = &rest[at + length..];
    }
    out.push_str(rest);
    Cow::Owned(out)
}

fn tag(html: &str, start: usize) -> Tag {
    let name_end = end_of(html, start + 1, |c| c.is_ascii_whitespace() || c == '/' || c == '>');
    let mut attributes = Vec::new();
    let mut at = name_end;
    loop {
        at = end_of(html, at, |c| !c.is_ascii_whitespace() && c != '/');
        if at >= html.len() || html[at..].starts_with('>') {
            break;
        }
        let attribute = attribute(html, at);
        at = attribute.quoted.end.max(attribute.name_range.end);
        attributes.push(attribute);
    }
    let name = html[start + 1..name_end].to_ascii_lowercase();
    Tag { name, range: start..(at + 1).min(html.len()), attributes }
}

fn attribute(html: &str, start: usize) -> Attribute {
    // The first character belongs to the name whatever it is, so that every attribute takes at least one.
    let first = html[start..].chars().next().map_or(0, char::len_utf8);
    let name_end = end_of(html, start + first, |c| c.is_ascii_whitespace() || "=/>".contains(c));
    let equals = end_of(html, name_end, |c| !c.is_ascii_whitespace());
    let quoted = if html[equals..].starts_with('=') {
        value(html, end_of(html, equals + 1, |c| !c.is_ascii_whitespace()))
    } else {
        name_end..name_end
    };
    let value = &html[quoted.clone()];
    let is_quoted =
        value.len() > 1 && ["\"", "'"].iter().any(|quote| value.starts_with(quote) && value.ends_with(quote));
    let inside = usize::from(is_quoted);
    Attribute {
        name: html[start..name_end].to_ascii_lowercase(),
        name_range: start..name_end,
        value: quoted.start + inside..quoted.end - inside,
        quoted,
    }
}

/// The range of a value with its quotation marks; one that nothing closes has none.
fn value(html: &str, start: usize) -> Range<usize> {
    let quote = html[start..].chars().next().filter(|c| *c == '"' || *c == '\'');
    match quote.and_then(|quote| html[start + 1..].find(quote)) {
        Some(length) => start..start + 1 + length + 1,
        None => start..end_of(html, start, |c| c.is_ascii_whitespace() || c == '>'),
    }
}

/// Where to go on: behind the tag, or behind what it holds that is no HTML.
fn after(html: &str, tag: &Tag) -> usize {
    if tag.name != "script" && tag.name != "style" {
        return tag.range.end;
    }
    let closing = format!("</{}", tag.name);
    let rest = html[tag.range.end..].to_ascii_lowercase();
    rest.find(&closing).map_or(html.len(), |at| tag.range.end + at + closing.len())
}

fn end_of(html: &str, from: usize, is_end: impl Fn(char) -> bool) -> usize {
    html[from..].find(is_end).map_or(html.len(), |at| from + at)
}

/// The character that a reference at the start of `text` means, and the bytes that it takes.
fn reference(text: &str) -> Option<(char, usize)> {
    let named = [("&amp;", '&'), ("&colon;", ':'), ("&Tab;", '\t'), ("&NewLine;", '\n'), ("&quot;", '"')];
    if let Some((name, character)) = named.iter().find(|(name, _)| text.starts_with(name)) {
        return Some((*character, name.len()));
    }
    let number = text.strip_prefix("&#")?;
    let (digits, radix) = match number.strip_prefix(['x', 'X']) {
        Some(digits) => (digits, 16),
        None => (number, 10),
    };
    let count = digits.bytes().take_while(|byte| char::from(*byte).is_digit(radix)).count();
    let character = u32::from_str_radix(&digits[..count], radix).ok().and_then(char::from_u32)?;
    let end = text.len() - digits.len() + count;
    Some((character, end + usize::from(text[end..].starts_with(';'))))
}

#[cfg(test)]
mod tests {
    use super::{decode, tags};

    fn found(html: &str) -> Vec<String> {
        let describe = |tag: super::Tag| {
            let attributes = tag.attributes.iter().map(|a| format!(" {}={}", a.name, &html[a.value.clone()]));
            format!("{}{}", tag.name, attributes.collect::<String>())
        };
        tags(html).into_iter().map(describe).collect()
    }

    #[test]
    fn tags_and_values_are_found() {
        assert_eq!(found("<A HREF='x>y' title=\"a'b\">z</A><br/>"), ["a href=x>y title=a'b", "br"]);
        assert_eq!(found("<img src=a.jpg alt hidden = x>"), ["img src=a.jpg alt= hidden=x"]);
        assert_eq!(found("<!-- <a href=x> --><b>a < b</b>"), ["b"]);
        assert_eq!(found("<script>'<a href=x>'</SCRIPT ><i>"), ["script", "i"]);
        assert_eq!(found("<a href=\"x"), ["a href=\"x"]);
        assert_eq!(found("<a ==>"), ["a ==="]);
    }

    #[test]
    fn references_are_decoded() {
        assert_eq!(decode("&#106;ava&#x73;cript&colon;x&amp;y&z;"), "javascript:x&y&z;");
    }
}
