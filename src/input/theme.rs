//! The theme as values: the templates, the words and the static files, the site's own before the built-in ones.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use include_dir::{Dir, include_dir};

use super::read_bytes;
use super::reading::Again;
use crate::{Diagnostic, Error, Place};

static TEMPLATES: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/templates");
static STATIC: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/static");

/// The templates and the word files by name, and the files of `static/`.
#[derive(Debug, Clone, Default)]
pub struct Theme {
    /// By their path below `templates/`: `base.html`, `parts/card.html`.
    pub templates: BTreeMap<String, Text>,
    /// The built-in ones alone, which stand in where a site's own can't be read.
    pub built_in: BTreeMap<String, Text>,
    /// Word files by language: `pt-BR`.
    pub words: BTreeMap<String, Text>,
    /// The files of `static/`, by their path below it.
    pub files: BTreeMap<String, StaticFile>,
}

/// A text of the theme and the file it came from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Text {
    /// The file, relative to the site's root.
    pub path: PathBuf,
    /// The whole text.
    pub text: String,
}

/// A file of `static/`.
#[derive(Debug, Clone)]
pub enum StaticFile {
    /// Of the built-in theme.
    BuiltIn(&'static [u8]),
    /// Of the site: its path, and its bytes where it is a stylesheet or a script.
    Own(PathBuf, Option<Vec<u8>>),
}

impl Theme {
    /// Reads the files of `templates/` and `static/` of a site over the built-in theme. Of `static/`, what is as it was
    /// is not read again; templates are few and small.
    ///
    /// # Errors
    /// A file that can't be read.
    pub(super) fn read(root: &Path, again: &Again<'_>) -> Result<(Self, Vec<Diagnostic>), Error> {
        let mut theme = Self::built_in();
        let mut diagnostics = Vec::new();
        for path in again.below("templates").map(|path| path.to_path_buf()) {
            match String::from_utf8(read_bytes(&root.join(&path))?) {
                Ok(text) => theme.add_text(Text { path, text }),
                Err(error) => diagnostics.push(not_utf8(&path, error.utf8_error().valid_up_to())),
            }
        }
        for path in again.below("static").map(|path| path.to_path_buf()) {
            let name = slashes(path.strip_prefix("static").unwrap_or(&path));
            match again.theme(&path).and_then(|before| before.files.get(&name)) {
                Some(known @ StaticFile::Own(..)) => drop(theme.files.insert(name, known.clone())),
                _ => theme.add_file(root, name, path)?,
            }
        }
        Ok((theme, diagnostics))
    }

    /// The paths of the site's own files of `static/`.
    pub fn own_files(&self) -> impl Iterator<Item = &PathBuf> {
        self.files.values().filter_map(|file| match file {
            StaticFile::Own(path, _) => Some(path),
            StaticFile::BuiltIn(_) => None,
        })
    }

    fn built_in() -> Self {
        let mut theme = Self::default();
        for file in all_files(&TEMPLATES) {
            let text = file.contents_utf8().expect("the built-in templates are UTF-8").to_string();
            theme.add_text(Text { path: Path::new("templates").join(file.path()), text });
        }
        for file in all_files(&STATIC) {
            theme.files.insert(slashes(file.path()), StaticFile::BuiltIn(file.contents()));
        }
        theme.built_in = theme.templates.clone();
        theme
    }

    fn add_text(&mut self, text: Text) {
        let name = slashes(text.path.strip_prefix("templates").unwrap_or(&text.path));
        let language = name.strip_prefix("words/").and_then(|name| name.strip_suffix(".toml"));
        if let Some(language) = language {
            self.words.insert(language.to_string(), text);
        } else if name.ends_with(".html") || name.ends_with(".xml") {
            self.templates.insert(name, text);
        }
    }

    fn add_file(&mut self, root: &Path, name: String, path: PathBuf) -> Result<(), Error> {
        let bytes = if is_asset(&name) { Some(read_bytes(&root.join(&path))?) } else { None };
        self.files.insert(name, StaticFile::Own(path, bytes));
        Ok(())
    }
}

/// Whether a file of `static/` gets a fingerprinted name for the templates to link to.
#[must_use]
pub fn is_asset(name: &str) -> bool {
    let ending = name.rsplit('.').next().unwrap_or_default();
    ending.eq_ignore_ascii_case("css") || ending.eq_ignore_ascii_case("js")
}

fn all_files<'a>(folder: &'a Dir<'a>) -> Vec<&'a include_dir::File<'a>> {
    folder.files().chain(folder.dirs().flat_map(all_files)).collect()
}

fn slashes(path: &Path) -> String {
    path.components().map(|part| part.as_os_str().to_string_lossy()).collect::<Vec<_>>().join("/")
}

fn not_utf8(path: &Path, at: usize) -> Diagnostic {
    Diagnostic::error("not-utf8", format!("this file is not UTF-8: byte {at} begins no character"))
        .at(Place::file(path))
        .help("save the file again with the encoding UTF-8")
}
