//! YAML text as a [`Node`]: the same tree that TOML gives, so that both have the same keys and the same messages.

use std::fmt;

use serde::de::{Deserialize, Deserializer, MapAccess, SeqAccess, Visitor};
use serde_saphyr::Spanned;

use super::node::{Entry, Node, SyntaxMistake, Value};

/// Reads YAML that begins at byte `offset` of its file.
///
/// # Errors
/// The first mistake of syntax; YAML's parser stops there.
pub fn read(text: &str, offset: usize) -> Result<Node, SyntaxMistake> {
    if text.trim().is_empty() {
        return Ok(Node::empty());
    }
    // «No» and «y» are words, not booleans (YAML 1.2.2, core schema).
    let options = serde_saphyr::options! { strict_booleans: true };
    match serde_saphyr::from_str_with_options::<Spanned<Tree>>(text, options) {
        Ok(tree) => Ok(node(tree, text, offset)),
        Err(error) => Err(syntax_mistake(&error, text, offset)),
    }
}

/// A YAML value before its places are counted in bytes.
enum Tree {
    Leaf(Value),
    List(Vec<Spanned<Tree>>),
    Table(Vec<(Spanned<String>, Spanned<Tree>)>),
}

impl<'de> Deserialize<'de> for Tree {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(TreeVisitor)
    }
}

struct TreeVisitor;

impl<'de> Visitor<'de> for TreeVisitor {
    type Value = Tree;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a YAML value")
    }

    fn visit_bool<E>(self, value: bool) -> Result<Tree, E> {
        Ok(Tree::Leaf(Value::Boolean(value)))
    }

    fn visit_i64<E>(self, value: i64) -> Result<Tree, E> {
        Ok(Tree::Leaf(Value::Integer(value)))
    }

    fn visit_u64<E>(self, value: u64) -> Result<Tree, E> {
        Ok(Tree::Leaf(i64::try_from(value).map_or(Value::Float(value as f64), Value::Integer)))
    }

    fn visit_f64<E>(self, value: f64) -> Result<Tree, E> {
        Ok(Tree::Leaf(Value::Float(value)))
    }

    fn visit_str<E>(self, value: &str) -> Result<Tree, E> {
        Ok(Tree::Leaf(Value::Text(value.to_string())))
    }

    fn visit_unit<E>(self) -> Result<Tree, E> {
        Ok(Tree::Leaf(Value::Nothing))
    }

    fn visit_none<E>(self) -> Result<Tree, E> {
        Ok(Tree::Leaf(Value::Nothing))
    }

    fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<Tree, D::Error> {
        Tree::deserialize(deserializer)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Tree, A::Error> {
        let mut list = Vec::new();
        while let Some(item) = items.next_element()? {
            list.push(item);
        }
        Ok(Tree::List(list))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut entries: A) -> Result<Tree, A::Error> {
        let mut table = Vec::new();
        while let Some(entry) = entries.next_entry()? {
            table.push(entry);
        }
        Ok(Tree::Table(table))
    }
}

fn node(tree: Spanned<Tree>, text: &str, offset: usize) -> Node {
    let range = bytes(tree.referenced, text, offset);
    let value = match tree.value {
        Tree::Leaf(value) => value,
        Tree::List(items) => Value::List(items.into_iter().map(|item| node(item, text, offset)).collect()),
        Tree::Table(entries) => Value::Table(
            entries
                .into_iter()
                .map(|(key, value)| Entry {
                    key_range: bytes(key.referenced, text, offset),
                    key: key.value,
                    value: node(value, text, offset),
                })
                .collect(),
        ),
    };
    Node { value, range }
}

fn syntax_mistake(error: &serde_saphyr::Error, text: &str, offset: usize) -> SyntaxMistake {
    let at = error.location().map_or(text.len(), |location| bytes(location, text, 0).start);
    let message = error.without_snippet().to_string();
    let message = message.split(" at line ").next().unwrap_or(&message).to_string();
    SyntaxMistake { message, range: at + offset..at + offset + 1 }
}

/// The bytes of a location: from its line and column, since those hold for every kind of source.
fn bytes(location: serde_saphyr::Location, text: &str, offset: usize) -> std::ops::Range<usize> {
    let line = usize::try_from(location.line()).unwrap_or(1).max(1);
    let column = usize::try_from(location.column()).unwrap_or(1).max(1);
    let line_start = text.split_inclusive('\n').take(line - 1).map(str::len).sum::<usize>();
    let in_line: usize = text[line_start..].chars().take(column - 1).map(char::len_utf8).sum();
    let start = (line_start + in_line).min(text.len());
    let length: usize = text[start..]
        .chars()
        .take(usize::try_from(location.span().len()).unwrap_or(0))
        .map(char::len_utf8)
        .sum();
    start + offset..start + length + offset
}
