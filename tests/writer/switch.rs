//! What a build changes, what it leaves alone, and when.

use std::fs;
use std::sync::Arc;
use std::sync::mpsc::channel;
use std::time::{Duration, SystemTime};

use dateline::Error;
use dateline::output::{MANIFEST, Manifest, Outcome, Output, Summary};

use crate::site::{Site, files_in, refusal, site};

#[test]
fn a_first_build_makes_the_folder() {
    let site_folder = Site::new();
    let files =
        [("index.html", "front"), ("kim-putin/index.html", "timeline"), ("kim-putin/a/index.html", "event")];
    let summary = site_folder.build(&files);
    assert_eq!(summary, Summary { written: 3, unchanged: 0, removed: 0, bytes: 18 });
    assert_eq!(site_folder.output(), site(&files));
}

#[test]
fn a_first_build_goes_into_an_empty_folder_and_folders_above_it_are_made() {
    let site_folder = Site::new();
    fs::create_dir(site_folder.public()).unwrap();
    site_folder.build(&[("a", "a")]);
    assert_eq!(site_folder.output(), site(&[("a", "a")]));

    let deep = site_folder.above().join("x/y/z");
    let output = Output::open(&deep, &site_folder.root(), &|_| ()).unwrap();
    output.write("a", b"a").unwrap();
    output.commit().unwrap();
    assert_eq!(files_in(&deep), site(&[("a", "a")]));
}

#[test]
fn nothing_changes_before_the_commit() {
    let site_folder = Site::new();
    site_folder.build(&[("a", "old"), ("b/c", "old")]);
    let output = site_folder.open().unwrap();
    output.write("a", b"new").unwrap();
    output.write("b", b"new").unwrap();
    output.write("n/n", b"new").unwrap();
    let mut during = files_in(&site_folder.public());
    during.retain(|route, _| !route.starts_with(".dateline-"));
    assert_eq!(during, site(&[("a", "old"), ("b/c", "old")]));
    drop(output);
    assert_eq!(site_folder.output(), site(&[("a", "old"), ("b/c", "old")]));
}

#[test]
fn nobody_else_may_look_into_half_a_site() {
    use std::os::unix::fs::PermissionsExt;
    let site_folder = Site::new();
    let output = site_folder.open().unwrap();
    output.write("a", b"half").unwrap();
    let staging = fs::metadata(site_folder.public().join(".dateline-staging")).unwrap();
    assert_eq!(staging.permissions().mode() & 0o777, 0o700);
    drop(output);
    site_folder.build(&[("a/b", "1")]);
    let folder = fs::metadata(site_folder.public().join("a")).unwrap();
    assert_ne!(folder.permissions().mode() & 0o777, 0o700, "the site itself is for all");
}

#[test]
fn a_first_build_that_fails_leaves_no_folder() {
    let site_folder = Site::new();
    let output = site_folder.open().unwrap();
    output.write("a/b", b"x").unwrap();
    drop(output);
    assert!(!site_folder.public().exists());
}

#[test]
fn changed_files_alone_are_written() {
    let site_folder = Site::new();
    site_folder.build(&[("same", "1"), ("changed", "1"), ("d/same", "1"), ("d/gone", "1")]);
    let long_ago = SystemTime::now() - Duration::from_secs(1_000_000);
    for route in ["same", "changed", "d/same", "d/gone"] {
        fs::File::open(site_folder.public().join(route)).unwrap().set_modified(long_ago).unwrap();
    }
    let output = site_folder.open().unwrap();
    assert_eq!(output.write("same", b"1").unwrap(), Outcome::Unchanged);
    assert_eq!(output.write("changed", b"22").unwrap(), Outcome::Changed);
    assert_eq!(output.write("d/same", b"1").unwrap(), Outcome::Unchanged);
    assert_eq!(output.write("d/new", b"4444").unwrap(), Outcome::New);
    assert_eq!(output.commit().unwrap(), Summary { written: 2, unchanged: 2, removed: 1, bytes: 6 });
    assert_eq!(
        site_folder.output(),
        site(&[("same", "1"), ("changed", "22"), ("d/same", "1"), ("d/new", "4444")])
    );
    let age = |route: &str| fs::metadata(site_folder.public().join(route)).unwrap().modified().unwrap();
    assert_eq!((age("same"), age("d/same")), (long_ago, long_ago));
    assert_ne!(age("changed"), long_ago);
}

