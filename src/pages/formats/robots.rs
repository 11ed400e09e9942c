//! `robots.txt` (RFC 9309): everything may be read by everyone, and this is where the sitemaps are.

use crate::input::LanguageIndex;
use crate::pages::Scene;
use crate::site::{Format, Scope};

/// The whole file.
pub(super) fn text(scene: &Scene<'_>) -> String {
    let site = scene.site;
    let mut text = "User-agent: *\nAllow: /\n".to_string();
    let sitemaps = [Format::Sitemap, Format::NewsSitemap].into_iter().filter_map(|format| {
        let address = site.format_address(Scope::Site(LanguageIndex::MAIN), format);
        Some(site.base_url()?.absolute(&site.route(&address)?.address))
    });
    for (at, sitemap) in sitemaps.enumerate() {
        let before = if at == 0 { "\n" } else { "" };
        text.push_str(&format!("{before}Sitemap: {sitemap}\n"));
    }
    text
}
