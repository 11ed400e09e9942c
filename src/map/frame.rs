//! The sheet of paper around a story: its places come in, the projection and the window that suit them go out.
//!
//! A story that stays within 45° of its middle is seen from above that middle; a wider one is on a map of the world
//! that is cut where the story is not. Nothing here draws.

use super::azimuthal::Azimuthal;
use super::equal_earth::EqualEarth;
use super::outlines::{Vertex, short};
use super::plane::{Point, Window, cut};
use super::position::{Direction, Position};

/// How wide a map is, in the units that its paths are written in.
pub(super) const WIDTH: f64 = 960.0;

/// A rim beyond all that a map shows: the corners of the widest are 1.6 Earth radii from its middle.
const RIM: f64 = 1.95;
/// How far coasts go on outside the window, so that the line where they are cut is not seen.
const BLEED: f64 = 8.0;
const LOWEST: f64 = 460.0;
const HIGHEST: f64 = 720.0;
/// The share of the map that the places may take; the rest shows where they are.
const SHARE: f64 = 0.7;
/// No map shows less than 500 km: the outlines know no more.
const NARROWEST: f64 = 500.0 / 6371.0;

/// A projection and a window: what turns positions into points of the map.
#[derive(Debug, Clone, Copy)]
pub(super) struct Frame {
    projection: Projection,
    middle: Point,
    /// Units of the map to one of the projection.
    pub(super) scale: f64,
    pub(super) height: f64,
}

#[derive(Debug, Clone, Copy)]
enum Projection {
    Above(Azimuthal),
    World(EqualEarth),
}

impl Frame {
    /// The frame of places, each with the distance around it, in Earth radii, that is to be seen too; `None` of none.
    pub(super) fn around(places: &[(Position, f64)]) -> Option<Self> {
        let directions: Vec<_> = places.iter().map(|(position, _)| position.direction()).collect();
        let middle = middle(&directions)?;
        let nearby = directions.iter().all(|direction| middle.dot(*direction) > 0.5_f64.sqrt());
        Some(if nearby { Self::above(middle, places)? } else { Self::world(places) })
    }

    /// The same frame with more around it.
    pub(super) fn wider(self) -> Self {
        Self { scale: self.scale * 0.87, ..self }
    }

    /// The window's corners.
    pub(super) fn window(&self) -> Window {
        Window { left: 0.0, low: 0.0, right: WIDTH, high: self.height }
    }

    /// The view from above of a frame that shows one region; `None` of a map of the world.
    pub(super) fn region(&self) -> Option<&Azimuthal> {
        match &self.projection {
            Projection::Above(azimuthal) if WIDTH / self.scale < 0.7 => Some(azimuthal),
            _ => None,
        }
    }

    /// The window in the units of the projection.
    pub(super) fn extent(&self) -> Window {
        let (x, y) = (WIDTH / self.scale / 2.0, self.height / self.scale / 2.0);
        let Point { x: east, y: north } = self.middle;
        Window { left: east - x, low: north - y, right: east + x, high: north + y }
    }

    /// How many degrees the window is across, roughly.
    pub(super) fn degrees(&self) -> f64 {
        WIDTH / self.scale * 57.3
    }

    /// The latitudes that the window may show.
    pub(super) fn latitudes(&self) -> (f64, f64) {
        match &self.projection {
            Projection::Above(azimuthal) => {
                let (middle, reach) = (azimuthal.latitude(), 0.8 * self.degrees());
                ((middle - reach).max(-90.0), (middle + reach).min(90.0))
            }
            Projection::World(_) => (-90.0, 90.0),
        }
    }

    pub(super) fn place(&self, position: Position) -> Point {
        self.on_paper(match &self.projection {
            Projection::Above(azimuthal) => azimuthal.point(position.direction()),
            Projection::World(world) => world.point(position.longitude(), position.latitude()),
        })
    }

    /// Coasts, cut a little outside the window; what an odd number of them surrounds is land.
    pub(super) fn coasts(&self, rings: &[Vec<Vertex>]) -> Vec<Vec<Point>> {
        let window = self.window().grown(BLEED);
        let (pieces, far): (Vec<_>, _) = match &self.projection {
            Projection::Above(azimuthal) => {
                (rings.iter().map(|ring| azimuthal.coast(ring, RIM)).collect(), azimuthal.far_shore(RIM))
            }
            Projection::World(world) => (rings.iter().flat_map(|ring| world.coast(ring)).collect(), None),
        };
        let pieces = pieces.into_iter().chain(far).map(|piece| cut(self.all_on_paper(piece), window));
        pieces.filter(|piece| piece.len() > 2).collect()
    }

    /// A line through vertices, parted where a map of the world is.
    pub(super) fn line(&self, vertices: &[Vertex]) -> Vec<Vec<Point>> {
        let lines = match &self.projection {
            Projection::Above(azimuthal) => {
                vec![vertices.iter().map(|vertex| azimuthal.point(vertex.direction)).collect()]
            }
            Projection::World(world) => {
                world.line(vertices.iter().map(|vertex| (vertex.longitude, vertex.latitude)))
            }
        };
        lines.into_iter().map(|line| self.all_on_paper(line)).collect()
    }

    /// The edge of a map of the world, where it is inside the window.
    pub(super) fn edge(&self) -> Option<Vec<Point>> {
        match &self.projection {
            Projection::Above(_) => None,
            Projection::World(world) => {
                Some(cut(self.all_on_paper(world.edge()), self.window().grown(BLEED)))
            }
        }
    }

