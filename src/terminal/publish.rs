//! `dateline publish` at a terminal: what would be done, a question, how far it is, and how it ended.

use std::io::{BufRead, IsTerminal, Write};
use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::time::{Duration, Instant as Stopwatch};

use clap::{Args, ValueEnum};
use indicatif::{HumanBytes, ProgressBar, ProgressDrawTarget, ProgressStyle};

use super::order::OrderArguments;
use super::progress::Bar;
use super::report::{duration, number, print_diagnostics};
use dateline::Error;
use dateline::commands::build::Progress;
use dateline::commands::publish::{Answer, Conversation, End, Proposal, Publish, Published, publish};
use dateline::publish::sending::Watch;
use dateline::publish::{Patience, Plan, Refusal, Why};

/// What `publish` is told.
#[derive(Debug, Args)]
pub struct PublishArguments {
    /// The target: NAME of a part [publish.NAME] of dateline.toml; not needed where there is one alone
    #[arg(value_name = "NAME")]
    name: Option<String>,
    #[command(flatten)]
    order: OrderArguments,
    /// Show what would be sent and deleted, and do nothing
    #[arg(long)]
    dry_run: bool,
    /// Do not ask
    #[arg(long)]
    yes: bool,
    /// Name every file of the plan
    #[arg(long)]
    verbose: bool,
    /// How many files may be deleted this time, instead of what the settings say
    #[arg(long, value_name = "N")]
    max_deletes: Option<usize>,
    /// Read everything back that is online, and mend what is not as it was published
    #[arg(long)]
    verify: bool,
    /// Take the lock from a publish that has died
    #[arg(long)]
    break_lock: bool,
    /// How long to wait for one answer of the host; pauses between tries grow with it
    #[arg(long, value_name = "SECONDS", default_value_t = 30, value_parser = clap::value_parser!(u64).range(1..=3600))]
    timeout: u64,
    /// How the plan is printed
    #[arg(long, value_name = "FORMAT", default_value = "human")]
    format: Format,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    Human,
    Json,
}

/// Publishes a site, and prints what was done.
///
/// # Errors
/// A failure of the machine, of the host or of the line.
pub fn run(root: Option<PathBuf>, arguments: PublishArguments) -> Result<ExitCode, Error> {
    let started = Stopwatch::now();
    let order = Publish {
        build: arguments.order.order(root, false)?,
        name: arguments.name,
        dry_run: arguments.dry_run,
        max_deletes: arguments.max_deletes,
        verify: arguments.verify,
        break_lock: arguments.break_lock,
        patience: Patience { timeout: Duration::from_secs(arguments.timeout), ..Patience::default() },
    };
    let narrator = Narrator {
        building: Bar::new(started),
        sending: ProgressBar::with_draw_target(None, ProgressDrawTarget::hidden()),
        files: AtomicUsize::new(0),
        done: AtomicUsize::new(0),
        told: AtomicUsize::new(0),
        stopped: stop_by_ctrl_c()?,
        started,
        yes: arguments.yes,
        verbose: arguments.verbose,
        format: arguments.format,
    };
    let published = publish(&order, &narrator)?;
    print_diagnostics(&published.report.diagnostics);
    narrator.print_end(&published);
    Ok(if published.is_failure() { ExitCode::from(1) } else { ExitCode::SUCCESS })
}

/// Becomes true when somebody presses Ctrl-C; the second time the program ends at once.
fn stop_by_ctrl_c() -> Result<Arc<AtomicBool>, Error> {
    let stopped = Arc::new(AtomicBool::new(false));
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
    let runtime = runtime.map_err(|error| Error::Refused(format!("cannot wait for Ctrl-C: {error}")))?;
    let flag = Arc::clone(&stopped);
    std::thread::spawn(move || {
        runtime.block_on(async {
            while tokio::signal::ctrl_c().await.is_ok() {
                if flag.swap(true, Ordering::Relaxed) {
                    std::process::exit(130);
                }
                eprintln!("stopping after the files that are on their way; Ctrl-C once more stops at once");
            }
        });
    });
    Ok(stopped)
}

