//! Where on the Earth something is: degrees come in, a direction from the Earth's middle goes out.
//!
//! Sines are worked out here rather than by the machine's library, whose last digit differs from system to system:
//! a map has the same bytes everywhere. Nothing here knows of paper.

use std::f64::consts::{FRAC_PI_2, PI};

/// A place by its degrees, east and north of Greenwich and the equator.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Position {
    longitude: f64,
    latitude: f64,
}

impl Position {
    /// A position, if there is such a place: longitudes from -180 to 180, latitudes from -90 to 90.
    pub fn new(longitude: f64, latitude: f64) -> Option<Self> {
        let exists = (-180.0..=180.0).contains(&longitude) && (-90.0..=90.0).contains(&latitude);
        exists.then_some(Self { longitude, latitude })
    }

    /// Degrees east of Greenwich.
    pub fn longitude(self) -> f64 {
        self.longitude
    }

    /// Degrees north of the equator.
    pub fn latitude(self) -> f64 {
        self.latitude
    }

    /// The place that a direction points to.
    pub(super) fn under(direction: Direction) -> Self {
        let [x, y, z] = direction.0;
        let reach = (x * x + y * y).sqrt();
        let longitude = if reach > 0.0 { angle_to(x / reach, y / reach) } else { 0.0 };
        Self { longitude: longitude.to_degrees(), latitude: angle_to(reach, z).to_degrees() }
    }

    pub(super) fn direction(self) -> Direction {
        Direction::towards(self.longitude, self.latitude)
    }
}

/// An arrow of length one from the Earth's middle: to the equator at Greenwich, to the equator at 90° east, to the pole.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Direction(pub(super) [f64; 3]);

impl Direction {
    pub(super) fn towards(longitude: f64, latitude: f64) -> Self {
        let (sine, cosine) = sine_and_cosine(longitude.to_radians());
        let (height, reach) = sine_and_cosine(latitude.to_radians());
        Self([reach * cosine, reach * sine, height])
    }

    /// The cosine of the angle between two directions.
    pub(super) fn dot(self, other: Self) -> f64 {
        self.0[0] * other.0[0] + self.0[1] * other.0[1] + self.0[2] * other.0[2]
    }

    /// The direction at a right angle to both, if they are not in line.
    pub(super) fn across(self, other: Self) -> Option<Self> {
        let ([a, b, c], [x, y, z]) = (self.0, other.0);
        Self::of([b * z - c * y, c * x - a * z, a * y - b * x])
    }

    /// Goes from here towards another direction by a share of the straight way; `None` in the Earth's middle, half way
    /// between antipodes.
    pub(super) fn nearer(self, other: Self, share: f64) -> Option<Self> {
        let [x, y, z] = [0, 1, 2].map(|axis| self.0[axis] + (other.0[axis] - self.0[axis]) * share);
        Self::of([x, y, z])
    }

    fn of([x, y, z]: [f64; 3]) -> Option<Self> {
        let length = (x * x + y * y + z * z).sqrt();
        (length > 1e-9).then(|| Self([x / length, y / length, z / length]))
    }
}

/// The sine and the cosine of an angle in radians, the same to the last bit on every machine.
pub(super) fn sine_and_cosine(angle: f64) -> (f64, f64) {
    let quarters = (angle / FRAC_PI_2).round();
    let (sine, cosine) = small(angle - quarters * FRAC_PI_2);
    match quarters.rem_euclid(4.0) as u8 {
        0 => (sine, cosine),
        1 => (cosine, -sine),
        2 => (-sine, -cosine),
        _ => (-cosine, sine),
    }
}

/// The angle, from -60° to 60°, that has this sine.
pub(super) fn angle_of(sine: f64) -> f64 {
    let mut angle = sine;
    for _ in 0..8 {
        let (reached, slope) = sine_and_cosine(angle);
        let miss = (reached - sine) / slope;
        angle -= miss;
        if miss.abs() < 1e-9 {
            break;
        }
    }
    angle
}

/// The angle, from -180° to 180°, of a point on the circle of radius one.
fn angle_to(x: f64, y: f64) -> f64 {
    if x.abs() < 0.75 {
        return (FRAC_PI_2 - angle_of(x)) * y.signum();
    }
    let angle = angle_of(y);
    if x > 0.0 { angle } else { PI.copysign(y) - angle }
}

/// Taylor's series, exact to the last digits up to 45°.
fn small(angle: f64) -> (f64, f64) {
    let square = angle * angle;
    let (mut sine, mut cosine) = (1.0, 1.0);
    for step in (1..=9).rev() {
        let even = f64::from(2 * step);
        sine = 1.0 - square / (even * (even + 1.0)) * sine;
        cosine = 1.0 - square / (even * (even - 1.0)) * cosine;
    }
    (angle * sine, cosine)
}

#[cfg(test)]
mod tests {
    use super::{Direction, Position, angle_of, sine_and_cosine};

    #[test]
    fn only_places_on_earth() {
        assert!(Position::new(180.0, -90.0).is_some());
        assert!(Position::new(39.02, 125.75).is_none());
        assert!(Position::new(f64::NAN, 0.0).is_none());
    }

    #[test]
    fn sines_are_sines() {
        for step in -800..800 {
            let angle = f64::from(step) * 0.01;
            let (sine, cosine) = sine_and_cosine(angle);
            assert!((sine - angle.sin()).abs() < 1e-14 && (cosine - angle.cos()).abs() < 1e-14, "{angle}");
        }
        assert!((angle_of(0.866).sin() - 0.866).abs() < 1e-12);
    }

    #[test]
    fn directions_point_to_where_they_came_from() {
        for (longitude, latitude) in
            [(0.0, 0.0), (179.0, -17.0), (-120.0, 89.9), (60.0, 45.0), (-45.0, -80.0), (90.0, 5.0)]
        {
            let found = Position::under(Direction::towards(longitude, latitude));
            assert!(
                (found.longitude - longitude).abs() < 1e-6 && (found.latitude - latitude).abs() < 1e-6,
                "{found:?}"
            );
        }
        assert_eq!(Position::under(Direction([0.0, 0.0, 1.0])), Position { longitude: 0.0, latitude: 90.0 });
    }

    #[test]
    fn there_is_no_way_half_to_the_antipode() {
        let (here, there) = (Direction::towards(10.0, 0.0), Direction::towards(-170.0, 0.0));
        assert_eq!(here.nearer(there, 0.5), None);
        assert!(here.across(Direction::towards(0.0, 90.0)).is_some());
    }
}
