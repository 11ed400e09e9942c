//! `dateline import` at a terminal: what came in, what needs a hand and why, line by line.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::{Args, ValueEnum};

use super::report::number;
use dateline::Error;
use dateline::commands::import::{Order, Plan, plan};
use dateline::exchange::{Format, Kind, Note, Reason};
use dateline::input::EntityKind;

/// What `import` is told.
#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  dateline import timelinejs timeline.csv --into bridge\n  dateline import hugo ../old-site --into news --dry-run\n  dateline import jekyll ../blog --into news --taxonomy categories=places"
)]
pub struct ImportArguments {
    /// What wrote it
    #[arg(value_name = "FORMAT")]
    format: FormatName,
    /// The file, or the folder of the site
    #[arg(value_name = "PATH")]
    path: PathBuf,
    /// The folder of the timeline below content/, new or not [default: the name of the file or folder]
    #[arg(long, value_name = "TIMELINE")]
    into: Option<String>,
    /// Say what would be done, and write nothing
    #[arg(long)]
    dry_run: bool,
    /// What a taxonomy becomes: people, organizations, places or topics [default: by its name; tags and categories are topics]
    #[arg(long, value_name = "NAME=KIND", value_parser = taxonomy)]
    taxonomy: Vec<(String, EntityKind)>,
    /// The folder of the articles in another generator's site, as in content/en [default: as its settings say]
    #[arg(long, value_name = "DIR")]
    content: Option<PathBuf>,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum FormatName {
    /// TimelineJS: its JSON, or its Google sheet as CSV
    Timelinejs,
    /// The folder of a site of Zola
    Zola,
    /// The folder of a site of Hugo
    Hugo,
    /// The folder of a site of Jekyll
    Jekyll,
    /// A text of Markwhen
    Markwhen,
}

impl FormatName {
    fn format(self) -> Format {
        match self {
            Self::Timelinejs => Format::TimelineJs,
            Self::Zola => Format::Zola,
            Self::Hugo => Format::Hugo,
            Self::Jekyll => Format::Jekyll,
            Self::Markwhen => Format::Markwhen,
        }
    }
}

fn taxonomy(text: &str) -> Result<(String, EntityKind), String> {
    let (name, kind) = text.split_once('=').ok_or("write the name and the kind, as in categories=places")?;
    let kind = EntityKind::ALL.into_iter().find(|known| known.folder() == kind);
    let kind = kind.ok_or("the kinds are people, organizations, places and topics")?;
    Ok((name.to_string(), kind))
}

/// Takes what another program wrote.
///
/// # Errors
/// What can't be read, what would be replaced, and failures of the machine.
pub fn run(root: Option<PathBuf>, arguments: ImportArguments) -> Result<ExitCode, Error> {
    let order = Order {
        root: root.unwrap_or_else(|| PathBuf::from(".")),
        format: arguments.format.format(),
        path: arguments.path,
        into: arguments.into,
        taxonomies: arguments.taxonomy,
        content: arguments.content,
    };
    let plan = plan(&order)?;
    for note in &plan.harvest.notes {
        eprintln!("{}", line(note));
    }
    if !arguments.dry_run {
        plan.write()?;
    }
    print_summary(&plan, order.format, arguments.dry_run);
    Ok(ExitCode::SUCCESS)
}

/// «content/a.md:12:3: what it is», as compilers write it.
fn line(note: &Note) -> String {
    let path = note.place.path.display();
    match (&note.place.line, note.place.column()) {
        (Some(line), Some(column)) => format!("{path}:{}:{column}: {}", line.number, note.sentence),
        _ => format!("{path}: {}", note.sentence),
    }
}

fn print_summary(plan: &Plan, format: Format, is_dry: bool) {
    let harvest = &plan.harvest;
    let counts = [
        number(harvest.count(Kind::Event), "event"),
        number(harvest.count(Kind::Page), "page"),
        number(harvest.count(Kind::Timeline), "timeline"),
        format!("{} of media", number(harvest.copies.len(), "file")),
    ];
    let done = if is_dry { "would come in" } else { "came in" };
    let added = if plan.is_added { ", which was there before" } else { "" };
    say!("{}: {done}, into {}{added}", counts.join(", "), plan.folder.display());
    let needing: Vec<&Note> = harvest.notes.iter().filter(|note| note.reason.needs_hand()).collect();
    let articles: BTreeSet<&Path> = harvest.articles.iter().map(|article| article.origin.as_path()).collect();
    let is_one_file = articles.len() <= 1;
    let touched = |notes: &[&Note]| -> usize {
        let lines = notes.iter().map(|note| {
            let line = note.place.line.as_ref().map_or(0, |line| line.number);
            (note.place.path.as_path(), if is_one_file { line } else { 0 })
        });
        lines.collect::<BTreeSet<_>>().len()
    };
    let unit = if is_one_file { "place" } else { "article" };
    match needing.is_empty() {
        true => say!("none needs a hand"),
        false => say!("{} a hand; each line is named above", needs(touched(&needing), unit)),
    }
    let mut by_reason: BTreeMap<Reason, Vec<&Note>> = BTreeMap::new();
    for note in &harvest.notes {
        by_reason.entry(note.reason).or_default().push(note);
    }
    for (reason, notes) in &by_reason {
        say!("  {}: {}", number(touched(notes), unit), reason.words());
    }
    let by_publication = matches!(format, Format::Zola | Format::Hugo | Format::Jekyll);
    if by_publication && harvest.articles.iter().any(|article| article.keys.get("published").is_some()) {
        say!(
            "each event is on the day on which its article was published: where it happened on another, change its `date`"
        );
    }
    match is_dry {
        true => say!("nothing was written: {} would be", number(plan.files.len(), "file")),
        false => say!("next: dateline check"),
    }
}

/// «1 article needs», «3 articles need».
fn needs(count: usize, unit: &str) -> String {
    format!("{} {}", number(count, unit), if count == 1 { "needs" } else { "need" })
}
