//! Every behaviour is a folder: `tests/cases/NAME/` holds a small site and what the program must make of it.
//!
//! ```text
//! case.toml               about = "one sentence"          what the case shows; required
//!                         args = ["build", "--strict"]    default: build --now 2024-01-01T00:00:00Z
//!                         status = 1                      the exit status; default 0
//!                         env = { TZ = "UTC" }            nothing else of the environment but PATH and HOME is passed on
//!                         [[make]]                        what a repository cannot hold well: a `path` in the site, with one of
//!                                                         `text`, `hex` (bytes), `link` (a symbolic link's target), `folder = true`;
//!                                                         `mode = "444"` besides (without effect for root)
//! site/                   the site, copied to a folder of its own, where the program is run
//! expected/errors.txt     the whole standard error; none: it must be empty
//! expected/output.txt     the whole standard output; none: it is not compared
//! expected/public/…       files that must be so, byte for byte, in public/; public/ABSENT lists paths that must not be there
//! expected/site/…         the same for files beside public/, for commands that write into the site
//! expected/contains.toml  ["kim/index.html"]              a file of public/
//!                         has = ["…"]                     pieces that occur in it
//!                         lacks = ["…"]                   pieces that do not
//!                         order = ["…", "…"]              pieces that occur one after another
//! ```
//!
//! The folder's own path is written `[site]`, and a duration `in [time]`. Where the status is not 0, nothing may have been written
//! at all. `cargo test --test cases -- NAME` runs those with NAME in their names. `DATELINE_REFRESH=1 cargo test --test cases`
//! writes errors.txt, and output.txt and the files in public/ and site/ where they exist, from what the program did: read the diff.
#![allow(clippy::disallowed_methods, reason = "a test prepares its own folders")]

mod sites;

use std::collections::BTreeMap;
use std::fs;
use std::os::unix::fs::{PermissionsExt, symlink};
use std::path::{Path, PathBuf};
use std::process::{ExitCode, Output};

use libtest_mimic::{Arguments, Failed, Trial};
use serde::Deserialize;
use sites::{Order, differences, tree};
use walkdir::WalkDir;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Case {
    about: String,
    #[serde(default = "build")]
    args: Vec<String>,
    #[serde(default)]
    status: i32,
    #[serde(default)]
    env: BTreeMap<String, String>,
    #[serde(default)]
    make: Vec<Make>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Make {
    path: String,
    text: Option<String>,
    hex: Option<String>,
    link: Option<String>,
    #[serde(default)]
    folder: bool,
    mode: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Pieces {
    #[serde(default)]
    has: Vec<String>,
    #[serde(default)]
    lacks: Vec<String>,
    #[serde(default)]
    order: Vec<String>,
}

fn build() -> Vec<String> {
    ["build", "--now", "2024-01-01T00:00:00Z"].map(String::from).to_vec()
}

fn main() -> ExitCode {
    let arguments = Arguments::from_args();
    let cases = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases");
    let mut folders: Vec<PathBuf> = fs::read_dir(&cases)
        .expect("tests/cases/ is there")
        .map(|entry| entry.expect("tests/cases/ is readable").path())
        .filter(|path| path.is_dir())
        .collect();
    folders.sort();
    assert!(!folders.is_empty(), "tests/cases/ has no case");
    let trials = folders
        .into_iter()
        .map(|folder| {
            let name = folder.file_name().expect("a case has a name").to_string_lossy().into_owned();
            Trial::test(name, move || run(&folder).map_err(Failed::from))
        })
        .collect();
    libtest_mimic::run(&arguments, trials).exit_code()
}

/// Runs one case; what it did wrong is listed whole.
fn run(folder: &Path) -> Result<(), String> {
    let case = Case::read(folder)?;
    let temporary = tempfile::tempdir().map_err(|error| error.to_string())?;
    let root = temporary.path().join("site");
    case.lay_out(folder, &root)?;
    let before = tree_without_cache(&root);
    let output = sites::dateline(&root)
        .args(&case.args)
        .envs(&case.env)
        .output()
        .map_err(|error| error.to_string())?;

    let mut wrong = Vec::new();
    let seen = Seen { root: &root, before, output };
    if seen.output.status.code() == Some(case.status) {
        let expected = Expected { folder: folder.join("expected"), refresh: refresh() };
        expected.compare(&seen, &mut wrong)?;
    } else {
        wrong.push(format!("{}, but {} was expected\n{}", seen.output.status, case.status, seen.errors()));
    }
    if wrong.is_empty() { Ok(()) } else { Err(format!("{}\n\n{}\n", case.about, wrong.join("\n\n"))) }
}

fn refresh() -> bool {
    std::env::var_os("DATELINE_REFRESH").is_some_and(|value| value != "0")
}

impl Case {
    fn read(folder: &Path) -> Result<Self, String> {
        let path = folder.join("case.toml");
        let text = fs::read_to_string(&path).map_err(|error| format!("{}: {error}", path.display()))?;
        let case: Self = toml::from_str(&text).map_err(|error| format!("{}: {error}", path.display()))?;
        if case.about.trim().is_empty() {
            Err("case.toml: `about` says nothing".to_string())
        } else {
            Ok(case)
        }
    }

    /// Copies the site to `root`, and makes what a repository cannot hold.
    fn lay_out(&self, folder: &Path, root: &Path) -> Result<(), String> {
        fs::create_dir_all(root).map_err(|error| error.to_string())?;
        if folder.join("site").exists() {
            sites::copy(&folder.join("site"), root, Order::Forwards);
        }
        for make in &self.make {
            make.at(&root.join(&make.path)).map_err(|error| format!("[[make]] {}: {error}", make.path))?;
        }
        Ok(())
    }
}

impl Make {
    fn at(&self, path: &Path) -> Result<(), String> {
        let folder = path.parent().ok_or("has no folder")?;
        fs::create_dir_all(folder).map_err(|error| error.to_string())?;
        match (&self.text, &self.hex, &self.link, self.folder) {
            (Some(text), None, None, false) => fs::write(path, text),
            (None, Some(hex), None, false) => fs::write(path, bytes(hex)?),
            (None, None, Some(target), false) => symlink(target, path),
            (None, None, None, true) => fs::create_dir_all(path),
            _ => return Err("wants one of text, hex, link, folder".to_string()),
        }
        .map_err(|error| error.to_string())?;
        if let Some(mode) = &self.mode {
            let mode = u32::from_str_radix(mode, 8).map_err(|error| error.to_string())?;
            fs::set_permissions(path, fs::Permissions::from_mode(mode)).map_err(|error| error.to_string())?;
        }
        Ok(())
    }
}

/// `"c3 28"` as two bytes.
fn bytes(hex: &str) -> Result<Vec<u8>, String> {
    hex.split_whitespace()
        .map(|byte| u8::from_str_radix(byte, 16).map_err(|error| error.to_string()))
        .collect()
}

/// What a run left behind.
struct Seen<'a> {
    root: &'a Path,
    before: BTreeMap<String, String>,
    output: Output,
}

impl Seen<'_> {
    fn errors(&self) -> String {
        self.normal(&self.output.stderr)
    }

    /// A text that is the same in every folder and at every speed.
    fn normal(&self, bytes: &[u8]) -> String {
        let text = String::from_utf8_lossy(bytes).replace(&*self.root.to_string_lossy(), "[site]");
        without_durations(&without_progress(&text))
    }
}

