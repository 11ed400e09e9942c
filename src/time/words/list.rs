//! Lists in a language: «a, b e c», «uno u otro».

use super::file::WordFile;

/// The word between the last two of a list.
#[derive(Debug, Clone, Copy)]
pub(super) enum Join {
    /// All of them.
    And,
    /// One of them.
    Or,
}

/// Joins the items as the language does; some beginnings change the word before them.
pub(super) fn join_list(words: &WordFile, items: &[impl AsRef<str>], join: Join) -> String {
    let Some((last, head)) = items.split_last() else { return String::new() };
    let last = last.as_ref();
    if head.is_empty() {
        return last.to_string();
    }
    let (word, exceptions) = match join {
        Join::And => ("lists.and", "lists.and_before"),
        Join::Or => ("lists.or", "lists.or_before"),
    };
    let exception = words
        .table(exceptions)
        .filter(|(beginning, _)| begins_with(last, beginning))
        .max_by_key(|(beginning, _)| beginning.len());
    let word = exception.map_or_else(|| words.get(word), |(_, word)| word);
    let head: Vec<&str> = head.iter().map(AsRef::as_ref).collect();
    format!("{}{word}{last}", head.join(words.get("lists.separator")))
}

/// Whether a text begins so; a number must be the whole number.
fn begins_with(text: &str, beginning: &str) -> bool {
    let lower = text.to_lowercase();
    let rest = lower.trim_start_matches(['“', '«', '"', '‘', '\'']).strip_prefix(beginning);
    let number = beginning.ends_with(|c: char| c.is_ascii_digit());
    rest.is_some_and(|rest| !(number && rest.starts_with(|c: char| c.is_ascii_digit() || c == '.')))
}
