//! `dateline check` at a terminal: the report in words, as JSON, or for GitHub.

use std::io::Write;
use std::path::PathBuf;
use std::process::ExitCode;
use std::time::Instant as Stopwatch;

use clap::{Args, ValueEnum};

use super::order::OrderArguments;
use super::progress::Bar;
use super::report::{duration, number, print_ahead, print_diagnostics, print_left_out};
use dateline::Error;
use dateline::commands::build::Report;
use dateline::commands::check::{check, github, json};

/// What `check` is told.
#[derive(Debug, Args)]
#[command(
    after_help = "A warning is switched off by its name: in dateline.toml under [check], or in one article by\ncheck = { NAME = \"off\" }."
)]
pub struct CheckArguments {
    /// Ask the network whether external addresses are alive; good answers are kept for three days
    #[arg(long)]
    links: bool,
    /// In which form the mistakes are told
    #[arg(long, value_enum, default_value_t = Format::Human)]
    format: Format,
    #[command(flatten)]
    order: OrderArguments,
}

/// The forms of a report.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    /// Sentences with the line and a caret, on standard error
    Human,
    /// One JSON object, on standard output
    Json,
    /// Workflow commands for GitHub Actions, on standard output
    Github,
}

/// Checks a site, and prints what is wrong with it.
///
/// # Errors
/// A failure of the machine.
pub fn run(root: Option<PathBuf>, arguments: CheckArguments) -> Result<ExitCode, Error> {
    let started = Stopwatch::now();
    let order = arguments.order.order(root, false)?;
    let report = check(&order, arguments.links, &Bar::new(started))?;
    match arguments.format {
        Format::Human => print(&report, started),
        Format::Json => say!("{}", json(&report)),
        Format::Github => {
            let _ = write!(std::io::stdout(), "{}", github(&report, &order.root));
        }
    }
    Ok(ExitCode::from(u8::from(report.errors() > 0)))
}

fn print(report: &Report, started: Stopwatch) {
    print_diagnostics(&report.diagnostics);
    print_left_out(&report.left_out, usize::MAX);
    print_ahead(report.ahead.as_ref());
    let (errors, warnings) = (number(report.errors(), "error"), number(report.warnings(), "warning"));
    say!("checked in {}: {errors}, {warnings}", duration(started.elapsed()));
}
