//! `dateline init`: a small site in a new folder, which builds and explains itself.
//!
//! The sites are those of `starter/` beside this file, one a language, compiled in.

use std::path::Path;

use include_dir::{Dir, include_dir};

use crate::Error;
use crate::input::languages::in_language;
use crate::input::settings::LanguageTag;
use crate::output::{create_source_file, new_folder};

static STARTERS: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/src/commands/starter");

/// What was written.
#[derive(Debug)]
pub struct Begun {
    /// The number of files.
    pub files: usize,
    /// The folder of its timeline, below `content/`.
    pub timeline: String,
}

/// Writes the site into a folder that is new or empty.
///
/// # Errors
/// A folder with something in it, a language that there is no site in, and failures of the machine.
pub fn init(folder: &Path, language: &LanguageTag) -> Result<Begun, Error> {
    let starter = starter(language)?;
    new_folder(folder)?;
    let own = format!("language = \"{}\"", starter.path().display());
    let asked = format!("language = \"{}\"", language.0);
    let files = files(starter);
    for file in &files {
        let text = file.contents_utf8().unwrap_or_default().replace(&own, &asked);
        let path = file.path().strip_prefix(starter.path()).unwrap_or(file.path());
        create_source_file(folder, path, &text)?;
    }
    Ok(Begun { files: files.len(), timeline: timeline(&files).to_string() })
}

/// The folder between `content/` and an `_index.md`.
fn timeline<'a>(files: &[&'a include_dir::File<'a>]) -> &'a str {
    let folder = |file: &&'a include_dir::File<'a>| {
        let (above, folder) = file.path().to_str()?.strip_suffix("/_index.md")?.rsplit_once('/')?;
        above.ends_with("content").then_some(folder)
    };
    files.iter().find_map(folder).expect("each first site has a timeline; a case builds it")
}

/// The site in a language.
fn starter(language: &LanguageTag) -> Result<&'static Dir<'static>, Error> {
    let known: Vec<&str> = STARTERS.dirs().filter_map(|starter| starter.path().to_str()).collect();
    let near = in_language(&known, &language.0);
    near.and_then(|name| STARTERS.get_dir(name)).ok_or_else(|| {
        Error::Refused(format!(
            "there is no first site in `{}`: take one of `{}`, and set the `language` of its dateline.toml",
            language.0,
            known.join("`, `")
        ))
    })
}

/// All files of a folder, in the order of their paths.
fn files<'a>(folder: &'a Dir<'a>) -> Vec<&'a include_dir::File<'a>> {
    let mut all: Vec<_> = folder.files().collect();
    all.extend(folder.dirs().flat_map(files));
    all.sort_by_key(|file| file.path());
    all
}
