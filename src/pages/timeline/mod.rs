//! A timeline's page, and the further pages of a long one: its events by era and period, and all that leads to them.

mod archive;
mod contents;
mod controls;
mod masthead;
mod moments;
mod rows;
mod sections;
mod take_away;
mod track;

use serde::Serialize;
use tera::Value;

use super::cards::{self, ImageView, Link};
use super::dates::{self, DateView, MomentView};
use super::embed_code::{self, EmbedCode};
use super::frame::{Frame, asset, frame, frame_of_part, with_part};
use super::latest::{self, LatestView};
use super::places::{Places, PlacesView};
use super::sources::{Bibliography, SourceView};
use super::strip::{self, StripView};
use super::{Failure, Scene, View, entity_links, text};
use crate::Diagnostic;
use crate::input::EntityKind;
use crate::input::keys::Extra;
use crate::site::{EntityIndex, Event, EventIndex, Part, Parts, Timeline, TimelineIndex};
use crate::time::Period;
pub(super) use archive::{ArticleView, script as archive_script, style as archive_style, view as archive};
use contents::Contents;
use controls::FiltersView;
pub(super) use masthead::{coverage, status, updated};
use moments::KeyMoment;
use sections::{Section, Sections};
use take_away::TakeAway;
pub(super) use track::view as track;

/// What `timeline.html` sees under the name `timeline`.
#[derive(Debug, Serialize)]
pub(super) struct TimelineView {
    pub title: String,
    /// Its own page.
    pub href: String,
    /// On a further page of a long timeline: which one, «September 2023, part 2 of 3». It has no text and no map.
    pub part: Option<String>,
    pub summary: Option<String>,
    /// `ongoing` or `closed`.
    pub status: Option<&'static str>,
    /// The days that its story covers.
    pub coverage: Option<DateView>,
    /// What came before the story, as far back as it is told.
    pub background: Option<DateView>,
    /// When any of its articles was published or changed last.
    pub updated: Option<MomentView>,
    /// What the page is compared with while its coverage goes on.
    pub latest: Option<LatestView>,
    /// «7 events», «3 key moments», …; only what there is.
    pub counts: Vec<String>,
    /// Whose clock the times are on; absent where no event has a time of day.
    pub zone_note: Option<String>,
    /// The same events by publication; absent where none says when it was published.
    pub reported: Option<String>,
    pub image: Option<ImageView>,
    /// The introduction: the text of its `_index.md`.
    pub text: String,
    pub key_moments: Vec<KeyMoment>,
    /// How many key moments there are, where not all are listed.
    pub more_key_moments: Option<String>,
    /// The story at a glance; absent where no event has a place in time.
    pub strip: Option<StripView>,
    pub contents: Contents,
    pub filters: Option<FiltersView>,
    pub sections: Vec<Section>,
    /// Whether there are so many events that the browser should lay out only those in sight.
    pub long: bool,
    /// The page before and after this one, as one reads.
    pub previous: Option<Link>,
    pub next: Option<Link>,
    /// The map and its places; absent where no place has a position.
    pub places: Option<PlacesView>,
    /// The sources of the page's events, each once.
    pub sources: Vec<SourceView>,
    /// The corrections of the page's events, newest first.
    pub corrections: Vec<CorrectionItem>,
    /// The timeline in other formats.
    pub take_away: Vec<TakeAway>,
    /// The shapes of dates that occur, for the legend.
    pub shapes: Vec<&'static str>,
    /// What another site copies to show it in a frame.
    pub embeds: Vec<EmbedCode>,
    pub extra: Extra,
}

/// A correction with the event whose article it mends.
#[derive(Debug, Serialize)]
pub(super) struct CorrectionItem {
    pub date: DateView,
    pub text: String,
    pub was: Option<String>,
    pub event: Link,
}

/// How many events a page may have before the browser is told to lay out only those in sight.
const LONG: usize = 60;

/// One page of a timeline while its view is made.
#[derive(Clone, Copy)]
struct Sheet<'a> {
    scene: &'a Scene<'a>,
    index: TimelineIndex,
    timeline: &'a Timeline,
    parts: &'a Parts,
    /// Which of the parts stands on the page.
    at: usize,
    /// What is on the page's map, on the timeline's own page.
    places: Option<&'a Places<'a>>,
    /// Whether the page has each event's whole article.
    has_articles: bool,
}

