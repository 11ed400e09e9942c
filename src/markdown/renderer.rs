//! The one pass over a text's events: what each event says, in the order in which they come.
//!
//! [`Renderer`] holds what is open; blocks, tables, links, raw HTML and footnotes are written in files of their
//! own, and `finish` makes the result of what is left here. Nothing is looked up or judged in this file.

use std::ops::Range;

use pulldown_cmark::{Event, Parser, RefDefs};

use super::footnotes::Footnotes;
use super::options::Options;
use super::output::{Hole, Output};
use super::quotes::Pairing;
use super::raw::RawBlock;
use super::spans::{FragmentLink, LoneImage, Picture};
use super::tables::Table;
use super::{Links, Mistake, escape};

/// What a text is rendered with, beyond CommonMark alone.
#[derive(Clone, Copy)]
pub(super) struct Extras<'o> {
    pub(super) options: &'o Options<'o>,
    pub(super) links: &'o dyn Links,
}

/// A text that is being rendered.
pub(super) struct Renderer<'a, 'o> {
    pub(super) source: &'a str,
    /// `None` for CommonMark alone.
    pub(super) extras: Option<Extras<'o>>,
    pub(super) output: Output,
    pub(super) footnotes: Footnotes,
    pub(super) headings: Vec<HeadingDraft>,
    pub(super) fragments: Vec<FragmentLink>,
    pub(super) raw_ids: Vec<String>,
    pub(super) mistakes: Vec<(Range<usize>, Mistake)>,
    /// The levels, as written, of the headings that enclose this place.
    pub(super) levels: Vec<u8>,
    pub(super) in_heading: bool,
    pub(super) in_code: bool,
    pub(super) table: Table,
    /// Where the last paragraph and the last list item begin in the output.
    pub(super) paragraph_at: usize,
    pub(super) item_at: usize,
    pub(super) lone_image: Option<LoneImage>,
    pub(super) picture: Option<Picture>,
    /// For each open link, whether it was written as one.
    pub(super) anchors: Vec<bool>,
    /// Footnotes referred to within a link, which may hold no other.
    pub(super) deferred: Vec<usize>,
    /// Whether a wiki link's own text is passed over, since its target's title has been written.
    pub(super) titled: bool,
    pub(super) raw_block: Option<RawBlock>,
    block_end: usize,
    pairing: Pairing,
}

/// A heading without its final id.
pub(super) struct HeadingDraft {
    pub(super) level: u8,
    pub(super) chosen_id: Option<String>,
    pub(super) text: String,
    /// The text as the author wrote it, where it holds the title of another article.
    pub(super) written: Option<String>,
    pub(super) place: Range<usize>,
}

impl HeadingDraft {
    /// What its id is made from: the same whether other articles are known or not.
    pub(super) fn words(&self) -> &str {
        self.written.as_ref().unwrap_or(&self.text)
    }
}

impl<'a, 'o> Renderer<'a, 'o> {
    /// A renderer that has not begun.
    pub(super) fn new(source: &'a str, extras: Option<Extras<'o>>) -> Self {
        let html = String::with_capacity(source.len() + source.len() / 4);
        Self {
            source,
            extras,
            output: Output { html, ..Output::default() },
            footnotes: Footnotes::default(),
            headings: Vec::new(),
            fragments: Vec::new(),
            raw_ids: Vec::new(),
            mistakes: Vec::new(),
            levels: Vec::new(),
            in_heading: false,
            in_code: false,
            table: Table::default(),
            paragraph_at: 0,
            item_at: 0,
            lone_image: None,
            picture: None,
            anchors: Vec::new(),
            deferred: Vec::new(),
            titled: false,
            raw_block: None,
            block_end: 0,
            pairing: Pairing::default(),
        }
    }

    /// Reads the text to its end.
    pub(super) fn run(mut self) -> Self {
        let flags = if self.extras.is_some() { flags() } else { pulldown_cmark::Options::empty() };
        let mut events = Parser::new_ext(self.source, flags).into_offset_iter();
        while let Some((event, range)) = events.next() {
            if self.picture.is_some() {
                self.alt(&event, range);
            } else {
                self.event(event, range, events.reference_definitions());
            }
        }
        self
    }

