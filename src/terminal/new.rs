//! `dateline new` at a terminal: asks for what is missing where somebody can answer, and says what comes next.

use std::io::{BufRead, IsTerminal, Write};
use std::path::PathBuf;
use std::process::ExitCode;

use clap::Args;

use super::order::instant;
use dateline::Error;
use dateline::commands::clock;
use dateline::commands::new::plan;
use dateline::time::{Instant, WrittenDate};

/// What `new` is told.
#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  dateline new bridge/closure\n  dateline new bridge/closure --title \"The city closes the bridge\" --date 2023-09-13\n  dateline new bridge/2023/inquiry --date \"2023-09?\""
)]
pub struct NewArguments {
    /// The folder of a timeline and a name for the file, as in bridge/closure
    #[arg(value_name = "TIMELINE/NAME")]
    name: String,
    /// The headline [default: asked for at a terminal, else made of the name]
    #[arg(long)]
    title: Option<String>,
    /// When it happened, in EDTF: 2023-09-13, 2000-07, 1984?, unknown [default: asked for at a terminal, else today]
    #[arg(long, value_name = "DATE", value_parser = date, allow_hyphen_values = true)]
    date: Option<WrittenDate>,
    /// The clock that says which day is today, as in 2023-09-15T18:00:00Z [default: now]
    #[arg(long, value_name = "INSTANT", value_parser = instant)]
    now: Option<Instant>,
}

/// Makes the file of an event.
///
/// # Errors
/// A name that can't be, a timeline that is not there, an event that is, and failures of the machine.
pub fn run(root: Option<PathBuf>, arguments: NewArguments) -> Result<ExitCode, Error> {
    let epoch = std::env::var("SOURCE_DATE_EPOCH").ok();
    let now = clock(arguments.now, epoch.as_deref())?;
    let root = root.unwrap_or_else(|| PathBuf::from("."));
    let event = plan(&root, &arguments.name, now)?;
    let title = arguments.title.filter(|title| !title.trim().is_empty());
    let title = title.unwrap_or_else(|| ask("Title", &event.title, |text| Ok(text.to_string())));
    let today = event.today.as_written();
    let date = arguments.date.unwrap_or_else(|| ask("When did it happen", today, date));
    event.write(&title, &date)?;
    let path = root.join(&event.path);
    let path = path.strip_prefix(".").unwrap_or(&path).display();
    say!("{path} is made: {} on {date}", title.trim());
    say!("write the text below the second +++, uncomment what you know, and build");
    Ok(ExitCode::SUCCESS)
}

/// The answer at a terminal, asked for until it is right; what is proposed, where nobody can answer or does.
fn ask<T>(what: &str, proposed: &str, read: impl Fn(&str) -> Result<T, String>) -> T {
    let stdin = std::io::stdin();
    while stdin.is_terminal() && std::io::stderr().is_terminal() {
        eprint!("{what} [{proposed}]: ");
        let _ = std::io::stderr().flush();
        let mut line = String::new();
        let ended = stdin.lock().read_line(&mut line).map_or(true, |bytes| bytes == 0);
        if ended || line.trim().is_empty() {
            break;
        }
        match read(line.trim()) {
            Ok(answer) => return answer,
            Err(why) => eprintln!("{why}"),
        }
    }
    read(proposed).unwrap_or_else(|why| unreachable!("what is proposed is right: {why}"))
}

/// A date, with the sentences that front matter would be answered with.
fn date(text: &str) -> Result<WrittenDate, String> {
    WrittenDate::parse(text).map_err(|error| match error.help {
        Some(help) => format!("{}; {help}", error.message),
        None => error.message,
    })
}
