//! What editors, shells and `man` ask for: schemas, completions and manual pages, on standard output.

use std::io::Write;
use std::process::ExitCode;

use clap::{Args, CommandFactory, ValueEnum};
use clap_complete::Shell;

use dateline::Error;
use dateline::input::schemas::{Subject, schema};

/// What `schema` is told.
#[derive(Debug, Args)]
pub struct SchemaArguments {
    /// What the schema is of
    #[arg(value_enum, default_value_t = Kind::FrontMatter)]
    kind: Kind,
}

/// What `completions` is told.
#[derive(Debug, Args)]
pub struct CompletionsArguments {
    /// The shell
    #[arg(value_enum)]
    shell: Shell,
}

/// What `man` is told.
#[derive(Debug, Args)]
pub struct ManArguments {
    /// The command whose page it is [default: the program's]
    command: Option<String>,
}

/// What there is a schema of.
#[derive(Debug, Clone, Copy, ValueEnum)]
enum Kind {
    /// An event
    FrontMatter,
    /// A person, an organization, a place or a topic
    Entity,
    /// A timeline's _index.md
    Timeline,
    /// A page outside of timelines, and the front page
    Page,
    /// dateline.toml
    Settings,
}

/// Prints a JSON Schema.
pub fn print_schema(arguments: &SchemaArguments) -> ExitCode {
    let subject = match arguments.kind {
        Kind::FrontMatter => Subject::FrontMatter,
        Kind::Entity => Subject::Entity,
        Kind::Timeline => Subject::Timeline,
        Kind::Page => Subject::Page,
        Kind::Settings => Subject::Settings,
    };
    say!("{:#}", schema(subject));
    ExitCode::SUCCESS
}

/// Prints the completions of a shell.
pub fn print_completions(arguments: &CompletionsArguments) -> ExitCode {
    let mut text = Vec::new();
    clap_complete::generate(arguments.shell, &mut crate::Arguments::command(), "dateline", &mut text);
    print(&text)
}

/// Prints a page for `man`.
///
/// # Errors
/// A command that does not exist.
pub fn print_man(arguments: &ManArguments) -> Result<ExitCode, Error> {
    let mut program = crate::Arguments::command();
    program.build();
    let page = match &arguments.command {
        None => program,
        Some(name) => program.find_subcommand(name).cloned().ok_or_else(|| no_command(&program, name))?,
    };
    let mut text = Vec::new();
    let rendered = clap_mangen::Man::new(page).render(&mut text);
    rendered.map_err(|error| Error::Refused(format!("the page can't be made: {error}")))?;
    Ok(print(&text))
}

fn no_command(program: &clap::Command, name: &str) -> Error {
    let names: Vec<&str> = program.get_subcommands().map(clap::Command::get_name).collect();
    let help = match dateline::input::nearest(name, &names) {
        Some(near) => format!("did you mean `{near}`?"),
        None => format!("the commands are {}", names.join(", ")),
    };
    Error::Refused(format!("there is no command `{name}`; {help}"))
}

/// Prints bytes, and does not mind that nobody reads them any more.
fn print(text: &[u8]) -> ExitCode {
    let _ = std::io::stdout().write_all(text);
    ExitCode::SUCCESS
}
