//! The Equal Earth projection: the whole Earth on one sheet, cut along the meridian opposite to the one in its middle.
//!
//! Degrees come in; points go out, 1 being about the Earth's radius and `y` growing to the north. Nothing here chooses
//! the meridian.
//!
//! Bojan Šavrič, Tom Patterson, Bernhard Jenny, «The Equal Earth map projection», 2018.

use super::outlines::{Vertex, short};
use super::plane::{Point, Window, cut};
use super::position::{angle_of, sine_and_cosine};

/// The world with a meridian in the middle.
#[derive(Debug, Clone, Copy)]
pub(super) struct EqualEarth {
    pub(super) meridian: f64,
}

impl EqualEarth {
    /// Where a place is.
    pub(super) fn point(self, longitude: f64, latitude: f64) -> Point {
        place(short(longitude - self.meridian), latitude)
    }

    /// A coast, in as many pieces as the sheet's edges cut it into.
    pub(super) fn coast(self, ring: &[Vertex]) -> Vec<Vec<Point>> {
        let flat = flat(ring);
        let Some(reach) = Window::around(flat.iter().copied()) else { return Vec::new() };
        let first = ((-180.0 - (reach.right - self.meridian)) / 360.0).ceil() as i32;
        let last = ((180.0 - (reach.left - self.meridian)) / 360.0).floor() as i32;
        (first..=last).map(|turns| self.piece(&flat, f64::from(turns) * 360.0 - self.meridian)).collect()
    }

    /// A line, parted where it leaves the sheet on one side to come back on the other.
    pub(super) fn line(self, vertices: impl IntoIterator<Item = (f64, f64)>) -> Vec<Vec<Point>> {
        let mut lines = vec![Vec::new()];
        let mut before = None;
        for (longitude, latitude) in vertices {
            let longitude = short(longitude - self.meridian);
            if before.is_some_and(|before: f64| (before - longitude).abs() > 180.0) {
                lines.push(Vec::new());
            }
            before = Some(longitude);
            lines.last_mut().expect("there is always a line").push(place(longitude, latitude));
        }
        lines
    }

    /// The sheet's edge.
    pub(super) fn edge(self) -> Vec<Point> {
        let sheet = Window { left: -180.0, low: -90.0, right: 180.0, high: 90.0 };
        bent(&sheet.corners())
    }

    fn piece(self, flat: &[Point], shift: f64) -> Vec<Point> {
        let moved = flat.iter().map(|point| Point { x: point.x + shift, y: point.y }).collect();
        bent(&cut(moved, Window { left: -180.0, low: -90.0, right: 180.0, high: 90.0 }))
    }
}

/// A ring with degrees for `x` and `y`, no finer than is seen on a map of the world; one that goes round the South Pole
/// is led down to it and back.
fn flat(ring: &[Vertex]) -> Vec<Point> {
    const FINE: f64 = 0.15;
    let mut points: Vec<Point> = Vec::new();
    for vertex in ring {
        let point = Point { x: vertex.longitude, y: vertex.latitude };
        if points.last().is_none_or(|last| last.distance(point) > FINE) {
            points.push(point);
        }
    }
    if let (Some(&first), Some(&last)) = (points.first(), points.last())
        && (last.x - first.x).abs() > 180.0
    {
        let end = last.x + short(first.x - last.x);
        points.extend([
            Point { x: end, y: first.y },
            Point { x: end, y: -90.0 },
            Point { x: first.x, y: -90.0 },
        ]);
    }
    points
}

/// A ring of degrees on the sheet, with points added where a long straight edge becomes a curve.
fn bent(ring: &[Point]) -> Vec<Point> {
    const STEP: f64 = 3.0;
    let mut points = Vec::with_capacity(ring.len());
    let Some(mut from) = ring.last().copied() else { return points };
    for &to in ring {
        let parts = ((to.y - from.y).abs() / STEP).ceil().max(1.0);
        let shares = (1..=parts as u32).map(|part| from.towards(to, f64::from(part) / parts));
        points.extend(shares.map(|point| place(point.x, point.y)));
        from = to;
    }
    points
}

/// The projection itself.
fn place(longitude: f64, latitude: f64) -> Point {
    const A: [f64; 4] = [1.340_264, -0.081_106, 0.000_893, 0.003_796];
    let shrink = 0.75_f64.sqrt();
    let angle = angle_of(shrink * sine_and_cosine(latitude.to_radians()).0);
    let square = angle * angle;
    let sixth = square * square * square;
    let slope = A[0] + 3.0 * A[1] * square + sixth * (7.0 * A[2] + 9.0 * A[3] * square);
    Point {
        x: longitude.to_radians() * sine_and_cosine(angle).1 / (shrink * slope),
        y: angle * (A[0] + A[1] * square + sixth * (A[2] + A[3] * square)),
    }
}

#[cfg(test)]
mod tests {
    use super::{EqualEarth, place};
    use crate::map::outlines::coasts;
    use crate::map::plane::Window;

    #[test]
    fn places_are_where_the_authors_put_them() {
        let (corner, pole) = (place(180.0, 0.0), place(0.0, 90.0));
        assert!(
            (corner.x - 2.706_63).abs() < 1e-5 && (pole.y - 1.317_36).abs() < 1e-5,
            "{corner:?} {pole:?}"
        );
        assert!((place(180.0, 90.0).x / corner.x - 0.59).abs() < 0.01);
    }

    #[test]
    fn every_meridian_can_be_in_the_middle() {
        for meridian in [0.0, -147.0, 180.0, 30.0] {
            let world = EqualEarth { meridian };
            let sheet = Window::around(world.edge()).unwrap().grown(1e-9);
            let pieces: Vec<_> = coasts().iter().flat_map(|ring| world.coast(ring)).collect();
            assert!(pieces.iter().flatten().all(|point| sheet.holds(*point)));
            assert!(world.point(meridian, 10.0).x.abs() < 1e-9);
        }
    }

    #[test]
    fn a_line_is_parted_at_the_edge() {
        let lines = EqualEarth { meridian: 0.0 }.line([(170.0, 0.0), (178.0, 0.0), (-175.0, 0.0)]);
        assert_eq!(lines.iter().map(Vec::len).collect::<Vec<_>>(), [2, 1]);
    }
}
