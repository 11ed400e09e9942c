//! What the runners share: copies of sites on the disk, and the real program, run in one of them.
#![allow(dead_code, reason = "each runner uses a part of it")]

pub mod stories;

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::process::{Command, Output};

use walkdir::WalkDir;

/// What the repository's root holds as a site: the sample story and the built-in theme.
const SAMPLE: [&str; 4] = ["dateline.toml", "content", "templates", "static"];

/// The instant of every build of the sample.
pub const NOW: &str = "2026-11-24T12:00:00Z";

/// In which order a copy's files are created; on some disks it is the order in which they are listed.
#[derive(Clone, Copy)]
pub enum Order {
    /// By name.
    Forwards,
    /// By name, the last first.
    Backwards,
}

/// The program, ready to run in the folder `root`, with nothing of the caller's environment but the path.
pub fn dateline(root: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_dateline"));
    command.current_dir(root).env_clear().env("HOME", root);
    if let Some(path) = std::env::var_os("PATH") {
        command.env("PATH", path);
    }
    command
}

/// What a program printed.
pub fn text(output: &Output) -> String {
    format!("{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr))
}

/// Copies the sample site into the folder `to`.
pub fn copy_sample(to: &Path, order: Order) {
    for name in SAMPLE {
        let from = Path::new(env!("CARGO_MANIFEST_DIR")).join(name);
        assert!(from.exists(), "the sample site has no {name} at the root of the repository");
        copy(&from, &to.join(name), order);
    }
}

/// Copies a file or a folder with all that is in it; symbolic links stay links.
pub fn copy(from: &Path, to: &Path, order: Order) {
    let mut entries: Vec<_> = WalkDir::new(from)
        .sort_by_file_name()
        .into_iter()
        .map(|entry| entry.expect("a folder of the repository is readable"))
        .collect();
    if matches!(order, Order::Backwards) {
        entries.reverse();
    }
    for entry in entries {
        let path = entry.path().strip_prefix(from).expect("it was found below `from`");
        let target = if path.as_os_str().is_empty() { to.to_path_buf() } else { to.join(path) };
        let kind = entry.file_type();
        let folder = if kind.is_dir() { Some(target.as_path()) } else { target.parent() };
        fs::create_dir_all(folder.expect("it has a folder")).expect("the temporary folder is writable");
        if kind.is_symlink() {
            let link = fs::read_link(entry.path()).expect("a link can be read");
            std::os::unix::fs::symlink(link, target).expect("the temporary folder takes links");
        } else if kind.is_file() {
            fs::copy(entry.path(), target).expect("the temporary folder is writable");
        }
    }
}

/// Every file and link below a folder: its path, and the digest of its bytes. A folder that does not exist has none.
pub fn tree(folder: &Path) -> BTreeMap<String, String> {
    WalkDir::new(folder)
        .into_iter()
        .filter_map(Result::ok)
        .filter(|entry| !entry.file_type().is_dir())
        .map(|entry| {
            let path = entry.path().strip_prefix(folder).expect("it was found below `folder`");
            let bytes = match fs::read_link(entry.path()) {
                Ok(link) => link.into_os_string().into_encoded_bytes(),
                Err(_) => fs::read(entry.path()).unwrap_or_default(),
            };
            (path.to_string_lossy().into_owned(), blake3::hash(&bytes).to_string())
        })
        .collect()
}

/// What two trees do not have in common, a line a file.
pub fn differences(one: &BTreeMap<String, String>, other: &BTreeMap<String, String>) -> Vec<String> {
    let gone = one.keys().filter(|path| !other.contains_key(*path)).map(|path| format!("{path}: is gone"));
    let come = other.keys().filter(|path| !one.contains_key(*path)).map(|path| format!("{path}: is new"));
    let changed = one
        .iter()
        .filter(|(path, digest)| other.get(*path).is_some_and(|it| it != *digest))
        .map(|(path, _)| format!("{path}: has other bytes"));
    gone.chain(come).chain(changed).collect()
}
