//! The program `dateline`: arguments in, printing and exit status out. What it does is in the library.

#![expect(clippy::print_stderr, reason = "this is the one room that prints")]

use std::collections::BTreeSet;
use std::io::IsTerminal;
use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant as Stopwatch};

use clap::{Args, Parser, Subcommand};
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use dateline::commands::build::{Absent, Build, Progress, Report, build, front_page};
use dateline::commands::clock;
use dateline::commands::serve::preview::Subject;
use dateline::commands::serve::{Listener, Serve, serve};
use dateline::input::settings::BaseUrl;
use dateline::site::{Options, Reason};
use dateline::time::Instant;
use dateline::{Diagnostic, Error};

/// Prints a line, and does not mind that nobody reads it any more.
macro_rules! say {
    ($($part:tt)*) => {{ let _ = std::io::Write::write_fmt(&mut std::io::stdout(), format_args!("{}\n", format_args!($($part)*))); }};
}

mod terminal;

/// Turns a folder of Markdown articles into a timeline: a static site of what happened, when, and how it is known.
#[derive(Debug, Parser)]
#[command(name = "dateline", version, arg_required_else_help = true)]
#[command(
    after_help = "To begin: dateline init my-site. What a command takes: dateline help COMMAND.\nStatus: 0 done, 1 a mistake of an author, 2 wrong usage or a failure of the machine."
)]
struct Arguments {
    /// The folder of the site, with its dateline.toml [default: the folder that one stands in]
    #[arg(long, global = true, value_name = "DIR")]
    root: Option<PathBuf>,
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Builds the site into public/ and says where to look
    Build(BuildArguments),
    /// Previews the site in a browser, and shows each change at once
    Serve(ServeArguments),
    /// Tells everything that is wrong with the site, and writes nothing
    Check(terminal::check::CheckArguments),
    /// Makes the file of a new event, filled in as far as is known
    New(terminal::new::NewArguments),
    /// Makes a small site that builds, in a new folder
    Init(terminal::init::InitArguments),
    /// Prints a JSON Schema of front matter or of the settings, for editors
    Schema(terminal::shells::SchemaArguments),
    /// Prints completions for a shell
    Completions(terminal::shells::CompletionsArguments),
    /// Prints the manual page of the program or of a command
    Man(terminal::shells::ManArguments),
}

#[derive(Debug, Args)]
struct BuildArguments {
    /// The folder to build into [default: public/ in the site's folder]
    #[arg(long, value_name = "DIR")]
    output: Option<PathBuf>,
    /// The address at which the site will stand, instead of the one in the settings
    #[arg(long, value_name = "URL", value_parser = BaseUrl::parse)]
    base_url: Option<BaseUrl>,
    /// Build drafts and embargoed articles as well, each with a mark
    #[arg(long)]
    drafts: bool,
    /// The clock of embargoes and expiries, as in 2023-09-15T18:00:00Z [default: now]
    #[arg(long, value_name = "INSTANT", value_parser = instant)]
    now: Option<Instant>,
    /// Count warnings as errors
    #[arg(long)]
    strict: bool,
    /// Write index.html into links, for a folder that is opened from disk
    #[arg(long)]
    file_links: bool,
}

#[derive(Debug, Args)]
struct ServeArguments {
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

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    let root = arguments.root;
    let result = match arguments.command {
        Command::Build(arguments) => run_build(root, arguments),
        Command::Serve(arguments) => run_serve(root, arguments),
        Command::Check(arguments) => terminal::check::run(root, arguments),
        Command::New(arguments) => terminal::new::run(root, arguments),
        Command::Init(arguments) => terminal::init::run(root, arguments),
        Command::Schema(arguments) => Ok(terminal::shells::print_schema(&arguments)),
        Command::Completions(arguments) => Ok(terminal::shells::print_completions(&arguments)),
        Command::Man(arguments) => terminal::shells::print_man(&arguments),
    };
    match result {
        Ok(code) => code,
        Err(error) => {
            eprintln!("error: {error}");
            ExitCode::from(2)
        }
    }
}

fn run_build(root: Option<PathBuf>, arguments: BuildArguments) -> Result<ExitCode, Error> {
    let started = Stopwatch::now();
    let epoch = std::env::var("SOURCE_DATE_EPOCH").ok();
    let options = Options {
        now: clock(arguments.now, epoch.as_deref())?,
        drafts: arguments.drafts,
        file_links: arguments.file_links,
        base_url: arguments.base_url,
    };
    let output = arguments.output.unwrap_or_else(|| root.clone().unwrap_or_default().join("public"));
    let root = root.unwrap_or_else(|| PathBuf::from("."));
    let order = Build { root, output, options, strict: arguments.strict };
    let report = build(&order, &Bar::new(started))?;
    print_diagnostics(&report.diagnostics);
    Ok(print_summary(&report, &order, started.elapsed()))
}

