//! HTML that is being written, with holes for what is known only at the end of the text.
//!
//! The body is one [`Output`], and so is each footnote. Nothing here knows what fills a hole.

/// HTML with holes.
#[derive(Debug, Default)]
pub(super) struct Output {
    /// What is written so far.
    pub(super) html: String,
    /// Where something is still missing, in order.
    pub(super) holes: Vec<(usize, Hole)>,
    /// Whether raw HTML is in it.
    pub(super) raw: bool,
}

/// What is missing; each a number in one of the renderer's lists.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Hole {
    /// The ` id="…"` of a heading.
    HeadingId(usize),
    /// A whole reference to a footnote, by its label.
    Reference(usize),
    /// The ` href="…"` of a link to an anchor in the same text.
    Fragment(usize),
}

impl Output {
    /// Writes markup.
    pub(super) fn push(&mut self, html: &str) {
        self.html.push_str(html);
    }

    /// Begins a line, unless one has just begun.
    pub(super) fn line(&mut self) {
        if !self.html.is_empty() && !self.html.ends_with('\n') {
            self.html.push('\n');
        }
    }

    /// Writes into what is written already. Holes from there on move along.
    pub(super) fn insert(&mut self, at: usize, html: &str) {
        self.html.insert_str(at, html);
        for (hole, _) in self.holes.iter_mut().rev().take_while(|(hole, _)| *hole >= at) {
            *hole += html.len();
        }
    }

    /// Leaves a hole.
    pub(super) fn hole(&mut self, hole: Hole) {
        self.holes.push((self.html.len(), hole));
    }
}
