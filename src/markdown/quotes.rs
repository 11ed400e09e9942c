//! `"` and `'` become a language's quotation marks, or an apostrophe.
//!
//! In comes a straight mark and where it stands in the source; out comes what to write for it. Marks that an
//! author typed in their curly or angular form are text like any other and never get here.

use std::ops::Range;

/// A language's quotation marks. French ones bring their own narrow no-break spaces.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Quotes<'a> {
    /// Opens what stands in `"`.
    pub outer_open: &'a str,
    /// Closes it.
    pub outer_close: &'a str,
    /// Opens what stands in `'`.
    pub inner_open: &'a str,
    /// Closes it.
    pub inner_close: &'a str,
    /// A `'` within a word or without a partner.
    pub apostrophe: &'a str,
}

impl Quotes<'static> {
    /// “ ” ‘ ’
    pub const ENGLISH: Self = Self::new("“", "”", "‘", "’");
    /// As typed.
    pub const STRAIGHT: Self = Self { apostrophe: "'", ..Self::new("\"", "\"", "'", "'") };

    /// The marks of a language, given by its BCP 47 tag; English ones for a language that is not known.
    #[must_use]
    pub fn of(language: &str) -> Self {
        let tag = language.to_ascii_lowercase();
        let primary = tag.split('-').next().unwrap_or_default();
        match (primary, tag.as_str()) {
            ("pt", "pt-pt") | ("es" | "it" | "ca" | "gl" | "eu" | "el", _) => Self::new("«", "»", "“", "”"),
            ("fr", "fr-ch") | ("de", "de-ch") | ("rm", _) => Self::new("«", "»", "‹", "›"),
            ("fr", _) => Self::new("«\u{202F}", "\u{202F}»", "“", "”"),
            ("de" | "cs" | "sk" | "sl" | "is" | "lt" | "lb", _) => Self::new("„", "“", "‚", "‘"),
            ("bg" | "ka" | "mk", _) => Self::new("„", "“", "’", "’"),
            ("pl" | "ro" | "hu", _) => Self::new("„", "”", "«", "»"),
            ("hr" | "bs" | "sr", _) => Self::new("„", "”", "‘", "’"),
            ("ru" | "uk" | "be" | "hy" | "kk", _) => Self::new("«", "»", "„", "“"),
            ("nb" | "nn" | "no", _) => Self::new("«", "»", "‘", "’"),
            ("sv" | "fi", _) => Self::new("”", "”", "’", "’"),
            ("et", _) => Self::new("„", "“", "«", "»"),
            ("lv" | "sq" | "ar" | "fa" | "az", _) => Self::new("«", "»", "‹", "›"),
            ("ja", _) | ("zh", "zh-tw" | "zh-hk" | "zh-hant") => Self::new("「", "」", "『", "』"),
            ("he", _) => Self::new("”", "”", "’", "’"),
            _ => Self::ENGLISH,
        }
    }

    const fn new(
        outer_open: &'static str,
        outer_close: &'static str,
        inner_open: &'static str,
        inner_close: &'static str,
    ) -> Self {
        Self { outer_open, outer_close, inner_open, inner_close, apostrophe: "’" }
    }
}

impl Quotes<'_> {
    /// A text with straight marks, such as a title from front matter, with the language's marks instead.
    #[must_use]
    pub fn typeset(&self, text: &str) -> String {
        let mut pairing = Pairing::default();
        let mut out = String::with_capacity(text.len());
        for (at, character) in text.char_indices() {
            match character {
                '"' | '\'' => out.push_str(pairing.mark(self, text, at..text.len())),
                _ => out.push(character),
            }
        }
        out
    }
}

/// Which quotations are open in a block. Begins anew with each block.
#[derive(Debug, Default)]
pub(super) struct Pairing {
    outer: usize,
    inner: bool,
}

