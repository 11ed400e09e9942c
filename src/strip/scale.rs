//! The axis: marks and breaks come in, the place of every second along the strip goes out, in hundredths of its width.
//!
//! Between breaks time runs evenly; the stretches share the width by how much happens in them. Nothing here draws.

use super::{Break, Mark, Stretch};

/// The most breaks of an axis.
const MOST_BREAKS: usize = 6;
/// What is left free at both ends of the strip, for arrows and for marks that have a width.
const MARGIN: f64 = 4.0;
/// The width of a break.
const BREAK: f64 = 5.0;
/// What the stretches share alike, whatever happens in them.
const ALIKE: f64 = 0.3;
/// Dates that are so many times longer than all that happens closely together are cut off.
const MUCH_LONGER: i64 = 6;

/// The axis of one strip.
#[derive(Debug, Clone)]
pub(super) struct Scale<'a> {
    parts: Vec<Part>,
    /// One fewer than the parts.
    breaks: Vec<&'a Break>,
}

/// A stretch of time with its place along the strip.
#[derive(Debug, Clone, Copy)]
struct Part {
    from: f64,
    to: f64,
    left: f64,
    right: f64,
}

impl<'a> Scale<'a> {
    /// The axis of marks; `None` without any.
    pub(super) fn of(marks: &[Mark], breaks: &'a [Break]) -> Option<Self> {
        let mut sorted: Vec<&Mark> = marks.iter().collect();
        sorted.sort_by_key(|mark| (mark.from, mark.to));
        sorted.first()?;
        let (breaks, cuts) = chosen(&sorted, breaks);
        let mut groups: Vec<&[&Mark]> = Vec::new();
        let mut begun = 0;
        for end in cuts.into_iter().chain([sorted.len()]) {
            groups.push(&sorted[begun..end]);
            begun = end;
        }
        let limits = breaks.iter().map(|found| found.at).chain([i64::MAX]);
        let spans: Vec<Stretch> =
            groups.iter().zip(limits).map(|(group, limit)| span_of(group, limit)).collect();
        Some(Self { parts: placed(&padded(&spans), &groups), breaks })
    }

    /// The stretches of time, in order.
    pub(super) fn stretches(&self) -> impl Iterator<Item = Stretch> {
        self.parts.iter().map(|part| Stretch { from: part.from as i64, to: part.to as i64 })
    }

    /// Where the stretches stand.
    pub(super) fn places(&self) -> impl Iterator<Item = (f64, f64)> {
        self.parts.iter().map(|part| (part.left, part.right))
    }

    /// The breaks, each with the place of its middle.
    pub(super) fn breaks(&self) -> impl Iterator<Item = (f64, &'a Break)> {
        let middles = self.parts.windows(2).map(|pair| f64::midpoint(pair[0].right, pair[1].left));
        middles.zip(self.breaks.iter().copied())
    }

    /// Where a second stands: at an end of the strip where the axis does not reach so far.
    pub(super) fn place(&self, second: i64) -> f64 {
        let second = second as f64;
        let mut before: Option<&Part> = None;
        for part in &self.parts {
            if second < part.from {
                return before.map_or(0.0, |before| {
                    between(second, (before.to, part.from), (before.right, part.left))
                });
            }
            if second <= part.to {
                return between(second, (part.from, part.to), (part.left, part.right));
            }
            before = Some(part);
        }
        100.0
    }
}

/// The longest breaks that have marks on both sides, and how many of the marks stand before each.
fn chosen<'a>(sorted: &[&Mark], breaks: &'a [Break]) -> (Vec<&'a Break>, Vec<usize>) {
    let mut longest: Vec<&Break> = breaks.iter().collect();
    longest.sort_by_key(|found| (std::cmp::Reverse(found.length), found.at));
    longest.truncate(MOST_BREAKS);
    longest.sort_by_key(|found| found.at);
    let (mut kept, mut cuts) = (Vec::new(), Vec::new());
    for found in longest {
        let cut = sorted.partition_point(|mark| mark.from < found.at);
        if cut > cuts.last().copied().unwrap_or(0) && cut < sorted.len() {
            kept.push(found);
            cuts.push(cut);
        }
    }
    (kept, cuts)
}

/// From the first to the last second of what stands before `limit`.
///
/// What crosses the limit counts by its beginning. A year around a few days does not squeeze the days: the axis is
/// theirs, and the year runs over its ends.
fn span_of(group: &[&Mark], limit: i64) -> Stretch {
    let spans: Vec<Stretch> = group
        .iter()
        .map(|mark| Stretch { from: mark.from, to: if mark.to < limit { mark.to } else { mark.from } })
        .collect();
    let whole = around(&spans);
    let mut lengths: Vec<i64> = spans.iter().map(length).collect();
    lengths.sort_unstable();
    let median = lengths[(lengths.len() - 1) / 2];
    let (short, long): (Vec<Stretch>, Vec<Stretch>) = spans.iter().partition(|span| length(span) <= median);
    let core = around(&short);
    if short.len() < 3 || length(&core).saturating_mul(MUCH_LONGER) >= length(&whole) {
        return whole;
    }
    let reach = length(&core);
    let near = (core.from.saturating_sub(reach), core.to.saturating_add(reach));
    long.iter().fold(core, |axis, span| {
        // The end that is nearer to the others, where it does not touch them, must be on the axis.
        let from = if span.from > core.to || span.from >= near.0 { span.from } else { axis.from };
        let to = if span.to < core.from || span.to <= near.1 { span.to } else { axis.to };
        let (first, last) = (from.min(to), from.max(to));
        Stretch { from: axis.from.min(first), to: axis.to.max(last) }
    })
}

fn length(span: &Stretch) -> i64 {
    span.to.saturating_sub(span.from)
}

fn around(spans: &[Stretch]) -> Stretch {
    let from = spans.iter().map(|span| span.from).min().unwrap_or_default();
    Stretch { from, to: spans.iter().map(|span| span.to).max().unwrap_or(from).max(from) }
}

/// The spans with some time on both sides, but never more than a third of the gap to the next.
fn padded(spans: &[Stretch]) -> Vec<(f64, f64)> {
    let gap = |at: usize| match (at.checked_sub(1).map(|before| &spans[before]), spans.get(at)) {
        (Some(before), Some(after)) => (after.from as f64 - before.to as f64) / 3.0,
        _ => f64::INFINITY,
    };
    let pad = |(at, span): (usize, &Stretch)| {
        let (from, to) = (span.from as f64, span.to as f64);
        let wanted = if to > from { (to - from) * 0.05 } else { 1800.0 };
        (from - wanted.min(gap(at)), to + wanted.min(gap(at + 1)))
    };
    spans.iter().enumerate().map(pad).collect()
}

fn placed(spans: &[(f64, f64)], groups: &[&[&Mark]]) -> Vec<Part> {
    let all: usize = groups.iter().map(|group| group.len()).sum();
    let count = groups.len() as f64;
    let width = 100.0 - 2.0 * MARGIN - BREAK * (count - 1.0);
    let mut left = MARGIN;
    let mut parts = Vec::new();
    for (&(from, to), group) in spans.iter().zip(groups) {
        let share = ALIKE / count + (1.0 - ALIKE) * group.len() as f64 / all as f64;
        let right = left + width * share;
        parts.push(Part { from, to, left, right });
        left = right + BREAK;
    }
    parts
}

fn between(value: f64, (from, to): (f64, f64), (left, right): (f64, f64)) -> f64 {
    if to > from { (left + (value - from) / (to - from) * (right - left)).clamp(left, right) } else { left }
}
