//! A corpus of news articles, the same in every run, written to a folder as the content of one of the programs that are
//! compared; it makes no settings and no templates.
//!
//! About 350 words an article in Portuguese, TOML front matter, two headings, a list, a quote, links and a footnote; one in
//! twenty has a table, another one in twenty a block of code. Ten years to 2023-09-15. People, places and topics are drawn
//! as they are in the news: a few stand everywhere, most hardly ever.
#![allow(dead_code, reason = "each of those who use it uses a part of it")]

mod chance;
mod names;
mod prose;

use std::collections::BTreeSet;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use chance::{Chance, Shares};
use chrono::{DateTime, Utc};

/// The program that is to read the corpus.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Flavour {
    /// One timeline, `content/news/`.
    Dateline,
    /// A section for each year and each month.
    Hugo,
    /// The same, with taxonomies in a table of their own.
    Zola,
}

/// How many articles there are, and what is said of whom in them.
#[derive(Debug, Clone, Copy)]
pub struct Corpus {
    /// The number of articles.
    pub articles: usize,
    /// Whether one person more is named by every second article.
    pub somebody_everywhere: bool,
}

/// The person who is named by every second article, where somebody is.
pub const EVERYWHERE: &str = "Maria do Povo";

/// The last second of the ten years.
const END: i64 = 1_694_811_600;

/// The length of the ten years, in seconds.
const SPAN: i64 = 3652 * 24 * 3600;

/// An article before it is a file.
#[derive(Debug, Clone)]
pub struct Article {
    date: DateTime<Utc>,
    slug: String,
    title: String,
    summary: String,
    people: Vec<String>,
    places: Vec<String>,
    topics: Vec<String>,
    /// Its text, as Markdown.
    pub body: String,
}

impl Corpus {
    /// A corpus in which nobody is named more often than in the news.
    pub fn of(articles: usize) -> Self {
        Self { articles, somebody_everywhere: false }
    }

    /// Writes all articles below the folder `content/` of a site.
    ///
    /// # Errors
    /// A folder or a file that cannot be written.
    pub fn write(self, flavour: Flavour, site: &Path) -> io::Result<()> {
        let drawn = Drawn::default();
        let mut months = BTreeSet::new();
        for number in 0..self.articles {
            let article = self.drawn(number, &drawn);
            let path = site.join(article.path(flavour));
            if months.insert(article.month()) {
                fs::create_dir_all(path.parent().expect("an article stands in the folder of its month"))?;
            }
            fs::write(path, article.text(flavour))?;
        }
        indexes(flavour, &months).into_iter().try_for_each(|(path, text)| fs::write(site.join(path), text))
    }

    /// One of the articles, counted from 0, the oldest.
    pub fn article(self, number: usize) -> Article {
        self.drawn(number, &Drawn::default())
    }

    fn drawn(self, number: usize, drawn: &Drawn) -> Article {
        let mut chance = Chance::new(number as u64);
        let step = SPAN as f64 / self.articles as f64;
        let seconds = (step * (number as f64 + chance.share())) as i64;
        let date = DateTime::from_timestamp(END - SPAN + seconds, 0).expect("the ten years are in range");
        let title = prose::phrase(&mut chance, &drawn.words, 5, 9);
        let summary = format!("{}.", prose::phrase(&mut chance, &drawn.words, 16, 26));
        let count = chance.between(0, 4);
        let mut people = chance.some(&drawn.people, count, names::person);
        if self.somebody_everywhere && number.is_multiple_of(2) {
            people.push(EVERYWHERE.to_string());
        }
        let count = chance.between(0, 2);
        let places = chance.some(&drawn.places, count, names::place);
        let count = chance.between(1, 3);
        let topics = chance.some(&drawn.topics, count, names::topic);
        let body = prose::body(&mut chance, &drawn.words, number);
        Article { date, slug: slug(&title, number), title, summary, people, places, topics, body }
    }
}

impl Article {
    /// Its file, relative to the site.
    pub fn path(&self, flavour: Flavour) -> PathBuf {
        let folder = if flavour == Flavour::Dateline { "content/news" } else { "content" };
        Path::new(folder).join(self.month()).join(format!("{}.md", self.slug))
    }

