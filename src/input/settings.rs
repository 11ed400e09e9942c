//! `dateline.toml` as a value: the settings of a site, typed and strict.
//!
//! What is said of the keys here, editors show: `schemas` makes a JSON Schema of these types.

use std::collections::BTreeMap;
use std::path::Path;

use schemars::JsonSchema;
use serde::{Deserialize, Deserializer, Serialize};

use super::at::At;
use super::decode::{Refusal, decode, nearest};
use super::front_matter::syntax_help_toml;
use super::keys::WebAddress;
use super::node::Node;
use super::publishing::{PublishTargets, take_secrets, wrong_targets};
use super::values::present;
use crate::time::Zone;
use crate::{Diagnostic, Place};

/// The name of the settings file, at the root of a site.
pub const FILE: &str = "dateline.toml";

/// The settings of a site.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
#[schemars(extend("required" = ["title"]))]
pub struct Settings {
    /// The name of the site.
    pub title: String,
    /// Where the site will stand, as `https://example.org/`.
    pub base_url: Option<BaseUrl>,
    /// The language of the pages; of several, the main one.
    pub language: Option<At<LanguageTag>>,
    /// The languages of a site that has translations.
    pub languages: Vec<At<LanguageTag>>,
    /// What the settings say in another language, by its tag.
    pub translation: BTreeMap<LanguageTag, Translation>,
    /// The newsroom's clock, by its IANA name.
    #[serde(deserialize_with = "present")]
    #[schemars(with = "Zone")]
    pub timezone: Option<Zone>,
    /// What the site is, for search engines.
    pub description: Option<String>,
    /// Who publishes it.
    pub publisher: Publisher,
    /// Whether raw HTML in texts stays as it is.
    pub unsafe_html: bool,
    /// The links of the menu, in order.
    pub menu: Vec<MenuItem>,
    /// What the built-in theme leaves to the site.
    pub theme: Theme,
    /// Which outputs there are beside the pages.
    pub outputs: Outputs,
    /// Where the site is published to, by names of your own.
    pub publish: PublishTargets,
    /// What each warning is to be: "off", "warning" or "error".
    #[schemars(schema_with = "super::schemas::levels")]
    pub check: Levels,
}

/// What the settings say in another language than the main one.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct Translation {
    /// The name of the site.
    pub title: Option<String>,
    /// What the site is, for search engines.
    pub description: Option<String>,
    /// The line at the foot of every page.
    pub footer: Option<String>,
    /// The links of the menu, in order.
    pub menu: Vec<MenuItem>,
}

/// Who publishes the site.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct Publisher {
    /// Their name.
    pub name: Option<String>,
    /// Their own site.
    pub url: Option<WebAddress>,
    /// Their sign: the address of a picture of the site, "/logo.png".
    pub logo: Option<At<String>>,
}

/// A link of the site's menu.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct MenuItem {
    /// What the link says.
    pub title: String,
    /// An address of the site, "/about/", or a whole one.
    pub url: At<String>,
}

/// What a site may say about the built-in theme.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct Theme {
    /// The colour of marks and lines, as "#8a1c1c".
    pub accent: Option<Colour>,
    /// A line at the foot of every page.
    pub footer: Option<String>,
    /// Whether maps show lines between countries.
    pub borders: bool,
}

/// Which outputs there are beside the pages.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct Outputs {
    /// Whether there is a page on which the site is searched; there is one unless this says no.
    pub search: Option<bool>,
    /// Whether card images are drawn for links that are shared; they are, unless it is false.
    pub cards: Option<bool>,
    /// How many events stand on a page of a timeline, a track, a person, an organization, a place or a topic; 0 does not cut.
    pub page_size: Option<usize>,
    /// Which formats are made for other tools; all of them where this is not written.
    pub formats: Option<Vec<OutputFormat>>,
    /// How many articles a feed has at the most, the newest; 0 does not cut.
    pub feed_limit: Option<usize>,
    /// Whether each person, organization, place and topic has feeds; they have, unless it is false.
    pub entity_feeds: Option<bool>,
    /// How many events a timeline may have to be given as one HTML file; 0 sets no limit.
    pub archive_limit: Option<usize>,
    /// Whether calendars have a span for a date that is coarser than a day; a timeline may say otherwise.
    pub calendar_spans: bool,
}

/// How many events stand on a page at the most, where settings do not say.
pub const PAGE_SIZE: usize = 200;

/// How many articles a feed has at the most, where settings do not say.
pub const FEED_LIMIT: usize = 50;

/// How many events a timeline may have to be given as one file, where settings do not say.
pub const ARCHIVE_LIMIT: usize = 1000;

