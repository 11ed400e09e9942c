//! JSON Schema 2020-12 of the settings and of front matter, made of the very types that read them.
//!
//! What serde's derived code does, schemars' derived code describes; here is what the types do that read text by hand.

use std::borrow::Cow;

use schemars::generate::SchemaSettings;
use schemars::transform::RecursiveTransform;
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};

use super::at::At;
use super::keys::{
    Alias, EntityKeys, EventKeys, Extra, Latitude, Longitude, Moment, Names, PageKeys, TimelineKeys,
    WebAddress,
};
use super::settings::{BaseUrl, Colour, LINTS, LanguageTag, Level, Settings};
use crate::time::{WrittenDate, Zone};

/// What there is a schema of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Subject {
    /// An event's front matter.
    FrontMatter,
    /// The front matter of a page about a person, an organization, a place or a topic.
    Entity,
    /// The front matter of a timeline's `_index.md`.
    Timeline,
    /// The front matter of a page outside of timelines, and of the front page.
    Page,
    /// `dateline.toml`.
    Settings,
}

/// The schema of a subject, as a value of JSON.
#[must_use]
pub fn schema(subject: Subject) -> serde_json::Value {
    let settings = SchemaSettings::draft2020_12().with_transform(RecursiveTransform(plain));
    let generator = settings.into_generator();
    let (title, schema) = match subject {
        Subject::FrontMatter => {
            ("An event of a Dateline site", generator.into_root_schema_for::<EventKeys>())
        }
        Subject::Entity => {
            ("A page about an entity of a Dateline site", generator.into_root_schema_for::<EntityKeys>())
        }
        Subject::Timeline => {
            ("A timeline of a Dateline site", generator.into_root_schema_for::<TimelineKeys>())
        }
        Subject::Page => ("A page of a Dateline site", generator.into_root_schema_for::<PageKeys>()),
        Subject::Settings => {
            ("The settings of a Dateline site", generator.into_root_schema_for::<Settings>())
        }
    };
    let mut schema = schema;
    schema.insert("title".to_string(), title.into());
    schema.to_value()
}

/// Takes out what means nothing to an editor: the width of a number, and defaults, which the descriptions tell.
fn plain(schema: &mut Schema) {
    schema.remove("default");
    if schema.get("type").is_some_and(|of| of != "string") {
        schema.remove("format");
    }
}

/// The table of what each warning is to be.
pub(super) fn levels(generator: &mut SchemaGenerator) -> Schema {
    let level = generator.subschema_for::<Level>().to_value();
    let names: serde_json::Map<_, _> =
        LINTS.iter().map(|name| ((*name).to_string(), level.clone())).collect();
    json_schema!({ "type": "object", "properties": names, "additionalProperties": false })
}

/// The description of a type that is read from text, or from one of a few forms.
macro_rules! described {
    ($($type:ty, $name:literal, $schema:tt;)+) => {$(
        impl JsonSchema for $type {
            fn schema_name() -> Cow<'static, str> {
                $name.into()
            }

            fn json_schema(_: &mut SchemaGenerator) -> Schema {
                json_schema!($schema)
            }
        }
    )+};
}

described! {
    WrittenDate, "Date", {
        "description": "A date as exactly as it is known: a TOML date, or an EDTF text.",
        "type": "string",
        "minLength": 1,
        "examples": ["2023-09-13", "2023-09", "2023-09-10/2023-09-17", "1984?", "1984~", "201X", "unknown"],
    };
    Moment, "Moment", {
        "description": "A day with a time of day; without an offset it is on the newsroom's clock.",
        "type": "string",
        "pattern": "^\\d{4}-\\d{2}-\\d{2}[Tt ]\\d{2}:\\d{2}",
        "examples": ["2023-09-15T18:00:00-03:00"],
    };
    Zone, "Zone", {
        "description": "A time zone, by its IANA name.",
        "type": "string",
        "pattern": "^([A-Za-z_]+(/[A-Za-z0-9_+\\-]+)+|UTC)$",
        "examples": ["America/Sao_Paulo"],
    };
    Names, "Names", {
        "description": "One name or id, or a list of them.",
        "anyOf": [{ "type": "string" }, { "type": "array", "items": { "type": "string" } }],
    };
    WebAddress, "WebAddress", {
        "type": "string",
        "pattern": "^[Hh][Tt][Tt][Pp][Ss]?://\\S*$",
    };
    Alias, "OldAddress", {
        "description": "An address of this site, from its root.",
        "type": "string",
        "pattern": "^/([^/\\s?#\\\\][^\\s?#\\\\]*)?$",
        "examples": ["/old/path/"],
    };
    Latitude, "Latitude", { "type": "number", "minimum": -90, "maximum": 90 };
    Longitude, "Longitude", { "type": "number", "minimum": -180, "maximum": 180 };
    Extra, "Extra", { "type": "object" };
    BaseUrl, "BaseUrl", {
        "type": "string",
        "pattern": "^https?://[^/\\s?#\"<>\\\\][^\\s?#\"<>\\\\]*$",
    };
    LanguageTag, "LanguageTag", {
        "description": "A language tag by BCP 47.",
        "type": "string",
        "pattern": "^[A-Za-z]{2,8}([\\-_][A-Za-z0-9]{1,8})*$",
        "examples": ["pt-BR", "en"],
    };
    Colour, "Colour", { "type": "string", "pattern": "^#[0-9A-Fa-f]{6}$" };
}

/// A value with its place is described as the value.
impl<T: JsonSchema> JsonSchema for At<T> {
    fn inline_schema() -> bool {
        T::inline_schema()
    }

    fn schema_name() -> Cow<'static, str> {
        T::schema_name()
    }

    fn schema_id() -> Cow<'static, str> {
        T::schema_id()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        T::json_schema(generator)
    }
}
