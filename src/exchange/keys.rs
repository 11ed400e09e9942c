//! Front matter that is about to be written: keys with their values come in, an article's text in TOML goes out.

use toml::Value;
use toml::value::Datetime;

use crate::input::node::{self, Node};
use crate::time::{Precision, WrittenDate};

/// Keys in the order in which they are written.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Keys(Vec<(String, Value)>);

impl Keys {
    /// Sets a key; what it had before is replaced.
    pub fn set(&mut self, key: &str, value: impl Into<Value>) {
        let value = value.into();
        match self.0.iter_mut().find(|(known, _)| known == key) {
            Some((_, old)) => *old = value,
            None => self.0.push((key.to_string(), value)),
        }
    }

    /// Sets a key to a text, unless there is none.
    pub fn set_text(&mut self, key: &str, text: &str) {
        let text = text.trim();
        if !text.is_empty() {
            self.set(key, text);
        }
    }

    /// Adds texts to a list, each once.
    pub fn add(&mut self, key: &str, texts: impl IntoIterator<Item = String>) {
        let mut list = match self.get(key) {
            Some(Value::Array(list)) => list.clone(),
            _ => Vec::new(),
        };
        for text in texts {
            let value = Value::String(text.trim().to_string());
            if !text.trim().is_empty() && !list.contains(&value) {
                list.push(value);
            }
        }
        if !list.is_empty() {
            self.set(key, Value::Array(list));
        }
    }

    /// Keeps a value below `extra`.
    pub fn keep(&mut self, key: &str, value: Value) {
        let mut extra = match self.get("extra") {
            Some(Value::Table(extra)) => extra.clone(),
            _ => toml::Table::new(),
        };
        extra.insert(key.to_string(), value);
        self.set("extra", extra);
    }

    /// These, and behind them those of others.
    #[must_use]
    pub fn with(mut self, others: Self) -> Self {
        others.0.into_iter().for_each(|(key, value)| self.set(&key, value));
        self
    }

    /// The value of a key.
    #[must_use]
    pub fn get(&self, key: &str) -> Option<&Value> {
        self.0.iter().find(|(known, _)| known == key).map(|(_, value)| value)
    }

    /// The text of a key.
    #[must_use]
    pub fn text(&self, key: &str) -> Option<&str> {
        self.get(key)?.as_str()
    }

    /// The whole article: front matter and text.
    #[must_use]
    pub fn article(&self, body: &str) -> String {
        let mut text = String::from("+++\n");
        let (tables, plain): (Vec<_>, Vec<_>) = self.0.iter().partition(|(_, value)| is_block(value));
        for (key, value) in plain {
            text.push_str(&format!("{key} = {value}\n"));
        }
        for (key, value) in tables {
            match value {
                Value::Array(items) => {
                    items.iter().for_each(|item| block(&mut text, &format!("[[{key}]]"), item))
                }
                table => block(&mut text, &format!("[{key}]"), table),
            }
        }
        text.push_str("+++\n");
        let body = body.trim_matches(['\n', '\r']);
        if !body.trim().is_empty() {
            text.push('\n');
            text.push_str(body);
            text.push('\n');
        }
        text
    }
}

/// Whether a value is written as a block of its own: a table, or a list of tables.
fn is_block(value: &Value) -> bool {
    match value {
        Value::Table(_) => true,
        Value::Array(items) => !items.is_empty() && items.iter().all(Value::is_table),
        _ => false,
    }
}

fn block(text: &mut String, head: &str, value: &Value) {
    text.push_str(&format!("\n{head}\n"));
    for (key, value) in value.as_table().into_iter().flatten() {
        text.push_str(&format!("{} = {value}\n", written_key(key)));
    }
}

/// A key as TOML takes it: between quotation marks unless it is a plain word.
fn written_key(key: &str) -> String {
    let is_bare =
        !key.is_empty() && key.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"_-".contains(&byte));
    if is_bare { key.to_string() } else { basic(key) }
}

/// A text between quotation marks on one line.
fn basic(text: &str) -> String {
    let mut basic = String::from("\"");
    for character in text.chars() {
        match character {
            '"' | '\\' => basic.extend(['\\', character]),
            control if control.is_control() => basic.push_str(&format!("\\u{:04X}", u32::from(control))),
            other => basic.push(other),
        }
    }
    basic + "\""
}

/// A date as a value: a full one as TOML's own, anything else as text. (TOML 1.0 has no time without seconds.)
#[must_use]
pub fn date_value(date: &WrittenDate) -> Value {
    let text = date.as_written();
    let is_same = |toml: &Datetime| toml.date.is_some() && toml.to_string() == text;
    match text.parse::<Datetime>().ok().filter(is_same) {
        Some(toml) if date.precision() != Precision::Minute => Value::Datetime(toml),
        _ => Value::String(text.to_string()),
    }
}

/// A value of another program's front matter; `None` for YAML's `null`, which TOML lacks.
pub(super) fn value_of(node: &Node) -> Option<Value> {
    Some(match &node.value {
        node::Value::Nothing => return None,
        node::Value::Boolean(boolean) => Value::Boolean(*boolean),
        node::Value::Integer(number) => Value::Integer(*number),
        node::Value::Float(number) => Value::Float(*number),
        node::Value::Text(text) => Value::String(text.clone()),
        node::Value::Datetime(datetime) => Value::Datetime(*datetime),
        node::Value::List(items) => Value::Array(items.iter().filter_map(value_of).collect()),
        node::Value::Table(entries) => Value::Table(
            entries.iter().filter_map(|entry| Some((entry.key.clone(), value_of(&entry.value)?))).collect(),
        ),
    })
}

#[cfg(test)]
mod tests {
    use super::{Keys, Value, basic};

    #[test]
    fn an_article_comes_back_from_toml_as_it_was() {
        let mut keys = Keys::default();
        keys.set("title", "a \"b\" 'c' \\ d\n\"\"\" '''");
        keys.add("topics", ["x".to_string(), "x".to_string(), " y ".to_string()]);
        keys.keep("a key", Value::String("z".to_string()));
        keys.set(
            "sources",
            vec![Value::Table([("title".to_string(), Value::from("q"))].into_iter().collect())],
        );
        let article = keys.article("Text\n");
        let (front, body) = article.strip_prefix("+++\n").unwrap().split_once("+++\n").unwrap();
        let read: toml::Table = front.parse().unwrap();
        assert_eq!(read["title"].as_str(), Some("a \"b\" 'c' \\ d\n\"\"\" '''"));
        assert_eq!(read["topics"].as_array().unwrap().len(), 2);
        assert_eq!(read["extra"]["a key"].as_str(), Some("z"));
        assert_eq!(read["sources"][0]["title"].as_str(), Some("q"));
        assert_eq!(body, "\nText\n");
    }

    #[test]
    fn a_key_of_any_letters_is_written_on_one_line() {
        assert_eq!(basic("a\nb\"\\"), "\"a\\u000Ab\\\"\\\\\"");
    }
}
