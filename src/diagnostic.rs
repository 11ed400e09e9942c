//! A mistake of an author, as a value: what is wrong, where it stands, and what to do about it.
//!
//! A [`Diagnostic`] comes from every stage that reads what a person wrote. Nothing here prints or decides
//! whether to go on: that is the business of the commands. A machine's failure is an [`Error`](crate::Error).
use serde::{Deserialize, Serialize};

use std::borrow::Cow;
use std::ops::Range;
use std::path::{Path, PathBuf};

use annotate_snippets::renderer::DecorStyle;
use annotate_snippets::{AnnotationKind, Group, Level, Origin, Renderer, Snippet};

/// How much a diagnostic weighs: an error stops a build, a warning does not.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Severity {
    /// Nothing is written.
    Error,
    /// The build goes on; a person should look.
    Warning,
}

/// One mistake: a sentence, the place, and a help.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Diagnostic {
    /// Error or warning.
    pub severity: Severity,
    /// The name of its kind, in lower-case words with hyphens: `unknown-key`, `dead-link`.
    pub name: Cow<'static, str>,
    /// What is wrong, in one sentence without a full stop.
    pub message: String,
    /// Where it is; `None` where no file is to blame.
    pub place: Option<Place>,
    /// A few words at the caret; may be empty.
    pub label: String,
    /// Other places that have to do with it, each with a few words.
    pub related: Vec<(Place, String)>,
    /// What to do, in one or more sentences.
    pub help: Option<String>,
}

/// A range of one line of one file, with the line itself, so that the file need not be kept.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Place {
    /// The file, relative to the site's root.
    pub path: PathBuf,
    /// The line and the range in it; `None` where the whole file is meant.
    pub line: Option<Line>,
}

/// A line of a file, and the part of it that is meant.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Line {
    /// Counted from 1.
    pub number: usize,
    /// The text of the line, without its end.
    pub text: String,
    /// The bytes of `text` that are meant.
    pub range: Range<usize>,
}

impl Diagnostic {
    /// Whether it has to do with a file, or quotes a title.
    #[must_use]
    pub fn tells_of(&self, path: &Path, title: &str) -> bool {
        let mut places = self.place.iter().chain(self.related.iter().map(|(place, _)| place));
        let quotes = |text: &str| !title.is_empty() && text.contains(title);
        places.any(|place| place.path == path)
            || quotes(&self.message)
            || quotes(&self.label)
            || self.help.as_deref().is_some_and(quotes)
            || self.related.iter().any(|(_, words)| quotes(words))
    }

    /// An error without a place yet.
    #[must_use]
    pub fn error(name: impl Into<Cow<'static, str>>, message: impl Into<String>) -> Self {
        Self::new(Severity::Error, name.into(), message.into())
    }

    /// A warning without a place yet.
    #[must_use]
    pub fn warning(name: impl Into<Cow<'static, str>>, message: impl Into<String>) -> Self {
        Self::new(Severity::Warning, name.into(), message.into())
    }

    fn new(severity: Severity, name: Cow<'static, str>, message: String) -> Self {
        Self { severity, name, message, place: None, label: String::new(), related: Vec::new(), help: None }
    }

    /// The same, with its place.
    #[must_use]
    pub fn at(mut self, place: Place) -> Self {
        self.place = Some(place);
        self
    }

    /// The same, with a few words at the caret.
    #[must_use]
    pub fn label(mut self, label: impl Into<String>) -> Self {
        self.label = label.into();
        self
    }

    /// The same, with another place that has to do with it.
    #[must_use]
    pub fn related(mut self, place: Place, label: impl Into<String>) -> Self {
        self.related.push((place, label.into()));
        self
    }

    /// The same, with what to do.
    #[must_use]
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    /// Whether it stops a build.
    #[must_use]
    pub fn is_error(&self) -> bool {
        self.severity == Severity::Error
    }