impl<'a> Sheet<'a> {
    fn part(&self) -> &'a Part {
        &self.parts.list[self.at]
    }

    fn is_head(&self) -> bool {
        self.at == self.parts.head
    }

    /// The link to a part, with the anchor of something on it.
    fn link(&self, part: usize, anchor: &str) -> String {
        match part == self.at {
            true => format!("#{anchor}"),
            false => format!("{}#{anchor}", self.scene.linker.to(&self.parts.list[part].address)),
        }
    }

    /// The places of an event: on the page's map where they are there, else their own pages.
    fn places_of(&self, event: &Event) -> Vec<Value> {
        let anchor = |place| self.places.and_then(|places| places.anchor(place));
        let link = |place: &EntityIndex| match anchor(*place) {
            Some(anchor) => {
                let title = self.scene.site.entity(*place).name.clone();
                Value::from_serializable(&Link { title, href: format!("#{anchor}") })
            }
            None => entity_links::link(self.scene, *place),
        };
        event.named(EntityKind::Place).iter().map(link).collect()
    }

    /// The link to an event on whatever page of the timeline it stands.
    fn link_to(&self, event: EventIndex) -> String {
        self.link(self.parts.at(event.0), &self.scene.site.event(event).id)
    }
}

/// The view of a timeline's own page, or of one of its parts.
pub(super) fn view(
    scene: &Scene<'_>,
    index: TimelineIndex,
    part: Option<usize>,
    warnings: &mut Vec<Diagnostic>,
) -> Result<View<TimelineView>, Failure> {
    let parts = scene.site.parts(index);
    sheet_view(scene, index, (parts, part.unwrap_or(parts.head)), false, warnings)
}

/// One of some parts that a timeline is cut into, or the whole of it.
fn sheet_view(
    scene: &Scene<'_>,
    index: TimelineIndex,
    (parts, at): (&Parts, usize),
    has_articles: bool,
    warnings: &mut Vec<Diagnostic>,
) -> Result<View<TimelineView>, Failure> {
    let site = scene.site;
    let timeline = site.timeline(index);
    let places = (at == parts.head).then(|| Places::of(scene, timeline));
    let sheet = Sheet { scene, index, timeline, parts, at, places: places.as_ref(), has_articles };
    let events = sheet.part().events.clone();
    let all = Bibliography::of(site, events.clone());
    let sections = Sections::of(&sheet, &all)?;
    let (previous, next) = neighbours(&sheet);
    let page = TimelineView {
        title: timeline.keys(site).title.clone(),
        href: scene.linker.to(&timeline.address),
        part: (!sheet.is_head()).then(|| name(&sheet, sheet.at)),
        summary: None,
        status: None,
        coverage: None,
        background: None,
        updated: None,
        latest: None,
        counts: Vec::new(),
        zone_note: masthead::zone_note(scene, timeline),
        reported: None,
        image: None,
        text: String::new(),
        key_moments: Vec::new(),
        more_key_moments: None,
        strip: None,
        contents: match scene.wanted.contents {
            true => contents::of(&sheet, &sections),
            false => Contents::default(),
        },
        filters: controls::of(&sheet),
        sections,
        long: events.len() > LONG,
        previous,
        next,
        places: None,
        sources: all.views(scene),
        corrections: corrections(&sheet),
        take_away: take_away::of(scene, index),
        shapes: timeline.among.shapes.iter().map(|shape| shape.as_str()).collect(),
        embeds: Vec::new(),
        extra: timeline.keys(site).extra.clone(),
    };
    let frame = frame_of(&sheet, page.filters.as_ref());
    let view = if sheet.is_head() { with_masthead(&sheet, page, warnings)? } else { page };
    Ok(View { frame, name: "timeline", view })
}

