//! The small map of a story: its stops and the way between them come in, an SVG of at most 25 KB goes out.
//!
//! It says nothing in words but the numbers of the stops: the page has the same places as a list, and a stylesheet gives
//! the colours. Nothing here reads a file or knows of articles.

mod azimuthal;
mod equal_earth;
mod frame;
mod inset;
mod layout;
mod lines;
mod marks;
mod outlines;
mod path;
mod plane;
mod position;
mod sheet;
mod thin;

pub use position::Position;

/// What a map shows.
#[derive(Debug, Clone, Default)]
pub struct Sheet {
    /// What assistive technology says instead of the map.
    pub title: String,
    /// The places of the story, in order of first visit.
    pub stops: Vec<Stop>,
    /// The ways that the story says were travelled.
    pub legs: Vec<Leg>,
    /// Whether lines between countries are drawn.
    pub borders: Borders,
}

/// A place of the story.
#[derive(Debug, Clone, PartialEq)]
pub struct Stop {
    /// Where it is.
    pub position: Position,
    /// How much of the Earth it is.
    pub extent: Extent,
    /// What is written in its mark.
    pub number: usize,
    /// The id of its item in the page's list of places, for scripts: `data-place`.
    pub anchor: String,
    /// Its name, shown when a mouse rests on the mark.
    pub label: String,
}

/// How much of the Earth a place is; regions and countries are drawn as discs rather than points.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Extent {
    /// A building, a street corner, a shipwreck.
    #[default]
    Point,
    /// A city or a village.
    City,
    /// A region: somewhere within a day's drive.
    Region,
    /// A country.
    Country,
}

/// A way from one stop to another.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Leg {
    /// Which of the sheet's stops it begins at, counted from 0. A leg to a stop that the sheet lacks is not drawn.
    pub from: usize,
    /// Which of the sheet's stops it ends at.
    pub to: usize,
    /// How it is known that it was travelled.
    pub evidence: Evidence,
}

/// How a way is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Evidence {
    /// A source says so: a solid line.
    Documented,
    /// It is concluded from where somebody was before and after: a dashed line.
    Inferred,
}

/// Whether lines between countries are drawn.
///
/// They are Natural Earth's of 2018, which show who holds a land rather than whose it is: one parts Crimea from Ukraine.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Borders {
    /// No borders.
    #[default]
    Hidden,
    /// Borders; the page should say that they are illustrative.
    Shown,
}

/// A map that has been drawn.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Drawing {
    /// An `svg` element to stand in a page of HTML.
    pub svg: String,
    /// The width of its `viewBox`.
    pub width: u32,
    /// The height of its `viewBox`.
    pub height: u32,
}

/// Draws the map of a sheet; `None` of a sheet without stops.
pub fn draw(sheet: &Sheet) -> Option<Drawing> {
    sheet::draw(sheet)
}

impl Extent {
    fn class(self) -> &'static str {
        match self {
            Self::Point => "stop",
            Self::City => "stop city",
            Self::Region => "stop region",
            Self::Country => "stop country",
        }
    }
}

#[cfg(test)]
mod tests;
