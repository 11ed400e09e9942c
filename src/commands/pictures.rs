//! The pictures of a build: each is read once, decoded once at the most, and all its versions are written.
//!
//! A version that the output has under its name is not made again, nor is one that the cache has. Without an output a
//! picture is decoded for its mistakes, and nothing is encoded or kept.

use super::build::Stop;
use crate::Diagnostic;
use crate::address::Address;
use crate::input::BodyError;
use crate::output::{Cache, Output};
use crate::pages::Failure;
use crate::picture::{self, Fault, Pixels, Version};
use crate::site::{Picture, Site};

/// The name of the cache of encoded versions.
pub(super) const CACHE: &str = "pictures";

/// What is known of a picture once its bytes have been looked at; it depends on nothing but these.
#[derive(Debug)]
pub(super) enum Verdict {
    /// It is shown as it came.
    Good,
    /// A drawing that something was taken out of.
    Cleaned(Vec<String>),
    /// It can't be shown.
    Broken(Fault),
}

impl Verdict {
    /// What is to be said of it, where it stands in a site.
    pub(super) fn diagnostics(&self, site: &Site, picture: &Picture) -> Vec<Diagnostic> {
        match self {
            Self::Good => Vec::new(),
            Self::Cleaned(removed) => vec![cleaned(&site.input.files[picture.file], removed)],
            Self::Broken(fault) => vec![site.broken_picture(picture.file, fault)],
        }
    }
}

/// Writes a picture and its versions. Without an output it is only looked at.
pub(super) fn write(
    site: &Site,
    picture: &Picture,
    output: Option<&Output>,
    cache: &Cache,
) -> Result<Verdict, Stop> {
    let path = &site.input.files[picture.file];
    let bytes = site.input.picture(path).map_err(|error| match error {
        BodyError::Changed => Stop::Changed,
        BodyError::Failed(error) => Stop::Machine(error),
    })?;
    let encodes = output.is_some();
    let mut work = Work { picture, bytes, output, encodes, cache, pixels: None };
    match work.all(site) {
        Ok(removed) if removed.is_empty() => Ok(Verdict::Good),
        Ok(removed) => Ok(Verdict::Cleaned(removed)),
        Err(Trouble::Author(fault)) => Ok(Verdict::Broken(fault)),
        Err(Trouble::Machine(error)) => Err(Stop::Machine(error)),
    }
}

/// The bytes of a picture or of one of its versions, for who asks for it alone.
pub(super) fn one(
    site: &Site,
    picture: &Picture,
    version: Version,
    cache: &Cache,
) -> Result<Vec<u8>, Failure> {
    let path = &site.input.files[picture.file];
    let bytes = site.input.picture(path).map_err(|error| match error {
        BodyError::Changed => Failure::Changed,
        BodyError::Failed(error) => Failure::Machine(error),
    })?;
    let mut work = Work { picture, bytes, output: None, encodes: true, cache, pixels: None };
    work.one(version).map_err(|trouble| match trouble {
        Trouble::Author(fault) => Failure::Mistakes(vec![site.broken_picture(picture.file, &fault)]),
        Trouble::Machine(error) => Failure::Machine(error),
    })
}

/// One picture while its versions are made.
struct Work<'a> {
    picture: &'a Picture,
    bytes: Vec<u8>,
    output: Option<&'a Output>,
    /// Whether anybody takes what is encoded.
    encodes: bool,
    cache: &'a Cache,
    /// Decoded when the first version asks for them.
    pixels: Option<Pixels>,
}

enum Trouble {
    Author(Fault),
    Machine(crate::Error),
}

impl Work<'_> {
    /// Every version; gives what was taken out of a drawing.
    fn all(&mut self, site: &Site) -> Result<Vec<String>, Trouble> {
        for (version, address) in &self.picture.versions {
            self.version(*version, address)?;
        }
        let whole = site.file_address(self.picture.file);
        if self.picture.header.is_turned {
            let bytes = self.encoded(Version::Whole)?;
            return self.put(whole, &bytes).map(|()| Vec::new());
        }
        let clean = picture::clean(&self.bytes, &self.picture.header).map_err(Trouble::Author)?;
        self.put(whole, &clean.bytes)?;
        Ok(clean.removed)
    }

    /// The bytes that stand at the address of a version, or of the picture itself.
    fn one(&mut self, version: Version) -> Result<Vec<u8>, Trouble> {
        if version == Version::Whole && !self.picture.header.is_turned {
            let clean = picture::clean(&self.bytes, &self.picture.header).map_err(Trouble::Author)?;
            return Ok(clean.bytes);
        }
        self.encoded(version)
    }

    fn version(&mut self, version: Version, address: &Address) -> Result<(), Trouble> {
        let is_kept = self.output.map(|output| output.keep(&address.route())).transpose();
        if is_kept.map_err(Trouble::Machine)? == Some(true) {
            self.cache.keep(&self.name(version));
            return Ok(());
        }
        let bytes = self.encoded(version)?;
        self.put(Some(address), &bytes)
    }

    /// Of the cache, or made; nothing where nobody will write it.
    fn encoded(&mut self, version: Version) -> Result<Vec<u8>, Trouble> {
        let name = self.name(version);
        if let Some(bytes) = self.cache.get(&name) {
            return Ok(bytes);
        }
        let pixels = match self.pixels.take() {
            Some(pixels) => pixels,
            None => Pixels::decode(&self.bytes).map_err(Trouble::Author)?,
        };
        if !self.encodes {
            self.pixels = Some(pixels);
            return Ok(Vec::new());
        }
        let bytes = pixels.encode(self.picture.header.format, version).map_err(Trouble::Author)?;
        self.pixels = Some(pixels);
        self.cache.put(&name, &bytes);
        Ok(bytes)
    }

    fn put(&self, address: Option<&Address>, bytes: &[u8]) -> Result<(), Trouble> {
        if let (Some(output), Some(address)) = (self.output, address) {
            output.write(&address.route(), bytes).map_err(Trouble::Machine)?;
        }
        Ok(())
    }

    fn name(&self, version: Version) -> String {
        let version = match version {
            Version::Whole => "whole".to_string(),
            Version::Fallback(width) => format!("{width}w"),
            Version::WebP(width) => format!("{width}w.webp"),
        };
        format!("{}.{version}", self.picture.digest)
    }
}

fn cleaned(path: &std::path::Path, removed: &[String]) -> Diagnostic {
    let message = format!(
        "{} {} taken out of this drawing",
        list(removed),
        if removed.len() == 1 { "was" } else { "were" }
    );
    Diagnostic::warning("svg-cleaned", message).at(crate::Place::file(path)).help(
        "what acts or loads something has no place in a picture: look at the page, and save the drawing without it",
    )
}

fn list(names: &[String]) -> String {
    match names {
        [all @ .., last] if !all.is_empty() => format!("{} and {last}", all.join(", ")),
        _ => names.concat(),
    }
}
