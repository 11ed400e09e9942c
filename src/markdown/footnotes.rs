//! Footnotes while the text is read: references become holes, definitions are written aside.
//!
//! Which number each gets is known at the end only, and decided in `finish`.

use std::collections::HashMap;
use std::ops::Range;

use super::Mistake;
use super::output::{Hole, Output};
use super::renderer::Renderer;

/// The footnotes of a text.
#[derive(Debug, Default)]
pub(super) struct Footnotes {
    labels: HashMap<String, usize>,
    /// In the order of the text.
    pub(super) definitions: Vec<Definition>,
    /// Those being written, with what was being written before.
    open: Vec<(Definition, Output)>,
}

/// A footnote's text.
#[derive(Debug)]
pub(super) struct Definition {
    /// The number of its label.
    pub(super) label: usize,
    /// Where its label stands in the text.
    pub(super) place: Range<usize>,
    /// What it says.
    pub(super) output: Output,
}

impl Footnotes {
    /// How many labels there are.
    pub(super) fn label_count(&self) -> usize {
        self.labels.len()
    }

    fn label(&mut self, label: &str) -> usize {
        let next = self.labels.len();
        *self.labels.entry(label.to_lowercase()).or_insert(next)
    }
}

impl Renderer<'_, '_> {
    /// A reference: a hole, behind the link that it stands in.
    pub(super) fn reference(&mut self, label: &str) {
        let label = self.footnotes.label(label);
        if self.anchors.contains(&true) {
            self.deferred.push(label);
        } else {
            self.hole(Hole::Reference(label));
        }
    }

    /// Begins a definition: what follows is written aside.
    pub(super) fn start_footnote(&mut self, label: &str, range: Range<usize>) {
        let brackets = "[^]".len();
        let place = range.start..(range.start + label.len() + brackets).min(range.end);
        let definition = Definition { label: self.footnotes.label(label), place, output: Output::default() };
        let before = std::mem::take(&mut self.output);
        self.footnotes.open.push((definition, before));
    }

    /// Ends a definition.
    pub(super) fn end_footnote(&mut self) {
        if let Some((mut definition, before)) = self.footnotes.open.pop() {
            definition.output = std::mem::replace(&mut self.output, before);
            self.footnotes.definitions.push(definition);
        }
    }

    /// Reports a reference to a footnote that the text does not have: the parser leaves it as text.
    pub(super) fn report_missing_footnote(&mut self, bracket: &Range<usize>) {
        let rest = &self.source[bracket.end..];
        if !rest.starts_with('^') || self.source[..bracket.start].ends_with('\\') {
            return;
        }
        let end = rest.find(|c: char| c == ']' || c.is_whitespace()).unwrap_or(rest.len());
        let label = &rest[1..end];
        if label.is_empty() || !rest[end..].starts_with(']') {
            return;
        }
        let mistake = Mistake::warning("missing-footnote", format!("there is no footnote `[^{label}]`"))
            .help(format!("write its text on a line of its own: `[^{label}]: …`"));
        self.mistakes.push((bracket.start..bracket.end + end + 1, mistake));
    }
}
