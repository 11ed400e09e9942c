//! What another site shows in a frame: a timeline or its key moments as far as they fit, or one event, without this site's frame.

use serde::Serialize;

use super::cards::{self, Card, Link};
use super::dates::{self, DateView, MomentView};
use super::embed_code;
use super::frame::{Frame, asset, frame, frame_of_part, site_title};
use super::sources::Bibliography;
use super::timeline::{coverage, status, updated};
use super::{Scene, View};
use crate::input::keys::{Role, Sort, TimelineKeys, Weight};
use crate::site::{Embed, EventIndex, Timeline, TimelineIndex};
use crate::time::{EventDate, Period, gaps_worth_words};

/// What `embed.html` sees under the name `embed`.
#[derive(Debug, Serialize)]
pub(super) struct EmbedView {
    /// `timeline`, `key_moments` or `event`.
    pub kind: &'static str,
    pub title: String,
    /// The page that it shows something of.
    pub href: String,
    /// The timeline of an event.
    pub timeline: Option<Link>,
    /// `ongoing` or `closed`.
    pub status: Option<&'static str>,
    /// The days that the story covers.
    pub coverage: Option<DateView>,
    /// When any of the timeline's articles was published or changed last.
    pub updated: Option<MomentView>,
    /// The events of a timeline, by period.
    pub periods: Vec<EmbedPeriod>,
    /// «All 1,000 events are on the whole timeline», where not all are shown.
    pub more: Option<String>,
    /// The one event.
    pub event: Option<Card>,
    /// The site's title.
    pub site_title: String,
    /// The language of the site's title, where it is not the page's.
    pub site_title_language: Option<String>,
    pub home: String,
}

/// A year, month, day, … with its events.
#[derive(Debug, Serialize)]
pub(super) struct EmbedPeriod {
    pub title: String,
    /// The value for `<time datetime>`.
    pub datetime: Option<String>,
    /// «Two days later», before its heading.
    pub gap: Option<String>,
    pub events: Vec<Card>,
}

/// How many events a frame shows at the most.
const MOST_EVENTS: usize = 200;

/// How many bytes the page of a frame has at the most.
const MOST_BYTES: usize = 80_000;

/// The view of an embed.
pub(super) fn view(scene: &Scene<'_>, embed: Embed) -> View<EmbedView> {
    let (site_title, site_title_language) = site_title(scene);
    let own = match embed {
        Embed::Timeline(at) => of_timeline(scene, at, "timeline"),
        Embed::KeyMoments(at) => of_timeline(scene, at, "key_moments"),
        Embed::Event(at) => of_event(scene, at),
    };
    let view = EmbedView {
        site_title: site_title.to_string(),
        site_title_language,
        home: scene.linker.to(&scene.site.home(scene.language)),
        ..own
    };
    View { frame: frame_of(scene, embed), name: "embed", view }
}

/// The frame of an embed names the whole page as canonical, and has no languages of its own.
fn frame_of(scene: &Scene<'_>, embed: Embed) -> Frame {
    let title = title_of(scene, embed);
    let own = match embed {
        Embed::Timeline(_) => frame(scene, "timeline-embed", &title, None),
        Embed::Event(_) => frame(scene, "event-embed", &title, None),
        Embed::KeyMoments(at) => {
            let whole = title_of(scene, Embed::Timeline(at));
            frame_of_part(scene, "key-moments-embed", &whole, scene.words.text("key_moments"))
        }
    };
    let whole = scene.site.embedded_address(embed);
    Frame {
        canonical: own.canonical.as_ref().and(scene.site.base_url()).map(|base| base.absolute(whole)),
        hidden: true,
        translations: Vec::new(),
        any_language: None,
        alternates: embed_code::discovery(scene, embed).into_iter().collect(),
        scripts: asset(scene, "embedded.js").into_iter().collect(),
        ..own
    }
}

/// What an embed is called: as what it shows; of key moments that as well.
pub(super) fn title_of(scene: &Scene<'_>, embed: Embed) -> String {
    let site = scene.site;
    match embed {
        Embed::Timeline(at) => site.timeline(at).keys(site).title.clone(),
        Embed::Event(at) => site.event(at).keys(site).title.clone(),
        Embed::KeyMoments(at) => {
            format!("{}: {}", site.timeline(at).keys(site).title, scene.words.text("key_moments"))
        }
    }
}

fn of_event(scene: &Scene<'_>, at: EventIndex) -> EmbedView {
    let site = scene.site;
    let event = site.event(at);
    let timeline = site.timeline(event.timeline);
    let sources = Bibliography::of(site, at.0..at.0 + 1);
    let card = cards::card(scene, at, dates::of_event(scene, at), &sources);
    EmbedView {
        timeline: Some(Link {
            title: timeline.keys(site).title.clone(),
            href: cards::on_timeline(scene, at),
        }),
        title: card.title.clone(),
        href: card.href.clone(),
        event: Some(card),
        ..empty("event")
    }
}

