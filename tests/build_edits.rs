//! Whatever happens between two builds, the second writes and says what a clean one would: random edits on a small site.
//!
//! `DATELINE_EDITS=5000 cargo test --test build_edits` makes that many edits; `DATELINE_SEED=7` makes others.
#![allow(
    clippy::disallowed_methods,
    clippy::unwrap_used,
    reason = "a test prepares its own folders, and may panic"
)]

mod edits;

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, mpsc};
use std::time::{Duration, SystemTime};

use dateline::Diagnostic;
use dateline::commands::build::{Build, Progress, Report, build};
use dateline::input::settings::BaseUrl;
use dateline::output::{MANIFEST, Output};
use dateline::site::Options;
use dateline::time::Instant;
use edits::{Desk, Quiet, compare, files};
use walkdir::WalkDir;

const NOW: i64 = 1_790_000_000;
const EDITS: usize = 160;
const RECORD: &str = ".dateline/build/last";

/// Longer than a file must have been as it is, so that nobody reads it again.
const A_WHILE: Duration = Duration::from_millis(110);

#[test]
fn after_any_edits_a_build_is_what_a_clean_one_would_be() {
    let number = |name: &str, otherwise: usize| {
        std::env::var(name).ok().and_then(|text| text.parse().ok()).unwrap_or(otherwise)
    };
    let folder = tempfile::tempdir().unwrap();
    let seed = number("DATELINE_SEED", 1) as u64;
    let mut newsroom = Newsroom::new(folder.path(), seed);
    let (mut good, mut bad, mut part, mut log) = (0, 0, 0, Vec::new());
    let times = number("DATELINE_EDITS", EDITS);
    for edit in 0..times {
        // Edits may add up to mistakes that no later one mends.
        if bad == 6 {
            newsroom.check_out();
        } else {
            newsroom.edit();
        }
        log.push(format!("{edit}: {}", newsroom.desk.done.join(", ")));
        newsroom.desk.done.clear();
        let last = log[log.len().saturating_sub(6)..].join("\n");
        let report = newsroom.build_and_compare(&last);
        let is_good = report.written.is_some();
        good += usize::from(is_good);
        part += usize::from(report.rendered > 0 && report.rendered * 2 < report.pages.len());
        bad = if is_good || bad == 6 { 0 } else { bad + 1 };
        if is_good && edit % 10 == 9 {
            // The record of a build that comes a while after the last change is whole.
            std::thread::sleep(A_WHILE);
            newsroom.build_and_compare(&last);
            let idle = newsroom.build_and_compare(&last);
            assert_eq!(idle.rendered, 0, "nothing has changed after\n{last}");
        }
    }
    let is_much = good * 3 > times && part * 10 > times;
    assert!(is_much, "of {times} builds {good} were good, {part} rendered less than half");
}

#[test]
fn only_the_pages_with_a_changed_text_are_rendered() {
    let folder = tempfile::tempdir().unwrap();
    let mut newsroom = Newsroom::new(folder.path(), 3);
    let first = newsroom.build_and_compare("first");
    assert_eq!(first.rendered, first.pages.len(), "at first all is rendered");
    std::thread::sleep(A_WHILE);
    // What was written just before a build is read once more by the next one, and then known for good.
    newsroom.build_and_compare("nothing");
    let nothing = newsroom.build_and_compare("nothing");
    assert_eq!((nothing.rendered, nothing.written.unwrap().written), (0, 0));
    let path = newsroom.desk.event().unwrap();
    let text = fs::read_to_string(newsroom.desk.root.join(&path)).unwrap();
    newsroom.desk.put(&path, format!("{text}\nUma frase que nenhuma outra tem: ornitorrinco.\n").as_bytes());
    let before = files(&newsroom.output());
    let report = newsroom.build_and_compare("a text");
    let after = files(&newsroom.output());
    let differ = after.iter().filter(|(name, bytes)| before[*name] != **bytes).count();
    assert_eq!((report.rendered, report.written.unwrap().written), (differ, differ));
    // Its page, the feeds that have it, and the timeline in one file.
    let with_it = after.values().filter(|bytes| String::from_utf8_lossy(bytes).contains("ornitorrinco"));
    let with_it = with_it.count();
    assert!(
        (4..=differ).contains(&with_it) && differ < after.len() / 2,
        "{with_it}, {differ} of {}",
        after.len()
    );
}