/// Tells at the terminal what a publish does.
struct Narrator {
    building: Bar,
    sending: ProgressBar,
    files: AtomicUsize,
    done: AtomicUsize,
    told: AtomicUsize,
    stopped: Arc<AtomicBool>,
    started: Stopwatch,
    yes: bool,
    verbose: bool,
    format: Format,
}

/// How often a line is printed where nobody watches a bar.
const LINE_EVERY: u64 = 5;

impl Progress for Narrator {
    fn begin(&self, pages: usize) {
        self.building.begin(pages);
    }

    fn page(&self) {
        self.building.page();
    }

    fn wait(&self, why: &str) {
        self.building.wait(why);
    }

    fn note(&self, what: &str) {
        self.building.note(what);
    }

    fn end(&self) {
        self.building.end();
    }
}

impl Watch for Narrator {
    fn begin(&self, files: usize, bytes: u64) {
        self.files.store(files, Ordering::Relaxed);
        self.sending.set_length(bytes);
        let style = ProgressStyle::with_template("{bar:40} {bytes} of {total_bytes}, {eta} to go: {msg}");
        self.sending.set_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()));
        self.sending.reset();
        if std::io::stderr().is_terminal() {
            self.sending.set_draw_target(ProgressDrawTarget::stderr());
        }
    }

    fn phase(&self, name: &str) {
        self.sending.set_message(name.to_string());
    }

    fn sent(&self, bytes: u64) {
        self.sending.inc(bytes);
        let done = self.done.fetch_add(1, Ordering::Relaxed) + 1;
        let lines = (self.started.elapsed().as_secs() / LINE_EVERY) as usize;
        if !std::io::stderr().is_terminal() && self.told.fetch_max(lines, Ordering::Relaxed) < lines {
            let (sent, all) = (self.sending.position(), self.sending.length().unwrap_or_default());
            let files = self.files.load(Ordering::Relaxed);
            let left = duration(self.sending.eta());
            eprintln!("{done} of {files} files, {} of {}, {left} to go", HumanBytes(sent), HumanBytes(all));
        }
    }

    fn end(&self) {
        self.sending.finish_and_clear();
    }

    fn is_stopped(&self) -> bool {
        self.stopped.load(Ordering::Relaxed)
    }
}

impl Conversation for Narrator {
    fn agree(&self, proposal: &Proposal<'_>) -> Answer {
        if self.format == Format::Human {
            self.print_plan(proposal);
        }
        if self.yes {
            return Answer::Yes;
        }
        if !std::io::stdin().is_terminal() {
            eprintln!("nobody is there to ask: with --yes it is done without asking");
            return Answer::No;
        }
        eprint!("publish this to `{}`? [y/N] ", proposal.target);
        let _ = std::io::stderr().flush();
        let mut answer = String::new();
        let read = std::io::stdin().lock().read_line(&mut answer);
        match read.is_ok() && matches!(answer.trim().to_lowercase().as_str(), "y" | "yes") {
            true => Answer::YesLater,
            false => Answer::No,
        }
    }
}

impl Narrator {
    fn print_plan(&self, proposal: &Proposal<'_>) {
        let plan = proposal.plan;
        for note in proposal.notes {
            eprintln!("note: {note}");
        }
        say!("to `{}` ({}):", proposal.target, proposal.kind);
        for (why, words) in
            [(Why::New, "new"), (Why::Bytes, "changed"), (Why::Headers, "changed in their headers alone")]
        {
            let (files, bytes) = plan.sent_for(why);
            if files > 0 {
                say!("  {}, {words}: {}", number(files, "file"), HumanBytes(bytes));
            }
            let sends = plan.sends.iter().filter(|send| send.why == why && self.verbose);
            sends.for_each(|send| say!("    {}", send.object.path));
        }
        if !plan.deletes.is_empty() {
            let bytes = plan.deletes.iter().map(|deletion| deletion.length).sum();
            say!("  {} to be deleted: {}", number(plan.deletes.len(), "file"), HumanBytes(bytes));
            let deletes = plan.deletes.iter().filter(|_| self.verbose);
            deletes.for_each(|deletion| say!("    {}", deletion.path));
        }
        if !plan.superseded.is_empty() {
            say!("  {} superseded, and kept for a while", number(plan.superseded.len(), "file"));
            plan.superseded.iter().filter(|_| self.verbose).for_each(|entry| say!("    {}", entry.path));
        }
        say!("  {} unchanged", number(plan.unchanged, "file"));
    }

