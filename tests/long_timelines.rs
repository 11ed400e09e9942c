//! Timelines that are long: how much a full page weighs, and that of 20,000 events each stands on exactly one page.
#![allow(clippy::disallowed_methods, reason = "a test prepares its own folders")]

mod sites;

use std::collections::BTreeMap;
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};

use flate2::Compression;
use flate2::write::GzEncoder;
use sites::{NOW, text};
use tempfile::TempDir;
use walkdir::WalkDir;

/// A page of a timeline, gzipped, at the most.
const PAGE: usize = 80 * 1024;

/// A strip, at the most.
const STRIP: usize = 20_000;

#[test]
fn a_full_page_of_200_events_weighs_80_kilobytes_at_the_most() {
    let site = site(200, 90);
    let page = fs::read_to_string(site.path().join("public/rio/index.html")).expect("it was written");
    assert_eq!(page.matches("<article").count(), 200);
    assert!(!site.path().join("public/rio/by").exists(), "200 events are one page");
    assert!(page.contains("class=\"timeline long\""), "the browser is told to lay out what is in sight");
    assert_weight("rio/index.html", &page);
}

#[test]
fn of_20_000_events_each_stands_on_one_page_of_200_at_the_most() {
    let site = site(20_000, 3_000);
    let public = site.path().join("public");
    let mut stands: BTreeMap<String, Vec<PathBuf>> = BTreeMap::new();
    let mut pages = 0;
    for path in pages_of(&public.join("rio")) {
        let page = fs::read_to_string(&path).expect("it was written");
        let name = path.strip_prefix(&public).expect("it is below").display().to_string();
        let ids = ids(&page);
        assert!(ids.len() <= 200, "{name} has {} events", ids.len());
        assert_weight(&name, &page);
        pages += usize::from(!ids.is_empty());
        for id in ids {
            stands.entry(id).or_default().push(path.clone());
        }
    }
    assert_eq!(stands.len(), 20_000, "every event stands somewhere");
    let twice: Vec<_> = stands.iter().filter(|(_, pages)| pages.len() > 1).collect();
    assert!(twice.is_empty(), "{twice:?}");
    assert!(pages >= 100, "{pages} pages hold them");
    assert_embeds(&public);
    assert_search(&public, stands.keys());
    assert_entity(&public.join("topics/rio"), stands.keys().len() / 2);
    let head = fs::read_to_string(public.join("rio/index.html")).expect("it was written");
    for (id, at) in stands.iter().step_by(997) {
        let page = at[0].strip_prefix(public.join("rio")).expect("it is below").display().to_string();
        let address = page.trim_end_matches("index.html");
        assert!(
            address.is_empty() || head.contains(&format!("href=\"{address}\"")),
            "the index leads to {address}"
        );
        let event =
            fs::read_to_string(public.join("rio").join(id).join("index.html")).expect("it was written");
        assert!(
            event.contains(&format!("href=\"../{address}#{id}\"")),
            "{id} does not lead to {address}#{id}"
        );
    }
}

/// What half of the events name has each of them on one page, and a way to every page.
fn assert_entity(entity: &Path, events: usize) {
    let mut named: BTreeMap<String, usize> = BTreeMap::new();
    let pages = WalkDir::new(entity).into_iter().map(|entry| entry.expect("it is ours"));
    let pages: Vec<PathBuf> =
        pages.filter(|entry| entry.file_name() == "index.html").map(walkdir::DirEntry::into_path).collect();
    assert_eq!(pages.len(), events.div_ceil(200));
    for path in &pages {
        let page = fs::read_to_string(path).expect("it was written");
        let (name, list) = (path.display(), page.split_once("<ol>").expect("it lists events").1);
        let list = list.split_once("</ol>").expect("the list ends").0;
        let links = list.matches("href=\"").count();
        assert!(links <= 200 && page.len() <= 300_000, "{name} has {links} events and {} bytes", page.len());
        for link in list.split("href=\"").skip(1) {
            let id = link.split_once("/\"").expect("it leads to a page").0.rsplit('/').next();
            *named.entry(id.expect("it has a name").to_string()).or_default() += 1;
        }
        let ways = page.split_once("class=\"ways\"").expect("it leads to other pages").1;
        let ways = ways.split_once("</ol>").expect("the list ends").0;
        assert!(ways.matches("<li").count() <= 30, "{name} is no list of pages alone");
        assert_eq!(ways.matches("aria-current=\"page\"").count(), 1, "{name}");
    }
    assert_eq!(named.len(), events, "every event stands somewhere");
    assert!(named.values().all(|times| *times == 1), "no event stands twice");
}

/// What another site shows of it is as much as a guest may have, and leads to the rest.
fn assert_embeds(public: &Path) {
    for name in ["rio/embed/index.html", "rio/embed/key-moments/index.html"] {
        let embed = fs::read_to_string(public.join(name)).expect("it was written");
        let events = embed.matches("<article").count();
        assert!(embed.len() <= PAGE, "{name} has {} bytes", embed.len());
        assert!((50..=200).contains(&events), "{name} has {events} events");
        assert!(embed.contains("20.000"), "{name} does not say how many there are in all");
    }
}

