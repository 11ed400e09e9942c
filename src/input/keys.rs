//! The keys of front matter, as types: what each kind of file may hold, and of which type.
//!
//! These structs are the contract of `docs/front-matter.md`. What only the whole site can tell (whether a track
//! or an image exists) is checked later; such values keep their place. What is said of the keys here, editors show:
//! `schemas` makes a JSON Schema of these types.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::at::At;
use super::settings::{LanguageTag, Levels};
use super::values::present;
use crate::address::Address;
use crate::time::{Instant, WrittenDate, Zone};

/// An event's front matter.
#[derive(Debug, Clone, Default, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
#[schemars(extend("required" = ["title"]))]
pub struct EventKeys {
    /// Its headline.
    pub title: String,
    /// When it happened: a TOML date, or an EDTF text: "2000-07", "1984?", "2023-09-10/..", "unknown".
    #[serde(deserialize_with = "present")]
    #[schemars(with = "WrittenDate")]
    pub date: Option<At<WrittenDate>>,
    /// Why the date is not certain.
    pub date_note: Option<String>,
    /// Whose clock a time of day is on, by its IANA name; default: the place's, the timeline's, the site's.
    #[serde(deserialize_with = "present")]
    #[schemars(with = "Zone")]
    pub timezone: Option<Zone>,
    /// A sentence or two for lists; default: the first paragraph.
    pub summary: Option<String>,
    /// When the article was published; in the future, an embargo until then.
    pub published: Option<Moment>,
    /// When the article was changed.
    pub updated: Option<Moment>,
    /// Whether it is still being written; a draft is not built.
    pub draft: bool,
    /// From when on it is no longer built.
    pub expires: Option<Moment>,
    /// How much it matters to the story.
    pub weight: Weight,
    /// Whether it belongs to the story or came before it.
    pub role: Role,
    /// The strand of the story that it belongs to: the id of one of the timeline's tracks.
    pub track: Option<At<String>>,
    /// Where it happened: names or ids; the first gives the time zone.
    pub place: Names,
    /// Who it is about: names or ids.
    pub people: Names,
    /// Which organizations it is about: names or ids.
    pub organizations: Names,
    /// What it is about: names or ids.
    pub topics: Names,
    /// Who wrote the article.
    pub authors: Vec<String>,
    /// Its picture.
    pub image: Option<Box<Image>>,
    /// What was said.
    pub quotes: Vec<Quote>,
    /// Competing accounts, shown side by side.
    pub accounts: Vec<Account>,
    /// Where it is known from.
    pub sources: Vec<Source>,
    /// What was wrong and has been put right.
    pub corrections: Vec<Correction>,
    /// Other articles: paths, addresses or ids.
    pub related: Vec<At<String>>,
    /// Settles ties between events of the same moment: the smaller number comes first.
    pub order: i64,
    /// Addresses that the page had before.
    pub aliases: Vec<At<Alias>>,
    /// What each warning is to be in this article: "off", "warning" or "error".
    #[schemars(schema_with = "super::schemas::levels")]
    pub check: Levels,
    /// Anything you like, for your own templates.
    pub extra: Extra,
}

/// The front matter of a timeline's `_index.md`.
#[derive(Debug, Clone, Default, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
#[schemars(extend("required" = ["title"]))]
pub struct TimelineKeys {
    /// Its name.
    pub title: String,
    /// A sentence or two.
    pub summary: Option<String>,
    /// The language of its pages; default: the site's.
    pub language: Option<At<LanguageTag>>,
    /// Its one clock, by its IANA name; default: the site's.
    #[serde(deserialize_with = "present")]
    #[schemars(with = "Zone")]
    pub timezone: Option<Zone>,
    /// Whether coverage goes on.
    pub status: Option<Status>,
    /// Which end comes first on the page.
    pub sort: Sort,
    /// Whether its calendar has a span for a date that is coarser than a day; default: as the settings say.
    pub calendar_spans: Option<bool>,
    /// The strands of the story.
    pub tracks: Vec<Track>,
    /// Named stretches of time, as headings on the page.
    pub eras: Vec<Era>,
    /// The places of a journey, drawn on the map: names or ids.
    pub route: Vec<At<String>>,
    /// Its picture.
    pub image: Option<Image>,
    /// Addresses that the page had before.
    pub aliases: Vec<At<Alias>>,
    /// What each warning is to be in this article: "off", "warning" or "error".
    #[schemars(schema_with = "super::schemas::levels")]
    pub check: Levels,
    /// Anything you like.
    pub extra: Extra,
}

/// The front matter of a page outside timelines, and of the front page.
#[derive(Debug, Clone, Default, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct PageKeys {
    /// Its name.
    pub title: String,
    /// A sentence or two under the title.
    pub summary: Option<String>,
    /// Its picture.
    pub image: Option<Image>,
    /// Addresses that the page had before.
    pub aliases: Vec<At<Alias>>,
    /// Whether it is still being written; a draft is not built.
    pub draft: bool,
    /// What each warning is to be in this article: "off", "warning" or "error".
    #[schemars(schema_with = "super::schemas::levels")]
    pub check: Levels,
    /// Anything you like, for your own templates.
    pub extra: Extra,
}

