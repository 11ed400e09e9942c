//! Which page is in which language, and which say the same: those whose addresses differ in the language's prefix alone.

use std::sync::Arc;

use super::{Embed, Page, Route, Scope, Site};
use crate::address::Address;
use crate::input::settings::Translation;
use crate::input::{EntityKind, LanguageIndex, Languages};
use crate::time::Words;

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
    /// The languages that have a page: the main one, and each with an article that is built.
    pub fn languages(&self) -> impl Iterator<Item = LanguageIndex> {
        let has_article = |language: LanguageIndex| {
            let mut articles = self.input.articles.iter().zip(&self.addresses);
            articles.any(|(article, address)| article.language == language && address.is_some())
        };
        let all = self.input.languages.all();
        all.filter(move |language| *language == LanguageIndex::MAIN || has_article(*language))
    }

    /// What the settings say in a language of translations.
    #[must_use]
    pub fn translation(&self, language: LanguageIndex) -> Option<&Translation> {
        self.input.settings.translation.get(self.input.languages.tag(language))
    }

    /// The site's title in a language.
    #[must_use]
    pub fn title(&self, language: LanguageIndex) -> &str {
        let translated = self.translation(language).and_then(|translation| translation.title.as_deref());
        translated.unwrap_or(&self.input.settings.title)
    }

    /// What the settings say of the site in a language; nothing of another one.
    #[must_use]
    pub fn description(&self, language: LanguageIndex) -> Option<&str> {
        match self.translation(language) {
            Some(translation) => translation.description.as_deref(),
            None => {
                let main = self.input.settings.description.as_deref();
                main.filter(|_| language == LanguageIndex::MAIN)
            }
        }
    }

    /// The address of the front page of a language.
    #[must_use]
    pub fn home(&self, language: LanguageIndex) -> Address {
        in_language(&self.input.languages, &Address::root(), language)
    }

    /// The address of the index of a kind of entities.
    #[must_use]
    pub fn list_address(&self, language: LanguageIndex, kind: EntityKind) -> Address {
        let address = Address::of_file(&format!("{}/", kind.folder()));
        in_language(&self.input.languages, &address, language)
    }

    /// The words of the language that a page is in, which a timeline may choose for itself.
    #[must_use]
    pub fn words_of(&self, page: Page) -> &Arc<Words> {
        match page {
            Page::Timeline(index)
            | Page::Part(index, _)
            | Page::Track(index, ..)
            | Page::Reported(index, _) => &self.timeline(index).words,
            Page::Event(index) | Page::Embed(Embed::Event(index)) => {
                &self.timeline(self.event(index).timeline).words
            }
            Page::Embed(Embed::Timeline(index) | Embed::KeyMoments(index)) => &self.timeline(index).words,
            Page::Card(at) => match self.cards[at].subject {
                Scope::Event(index) => self.words_of(Page::Event(index)),
                Scope::Timeline(index) => self.words_of(Page::Timeline(index)),
                _ => self.words(LanguageIndex::MAIN),
            },
            Page::Format(Scope::Timeline(index), _) => &self.timeline(index).words,
            Page::Format(Scope::Event(index), _) => &self.timeline(self.event(index).timeline).words,
            _ => self.words(self.language_of(page)),
        }
    }

    /// The language of a page, by its address.
    #[must_use]
    pub fn language_of(&self, page: Page) -> LanguageIndex {
        match page {
            Page::Front(language)
            | Page::EntityList(language, _)
            | Page::Corrections(language)
            | Page::Search(language)
            | Page::SearchIndex(language, _) => language,
            Page::Timeline(index)
            | Page::Part(index, _)
            | Page::Filters(index, _)
            | Page::Track(index, ..)
            | Page::Reported(index, _) => self.timeline(index).language,
            Page::Event(index) | Page::Embed(Embed::Event(index)) => {
                self.article(self.event(index).article).language
            }
            Page::Embed(Embed::Timeline(index) | Embed::KeyMoments(index)) => self.timeline(index).language,
            Page::Entity(index) | Page::EntityPart(index, _) => self.entity(index).language,
            Page::Format(Scope::Site(language) | Scope::Corrections(language), _) => language,
            Page::Format(Scope::Timeline(index), _) => self.timeline(index).language,
            Page::Format(Scope::Event(index), _) => self.article(self.event(index).article).language,
            Page::Format(Scope::Entity(index), _) => self.entity(index).language,
            Page::Card(at) => match self.cards[at].subject {
                Scope::Event(index) => self.language_of(Page::Event(index)),
                Scope::Timeline(index) => self.language_of(Page::Timeline(index)),
                _ => LanguageIndex::MAIN,
            },
            Page::Plain(index) => self.article(index).language,
            Page::Redirect(index) => self.article(self.redirects[index].article).language,
            Page::NotFound | Page::Asset(_) | Page::File(_) | Page::Version(..) | Page::Static(_) => {
                LanguageIndex::MAIN
            }
        }
    }

    /// The same page in every language in which it exists, itself among them, in the order of the languages; none for a page
    /// that is cut off by a count alone, for in another language it begins with other events.
    #[must_use]
    pub fn versions(&self, address: &Address) -> Vec<(LanguageIndex, &Route)> {
        let languages = &self.input.languages;
        let (_, main) = in_main_language(languages, address);
        let version = |language| Some((language, self.page(&in_language(languages, &main, language))?));
        let versions = languages.all().filter_map(version);
        versions.filter(|(_, route)| !self.is_cut_by_count(route.page)).collect()
    }

    /// Whether a page begins where the one before it was full.
    fn is_cut_by_count(&self, page: Page) -> bool {
        match page {
            Page::EntityPart(..) => true,
            Page::Reported(_, page) | Page::Track(_, _, page) => page > 0,
            Page::Part(index, part) => self.parts(index).list[part].number > 1,
            _ => false,
        }
    }

    /// The same page in a language.
    #[must_use]
    pub fn version(&self, address: &Address, language: LanguageIndex) -> Option<&Route> {
        let languages = &self.input.languages;
        let (_, main) = in_main_language(languages, address);
        self.page(&in_language(languages, &main, language))
    }

    /// The page that stands at an address itself, and does not only lead on.
    #[must_use]
    pub fn page(&self, address: &Address) -> Option<&Route> {
        let is_page = |route: &&Route| {
            !matches!(
                route.page,
                Page::NotFound
                    | Page::Redirect(_)
                    | Page::Filters(..)
                    | Page::Format(..)
                    | Page::SearchIndex(..)
                    | Page::Embed(_)
                    | Page::Card(_)
                    | Page::Asset(_)
                    | Page::File(_)
                    | Page::Version(..)
                    | Page::Static(_)
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
