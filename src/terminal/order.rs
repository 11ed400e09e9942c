//! What a command that goes through a whole site is told, whether it builds it or judges it.

use std::path::{Path, PathBuf};

use clap::Args;

use dateline::Error;
use dateline::commands::build::Build;
use dateline::commands::clock;
use dateline::input::settings::BaseUrl;
use dateline::site::Options;
use dateline::time::Instant;

/// The arguments that `build` and `check` share.
#[derive(Debug, Args)]
pub struct OrderArguments {
    /// The output folder; `check` reads there which pages have vanished [default: public/ in the site's folder]
    #[arg(long, value_name = "DIR")]
    output: Option<PathBuf>,
    /// The address at which the site will stand, instead of the one in the settings
    #[arg(long, value_name = "URL", value_parser = BaseUrl::parse)]
    base_url: Option<BaseUrl>,
    /// Take drafts and embargoed articles as well; a build marks each
    #[arg(long)]
    drafts: bool,
    /// The clock of embargoes and expiries, as in 2023-09-15T18:00:00Z [default: now]
    #[arg(long, value_name = "INSTANT", value_parser = instant)]
    now: Option<Instant>,
    /// Count warnings as errors
    #[arg(long)]
    strict: bool,
}

impl OrderArguments {
    /// The folder that a build without `--output` writes into, below that of the site.
    pub fn output_by_default(mut self, root: Option<&Path>, name: &str) -> Self {
        let output = self.output.take();
        self.output = output.or_else(|| Some(root.map(Path::to_path_buf).unwrap_or_default().join(name)));
        self
    }

    /// The order that they give.
    ///
    /// # Errors
    /// A clock that can't be read.
    pub fn order(self, root: Option<PathBuf>, file_links: bool) -> Result<Build, Error> {
        let epoch = std::env::var("SOURCE_DATE_EPOCH").ok();
        let options = Options {
            now: clock(self.now, epoch.as_deref())?,
            drafts: self.drafts,
            as_of: None,
            file_links,
            base_url: self.base_url,
        };
        let output = self.output.unwrap_or_else(|| root.clone().unwrap_or_default().join("public"));
        let root = root.unwrap_or_else(|| PathBuf::from("."));
        Ok(Build { root, output, options, strict: self.strict })
    }
}

/// An instant as an argument.
pub fn instant(text: &str) -> Result<Instant, String> {
    Instant::parse_rfc3339(text).map_err(|why| {
        format!("{why}; write a day, a time and an offset from UTC, as in 2023-09-15T18:00:00Z")
    })
}