#[test]
fn a_link_to_a_heading_that_has_gone_is_found_in_a_page_that_did_not_change() {
    let folder = tempfile::tempdir().unwrap();
    let mut newsroom = Newsroom::new(folder.path(), 5);
    // In no file of another timeline, and in no feed.
    newsroom.desk.write(
        "content/rio/longe.md",
        "+++\ntitle = \"Longe\"\ndate = 2023-09-03\n+++\nPara o [cais](../mar/alvo.md#cais).\n",
    );
    newsroom.desk.remove(Path::new("content/mar/seta.md"));
    assert!(newsroom.build_and_compare("first").written.is_some());
    newsroom.move_anchor();
    let report = newsroom.build_and_compare("the anchor moved");
    let names: Vec<&str> = report.diagnostics.iter().map(|one| &*one.name).collect();
    assert!(report.written.is_none() && names.contains(&"dead-anchor"), "{names:?}");
}

#[test]
fn what_is_written_while_a_build_waits_for_another_is_built() {
    let folder = tempfile::tempdir().unwrap();
    let root = folder.path();
    let order = Build {
        root: root.to_path_buf(),
        output: root.join("public"),
        options: Options {
            now: Instant::from_seconds(NOW),
            as_of: None,
            drafts: false,
            file_links: false,
            base_url: None,
        },
        strict: false,
    };
    let page = |name: &str| {
        let text = format!("+++\ntitle = \"{name}\"\n+++\nUma página.\n");
        fs::write(root.join(format!("content/{name}.md")), text).unwrap();
    };
    fs::create_dir(root.join("content")).unwrap();
    fs::write(root.join("dateline.toml"), "title = \"Arquivo\"\nlanguage = \"pt-BR\"\n").unwrap();
    page("um");
    let built_while_waiting = |name: &str| {
        let other = Output::open(&order.output, root, &|_| {}).unwrap();
        let (sender, waits) = mpsc::channel();
        std::thread::scope(|threads| {
            let build = threads.spawn(|| build(&order, &Waiting(Mutex::new(sender))).unwrap());
            waits.recv_timeout(Duration::from_secs(60)).expect("the output is taken");
            std::thread::sleep(3 * A_WHILE);
            page(name);
            drop(other);
            let pages = build.join().unwrap().pages;
            assert!(pages.iter().any(|(file, _)| *file == format!("{name}/index.html")), "{name}: {pages:?}");
        });
    };
    built_while_waiting("dois");
    // The second time nothing else has changed since the last build.
    std::thread::sleep(A_WHILE);
    build(&order, &Quiet).unwrap();
    built_while_waiting("tres");
}

/// Tells when a build has to wait.
struct Waiting(Mutex<mpsc::Sender<()>>);

impl Progress for Waiting {
    fn begin(&self, _: usize) {}
    fn page(&self) {}
    fn wait(&self, _: &str) {
        self.0.lock().unwrap().send(()).unwrap();
    }
    fn note(&self, _: &str) {}
    fn end(&self) {}
}

#[test]
fn a_new_title_renders_everything_and_writes_what_differs() {
    let folder = tempfile::tempdir().unwrap();
    let mut newsroom = Newsroom::new(folder.path(), 4);
    newsroom.build_and_compare("first");
    let path = newsroom.desk.event().unwrap();
    let text = fs::read_to_string(newsroom.desk.root.join(&path)).unwrap();
    newsroom.desk.put(&path, text.replace("title = \"", "title = \"Outro ").as_bytes());
    let report = newsroom.build_and_compare("a title");
    assert_eq!(report.rendered, report.pages.len());
    assert!(report.written.unwrap().unchanged > 0);
}

