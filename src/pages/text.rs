//! The text of an article as HTML: its body is read, rendered, and its mistakes are placed in its file.

use super::{Failure, Scene};
use crate::input::{Article, BodyError};
use crate::markdown::{self, Heading, Options, Quotes};
use crate::time::Words;
use crate::{Diagnostic, Place, Severity};

/// The HTML of an article's body; empty for an article without one.
pub(super) fn html(
    scene: &Scene<'_>,
    index: usize,
    warnings: &mut Vec<Diagnostic>,
) -> Result<String, Failure> {
    let page = page(scene);
    rendered(scene, index, &options(scene, &page), warnings)
}

fn rendered(
    scene: &Scene<'_>,
    index: usize,
    options: &Options<'_>,
    warnings: &mut Vec<Diagnostic>,
) -> Result<String, Failure> {
    let article = scene.site.article(index);
    if !article.has_body {
        return Ok(String::new());
    }
    let body = scene.site.input.body(index, scene.linker.reads()).map_err(|error| match error {
        BodyError::Changed => Failure::Changed,
        BodyError::Failed(error) => Failure::Machine(error),
    })?;
    let body = scene.site.snapshot.body(index, body);
    let links = scene.linker.reading(index);
    let rendered = markdown::render(&body, options, &links);
    let clashes = clashes(scene, index, &rendered.headings);
    if !clashes.is_empty() {
        return Err(Failure::Mistakes(clashes));
    }
    let (errors, mild): (Vec<_>, Vec<_>) = rendered
        .mistakes
        .into_iter()
        .map(|(range, mistake)| diagnostic(scene, article, range, mistake))
        .partition(|diagnostic| diagnostic.severity == Severity::Error);
    warnings.extend(mild);
    if errors.is_empty() { Ok(rendered.html) } else { Err(Failure::Mistakes(errors)) }
}

/// The same where it stands on one page with other texts: with a prefix for its anchors, and the level of its headings. What is to be
/// warned of, its own page tells.
pub(super) fn html_among_others(
    scene: &Scene<'_>,
    index: usize,
    prefix: &str,
    level: u8,
) -> Result<String, Failure> {
    // Each list of footnotes has a name of its own, by which readers of a screen tell them apart.
    let title = scene.site.article(index).kind.title();
    let footnotes = format!("{}: {title}", scene.words.text("footnotes"));
    let options = options(scene, "");
    let words = markdown::Words { footnotes: &footnotes, ..options.words };
    let options = Options { id_prefix: prefix, heading_level: level, words, ..options };
    rendered(scene, index, &options, &mut Vec::new())
}

/// The address of the text's page, where the text is read elsewhere.
fn page(scene: &Scene<'_>) -> String {
    match scene.linker.leads_from_elsewhere() {
        true => scene.linker.to(scene.linker.from()),
        false => String::new(),
    }
}

fn options<'a>(scene: &Scene<'a>, page: &'a str) -> Options<'a> {
    let words = scene.words;
    Options {
        // Who reads a text elsewhere did not choose to trust this site's scripts.
        unsafe_html: scene.site.input.settings.unsafe_html && !scene.linker.leads_from_elsewhere(),
        quotes: quotes(words),
        heading_level: 2,
        id_prefix: "",
        page,
        words: markdown::Words {
            footnotes: words.text("footnotes"),
            back_to_reference: words.text("back_to_reference"),
            note: words.text("alert_note"),
            tip: words.text("alert_tip"),
            important: words.text("alert_important"),
            warning: words.text("alert_warning"),
            caution: words.text("alert_caution"),
            task_done: words.text("task_done"),
            task_open: words.text("task_open"),
            table: words.text("table"),
        },
    }
}

/// Headings of a timeline's text that have the anchor of one of its events, which stands on the same page.
fn clashes(scene: &Scene<'_>, index: usize, headings: &[Heading]) -> Vec<Diagnostic> {
    let Some(timeline) = scene.site.timelines.iter().find(|timeline| timeline.article == index) else {
        return Vec::new();
    };
    let events = &scene.site.events[timeline.events.clone()];
    let clashes = headings.iter().filter(|heading| events.iter().any(|event| *event.id == *heading.id));
    let diagnostic = |heading: &Heading| {
        let message = format!("the heading «{}» has the anchor of the event `{}`", heading.text, heading.id);
        Diagnostic::error("duplicate-anchor", message)
            .at(Place::file(&scene.site.article(index).path))
            .help("give the heading another one: ## Title {#another}")
    };
    clashes.map(diagnostic).collect()
}

/// The quotation marks of the word file.
fn quotes(words: &Words) -> Quotes<'_> {
    let quotes = words.quotes();
    let ((outer_open, outer_close), (inner_open, inner_close)) = (quotes.outer, quotes.inner);
    let apostrophe = quotes.apostrophe;
    Quotes { outer_open, outer_close, inner_open, inner_close, apostrophe }
}

fn diagnostic(
    scene: &Scene<'_>,
    article: &Article,
    range: std::ops::Range<usize>,
    mistake: markdown::Mistake,
) -> Diagnostic {
    let range = range.start + article.body..range.end + article.body;
    let place = scene.site.input.place(&article.path, range);
    let diagnostic = match mistake.severity {
        Severity::Error => Diagnostic::error(mistake.name, mistake.message),
        Severity::Warning => Diagnostic::warning(mistake.name, mistake.message),
    };
    let diagnostic = diagnostic.at(place);
    match mistake.help {
        Some(help) => diagnostic.help(help),
        None => diagnostic,
    }
}
