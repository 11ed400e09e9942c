//! What a build refuses; nothing is touched then.

use std::fs;
use std::path::Path;

use dateline::output::{MANIFEST, Output};

use crate::site::{Files, Site, files_in, never_waits, refusal, site};

/// Opens an output that must be refused with these words, and compares all files before and after.
fn refuses(site_folder: &Site, folder: &Path, words: &str) {
    let before = files_in(&site_folder.above());
    let why = refusal(Output::open(folder, &site_folder.root(), &never_waits));
    assert!(why.contains(words), "{words:?} is not in {why:?}");
    assert_eq!(files_in(&site_folder.above()), before, "something was touched");
}

/// Builds what must be refused with these words; what the output holds stays.
fn refuses_build(site_folder: &Site, files: &[(&str, &str)], words: &str) {
    let before = files_in(&site_folder.above());
    let why = refusal(site_folder.try_build(&site(files)));
    assert!(why.contains(words), "{words:?} is not in {why:?}");
    assert_eq!(files_in(&site_folder.above()), before, "something was touched");
}

#[test]
fn a_folder_of_somebody_else() {
    let site_folder = Site::new();
    site_folder.put("thesis.txt", "ten years of work");
    refuses(&site_folder, &site_folder.public(), "it is not empty (it has thesis.txt)");
    refuses(&site_folder, &site_folder.public(), "--output");
}

#[test]
fn a_folder_of_somebody_else_with_a_staging_folder() {
    let site_folder = Site::new();
    site_folder.put("thesis.txt", "ten years of work");
    site_folder.put(".dateline-staging/tree/index.html", "left by a killed build");
    assert!(refusal(site_folder.open()).contains("thesis.txt"));
    assert_eq!(site_folder.output(), site(&[("thesis.txt", "ten years of work")]));
}

#[test]
fn the_site_and_what_is_above_it_and_its_sources() {
    let site_folder = Site::new();
    let root = site_folder.root();
    refuses(&site_folder, &root, "the site itself is in it");
    refuses(&site_folder, &root.join("."), "the site itself is in it");
    refuses(&site_folder, &root.join("content/.."), "the site itself is in it");
    refuses(&site_folder, &root.join(".."), "the site itself is in it");
    refuses(&site_folder, Path::new("/"), "the site itself is in it");
    for source in ["content", "content/public", "templates", "static/x", ".dateline", ".git"] {
        refuses(&site_folder, &root.join(source), "the site's own");
    }
    refuses(&site_folder, &root.join("dateline.toml"), "it is a file");
    refuses(&site_folder, &root.join("dateline.toml/public"), "it is a file");
}

#[test]
fn a_content_folder_that_is_elsewhere() {
    let site_folder = Site::new();
    let elsewhere = site_folder.above().join("articles");
    fs::create_dir_all(elsewhere.join("deep")).unwrap();
    fs::remove_dir(site_folder.root().join("content")).unwrap();
    std::os::unix::fs::symlink(&elsewhere, site_folder.root().join("content")).unwrap();
    refuses(&site_folder, &elsewhere, "the site's own");
    refuses(&site_folder, &elsewhere.join("public"), "the site's own");
}

#[test]
fn routes_that_lead_out() {
    let site_folder = Site::new();
    let output = site_folder.open().unwrap();
    for route in [
        "",
        "/etc/x",
        "../x",
        "a/../../x",
        "a//b",
        "a/.",
        ".dateline-manifest.json",
        ".dateline-staging/lock",
    ] {
        assert!(refusal(output.write(route, b"x")).contains("the output cannot have a file"), "{route:?}");
        assert!(
            refusal(output.copy(route, Path::new("/dev/null"))).contains("the output cannot have a file")
        );
    }
}

#[test]
fn a_foreign_file_where_one_of_ours_must_go() {
    let site_folder = Site::new();
    site_folder.build(&[("a", "1"), ("d/e", "1"), ("gone", "1")]);
    site_folder.put("new", "foreign");
    site_folder.put("d/new", "foreign");
    site_folder.put("f", "foreign");
    let with = |route: &'static str| [("a", "2"), ("d/e", "1"), (route, "3"), ("zzz", "3")];
    refuses_build(&site_folder, &with("new"), "public/new is not Dateline's");
    refuses_build(&site_folder, &with("d/new"), "public/d/new is not Dateline's");
    refuses_build(&site_folder, &with("new/folder/x"), "public/new is not Dateline's");
    refuses_build(&site_folder, &with("f/g"), "public/f is not Dateline's");
    refuses_build(&site_folder, &[("d", "3")], "public/d/new is not Dateline's");
    site_folder.build(&[("a", "2"), ("d/e", "1")]);
    let foreign = [("new", "foreign"), ("d/new", "foreign"), ("f", "foreign")];
    assert_eq!(site_folder.output(), site(&[&[("a", "2"), ("d/e", "1")], &foreign[..]].concat()));
}

