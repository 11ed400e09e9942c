//! How a page is embedded, for programs that are given its address: oEmbed 1.0, type `rich`.

use serde::Serialize;

use crate::input::keys::Image;
use crate::input::settings::BaseUrl;
use crate::pages::Scene;
use crate::pages::embed::title_of;
use crate::pages::embed_code::{self, WIDTH};
use crate::pages::frame::site_title;
use crate::picture::Format as Drawn;
use crate::site::{Embed, Site};

/// The keys of oEmbed 1.0 that are known; a thumbnail has all three of its keys or none.
#[derive(Debug, Serialize)]
struct OEmbed<'a> {
    version: &'static str,
    r#type: &'static str,
    title: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    author_name: Option<String>,
    provider_name: &'a str,
    provider_url: String,
    cache_age: u32,
    html: String,
    width: u32,
    height: u32,
    #[serde(flatten)]
    thumbnail: Option<Thumbnail>,
}

#[derive(Debug, Serialize)]
struct Thumbnail {
    thumbnail_url: String,
    thumbnail_width: u32,
    thumbnail_height: u32,
}

/// For how many seconds a consumer may keep it.
const CACHE_AGE: u32 = 3600;

/// The file of an embed; `None` without a `base_url`.
pub(super) fn file(scene: &Scene<'_>, embed: Embed) -> Option<Vec<u8>> {
    let site = scene.site;
    let base = site.base_url()?;
    let (provider_name, _) = site_title(scene);
    let (article, image, authors) = match embed {
        Embed::Timeline(at) | Embed::KeyMoments(at) => {
            let timeline = site.timeline(at);
            (timeline.article, timeline.keys(site).image.as_ref(), &[][..])
        }
        Embed::Event(at) => {
            let event = site.event(at);
            let keys = event.keys(site);
            (event.article, keys.image.as_deref(), keys.authors.as_slice())
        }
    };
    let file = OEmbed {
        version: "1.0",
        r#type: "rich",
        title: title_of(scene, embed),
        author_name: (!authors.is_empty()).then(|| scene.words.list(authors)),
        provider_name,
        provider_url: base.absolute(&site.home(scene.language)),
        cache_age: CACHE_AGE,
        html: embed_code::html(scene, embed)?,
        width: WIDTH,
        height: embed_code::height(embed),
        thumbnail: image.and_then(|image| thumbnail(site, base, article, image)),
    };
    Some(super::json(&file))
}

fn thumbnail(site: &Site, base: &BaseUrl, article: usize, image: &Image) -> Option<Thumbnail> {
    // A picture that is not there has been told of when the site was made.
    let resolved = site.image(article, image).ok()?;
    // What shows thumbnails shows no drawings.
    let file = resolved.file.as_deref()?;
    if site.picture_at(file)?.header.format == Drawn::Svg {
        return None;
    }
    let (thumbnail_width, thumbnail_height) = site.size(&resolved).ok()??;
    Some(Thumbnail { thumbnail_url: base.absolute(&resolved.address), thumbnail_width, thumbnail_height })
}
