//! An event's article: what it tells, of which time and place, by whom, and what it rests upon.

use super::super::shared::local;
use super::vocabulary::{CorrectionComment, CreativeWork, NewsArticle, Thing, When};
use super::{Describing, absolute, images, things, website};
use crate::input::EntityKind;
use crate::input::keys::{EventKeys, Source};
use crate::pages::{Scene, dates};
use crate::site::{Event, EventIndex, Scope};
use crate::time::{EventDate, WrittenDate};

/// An article on its own page.
pub(super) fn whole(page: &Describing<'_>, index: EventIndex) -> NewsArticle {
    let scene = page.scene;
    let site = scene.site;
    let event = site.event(index);
    let keys = event.keys(site);
    let timeline = site.timeline(event.timeline);
    let about = [EntityKind::Person, EntityKind::Organization, EntityKind::Topic];
    let topics = event.named(EntityKind::Topic).iter().map(|topic| site.entity(*topic).name.clone());
    NewsArticle {
        main_entity_of_page: Some(page.url.clone()),
        description: page.frame.description.clone(),
        in_language: Some(page.frame.language.clone()),
        is_accessible_for_free: Some(true),
        article_section: Some(timeline.keys(site).title.clone()),
        keywords: topics.collect(),
        image: images::of_subject(scene, event.article, Scope::Event(index)),
        author: things::authors(scene, &keys.authors),
        publisher: website::publisher(scene),
        about: about.into_iter().flat_map(|kind| named(scene, event, kind)).collect(),
        citation: keys.sources.iter().map(source).collect(),
        is_part_of: Some(super::timelines::reference(scene, event.timeline)),
        ..part(scene, event)
    }
}

/// An article as a part of a chronology: what is to be known of it beside its own page.
pub(super) fn part(scene: &Scene<'_>, event: &Event) -> NewsArticle {
    let keys = event.keys(scene.site);
    let url = absolute(scene, &event.address);
    NewsArticle {
        id: format!("{url}#article"),
        url,
        headline: keys.title.clone(),
        date_published: event.published.map(|instant| local(scene, instant)),
        date_modified: event.updated.map(|instant| local(scene, instant)),
        when: when(&event.date),
        content_location: named(scene, event, EntityKind::Place),
        correction: corrections(keys),
        ..NewsArticle::default()
    }
}

/// What time an article is about: a moment where it is known to the minute, else the date as it is known.
pub(super) fn when(date: &EventDate) -> When {
    let moment = if date.has_time() { date.datetime().into_iter().next() } else { None };
    let is_coarse = moment.is_none() && !date.written().is_unknown();
    When { temporal_coverage: is_coarse.then(|| date.edtf()), content_reference_time: moment }
}

fn named(scene: &Scene<'_>, event: &Event, kind: EntityKind) -> Vec<Thing> {
    event.named(kind).iter().map(|entity| things::mentioned(scene, scene.site.entity(*entity))).collect()
}

fn source(source: &Source) -> CreativeWork {
    let publisher = |name: &String| Thing { kind: "Organization", name: name.clone(), ..Thing::default() };
    CreativeWork {
        name: source.title.clone(),
        url: source.url.as_ref().map(|url| url.0.clone()),
        publisher: source.publisher.as_ref().map(publisher),
        date_published: source.published.as_ref().and_then(iso),
        in_language: source.language.as_ref().map(|language| language.0.clone()),
        archived_at: source.archive.as_ref().map(|url| url.0.clone()),
    }
}

fn corrections(keys: &EventKeys) -> Vec<CorrectionComment> {
    let corrections = keys.corrections.iter().map(|correction| CorrectionComment {
        text: correction.text.clone(),
        date_published: iso(&correction.date),
    });
    corrections.collect()
}

/// A date that ISO 8601 has as well, no more exact than it is written; `None` for ranges, doubts and sets.
fn iso(written: &WrittenDate) -> Option<String> {
    let value = dates::plain_date(written).datetime();
    let is_one = value.len() == 1 && !written.edtf().contains('/');
    if is_one { value.into_iter().next() } else { None }
}

#[cfg(test)]
mod tests {
    use super::{iso, when};
    use crate::time::{EventDate, WrittenDate, Zone};

    fn parts(text: &str) -> (Option<String>, Option<String>) {
        let zone = Zone::parse("Asia/Vladivostok").unwrap();
        let date = EventDate::place(&WrittenDate::parse(text).unwrap(), zone, zone).0;
        let when = when(&date);
        (when.content_reference_time, when.temporal_coverage)
    }

    #[test]
    fn a_date_is_told_as_exactly_as_it_is_known() {
        let coarse = [
            "2000",
            "2000-07",
            "2023-09-13",
            "2023-09-12/2023-09-17",
            "2023-09-10/..",
            "1984?",
            "201X",
            "2001-21",
            "[2023-09-15,2023-09-16]",
            "-0043",
        ];
        for text in coarse {
            assert_eq!(parts(text), (None, Some(text.to_string())));
        }
        assert_eq!(parts("2023-09-13T13:00"), (Some("2023-09-13T13:00+10:00".to_string()), None));
        assert_eq!(parts("2023-09-13T13:00:05Z"), (Some("2023-09-13T23:00:05+10:00".to_string()), None));
        assert_eq!(parts("unknown"), (None, None));
    }

    #[test]
    fn a_source_has_a_date_only_where_iso_8601_has_it() {
        let dates =
            ["2000-07", "2023-09-13", "2000", "2023-09-10/..", "1984?", "[2023-09-15,2023-09-16]", "unknown"];
        let known = dates.map(|text| iso(&WrittenDate::parse(text).unwrap()));
        assert_eq!(
            known.each_ref().map(Option::as_deref),
            [Some("2000-07"), Some("2023-09-13"), Some("2000"), None, None, None, None]
        );
    }
}