/// What can be made for other tools.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum OutputFormat {
    /// Feeds in Atom.
    Atom,
    /// Feeds in JSON Feed.
    JsonFeed,
    /// A timeline's calendar.
    Calendar,
    /// A timeline as JSON, with its schema.
    Data,
    /// A timeline's events as CSV.
    Table,
    /// A timeline for TimelineJS.
    #[serde(rename = "timelinejs")]
    TimelineJs,
    /// A timeline as one HTML file.
    Archive,
    /// A timeline's sources as CSL-JSON and BibTeX.
    Sources,
    /// What other sites may show in a frame.
    Embeds,
}

/// An absolute address with a slash at its end.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BaseUrl(String);

/// A language tag by BCP 47, in its canonical form.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct LanguageTag(pub String);

/// A colour, `#rrggbb`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Colour(pub String);

/// The name of a warning that settings may switch off or make an error.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct LintName(String);

/// What a lint is to be.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Level {
    /// It is not told.
    Off,
    /// It is told, and stops nothing.
    Warning,
    /// It stops the build.
    Error,
}

/// What each warning is to be, by its name.
pub type Levels = BTreeMap<LintName, Level>;

/// The names of all warnings, as `[check]` takes them.
pub const LINTS: &[&str] = &[
    "clock-gap",
    "clock-overlap",
    "dead-external-link",
    "doubtful-external-link",
    "event-after-article",
    "heading-attribute",
    "key-moments",
    "language-fallback",
    "look-alike-names",
    "missing-alt",
    "missing-base-url",
    "missing-credit",
    "missing-date-note",
    "missing-footnote",
    "missing-letters",
    "missing-published",
    "missing-quote-source",
    "missing-source",
    "missing-speaker",
    "missing-timezone",
    "picture-notes",
    "svg-cleaned",
    "unsafe-html",
    "untranslated",
    "unused-footnote",
    "vanished-page",
    "wrong-weekday",
];

/// The warnings that are errors where nobody says otherwise.
const ERRORS: &[&str] = &["dead-external-link"];

/// What a warning is to be: as an article wants it, else as the settings do.
#[must_use]
pub fn level_of(name: &str, article: Option<&Levels>, settings: &Levels) -> Option<Level> {
    let own = if ERRORS.contains(&name) { Some(Level::Error) } else { None };
    let name = LintName(name.to_string());
    article.and_then(|levels| levels.get(&name)).or_else(|| settings.get(&name)).copied().or(own)
}

impl Settings {
    /// Reads the text of `dateline.toml`.
    #[must_use]
    pub fn read(text: &str) -> (Self, Vec<Diagnostic>) {
        let path = Path::new(FILE);
        let mut node = match Node::from_toml(text, 0) {
            Ok(node) => node,
            Err(mistakes) => {
                let diagnostics = mistakes.iter().map(|mistake| {
                    let diagnostic =
                        Diagnostic::error("toml-syntax", format!("this is not TOML: {}", mistake.message))
                            .at(Place::in_text(path, text, mistake.range.clone()));
                    match syntax_help_toml(mistake, text) {
                        Some(help) => diagnostic.help(help),
                        None => diagnostic,
                    }
                });
                return (Self::default(), diagnostics.collect());
            }
        };
        let mut diagnostics = take_secrets(&mut node, text);
        let (settings, mistakes) = decode::<Self>(&node, text, path);
        diagnostics.extend(mistakes);
        if settings.title.trim().is_empty()
            && node.get("title").is_none_or(|title| title.value.is_empty_text())
        {
            diagnostics.push(missing_title());
        }
        diagnostics.extend(settings.wrong_languages(&node, text));
        diagnostics.extend(wrong_targets(&settings.publish, &node, text));
        (settings, diagnostics)
    }

