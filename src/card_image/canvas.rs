//! A sheet of palette indexes: outlines of letters are filled on it, and it becomes a PNG.
//!
//! Sixteen steps of each ink are enough for smooth letters, and make a small file in a few milliseconds.

use ab_glyph_rasterizer::{Point, Rasterizer, point};
use skrifa::outline::OutlinePen;

use super::fonts::Pen;
use super::layout::{Ink, Placed};
use super::{Direction, HEIGHT, WIDTH};

/// The colours of the built-in theme in daylight.
const PAPER: [u8; 3] = [0xfd, 0xfc, 0xf9];
const INK: [u8; 3] = [0x1b, 0x1a, 0x18];
const MUTED: [u8; 3] = [0x5f, 0x5b, 0x54];

/// How many steps an ink has from paper to itself.
const STEPS: u8 = 16;

/// How wide the coloured edge is.
const EDGE: usize = 28;

/// How far a glyph may reach beyond the end of its line.
const REACH: f32 = 40.0;

/// The entry of the accent in the palette; 0 is paper, and then come the two inks.
const ACCENT: u8 = 1;

/// A card while it is drawn.
pub(super) struct Canvas {
    palette: Vec<u8>,
    pixels: Vec<u8>,
}

impl Canvas {
    /// An empty sheet.
    pub fn new(accent: [u8; 3]) -> Self {
        let inks = [INK, MUTED].into_iter().flat_map(|ink| (1..=STEPS).flat_map(move |step| mix(ink, step)));
        let palette = PAPER.into_iter().chain(accent).chain(inks).collect();
        Self { palette, pixels: vec![0; WIDTH as usize * HEIGHT as usize] }
    }

    /// The coloured edge on the side where reading begins.
    pub fn edge(&mut self, direction: Direction) {
        for row in self.pixels.chunks_exact_mut(WIDTH as usize) {
            match direction {
                Direction::LeftToRight => row[..EDGE].fill(ACCENT),
                Direction::RightToLeft => row[WIDTH as usize - EDGE..].fill(ACCENT),
            }
        }
    }

    /// The letters of a line.
    pub fn line(&mut self, placed: &Placed) {
        let Placed { line, x, y, ink } = placed;
        let first = match ink {
            Ink::Strong => ACCENT,
            Ink::Muted => ACCENT + STEPS,
        };
        // Marks may stand beyond the ends of a line, above its capitals and below its base.
        let (left, top) = ((x - REACH).max(0.0).floor(), (y - line.size * 1.4).max(0.0).floor());
        let right = (x + line.width + REACH).min(WIDTH as f32).ceil();
        let bottom = (y + line.size * 0.8).min(HEIGHT as f32).ceil();
        let (width, height) = ((right - left).max(1.0) as usize, (bottom - top).max(1.0) as usize);
        let mut pen = Filling::new(width, height, point(x - left, y - top));
        line.draw(&mut pen);
        pen.filling.for_each_pixel_2d(|column, row, coverage| {
            let step = (coverage.min(1.0) * f32::from(STEPS)).round() as u8;
            if step > 0 {
                let at = (top as usize + row as usize) * WIDTH as usize + left as usize + column as usize;
                self.pixels[at] = first + step;
            }
        });
    }

    /// The picture as a PNG with a palette.
    pub fn png(&self) -> Vec<u8> {
        let mut bytes = Vec::with_capacity(32 * 1024);
        let mut encoder = png::Encoder::new(&mut bytes, WIDTH, HEIGHT);
        encoder.set_color(png::ColorType::Indexed);
        encoder.set_depth(png::BitDepth::Eight);
        encoder.set_palette(&self.palette);
        encoder.set_compression(png::Compression::Fast);
        encoder.set_filter(png::Filter::Up);
        let written = encoder.write_header().and_then(|mut writer| writer.write_image_data(&self.pixels));
        written.expect("memory takes every byte, and every pixel is in the palette");
        bytes
    }
}

/// A colour so many steps from paper to an ink.
fn mix(ink: [u8; 3], step: u8) -> [u8; 3] {
    std::array::from_fn(|channel| {
        let [from, to] = [PAPER, ink].map(|colour| i32::from(colour[channel]));
        u8::try_from(from + (to - from) * i32::from(step) / i32::from(STEPS))
            .expect("it lies between two bytes")
    })
}

/// The outlines of a line's glyphs while they are filled.
struct Filling {
    filling: Rasterizer,
    width: f32,
    /// The beginning of the line's base, and of the glyph that is drawn.
    base: Point,
    origin: Point,
    start: Point,
    at: Point,
}

impl Filling {
    fn new(width: usize, height: usize, base: Point) -> Self {
        let filling = Rasterizer::new(width, height);
        Self { filling, width: width as f32, base, origin: base, start: base, at: base }
    }

    /// A point of a glyph on the sheet, never beside it.
    fn place(&self, x: f32, y: f32) -> Point {
        point((self.origin.x + x).clamp(0.0, self.width - 0.01), self.origin.y - y)
    }
}

impl Pen for Filling {
    fn move_origin(&mut self, x: f32, y: f32) {
        self.origin = point(self.base.x + x, self.base.y - y);
    }
}

impl OutlinePen for Filling {
    fn move_to(&mut self, x: f32, y: f32) {
        self.start = self.place(x, y);
        self.at = self.start;
    }

    fn line_to(&mut self, x: f32, y: f32) {
        let to = self.place(x, y);
        self.filling.draw_line(self.at, to);
        self.at = to;
    }

    fn quad_to(&mut self, by_x: f32, by_y: f32, x: f32, y: f32) {
        let (by, to) = (self.place(by_x, by_y), self.place(x, y));
        self.filling.draw_quad(self.at, by, to);
        self.at = to;
    }

    fn curve_to(&mut self, by_x: f32, by_y: f32, then_x: f32, then_y: f32, x: f32, y: f32) {
        let (by, then, to) = (self.place(by_x, by_y), self.place(then_x, then_y), self.place(x, y));
        self.filling.draw_cubic(self.at, by, then, to);
        self.at = to;
    }

    fn close(&mut self) {
        self.filling.draw_line(self.at, self.start);
        self.at = self.start;
    }
}