/// Each event stands in one file of the search, and a year's file has that year's events alone.
fn assert_search<'a>(public: &Path, all: impl Iterator<Item = &'a String>) {
    let mut found: Vec<String> = Vec::new();
    for year in 2001..=2009 {
        let file = public.join(format!("search/{year}.json"));
        let events: Vec<serde_json::Value> =
            serde_json::from_slice(&fs::read(file).expect("it was written")).expect("it is JSON");
        for event in events {
            assert_eq!(event["years"][0], year);
            let href = event["href"].as_str().expect("it has an address");
            found.push(href.trim_start_matches("../rio/").trim_end_matches('/').to_string());
        }
    }
    found.sort();
    assert!(found.iter().eq(all), "{} events can be found", found.len());
}

fn assert_weight(name: &str, page: &str) {
    let mut gzip = GzEncoder::new(Vec::new(), Compression::default());
    gzip.write_all(page.as_bytes()).expect("memory takes everything");
    let weight = gzip.finish().expect("memory takes everything").len();
    assert!(weight <= PAGE, "{name} weighs {weight} bytes");
    if let Some(start) = page.find("<svg class=\"strip\"") {
        let strip = page[start..].find("</svg>").expect("it ends") + "</svg>".len();
        assert!(strip <= STRIP, "the strip of {name} has {strip} bytes");
    }
}

/// The pages of a timeline on which events stand: its own, and those below `by/`.
fn pages_of(timeline: &Path) -> Vec<PathBuf> {
    let parts = WalkDir::new(timeline.join("by")).into_iter().map(|entry| entry.expect("it is ours"));
    let parts = parts.filter(|entry| entry.file_name() == "index.html").map(walkdir::DirEntry::into_path);
    parts.chain([timeline.join("index.html")]).collect()
}

fn ids(page: &str) -> Vec<String> {
    let articles = page.split("<article ").skip(1);
    articles
        .filter_map(|article| Some(article.split_once("id=\"")?.1.split_once('"')?.0.to_string()))
        .collect()
}

/// A built site with a timeline of so many events on as many days, with people, places, sources and quotations.
fn site(events: usize, days: usize) -> TempDir {
    let site = tempfile::tempdir().expect("a temporary folder");
    let write = |path: &str, text: &str| {
        let path = site.path().join(path);
        fs::create_dir_all(path.parent().expect("it has a folder")).expect("the folder is ours");
        fs::write(path, text).expect("the folder is ours");
    };
    let settings = "title = \"Longa\"\nbase_url = \"https://longa.test/\"\nlanguage = \"pt-BR\"\n[outputs]\ncards = false\n";
    write("dateline.toml", settings);
    write("content/rio/_index.md", "+++\ntitle = \"O rio\"\n+++\n\nUma história inventada e longa.\n");
    for place in 0..40 {
        let (latitude, longitude) = (place - 20, place * 8 - 160);
        let place =
            format!("+++\ntitle = \"Lugar {place}\"\nlatitude = {latitude}\nlongitude = {longitude}\n+++\n");
        write(&format!("content/places/lugar-{}.md", latitude + 20), &place);
    }
    for number in 0..events {
        // Evenly spread, and in no order.
        let day = number * 7_919 % days;
        write(&format!("content/rio/e{number:05}.md"), &event(number, day));
    }
    let output =
        sites::dateline(site.path()).args(["build", "--now", NOW]).output().expect("the program runs");
    assert!(output.status.success(), "{}", text(&output));
    site
}

fn event(number: usize, day: usize) -> String {
    let (year, month, day) = (2001 + day / 360, day / 30 % 12 + 1, day % 28 + 1);
    let weight = if number.is_multiple_of(30) { "weight = \"key\"\n" } else { "" };
    let topics = if number.is_multiple_of(2) { "topics = \"Rio\"\n" } else { "" };
    format!(
        "+++\ntitle = \"O acontecimento de número {number} à margem do rio\"\n\
         date = {year}-{month:02}-{day:02}\npublished = {year}-{month:02}-{day:02}T18:00:00-03:00\n{weight}{topics}\
         people = [\"Pessoa {}\", \"Pessoa {}\"]\nplace = \"Lugar {}\"\n\
         quotes = [{{ text = \"Foi o número {number} que vimos passar.\", by = \"Pessoa {}\" }}]\n\
         sources = [{{ title = \"Ata {}\", url = \"https://ata.test/{}\", publisher = \"Arquivo\" }}]\n+++\n\n\
         No dia {day}, a água passou pela marca {number}, e quem estava na margem contou o que viu antes da noite.\n",
        number % 83,
        (number * 31 + 7) % 83,
        number % 40,
        number % 83,
        number % 150,
        number % 150,
    )
}
