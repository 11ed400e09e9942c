//! `dateline build` at a terminal: what was written, what was left out, and where to look.

use std::path::PathBuf;
use std::process::ExitCode;
use std::time::{Duration, Instant as Stopwatch};

use clap::Args;

use super::order::{OrderArguments, instant};
use super::progress::Bar;
use super::report::{duration, number, print_ahead, print_diagnostics, print_left_out};
use dateline::Error;
use dateline::commands::build::{Build, Report, build_unlisted, front_page};
use dateline::time::Instant;

/// What `build` is told.
#[derive(Debug, Args)]
pub struct BuildArguments {
    #[command(flatten)]
    order: OrderArguments,
    /// The site as it was known at an instant, as in 2023-09-15T18:00:00Z, into snapshot/ unless --output says otherwise; what can't be told of the time is marked
    #[arg(long, value_name = "INSTANT", value_parser = instant, conflicts_with_all = ["now", "drafts"])]
    as_of: Option<Instant>,
    /// Write index.html into links, for a folder that is opened from disk
    #[arg(long)]
    file_links: bool,
}

/// Builds a site, and prints what was done.
///
/// # Errors
/// A failure of the machine.
pub fn run(root: Option<PathBuf>, arguments: BuildArguments) -> Result<ExitCode, Error> {
    let started = Stopwatch::now();
    // A snapshot does not go where the site itself does, unless that is wished.
    let folder = if arguments.as_of.is_some() { "snapshot" } else { "public" };
    let order = arguments.order.output_by_default(root.as_deref(), folder);
    let order = order.order(root, arguments.file_links)?;
    let order = match arguments.as_of {
        Some(then) => order.as_of(then)?,
        None => order,
    };
    let report = build_unlisted(&order, &Bar::new(started))?;
    print_diagnostics(&report.diagnostics);
    Ok(print_summary(&report, &order, started.elapsed()))
}

/// How many files of one reason a build names.
const NAMED: usize = 20;

fn print_summary(report: &Report, order: &Build, took: Duration) -> ExitCode {
    let warnings = number(report.warnings(), "warning");
    let Some(written) = &report.written else {
        let folder = order.output.display();
        eprintln!(
            "{}, {warnings}: nothing was written, {folder} is as it was",
            number(report.errors(), "error")
        );
        return ExitCode::from(1);
    };
    let total = written.written + written.unchanged;
    say!(
        "{} in {}: {} written, {} unchanged, {} removed",
        number(total, "file"),
        duration(took),
        written.written,
        written.unchanged,
        written.removed
    );
    print_left_out(&report.left_out, NAMED);
    print_ahead(report.ahead.as_ref());
    if report.warnings() > 0 {
        say!("{warnings}, above");
    }
    say!("look at {}", front_page(&order.output).display());
    ExitCode::SUCCESS
}