#[test]
fn a_foreign_folder_where_a_file_of_ours_must_go() {
    let site_folder = Site::new();
    site_folder.build(&[("a", "1"), ("b/c", "1")]);
    fs::create_dir_all(site_folder.public().join("b/empty")).unwrap();
    fs::create_dir_all(site_folder.public().join("e")).unwrap();
    refuses_build(&site_folder, &[("a", "1"), ("b", "2")], "public/b/empty is not Dateline's");
    refuses_build(&site_folder, &[("a", "1"), ("e", "2")], "public/e is not Dateline's");
    fs::remove_file(site_folder.public().join("a")).unwrap();
    fs::create_dir(site_folder.public().join("a")).unwrap();
    refuses_build(&site_folder, &[("a", "1")], "public/a is not Dateline's");
}

#[test]
fn a_foreign_file_where_a_folder_of_ours_was() {
    let site_folder = Site::new();
    site_folder.build(&[("a", "1"), ("b/c/d", "1")]);
    fs::remove_dir_all(site_folder.public().join("b")).unwrap();
    site_folder.put("b", "foreign");
    refuses_build(&site_folder, &[("a", "2"), ("b/c/d", "1")], "public/b is not Dateline's");
    refuses_build(&site_folder, &[("a", "2"), ("b/c/d", "2")], "public/b is not Dateline's");
    refuses_build(&site_folder, &[("a", "2"), ("b/x/d", "2")], "public/b is not Dateline's");
    site_folder.build(&[("a", "2")]);
    assert_eq!(site_folder.output(), site(&[("a", "2"), ("b", "foreign")]));
}

#[test]
fn a_foreign_file_in_a_folder_that_is_made_by_hand() {
    let site_folder = Site::new();
    site_folder.build(&[("a", "1")]);
    site_folder.put("n/o/index.html", "foreign");
    site_folder.put("n/other", "foreign");
    refuses_build(
        &site_folder,
        &[("a", "1"), ("n/o/index.html", "3")],
        "public/n/o/index.html is not Dateline's",
    );
    site_folder.build(&[("n/p/index.html", "3")]);
    let expected = [("n/o/index.html", "foreign"), ("n/other", "foreign"), ("n/p/index.html", "3")];
    assert_eq!(site_folder.output(), site(&expected));
}

#[test]
fn a_manifest_that_is_damaged() {
    let site_folder = Site::new();
    site_folder.build(&[("a", "1"), ("b", "1")]);
    let manifest = site_folder.public().join(MANIFEST);
    let whole = fs::read_to_string(&manifest).unwrap();
    for damaged in
        [String::new(), whole[..whole.len() / 2].to_owned(), whole.replace("\"b\"", "\"c\""), "{}".into()]
    {
        fs::write(&manifest, &damaged).unwrap();
        let before: Files = files_in(&site_folder.public());
        let why = refusal(site_folder.try_build(&site(&[("z", "1")])));
        assert!(why.contains(".dateline-manifest.json cannot be relied on"), "{why}");
        assert_eq!(files_in(&site_folder.public()), before);
        assert_eq!(fs::read_to_string(&manifest).unwrap(), damaged);
    }
    fs::write(&manifest, whole).unwrap();
    site_folder.build(&[("z", "1")]);
    assert_eq!(site_folder.output(), site(&[("z", "1")]));
}

#[test]
fn a_journal_that_is_damaged() {
    let site_folder = Site::new();
    site_folder.build(&[("a", "1")]);
    site_folder.put(".dateline-staging/journal.json", "{\"dateline-manifest\":1,");
    let why = refusal(site_folder.open());
    assert!(why.contains("journal.json cannot be relied on"), "{why}");
    assert_eq!(fs::read_to_string(site_folder.public().join("a")).unwrap(), "1");
    assert!(site_folder.public().join(".dateline-staging/journal.json").exists());
}