#[test]
fn a_build_without_a_change_writes_nothing_at_all() {
    let site_folder = Site::new();
    site_folder.build(&[("a", "1"), ("b/c", "2")]);
    let age = || fs::metadata(site_folder.public().join(MANIFEST)).unwrap().modified().unwrap();
    let before = age();
    assert_eq!(
        site_folder.build(&[("a", "1"), ("b/c", "2")]),
        Summary { unchanged: 2, ..Summary::default() }
    );
    assert_eq!(age(), before);
}

#[test]
fn what_is_gone_is_removed_with_the_folders_it_leaves_empty() {
    let site_folder = Site::new();
    site_folder.build(&[("a/b/c/d", "1"), ("a/e", "1"), ("f/g", "1"), ("h", "1")]);
    site_folder.put("f/mine", "foreign");
    fs::create_dir(site_folder.public().join("empty")).unwrap();
    assert_eq!(site_folder.build(&[("a/e", "1")]).removed, 3);
    assert_eq!(site_folder.output(), site(&[("a/e", "1"), ("f/mine", "foreign"), ("empty/", "")]));
}

#[test]
fn a_site_may_become_empty() {
    let site_folder = Site::new();
    site_folder.build(&[("a/b", "1")]);
    assert_eq!(site_folder.build(&[]).removed, 1);
    assert_eq!(site_folder.output(), site(&[]));
    site_folder.build(&[("a/b", "1")]);
    assert_eq!(site_folder.output(), site(&[("a/b", "1")]));
}

#[test]
fn files_turn_into_folders_and_back() {
    let site_folder = Site::new();
    let one = [("a", "1"), ("b/c/d", "1"), ("b/c/e", "1"), ("k/l", "1"), ("same", "1")];
    let other = [("a/x/y", "2"), ("a/z", "2"), ("b/c", "2"), ("k/l/m", "2"), ("same", "1")];
    for files in [&one, &other, &one, &other] {
        site_folder.build(files);
        assert_eq!(site_folder.output(), site(files));
    }
}

#[test]
fn what_was_changed_or_removed_by_hand_comes_back() {
    let site_folder = Site::new();
    let files =
        [("longer", "1"), ("equally-long", "1"), ("removed", "1"), ("folder/removed", "1"), ("touched", "1")];
    site_folder.build(&files);
    let public = site_folder.public();
    let later = fs::metadata(public.join(MANIFEST)).unwrap().modified().unwrap() + Duration::from_secs(1);
    fs::write(public.join("longer"), "12").unwrap();
    fs::write(public.join("equally-long"), "2").unwrap();
    for route in ["equally-long", "touched"] {
        fs::File::open(public.join(route)).unwrap().set_modified(later).unwrap();
    }
    fs::remove_file(public.join("removed")).unwrap();
    fs::remove_dir_all(public.join("folder")).unwrap();
    assert_eq!(site_folder.build(&files), Summary { written: 4, unchanged: 1, removed: 0, bytes: 4 });
    assert_eq!(site_folder.output(), site(&files));
}