    fn above(middle: Direction, places: &[(Position, f64)]) -> Option<Self> {
        let azimuthal = Azimuthal::above(middle);
        let reaches = places.iter().flat_map(|(position, around)| {
            let point = azimuthal.point(position.direction());
            Window { left: point.x, low: point.y, right: point.x, high: point.y }.grown(*around).corners()
        });
        let Window { left, low, right, high } = Window::around(reaches)?;
        let (across, up) = ((right - left).max(SHARE * NARROWEST), high - low);
        let scale = SHARE * (WIDTH / across).min(HIGHEST / up);
        let height = (up * scale / SHARE).clamp(LOWEST, HIGHEST).round();
        let middle = Point { x: (left + right) / 2.0, y: (low + high) / 2.0 };
        Some(Self { projection: Projection::Above(azimuthal), middle, scale, height })
    }

    /// The world, without the ice at its ends where the story does not go there.
    fn world(places: &[(Position, f64)]) -> Self {
        const BESIDE: f64 = 8.0;
        let world = EqualEarth { meridian: opposite_the_widest_gap(places) };
        let latitudes = || places.iter().map(|(position, _)| position.latitude());
        let north = world
            .point(world.meridian, latitudes().fold(82.0, |most, next| (next + BESIDE).clamp(most, 90.0)))
            .y;
        let south = world
            .point(world.meridian, latitudes().fold(-57.0, |least, next| (next - BESIDE).clamp(-90.0, least)))
            .y;
        let breadth = world.edge().iter().fold(0.0_f64, |most, point| most.max(2.0 * point.x));
        let scale = (WIDTH - BESIDE) / breadth;
        let height = ((north - south) * scale + BESIDE).round();
        let middle = Point { x: 0.0, y: (north + south) / 2.0 };
        Self { projection: Projection::World(world), middle, scale, height }
    }

    fn on_paper(&self, Point { x, y }: Point) -> Point {
        Point {
            x: (x - self.middle.x) * self.scale + WIDTH / 2.0,
            y: (self.middle.y - y) * self.scale + self.height / 2.0,
        }
    }

    fn all_on_paper(&self, points: Vec<Point>) -> Vec<Point> {
        points.into_iter().map(|point| self.on_paper(point)).collect()
    }
}

/// The middle of the smallest circle around all directions, by steps that grow shorter (Bădoiu and Clarkson).
fn middle(directions: &[Direction]) -> Option<Direction> {
    let mut middle = *directions.first()?;
    for step in 2..200 {
        let farthest = directions.iter().copied().min_by(|a, b| middle.dot(*a).total_cmp(&middle.dot(*b)))?;
        middle = middle.nearer(farthest, 1.0 / f64::from(step)).unwrap_or(middle);
    }
    Some(middle)
}

/// The meridian half round the Earth from the middle of the widest stretch without places.
fn opposite_the_widest_gap(places: &[(Position, f64)]) -> f64 {
    let mut longitudes: Vec<_> = places.iter().map(|(position, _)| position.longitude()).collect();
    longitudes.sort_by(f64::total_cmp);
    let next = longitudes.iter().skip(1).copied().chain(longitudes.first().map(|first| first + 360.0));
    let gaps = longitudes.iter().zip(next).map(|(from, to)| (to - from, (from + to) / 2.0));
    let widest = gaps.max_by(|a, b| a.0.total_cmp(&b.0));
    short(widest.map_or(0.0, |(_, middle)| middle + 180.0).round())
}

#[cfg(test)]
mod tests {
    use super::{Frame, WIDTH, opposite_the_widest_gap};
    use crate::map::position::Position;

    fn places(degrees: &[(f64, f64)]) -> Vec<(Position, f64)> {
        degrees
            .iter()
            .map(|&(longitude, latitude)| (Position::new(longitude, latitude).unwrap(), 0.0))
            .collect()
    }

    #[test]
    fn nowhere_has_no_frame() {
        assert!(Frame::around(&[]).is_none());
    }

    #[test]
    fn places_are_inside_and_north_is_up() {
        let stories: [&[(f64, f64)]; 6] = [
            &[(125.75, 39.02), (137.0, 50.55)],
            &[(179.5, -17.0), (-179.5, -18.0)],
            &[(15.6, 78.2), (16.0, 69.0)],
            &[(0.0, 0.0), (180.0, 0.0)],
            &[(0.0, 90.0), (180.0, 0.0), (-120.0, -30.0)],
            &[(10.0, 89.0), (-170.0, 89.5)],
        ];
        for story in stories {
            let places = places(story);
            let frame = Frame::around(&places).unwrap();
            assert!(
                places.iter().all(|(position, _)| frame.window().grown(1.0).holds(frame.place(*position))),
                "{story:?}"
            );
        }
        let frame = Frame::around(&places(stories[0])).unwrap();
        let [south, north] = stories[0] else { panic!("two places") };
        let [south, north] = [south, north].map(|&(x, y)| frame.place(Position::new(x, y).unwrap()));
        assert!(south.y > north.y && south.x < north.x);
    }

    #[test]
    fn one_place_is_in_the_middle_of_five_hundred_kilometres() {
        let places = places(&[(37.6, 55.7)]);
        let frame = Frame::around(&places).unwrap();
        let point = frame.place(places[0].0);
        assert!((point.x - WIDTH / 2.0).abs() < 1e-6 && (frame.degrees() - 4.5).abs() < 0.1);
    }

    #[test]
    fn the_world_is_cut_where_the_story_is_not() {
        assert_eq!(opposite_the_widest_gap(&places(&[(139.0, 35.0), (-74.0, 40.0)])), -147.0);
        assert_eq!(opposite_the_widest_gap(&places(&[(0.0, 51.0), (151.0, -33.0), (37.0, 55.0)])), 76.0);
    }
}
