//! The keys of front matter, as types: what each kind of file may hold, and of which type.
//!
//! These structs are the contract of `docs/front-matter.md`. What only the whole site can tell (whether a track
//! or an image exists) is checked later; such values keep their place.

use std::fmt;

use serde::de::{Error, MapAccess, Visitor};
use serde::{Deserialize, Deserializer};

use super::at::At;
use super::decode::{DATETIME, Refusal};
use super::settings::LanguageTag;
use crate::address::Address;
use crate::time::{Instant, WrittenDate, Zone};

/// An event's front matter.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
#[expect(missing_docs, reason = "the keys are described in docs/front-matter.md")]
pub struct EventKeys {
    pub title: String,
    #[serde(deserialize_with = "placed_date")]
    pub date: Option<At<WrittenDate>>,
    pub date_note: Option<String>,
    #[serde(deserialize_with = "zone")]
    pub timezone: Option<Zone>,
    pub summary: Option<String>,
    pub published: Option<Moment>,
    pub updated: Option<Moment>,
    pub draft: bool,
    pub expires: Option<Moment>,
    pub weight: Weight,
    pub role: Role,
    pub track: Option<At<String>>,
    pub place: Names,
    pub people: Names,
    pub organizations: Names,
    pub topics: Names,
    pub authors: Vec<String>,
    pub image: Option<Image>,
    pub quotes: Vec<Quote>,
    pub accounts: Vec<Account>,
    pub sources: Vec<Source>,
    pub corrections: Vec<Correction>,
    pub related: Vec<At<String>>,
    pub order: i64,
    pub aliases: Vec<At<Alias>>,
    pub extra: Extra,
}

/// The front matter of a timeline's `_index.md`.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
#[expect(missing_docs, reason = "the keys are described in docs/front-matter.md")]
pub struct TimelineKeys {
    pub title: String,
    pub summary: Option<String>,
    pub language: Option<At<LanguageTag>>,
    #[serde(deserialize_with = "zone")]
    pub timezone: Option<Zone>,
    pub status: Option<Status>,
    pub sort: Sort,
    pub tracks: Vec<Track>,
    pub eras: Vec<Era>,
    pub route: Vec<At<String>>,
    pub image: Option<Image>,
    pub aliases: Vec<At<Alias>>,
    pub extra: Extra,
}

/// The front matter of a page outside timelines, and of the front page.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
#[expect(missing_docs, reason = "the keys are described in docs/front-matter.md")]
pub struct PageKeys {
    pub title: String,
    pub summary: Option<String>,
    pub image: Option<Image>,
    pub aliases: Vec<At<Alias>>,
    pub draft: bool,
    pub extra: Extra,
}

/// The front matter of a page about a person, an organization, a place or a topic.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
#[expect(missing_docs, reason = "the keys are described in docs/front-matter.md")]
pub struct EntityKeys {
    pub title: String,
    pub summary: Option<String>,
    pub also: Vec<String>,
    pub role: Option<String>,
    pub image: Option<Image>,
    pub same_as: Vec<WebAddress>,
    pub latitude: Option<Latitude>,
    pub longitude: Option<Longitude>,
    #[serde(deserialize_with = "zone")]
    pub timezone: Option<Zone>,
    pub precision: Option<PlacePrecision>,
    pub aliases: Vec<At<Alias>>,
    pub extra: Extra,
}

/// How much an event weighs in its timeline.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
#[expect(missing_docs, reason = "the values are described in docs/front-matter.md")]
pub enum Weight {
    Key,
    #[default]
    Normal,
    Minor,
}

/// Whether an event belongs to the story or to what came before it.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
#[expect(missing_docs, reason = "the values are described in docs/front-matter.md")]
pub enum Role {
    #[default]
    Event,
    Background,
}

/// Whether coverage goes on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
#[expect(missing_docs, reason = "the values are described in docs/front-matter.md")]
pub enum Status {
    Ongoing,
    Closed,
}

/// Which end of a timeline comes first on its page.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
#[expect(missing_docs, reason = "the values are described in docs/front-matter.md")]
pub enum Sort {
    #[default]
    Oldest,
    Newest,
}

/// How exactly a place's coordinates say where it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
#[expect(missing_docs, reason = "the values are described in docs/front-matter.md")]
pub enum PlacePrecision {
    Point,
    City,
    Region,
    Country,
}

/// A track of a timeline.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
#[expect(missing_docs, reason = "the keys are described in docs/front-matter.md")]
pub struct Track {
    pub id: String,
    pub title: String,
}

/// An era of a timeline.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
#[expect(missing_docs, reason = "the keys are described in docs/front-matter.md")]
pub struct Era {
    pub title: String,
    #[serde(deserialize_with = "date")]
    pub date: WrittenDate,
}

/// A picture with what must be said of it.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
#[expect(missing_docs, reason = "the keys are described in docs/front-matter.md")]
pub struct Image {
    pub src: At<String>,
    pub alt: Option<String>,
    pub caption: Option<String>,
    pub credit: Option<String>,
    pub license: Option<String>,
}

/// Something that was said.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
#[expect(missing_docs, reason = "the keys are described in docs/front-matter.md")]
pub struct Quote {
    pub text: String,
    pub by: Option<String>,
    #[serde(default, deserialize_with = "optional_date")]
    pub said: Option<WrittenDate>,
    pub language: Option<LanguageTag>,
    pub original: Option<String>,
    #[serde(default)]
    pub kind: QuoteKind,
    pub source: Option<At<String>>,
}

/// In what way a quotation stands for what was said.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
#[expect(missing_docs, reason = "the values are described in docs/front-matter.md")]
pub enum QuoteKind {
    #[default]
    Direct,
    Reported,
    Translated,
}

/// One of several competing accounts of an event.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
#[expect(missing_docs, reason = "the keys are described in docs/front-matter.md")]
pub struct Account {
    pub by: String,
    pub text: String,
    pub source: Option<At<String>>,
}

/// Where something is known from.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
#[expect(missing_docs, reason = "the keys are described in docs/front-matter.md")]
pub struct Source {
    pub title: String,
    pub url: Option<WebAddress>,
    pub publisher: Option<String>,
    pub kind: Option<String>,
    #[serde(default, deserialize_with = "optional_date")]
    pub published: Option<WrittenDate>,
    #[serde(default, deserialize_with = "optional_date")]
    pub accessed: Option<WrittenDate>,
    pub archive: Option<WebAddress>,
    pub language: Option<LanguageTag>,
}

/// What was wrong and has been put right.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
#[expect(missing_docs, reason = "the keys are described in docs/front-matter.md")]
pub struct Correction {
    #[serde(deserialize_with = "date")]
    pub date: WrittenDate,
    pub text: String,
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
pub struct Extra(pub serde_json::Map<String, serde_json::Value>);

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
        let mut names: Vec<At<String>> = Vec::new();
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
        let mut map = serde_json::Map::<String, serde_json::Value>::deserialize(deserializer)?;
        map.values_mut().for_each(dates_as_text);
        Ok(Self(map))
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
