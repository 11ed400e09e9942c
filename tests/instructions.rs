//! The work of a whole build, in instructions of the processor: 1,000 articles, one thread, counted by valgrind, and compared
//! with the figure in `tests/instructions.toml`; no clock is asked, so a busy machine changes nothing.
#![allow(clippy::disallowed_methods, reason = "a test prepares its own folders")]

#[path = "../benches/corpus/mod.rs"]
mod corpus;
mod sites;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use corpus::{Corpus, Flavour};
use serde::{Deserialize, Serialize};
use sites::NOW;

const ARTICLES: usize = 1000;

/// How far a count may be from the stored one, either way, in percent.
const BOUND: f64 = 10.0;

/// What searches and card images cost is not counted: a card is the same few million instructions, again and again.
const SETTINGS: &str = "title = \"Arquivo\"\nbase_url = \"https://news.example/\"\nlanguage = \"pt-BR\"\ntimezone = \"UTC\"\n\n\
    [outputs]\nsearch = false\ncards = false\n";

const HEAD: &str = "# What a build of 1,000 articles takes, in instructions of the program as `cargo test` makes it, and which \
    compiler made it.\n# To store what it takes now: DATELINE_REFRESH=1 cargo test --test instructions\n\n";

/// What is stored.
#[derive(Debug, Serialize, Deserialize)]
struct Stored {
    instructions: u64,
    rustc: String,
}

#[test]
fn a_build_of_1000_articles_takes_as_many_instructions_as_it_did() {
    let now = Stored { instructions: counted(), rustc: rustc() };
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/instructions.toml");
    if std::env::var_os("DATELINE_REFRESH").is_some() {
        let text = toml::to_string(&now).expect("a number and a text");
        return fs::write(file, format!("{HEAD}{text}")).expect("the repository is writable");
    }
    let text = fs::read_to_string(file).expect("the figure is in the repository");
    let stored: Stored = toml::from_str(&text).expect("it was written by this test");
    if let Err(message) = compare(&stored, &now) {
        panic!("{message}");
    }
}

#[test]
fn more_and_less_than_the_bound_are_told_with_both_figures() {
    let of = |instructions, rustc: &str| Stored { instructions, rustc: rustc.to_string() };
    let stored = of(1_000_000_000, "rustc 1");
    assert_eq!(compare(&stored, &of(1_099_000_000, "rustc 1")), Ok(()));
    assert_eq!(compare(&stored, &of(901_000_000, "rustc 1")), Ok(()));
    let more = compare(&stored, &of(1_200_000_000, "rustc 1")).expect_err("it is a fifth more");
    assert!(more.contains("1200 million instructions, 20.0 % more than the stored 1000 million"), "{more}");
    assert!(more.contains("cg_annotate") && !more.contains("another compiler"), "{more}");
    let less = compare(&stored, &of(500_000_000, "rustc 2")).expect_err("it is half");
    assert!(less.contains("50.0 % less") && less.contains("DATELINE_REFRESH=1"), "{less}");
    assert!(less.contains("another compiler: rustc 2, and not rustc 1"), "{less}");
}

/// Whether a count is within the bound; else what to do about it.
fn compare(stored: &Stored, now: &Stored) -> Result<(), String> {
    let percent = (now.instructions as f64 / stored.instructions as f64 - 1.0) * 100.0;
    if percent.abs() <= BOUND {
        return Ok(());
    }
    let [counted, before] = [now, stored].map(|one| one.instructions / 1_000_000);
    let (way, what) = match percent > 0.0 {
        true => ("more", "If it buys something that is worth it, store the new figure"),
        false => ("less", "That is to be kept: store the new figure, so that it is not lost again unseen"),
    };
    let compiler = match stored.rustc == now.rustc {
        true => String::new(),
        false => format!("\nIt was made by another compiler: {}, and not {}.", now.rustc, stored.rustc),
    };
    Err(format!(
        "a build of {ARTICLES} articles takes {counted} million instructions, {:.1} % {way} than the stored {before} million; \
         {BOUND} % are allowed.{compiler}\nWhere they are: cg_annotate {}\n{what}: DATELINE_REFRESH=1 cargo test --test instructions",
        percent.abs(),
        profile().display()
    ))
}

/// Builds the site under valgrind, into an empty folder.
fn counted() -> u64 {
    let site = tempfile::tempdir().expect("a folder for temporary files");
    Corpus::of(ARTICLES).write(Flavour::Dateline, site.path()).expect("the folder is writable");
    fs::write(site.path().join("dateline.toml"), SETTINGS).expect("the folder is writable");
    let mut valgrind = Command::new("valgrind");
    // Caches that are not simulated make it three times as fast as callgrind, which finds the same number.
    valgrind.args(["--tool=cachegrind", "--cache-sim=no"]);
    valgrind.arg(format!("--cachegrind-out-file={}", profile().display()));
    valgrind.arg(env!("CARGO_BIN_EXE_dateline")).args(["build", "--now", NOW, "--root"]).arg(site.path());
    valgrind.env("RAYON_NUM_THREADS", "1");
    let output = valgrind.output().unwrap_or_else(|error| {
        panic!("valgrind does not start ({error}): install the package `valgrind`, as tests/run --tools does")
    });
    assert!(output.status.success(), "the build failed: {}", sites::text(&output));
    let text = fs::read_to_string(profile()).expect("valgrind has written its profile");
    let summary = text.lines().find_map(|line| line.strip_prefix("summary:")).expect("it has a sum");
    summary.trim().parse().expect("the sum is one number")
}

/// Where valgrind writes what function took how many.
fn profile() -> PathBuf {
    Path::new(env!("CARGO_TARGET_TMPDIR")).join("instructions.cachegrind")
}

/// The compiler, by its version.
fn rustc() -> String {
    let compiler = std::env::var_os("RUSTC").unwrap_or_else(|| "rustc".into());
    let output = Command::new(compiler).arg("--version").output().expect("rustc is there where cargo is");
    String::from_utf8_lossy(&output.stdout).split(" (").next().unwrap_or_default().trim().to_string()
}
