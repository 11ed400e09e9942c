//! What a person waits for most often: the start of the program alone, and the build of the sample story, without and with what a
//! build leaves for the next one.

use std::fs;
use std::path::Path;
use std::process::Command;

use crate::process::run;
use crate::programs::{copy, dateline};
use crate::{median, seconds};

/// The clock of the sample's builds.
const NOW: &str = "2026-11-24T12:00:00Z";

/// Prints each, as the median of several runs but for a first build.
pub fn print() {
    let folder = tempfile::tempdir().expect("a folder for temporary files");
    let repository = Path::new(env!("CARGO_MANIFEST_DIR"));
    for name in ["dateline.toml", "content", "templates", "static"] {
        copy(&repository.join(name), &folder.path().join(name));
    }
    let build = || {
        let mut command = Command::new(dateline());
        command.args(["build", "--now", NOW, "--root"]).arg(folder.path());
        run(&mut command).wall
    };
    println!("\n| | s |\n| --- | ---: |");
    let starts = (0..21).map(|_| run(Command::new(dateline()).arg("--version")).wall);
    println!("| `dateline --version` | {} |", seconds(median(starts)));
    println!("| the sample story, for the first time, with pictures and cards | {} |", seconds(build()));
    let from_nothing = || {
        fs::remove_dir_all(folder.path().join("public")).expect("the last build left it");
        build()
    };
    let from_nothing = (0..11).map(|_| from_nothing());
    println!("| the sample story into an empty folder, cards cached | {} |", seconds(median(from_nothing)));
    println!("| the sample story again, nothing changed | {} |", seconds(median((0..5).map(|_| build()))));
}
