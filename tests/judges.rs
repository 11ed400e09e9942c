//! The sample story, built by the real program and shown to outside judges: HTML, CSS, links, and a real browser.
//!
//! A judge is a script in `tests/judges/` that takes a folder, prints its findings by page, and ends with 0 when there are
//! none; `node tests/judges/links.mjs public` does the same by hand. What the judges need, `tests/tools/install` brings.
#![allow(clippy::disallowed_methods, reason = "a test prepares its own folders")]

mod sites;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::sync::OnceLock;

use sites::{NOW, Order};

#[test]
fn every_page_is_valid_html() {
    finds_nothing("html");
}

#[test]
fn every_page_passes_the_lint() {
    finds_nothing("lint");
}

#[test]
fn every_stylesheet_is_valid() {
    finds_nothing("css");
}

#[test]
fn every_link_and_fragment_leads_somewhere() {
    finds_nothing("links");
}

#[test]
fn each_kind_of_page_is_accessible_in_light_and_dark_at_three_widths() {
    finds_nothing("accessibility");
}

#[test]
fn no_page_scrolls_sideways_at_320_pixels() {
    finds_nothing("reflow");
}

#[test]
fn nothing_is_lost_without_javascript() {
    finds_nothing("script-off");
}

#[test]
fn no_page_complains_or_asks_another_host() {
    finds_nothing("quiet");
}

#[test]
fn every_translation_knows_of_the_others() {
    finds_nothing("translations");
}

/// A judge that cannot find anything would be silent on every site: `tests/judges/broken/` has a mistake for each.
#[test]
fn each_judge_finds_the_mistakes_that_are_planted_for_it() {
    let broken = judges().join("broken");
    for (judge, planted) in [
        ("html", &["2023-02-30"][..]),
        ("lint", &["heading-level"]),
        ("css", &["colour"]),
        ("links", &["nao-existe/", "«nao-ha»"]),
        ("accessibility", &["color-contrast", "light 320", "dark 1440"]),
        ("reflow", &["p.wide"]),
        ("script-off", &["Isto só se lê com JavaScript."]),
        ("quiet", &["erro plantado"]),
        (
            "translations",
            &[
                "does not list itself",
                "x-default",
                "does not list the same pages",
                "no link for readers",
                "where no page is",
            ],
        ),
    ] {
        let output = ask(judge, &broken);
        let said = text(&output);
        assert_eq!(output.status.code(), Some(1), "{judge} did not find the planted mistakes:\n{said}");
        for piece in planted {
            assert!(said.contains(piece), "{judge} does not name {piece}:\n{said}");
        }
    }
}

/// Shows the built sample to a judge.
fn finds_nothing(judge: &str) {
    let output = ask(judge, sample());
    assert!(output.status.success(), "{judge}: {}\n{}", output.status, text(&output));
}

fn ask(judge: &str, site: &Path) -> Output {
    assert!(judges().join("node_modules").exists(), "the judges are not installed: run tests/tools/install");
    Command::new("node").arg(judges().join(judge).with_extension("mjs")).arg(site).output().expect(
        "`node` runs: Node.js 20 or newer is needed for the tests, from nodejs.org or your system's packages",
    )
}

fn text(output: &Output) -> String {
    format!("{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr))
}

fn judges() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/judges")
}

/// The sample site, built once; it stays in `target/tmp/judged/public` for a look after a failure.
fn sample() -> &'static Path {
    static SAMPLE: OnceLock<PathBuf> = OnceLock::new();
    SAMPLE.get_or_init(|| {
        let root = Path::new(env!("CARGO_TARGET_TMPDIR")).join("judged");
        if root.exists() {
            fs::remove_dir_all(&root).expect("the tests' own folder can be removed");
        }
        sites::copy_sample(&root, Order::Forwards);
        let public = root.join("public");
        let output = sites::dateline(&root)
            .args(["build", "--now", NOW, "--output"])
            .arg(&public)
            .output()
            .expect("the program runs");
        assert!(output.status.success(), "the sample does not build: {}\n{}", output.status, text(&output));
        assert!(public.join("index.html").exists(), "the build wrote no front page:\n{}", text(&output));
        public
    })
}
