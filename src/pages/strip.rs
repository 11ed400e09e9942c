//! The overview strip of a timeline: its events as marks in time, broken at the gaps that the page tells in words.

use rayon::prelude::{IntoParallelIterator, ParallelIterator};
use serde::Serialize;

use super::{Scene, axis};
use crate::input::keys::{Role, Weight};
use crate::site::{EventIndex, Site, Timeline};
use crate::strip::{self, Break, Direction, Figure, Lead, Mark, Sheet, Stretch};
use crate::time::{Bound, DateShape, EventDate, Precision, gaps_worth_words};

/// A timeline at a glance.
#[derive(Debug, Serialize)]
pub(super) struct StripView {
    /// The strip: SVG without scripts and styles, hidden from assistive technology, since the page says the same.
    pub svg: String,
}

/// The strip of a timeline, on which an event's mark leads to what `href` says; `None` where no event has a place in
/// time.
pub(super) fn of(
    scene: &Scene<'_>,
    timeline: &Timeline,
    href: &dyn Fn(EventIndex) -> String,
) -> Option<StripView> {
    let site = scene.site;
    let events = timeline.events.clone().into_par_iter();
    let marks = || events.filter_map(|at| mark(site, EventIndex(at))).collect();
    let (marks, breaks): (Vec<Mark>, Vec<Break>) = rayon::join(marks, || breaks(scene, timeline));
    let stretches = strip::stretches(&marks, &breaks);
    let labels = stretches.iter().enumerate().map(|(at, stretch)| {
        let before = at.checked_sub(1).map(|before| stretches[before]);
        let finest = finest(site, &marks, *stretch);
        axis::labels((scene.words, timeline.clock), before, *stretch, finest)
    });
    let sheet = Sheet {
        labels: labels.collect(),
        direction: if scene.words.direction() == "rtl" {
            Direction::RightToLeft
        } else {
            Direction::LeftToRight
        },
        count: &|many| scene.words.count("events_count", many as u64),
        lead: &|mark| {
            let event = site.event(EventIndex(mark.subject));
            let title = format!("{} · {}", scene.words.date(&event.date), event.keys(site).title);
            Lead { href: href(EventIndex(mark.subject)), title }
        },
        marks,
        breaks,
    };
    Some(StripView { svg: strip::draw(&sheet)?.svg })
}

/// The mark of an event; `None` of one whose date is unknown, which has no place in time.
fn mark(site: &Site, index: EventIndex) -> Option<Mark> {
    let event = site.event(index);
    let figure = figure(event.date.shape())?;
    let (from, to) = seconds(&event.date)?;
    let keys = event.keys(site);
    Some(Mark {
        subject: index.0,
        from,
        to,
        figure,
        weight: match keys.weight {
            Weight::Key => strip::Weight::Key,
            Weight::Normal => strip::Weight::Normal,
            Weight::Minor => strip::Weight::Minor,
        },
        background: keys.role == Role::Background,
    })
}

fn figure(shape: DateShape) -> Option<Figure> {
    Some(match shape {
        DateShape::Minute => Figure::Moment,
        DateShape::Day => Figure::Day,
        DateShape::Month | DateShape::Season | DateShape::Year | DateShape::Span => Figure::Bar,
        DateShape::Unspecified => Figure::Unspecified,
        DateShape::Range => Figure::Range,
        DateShape::Open => Figure::Open,
        DateShape::OpenStart => Figure::OpenStart,
        DateShape::UnknownEnd => Figure::UnknownEnd,
        DateShape::UnknownStart => Figure::UnknownStart,
        DateShape::Before => Figure::Before,
        DateShape::After => Figure::After,
        DateShape::Approximate => Figure::Approximate,
        DateShape::Uncertain => Figure::Uncertain,
        DateShape::EitherOr => Figure::EitherOr,
        DateShape::Every => Figure::Every,
        DateShape::Unknown => return None,
    })
}

/// The first and the last second that are known of a date; of several days, the middles of the first and the last.
fn seconds(date: &EventDate) -> Option<(i64, i64)> {
    const HALF_A_DAY: i64 = 43_200;
    let (first, last) = date.stands()?;
    let second = |bound: Bound, instead| bound.instant().unwrap_or(instead).seconds();
    let (from, to) = (second(date.earliest(), first), second(date.latest(), last));
    let several = matches!(date.shape(), DateShape::EitherOr | DateShape::Every);
    let inset = if several && date.precision() == Precision::Day { HALF_A_DAY } else { 0 };
    let (from, to) = (from.saturating_add(inset), to.saturating_sub(inset));
    Some((from.min(to), to.max(from)))
}

/// The gaps that the page tells, with its words.
fn breaks(scene: &Scene<'_>, timeline: &Timeline) -> Vec<Break> {
    let dates: Vec<&EventDate> =
        scene.site.events[timeline.events.clone()].iter().map(|event| &event.date).collect();
    let gaps = gaps_worth_words(&dates);
    let found = dates.iter().zip(gaps).filter_map(|(date, gap)| Some((seconds(date)?.0, gap?)));
    found.map(|(at, gap)| Break { at, length: gap.least_seconds, words: scene.words.gap(&gap) }).collect()
}

/// The finest precision of what begins in a stretch: no label may say more.
fn finest(site: &Site, marks: &[Mark], stretch: Stretch) -> Precision {
    let within = marks.iter().filter(|mark| (stretch.from..=stretch.to).contains(&mark.from));
    let precisions = within.map(|mark| site.event(EventIndex(mark.subject)).date.precision());
    precisions.max().unwrap_or(Precision::Year)
}

#[cfg(test)]
mod tests {
    use super::{figure, seconds};
    use crate::strip::Figure;
    use crate::time::{DateShape, EventDate, WrittenDate, Zone};

    fn place(text: &str) -> EventDate {
        EventDate::place(&WrittenDate::parse(text).unwrap(), Zone::UTC, Zone::UTC).0
    }

    #[test]
    fn every_kind_of_date_but_the_unknown_has_a_figure() {
        let figures: Vec<Figure> = DateShape::ALL.into_iter().filter_map(figure).collect();
        assert_eq!(figures.len(), DateShape::ALL.len() - 1);
        assert!(Figure::ALL.iter().all(|known| figures.contains(known)), "no figure is there in vain");
        assert_eq!(figure(DateShape::Unknown), None);
    }

    #[test]
    fn a_mark_stands_at_what_is_known_of_its_date() {
        const DAY: i64 = 86_400;
        let cases = [
            ("1970-01-03", Some((2 * DAY, 3 * DAY - 1))),
            ("1970-01-03T12:00", Some((2 * DAY + DAY / 2, 2 * DAY + DAY / 2 + 59))),
            ("1970-01-03/..", Some((2 * DAY, 3 * DAY - 1))),
            ("../1970-01-03", Some((2 * DAY, 3 * DAY - 1))),
            ("[..1970-01-03]", Some((2 * DAY, 3 * DAY - 1))),
            ("1970-01-03/1970-01-05", Some((2 * DAY, 5 * DAY - 1))),
            ("[1970-01-03,1970-01-05]", Some((2 * DAY + DAY / 2, 4 * DAY + DAY / 2 - 1))),
            ("unknown", None),
        ];
        for (text, expected) in cases {
            assert_eq!(seconds(&place(text)), expected, "{text}");
        }
    }
}
