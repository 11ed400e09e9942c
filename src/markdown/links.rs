//! Where a text's links lead: the question that rendering asks, the answer, and the mistake instead of one.
//!
//! Only the types: who knows the articles implements [`Links`]. Addresses with a scheme never get here.

use crate::diagnostic::Severity;

/// Knows what relative addresses and ids lead to.
pub trait Links {
    /// What `target` leads to, or what is wrong with it.
    ///
    /// Asked for every address without a scheme, and for images on the web. An anchor alone (`#x`) is asked for only if the text itself
    /// has no such id.
    ///
    /// # Errors
    /// A [`Mistake`]: the link's text is then shown without a link, and the mistake is in the list.
    fn resolve(&self, target: Target<'_>) -> Result<Resolved, Mistake>;
}

/// What a text refers to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Target<'a> {
    /// How it is referred to.
    pub kind: Kind,
    /// The address as the author wrote it, without Markdown's escapes and entities; percent signs as they are.
    pub address: &'a str,
}

/// How a text refers to something.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// `[text](address)`, or `<a href>`.
    Link,
    /// `![text](address)`, `![[address]]`, or `<img src>`.
    Image,
    /// `[[id]]`, `[[id|text]]`, `[[id#anchor]]`.
    Wiki,
}

/// What a target leads to.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Resolved {
    /// The address to write, not escaped.
    pub href: String,
    /// The text of a wiki link that has none of its own: the target's title.
    pub text: Option<String>,
    /// The language of what is there, where it is not that of the text.
    pub language: Option<String>,
    /// An image's width and height in pixels.
    pub size: Option<(u32, u32)>,
}

/// Something wrong in a text. Its place is the range that stands beside it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mistake {
    /// Whether it stops a build, unless settings say otherwise.
    pub severity: Severity,
    /// The name of its kind: `dead-link`, `missing-image`.
    pub name: &'static str,
    /// What is wrong, in one sentence without a full stop.
    pub message: String,
    /// What to do.
    pub help: Option<String>,
}

impl Resolved {
    /// An address and nothing more.
    #[must_use]
    pub fn href(href: impl Into<String>) -> Self {
        Self { href: href.into(), ..Self::default() }
    }
}

impl Mistake {
    /// One that stops a build.
    #[must_use]
    pub fn error(name: &'static str, message: impl Into<String>) -> Self {
        Self { severity: Severity::Error, name, message: message.into(), help: None }
    }

    /// One that a person should look at.
    #[must_use]
    pub fn warning(name: &'static str, message: impl Into<String>) -> Self {
        Self { severity: Severity::Warning, name, message: message.into(), help: None }
    }

    /// The same, with what to do.
    #[must_use]
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }
}

/// Takes every address as it is; for texts of which only the anchors are wanted.
pub(super) struct Anywhere;

impl Links for Anywhere {
    fn resolve(&self, target: Target<'_>) -> Result<Resolved, Mistake> {
        Ok(Resolved::href(target.address))
    }
}
