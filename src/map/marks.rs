//! The marks of the stops: numbered stops and their points come in, marks that do not cover each other go out as SVG.
//!
//! A mark that had to move away keeps a thin line to a dot where its place is. Nothing here projects.

use std::collections::BTreeSet;
use std::fmt::Write;

use super::frame::Frame;
use super::plane::{Point, Window};
use super::{Extent, Stop};
use crate::svg::escaped;

/// How large marks are: the more stops, the smaller.
#[derive(Debug, Clone, Copy)]
struct Size(f64);

impl Size {
    fn for_stops(count: usize) -> Self {
        Self(match count {
            0..=15 => 25.0,
            16..=40 => 19.0,
            _ => 14.0,
        })
    }
}

/// How much of the Earth a stop's mark means, in Earth radii: a region is drawn as if it were 300 km wide, a country 800 km.
pub(super) fn reach(extent: Extent) -> f64 {
    match extent {
        Extent::Point | Extent::City => 0.0,
        Extent::Region => 150.0 / 6371.0,
        Extent::Country => 400.0 / 6371.0,
    }
}

/// Where the marks stand: apart from each other, inside the window, and as near to their places as that allows.
fn apart(homes: &[Point], size: Size, window: Window) -> Vec<Point> {
    const TRIES: usize = 200;
    let least = 2.0 * size.0 + 4.0;
    let inner = window.grown(-size.0 - 4.0);
    let mut marks = homes.to_vec();
    for _ in 0..TRIES {
        let mut moved = false;
        for second in 1..marks.len() {
            for first in 0..second {
                moved |= part(&mut marks, first, second, least);
            }
        }
        for mark in &mut marks {
            mark.x = mark.x.clamp(inner.left, inner.right);
            mark.y = mark.y.clamp(inner.low, inner.high);
        }
        if !moved {
            break;
        }
    }
    marks
}

/// More stops than this are dots without numbers.
pub(super) const CROWD: usize = 100;

/// Whether each mark says the name of its place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Names {
    Shown,
    Hidden,
}

/// What writes the marks of one map.
#[derive(Debug, Clone, Copy)]
pub(super) struct Pen {
    size: Size,
    /// Units of the map to an Earth radius.
    scale: f64,
    /// The largest radius of a disc.
    largest: f64,
    window: Window,
}

impl Pen {
    /// The pen for so many stops.
    pub(super) fn new(frame: &Frame, count: usize) -> Self {
        let size = Size::for_stops(count);
        Self { size, scale: frame.scale, largest: frame.height / 4.0, window: frame.window() }
    }

    /// One group for each stop, discs below points.
    pub(super) fn draw(self, stops: &[Stop], homes: &[Point], names: Names) -> String {
        let marks = apart(homes, self.size, self.window);
        let mut order: Vec<_> = (0..stops.len()).collect();
        order.sort_by(|&a, &b| reach(stops[b].extent).total_cmp(&reach(stops[a].extent)));
        let mut svg =
            format!(r#"<g class="stops" font-size="{}" text-anchor="middle">"#, (self.size.0 * 1.15).round());
        for i in order {
            self.mark(&mut svg, (&stops[i], names), homes[i], marks[i]);
        }
        svg.push_str("</g>");
        svg
    }

    fn mark(self, svg: &mut String, (stop, names): (&Stop, Names), home: Point, mark: Point) {
        let (class, anchor) = (stop.extent.class(), escaped(&stop.anchor));
        let _ = write!(svg, r#"<g class="{class}" data-place="{anchor}">"#);
        if names == Names::Shown {
            let _ = write!(svg, "<title>{}</title>", escaped(&stop.label));
        }
        let (x, y, radius) = (mark.x.round(), mark.y.round(), self.size.0);
        let reach = reach(stop.extent);
        if reach > 0.0 {
            let disc = (reach * self.scale).clamp(2.0 * radius, self.largest).round();
            let _ = write!(
                svg,
                r#"<circle class="area" cx="{}" cy="{}" r="{disc}"/>"#,
                home.x.round(),
                home.y.round()
            );
        } else {
            if home.distance(mark) > radius / 2.0 {
                leader(svg, home, mark);
            }
            let _ = write!(svg, r#"<circle class="mark" cx="{x}" cy="{y}" r="{radius}"/>"#);
        }
        let _ = write!(svg, r#"<text x="{x}" y="{}">{}</text></g>"#, y + (radius * 0.4).round(), stop.number);
    }
}

/// Stops too many for numbers: dots, as many of them as the bytes allow where they are close together.
pub(super) fn crowd(homes: &[Point], most: usize) -> String {
    let mut cell = 4.0;
    loop {
        let cells: BTreeSet<_> =
            homes.iter().map(|home| ((home.y / cell) as i64, (home.x / cell) as i64)).collect();
        let mut svg = String::from(r#"<path class="dots" fill="none" stroke-linecap="round" d=""#);
        for (row, column) in cells {
            let _ = write!(svg, "M{} {}h0", (column as f64 + 0.5) * cell, (row as f64 + 0.5) * cell);
        }
        svg.push_str(r#""/>"#);
        if svg.len() <= most || cell > 100.0 {
            return svg;
        }
        cell *= 2.0;
    }
}

/// Pushes two marks apart, each by half of what is missing; says whether any was.
fn part(marks: &mut [Point], first: usize, second: usize, least: f64) -> bool {
    let (a, b) = (marks[first], marks[second]);
    let distance = a.distance(b);
    if distance >= least - 0.5 {
        return false;
    }
    let away = if distance > 0.01 {
        Point { x: (b.x - a.x) / distance, y: (b.y - a.y) / distance }
    } else {
        [Point { x: 0.8, y: 0.6 }, Point { x: -0.6, y: 0.8 }, Point { x: 1.0, y: 0.0 }][second % 3]
    };
    let half = (least - distance) / 2.0;
    marks[first] = Point { x: a.x - away.x * half, y: a.y - away.y * half };
    marks[second] = Point { x: b.x + away.x * half, y: b.y + away.y * half };
    true
}

fn leader(svg: &mut String, home: Point, mark: Point) {
    let (x, y) = (home.x.round(), home.y.round());
    let (across, down) = (mark.x.round() - x, mark.y.round() - y);
    let _ = write!(svg, r#"<path class="leader" fill="none" d="M{x} {y}l{across} {down}"/>"#);
    let _ = write!(svg, r#"<circle class="dot" cx="{x}" cy="{y}" r="5"/>"#);
}

#[cfg(test)]
mod tests {
    use super::{Point, Size, Window, apart};

    const WINDOW: Window = Window { left: 0.0, low: 0.0, right: 960.0, high: 600.0 };

    #[test]
    fn marks_that_would_cover_each_other_move_apart() {
        let homes = [(100.0, 100.0), (100.0, 100.0), (100.0, 100.0), (110.0, 100.0), (955.0, 2.0)];
        let homes = homes.map(|(x, y)| Point { x, y });
        let marks = apart(&homes, Size(22.0), WINDOW);
        for second in 1..marks.len() {
            assert!((0..second).all(|first| marks[first].distance(marks[second]) > 44.0), "{marks:?}");
        }
        assert!(marks.iter().all(|mark| WINDOW.grown(-22.0).holds(*mark)));
        assert!(marks[..4].iter().zip(homes).all(|(mark, home)| mark.distance(home) < 80.0), "{marks:?}");
    }

    #[test]
    fn marks_that_have_room_stay() {
        let homes = [(100.0, 100.0), (150.0, 100.0)].map(|(x, y)| Point { x, y });
        assert_eq!(apart(&homes, Size(22.0), WINDOW), homes);
    }
}
