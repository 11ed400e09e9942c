//! What is different where a person sits at a terminal: `new` asks, and messages are in colour unless they must not be.
#![allow(clippy::disallowed_methods, reason = "a test prepares its own folders")]

mod sites;

use std::fs;
use std::path::Path;
use std::process::Command;

use sites::{dateline, text};

/// Runs the program at a terminal, and gives what that showed.
fn at_a_terminal(root: &Path, answers: &[&str], arguments: &[&str], variables: &[(&str, &str)]) -> String {
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/at_a_terminal.py");
    let mut command = Command::new("python3");
    // What stands for a person at a terminal, whoever runs the tests: CI alone would ask for colours.
    command.current_dir(root).env_remove("NO_COLOR").env_remove("CI").env("TERM", "xterm");
    command.arg(script).args(answers).arg("--").arg(env!("CARGO_BIN_EXE_dateline")).args(arguments);
    let output = command.envs(variables.iter().copied()).output().expect("python3 runs");
    text(&output)
}

fn site() -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a folder can be made");
    let output = dateline(folder.path()).args(["init", "site"]).output().expect("the program runs");
    assert!(output.status.success(), "{}", text(&output));
    folder
}

#[test]
fn new_asks_for_what_is_missing_until_the_answer_is_right() {
    let folder = site();
    let root = folder.path().join("site");
    let now = ["--now", "2024-01-01T12:00:00Z"];
    let shown =
        at_a_terminal(&root, &["", "11/2023", "2023-11"], &["new", "bridge/the-end", now[0], now[1]], &[]);
    assert!(shown.contains("Title [The end]: "), "{shown}");
    assert!(shown.contains("[2024-01-01]: ") && shown.contains("write 2023-11"), "{shown}");
    let event = fs::read_to_string(root.join("content/bridge/the-end.md")).expect("the event is made");
    assert!(event.starts_with("+++\ntitle = \"The end\"\ndate = \"2023-11\"\n"), "{event}");
    let shown = at_a_terminal(&root, &["A title"], &["new", "bridge/b", "--date", "unknown"], &[]);
    assert!(!shown.contains("When did it happen"), "{shown}");
    let event = fs::read_to_string(root.join("content/bridge/b.md")).expect("the event is made");
    assert!(event.starts_with("+++\ntitle = \"A title\"\ndate = \"unknown\"\n"), "{event}");
}

#[test]
fn new_asks_for_all_that_is_missing() {
    let folder = site();
    let root = folder.path().join("site");
    let now = ["--now", "2024-01-01T12:00:00Z"];
    // One timeline needs no question; the name is made of the date and the title.
    let shown =
        at_a_terminal(&root, &["", "The end, at last!", "2023-11?", ""], &["new", now[0], now[1]], &[]);
    assert!(!shown.contains("Timeline") && shown.contains("Title: "), "{shown}");
    assert!(shown.contains("write a few words"), "{shown}");
    assert!(shown.contains("Name of the file [2023-11-the-end-at-last]: "), "{shown}");
    let event =
        fs::read_to_string(root.join("content/bridge/2023-11-the-end-at-last.md")).expect("it is made");
    assert!(event.starts_with("+++\ntitle = \"The end, at last!\"\ndate = \"2023-11?\"\n"), "{event}");
    // Of several, one is chosen; what can't be is asked for again.
    fs::create_dir_all(root.join("content/river/north")).expect("it is writable");
    for timeline in ["river", "river/north"] {
        let text = format!("+++\ntitle = \"About {timeline}\"\nlanguage = \"es\"\n+++\n");
        fs::write(root.join("content").join(timeline).join("_index.md"), text).expect("it is writable");
    }
    let answers = ["rivr", "river/north", "Flood", "", "../flood", "flood"];
    let shown = at_a_terminal(&root, &answers, &["new", now[0], now[1]], &[]);
    assert!(
        shown.contains("river/north  About river/north") && shown.contains("Timeline [bridge]: "),
        "{shown}"
    );
    assert!(
        shown.contains("there is no timeline `rivr`") && shown.contains("`..` can't be a part"),
        "{shown}"
    );
    let event = fs::read_to_string(root.join("content/river/north/flood.md")).expect("it is made");
    assert!(event.contains("date = 2024-01-01\n") && event.contains("# Una imagen junto"), "{event}");
    // A timeline alone is half a name, and what is taken is not proposed.
    let arguments = ["new", "bridge/", "--title", "The end, at last!", "--date", "2023-11"];
    let shown = at_a_terminal(&root, &[""], &arguments, &[]);
    assert!(shown.contains("Name of the file [2023-11-the-end-at-last-2]: "), "{shown}");
    assert!(root.join("content/bridge/2023-11-the-end-at-last-2.md").exists(), "{shown}");
}

#[test]
#[cfg(feature = "publish")]
fn publish_shows_its_plan_and_asks() {
    let folder = site();
    let root = folder.path().join("site");
    let settings = fs::read_to_string(root.join("dateline.toml")).expect("it has settings");
    let target = "[publish.live]\nkind = \"folder\"\npath = \"../www\"\n";
    fs::write(root.join("dateline.toml"), format!("base_url = \"https://a.example/\"\n{settings}\n{target}"))
        .expect("it is writable");
    let shown = at_a_terminal(&root, &["n"], &["publish"], &[]);
    assert!(shown.contains("to `live` (folder):") && shown.contains(" files, new: "), "{shown}");
    assert!(
        shown.contains("publish this to `live`? [y/N] ") && shown.contains("nothing was sent"),
        "{shown}"
    );
    assert!(!folder.path().join("www").exists(), "{shown}");
    // Edited while the question waits: well, and with a mistake.
    let event = "content/bridge/2023-09-13-closure.md";
    let was = fs::read(root.join(event)).expect("init made it");
    for line in [format!("echo 'One word more.' >> {event}"), format!("echo '+++' > {event}")] {
        let answer = format!("y after {line}");
        let shown = at_a_terminal(&root, &[&answer], &["publish"], &[]);
        assert!(shown.contains("the site was edited while you were asked, and nothing was sent"), "{shown}");
        assert!(!folder.path().join("www").exists(), "{shown}");
        fs::write(root.join(event), &was).expect("it is writable");
    }
    let shown = at_a_terminal(&root, &["y"], &["publish"], &[]);
    assert!(shown.contains("published to `live` in "), "{shown}");
    assert!(folder.path().join("www/index.html").exists(), "{shown}");
    let shown = at_a_terminal(&root, &[], &["publish"], &[]);
    assert!(shown.contains("`live` has it all already") && !shown.contains("[y/N]"), "{shown}");
}

#[test]
fn colours_are_for_terminals_that_want_them() {
    let folder = site();
    let root = folder.path().join("site");
    fs::write(root.join("content/bridge/b.md"), "+++\ntitle = \"B\"\n+++\n").expect("it is writable");
    for arguments in [["check"], ["chekc"]] {
        assert!(at_a_terminal(&root, &[], &arguments, &[]).contains("\u{1b}["), "{arguments:?}");
        for plain in [("NO_COLOR", "1"), ("TERM", "dumb")] {
            let shown = at_a_terminal(&root, &[], &arguments, &[plain]);
            assert!(
                shown.contains("error") && !shown.contains("\u{1b}["),
                "{arguments:?} {plain:?}: {shown}"
            );
        }
    }
}
