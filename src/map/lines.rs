//! Lines on the sphere: legs of a journey, borders and the graticule come in, thinned lines of the map go out.
//!
//! Nothing here writes SVG.

use super::frame::Frame;
use super::outlines::{Vertex, borders};
use super::plane::{Point, runs};
use super::position::{Direction, Position};
use super::thin::thin;

/// How far a line is followed outside the window.
const BLEED: f64 = 8.0;
/// Points on a line of the graticule from one crossing to the next.
const SAMPLES: f64 = 8.0;

/// The shortest way over the Earth from one place to another, in points every two degrees or so.
pub(super) fn way(from: Position, to: Position) -> Vec<Position> {
    let mut positions = vec![from];
    halve(from.direction(), to.direction(), &mut positions);
    positions
}

/// A way on the map, parted where a map of the world is.
pub(super) fn on_paper(frame: &Frame, way: &[Position]) -> Vec<Vec<Point>> {
    let vertices: Vec<_> = way.iter().map(|place| Vertex::at(place.longitude(), place.latitude())).collect();
    frame.line(&vertices).iter().map(|line| thin(line, 0.2)).collect()
}

/// The lines between countries that are inside the window.
pub(super) fn frontiers(frame: &Frame) -> Vec<Vec<Point>> {
    borders().iter().flat_map(|border| seen(frame, border)).collect()
}

/// Meridians and parallels, about six across the map.
pub(super) fn graticule(frame: &Frame) -> Vec<Vec<Point>> {
    let step =
        [1.0, 2.0, 5.0, 10.0, 20.0].into_iter().find(|step| *step > frame.degrees() / 7.0).unwrap_or(30.0);
    let (south, north) = frame.latitudes();
    let (south, north) = (south.max(step - 90.0), north.min(90.0 - step));
    let meridians = degrees(-180.0, 180.0 - step, step)
        .map(|east| degrees(south, north, step / SAMPLES).map(|north| Vertex::at(east, north)).collect());
    let parallels = degrees((south / step).ceil() * step, north, step)
        .map(|north| degrees(-180.0, 180.0, step / SAMPLES).map(|east| Vertex::at(east, north)).collect());
    let lines = meridians.chain(parallels).flat_map(|line: Vec<_>| seen(frame, &line));
    lines.map(|line| thin(&line, 0.4)).collect()
}

/// Degrees from one to another, both if the step allows.
fn degrees(from: f64, to: f64, step: f64) -> impl Iterator<Item = f64> {
    (0..).map(move |count| from + f64::from(count) * step).take_while(move |degree| *degree <= to)
}

/// The points of a way without the first. From a place to its antipode, by way of the east.
fn halve(from: Direction, to: Direction, positions: &mut Vec<Position>) {
    const NEAR: f64 = 0.9994;
    if from.dot(to) > NEAR {
        positions.push(Position::under(to));
        return;
    }
    let east = || Direction([0.0, 0.0, 1.0]).across(from).unwrap_or(Direction([0.0, 1.0, 0.0]));
    let middle = from.nearer(to, 0.5).unwrap_or_else(east);
    halve(from, middle, positions);
    halve(middle, to, positions);
}

fn seen(frame: &Frame, vertices: &[Vertex]) -> Vec<Vec<Point>> {
    let window = frame.window().grown(BLEED);
    frame.line(vertices).iter().flat_map(|line| runs(line, window)).collect()
}

#[cfg(test)]
mod tests {
    use super::way;
    use crate::map::position::Position;

    fn highest(from: (f64, f64), to: (f64, f64)) -> f64 {
        let [from, to] = [from, to].map(|(longitude, latitude)| Position::new(longitude, latitude).unwrap());
        way(from, to).iter().map(|position| position.latitude()).fold(-90.0, f64::max)
    }

    #[test]
    fn the_shortest_way_leads_north_of_the_parallel() {
        let highest = highest((-122.4, 37.8), (139.7, 35.7));
        assert!((47.0..50.0).contains(&highest), "{highest}");
    }

    #[test]
    fn there_is_a_way_to_the_antipode() {
        assert!(highest((-3.7, 40.4), (176.3, -40.4)) < 41.0);
        assert!(highest((0.0, 90.0), (0.0, -90.0)) > 89.0);
    }

    #[test]
    fn a_way_to_the_same_place_is_short() {
        let here = Position::new(37.6, 55.7).unwrap();
        assert_eq!(way(here, here).len(), 2);
    }
}
