//! Whatever is edited, in whatever order, a preview shows what a clean build would write: random edits on a small site.
//!
//! `DATELINE_EDITS=5000 cargo test --test preview_edits` makes that many edits; `DATELINE_SEED=7` makes others.
#![allow(
    clippy::disallowed_methods,
    clippy::unwrap_used,
    reason = "a test prepares its own folders, and may panic"
)]

mod edits;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use dateline::Diagnostic;
use dateline::commands::build::{Build, build};
use dateline::commands::serve::preview::{Answer, Preview, Subject};
use dateline::site::Options;
use dateline::time::Instant;
use edits::{Desk, Quiet, compare, files, picture};
use rayon::prelude::{IntoParallelIterator, ParallelIterator};

const NOW: i64 = 1_790_000_000;
const EDITS: usize = 220;
const MISTAKEN: &[u8] = b"mistaken";

#[test]
fn after_any_edits_a_preview_is_what_a_clean_build_would_be() {
    let number = |name: &str, otherwise: usize| {
        std::env::var(name).ok().and_then(|text| text.parse().ok()).unwrap_or(otherwise)
    };
    let folder = tempfile::tempdir().unwrap();
    let mut desk = Desk::new(folder.path().join("site"), number("DATELINE_SEED", 1) as u64);
    let preview = Preview::new(subject(&desk.root)).unwrap();
    let (mut good, mut bad, mut log) = (0, 0, Vec::new());
    for edit in 0..number("DATELINE_EDITS", EDITS) {
        // Edits may add up to mistakes that no later one mends.
        if bad == 6 {
            desk.check_out()
        } else {
            desk.edit()
        }
        log.push(format!("{edit}: {}", desk.done.join(", ")));
        desk.done.clear();
        // Some edits come with events of the system, which tell all; others are only found by looking.
        let named = if desk.is_told { std::mem::take(&mut desk.touched) } else { BTreeSet::new() };
        desk.touched.clear();
        preview.look(&named, desk.is_told).unwrap();
        let output = folder.path().join(format!("output-{edit}"));
        let is_good = same(&preview, &desk.root, (edit % 10 == 0).then_some(&*output), &log);
        good += usize::from(is_good);
        bad = if is_good || bad == 6 { 0 } else { bad + 1 };
        fs::remove_dir_all(&output).ok();
    }
    assert!(
        good * 3 > log.len(),
        "only {good} of {} states could be built: too little was compared",
        log.len()
    );
}

#[test]
fn a_picture_that_becomes_wide_takes_the_card_of_its_article_away() {
    let folder = tempfile::tempdir().unwrap();
    let root = folder.path();
    let write = |path: &str, bytes: &[u8]| write(root, path, bytes);
    write("dateline.toml", b"title = \"Rio\"\nlanguage = \"pt-BR\"\nbase_url = \"https://a.test/\"\n");
    write("content/rio/_index.md", b"+++\ntitle = \"O rio\"\n+++\n");
    write(
        "content/rio/cheia.md",
        b"+++\ntitle = \"A cheia\"\ndate = 2023-09-13\nimage = { src = \"foto.png\", alt = \"O rio\", credit = \"Ana\" }\n+++\n",
    );
    let cards = |preview: &Preview| -> Vec<String> {
        let all = preview.addresses().into_iter();
        all.filter(|address| address.starts_with("/rio/cheia/card.")).collect()
    };
    write("content/rio/foto.png", &picture(300));
    let preview = Preview::new(subject(root)).unwrap();
    assert_eq!(cards(&preview).len(), 1, "a narrow picture is no card");
    write("content/rio/foto.png", &picture(1400));
    preview.look(&BTreeSet::from(["content/rio/foto.png".into()]), true).unwrap();
    assert_eq!(cards(&preview), Vec::<String>::new());
    assert_eq!(preview.addresses(), Preview::new(subject(root)).unwrap().addresses());
}

