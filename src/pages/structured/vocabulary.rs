//! The words of schema.org that pages use, each type with the properties that are said of it here.
//!
//! What has nothing to say is `None` or empty, and is not written.

use serde::Serialize;

/// An article about an event, or a chronology that is finished.
#[derive(Debug, Default, Serialize)]
#[serde(tag = "@type", rename_all = "camelCase")]
pub(super) struct NewsArticle {
    #[serde(rename = "@id", skip_serializing_if = "String::is_empty")]
    pub id: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    pub url: String,
    #[serde(skip_serializing_if = "says_nothing")]
    pub main_entity_of_page: Option<String>,
    #[serde(skip_serializing_if = "String::is_empty")]
    pub headline: String,
    #[serde(skip_serializing_if = "says_nothing")]
    pub description: Option<String>,
    #[serde(skip_serializing_if = "says_nothing")]
    pub in_language: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub is_accessible_for_free: Option<bool>,
    #[serde(skip_serializing_if = "says_nothing")]
    pub article_section: Option<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub keywords: Vec<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub image: Vec<ImageObject>,
    #[serde(skip_serializing_if = "says_nothing")]
    pub date_published: Option<String>,
    #[serde(skip_serializing_if = "says_nothing")]
    pub date_modified: Option<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub author: Vec<Thing>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub publisher: Option<Thing>,
    #[serde(flatten)]
    pub when: When,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub content_location: Vec<Thing>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub about: Vec<Thing>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub citation: Vec<CreativeWork>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub correction: Vec<CorrectionComment>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub is_part_of: Option<Thing>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub has_part: Vec<NewsArticle>,
}

/// What time an article is about, as exactly as it is known.
#[derive(Debug, Default, Clone, Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct When {
    /// A moment, to the minute or the second.
    #[serde(skip_serializing_if = "says_nothing")]
    pub content_reference_time: Option<String>,
    /// Anything coarser, in EDTF: `2000-07`, `2023-09-10/..`.
    #[serde(skip_serializing_if = "says_nothing")]
    pub temporal_coverage: Option<String>,
}

/// Coverage that goes on.
#[derive(Debug, Default, Serialize)]
#[serde(tag = "@type", rename_all = "camelCase")]
pub(super) struct LiveBlogPosting {
    #[serde(rename = "@id", skip_serializing_if = "String::is_empty")]
    pub id: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    pub url: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    pub main_entity_of_page: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    pub headline: String,
    #[serde(skip_serializing_if = "says_nothing")]
    pub description: Option<String>,
    #[serde(skip_serializing_if = "String::is_empty")]
    pub in_language: String,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub image: Vec<ImageObject>,
    #[serde(skip_serializing_if = "says_nothing")]
    pub date_published: Option<String>,
    #[serde(skip_serializing_if = "says_nothing")]
    pub date_modified: Option<String>,
    #[serde(skip_serializing_if = "says_nothing")]
    pub coverage_start_time: Option<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub author: Vec<Thing>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub publisher: Option<Thing>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub live_blog_update: Vec<BlogPosting>,
}

/// A post of coverage that goes on.
#[derive(Debug, Default, Serialize)]
#[serde(tag = "@type", rename_all = "camelCase")]
pub(super) struct BlogPosting {
    #[serde(rename = "@id", skip_serializing_if = "String::is_empty")]
    pub id: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    pub url: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    pub headline: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    pub article_body: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    pub date_published: String,
    #[serde(skip_serializing_if = "says_nothing")]
    pub date_modified: Option<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub author: Vec<Thing>,
    #[serde(flatten)]
    pub when: When,
}

/// A page that lists others.
#[derive(Debug, Default, Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct WebPage {
    /// `WebPage` or `CollectionPage`.
    #[serde(rename = "@type", skip_serializing_if = "str::is_empty")]
    pub kind: &'static str,
    #[serde(rename = "@id", skip_serializing_if = "String::is_empty")]
    pub id: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    pub url: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    pub name: String,
    #[serde(skip_serializing_if = "says_nothing")]
    pub description: Option<String>,
    #[serde(skip_serializing_if = "String::is_empty")]
    pub in_language: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub primary_image_of_page: Option<ImageObject>,
    #[serde(skip_serializing_if = "says_nothing")]
    pub date_modified: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub is_part_of: Option<Thing>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub main_entity: Option<Thing>,
}

/// A list in an order.
#[derive(Debug, Default, Serialize)]
#[serde(tag = "@type", rename_all = "camelCase")]
pub(super) struct ItemList {
    #[serde(rename = "@id", skip_serializing_if = "String::is_empty")]
    pub id: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    pub name: String,
    pub number_of_items: usize,
    #[serde(skip_serializing_if = "str::is_empty")]
    pub item_list_order: &'static str,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub item_list_element: Vec<ListItem>,
}

/// The way from the front page to a page.
#[derive(Debug, Default, Serialize)]
#[serde(tag = "@type", rename_all = "camelCase")]
pub(super) struct BreadcrumbList {
    #[serde(rename = "@id", skip_serializing_if = "String::is_empty")]
    pub id: String,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub item_list_element: Vec<ListItem>,
}

