//! From a [`Node`] to a typed value, with every mistake in it as a diagnostic.
//!
//! serde stops at the first mistake. So the entry that holds it is taken out and the rest is decoded again,
//! until what is left is right: an author sees all of them in one run.

use std::borrow::Cow;
use std::fmt::{self, Display};
use std::ops::Range;
use std::path::Path;

use serde::de::value::StrDeserializer;
use serde::de::{
    DeserializeOwned, DeserializeSeed, Deserializer, EnumAccess, MapAccess, SeqAccess, Unexpected,
    VariantAccess, Visitor,
};
use serde::{Deserialize, Serialize, forward_to_deserialize_any};

use super::at::{AT, WithPlace};
use super::node::{Entry, Node, Value};
use crate::{Diagnostic, Place};

/// The key of the one-entry map as which a TOML date is handed to a type that takes dates.
pub(super) const DATETIME: &str = "$dateline_datetime";

/// A mistake in a value: what is wrong, what to do, and where.
#[derive(Debug)]
pub struct Mistake {
    name: Cow<'static, str>,
    message: String,
    help: Option<String>,
    /// Bytes of the file; filled in by the innermost value that knows.
    range: Option<Range<usize>>,
    /// Bytes within the text of the value, where a type knows more exactly.
    within: Option<Range<usize>>,
}

/// Decodes a table; what can't be decoded is left out of it and becomes a diagnostic.
pub fn decode<T: DeserializeOwned + Default>(node: &Node, text: &str, path: &Path) -> (T, Vec<Diagnostic>) {
    let mut rest = node.clone();
    let mut diagnostics = Vec::new();
    let mut damaged: Vec<Range<usize>> = Vec::new();
    loop {
        let mistake = match T::deserialize(&rest) {
            Ok(value) => return (value, diagnostics),
            Err(mistake) => mistake,
        };
        let range = mistake.range.clone().unwrap_or(0..0);
        let follows = mistake.name == "missing-key" && damaged.iter().any(|part| inside(part, &range));
        if !follows {
            diagnostics.push(mistake.diagnostic(text, path));
        }
        damaged.push(range.clone());
        if !rest.remove(&range) {
            return (T::default(), diagnostics);
        }
    }
}

/// A table without what can't be decoded.
pub fn cleaned<T: DeserializeOwned>(mut node: Node) -> Node {
    while let Err(mistake) = T::deserialize(&node) {
        if !node.remove(&mistake.range.unwrap_or(0..0)) {
            return Node::empty();
        }
    }
    node
}

fn inside(inner: &Range<usize>, outer: &Range<usize>) -> bool {
    outer.start <= inner.start && inner.end <= outer.end
}

impl Node {
    /// Takes out the smallest entry or item that holds the range. False where there is none.
    fn remove(&mut self, range: &Range<usize>) -> bool {
        match &mut self.value {
            Value::List(items) => {
                let Some(at) = items.iter().position(|item| item.holds(range)) else { return false };
                if items[at].range == *range || !items[at].remove(range) {
                    items.remove(at);
                }
                true
            }
            Value::Table(entries) => {
                let holds = |entry: &Entry| inside(range, &entry.key_range) || entry.value.holds(range);
                let Some(at) = entries.iter().position(holds) else { return false };
                // The range of a list of `[[tables]]` is that of its first header, as is that of its first item.
                let is_list = matches!(entries[at].value.value, Value::List(_));
                let is_key = inside(range, &entries[at].key_range) && !is_list;
                let whole = is_key || (entries[at].value.range == *range && !is_list);
                if whole || !entries[at].value.remove(range) {
                    entries.remove(at);
                }
                true
            }
            _ => false,
        }
    }

    /// Whether the range lies in one of its parts: a list of `[[tables]]` has a range of its first header only.
    fn holds(&self, range: &Range<usize>) -> bool {
        inside(range, &self.range)
            || match &self.value {
                Value::List(items) => items.iter().any(|item| item.holds(range)),
                Value::Table(entries) => {
                    entries.iter().any(|entry| inside(range, &entry.key_range) || entry.value.holds(range))
                }
                _ => false,
            }
    }
}

