//! Names of new files: a title and a date come in, a name that nothing else has goes out.

use std::collections::BTreeSet;

use crate::address::segment;

/// How long a name may be that is made of a title.
const LENGTH: usize = 60;

/// Names that are given, each once.
#[derive(Debug, Default)]
pub(super) struct Names(BTreeSet<String>);

impl Names {
    /// The name of an event: its day, month or year, and its title.
    pub(super) fn event(&mut self, date: &str, title: &str) -> String {
        let day = segment(&date.chars().take_while(|c| c.is_ascii_digit() || *c == '-').collect::<String>());
        let parts: Vec<String> = [day, made_of(title)].into_iter().filter(|part| !part.is_empty()).collect();
        self.free(if parts.is_empty() { "event".to_string() } else { parts.join("-") })
    }

    /// A name, or with a number behind it where it is given already.
    pub(super) fn free(&mut self, name: String) -> String {
        let numbered = (2..).map(|number| format!("{name}-{number}"));
        let mut all = std::iter::once(name.clone()).chain(numbered);
        let free = all.find(|name| !self.0.contains(name)).expect("there is no end of numbers");
        self.0.insert(free.clone());
        free
    }
}

/// A title as a name: words without accents, cut between two of them.
pub(super) fn made_of(title: &str) -> String {
    let whole = segment(title).replace('.', "-");
    if whole.len() <= LENGTH {
        return whole.trim_matches('-').to_string();
    }
    let cut = whole[..LENGTH].rfind('-').unwrap_or(LENGTH);
    whole[..cut].trim_matches('-').to_string()
}

#[cfg(test)]
mod tests {
    use super::{Names, made_of};

    #[test]
    fn a_name_is_given_once() {
        let mut names = Names::default();
        assert_eq!(names.event("2000-07", "Putin em Pyongyang!"), "2000-07-putin-em-pyongyang");
        assert_eq!(names.event("2000-07", "Putin em Pyongyang"), "2000-07-putin-em-pyongyang-2");
        assert_eq!(names.event("[..1984]", "…"), "event");
    }

    #[test]
    fn a_long_title_is_cut_between_words() {
        assert!(made_of(&"word ".repeat(60)).len() <= 60);
        assert!(made_of(&"x".repeat(300)).len() <= 60);
    }
}
