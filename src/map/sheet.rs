//! A map's layers, from the sea up: a sheet comes in, a drawing goes out, its coasts as fine as 25 KB allow.
//!
//! How each layer looks is said by classes alone. Nothing here decides what part of the Earth is shown.

use std::fmt::Write;

use super::frame::{Frame, WIDTH};
use super::layout::Layout;
use super::lines::{frontiers, graticule, on_paper};
use super::marks::{CROWD, Names, Pen, crowd};
use super::outlines::coasts;
use super::path::{Ends, Grain, path};
use super::plane::Point;
use super::thin::{thin, thin_ring};
use super::{Borders, Drawing, Evidence, Sheet, inset};
use crate::svg::escaped;

/// The most bytes that a map may have.
const MOST: usize = 25_000;
/// What coasts need to be coasts: with less room than this for them, marks give up their names.
const COASTS: usize = 6_000;
/// The most that ways may take: those of hundreds of stops are a tangle that shows nothing.
const ROUTES: usize = 8_000;

pub(super) fn draw(sheet: &Sheet) -> Option<Drawing> {
    let layout = Layout::of(sheet)?;
    let frame = &layout.frame;
    let head = head(sheet, frame);
    let top = [globe(&layout), routes(&layout)].concat();
    let taken = head.len() + top.len() + "</svg>".len();
    let marks = marks(sheet, &layout, MOST.saturating_sub(taken + COASTS));
    let land = land(sheet, frame, MOST.saturating_sub(taken + marks.len()));
    let svg = [&head, &land, &top, &marks, "</svg>"].map(|part| part as &str).concat();
    Some(Drawing { svg, width: WIDTH as u32, height: frame.height as u32 })
}

/// The beginning of the picture: its title, the sea and the graticule.
fn head(sheet: &Sheet, frame: &Frame) -> String {
    let (height, title) = (frame.height, escaped(&sheet.title));
    let mut svg =
        format!(r#"<svg class="map" viewBox="0 0 {WIDTH} {height}" role="img"><title>{title}</title>"#);
    let sea = frame.edge().unwrap_or_else(|| frame.window().corners().to_vec());
    let _ = write!(svg, r#"<path class="sea" d="{}"/>"#, path(&[sea], Ends::Joined, Grain::Whole));
    let lines = path(&graticule(frame), Ends::Open, Grain::Tenths);
    let _ = write!(svg, r#"<path class="graticule" fill="none" d="{lines}"/>"#);
    svg
}

fn globe(layout: &Layout) -> String {
    let parts = layout.frame.region().zip(layout.globe);
    parts.map(|(azimuthal, middle)| inset::globe(&layout.frame, azimuthal, middle)).unwrap_or_default()
}

/// The ways travelled, those that are only inferred as dashes.
fn routes(layout: &Layout) -> String {
    let kinds = [
        (Evidence::Documented, r#"<path class="route" fill="none" d=""#),
        (Evidence::Inferred, r#"<path class="route inferred" fill="none" stroke-dasharray="7 6" d=""#),
    ];
    let mut svg = String::new();
    for (evidence, begin) in kinds {
        let ways = layout.ways.iter().filter(|way| way.evidence == evidence);
        let lines: Vec<_> = ways.flat_map(|way| on_paper(&layout.frame, &way.positions)).collect();
        if !lines.is_empty() {
            let _ = write!(svg, r#"{begin}{}"/>"#, path(&lines, Ends::Open, Grain::Tenths));
        }
    }
    if svg.len() > ROUTES { String::new() } else { svg }
}

/// The stops: with their names if there is room for them; as mere dots if they are too many for numbers.
fn marks(sheet: &Sheet, layout: &Layout, most: usize) -> String {
    if sheet.stops.len() > CROWD {
        return crowd(&layout.homes, most);
    }
    let pen = Pen::new(&layout.frame, sheet.stops.len());
    let named = pen.draw(&sheet.stops, &layout.homes, Names::Shown);
    if named.len() <= most { named } else { pen.draw(&sheet.stops, &layout.homes, Names::Hidden) }
}

/// Land and, where they are wanted, borders: as fine as so many bytes allow.
fn land(sheet: &Sheet, frame: &Frame, most: usize) -> String {
    let coasts = frame.coasts(coasts());
    let borders = if sheet.borders == Borders::Shown { frontiers(frame) } else { Vec::new() };
    let mut tolerance = 0.6;
    loop {
        let svg = land_at(&coasts, &borders, tolerance);
        if svg.len() <= most || tolerance > WIDTH {
            return svg;
        }
        tolerance *= 1.2;
    }
}

fn land_at(coasts: &[Vec<Point>], borders: &[Vec<Point>], tolerance: f64) -> String {
    let rings: Vec<_> = coasts.iter().map(|ring| thin_ring(ring, tolerance)).collect();
    let land = path(&rings, Ends::Joined, Grain::Whole);
    let mut svg = format!(r#"<path class="land" fill-rule="evenodd" d="{land}"/>"#);
    if !borders.is_empty() {
        let lines: Vec<_> = borders.iter().map(|line| thin(line, tolerance)).collect();
        let _ = write!(
            svg,
            r#"<path class="border" fill="none" d="{}"/>"#,
            path(&lines, Ends::Open, Grain::Whole)
        );
    }
    svg
}
