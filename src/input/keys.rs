//! The keys of front matter, as types: what each kind of file may hold, and of which type.
//!
//! These structs are the contract of `docs/front-matter.md`. What only the whole site can tell (whether a track
//! or an image exists) is checked later; such values keep their place. What is said of the keys here, editors show:
//! `schemas` makes a JSON Schema of these types.

use std::fmt;

use schemars::JsonSchema;
use serde::de::{Error, MapAccess, Visitor};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::at::At;
use super::decode::{DATETIME, Refusal};
use super::settings::{LanguageTag, Levels};
use crate::address::Address;
use crate::time::{Instant, WrittenDate, Zone};

/// An event's front matter.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
#[schemars(extend("required" = ["title"]))]
pub struct EventKeys {
    /// Its headline.
    pub title: String,
    /// When it happened: a TOML date, or an EDTF text: "2000-07", "1984?", "2023-09-10/..", "unknown".
    #[serde(deserialize_with = "placed_date")]
    #[schemars(with = "WrittenDate")]
    pub date: Option<At<WrittenDate>>,
    /// Why the date is not certain.
    pub date_note: Option<String>,
    /// Whose clock a time of day is on, by its IANA name; default: the place's, the timeline's, the site's.
    #[serde(deserialize_with = "zone")]
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
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
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
    #[serde(deserialize_with = "zone")]
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
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
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
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
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
    #[serde(deserialize_with = "zone")]
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
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize, JsonSchema)]
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
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Role {
    /// A part of the story.
    #[default]
    Event,
    /// A flashback: it came before.
    Background,
}

/// Whether coverage goes on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Status {
    /// Coverage goes on.
    Ongoing,
    /// It has ended.
    Closed,
}

/// Which end of a timeline comes first on its page.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Sort {
    /// The oldest first.
    #[default]
    Oldest,
    /// The newest first.
    Newest,
}

/// How exactly a place's coordinates say where it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
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
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Track {
    /// A short word, which events name.
    pub id: String,
    /// Its name.
    pub title: String,
}

/// An era of a timeline.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Era {
    /// What it is called.
    pub title: String,
    /// How long it lasts, as an EDTF text: "2023-09-10/2023-09-17".
    #[serde(deserialize_with = "date")]
    pub date: WrittenDate,
}

/// A picture with what must be said of it.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
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
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Quote {
    /// What was said.
    pub text: At<String>,
    /// Who said it.
    pub by: Option<String>,
    /// When it was said.
    #[serde(default, deserialize_with = "optional_date")]
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
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize, JsonSchema)]
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
#[derive(Debug, Clone, Deserialize, JsonSchema)]
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
#[derive(Debug, Clone, Deserialize, JsonSchema)]
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
    #[serde(default, deserialize_with = "optional_date")]
    #[schemars(with = "WrittenDate")]
    pub published: Option<WrittenDate>,
    /// When you read it.
    #[serde(default, deserialize_with = "optional_date")]
    #[schemars(with = "WrittenDate")]
    pub accessed: Option<WrittenDate>,
    /// Where a copy is kept.
    pub archive: Option<WebAddress>,
    /// Its language.
    pub language: Option<LanguageTag>,
}

/// What was wrong and has been put right.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Correction {
    /// When it was corrected.
    #[serde(deserialize_with = "date")]
    pub date: WrittenDate,
    /// What is right.
    pub text: String,
    /// The old wording.
    pub was: Option<String>,
}

/// One name or a list of names or ids.
#[derive(Debug, Clone, Default)]
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
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WebAddress(pub String);

/// An old address of a page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Alias(pub Address);

/// Degrees north of the equator, -90 to 90.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Latitude(pub f64);

/// Degrees east of Greenwich, -180 to 180.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Longitude(pub f64);

/// A free table for templates; dates in it are text.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Extra(Option<Box<Table>>);

type Table = serde_json::Map<String, serde_json::Value>;

fn placed_date<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<At<WrittenDate>>, D::Error> {
    let date = At::<DateKey>::deserialize(deserializer)?;
    Ok(Some(date.map(|date| date.0)))
}

fn date<'de, D: Deserializer<'de>>(deserializer: D) -> Result<WrittenDate, D::Error> {
    Ok(DateKey::deserialize(deserializer)?.0)
}

fn optional_date<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<WrittenDate>, D::Error> {
    date(deserializer).map(Some)
}

pub(super) fn zone<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Zone>, D::Error> {
    let name = String::deserialize(deserializer)?;
    match Zone::parse(&name) {
        Ok(zone) => Ok(Some(zone)),
        Err(error) => Err(Refusal::new("unknown-zone", error.message, error.help).error()),
    }
}

/// A date as it is written in TOML or as EDTF text.
struct DateKey(WrittenDate);

impl<'de> Deserialize<'de> for DateKey {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(DateVisitor)
    }
}

struct DateVisitor;

impl<'de> Visitor<'de> for DateVisitor {
    type Value = DateKey;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a date")
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<DateKey, E> {
        WrittenDate::parse(text).map(DateKey).map_err(|error| {
            Refusal {
                name: "wrong-date".to_string(),
                message: error.message,
                help: error.help,
                within: Some(error.span),
            }
            .error()
        })
    }