impl Pairing {
    /// What to write for the straight mark at `block.start` of a block that ends at `block.end`.
    pub(super) fn mark<'q>(&mut self, quotes: &Quotes<'q>, source: &str, block: Range<usize>) -> &'q str {
        let surroundings = Surroundings::of(source, &block);
        if source[block.start..].starts_with('"') {
            self.outer(quotes, &surroundings)
        } else {
            self.inner(quotes, &surroundings, &source[block.start + 1..block.end.max(block.start + 1)])
        }
    }

    fn outer<'q>(&mut self, quotes: &Quotes<'q>, around: &Surroundings) -> &'q str {
        let closes = self.outer > 0 && around.touches_before() && !around.opens_before();
        if !closes && around.can_open() {
            self.outer += 1;
            quotes.outer_open
        } else if self.outer > 0 {
            self.outer -= 1;
            quotes.outer_close
        } else if around.before.is_some_and(|c| c.is_numeric()) {
            "\"" // inches, seconds
        } else {
            quotes.outer_close
        }
    }

    fn inner<'q>(&mut self, quotes: &Quotes<'q>, around: &Surroundings, rest: &str) -> &'q str {
        if around.is_within_a_word() {
            quotes.apostrophe
        } else if self.inner && around.touches_before() && !around.opens_before() {
            self.inner = false;
            quotes.inner_close
        } else if around.can_open() && !is_short_year(rest) && is_closed_in(rest) {
            self.inner = true;
            quotes.inner_open
        } else {
            quotes.apostrophe
        }
    }
}

/// The characters beside a mark.
struct Surroundings {
    beside: Option<char>,
    /// The character before, and the one after, emphasis left out.
    before: Option<char>,
    after: Option<char>,
}

impl Surroundings {
    fn of(source: &str, block: &Range<usize>) -> Self {
        let emphasis = ['*', '_', '~'];
        let beside = source[..block.start].chars().next_back();
        let before = source[..block.start].trim_end_matches(emphasis).chars().next_back();
        let after = source.get(block.start + 1..block.end).unwrap_or_default();
        Self { beside, before, after: after.trim_start_matches(emphasis).chars().next() }
    }

    fn touches_before(&self) -> bool {
        self.before.is_some_and(|c| !c.is_whitespace())
    }

    fn opens_before(&self) -> bool {
        self.before.is_some_and(|c| "([{¿¡«„".contains(c))
    }

    fn can_open(&self) -> bool {
        self.after.is_some_and(|c| !c.is_whitespace()) && !self.beside.is_some_and(char::is_alphanumeric)
    }

    fn is_within_a_word(&self) -> bool {
        self.before.is_some_and(char::is_alphanumeric) && self.after.is_some_and(char::is_alphanumeric)
    }
}

/// `'68`, `'90s`: two digits and no more.
fn is_short_year(rest: &str) -> bool {
    let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
    digits == 2
}

/// Whether the next `'` that is no apostrophe within a word could close a quotation.
fn is_closed_in(rest: &str) -> bool {
    for (at, _) in rest.match_indices('\'') {
        let around = Surroundings::of(rest, &(at..rest.len()));
        if !around.is_within_a_word() {
            return at > 0 && around.touches_before() && !around.opens_before();
        }
    }
    false
}

#[cfg(test)]
mod tests {
    use super::Quotes;

    fn quoted(language: &str, text: &str) -> String {
        Quotes::of(language).typeset(text)
    }

    #[test]
    fn each_language_has_its_marks() {
        let text = "Ele \"disse 'sim' ontem\".";
        assert_eq!(quoted("pt-BR", text), "Ele “disse ‘sim’ ontem”.");
        assert_eq!(quoted("es", text), "Ele «disse “sim” ontem».");
        assert_eq!(quoted("de", text), "Ele „disse ‚sim‘ ontem“.");
        assert_eq!(quoted("pl", text), "Ele „disse «sim» ontem”.");
        assert_eq!(quoted("fr", text), "Ele «\u{202F}disse “sim” ontem\u{202F}».");
    }

    #[test]
    fn an_apostrophe_is_no_closing_mark() {
        assert_eq!(quoted("de", "l'eau, 'er sagt's gut', d'água"), "l’eau, ‚er sagt’s gut‘, d’água");
        assert_eq!(quoted("de", "the students' '68 and rock 'n"), "the students’ ’68 and rock ’n");
        assert_eq!(quoted("en", "'Tis the 'best' thing"), "’Tis the ‘best’ thing");
    }

    #[test]
    fn pairs_hold_across_emphasis_brackets_and_nesting() {
        assert_eq!(quoted("en", "(\"a\") *\"b\"* \"*c*\" \"[d](e)\""), "(“a”) *“b”* “*c*” “[d](e)”");
        assert_eq!(quoted("en", "\"a \"b\" c\""), "“a “b” c”");
        assert_eq!(quoted("en", "a 6\" pipe"), "a 6\" pipe");
        assert_eq!(quoted("en", "\"no end"), "“no end");
        assert_eq!(quoted("en", "\"'a' b\" a*\"b\"*"), "“‘a’ b” a*“b”*");
    }
}
