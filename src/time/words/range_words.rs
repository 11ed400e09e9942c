//! Which words of a range name its beginning and which its end, so that a page can give each its own value for machines.
//!
//! While a range is put into words, its two ends are set between marks of Unicode's private use; here they are found
//! again, and taken out.

use serde::Serialize;

use super::Words;
use crate::time::{DateShape, EventDate};

const START: char = '\u{E000}';
const END: char = '\u{E001}';
const CLOSE: char = '\u{E002}';

/// What may stand before the end of a range.
pub(super) const MARKS: [char; 2] = [START, END];

/// The words of a range, cut at its ends: «», «12», « a », «17», « de setembro de 2023».
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct RangeWords {
    /// What stands before the beginning.
    pub before: String,
    /// The beginning.
    pub start: String,
    /// What stands between the two.
    pub between: String,
    /// The end.
    pub end: String,
    /// What stands after the end.
    pub after: String,
}

impl Words {
    /// The words of a range cut at its ends; `None` for what has no two ends.
    #[must_use]
    pub fn range_words(&self, date: &EventDate) -> Option<RangeWords> {
        if date.shape() != DateShape::Range {
            return None;
        }
        let words = self.whole(date, true);
        let (before, rest) = words.split_once(START)?;
        let (start, rest) = rest.split_once(CLOSE)?;
        let (between, rest) = rest.split_once(END)?;
        let (end, after) = rest.split_once(CLOSE)?;
        let pieces = [before, start, between, end, after];
        if pieces.iter().any(|piece| piece.contains([START, END, CLOSE])) {
            return None;
        }
        let [before, start, between, end, after] = pieces.map(str::to_string);
        Some(RangeWords { before, start, between, end, after })
    }
}

/// A value of a pattern between marks, if it is one of the two ends.
pub(super) fn marked_end((key, value): (&'static str, String)) -> (&'static str, String) {
    let mark = if key.starts_with("start") { START } else { END };
    (key, format!("{mark}{value}{CLOSE}"))
}

/// The words without marks.
pub(super) fn unmarked(words: String) -> String {
    if words.contains(CLOSE) { words.replace([START, END, CLOSE], "") } else { words }
}
