//! The outlines of land and of countries: compiled-in bytes come in, rings and lines of positions go out.
//!
//! They are Natural Earth's 1:50m land and countries, version 4.1, which are in the public domain, as the npm package
//! `world-atlas` 2.0.2 has them. `natural-earth.mjs`, next to this file, makes the two files again and describes their
//! bytes. Nothing here draws.

use std::sync::LazyLock;

use super::position::Direction;

/// A position in an outline; its longitude runs on past 180°, so that each point is near the one before it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Vertex {
    pub(super) longitude: f64,
    pub(super) latitude: f64,
    pub(super) direction: Direction,
}

impl Vertex {
    pub(super) fn at(longitude: f64, latitude: f64) -> Self {
        Self { longitude, latitude, direction: Direction::towards(longitude, latitude) }
    }
}

/// The coasts: each is a ring that does not repeat its first point. What an odd number of rings surrounds is land.
pub(super) fn coasts() -> &'static [Vec<Vertex>] {
    static COASTS: LazyLock<Vec<Vec<Vertex>>> = LazyLock::new(|| decode(include_bytes!("land.bin")));
    &COASTS
}

/// The lines between countries.
pub(super) fn borders() -> &'static [Vec<Vertex>] {
    static BORDERS: LazyLock<Vec<Vec<Vertex>>> = LazyLock::new(|| decode(include_bytes!("borders.bin")));
    &BORDERS
}

/// Whether a place is on land: on the way from it to the North Pole, which is at sea, coasts are crossed an odd number of times.
pub(super) fn is_land(longitude: f64, latitude: f64) -> bool {
    let crossings = coasts().iter().flat_map(|ring| ring.iter().zip(ring.iter().cycle().skip(1)));
    crossings.filter(|(from, to)| crosses(from, to, longitude, latitude)).count() % 2 == 1
}

fn crosses(from: &Vertex, to: &Vertex, longitude: f64, latitude: f64) -> bool {
    let start = short(from.longitude - longitude);
    let end = short(to.longitude - longitude);
    (start < 0.0) != (end < 0.0)
        && (start - end).abs() < 180.0
        && from.latitude + (to.latitude - from.latitude) * start / (start - end) > latitude
}

/// The same turn by the shorter way round, from -180° up to 180°.
pub(super) fn short(degrees: f64) -> f64 {
    (degrees + 180.0).rem_euclid(360.0) - 180.0
}

fn decode(bytes: &'static [u8]) -> Vec<Vec<Vertex>> {
    let mut numbers = Numbers(bytes);
    let count = numbers.next();
    (0..count).map(|_| outline(&mut numbers)).collect()
}

fn outline(numbers: &mut Numbers) -> Vec<Vertex> {
    const UNITS: f64 = 200.0;
    let (mut east, mut north) = (0, 0);
    let count = numbers.next();
    let vertices = (0..count).map(|_| {
        east += numbers.step();
        north += numbers.step();
        Vertex::at(f64::from(east) / UNITS, f64::from(north) / UNITS)
    });
    vertices.collect()
}

/// Whole numbers, seven bits a byte.
struct Numbers(&'static [u8]);

impl Numbers {
    fn next(&mut self) -> i32 {
        let mut number = 0;
        for place in 0.. {
            let (byte, rest) = self.0.split_first().expect("the script wrote as many numbers as it said");
            self.0 = rest;
            number |= i32::from(byte & 127) << (7 * place);
            if *byte < 128 {
                break;
            }
        }
        number
    }

    /// A number that may be negative.
    fn step(&mut self) -> i32 {
        let number = self.next();
        (number >> 1) ^ -(number & 1)
    }
}

#[cfg(test)]
mod tests {
    use super::{borders, coasts, is_land, short};

    #[test]
    fn every_byte_is_read() {
        assert_eq!(coasts().iter().map(Vec::len).sum::<usize>(), 58_881);
        assert_eq!(borders().iter().map(Vec::len).sum::<usize>(), 18_946);
        let vertices = || coasts().iter().chain(borders()).flatten();
        assert!(vertices().all(|vertex| vertex.latitude.abs() < 86.0 && vertex.longitude.abs() < 600.0));
    }

    #[test]
    fn land_is_land() {
        let land = [
            (37.6, 55.7),
            (179.9, 68.0),
            (-179.9, 68.0),
            (0.0, -90.0),
            (-50.0, -85.0),
            (180.0, -16.9),
            (-100.0, 40.0),
        ];
        let sea = [
            (0.0, 0.0),
            (180.0, 0.0),
            (-180.0, 75.0),
            (51.0, 42.0),
            (135.0, 40.0),
            (0.0, 90.0),
            (-40.0, -60.0),
        ];
        assert_eq!(land.iter().find(|place| !is_land(place.0, place.1)), None);
        assert_eq!(sea.iter().find(|place| is_land(place.0, place.1)), None);
    }

    #[test]
    fn turns_are_short() {
        assert_eq!([short(359.0), short(-190.0), short(180.0), short(5.0)], [-1.0, 170.0, -180.0, 5.0]);
    }
}
