//! The languages of a site, and what the name of a file says of its language.
//!
//! Paths in, languages and paths without a suffix out. It looks at no file.

use std::borrow::Cow;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use super::settings::Settings;

/// A language by its place among the site's languages.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct LanguageIndex(u8);

/// The languages of a site: the main one, whose pages stand at the root, and those of translations.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Languages(Vec<Language>);

#[derive(Debug, Clone, PartialEq, Eq)]
struct Language {
    /// By BCP 47, in its canonical form.
    tag: String,
    /// The first part of its addresses.
    prefix: String,
}

impl LanguageIndex {
    /// The main language.
    pub const MAIN: Self = Self(0);
}

impl Default for Languages {
    fn default() -> Self {
        Self::new(&Settings::default())
    }
}

impl Languages {
    /// The languages that the settings name: `language` is the main one, else the first of `languages`.
    #[must_use]
    pub fn new(settings: &Settings) -> Self {
        let listed = settings.languages.iter().map(|tag| tag.value.0.as_str());
        let main = settings.language.as_ref().map(|tag| tag.value.0.as_str());
        let main = main.or(listed.clone().next()).unwrap_or("en");
        let mut languages = vec![Language::new(main)];
        for tag in listed.take(usize::from(u8::MAX)) {
            if !languages.iter().any(|known| known.tag == tag) {
                languages.push(Language::new(tag));
            }
        }
        Self(languages)
    }

    /// Whether there is any beside the main one.
    #[must_use]
    pub fn are_several(&self) -> bool {
        self.0.len() > 1
    }

    /// All of them, the main one first.
    pub fn all(&self) -> impl Iterator<Item = LanguageIndex> + use<> {
        (0..u8::try_from(self.0.len()).unwrap_or(u8::MAX)).map(LanguageIndex)
    }

    /// Those of translations.
    pub fn translations(&self) -> impl Iterator<Item = LanguageIndex> + use<> {
        self.all().skip(1)
    }

    /// The tag of a language.
    #[must_use]
    pub fn tag(&self, language: LanguageIndex) -> &str {
        &self.0[usize::from(language.0)].tag
    }

    /// The first part of the addresses of a language; `None` for the main one, whose pages stand at the root.
    #[must_use]
    pub fn prefix(&self, language: LanguageIndex) -> Option<&str> {
        (language != LanguageIndex::MAIN).then(|| self.0[usize::from(language.0)].prefix.as_str())
    }

    /// The language whose addresses begin with a name.
    #[must_use]
    pub fn of_prefix(&self, name: &str) -> Option<LanguageIndex> {
        self.translations().find(|language| self.prefix(*language) == Some(name))
    }

    /// A file's language, and its path without the suffix that says so: `a/b.en.md` is `a/b.md` in English.
    #[must_use]
    pub fn of_file<'a>(&self, path: &'a Path) -> (LanguageIndex, Cow<'a, Path>) {
        let plain = (LanguageIndex::MAIN, Cow::Borrowed(path));
        if !self.are_several() {
            return plain;
        }
        let Some(stem) = path.file_name().and_then(|name| name.to_str()?.strip_suffix(".md")) else {
            return plain;
        };
        let Some((name, suffix)) = stem.rsplit_once('.').filter(|(name, _)| !name.is_empty()) else {
            return plain;
        };
        match self.all().find(|language| self.tag(*language).eq_ignore_ascii_case(suffix)) {
            Some(language) => (language, Cow::Owned(path.with_file_name(format!("{name}.md")))),
            None => plain,
        }
    }

    /// The path of the file that says the same in a language: `a/b.md` is `a/b.en.md` in English.
    #[must_use]
    pub fn with_suffix(&self, plain: &Path, language: LanguageIndex) -> PathBuf {
        plain.with_extension(format!("{}.md", self.tag(language)))
    }
}

impl Language {
    fn new(tag: &str) -> Self {
        Self { tag: tag.to_string(), prefix: tag.to_ascii_lowercase() }
    }
}

/// Of what there is in some languages, by their tags, that in a language: in that very one, else in one that differs by
/// its region.
#[must_use]
pub fn in_language<'a>(tags: &[&'a str], language: &str) -> Option<&'a str> {
    let primary = |tag: &str| tag.split('-').next().unwrap_or_default().to_string();
    let same = tags.iter().find(|tag| **tag == language);
    same.or_else(|| tags.iter().find(|tag| primary(tag) == primary(language))).copied()
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::{LanguageIndex, Languages, Settings};

    fn languages(settings: &str) -> Languages {
        let (settings, mistakes) = Settings::read(&format!("title = \"a\"\n{settings}"));
        assert!(mistakes.is_empty(), "{mistakes:?}");
        Languages::new(&settings)
    }

    #[test]
    fn a_listed_suffix_is_a_language_and_any_other_is_part_of_the_name() {
        let languages = languages("languages = [\"pt-BR\", \"en\", \"zh-Hant\"]");
        let of = |path: &str| {
            let (language, plain) = languages.of_file(Path::new(path));
            (languages.tag(language).to_string(), plain.to_string_lossy().into_owned())
        };
        let is = |tag: &str, path: &str| (tag.to_string(), path.to_string());
        assert_eq!(of("content/a/b.md"), is("pt-BR", "content/a/b.md"));
        assert_eq!(of("content/a/b.en.md"), is("en", "content/a/b.md"));
        assert_eq!(of("content/a/_index.zh-hant.md"), is("zh-Hant", "content/a/_index.md"));
        assert_eq!(of("content/a/b.pt-BR.md"), is("pt-BR", "content/a/b.md"));
        assert_eq!(of("content/a/b.fr.md"), is("pt-BR", "content/a/b.fr.md"));
        assert_eq!(of("content/a.en/b.md"), is("pt-BR", "content/a.en/b.md"));
        assert_eq!(of("content/a/en.md"), is("pt-BR", "content/a/en.md"));
    }

    #[test]
    fn the_main_language_is_the_one_that_is_named_else_the_first() {
        assert_eq!(Languages::default().tag(LanguageIndex::MAIN), "en");
        assert_eq!(languages("languages = [\"es\", \"en\"]").tag(LanguageIndex::MAIN), "es");
        let named = languages("language = \"en\"\nlanguages = [\"pt-BR\", \"en\"]");
        let tags: Vec<&str> = named.all().map(|language| named.tag(language)).collect();
        assert_eq!(tags, ["en", "pt-BR"]);
        let prefixes: Vec<Option<&str>> = named.all().map(|language| named.prefix(language)).collect();
        assert_eq!(prefixes, [None, Some("pt-br")]);
    }

    #[test]
    fn without_a_list_every_suffix_is_part_of_the_name() {
        let languages = languages("language = \"pt-BR\"");
        let (language, plain) = languages.of_file(Path::new("content/a/b.pt-BR.md"));
        assert_eq!((language, &*plain), (LanguageIndex::MAIN, Path::new("content/a/b.pt-BR.md")));
    }
}
