//! The fonts that cards are written with: which letters each has, the glyphs of a line, and their outlines.

use std::sync::LazyLock;

use harfrust::{ShapeOptions, ShaperData, UnicodeBuffer};
use skrifa::instance::{LocationRef, Size};
use skrifa::outline::{DrawSettings, OutlinePen};
use skrifa::{FontRef, GlyphId, MetadataProvider};
use unicode_bidi::{BidiInfo, Level};

use super::Direction;

/// Regular and bold of each script, the most common first.
static FILES: [[&[u8]; 2]; 3] = [
    [include_bytes!("fonts/NotoSans-Regular.ttf"), include_bytes!("fonts/NotoSans-Bold.ttf")],
    [include_bytes!("fonts/NotoSansArabic-Regular.ttf"), include_bytes!("fonts/NotoSansArabic-Bold.ttf")],
    [include_bytes!("fonts/NotoSansHebrew-Regular.ttf"), include_bytes!("fonts/NotoSansHebrew-Bold.ttf")],
];

static FONTS: LazyLock<Vec<[Font; 2]>> =
    LazyLock::new(|| FILES.iter().map(|files| files.map(Font::new)).collect());

/// A font, ready to shape with.
struct Font {
    font: FontRef<'static>,
    data: ShaperData,
    units: f32,
}

/// How heavy letters are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Weight {
    Regular,
    Bold,
}

/// A line of text as glyphs from left to right, in pixels from its beginning.
pub(super) struct Line {
    glyphs: Vec<Glyph>,
    pub size: f32,
    weight: Weight,
    pub width: f32,
}

struct Glyph {
    script: usize,
    id: u32,
    x: f32,
    y: f32,
}

impl Font {
    fn new(file: &'static [u8]) -> Self {
        let font = FontRef::new(file).expect("the fonts are compiled in, and the tests read them");
        let units = font.metrics(Size::unscaled(), LocationRef::default()).units_per_em;
        Self { data: ShaperData::new(&font), units: f32::from(units), font }
    }
}

impl Line {
    /// Shapes a text that is read in a direction.
    pub fn new(text: &str, size: f32, weight: Weight, reads: Direction) -> Self {
        let mut line = Self { glyphs: Vec::new(), size, weight, width: 0.0 };
        let level = match reads {
            Direction::LeftToRight => Level::ltr(),
            Direction::RightToLeft => Level::rtl(),
        };
        let order = BidiInfo::new(text, Some(level));
        for paragraph in &order.paragraphs {
            let (levels, visual) = order.visual_runs(paragraph, paragraph.range.clone());
            for run in visual {
                let is_rtl = levels[run.start].is_rtl();
                let mut parts = by_font(&text[run]);
                if is_rtl {
                    parts.reverse();
                }
                parts.iter().for_each(|(script, part)| line.add(*script, part, is_rtl));
            }
        }
        line
    }

    /// Adds the glyphs of a run in one font and one direction.
    fn add(&mut self, script: usize, text: &str, is_rtl: bool) {
        let font = &FONTS[script][self.weight as usize];
        let mut buffer = UnicodeBuffer::new();
        buffer.push_str(text);
        buffer.set_direction(if is_rtl {
            harfrust::Direction::RightToLeft
        } else {
            harfrust::Direction::LeftToRight
        });
        buffer.guess_segment_properties();
        let shaped = font.data.shaper(&font.font).build().shape(buffer, ShapeOptions::new());
        let scale = self.size / font.units;
        for (info, position) in shaped.glyph_infos().iter().zip(shaped.glyph_positions()) {
            let (x, y) = (position.x_offset as f32 * scale, position.y_offset as f32 * scale);
            self.glyphs.push(Glyph { script, id: info.glyph_id, x: self.width + x, y });
            self.width += position.x_advance as f32 * scale;
        }
    }

    /// Draws every glyph, at its place on the line, with the base line at 0 and the y axis upwards.
    pub fn draw(&self, pen: &mut impl Pen) {
        for glyph in &self.glyphs {
            let font = &FONTS[glyph.script][self.weight as usize].font;
            let Some(outline) = font.outline_glyphs().get(GlyphId::new(glyph.id)) else { continue };
            pen.move_origin(glyph.x, glyph.y);
            let settings = DrawSettings::unhinted(Size::new(self.size), LocationRef::default());
            outline
                .draw(settings, pen)
                .expect("the outlines of the fonts are whole: each was drawn in a test");
        }
    }
}

/// What draws glyphs one after the other.
pub(super) trait Pen: OutlinePen {
    /// Where the next glyph begins.
    fn move_origin(&mut self, x: f32, y: f32);
}

/// A text in runs that one font has all letters of, each with the place of that font. What is no letter stays with those
/// before it.
fn by_font(text: &str) -> Vec<(usize, String)> {
    let mut runs: Vec<(usize, String)> = Vec::new();
    for letter in text.chars() {
        let stays = |script: usize| !letter.is_alphabetic() && has(script, letter);
        match runs.last_mut() {
            Some((script, run)) if stays(*script) => run.push(letter),
            last => {
                let script = (0..FILES.len()).find(|script| has(*script, letter)).unwrap_or_default();
                match last {
                    Some((same, run)) if *same == script => run.push(letter),
                    _ => runs.push((script, letter.to_string())),
                }
            }
        }
    }
    runs
}

/// The first letter or digit of a text that no font has; a card can't be written without it.
#[must_use]
pub fn missing_letter(text: &str) -> Option<char> {
    text.chars().find(|letter| letter.is_alphanumeric() && !is_known(*letter))
}

/// A text without the signs that no font has, such as pictographs, and with single spaces.
#[must_use]
pub fn without_signs(text: &str) -> String {
    let known: String = text.chars().filter(|sign| sign.is_whitespace() || is_known(*sign)).collect();
    known.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn is_known(letter: char) -> bool {
    match LATIN.get(letter as usize) {
        Some(is_known) => *is_known,
        None => is_in_a_font(letter),
    }
}

fn is_in_a_font(letter: char) -> bool {
    !letter.is_control() && (0..FILES.len()).any(|script| has(script, letter))
}

/// What is known of the first letters of Unicode, to the end of those that are Latin: most titles ask for nothing else.
static LATIN: LazyLock<[bool; 0x250]> = LazyLock::new(|| {
    std::array::from_fn(|code| u32::try_from(code).ok().and_then(char::from_u32).is_some_and(is_in_a_font))
});

fn has(script: usize, letter: char) -> bool {
    FONTS[script][0].font.charmap().map(letter).is_some()
}

#[cfg(test)]
mod tests {
    use super::{FONTS, LocationRef, Size};
    use skrifa::MetadataProvider;
    use skrifa::outline::DrawSettings;
    use skrifa::outline::pen::NullPen;

    #[test]
    fn every_outline_is_whole() {
        for font in FONTS.iter().flatten() {
            for (_, outline) in font.font.outline_glyphs().iter() {
                let settings = DrawSettings::unhinted(Size::new(64.0), LocationRef::default());
                outline.draw(settings, &mut NullPen).unwrap();
            }
        }
    }

    #[test]
    fn bold_has_every_letter_that_regular_has() {
        for [regular, bold] in FONTS.iter() {
            let letters = |font: &super::Font| {
                font.font.charmap().mappings().map(|(letter, _)| letter).collect::<Vec<_>>()
            };
            assert_eq!(letters(regular), letters(bold));
        }
    }
}
