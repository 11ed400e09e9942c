//! The parts that several pages show of an article: links, pictures, quotes, sources, and the card of an event.

use serde::Serialize;
use tera::Value;

use super::Scene;
use super::dates::{self, DateView};
use super::entity_links;
use super::sources::Bibliography;
use super::timeline::ArticleView;
use super::translations::foreign;
use crate::input::keys::{Image, Quote, QuoteKind, Role, Source, Weight};
use crate::input::{EntityKind, LanguageIndex};
use crate::markdown::COLUMN;
use crate::site::{Event, EventIndex, Page, Part, Timeline};
use crate::time::direction_of;

/// A name that leads somewhere.
#[derive(Debug, Serialize)]
pub(super) struct Link {
    pub title: String,
    pub href: String,
}

/// A picture.
#[derive(Debug, Serialize)]
pub(super) struct ImageView {
    pub src: String,
    pub alt: String,
    pub caption: Option<String>,
    pub credit: Option<String>,
    pub license: Option<String>,
    /// In pixels; absent for a file of the theme.
    pub width: Option<u32>,
    pub height: Option<u32>,
    /// Its versions in its own format.
    pub srcset: Option<String>,
    /// Its versions as WebP.
    pub webp: Option<String>,
    /// How wide it is shown, for a browser to choose a version by.
    pub sizes: &'static str,
}

/// Something that was said.
#[derive(Debug, Serialize)]
pub(super) struct QuoteView {
    pub text: String,
    pub by: Option<String>,
    /// The speaker's page.
    pub href: Option<String>,
    /// The speaker's office.
    pub role: Option<String>,
    pub said: Option<DateView>,
    /// The language of `text`, where it is not the page's.
    pub language: Option<String>,
    /// Its direction, `ltr` or `rtl`.
    pub direction: Option<&'static str>,
    pub original: Option<String>,
    /// The language of `original`, where it is not the page's.
    pub original_language: Option<String>,
    /// Its direction, `ltr` or `rtl`.
    pub original_direction: Option<&'static str>,
    /// `direct`, `reported` or `translated`.
    pub kind: &'static str,
    /// The number of its source among the article's.
    pub source: Option<usize>,
}

/// An event in a list, with what is to be known without opening it.
#[derive(Debug, Serialize)]
pub(super) struct Card {
    /// The anchor on its timeline.
    pub id: String,
    pub title: String,
    /// Its page.
    pub href: String,
    /// A [`DateView`].
    pub date: Value,
    pub weight: &'static str,
    pub background: bool,
    /// Why a preview alone shows it: `draft` or `embargoed`.
    pub unpublished: Option<&'static str>,
    pub track: Option<TrackView>,
    /// Its track's lane, counted from 1, where it stands side by side with other tracks.
    pub lane: Option<usize>,
    /// Whether it lies between the beginning and the end of a range that stands above.
    pub within: bool,
    /// The number by which filters know it.
    pub filter: Option<u32>,
    pub summary: Option<String>,
    pub image: Option<ImageView>,
    /// A list of [`Link`]s.
    pub places: Vec<Value>,
    /// The ids of its places, by which the map and the list find each other.
    pub place_ids: String,
    /// A list of [`Link`]s.
    pub people: Vec<Value>,
    pub quotes: Vec<QuoteView>,
    /// What came before, as the article tells it: the background events that it calls related.
    pub context: Vec<ContextView>,
    /// «1 source», «3 sources».
    pub sources: Option<String>,
    /// Their numbers among the page's.
    pub cites: Vec<usize>,
    pub corrections: Vec<CorrectionNote>,
    /// The whole article, on a page that is the whole timeline.
    pub article: Option<Box<ArticleView>>,
}

/// A track as its events are labelled with it.
#[derive(Debug, Serialize)]
pub(super) struct TrackView {
    /// A, B, C, … in the order of the timeline; absent after Z.
    pub letter: Option<char>,
    pub title: String,
}

/// A link to a background event.
#[derive(Debug, Serialize)]
pub(super) struct ContextView {
    pub title: String,
    pub href: String,
    /// A [`DateView`].
    pub date: Value,
}

