//! A small site that is published, and the program that publishes it.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};

use tempfile::TempDir;
use walkdir::WalkDir;

use crate::sites::{Order, copy_sample, dateline, text};

/// Files by path.
pub type Tree = BTreeMap<String, Vec<u8>>;

/// A site in a folder that vanishes.
pub struct Site {
    folder: TempDir,
    environment: Vec<(String, String)>,
}

/// What `dateline publish` did.
pub struct Told {
    pub status: i32,
    pub text: String,
}

/// The day on which everything is published, and one after every time of grace.
pub const NOW: &str = "2026-11-24T12:00:00Z";
pub const LATER: &str = "2026-12-24T12:00:00Z";

impl Site {
    /// A timeline of so many events, with a picture, a file whose name is not ASCII, and an old address.
    pub fn new(settings: &str, environment: &[(String, String)], events: usize) -> Self {
        let site = Self { folder: tempfile::tempdir().expect("a folder"), environment: environment.to_vec() };
        site.set(settings);
        site.write("content/kim/_index.md", "+++\ntitle = \"Kim\"\naliases = [\"/antigo/\"]\n+++\n");
        for at in 0..events {
            site.write(&format!("content/kim/e{at}.md"), &event(at, "Um texto."));
        }
        site.write("content/kim/relatório.txt", "Ação, informação e coração.");
        site.write("static/documentos/Não & sim.txt", "Não e sim.");
        site
    }

    /// The sample story, which has every kind of page.
    pub fn sample(settings: &str, environment: &[(String, String)]) -> Self {
        let site = Self { folder: tempfile::tempdir().expect("a folder"), environment: environment.to_vec() };
        copy_sample(site.root(), Order::Forwards);
        let own = fs::read_to_string(site.root().join("dateline.toml")).expect("the sample has settings");
        site.write("dateline.toml", &format!("{own}\n{settings}"));
        site
    }

    /// The settings of such a site, with those of a target. The search and the cards would be many files more, and
    /// tell no more about hosts.
    pub fn set(&self, settings: &str) {
        let own = "title = \"Crônica\"\nlanguage = \"pt-BR\"\nbase_url = \"https://a.example/\"\n";
        self.write("dateline.toml", &format!("{own}[outputs]\nsearch = false\ncards = false\n{settings}"));
    }

    pub fn root(&self) -> &Path {
        self.folder.path()
    }

    pub fn write(&self, path: &str, text: &str) {
        let path = self.root().join(path);
        fs::create_dir_all(path.parent().expect("it has a folder")).expect("a folder");
        fs::write(path, text).expect("a file");
    }

    /// Another text of the same length, so that sizes do not tell.
    pub fn edit(&self, at: usize) {
        self.write(&format!("content/kim/e{at}.md"), &event(at, "Um verbo."));
    }

    pub fn remove(&self, path: &str) {
        let path = self.root().join(path);
        if path.is_dir() { fs::remove_dir_all(path) } else { fs::remove_file(path) }.expect("it was there");
    }

    /// `dateline publish --yes`, with more arguments.
    pub fn publish(&self, arguments: &[&str]) -> Told {
        self.publish_at(NOW, arguments)
    }

    pub fn publish_at(&self, now: &str, arguments: &[&str]) -> Told {
        Told::of(&self.command(now, arguments).output().expect("the program runs"))
    }

    /// The same, going on.
    pub fn start_publish(&self) -> Child {
        let mut command = self.command(NOW, &[]);
        command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().expect("the program runs")
    }

    fn command(&self, now: &str, arguments: &[&str]) -> Command {
        let mut command = dateline(self.root());
        command.args(["publish", "--yes", "--now", now]).args(arguments);
        command.envs(self.environment.iter().map(|(name, value)| (name, value)));
        command
    }

    /// The paths that a publish would send, with why, and those that it would delete.
    pub fn plan(&self) -> Result<(BTreeMap<String, String>, Vec<String>), String> {
        let mut command = dateline(self.root());
        command.args(["publish", "--dry-run", "--format", "json", "--now", NOW]);
        command.envs(self.environment.iter().map(|(name, value)| (name, value)));
        let output = command.output().expect("the program runs");
        let plan: serde_json::Value =
            serde_json::from_slice(&output.stdout).map_err(|error| format!("{error}: {}", text(&output)))?;
        let list = |key: &str| plan[key].as_array().cloned().unwrap_or_default();
        let word = |value: &serde_json::Value, key: &str| value[key].as_str().unwrap_or_default().to_string();
        let sends = list("sends").iter().map(|send| (word(send, "path"), word(send, "why"))).collect();
        Ok((sends, list("deletes").iter().map(|delete| word(delete, "path")).collect()))
    }

    /// What the build made, as it is to be online.
    pub fn public(&self) -> Tree {
        let mut tree = tree_of(&self.root().join("public"));
        tree.retain(|path, _| !path.starts_with(".dateline"));
        tree
    }
}

impl Told {
    pub fn of(output: &Output) -> Self {
        Self { status: output.status.code().unwrap_or(-1), text: text(output) }
    }

    pub fn is(&self, status: i32, words: &str) -> Result<(), String> {
        match self.status == status && self.text.contains(words) {
            true => Ok(()),
            false => Err(format!(
                "status {status} and «{words}» were expected, not {}:\n{}",
                self.status, self.text
            )),
        }
    }
}

fn event(at: usize, text: &str) -> String {
    let (month, day) = (at / 28 % 12 + 1, at % 28 + 1);
    format!(
        "+++\ntitle = \"Acontecimento {at}\"\ndate = 2023-{month:02}-{day:02}\npublished = 2023-12-31T12:00:00-03:00\n\
         sources = [{{ title = \"Jornal\" }}]\n+++\n{text}\n"
    )
}

/// Every file below a folder.
pub fn tree_of(folder: &Path) -> Tree {
    let files =
        WalkDir::new(folder).into_iter().filter_map(Result::ok).filter(|entry| entry.file_type().is_file());
    let read = |path: PathBuf| {
        let name = path.strip_prefix(folder).expect("it is below").to_string_lossy().replace('\\', "/");
        Some((name, fs::read(&path).ok()?))
    };
    files.filter_map(|entry| read(entry.into_path())).collect()
}

/// How two trees differ, in a sentence.
pub fn same(online: &Tree, local: &Tree) -> Result<(), String> {
    let lacks: Vec<&String> = local.keys().filter(|path| !online.contains_key(*path)).collect();
    let extra: Vec<&String> = online.keys().filter(|path| !local.contains_key(*path)).collect();
    let other: Vec<&String> = local
        .iter()
        .filter(|(path, bytes)| online.get(*path).is_some_and(|found| found != *bytes))
        .map(|(path, _)| path)
        .collect();
    match lacks.is_empty() && extra.is_empty() && other.is_empty() {
        true => Ok(()),
        false => Err(format!("online lacks {lacks:?}, has {extra:?} beside, and other bytes in {other:?}")),
    }
}
