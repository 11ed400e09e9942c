//! Builds that are killed, and builds at once: what is there afterwards is one site, whole, and the files of others.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use dateline::output::{MANIFEST, Manifest, Output};
use rayon::prelude::{IntoParallelRefIterator, ParallelIterator};

use crate::site::{Files, Site, files_in, site};

const ROOT: &str = "DATELINE_TEST_ROOT";
const SITES: &str = "DATELINE_TEST_SITES";

/// Run by the tests below in a process of its own, with a site in the environment; by itself it does nothing.
#[test]
fn child() {
    let Some(root) = std::env::var_os(ROOT).map(PathBuf::from) else { return };
    let sites = std::env::var(SITES).unwrap();
    for letter in sites.chars() {
        match letter {
            'o' => drop(Output::open(&root.join("public"), &root, &|_| ()).unwrap()),
            letter => build(&root, &one_of_three(letter)),
        }
    }
}

#[test]
fn a_kill_at_any_moment_leaves_one_site_or_a_switch_that_the_next_build_completes() {
    let site_folder = Site::new();
    let public = site_folder.public();
    let sites = ['a', 'b', 'c'].map(one_of_three);
    let foreign = site(&[("mine.txt", "foreign"), ("changed/mine.txt", "foreign"), ("mine/x", "foreign")]);
    let mut random = Random(0x00DA_7E11);
    let (mut kills, mut in_staging, mut in_switch) = (0, 0, 0);
    let begin = Instant::now();
    while kills < 80 || (in_staging.min(in_switch) < 10 && begin.elapsed() < Duration::from_secs(60)) {
        if kills % 6 == 0 && public.exists() {
            fs::remove_dir_all(&public).unwrap();
        } else if public.join(MANIFEST).exists() {
            foreign.iter().for_each(|(route, text)| site_folder.put(route, text));
        }
        let before = without_staging(&public);
        let mut child = spawn(&site_folder.root(), &["abcacb", "bcacba", "cabcab"][kills % 3].repeat(20));
        if random.below(2) == 0 {
            wait_for_switch(&public);
            std::thread::sleep(Duration::from_micros(random.below(4_000)));
        } else {
            std::thread::sleep(Duration::from_micros(random.below(60_000)));
        }
        child.kill().unwrap();
        child.wait().unwrap();
        kills += 1;

        let others: Files =
            foreign.iter().filter(|(route, _)| before.contains_key(*route)).map(own).collect();
        let after = without_staging(&public);
        let with_others = |files: &Files| -> Files { files.iter().chain(&others).map(own).collect() };
        let decided =
            journal(&public).map(|routes| sites.iter().find(|site| routes_of(site) == routes).unwrap());
        if decided.is_some() {
            in_switch += 1;
            assert!(others.iter().all(|(route, text)| after.get(route) == Some(text)));
        } else {
            in_staging += usize::from(public.join(".dateline-staging").exists());
            let whole = after == before || sites.iter().any(|site| after == with_others(site));
            assert!(whole, "a mix after {kills} kills");
        }
        if decided.is_some() && random.below(2) == 0 {
            let mut completes = spawn(&site_folder.root(), "o");
            std::thread::sleep(Duration::from_micros(random.below(8_000)));
            completes.kill().unwrap();
            completes.wait().unwrap();
        }
        if public.exists() {
            drop(site_folder.open().unwrap());
            let expected = decided.map_or(after, with_others);
            assert!(site_folder.output() == expected, "not one site after {kills} kills");
        }
    }
    assert!(
        in_staging >= 10 && in_switch >= 10,
        "{kills} kills: {in_staging} in the staging, {in_switch} in a switch"
    );
    let [a, b, _] = sites;
    build(&site_folder.root(), &a);
    foreign.iter().for_each(|(route, text)| site_folder.put(route, text));
    build(&site_folder.root(), &b);
    assert_eq!(site_folder.output(), b.into_iter().chain(foreign).collect());
}

#[test]
fn two_builds_at_once_end_well_and_one_site_is_there_whole() {
    let site_folder = Site::new();
    for round in 0..15 {
        if round % 5 == 0 && site_folder.public().exists() {
            fs::remove_dir_all(site_folder.public()).unwrap();
        }
        let children = ["abc", "bcab", "cb"].map(|sites| spawn(&site_folder.root(), sites));
        for mut child in children {
            assert!(child.wait().unwrap().success());
        }
        let output = site_folder.output();
        assert!(['b', 'c'].map(one_of_three).contains(&output), "a mix in round {round}");
    }
}

fn spawn(root: &Path, sites: &str) -> Child {
    Command::new(std::env::current_exe().unwrap())
        .args(["--exact", "kill::child", "--nocapture"])
        .env(ROOT, root)
        .env(SITES, sites)
        .stdout(Stdio::null())
        .spawn()
        .unwrap()
}

fn build(root: &Path, files: &Files) {
    let output = Output::open(&root.join("public"), root, &|_| ()).unwrap();
    files.par_iter().for_each(|(route, text)| {
        output.write(route, text.as_bytes()).unwrap();
    });
    output.commit().unwrap();
}

/// Sites of about two hundred files: some are in all, some differ, some are in one, some are folders in the next; the
/// third is a part of the others, so that a switch to it has much to remove.
fn one_of_three(letter: char) -> Files {
    let mut files = site(&[("index.html", &letter.to_string())]);
    for number in 0..60 {
        let text = format!("{letter}{number}");
        files.insert(format!("same/{number}/index.html"), "same".to_owned());
        files.insert(format!("changed/{number}.html"), text.repeat(number));
        if letter != 'c' {
            files.insert(format!("only-{letter}/{number}/index.html"), text.clone());
            let turns = if (letter == 'a') == (number % 2 == 0) { "" } else { "/x/index.html" };
            files.insert(format!("turns/{number}{turns}"), text);
        }
    }
    files
}

fn routes_of(files: &Files) -> Vec<String> {
    files.keys().cloned().collect()
}

/// The routes of the site that a switch which was cut off leads to.
fn journal(public: &Path) -> Option<Vec<String>> {
    let folder = tempfile::tempdir().unwrap();
    fs::copy(public.join(".dateline-staging/journal.json"), folder.path().join(MANIFEST)).ok()?;
    let manifest = Manifest::read(folder.path()).unwrap().unwrap();
    Some(manifest.files().map(|(route, _)| route.to_owned()).collect())
}

/// Waits until the builds of a child have come to a switch: it is short, and chance alone would seldom meet it.
fn wait_for_switch(public: &Path) {
    let begin = Instant::now();
    let journal = public.join(".dateline-staging/journal.json");
    while !journal.exists() && begin.elapsed() < Duration::from_secs(5) {
        std::thread::sleep(Duration::from_micros(50));
    }
}

fn without_staging(public: &Path) -> Files {
    let mut files = if public.exists() { files_in(public) } else { Files::new() };
    files.retain(|route, _| !route.starts_with(".dateline-"));
    files
}

fn own((route, text): (&String, &String)) -> (String, String) {
    (route.clone(), text.clone())
}

/// A sequence of numbers that is the same in each run (xorshift).
struct Random(u64);

impl Random {
    fn below(&mut self, bound: u64) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0 % bound
    }
}
