//! Where each line of a card stands: words come in, shaped lines with their places go out.

use super::fonts::{Line, Weight};
use super::{Card, Direction, HEIGHT, WIDTH, without_signs};

/// The distance of text from the edges of the picture.
const MARGIN: f32 = 84.0;

/// How wide a line may be.
const LINE: f32 = WIDTH as f32 - 2.0 * MARGIN;

/// The sizes of the headline, each with how many lines it may take: the first is taken that has room for all.
const HEADLINE: [(f32, usize); 4] = [(76.0, 2), (66.0, 3), (56.0, 4), (48.0, 5)];

/// The size of all other lines.
const SMALL: f32 = 32.0;

/// Where the line above the headline stands, and where the last line does.
const ABOVE: f32 = 110.0;
const FOOT: f32 = HEIGHT as f32 - 66.0;

/// With which of the two inks a line is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Ink {
    Strong,
    Muted,
}

/// A line at its place.
pub(super) struct Placed {
    pub line: Line,
    /// Its left end.
    pub x: f32,
    /// Its base line, from the top.
    pub y: f32,
    pub ink: Ink,
}

/// The lines of a card while they are placed.
struct Sheet<'a> {
    card: &'a Card,
    lines: Vec<Placed>,
}

/// All lines of a card.
pub(super) fn lines(card: &Card) -> Vec<Placed> {
    let mut sheet = Sheet { card, lines: Vec::new() };
    let above = card.above.as_deref().unwrap_or_default();
    let is_below = sheet.small(above, ABOVE, SMALL, Weight::Regular, Ink::Muted);
    sheet.small(&card.site, FOOT, SMALL * 0.8, Weight::Regular, Ink::Muted);
    let mut y = FOOT - SMALL * 1.75;
    for (text, weight) in [(&card.place, Weight::Regular), (&card.date, Weight::Bold)] {
        if sheet.small(text.as_deref().unwrap_or_default(), y, SMALL, weight, Ink::Strong) {
            y -= SMALL * 1.4;
        }
    }
    let top = if is_below { ABOVE } else { ABOVE - SMALL };
    let (size, headline) = headline(&card.title);
    let reads = direction(&card.title, card.direction);
    for (at, text) in headline.iter().enumerate() {
        let y = top + size * (1.35 + 1.22 * at as f32);
        sheet.add(Line::new(text, size, Weight::Bold, reads), y, Ink::Strong);
    }
    sheet.lines
}

impl Sheet<'_> {
    /// Adds a text that takes one line, cut where it is longer; gives whether there is any.
    fn small(&mut self, text: &str, y: f32, size: f32, weight: Weight, ink: Ink) -> bool {
        let fitting = fitting(text, size, weight);
        self.add(Line::new(&fitting, size, weight, direction(text, self.card.direction)), y, ink);
        !fitting.is_empty()
    }

    fn add(&mut self, line: Line, y: f32, ink: Ink) {
        let x = match self.card.direction {
            Direction::LeftToRight => MARGIN,
            Direction::RightToLeft => WIDTH as f32 - MARGIN - line.width,
        };
        self.lines.push(Placed { line, x, y, ink });
    }
}

/// In which direction a text is read: that of its first letter, else that of its page.
fn direction(text: &str, page: Direction) -> Direction {
    match text.chars().find(|letter| letter.is_alphabetic()) {
        Some('\u{590}'..='\u{8ff}' | '\u{fb1d}'..='\u{fdff}' | '\u{fe70}'..='\u{fefc}') => {
            Direction::RightToLeft
        }
        Some(_) => Direction::LeftToRight,
        None => page,
    }
}

/// The lines of the headline, in the largest size in which it has room.
fn headline(title: &str) -> (f32, Vec<String>) {
    let words = Words::of(&without_signs(title), Weight::Bold);
    let mut smallest = (0.0, Vec::new());
    for (size, most) in HEADLINE {
        let (lines, is_whole) = words.lines(size, most);
        smallest = (size, lines);
        if is_whole {
            break;
        }
    }
    smallest
}

/// A text in one line, cut where it is longer.
fn fitting(text: &str, size: f32, weight: Weight) -> String {
    Words::of(&without_signs(text), weight).lines(size, 1).0.concat()
}

/// The words of a text with their widths at size 1: letters have no hints, so that widths grow with the size.
struct Words {
    list: Vec<(String, f32)>,
    space: f32,
}

impl Words {
    fn of(text: &str, weight: Weight) -> Self {
        let width = |text: &str| Line::new(text, 1.0, weight, Direction::LeftToRight).width;
        let words = text.split(' ').filter(|word| !word.is_empty());
        Self { list: words.map(|word| (word.to_string(), width(word))).collect(), space: width(" ") }
    }

    /// The text in lines, and whether they hold all of it; where they do not, the last ends with an ellipsis.
    fn lines(&self, size: f32, most: usize) -> (Vec<String>, bool) {
        let mut lines: Vec<(String, f32)> = Vec::new();
        let mut is_whole = true;
        for (word, width) in self.list.iter().flat_map(|(word, width)| pieces(word, width * size, size)) {
            let is_full = lines.len() == most;
            match lines.last_mut() {
                Some((line, length)) if *length + self.space * size + width <= LINE => {
                    line.push(' ');
                    line.push_str(&word);
                    *length += self.space * size + width;
                }
                Some((line, length)) if is_full => {
                    *line = cut(line, *length, size);
                    is_whole = false;
                    break;
                }
                _ => lines.push((word, width)),
            }
        }
        (lines.into_iter().map(|(line, _)| line).collect(), is_whole)
    }
}

/// A word that is longer than a line in pieces of about the same width.
fn pieces(word: &str, width: f32, size: f32) -> Vec<(String, f32)> {
    let room = LINE - size;
    if width <= room {
        return vec![(word.to_string(), width)];
    }
    let letters: Vec<char> = word.chars().collect();
    // Letters are not of one width: a piece is taken to be a fifth wider than its share.
    let share = width / letters.len() as f32 * 1.2;
    let most = ((room / share) as usize).max(1);
    let pieces = letters.chunks(most);
    pieces.map(|piece| (piece.iter().collect(), share * piece.len() as f32)).collect()
}

/// A line with an ellipsis at its end, for which a word goes where there is no room else.
fn cut(line: &str, length: f32, size: f32) -> String {
    let has_room = length + size <= LINE;
    let shorter = if has_room { line } else { line.rsplit_once(' ').map_or(line, |(rest, _)| rest) };
    format!("{}…", shorter.trim_end_matches(|last: char| !last.is_alphanumeric()))
}
