//! What a person should know of an import: where it stands in the files of the other program, and why.

use std::ops::Range;
use std::path::Path;

use crate::Place;

/// One thing that could not be carried over as it was, or that was decided.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Note {
    /// Where, in the files of the other program.
    pub place: Place,
    /// Of which kind it is.
    pub reason: Reason,
    /// What it is, in one sentence without a full stop.
    pub sentence: String,
}

/// Why there is a note. Those that need a person's hand come first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Reason {
    /// An article did not come in.
    Unread,
    /// A date could not be taken as it was.
    Date,
    /// A shortcode or a template's tag stands in the text.
    Tag,
    /// HTML that is taken out when pages are made.
    Html,
    /// A picture or a film that is not on the disk.
    Media,
    /// A link leads to what did not come in.
    Link,
    /// An old address could not be kept.
    OldAddress,
    /// A translation into a language that the site does not have.
    Translation,
    /// Something of the format that articles have no place for.
    Lost,
    /// An article without a date is a page outside of the timeline.
    Undated,
    /// A value was taken from where it usually is not.
    Taken,
}

impl Reason {
    /// Whether a person has to look at it.
    #[must_use]
    pub fn needs_hand(self) -> bool {
        !matches!(self, Self::Undated | Self::Taken)
    }

    /// In a few words, for a list of reasons.
    #[must_use]
    pub fn words(self) -> &'static str {
        match self {
            Self::Unread => "did not come in",
            Self::Date => "a date that could not be taken as it was",
            Self::Tag => "shortcodes and template tags that stand in the text",
            Self::Html => "HTML that is taken out when pages are made",
            Self::Media => "pictures and films that are not on the disk",
            Self::Link => "links to what did not come in",
            Self::OldAddress => "old addresses that could not be kept",
            Self::Translation => "translations into languages that the site does not have",
            Self::Lost => "what articles have no place for",
            Self::Undated => "no date: a page outside of the timeline",
            Self::Taken => "values taken from elsewhere",
        }
    }
}

impl Note {
    /// A note about a whole file.
    pub(super) fn file(path: &Path, reason: Reason, sentence: impl Into<String>) -> Self {
        Self { place: Place::file(path), reason, sentence: sentence.into() }
    }

    /// A note about a range of bytes of a file's text.
    pub(super) fn at(
        path: &Path,
        text: &str,
        range: Range<usize>,
        reason: Reason,
        sentence: impl Into<String>,
    ) -> Self {
        Self { place: Place::in_text(path, text, range), reason, sentence: sentence.into() }
    }
}