/// The front matter of a page about a person, an organization, a place or a topic.
#[derive(Debug, Clone, Default, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct EntityKeys {
    /// The name; default: the file's.
    pub title: String,
    /// A sentence or two under the name.
    pub summary: Option<String>,
    /// Other names; events may use them.
    pub also: Vec<String>,
    /// An office, as «mayor»; shown beside quotations.
    pub role: Option<String>,
    /// A picture.
    pub image: Option<Image>,
    /// Pages about the same elsewhere, Wikidata first.
    pub same_as: Vec<WebAddress>,
    /// Of a place: degrees north of the equator.
    pub latitude: Option<Latitude>,
    /// Of a place: degrees east of Greenwich.
    pub longitude: Option<Longitude>,
    /// Of a place: the zone of events there, by its IANA name.
    #[serde(deserialize_with = "present")]
    #[schemars(with = "Zone")]
    pub timezone: Option<Zone>,
    /// Of a place: how exactly the coordinates say where it is.
    pub precision: Option<PlacePrecision>,
    /// Addresses that the page had before.
    pub aliases: Vec<At<Alias>>,
    /// What each warning is to be in this article: "off", "warning" or "error".
    #[schemars(schema_with = "super::schemas::levels")]
    pub check: Levels,
    /// Anything you like, for your own templates.
    pub extra: Extra,
}

/// How much an event weighs in its timeline.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Weight {
    /// A key moment: by these alone the story makes sense.
    Key,
    /// As most are.
    #[default]
    Normal,
    /// Folded to one line.
    Minor,
}

/// Whether an event belongs to the story or to what came before it.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Role {
    /// A part of the story.
    #[default]
    Event,
    /// A flashback: it came before.
    Background,
}

/// Whether coverage goes on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Status {
    /// Coverage goes on.
    Ongoing,
    /// It has ended.
    Closed,
}

/// Which end of a timeline comes first on its page.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Sort {
    /// The oldest first.
    #[default]
    Oldest,
    /// The newest first.
    Newest,
}

/// How exactly a place's coordinates say where it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum PlacePrecision {
    /// The very spot.
    Point,
    /// The town.
    City,
    /// Somewhere in the region.
    Region,
    /// Somewhere in the country.
    Country,
}

/// A track of a timeline.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Track {
    /// A short word, which events name.
    pub id: String,
    /// Its name.
    pub title: String,
}

/// An era of a timeline.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Era {
    /// What it is called.
    pub title: String,
    /// How long it lasts, as an EDTF text: "2023-09-10/2023-09-17".
    pub date: WrittenDate,
}

/// A picture with what must be said of it.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
// A translation takes its `src` from the original.
#[schemars(extend("required" = []))]
pub struct Image {
    /// The file: its path from the article's folder, or its address on the site.
    pub src: At<String>,
    /// What is to be seen, for those who do not see it; "" for mere decoration.
    pub alt: Option<String>,
    /// What stands below it.
    pub caption: Option<String>,
    /// Who made it.
    pub credit: Option<String>,
    /// On which terms it is shown.
    pub license: Option<String>,
}

/// Something that was said.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Quote {
    /// What was said.
    pub text: At<String>,
    /// Who said it.
    pub by: Option<String>,
    /// When it was said.
    #[serde(default, deserialize_with = "present")]
    #[schemars(with = "WrittenDate")]
    pub said: Option<WrittenDate>,
    /// The language in which it was said.
    pub language: Option<LanguageTag>,
    /// The original wording.
    pub original: Option<String>,
    /// In which way it stands for what was said.
    #[serde(default)]
    pub kind: QuoteKind,
    /// The title of one of the article's sources.
    pub source: Option<At<String>>,
}

/// In what way a quotation stands for what was said.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum QuoteKind {
    /// Word for word.
    #[default]
    Direct,
    /// In the words of the report.
    Reported,
    /// Word for word, in another language.
    Translated,
}

/// One of several competing accounts of an event.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Account {
    /// Whose account it is.
    pub by: String,
    /// What they say.
    pub text: String,
    /// The title of one of the article's sources.
    pub source: Option<At<String>>,
}

/// Where something is known from.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Source {
    /// What it is called; quotes and accounts refer to it by this text.
    pub title: String,
    /// Where it is.
    pub url: Option<WebAddress>,
    /// Who published it.
    pub publisher: Option<String>,
    /// What it is, in your words.
    pub kind: Option<String>,
    /// When it was published.
    #[serde(default, deserialize_with = "present")]
    #[schemars(with = "WrittenDate")]
    pub published: Option<WrittenDate>,
    /// When you read it.
    #[serde(default, deserialize_with = "present")]
    #[schemars(with = "WrittenDate")]
    pub accessed: Option<WrittenDate>,
    /// Where a copy is kept.
    pub archive: Option<WebAddress>,
    /// Its language.
    pub language: Option<LanguageTag>,
}

/// What was wrong and has been put right.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Correction {
    /// When it was corrected.
    pub date: WrittenDate,
    /// What is right.
    pub text: String,
    /// The old wording.
    pub was: Option<String>,
}

/// One name or a list of names or ids.
#[derive(Debug, Clone, Default, Serialize)]
pub struct Names(pub Vec<At<String>>);

/// When an article was published: an instant, or a time on the newsroom's clock.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Moment {
    /// With an offset from UTC.
    Exact(Instant),
    /// Without one.
    Local(chrono::NaiveDateTime),
}

/// A web address: `http://` or `https://`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct WebAddress(pub String);

/// An old address of a page.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Alias(pub Address);

/// Degrees north of the equator, -90 to 90.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Latitude(pub f64);

/// Degrees east of Greenwich, -180 to 180.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Longitude(pub f64);

/// A free table for templates; dates in it are text.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Extra(pub(super) Option<Box<Table>>);

pub(super) type Table = serde_json::Map<String, serde_json::Value>;
