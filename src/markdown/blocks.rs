//! The elements that contain others: each tag's beginning and its end, as HTML.
//!
//! Links, images, tables and footnotes are only handed on from here. Nothing in this file looks at text.

use std::fmt::Write;
use std::ops::Range;

use pulldown_cmark::{BlockQuoteKind, CodeBlockKind, RefDefs, Tag, TagEnd};

use super::options::Words;
use super::output::Hole;
use super::renderer::{Extras, HeadingDraft, Renderer};
use super::{Mistake, escape};

impl<'a> Renderer<'a, '_> {
    /// Begins an element.
    pub(super) fn start(&mut self, tag: Tag<'a>, range: Range<usize>, definitions: &RefDefs<'_>) {
        match tag {
            Tag::Emphasis => self.output.push("<em>"),
            Tag::Strong => self.output.push("<strong>"),
            Tag::Strikethrough => self.output.push("<del>"),
            Tag::Superscript => self.output.push("<sup>"),
            Tag::Subscript => self.output.push("<sub>"),
            Tag::Link { link_type, dest_url, title, id } => {
                let place = self.place(link_type, &dest_url, range, &id, definitions);
                self.start_link(link_type, &dest_url, &title, place);
            }
            Tag::Image { link_type, dest_url, title, id } => {
                let place = self.place(link_type, &dest_url, range.clone(), &id, definitions);
                self.start_image(link_type, &dest_url, &title, place, range);
            }
            Tag::Paragraph => {
                self.output.line();
                self.paragraph_at = self.output.html.len();
                self.lone_image = None;
                self.output.push("<p>");
                self.begin_block(range.end);
            }
            Tag::Heading { level, id, classes, attrs } => {
                if !classes.is_empty() || !attrs.is_empty() {
                    self.report_attributes(range.clone());
                }
                self.start_heading(level as u8, id.map(|id| id.to_string()), range);
            }
            Tag::BlockQuote(kind) => self.start_quote(kind),
            Tag::CodeBlock(kind) => self.start_code(&kind),
            Tag::HtmlBlock => self.start_raw(),
            Tag::List(start) => self.start_list(start),
            Tag::Item => {
                self.start_line("<li>", range.end);
                self.item_at = self.output.html.len();
            }
            Tag::DefinitionList => self.start_line("<dl>\n", range.end),
            Tag::DefinitionListTitle => self.start_line("<dt>", range.end),
            Tag::DefinitionListDefinition => self.start_line("<dd>", range.end),
            Tag::FootnoteDefinition(label) => self.start_footnote(&label, range),
            Tag::Table(alignments) => self.start_table(alignments),
            Tag::TableHead => self.start_table_head(),
            Tag::TableRow => self.start_table_row(),
            Tag::TableCell => self.start_table_cell(range.end),
            Tag::MetadataBlock(_) => {}
        }
    }

    /// Ends an element.
    pub(super) fn end(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::Emphasis => self.output.push("</em>"),
            TagEnd::Strong => self.output.push("</strong>"),
            TagEnd::Strikethrough => self.output.push("</del>"),
            TagEnd::Superscript => self.output.push("</sup>"),
            TagEnd::Subscript => self.output.push("</sub>"),
            TagEnd::Link => self.end_link(),
            TagEnd::Paragraph => self.end_paragraph(),
            TagEnd::Heading(level) => self.end_heading(level as u8),
            TagEnd::BlockQuote(None) => self.end_line("</blockquote>\n"),
            TagEnd::BlockQuote(Some(_)) => self.end_line("</div>\n"),
            TagEnd::CodeBlock => {
                self.in_code = false;
                self.output.push("</code></pre>\n");
            }
            TagEnd::HtmlBlock => self.end_raw(),
            TagEnd::List(true) => self.output.push("</ol>\n"),
            TagEnd::List(false) => self.output.push("</ul>\n"),
            TagEnd::Item => self.output.push("</li>\n"),
            TagEnd::DefinitionList => self.output.push("</dl>\n"),
            TagEnd::DefinitionListTitle => self.output.push("</dt>\n"),
            TagEnd::DefinitionListDefinition => self.output.push("</dd>\n"),
            TagEnd::FootnoteDefinition => self.end_footnote(),
            TagEnd::Table => self.end_table(),
            TagEnd::TableHead => self.output.push("</tr>\n</thead>\n"),
            TagEnd::TableRow => self.output.push("</tr>\n"),
            TagEnd::TableCell => self.end_table_cell(),
            TagEnd::Image | TagEnd::MetadataBlock(_) => {}
        }
    }

    /// A checkbox of a task list, named by a word, since it has no label of its own.
    pub(super) fn task(&mut self, done: bool) {
        let Some(Extras { options, .. }) = self.extras else { return };
        let item = self.item_at;
        if self.output.html[..item].ends_with("<li>") {
            self.output.insert(item - ">".len(), " class=\"task\"");
        }
        self.output.push("<input type=\"checkbox\" disabled");
        if done {
            self.output.push(" checked");
        }
        self.output.push(" aria-label=\"");
        let words = &options.words;
        escape::attribute(&mut self.output.html, if done { words.task_done } else { words.task_open });
        self.output.push("\"> ");
    }

    fn start_line(&mut self, opening: &str, end: usize) {
        self.output.line();
        self.output.push(opening);
        self.begin_block(end);
    }

    fn end_line(&mut self, closing: &str) {
        self.output.line();
        self.output.push(closing);
    }

    /// A heading as written; with extras, at the level that its nesting gives it, and with a hole for its id.
    fn start_heading(&mut self, level: u8, chosen_id: Option<String>, range: Range<usize>) {
        self.output.line();
        self.begin_block(range.end);
        let Some(Extras { options, .. }) = self.extras else {
            let _ = write!(self.output.html, "<h{level}>");
            return;
        };
        while self.levels.last().is_some_and(|enclosing| *enclosing >= level) {
            self.levels.pop();
        }
        let depth = u8::try_from(self.levels.len()).unwrap_or(u8::MAX);
        self.levels.push(level);
        let level = options.heading_level.max(1).saturating_add(depth).min(6);
        let _ = write!(self.output.html, "<h{level}");
        self.hole(Hole::HeadingId(self.headings.len()));
        self.output.push(">");
        self.headings.push(HeadingDraft {
            level,
            chosen_id,
            text: String::new(),
            written: None,
            place: range,
        });
        self.in_heading = true;
    }

    fn end_heading(&mut self, level: u8) {
        let level =
            if self.in_heading { self.headings.last().map_or(level, |heading| heading.level) } else { level };
        self.in_heading = false;
        let _ = writeln!(self.output.html, "</h{level}>");
    }

    fn report_attributes(&mut self, range: Range<usize>) {
        let slice = &self.source[range.clone()];
        let start = range.start + slice.rfind('{').unwrap_or(0);
        let end = range.start + slice.rfind('}').map_or(slice.len(), |at| at + 1);
        let mistake =
            Mistake::warning("heading-attribute", "a heading takes nothing but an id from its braces");
        self.mistakes.push((start..end, mistake.help("leave only `{#id}`")));
    }

    /// A quotation, or an alert: a box with a title, no landmark.
    fn start_quote(&mut self, kind: Option<BlockQuoteKind>) {
        self.output.line();
        match (kind, self.extras) {
            (Some(kind), Some(Extras { options, .. })) => {
                let (class, title) = alert(kind, &options.words);
                let _ = write!(
                    self.output.html,
                    "<div class=\"alert alert-{class}\" role=\"note\">\n<p class=\"alert-title\">"
                );
                escape::text(&mut self.output.html, title);
                self.output.push("</p>\n");
            }
            _ => self.output.push("<blockquote>\n"),
        }
    }

    /// A block of code. The language is the first word after the fence, up to what no language's name holds.
    fn start_code(&mut self, kind: &CodeBlockKind<'_>) {
        self.in_code = true;
        self.output.line();
        self.output.push("<pre><code");
        let language = match kind {
            CodeBlockKind::Fenced(words) => words.split_whitespace().next().unwrap_or_default(),
            CodeBlockKind::Indented => "",
        };
        let odd = |c: char| !c.is_alphanumeric() && !"+-#._".contains(c);
        let end = language.find(odd).filter(|_| self.extras.is_some()).unwrap_or(language.len());
        if end > 0 {
            self.output.push(" class=\"language-");
            escape::attribute(&mut self.output.html, &language[..end]);
            self.output.push("\"");
        }
        self.output.push(">");
    }

    fn start_list(&mut self, start: Option<u64>) {
        self.output.line();
        match start {
            None => self.output.push("<ul>\n"),
            Some(1) => self.output.push("<ol>\n"),
            Some(start) => {
                let _ = writeln!(self.output.html, "<ol start=\"{start}\">");
            }
        }
    }
}

fn alert<'w>(kind: BlockQuoteKind, words: &Words<'w>) -> (&'static str, &'w str) {
    match kind {
        BlockQuoteKind::Note => ("note", words.note),
        BlockQuoteKind::Tip => ("tip", words.tip),
        BlockQuoteKind::Important => ("important", words.important),
        BlockQuoteKind::Warning => ("warning", words.warning),
        BlockQuoteKind::Caution => ("caution", words.caution),
    }
}