    fn visit_i64<E: Error>(self, number: i64) -> Result<DateKey, E> {
        let help = format!("a year alone is written between quotation marks: \"{number}\"");
        Err(Refusal::new("wrong-date", format!("`{number}` is a number, not a date"), help).error())
    }

    fn visit_f64<E: Error>(self, number: f64) -> Result<DateKey, E> {
        let help = "a date that is not a full day is written between quotation marks";
        Err(Refusal::new("wrong-date", format!("`{number}` is a number, not a date"), help).error())
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<DateKey, A::Error> {
        let datetime =
            toml_datetime(&mut map)?.ok_or_else(|| A::Error::custom("expected a date, found a table"))?;
        WrittenDate::from_toml(datetime).map(DateKey).map_err(|error| {
            Refusal { name: "wrong-date".to_string(), message: error.message, help: error.help, within: None }
                .error()
        })
    }
}

/// The date that a map of one entry stands for; `None` where it is any other table.
fn toml_datetime<'de, A: MapAccess<'de>>(map: &mut A) -> Result<Option<toml::value::Datetime>, A::Error> {
    match map.next_key::<String>()? {
        Some(key) if key == DATETIME => {
            map.next_value::<String>()?.parse().map(Some).map_err(A::Error::custom)
        }
        _ => Ok(None),
    }
}

impl<'de> Deserialize<'de> for Moment {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(MomentVisitor)
    }
}

struct MomentVisitor;

impl<'de> Visitor<'de> for MomentVisitor {
    type Value = Moment;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a date with a time of day")
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<Moment, E> {
        if let Ok(instant) = Instant::parse_rfc3339(text) {
            return Ok(Moment::Exact(instant));
        }
        let local = ["%Y-%m-%dT%H:%M:%S", "%Y-%m-%dT%H:%M", "%Y-%m-%d %H:%M:%S", "%Y-%m-%d %H:%M"]
            .iter()
            .find_map(|format| chrono::NaiveDateTime::parse_from_str(text, format).ok());
        local.map(Moment::Local).ok_or_else(|| {
            let help = "write the day, the time and the offset from UTC, as in 2023-09-15T18:00:00-03:00";
            Refusal::new("wrong-date", format!("`{text}` is not a date with a time of day"), help).error()
        })
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Moment, A::Error> {
        let datetime = toml_datetime(&mut map)?
            .ok_or_else(|| A::Error::custom("expected a date with a time of day, found a table"))?;
        self.visit_str(&datetime.to_string())
    }
}

impl<'de> Deserialize<'de> for Names {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_tuple_struct(super::decode::ONE_OR_MANY, 1, NamesVisitor)
    }
}

struct NamesVisitor;

impl<'de> Visitor<'de> for NamesVisitor {
    type Value = Names;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a name or a list of names")
    }

    fn visit_seq<A: serde::de::SeqAccess<'de>>(self, mut items: A) -> Result<Names, A::Error> {
        let mut names: Vec<At<String>> = Vec::with_capacity(items.size_hint().unwrap_or_default());
        while let Some(name) = items.next_element::<At<String>>()? {
            if !names.iter().any(|known| known.value == name.value) {
                names.push(name);
            }
        }
        Ok(Names(names))
    }
}

impl<'de> Deserialize<'de> for WebAddress {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        let lower = text.to_ascii_lowercase();
        let is_web = lower.starts_with("https://") || lower.starts_with("http://");
        if is_web && !text.contains(|c: char| c.is_whitespace() || c.is_control()) {
            return Ok(Self(text));
        }
        let help = "write the whole address, beginning with https://";
        Err(Refusal::new("wrong-address", format!("`{text}` is not a web address"), help).error())
    }
}

impl<'de> Deserialize<'de> for Alias {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        Address::parse(&text).map(Alias).map_err(|why| {
            let help = "write the path that the page had on this site, as in \"/old/path/\"";
            Refusal::new(
                "alias-outside",
                format!("`{text}` can't be an old address of this site: {why}"),
                help,
            )
            .error()
        })
    }
}

fn degrees<E: Error>(number: f64, limit: f64, name: &str) -> Result<f64, E> {
    if number.abs() <= limit {
        return Ok(number);
    }
    let message = format!("a {name} of {number} is off the globe");
    Err(Refusal::new("wrong-value", message, format!("a {name} lies between -{limit} and {limit} degrees"))
        .error())
}

impl<'de> Deserialize<'de> for Latitude {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        degrees(f64::deserialize(deserializer)?, 90.0, "latitude").map(Self)
    }
}

impl<'de> Deserialize<'de> for Longitude {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        degrees(f64::deserialize(deserializer)?, 180.0, "longitude").map(Self)
    }
}

impl<'de> Deserialize<'de> for Extra {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let mut map = Table::deserialize(deserializer)?;
        map.values_mut().for_each(dates_as_text);
        Ok(Self((!map.is_empty()).then(|| Box::new(map))))
    }
}

impl Serialize for Extra {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match &self.0 {
            Some(table) => table.serialize(serializer),
            None => Table::new().serialize(serializer),
        }
    }
}

fn dates_as_text(value: &mut serde_json::Value) {
    match value {
        serde_json::Value::Object(map) if map.contains_key(DATETIME) => *value = map[DATETIME].clone(),
        serde_json::Value::Object(map) => map.values_mut().for_each(dates_as_text),
        serde_json::Value::Array(items) => items.iter_mut().for_each(dates_as_text),
        _ => {}
    }
}