#[test]
fn another_title_or_summary_of_an_event_changes_what_a_fresh_start_would_change() {
    let folder = tempfile::tempdir().unwrap();
    let root = &folder.path().join("site");
    let write = |path: &str, text: &str| write(root, path, text.as_bytes());
    write("dateline.toml", "title = \"Rio\"\nlanguage = \"pt-BR\"\nbase_url = \"https://a.test/\"\n");
    write("content/rio/_index.md", "+++\ntitle = \"O rio\"\n+++\nVeja [a cheia](cheia.md).\n");
    write(
        "content/rio/seca.md",
        "+++\ntitle = \"A seca\"\ndate = 2023-09-12\nrelated = [\"cheia.md\"]\n+++\n",
    );
    let event = |title: &str, more: &str| {
        let front = format!("{title}\ndate = 2023-09-13\npeople = [\"Ana\"]\n{more}");
        write("content/rio/cheia.md", &format!("+++\n{front}\n+++\nO rio subiu.\n"));
    };
    event("title = \"A cheia\"", "");
    let preview = Preview::new(subject(root)).unwrap();
    for (number, (title, more)) in [
        ("title = \"A enchente\"", ""),
        ("title = \"A enchente\"\nsummary = \"Subiu.\"", ""),
        ("title = \"\"\"A\ncheia\"\"\"\nsummary = \"\"\"Subiu\ne desceu.\"\"\"", ""),
        // In no font of cards: there is none, and a warning that names the file.
        ("title = \"洪水\"", ""),
        ("title = \"大洪水\"", ""),
        ("title = \"A cheia\"", ""),
        ("summary = \"Antes.\"\ntitle = \"A seca\"", ""),
        ("title = \"De um cartão\"", "track = \"sem\""),
        ("title = \"De um cartão\\n\\n\"", "track = \"sem\""),
        ("title = \"A cheia\"", "aliases = [\"/rio/seca/\"]"),
        ("title = \"Outra\"", "aliases = [\"/rio/seca/\"]"),
        ("title = \"Outra\"", "image = { src = \"sem.png\", alt = \"x\" }"),
        ("title = \"A cheia\"", "image = { src = \"sem.png\", alt = \"x\" }"),
        ("title = \"\"", ""),
        ("title = 3", ""),
        ("title = \"A cheia\"", ""),
        ("title = \"A cheia de novo\"", "summary = \"Fim.\""),
    ]
    .into_iter()
    .enumerate()
    {
        event(title, more);
        preview.look(&BTreeSet::from(["content/rio/cheia.md".into()]), true).unwrap();
        let output = folder.path().join(format!("output-{number}"));
        same(&preview, root, Some(&output), &[format!("{title}\n{more}")]);
        assert_eq!(preview.addresses(), Preview::new(subject(root)).unwrap().addresses(), "{title}\n{more}");
    }
}

fn write(root: &Path, path: &str, bytes: &[u8]) {
    let path = root.join(path);
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(path, bytes).unwrap();
}

/// Compares everything with a fresh start, and now and then with the files of a clean build; gives whether there was
/// something to build.
fn same(preview: &Preview, root: &Path, output: Option<&Path>, log: &[String]) -> bool {
    let last = || log[log.len().saturating_sub(6)..].join("\n");
    let fresh = Preview::new(subject(root)).unwrap();
    let texts = |all: Vec<Diagnostic>| all.iter().map(|one| one.to_text(false)).collect::<Vec<_>>();
    if fresh.can_be_built() {
        let (mut pages, mut other) = (shown(preview), shown(&fresh));
        // For a page with a mistake the preview shows the last good one.
        other.retain(|name, bytes| bytes != MISTAKEN || pages.remove(name).is_none());
        compare(&pages, &other, &last());
    } else {
        preview.judge(|| {});
        fresh.judge(|| {});
    }
    assert_eq!(texts(preview.diagnostics()), texts(fresh.diagnostics()), "after\n{}", last());
    if fresh.diagnostics().iter().any(Diagnostic::is_error) {
        return false;
    }
    let Some(output) = output else { return true };
    let options = Options {
        now: Instant::from_seconds(NOW),
        drafts: false,
        as_of: None,
        file_links: false,
        base_url: None,
    };
    let order = Build { root: root.to_path_buf(), output: output.to_path_buf(), options, strict: false };
    let report = build(&order, &Quiet).unwrap();
    assert_eq!(texts(preview.diagnostics()), texts(report.diagnostics), "after\n{}", last());
    compare(&shown(preview), &files(output), &last());
    true
}

fn subject(root: &Path) -> Subject {
    Subject { root: root.to_path_buf(), drafts: false, clock: Box::new(|| Ok(Instant::from_seconds(NOW))) }
}

/// Every file of the site, as the preview shows it.
fn shown(preview: &Preview) -> BTreeMap<String, Vec<u8>> {
    let answer = |address: String| {
        let bytes = match preview.answer(&address) {
            Answer::Page(bytes) | Answer::Bytes(bytes) => bytes,
            Answer::File(path) => fs::read(path).unwrap(),
            Answer::Mistaken => MISTAKEN.to_vec(),
            other => panic!("{address} is answered with {other:?}"),
        };
        let name = address.trim_start_matches('/');
        (if address.ends_with('/') { format!("{name}index.html") } else { name.to_string() }, bytes)
    };
    preview.addresses().into_par_iter().map(answer).collect()
}
