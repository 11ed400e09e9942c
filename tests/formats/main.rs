//! What is made for readers' other tools, shown to the tools of others: feed readers, calendars, spreadsheets, reference managers, and
//! browsers. The sample story, and the one that is awkward in every text and has every form of a date.
//!
//! A judge is a script that takes a folder, prints its findings, and ends with 0 when there are none: those of Python stand here, those
//! of Node.js in `tests/judges/`. Each must find the mistakes that are planted for it in a copy of the sample.
#![allow(clippy::disallowed_methods, reason = "a test prepares its own folders")]

#[path = "../sites/mod.rs"]
mod sites;

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use serde_json::Value;
use sites::stories::Story;
use sites::{NOW, Order, copy, dateline, text};
use tempfile::TempDir;
use walkdir::WalkDir;

const STORIES: [Story; 2] = [Story::Sample, Story::Awkward];

/// Who judges.
#[derive(Clone, Copy)]
enum Judge {
    /// A script of `tests/formats/`.
    Python(&'static str),
    /// A script of `tests/judges/`.
    Node(&'static str),
}

const FEEDS: Judge = Judge::Python("feeds");
const CALENDARS: Judge = Judge::Python("calendars");
const TABLES: Judge = Judge::Python("tables");
const BIBLIOGRAPHIES: Judge = Judge::Python("bibliographies");
const FORMATS: Judge = Judge::Node("formats");
const TIMELINE_JS: Judge = Judge::Node("timelinejs");
const ARCHIVE: Judge = Judge::Node("archive");

#[test]
fn atom_feeds_keep_the_rules_and_are_read() {
    finds_nothing(FEEDS);
}

#[test]
fn json_feeds_data_and_sources_are_valid() {
    finds_nothing(FORMATS);
}

#[test]
fn two_readers_of_calendars_read_the_same_events() {
    finds_nothing(CALENDARS);
}

#[test]
fn tables_open_right_and_hold_no_formula() {
    finds_nothing(TABLES);
}

#[test]
fn bibliographies_are_read() {
    finds_nothing(BIBLIOGRAPHIES);
}

#[test]
fn timelinejs_draws_every_timeline() {
    finds_nothing(TIMELINE_JS);
}

#[test]
fn an_archive_is_whole_with_the_network_off() {
    finds_nothing(ARCHIVE);
}

#[test]
fn pages_of_awkward_texts_are_valid_and_every_link_leads_somewhere() {
    let said: Vec<String> = ["html", "links"]
        .into_iter()
        .filter_map(|judge| complaint(Judge::Node(judge), Story::Awkward))
        .collect();
    assert!(said.is_empty(), "{}", said.join("\n"));
}

#[test]
fn what_is_not_published_is_in_no_format() {
    let public = Story::Awkward.public();
    let files =
        WalkDir::new(public).into_iter().filter_map(Result::ok).filter(|file| file.file_type().is_file());
    let mut read = 0;
    for file in files {
        let bytes = fs::read(file.path()).expect("the build wrote it");
        let holds = |piece: &str| bytes.windows(piece.len()).any(|window| window == piece.as_bytes());
        assert!(!holds("SECRET"), "{} tells what is under embargo", file.path().display());
        read += 1;
    }
    assert!(read > 300, "the story has more files than {read}");
}

/// What goes out to TimelineJS and to a table comes in again, and goes out as it was: dates, zones, names, sources, in every
/// form and every script.
#[test]
fn what_goes_out_comes_in_again_as_it_was() {
    for (story, timeline) in [
        (Story::Sample, "kim-putin"),
        (Story::Awkward, "texts"),
        (Story::Awkward, "clocks"),
        (Story::Awkward, "forms"),
    ] {
        let first = exported(&story.public().join(timeline).join("timelinejs.json"));
        let site = TempDir::new().expect("there is a folder for temporary files");
        fs::write(
            site.path().join("dateline.toml"),
            "title = \"Again\"\nlanguage = \"en\"\nbase_url = \"https://again.example/\"\n",
        )
        .expect("the folder is writable");
        let run = |arguments: &[&str]| {
            let output = dateline(site.path()).args(arguments).output().expect("the program runs");
            assert!(output.status.success(), "{}/{timeline}: {}", story.name(), text(&output));
        };
        let file = story.public().join(timeline).join("timelinejs.json");
        run(&["import", "timelinejs", file.to_str().expect("its path is UTF-8"), "--into", timeline]);
        run(&["build", "--now", NOW]);
        let again = exported(&site.path().join("public").join(timeline).join("timelinejs.json"));
        assert!(!first.is_empty(), "{}/{timeline} has no events", story.name());
        for (id, event) in &first {
            assert_eq!(again.get(id), Some(event), "{}/{timeline}: {id}", story.name());
        }
        assert_eq!(again.len(), first.len(), "{}/{timeline}", story.name());
    }
}

/// The events of an export by their ids, as far as they are carried: an entity is its name, and has its own page elsewhere.
fn exported(file: &Path) -> BTreeMap<String, Value> {
    let text = fs::read_to_string(file).expect("it was built");
    let whole: Value = serde_json::from_str(&text).expect("it is JSON");
    let list = |pointer: &str| whole.pointer(pointer).and_then(Value::as_array).cloned().unwrap_or_default();
    let drawn = list("/events").into_iter().map(|mut slide| slide["_dateline"].take());
    let apart = list("/_dateline/not_drawn").into_iter().map(|mut one| one["event"].take());
    let carried = |mut event: Value| {
        let id = event["id"].as_str().expect("it has an id").to_string();
        let keys = event.as_object_mut().expect("it is an object");
        for of_others in ["url", "image", "related"] {
            keys.remove(of_others);
        }
        // How it is said is the language of the site that says it.
        keys["date"].as_object_mut().expect("it has a date").remove("display");
        for kind in ["places", "people", "organizations", "topics"] {
            for entity in keys[kind].as_array_mut().expect("it is a list") {
                *entity = entity["name"].take();
            }
        }
        (id, event)
    };
    drawn.chain(apart).map(carried).collect()
}

/// Each mistake is planted alone: what stands in a file of the sample, what takes its place, and what the judge must say of it. Among
/// them are those of others that are known: a day with a time, a day moved by a zone, stamps of the build, bare line ends.
#[test]
fn each_judge_finds_the_mistakes_that_are_planted_for_it() {
    let feed = "kim-putin/feed.xml";
    let calendar = "kim-putin/calendar.ics";
    let data = "kim-putin/timeline.json";
    let timeline_js = "kim-putin/timelinejs.json";
    let archive = "kim-putin/archive.html";
    for (judge, file, right, wrong, said) in [
        (FEEDS, feed, "<updated>2", "<updated>x", "RFC 3339"),
        (FEEDS, feed, "</feed>", "", "is no XML"),
        (FEEDS, feed, "&lt;a href=\"https://dateline.example/", "&lt;a href=\"../", "is not whole"),
        (FEEDS, feed, "<content type=\"html\">", "<content type=\"html\">&lt;script&gt;", "<script>"),
        (
            FEEDS,
            "feed.xml",
            "</author>\n <link rel=\"self\"",
            "</author>\n <link rel=\"via\"",
            "links «self»",
        ),
        (FEEDS, "feed.xml", "<id>https", "<id>no id", "an id is no IRI"),
        (FORMATS, "feed.json", "https://jsonfeed.org/version/1.1", "1.1", "must match"),
        (FORMATS, "feed.json", "\"date_published\":\"2", "\"date_published\":\"x", "is no moment"),
        (FORMATS, data, "\"precision\": \"month\"", "\"precision\": \"moon\"", "must be equal to one of"),
        (FORMATS, data, "\"latest\": \"2000-07-31\"", "\"latest\": \"2000-07-01\"", "a month is a day"),
        (FORMATS, data, "\"version\": 1", "\"version\": 2", "must be equal to constant"),
        (
            FORMATS,
            "kim-putin/sources.json",
            "\"type\": \"document\"",
            "\"type\": \"thing\"",
            "does not take type",
        ),
        (CALENDARS, calendar, "VERSION:2.0\r\n", "VERSION:2.0\n", "is not CRLF"),
        (
            CALENDARS,
            calendar,
            "DTSTART;VALUE=DATE:20230912",
            "DTSTART;VALUE=DATE:20230912T000000Z",
            "a day has a time",
        ),
        (CALENDARS, calendar, "DTSTART;VALUE=DATE:20230912", "DTSTART;VALUE=DATE:20230911", "has no {"),
        (CALENDARS, calendar, "DTEND;VALUE=DATE:20230913", "DTEND;VALUE=DATE:20230912", "not the day after"),
        (CALENDARS, calendar, "DTSTAMP:2026", "DTSTAMP:2036", "the stamp is no article's"),
        (CALENDARS, calendar, "SUMMARY:", &format!("X-LONG:{}\r\nSUMMARY:", "x".repeat(90)), "octets"),
        (TABLES, "kim-putin/events.csv", "\u{FEFF}", "", "has no mark"),
        (TABLES, "kim-putin/events.csv", ",2000-07,", ",2000-07-01,", "should be '2000-07'"),
        (TABLES, "kim-putin/events.csv", "\r\n2", "\r\n=2", "begins a formula"),
        (BIBLIOGRAPHIES, "kim-putin/sources.bib", "title = {{", "title = {", "there is text between them"),
        (TIMELINE_JS, timeline_js, "\"year\": 2000", "\"year\": \"MM\"", "does not draw it"),
        (TIMELINE_JS, timeline_js, "\"month\": 7", "\"month\": 7, \"day\": 1", "a month has a day"),
        (
            ARCHIVE,
            archive,
            "src=\"data:image/",
            "src=\"https://elsewhere.example/",
            "a picture is not inside",
        ),
        (ARCHIVE, archive, " id=\"2023-09-12-fronteira\"", "", "«2023-09-12-fronteira» is not shown"),
        (ARCHIVE, archive, "</head>", "<link rel=\"icon\" href=\"icon.svg\"></head>", "beside the file"),
    ] {
        let site = TempDir::new().expect("there is a folder for temporary files");
        copy(Story::Sample.public(), site.path(), Order::Forwards);
        let path = site.path().join(file);
        let whole = fs::read_to_string(&path).expect("it was built");
        assert!(whole.contains(right), "{file} has no {right}");
        fs::write(&path, whole.replacen(right, wrong, 1)).expect("the copy is ours");
        let output = ask(judge, site.path());
        let found = text(&output);
        assert_eq!(output.status.code(), Some(1), "in {file}, {wrong} is not found:\n{found}");
        assert!(found.contains(said), "of {wrong} in {file} is not said «{said}»:\n{found}");
    }
}

/// Shows the built sites to a judge.
fn finds_nothing(judge: Judge) {
    let said: Vec<String> = STORIES.iter().filter_map(|story| complaint(judge, *story)).collect();
    assert!(said.is_empty(), "{}", said.join("\n"));
}

fn complaint(judge: Judge, story: Story) -> Option<String> {
    let output = ask(judge, story.public());
    (!output.status.success()).then(|| format!("{}: {}\n{}", story.name(), output.status, text(&output)))
}

fn ask(judge: Judge, site: &Path) -> Output {
    let tests = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests");
    let (program, script): (PathBuf, PathBuf) = match judge {
        Judge::Python(name) => {
            (tests.join(".tools/venv/bin/python"), tests.join("formats").join(name).with_extension("py"))
        }
        Judge::Node(name) => ("node".into(), tests.join("judges").join(name).with_extension("mjs")),
    };
    Command::new(&program)
        .arg(script)
        .arg(site)
        .output()
        .unwrap_or_else(|error| panic!("{} does not run ({error}): run tests/run --tools", program.display()))
}
