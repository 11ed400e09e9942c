//! The sheet of TimelineJS as CSV: rows come in, slides go out. The columns may stand in any order.

use std::collections::BTreeMap;
use std::path::Path;

use super::notes::{Note, Reason};
use super::own;
use super::slides::{Media, Slide, SlideDate, SlideKind};
use crate::Place;

/// Columns that a slide has a place for; those of the older sheet among them.
const KNOWN: [&str; 22] = [
    "year",
    "month",
    "day",
    "time",
    "end year",
    "end month",
    "end day",
    "end time",
    "display date",
    "headline",
    "text",
    "media",
    "media credit",
    "media caption",
    "media thumbnail",
    "alt text",
    "type",
    "group",
    "tag",
    "background",
    "start date",
    "end date",
];

/// Reads the rows.
///
/// # Errors
/// A sentence that says why this is no sheet of TimelineJS.
pub(super) fn slides(path: &Path, text: &str, notes: &mut Vec<Note>) -> Result<Vec<Slide>, String> {
    let text = text.trim_start_matches('\u{feff}');
    let mut reader = csv::ReaderBuilder::new().flexible(true).from_reader(text.as_bytes());
    let head = reader.headers().map_err(|error| error.to_string())?.clone();
    let is_own = own::is_table(&head);
    let names: Vec<String> = head.iter().map(|name| name.trim().to_lowercase()).collect();
    if !is_own && !names.iter().any(|name| name == "headline") {
        return Err("its first row has no column `Headline`".to_string());
    }
    for (at, name) in names.iter().enumerate().filter(|(_, name)| !is_own && !name.is_empty()) {
        if !KNOWN.contains(&name.as_str()) {
            let sentence = format!("the column `{}` is none of TimelineJS's, and did not come in", &head[at]);
            notes.push(Note { place: line(path, text, 0), reason: Reason::Lost, sentence });
        }
    }
    let mut slides = Vec::new();
    for record in reader.records() {
        let record = match record {
            Ok(record) => record,
            Err(error) => {
                let at = error.position().map_or(0, csv::Position::byte);
                let sentence = format!("this row can't be read ({error}), and did not come in");
                notes.push(Note { place: line(path, text, at), reason: Reason::Unread, sentence });
                continue;
            }
        };
        if is_own {
            let place = line(path, text, record.position().map_or(0, csv::Position::byte));
            slides.push(own::row(&head, &record, place, notes));
            continue;
        }
        let cells: BTreeMap<&str, &str> = names
            .iter()
            .map(String::as_str)
            .zip(record.iter().map(str::trim))
            .filter(|(_, cell)| !cell.is_empty())
            .collect();
        if cells.is_empty() {
            continue;
        }
        let place = line(path, text, record.position().map_or(0, csv::Position::byte));
        slides.push(slide(&cells, place, notes));
    }
    Ok(slides)
}

fn slide(cells: &BTreeMap<&str, &str>, place: Place, notes: &mut Vec<Note>) -> Slide {
    let cell = |name: &str| cells.get(name).copied().unwrap_or_default().to_string();
    let kind = match cell("type").to_lowercase().as_str() {
        "title" => SlideKind::Title,
        "era" => SlideKind::Era,
        _ => SlideKind::Event,
    };
    let mut slide = Slide::new(kind, place);
    slide.headline = cell("headline");
    slide.text = cell("text");
    slide.display = cell("display date");
    slide.group = if cells.contains_key("group") { cell("group") } else { cell("tag") };
    slide.media = Media {
        url: cell("media"),
        caption: cell("media caption"),
        credit: cell("media credit"),
        alt: cell("alt text"),
    };
    let extra = [("background", cell("background")), ("media_thumbnail", cell("media thumbnail"))];
    slide.extra = extra.into_iter().filter(|(_, value)| !value.is_empty()).collect();
    let mut date = |before: &str, whole: &str| -> Option<SlideDate> {
        let mut date = match cells.get(whole) {
            Some(old) => old_date(old),
            None => SlideDate {
                year: cell(&format!("{before}year")),
                month: cell(&format!("{before}month")),
                day: cell(&format!("{before}day")),
                ..SlideDate::default()
            },
        };
        if let Some(time) = cells.get(format!("{before}time").as_str()) {
            match time_of_day(time) {
                Some((hour, minute, second)) => {
                    (date.hour, date.minute, date.second) = (hour, minute, second);
                }
                None => {
                    let sentence = format!("the time `{time}` can't be read, and did not come in");
                    notes.push(Note { place: slide.place.clone(), reason: Reason::Date, sentence });
                }
            }
        }
        (date != SlideDate::default()).then_some(date)
    };
    (slide.start, slide.end) = (date("", "start date"), date("end ", "end date"));
    slide
}