/// What a type says of a value that it can't take. serde's errors carry text alone, so it travels as text.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Refusal {
    /// The diagnostic's name.
    pub name: String,
    /// What is wrong.
    pub message: String,
    /// What to do.
    pub help: Option<String>,
    /// Bytes within the text of the value, where it is known more exactly.
    pub within: Option<Range<usize>>,
}

impl Refusal {
    /// A refusal of the whole value.
    pub fn new(name: &str, message: impl Into<String>, help: impl Into<String>) -> Self {
        Self { name: name.to_string(), message: message.into(), help: Some(help.into()), within: None }
    }

    /// The error that a `Deserialize` returns.
    pub fn error<E: serde::de::Error>(&self) -> E {
        E::custom(format!("{REFUSAL}{}", serde_json::to_string(self).unwrap_or_default()))
    }
}

/// Stands before a [`Refusal`] that travels as text.
const REFUSAL: &str = "$dateline_refusal";

impl Mistake {
    fn new(name: &'static str, message: String) -> Self {
        Self { name: name.into(), message, help: None, range: None, within: None }
    }

    pub(super) fn or_at(mut self, range: &Range<usize>) -> Self {
        self.range.get_or_insert_with(|| range.clone());
        self
    }

    fn diagnostic(self, text: &str, path: &Path) -> Diagnostic {
        let range = self.range.unwrap_or(0..0);
        let range = match self.within {
            Some(within) => exact(text, &range, &within),
            None => range,
        };
        let diagnostic = Diagnostic::error(self.name, self.message).at(Place::in_text(path, text, range));
        match self.help {
            Some(help) => diagnostic.help(help),
            None => diagnostic,
        }
    }
}

/// The part of a quoted or plain scalar that is meant; the whole scalar where escapes make counting unsafe.
fn exact(text: &str, range: &Range<usize>, within: &Range<usize>) -> Range<usize> {
    let source = text.get(range.clone()).unwrap_or_default();
    if source.contains('\\') || source.starts_with("\"\"\"") || source.starts_with("'''") {
        return range.clone();
    }
    let start = range.start + usize::from(source.starts_with(['"', '\'']));
    (start + within.start).min(range.end)..(start + within.end).min(range.end)
}

impl Display for Mistake {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for Mistake {}

impl serde::de::Error for Mistake {
    fn custom<T: Display>(message: T) -> Self {
        let message = message.to_string();
        match message.strip_prefix(REFUSAL).and_then(|text| serde_json::from_str::<Refusal>(text).ok()) {
            Some(Refusal { name, message, help, within }) => {
                Self { name: name.into(), message, help, range: None, within }
            }
            None => Self::new("wrong-value", message),
        }
    }

    fn invalid_type(found: Unexpected<'_>, expected: &dyn serde::de::Expected) -> Self {
        let expected = expected.to_string();
        let expected = expected_in_words(&expected);
        let mut mistake = Self::new("wrong-type", format!("expected {expected}, found {}", in_words(found)));
        mistake.help = help_with_type(expected, found);
        mistake
    }

    fn unknown_variant(found: &str, expected: &'static [&'static str]) -> Self {
        let mut mistake = Self::new("wrong-value", format!("`{found}` is not one of the values of this key"));
        mistake.help = Some(match nearest(found, expected) {
            Some(near) => format!("did you mean `{near}`? It can be {}", listed(expected)),
            None => format!("it can be {}", listed(expected)),
        });
        mistake
    }

    fn unknown_field(found: &str, expected: &'static [&'static str]) -> Self {
        let mut mistake = Self::new("unknown-key", format!("unknown key `{found}`"));
        mistake.help = Some(match nearest(found, expected) {
            Some(near) => format!("did you mean `{near}`?"),
            None => format!("the keys here are {}", listed(expected)),
        });
        mistake
    }

    fn missing_field(field: &'static str) -> Self {
        Self::new("missing-key", format!("`{field}` is missing here"))
    }
}

