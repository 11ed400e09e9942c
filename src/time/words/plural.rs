//! The plural forms of a language, by Unicode's rules: which there are, and which one a number takes.

use icu_locale_core::Locale;
use icu_plurals::{PluralCategory, PluralRules, PluralRulesOptions};

/// One language's rules for cardinal numbers.
#[derive(Debug)]
pub(super) struct Plurals {
    rules: PluralRules,
}

impl Plurals {
    /// The rules of a language; those of Unicode's root where it has none.
    pub fn new(language: &str) -> Self {
        let locale: Locale = language.parse().unwrap_or(Locale::UNKNOWN);
        let rules = PluralRules::try_new((&locale).into(), PluralRulesOptions::default());
        Self { rules: rules.expect("the rules of every language are compiled in") }
    }

    /// The form that a number takes.
    pub fn form(&self, number: u64) -> &'static str {
        name(self.rules.category_for(number))
    }

    /// Whether the language has a form.
    pub fn has(&self, form: &str) -> bool {
        self.all().any(|known| known == form)
    }

    /// All forms of the language.
    pub fn all(&self) -> impl Iterator<Item = &'static str> {
        self.rules.categories().map(name)
    }

    /// The forms without which a count could not be written: those that a number below a thousand takes, and `other`.
    pub fn needed(&self) -> impl Iterator<Item = &'static str> {
        self.all().filter(|form| *form == "other" || (0..1000).any(|number| self.form(number) == *form))
    }
}

fn name(category: PluralCategory) -> &'static str {
    match category {
        PluralCategory::Zero => "zero",
        PluralCategory::One => "one",
        PluralCategory::Two => "two",
        PluralCategory::Few => "few",
        PluralCategory::Many => "many",
        PluralCategory::Other => "other",
    }
}

#[cfg(test)]
mod tests {
    use super::Plurals;

    #[test]
    fn a_language_needs_the_forms_that_small_numbers_take() {
        let needed = |language: &str| Plurals::new(language).needed().collect::<Vec<_>>().join(" ");
        assert_eq!(needed("pt-BR"), "one other");
        assert_eq!(needed("en"), "one other");
        assert_eq!(needed("ja"), "other");
        assert_eq!(needed("ar").split(' ').count(), 6);
        assert!(Plurals::new("es").has("many"));
        assert_eq!(Plurals::new("ru").form(22), "few");
    }
}