#[test]
fn what_a_disk_lost_comes_back() {
    let site_folder = Site::new();
    site_folder.build(&[("a", "12")]);
    let path = site_folder.public().join("a");
    let time = fs::metadata(&path).unwrap().modified().unwrap();
    fs::write(&path, "").unwrap();
    fs::File::open(&path).unwrap().set_modified(time).unwrap();
    let output = site_folder.open().unwrap();
    assert_eq!(output.write("a", b"12").unwrap(), Outcome::Changed);
    fs::write(&path, "1").unwrap();
    fs::File::open(&path).unwrap().set_modified(time).unwrap();
    drop(output);
    let output = site_folder.open().unwrap();
    assert_eq!(output.write("a", b"12").unwrap(), Outcome::Changed);
    output.commit().unwrap();
    assert_eq!(site_folder.output(), site(&[("a", "12")]));
}

#[test]
fn a_switch_that_fails_half_way_is_completed_by_the_next_build() {
    let site_folder = Site::new();
    site_folder.build(&[("a", "1111"), ("b/c", "1"), ("d", "1")]);
    let output = site_folder.open().unwrap();
    for (route, text) in [("a", "lost"), ("b", "kept"), ("n/n", "kept")] {
        output.write(route, text.as_bytes()).unwrap();
    }
    let staging = site_folder.public().join(".dateline-staging");
    let lost = files_in(&staging).into_iter().find(|(_, text)| text == "lost").unwrap().0;
    fs::remove_file(staging.join(lost)).unwrap();
    assert!(matches!(output.commit(), Err(Error::Io { action: "put in place", .. })));
    assert!(staging.join("journal.json").exists());
    drop(site_folder.open().unwrap());
    assert_eq!(site_folder.output(), site(&[("a", "1111"), ("b", "kept"), ("n/n", "kept")]));
    let files = [("a", "lost"), ("b", "kept"), ("n/n", "kept")];
    assert_eq!(site_folder.build(&files).written, 1, "after such a thing all files are compared");
    assert_eq!(site_folder.output(), site(&files));
}

#[test]
fn a_build_that_leaves_everything_is_ended_without_its_files() {
    let site_folder = Site::new();
    let output = site_folder.open().unwrap();
    output.write("a", b"1").unwrap();
    output.write("b/c", b"23").unwrap();
    let (_, files) = output.commit_with_files().unwrap();
    let end = || site_folder.open().unwrap().commit_unchanged(&files).unwrap();
    let unchanged = Summary { unchanged: 2, ..Summary::default() };
    assert_eq!(end(), Some(unchanged));

    let manifest = site_folder.public().join(MANIFEST);
    let long_ago = SystemTime::now() - Duration::from_secs(1_000_000);
    fs::File::open(&manifest).unwrap().set_modified(long_ago).unwrap();
    assert_eq!(end(), Some(unchanged));
    assert_ne!(fs::metadata(&manifest).unwrap().modified().unwrap(), long_ago, "files were compared with it");

    fs::remove_file(site_folder.public().join("a")).unwrap();
    assert_eq!(end(), None, "a file is gone");
    site_folder.build(&[("a", "1"), ("b/d", "23")]);
    assert_eq!(end(), None, "there are as many, but others");
    assert_eq!(site_folder.output(), site(&[("a", "1"), ("b/d", "23")]));
}

#[test]
fn a_copy_of_an_output_is_compared_once_and_the_manifest_is_younger_then() {
    let site_folder = Site::new();
    site_folder.build(&[("a", "1")]);
    let manifest = site_folder.public().join(MANIFEST);
    let long_ago = SystemTime::now() - Duration::from_secs(1_000_000);
    fs::File::open(&manifest).unwrap().set_modified(long_ago).unwrap();
    let before = fs::read(&manifest).unwrap();
    assert_eq!(site_folder.build(&[("a", "1")]), Summary { unchanged: 1, ..Summary::default() });
    assert_eq!(fs::read(&manifest).unwrap(), before);
    assert_ne!(fs::metadata(&manifest).unwrap().modified().unwrap(), long_ago);
}

