//! `dateline init` at a terminal: where the new site is, and what comes next.

use std::path::PathBuf;
use std::process::ExitCode;

use clap::Args;

use super::report::number;
use dateline::Error;
use dateline::commands::init::init;
use dateline::input::settings::LanguageTag;

/// What `init` is told.
#[derive(Debug, Args)]
#[command(after_help = "Examples:\n  dateline init my-site\n  dateline init mi-sitio --language es")]
pub struct InitArguments {
    /// The folder of the new site; it is made, or it is empty
    #[arg(value_name = "DIR")]
    folder: PathBuf,
    /// The language of the site, its texts and its explanations
    #[arg(long, value_name = "TAG", default_value = "en", value_parser = LanguageTag::parse)]
    language: LanguageTag,
}

/// Makes a site.
///
/// # Errors
/// A folder that is not empty, a language without a first site, and failures of the machine.
pub fn run(root: Option<PathBuf>, arguments: InitArguments) -> Result<ExitCode, Error> {
    let folder = root.unwrap_or_default().join(arguments.folder);
    let begun = init(&folder, &arguments.language)?;
    say!("{} in {}: a site with one timeline", number(begun.files, "file"), folder.display());
    say!("next: dateline serve --root {}", folder.display());
    say!("then: dateline new {}/my-event --root {}", begun.timeline, folder.display());
    Ok(ExitCode::SUCCESS)
}
