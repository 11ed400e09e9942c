//! Columns: marks too many to be told apart come in, columns as high as they are many go out as SVG.

use super::pen::Pen;
use super::scale::Scale;
use super::{Figure, Sheet};
use crate::svg::escaped;

/// Whether columns lead to the first of their marks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Leading {
    ToTheFirst,
    Nowhere,
}

/// How many marks begin in each of so many columns, each with the index of its first in time.
pub(super) fn columns(sheet: &Sheet<'_>, scale: &Scale<'_>, many: usize) -> Vec<(usize, usize)> {
    let mut columns = vec![(0, usize::MAX); many];
    for (index, mark) in sheet.marks.iter().enumerate() {
        let middle = matches!(mark.figure, Figure::Day | Figure::Moment);
        let second = if middle { mark.from / 2 + mark.to / 2 } else { mark.from };
        let at = (scale.place(second) / 100.0 * many as f64) as usize;
        let (count, first) = &mut columns[at.min(many - 1)];
        let earlier = sheet.marks.get(*first).is_none_or(|known| mark.from < known.from);
        *first = if earlier { index } else { *first };
        *count += 1;
    }
    columns
}

/// The columns, from `bottom` up to `height` pixels high.
pub(super) fn draw(
    pen: &mut Pen,
    (sheet, scale): (&Sheet<'_>, &Scale<'_>),
    (many, leading): (usize, Leading),
    (bottom, height): (f64, f64),
) {
    let columns = columns(sheet, scale, many);
    let most = columns.iter().map(|(count, _)| *count).max().unwrap_or(1).max(1) as f64;
    let width = 100.0 / many as f64;
    for (at, (count, first)) in columns.into_iter().enumerate().filter(|(_, (count, _))| *count > 0) {
        // To tenths of a pixel, and never so low that it cannot be seen.
        let high = ((count as f64 / most * height).max(2.0) * 10.0).round() / 10.0;
        let (left, top) = (at as f64 * width, ((bottom - high) * 10.0).round() / 10.0);
        let leads = leading == Leading::ToTheFirst;
        if leads {
            let lead = (sheet.lead)(&sheet.marks[first]);
            pen.raw(&format!(r#"<a href="{}" tabindex="-1">"#, escaped(&lead.href)));
            pen.title(&(sheet.count)(count));
        }
        pen.bar("column", (left + width * 0.1, left + width * 0.9), top, high);
        if leads {
            pen.raw("</a>");
        }
    }
}