/// A site that is built again and again, and a copy of it that is always built anew.
struct Newsroom {
    desk: Desk,
    folder: PathBuf,
    now: i64,
    drafts: bool,
    file_links: bool,
    has_other_address: bool,
    /// Records of earlier builds.
    records: Vec<Vec<u8>>,
    /// Files as they were earlier.
    earlier: Vec<(PathBuf, Vec<u8>)>,
}

impl Newsroom {
    fn new(folder: &Path, seed: u64) -> Self {
        let mut newsroom = Self {
            desk: Desk::new(folder.join("site"), seed),
            folder: folder.to_path_buf(),
            now: NOW,
            drafts: false,
            file_links: false,
            has_other_address: false,
            records: Vec::new(),
            earlier: Vec::new(),
        };
        newsroom.fill();
        newsroom
    }

    fn check_out(&mut self) {
        self.desk.check_out();
        self.fill();
    }

    /// Texts that name others, and times that are still to come.
    fn fill(&mut self) {
        let desk = &mut self.desk;
        desk.write(
            "content/rio/_index.md",
            "+++\ntitle = \"A história do rio\"\nstatus = \"ongoing\"\n+++\nUma introdução.\n",
        );
        desk.write(
            "content/mar/alvo.md",
            "+++\ntitle = \"Alvo\"\ndate = 2023-09-02\npublished = 2023-09-02T10:00:00Z\n+++\nO alvo.\n\n## Cais {#cais}\n\nTexto.\n",
        );
        desk.write(
            "content/mar/seta.md",
            "+++\ntitle = \"Seta\"\ndate = 2023-09-03\npublished = 2023-09-03T10:00:00Z\n+++\nA seta.\n\nPara o [cais](alvo.md#cais).\n",
        );
        for (name, after) in [("a", 0), ("b", 1)] {
            let (published, expires) = (day(self.now, after * 2 + 1), day(self.now, after * 2 + 4));
            desk.write(
                &format!("content/mar/futuro-{name}.md"),
                &format!(
                    "+++\ntitle = \"Futuro {name}\"\ndate = 2023-09-04\npublished = {published}\nexpires = {expires}\n+++\nO futuro.\n"
                ),
            );
        }
        desk.done.clear();
    }

    fn output(&self) -> PathBuf {
        self.desk.root.join("public")
    }

    /// Something that may happen between two builds.
    fn edit(&mut self) {
        match self.desk.below(25) {
            0..=5 => self.desk.edit(),
            6..=12 => self.edit_text(),
            13..=15 => self.meddle_with_output(),
            16 => self.touch(),
            22 => self.move_anchor(),
            17 => {
                self.now += [600, 86_400, 200_000, -86_400][self.desk.below(4)];
                self.desk.done.push(format!("the clock shows {}", self.now));
            }
            18 => {
                let switch = self.desk.below(3);
                [&mut self.drafts, &mut self.file_links, &mut self.has_other_address][switch]
                    .clone_from(&(self.desk.below(2) == 0));
                self.desk.done.push(format!("switch {switch}"));
            }
            19 => self.meddle_with_record(),
            20 | 21 => {
                if !self.earlier.is_empty() {
                    let at = self.desk.below(self.earlier.len());
                    let (path, bytes) = self.earlier.swap_remove(at);
                    if self.desk.root.join(&path).exists() {
                        self.desk.done.push(format!("{} as it was", path.display()));
                        self.desk.put(&path, &bytes);
                    }
                }
            }
            _ => self.desk.done.push("nothing".to_string()),
        }
    }

