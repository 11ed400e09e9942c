//! Whole programs beside each other: ours, Hugo and Zola build the same articles to the same pages, and a table says how
//! long it took: `TMPDIR=/dev/shm cargo bench --bench generators`.
//!
//! Sizes by `DATELINE_ARTICLES="1000 10000 100000"`; `HUGO` and `ZOLA` name the programs, and `DATELINE` another one of ours.
//! `-- growth` builds larger and larger sites by ours alone. `-- timeline` builds one timeline with somebody in half of its events, and tells the largest pages. Without `TMPDIR` on a
//! file system in memory, the disk is measured as well. docs/performance.md says what each row is.
#![allow(
    clippy::disallowed_methods,
    clippy::print_stdout,
    reason = "a benchmark prepares its own folders and prints"
)]

#[path = "../corpus/mod.rs"]
mod corpus;
mod floor;
mod growth;
mod long_timeline;
mod machine;
mod process;
mod programs;
mod rounds;
mod row;
mod small;

use std::path::Path;
use std::time::Duration;

use corpus::Corpus;

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).filter(|argument| argument != "--bench").collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    match arguments.as_slice() {
        [] => compare(),
        ["growth"] => growth::print(&sizes("10000 100000")),
        ["timeline"] => long_timeline::print(&sizes("1000 10000")),
        [floor::NAME, content, output, files, bytes] => {
            let number = |text: &str| text.parse().expect("a number");
            floor::run(Path::new(content), Path::new(output), number(files), number(bytes));
        }
        _ => println!("what may follow `--`: nothing, `growth`, or `timeline`"),
    }
}

fn compare() {
    let programs = programs::all();
    machine::print(&programs);
    small::print();
    for articles in sizes("1000 10000") {
        println!("\n### {articles} articles\n");
        let mut columns: Vec<_> =
            programs.iter().map(|program| rounds::measure(program, Corpus::of(articles))).collect();
        columns.push(rounds::floor(Corpus::of(articles), &columns[0]));
        row::print(&columns);
    }
}

fn sizes(usual: &str) -> Vec<usize> {
    let sizes = std::env::var("DATELINE_ARTICLES").unwrap_or_else(|_| usual.to_string());
    sizes.split_whitespace().map(|size| size.parse().expect("a number of articles")).collect()
}

/// The one in the middle.
fn median<T: Copy + PartialOrd>(values: impl IntoIterator<Item = T>) -> T {
    let mut values: Vec<T> = values.into_iter().collect();
    values.sort_by(|one, other| one.partial_cmp(other).expect("no measure is undefined"));
    values[values.len() / 2]
}

/// Three figures of a number of seconds.
fn seconds(time: Duration) -> String {
    match time.as_secs_f64() {
        short if short < 1.0 => format!("{short:.3}"),
        middle if middle < 100.0 => format!("{middle:.2}"),
        long => format!("{long:.0}"),
    }
}
