//! Raw HTML in a text: its addresses are resolved, its ids kept, and what will be taken out is reported.
//!
//! It is written as it stands but for addresses and ids; making it safe is `sanitise`'s business, at the end.

use std::ops::Range;

use super::address::{self, Address};
use super::output::{Hole, Output};
use super::renderer::{Extras, Renderer};
use super::tags::{self, Attribute, Tag};
use super::{Kind, Mistake, escape, sanitise, spans};

/// A block of raw HTML that is being read, line by line.
#[derive(Debug, Default)]
pub(super) struct RawBlock {
    html: String,
    /// For each line, where it begins in `html`, and where in the source.
    lines: Vec<(usize, usize)>,
}

/// The elements that lead or load, with the attribute that says where from.
const ADDRESSES: [(&str, &str); 7] = [
    ("a", "href"),
    ("area", "href"),
    ("audio", "src"),
    ("iframe", "src"),
    ("img", "src"),
    ("source", "src"),
    ("video", "src"),
];

/// A range of a block, and what stands there instead.
type Edit = (Range<usize>, Put);

enum Put {
    Html(String),
    Hole(Hole),
}

impl RawBlock {
    /// Takes a line that begins at a byte of the source.
    pub(super) fn take(&mut self, html: &str, start: usize) {
        self.lines.push((self.html.len(), start));
        self.html.push_str(html);
    }

    /// Where its links lead and its pictures, sounds and frames come from, as a browser reads the addresses.
    pub(super) fn addresses(&self) -> Vec<(Range<usize>, String)> {
        let mut found = Vec::new();
        for tag in tags::tags(&self.html).iter().filter(|tag| tag.is_closed && !tag.is_end) {
            let is_address =
                |attribute: &&Attribute| ADDRESSES.contains(&(tag.name.as_str(), attribute.name.as_str()));
            found.extend(tag.attributes.iter().filter(is_address).map(|attribute| {
                let value = sanitise::decode(&self.html[attribute.value.clone()]);
                (self.place(&attribute.value), value.trim().to_string())
            }));
        }
        found
    }

    /// A tag in running text: its lines stand in `source` without what begins each line of a list or a quotation.
    pub(super) fn of_tag(html: &str, source: &str, range: &Range<usize>) -> Self {
        let mut block = Self { html: html.to_string(), lines: Vec::new() };
        let (mut at, mut from) = (0, range.start);
        for line in html.split_inclusive('\n') {
            let text = line.trim_end();
            if let Some(found) = source[from..range.end].find(text) {
                block.lines.push((at, from + found));
                from += found + text.len();
            }
            at += line.len();
        }
        block
    }

    /// The bytes of the source that a range of the block stands for.
    fn place(&self, range: &Range<usize>) -> Range<usize> {
        let place = |at: usize, line: usize| {
            self.lines
                .get(line.saturating_sub(1))
                .map_or(at, |(start, source)| source + at.saturating_sub(*start))
        };
        let start = place(range.start, self.lines.partition_point(|(start, _)| *start <= range.start));
        let end = place(range.end, self.lines.partition_point(|(start, _)| *start < range.end));
        start..end.max(start)
    }
}

impl Renderer<'_, '_> {
    /// Begins a block.
    pub(super) fn start_raw(&mut self) {
        self.output.line();
        self.raw_block = Some(RawBlock::default());
    }

    /// Takes a line of a block.
    pub(super) fn raw_line(&mut self, html: &str, range: Range<usize>) {
        self.raw_block.get_or_insert_default().take(html, range.start);
    }

    /// Ends a block.
    pub(super) fn end_raw(&mut self) {
        if let Some(block) = self.raw_block.take() {
            self.write_raw(&block);
        }
    }

    /// Takes a tag within running text.
    pub(super) fn raw_tag(&mut self, html: &str, range: Range<usize>) {
        self.write_raw(&RawBlock::of_tag(html, self.source, &range));
    }

