//! Symbolic links that lead out are refused by name, and nothing is written, replaced or removed through them.

use std::fs;
use std::os::unix::fs::symlink;
use std::path::PathBuf;

use dateline::output::{MANIFEST, Output};

use crate::site::{Site, files_in, never_waits, refusal, site};

/// A built site, and a folder outside of it that holds the same files as `d` in the output.
fn site_and_elsewhere() -> (Site, PathBuf) {
    let site_folder = Site::new();
    site_folder.build(&[("a", "1"), ("d/e/f", "1"), ("d/g", "1")]);
    let elsewhere = site_folder.above().join("elsewhere");
    fs::rename(site_folder.public().join("d"), &elsewhere).unwrap();
    symlink(&elsewhere, site_folder.public().join("d")).unwrap();
    (site_folder, elsewhere)
}

#[test]
fn a_folder_of_ours_that_is_a_link() {
    let (site_folder, elsewhere) = site_and_elsewhere();
    let before = (files_in(&site_folder.public()), files_in(&elsewhere));
    let builds: [&[(&str, &str)]; 5] = [
        &[("a", "1"), ("d/e/f", "1"), ("d/g", "1")],
        &[("a", "1"), ("d/e/f", "2"), ("d/g", "2")],
        &[("a", "2"), ("d/new/x", "2")],
        &[("a", "2"), ("d/new", "2")],
        &[("a", "2")],
    ];
    for files in builds {
        let why = refusal(site_folder.try_build(&site(files)));
        assert!(
            why.contains("public/d is a symbolic link to ") && why.contains("elsewhere"),
            "{files:?}: {why}"
        );
        assert_eq!((files_in(&site_folder.public()), files_in(&elsewhere)), before, "{files:?}");
    }
}

#[test]
fn a_file_of_ours_that_is_a_link() {
    let site_folder = Site::new();
    site_folder.build(&[("a", "1"), ("b", "1")]);
    let elsewhere = site_folder.above().join("elsewhere");
    fs::write(&elsewhere, "1").unwrap();
    fs::remove_file(site_folder.public().join("b")).unwrap();
    symlink(&elsewhere, site_folder.public().join("b")).unwrap();
    for files in [[("a", "1"), ("b", "1")], [("a", "2"), ("b", "2")], [("a", "2"), ("b/c", "2")]] {
        let why = refusal(site_folder.try_build(&site(&files)));
        assert!(why.contains("public/b is a symbolic link"), "{why}");
        assert_eq!(fs::read_to_string(site_folder.public().join("a")).unwrap(), "1");
    }
    site_folder.build(&[("a", "2")]);
    assert_eq!(fs::read_to_string(&elsewhere).unwrap(), "1");
    assert!(site_folder.public().join("b").is_symlink(), "the link is not ours, and stays");
}

#[test]
fn the_output_folder_that_is_a_link() {
    let site_folder = Site::new();
    let elsewhere = site_folder.above().join("elsewhere");
    fs::create_dir(&elsewhere).unwrap();
    symlink(&elsewhere, site_folder.public()).unwrap();
    let why = refusal(site_folder.open());
    assert!(why.contains("site/public is a symbolic link that leads out of the site"), "{why}");
    let why = refusal(Output::open(&site_folder.public().join("deep"), &site_folder.root(), &never_waits));
    assert!(why.contains("site/public is a symbolic link that leads out of the site"), "{why}");
    assert_eq!(files_in(&elsewhere), site(&[]));
    fs::remove_dir(&elsewhere).unwrap();
    assert!(refusal(site_folder.open()).contains("leads nowhere"));
}

#[test]
fn a_link_within_the_site_is_followed_and_what_it_leads_to_is_judged() {
    let site_folder = Site::new();
    fs::create_dir(site_folder.root().join("real")).unwrap();
    symlink("real", site_folder.public()).unwrap();
    site_folder.build(&[("a", "1")]);
    assert_eq!(fs::read_to_string(site_folder.root().join("real/a")).unwrap(), "1");
    fs::remove_file(site_folder.public()).unwrap();
    symlink("content", site_folder.public()).unwrap();
    assert!(refusal(site_folder.open()).contains("the site's own"));
}

#[test]
fn the_writers_own_names_that_are_links() {
    let site_folder = Site::new();
    site_folder.build(&[("a", "1")]);
    let elsewhere = site_folder.above().join("elsewhere");
    fs::create_dir_all(elsewhere.join("tree")).unwrap();
    fs::write(elsewhere.join("tree/precious"), "x").unwrap();
    symlink(&elsewhere, site_folder.public().join(".dateline-staging")).unwrap();
    assert!(refusal(site_folder.open()).contains(".dateline-staging is a symbolic link"));
    assert!(elsewhere.join("tree/precious").exists());
    fs::remove_file(site_folder.public().join(".dateline-staging")).unwrap();
    fs::rename(site_folder.public().join(MANIFEST), elsewhere.join("manifest")).unwrap();
    symlink(elsewhere.join("manifest"), site_folder.public().join(MANIFEST)).unwrap();
    assert!(refusal(site_folder.open()).contains("manifest.json is a symbolic link"));
}

#[test]
fn a_source_that_is_a_link() {
    let site_folder = Site::new();
    let (root, above) = (site_folder.root(), site_folder.above());
    fs::create_dir_all(root.join("static")).unwrap();
    fs::create_dir_all(above.join("secrets")).unwrap();
    fs::write(above.join("secrets/key"), "secret").unwrap();
    fs::write(root.join("static/real"), "public").unwrap();
    symlink(above.join("secrets/key"), root.join("static/key")).unwrap();
    symlink(above.join("secrets"), root.join("static/folder")).unwrap();
    symlink("real", root.join("static/within")).unwrap();
    let output = site_folder.open().unwrap();
    output.copy("real", &root.join("static/real")).unwrap();
    output.copy("within", &root.join("static/within")).unwrap();
    output.copy("theme", &above.join("secrets/key")).unwrap();
    let why = refusal(output.copy("key", &root.join("static/key")));
    assert!(why.contains("static/key is a symbolic link that leads out of the site"), "{why}");
    let why = refusal(output.copy("key", &root.join("static/folder/key")));
    assert!(why.contains("static/folder is a symbolic link that leads out of the site"), "{why}");
}
