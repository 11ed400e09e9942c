//! What each stage costs by itself, on the articles of the other benchmarks: `cargo bench --bench stages`.
//!
//! `-- markdown` measures one alone. Figures of the last run are kept below `target/criterion/` and compared with.
#![allow(clippy::disallowed_methods, reason = "a benchmark prepares its own folders")]

mod corpus;

use std::fs;
use std::hint::black_box;
use std::path::Path;
use std::sync::Arc;

use corpus::{Corpus, Flavour};
use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use dateline::input::article::{File, Standing};
use dateline::input::{Article, Input, LanguageIndex};
use dateline::markdown::{self, Links, Mistake, Resolved, Target};
use dateline::pages::Renderer;
use dateline::site::{Options, Page, Site};
use dateline::time::{EventDate, Instant, Words, WrittenDate, Zone};

criterion_group!(stages, front_matter, dates, markdown_of_one_article, planning, pages);
criterion_main!(stages);

/// How many events stand on a page of a timeline, where nobody says otherwise.
const PAGE: usize = 200;

const SETTINGS: &str =
    "title = \"Arquivo\"\nbase_url = \"https://news.example/\"\nlanguage = \"pt-BR\"\ntimezone = \"UTC\"\n";

/// Dates of all kinds, as articles have them.
const DATES: [&str; 8] = [
    "2023-09-13",
    "2023-09-13T10:30",
    "2023-09-13T10:30:00-03:00",
    "2023-09",
    "1923?",
    "2019-11-12/2020-03-01",
    "2024-03-0X~",
    "../1952-21",
];

fn front_matter(criterion: &mut Criterion) {
    let article = Corpus::of(1000).article(500);
    let (path, text) = (article.path(Flavour::Dateline).into(), article.text(Flavour::Dateline));
    let file = File {
        path: &path,
        bytes: text.as_bytes(),
        standing: Standing::Event,
        language: LanguageIndex::MAIN,
        tag: "pt-BR",
        original: None,
    };
    assert!(Article::read(file).0.is_some(), "the article can be read");
    criterion.bench_function("front matter of one article", |bencher| {
        bencher.iter(|| Article::read(black_box(file)));
    });
}

fn dates(criterion: &mut Criterion) {
    let file = include_str!("../templates/words/pt-BR.toml");
    let words = Words::read("pt-BR", file, Path::new("pt-BR.toml")).expect("the theme's words can be read");
    let zone = Zone::parse("America/Sao_Paulo").expect("a zone of the database");
    let placed = |text: &str| {
        let written = WrittenDate::parse(text).unwrap_or_else(|error| panic!("{text}: {error:?}"));
        EventDate::place(&written, zone, zone).0
    };
    let dates = DATES.map(placed);
    let mut group = criterion.benchmark_group("dates");
    group.throughput(Throughput::Elements(DATES.len() as u64));
    group.bench_function("read and placed", |bencher| bencher.iter(|| black_box(DATES).map(placed)));
    group.bench_function("in words", |bencher| {
        bencher.iter(|| dates.each_ref().map(|date| words.date(black_box(date))));
    });
    group.finish();
}

fn markdown_of_one_article(criterion: &mut Criterion) {
    let article = Corpus::of(1000).article(507);
    let options = markdown::Options::default();
    let mut group = criterion.benchmark_group("markdown");
    group.throughput(Throughput::Bytes(article.body.len() as u64));
    group.bench_function("body of one article", |bencher| {
        bencher.iter(|| markdown::render(black_box(&article.body), &options, &Nowhere));
    });
    group.finish();
}

/// The corpus has no links within its site.
struct Nowhere;

impl Links for Nowhere {
    fn resolve(&self, target: Target<'_>) -> Result<Resolved, Mistake> {
        unreachable!("{} is no link of the corpus", target.address)
    }
}

fn planning(criterion: &mut Criterion) {
    let (_folder, input) = read(1000);
    let mut group = criterion.benchmark_group("planning");
    group.sample_size(20);
    group.bench_function("1000 articles", |bencher| {
        bencher.iter(|| Site::new(black_box(&input), &options()));
    });
    group.finish();
}

fn pages(criterion: &mut Criterion) {
    let (_folder, input) = read(PAGE);
    let site = Arc::new(Site::new(&input, &options()).0);
    let renderer = Renderer::new(&site).0;
    let mut group = criterion.benchmark_group("pages");
    let timeline = |page: Page| matches!(page, Page::Timeline(_));
    let event = |page: Page| matches!(page, Page::Event(_));
    let pages: [(&str, &dyn Fn(Page) -> bool); 2] =
        [("one event", &event), ("a timeline of 200 events", &timeline)];
    for (name, wanted) in pages {
        let mut found = site.routes.iter().filter(|route| wanted(route.page));
        let route = found.nth(found.clone().count() / 2).expect("there is such a page");
        assert!(renderer.render(route).is_ok(), "{name} can be rendered");
        group.bench_function(name, |bencher| bencher.iter(|| renderer.render(black_box(route))));
    }
    group.finish();
}

/// A site on the disk, as read.
fn read(articles: usize) -> (tempfile::TempDir, Arc<Input>) {
    let folder = tempfile::tempdir().expect("a folder for temporary files");
    Corpus::of(articles).write(Flavour::Dateline, folder.path()).expect("the folder is writable");
    fs::write(folder.path().join("dateline.toml"), SETTINGS).expect("the folder is writable");
    let input = Input::read(folder.path()).expect("the site can be read");
    (folder, Arc::new(input))
}

fn options() -> Options {
    Options {
        now: Instant::parse_rfc3339("2026-11-24T12:00:00Z").expect("an instant"),
        as_of: None,
        drafts: false,
        file_links: false,
        base_url: None,
    }
}
