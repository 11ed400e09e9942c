//! Lambert's azimuthal equal-area projection: the Earth from above any place, with no date line and no pole.
//!
//! Directions come in; points out of a disc of radius 2 go out, 1 being the Earth's radius and `y` growing to the north.
//! Nothing here chooses the place.

use super::outlines::{Vertex, is_land};
use super::plane::Point;
use super::position::{Direction, Position};

/// The radius of the disc that shows half the Earth.
pub(super) const HEMISPHERE: f64 = std::f64::consts::SQRT_2;

/// A view from above.
#[derive(Debug, Clone, Copy)]
pub(super) struct Azimuthal {
    east: Direction,
    north: Direction,
    up: Direction,
    land_beyond: bool,
}

impl Azimuthal {
    /// The view from above a place, the North Pole at the top; above a pole, Greenwich is at the bottom or the top.
    pub(super) fn above(up: Direction) -> Self {
        let pole = Direction([0.0, 0.0, 1.0]);
        let east = pole.across(up).unwrap_or(Direction([0.0, 1.0, 0.0]));
        let north = up.across(east).unwrap_or(pole);
        Self { east, north, up, land_beyond: antipode_is_land(up) }
    }

    /// The latitude of the place in the middle.
    pub(super) fn latitude(&self) -> f64 {
        Position::under(self.up).latitude()
    }

    pub(super) fn point(&self, direction: Direction) -> Point {
        let stretch = (2.0 / (1.0 + self.up.dot(direction)).max(1e-9)).sqrt();
        Point { x: self.east.dot(direction) * stretch, y: self.north.dot(direction) * stretch }
    }

    /// A coast inside a disc around the middle; what is farther out runs along the disc's rim.
    pub(super) fn coast(&self, ring: &[Vertex], rim: f64) -> Vec<Point> {
        let mut points = Vec::with_capacity(ring.len());
        let mut at_rim = None;
        for vertex in ring.iter().chain(ring.first()) {
            let point = self.point(vertex.direction);
            let distance = point.distance(Point { x: 0.0, y: 0.0 });
            if distance <= rim {
                points.push(point);
                at_rim = None;
                continue;
            }
            let edge = Point { x: point.x * rim / distance, y: point.y * rim / distance };
            arc(at_rim.unwrap_or(edge), edge, rim, &mut points);
            at_rim = Some(edge);
        }
        points
    }

    /// The whole disc as one more coast, if the place that is farthest away is on land: what the other rings surround
    /// as seen from here is sea then, and what they leave over is land.
    pub(super) fn far_shore(&self, rim: f64) -> Option<Vec<Point>> {
        self.land_beyond.then(|| circle(rim))
    }
}

fn antipode_is_land(Direction([x, y, z]): Direction) -> bool {
    let antipode = Position::under(Direction([-x, -y, -z]));
    is_land(antipode.longitude(), antipode.latitude())
}

fn circle(rim: f64) -> Vec<Point> {
    let quarters =
        [(rim, 0.0), (0.0, rim), (-rim, 0.0), (0.0, -rim), (rim, 0.0)].map(|(x, y)| Point { x, y });
    let mut points = Vec::new();
    for pair in quarters.windows(2) {
        arc(pair[0], pair[1], rim, &mut points);
    }
    points
}

/// Goes along the rim by the shorter way.
fn arc(from: Point, to: Point, rim: f64, points: &mut Vec<Point>) {
    if from.distance(to) < 0.1 * rim {
        points.push(to);
        return;
    }
    let (x, y) = (from.x + to.x, from.y + to.y);
    let length = (x * x + y * y).sqrt();
    let (x, y) = if length > 1e-6 * rim { (x / length, y / length) } else { (-from.y / rim, from.x / rim) };
    let middle = Point { x: x * rim, y: y * rim };
    arc(from, middle, rim, points);
    arc(middle, to, rim, points);
}

#[cfg(test)]
mod tests {
    use super::{Azimuthal, HEMISPHERE};
    use crate::map::outlines::coasts;
    use crate::map::plane::{Point, Window};
    use crate::map::position::Direction;

    fn above(longitude: f64, latitude: f64) -> Azimuthal {
        Azimuthal::above(Direction::towards(longitude, latitude))
    }

    #[test]
    fn north_is_up_and_half_the_earth_is_a_disc() {
        let view = above(130.0, 40.0);
        let north = view.point(Direction::towards(130.0, 60.0));
        assert!(north.x.abs() < 1e-9 && (north.y - 2.0 * 10_f64.to_radians().sin()).abs() < 1e-9);
        let side = view.point(Direction::towards(-140.0, 0.0));
        assert!((side.x - HEMISPHERE).abs() < 1e-9);
    }

    #[test]
    fn no_coast_leaves_the_rim() {
        let rim = Window { left: -1.4, low: -1.4, right: 1.4, high: 1.4 }.grown(1e-9);
        for view in [above(0.0, 90.0), above(-120.0, -40.0), above(180.0, 0.0)] {
            let points = coasts()
                .iter()
                .flat_map(|ring| view.coast(ring, 1.4))
                .chain(view.far_shore(1.4).into_iter().flatten());
            assert!(points.collect::<Vec<Point>>().iter().all(|point| rim.holds(*point)));
        }
    }

    #[test]
    fn the_far_side_is_land_or_sea() {
        assert!(above(0.0, 90.0).far_shore(1.9).is_some());
        assert!(above(180.0, 0.0).far_shore(1.9).is_none());
        assert!(above(0.0, -90.0).far_shore(1.9).is_none());
    }
}
