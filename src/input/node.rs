//! A value of a settings file or a front matter, with the bytes where it stands.
//!
//! TOML and YAML both become [`Node`]s; what keys there may be is decided by the types that are decoded from it.

use std::ops::Range;

use toml::de::{DeTable, DeValue};
use toml::value::Datetime;

/// A value and its bytes in the file.
#[derive(Debug, Clone, PartialEq)]
pub struct Node {
    /// What it is.
    pub value: Value,
    /// Where it is, in bytes of the whole file.
    pub range: Range<usize>,
}

/// What a value can be.
#[derive(Debug, Clone, PartialEq)]
pub enum Value {
    /// YAML's `null`, or nothing after the colon.
    Nothing,
    /// `true` or `false`.
    Boolean(bool),
    /// A whole number.
    Integer(i64),
    /// Any other number.
    Float(f64),
    /// Text.
    Text(String),
    /// A TOML date, time or date-time.
    Datetime(Datetime),
    /// A list.
    List(Vec<Node>),
    /// A table, in the order of the file.
    Table(Vec<Entry>),
}

/// A key and its value.
#[derive(Debug, Clone, PartialEq)]
pub struct Entry {
    /// The key.
    pub key: String,
    /// Where the key is, in bytes of the whole file.
    pub key_range: Range<usize>,
    /// Its value.
    pub value: Node,
}

/// A mistake of syntax: what is wrong, and where.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SyntaxMistake {
    /// The sentence.
    pub message: String,
    /// Where it is, in bytes of the whole file.
    pub range: Range<usize>,
}

impl Node {
    /// Reads TOML that begins at byte `offset` of its file.
    ///
    /// # Errors
    /// Every mistake of syntax that the parser could tell apart.
    pub fn from_toml(text: &str, offset: usize) -> Result<Self, Vec<SyntaxMistake>> {
        let (table, errors) = DeTable::parse_recoverable(text);
        if !errors.is_empty() {
            return Err(errors.iter().map(|error| syntax_mistake(error, text, offset)).collect());
        }
        Ok(Self::from_table(table.get_ref(), 0..text.len(), offset))
    }

    /// An empty table, as a file without front matter has it.
    #[must_use]
    pub fn empty() -> Self {
        Self { value: Value::Table(Vec::new()), range: 0..0 }
    }

    /// The value of a key of a table.
    #[must_use]
    pub fn get(&self, key: &str) -> Option<&Self> {
        self.entry(key).map(|entry| &entry.value)
    }

    /// The entry of a key of a table.
    #[must_use]
    pub fn entry(&self, key: &str) -> Option<&Entry> {
        self.entries().iter().find(|entry| entry.key == key)
    }

    /// The entries of a table; a value that is no table has none.
    #[must_use]
    pub fn entries(&self) -> &[Entry] {
        match &self.value {
            Value::Table(entries) => entries,
            _ => &[],
        }
    }

    /// The items of a list; a value that is no list counts as a list of itself.
    #[must_use]
    pub fn items(&self) -> &[Self] {
        match &self.value {
            Value::List(items) => items,
            _ => std::slice::from_ref(self),
        }
    }

    fn from_table(table: &DeTable<'_>, range: Range<usize>, offset: usize) -> Self {
        let mut entries: Vec<Entry> = table
            .iter()
            .map(|(key, value)| Entry {
                key: key.get_ref().to_string(),
                key_range: moved(&key.span(), offset),
                value: Self::from_value(value.get_ref(), value.span(), offset),
            })
            .collect();
        entries.sort_by_key(|entry| entry.key_range.start);
        Self { value: Value::Table(entries), range: moved(&range, offset) }
    }

    fn from_value(value: &DeValue<'_>, range: Range<usize>, offset: usize) -> Self {
        let value = match value {
            DeValue::String(text) => Value::Text(text.to_string()),
            DeValue::Integer(number) => i64::from_str_radix(number.as_str(), number.radix())
                .map_or_else(|_| Value::Float(number.as_str().parse().unwrap_or(f64::MAX)), Value::Integer),
            DeValue::Float(number) => Value::Float(number.as_str().parse().unwrap_or(f64::NAN)),
            DeValue::Boolean(boolean) => Value::Boolean(*boolean),
            DeValue::Datetime(datetime) => Value::Datetime(*datetime),
            DeValue::Array(items) => Value::List(
                items.iter().map(|item| Self::from_value(item.get_ref(), item.span(), offset)).collect(),
            ),
            DeValue::Table(table) => return Self::from_table(table, range, offset),
        };
        Self { value, range: moved(&range, offset) }
    }
}

impl Value {
    /// Whether it is text of nothing but spaces.
    #[must_use]
    pub fn is_empty_text(&self) -> bool {
        matches!(self, Self::Text(text) if text.trim().is_empty())
    }

    /// What it is, in words for a message.
    #[must_use]
    pub fn kind(&self) -> &'static str {
        match self {
            Self::Nothing => "nothing",
            Self::Boolean(_) => "true or false",
            Self::Integer(_) => "a whole number",
            Self::Float(_) => "a number",
            Self::Text(_) => "text",
            Self::Datetime(_) => "a date",
            Self::List(_) => "a list",
            Self::Table(_) => "a table",
        }
    }
}

fn syntax_mistake(error: &toml::de::Error, text: &str, offset: usize) -> SyntaxMistake {
    let range = error.span().unwrap_or(text.len()..text.len());
    SyntaxMistake { message: error.message().replace('\n', ", "), range: moved(&range, offset) }
}

fn moved(range: &Range<usize>, offset: usize) -> Range<usize> {
    range.start + offset..range.end + offset
}
