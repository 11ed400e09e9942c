//! One long timeline with somebody in half of its events: how large its pages are, and what grows faster than the site.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use walkdir::WalkDir;

use crate::corpus::Corpus;
use crate::process::{Run, run};
use crate::programs::Program;
use crate::rounds::extent;
use crate::seconds;

/// How many of the largest files are told.
const SHOWN: usize = 8;

/// What a reader's telephone is to be given at once at the most.
const MOST_EVENTS: usize = 200;
const MOST_BYTES: usize = 300_000;

/// Builds a timeline of each size, and prints what came out.
pub fn print(sizes: &[usize]) {
    let mut before: Option<(usize, Run, u64)> = None;
    for &articles in sizes {
        let folder = tempfile::tempdir().expect("a folder for temporary files");
        let (site, output) = (folder.path().join("site"), folder.path().join("site/public"));
        let program = Program::everything();
        program.prepare(Corpus { articles, somebody_everywhere: true }, &site);
        let taken = run(&mut program.build(&site, &output));
        let (files, bytes) = extent(&output);
        println!("\n### One timeline of {articles} events, and somebody in half of them\n");
        println!(
            "{files} files, {:.1} MB, {} s, {:.0} MiB",
            bytes as f64 / 1e6,
            seconds(taken.wall),
            mebibytes(taken)
        );
        if let Some((fewer, run, small)) = before {
            let times = |now: f64, then: f64| format!("{:.1}", now / then);
            println!(
                "{} times the events: {} times the bytes, {} times the time, {} times the memory",
                times(articles as f64, fewer as f64),
                times(bytes as f64, small as f64),
                times(taken.processor.as_secs_f64(), run.processor.as_secs_f64()),
                times(mebibytes(taken), mebibytes(run)),
            );
        }
        largest(&output);
        before = Some((articles, taken, bytes));
    }
}

fn mebibytes(run: Run) -> f64 {
    run.memory as f64 / 1024.0 / 1024.0
}

struct File {
    route: String,
    bytes: usize,
    events: usize,
}

/// The largest pages, and the largest files for other tools.
fn largest(output: &Path) {
    let found =
        WalkDir::new(output).into_iter().map_while(Result::ok).filter(|entry| entry.file_type().is_file());
    let mut files: Vec<File> = found.map(|entry| file(output, entry.path())).collect();
    files.sort_by_key(|file| std::cmp::Reverse(file.bytes));
    let (pages, others): (Vec<File>, Vec<File>) =
        files.into_iter().partition(|file| file.route.ends_with("index.html"));
    let too_large = pages.iter().filter(|page| page.bytes > MOST_BYTES || page.events > MOST_EVENTS).count();
    println!(
        "{too_large} of {} pages have more than {MOST_EVENTS} events or {} KB",
        pages.len(),
        MOST_BYTES / 1000
    );
    for (title, files) in [("page", pages), ("other file", others)] {
        println!("\n| {title} | KB | events |\n| --- | ---: | ---: |");
        for file in files.iter().take(SHOWN) {
            println!("| {} | {:.0} | {} |", file.route, file.bytes as f64 / 1000.0, file.events);
        }
    }
}

fn file(output: &Path, path: &Path) -> File {
    let text = fs::read(path).expect("it was just written");
    let route = path.strip_prefix(output).expect("it was found below").to_string_lossy().into_owned();
    let events = if route.ends_with(".html") { events(&String::from_utf8_lossy(&text)) } else { 0 };
    File { route, bytes: text.len(), events }
}

/// How many events a page leads to: the file of an article ends in a number.
fn events(page: &str) -> usize {
    let links = page.split("href=\"").skip(1).filter_map(|rest| rest.split_once('"')).map(|(link, _)| link);
    let is_event = |link: &&str| {
        let last = link.trim_end_matches('/').rsplit('/').next().unwrap_or_default();
        let number =
            last.rsplit_once('-').filter(|(words, _)| words.contains(|c: char| c.is_ascii_lowercase()));
        link.ends_with('/') && number.is_some_and(|(_, number)| number.parse::<usize>().is_ok())
    };
    links.filter(is_event).collect::<BTreeSet<_>>().len()
}
