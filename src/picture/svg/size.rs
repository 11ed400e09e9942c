//! How large a drawing is: its width and height, or those of its view box, in pixels.

use roxmltree::Node;

/// What browsers take where nothing is said.
const UNSAID: (f64, f64) = (300.0, 150.0);

/// The units that do not depend on what is around the drawing, in pixels; none is the last.
const UNITS: [(&str, f64); 7] = [
    ("px", 1.0),
    ("pt", 96.0 / 72.0),
    ("pc", 16.0),
    ("in", 96.0),
    ("cm", 96.0 / 2.54),
    ("mm", 96.0 / 25.4),
    ("", 1.0),
];

/// The width and height in whole pixels, at least one each.
pub(super) fn of(root: Node<'_, '_>) -> (u32, u32) {
    let width = root.attribute("width").and_then(pixels);
    let height = root.attribute("height").and_then(pixels);
    let (width, height) = match (width, height, root.attribute("viewBox").and_then(view_box)) {
        (Some(width), Some(height), _) => (width, height),
        (Some(width), None, Some(view)) => (width, width * view.1 / view.0),
        (None, Some(height), Some(view)) => (height * view.0 / view.1, height),
        (None, None, Some(view)) => view,
        (width, height, None) => (width.unwrap_or(UNSAID.0), height.unwrap_or(UNSAID.1)),
    };
    (whole(width), whole(height))
}

/// A length in pixels; one that depends on what is around the drawing says nothing.
fn pixels(length: &str) -> Option<f64> {
    let length = length.trim();
    let in_unit = |(unit, factor): &(&str, f64)| Some((length.strip_suffix(unit)?, *factor));
    let (number, factor) = UNITS.iter().find_map(in_unit)?;
    let number: f64 = number.trim().parse().ok()?;
    Some(number * factor).filter(|length| length.is_finite() && *length > 0.0)
}

fn view_box(text: &str) -> Option<(f64, f64)> {
    let numbers = text.split([' ', ',', '\t', '\n', '\r']).filter(|number| !number.is_empty());
    let numbers: Vec<f64> = numbers.map(str::parse).collect::<Result<_, _>>().ok()?;
    let &[_, _, width, height] = numbers.as_slice() else { return None };
    (width > 0.0 && height > 0.0 && width.is_finite() && height.is_finite()).then_some((width, height))
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "the range is set just before")]
fn whole(length: f64) -> u32 {
    length.round().clamp(1.0, 100_000.0) as u32
}

#[cfg(test)]
mod tests {
    use roxmltree::Document;

    fn size(attributes: &str) -> (u32, u32) {
        let text = format!("<svg xmlns=\"http://www.w3.org/2000/svg\" {attributes}/>");
        super::of(Document::parse(&text).unwrap().root_element())
    }

    #[test]
    fn sizes_are_in_pixels() {
        assert_eq!(size("width='1200' height='675'"), (1200, 675));
        assert_eq!(size("width='1in' height='25.4mm'"), (96, 96));
        assert_eq!(size("viewBox='0 0 40,30'"), (40, 30));
        assert_eq!(size("width='100%' height='100%' viewBox='0 0 40 30'"), (40, 30));
        assert_eq!(size("width='400' viewBox='0 0 40 30'"), (400, 300));
        assert_eq!(size("height='0' width='-4' viewBox='0 0 0 0'"), (300, 150));
        assert_eq!(size("width='1e99' height='NaN'"), (100_000, 150));
        assert_eq!(size(""), (300, 150));
    }
}