    fn write_raw(&mut self, block: &RawBlock) {
        if self.extras.is_none() {
            return self.output.push(&block.html);
        }
        let is_safe = self.extras.is_some_and(|extras| !extras.options.unsafe_html);
        let mut edits = Vec::new();
        for tag in tags::tags(&block.html) {
            if is_safe && let Some(edit) = self.removed(&tag, block) {
                edits.push(edit);
                continue;
            }
            if tag.name == "img" && !tag.attributes.iter().any(|attribute| attribute.name == "alt") {
                self.mistakes.push((block.place(&tag.range), spans::missing_alt()));
            }
            let attributes = tag.attributes.iter().filter(|_| !tag.is_end);
            edits.extend(attributes.filter_map(|attribute| self.changed(&tag, attribute, block)));
        }
        self.output.raw = true;
        write_edited(&mut self.output, &block.html, &edits);
    }

    /// What will stand in place of an attribute or its value; `None` if it stays.
    fn changed(&mut self, tag: &Tag, attribute: &Attribute, block: &RawBlock) -> Option<Edit> {
        let Extras { options, .. } = self.extras?;
        let value = sanitise::decode(&block.html[attribute.value.clone()]).into_owned();
        let with = |new: String| (new != value).then(|| (attribute.quoted.clone(), Put::Html(quoted(&new))));
        let kind = match (tag.name.as_str(), attribute.name.as_str()) {
            ("a", "href") => Kind::Link,
            ("img", "src") => Kind::Image,
            ("img", "sizes" | "srcset") if !options.unsafe_html => {
                let range = attribute.name_range.start..attribute.quoted.end;
                return Some((range, Put::Html(String::new())));
            }
            (_, "id") => {
                self.raw_ids.push(value.clone());
                return with(format!("{}{value}", options.id_prefix));
            }
            _ => return None,
        };
        let place = block.place(&attribute.value);
        match address::judge(value.trim()) {
            // Unchecked raw HTML may lead anywhere.
            Address::Forbidden(_) if options.unsafe_html => None,
            Address::Fragment(fragment) if kind == Kind::Link => {
                let hole = self.fragment(fragment, place);
                Some((attribute.name_range.start..attribute.quoted.end, Put::Hole(hole)))
            }
            _ => {
                let resolved = self.lead(kind, value.trim(), place)?;
                match resolved.size {
                    Some(size) if !tag.has_size() => {
                        let sized =
                            format!("{} width=\"{}\" height=\"{}\"", quoted(&resolved.href), size.0, size.1);
                        Some((attribute.quoted.clone(), Put::Html(sized)))
                    }
                    _ => with(resolved.href),
                }
            }
        }
    }

    /// A tag that may not stay, and what stands there instead. It goes before the text is parsed as HTML, so that
    /// it does not take what follows it along. Attributes that will go are reported, too.
    fn removed(&mut self, tag: &Tag, block: &RawBlock) -> Option<Edit> {
        if !tag.is_closed {
            let message = format!("`<{}` is not closed by `>` and is shown as text", tag.name);
            self.report(message, block.place(&tag.range));
            let mut shown = String::new();
            escape::text(&mut shown, &block.html[tag.extent.clone()]);
            return Some((tag.extent.clone(), Put::Html(shown)));
        }
        if !sanitise::keeps_element(&tag.name) {
            if !tag.is_end && tag.name != tags::COMMENT {
                self.report(format!("`<{}>` is left out", tag.name), block.place(&tag.range));
            }
            return Some((tag.extent.clone(), Put::Html(String::new())));
        }
        for attribute in &tag.attributes {
            let value = &block.html[attribute.value.clone()];
            if !sanitise::keeps_attribute(&tag.name, &attribute.name, value) {
                self.report(format!("`{}` is left out", attribute.name), block.place(&attribute.name_range));
            }
        }
        None
    }

    fn report(&mut self, message: String, place: Range<usize>) {
        let mistake = Mistake::warning("unsafe-html", message).help(
            "write it in Markdown, or set `unsafe_html = true` if every author of this site is to be trusted",
        );
        self.mistakes.push((place, mistake));
    }
}

fn quoted(value: &str) -> String {
    let mut quoted = "\"".to_string();
    escape::attribute(&mut quoted, value);
    quoted.push('"');
    quoted
}

fn write_edited(output: &mut Output, html: &str, edits: &[Edit]) {
    let mut mark = 0;
    for (range, put) in edits {
        output.push(&html[mark..range.start]);
        match put {
            Put::Html(html) => output.push(html),
            Put::Hole(hole) => output.hole(*hole),
        }
        mark = range.end;
    }
    output.push(&html[mark..]);
}
