//! The `d` of an SVG path: rows of points come in, text as short as they allow goes out.
//!
//! Steps are rounded from the start, so that errors do not add up. No point is dropped but one that repeats another.

use std::fmt::Write;

use super::plane::Point;

/// Whether an SVG path comes back to where it began.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Ends {
    Open,
    Joined,
}

/// How fine the numbers of an SVG path are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Grain {
    /// Whole numbers: what is rough anyway.
    Whole,
    /// Tenths: curves that would show corners.
    Tenths,
}

/// The text of an SVG path: each step from the point before it.
pub(super) fn path(lines: &[Vec<Point>], ends: Ends, grain: Grain) -> String {
    let mut text = String::new();
    let mut pen = (0, 0);
    for line in lines {
        let mut points: Vec<_> =
            line.iter().map(|point| (grain.count(point.x), grain.count(point.y))).collect();
        points.dedup();
        let fewest = if ends == Ends::Joined { 3 } else { 2 };
        if points.len() < fewest {
            continue;
        }
        let begin = points[0];
        for (i, point) in points.into_iter().enumerate() {
            text.push_str(["m", "l", ""][i.min(2)]);
            number(&mut text, point.0 - pen.0, grain);
            number(&mut text, point.1 - pen.1, grain);
            pen = point;
        }
        if ends == Ends::Joined {
            text.push('z');
            pen = begin;
        }
    }
    text
}

impl Grain {
    fn count(self, value: f64) -> i64 {
        match self {
            Self::Whole => value.round() as i64,
            Self::Tenths => (value * 10.0).round() as i64,
        }
    }
}

/// One number, parted from the one before it by a space where it has no minus sign.
fn number(text: &mut String, count: i64, grain: Grain) {
    if count >= 0 && text.ends_with(|last: char| last.is_ascii_digit()) {
        text.push(' ');
    }
    let _ = match grain {
        Grain::Tenths if count % 10 != 0 => write!(text, "{}", count as f64 / 10.0),
        Grain::Tenths => write!(text, "{}", count / 10),
        Grain::Whole => write!(text, "{count}"),
    };
}

#[cfg(test)]
mod tests {
    use super::{Ends, Grain, path};
    use crate::map::plane::Point;

    #[test]
    fn a_path_has_steps() {
        let line = [(10.0, 20.0), (13.2, 16.0), (9.0, 16.0)].map(|(x, y)| Point { x, y }).to_vec();
        let speck = [(1.0, 1.0), (1.2, 1.1)].map(|(x, y)| Point { x, y }).to_vec();
        assert_eq!(path(&[line.clone(), speck], Ends::Joined, Grain::Whole), "m10 20l3-4-4 0z");
        assert_eq!(
            path(&[line.clone(), line.clone()], Ends::Open, Grain::Whole),
            "m10 20l3-4-4 0m1 4l3-4-4 0"
        );
        assert_eq!(path(&[line], Ends::Open, Grain::Tenths), "m10 20l3.2-4-4.2 0");
    }
}
