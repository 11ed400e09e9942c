//! The program `dateline`: arguments in, exit status out. What it does is in the library; `terminal` prints.

#![expect(clippy::print_stderr, reason = "this is the program that prints")]

/// Prints a line, and does not mind that nobody reads it any more.
macro_rules! say {
    ($($part:tt)*) => {{ let _ = std::io::Write::write_fmt(&mut std::io::stdout(), format_args!("{}\n", format_args!($($part)*))); }};
}

mod terminal;

use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Parser, Subcommand};

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

/// Pages are made of many small texts; the system's own allocator took a fifth of a build's time for them.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

#[derive(Debug, Subcommand)]
enum Command {
    /// Builds the site into public/ and says where to look
    Build(terminal::build::BuildArguments),
    /// Previews the site in a browser, and shows each change at once
    Serve(terminal::serve::ServeArguments),
    /// Tells everything that is wrong with the site, and writes nothing
    Check(terminal::check::CheckArguments),
    /// Makes the file of a new event, filled in as far as is known
    New(terminal::new::NewArguments),
    /// Makes a small site that builds, in a new folder
    Init(terminal::init::InitArguments),
    /// Takes what another program wrote: TimelineJS, Zola, Hugo, Jekyll, Markwhen
    Import(terminal::import::ImportArguments),
    /// Gives a timeline out: the JSON of TimelineJS, or a table
    Export(terminal::export::ExportArguments),
    /// Builds the site, shows what differs from what is online, and sends that
    #[cfg(feature = "publish")]
    Publish(terminal::publish::PublishArguments),
    /// Prints a JSON Schema of front matter or of the settings, for editors
    Schema(terminal::shells::SchemaArguments),
    /// Prints completions for a shell
    Completions(terminal::shells::CompletionsArguments),
    /// Prints the manual page of the program or of a command
    Man(terminal::shells::ManArguments),
}

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    let root = arguments.root;
    let result = match arguments.command {
        Command::Build(arguments) => terminal::build::run(root, arguments),
        Command::Serve(arguments) => terminal::serve::run(root, arguments),
        Command::Check(arguments) => terminal::check::run(root, arguments),
        Command::New(arguments) => terminal::new::run(root, arguments),
        Command::Init(arguments) => terminal::init::run(root, arguments),
        Command::Import(arguments) => terminal::import::run(root, arguments),
        Command::Export(arguments) => terminal::export::run(root, arguments),
        #[cfg(feature = "publish")]
        Command::Publish(arguments) => terminal::publish::run(root, arguments),
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
