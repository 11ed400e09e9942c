//! The pen: places along the strip and heights in pixels come in, SVG elements go out, mirrored where time runs leftwards.

use std::fmt::Write;

use super::Direction;
use crate::svg::escaped;

/// Writes the elements of one strip.
#[derive(Debug, Clone)]
pub(super) struct Pen {
    pub svg: String,
    direction: Direction,
}

/// Where a text stands at its place, in the direction of reading.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Anchor {
    Start,
    Middle,
    End,
}

/// Which way an arrow points.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Towards {
    Past,
    Future,
}

impl Pen {
    pub(super) fn new(direction: Direction) -> Self {
        Self { svg: String::new(), direction }
    }

    /// SVG as it is.
    pub(super) fn raw(&mut self, svg: &str) {
        self.svg.push_str(svg);
    }

    /// Text that is shown when a mouse rests on what it stands in.
    pub(super) fn title(&mut self, text: &str) {
        let _ = write!(self.svg, "<title>{}</title>", escaped(text));
    }

    pub(super) fn dot(&mut self, class: &str, place: f64, y: f64, radius: f64) {
        let x = self.across(place);
        let _ = write!(self.svg, r#"<circle class="{class}" cx="{x}%" cy="{y}" r="{radius}"/>"#);
    }

    pub(super) fn bar(&mut self, class: &str, (from, to): (f64, f64), y: f64, height: f64) {
        let (x, width) = (self.across(from).min(self.across(to)), rounded(to) - rounded(from));
        let _ = write!(
            self.svg,
            r#"<rect class="{class}" x="{x}%" y="{y}" width="{}%" height="{height}"/>"#,
            rounded(width)
        );
    }

    /// A line along the strip.
    pub(super) fn along(&mut self, class: &str, (from, to): (f64, f64), y: f64) {
        let (one, other) = (self.across(from), self.across(to));
        let _ = write!(self.svg, r#"<line class="{class}" x1="{one}%" y1="{y}" x2="{other}%" y2="{y}"/>"#);
    }

    /// A line across the strip.
    pub(super) fn upright(&mut self, class: &str, place: f64, (top, bottom): (f64, f64)) {
        let x = self.across(place);
        let _ = write!(self.svg, r#"<line class="{class}" x1="{x}%" y1="{top}" x2="{x}%" y2="{bottom}"/>"#);
    }

    pub(super) fn arrow(&mut self, towards: Towards, place: f64, y: f64) {
        let right = (towards == Towards::Future) == (self.direction == Direction::LeftToRight);
        let (name, x) = (if right { "right" } else { "left" }, self.across(place));
        let _ = write!(self.svg, r##"<use class="arrow" href="#strip:{name}" x="{x}%" y="{y}"/>"##);
    }

    pub(super) fn zigzag(&mut self, place: f64) {
        let x = self.across(place);
        let _ = write!(self.svg, r##"<use class="zigzag" href="#strip:zigzag" x="{x}%"/>"##);
    }

    pub(super) fn text(&mut self, class: &str, anchor: Anchor, (place, y): (f64, f64), text: &str) {
        let anchor = match anchor {
            Anchor::Start => "",
            Anchor::Middle => r#" text-anchor="middle""#,
            Anchor::End => r#" text-anchor="end""#,
        };
        let (x, text) = (self.across(place), escaped(text));
        let _ = write!(self.svg, r#"<text class="{class}"{anchor} x="{x}%" y="{y}">{text}</text>"#);
    }

    fn across(&self, place: f64) -> f64 {
        match self.direction {
            Direction::LeftToRight => rounded(place),
            Direction::RightToLeft => rounded(100.0 - rounded(place)),
        }
    }
}

/// To hundredths, without a negative zero.
fn rounded(place: f64) -> f64 {
    (place * 100.0).round() / 100.0 + 0.0
}
