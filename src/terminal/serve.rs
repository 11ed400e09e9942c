//! `dateline serve` at a terminal: where to look, a line a change, and each mistake once.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::Arc;
use std::time::{Duration, Instant as Stopwatch};

use clap::Args;

use super::order::instant;
use super::report::{duration, number, print_diagnostics};
use dateline::commands::clock;
use dateline::commands::serve::preview::Subject;
use dateline::commands::serve::{Listener, Serve, serve};
use dateline::site::Turn;
use dateline::time::Instant;
use dateline::{Diagnostic, Error};

/// What `serve` is told.
#[derive(Debug, Args)]
pub struct ServeArguments {
    /// The port to listen at [default: 4000, or the next one that is free]
    #[arg(long, value_name = "N")]
    port: Option<u16>,
    /// The name or address to listen at; with any but this one, other machines may look
    #[arg(long, value_name = "HOST", default_value = "127.0.0.1")]
    host: String,
    /// Show drafts and embargoed articles as well, each with a mark
    #[arg(long)]
    drafts: bool,
    /// Open the browser
    #[arg(long)]
    open: bool,
    /// Look for changes, instead of waiting for the system to tell of them
    #[arg(long)]
    poll: bool,
    /// The clock of embargoes and expiries, as in 2023-09-15T18:00:00Z [default: now]
    #[arg(long, value_name = "INSTANT", value_parser = instant)]
    now: Option<Instant>,
}

/// Previews a site until it is told to end.
///
/// # Errors
/// A failure of the machine.
pub fn run(root: Option<PathBuf>, arguments: ServeArguments) -> Result<ExitCode, Error> {
    let epoch = std::env::var("SOURCE_DATE_EPOCH").ok();
    let now = arguments.now;
    let subject = Subject {
        root: root.unwrap_or_else(|| PathBuf::from(".")),
        drafts: arguments.drafts,
        clock: Box::new(move || clock(now, epoch.as_deref())),
    };
    let ServeArguments { host, port, poll, open, .. } = arguments;
    let listener: Arc<dyn Listener> = Arc::new(Narrator { started: Stopwatch::now(), opens: open });
    let mistakes = serve(Serve { subject, host, port, poll }, &listener)?;
    print_diagnostics(&mistakes);
    Ok(if mistakes.is_empty() { ExitCode::SUCCESS } else { ExitCode::from(1) })
}

/// Tells at the terminal what a preview does: a line a change, and each mistake once.
struct Narrator {
    started: Stopwatch,
    opens: bool,
}

impl Listener for Narrator {
    fn ready(&self, address: &str, articles: usize, taken: Option<u16>) {
        if let Some(port) = taken {
            say!("port {port} is taken, so this is another one");
        }
        say!("{} read in {}", number(articles, "article"), duration(self.started.elapsed()));
        say!("look at {address} (Ctrl-C ends this)");
        if self.opens {
            open_browser(address);
        }
    }

    fn changed(&self, paths: &BTreeSet<PathBuf>, took: Duration) {
        let Some(first) = paths.first().map(|path| path.display()) else { return };
        let others = match paths.len() {
            1 => String::new(),
            more => format!(" and {}", number(more - 1, "other file")),
        };
        say!("changed: {first}{others}, planned in {}", duration(took));
    }

    fn mistakes(&self, new: &[Diagnostic], errors: usize, warnings: usize) {
        print_diagnostics(new);
        match (errors, warnings) {
            (0, 0) => say!("nothing is wrong any more"),
            (0, _) => say!("{}", number(warnings, "warning")),
            _ => say!("{}, {}", number(errors, "error"), number(warnings, "warning")),
        }
    }

    fn time_has_come(&self, turn: Turn, article: &Path) {
        match turn {
            Turn::EmbargoEnds => say!("the embargo on {} has ended", article.display()),
            Turn::Expires => say!("{} has expired", article.display()),
            Turn::LeavesNews => say!("{} is in the news sitemap no longer", article.display()),
        }
    }

    fn note(&self, sentence: &str) {
        eprintln!("{sentence}");
    }
}

/// Asks the system to open an address; where it can't, the line with the address has been printed.
fn open_browser(address: &str) {
    let (program, arguments): (&str, &[&str]) = match std::env::consts::OS {
        "macos" => ("open", &[]),
        "windows" => ("cmd", &["/c", "start", ""]),
        _ => ("xdg-open", &[]),
    };
    let mut browser = std::process::Command::new(program);
    let quiet = || std::process::Stdio::null();
    if browser.args(arguments).arg(address).stdin(quiet()).stdout(quiet()).stderr(quiet()).spawn().is_err() {
        eprintln!("`{program}` can't be started: open the address by hand");
    }
}
