//! The ids of a text: made from the words of headings, each only once.
//!
//! In come words and the ids that are taken; out comes an id of lower-case ASCII. Nothing here writes HTML.

use std::collections::HashSet;

use deunicode::deunicode_char;

/// The ids that a text has given so far.
#[derive(Debug, Default)]
pub(super) struct Ids {
    taken: HashSet<String>,
}

impl Ids {
    /// Takes an id that somebody chose; `false` if it is taken.
    pub(super) fn take(&mut self, id: &str) -> bool {
        self.taken.insert(id.to_string())
    }

    /// Whether the text has this id.
    pub(super) fn has(&self, id: &str) -> bool {
        self.taken.contains(id)
    }

    /// Makes an id from a heading's words: `x`, and for its like `x-1`, `x-2`.
    pub(super) fn make(&mut self, words: &str) -> String {
        let base = slug(words);
        let mut id = base.clone();
        let mut number = 0;
        while !self.take(&id) {
            number += 1;
            id = format!("{base}-{number}");
        }
        id
    }
}

/// Lower-case ASCII letters and digits with single hyphens between; `section` where nothing is left.
fn slug(words: &str) -> String {
    let mut slug = String::with_capacity(words.len());
    for character in words.chars() {
        match character {
            '\'' | '’' | '‘' | 'ʼ' => {}
            _ if character.is_ascii() => push(&mut slug, character),
            _ => deunicode_char(character).unwrap_or_default().chars().for_each(|c| push(&mut slug, c)),
        }
    }
    slug.truncate(slug.trim_end_matches('-').len());
    if slug.is_empty() { "section".to_string() } else { slug }
}

fn push(slug: &mut String, character: char) {
    if character.is_ascii_alphanumeric() {
        slug.push(character.to_ascii_lowercase());
    } else if !slug.is_empty() && !slug.ends_with('-') {
        slug.push('-');
    }
}

#[cfg(test)]
mod tests {
    use super::{Ids, slug};

    #[test]
    fn an_id_is_lower_case_ascii() {
        assert_eq!(slug("A cúpula — em «Vostochny», 13h05!"), "a-cupula-em-vostochny-13h05");
        assert_eq!(slug("L’eau d'água"), "leau-dagua");
        assert_eq!(slug("e\u{301}te\u{301}"), "ete");
        assert_eq!(slug("북한"), "bughan");
        assert_eq!(slug("?!"), "section");
    }

    #[test]
    fn like_headings_are_numbered() {
        let mut ids = Ids::default();
        assert!(ids.take("x-1"));
        assert_eq!([ids.make("X"), ids.make("x"), ids.make("x!")], ["x", "x-2", "x-3"]);
        assert!(!ids.take("x"));
    }
}
