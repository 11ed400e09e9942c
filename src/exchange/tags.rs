//! The tags of template languages in a text, as `{{< figure >}}` or `{% include %}`: a text and what each tag becomes
//! come in, the text without them goes out; it knows no language.

use std::ops::Range;

use super::Harvest;
use super::notes::{Note, Reason};
use std::path::Path;

/// How a tag begins and ends.
pub(super) type Fence = (&'static str, &'static str);

/// A tag of a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Tag<'a> {
    /// What stands between the fences, without spaces around it.
    pub inner: &'a str,
    /// The same with the fences.
    pub whole: &'a str,
    /// Which of the fences it has.
    pub fence: usize,
    /// Where it ends, in bytes of the text.
    pub end: usize,
}

/// What a tag becomes.
pub(super) enum Becomes {
    /// Another text.
    Text(String),
    /// Another text for everything from the tag up to a byte of the text.
    UpTo(usize, String),
    /// It stays as it stands, and somebody has to look at it.
    Stays,
}

/// The text of an article, and where it stands in its file.
#[derive(Debug, Clone, Copy)]
pub(super) struct Body<'a> {
    /// The file.
    pub path: &'a Path,
    /// The whole file.
    pub whole: &'a str,
    /// Where the text begins in it.
    pub start: usize,
}

impl<'a> Body<'a> {
    /// The text.
    pub(super) fn text(&self) -> &'a str {
        &self.whole[self.start..]
    }

    /// A note about bytes of the text.
    pub(super) fn note(&self, range: Range<usize>, reason: Reason, sentence: impl Into<String>) -> Note {
        let range = self.start + range.start..self.start + range.end;
        Note::at(self.path, self.whole, range, reason, sentence)
    }
}

/// Replaces each tag by what it becomes.
pub(super) fn replace(
    body: Body<'_>,
    fences: &[Fence],
    harvest: &mut Harvest,
    mut each: impl FnMut(Tag<'_>) -> Becomes,
) -> String {
    let text = body.text();
    let mut replaced = String::with_capacity(text.len());
    let mut at = 0;
    while let Some((start, tag)) = next(text, at, fences) {
        replaced.push_str(&text[at..start]);
        at = tag.end;
        match each(tag) {
            Becomes::Text(instead) => replaced.push_str(&instead),
            Becomes::UpTo(end, instead) => {
                replaced.push_str(&instead);
                at = end.max(tag.end);
            }
            Becomes::Stays => {
                let written = &text[start..tag.end];
                replaced.push_str(written);
                let short: String = written.lines().next().unwrap_or_default().chars().take(60).collect();
                let sentence = format!("`{short}` stands in the text as it is: write what it stood for");
                harvest.notes.push(body.note(start..tag.end, Reason::Tag, sentence));
            }
        }
    }
    replaced.push_str(&text[at..]);
    replaced
}

/// The next tag, and where it begins. A fence that never ends is text.
pub(super) fn next<'a>(text: &'a str, from: usize, fences: &[Fence]) -> Option<(usize, Tag<'a>)> {
    let starts = fences.iter().enumerate().filter_map(|(fence, (open, close))| {
        let start = from + text[from..].find(open)?;
        let inner = start + open.len();
        let end = inner + text[inner..].find(close)?;
        let whole = &text[start..end + close.len()];
        Some((start, Tag { inner: text[inner..end].trim(), whole, fence, end: end + close.len() }))
    });
    starts.min_by_key(|(start, tag)| (*start, tag.fence))
}

/// The first word of a tag, and the rest.
pub(super) fn head(inner: &str) -> (&str, &str) {
    inner.split_at(inner.find(|c: char| c.is_whitespace() || c == '(').unwrap_or(inner.len()))
}

/// A fenced block of code.
pub(super) fn code(language: &str, inner: &str) -> String {
    let longest = inner.split(|c| c != '`').map(str::len).max().unwrap_or(0);
    let fence = "`".repeat(longest.max(2) + 1);
    format!("{fence}{language}\n{}\n{fence}", inner.trim_matches(['\n', '\r']))
}

/// A picture in Markdown, with a caption as its title.
pub(super) fn picture(source: &str, alt: &str, caption: &str) -> String {
    let plain = |text: &str| text.replace(['[', ']', '\n'], " ");
    let title = if caption.trim().is_empty() {
        String::new()
    } else {
        format!(" \"{}\"", caption.trim().replace('"', "'"))
    };
    format!("![{}](<{source}>{title})", plain(alt).trim())
}

/// A film or a message elsewhere, as a link.
pub(super) fn elsewhere(address: &str) -> String {
    format!("<{address}>")
}

#[cfg(test)]
mod tests {
    use super::{Becomes, Body, code, replace};
    use crate::exchange::Harvest;
    use std::path::Path;

    #[test]
    fn tags_are_replaced_or_named_with_their_line() {
        let whole = "head\na {{ b }} c\n{% d %}\n{{ open";
        let body = Body { path: Path::new("a.md"), whole, start: 5 };
        let mut harvest = Harvest::default();
        let text = replace(body, &[("{{", "}}"), ("{%", "%}")], &mut harvest, |tag| match tag.inner {
            "b" => Becomes::Text("B".to_string()),
            _ => Becomes::Stays,
        });
        assert_eq!(text, "a B c\n{% d %}\n{{ open");
        assert_eq!(harvest.notes[0].place.line.as_ref().unwrap().number, 3);
    }

    #[test]
    fn code_has_a_fence_that_is_long_enough() {
        assert_eq!(code("rust", "\nx\n"), "```rust\nx\n```");
        assert_eq!(code("", "a ```` b"), "`````\na ```` b\n`````");
    }
}
