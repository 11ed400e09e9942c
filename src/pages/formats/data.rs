//! A timeline as data: all that front matter says of it and of its events, in one document whose form is versioned.
//!
//! The texts of articles are not in it; they stand at each event's `url`. What is said of the fields here, the JSON Schema
//! says, which is made of these very types.

use std::io::{self, Write};

use schemars::generate::SchemaSettings;
use schemars::transform::RecursiveTransform;
use schemars::{JsonSchema, Schema};
use serde::Serialize;

use super::date::{self, DateRecord};
use super::{Lazily, write_json};
use crate::input::EntityKind;
use crate::input::keys::{Account, Correction, Image, PlacePrecision, Quote, QuoteKind, Role, Source, Track};
use crate::pages::{Scene, cards, timeline};
use crate::site::{Entity, Event, EventIndex, Format, TimelineIndex};
use crate::time::{Instant, WrittenDate};

/// The version of the form: another one only when a reader of this one would be misled.
const VERSION: u32 = 1;

/// A timeline of a Dateline site.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
#[schemars(bound = "")]
struct TimelineRecord<E> {
    /// The schema of this document.
    #[serde(rename = "$schema")]
    schema: String,
    /// The version of its form.
    #[schemars(extend("const" = VERSION))]
    version: u32,
    /// Its page: an absolute address, where the site has one.
    url: String,
    title: String,
    summary: Option<String>,
    /// A tag by BCP 47.
    language: String,
    /// Its clock, by its IANA name: days begin and end on it.
    timezone: &'static str,
    /// Whether coverage goes on.
    #[schemars(extend("enum" = ["ongoing", "closed", null]))]
    status: Option<&'static str>,
    /// When any of its articles was published or changed last.
    updated: Option<String>,
    tracks: Vec<TrackRecord>,
    eras: Vec<EraRecord>,
    /// In order of time; those whose date is unknown come last.
    #[schemars(with = "Vec<EventRecord>")]
    events: E,
}

/// A strand of the story.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
struct TrackRecord {
    id: String,
    title: String,
}

/// A named stretch of time.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
struct EraRecord {
    title: String,
    date: DateRecord,
}

/// Something that happened, and the article about it.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub(super) struct EventRecord {
    /// Unique in the timeline, and the last part of its address.
    id: String,
    url: String,
    title: String,
    summary: Option<String>,
    /// When it happened.
    date: DateRecord,
    #[schemars(extend("enum" = ["key", "normal", "minor"]))]
    weight: &'static str,
    /// A part of the story, or what came before it.
    #[schemars(extend("enum" = ["event", "background"]))]
    role: &'static str,
    /// The id of its track.
    track: Option<String>,
    places: Vec<PlaceRecord>,
    people: Vec<EntityRecord>,
    organizations: Vec<EntityRecord>,
    topics: Vec<EntityRecord>,
    authors: Vec<String>,
    /// When the article was published (RFC 3339); it is not when the event happened.
    published: Option<String>,
    /// When the article was changed (RFC 3339).
    updated: Option<String>,
    image: Option<ImageRecord>,
    quotes: Vec<QuoteRecord>,
    accounts: Vec<AccountRecord>,
    sources: Vec<SourceRecord>,
    corrections: Vec<CorrectionRecord>,
    /// The addresses of what the article calls related.
    related: Vec<String>,
}

/// Somebody or something that an event names.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
struct EntityRecord {
    id: String,
    name: String,
    url: String,
    /// Pages about the same elsewhere.
    same_as: Vec<String>,
}

/// Where something happened.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
struct PlaceRecord {
    id: String,
    name: String,
    url: String,
    same_as: Vec<String>,
    #[schemars(range(min = -90, max = 90))]
    latitude: Option<f64>,
    #[schemars(range(min = -180, max = 180))]
    longitude: Option<f64>,
    /// How exactly the position says where it is.
    #[schemars(extend("enum" = ["point", "city", "region", "country", null]))]
    precision: Option<&'static str>,
}

