//! Any sequence of builds: the output is the last site, and the files of others.

use std::fs;
use std::time::Duration;

use dateline::Error;
use dateline::output::MANIFEST;
use proptest::prelude::{Just, Strategy, any, prop_oneof, proptest};
use proptest::test_runner::Config;

use crate::site::{Files, Site};

/// What happens to an output folder.
#[derive(Debug, Clone)]
enum Step {
    Build(Files),
    /// A build that ends without its commit.
    GiveUp(Files),
    /// Somebody writes a text into the file with this number, if there are that many, and after the build.
    Edit(usize, String),
    Remove(usize),
    /// Somebody puts a file of their own.
    Put(String),
}

proptest! {
    #![proptest_config(Config { cases: 300, failure_persistence: None, ..Config::default() })]

    #[test]
    fn the_output_is_the_last_site_and_the_files_of_others(steps in proptest::collection::vec(step(), 1..12)) {
        play(&steps);
    }
}

fn step() -> impl Strategy<Value = Step> {
    prop_oneof![
        6 => files().prop_map(Step::Build),
        1 => files().prop_map(Step::GiveUp),
        1 => (any::<usize>(), text()).prop_map(|(number, text)| Step::Edit(number, text)),
        1 => any::<usize>().prop_map(Step::Remove),
        2 => route().prop_map(Step::Put),
    ]
}

/// A site: no route is a folder of another.
fn files() -> impl Strategy<Value = Files> {
    proptest::collection::vec((route(), text()), 0..8).prop_map(|files| {
        let mut site = Files::new();
        for (route, text) in files {
            if !site.keys().any(|other| clash(other, &route)) {
                site.insert(route, text);
            }
        }
        site
    })
}

fn route() -> impl Strategy<Value = String> {
    let part = prop_oneof![Just("a"), Just("b"), Just("a-b"), Just("é")];
    proptest::collection::vec(part, 1..4).prop_map(|parts| parts.join("/"))
}

fn text() -> impl Strategy<Value = String> {
    prop_oneof![Just(""), Just("1"), Just("2"), Just("33")].prop_map(str::to_owned)
}

/// Whether one is the other, or a folder of it.
fn clash(one: &str, other: &str) -> bool {
    let (short, long) = if one.len() < other.len() { (one, other) } else { (other, one) };
    long.strip_prefix(short).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}

fn play(steps: &[Step]) {
    let site = Site::new();
    site.build(&[]);
    let (mut last, mut foreign) = (Files::new(), Files::new());
    let mut expected = Files::new();
    for step in steps {
        match step {
            Step::Build(files) => {
                let clashes = files.keys().any(|route| foreign.keys().any(|other| clash(route, other)));
                match site.try_build(files) {
                    Ok(summary) => {
                        assert!(!clashes, "{files:?} was built over {foreign:?}");
                        assert_eq!(summary.written + summary.unchanged, files.len());
                        last.clone_from(files);
                        expected = last.clone();
                        expected.extend(foreign.clone());
                    }
                    Err(Error::Refused(why)) => assert!(clashes, "{files:?}: {why}"),
                    Err(error) => panic!("{error}"),
                }
            }
            Step::GiveUp(files) => {
                let output = site.open().unwrap();
                for (route, text) in files {
                    output.write(route, text.as_bytes()).unwrap();
                }
            }
            Step::Edit(number, text) => {
                let Some(route) = last.keys().nth(number % 8) else { continue };
                let path = site.public().join(route);
                if path.exists() {
                    fs::write(&path, text).unwrap();
                    let built = fs::metadata(site.public().join(MANIFEST)).unwrap().modified().unwrap();
                    let later = built + Duration::from_millis(1);
                    fs::File::open(&path).unwrap().set_modified(later).unwrap();
                    expected.insert(route.clone(), text.clone());
                }
            }
            Step::Remove(number) => {
                let Some(route) = last.keys().nth(number % 8) else { continue };
                if expected.remove(route).is_some() {
                    fs::remove_file(site.public().join(route)).unwrap();
                }
            }
            Step::Put(route) => {
                if !last.keys().chain(foreign.keys()).any(|other| clash(route, other)) {
                    site.put(route, "foreign");
                    foreign.insert(route.clone(), "foreign".to_owned());
                    expected.insert(route.clone(), "foreign".to_owned());
                }
            }
        }
        let mut output = site.output();
        output.retain(|route, _| !route.ends_with('/'));
        assert_eq!(output, expected, "after {step:?}");
    }
}