    /// Changes the text of some article, and nothing before it.
    fn edit_text(&mut self) {
        let all = self.articles();
        let path = all[self.desk.below(all.len())].clone();
        let bytes = fs::read(self.desk.root.join(&path)).unwrap();
        let Ok(text) = String::from_utf8(bytes.clone()) else { return };
        let Some(end) = text.get(4..).and_then(|rest| rest.find("+++\n")).map(|at| at + 8) else { return };
        self.earlier.push((path.clone(), bytes));
        let (front, body) = text.split_at(end);
        let word = ["rio", "mar", "cais", "sol"][self.desk.below(4)];
        let body = match self.desk.below(8) {
            0 => format!("{body}\n## Parte {word}\n\nO que há.\n"),
            1 => body.replace("{#cais}", "{#porto}"),
            2 => body.replace("{#porto}", "{#cais}"),
            3 => format!("{body}\nVeja o [cais](/mar/alvo/#cais) outra vez.\n"),
            // Of the same length.
            4 | 5 => body.replace("O ", "A ").replace("Uma", "Umá").replace("o que", "a que"),
            6 => body.lines().next().map(|line| format!("{line}\n")).unwrap_or_default(),
            _ => format!("{body}\nMais uma linha sobre o {word}.\n"),
        };
        self.desk.done.push(format!("text of {}", path.display()));
        self.desk.put(&path, format!("{front}{body}").as_bytes());
    }

    /// Gives a heading that others link to another anchor, or the old one again.
    fn move_anchor(&mut self) {
        let path = Path::new("content/mar/alvo.md");
        let Ok(text) = fs::read_to_string(self.desk.root.join(path)) else { return };
        let other = if text.contains("cais}") {
            text.replace("cais}", "porto}")
        } else {
            text.replace("porto}", "cais}")
        };
        self.desk.done.push("the anchor moved".to_string());
        self.desk.put(path, other.as_bytes());
    }

    /// Changes files of the output behind its back.
    fn meddle_with_output(&mut self) {
        let all: Vec<String> = files(&self.output()).into_keys().collect();
        if all.is_empty() {
            return;
        }
        for _ in 0..=self.desk.below(2) {
            let name = &all[self.desk.below(all.len())];
            let path = self.output().join(name);
            let Ok(mut bytes) = fs::read(&path) else { continue };
            let what = self.desk.below(4);
            match what {
                0 => fs::remove_file(&path).unwrap(),
                1 => fs::write(&path, [bytes.as_slice(), b"x"].concat()).unwrap(),
                2 => {
                    if let Some(last) = bytes.last_mut() {
                        *last ^= 1;
                    }
                    fs::write(&path, bytes).unwrap();
                }
                _ => fs::write(&path, bytes).unwrap(),
            }
            self.desk.done.push(format!("{name} meddled with: {what}"));
        }
        if self.desk.below(6) == 0 {
            fs::remove_dir_all(self.output()).unwrap();
            self.desk.done.push("the output removed".to_string());
        }
    }

    /// Gives a file another time, and nothing else.
    fn touch(&mut self) {
        let all = self.articles();
        let path = &all[self.desk.below(all.len())];
        let file = fs::File::options().append(true).open(self.desk.root.join(path)).unwrap();
        let ages = [SystemTime::now() - Duration::from_secs(5_000_000), SystemTime::now()];
        file.set_modified(ages[self.desk.below(2)]).unwrap();
        self.desk.done.push(format!("{} touched", path.display()));
    }

    /// Puts another record in the place of the last one.
    fn meddle_with_record(&mut self) {
        let path = self.desk.root.join(RECORD);
        let Ok(mut bytes) = fs::read(&path) else { return };
        let what = self.desk.below(4);
        match what {
            0 => fs::remove_file(&path).unwrap(),
            1 => fs::write(&path, &bytes[..self.desk.below(bytes.len())]).unwrap(),
            2 => {
                let at = self.desk.below(bytes.len());
                bytes[at] ^= 16;
                fs::write(&path, &bytes).unwrap();
            }
            _ => {
                let at = self.desk.below(self.records.len());
                fs::write(&path, &self.records[at]).unwrap();
            }
        }
        self.desk.done.push(format!("record meddled with: {what}"));
    }