    /// Where it is listed: by file, then line, then column, errors first at one place.
    pub fn order(&self) -> impl Ord + use<'_> {
        let place = self.place.as_ref();
        let line = place.and_then(|place| place.line.as_ref());
        (
            place.map(|place| place.path.as_path()),
            line.map(|line| (line.number, line.range.start)),
            self.severity,
            &*self.name,
            self.message.as_str(),
        )
    }

    /// The text for a terminal: the sentence, `file:line:column`, the line with a caret, and the help.
    #[must_use]
    pub fn to_text(&self, colours: bool) -> String {
        let level = match self.severity {
            Severity::Error => Level::ERROR,
            Severity::Warning => Level::WARNING,
        };
        let mut group = Group::with_title(level.primary_title(&self.message).id(&*self.name));
        if let Some(place) = &self.place {
            group = place.show(group, AnnotationKind::Primary, &self.label);
        }
        for (place, label) in &self.related {
            group = place.show(group, AnnotationKind::Context, label);
        }
        if let Some(help) = &self.help {
            group = group.element(Level::HELP.message(help));
        }
        let renderer = if colours { Renderer::styled() } else { Renderer::plain() };
        renderer.decor_style(DecorStyle::Ascii).render(&[group])
    }
}

impl Place {
    /// A whole file.
    #[must_use]
    pub fn file(path: impl AsRef<Path>) -> Self {
        Self { path: path.as_ref().to_path_buf(), line: None }
    }

    /// A range of bytes of a file's `text`. A range over several lines is cut at the end of its first one.
    #[must_use]
    pub fn in_text(path: &Path, text: &str, range: Range<usize>) -> Self {
        let start = floor_char_boundary(text, range.start);
        let line_start = text[..start].rfind('\n').map_or(0, |at| at + 1);
        let line_end = text[start..].find('\n').map_or(text.len(), |at| start + at);
        let line = text[line_start..line_end].trim_end_matches('\r');
        let first = (start - line_start).min(line.len());
        let last = floor_char_boundary(line, range.end.saturating_sub(line_start)).max(first);
        let number = text[..line_start].matches('\n').count() + 1;
        Self {
            path: path.to_path_buf(),
            line: Some(Line { number, text: line.to_string(), range: first..last }),
        }
    }

    /// The column in characters, counted from 1; `None` for a whole file.
    #[must_use]
    pub fn column(&self) -> Option<usize> {
        self.line.as_ref().map(|line| line.text[..line.range.start].chars().count() + 1)
    }

    /// The column after the last character that is meant, counted as [`Place::column`] is.
    #[must_use]
    pub fn end_column(&self) -> Option<usize> {
        self.line.as_ref().map(|line| line.text[..line.range.end].chars().count() + 1)
    }

    fn show<'a>(&'a self, group: Group<'a>, kind: AnnotationKind, label: &'a str) -> Group<'a> {
        let path = self.path.to_string_lossy();
        match &self.line {
            None => group.element(Origin::path(path)),
            Some(line) => {
                let annotation = kind.span(line.range.clone()).label((!label.is_empty()).then_some(label));
                group.element(
                    Snippet::source(line.text.as_str())
                        .line_start(line.number)
                        .path(path)
                        .annotation(annotation),
                )
            }
        }
    }
}

/// The largest boundary of a character that is not beyond `index`.
fn floor_char_boundary(text: &str, index: usize) -> usize {
    let index = index.min(text.len());
    (0..=index).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::{Diagnostic, Place};
    use std::path::Path;

    #[test]
    fn a_place_is_cut_at_the_end_of_its_line() {
        let place = Place::in_text(Path::new("a.md"), "um\ndois três\r\nfim", 8..40);
        let line = place.line.as_ref().unwrap();
        assert_eq!((line.number, line.text.as_str(), line.range.clone()), (2, "dois três", 5..10));
        assert_eq!(place.column(), Some(6));
    }

    #[test]
    fn an_error_shows_its_line_a_caret_and_a_help() {
        let text = Diagnostic::error("unknown-key", "unknown key «titel»")
            .at(Place::in_text(Path::new("content/a.md"), "+++\ntitel = \"x\"\n+++\n", 4..9))
            .help("did you mean `title`?")
            .to_text(false);
        assert_eq!(
            text,
            "error[unknown-key]: unknown key «titel»\n --> content/a.md:2:1\n  |\n2 | titel = \"x\"\n  | ^^^^^\n  |\n  = help: did you mean `title`?"
        );
    }
}
