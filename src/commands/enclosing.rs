//! Pages that have their pictures inside: a page with places comes in, the same with the bytes of pictures as `data:` addresses goes out.

use std::collections::HashMap;
use std::sync::Arc;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

use super::pictures;
use crate::input::BodyError;
use crate::output::Cache;
use crate::pages::{Enclosed, Failure, PictureInPage};
use crate::picture::{Format, Header, Version};
use crate::site::Site;

/// The page with its pictures. One that stands in several places is read once.
pub(super) fn fill(
    site: &Site,
    html: &[u8],
    places: &[PictureInPage<'_>],
    cache: &Cache,
) -> Result<Vec<u8>, Failure> {
    let mut known: HashMap<String, Arc<str>> = HashMap::new();
    let mut page = Vec::with_capacity(html.len());
    let mut mark = 0;
    for (range, enclosed) in places {
        let address = std::str::from_utf8(&html[range.clone()]).unwrap_or_default();
        let source = match known.get(address) {
            Some(source) => Arc::clone(source),
            None => {
                let source: Arc<str> = source(site, *enclosed, cache)?.into();
                known.insert(address.to_string(), Arc::clone(&source));
                source
            }
        };
        page.extend_from_slice(&html[mark..range.start]);
        page.extend_from_slice(source.as_bytes());
        mark = range.end;
    }
    page.extend_from_slice(&html[mark..]);
    Ok(page)
}

fn source(site: &Site, enclosed: Enclosed<'_>, cache: &Cache) -> Result<String, Failure> {
    let (bytes, format) = match enclosed {
        Enclosed::Picture(picture, version) => {
            let format = match version {
                Version::WebP(_) => Format::WebP,
                _ => picture.header.format,
            };
            (pictures::one(site, picture, version, cache)?, Some(format))
        }
        Enclosed::File(path) => {
            let bytes = site.input.picture(path).map_err(|error| match error {
                BodyError::Changed => Failure::Changed,
                BodyError::Failed(error) => Failure::Machine(error),
            })?;
            let format = Header::read(&bytes).ok().map(|header| header.format);
            (bytes, format)
        }
    };
    Ok(format!("data:{};base64,{}", media_type(format), STANDARD.encode(bytes)))
}

fn media_type(format: Option<Format>) -> &'static str {
    match format {
        Some(Format::Jpeg) => "image/jpeg",
        Some(Format::Png) => "image/png",
        Some(Format::WebP) => "image/webp",
        Some(Format::Gif) => "image/gif",
        Some(Format::Avif) => "image/avif",
        Some(Format::Svg) => "image/svg+xml",
        None => "application/octet-stream",
    }
}
