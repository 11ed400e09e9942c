//! Splits a Markdown file into its front matter and its body, and reads the front matter as a tree.
//!
//! It knows the fences and the two formats; it does not know any key.

use std::ops::Range;
use std::path::Path;

use super::node::{Node, SyntaxMistake};
use super::yaml;
use crate::{Diagnostic, Place};

/// The front matter of a file, and where its body begins.
#[derive(Debug)]
pub struct FrontMatter {
    /// The keys and values; empty where the file has no front matter.
    pub node: Node,
    /// The byte at which the body begins.
    pub body: usize,
}

#[derive(Clone, Copy)]
enum Format {
    Toml,
    Yaml,
}

/// Reads the front matter of `text`.
///
/// # Errors
/// A fence without an end, and every mistake of syntax between the fences.
pub fn read(text: &str, path: &Path) -> Result<FrontMatter, Vec<Diagnostic>> {
    let start = if text.starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { 0 };
    let Some((format, fence)) = opening(&text[start..]) else {
        return Ok(FrontMatter { node: Node::empty(), body: start });
    };
    let block_start = start + text[start..].find('\n').map_or(text.len() - start, |at| at + 1);
    let Some((block, body)) = closing(text, block_start, fence) else {
        return Err(vec![unterminated(text, start, fence, path)]);
    };
    let node = match format {
        Format::Toml => Node::from_toml(&text[block.clone()], block.start),
        Format::Yaml => yaml::read(&text[block.clone()], block.start).map_err(|mistake| vec![mistake]),
    };
    match node {
        Ok(node) => Ok(FrontMatter { node, body }),
        Err(mistakes) => {
            Err(mistakes.iter().map(|mistake| syntax_diagnostic(mistake, format, text, path)).collect())
        }
    }
}

fn opening(text: &str) -> Option<(Format, &'static str)> {
    match text.lines().next()?.trim_end() {
        "+++" => Some((Format::Toml, "+++")),
        "---" => Some((Format::Yaml, "---")),
        _ => None,
    }
}

/// The bytes between the fences, and the byte after the closing one.
fn closing(text: &str, start: usize, fence: &str) -> Option<(Range<usize>, usize)> {
    let mut at = start;
    for line in text[start..].split_inclusive('\n') {
        let next = at + line.len();
        if line.trim_end() == fence {
            return Some((start..at, next));
        }
        at = next;
    }
    None
}

fn unterminated(text: &str, start: usize, fence: &str, path: &Path) -> Diagnostic {
    Diagnostic::error(
        "unterminated-front-matter",
        format!("the front matter that begins with `{fence}` has no end"),
    )
    .at(Place::in_text(path, text, start..start + fence.len()))
    .label("begins here")
    .help(format!("put a line with `{fence}` alone after the last key, before the text of the article"))
}

fn syntax_diagnostic(mistake: &SyntaxMistake, format: Format, text: &str, path: &Path) -> Diagnostic {
    let (name, language) = match format {
        Format::Toml => ("toml-syntax", "TOML"),
        Format::Yaml => ("yaml-syntax", "YAML"),
    };
    let diagnostic = Diagnostic::error(name, format!("this is not {language}: {}", mistake.message))
        .at(Place::in_text(path, text, mistake.range.clone()));
    match syntax_help(mistake, format, text) {
        Some(help) => diagnostic.help(help),
        None => diagnostic,
    }
}

/// What an author most likely meant, by the line with the mistake.
pub(super) fn syntax_help_toml(mistake: &SyntaxMistake, text: &str) -> Option<String> {
    syntax_help(mistake, Format::Toml, text)
}

fn syntax_help(mistake: &SyntaxMistake, format: Format, text: &str) -> Option<String> {
    let at = mistake.range.start.min(text.len());
    let at = (0..=at).rev().find(|at| text.is_char_boundary(*at))?;
    let line_start = text[..at].rfind('\n').map_or(0, |at| at + 1);
    let line = text[line_start..].lines().next()?;
    match format {
        Format::Toml => toml_help(line),
        Format::Yaml if line.contains('\t') => Some("YAML is indented with spaces, not with tabs".to_string()),
        Format::Yaml => Some("a text with `:` or `#` in it, or with a quotation mark at its start, stands between quotation marks".to_string()),
    }
}

fn toml_help(line: &str) -> Option<String> {
    if line.matches('"').count() % 2 == 1 && !line.contains("\"\"\"") {
        return Some("a text that begins with a quotation mark ends with one, on the same line; inside it, write \\\" for one".to_string());
    }
    let (key, value) = match line.split_once('=') {
        Some((key, value)) => (key.trim(), value.trim()),
        None => {
            let (key, value) = line.split_once(':')?;
            return Some(format!(
                "in TOML a key and its value stand on both sides of `=`: {} = {}",
                key.trim(),
                value.trim()
            ));
        }
    };
    let date_like = value.starts_with(|c: char| c.is_ascii_digit() || c == '-' || c == '[' || c == '.')
        && value.chars().all(|c| c.is_ascii_digit() || "-./XxYES?~%[],:TZ+ ".contains(c));
    let is_day = value.len() == 10 && value.split('-').map(str::len).eq([4, 2, 2]);
    if date_like && is_day {
        return Some(format!(
            "there is no such day: write a day of that month, or {key} = \"{}\" where the day is not known",
            &value[..7]
        ));
    }
    if date_like && matches!(key, "date" | "said" | "published" | "accessed") {
        return Some(format!(
            "a date that is not a full day (a year, a month, a range, an uncertain date) is written between quotation marks: {key} = \"{value}\""
        ));
    }
    let bare = value.starts_with(char::is_alphabetic) && !matches!(value, "true" | "false" | "inf" | "nan");
    bare.then(|| format!("text stands between quotation marks: {key} = \"{}\"", value.replace('"', "\\\"")))
}

#[cfg(test)]
mod tests {
    use super::read;
    use std::path::Path;

    #[test]
    fn the_body_begins_after_the_closing_fence() {
        let text = "\u{feff}+++\ntitle = \"a\"\n+++\nTexto";
        let front_matter = read(text, Path::new("a.md")).unwrap();
        assert_eq!(&text[front_matter.body..], "Texto");
        assert_eq!(read("Texto", Path::new("a.md")).unwrap().body, 0);
    }

    #[test]
    fn yaml_places_are_bytes_of_the_file() {
        let text = "---\ntitle: \"é\"\nplace: [Ásia, São Paulo]\n---\n";
        let front_matter = read(text, Path::new("a.md")).unwrap();
        let place = front_matter.node.get("place").unwrap();
        assert_eq!(&text[place.items()[1].range.clone()], "São Paulo");
        assert_eq!(&text[front_matter.node.entry("place").unwrap().key_range.clone()], "place");
    }
}