    fn event(&mut self, event: Event<'a>, range: Range<usize>, definitions: &RefDefs<'_>) {
        match event {
            Event::Start(tag) => self.start(tag, range, definitions),
            Event::End(tag) => self.end(tag),
            Event::Text(text) => self.text(&text, range),
            Event::Code(code) => {
                self.output.push("<code>");
                self.say(&code);
                self.output.push("</code>");
            }
            Event::Html(html) => self.raw_line(&html, range),
            Event::InlineHtml(html) => self.raw_tag(&html, range),
            Event::FootnoteReference(label) => self.reference(&label),
            Event::SoftBreak => {
                self.output.push("\n");
                self.note_heading(" ");
            }
            Event::HardBreak => {
                self.void("<br");
                self.output.push("\n");
                self.note_heading(" ");
            }
            Event::Rule => {
                self.output.line();
                self.void("<hr");
                self.output.push("\n");
            }
            Event::TaskListMarker(done) => self.task(done),
            Event::InlineMath(text) | Event::DisplayMath(text) => self.say(&text),
        }
    }

    /// Text that may be a quotation mark of the language, or the remains of a footnote that is not there.
    fn text(&mut self, text: &str, range: Range<usize>) {
        if self.titled {
            return;
        }
        match self.extras {
            Some(Extras { options, .. }) if !self.in_code => {
                if text == "[" {
                    self.report_missing_footnote(&range);
                }
                match self.quote(text, range, options) {
                    Some(mark) => self.say(mark),
                    None => self.say(text),
                }
            }
            _ => self.say(text),
        }
    }

    /// The parser has made a curly mark of every straight one; all others are as the author typed them.
    pub(super) fn quote(
        &mut self,
        text: &str,
        range: Range<usize>,
        options: &Options<'o>,
    ) -> Option<&'o str> {
        let is_mark = matches!(text, "“" | "”" | "‘" | "’")
            && matches!(self.source.as_bytes()[range.start], b'"' | b'\'');
        is_mark.then(|| self.pairing.mark(&options.quotes, self.source, range.start..self.block_end))
    }

    /// Writes text, and notes it for the heading that it stands in.
    pub(super) fn say(&mut self, text: &str) {
        if self.extras.is_some() {
            escape::text(&mut self.output.html, text);
        } else {
            escape::attribute(&mut self.output.html, text);
        }
        self.note_heading(text);
    }

    /// Writes the title of another article, for which the author has written its id.
    pub(super) fn say_title(&mut self, title: &str, id: &str) {
        escape::text(&mut self.output.html, title);
        if self.in_heading
            && let Some(heading) = self.headings.last_mut()
        {
            heading.written.get_or_insert_with(|| heading.text.clone()).push_str(id);
            heading.text.push_str(title);
        }
    }

    /// Notes text for the heading that is open.
    pub(super) fn note_heading(&mut self, text: &str) {
        if self.in_heading
            && let Some(heading) = self.headings.last_mut()
        {
            heading.text.push_str(text);
            if let Some(written) = &mut heading.written {
                written.push_str(text);
            }
        }
    }

    /// Ends an element without content, as the specification's examples or as HTML writes it.
    pub(super) fn void(&mut self, opening: &str) {
        self.output.push(opening);
        self.output.push(if self.extras.is_some() { ">" } else { " />" });
    }

    /// Leaves a hole in what is being written.
    pub(super) fn hole(&mut self, hole: Hole) {
        self.output.hole(hole);
    }

    /// Begins a block of running text that ends at `end` in the source: no quotation reaches into it.
    pub(super) fn begin_block(&mut self, end: usize) {
        self.block_end = end;
        self.pairing = Pairing::default();
    }
}

/// What the parser is to read beyond CommonMark.
pub(crate) fn flags() -> pulldown_cmark::Options {
    use pulldown_cmark::Options as Flags;
    Flags::ENABLE_TABLES
        | Flags::ENABLE_FOOTNOTES
        | Flags::ENABLE_STRIKETHROUGH
        | Flags::ENABLE_TASKLISTS
        | Flags::ENABLE_SMART_PUNCTUATION
        | Flags::ENABLE_HEADING_ATTRIBUTES
        | Flags::ENABLE_GFM
        | Flags::ENABLE_DEFINITION_LIST
        | Flags::ENABLE_WIKILINKS
}