fn of_timeline(scene: &Scene<'_>, at: TimelineIndex, kind: &'static str) -> EmbedView {
    let site = scene.site;
    let timeline = site.timeline(at);
    let keys = timeline.keys(site);
    let of_kind =
        |index: &EventIndex| kind == "timeline" || site.event(*index).keys(site).weight == Weight::Key;
    let events: Vec<EventIndex> =
        in_reading_order(scene, timeline, keys).into_iter().filter(of_kind).collect();
    let shown = as_far_as_they_fit(scene, &events);
    let count = scene.words.number(timeline.events.len() as u64);
    EmbedView {
        title: keys.title.clone(),
        href: scene.linker.to(&timeline.address),
        status: status(keys),
        coverage: coverage(scene, timeline, Role::Event),
        updated: updated(scene, timeline),
        more: (shown.len() < timeline.events.len())
            .then(|| scene.words.fill("embed_more", &[("count", &count)])),
        periods: periods(scene, shown, kind == "timeline" && keys.sort == Sort::Oldest),
        ..empty(kind)
    }
}

fn empty(kind: &'static str) -> EmbedView {
    EmbedView {
        kind,
        title: String::new(),
        href: String::new(),
        timeline: None,
        status: None,
        coverage: None,
        updated: None,
        periods: Vec::new(),
        more: None,
        event: None,
        site_title: String::new(),
        site_title_language: None,
        home: String::new(),
    }
}

/// The events as the timeline's pages show them: the unknown stands last whichever end comes first.
fn in_reading_order(scene: &Scene<'_>, timeline: &Timeline, keys: &TimelineKeys) -> Vec<EventIndex> {
    let mut order: Vec<EventIndex> = timeline.events.clone().map(EventIndex).collect();
    if keys.sort == Sort::Newest {
        let unknown = |at: &EventIndex| scene.site.event(*at).date.written().is_unknown();
        let known = order.iter().position(unknown).unwrap_or(order.len());
        order[..known].reverse();
    }
    order
}

/// The first of some events: as many as a page holds that is a guest of another.
fn as_far_as_they_fit<'a>(scene: &Scene<'_>, events: &'a [EventIndex]) -> &'a [EventIndex] {
    let mut left = MOST_BYTES - AROUND;
    let fits = |index: &&EventIndex| {
        let weight = weight(scene, **index);
        let fits = weight <= left;
        left = left.saturating_sub(weight);
        fits
    };
    let count = events.iter().take(MOST_EVENTS).take_while(fits).count();
    &events[..count.max(1).min(events.len())]
}

/// The bytes of a page without its events; of an event's marks, heading included, without its words; and of its labels.
const AROUND: usize = 5_000;
const MARKS: usize = 560;
const LABELS: usize = 300;

/// How many bytes an event takes, or a few more.
fn weight(scene: &Scene<'_>, index: EventIndex) -> usize {
    let site = scene.site;
    let event = site.event(index);
    let keys = event.keys(site);
    let summary = site.article(event.article).summary();
    let corrections = keys.corrections.iter().map(|correction| escaped(&correction.text) + LABELS);
    let image = keys.image.as_deref().filter(|_| keys.weight == Weight::Key).map_or(0, |image| {
        let texts = [&image.alt, &image.caption, &image.credit, &image.license];
        texts.into_iter().flatten().map(|text| escaped(text)).sum::<usize>() + 2 * MARKS
    });
    MARKS
        + LABELS
            * usize::from(keys.weight == Weight::Key || keys.track.is_some() || keys.role == Role::Background)
        + escaped(&keys.title)
        + summary.map_or(0, escaped)
        + keys.date_note.as_deref().map_or(0, escaped)
        + corrections.sum::<usize>()
        + image
        + 2 * event.address.as_str().len()
}

/// The bytes of a text on a page: what has a meaning in HTML takes six for one.
fn escaped(text: &str) -> usize {
    let has_meaning = |byte: &u8| matches!(byte, b'<' | b'>' | b'&' | b'"' | b'\'' | b'/');
    text.len() + 5 * text.bytes().filter(has_meaning).count()
}

/// Events in the order in which they are read, by period; with the gaps between them in words where they are told from
/// the oldest on, and all of them.
fn periods(scene: &Scene<'_>, events: &[EventIndex], with_gaps: bool) -> Vec<EmbedPeriod> {
    let site = scene.site;
    let dates: Vec<&EventDate> = events.iter().map(|at| &site.event(*at).date).collect();
    let gaps = if with_gaps { gaps_worth_words(&dates) } else { Vec::new() };
    let no_sources = Bibliography::of(site, 0..0);
    let mut periods: Vec<(Period, EmbedPeriod)> = Vec::new();
    for (at, index) in events.iter().enumerate() {
        let own = site.event(*index).date.period();
        let card = cards::card(scene, *index, dates::within(scene, *index, &own), &no_sources);
        match periods.last_mut() {
            Some((period, last)) if *period == own => last.events.push(card),
            _ => periods.push((
                own,
                EmbedPeriod {
                    title: scene.words.heading(&own),
                    datetime: own.datetime(),
                    gap: gaps.get(at).and_then(Option::as_ref).map(|gap| scene.words.gap(gap)),
                    events: vec![card],
                },
            )),
        }
    }
    periods.into_iter().map(|(_, period)| period).collect()
}
