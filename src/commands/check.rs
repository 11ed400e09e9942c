//! `dateline check`: read, plan, render every page for its mistakes, and write nothing.
//!
//! It is a build without an output, by the very functions of one. The report comes out, and the texts that programs
//! read of it: JSON, and the commands of GitHub's workflows.

use std::fmt::Write;
use std::path::Path;

use serde::Serialize;

use super::build::{Absent, Ahead, Build, Goal, Progress, Report, run};
use crate::site::{Reason, Turn};
use crate::{Diagnostic, Error, Place, Severity};

/// Finds everything that is wrong with a site. [`Build::output`] is where its last build stands, if there is one.
/// With `links` the network is asked for every external address.
///
/// # Errors
/// A failure of the machine. Authors' mistakes are in the report.
pub fn check(build: &Build, links: bool, progress: &dyn Progress) -> Result<Report, Error> {
    run(build, Goal::Judgement { links }, progress)
}

/// The report as JSON. `docs/commands.md` describes its shape; a change of it changes [`VERSION`].
#[must_use]
pub fn json(report: &Report) -> String {
    let view = ReportView {
        version: VERSION,
        errors: report.errors(),
        warnings: report.warnings(),
        diagnostics: report.diagnostics.iter().map(DiagnosticView::of).collect(),
        left_out: report.left_out.iter().map(AbsentView::of).collect(),
        next_change: report.ahead.as_ref().map(AheadView::of),
    };
    serde_json::to_string_pretty(&view).expect("the report has no map with keys that are not text")
}

/// The version of the JSON's shape.
pub const VERSION: u32 = 1;

/// The diagnostics as workflow commands of GitHub: one line for each, shown beside the line of the file.
///
/// Paths count from the repository; `root` is the site's folder in it.
#[must_use]
pub fn github(report: &Report, root: &Path) -> String {
    report.diagnostics.iter().map(|diagnostic| workflow_command(diagnostic, root)).collect()
}

#[derive(Serialize)]
struct ReportView<'a> {
    version: u32,
    errors: usize,
    warnings: usize,
    diagnostics: Vec<DiagnosticView<'a>>,
    left_out: Vec<AbsentView<'a>>,
    next_change: Option<AheadView<'a>>,
}

#[derive(Serialize)]
struct DiagnosticView<'a> {
    severity: &'static str,
    name: &'a str,
    message: &'a str,
    place: Option<PlaceView<'a>>,
    label: Option<&'a str>,
    related: Vec<RelatedView<'a>>,
    help: Option<&'a str>,
}

#[derive(Serialize)]
struct PlaceView<'a> {
    path: String,
    line: Option<usize>,
    column: Option<usize>,
    end_column: Option<usize>,
    text: Option<&'a str>,
}

#[derive(Serialize)]
struct RelatedView<'a> {
    label: &'a str,
    place: PlaceView<'a>,
}

#[derive(Serialize)]
struct AbsentView<'a> {
    path: String,
    reason: &'static str,
    time: Option<&'a str>,
}

#[derive(Serialize)]
struct AheadView<'a> {
    instant: String,
    time: &'a str,
    path: String,
    what: &'static str,
}

impl<'a> DiagnosticView<'a> {
    fn of(diagnostic: &'a Diagnostic) -> Self {
        let related = diagnostic.related.iter();
        Self {
            severity: severity(diagnostic.severity),
            name: &diagnostic.name,
            message: &diagnostic.message,
            place: diagnostic.place.as_ref().map(PlaceView::of),
            label: Some(diagnostic.label.as_str()).filter(|label| !label.is_empty()),
            related: related
                .map(|(place, label)| RelatedView { label, place: PlaceView::of(place) })
                .collect(),
            help: diagnostic.help.as_deref(),
        }
    }
}

impl<'a> PlaceView<'a> {
    fn of(place: &'a Place) -> Self {
        Self {
            path: with_slashes(&place.path),
            line: place.line.as_ref().map(|line| line.number),
            column: place.column(),
            end_column: place.end_column(),
            text: place.line.as_ref().map(|line| line.text.as_str()),
        }
    }
}