/// What the timeline's own page has beyond its events.
fn with_masthead(
    sheet: &Sheet<'_>,
    page: TimelineView,
    warnings: &mut Vec<Diagnostic>,
) -> Result<TimelineView, Failure> {
    let Sheet { scene, timeline, .. } = *sheet;
    let site = scene.site;
    let keys = timeline.keys(site);
    let (key_moments, more_key_moments) = moments::of(sheet);
    // The two that look at every event of the timeline.
    let (strip, counts) = rayon::join(
        || scene.wanted.strip.then(|| strip::of(scene, timeline, &|event| sheet.link_to(event))).flatten(),
        || masthead::counts(scene, timeline),
    );
    Ok(TimelineView {
        summary: keys.summary.clone(),
        status: status(keys),
        coverage: coverage(scene, timeline, crate::input::keys::Role::Event),
        background: coverage(scene, timeline, crate::input::keys::Role::Background),
        updated: updated(scene, timeline),
        latest: latest::view(scene, sheet.index),
        counts,
        reported: (!timeline.events.is_empty() && site.route(&timeline.reported_address(0)).is_some())
            .then(|| scene.linker.to(&timeline.reported_address(0))),
        image: cards::image(scene, timeline.article, keys.image.as_ref()),
        text: text::html(scene, timeline.article, warnings)?,
        key_moments,
        more_key_moments,
        strip,
        embeds: embed_code::of_timeline(scene, sheet.index),
        places: sheet.places.and_then(|places| places.view(&|event| sheet.link_to(event))),
        ..page
    })
}

fn frame_of(sheet: &Sheet<'_>, filters: Option<&FiltersView>) -> Frame {
    let title = &sheet.timeline.keys(sheet.scene.site).title;
    let frame = if sheet.is_head() {
        let summary = sheet.scene.site.article(sheet.timeline.article).summary();
        frame(sheet.scene, "timeline", title, summary)
    } else {
        frame_of_part(sheet.scene, "timeline", title, &name(sheet, sheet.at))
    };
    let site = sheet.scene.site;
    let embeds = site.embeds_of(sheet.index).filter(|_| sheet.is_head());
    let scripts = [
        Some("timeline.js"),
        Some("copy.js").filter(|_| sheet.is_head() && site.base_url().is_some()),
        Some("latest.js").filter(|_| sheet.is_head() && site.is_ongoing(sheet.index)),
    ];
    let discovery = embeds.filter_map(|embed| embed_code::discovery(sheet.scene, embed));
    Frame {
        alternates: frame.alternates.into_iter().chain(discovery).collect(),
        stylesheets: filters.map(|filters| filters.stylesheet.clone()).into_iter().collect(),
        scripts: scripts.into_iter().flatten().filter_map(|name| asset(sheet.scene, name)).collect(),
        ..frame
    }
}

/// «September 2023», «September 2023, part 2 of 3».
fn name(sheet: &Sheet<'_>, at: usize) -> String {
    let part = &sheet.parts.list[at];
    let heading = sheet.scene.words.heading(&part.period.unwrap_or(Period::Unknown));
    let count = sheet.parts.list.iter().filter(|other| other.period == part.period).count();
    with_part(sheet.scene, &heading, part.number, count)
}

/// The parts before and after this one, as one reads.
fn neighbours(sheet: &Sheet<'_>) -> (Option<Link>, Option<Link>) {
    let order = sheet.parts.in_reading_order(sheet.timeline.keys(sheet.scene.site).sort);
    let own = order.iter().position(|part| *part == sheet.at).unwrap_or_default();
    let link = |at: Option<usize>| {
        let part = *order.get(at?)?;
        let href = sheet.scene.linker.to(&sheet.parts.list[part].address);
        Some(Link { title: name(sheet, part), href })
    };
    (link(own.checked_sub(1)), link(Some(own + 1)))
}

fn corrections(sheet: &Sheet<'_>) -> Vec<CorrectionItem> {
    let Sheet { scene, .. } = *sheet;
    let mut corrections = Vec::new();
    for index in sheet.part().events.clone() {
        let keys = scene.site.event(EventIndex(index)).keys(scene.site);
        let event = || Link { title: keys.title.clone(), href: sheet.link_to(EventIndex(index)) };
        corrections.extend(keys.corrections.iter().map(|correction| {
            let date = dates::plain_date(&correction.date);
            let item = CorrectionItem {
                date: dates::of(scene.words, &date),
                text: correction.text.clone(),
                was: correction.was.clone(),
                event: event(),
            };
            (std::cmp::Reverse(date.order()), item)
        }));
    }
    corrections.sort_by_key(|(order, _)| *order);
    corrections.into_iter().map(|(_, item)| item).collect()
}
