//! The overview strip of a story: its marks in time come in, an SVG of at most 20,000 bytes goes out.
//!
//! Places along the strip are shares of its width and everything else is in pixels, so that marks and words have one
//! size on a telephone and on a desk. Colours are the stylesheet's. Nothing here reads a file or knows of articles.

mod density;
mod labels;
mod marks;
mod pen;
mod rows;
mod scale;
mod sheet;

/// What a strip shows. Moments are seconds on one clock, whichever it is.
#[derive(Clone)]
pub struct Sheet<'a> {
    /// What happened, in any order.
    pub marks: Vec<Mark>,
    /// Where the axis is broken; where there are too many, the longest are kept.
    pub breaks: Vec<Break>,
    /// The words under the axis, one list for each of the sheet's [`stretches`].
    pub labels: Vec<Vec<Label>>,
    /// Which way time runs.
    pub direction: Direction,
    /// «7 events», of so many.
    pub count: &'a dyn Fn(usize) -> String,
    /// Where a mark leads; asked only for those that are drawn by themselves, or first in a column.
    pub lead: &'a dyn Fn(&Mark) -> Lead,
}

/// Something that happened.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Mark {
    /// What it stands for: a number of its maker's.
    pub subject: usize,
    /// The first second that is known of it.
    pub from: i64,
    /// The last second that is known of it, not before `from`.
    pub to: i64,
    /// What kind of date it has.
    pub figure: Figure,
    /// How weighty it is.
    pub weight: Weight,
    /// Whether it comes before the story: dots are hollow then, and bars thin.
    pub background: bool,
}

/// What a mark is a link to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Lead {
    /// Where it leads.
    pub href: String,
    /// What is shown when a mouse rests on it.
    pub title: String,
}

/// What a mark looks like.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Figure {
    /// A small dot on a tick: a time of day.
    Moment,
    /// A dot: a day.
    Day,
    /// A hollow bar as wide as the date: a month, a year.
    Bar,
    /// A hollow bar with a dotted outline: a part of the date is not specified.
    Unspecified,
    /// A line between two caps.
    Range,
    /// A line from a cap to an arrow at the end of the strip.
    Open,
    /// A line from an arrow at the beginning of the strip to a cap.
    OpenStart,
    /// A cap with a dotted line after it.
    UnknownEnd,
    /// A cap with a dotted line before it.
    UnknownStart,
    /// A cap with a short arrow towards the past.
    Before,
    /// A cap with a short arrow towards the future.
    After,
    /// A bar without ends, that runs out in dashes on both sides.
    Approximate,
    /// A bar with a dashed outline.
    Uncertain,
    /// Two hollow dots, joined by dashes.
    EitherOr,
    /// Two solid dots, joined.
    Every,
}

impl Figure {
    /// All figures.
    pub const ALL: [Self; 15] = [
        Self::Moment,
        Self::Day,
        Self::Bar,
        Self::Unspecified,
        Self::Range,
        Self::Open,
        Self::OpenStart,
        Self::UnknownEnd,
        Self::UnknownStart,
        Self::Before,
        Self::After,
        Self::Approximate,
        Self::Uncertain,
        Self::EitherOr,
        Self::Every,
    ];
}

/// How weighty a mark is.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Weight {
    /// A larger dot in a ring.
    Key,
    /// As the figure is.
    #[default]
    Normal,
    /// A smaller dot.
    Minor,
}

/// A gap in the story, at which the axis is broken.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Break {
    /// The first second after it: marks that begin earlier stand before the break.
    pub at: i64,
    /// How long it is: by this the longest are chosen.
    pub length: i64,
    /// «About 23 years later».
    pub words: String,
}

/// A part of the axis between two breaks.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Stretch {
    /// The second at its beginning.
    pub from: i64,
    /// The second at its end.
    pub to: i64,
}

/// A tick of the axis. The first of a stretch may be written in full, the others add to it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Label {
    /// Where it stands.
    pub at: i64,
    /// What is written there: the first of these that has room.
    pub texts: Vec<String>,
}

/// Which way time runs.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Direction {
    /// From left to right.
    #[default]
    LeftToRight,
    /// From right to left.
    RightToLeft,
}

/// A strip that has been drawn.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Drawing {
    /// An `svg` element to stand in a page of HTML.
    pub svg: String,
}

/// The parts of the axis, in order of time; none without marks.
#[must_use]
pub fn stretches(marks: &[Mark], breaks: &[Break]) -> Vec<Stretch> {
    scale::Scale::of(marks, breaks).map(|scale| scale.stretches().collect()).unwrap_or_default()
}

/// Draws the strip of a sheet; `None` of a sheet without marks.
///
/// It takes the first of these that has at most 20,000 bytes: every mark with its title; every mark; columns whose
/// height tells how many begin there, fewer and fewer of them; columns that lead nowhere; columns without words. Where
/// marks would cover each other it begins with columns.
#[must_use]
pub fn draw(sheet: &Sheet<'_>) -> Option<Drawing> {
    sheet::draw(sheet)
}

#[cfg(test)]
mod tests;
