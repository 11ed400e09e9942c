//! The same page in the site's other languages: links for readers, and absolute addresses for search engines.

use serde::Serialize;

use super::Scene;
use crate::site::Site;
use crate::time::Words;

/// A page in one of its languages.
#[derive(Debug, Serialize)]
pub(super) struct Translation {
    /// The tag of the language.
    pub language: String,
    /// `ltr` or `rtl`.
    pub direction: &'static str,
    /// What the language calls itself.
    pub name: String,
    pub href: String,
    /// The absolute address; absent without a `base_url`.
    pub address: Option<String>,
    /// Whether it is this very page.
    pub current: bool,
}

/// A page in all its languages, the main one first; nothing for a page in one language alone.
pub(super) fn of(scene: &Scene<'_>) -> Vec<Translation> {
    let site = scene.site;
    if !site.input.languages.are_several() {
        return Vec::new();
    }
    let versions = site.versions(scene.linker.from());
    if versions.len() < 2 || !versions.iter().any(|(_, route)| route.address == *scene.linker.from()) {
        return Vec::new();
    }
    let all: Vec<&Words> = versions.iter().map(|(_, route)| site.words_of(route.page).as_ref()).collect();
    let translation = |(at, (_, route)): (usize, &(_, &crate::site::Route))| Translation {
        language: all[at].language().to_string(),
        direction: all[at].direction(),
        name: name(all[at], &all),
        href: scene.linker.to(&route.address),
        address: site.base_url().map(|base| base.absolute(&route.address)),
        current: route.address == *scene.linker.from(),
    };
    versions.iter().enumerate().map(translation).collect()
}

/// The tag of a text's language, where it is not that of the page.
pub(super) fn foreign(scene: &Scene<'_>, tag: &str) -> Option<String> {
    (tag != scene.words.language()).then(|| tag.to_string())
}

/// The tag of the site's main language, where that is not the page's.
pub(super) fn main_if_foreign(scene: &Scene<'_>) -> Option<String> {
    foreign(scene, main(scene.site))
}

fn main(site: &Site) -> &str {
    site.input.languages.tag(crate::input::LanguageIndex::MAIN)
}

/// The name of a language, with its tag where another one goes by the same; the tag alone where nobody knows the name.
fn name(words: &Words, all: &[&Words]) -> String {
    let tag = words.language();
    if !words.is_native() {
        return tag.to_string();
    }
    let name = words.text("language_name");
    match all.iter().filter(|other| other.is_native() && other.text("language_name") == name).count() {
        1 => name.to_string(),
        _ => format!("{name} ({tag})"),
    }
}
