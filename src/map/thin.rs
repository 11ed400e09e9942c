//! Lines made simpler: points that nobody would miss at a size of paper are dropped.
//!
//! In come rows of points, out go shorter ones (Douglas and Peucker's way). No point is moved.

use super::plane::Point;

/// The same line with fewer points: no point that was dropped is farther from it than `tolerance`.
pub(super) fn thin(line: &[Point], tolerance: f64) -> Vec<Point> {
    let Some((&first, &last)) = line.first().zip(line.last()) else { return Vec::new() };
    let mut kept = vec![first];
    thin_between(line, tolerance, &mut kept);
    if line.len() > 1 {
        kept.push(last);
    }
    kept
}

/// The same ring with fewer points; nothing if it is too small to be seen at this tolerance.
pub(super) fn thin_ring(ring: &[Point], tolerance: f64) -> Vec<Point> {
    let Some(&first) = ring.first() else { return Vec::new() };
    let far = (0..ring.len())
        .fold(0, |far, i| if ring[i].distance(first) > ring[far].distance(first) { i } else { far });
    let back: Vec<_> = ring[far..].iter().copied().chain([first]).collect();
    let mut thinned = thin(&ring[..=far], tolerance);
    thinned.extend(thin(&back, tolerance).into_iter().skip(1));
    thinned.pop();
    if thinned.len() < 3 || area(&thinned) < 4.0 * tolerance * tolerance { Vec::new() } else { thinned }
}

/// Douglas and Peucker: keep the point that is farthest from the straight way, then look at both halves.
fn thin_between(line: &[Point], tolerance: f64, kept: &mut Vec<Point>) {
    let [first, between @ .., last] = line else { return };
    let (mut far, mut most) = (0, tolerance);
    for (i, point) in between.iter().enumerate() {
        let distance = off(*point, *first, *last);
        if distance > most {
            (far, most) = (i + 1, distance);
        }
    }
    if far > 0 {
        thin_between(&line[..=far], tolerance, kept);
        kept.push(line[far]);
        thin_between(&line[far..], tolerance, kept);
    }
}

/// How far a point is from the stretch between two others.
fn off(point: Point, from: Point, to: Point) -> f64 {
    let (x, y) = (to.x - from.x, to.y - from.y);
    let square = x * x + y * y;
    let along = if square > 0.0 { ((point.x - from.x) * x + (point.y - from.y) * y) / square } else { 0.0 };
    point.distance(from.towards(to, along.clamp(0.0, 1.0)))
}

fn area(ring: &[Point]) -> f64 {
    let next = ring.iter().cycle().skip(1);
    ring.iter().zip(next).map(|(a, b)| a.x * b.y - b.x * a.y).sum::<f64>().abs() / 2.0
}

#[cfg(test)]
mod tests {
    use super::{thin, thin_ring};
    use crate::map::plane::{Point, Window};

    #[test]
    fn what_cannot_be_seen_is_dropped() {
        let line = [(0.0, 0.0), (5.0, 0.2), (10.0, 0.0), (10.0, 8.0)].map(|(x, y)| Point { x, y });
        assert_eq!(thin(&line, 0.5).len(), 3);
        assert_eq!(thin(&line, 0.1).len(), 4);
    }

    #[test]
    fn small_islands_are_dropped() {
        let square = |side: f64| Window { left: 0.0, low: 0.0, right: side, high: side }.corners();
        assert_eq!(thin_ring(&square(0.4), 0.5), []);
        assert_eq!(thin_ring(&square(10.0), 0.5).len(), 4);
    }
}