impl<'a> AheadView<'a> {
    fn of(ahead: &'a Ahead) -> Self {
        Self {
            instant: ahead.at.to_rfc3339(),
            time: &ahead.local,
            path: with_slashes(&ahead.path),
            what: match ahead.turn {
                Turn::EmbargoEnds => "embargo-ends",
                Turn::Expires => "expires",
                Turn::LeavesNews => "leaves-news",
            },
        }
    }
}

impl<'a> AbsentView<'a> {
    fn of(absent: &'a Absent) -> Self {
        let reason = match absent.reason {
            Reason::Draft => "draft",
            Reason::Embargoed(_) => "embargoed",
            Reason::Expired(_) => "expired",
            Reason::Later(_) => "later",
            Reason::Undated => "undated",
        };
        Self { path: with_slashes(&absent.path), reason, time: absent.local.as_deref() }
    }
}

fn severity(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
    }
}

fn with_slashes(path: &Path) -> String {
    path.components().map(|part| part.as_os_str().to_string_lossy()).collect::<Vec<_>>().join("/")
}

fn workflow_command(diagnostic: &Diagnostic, root: &Path) -> String {
    let mut line = format!("::{} ", severity(diagnostic.severity));
    if let Some(place) = &diagnostic.place {
        let whole = root.join(&place.path);
        let whole = whole.strip_prefix(".").unwrap_or(&whole);
        let _ = write!(line, "file={},", property(&whole.to_string_lossy().replace('\\', "/")));
        if let (Some(number), Some(column), Some(end)) =
            (place.line.as_ref().map(|line| line.number), place.column(), place.end_column())
        {
            let _ = write!(line, "line={number},endLine={number},col={column},endColumn={end},");
        }
    }
    let help = diagnostic.help.as_ref().map(|help| format!("\nhelp: {help}")).unwrap_or_default();
    let message = text(&format!("{}{help}", diagnostic.message));
    let _ = writeln!(line, "title={}::{message}", property(&diagnostic.name));
    line
}

/// A message of a workflow command: its lines are one line.
fn text(message: &str) -> String {
    message.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

/// A property of a workflow command: what would end it is escaped too.
fn property(value: &str) -> String {
    text(value).replace(':', "%3A").replace(',', "%2C")
}

#[cfg(test)]
mod tests {
    use super::{github, json};
    use crate::commands::build::Report;
    use crate::{Diagnostic, Place};
    use std::path::Path;

    fn report() -> Report {
        let place = Place::in_text(Path::new("content/a, b: c.md"), "+++\nété = 100%\n+++\n", 4..9);
        let diagnostic = Diagnostic::error("unknown-key", "100% of\r\n:: it, all").at(place).help("a\nb");
        let placeless = Diagnostic::warning("missing-base-url", "no address");
        Report {
            diagnostics: vec![diagnostic, placeless],
            written: None,
            rendered: 0,
            left_out: Vec::new(),
            ahead: None,
            pages: Vec::new(),
        }
    }

    #[test]
    fn a_workflow_command_is_one_line_whatever_is_in_it() {
        assert_eq!(
            github(&report(), Path::new("./site")),
            "::error file=site/content/a%2C b%3A c.md,line=2,endLine=2,col=1,endColumn=4,title=unknown-key::100%25 of%0D%0A:: it, all%0Ahelp: a%0Ab\n\
             ::warning title=missing-base-url::no address\n"
        );
    }

    #[test]
    fn json_counts_columns_in_characters_and_says_what_is_not_there() {
        let value: serde_json::Value = serde_json::from_str(&json(&report())).unwrap();
        let first = &value["diagnostics"][0];
        assert_eq!(
            (&value["version"], &value["errors"], &value["warnings"]),
            (&1.into(), &1.into(), &1.into())
        );
        assert_eq!(first["place"]["end_column"], 4);
        assert_eq!(first["place"]["text"], "été = 100%");
        assert!(value["diagnostics"][1]["place"].is_null());
    }
}
