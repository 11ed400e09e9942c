//! What of the Earth a map shows: a sheet comes in, its frame, its ways and a free corner for the globe go out.
//!
//! The frame of the story is widened until a coast is in it, for land alone tells nobody where he is, and until the globe
//! covers no place. Nothing here writes SVG.

use super::frame::Frame;
use super::lines::way;
use super::marks::reach;
use super::outlines::coasts;
use super::plane::{Point, Window};
use super::{Evidence, Leg, Position, Sheet, inset};

/// A sheet that has its place on paper.
#[derive(Debug)]
pub(super) struct Layout {
    pub(super) frame: Frame,
    /// Where the middle of the globe goes, on a map of one region.
    pub(super) globe: Option<Point>,
    /// Where the stops are.
    pub(super) homes: Vec<Point>,
    pub(super) ways: Vec<Way>,
}

/// A way over the Earth.
#[derive(Debug)]
pub(super) struct Way {
    pub(super) evidence: Evidence,
    pub(super) positions: Vec<Position>,
}

impl Layout {
    /// The layout of a sheet; `None` of a sheet without stops.
    pub(super) fn of(sheet: &Sheet) -> Option<Self> {
        let ways: Vec<_> = legs(sheet).iter().filter_map(|leg| travelled(sheet, leg)).collect();
        let stops = sheet.stops.iter().map(|stop| (stop.position, reach(stop.extent)));
        let between = ways.iter().flat_map(|way| &way.positions).map(|position| (*position, 0.0));
        let places: Vec<_> = stops.chain(between).collect();
        let frame = until_coast(Frame::around(&places)?, &places);
        let (frame, globe) =
            if frame.region().is_some() { until_clear(frame, &places) } else { (frame, None) };
        let homes = sheet.stops.iter().map(|stop| frame.place(stop.position)).collect();
        Some(Self { frame, globe, homes, ways })
    }
}

/// Each way once, there or back; what is documented of one is not also inferred.
fn legs(sheet: &Sheet) -> Vec<Leg> {
    let mut legs: Vec<Leg> = Vec::new();
    for leg in &sheet.legs {
        let same =
            |other: &&mut Leg| [(other.from, other.to), (other.to, other.from)].contains(&(leg.from, leg.to));
        match legs.iter_mut().find(same) {
            Some(known) if leg.evidence == Evidence::Documented => known.evidence = Evidence::Documented,
            Some(_) => {}
            None => legs.push(*leg),
        }
    }
    legs
}

fn travelled(sheet: &Sheet, leg: &Leg) -> Option<Way> {
    let (from, to) = (sheet.stops.get(leg.from)?, sheet.stops.get(leg.to)?);
    Some(Way { evidence: leg.evidence, positions: way(from.position, to.position) })
}

/// A frame with some coast in it, unless the story would become too small.
fn until_coast(mut frame: Frame, places: &[(Position, f64)]) -> Frame {
    const ENOUGH: usize = 150;
    const EDGE: f64 = 80.0;
    const WIDEST: f64 = 45.0;
    const SMALLEST: f64 = 240.0;
    let one = places.iter().all(|(position, _)| *position == places[0].0);
    while frame.degrees() < WIDEST && (one || size(&frame, places) > SMALLEST) {
        let window = frame.window().grown(-EDGE);
        let vertices = frame.coasts(coasts()).into_iter().flatten();
        if vertices.filter(|vertex| window.holds(*vertex)).count() >= ENOUGH {
            break;
        }
        frame = frame.wider();
    }
    frame
}

/// How much of the map the story takes, the longer way.
fn size(frame: &Frame, places: &[(Position, f64)]) -> f64 {
    let window = Window::around(places.iter().map(|(position, _)| frame.place(*position)));
    window.map_or(0.0, |window| (window.right - window.left).max(window.high - window.low))
}

/// A frame wide enough that one of its corners is free, and where in that corner the globe goes.
fn until_clear(mut frame: Frame, places: &[(Position, f64)]) -> (Frame, Option<Point>) {
    const TRIES: usize = 3;
    for attempt in 0.. {
        let points: Vec<_> = places.iter().map(|(position, _)| frame.place(*position)).collect();
        let (corner, free) = inset::corner(&frame, &points);
        if free || attempt == TRIES {
            return (frame, Some(corner));
        }
        frame = frame.wider();
    }
    (frame, None)
}

#[cfg(test)]
mod tests {
    use super::{Layout, Point, coasts};
    use crate::map::outlines::is_land;
    use crate::map::tests::{STORIES, sheet};
    use crate::map::{Evidence, Leg, Position};

    /// Whether a point is inside an odd number of rings.
    fn is_inside(rings: &[Vec<Point>], point: Point) -> bool {
        let edges = rings.iter().flat_map(|ring| ring.iter().zip(ring.iter().cycle().skip(1)));
        let crossed = edges.filter(|(from, to)| {
            (from.y > point.y) != (to.y > point.y)
                && from.x + (to.x - from.x) * (point.y - from.y) / (to.y - from.y) > point.x
        });
        crossed.count() % 2 == 1
    }

    /// Positions around the first stop, all over the map.
    fn around(story: &[(f64, f64)], degrees: f64) -> Vec<Position> {
        let (longitude, latitude) = story[0];
        let shares = || (-6..=6).map(|step| f64::from(step) * 0.083);
        let steps = shares().flat_map(|north| shares().map(move |east| (east * degrees, north * degrees)));
        let moved = steps.map(|(east, north)| {
            (longitude + east / (latitude + north).to_radians().cos().abs(), latitude + north)
        });
        moved.filter_map(|(longitude, latitude)| Position::new(longitude, latitude)).collect()
    }

    #[test]
    fn land_on_paper_is_where_land_is_on_earth() {
        for (name, story) in STORIES {
            let frame = Layout::of(&sheet(story)).unwrap().frame;
            let rings = frame.coasts(coasts());
            let seen = |position: &Position| frame.window().holds(frame.place(*position));
            let positions: Vec<_> = around(story, frame.degrees()).into_iter().filter(seen).collect();
            let wrong = positions.iter().filter(|position| {
                is_inside(&rings, frame.place(**position))
                    != is_land(position.longitude(), position.latitude())
            });
            assert!(positions.len() > 20 && wrong.count() * 60 <= positions.len(), "{name}");
        }
    }

    #[test]
    fn places_are_on_the_map() {
        for (name, story) in STORIES {
            let layout = Layout::of(&sheet(story)).unwrap();
            assert!(layout.homes.iter().all(|home| layout.frame.window().holds(*home)), "{name}");
        }
    }

    #[test]
    fn a_way_there_and_back_is_one_way() {
        let mut sheet = sheet(&[(10.0, 50.0), (12.0, 51.0)]);
        sheet.legs = vec![
            Leg { from: 0, to: 1, evidence: Evidence::Inferred },
            Leg { from: 1, to: 0, evidence: Evidence::Documented },
            Leg { from: 0, to: 7, evidence: Evidence::Documented },
        ];
        let ways = Layout::of(&sheet).unwrap().ways;
        assert_eq!(ways.iter().map(|way| way.evidence).collect::<Vec<_>>(), [Evidence::Documented]);
    }
}
