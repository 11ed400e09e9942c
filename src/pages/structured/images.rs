//! Pictures with their credit and license, as search engines ask for them on every page that shows one.

use super::super::shared::{self, SharedImage};
use super::vocabulary::{ImageObject, License, NamedLicense};
use super::{Describing, website};
use crate::input::keys::Image;
use crate::pages::Scene;
use crate::site::Scope;

/// The picture that stands for a page.
pub(super) fn of_page(page: &Describing<'_>) -> Option<ImageObject> {
    let image = page.frame.shared.as_ref()?.image.as_ref()?;
    Some(plain(image))
}

/// The pictures of a timeline or an event: its own, then its card.
pub(super) fn of_subject(scene: &Scene<'_>, article: usize, subject: Scope) -> Vec<ImageObject> {
    let own = scene.site.article(article).kind.image().and_then(|image| of_article(scene, article, image));
    let card = shared::card(scene, subject)
        .map(|card| ImageObject { creator: website::publisher(scene).map(Box::new), ..plain(&card) });
    own.into_iter().chain(card).collect()
}

/// The picture of an article.
pub(super) fn of_article(scene: &Scene<'_>, article: usize, image: &Image) -> Option<ImageObject> {
    let resolved = scene.site.image(article, image).ok()?;
    let size = scene.site.size(&resolved).ok()?;
    let url = super::absolute(scene, &resolved.address);
    Some(ImageObject {
        content_url: url.clone(),
        url,
        width: size.map(|(width, _)| pixels(width)),
        height: size.map(|(_, height)| pixels(height)),
        caption: image.caption.clone().or_else(|| image.alt.clone()).filter(|words| !words.is_empty()),
        credit_text: image.credit.clone(),
        creator: None,
        license: image.license.as_deref().map(license),
    })
}

fn plain(image: &SharedImage) -> ImageObject {
    ImageObject {
        url: image.url.clone(),
        content_url: image.url.clone(),
        width: Some(pixels(image.width)),
        height: Some(pixels(image.height)),
        caption: Some(image.alt.clone()),
        ..ImageObject::default()
    }
}

/// A distance in the words of schema.org.
pub(super) fn pixels(count: u32) -> String {
    format!("{count} px")
}

/// The address of a license: as it is written, or of Creative Commons by its short name.
fn license(written: &str) -> License {
    let is_address = written.starts_with("https://") || written.starts_with("http://");
    let known = if is_address { Some(written.to_string()) } else { creative_commons(written) };
    known.map_or_else(|| License::Name(NamedLicense { name: written.to_string() }), License::Address)
}

/// `CC BY-SA 4.0` is at `licenses/by-sa/4.0/`; without a version it has no one address.
fn creative_commons(written: &str) -> Option<String> {
    let short = written.to_ascii_lowercase();
    let short = short.strip_prefix("cc")?.trim_start_matches([' ', '-']);
    let (name, version) = short.split_once(' ').unwrap_or((short, if short == "0" { "1.0" } else { "" }));
    let is_version = matches!(version, "1.0" | "2.0" | "2.5" | "3.0" | "4.0");
    match name {
        "0" if version == "1.0" => Some("https://creativecommons.org/publicdomain/zero/1.0/".to_string()),
        "by" | "by-sa" | "by-nd" | "by-nc" | "by-nc-sa" | "by-nc-nd" if is_version => {
            Some(format!("https://creativecommons.org/licenses/{name}/{version}/"))
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::creative_commons;

    #[test]
    fn licenses_of_creative_commons_have_addresses() {
        let known = [
            ("CC BY 4.0", "https://creativecommons.org/licenses/by/4.0/"),
            ("CC-BY-SA 3.0", "https://creativecommons.org/licenses/by-sa/3.0/"),
            ("CC BY-NC-ND 2.5", "https://creativecommons.org/licenses/by-nc-nd/2.5/"),
            ("CC0", "https://creativecommons.org/publicdomain/zero/1.0/"),
            ("CC0 1.0", "https://creativecommons.org/publicdomain/zero/1.0/"),
        ];
        for (written, address) in known {
            assert_eq!(creative_commons(written).as_deref(), Some(address), "{written}");
        }
        for unknown in ["CC BY", "CC BY 9.9", "domínio público", "cedida pelo jornal", "CC", "CCXX 1.0"] {
            assert_eq!(creative_commons(unknown), None, "{unknown}");
        }
    }
}
