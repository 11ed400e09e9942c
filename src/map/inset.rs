//! The inset: a frame that shows one region comes in, half the globe with that region marked on it goes out.
//!
//! It stands in the corner that the story uses least. Nothing here moves the map to make room for it.

use std::fmt::Write;

use super::azimuthal::{Azimuthal, HEMISPHERE};
use super::frame::{Frame, WIDTH};
use super::outlines::coasts;
use super::path::{Ends, Grain, path};
use super::plane::Point;
use super::thin::thin_ring;

const RADIUS: f64 = 96.0;
const MARGIN: f64 = 14.0;
/// How near to the globe a place may be.
const CLEAR: f64 = RADIUS + 30.0;

/// Where the globe's middle goes, and whether no place is under it.
pub(super) fn corner(frame: &Frame, places: &[Point]) -> (Point, bool) {
    let inner = frame.window().grown(-MARGIN - RADIUS);
    let [top_left, top_right, bottom_right, bottom_left] = inner.corners();
    let mut best = (bottom_left, room(bottom_left, places));
    for corner in [bottom_right, top_left, top_right] {
        let room = room(corner, places);
        if best.1 < CLEAR && room > best.1 {
            best = (corner, room);
        }
    }
    (best.0, best.1 >= CLEAR)
}

/// The globe, its middle at a point of the map.
pub(super) fn globe(frame: &Frame, azimuthal: &Azimuthal, middle: Point) -> String {
    let (x, y) = (middle.x.round(), middle.y.round());
    let mut svg =
        format!(r#"<g class="inset" transform="translate({x} {y})"><circle class="sea" r="{RADIUS}"/>"#);
    let _ = write!(svg, r#"<path class="land" fill-rule="evenodd" d="{}"/>"#, hemisphere(azimuthal));
    let _ = write!(svg, r#"<circle class="rim" fill="none" r="{RADIUS}"/>{}</g>"#, here(frame));
    svg
}

fn room(corner: Point, places: &[Point]) -> f64 {
    places.iter().map(|place| place.distance(corner)).fold(WIDTH, f64::min)
}

fn hemisphere(azimuthal: &Azimuthal) -> String {
    let rings =
        coasts().iter().map(|ring| azimuthal.coast(ring, HEMISPHERE)).chain(azimuthal.far_shore(HEMISPHERE));
    let rings = rings.map(|ring| thin_ring(&ring.into_iter().map(small).collect::<Vec<_>>(), 1.2));
    path(&rings.collect::<Vec<_>>(), Ends::Joined, Grain::Whole)
}

/// The window of the map as a box on the globe, large enough to be seen.
fn here(frame: &Frame) -> String {
    const LEAST: f64 = 14.0;
    let [low, _, high, _] = frame.extent().corners().map(small);
    let (width, height) = ((high.x - low.x).max(LEAST).round(), (low.y - high.y).max(LEAST).round());
    let (x, y) = (((low.x + high.x - width) / 2.0).round(), ((low.y + high.y - height) / 2.0).round());
    format!(r#"<rect class="here" fill="none" x="{x}" y="{y}" width="{width}" height="{height}"/>"#)
}

fn small(point: Point) -> Point {
    const SCALE: f64 = RADIUS / HEMISPHERE;
    Point { x: point.x * SCALE, y: -point.y * SCALE }
}
