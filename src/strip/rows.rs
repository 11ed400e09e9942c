//! Rows: marks come in, each with the row in which it covers no other goes out, counted from the axis up.
//!
//! Places are judged at the width of a telephone; on a wider screen the marks are only farther apart.

use std::collections::BTreeMap;

use super::scale::Scale;
use super::{Figure, Mark, Weight};

/// The most rows.
pub(super) const MOST_ROWS: usize = 4;
/// The width of a strip on a telephone, in pixels.
pub(super) const NARROW: f64 = 280.0;
/// The least width of a bar.
const LEAST: f64 = 2.0;
/// The length of what runs out to one side, and of two joined dots at the least.
const TAIL: f64 = 4.0;

/// A mark in its row.
#[derive(Debug, Clone, Copy)]
pub(super) struct Placed<'a> {
    pub mark: &'a Mark,
    pub from: f64,
    pub to: f64,
    pub row: usize,
}

/// All marks of a strip in their rows.
#[derive(Debug, Clone)]
pub(super) struct Rows<'a> {
    /// In order of time.
    pub marks: Vec<Placed<'a>>,
    /// How many rows there are.
    pub count: usize,
    /// How many marks cover others all the same.
    pub crowded: usize,
}

impl<'a> Rows<'a> {
    pub(super) fn of(marks: &'a [Mark], scale: &Scale<'_>) -> Self {
        let mut sorted: Vec<&Mark> = marks.iter().collect();
        sorted.sort_by_key(|mark| (mark.from, std::cmp::Reverse(mark.to)));
        let mut of_one_day: BTreeMap<(i64, i64), usize> = BTreeMap::new();
        for mark in sorted.iter().filter(|mark| mark.figure == Figure::Day) {
            *of_one_day.entry((mark.from, mark.to)).or_default() += 1;
        }
        let mut ends = [f64::NEG_INFINITY; MOST_ROWS];
        let mut rows = Self { marks: Vec::with_capacity(marks.len()), count: 0, crowded: 0 };
        for mark in sorted {
            let count = of_one_day.get(&(mark.from, mark.to)).copied().unwrap_or(1);
            let placed = rows.place(mark, scale, count, &mut ends);
            rows.count = rows.count.max(placed.row + 1);
            rows.marks.push(placed);
        }
        rows
    }

    /// In the lowest row with room. Dots of one day stand beside each other, as far as their day reaches.
    fn place(
        &mut self,
        mark: &'a Mark,
        scale: &Scale<'_>,
        of_one_day: usize,
        ends: &mut [f64; MOST_ROWS],
    ) -> Placed<'a> {
        let (mut from, mut to) = extent(mark, scale);
        let half = half_width(mark);
        let day = (scale.place(mark.from), scale.place(mark.to));
        if mark.figure == Figure::Day {
            let columns = of_one_day.div_ceil(MOST_ROWS) - 1;
            from = (from - columns as f64 * half).max(day.0 + half).min(from);
            to = from;
        }
        let free = ends.iter().position(|end| *end <= from - half);
        let earliest = (0..MOST_ROWS).min_by(|a, b| ends[*a].total_cmp(&ends[*b])).unwrap_or_default();
        let row = free.unwrap_or(earliest);
        if free.is_none() {
            let moved = ends[row] + half;
            if mark.figure == Figure::Day && moved + half <= day.1 {
                (from, to) = (moved, moved);
            } else {
                self.crowded += 1;
            }
        }
        ends[row] = ends[row].max(to + half);
        Placed { mark, from, to, row }
    }
}

/// Half of what a mark takes beyond its ends, in hundredths of a narrow strip.
fn half_width(mark: &Mark) -> f64 {
    let pixels = match (mark.weight, mark.figure) {
        (Weight::Key, _) => 7.5,
        (_, Figure::Day | Figure::EitherOr | Figure::Every) => 4.5,
        (_, Figure::Moment) => 3.5,
        // Boxes may share an edge, as the months of a year do.
        (_, Figure::Bar) => 0.0,
        _ => 2.0,
    };
    pixels / NARROW * 100.0
}

/// From where to where a mark is drawn.
fn extent(mark: &Mark, scale: &Scale<'_>) -> (f64, f64) {
    let (from, to) = (scale.place(mark.from), scale.place(mark.to));
    let middle = f64::midpoint(from, to);
    match mark.figure {
        Figure::Moment | Figure::Day => (middle, middle),
        Figure::Open => (from, 100.0),
        Figure::OpenStart => (0.0, to),
        Figure::UnknownEnd | Figure::After => (from, (from + TAIL).min(100.0)),
        Figure::UnknownStart | Figure::Before => ((to - TAIL).max(0.0), to),
        Figure::EitherOr | Figure::Every => widened(from, to, TAIL),
        Figure::Bar | Figure::Unspecified | Figure::Range | Figure::Approximate | Figure::Uncertain => {
            widened(from, to, LEAST)
        }
    }
}

/// At least so wide, and inside the strip.
fn widened(from: f64, to: f64, least: f64) -> (f64, f64) {
    if to - from >= least {
        return (from, to);
    }
    let from = (f64::midpoint(from, to) - least / 2.0).clamp(0.0, 100.0 - least);
    (from, from + least)
}
