//! Which pages say the same in several languages: those whose addresses differ in the language's prefix alone.

use super::{Page, Route, Site};
use crate::address::Address;
use crate::input::{LanguageIndex, Languages};

/// The address of a page of the main language in another one: `/ponte/` is `/en/ponte/` in English.
#[must_use]
pub fn in_language(languages: &Languages, address: &Address, language: LanguageIndex) -> Address {
    match languages.prefix(language) {
        Some(prefix) => Address::of_file(&format!("{prefix}{address}")),
        None => address.clone(),
    }
}

/// The language of an address by its prefix, and the address of the same page in the main language.
#[must_use]
pub fn in_main_language(languages: &Languages, address: &Address) -> (LanguageIndex, Address) {
    let inner = address.as_str().trim_start_matches('/');
    let first_and_rest = inner.split_once('/');
    match first_and_rest.and_then(|(first, rest)| Some((languages.of_prefix(first)?, rest))) {
        Some((language, rest)) => (language, Address::of_file(rest)),
        None => (LanguageIndex::MAIN, address.clone()),
    }
}

impl Site {
    /// The same page in every language in which it exists, itself among them, in the order of the languages.
    #[must_use]
    pub fn versions(&self, address: &Address) -> Vec<(LanguageIndex, &Route)> {
        let languages = &self.input.languages;
        let (_, main) = in_main_language(languages, address);
        let version = |language| Some((language, self.page(&in_language(languages, &main, language))?));
        languages.all().filter_map(version).collect()
    }

    /// The same page in a language.
    #[must_use]
    pub fn version(&self, address: &Address, language: LanguageIndex) -> Option<&Route> {
        let languages = &self.input.languages;
        let (_, main) = in_main_language(languages, address);
        self.page(&in_language(languages, &main, language))
    }

    /// The page that stands at an address itself, and does not only lead on.
    pub(super) fn page(&self, address: &Address) -> Option<&Route> {
        let is_page = |route: &&Route| {
            !matches!(
                route.page,
                Page::NotFound | Page::Redirect(_) | Page::Asset(_) | Page::File(_) | Page::Static(_)
            )
        };
        self.route(address).filter(is_page)
    }
}

#[cfg(test)]
mod tests {
    use super::{in_language, in_main_language};
    use crate::address::Address;
    use crate::input::{LanguageIndex, Languages, Settings};

    #[test]
    fn an_address_has_the_prefix_of_its_language() {
        let (settings, _) = Settings::read("title = \"a\"\nlanguages = [\"pt-BR\", \"en\", \"zh-Hant\"]");
        let languages = Languages::new(&settings);
        let all: Vec<LanguageIndex> = languages.all().collect();
        for (main, translated) in [
            ("/", ["/en/", "/zh-hant/"]),
            ("/ponte/", ["/en/ponte/", "/zh-hant/ponte/"]),
            ("/ponte/en/", ["/en/ponte/en/", "/zh-hant/ponte/en/"]),
            ("/english/", ["/en/english/", "/zh-hant/english/"]),
        ] {
            let main = Address::parse(main).unwrap();
            assert_eq!(in_language(&languages, &main, LanguageIndex::MAIN), main);
            assert_eq!(in_main_language(&languages, &main), (LanguageIndex::MAIN, main.clone()));
            for (language, translated) in all[1..].iter().zip(translated) {
                let translated = Address::parse(translated).unwrap();
                assert_eq!(in_language(&languages, &main, *language), translated);
                assert_eq!(in_main_language(&languages, &translated), (*language, main.clone()));
            }
        }
    }
}