    fn print_end(&self, published: &Published) {
        let Some(plan) = &published.plan else {
            let (errors, warnings) = (published.report.errors(), published.report.warnings());
            eprintln!("{}, {}: nothing was published", number(errors, "error"), number(warnings, "warning"));
            return;
        };
        if self.format == Format::Json {
            say!("{}", json(published, plan));
        }
        let proposal =
            Proposal { target: &published.target, kind: published.kind, plan, notes: &published.notes };
        match &published.end {
            End::DryRun if self.format == Format::Human => {
                self.print_plan(&proposal);
                say!("nothing was sent: this was only the plan");
            }
            End::Refused(refusal) => {
                if self.format == Format::Human {
                    self.print_plan(&proposal);
                }
                eprintln!("error: {}", refusal_in_words(refusal));
            }
            End::Unchanged if self.format == Format::Human => {
                published.notes.iter().for_each(|note| eprintln!("note: {note}"));
                say!(
                    "`{}` has it all already: {} unchanged, nothing was sent",
                    published.target,
                    number(plan.unchanged, "file")
                );
            }
            End::Declined => eprintln!("nothing was sent"),
            End::Done if self.format == Format::Human => {
                published
                    .notes
                    .iter()
                    .filter(|note| note.contains("ignores conditions"))
                    .for_each(|note| eprintln!("warning: {note}"));
                say!(
                    "published to `{}` in {}: {} sent ({}), {} deleted",
                    published.target,
                    duration(self.started.elapsed()),
                    number(plan.sends.len(), "file"),
                    HumanBytes(plan.bytes()),
                    plan.deletes.len()
                );
            }
            _ => {}
        }
    }
}

fn refusal_in_words(refusal: &Refusal) -> String {
    match refusal {
        Refusal::Empty => {
            "the site has no page but its front page, and what is online has: nothing was sent or deleted\n  \
             help: see whether --root names the right folder and whether content/ is there"
                .to_string()
        }
        Refusal::TooMany { deletes, ours } => format!(
            "{deletes} of {ours} files would be deleted, which is more than [publish] allows: nothing was sent or deleted\n  \
             help: look at their names with --dry-run --verbose; if it is right, publish with --max-deletes {deletes}"
        ),
    }
}

/// The plan and its end for programs.
fn json(published: &Published, plan: &Plan) -> String {
    let reason = |why: Why| match why {
        Why::New => "new",
        Why::Bytes => "bytes",
        Why::Headers => "headers",
    };
    let end = match published.end {
        End::Mistakes => "mistakes",
        End::DryRun => "dry-run",
        End::Unchanged => "unchanged",
        End::Declined => "declined",
        End::Refused(_) => "refused",
        End::Done => "done",
    };
    let sends = plan.sends.iter().map(|send| {
        let object = &send.object;
        serde_json::json!({
            "path": object.path, "why": reason(send.why), "bytes": object.length, "type": object.media_type,
            "cache": object.role.cache_control(), "phase": object.role.name(),
        })
    });
    let deletes = plan
        .deletes
        .iter()
        .map(|deletion| serde_json::json!({ "path": deletion.path, "bytes": deletion.length }));
    let value = serde_json::json!({
        "target": published.target,
        "kind": published.kind,
        "end": end,
        "unchanged": plan.unchanged,
        "bytes": plan.bytes(),
        "sends": sends.collect::<Vec<_>>(),
        "deletes": deletes.collect::<Vec<_>>(),
        "superseded": plan.superseded.iter().map(|entry| &entry.path).collect::<Vec<_>>(),
        "notes": published.notes,
    });
    serde_json::to_string_pretty(&value).unwrap_or_default()
}
