//! The way of somebody who begins: `init`, `new`, `build`, in each language that there is a first site in.
#![allow(clippy::disallowed_methods, reason = "a test prepares its own folders")]

mod sites;

use std::fs;
use std::path::Path;

use sites::{dateline, text, tree};

const NOW: [&str; 2] = ["--now", "2024-01-01T12:00:00Z"];

/// Runs a command that must go well, and gives what it printed.
fn run(root: &Path, arguments: &[&str]) -> String {
    let output = dateline(root).args(arguments).output().expect("the program runs");
    assert!(output.status.success(), "{arguments:?}: {}", text(&output));
    text(&output)
}

/// The languages of `src/commands/starter/`, each with the folder of its timeline.
fn starters() -> Vec<(String, String)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/commands/starter");
    let names = |path: &Path| -> Vec<String> {
        let entries =
            fs::read_dir(path).expect("the folder is there").map(|entry| entry.expect("it is readable"));
        let folders = entries.filter(|entry| entry.path().is_dir());
        folders.map(|entry| entry.file_name().to_string_lossy().into_owned()).collect()
    };
    let mut starters = Vec::new();
    for language in names(&folder) {
        let content = folder.join(&language).join("content");
        let timeline = names(&content).into_iter().find(|name| content.join(name).join("_index.md").exists());
        starters.push((language, timeline.expect("a first site has a timeline")));
    }
    starters
}

#[test]
fn a_first_site_passes_a_strict_check_and_takes_a_new_event() {
    let starters = starters();
    let mut languages: Vec<&str> = starters.iter().map(|(language, _)| language.as_str()).collect();
    languages.sort_unstable();
    assert_eq!(languages, ["en", "es", "pt-BR"]);
    for (language, timeline) in starters {
        let folder = tempfile::tempdir().unwrap();
        let said = run(folder.path(), &["init", "site", "--language", &language]);
        let next = format!("dateline new {timeline}/my-event --root site");
        assert!(said.contains(&next), "{said}");
        let root = folder.path().join("site");
        let checked = run(&root, &["check", "--strict", NOW[0], NOW[1]]);
        assert!(checked.contains("0 errors, 0 warnings"), "{checked}");
        run(&root, &["build", "--strict", NOW[0], NOW[1]]);
        let before = tree(&root.join("content"));
        run(&root, &["new", &format!("{timeline}/my-event"), "--date", "2023-09-30", NOW[0], NOW[1]]);
        assert_eq!(tree(&root.join("content")).len(), before.len() + 1);
        run(&root, &["build", NOW[0], NOW[1]]);
        let page = fs::read_to_string(root.join("public").join(&timeline).join("index.html")).unwrap();
        assert!(page.contains("My event"), "the new event stands on its timeline");
    }
}

#[test]
fn a_site_in_a_regional_language_is_in_that_language() {
    let folder = tempfile::tempdir().unwrap();
    run(folder.path(), &["init", "site", "--language", "en-GB"]);
    let settings = fs::read_to_string(folder.path().join("site/dateline.toml")).unwrap();
    assert!(settings.contains("\nlanguage = \"en-GB\"\n"), "{settings}");
    run(&folder.path().join("site"), &["check", "--strict"]);
}
