//! A strip's layers: a sheet comes in, a drawing goes out, as rich as 20,000 bytes allow.

use std::fmt::Write;

use super::density::{self, Leading};
use super::labels;
use super::marks::{self, Titles};
use super::pen::Pen;
use super::rows::{NARROW, Placed, Rows};
use super::scale::Scale;
use super::{Direction, Drawing, Sheet, Weight};

/// The most bytes that a strip may have.
const MOST: usize = 20_000;
/// The width of a strip on a wide screen, in pixels; the stylesheet changes to its words there.
const WIDE: f64 = 600.0;
/// The height of a row.
const ROW: f64 = 11.0;
/// The height of the highest column.
const COLUMN: f64 = 30.0;
/// More marks than this cannot have room each, whatever they are.
const CROWD: usize = 400;
/// More key moments than this are not told apart from the columns.
const MOST_KEYS: usize = 12;

/// How rich a strip is.
#[derive(Debug, Clone, Copy)]
enum Step {
    Marks(Titles),
    Columns(usize, Leading),
    Bare,
}

/// From the richest to the one that always fits.
const STEPS: [Step; 11] = [
    Step::Marks(Titles::Shown),
    Step::Marks(Titles::Hidden),
    Step::Columns(70, Leading::ToTheFirst),
    Step::Columns(50, Leading::ToTheFirst),
    Step::Columns(35, Leading::ToTheFirst),
    Step::Columns(20, Leading::ToTheFirst),
    Step::Columns(10, Leading::ToTheFirst),
    Step::Columns(5, Leading::ToTheFirst),
    Step::Columns(1, Leading::ToTheFirst),
    Step::Columns(70, Leading::Nowhere),
    Step::Bare,
];

pub(super) fn draw(sheet: &Sheet<'_>) -> Option<Drawing> {
    let scale = Scale::of(&sheet.marks, &sheet.breaks)?;
    let rows = (sheet.marks.len() <= CROWD).then(|| Rows::of(&sheet.marks, &scale));
    let rows = rows.filter(|rows| rows.crowded <= rows.marks.len() / 8);
    let mut drawn = STEPS.iter().filter_map(|step| match (step, &rows) {
        (Step::Marks(titles), Some(rows)) => Some(with_marks(sheet, &scale, rows, *titles)),
        (Step::Marks(_), None) => None,
        (Step::Columns(many, leading), _) => Some(with_columns(sheet, &scale, *many, *leading)),
        (Step::Bare, _) => Some(bare(sheet, &scale)),
    });
    drawn.find(|svg| svg.len() <= MOST).map(|svg| Drawing { svg })
}

/// Heights of the layers, from the top.
#[derive(Debug, Clone, Copy)]
struct Heights {
    /// Where marks begin, below the words of the gaps.
    top: f64,
    axis: f64,
}

impl Heights {
    fn of(scale: &Scale<'_>, marks: f64) -> Self {
        let top = if scale.breaks().next().is_some() { 17.0 } else { 2.0 };
        Self { top, axis: top + marks + 3.0 }
    }

    /// The middle of a row.
    fn row(self, row: usize) -> f64 {
        self.axis - 9.0 - row as f64 * ROW
    }
}

fn with_marks(sheet: &Sheet<'_>, scale: &Scale<'_>, rows: &Rows<'_>, titles: Titles) -> String {
    let heights = Heights::of(scale, rows.count as f64 * ROW + 2.0);
    let mut pen = begun(sheet, scale, heights);
    words(&mut pen, sheet, scale, heights);
    // What is long lies under what is short.
    let mut order: Vec<&Placed<'_>> = rows.marks.iter().collect();
    order.sort_by(|one, other| (other.to - other.from).total_cmp(&(one.to - one.from)));
    for placed in order {
        marks::draw(&mut pen, (placed, &(sheet.lead)(placed.mark)), heights.row(placed.row), titles);
    }
    ended(pen)
}

fn with_columns(sheet: &Sheet<'_>, scale: &Scale<'_>, many: usize, leading: Leading) -> String {
    let keys: Vec<_> =
        sheet.marks.iter().filter(|mark| mark.weight == Weight::Key).take(MOST_KEYS + 1).copied().collect();
    let shown = leading == Leading::ToTheFirst && (1..=MOST_KEYS).contains(&keys.len());
    let above = if shown { Rows::of(&keys, scale).marks } else { Vec::new() };
    let room = if above.is_empty() { 0.0 } else { 2.0 * ROW };
    let heights = Heights::of(scale, COLUMN + room);
    let mut pen = begun(sheet, scale, heights);
    words(&mut pen, sheet, scale, heights);
    density::draw(&mut pen, (sheet, scale), (many, leading), (heights.axis - 1.0, COLUMN));
    for placed in above {
        let y = heights.top + 7.0 + (1 - placed.row % 2) as f64 * ROW;
        marks::draw(&mut pen, (&placed, &(sheet.lead)(placed.mark)), y, Titles::Shown);
    }
    ended(pen)
}

/// Columns without anything that an author has written.
fn bare(sheet: &Sheet<'_>, scale: &Scale<'_>) -> String {
    let heights = Heights::of(scale, COLUMN);
    let mut pen = begun(sheet, scale, heights);
    for (place, _) in scale.breaks() {
        pen.zigzag(place);
    }
    density::draw(&mut pen, (sheet, scale), (70, Leading::Nowhere), (heights.axis - 1.0, COLUMN));
    ended(pen)
}

/// The beginning of the picture: its shapes, and the axis.
fn begun(sheet: &Sheet<'_>, scale: &Scale<'_>, heights: Heights) -> Pen {
    let mut pen = Pen::new(sheet.direction);
    let direction = match sheet.direction {
        Direction::LeftToRight => "ltr",
        Direction::RightToLeft => "rtl",
    };
    let (height, axis) = (heights.axis + 19.0, heights.axis);
    let _ = write!(
        pen.svg,
        r#"<svg class="strip" width="100%" height="{height}" direction="{direction}" aria-hidden="true">"#
    );
    let _ = write!(
        pen.svg,
        r#"<defs><path id="strip:left" d="M5 -4L0 0l5 4z"/><path id="strip:right" d="M-5 -4L0 0l-5 4z"/>{}</defs>"#,
        zigzag(heights)
    );
    for place in scale.places() {
        pen.along("axis", place, axis);
    }
    pen
}

/// A line that runs to and fro, from the words of its gap to below the axis.
fn zigzag(heights: Heights) -> String {
    let mut path = format!(r#"<path id="strip:zigzag" d="M0 {}"#, heights.top);
    let (mut y, mut x) = (heights.top, 4.0);
    while y + 4.0 < heights.axis + 4.0 {
        y += 4.0;
        let _ = write!(path, "L{x} {y}");
        x = -x;
    }
    path.push_str(r#""/>"#);
    path
}

/// The breaks, and the words for both widths.
fn words(pen: &mut Pen, sheet: &Sheet<'_>, scale: &Scale<'_>, heights: Heights) {
    for (place, found) in scale.breaks() {
        pen.raw("<g>");
        pen.title(&found.words);
        pen.zigzag(place);
        pen.raw("</g>");
    }
    for (class, width) in [("narrow", NARROW), ("wide", WIDE)] {
        let _ = write!(pen.svg, r#"<g class="{class}">"#);
        labels::gaps(pen, scale, width, 11.0);
        labels::ticks(pen, &sheet.labels, scale, width, heights.axis + 14.0);
        pen.raw("</g>");
    }
}

fn ended(mut pen: Pen) -> String {
    pen.raw("</svg>");
    pen.svg
}
