//! Two entities that are perhaps one under two spellings: «Dmitri Peskov» and «Dmitry Peskov».
//!
//! Names are compared word by word, in whatever order, without case and accents. A word may differ in one letter of four
//! or more, and not in the first; short words and numbers tell names apart.

use std::collections::BTreeMap;

use super::super::{Entity, Site, folded};
use crate::input::LanguageIndex;
use crate::{Diagnostic, Place};

/// The warnings about pairs of names.
pub(super) fn check(site: &Site) -> Vec<Diagnostic> {
    let mut groups: BTreeMap<_, Vec<(&Entity, Vec<String>)>> = BTreeMap::new();
    for entity in &site.entities {
        let words = words(&entity.name);
        let initials: String = words.iter().filter_map(|word| word.chars().next()).collect();
        groups.entry((entity.language, entity.kind, initials)).or_default().push((entity, words));
    }
    let mut diagnostics = Vec::new();
    for group in groups.values() {
        for (at, (one, words)) in group.iter().enumerate() {
            let alike = group[at + 1..].iter().filter(|(_, others)| are_alike(words, others));
            diagnostics.extend(
                alike.filter(|(other, _)| !is_told(one, other)).map(|(other, _)| pair(site, one, other)),
            );
        }
    }
    diagnostics
}

/// The words of a name, sorted.
fn words(name: &str) -> Vec<String> {
    let folded = folded(name);
    let words = folded.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    let mut words: Vec<String> = words.map(str::to_string).collect();
    words.sort();
    words
}

/// The fewest letters of a word that may differ in one.
const LONG: usize = 4;

fn are_alike(one: &[String], other: &[String]) -> bool {
    let is_near = |one: &String, other: &String| {
        one == other
            || (one.chars().count().min(other.chars().count()) >= LONG
                && !one.chars().chain(other.chars()).any(char::is_numeric)
                && strsim::damerau_levenshtein(one, other) <= 1)
    };
    one.len() == other.len() && one.iter().zip(other).all(|(one, other)| is_near(one, other))
}

/// Whether the pair stands in the main language too, where it is told.
fn is_told(one: &Entity, other: &Entity) -> bool {
    one.language != LanguageIndex::MAIN && one.versions.len() > 1 && other.versions.len() > 1
}

fn pair(site: &Site, one: &Entity, other: &Entity) -> Diagnostic {
    // The spelling with fewer events is more likely the slip.
    let (known, doubtful) = match (one.article.is_some(), other.article.is_some()) {
        (true, false) => (one, other),
        (false, true) => (other, one),
        _ if one.events.len() < other.events.len() => (other, one),
        _ => (one, other),
    };
    Diagnostic::warning("look-alike-names", format!("`{}` and `{}` look like one", doubtful.name, known.name))
        .at(place(site, doubtful))
        .related(place(site, known), "and here")
        .help("write one name everywhere, or list the other in `also` of the page about it; where they are two, switch this off here: check = { look-alike-names = \"off\" }")
}

/// Its page, or the name in the first event that has it.
fn place(site: &Site, entity: &Entity) -> Place {
    if let Some(article) = entity.article {
        return Place::file(&site.article(article).path);
    }
    let named = entity.events.first().and_then(|event| {
        let event = site.event(*event);
        let keys = event.keys(site);
        let names = [&keys.people, &keys.organizations, &keys.place, &keys.topics];
        let mut names = names.into_iter().flat_map(|names| &names.0);
        let name = names.find(|name| folded(name.value.trim()) == folded(&entity.name))?;
        Some(site.input.place(&site.article(event.article).path, name.range()))
    });
    named.unwrap_or_else(|| Place::file("content"))
}

#[cfg(test)]
mod tests {
    use super::{are_alike, words};

    #[test]
    fn one_name_in_two_spellings_is_told_from_two_names() {
        let alike = |one, other| are_alike(&words(one), &words(other));
        for (one, other) in [
            ("Dmitri Peskov", "Dmitry Peskov"),
            ("Mikhail Degtiarev", "Mikhail Degtyarev"),
            ("João Souza", "Joao Sousa"),
            ("Kim Jong Un", "Jong Un Kim"),
        ] {
            assert!(alike(one, other), "{one}, {other}");
        }
        for (one, other) in [
            ("Kim Jong Un", "Kim Jong Il"),
            ("Li Wei", "Lu Wei"),
            ("Ana Silva", "Ana Silva Souza"),
            ("Austria", "Australia"),
            ("Lei 12345", "Lei 12346"),
            ("Niger", "Nigeria"),
        ] {
            assert!(!alike(one, other), "{one}, {other}");
        }
    }
}
