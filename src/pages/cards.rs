//! The parts that several pages show of an article: links, pictures, quotes, sources, and the card of an event.

use serde::Serialize;

use super::Scene;
use super::dates::{self, DateView};
use super::sources::Bibliography;
use super::translations::foreign;
use crate::input::keys::{Image, Quote, QuoteKind, Role, Source, Weight};
use crate::input::{EntityKind, LanguageIndex};
use crate::site::{Event, EventIndex};
use crate::time::{Period, direction_of};

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
    pub date: DateView,
    pub weight: &'static str,
    pub background: bool,
    /// Why a preview alone shows it: `draft` or `embargoed`.
    pub unpublished: Option<&'static str>,
    pub track: Option<String>,
    pub summary: Option<String>,
    pub image: Option<ImageView>,
    pub places: Vec<Link>,
    pub people: Vec<Link>,
    pub quotes: Vec<QuoteView>,
    /// «1 source», «3 sources».
    pub sources: Option<String>,
    /// Their numbers among the timeline's.
    pub cites: Vec<usize>,
    /// «1 correction»; absent without one.
    pub corrections: Option<String>,
}

/// The card of an event under the heading of a period; its sources go by their numbers on the whole page.
pub(super) fn card(scene: &Scene<'_>, index: EventIndex, period: &Period, all: &Bibliography<'_>) -> Card {
    let site = scene.site;
    let event = site.event(index);
    let keys = event.keys(site);
    let words = scene.words;
    Card {
        id: event.id.to_string(),
        title: keys.title.clone(),
        href: scene.linker.to(&event.address),
        date: dates::of_event(site, words, event, Some(period)),
        weight: weight(keys.weight),
        background: keys.role == Role::Background,
        unpublished: site.unpublished(event.article),
        track: track(scene, event),
        summary: site.article(event.article).summary().map(str::to_string),
        image: image(scene, event.article, keys.image.as_ref()),
        places: links(scene, event, EntityKind::Place),
        people: links(scene, event, EntityKind::Person),
        quotes: quotes(scene, event, Some(all)),
        cites: keys.sources.iter().filter_map(|source| all.number(source)).collect(),
        sources: count(scene, "sources_count", keys.sources.len()),
        corrections: count(scene, "corrections_count", keys.corrections.len()),
    }
}

/// The entities of a kind that an event names.
pub(super) fn links(scene: &Scene<'_>, event: &Event, kind: EntityKind) -> Vec<Link> {
    let entities = event.named(kind).iter().map(|index| scene.site.entity(*index));
    entities
        .map(|entity| Link { title: entity.name.clone(), href: scene.linker.to(&entity.address) })
        .collect()
}

/// An article's picture.
pub(super) fn image(scene: &Scene<'_>, article: usize, image: Option<&Image>) -> Option<ImageView> {
    let image = image?;
    // A picture that is not there has been told of when the site was made.
    let address = scene.site.image(article, image).ok()?;
    Some(ImageView {
        src: scene.linker.to(&address),
        alt: image.alt.clone().unwrap_or_default(),
        caption: image.caption.clone(),
        credit: image.credit.clone(),
        license: image.license.clone(),
    })
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
        text: quote.text.clone(),
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

/// The title of an event's track.
pub(super) fn track(scene: &Scene<'_>, event: &Event) -> Option<String> {
    let id = &event.keys(scene.site).track.as_ref()?.value;
    let tracks = &scene.site.timeline(event.timeline).keys(scene.site).tracks;
    tracks.iter().find(|track| track.id == *id).map(|track| track.title.clone())
}

/// The name of a weight, for stylesheets.
pub(super) fn weight(weight: Weight) -> &'static str {
    match weight {
        Weight::Key => "key",
        Weight::Normal => "normal",
        Weight::Minor => "minor",
    }
}