/// That something was put right, and when.
#[derive(Debug, Serialize)]
pub(super) struct CorrectionNote {
    pub date: DateView,
    pub text: String,
}

/// The card of an event with its date, a [`DateView`]; its sources go by their numbers on the whole page.
pub(super) fn card(scene: &Scene<'_>, index: EventIndex, date: Value, all: &Bibliography<'_>) -> Card {
    let site = scene.site;
    let event = site.event(index);
    let keys = event.keys(site);
    Card {
        id: event.id.to_string(),
        title: keys.title.clone(),
        href: scene.linker.to(&event.address),
        date,
        weight: weight(keys.weight),
        background: keys.role == Role::Background,
        unpublished: site.unpublished(event.article),
        track: track(scene, event),
        summary: site.article(event.article).summary().map(str::to_string),
        image: image(scene, event.article, keys.image.as_deref())
            .map(|image| ImageView { sizes: sizes(keys.weight), ..image }),
        lane: None,
        within: false,
        filter: None,
        places: entity_links::links(scene, event, EntityKind::Place),
        place_ids: place_ids(scene, event),
        people: entity_links::links(scene, event, EntityKind::Person),
        context: context(scene, index),
        quotes: quotes(scene, event, Some(all)),
        cites: keys.sources.iter().filter_map(|source| all.number(source)).collect(),
        sources: count(scene, "sources_count", keys.sources.len()),
        corrections: corrections(scene, event),
        article: None,
    }
}

/// The number by which filters know an event on a page of its timeline.
pub(super) fn filter(part: &Part, index: EventIndex) -> Option<u32> {
    part.filters.as_deref()?.signature(index.0 - part.events.start)
}

fn place_ids(scene: &Scene<'_>, event: &Event) -> String {
    let ids = event.named(EntityKind::Place).iter().map(|place| &*scene.site.entity(*place).id);
    ids.collect::<Vec<_>>().join(" ")
}

/// The background events that an event calls related. What is wrong with `related` is told of on the event's own page.
fn context(scene: &Scene<'_>, index: EventIndex) -> Vec<ContextView> {
    let site = scene.site;
    let event = site.event(index);
    let background = event.keys(site).related.iter().filter_map(|entry| {
        let resolved = site.related(event, entry).ok()?;
        let Page::Event(other) = site.route(&resolved.address)?.page else { return None };
        let other_event = site.event(other);
        let keys = other_event.keys(site);
        (keys.role == Role::Background && other != index).then(|| ContextView {
            title: keys.title.clone(),
            href: on_timeline(scene, other),
            date: dates::of_event(scene, other),
        })
    });
    background.collect()
}

/// The link to an event where it stands on its timeline.
pub(super) fn on_timeline(scene: &Scene<'_>, index: EventIndex) -> String {
    let page = &scene.site.part_with(index).address;
    let id = &scene.site.event(index).id;
    // A page that is the whole timeline has all of its events.
    let whole = scene.linker.is_enclosing()
        && scene.site.timeline(scene.site.event(index).timeline).address == *scene.linker.from();
    match whole || page == scene.linker.from() {
        true => format!("#{id}"),
        false => format!("{}#{id}", scene.linker.to(page)),
    }
}

fn corrections(scene: &Scene<'_>, event: &Event) -> Vec<CorrectionNote> {
    let corrections = event.keys(scene.site).corrections.iter().map(|correction| CorrectionNote {
        date: dates::plain(scene.words, &correction.date),
        text: correction.text.clone(),
    });
    corrections.collect()
}

/// An article's picture.
pub(super) fn image(scene: &Scene<'_>, article: usize, image: Option<&Image>) -> Option<ImageView> {
    let image = image?;
    // A picture that is not there has been told of when the site was made.
    let resolved = scene.site.image(article, image).ok()?;
    let size = scene.site.size(&resolved).ok()?;
    let versions = scene.linker.versions(&resolved);
    Some(ImageView {
        src: versions.src.unwrap_or_else(|| scene.linker.to(&resolved.address)),
        width: size.map(|(width, _)| width),
        height: size.map(|(_, height)| height),
        srcset: versions.srcset,
        webp: versions.webp,
        sizes: COLUMN,
        alt: image.alt.clone().unwrap_or_default(),
        caption: image.caption.clone(),
        credit: image.credit.clone(),
        license: image.license.clone(),
    })
}

