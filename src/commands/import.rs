//! `dateline import`: what another program wrote goes in, new articles come out: all of them or none, and no file is
//! replaced.
//!
//! [`plan`] reads and says what would be written; [`Plan::write`] writes it.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::Error;
use crate::address::segment;
use crate::exchange::{self, Format, Harvest, Kind, Wishes};
use crate::input::{EntityKind, Foreign, Input};
use crate::output::{NewFile, create_all, taken};
use crate::time::Zone;

/// What is to be taken, and how.
#[derive(Debug, Clone)]
pub struct Order {
    /// The site.
    pub root: PathBuf,
    /// What wrote it.
    pub format: Format,
    /// The file or folder.
    pub path: PathBuf,
    /// The folder of the timeline, below `content/`; else it is called as the file or folder is.
    pub into: Option<String>,
    /// What taxonomies become.
    pub taxonomies: Vec<(String, EntityKind)>,
    /// The folder of the articles in a site of another generator.
    pub content: Option<PathBuf>,
}

/// What would be written.
#[derive(Debug)]
pub struct Plan {
    root: PathBuf,
    /// What came in, and what is to be known of it.
    pub harvest: Harvest,
    /// The files.
    pub files: Vec<NewFile>,
    /// The folder of the timeline, relative to the site's root.
    pub folder: PathBuf,
    /// Whether the timeline was there before.
    pub is_added: bool,
}

/// Reads what another program wrote.
///
/// # Errors
/// A folder that is no site, files that are not of the format, a file that would be replaced, and failures of the machine.
pub fn plan(order: &Order) -> Result<Plan, Error> {
    let input = Arc::new(Input::read(&order.root)?);
    if !input.has_settings() {
        return Err(Error::Refused(format!(
            "there is no dateline.toml in {} that can be read: go to the folder of your site, or name it with --root; \
             `dateline init DIR` makes a new one",
            order.root.display()
        )));
    }
    let foreign = Foreign::open(&order.path)?;
    let into = into(order.into.as_deref(), &foreign)?;
    let wishes = Wishes {
        into: into.clone(),
        languages: input.languages.clone(),
        clock: input.settings.timezone.unwrap_or(Zone::UTC),
        taxonomies: order.taxonomies.clone(),
        content: order.content.clone(),
    };
    let mut harvest = exchange::import(order.format, &foreign, &wishes)?;
    if harvest.count(Kind::Event) + harvest.count(Kind::Page) == 0 {
        return Err(Error::Refused(format!(
            "nothing in {} could be taken: is it the folder of the whole site, or the right file?",
            order.path.display()
        )));
    }
    let index = Path::new("content").join(&into).join("_index.md");
    let is_added = input.position(&index).is_some();
    if is_added {
        harvest.articles.retain(|article| article.path != index);
    }
    harvest.notes.sort_by_cached_key(order_of);
    let files = harvest.files();
    refuse_taken(&order.root, &files)?;
    let folder = Path::new("content").join(into);
    Ok(Plan { root: order.root.clone(), harvest, files, folder, is_added })
}

impl Plan {
    /// Writes all files.
    ///
    /// # Errors
    /// A file that is there by now, and failures of the machine; then nothing was written.
    pub fn write(&self) -> Result<(), Error> {
        create_all(&self.root, &self.files)
    }
}

/// The folder of the timeline, checked.
fn into(written: Option<&str>, foreign: &Foreign) -> Result<PathBuf, Error> {
    let refused = |why: &str| {
        Err(Error::Refused(format!(
            "--into names the folder of a timeline below content/, as in --into bridge: {why}"
        )))
    };
    let Some(written) = written else {
        let name = segment(&foreign.name());
        return match name.is_empty() || is_reserved(&name) {
            true => refused("the file's own name can't be one"),
            false => Ok(PathBuf::from(name)),
        };
    };
    let inner = written.trim_matches('/');
    let inner = inner.strip_prefix("content/").unwrap_or(inner);
    let parts: Vec<&str> = inner.split('/').collect();
    if parts
        .iter()
        .any(|part| segment(part).is_empty() || part.starts_with(['.', '_']) || part.contains('\\'))
    {
        return refused(&format!("`{written}` can't be one"));
    }
    if is_reserved(parts[0]) {
        return refused(&format!("`{}` is kept for pages about {}", parts[0], parts[0]));
    }
    Ok(parts.iter().collect())
}

fn is_reserved(name: &str) -> bool {
    EntityKind::ALL.iter().any(|kind| kind.folder() == name)
}

/// How many files that stand in the way are named.
const NAMED: usize = 10;

fn refuse_taken(root: &Path, files: &[NewFile]) -> Result<(), Error> {
    let taken = taken(root, files.iter().map(|file| file.path.as_path()))?;
    if taken.is_empty() {
        return Ok(());
    }
    let mut names: Vec<String> = taken.iter().take(NAMED).map(|path| path.display().to_string()).collect();
    if taken.len() > NAMED {
        names.push(format!("and {} more", taken.len() - NAMED));
    }
    Err(Error::Refused(format!(
        "{} of {} files are there already, and nothing was written:\n  {}\nchoose another timeline with --into, or move them away",
        taken.len(),
        files.len(),
        names.join("\n  ")
    )))
}

fn order_of(note: &exchange::Note) -> (PathBuf, Option<usize>, Option<usize>, exchange::Reason, String) {
    let line = note.place.line.as_ref().map(|line| line.number);
    (note.place.path.clone(), line, note.place.column(), note.reason, note.sentence.clone())
}
