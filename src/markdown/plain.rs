//! Markdown becomes plain text: a summary from a first paragraph, or one line without its markup.
//!
//! Raw HTML tags go and what they hold stays. Nothing here looks at links.

use pulldown_cmark::{Event, Parser, Tag, TagEnd};

use super::Quotes;
use super::renderer::flags;

/// The text of the first paragraph, with the language's quotation marks, on one line.
///
/// Passes over headings, tables, lists, quotations, code, raw HTML, and paragraphs that hold only images.
#[must_use]
pub fn first_paragraph(text: &str, quotes: &Quotes<'_>) -> Option<String> {
    let mut depth = 0_usize;
    let mut words = Words::default();
    for (event, range) in Parser::new_ext(text, flags()).into_offset_iter() {
        match &event {
            Event::Start(Tag::Paragraph) if depth == 0 => {
                words = Words { is_wanted: true, ..Words::default() }
            }
            Event::End(TagEnd::Paragraph) if words.is_wanted => {
                let found = words.take(quotes);
                if found.is_some() {
                    return found;
                }
            }
            Event::Start(Tag::Paragraph) | Event::End(TagEnd::Paragraph) => {}
            Event::Start(tag) if !words.is_wanted => depth += usize::from(is_block(&tag.to_end())),
            Event::End(tag) if !words.is_wanted => depth -= usize::from(is_block(tag)),
            _ => words.read(&event, &text[range]),
        }
    }
    None
}

/// A text without its markup, on one line: for a title or a caption. Quotation marks stay as typed.
#[must_use]
pub fn plain_text(inline: &str) -> String {
    let mut words = Words { is_wanted: true, ..Words::default() };
    for (event, range) in Parser::new_ext(inline, flags()).into_offset_iter() {
        words.read(&event, &inline[range]);
        if matches!(&event, Event::End(tag) if is_block(tag)) {
            words.text.push(' ');
        }
    }
    words.take(&Quotes::STRAIGHT).unwrap_or_default()
}

/// Text that is being gathered.
#[derive(Debug, Default)]
struct Words {
    is_wanted: bool,
    text: String,
    in_image: usize,
}

impl Words {
    fn read(&mut self, event: &Event<'_>, source: &str) {
        match event {
            Event::Start(Tag::Image { .. }) => self.in_image += 1,
            Event::End(TagEnd::Image) => self.in_image -= 1,
            _ if self.in_image > 0 => {}
            Event::Text(_) if source == "\"" || source == "'" => self.text.push_str(source),
            Event::Text(text) | Event::Code(text) => self.text.push_str(text),
            Event::SoftBreak | Event::HardBreak => self.text.push(' '),
            _ => {}
        }
    }

    /// What was gathered, with single spaces; `None` if that is nothing.
    fn take(&mut self, quotes: &Quotes<'_>) -> Option<String> {
        self.is_wanted = false;
        let text = std::mem::take(&mut self.text);
        let words: Vec<_> = text.split([' ', '\n', '\t', '\r']).filter(|word| !word.is_empty()).collect();
        (!words.is_empty()).then(|| quotes.typeset(&words.join(" ")))
    }
}

fn is_block(tag: &TagEnd) -> bool {
    !matches!(
        tag,
        TagEnd::Emphasis
            | TagEnd::Strong
            | TagEnd::Strikethrough
            | TagEnd::Superscript
            | TagEnd::Subscript
            | TagEnd::Link
            | TagEnd::Image
    )
}

#[cfg(test)]
mod tests {
    use super::{first_paragraph, plain_text};
    use crate::markdown::Quotes;

    #[test]
    fn the_first_paragraph_is_the_first_that_says_something() {
        let text = "# Título\n\n![foto](a.jpg)\n\n| a |\n| - |\n| b |\n\n> citação\n\n- item\n\n  solto\n\n\
                    A *\"cúpula\"* de\n**Putin**[^1] -- [[id|aqui]] <b>hoje</b>.\n\nOutro.\n\n[^1]: nota";
        let found = first_paragraph(text, &Quotes::of("pt-BR"));
        assert_eq!(found.as_deref(), Some("A “cúpula” de Putin – aqui hoje."));
        assert_eq!(first_paragraph("# só título", &Quotes::ENGLISH), None);
    }

    #[test]
    fn plain_text_has_no_markup() {
        assert_eq!(
            plain_text("Um *título* com `código` & \"aspas\" ![x](y)"),
            "Um título com código & \"aspas\""
        );
        assert_eq!(plain_text(""), "");
    }
}