/// The nearest of some words, if one is near enough to be meant.
#[must_use]
pub fn nearest<'a>(found: &str, words: &[&'a str]) -> Option<&'a str> {
    let found = found.to_lowercase();
    words
        .iter()
        .map(|word| (strsim::damerau_levenshtein(&found, word), *word))
        .filter(|(distance, word)| *distance <= (found.len().max(word.len()) / 3).max(1))
        .min()
        .map(|(_, word)| word)
}

fn listed(words: &[&str]) -> String {
    words.iter().map(|word| format!("`{word}`")).collect::<Vec<_>>().join(", ")
}

/// serde's names for types, in words of the field.
fn expected_in_words(expected: &str) -> &str {
    match expected {
        "a boolean" => "`true` or `false`",
        "i64" | "u64" | "u32" => "a whole number",
        "f64" => "a number",
        "a string" => "text",
        "a sequence" => "a list",
        "a map" => "a table",
        other if other.starts_with("struct ") => "a table",
        other => other,
    }
}

fn help_with_type(expected: &str, found: Unexpected<'_>) -> Option<String> {
    Some(match (expected, found) {
        ("text", Unexpected::Bool(_) | Unexpected::Signed(_) | Unexpected::Float(_)) => {
            "text stands between quotation marks".to_string()
        }
        ("text", Unexpected::Seq) => "this key takes one text, without brackets".to_string(),
        ("a list", Unexpected::Str(text)) => format!("a list stands between brackets: [\"{text}\"]"),
        ("a table", Unexpected::Str(_)) => "a table stands between braces: { key = \"…\" }".to_string(),
        ("`true` or `false`", _) => "write true or false, without quotation marks".to_string(),
        ("a whole number" | "a number", Unexpected::Str(_)) => {
            "write a number in digits, without quotation marks".to_string()
        }
        _ => return None,
    })
}

fn in_words(found: Unexpected<'_>) -> String {
    match found {
        Unexpected::Bool(_) => Value::Boolean(true).kind().to_string(),
        Unexpected::Unsigned(number) => format!("the number {number}"),
        Unexpected::Signed(number) => format!("the number {number}"),
        Unexpected::Float(number) => format!("the number {number}"),
        Unexpected::Str(text) => format!("the text \"{text}\""),
        Unexpected::Seq => Value::List(Vec::new()).kind().to_string(),
        Unexpected::Unit => Value::Nothing.kind().to_string(),
        Unexpected::Map => Value::Table(Vec::new()).kind().to_string(),
        other => other.to_string(),
    }
}

impl<'de> Deserializer<'de> for &'de Node {
    type Error = Mistake;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Mistake> {
        let result = match &self.value {
            Value::Nothing => visitor.visit_unit(),
            Value::Boolean(boolean) => visitor.visit_bool(*boolean),
            Value::Integer(number) => visitor.visit_i64(*number),
            Value::Float(number) => visitor.visit_f64(*number),
            Value::Text(text) => visitor.visit_str(text),
            Value::Datetime(datetime) => date_or_else(visitor, &datetime.to_string()),
            Value::List(items) => visitor.visit_seq(Items(items.iter())),
            Value::Table(entries) => visitor.visit_map(Entries { entries: entries.iter(), current: None }),
        };
        result.map_err(|mistake| mistake.or_at(&self.range))
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Mistake> {
        match self.value {
            Value::Nothing => visitor.visit_none(),
            _ => visitor.visit_some(self),
        }
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        name: &'static str,
        _variants: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Mistake> {
        match &self.value {
            Value::Text(text) => {
                visitor.visit_enum(Variant(text)).map_err(|mistake: Mistake| mistake.or_at(&self.range))
            }
            other => {
                let message = format!("expected text for `{}`, found {}", name.to_lowercase(), other.kind());
                Err(Mistake::new("wrong-type", message).or_at(&self.range))
            }
        }
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(
        self,
        _name: &'static str,
        visitor: V,
    ) -> Result<V::Value, Mistake> {
        visitor.visit_newtype_struct(self)
    }

    fn deserialize_tuple_struct<V: Visitor<'de>>(
        self,
        name: &'static str,
        _length: usize,
        visitor: V,
    ) -> Result<V::Value, Mistake> {
        match name {
            AT => visitor.visit_seq(WithPlace::new(self)),
            ONE_OR_MANY if matches!(self.value, Value::Text(_) | Value::List(_)) => {
                visitor.visit_seq(Items(self.items().iter()))
            }
            _ => self.deserialize_any(visitor),
        }
    }

    forward_to_deserialize_any! {
        bool i8 i16 i32 i64 u8 u16 u32 u64 f32 f64 char str string bytes byte_buf
        unit unit_struct seq tuple map struct identifier ignored_any
    }
}

/// The name under which a type asks for a list, be it of one value without brackets.
pub(super) const ONE_OR_MANY: &str = "$dateline_one_or_many";

/// A date reaches the types that take one as a map with one entry; to all others it is a wrong type, in words.
fn date_or_else<'de, V: Visitor<'de>>(visitor: V, date: &str) -> Result<V::Value, Mistake> {
    let entry = std::iter::once((DATETIME, date));
    let map = serde::de::value::MapDeserializer::<_, Mistake>::new(entry);
    visitor.visit_map(map).map_err(|mut mistake| {
        if mistake.name == "wrong-type" {
            mistake.message = mistake.message.replace("found a table", &format!("found the date {date}"));
        }
        mistake
    })
}

struct Items<'de>(std::slice::Iter<'de, Node>);

