//! What search engines and other sites are told, by judges that share no line with Dateline: extruct, PyLD, the vocabulary of
//! schema.org and Pillow (`judge.py`), xmllint with the sitemaps' schema, and robots-parser. What depends on the clock, on the
//! settings or on 50,000 addresses is asked here.
#![allow(
    clippy::disallowed_methods,
    clippy::unwrap_used,
    reason = "a test prepares its own folders, and fails where it can't"
)]

#[path = "../sites/mod.rs"]
mod sites;

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::sync::Arc;

use dateline::input::Input;
use dateline::pages::{Content, Renderer};
use dateline::site::{ADDRESSES, Options, Site};
use dateline::time::Instant;
use sites::stories::Story;
use sites::{dateline, text};
use tempfile::TempDir;

const STORIES: [Story; 5] = [Story::Sample, Story::Invented, Story::Arabic, Story::Cut, Story::Awkward];

#[test]
fn every_page_tells_search_engines_what_it_is_in_words_that_they_know() {
    for story in STORIES {
        let output = judge(story.public());
        assert!(output.status.success(), "{}:\n{}", story.name(), text(&output));
    }
}

#[test]
fn the_judge_finds_the_mistakes_that_are_planted_for_it() {
    let output = judge(&here().join("broken"));
    let said = text(&output);
    assert_eq!(output.status.code(), Some(1), "{said}");
    for piece in [
        "a WebSite has no property inventado",
        "WebSite.url is no absolute address: /",
        "an object has no @id of its own",
        "the positions of the ItemList are not",
        "numberOfItems is not the number of items",
        "no og:title",
        "the descriptions are missing, or do not agree",
        "og:url is not the canonical address",
        "og:locale is pt-BR",
        "the picture has no alt",
        "the picture is not there",
        "robots are told ['index']",
        "schema.org has no type Comentario",
        "NewsArticle.contentLocation is a Person",
        "NewsArticle.contentReferenceTime is no time: julho",
        "NewsArticle.datePublished has no time with an offset: 2000-07-01",
        "2000-07 is told as the moment julho",
        "2000-07 is told as 2000-07-01",
        "datePublished and article:published_time do not agree",
        "a JSON-LD processor drops a part",
        "#nada is not on the page",
        "#nada has no body",
        "coverage that goes on has posts and no end",
        "a post is older than the coverage",
        "breadcrumbs of less than two steps",
        "404.html: a hidden page is described",
        "https://quebrado.example/kim/ is not listed",
        "404.html is listed, and is no page for readers",
        "an address is listed twice",
    ] {
        assert!(said.contains(piece), "the judge does not say «{piece}»:\n{said}");
    }
}

#[test]
fn sitemaps_keep_to_their_schemas() {
    for story in STORIES {
        for name in ["sitemap.xml", "news-sitemap.xml"] {
            let path = story.public().join(name);
            assert!(name.starts_with("news") || path.exists(), "{}: no {name}", story.name());
            if path.exists() {
                let output = xmllint("sitemaps.xsd", &path);
                assert!(output.status.success(), "{}: {}", story.name(), text(&output));
            }
        }
    }
    let broken = xmllint("sitemaps.xsd", &here().join("broken/sitemap.xml"));
    assert!(!broken.status.success() && text(&broken).contains("15/09/2023"), "{}", text(&broken));
}

#[test]
fn a_client_may_read_everything_and_finds_the_sitemaps() {
    for story in STORIES {
        let output = robots(story.public());
        assert!(output.status.success(), "{}: {}", story.name(), text(&output));
    }
    let said = text(&robots(&here().join("broken")));
    for piece in ["may not be read", "sitemap.xml is not named", "outro.xml is not there"] {
        assert!(said.contains(piece), "{said}");
    }
}

