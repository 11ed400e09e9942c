//! An article's Markdown becomes HTML that can stand on any page, with a list of what is wrong in it.
//!
//! In comes one text and what is known of its surroundings ([`Options`], [`Links`]); out comes [`Rendered`].
//! Nothing here reads a file, knows an article, or decides whether a build goes on.
//!
//! CommonMark 0.31.2 whole, and: tables, footnotes, strikethrough, task lists, heading anchors (`{#id}` too),
//! definition lists, alerts (`> [!NOTE]`), `[[wiki links]]`, quotation marks, dashes and ellipses by language.
//! One pass over the parser's events writes one string; what is known only at the end (ids, footnote numbers,
//! links to an anchor in the same text) is a hole in it, filled as the string is put together.
//!
//! **Raw HTML** is sanitised as one fragment with what stands around it, so that a tag may open in one place
//! and close in another. It passes as written with [`Options::unsafe_html`]. In both cases the addresses of its
//! `<a href>` and `<img src>` go through [`Links`] as Markdown's own do, and what will be taken out is reported.
//!
//! **Headings**: the first one becomes [`Options::heading_level`], a deeper one after it one level deeper, and
//! so on, by what encloses what. `# x` and `## x` at the start of a text come out alike, no level is ever
//! skipped, and one that an author skipped is closed up.

mod address;
mod anchors;
mod blocks;
mod escape;
mod external;
mod finish;
mod footnotes;
mod links;
mod options;
mod output;
mod plain;
mod quotes;
mod raw;
mod renderer;
mod sanitise;
mod spans;
mod tables;
mod tags;

pub use address::SCHEMES;
pub use external::external_links;
pub use links::{COLUMN, Kind, Links, Mistake, Resolved, Target};
pub use options::{Options, Words};
pub use plain::{first_paragraph, plain_text};
pub use quotes::Quotes;

use std::ops::Range;

use renderer::{Extras, Renderer};

pub(crate) use renderer::flags;

/// A text as HTML, and what was found in it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Rendered {
    /// A fragment that may stand within `<article>` or `<div>`.
    pub html: String,
    /// Its headings, in the order of the page.
    pub headings: Vec<Heading>,
    /// What is wrong, with the bytes of the text that are to blame, in the order of the text.
    pub mistakes: Vec<(Range<usize>, Mistake)>,
}

/// A heading as it stands on the page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Heading {
    /// 1 to 6, as in `<h2>`.
    pub level: u8,
    /// Its anchor, with [`Options::id_prefix`].
    pub id: String,
    /// Its text without markup.
    pub text: String,
}

/// The HTML of a text.
#[must_use]
pub fn render(text: &str, options: &Options<'_>, links: &dyn Links) -> Rendered {
    Renderer::new(text, Some(Extras { options, links })).run().finish()
}

/// The ids that [`render`] gives, without a prefix: headings, `{#id}`, footnotes, and ids in raw HTML.
#[must_use]
pub fn anchors(text: &str) -> Vec<String> {
    let options = Options::default();
    Renderer::new(text, Some(Extras { options: &options, links: &links::Anywhere })).run().ids()
}

/// The HTML of CommonMark 0.31.2 alone: no extras, no checks, nothing sanitised. For the specification's examples.
#[must_use]
pub fn bare(text: &str) -> String {
    Renderer::new(text, None).run().finish().html
}

#[cfg(test)]
mod attacks;
#[cfg(test)]
mod tests;