/// A picture.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
struct ImageRecord {
    url: String,
    alt: Option<String>,
    caption: Option<String>,
    credit: Option<String>,
    license: Option<String>,
}

/// Something that was said.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
struct QuoteRecord {
    text: String,
    by: Option<String>,
    /// When it was said, in EDTF.
    said: Option<String>,
    /// The language in which it was said.
    language: Option<String>,
    /// The original wording.
    original: Option<String>,
    #[schemars(extend("enum" = ["direct", "reported", "translated"]))]
    kind: &'static str,
    /// The title of one of the event's sources.
    source: Option<String>,
}

/// One of several competing accounts.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
struct AccountRecord {
    by: String,
    text: String,
    /// The title of one of the event's sources.
    source: Option<String>,
}

/// Where something is known from.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
struct SourceRecord {
    title: String,
    url: Option<String>,
    publisher: Option<String>,
    kind: Option<String>,
    /// In EDTF.
    published: Option<String>,
    /// In EDTF.
    accessed: Option<String>,
    /// The address of a copy.
    archive: Option<String>,
    language: Option<String>,
}

/// What was wrong and has been put right.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
struct CorrectionRecord {
    /// In EDTF.
    date: String,
    text: String,
    /// The old wording.
    was: Option<String>,
}

/// The whole document.
pub(super) fn write(to: &mut dyn Write, scene: &Scene<'_>, index: TimelineIndex) -> io::Result<()> {
    let scene = &Scene { linker: scene.linker.absolute(), ..*scene };
    let site = scene.site;
    let timeline = site.timeline(index);
    let keys = timeline.keys(site);
    let events = &site.events[timeline.events.clone()];
    let updated = events.iter().filter_map(|event| event.updated.max(event.published)).max();
    let records = timeline.events.clone().map(|at| event(scene, EventIndex(at)));
    let document = TimelineRecord {
        schema: Format::TimelineSchema.file_name().into_owned(),
        version: VERSION,
        url: scene.linker.to(&timeline.address),
        title: keys.title.clone(),
        summary: site.article(timeline.article).summary().map(str::to_string),
        language: timeline.words.language().to_string(),
        timezone: timeline.clock.name(),
        status: timeline::status(keys),
        updated: updated.map(Instant::to_rfc3339),
        tracks: keys.tracks.iter().map(track).collect(),
        eras: timeline
            .eras
            .iter()
            .map(|era| EraRecord { title: era.title.clone(), date: date::of(scene, &era.date) })
            .collect(),
        events: Lazily(records),
    };
    write_json(to, &document)
}

/// The JSON Schema of the document.
pub(super) fn schema() -> Vec<u8> {
    let settings = SchemaSettings::draft2020_12().for_serialize();
    let settings = settings.with_transform(RecursiveTransform(without_widths));
    let generator = settings.into_generator();
    let mut schema = generator.into_root_schema_for::<TimelineRecord<Vec<EventRecord>>>();
    schema.insert("title".to_string(), "A timeline of a Dateline site, version 1".into());
    super::json(&schema.to_value())
}

/// Takes out how wide a number is in this program.
fn without_widths(schema: &mut Schema) {
    schema.remove("format");
}

fn track(track: &Track) -> TrackRecord {
    TrackRecord { id: track.id.clone(), title: track.title.clone() }
}

/// What is known of an event.
pub(super) fn event(scene: &Scene<'_>, index: EventIndex) -> EventRecord {
    let site = scene.site;
    let event = site.event(index);
    let keys = event.keys(site);
    let entities = |kind| event.named(kind).iter().map(|at| entity(scene, site.entity(*at))).collect();
    let related = keys.related.iter().filter_map(|entry| site.related(event, entry).ok());
    EventRecord {
        id: event.id.to_string(),
        url: scene.linker.to(&event.address),
        title: keys.title.clone(),
        summary: site.article(event.article).summary().map(str::to_string),
        date: date::of_event(scene, index),
        weight: cards::weight(keys.weight),
        role: role(keys.role),
        track: keys.track.as_ref().map(|track| track.value.clone()),
        places: event.named(EntityKind::Place).iter().map(|at| place(scene, site.entity(*at))).collect(),
        people: entities(EntityKind::Person),
        organizations: entities(EntityKind::Organization),
        topics: entities(EntityKind::Topic),
        authors: keys.authors.clone(),
        published: event.published.map(Instant::to_rfc3339),
        updated: event.updated.map(Instant::to_rfc3339),
        image: keys.image.as_deref().and_then(|one| image(scene, event, one)),
        quotes: keys.quotes.iter().map(quote).collect(),
        accounts: keys.accounts.iter().map(account).collect(),
        sources: keys.sources.iter().map(source).collect(),
        corrections: keys.corrections.iter().map(correction).collect(),
        related: related.map(|resolved| scene.linker.to(&resolved.address)).collect(),
    }
}

