//! Marks: each in its row comes in, its figure goes out as SVG. Shape says what kind of date it is; colour repeats it.

use super::pen::{Pen, Towards};
use super::rows::Placed;
use super::{Figure, Lead, Weight};
use crate::svg::escaped;

/// Whether marks say what they are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Titles {
    Shown,
    Hidden,
}

/// One mark: a link that a mouse finds, at the height of its row's middle.
pub(super) fn draw(pen: &mut Pen, (placed, lead): (&Placed<'_>, &Lead), y: f64, titles: Titles) {
    pen.raw(&format!(r#"<a href="{}" tabindex="-1">"#, escaped(&lead.href)));
    if titles == Titles::Shown {
        pen.title(&lead.title);
    }
    if placed.mark.weight == Weight::Key {
        key(pen, placed, y);
    } else {
        figure(pen, placed, y);
    }
    pen.raw("</a>");
}

/// A key moment's figure: in a double frame where it is a bar, with a dot in a ring on it elsewhere.
fn key(pen: &mut Pen, placed: &Placed<'_>, y: f64) {
    let (from, to) = (placed.from, placed.to);
    let middle = match placed.mark.figure {
        Figure::Bar | Figure::Unspecified | Figure::Uncertain | Figure::Approximate => {
            let half = half_height(placed);
            pen.bar("frame", (from, to), y - half, 2.0 * half);
            pen.bar("frame inner", (from, to), y - half, 2.0 * half);
            return figure(pen, placed, y);
        }
        Figure::Open | Figure::UnknownEnd | Figure::After => from,
        Figure::OpenStart | Figure::UnknownStart | Figure::Before => to,
        _ => f64::midpoint(from, to),
    };
    match placed.mark.figure {
        Figure::Day => {}
        Figure::Moment => pen.upright("tick", middle, (y - 8.5, y + 8.5)),
        _ => figure(pen, placed, y),
    }
    pen.dot("ring", middle, y, 6.0);
    pen.dot(if placed.mark.background { "key hollow" } else { "key" }, middle, y, 3.5);
}

fn figure(pen: &mut Pen, placed: &Placed<'_>, y: f64) {
    let (from, to) = (placed.from, placed.to);
    let ends = (from, to);
    if is_line(placed.mark.figure) {
        pen.bar("hit", ends, y - 5.0, 10.0);
    }
    match placed.mark.figure {
        Figure::Moment => {
            pen.upright("tick", from, (y - 4.5, y + 4.5));
            pen.dot(dot(placed), from, y, if placed.mark.weight == Weight::Minor { 1.75 } else { 2.5 });
        }
        Figure::Day => {
            pen.dot(dot(placed), from, y, if placed.mark.weight == Weight::Minor { 2.25 } else { 3.5 });
        }
        Figure::Bar => box_of(pen, placed, "bar", y),
        Figure::Unspecified => box_of(pen, placed, "bar dotted", y),
        Figure::Uncertain => box_of(pen, placed, "bar dashed", y),
        Figure::Approximate => soft(pen, ends, half_height(placed), y),
        Figure::Range => {
            pen.along("range", ends, y);
            caps(pen, &[from, to], y);
        }
        Figure::Open => line_to_arrow(pen, ends, (from, Towards::Future), y),
        Figure::OpenStart => line_to_arrow(pen, ends, (to, Towards::Past), y),
        Figure::After => short_arrow(pen, ends, (from, Towards::Future), y),
        Figure::Before => short_arrow(pen, ends, (to, Towards::Past), y),
        Figure::UnknownEnd => {
            pen.along("range dotted", ends, y);
            caps(pen, &[from], y);
        }
        Figure::UnknownStart => {
            pen.along("range dotted", ends, y);
            caps(pen, &[to], y);
        }
        Figure::EitherOr => joined(pen, ends, ("link dashed", "hollow"), y),
        Figure::Every => joined(pen, ends, ("link", dot(placed)), y),
    }
}

/// Whether a mouse would hardly hit it.
fn is_line(figure: Figure) -> bool {
    !matches!(
        figure,
        Figure::Moment
            | Figure::Day
            | Figure::Bar
            | Figure::Unspecified
            | Figure::Uncertain
            | Figure::Approximate
    )
}

fn dot(placed: &Placed<'_>) -> &'static str {
    if placed.mark.background { "hollow" } else { "dot" }
}

/// Bars of what comes before the story are thin.
fn half_height(placed: &Placed<'_>) -> f64 {
    if placed.mark.background { 2.0 } else { 3.5 }
}

/// A box; one that runs over an end of the axis is not closed there.
fn box_of(pen: &mut Pen, placed: &Placed<'_>, class: &str, y: f64) {
    let (half, ends) = (half_height(placed), (placed.from, placed.to));
    let (top, bottom) = (y - half, y + half);
    if ends.0 > 0.0 && ends.1 < 100.0 {
        return pen.bar(class, ends, top, 2.0 * half);
    }
    pen.bar("fill", ends, top, 2.0 * half);
    let edge = class.replacen("bar", "edge", 1);
    pen.along(&edge, ends, top);
    pen.along(&edge, ends, bottom);
    for end in [ends.0, ends.1].into_iter().filter(|end| *end > 0.0 && *end < 100.0) {
        pen.upright(&edge, end, (top, bottom));
    }
}

/// Two lines without ends, broken into dashes on both sides.
fn soft(pen: &mut Pen, (from, to): (f64, f64), half: f64, y: f64) {
    let inner = (from + (to - from) * 0.25, to - (to - from) * 0.25);
    pen.bar("fill", (from, to), y - half, 2.0 * half);
    for y in [y - half, y + half] {
        pen.along("edge dashed", (from, to), y);
        pen.along("edge", inner, y);
    }
}

/// The ends of a line, but where it runs over an end of the axis.
fn caps(pen: &mut Pen, places: &[f64], y: f64) {
    for place in places.iter().filter(|place| **place > 0.0 && **place < 100.0) {
        pen.upright("cap", *place, (y - 4.5, y + 4.5));
    }
}

fn line_to_arrow(pen: &mut Pen, ends: (f64, f64), (cap, towards): (f64, Towards), y: f64) {
    pen.along("range", ends, y);
    caps(pen, &[cap], y);
    pen.arrow(towards, if towards == Towards::Future { ends.1 } else { ends.0 }, y);
}

/// Once, on one side of the cap: a thin line, so that it is not read as lasting.
fn short_arrow(pen: &mut Pen, ends: (f64, f64), (cap, towards): (f64, Towards), y: f64) {
    pen.along("link", ends, y);
    caps(pen, &[cap], y);
    pen.arrow(towards, if towards == Towards::Future { ends.1 } else { ends.0 }, y);
}

fn joined(pen: &mut Pen, (from, to): (f64, f64), (link, dot): (&str, &str), y: f64) {
    pen.along(link, (from, to), y);
    pen.dot(dot, from, y, 3.0);
    pen.dot(dot, to, y, 3.0);
}
