//! The theme's templates as an engine: text and a view in, HTML out. It knows no page and no model.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

use tera::{Context, ErrorKind, Tera};

use crate::input::theme::{Text, Theme};
use crate::{Diagnostic, Place};

/// The templates of a site, ready to render.
#[derive(Debug)]
pub struct Templates {
    engine: Tera,
    texts: BTreeMap<String, Text>,
    are_right: bool,
}

impl Templates {
    /// Compiles the templates. One that can't be compiled is replaced by the built-in one of its name, so that
    /// the mistakes in the others are found as well.
    #[must_use]
    pub fn new(theme: &Theme) -> (Arc<Self>, Vec<Diagnostic>) {
        let mut texts = theme.templates.clone();
        let mut diagnostics = Vec::new();
        loop {
            let mut engine = Tera::new();
            let sources: Vec<(&str, &str)> =
                texts.iter().map(|(name, text)| (name.as_str(), text.text.as_str())).collect();
            let Err(error) = engine.add_raw_templates(sources) else {
                let are_right = diagnostics.is_empty();
                let texts = theme.templates.clone();
                return (Arc::new(Self { engine, texts, are_right }), diagnostics);
            };
            let (name, diagnostic) = diagnose(&error, &theme.templates);
            diagnostics.push(diagnostic);
            let built_in = name.as_ref().and_then(|name| theme.built_in.get(name));
            match (name, built_in) {
                (Some(name), Some(text)) if texts.get(&name).is_some_and(|own| own.text != text.text) => {
                    texts.insert(name, text.clone());
                }
                (Some(name), None) if texts.remove(&name).is_some() => {}
                _ => {
                    let (engine, texts) = (built_in_engine(theme), theme.templates.clone());
                    return (Arc::new(Self { engine, texts, are_right: false }), diagnostics);
                }
            }
        }
    }

    /// Whether nothing was wrong with any of them.
    #[must_use]
    pub fn are_right(&self) -> bool {
        self.are_right
    }

    /// Whether any template has a word in it: what none mentions need not be made.
    #[must_use]
    pub fn mention(&self, word: &str) -> bool {
        self.texts.values().any(|text| text.text.contains(word))
    }

    /// Renders a template.
    ///
    /// # Errors
    /// A diagnostic with the place in the template.
    pub fn render(&self, name: &str, context: &Context) -> Result<Vec<u8>, Diagnostic> {
        let mut bytes = Vec::with_capacity(16 * 1024);
        match self.engine.render_to(name, context, &mut bytes) {
            Ok(()) => Ok(bytes),
            Err(error) => Err(diagnose(&error, &self.texts).1),
        }
    }
}

fn built_in_engine(theme: &Theme) -> Tera {
    let mut engine = Tera::new();
    let sources = theme.built_in.iter().map(|(name, text)| (name.as_str(), text.text.as_str()));
    engine.add_raw_templates(sources).expect("the built-in templates compile; the tests render them");
    engine
}

/// The template with the mistake, and the mistake.
fn diagnose(error: &tera::Error, texts: &BTreeMap<String, Text>) -> (Option<String>, Diagnostic) {
    let (kind, report) = match error.kind() {
        ErrorKind::SyntaxError(report) => ("template-syntax", report),
        ErrorKind::RenderingError(report) => ("template-error", report),
        _ => return without_place(error, texts),
    };
    let (message, help) = split_help(report.message());
    let is_undefined =
        message.contains("not defined") || message.contains("undefined") || message.contains("not found on");
    let kind = if kind == "template-error" && is_undefined { "undefined-variable" } else { kind };
    let mut diagnostic = Diagnostic::error(kind, message);
    let name = report.filename().to_string();
    if let Some(text) = texts.get(&name) {
        diagnostic = diagnostic.at(Place::in_text(&text.path, &text.text, report.span().range.clone()));
    } else {
        diagnostic = diagnostic.at(Place::file(Path::new("templates").join(&name)));
    }
    let help = help.unwrap_or_else(|| match kind {
        "template-syntax" => "the language of templates is Tera 2; docs/theme.md shows what the built-in ones do".to_string(),
        _ => "docs/theme.md lists what each template is given; `value?.field or \"\"` stands for what may be missing".to_string(),
    });
    (Some(name), diagnostic.help(help))
}

/// Mistakes that are found when templates are put together carry their place in their text, or only a name.
fn without_place(error: &tera::Error, texts: &BTreeMap<String, Text>) -> (Option<String>, Diagnostic) {
    let report = error.to_string();
    if let Some((message, name, place)) = reported(&report, texts) {
        let diagnostic = Diagnostic::error("template-error", lower_first(message))
            .at(place)
            .help("docs/theme.md lists the components; the filters are those of Tera");
        return (Some(name.to_string()), diagnostic);
    }
    let name = match error.kind() {
        ErrorKind::CircularExtend { tpl, .. } | ErrorKind::CircularInclude { tpl, .. } => Some(tpl.clone()),
        ErrorKind::MissingParent { current, .. } => Some(current.clone()),
        _ => None,
    };
    let mut diagnostic =
        Diagnostic::error("template-error", lower_first(one_line(&report).trim_end_matches('.')))
            .help("docs/theme.md says which templates there are and how they include each other");
    if let Some(text) = name.as_ref().and_then(|name| texts.get(name)) {
        diagnostic = diagnostic.at(Place::file(&text.path));
    }
    (name, diagnostic)
}

/// The sentence, the template and the place in a report of the form `error: sentence --> name:line:column`.
fn reported<'a>(report: &'a str, texts: &BTreeMap<String, Text>) -> Option<(&'a str, &'a str, Place)> {
    let mut lines = report.lines().map(str::trim);
    let message = lines.find_map(|line| line.strip_prefix("error: "))?;
    let place = lines.find_map(|line| line.strip_prefix("--> "))?;
    let mut parts = place.rsplitn(3, ':');
    let column: usize = parts.next()?.parse().ok()?;
    let line: usize = parts.next()?.parse().ok()?;
    let name = parts.next()?;
    let text = texts.get(name)?;
    let before: usize = text.text.split_inclusive('\n').take(line.checked_sub(1)?).map(str::len).sum();
    let here = text.text.get(before..)?;
    let start = before + here.chars().take(column.saturating_sub(1)).map(char::len_utf8).sum::<usize>();
    let word = text.text.get(start..)?.find([' ', '}', '\n']).unwrap_or(0).max(1);
    Some((message, name, Place::in_text(&text.path, &text.text, start..start + word)))
}

/// The engine's messages may go on, after the sentence, with what is available.
fn split_help(message: &str) -> (String, Option<String>) {
    let message = one_line(message);
    match message.split_once(". ") {
        Some((sentence, rest)) => (lower_first(sentence), Some(lower_first(rest))),
        None => (lower_first(message.trim_end_matches('.')), None),
    }
}

/// Messages begin with a small letter here.
fn lower_first(text: &str) -> String {
    let mut characters = text.chars();
    characters.next().map(|first| first.to_lowercase().chain(characters).collect()).unwrap_or_default()
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
