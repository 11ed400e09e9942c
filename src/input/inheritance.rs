//! What a translation leaves out of its front matter, taken from its original.
//!
//! Two trees in, one tree out, over one text: that of the translation, a line's end, and that of the original. So every
//! value keeps a place, and [`Input::place`](super::Input::place) knows whose it is.

use std::ops::Range;

use super::article::Standing;
use super::node::{Entry, Node, Value};

/// The front matter of a translation, completed from its original.
#[derive(Debug)]
pub struct Completed {
    /// The keys and values of both.
    pub node: Node,
    /// The text that the places are of.
    pub text: String,
    /// The keys that are the original's: `date`, `image.src`.
    pub inherited: Vec<String>,
}

/// Texts that readers meet, so that they should be translated.
const TEXTS: &[&str] =
    &["date_note", "tracks", "eras", "accounts", "corrections", "image.alt", "image.caption"];

/// Where the original's text begins, after that of the translation.
#[must_use]
pub fn offset(translation: &str) -> usize {
    translation.len() + 1
}

/// Completes a translation. What is written in it stands; what is not is the original's.
#[must_use]
pub fn complete(own: (&Node, &str), original: (&Node, &str), standing: Standing) -> Completed {
    let offset = offset(own.1);
    let mut inherited = Vec::new();
    let mut entries = own.0.entries().to_vec();
    for entry in original.0.entries().iter().filter(|entry| is_inherited(&entry.key, standing)) {
        match entries.iter_mut().find(|known| known.key == entry.key) {
            None => {
                inherited.extend(names(entry));
                entries.push(moved(entry, offset));
            }
            Some(known) if is_joined(&entry.key) => join(known, entry, offset, &mut inherited),
            Some(_) => {}
        }
    }
    let node = Node { value: Value::Table(entries), range: own.0.range.clone() };
    Completed { node, text: format!("{}\n{}", own.1, original.1), inherited }
}

/// The texts among the keys that a translation took from its original.
pub fn untranslated(inherited: &[String], standing: Standing) -> impl Iterator<Item = &str> {
    let is_text =
        move |key: &str| TEXTS.contains(&key) || (key == "role" && matches!(standing, Standing::Entity(_)));
    inherited.iter().map(String::as_str).filter(move |key| is_text(key))
}

/// A title and a summary are the translation's own, a name may be the same; old addresses belong to one page alone.
fn is_inherited(key: &str, standing: Standing) -> bool {
    match key {
        "summary" | "aliases" | "language" => false,
        "title" => matches!(standing, Standing::Entity(_)),
        _ => true,
    }
}

/// Tables that are completed key by key.
fn is_joined(key: &str) -> bool {
    matches!(key, "image" | "extra")
}

fn join(known: &mut Entry, original: &Entry, offset: usize, inherited: &mut Vec<String>) {
    let Value::Table(own) = &mut known.value.value else { return };
    for entry in original.value.entries() {
        if !own.iter().any(|known| known.key == entry.key) {
            inherited.push(format!("{}.{}", original.key, entry.key));
            own.push(moved(entry, offset));
        }
    }
}

/// The key of an entry, and for a table that is completed key by key, the names of its keys.
fn names(entry: &Entry) -> Vec<String> {
    if !is_joined(&entry.key) {
        return vec![entry.key.clone()];
    }
    let keys = entry.value.entries().iter().filter(|key| !key.value.value.is_empty_text());
    keys.map(|key| format!("{}.{}", entry.key, key.key)).collect()
}

fn moved(entry: &Entry, offset: usize) -> Entry {
    Entry {
        key: entry.key.clone(),
        key_range: shifted(&entry.key_range, offset),
        value: moved_value(&entry.value, offset),
    }
}

fn moved_value(node: &Node, offset: usize) -> Node {
    let value = match &node.value {
        Value::List(items) => Value::List(items.iter().map(|item| moved_value(item, offset)).collect()),
        Value::Table(entries) => Value::Table(entries.iter().map(|entry| moved(entry, offset)).collect()),
        other => other.clone(),
    };
    Node { value, range: shifted(&node.range, offset) }
}

fn shifted(range: &Range<usize>, offset: usize) -> Range<usize> {
    range.start + offset..range.end + offset
}

#[cfg(test)]
mod tests {
    use super::{Completed, Standing, complete};
    use crate::input::node::{Node, Value};

    const ORIGINAL: &str = "title = \"Ponte\"\ndate = 2023-09-13\nsummary = \"a\"\naliases = [\"/b/\"]\n\
                            image = { src = \"p.jpg\", alt = \"Uma ponte\" }\n";

    fn completed(own: &str) -> Completed {
        let node = |text| Node::from_toml(text, 0).unwrap();
        complete((&node(own), own), (&node(ORIGINAL), ORIGINAL), Standing::Event)
    }

    #[test]
    fn what_is_written_stands_and_what_is_not_is_the_original_s() {
        let completed = completed("title = \"Bridge\"\nimage = { alt = \"A bridge\" }");
        assert_eq!(completed.inherited, ["date", "image.src"]);
        assert_eq!(completed.node.get("title").unwrap().value, Value::Text("Bridge".to_string()));
        let image = completed.node.get("image").unwrap();
        assert_eq!(image.get("alt").unwrap().value, Value::Text("A bridge".to_string()));
        assert!(completed.node.get("summary").is_none() && completed.node.get("aliases").is_none());
    }

    #[test]
    fn every_value_keeps_its_place() {
        let completed = completed("title = \"Bridge\"");
        let date = completed.node.get("date").unwrap();
        assert_eq!(&completed.text[date.range.clone()], "2023-09-13");
        let title = completed.node.get("title").unwrap();
        assert_eq!(&completed.text[title.range.clone()], "\"Bridge\"");
    }
}
