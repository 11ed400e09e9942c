//! What shells and `man` are given, tried with a shell and read as a manual page.
#![allow(clippy::disallowed_methods, reason = "a test prepares its own folders")]

mod sites;

use std::path::Path;
use std::process::Command;

use sites::{dateline, text};

fn printed(arguments: &[&str]) -> String {
    let output = dateline(Path::new(".")).args(arguments).output().expect("the program runs");
    assert!(output.status.success(), "{arguments:?}: {}", text(&output));
    String::from_utf8(output.stdout).expect("it is UTF-8")
}

#[test]
fn bash_completes_a_command_and_its_options() {
    let script = printed(&["completions", "bash"]);
    let complete = |words: &str, last: &str, before: &str| {
        let count = words.split(' ').count() - 1;
        let ask = format!(
            "{script}\nCOMP_WORDS=({words}); COMP_CWORD={count}; _dateline dateline '{last}' '{before}'; echo \"${{COMPREPLY[@]}}\""
        );
        let output = Command::new("bash").args(["-c", &ask]).output().expect("bash runs");
        text(&output)
    };
    assert_eq!(complete("dateline che", "che", "dateline"), "check\n");
    assert_eq!(complete("dateline build --file", "--file", "build"), "--file-links\n");
}

#[test]
fn the_manual_has_a_page_for_the_program_and_for_each_command() {
    let whole = printed(&["man"]);
    for command in ["build", "check", "new", "init", "schema", "completions", "man"] {
        assert!(whole.contains(&format!("dateline\\-{command}(1)")), "{command}: {whole}");
        let page = printed(&["man", command]);
        assert!(page.contains(&format!(".TH dateline-{command} 1")), "{page}");
    }
}
