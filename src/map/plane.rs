//! Points on paper, and windows that rows of them are cut to.
//!
//! In come points in any unit, out go those inside. Nothing here knows of the Earth.

/// A point on paper.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Point {
    pub(super) x: f64,
    pub(super) y: f64,
}

impl Point {
    pub(super) fn distance(self, other: Self) -> f64 {
        let (x, y) = (self.x - other.x, self.y - other.y);
        (x * x + y * y).sqrt()
    }

    pub(super) fn towards(self, other: Self, share: f64) -> Self {
        Self { x: self.x + (other.x - self.x) * share, y: self.y + (other.y - self.y) * share }
    }
}

/// A rectangle on paper; `y` may grow either way.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Window {
    pub(super) left: f64,
    pub(super) low: f64,
    pub(super) right: f64,
    pub(super) high: f64,
}

impl Window {
    /// The smallest window around points; `None` around none.
    pub(super) fn around(points: impl IntoIterator<Item = Point>) -> Option<Self> {
        points.into_iter().fold(None, |window, Point { x, y }| {
            let Some(Self { left, low, right, high }) = window else {
                return Some(Self { left: x, low: y, right: x, high: y });
            };
            Some(Self { left: left.min(x), low: low.min(y), right: right.max(x), high: high.max(y) })
        })
    }

    pub(super) fn grown(self, by: f64) -> Self {
        Self { left: self.left - by, low: self.low - by, right: self.right + by, high: self.high + by }
    }

    pub(super) fn holds(self, point: Point) -> bool {
        (self.left..=self.right).contains(&point.x) && (self.low..=self.high).contains(&point.y)
    }

    pub(super) fn corners(self) -> [Point; 4] {
        let Self { left, low, right, high } = self;
        [(left, low), (right, low), (right, high), (left, high)].map(|(x, y)| Point { x, y })
    }
}

/// What is left of a ring inside a window (Sutherland and Hodgman: one side after the other).
pub(super) fn cut(ring: Vec<Point>, window: Window) -> Vec<Point> {
    match Window::around(ring.iter().copied()) {
        Some(all) if all.corners().iter().all(|corner| window.holds(*corner)) => return ring,
        Some(all) if all.right < window.left || all.left > window.right => return Vec::new(),
        Some(all) if all.high < window.low || all.low > window.high => return Vec::new(),
        _ => {}
    }
    let ring = cut_side(&ring, |point| point.x - window.left);
    let ring = cut_side(&ring, |point| window.right - point.x);
    let ring = cut_side(&ring, |point| point.y - window.low);
    cut_side(&ring, |point| window.high - point.y)
}

fn cut_side(ring: &[Point], inside: impl Fn(Point) -> f64) -> Vec<Point> {
    let mut kept = Vec::with_capacity(ring.len());
    let Some(mut from) = ring.last().copied() else { return kept };
    for &to in ring {
        let (start, end) = (inside(from), inside(to));
        if (start < 0.0) != (end < 0.0) {
            kept.push(from.towards(to, start / (start - end)));
        }
        if end >= 0.0 {
            kept.push(to);
        }
        from = to;
    }
    kept
}

/// The runs of a line that are inside a window, with the first point outside at either end.
pub(super) fn runs(line: &[Point], window: Window) -> Vec<Vec<Point>> {
    let mut runs = Vec::new();
    let mut run = Vec::new();
    for pair in line.windows(2) {
        if pair.iter().any(|point| window.holds(*point)) {
            if run.is_empty() {
                run.push(pair[0]);
            }
            run.push(pair[1]);
        } else if !run.is_empty() {
            runs.push(std::mem::take(&mut run));
        }
    }
    runs.push(run);
    runs.retain(|run| run.len() > 1);
    runs
}

#[cfg(test)]
mod tests {
    use super::{Point, Window, cut, runs};

    fn points<const N: usize>(points: [(f64, f64); N]) -> Vec<Point> {
        points.into_iter().map(|(x, y)| Point { x, y }).collect()
    }

    const WINDOW: Window = Window { left: 0.0, low: 0.0, right: 10.0, high: 10.0 };

    #[test]
    fn a_ring_is_cut_at_the_window() {
        let ring = points([(-5.0, 5.0), (5.0, 5.0), (5.0, 20.0), (-5.0, 20.0)]);
        assert_eq!(cut(ring, WINDOW), points([(0.0, 10.0), (0.0, 5.0), (5.0, 5.0), (5.0, 10.0)]));
        assert_eq!(cut(points([(20.0, 0.0), (30.0, 0.0), (30.0, 9.0)]), WINDOW), []);
        assert_eq!(cut(WINDOW.grown(3.0).corners().to_vec(), WINDOW).len(), 4);
    }

    #[test]
    fn a_line_is_cut_into_runs() {
        let line = points([(-9.0, 1.0), (1.0, 1.0), (12.0, 1.0), (14.0, 1.0), (14.0, 2.0), (5.0, 5.0)]);
        assert_eq!(runs(&line, WINDOW).iter().map(Vec::len).collect::<Vec<_>>(), [3, 2]);
    }
}