    fn articles(&self) -> Vec<PathBuf> {
        let all = WalkDir::new(self.desk.root.join("content")).sort_by_file_name().into_iter();
        all.filter_map(Result::ok)
            .map(|entry| entry.path().strip_prefix(&self.desk.root).unwrap().to_path_buf())
            .filter(|path| path.extension().is_some_and(|ending| ending == "md"))
            .filter(|path| !self.desk.broken.iter().any(|(broken, _)| broken == path))
            .collect()
    }

    /// Builds the site, and a copy of it without a record or an output, and compares everything.
    fn build_and_compare(&mut self, last: &str) -> Report {
        if self.desk.below(2) == 0 {
            std::thread::sleep(A_WHILE);
        }
        let before = files(&self.output());
        let report = self.build(&self.desk.root);
        let copy = self.folder.join("copy");
        for name in ["content", "templates", "static", "public", ".dateline/build"] {
            fs::remove_dir_all(copy.join(name)).ok();
        }
        for name in ["content", "templates", "static", "dateline.toml"] {
            copy_all(&self.desk.root.join(name), &copy.join(name));
        }
        let clean = self.build(&copy);
        let texts = |all: &[Diagnostic]| all.iter().map(|one| one.to_text(false)).collect::<Vec<_>>();
        assert_eq!(texts(&report.diagnostics), texts(&clean.diagnostics), "after\n{last}");
        assert_eq!(report.left_out, clean.left_out, "after\n{last}");
        assert_eq!(report.ahead, clean.ahead, "after\n{last}");
        assert_eq!(report.written.is_some(), clean.written.is_some(), "after\n{last}");
        if clean.written.is_none() {
            assert!(before == files(&self.output()), "errors left another output after\n{last}");
            return report;
        }
        let names = |report: &Report| {
            let mut names: Vec<_> =
                report.pages.iter().map(|(name, page)| (name.clone(), format!("{page:?}"))).collect();
            names.sort();
            names
        };
        assert_eq!(names(&report), names(&clean), "after\n{last}");
        compare(&files(&self.output()), &files(&copy.join("public")), last);
        let manifest = |root: &Path| fs::read(root.join("public").join(MANIFEST)).unwrap();
        assert!(manifest(&self.desk.root) == manifest(&copy), "another manifest after\n{last}");
        self.records.extend(fs::read(self.desk.root.join(RECORD)));
        report
    }

    fn build(&self, root: &Path) -> Report {
        let options = Options {
            now: Instant::from_seconds(self.now),
            drafts: self.drafts,
            as_of: None,
            file_links: self.file_links,
            base_url: self.has_other_address.then(|| BaseUrl::parse("https://b.test/").unwrap()),
        };
        let order = Build { root: root.to_path_buf(), output: root.join("public"), options, strict: false };
        build(&order, &Quiet).unwrap()
    }
}

/// The day that comes so many days after an instant.
fn day(now: i64, after: i64) -> String {
    let day = chrono::DateTime::from_timestamp(now + after * 86_400, 0).unwrap();
    day.format("%Y-%m-%dT%H:%M:%SZ").to_string()
}

fn copy_all(from: &Path, to: &Path) {
    for entry in WalkDir::new(from).into_iter().filter_map(Result::ok) {
        let target = to.join(entry.path().strip_prefix(from).unwrap());
        // A file has no path below itself.
        let target = if from.is_file() { to.to_path_buf() } else { target };
        if entry.file_type().is_dir() {
            fs::create_dir_all(&target).unwrap();
        } else {
            fs::copy(entry.path(), &target).unwrap();
        }
    }
}