#[test]
fn copies_are_like_pages() {
    let site_folder = Site::new();
    let source = site_folder.root().join("static.bin");
    let build = |expected: Outcome, text: &str| {
        fs::write(&source, text).unwrap();
        let output = site_folder.open().unwrap();
        assert_eq!(output.copy("images/x.bin", &source).unwrap(), expected);
        output.commit().unwrap();
        assert_eq!(site_folder.output(), site(&[("images/x.bin", text)]));
    };
    let long = "0123456789".repeat(100_000);
    build(Outcome::New, &long);
    build(Outcome::Unchanged, &long);
    build(Outcome::Changed, &long.replace('9', "8"));
    build(Outcome::Changed, "");
    build(Outcome::Unchanged, "");
    site_folder.build(&[("images/x.bin", "")]);
    assert_eq!(site_folder.build(&[("images/x.bin", "")]).unchanged, 1);
}

#[test]
fn the_manifest_says_what_is_ours_and_nothing_else() {
    let manifest = |order: &[(&str, &str)]| {
        let site_folder = Site::new();
        let output = site_folder.open().unwrap();
        for (route, text) in order {
            output.write(route, text.as_bytes()).unwrap();
        }
        output.commit().unwrap();
        site_folder.put("mine", "foreign");
        let read = Manifest::read(&site_folder.public()).unwrap().unwrap();
        let routes: Vec<_> = read.files().map(|(route, _)| route.to_owned()).collect();
        assert_eq!(routes, ["a", "b/c", "d"]);
        fs::read(site_folder.public().join(MANIFEST)).unwrap()
    };
    let first = manifest(&[("a", "1"), ("b/c", "2"), ("d", "3")]);
    assert_eq!(
        manifest(&[("d", "3"), ("b/c", "2"), ("a", "1")]),
        first,
        "the same site gives the same bytes"
    );
}

#[test]
fn a_second_build_says_that_it_waits_and_then_goes_on() {
    let site_folder = Arc::new(Site::new());
    let first = site_folder.open().unwrap();
    first.write("a", b"first").unwrap();
    let (says, hears) = channel();
    let other = Arc::clone(&site_folder);
    let second = std::thread::spawn(move || {
        let wait = |message: &str| says.send(message.to_owned()).unwrap();
        let output = Output::open(&other.public(), &other.root(), &wait).unwrap();
        assert_eq!(output.write("a", b"first").unwrap(), Outcome::Unchanged, "it sees what the first wrote");
        output.write("b", b"second").unwrap();
        output.commit().unwrap();
    });
    let message = hears.recv_timeout(Duration::from_secs(10)).unwrap();
    assert!(message.starts_with("another build is writing to ") && message.contains("public"), "{message}");
    first.commit().unwrap();
    second.join().unwrap();
    assert!(hears.recv().is_err(), "it says so once");
    assert_eq!(site_folder.output(), site(&[("a", "first"), ("b", "second")]));
}

#[test]
fn a_second_build_goes_on_when_the_first_one_fails() {
    let site_folder = Arc::new(Site::new());
    let first = site_folder.open().unwrap();
    let (says, hears) = channel();
    let other = Arc::clone(&site_folder);
    let second = std::thread::spawn(move || {
        let output = Output::open(&other.public(), &other.root(), &|_| says.send(()).unwrap()).unwrap();
        output.write("b", b"second").unwrap();
        output.commit().unwrap();
    });
    hears.recv_timeout(Duration::from_secs(10)).unwrap();
    drop(first);
    second.join().unwrap();
    assert_eq!(site_folder.output(), site(&[("b", "second")]));
}

#[test]
fn an_output_that_is_removed_during_a_build_is_told() {
    let site_folder = Site::new();
    let output = site_folder.open().unwrap();
    output.write("a", b"a").unwrap();
    fs::remove_dir_all(site_folder.public()).unwrap();
    assert!(refusal(output.commit()).contains("was removed while the build was at work"));
    assert!(!site_folder.public().exists());
}
