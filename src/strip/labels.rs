//! Words: labels and gaps come in, those that have room at a given width go out as SVG.
//!
//! A strip has them twice, for a telephone and for a wide screen; the stylesheet shows one of the two.

use super::pen::{Anchor, Pen};
use super::scale::Scale;
use super::{Break, Label};

/// What is left free between two words, in pixels.
const SPACE: f64 = 10.0;

/// How much larger the letters of gaps are than those of labels.
const GAP_LETTERS: f64 = 1.15;
/// Every how many-th label is shown: all of them, or as many of them as stand apart.
const STRIDES: [usize; 6] = [1, 2, 4, 5, 10, 20];

/// The most of its stretch that a first label may take, so that others stand beside it.
const SHARE: f64 = 0.6;
/// The most of the strip that a first label may take beside which no others would stand.
const ALONE: f64 = 0.35;

/// A line of words while it is set, at a width in pixels.
struct Line {
    width: f64,
    taken: Vec<(f64, f64)>,
}

/// A text that has its place.
struct Set<'a> {
    text: &'a str,
    anchor: Anchor,
    /// Where what it names is.
    tick: f64,
    /// Where its anchor is.
    place: f64,
}

/// Where a text may stand, the best first.
#[derive(Clone, Copy)]
enum At {
    Middle,
    /// At an end of the strip that a text in the middle would leave.
    Edge,
    Start,
    End,
}

impl At {
    const ALL: [Self; 4] = [Self::Middle, Self::Edge, Self::Start, Self::End];

    /// The text's anchor, and its place in pixels.
    fn anchored(self, x: f64, long: f64, width: f64) -> (Anchor, f64) {
        match self {
            Self::Middle => (Anchor::Middle, x),
            Self::Edge if x < long => (Anchor::Start, 0.0),
            Self::Edge if x > width - long => (Anchor::End, width),
            Self::Edge | Self::Start => (Anchor::Start, x),
            Self::End => (Anchor::End, x),
        }
    }
}

/// The labels below the axis: the first of each stretch, then as many of the others as stand evenly apart.
pub(super) fn ticks(pen: &mut Pen, labels: &[Vec<Label>], scale: &Scale<'_>, width: f64, y: f64) {
    let mut line = Line { width, taken: Vec::new() };
    let mut set: Vec<Set<'_>> = Vec::new();
    let mut clear: Vec<&[Label]> = Vec::new();
    for (of_stretch, (left, right)) in labels.iter().zip(scale.places()) {
        let Some(first) = of_stretch.first() else { continue };
        let alone = if of_stretch.len() > 2 { 0.0 } else { width * ALONE };
        let most = ((right - left) / 100.0 * width * SHARE).max(alone);
        let found = line.first_that_fits(first, scale, (&At::ALL, most));
        // What the others add says nothing where even the first two forms have no room.
        if found.as_ref().is_some_and(|found| first.texts.iter().take(2).any(|text| text == found.text)) {
            clear.push(of_stretch);
        }
        set.extend(found);
    }
    for of_stretch in clear {
        let others = of_stretch.iter().step_by(stride(of_stretch, scale, width)).skip(1);
        set.extend(others.filter_map(|label| line.first_that_fits(label, scale, (&[At::Middle], width))));
    }
    for Set { text, anchor, tick, place } in set {
        pen.upright("axis", tick, (y - 14.0, y - 10.0));
        pen.text("label", anchor, (place, y), text);
    }
}

/// The words of the breaks, the longest break first.
pub(super) fn gaps(pen: &mut Pen, scale: &Scale<'_>, width: f64, y: f64) {
    let mut breaks: Vec<(f64, &Break)> = scale.breaks().collect();
    breaks.sort_by_key(|(_, found)| (std::cmp::Reverse(found.length), found.at));
    let mut line = Line { width, taken: Vec::new() };
    for (place, found) in breaks {
        if let Some(set) = line.set((&found.words, GAP_LETTERS), place, &At::ALL) {
            pen.text("gap-words", set.anchor, (set.place, y), set.text);
        }
    }
}

/// How many labels apart they must stand so as not to touch.
fn stride(labels: &[Label], scale: &Scale<'_>, width: f64) -> usize {
    let short = |label: &Label| label.texts.last().map_or(0.0, |text| width_of(text));
    let widest = labels.iter().skip(1).map(short).fold(0.0, f64::max) + SPACE;
    let places: Vec<f64> = labels.iter().map(|label| scale.place(label.at) / 100.0 * width).collect();
    let apart =
        |stride: &usize| places.iter().zip(&places[*stride..]).all(|(one, next)| next - one >= widest);
    let strides = STRIDES.into_iter().filter(|stride| *stride < labels.len());
    strides.into_iter().find(apart).unwrap_or(labels.len().max(1))
}

impl Line {
    /// The first text that is not wider than `most`, or else the shortest, if it has room.
    fn first_that_fits<'a>(
        &mut self,
        label: &'a Label,
        scale: &Scale<'_>,
        (ways, most): (&[At], f64),
    ) -> Option<Set<'a>> {
        let (tick, last) = (scale.place(label.at), label.texts.len().saturating_sub(1));
        let texts = label.texts.iter().enumerate();
        let mut short = texts.filter(|(at, text)| *at == last || width_of(text) <= most);
        short.find_map(|(_, text)| self.set((text, 1.0), tick, ways))
    }

    /// Sets a text where it neither touches another nor leaves the strip.
    fn set<'a>(&mut self, (text, size): (&'a str, f64), tick: f64, ways: &[At]) -> Option<Set<'a>> {
        let long = width_of(text) * size;
        ways.iter().find_map(|at| {
            let (anchor, x) = at.anchored(tick / 100.0 * self.width, long, self.width);
            let from = match anchor {
                Anchor::Start => x,
                Anchor::Middle => x - long / 2.0,
                Anchor::End => x - long,
            };
            let to = from + long;
            let free = self.taken.iter().all(|(left, right)| to + SPACE <= *left || from >= *right + SPACE);
            (free && from >= 0.0 && to <= self.width).then(|| {
                self.taken.push((from, to));
                Set { text, anchor, tick, place: x / self.width * 100.0 }
            })
        })
    }
}

/// About how wide a text is in letters of 12 pixels; rather too much than too little.
fn width_of(text: &str) -> f64 {
    let letter = |letter: char| match letter {
        ' ' | ',' | '.' | 'i' | 'l' | '\'' => 3.6,
        '\u{300}'..='\u{36f}' | '\u{64b}'..='\u{65f}' => 0.0,
        'm' | 'w' | 'M' | 'W' => 10.5,
        '\u{1100}'.. => 12.5,
        _ => 7.0,
    };
    text.chars().map(letter).sum()
}
