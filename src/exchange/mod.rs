//! The ways in from other programs: their files come in, the articles of a timeline go out, with a note for each thing
//! that could not be carried over; nothing is written here.
//!
//! A format a file. [`import`] reads it, and gives a [`Harvest`]; [`Harvest::files`] is what is to be written.

mod addresses;
mod attributes;
mod bodies;
mod dates;
mod generated;
mod html;
mod hugo;
mod jekyll;
mod keys;
mod markwhen;
mod names;
mod notes;
mod own;
mod sheet;
mod slides;
mod tags;
mod timelinejs;
mod zola;

use std::path::{Path, PathBuf};

pub use keys::{Keys, date_value};
pub use notes::{Note, Reason};

use crate::Error;
use crate::input::{EntityKind, Foreign, Languages};
use crate::output::{NewContent, NewFile};
use crate::time::Zone;

/// What another program writes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// A timeline of TimelineJS: its JSON, or its sheet as CSV.
    TimelineJs,
    /// The folder of a site of Zola.
    Zola,
    /// The folder of a site of Hugo.
    Hugo,
    /// The folder of a site of Jekyll.
    Jekyll,
    /// A text of Markwhen.
    Markwhen,
}

/// How things are to be taken.
#[derive(Debug, Clone)]
pub struct Wishes {
    /// The folder of the timeline, below `content/`.
    pub into: PathBuf,
    /// The languages of the site.
    pub languages: Languages,
    /// The clock of the site, on which its days begin.
    pub clock: Zone,
    /// What a taxonomy of the other program becomes, beside what its name says.
    pub taxonomies: Vec<(String, EntityKind)>,
    /// The folder with the articles, where it is not the usual one.
    pub content: Option<PathBuf>,
}

/// What came in.
#[derive(Debug, Default)]
pub struct Harvest {
    /// The articles, in the order of their files.
    pub articles: Vec<Article>,
    /// Pictures and other files: where to, relative to the site's root, and where from.
    pub copies: Vec<(PathBuf, PathBuf)>,
    /// What could not be carried over, or should be known.
    pub notes: Vec<Note>,
}

/// An article that came in.
#[derive(Debug, Clone, PartialEq)]
pub struct Article {
    /// Its file, relative to the site's root.
    pub path: PathBuf,
    /// The file that it comes from.
    pub origin: PathBuf,
    /// What it is.
    pub kind: Kind,
    /// Its front matter.
    pub keys: Keys,
    /// Its text.
    pub body: String,
}

/// What an article is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// The `_index.md` of a timeline.
    Timeline,
    /// An event.
    Event,
    /// A page outside of timelines.
    Page,
}

/// Takes what another program wrote.
///
/// # Errors
/// Files that are not of this format at all, and failures of the machine.
pub fn import(format: Format, foreign: &Foreign, wishes: &Wishes) -> Result<Harvest, Error> {
    match format {
        Format::TimelineJs => timelinejs::import(foreign, wishes),
        Format::Markwhen => markwhen::import(foreign, wishes),
        Format::Zola => zola::import(foreign, wishes),
        Format::Hugo => hugo::import(foreign, wishes),
        Format::Jekyll => jekyll::import(foreign, wishes),
    }
}

impl Harvest {
    /// How many articles of a kind came in.
    #[must_use]
    pub fn count(&self, kind: Kind) -> usize {
        self.articles.iter().filter(|article| article.kind == kind).count()
    }

    /// The files to be written.
    #[must_use]
    pub fn files(&self) -> Vec<NewFile> {
        let articles = self.articles.iter().map(|article| NewFile {
            path: article.path.clone(),
            content: NewContent::Text(article.keys.article(&article.body)),
        });
        let copies = self
            .copies
            .iter()
            .map(|(path, from)| NewFile { path: path.clone(), content: NewContent::Copy(from.clone()) });
        articles.chain(copies).collect()
    }

    /// A file is to be copied; the same one may be asked for several times.
    fn copy(&mut self, to: PathBuf, from: PathBuf) {
        if !self.copies.iter().any(|(known, _)| *known == to) {
            self.copies.push((to, from));
        }
    }
}

/// The path of the `_index.md` of the timeline that everything goes into.
fn index_of(into: &Path) -> PathBuf {
    Path::new("content").join(into).join("_index.md")
}