/// Topics are pages: 500 articles with 100 of their own each make as many addresses. No page but the sitemaps is rendered.
#[test]
fn from_50_000_addresses_on_there_is_an_index() {
    let settings = "base_url = \"https://a.example/\"\n[outputs]\npage_size = 0\n";
    let site = site(settings, &[("ponte/_index.md", TIMELINE)]);
    for event in 0..ADDRESSES / 100 {
        let topics: Vec<String> = (0..100).map(|topic| format!("\"t{event}-{topic}\"")).collect();
        let text = format!(
            "+++\ntitle = \"Ponte\"\ndate = \"2000-07\"\npublished = 2023-09-15T18:00:00-03:00\ntopics = [{}]\n+++\n",
            topics.join(", ")
        );
        fs::write(site.path().join(format!("content/ponte/{event}.md")), text).unwrap();
    }
    let files = render(&site, "2026-01-01T00:00:00Z", &["/sitemap.xml", "/sitemap-1.xml", "/sitemap-2.xml"]);
    assert_eq!(files.len(), 3);
    for (name, schema) in [
        ("/sitemap.xml", "siteindex.xsd"),
        ("/sitemap-1.xml", "sitemaps.xsd"),
        ("/sitemap-2.xml", "sitemaps.xsd"),
    ] {
        let path = site.path().join(name.trim_start_matches('/'));
        fs::write(&path, &files[name]).unwrap();
        let output = xmllint(schema, &path);
        assert!(output.status.success(), "{name}: {}", text(&output));
        assert!(files[name].len() < 50 * 1024 * 1024);
    }
    let count = |name: &str| files[name].matches("<loc>").count();
    assert_eq!((count("/sitemap.xml"), count("/sitemap-1.xml")), (2, ADDRESSES));
    // The front page, the timeline and its events by publication, the events, the index of topics.
    assert_eq!(count("/sitemap-2.xml"), 504);
    assert!(files["/sitemap.xml"].contains("<loc>https://a.example/sitemap-2.xml</loc>"));
    assert!(files["/sitemap.xml"].contains("<lastmod>2023-09-15T21:00:00Z</lastmod>"));
}

#[test]
fn news_are_of_two_days_by_the_clock_of_the_build_and_a_thousand_at_the_most() {
    let event =
        |published: &str| format!("+++\ntitle = \"<Ponte> & «fim»\"\ndate = \"2000-07\"\n{published}+++\n");
    let old = event("published = 2023-09-13T12:00:00Z\n");
    let new = event("published = 2023-09-15T12:00:00Z\n");
    let silent = event("");
    let files = [("p/_index.md", TIMELINE), ("p/old.md", &old), ("p/new.md", &new), ("p/silent.md", &silent)];
    let site = site("base_url = \"https://a.example/\"\n", &files);
    let news = |now: &str| render(&site, now, &["/news-sitemap.xml"]).remove("/news-sitemap.xml");
    let next = |now: &str| plan(&site, now).next_change_of_news().map(|(at, _)| at.to_rfc3339());
    assert_eq!(news("2023-09-13T11:59:59Z"), None);
    let both = news("2023-09-15T11:59:59Z");
    assert!(both.is_some_and(|news| news.contains("/p/old/") && !news.contains("/p/new/")));
    let one = news("2023-09-15T12:00:00Z").unwrap();
    assert!(one.contains("/p/new/") && !one.contains("/p/old/") && !one.contains("/p/silent/"), "{one}");
    assert!(one.contains("<news:title>&lt;Ponte&gt; &amp; «fim»</news:title>"), "{one}");
    assert!(one.contains("<news:publication_date>2023-09-15T12:00:00Z</news:publication_date>"), "{one}");
    assert!(one.contains("<news:name>Cronologia</news:name>\n<news:language>pt</news:language>"), "{one}");
    assert_eq!(news("2023-09-17T12:00:00Z"), None);
    assert_eq!(next("2023-09-15T11:00:00Z").as_deref(), Some("2023-09-15T12:00:00Z"));
    assert_eq!(next("2023-09-15T12:00:00Z").as_deref(), Some("2023-09-17T12:00:00Z"));
    assert_eq!(next("2023-09-17T12:00:00Z"), None);
    let many: Vec<(String, &str)> = (0..1001).map(|at| (format!("p/{at}.md"), new.as_str())).collect();
    for (path, text) in &many {
        fs::write(site.path().join("content").join(path), text).unwrap();
    }
    assert_eq!(news("2023-09-15T12:00:00Z").unwrap().matches("<news:news>").count(), 1000);
}

