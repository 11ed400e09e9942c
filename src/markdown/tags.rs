//! Raw HTML is searched for its tags, with their attributes.
//!
//! In comes HTML as an author wrote it; out come the places of names and values in it. This is no judge of what
//! is safe: that is `sanitise`, which parses as a browser does. What scripts and styles hold is passed over.

use std::ops::Range;

/// The name of a comment.
pub(super) const COMMENT: &str = "!--";

/// A tag that begins or ends an element.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Tag {
    /// Its name, in lower case.
    pub(super) name: String,
    /// Where it stands, from `<` to `>`.
    pub(super) range: Range<usize>,
    /// The same, and for a script or a style up to its end.
    pub(super) extent: Range<usize>,
    /// Whether there is a `>`, and an end to every quotation mark.
    pub(super) is_closed: bool,
    /// Whether it ends an element.
    pub(super) is_end: bool,
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

impl Tag {
    /// Whether its author says how large it is shown.
    pub(super) fn has_size(&self) -> bool {
        self.attributes.iter().any(|attribute| matches!(attribute.name.as_str(), "width" | "height"))
    }
}

/// The tags of a piece of HTML, in order; also comments, and what else begins with `<?` or `<!`.
pub(super) fn tags(html: &str) -> Vec<Tag> {
    let mut tags = Vec::new();
    let mut at = 0;
    while let Some(found) = html[at..].find('<') {
        let start = at + found;
        let tag = if html[start..].starts_with("<!--") {
            comment(html, start)
        } else if html[start + 1..].starts_with(|c: char| c.is_ascii_alphabetic() || "/?!".contains(c)) {
            tag(html, start)
        } else {
            at = start + 1;
            continue;
        };
        at = tag.extent.end;
        tags.push(tag);
    }
    tags
}

fn comment(html: &str, start: usize) -> Tag {
    let end = html[start..].find("-->").map(|at| start + at + "-->".len());
    let range = start..end.unwrap_or(html.len());
    let name = COMMENT.to_string();
    Tag {
        name,
        extent: range.clone(),
        range,
        is_closed: end.is_some(),
        is_end: false,
        attributes: Vec::new(),
    }
}

fn tag(html: &str, start: usize) -> Tag {
    let is_end = html[start + 1..].starts_with('/');
    let name_start = start + 1 + usize::from(is_end);
    let name_end = end_of(html, name_start, |c| c.is_ascii_whitespace() || c == '/' || c == '>');
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
    let name = html[name_start..name_end].to_ascii_lowercase();
    let range = start..(at + 1).min(html.len());
    let extent = start..if is_end { range.end } else { end_of_content(html, &name, range.end) };
    Tag { name, range, extent, is_closed: at < html.len(), is_end, attributes }
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

/// The range of a value with its quotation marks; up to the end of everything if the second one is missing.
fn value(html: &str, start: usize) -> Range<usize> {
    match html[start..].chars().next().filter(|c| *c == '"' || *c == '\'') {
        Some(quote) => {
            start..html[start + 1..].find(quote).map_or(html.len(), |length| start + 1 + length + 1)
        }
        None => start..end_of(html, start, |c| c.is_ascii_whitespace() || c == '>'),
    }
}

/// Where to go on: behind the tag, or behind what it holds that is no HTML.
fn end_of_content(html: &str, name: &str, from: usize) -> usize {
    if name != "script" && name != "style" {
        return from;
    }
    let closing = format!("</{name}");
    let mut windows = html.as_bytes()[from..].windows(closing.len());
    let is_closing = |window: &[u8]| window.eq_ignore_ascii_case(closing.as_bytes());
    let Some(at) = windows.position(is_closing) else { return html.len() };
    html[from + at..].find('>').map_or(html.len(), |end| from + at + end + 1)
}

fn end_of(html: &str, from: usize, is_end: impl Fn(char) -> bool) -> usize {
    html[from..].find(is_end).map_or(html.len(), |at| from + at)
}

#[cfg(test)]
mod tests {
    use super::tags;

    fn found(html: &str) -> Vec<String> {
        let describe = |tag: super::Tag| {
            let attributes = tag.attributes.iter().map(|a| format!(" {}={}", a.name, &html[a.value.clone()]));
            let (name, closed) = (tag.name, if tag.is_closed { "" } else { "…" });
            let slash = if tag.is_end { "/" } else { "" };
            format!("{slash}{name}{}{closed}", attributes.collect::<String>())
        };
        tags(html).into_iter().map(describe).collect()
    }

    #[test]
    fn tags_and_values_are_found() {
        assert_eq!(found("<A HREF='x>y' title=\"a'b\">z</A><br/>"), ["a href=x>y title=a'b", "/a", "br"]);
        assert_eq!(found("<img src=a.jpg alt hidden = x>"), ["img src=a.jpg alt= hidden=x"]);
        assert_eq!(found("<!-- <a href=x> --><b>a < b</b>"), ["!--", "b", "/b"]);
        assert_eq!(found("<script>'<a href=x>'</SCRIPT ><i>"), ["script", "i"]);
        assert_eq!(found("<a href=\"x><b>"), ["a href=\"x><b>…"]);
        assert_eq!(found("<a ==>"), ["a =="]);
    }
}
