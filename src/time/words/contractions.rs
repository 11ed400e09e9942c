//! Two words that a language writes as one: a text in which they stand apart comes in, the text that is said goes out.

use super::range_words::MARKS;

/// The contractions of a language.
#[derive(Debug)]
pub(super) struct Contractions {
    /// Between plain words.
    plain: Vec<Contraction>,
    /// Where the end of a range begins between the two words.
    marked: Vec<Contraction>,
}

/// What is written apart, and what is said, each behind a space.
#[derive(Debug)]
struct Contraction {
    apart: String,
    together: String,
}

impl Contractions {
    /// Of pairs as a word file has them: «de a» and «da».
    pub fn of<'a>(pairs: impl Iterator<Item = (&'a str, &'a str)>) -> Self {
        let mut all = Self { plain: Vec::new(), marked: Vec::new() };
        for (apart, together) in pairs {
            all.plain.push(Contraction { apart: format!(" {apart} "), together: format!(" {together} ") });
            let Some((first, second)) = apart.split_once(' ') else { continue };
            all.marked.extend(MARKS.iter().map(|mark| Contraction {
                apart: format!(" {first} {mark}{second} "),
                together: format!(" {together} {mark}"),
            }));
        }
        all
    }

    /// «de a década» becomes «da década».
    pub fn applied(&self, text: String) -> String {
        let text = self.plain.iter().fold(text, |text, one| one.applied(text));
        match text.contains(MARKS) {
            true => self.marked.iter().fold(text, |text, one| one.applied(text)),
            false => text,
        }
    }
}

impl Contraction {
    fn applied(&self, text: String) -> String {
        let text = if text.contains(&self.apart) { text.replace(&self.apart, &self.together) } else { text };
        // At the beginning of a text no space stands before the words.
        match text.strip_prefix(&self.apart[1..]) {
            Some(rest) => format!("{}{rest}", &self.together[1..]),
            None => text,
        }
    }
}
