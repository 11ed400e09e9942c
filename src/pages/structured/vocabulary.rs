//! The words of schema.org that pages use, each type with the properties that are said of it here.
//!
//! What has nothing to say is `None` or empty, and is taken out before it is written.

use serde::Serialize;

/// An article about an event, or a chronology that is finished.
#[derive(Debug, Default, Serialize)]
#[serde(tag = "@type", rename_all = "camelCase")]
pub(super) struct NewsArticle {
    #[serde(rename = "@id")]
    pub id: String,
    pub url: String,
    pub main_entity_of_page: Option<String>,
    pub headline: String,
    pub description: Option<String>,
    pub in_language: Option<String>,
    pub is_accessible_for_free: Option<bool>,
    pub article_section: Option<String>,
    pub keywords: Vec<String>,
    pub image: Vec<ImageObject>,
    pub date_published: Option<String>,
    pub date_modified: Option<String>,
    pub author: Vec<Thing>,
    pub publisher: Option<Thing>,
    #[serde(flatten)]
    pub when: When,
    pub content_location: Vec<Thing>,
    pub about: Vec<Thing>,
    pub citation: Vec<CreativeWork>,
    pub correction: Vec<CorrectionComment>,
    pub is_part_of: Option<Thing>,
    pub has_part: Vec<NewsArticle>,
}

/// What time an article is about, as exactly as it is known.
#[derive(Debug, Default, Clone, Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct When {
    /// A moment, to the minute or the second.
    pub content_reference_time: Option<String>,
    /// Anything coarser, in EDTF: `2000-07`, `2023-09-10/..`.
    pub temporal_coverage: Option<String>,
}

/// Coverage that goes on.
#[derive(Debug, Default, Serialize)]
#[serde(tag = "@type", rename_all = "camelCase")]
pub(super) struct LiveBlogPosting {
    #[serde(rename = "@id")]
    pub id: String,
    pub url: String,
    pub main_entity_of_page: String,
    pub headline: String,
    pub description: Option<String>,
    pub in_language: String,
    pub image: Vec<ImageObject>,
    pub date_published: Option<String>,
    pub date_modified: Option<String>,
    pub coverage_start_time: Option<String>,
    pub author: Vec<Thing>,
    pub publisher: Option<Thing>,
    pub live_blog_update: Vec<BlogPosting>,
}

/// A post of coverage that goes on.
#[derive(Debug, Default, Serialize)]
#[serde(tag = "@type", rename_all = "camelCase")]
pub(super) struct BlogPosting {
    #[serde(rename = "@id")]
    pub id: String,
    pub url: String,
    pub headline: String,
    pub article_body: String,
    pub date_published: String,
    pub date_modified: Option<String>,
    pub author: Vec<Thing>,
    #[serde(flatten)]
    pub when: When,
}

/// A page that lists others.
#[derive(Debug, Default, Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct WebPage {
    /// `WebPage` or `CollectionPage`.
    #[serde(rename = "@type")]
    pub kind: &'static str,
    #[serde(rename = "@id")]
    pub id: String,
    pub url: String,
    pub name: String,
    pub description: Option<String>,
    pub in_language: String,
    pub primary_image_of_page: Option<ImageObject>,
    pub date_modified: Option<String>,
    pub is_part_of: Option<Thing>,
    pub main_entity: Option<Thing>,
}

/// A list in an order.
#[derive(Debug, Default, Serialize)]
#[serde(tag = "@type", rename_all = "camelCase")]
pub(super) struct ItemList {
    #[serde(rename = "@id")]
    pub id: String,
    pub name: String,
    pub number_of_items: usize,
    pub item_list_order: &'static str,
    pub item_list_element: Vec<ListItem>,
}

/// The way from the front page to a page.
#[derive(Debug, Default, Serialize)]
#[serde(tag = "@type", rename_all = "camelCase")]
pub(super) struct BreadcrumbList {
    #[serde(rename = "@id")]
    pub id: String,
    pub item_list_element: Vec<ListItem>,
}

/// An item of a list: by its address in a list of articles, as what it is in breadcrumbs.
#[derive(Debug, Default, Serialize)]
#[serde(tag = "@type", rename_all = "camelCase")]
pub(super) struct ListItem {
    pub position: usize,
    pub name: String,
    pub url: Option<String>,
    pub item: Option<String>,
}

/// A person, an organization, a place, a topic, or a page that something belongs to.
#[derive(Debug, Default, Clone, Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Thing {
    #[serde(rename = "@type")]
    pub kind: &'static str,
    #[serde(rename = "@id")]
    pub id: Option<String>,
    pub name: String,
    pub url: Option<String>,
    pub main_entity_of_page: Option<String>,
    pub alternate_name: Vec<String>,
    pub description: Option<String>,
    /// Of a person.
    pub job_title: Option<String>,
    pub image: Option<ImageObject>,
    /// Of an organization.
    pub logo: Option<ImageObject>,
    pub geo: Option<GeoCoordinates>,
    pub in_defined_term_set: Option<DefinedTermSet>,
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
    #[serde(rename = "@id")]
    pub id: String,
    pub name: String,
    pub url: String,
}

/// The site itself.
#[derive(Debug, Default, Serialize)]
#[serde(tag = "@type", rename_all = "camelCase")]
pub(super) struct WebSite {
    #[serde(rename = "@id")]
    pub id: String,
    pub url: String,
    pub name: String,
    pub description: Option<String>,
    pub in_language: String,
    pub publisher: Option<Thing>,
}

/// What an article rests upon.
#[derive(Debug, Default, Serialize)]
#[serde(tag = "@type", rename_all = "camelCase")]
pub(super) struct CreativeWork {
    pub name: String,
    pub url: Option<String>,
    pub publisher: Option<Thing>,
    pub date_published: Option<String>,
    pub in_language: Option<String>,
    pub archived_at: Option<String>,
}

/// What was put right.
#[derive(Debug, Default, Serialize)]
#[serde(tag = "@type", rename_all = "camelCase")]
pub(super) struct CorrectionComment {
    pub text: String,
    pub date_published: Option<String>,
}

/// A picture with who made it and on which terms it is shown.
#[derive(Debug, Default, Clone, Serialize)]
#[serde(tag = "@type", rename_all = "camelCase")]
pub(super) struct ImageObject {
    pub url: String,
    pub content_url: String,
    /// As schema.org writes distances: `1200 px`.
    pub width: Option<String>,
    pub height: Option<String>,
    pub caption: Option<String>,
    pub credit_text: Option<String>,
    pub creator: Option<Box<Thing>>,
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
    pub name: String,
}