    /// The whole file: front matter and text.
    pub fn text(&self, flavour: Flavour) -> String {
        let Self { title, summary, body, .. } = self;
        let date = self.date.format("%Y-%m-%dT%H:%M:%SZ");
        let [people, places, topics] =
            [&self.people, &self.places, &self.topics].map(|names| format!("{names:?}"));
        let keys = match flavour {
            Flavour::Dateline => format!(
                "summary = {summary:?}\npeople = {people}\nplace = {places}\ntopics = {topics}\npublished = {date}\n"
            ),
            Flavour::Hugo => format!(
                "description = {summary:?}\npeople = {people}\nplaces = {places}\ntopics = {topics}\n"
            ),
            Flavour::Zola => format!(
                "description = {summary:?}\n[taxonomies]\npeople = {people}\nplaces = {places}\ntopics = {topics}\n"
            ),
        };
        format!("+++\ntitle = {title:?}\ndate = {date}\n{keys}+++\n\n{body}")
    }

    /// The same with another title.
    pub fn titled(self, title: &str) -> Self {
        Self { title: title.to_string(), ..self }
    }

    /// The same with a paragraph more before its first heading.
    pub fn with_paragraph(self, paragraph: &str) -> Self {
        let body = self.body.replacen("\n## ", &format!("\n{paragraph}\n\n## "), 1);
        Self { body, ..self }
    }

    fn month(&self) -> String {
        self.date.format("%Y/%m").to_string()
    }
}

/// How often each word and each name is drawn.
struct Drawn {
    words: Shares,
    people: Shares,
    places: Shares,
    topics: Shares,
}

impl Default for Drawn {
    fn default() -> Self {
        Self {
            words: Shares::new(prose::words().len(), 8, 0.7),
            people: Shares::new(names::PEOPLE, 1, 1.0),
            places: Shares::new(names::PLACES, 1, 0.8),
            topics: Shares::new(names::TOPICS.len(), 1, 0.6),
        }
    }
}

/// The name of an article's file: of its title and its number.
fn slug(title: &str, number: usize) -> String {
    let ascii = deunicode::deunicode(title).to_lowercase();
    let plain: String =
        ascii.chars().map(|c| if c.is_ascii_alphanumeric() { c } else { '-' }).take(48).collect();
    format!("{}-{number}", plain.trim_matches('-'))
}

/// The files of timelines, or of the sections of years and months.
fn indexes(flavour: Flavour, months: &BTreeSet<String>) -> Vec<(String, String)> {
    let years: BTreeSet<&str> = months.iter().map(|month| &month[..4]).collect();
    let sorted = "sort_by = \"date\"\npage_template = \"page.html\"\n";
    let mut files = Vec::new();
    let mut add = |folder: &str, keys: String| {
        files.push((format!("content/{folder}_index.md"), format!("+++\n{keys}+++\n")));
    };
    match flavour {
        Flavour::Dateline => add("news/", "title = \"News\"\nsummary = \"Every event.\"\n".to_string()),
        Flavour::Hugo => {
            years.iter().for_each(|year| {
                add(&format!("{year}/"), format!("title = \"{year}\"\nlayout = \"year\"\n"))
            });
            for month in months {
                add(
                    &format!("{month}/"),
                    format!("title = \"{}\"\nlayout = \"month\"\n", month.replace('/', "-")),
                );
            }
        }
        Flavour::Zola => {
            add("", sorted.to_string());
            for year in years {
                let weight = 3000 - year.parse::<i32>().unwrap_or_default();
                let keys =
                    format!("title = \"{year}\"\ntemplate = \"year.html\"\nweight = {weight}\n{sorted}");
                add(&format!("{year}/"), format!("{keys}transparent = true\n"));
            }
            for month in months {
                let title = month.replace('/', "-");
                let weight = 13 - month[5..].parse::<i32>().unwrap_or_default();
                let keys =
                    format!("title = \"{title}\"\ntemplate = \"month.html\"\nweight = {weight}\n{sorted}");
                add(&format!("{month}/"), format!("{keys}transparent = true\n"));
            }
        }
    }
    files
}
