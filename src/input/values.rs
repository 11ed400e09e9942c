//! The values of keys as authors write them, each with a help for those who mistype it; and as a build writes them down.
//!
//! Two forms by serde's own distinction: what is for people to read is an author's text, of any type that the language of
//! front matter has; what is not is as short as it can be, and has been checked already.

use std::fmt;

use serde::de::{Error, MapAccess, Visitor};
use serde::ser::Error as _;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::at::At;
use super::decode::{DATETIME, ONE_OR_MANY, Refusal};
use super::keys::{Alias, Extra, Latitude, Longitude, Moment, Names, Table, WebAddress};
use crate::address::Address;
use crate::time::{Instant, WrittenDate, Zone};

/// The value of a key that an author wrote, which is never none; a build writes down as well that there was no such key.
pub(super) fn present<'de, T: Deserialize<'de>, D: Deserializer<'de>>(
    deserializer: D,
) -> Result<Option<T>, D::Error> {
    if deserializer.is_human_readable() {
        return T::deserialize(deserializer).map(Some);
    }
    Option::deserialize(deserializer)
}

/// As it is written in TOML, or as EDTF text.
impl<'de> Deserialize<'de> for WrittenDate {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        if !deserializer.is_human_readable() {
            return DateVisitor.visit_str(<&str>::deserialize(deserializer)?);
        }
        deserializer.deserialize_any(DateVisitor)
    }
}

impl Serialize for WrittenDate {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.as_written())
    }
}

struct DateVisitor;

impl<'de> Visitor<'de> for DateVisitor {
    type Value = WrittenDate;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a date")
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<WrittenDate, E> {
        WrittenDate::parse(text).map_err(|error| {
            Refusal {
                name: "wrong-date".to_string(),
                message: error.message,
                help: error.help,
                within: Some(error.span),
            }
            .error()
        })
    }

    fn visit_i64<E: Error>(self, number: i64) -> Result<WrittenDate, E> {
        let help = format!("a year alone is written between quotation marks: \"{number}\"");
        Err(Refusal::new("wrong-date", format!("`{number}` is a number, not a date"), help).error())
    }

    fn visit_f64<E: Error>(self, number: f64) -> Result<WrittenDate, E> {
        let help = "a date that is not a full day is written between quotation marks";
        Err(Refusal::new("wrong-date", format!("`{number}` is a number, not a date"), help).error())
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<WrittenDate, A::Error> {
        let datetime =
            toml_datetime(&mut map)?.ok_or_else(|| A::Error::custom("expected a date, found a table"))?;
        WrittenDate::from_toml(datetime).map_err(|error| {
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

impl<'de> Deserialize<'de> for Zone {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let name = String::deserialize(deserializer)?;
        Self::parse(&name).map_err(|error| Refusal::new("unknown-zone", error.message, error.help).error())
    }
}

impl Serialize for Zone {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.name())
    }
}

impl<'de> Deserialize<'de> for Moment {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        if !deserializer.is_human_readable() {
            let (is_exact, seconds) = Deserialize::deserialize(deserializer)?;
            let local = || chrono::DateTime::from_timestamp(seconds, 0).map(|moment| moment.naive_utc());
            return match is_exact {
                true => Ok(Self::Exact(Instant::from_seconds(seconds))),
                false => local().map(Self::Local).ok_or_else(|| D::Error::custom("too far")),
            };
        }
        deserializer.deserialize_any(MomentVisitor)
    }
}

impl Serialize for Moment {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Exact(instant) => (true, instant.seconds()).serialize(serializer),
            Self::Local(local) => (false, local.and_utc().timestamp()).serialize(serializer),
        }
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
        if !deserializer.is_human_readable() {
            return Vec::deserialize(deserializer).map(Self);
        }
        deserializer.deserialize_tuple_struct(ONE_OR_MANY, 1, NamesVisitor)
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
        if !deserializer.is_human_readable() {
            return Ok(Self(Address::of_file(<&str>::deserialize(deserializer)?)));
        }
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
        if !deserializer.is_human_readable() {
            let text = Option::<&str>::deserialize(deserializer)?;
            return text.map(serde_json::from_str).transpose().map(Self).map_err(D::Error::custom);
        }
        let mut map = Table::deserialize(deserializer)?;
        map.values_mut().for_each(dates_as_text);
        Ok(Self((!map.is_empty()).then(|| Box::new(map))))
    }
}

impl Serialize for Extra {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        if !serializer.is_human_readable() {
            let text = self.0.as_ref().map(serde_json::to_string).transpose();
            return text.map_err(S::Error::custom)?.serialize(serializer);
        }
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
