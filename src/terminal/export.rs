//! `dateline export` at a terminal: the bytes of a format, to standard output or into a file.

use std::io::Write;
use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Args, ValueEnum};

use super::order::instant;
use super::report::print_diagnostics;
use dateline::Error;
use dateline::commands::clock;
use dateline::commands::export::{ExportFormat, Order, export, write};
use dateline::input::settings::BaseUrl;
use dateline::site::Options;
use dateline::time::Instant;

/// What `export` is told.
#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  dateline export csv > events.csv\n  dateline export timelinejs bridge --output bridge.json"
)]
pub struct ExportArguments {
    /// The form
    #[arg(value_name = "FORMAT")]
    format: FormatName,
    /// The folder of the timeline; not needed where there is one alone
    #[arg(value_name = "TIMELINE")]
    timeline: Option<String>,
    /// The file to write, which is replaced [default: standard output]
    #[arg(long, value_name = "FILE")]
    output: Option<PathBuf>,
    /// The address at which the site stands, instead of the one in the settings
    #[arg(long, value_name = "URL", value_parser = BaseUrl::parse)]
    base_url: Option<BaseUrl>,
    /// The clock of embargoes and expiries, as in 2023-09-15T18:00:00Z [default: now]
    #[arg(long, value_name = "INSTANT", value_parser = instant)]
    now: Option<Instant>,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum FormatName {
    /// The JSON of TimelineJS 3, with all that it can't hold beside it
    Timelinejs,
    /// A table that spreadsheets open right
    Csv,
}

/// Gives a timeline out.
///
/// # Errors
/// A timeline or format that is not there, and failures of the machine.
pub fn run(root: Option<PathBuf>, arguments: ExportArguments) -> Result<ExitCode, Error> {
    let epoch = std::env::var("SOURCE_DATE_EPOCH").ok();
    let options = Options {
        now: clock(arguments.now, epoch.as_deref())?,
        as_of: None,
        drafts: false,
        file_links: false,
        base_url: arguments.base_url,
    };
    let format = match arguments.format {
        FormatName::Timelinejs => ExportFormat::TimelineJs,
        FormatName::Csv => ExportFormat::Table,
    };
    let root = root.unwrap_or_else(|| PathBuf::from("."));
    let order = Order { root: root.clone(), format, timeline: arguments.timeline, options };
    let exported = export(&order)?;
    print_diagnostics(&exported.errors);
    let Some(bytes) = exported.bytes else { return Ok(ExitCode::from(1)) };
    match arguments.output {
        Some(path) => write(&root, &path, &bytes)?,
        // Who reads no more has what was wanted.
        None => drop(std::io::stdout().write_all(&bytes)),
    }
    Ok(ExitCode::SUCCESS)
}