    /// A language that is listed twice, or that has a part of its own without being listed as a translation's.
    fn wrong_languages(&self, node: &Node, text: &str) -> Vec<Diagnostic> {
        let place = |range| Place::in_text(Path::new(FILE), text, range);
        let mut diagnostics = Vec::new();
        for (at, tag) in self.languages.iter().enumerate() {
            if self.languages[..at].iter().any(|other| other.value == tag.value) {
                let message = format!("`{}` is listed twice", tag.value.0);
                diagnostics.push(
                    Diagnostic::error("repeated-language", message)
                        .at(place(tag.range()))
                        .help("list each language of the site once"),
                );
            }
        }
        let listed = |tag: &LanguageTag| self.languages.iter().any(|other| other.value == *tag);
        let main = self.language.as_ref().filter(|main| !self.languages.is_empty() && !listed(&main.value));
        diagnostics.extend(main.map(|main| {
            let message = format!("`{}` is not among the `languages` of the site", main.value.0);
            Diagnostic::error("language-not-listed", message)
                .at(place(main.range()))
                .help("list it among the `languages` too: it is the main one, whose pages stand at the root")
        }));
        let main = self.language.as_ref().or(self.languages.first()).map(|main| &main.value);
        for tag in self.translation.keys().filter(|tag| !listed(tag) || main == Some(tag)) {
            let entries = node.get("translation").map(Node::entries).unwrap_or_default();
            let entry = entries.iter().find(|entry| entry.key.eq_ignore_ascii_case(&tag.0));
            let message = match main == Some(tag) {
                true => format!("`{}` is the main language, which needs no translation", tag.0),
                false => format!("`{}` is not among the `languages` of the site", tag.0),
            };
            let diagnostic = Diagnostic::error("language-not-listed", message)
                .help("a part [translation.TAG] is for one of the `languages` beside the main one");
            diagnostics.push(match entry {
                Some(entry) => diagnostic.at(place(entry.key_range.clone())),
                None => diagnostic.at(Place::file(FILE)),
            });
        }
        diagnostics
    }
}

fn missing_title() -> Diagnostic {
    Diagnostic::error("missing-title", "the settings have no `title`")
        .at(Place::file(FILE))
        .help("write the name of the site: title = \"…\"")
}

impl std::borrow::Borrow<str> for LanguageTag {
    fn borrow(&self) -> &str {
        &self.0
    }
}

impl BaseUrl {
    /// Reads `https://host/` or `https://host/folder/`.
    ///
    /// # Errors
    /// A sentence that says why it is not a base address.
    pub fn parse(text: &str) -> Result<Self, String> {
        let rest = text.strip_prefix("https://").or_else(|| text.strip_prefix("http://"));
        let Some(rest) = rest else {
            return Err(format!("`{text}` does not begin with https:// or http://"));
        };
        if rest.split('/').next().is_none_or(str::is_empty) {
            return Err(format!("`{text}` names no host"));
        }
        if rest.contains(['?', '#', '"', '<', '>', '\\']) || rest.contains(char::is_whitespace) {
            return Err(format!("`{text}` has a query, a fragment or a sign that an address can't have"));
        }
        Ok(Self(format!("{}/", text.trim_end_matches('/'))))
    }

    /// The absolute address of a page.
    #[must_use]
    pub fn absolute(&self, address: &crate::address::Address) -> String {
        [&*self.0, address.encoded().trim_start_matches('/')].concat()
    }

    /// The path of the site's root on its host: `/` or `/folder/`.
    #[must_use]
    pub fn path(&self) -> &str {
        let host = self.0.find("://").map_or(0, |at| at + 3);
        self.0[host..].find('/').map_or("/", |at| &self.0[host + at..])
    }
}

impl<'de> Deserialize<'de> for BaseUrl {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Self::parse(&String::deserialize(deserializer)?).map_err(|why| {
            Refusal::new(
                "wrong-address",
                why,
                "write the address of the front page, as in \"https://example.org/\"",
            )
            .error()
        })
    }
}

impl LanguageTag {
    /// Reads a tag.
    ///
    /// # Errors
    /// A sentence that says that it is none.
    pub fn parse(text: &str) -> Result<Self, String> {
        let locale = icu_locale_core::LanguageIdentifier::try_from_str(text);
        locale
            .map(|locale| Self(locale.to_string()))
            .map_err(|_| format!("`{text}` is not the tag of a language"))
    }
}

impl<'de> Deserialize<'de> for LanguageTag {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        Self::parse(&text).map_err(|why| {
            let help = "write a language tag by BCP 47, as in \"pt-BR\", \"en\" or \"es\"";
            Refusal::new("unknown-language", why, help).error()
        })
    }
}

impl<'de> Deserialize<'de> for Colour {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        let digits = text.strip_prefix('#').unwrap_or_default();
        if digits.len() == 6 && digits.chars().all(|digit| digit.is_ascii_hexdigit()) {
            return Ok(Self(text.to_ascii_lowercase()));
        }
        let help = "write it as `#` and six hexadecimal digits, as in \"#8a1c1c\"";
        Err(Refusal::new("wrong-value", format!("`{text}` is not a colour"), help).error())
    }
}

impl<'de> Deserialize<'de> for LintName {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let name = String::deserialize(deserializer)?;
        if LINTS.contains(&name.as_str()) {
            return Ok(Self(name));
        }
        let help = match nearest(&name, LINTS) {
            Some(near) => format!("did you mean `{near}`?"),
            None => format!("the names are {}", LINTS.join(", ")),
        };
        Err(Refusal::new("unknown-key", format!("there is no warning with the name `{name}`"), help).error())
    }
}
