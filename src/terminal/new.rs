//! `dateline new` at a terminal: asks for what is missing where somebody can answer, and says what comes next.

use std::io::{BufRead, IsTerminal, Write};
use std::path::PathBuf;
use std::process::ExitCode;

use clap::Args;

use super::order::instant;
use dateline::Error;
use dateline::commands::clock;
use dateline::commands::new::{Newsroom, TimelineChoice};
use dateline::time::{Instant, WrittenDate};

/// What `new` is told.
#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  dateline new bridge/closure\n  dateline new bridge/closure --title \"The city closes the bridge\" --date 2023-09-13\n  dateline new bridge/2023/inquiry --date \"2023-09?\""
)]
pub struct NewArguments {
    /// The folder of a timeline and a name for the file, as in bridge/closure [default: asked for at a terminal]
    #[arg(value_name = "TIMELINE/NAME")]
    name: Option<String>,
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
    let newsroom = Newsroom::open(&root, now)?;
    let title = arguments.title.filter(|title| !title.trim().is_empty());
    let (event, title, date) = match whole_name(&newsroom, arguments.name)? {
        Name::Whole(name) => {
            let event = newsroom.event(&name)?;
            let title = title.map_or_else(|| ask("Title", Some(&event.title), text), Ok)?;
            let today = event.today.as_written();
            let date = arguments.date.map_or_else(|| ask(WHEN, Some(today), date), Ok)?;
            (event, title, date)
        }
        Name::In(timeline) => {
            let title = title.map_or_else(|| ask("Title", None, text), Ok)?;
            let today = newsroom.today(&timeline)?;
            let today = Some(today.as_written());
            let date = arguments.date.map_or_else(|| ask(WHEN, today, date), Ok)?;
            let proposed = newsroom.propose(&timeline, &title, &date);
            let event =
                |name: &str| newsroom.event(&format!("{timeline}/{name}")).map_err(|error| error.to_string());
            (ask("Name of the file", proposed.as_deref(), event)?, title, date)
        }
    };
    event.write(&title, &date)?;
    let path = root.join(&event.path);
    let path = path.strip_prefix(".").unwrap_or(&path).display();
    say!("{path} is made: {} on {date}", title.trim());
    say!("write the text below the second +++, uncomment what you know, and build");
    Ok(ExitCode::SUCCESS)
}

const WHEN: &str = "When did it happen";

/// What is known of where the event goes.
enum Name {
    /// `TIMELINE/NAME`.
    Whole(String),
    /// The timeline; the name is still to be asked for.
    In(String),
}

/// The name as it was given; where it is missing, or is that of a timeline alone, somebody at a terminal is asked.
fn whole_name(newsroom: &Newsroom, given: Option<String>) -> Result<Name, Error> {
    let timelines = newsroom.timelines();
    let is_timeline = |name: &str| timelines.iter().any(|timeline| timeline.folder == name);
    match (given, timelines.as_slice()) {
        (Some(name), _) if is_timeline(name.trim_end_matches('/')) && is_answered() => {
            Ok(Name::In(name.trim_end_matches('/').to_string()))
        }
        (Some(name), _) => Ok(Name::Whole(name)),
        (None, []) => Err(Error::Refused(
            "there is no timeline yet: make a folder in content/ with an _index.md that has a title"
                .to_string(),
        )),
        (None, [first, ..]) if !is_answered() => Err(Error::Refused(format!(
            "say which timeline the event goes to, and a name for its file, as in `dateline new {}/closure`; at a terminal you are asked",
            first.folder
        ))),
        (None, [only]) => Ok(Name::In(only.folder.clone())),
        (None, [first, ..]) => {
            let width = timelines.iter().map(|timeline| timeline.folder.chars().count()).max().unwrap_or(0);
            eprintln!("The timelines:");
            for TimelineChoice { folder, title } in &timelines {
                eprintln!("  {folder:width$}  {title}");
            }
            let known = |name: &str| match is_timeline(name) {
                true => Ok(name.to_string()),
                false => Err(format!("there is no timeline `{name}`: name one of these folders")),
            };
            Ok(Name::In(ask("Timeline", Some(&first.folder), known)?))
        }
    }
}

/// Whether somebody sits there who can answer.
fn is_answered() -> bool {
    std::io::stdin().is_terminal() && std::io::stderr().is_terminal()
}

/// The answer at a terminal, asked for until it is right; what is proposed, where nobody can answer or does.
fn ask<T>(what: &str, proposed: Option<&str>, read: impl Fn(&str) -> Result<T, String>) -> Result<T, Error> {
    while is_answered() {
        eprint!("{what}{}: ", proposed.map(|proposed| format!(" [{proposed}]")).unwrap_or_default());
        let _ = std::io::stderr().flush();
        let mut line = String::new();
        let ended = std::io::stdin().lock().read_line(&mut line).map_or(true, |bytes| bytes == 0);
        if ended || (line.trim().is_empty() && proposed.is_some()) {
            break;
        }
        match read(line.trim()) {
            Ok(answer) => return Ok(answer),
            Err(why) => eprintln!("{why}"),
        }
    }
    let proposed =
        proposed.ok_or_else(|| Error::Refused("nothing was answered, and nothing is made".to_string()))?;
    read(proposed).map_err(Error::Refused)
}

/// Any text, but there must be one.
fn text(answer: &str) -> Result<String, String> {
    match answer.is_empty() {
        true => Err("write a few words".to_string()),
        false => Ok(answer.to_string()),
    }
}

/// A date, with the sentences that front matter would be answered with.
fn date(text: &str) -> Result<WrittenDate, String> {
    WrittenDate::parse(text).map_err(|error| match error.help {
        Some(help) => format!("{}; {help}", error.message),
        None => error.message,
    })
}