#[test]
fn coverage_that_goes_on_is_a_live_blog_and_one_that_has_ended_an_article() {
    let event = "+++\ntitle = \"Ponte\"\ndate = \"2000-07\"\npublished = 2023-09-15T18:00:00-03:00\nsummary = \"Um.\"\n+++\n";
    let page = |status: &str| {
        let timeline = format!("+++\ntitle = \"Ponte\"\n{status}+++\n");
        let site =
            site("base_url = \"https://a.example/\"\n", &[("p/_index.md", &timeline), ("p/a.md", event)]);
        render(&site, "2026-01-01T00:00:00Z", &["/p/"]).remove("/p/").unwrap()
    };
    let live = page("status = \"ongoing\"\n");
    assert!(live.contains("\"@type\":\"LiveBlogPosting\"") && !live.contains("coverageEndTime"), "{live}");
    assert!(
        live.contains("\"url\":\"https://a.example/p/#a\",\"headline\":\"Ponte\",\"articleBody\":\"Um.\""),
        "{live}"
    );
    assert!(live.contains("\"datePublished\":\"2023-09-15T21:00:00Z\""), "{live}");
    let closed = page("status = \"closed\"\n");
    assert!(
        !closed.contains("LiveBlogPosting") && closed.contains("\"hasPart\":[{\"@type\":\"NewsArticle\""),
        "{closed}"
    );
    assert!(
        closed.contains("\"temporalCoverage\":\"2000-07\"") && !closed.contains("2000-07-01"),
        "{closed}"
    );
    let plain = page("");
    assert!(plain.contains("\"@type\":\"CollectionPage\"") && !plain.contains("LiveBlogPosting"), "{plain}");
}

#[test]
fn without_an_address_of_the_site_nothing_absolute_is_said() {
    let event = "+++\ntitle = \"Ponte\"\ndate = \"2000-07\"\npublished = 2023-09-15T18:00:00-03:00\n+++\n";
    let site = site("", &[("p/_index.md", TIMELINE), ("p/a.md", event)]);
    let wanted = ["/p/a/", "/sitemap.xml", "/news-sitemap.xml", "/robots.txt"];
    let files = render(&site, "2023-09-15T22:00:00Z", &wanted);
    assert_eq!(files.keys().copied().collect::<Vec<_>>(), ["/p/a/", "/robots.txt"]);
    assert!(files["/p/a/"].contains("og:title") && !files["/p/a/"].contains("og:url"));
    assert!(!files["/p/a/"].contains("ld+json") && !files["/p/a/"].contains("og:image"));
    assert!(!files["/robots.txt"].contains("Sitemap"));
    assert!(plan(&site, "2023-09-15T22:00:00Z").cards.is_empty());
}

#[test]
fn a_picture_that_is_wide_enough_takes_the_place_of_the_card() {
    let event = |width: u32| {
        format!(
            "+++\ntitle = \"P\"\ndate = \"2000-07\"\n[image]\nsrc = \"{width}.png\"\nalt = \"Ponte\"\ncredit = \"Ana\"\nlicense = \"CC BY 4.0\"\n+++\n"
        )
    };
    let (wide, narrow) = (event(1200), event(1199));
    let files = [("p/_index.md", TIMELINE), ("p/wide.md", wide.as_str()), ("p/narrow.md", narrow.as_str())];
    let site = site("base_url = \"https://a.example/\"\n", &files);
    for width in [1199, 1200] {
        image::RgbImage::new(width, 700).save(site.path().join(format!("content/p/{width}.png"))).unwrap();
    }
    let pages = render(&site, "2026-01-01T00:00:00Z", &["/p/wide/", "/p/narrow/"]);
    assert!(
        pages["/p/wide/"].contains("og:image\" content=\"https://a.example/p/1200.png\""),
        "{}",
        pages["/p/wide/"]
    );
    assert!(
        pages["/p/wide/"]
            .contains("\"creditText\":\"Ana\",\"license\":\"https://creativecommons.org/licenses/by/4.0/\"")
    );
    assert!(pages["/p/narrow/"].contains("og:image\" content=\"https://a.example/p/narrow/card."));
    assert!(pages["/p/narrow/"].contains("\"contentUrl\":\"https://a.example/p/1199.png\""));
    assert_eq!(plan(&site, "2026-01-01T00:00:00Z").cards.len(), 2, "the timeline's, and one event's");
}

