//! A feed in JSON Feed 1.1. What happened when stands in an extension of ours, `_dateline`.

use serde::Serialize;
use serde_json::value::{RawValue, to_raw_value};

use super::date::DateRecord;
use super::feed::{Entry, Feed};

/// Where the extension is explained.
const ABOUT: &str =
    "Dateline's docs/formats.md: when what an item tells of happened, as exactly as it is known";

#[derive(Serialize)]
struct Document<'a> {
    version: &'static str,
    title: &'a str,
    home_page_url: &'a str,
    feed_url: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    description: Option<&'a str>,
    language: &'a str,
    authors: [Author<'a>; 1],
    items: Vec<Box<RawValue>>,
}

#[derive(Serialize)]
struct Item<'a> {
    id: &'a str,
    url: &'a str,
    title: &'a str,
    content_html: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    summary: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    image: Option<&'a str>,
    date_published: String,
    date_modified: String,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    authors: Vec<Author<'a>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    tags: Vec<&'a str>,
    language: &'a str,
    #[serde(rename = "_dateline", skip_serializing_if = "Option::is_none")]
    extension: Option<Extension<'a>>,
}

#[derive(Serialize)]
struct Author<'a> {
    name: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    url: Option<&'a str>,
}

#[derive(Serialize)]
struct Extension<'a> {
    about: &'static str,
    date: &'a DateRecord,
}

/// The whole file.
pub(super) fn bytes(feed: &Feed) -> Vec<u8> {
    let document = Document {
        version: "https://jsonfeed.org/version/1.1",
        title: &feed.title,
        home_page_url: &feed.page,
        feed_url: &feed.address,
        description: feed.summary.as_deref(),
        language: &feed.language,
        authors: [Author { name: &feed.publisher.name, url: feed.publisher.url.as_deref() }],
        items: feed.entries.iter().map(|entry| item(entry)).collect(),
    };
    super::json_in(Vec::with_capacity(feed.room()), &document)
}

/// An item, on a line of its own.
fn item(entry: &Entry) -> Box<RawValue> {
    let item = Item {
        id: &entry.id,
        url: &entry.page,
        title: &entry.title,
        content_html: &entry.html,
        summary: entry.summary.as_deref(),
        image: entry.image.as_deref(),
        date_published: entry.published.to_rfc3339(),
        date_modified: entry.updated.to_rfc3339(),
        authors: entry.authors.iter().map(|name| Author { name, url: None }).collect(),
        tags: entry.categories.iter().map(|category| category.name.as_str()).collect(),
        language: &entry.language,
        extension: entry.happened.as_ref().map(|date| Extension { about: ABOUT, date }),
    };
    to_raw_value(&item).expect("all of it is text, numbers and lists")
}