/// Without the lines `64 of 229 files`, which a build prints that takes long.
fn without_progress(text: &str) -> String {
    let is_progress = |line: &&str| {
        let words: Vec<&str> = line.split_whitespace().collect();
        matches!(words[..], [done, "of", all, "files"] if done.parse::<usize>().is_ok() && all.parse::<usize>().is_ok())
    };
    text.split_inclusive('\n').filter(|line| !is_progress(line)).collect()
}

/// Writes `in [time]` for `in 35 ms` and `in 1.2s`.
fn without_durations(text: &str) -> String {
    let mut parts = text.split("in ");
    let mut normal = parts.next().unwrap_or_default().to_string();
    for part in parts {
        let unit = part.trim_start_matches(|c: char| c.is_ascii_digit() || c == '.');
        let rest =
            ["ms", "µs", "ns", "s"].iter().find_map(|it| unit.trim_start_matches(' ').strip_prefix(it));
        let ends = |rest: &&str| !rest.starts_with(char::is_alphanumeric);
        match rest.filter(ends).filter(|_| unit.len() < part.len()) {
            Some(rest) => normal.extend(["in [time]", rest]),
            None => normal.extend(["in ", part]),
        }
    }
    normal
}

/// Everything below the site but the program's cache.
fn tree_without_cache(root: &Path) -> BTreeMap<String, String> {
    tree(root).into_iter().filter(|(path, _)| !path.starts_with(".dateline/")).collect()
}

/// The folder `expected/` of a case.
struct Expected {
    folder: PathBuf,
    refresh: bool,
}

impl Expected {
    fn compare(&self, seen: &Seen, wrong: &mut Vec<String>) -> Result<(), String> {
        if !seen.output.status.success() {
            let written = differences(&seen.before, &tree_without_cache(seen.root));
            if !written.is_empty() {
                wrong.push(format!("it failed, and yet it wrote:\n{}", written.join("\n")));
            }
        }
        self.text("errors.txt", &seen.errors(), true, wrong);
        self.text("output.txt", &seen.normal(&seen.output.stdout), false, wrong);
        self.files("public", &seen.root.join("public"), wrong)?;
        self.files("site", seen.root, wrong)?;
        self.contains(&seen.root.join("public"), wrong)?;
        let kinds = ["errors.txt", "output.txt", "public", "site", "contains.toml"];
        if !kinds.iter().any(|name| self.folder.join(name).exists()) {
            wrong.push(
                "nothing is expected, so nothing can fail: give expected/contains.toml, say".to_string(),
            );
        }
        Ok(())
    }