/// Cards come out of the output, of the cache or of the pen, with the same bytes; an address changes with what is written.
#[test]
fn a_card_is_drawn_once_and_its_address_says_what_is_on_it() {
    let event = |title: &str| format!("+++\ntitle = \"{title}\"\ndate = \"2000-07\"\n+++\n");
    let site = site(
        "base_url = \"https://a.example/\"\n",
        &[("p/_index.md", TIMELINE), ("p/a.md", &event("Ponte"))],
    );
    let first = cards(&site, &[]);
    assert_eq!(first.len(), 2, "{first:?}");
    fs::remove_dir_all(site.path().join("public")).unwrap();
    let kept: Vec<PathBuf> =
        fs::read_dir(site.path().join(".dateline/cards")).unwrap().map(|e| e.unwrap().path()).collect();
    assert_eq!(kept.len(), 2);
    assert_eq!(cards(&site, &[]), first, "by the cache");
    fs::remove_dir_all(site.path().join(".dateline")).unwrap();
    fs::remove_dir_all(site.path().join("public")).unwrap();
    assert_eq!(cards(&site, &[]), first, "drawn again");
    fs::write(site.path().join("content/p/a.md"), event("Fonte")).unwrap();
    let changed = cards(&site, &[]);
    assert_eq!(
        first.keys().filter(|path| changed.contains_key(*path)).count(),
        1,
        "the timeline's card stays"
    );
    fs::write(
        site.path().join("dateline.toml"),
        format!("{SETTINGS}base_url = \"https://a.example/\"\n[outputs]\ncards = false\n"),
    )
    .unwrap();
    assert!(cards(&site, &[]).is_empty());
}

const TIMELINE: &str = "+++\ntitle = \"Ponte\"\n+++\n";
const SETTINGS: &str = "title = \"Cronologia\"\nlanguage = \"pt-BR\"\n";

fn site(settings: &str, files: &[(&str, &str)]) -> TempDir {
    let site = tempfile::tempdir().unwrap();
    fs::write(site.path().join("dateline.toml"), format!("{SETTINGS}{settings}")).unwrap();
    for (path, text) in files {
        let path = site.path().join("content").join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }
    site
}

fn plan(site: &TempDir, now: &str) -> Arc<Site> {
    let input = Arc::new(Input::read(site.path()).unwrap());
    let now = Instant::parse_rfc3339(now).unwrap();
    Arc::new(
        Site::new(&input, &Options { now, as_of: None, drafts: false, file_links: false, base_url: None }).0,
    )
}

/// The pages at some addresses, as far as they exist; all others are not rendered.
fn render<'a>(site: &TempDir, now: &str, addresses: &[&'a str]) -> BTreeMap<&'a str, String> {
    let plan = plan(site, now);
    let (renderer, _) = Renderer::new(&plan);
    let route = |address: &str| plan.routes.iter().find(|route| route.address.as_str() == address);
    let page = |address: &&'a str| match renderer.render(route(address)?).unwrap().content {
        Content::Page(bytes) => Some((*address, String::from_utf8(bytes).unwrap())),
        _ => None,
    };
    addresses.iter().filter_map(page).collect()
}

/// Builds a site, and gives its cards.
fn cards(site: &TempDir, arguments: &[&str]) -> BTreeMap<String, String> {
    let output = dateline(site.path()).arg("build").args(arguments).output().unwrap();
    assert!(output.status.success(), "{}", text(&output));
    let mut files = sites::tree(&site.path().join("public"));
    files.retain(|path, _| path.contains("card."));
    files
}

fn here() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/search_engines")
}

fn judge(site: &Path) -> Output {
    let python = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/.tools/venv/bin/python");
    let output = Command::new(python).arg(here().join("judge.py")).arg(site).output();
    output.expect("the readers in Python are there: run `tests/run --tools`")
}

fn xmllint(schema: &str, file: &Path) -> Output {
    let output = Command::new("xmllint")
        .args(["--noout", "--nonet", "--schema"])
        .arg(here().join(schema))
        .arg(file)
        .output();
    output.expect("xmllint is there: run `tests/run --tools`")
}

fn robots(site: &Path) -> Output {
    let judges = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/judges");
    assert!(
        judges.join("node_modules/robots-parser").exists(),
        "robots-parser is missing: run `tests/run --tools`"
    );
    Command::new("node").arg(judges.join("robots.mjs")).arg(site).output().expect("`node` runs")
}