/// How wide the picture of a card is: only that of a key moment takes the column.
fn sizes(weight: Weight) -> &'static str {
    match weight {
        Weight::Key => COLUMN,
        Weight::Normal | Weight::Minor => "(min-width: 40rem) 26rem, calc(100vw - 2.5rem)",
    }
}

/// An event's quotes with their speakers and the numbers of their sources: among the article's, or a whole timeline's.
pub(super) fn quotes(scene: &Scene<'_>, event: &Event, all: Option<&Bibliography<'_>>) -> Vec<QuoteView> {
    let keys = event.keys(scene.site);
    let own = scene.words.language();
    // What a translation took from its original is in the original's language.
    let written_in = match scene.site.article(event.article).inherits("quotes") {
        true => scene.site.input.languages.tag(LanguageIndex::MAIN),
        false => own,
    };
    keys.quotes.iter().map(|one| quote(scene, one, &keys.sources, all, written_in)).collect()
}

fn quote(
    scene: &Scene<'_>,
    quote: &Quote,
    sources: &[Source],
    all: Option<&Bibliography<'_>>,
    written_in: &str,
) -> QuoteView {
    let spoken = quote.language.as_ref().map(|language| language.0.as_str());
    // Only a direct quotation has the speaker's own words in its text; all others have the article's.
    let is_own_wording = quote.kind == QuoteKind::Direct && quote.original.is_none();
    let language = if is_own_wording { spoken.unwrap_or(written_in) } else { written_in };
    let language = foreign(scene, language);
    let original_language = spoken.filter(|_| quote.original.is_some()).and_then(|tag| foreign(scene, tag));
    let speaker = quote.by.as_ref().and_then(|by| {
        let kinds = [EntityKind::Person, EntityKind::Organization];
        kinds.into_iter().find_map(|kind| scene.site.entity_named(scene.language, kind, by))
    });
    QuoteView {
        text: quote.text.value.clone(),
        by: quote.by.clone(),
        href: speaker.map(|entity| scene.linker.to(&entity.address)),
        role: speaker.and_then(|entity| entity.role(scene.site)).map(str::to_string),
        said: quote.said.as_ref().map(|said| dates::plain(scene.words, said)),
        direction: language.as_deref().map(direction_of),
        language,
        original: quote.original.clone(),
        original_direction: original_language.as_deref().map(direction_of),
        original_language,
        kind: match quote.kind {
            QuoteKind::Direct => "direct",
            QuoteKind::Reported => "reported",
            QuoteKind::Translated => "translated",
        },
        source: quote.source.as_ref().and_then(|source| {
            let own = number(sources, &source.value)?;
            all.map_or(Some(own), |all| all.number(&sources[own - 1]))
        }),
    }
}

/// The number of a source, counted from 1, by its title.
pub(super) fn number(sources: &[Source], title: &str) -> Option<usize> {
    sources.iter().position(|source| source.title == title).map(|at| at + 1)
}

/// A count in words; nothing for none.
pub(super) fn count(scene: &Scene<'_>, key: &str, number: usize) -> Option<String> {
    (number > 0).then(|| scene.words.count(key, number as u64))
}

/// The track of an event.
pub(super) fn track(scene: &Scene<'_>, event: &Event) -> Option<TrackView> {
    let timeline = scene.site.timeline(event.timeline);
    track_view(scene, timeline, timeline.track_of(scene.site, event)?)
}

/// A track of a timeline, by its number.
pub(super) fn track_view(scene: &Scene<'_>, timeline: &Timeline, track: usize) -> Option<TrackView> {
    let letter =
        u8::try_from(track).ok().filter(|number| *number < 26).map(|number| char::from(b'A' + number));
    Some(TrackView { letter, title: timeline.keys(scene.site).tracks.get(track)?.title.clone() })
}

/// The name of a weight, for stylesheets.
pub(super) fn weight(weight: Weight) -> &'static str {
    match weight {
        Weight::Key => "key",
        Weight::Normal => "normal",
        Weight::Minor => "minor",
    }
}