/// The name of a role.
pub(super) fn role(role: Role) -> &'static str {
    match role {
        Role::Event => "event",
        Role::Background => "background",
    }
}

fn same_as(scene: &Scene<'_>, entity: &Entity) -> Vec<String> {
    entity
        .keys(scene.site)
        .map(|keys| keys.same_as.iter().map(|url| url.0.clone()).collect())
        .unwrap_or_default()
}

fn entity(scene: &Scene<'_>, entity: &Entity) -> EntityRecord {
    EntityRecord {
        id: entity.id.clone(),
        name: entity.name.clone(),
        url: scene.linker.to(&entity.address),
        same_as: same_as(scene, entity),
    }
}

fn place(scene: &Scene<'_>, entity: &Entity) -> PlaceRecord {
    let keys = entity.keys(scene.site);
    PlaceRecord {
        id: entity.id.clone(),
        name: entity.name.clone(),
        url: scene.linker.to(&entity.address),
        same_as: same_as(scene, entity),
        latitude: keys.and_then(|keys| Some(keys.latitude?.0)),
        longitude: keys.and_then(|keys| Some(keys.longitude?.0)),
        precision: keys.and_then(|keys| keys.precision).map(|precision| match precision {
            PlacePrecision::Point => "point",
            PlacePrecision::City => "city",
            PlacePrecision::Region => "region",
            PlacePrecision::Country => "country",
        }),
    }
}

fn image(scene: &Scene<'_>, event: &Event, image: &Image) -> Option<ImageRecord> {
    Some(ImageRecord {
        url: cards::image(scene, event.article, Some(image))?.src,
        alt: image.alt.clone(),
        caption: image.caption.clone(),
        credit: image.credit.clone(),
        license: image.license.clone(),
    })
}

fn quote(quote: &Quote) -> QuoteRecord {
    QuoteRecord {
        text: quote.text.value.clone(),
        by: quote.by.clone(),
        said: quote.said.as_ref().map(WrittenDate::edtf),
        language: quote.language.as_ref().map(|language| language.0.clone()),
        original: quote.original.clone(),
        kind: match quote.kind {
            QuoteKind::Direct => "direct",
            QuoteKind::Reported => "reported",
            QuoteKind::Translated => "translated",
        },
        source: quote.source.as_ref().map(|source| source.value.clone()),
    }
}

fn account(account: &Account) -> AccountRecord {
    AccountRecord {
        by: account.by.clone(),
        text: account.text.clone(),
        source: account.source.as_ref().map(|source| source.value.clone()),
    }
}

fn source(source: &Source) -> SourceRecord {
    SourceRecord {
        title: source.title.clone(),
        url: source.url.as_ref().map(|url| url.0.clone()),
        publisher: source.publisher.clone(),
        kind: source.kind.clone(),
        published: source.published.as_ref().map(WrittenDate::edtf),
        accessed: source.accessed.as_ref().map(WrittenDate::edtf),
        archive: source.archive.as_ref().map(|url| url.0.clone()),
        language: source.language.as_ref().map(|language| language.0.clone()),
    }
}

fn correction(correction: &Correction) -> CorrectionRecord {
    CorrectionRecord {
        date: correction.date.edtf(),
        text: correction.text.clone(),
        was: correction.was.clone(),
    }
}
