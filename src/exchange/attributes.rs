//! The attributes of a tag, as HTML and shortcodes write them: a text comes in, names and values with their bytes go out.

use std::ops::Range;

/// An attribute.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Attribute {
    /// Its name; empty for a value alone, as `{{< youtube x >}}` has one.
    pub name: String,
    /// Its value, without quotation marks.
    pub value: String,
    /// The bytes of the value.
    pub range: Range<usize>,
}

/// Reads attributes: `a="b"`, `a='b'`, `a=b`, `"b"`, `b`, between spaces or commas.
pub(super) fn read(text: &str) -> Vec<Attribute> {
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(start) = text[at..].find(|c: char| !is_between(c)).map(|next| at + next) {
        let name_end = end_of_word(text, start);
        let after = text[name_end..].trim_start();
        let is_named = after.starts_with('=') && !text[start..].starts_with(['"', '\'', '`']);
        let (name, value_start) = match is_named {
            true => {
                let equals = text.len() - after.len() + 1;
                let spaces = text[equals..].len() - text[equals..].trim_start().len();
                (text[start..name_end].to_string(), equals + spaces)
            }
            false => (String::new(), start),
        };
        let (range, next) = value(text, value_start);
        found.push(Attribute { name, value: text[range.clone()].to_string(), range });
        at = next.max(start + 1);
        while !text.is_char_boundary(at) {
            at += 1;
        }
    }
    found
}

/// The value of an attribute.
pub(super) fn get<'a>(attributes: &'a [Attribute], name: &str) -> Option<&'a str> {
    attributes
        .iter()
        .find(|attribute| attribute.name.eq_ignore_ascii_case(name))
        .map(|found| found.value.as_str())
}

/// The value of an attribute by its name, else the n-th of those without one.
pub(super) fn get_or<'a>(attributes: &'a [Attribute], name: &str, position: usize) -> Option<&'a str> {
    let unnamed = || attributes.iter().filter(|attribute| attribute.name.is_empty()).nth(position);
    get(attributes, name).or_else(|| unnamed().map(|found| found.value.as_str()))
}

fn is_between(c: char) -> bool {
    c.is_whitespace() || c == ','
}

fn end_of_word(text: &str, start: usize) -> usize {
    text[start..].find(|c: char| is_between(c) || c == '=').map_or(text.len(), |end| start + end)
}

/// The bytes of a value, and where the next attribute may begin.
fn value(text: &str, start: usize) -> (Range<usize>, usize) {
    let quote = text[start..].chars().next().filter(|c| matches!(c, '"' | '\'' | '`'));
    match quote {
        Some(quote) => {
            let inner = start + 1;
            let end = text[inner..].find(quote).map_or(text.len(), |end| inner + end);
            (inner..end, (end + 1).min(text.len()))
        }
        None => {
            let end = text[start..].find(is_between).map_or(text.len(), |end| start + end);
            (start..end, end)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{get, get_or, read};

    #[test]
    fn attributes_are_read_in_every_form() {
        let text = "src=\"a b.jpg\" alt='ü' width=3 x  caption = \"it's\", id=y";
        let all = read(text);
        assert_eq!(get(&all, "src"), Some("a b.jpg"));
        assert_eq!(get(&all, "ALT"), Some("ü"));
        assert_eq!(get(&all, "width"), Some("3"));
        assert_eq!(get(&all, "caption"), Some("it's"));
        assert_eq!(get(&all, "id"), Some("y"));
        assert_eq!(get_or(&all, "name", 0), Some("x"));
        assert!(all.iter().all(|attribute| text[attribute.range.clone()] == attribute.value));
    }

    #[test]
    fn broken_attributes_end_somewhere() {
        for text in ["", "=", "a=", "a=\"", "\"", "ü=ü", "= =", "a = = b", "'''", "é'é"] {
            read(text);
        }
    }
}
