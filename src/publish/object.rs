//! One file as it is to stand at a target: where, which bytes, under which headers, and in which phase it is sent.

use serde::{Deserialize, Serialize};

use crate::output::Digest;

/// What a file is to the other files: it decides when it is sent, and how long a browser may keep it.
///
/// The order is the order of sending: what is named comes before what names it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Role {
    /// A stylesheet, a script or a version of a picture whose name changes with its bytes.
    Fingerprinted,
    /// Another file that pages may name: a picture, a document.
    Asset,
    /// A page of an event, of an entity, or a plain one.
    Page,
    /// A page that lists others.
    List,
    /// What readers' other tools fetch.
    Feed,
    /// What leads into the site: the front page, sitemaps, what hosts and robots read.
    Front,
}

/// How bytes are packed on their way.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Encoding {
    /// RFC 1952.
    Gzip,
    /// RFC 7932.
    #[serde(rename = "br")]
    Brotli,
}

/// Where the bytes come from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Body {
    /// A file of the build, by its path there.
    File(String),
    /// The same, packed for a host that gives out what lies beside.
    Packed(String, Encoding),
    /// Bytes that a target asks for, and no build has.
    Bytes(Vec<u8>),
}

/// A file as it is to stand at a target.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Object {
    /// Where: `kim-putin/index.html`.
    pub path: String,
    /// What it is to the others.
    pub role: Role,
    /// How many bytes it has, before they are packed.
    pub length: u64,
    /// What they come to, before they are packed.
    pub digest: Digest,
    /// The value of `Content-Type`.
    pub media_type: String,
    /// How it is packed, where the host is told so by a header.
    pub encoding: Option<Encoding>,
    /// Where the bytes come from.
    pub body: Body,
}

impl Role {
    /// All of them, in the order of sending.
    pub const ALL: [Self; 6] =
        [Self::Fingerprinted, Self::Asset, Self::Page, Self::List, Self::Feed, Self::Front];

    /// The value of `Cache-Control`.
    #[must_use]
    pub fn cache_control(self) -> &'static str {
        match self {
            Self::Fingerprinted => "public, max-age=31536000, immutable",
            Self::Asset => "public, max-age=3600, must-revalidate",
            Self::Page | Self::List | Self::Feed | Self::Front => "public, max-age=60, must-revalidate",
        }
    }

    /// What a person calls the files of this role.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Fingerprinted => "fingerprinted assets",
            Self::Asset => "other assets",
            Self::Page => "pages",
            Self::List => "lists",
            Self::Feed => "feeds",
            Self::Front => "front page and sitemaps",
        }
    }
}

impl Encoding {
    /// The value of `Content-Encoding`.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Gzip => "gzip",
            Self::Brotli => "br",
        }
    }

    /// The ending of a file that lies packed beside the plain one.
    #[must_use]
    pub fn ending(self) -> &'static str {
        match self {
            Self::Gzip => ".gz",
            Self::Brotli => ".br",
        }
    }
}

impl Object {
    /// What the headers come to: another digest means that they are to be sent again.
    #[must_use]
    pub fn headers(&self) -> Digest {
        let encoding = self.encoding.map_or("", Encoding::name);
        Digest::of(format!("{}\n{}\n{encoding}", self.media_type, self.role.cache_control()).as_bytes())
    }
}

/// The name of a fingerprinted file without its fingerprint: what a new version of it has in common with the old.
#[must_use]
pub fn without_fingerprint(path: &str) -> String {
    let (folder, name) = path.rsplit_once('/').unwrap_or(("", path));
    let is_fingerprint = |part: &&str| part.len() == 10 && part.bytes().all(|byte| byte.is_ascii_hexdigit());
    let parts: Vec<&str> = name.split('.').filter(|part| !is_fingerprint(part)).collect();
    format!("{folder}/{}", parts.join("."))
}

#[cfg(test)]
mod tests {
    use super::without_fingerprint;

    #[test]
    fn versions_of_a_file_have_one_name() {
        assert_eq!(without_fingerprint("style.4f2a9c01d3.css"), "/style.css");
        assert_eq!(without_fingerprint("kim/caca.0123456789.480w.webp"), "kim/caca.480w.webp");
        assert_eq!(without_fingerprint("kim/2000.css"), "kim/2000.css");
    }
}