    /// Compares, or refreshes, a text; one that need not be there is compared only where it is.
    fn text(&self, name: &str, found: &str, always: bool, wrong: &mut Vec<String>) {
        let path = self.folder.join(name);
        if self.refresh && (always || path.exists()) {
            write_or_remove(&path, found, always);
        } else if always || path.exists() {
            let expected = fs::read_to_string(&path).unwrap_or_default();
            if expected != found {
                wrong.push(format!(
                    "expected/{name} is not what it said:\n{found}\n{}",
                    first_difference(&expected, found)
                ));
            }
        }
    }

    /// Each file in `expected/NAME/` is, byte for byte, in the folder `made`; none of those in its `ABSENT` is there.
    fn files(&self, name: &str, made: &Path, wrong: &mut Vec<String>) -> Result<(), String> {
        let folder = self.folder.join(name);
        for entry in WalkDir::new(&folder).sort_by_file_name().into_iter().filter_map(Result::ok) {
            if !entry.file_type().is_file() {
                continue;
            }
            let path = entry.path().strip_prefix(&folder).map_err(|error| error.to_string())?;
            let expected = fs::read(entry.path()).map_err(|error| error.to_string())?;
            if path == Path::new("ABSENT") {
                let expected = String::from_utf8_lossy(&expected).into_owned();
                let there = expected.lines().filter(|line| !line.is_empty() && made.join(line).exists());
                wrong.extend(there.map(|line| format!("{name}/{line} must not be there")));
                continue;
            }
            match fs::read(made.join(path)) {
                Err(_) => wrong.push(format!("{name}/{} is missing", path.display())),
                Ok(found) if found == expected => {}
                Ok(found) if self.refresh => {
                    fs::write(entry.path(), found).map_err(|error| error.to_string())?
                }
                Ok(found) => {
                    let (expected, found) =
                        (String::from_utf8_lossy(&expected), String::from_utf8_lossy(&found));
                    wrong.push(format!("{name}/{}: {}", path.display(), first_difference(&expected, &found)));
                }
            }
        }
        Ok(())
    }

    fn contains(&self, public: &Path, wrong: &mut Vec<String>) -> Result<(), String> {
        let Ok(text) = fs::read_to_string(self.folder.join("contains.toml")) else { return Ok(()) };
        let files: BTreeMap<String, Pieces> =
            toml::from_str(&text).map_err(|error| format!("contains.toml: {error}"))?;
        for (path, pieces) in files {
            match fs::read(public.join(&path)) {
                Err(_) => wrong.push(format!("public/{path} is missing")),
                Ok(bytes) => pieces.judge(&path, &String::from_utf8_lossy(&bytes), wrong),
            }
        }
        Ok(())
    }
}

impl Pieces {
    fn judge(&self, path: &str, text: &str, wrong: &mut Vec<String>) {
        if self.has.is_empty() && self.lacks.is_empty() && self.order.is_empty() {
            wrong.push(format!("contains.toml asks nothing of {path}"));
        }
        for piece in self.has.iter().filter(|piece| !text.contains(*piece)) {
            wrong.push(format!("public/{path} lacks «{piece}»"));
        }
        for piece in self.lacks.iter().filter(|piece| text.contains(*piece)) {
            wrong.push(format!("public/{path} has «{piece}»"));
        }
        let mut rest = text;
        for piece in &self.order {
            match rest.find(piece) {
                Some(at) => rest = &rest[at + piece.len()..],
                None => {
                    wrong.push(format!(
                        "public/{path}: «{piece}» does not come where it should, in {:?}",
                        self.order
                    ));
                    break;
                }
            }
        }
    }
}

/// Writes a text; an empty one is no file, where no file means an empty text.
fn write_or_remove(path: &Path, text: &str, empty_is_none: bool) {
    if text.is_empty() && empty_is_none {
        if path.exists() {
            fs::remove_file(path).expect("expected/ is writable");
        }
    } else {
        fs::create_dir_all(path.parent().expect("it is in expected/")).expect("expected/ is writable");
        fs::write(path, text).expect("expected/ is writable");
    }
}

/// The first line in which two texts differ.
fn first_difference(expected: &str, found: &str) -> String {
    let lines = expected.split('\n').map(Some).chain(std::iter::repeat(None));
    let pairs = lines.zip(found.split('\n').map(Some).chain(std::iter::repeat(None)));
    let at = pairs.take(1 + expected.matches('\n').count().max(found.matches('\n').count()));
    match at.enumerate().find(|(_, (expected, found))| expected != found) {
        None => "its bytes differ".to_string(),
        Some((number, (expected, found))) => {
            let show = |line: Option<&str>| line.map_or("(the end)".to_string(), |it| format!("«{it}»"));
            format!("line {}: expected {}, found {}", number + 1, show(expected), show(found))
        }
    }
}
