//! The same input gives the same bytes: with any number of threads, on a first or a later build, in any order of files on
//! the disk, in any time zone and language of the machine. Nothing in the output folder is left out of the comparison.
#![allow(clippy::disallowed_methods, reason = "a test prepares its own folders")]

mod sites;

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::sync::OnceLock;

use sites::{NOW, Order, differences};
use tempfile::TempDir;

type Tree = BTreeMap<String, String>;

/// `NOW` in seconds since 1970.
const EPOCH: &str = "1795521600";

#[test]
fn one_thread_and_four_write_the_same() {
    same(&build(&fresh(Order::Forwards), &[("RAYON_NUM_THREADS", "1")]));
    same(&build(&fresh(Order::Forwards), &[("RAYON_NUM_THREADS", "4")]));
}

#[test]
fn a_later_build_changes_nothing() {
    let site = fresh(Order::Forwards);
    same(&build(&site, &[]));
    same(&build(&site, &[("RAYON_NUM_THREADS", "1")]));
}

#[test]
fn a_later_build_without_its_cache_changes_nothing() {
    let site = fresh(Order::Forwards);
    same(&build(&site, &[]));
    let cache = site.path().join(".dateline");
    if cache.exists() {
        fs::remove_dir_all(cache).expect("the copy is ours");
    }
    same(&build(&site, &[]));
}

#[test]
fn the_order_of_files_on_the_disk_does_not_matter() {
    same(&build(&fresh(Order::Backwards), &[]));
}

#[test]
fn the_machine_s_time_zone_does_not_matter() {
    same(&build(&fresh(Order::Forwards), &[("TZ", "Pacific/Kiritimati")]));
    same(&build(&fresh(Order::Forwards), &[("TZ", "Etc/GMT+12")]));
}

#[test]
fn the_machine_s_language_does_not_matter() {
    same(&build(&fresh(Order::Forwards), &[("LC_ALL", "C"), ("LANG", "C")]));
    same(&build(&fresh(Order::Forwards), &[("LC_ALL", "pt_BR.UTF-8"), ("LANG", "pt_BR.UTF-8")]));
}

#[test]
fn the_clock_may_come_from_the_environment() {
    same(&build_by(&fresh(Order::Forwards), &["build"], &[("SOURCE_DATE_EPOCH", EPOCH)]));
}

/// Compares with the build of this machine as it is.
fn same(tree: &Tree) {
    static FIRST: OnceLock<Tree> = OnceLock::new();
    let first = FIRST.get_or_init(|| build(&fresh(Order::Forwards), &[]));
    let differences = differences(first, tree);
    assert!(differences.is_empty(), "two builds of one site differ:\n{}", differences.join("\n"));
}

fn fresh(order: Order) -> TempDir {
    let folder = tempfile::tempdir().expect("a temporary folder can be made");
    sites::copy_sample(folder.path(), order);
    folder
}

fn build(site: &TempDir, environment: &[(&str, &str)]) -> Tree {
    build_by(site, &["build", "--now", NOW], environment)
}

fn build_by(site: &TempDir, arguments: &[&str], environment: &[(&str, &str)]) -> Tree {
    let output = sites::dateline(site.path())
        .args(arguments)
        .envs(environment.iter().copied())
        .output()
        .expect("the program runs");
    let errors = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "the sample does not build: {}\n{errors}", output.status);
    let public: &Path = &site.path().join("public");
    let tree = sites::tree(public);
    assert!(tree.contains_key("index.html"), "the build wrote no front page:\n{errors}");
    tree
}
