//! The picture that stands for a page where it is shared: words come in, a PNG of 1200 × 630 goes out.
//!
//! Text is shaped and filled with fonts of our own, without a look at the machine's, and written with a palette of few
//! colours: the same words give the same bytes. Nothing here knows a page, an article or a path.

mod canvas;
mod fonts;
mod layout;
#[cfg(test)]
mod tests;

pub use fonts::{missing_letter, without_signs};

/// The width in pixels.
pub const WIDTH: u32 = 1200;

/// The height in pixels.
pub const HEIGHT: u32 = 630;

/// The way in which cards are drawn. It stands in their digests: another layout, font or palette is a new number.
pub const RECIPE: u32 = 1;

/// What a card says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Card {
    /// The headline, cut with an ellipsis where it is too long.
    pub title: String,
    /// What it belongs to, above the headline.
    pub above: Option<String>,
    /// When it happened, in words.
    pub date: Option<String>,
    /// Where it happened.
    pub place: Option<String>,
    /// The name of the site, at the foot.
    pub site: String,
    /// From which side it is read.
    pub direction: Direction,
    /// The colour of its edge: red, green, blue.
    pub accent: [u8; 3],
}

/// From which side a text is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Direction {
    /// As Latin letters are.
    LeftToRight,
    /// As Arabic letters are.
    RightToLeft,
}

/// Draws a card as a PNG.
#[must_use]
pub fn draw(card: &Card) -> Vec<u8> {
    let mut canvas = canvas::Canvas::new(card.accent);
    canvas.edge(card.direction);
    layout::lines(card).iter().for_each(|line| canvas.line(line));
    canvas.png()
}