fn run_serve(root: Option<PathBuf>, arguments: ServeArguments) -> Result<ExitCode, Error> {
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

fn instant(text: &str) -> Result<Instant, String> {
    Instant::parse_rfc3339(text).map_err(|why| {
        format!("{why}; write a day, a time and an offset from UTC, as in 2023-09-15T18:00:00Z")
    })
}

fn print_diagnostics(diagnostics: &[Diagnostic]) {
    let dumb = std::env::var("TERM").is_ok_and(|terminal| terminal == "dumb");
    let plain = std::env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty());
    let colours = std::io::stderr().is_terminal() && !dumb && !plain;
    for diagnostic in diagnostics {
        eprintln!("{}\n", diagnostic.to_text(colours));
    }
}

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
    if report.warnings() > 0 {
        say!("{warnings}, above");
    }
    say!("look at {}", front_page(&order.output).display());
    ExitCode::SUCCESS
}

/// How many files of one reason a build names.
const NAMED: usize = 20;

fn print_left_out(left_out: &[Absent], named: usize) {
    let drafts: Vec<&Absent> = left_out.iter().filter(|absent| absent.reason == Reason::Draft).collect();
    let embargoed = left_out.iter().filter(|absent| matches!(absent.reason, Reason::Embargoed(_))).collect();
    let expired = left_out.iter().filter(|absent| matches!(absent.reason, Reason::Expired(_))).collect();
    let groups: [(&str, &str, Vec<&Absent>); 3] =
        [("draft", "", drafts), ("under embargo", "goes live ", embargoed), ("expired", "since ", expired)];
    for (why, when, group) in groups.iter().filter(|(_, _, group)| !group.is_empty()) {
        say!("left out, {why}: {}", number(group.len(), "article"));
        for absent in group.iter().take(named) {
            let local = absent.local.as_ref().map(|local| format!(": {when}{local}")).unwrap_or_default();
            say!("  {}{local}", absent.path.display());
        }
        if group.len() > named {
            say!("  and {} more", group.len() - named);
        }
    }
}

fn number(number: usize, noun: &str) -> String {
    if number == 1 { format!("1 {noun}") } else { format!("{number} {noun}s") }
}

fn duration(took: Duration) -> String {
    if took < Duration::from_secs(1) {
        format!("{} ms", took.as_millis())
    } else {
        format!("{:.1} s", took.as_secs_f64())
    }
}

/// A bar once rendering takes longer than a second; lines where nobody watches a terminal.
struct Bar {
    bar: ProgressBar,
    started: Stopwatch,
    shown: AtomicUsize,
    done: AtomicUsize,
}

/// After how long progress is shown, and how often a line is printed.
const PATIENCE: Duration = Duration::from_secs(1);
const LINE_EVERY: Duration = Duration::from_secs(5);

impl Bar {
    fn new(started: Stopwatch) -> Self {
        let bar = ProgressBar::with_draw_target(None, ProgressDrawTarget::hidden());
        let style = ProgressStyle::with_template("{bar:40} {pos} of {len} files, {eta} to go");
        bar.set_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()));
        Self { bar, started, shown: AtomicUsize::new(0), done: AtomicUsize::new(0) }
    }
}

impl Progress for Bar {
    fn begin(&self, pages: usize) {
        self.done.store(0, Ordering::Relaxed);
        self.bar.set_length(pages as u64);
    }

    fn page(&self) {
        let done = self.done.fetch_add(1, Ordering::Relaxed) + 1;
        if !done.is_multiple_of(64) || self.started.elapsed() < PATIENCE {
            return;
        }
        if std::io::stderr().is_terminal() {
            if self.shown.swap(1, Ordering::Relaxed) == 0 {
                self.bar.set_draw_target(ProgressDrawTarget::stderr());
            }
            self.bar.set_position(done as u64);
            return;
        }
        let lines = (self.started.elapsed().as_secs() / LINE_EVERY.as_secs()) as usize;
        if self.shown.fetch_max(lines, Ordering::Relaxed) < lines {
            eprintln!("{done} of {} files", self.bar.length().unwrap_or_default());
        }
    }

    fn wait(&self, why: &str) {
        eprintln!("{why}");
    }

    fn end(&self) {
        self.bar.finish_and_clear();
    }
}
