//! A site in a folder of its own to build from, and what an output folder holds as a value.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use dateline::Error;
use dateline::output::{MANIFEST, Output, Summary};
use tempfile::TempDir;

/// Routes and what stands there.
pub type Files = BTreeMap<String, String>;

/// A site with its output folder `public`.
pub struct Site {
    folder: TempDir,
}

impl Site {
    pub fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        fs::create_dir_all(folder.path().join("site/content")).unwrap();
        fs::write(folder.path().join("site/dateline.toml"), "title = \"Test\"").unwrap();
        Self { folder }
    }

    /// The folder around the site.
    pub fn above(&self) -> PathBuf {
        self.folder.path().canonicalize().unwrap()
    }

    pub fn root(&self) -> PathBuf {
        self.above().join("site")
    }

    pub fn public(&self) -> PathBuf {
        self.root().join("public")
    }

    pub fn open(&self) -> Result<Output, Error> {
        Output::open(&self.public(), &self.root(), &never_waits)
    }

    pub fn try_build(&self, files: &Files) -> Result<Summary, Error> {
        let output = self.open()?;
        for (route, text) in files {
            output.write(route, text.as_bytes())?;
        }
        output.commit()
    }

    pub fn build(&self, files: &[(&str, &str)]) -> Summary {
        self.try_build(&site(files)).unwrap()
    }

    /// A file of somebody else in the output.
    pub fn put(&self, route: &str, text: &str) {
        let path = self.public().join(route);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    /// What the output holds, without the manifest; nothing of a build may be left in it.
    pub fn output(&self) -> Files {
        let files = files_in(&self.public());
        assert!(!files.keys().any(|route| route.starts_with(".dateline-")), "left behind: {files:?}");
        files
    }
}

pub fn never_waits(message: &str) {
    panic!("nobody else builds here, and yet: {message}");
}

pub fn site(files: &[(&str, &str)]) -> Files {
    files.iter().map(|(route, text)| ((*route).to_owned(), (*text).to_owned())).collect()
}

/// The text of a refusal.
pub fn refusal<T>(result: Result<T, Error>) -> String {
    match result {
        Err(Error::Refused(why)) => why,
        Err(other) => panic!("no refusal: {other}"),
        Ok(_) => panic!("not refused"),
    }
}

/// Every file below a folder but for the manifest; a link as where it leads, an empty folder with a slash.
pub fn files_in(folder: &Path) -> Files {
    let mut files = Files::new();
    for entry in walkdir::WalkDir::new(folder).min_depth(1).into_iter().map(Result::unwrap) {
        let path = entry.path();
        let route = path.strip_prefix(folder).unwrap().to_str().unwrap().to_owned();
        if entry.path_is_symlink() {
            files.insert(route, format!("-> {}", fs::read_link(path).unwrap().display()));
        } else if entry.file_type().is_file() {
            files.insert(route, fs::read_to_string(path).unwrap());
        } else if fs::read_dir(path).unwrap().next().is_none() {
            files.insert(route + "/", String::new());
        }
    }
    files.remove(MANIFEST);
    files
}