/// A date of the older sheet, `7/1/2000`, month first, or of the older JSON, `2000,7,1,9,30`.
pub(super) fn old_date(text: &str) -> SlideDate {
    let (day, time) = text.trim().split_once(' ').unwrap_or((text.trim(), ""));
    let parts: Vec<String> = day.split(['/', ',', '-']).map(|part| part.trim().to_string()).collect();
    let part = |at: usize| parts.get(at).cloned().unwrap_or_default();
    let mut date = match (day.contains('/'), parts.len()) {
        (true, 3) => SlideDate { year: part(2), month: part(0), day: part(1), ..SlideDate::default() },
        (true, 2) => SlideDate { year: part(1), month: part(0), ..SlideDate::default() },
        _ => SlideDate {
            year: part(0),
            month: part(1),
            day: part(2),
            hour: part(3),
            minute: part(4),
            second: part(5),
        },
    };
    if let Some((hour, minute, second)) = time_of_day(time) {
        (date.hour, date.minute, date.second) = (hour, minute, second);
    }
    date
}

/// `9:30`, `9:30 PM`, `0930`, `21.30`.
fn time_of_day(text: &str) -> Option<(String, String, String)> {
    let lower = text.trim().to_lowercase().replace('.', ":");
    let (digits, half) = match lower.trim_end_matches(':').rsplit_once(['a', 'p']) {
        Some((digits, _)) => (digits.trim().to_string(), lower[digits.len()..].chars().next()),
        None => (lower.clone(), None),
    };
    let parts: Vec<u32> = match digits.len() {
        3 | 4 if digits.chars().all(|c| c.is_ascii_digit()) => {
            let (hour, minute) = digits.split_at(digits.len() - 2);
            vec![hour.parse().ok()?, minute.parse().ok()?]
        }
        _ => digits.split(':').map(|part| part.trim().parse().ok()).collect::<Option<_>>()?,
    };
    let hour = match (*parts.first()?, half) {
        (12, Some('a')) => 0,
        (hour @ 1..=11, Some('p')) => hour + 12,
        (hour, _) => hour,
    };
    let part = |at: usize| parts.get(at).map(u32::to_string).unwrap_or_default();
    (hour < 24).then(|| (hour.to_string(), part(1), part(2)))
}

/// The line that begins at a byte.
fn line(path: &Path, text: &str, byte: u64) -> Place {
    let start = usize::try_from(byte).unwrap_or(0).min(text.len());
    // The parser counts the end of the row before as the beginning of a row.
    let start = start + text[start..].len() - text[start..].trim_start_matches(['\r', '\n']).len();
    let end = text[start..].find('\n').map_or(text.len(), |end| start + end);
    Place::in_text(path, text, start..end)
}

#[cfg(test)]
mod tests {
    use super::{old_date, slides, time_of_day};
    use std::path::Path;

    #[test]
    fn a_time_of_day_is_read_as_timelinejs_reads_it() {
        let read =
            |text: &str| time_of_day(text).map(|(hour, minute, second)| format!("{hour}-{minute}-{second}"));
        assert_eq!(read("9:30").as_deref(), Some("9-30-"));
        assert_eq!(read("9:30 PM").as_deref(), Some("21-30-"));
        assert_eq!(read("12:05 a.m.").as_deref(), Some("0-5-"));
        assert_eq!(read("0930").as_deref(), Some("9-30-"));
        assert_eq!(read("21.30").as_deref(), Some("21-30-"));
        assert_eq!(read("9:30:15").as_deref(), Some("9-30-15"));
        for wrong in ["", "noon", "25:00", "a"] {
            assert_eq!(read(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn older_dates_are_read_as_well() {
        let read = |text: &str| {
            let date = old_date(text);
            format!("{} {} {} {}", date.year, date.month, date.day, date.hour)
        };
        assert_eq!(read("7/1/2000"), "2000 7 1 ");
        assert_eq!(read("7/2000"), "2000 7  ");
        assert_eq!(read("2000"), "2000   ");
        assert_eq!(read("2000,7,1"), "2000 7 1 ");
        assert_eq!(read("7/1/2000 9:30"), "2000 7 1 9");
    }

    #[test]
    fn rows_keep_their_lines() {
        let text = "Year,Headline,Text,Mood\n2000,A,\"b\nc\",x\n,,,\n2001,D,e,\n";
        let mut notes = Vec::new();
        let slides = slides(Path::new("a.csv"), text, &mut notes).unwrap();
        let lines: Vec<usize> =
            slides.iter().map(|slide| slide.place.line.as_ref().unwrap().number).collect();
        assert_eq!(lines, [2, 5]);
        assert_eq!(notes.len(), 1);
        assert!(super::slides(Path::new("a.csv"), "a,b\n1,2\n", &mut notes).is_err());
    }
}