impl<'de> SeqAccess<'de> for Items<'de> {
    type Error = Mistake;

    fn next_element_seed<T: DeserializeSeed<'de>>(&mut self, seed: T) -> Result<Option<T::Value>, Mistake> {
        let Some(node) = self.0.next() else { return Ok(None) };
        seed.deserialize(node).map(Some).map_err(|mistake| mistake.or_at(&node.range))
    }

    fn size_hint(&self) -> Option<usize> {
        Some(self.0.len())
    }
}

struct Entries<'de> {
    entries: std::slice::Iter<'de, Entry>,
    current: Option<&'de Entry>,
}

impl<'de> MapAccess<'de> for Entries<'de> {
    type Error = Mistake;

    fn next_key_seed<K: DeserializeSeed<'de>>(&mut self, seed: K) -> Result<Option<K::Value>, Mistake> {
        self.current = self.entries.next();
        let Some(entry) = self.current else { return Ok(None) };
        let key = StrDeserializer::<Mistake>::new(&entry.key);
        seed.deserialize(key).map(Some).map_err(|mistake| mistake.or_at(&entry.key_range))
    }

    fn next_value_seed<V: DeserializeSeed<'de>>(&mut self, seed: V) -> Result<V::Value, Mistake> {
        let entry = self.current.expect("serde asks for a key before its value");
        seed.deserialize(&entry.value).map_err(|mistake| mistake.or_at(&entry.value.range))
    }
}

struct Variant<'de>(&'de str);

impl<'de> EnumAccess<'de> for Variant<'de> {
    type Error = Mistake;
    type Variant = Self;

    fn variant_seed<V: DeserializeSeed<'de>>(self, seed: V) -> Result<(V::Value, Self), Mistake> {
        let variant = seed.deserialize(StrDeserializer::<Mistake>::new(self.0))?;
        Ok((variant, self))
    }
}

impl<'de> VariantAccess<'de> for Variant<'de> {
    type Error = Mistake;

    fn unit_variant(self) -> Result<(), Mistake> {
        Ok(())
    }

    fn newtype_variant_seed<T: DeserializeSeed<'de>>(self, _seed: T) -> Result<T::Value, Mistake> {
        Err(Mistake::new("wrong-type", format!("`{}` takes no value", self.0)))
    }

    fn tuple_variant<V: Visitor<'de>>(self, _length: usize, _visitor: V) -> Result<V::Value, Mistake> {
        Err(Mistake::new("wrong-type", format!("`{}` takes no value", self.0)))
    }

    fn struct_variant<V: Visitor<'de>>(
        self,
        _fields: &'static [&'static str],
        _visitor: V,
    ) -> Result<V::Value, Mistake> {
        Err(Mistake::new("wrong-type", format!("`{}` takes no value", self.0)))
    }
}