/// An item of a list: by its address in a list of articles, as what it is in breadcrumbs.
#[derive(Debug, Default, Serialize)]
#[serde(tag = "@type", rename_all = "camelCase")]
pub(super) struct ListItem {
    pub position: usize,
    #[serde(skip_serializing_if = "String::is_empty")]
    pub name: String,
    #[serde(skip_serializing_if = "says_nothing")]
    pub url: Option<String>,
    #[serde(skip_serializing_if = "says_nothing")]
    pub item: Option<String>,
}

/// A person, an organization, a place, a topic, or a page that something belongs to.
#[derive(Debug, Default, Clone, Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Thing {
    #[serde(rename = "@type", skip_serializing_if = "str::is_empty")]
    pub kind: &'static str,
    #[serde(rename = "@id", skip_serializing_if = "says_nothing")]
    pub id: Option<String>,
    #[serde(skip_serializing_if = "String::is_empty")]
    pub name: String,
    #[serde(skip_serializing_if = "says_nothing")]
    pub url: Option<String>,
    #[serde(skip_serializing_if = "says_nothing")]
    pub main_entity_of_page: Option<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub alternate_name: Vec<String>,
    #[serde(skip_serializing_if = "says_nothing")]
    pub description: Option<String>,
    /// Of a person.
    #[serde(skip_serializing_if = "says_nothing")]
    pub job_title: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub image: Option<ImageObject>,
    /// Of an organization.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub logo: Option<ImageObject>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub geo: Option<GeoCoordinates>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub in_defined_term_set: Option<DefinedTermSet>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub same_as: Vec<String>,
}

/// Where a place is, in degrees.
#[derive(Debug, Clone, Serialize)]
#[serde(tag = "@type")]
pub(super) struct GeoCoordinates {
    pub latitude: f64,
    pub longitude: f64,
}

/// The topics of a site.
#[derive(Debug, Clone, Serialize)]
#[serde(tag = "@type")]
pub(super) struct DefinedTermSet {
    #[serde(rename = "@id", skip_serializing_if = "String::is_empty")]
    pub id: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    pub name: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    pub url: String,
}

/// The site itself.
#[derive(Debug, Default, Serialize)]
#[serde(tag = "@type", rename_all = "camelCase")]
pub(super) struct WebSite {
    #[serde(rename = "@id", skip_serializing_if = "String::is_empty")]
    pub id: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    pub url: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    pub name: String,
    #[serde(skip_serializing_if = "says_nothing")]
    pub description: Option<String>,
    #[serde(skip_serializing_if = "String::is_empty")]
    pub in_language: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub publisher: Option<Thing>,
}

/// What an article rests upon.
#[derive(Debug, Default, Serialize)]
#[serde(tag = "@type", rename_all = "camelCase")]
pub(super) struct CreativeWork {
    #[serde(skip_serializing_if = "String::is_empty")]
    pub name: String,
    #[serde(skip_serializing_if = "says_nothing")]
    pub url: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub publisher: Option<Thing>,
    #[serde(skip_serializing_if = "says_nothing")]
    pub date_published: Option<String>,
    #[serde(skip_serializing_if = "says_nothing")]
    pub in_language: Option<String>,
    #[serde(skip_serializing_if = "says_nothing")]
    pub archived_at: Option<String>,
}

/// What was put right.
#[derive(Debug, Default, Serialize)]
#[serde(tag = "@type", rename_all = "camelCase")]
pub(super) struct CorrectionComment {
    #[serde(skip_serializing_if = "String::is_empty")]
    pub text: String,
    #[serde(skip_serializing_if = "says_nothing")]
    pub date_published: Option<String>,
}

/// A picture with who made it and on which terms it is shown.
#[derive(Debug, Default, Clone, Serialize)]
#[serde(tag = "@type", rename_all = "camelCase")]
pub(super) struct ImageObject {
    #[serde(skip_serializing_if = "String::is_empty")]
    pub url: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    pub content_url: String,
    /// As schema.org writes distances: `1200 px`.
    #[serde(skip_serializing_if = "says_nothing")]
    pub width: Option<String>,
    #[serde(skip_serializing_if = "says_nothing")]
    pub height: Option<String>,
    #[serde(skip_serializing_if = "says_nothing")]
    pub caption: Option<String>,
    #[serde(skip_serializing_if = "says_nothing")]
    pub credit_text: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub creator: Option<Box<Thing>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub license: Option<License>,
}

/// The terms on which a picture is shown: their address where it is known, else their name.
#[derive(Debug, Clone, Serialize)]
#[serde(untagged)]
pub(super) enum License {
    Address(String),
    Name(NamedLicense),
}

/// Terms that have no known address.
#[derive(Debug, Clone, Serialize)]
#[serde(tag = "@type", rename = "CreativeWork")]
pub(super) struct NamedLicense {
    #[serde(skip_serializing_if = "String::is_empty")]
    pub name: String,
}

/// Whether there is no text, or one without a letter.
fn says_nothing(text: &Option<String>) -> bool {
    text.as_ref().is_none_or(String::is_empty)
}
