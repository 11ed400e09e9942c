//! Whatever is edited, in whatever order, a preview shows what a clean build would write: random edits on a small site.
//!
//! `DATELINE_EDITS=5000 cargo test --test preview_edits` makes that many edits; `DATELINE_SEED=7` makes others.
#![allow(
    clippy::disallowed_methods,
    clippy::unwrap_used,
    reason = "a test prepares its own folders, and may panic"
)]
#![allow(clippy::too_many_lines, reason = "the edits are one list")]

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use dateline::Diagnostic;
use dateline::commands::build::{Build, Progress, build};
use dateline::commands::serve::preview::{Answer, Preview, Subject};
use dateline::site::Options;
use dateline::time::Instant;
use rayon::prelude::{IntoParallelIterator, ParallelIterator};
use walkdir::WalkDir;

const NOW: i64 = 1_790_000_000;
const EDITS: usize = 220;
const MISTAKEN: &[u8] = b"mistaken";

#[test]
fn after_any_edits_a_preview_is_what_a_clean_build_would_be() {
    let number = |name: &str, otherwise: usize| {
        std::env::var(name).ok().and_then(|text| text.parse().ok()).unwrap_or(otherwise)
    };
    let folder = tempfile::tempdir().unwrap();
    let mut desk = Desk::new(folder.path().join("site"), number("DATELINE_SEED", 1) as u64);
    let preview = Preview::new(subject(&desk.root)).unwrap();
    let (mut good, mut bad, mut log) = (0, 0, Vec::new());
    for edit in 0..number("DATELINE_EDITS", EDITS) {
        // Edits may add up to mistakes that no later one mends.
        if bad == 6 {
            desk.check_out()
        } else {
            desk.edit()
        }
        log.push(format!("{edit}: {}", desk.done.join(", ")));
        desk.done.clear();
        // Some edits come with events of the system, which tell all; others are only found by looking.
        let named = if desk.is_told { std::mem::take(&mut desk.touched) } else { BTreeSet::new() };
        desk.touched.clear();
        preview.look(&named, desk.is_told).unwrap();
        let output = folder.path().join(format!("output-{edit}"));
        let is_good = same(&preview, &desk.root, (edit % 10 == 0).then_some(&*output), &log);
        good += usize::from(is_good);
        bad = if is_good || bad == 6 { 0 } else { bad + 1 };
        fs::remove_dir_all(&output).ok();
    }
    assert!(
        good * 3 > log.len(),
        "only {good} of {} states could be built: too little was compared",
        log.len()
    );
}

/// Compares everything with a fresh start, and now and then with the files of a clean build; gives whether there was
/// something to build.
fn same(preview: &Preview, root: &Path, output: Option<&Path>, log: &[String]) -> bool {
    let last = || log[log.len().saturating_sub(6)..].join("\n");
    let fresh = Preview::new(subject(root)).unwrap();
    let texts = |all: Vec<Diagnostic>| all.iter().map(|one| one.to_text(false)).collect::<Vec<_>>();
    if fresh.can_be_built() {
        let (mut pages, mut other) = (shown(preview), shown(&fresh));
        // For a page with a mistake the preview shows the last good one.
        other.retain(|name, bytes| bytes != MISTAKEN || pages.remove(name).is_none());
        compare(&pages, &other, &last());
    } else {
        preview.judge(|| {});
        fresh.judge(|| {});
    }
    assert_eq!(texts(preview.diagnostics()), texts(fresh.diagnostics()), "after\n{}", last());
    if fresh.diagnostics().iter().any(Diagnostic::is_error) {
        return false;
    }
    let Some(output) = output else { return true };
    let options = Options {
        now: Instant::from_seconds(NOW),
        drafts: false,
        as_of: None,
        file_links: false,
        base_url: None,
    };
    let order = Build { root: root.to_path_buf(), output: output.to_path_buf(), options, strict: false };
    let report = build(&order, &Quiet).unwrap();
    assert_eq!(texts(preview.diagnostics()), texts(report.diagnostics), "after\n{}", last());
    compare(&shown(preview), &files(output), &last());
    true
}

fn compare(one: &BTreeMap<String, Vec<u8>>, other: &BTreeMap<String, Vec<u8>>, last: &str) {
    let names = |files: &BTreeMap<String, Vec<u8>>| files.keys().cloned().collect::<Vec<_>>();
    assert_eq!(names(one), names(other), "after\n{last}");
    for (name, bytes) in one {
        assert!(other[name] == *bytes, "{name} is another page than that of a fresh start after\n{last}");
    }
}

fn subject(root: &Path) -> Subject {
    Subject { root: root.to_path_buf(), drafts: false, clock: Box::new(|| Ok(Instant::from_seconds(NOW))) }
}

/// Every file of the site, as the preview shows it.
fn shown(preview: &Preview) -> BTreeMap<String, Vec<u8>> {
    let answer = |address: String| {
        let bytes = match preview.answer(&address) {
            Answer::Page(bytes) | Answer::Bytes(bytes) => bytes,
            Answer::File(path) => fs::read(path).unwrap(),
            Answer::Mistaken => MISTAKEN.to_vec(),
            other => panic!("{address} is answered with {other:?}"),
        };
        let name = address.trim_start_matches('/');
        (if address.ends_with('/') { format!("{name}index.html") } else { name.to_string() }, bytes)
    };
    preview.addresses().into_par_iter().map(answer).collect()
}

fn files(output: &Path) -> BTreeMap<String, Vec<u8>> {
    let entries = WalkDir::new(output).into_iter().filter_map(Result::ok);
    entries
        .filter(|entry| entry.file_type().is_file() && entry.file_name() != ".dateline-manifest.json")
        .map(|entry| {
            let name = entry.path().strip_prefix(output).unwrap().to_string_lossy().into_owned();
            (name, fs::read(entry.path()).unwrap())
        })
        .collect()
}

struct Quiet;

impl Progress for Quiet {
    fn begin(&self, _: usize) {}
    fn page(&self) {}
    fn wait(&self, _: &str) {}
    fn end(&self) {}
}

/// Who edits: a small site, and chance.
struct Desk {
    root: PathBuf,
    chance: u64,
    count: usize,
    /// Whether the preview is told what was touched.
    is_told: bool,
    touched: BTreeSet<PathBuf>,
    done: Vec<String>,
    /// What has to be taken back before the site can be built again: a file, and what it was.
    broken: Vec<(PathBuf, Option<Vec<u8>>)>,
}

impl Desk {
    fn new(root: PathBuf, seed: u64) -> Self {
        let mut desk = Self {
            root,
            chance: seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1,
            count: 0,
            is_told: true,
            touched: BTreeSet::new(),
            done: Vec::new(),
            broken: Vec::new(),
        };
        desk.fill();
        desk
    }

    /// Another branch is checked out: everything is gone, and the small site as it was at first is there.
    fn check_out(&mut self) {
        for folder in ["content", "templates", "static"] {
            fs::remove_dir_all(self.root.join(folder)).ok();
            self.touched.insert(folder.into());
        }
        self.broken.clear();
        self.done.push("check out".to_string());
        self.fill();
    }

    fn fill(&mut self) {
        let desk = self;
        desk.write("dateline.toml", SETTINGS);
        desk.write("content/_index.md", "+++\ntitle = \"Início\"\n+++\nBem-vindo.\n");
        for timeline in ["rio", "mar"] {
            desk.write(&format!("content/{timeline}/_index.md"), &timeline_text(timeline));
            for _ in 0..5 {
                desk.add_event(timeline);
            }
        }
        desk.write(
            "content/people/ana.md",
            "+++\ntitle = \"Ana\"\nalso = [\"Ana Maria\"]\n+++\nQuem é Ana.\n",
        );
        desk.write(
            "content/places/porto.md",
            "+++\ntitle = \"Porto\"\nlatitude = 41.15\nlongitude = -8.61\ntimezone = \"Europe/Lisbon\"\n+++\n",
        );
        desk.write("content/sobre.md", "+++\ntitle = \"Sobre\"\n+++\nUma página.\n");
        desk.write("static/nota.txt", "nota");
    }

    /// One edit, or a few at once.
    fn edit(&mut self) {
        self.is_told = self.below(3) != 0;
        if !self.broken.is_empty() && self.below(3) != 0 {
            while let Some((path, before)) = self.broken.pop() {
                self.done.push(format!("mend {}", path.display()));
                match before {
                    Some(bytes) => self.put(&path, &bytes),
                    None => self.remove(&path),
                }
            }
            return;
        }
        let times = if self.below(12) == 0 { 12 } else { 1 };
        for _ in 0..times {
            self.any();
        }
    }

    fn any(&mut self) {
        self.count += 1;
        let count = self.count;
        match self.below(20) {
            0 | 1 => self.change(|text, count| format!("{text}\nMais uma linha, a {count}.\n")),
            2 | 3 => {
                let day = self.below(27) + 1;
                self.change(move |text, _| keep_lines(&text, "date = ", &format!("date = 2023-09-{day:02}")));
            }
            4 => self
                .change(|text, count| keep_lines(&text, "title = ", &format!("title = \"Título {count}\""))),
            5 => self.change(|text, count| {
                keep_lines(&text, "people = ", &format!("people = [\"Pessoa {}\"]", count % 4))
            }),
            6 => self.change(|text, count| {
                keep_lines(
                    &text,
                    "place = ",
                    if count % 2 == 0 { "place = \"Porto\"" } else { "place = \"Lima\"" },
                )
            }),
            7 => self.rename_event(),
            8 => {
                if let Some(path) = self.event() {
                    self.done.push(format!("delete {}", path.display()));
                    self.remove(&path);
                }
            }
            9 | 10 => {
                if self.events().len() > 16 {
                    return;
                }
                let timeline = self.timeline();
                self.add_event(&timeline);
            }
            11 => {
                let name = ["event.html", "timeline.html", "reported.html"][self.below(3)];
                let built_in =
                    fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("templates").join(name))
                        .unwrap();
                let path = PathBuf::from("templates").join(name);
                match self.below(4) {
                    0 => self.remove(&path),
                    1 => self.break_file(&path, b"{% if %}"),
                    _ => {
                        let mark = format!("{{% block content %}}<!-- {count} -->");
                        self.put(&path, built_in.replace("{% block content %}", &mark).as_bytes());
                    }
                }
                self.done.push(format!("template {name}"));
            }
            12 => {
                let page_size = [0, 2, 200][self.below(3)];
                let languages = ["", "languages = [\"pt-BR\", \"en\"]\n"][self.below(2)];
                let accent = self.below(10);
                self.done.push(format!("settings {page_size} {languages}"));
                let text = format!(
                    "title = \"Arquivo {count}\"\nlanguage = \"pt-BR\"\n{languages}base_url = \"https://a.test/\"\n\
                     [theme]\naccent = \"#0{accent}5566\"\n[outputs]\npage_size = {page_size}\n"
                );
                self.write("dateline.toml", &text);
            }
            13 => {
                let words = Path::new(env!("CARGO_MANIFEST_DIR")).join("templates/words/pt-BR.toml");
                let text = fs::read_to_string(words).unwrap();
                match self.below(2) {
                    0 => self.remove(Path::new("templates/words/pt-BR.toml")),
                    _ => self.write(
                        "templates/words/pt-BR.toml",
                        &text.replace("Eventos", &format!("Eventos {count}")),
                    ),
                }
                self.done.push("words".to_string());
            }
            14 => {
                if let Some(path) = self.event() {
                    let translation = path.with_extension("en.md");
                    self.done.push(format!("translation of {}", path.display()));
                    match self.root.join(&translation).exists() {
                        true => self.remove(&translation),
                        false => self.put(
                            &translation,
                            format!("+++\ntitle = \"Bridge {count}\"\ndate = 2023-09-05\n+++\nIn English.\n")
                                .as_bytes(),
                        ),
                    }
                }
            }
            15 => {
                let timeline = self.timeline();
                let (path, width) = (format!("content/{timeline}/foto.png"), 3 + self.below(900) as u32);
                self.done.push(format!("{path} of {width}"));
                self.put(Path::new(&path), &picture(width));
            }
            16 => {
                let from = self.timeline();
                let to = ["rio", "mar", "lago", "ilha"][self.below(4)];
                let (from, to) = (format!("content/{from}"), format!("content/{to}"));
                if self.broken.is_empty() && !self.root.join(&to).exists() {
                    self.done.push(format!("{from} becomes {to}"));
                    fs::rename(self.root.join(&from), self.root.join(&to)).unwrap();
                    self.touched.extend([from.into(), to.into()]);
                }
            }
            17 => {
                self.done.push("static".to_string());
                self.write("static/nota.txt", &format!("nota {}", count % 10));
                self.write("static/extra.css", &format!("p {{ order: {count} }}"));
            }
            18 => {
                if let Some(path) = self.event() {
                    let text: &[u8] = [
                        &b"+++\ntitle = \"Sem data\"\n+++\n"[..],
                        b"+++\ntitle = \"Link\"\ndate = 2023-09-01\n+++\n[morto](nao-existe.md)\n",
                        b"+++\ntitle =\n+++\n",
                        b"\xff\xfe",
                        b"",
                    ][self.below(5)];
                    self.done.push(format!("break {}", path.display()));
                    self.break_file(&path, text);
                }
            }
            _ => {
                let path = PathBuf::from(format!(
                    "content/{}",
                    [".x.swp", "x.md~", "#x.md#", "4913"][self.below(4)]
                ));
                self.done.push(format!("dropping {}", path.display()));
                self.put(&path, b"+++\n");
            }
        }
    }

    fn add_event(&mut self, timeline: &str) {
        self.count += 1;
        let (count, day) = (self.count, self.below(27) + 1);
        let path = format!("content/{timeline}/e{count}.md");
        self.done.push(format!("add {path}"));
        let text = format!(
            "+++\ntitle = \"Acontecimento {count}\"\ndate = 2023-09-{day:02}\npeople = [\"Ana\"]\nplace = \"Porto\"\n+++\n\nO que houve, {count}.\n"
        );
        self.write(&path, &text);
    }

    fn rename_event(&mut self) {
        let Some(path) = self.event() else { return };
        let to = path.with_file_name(format!("r{}.md", self.count));
        self.done.push(format!("{} becomes {}", path.display(), to.display()));
        fs::rename(self.root.join(&path), self.root.join(&to)).unwrap();
        self.touched.extend([path, to]);
    }

    fn change(&mut self, edit: impl Fn(String, usize) -> String) {
        let Some(path) = self.event() else { return };
        let Ok(text) = fs::read_to_string(self.root.join(&path)) else { return };
        self.done.push(format!("change {}", path.display()));
        self.put(&path, edit(text, self.count).as_bytes());
    }

    fn break_file(&mut self, path: &Path, bytes: &[u8]) {
        self.broken.push((path.to_path_buf(), fs::read(self.root.join(path)).ok()));
        self.put(path, bytes);
    }

    /// Some event's file that is not broken.
    fn event(&mut self) -> Option<PathBuf> {
        let events = self.events();
        (!events.is_empty()).then(|| events[self.below(events.len())].clone())
    }

    fn events(&self) -> Vec<PathBuf> {
        let all = WalkDir::new(self.root.join("content")).min_depth(2).sort_by_file_name();
        let all = all.into_iter().filter_map(Result::ok);
        all.map(|entry| entry.path().strip_prefix(&self.root).unwrap().to_path_buf())
            .filter(|path| path.extension().is_some_and(|ending| ending == "md"))
            .filter(|path| !path.ends_with("_index.md") && !path.to_string_lossy().ends_with(".en.md"))
            .filter(|path| !path.starts_with("content/people") && !path.starts_with("content/places"))
            .filter(|path| !self.broken.iter().any(|(broken, _)| broken == path))
            .collect()
    }

    fn timeline(&mut self) -> String {
        let root = &self.root;
        let all = ["rio", "mar", "lago", "ilha"].into_iter();
        let there: Vec<&str> = all.filter(|name| root.join("content").join(name).exists()).collect();
        there[self.below(there.len())].to_string()
    }

    fn write(&mut self, path: &str, text: &str) {
        self.put(Path::new(path), text.as_bytes());
    }

    /// Writes in place where the preview is told, and by a new file that is renamed where it is not.
    fn put(&mut self, path: &Path, bytes: &[u8]) {
        let target = self.root.join(path);
        fs::create_dir_all(target.parent().unwrap()).unwrap();
        if self.is_told {
            fs::write(&target, bytes).unwrap();
        } else {
            let beside = self.root.join("new-file");
            fs::write(&beside, bytes).unwrap();
            fs::rename(&beside, &target).unwrap();
        }
        self.touched.insert(path.to_path_buf());
    }

    fn remove(&mut self, path: &Path) {
        fs::remove_file(self.root.join(path)).ok();
        self.touched.insert(path.to_path_buf());
    }

    fn below(&mut self, end: usize) -> usize {
        self.chance ^= self.chance << 13;
        self.chance ^= self.chance >> 7;
        self.chance ^= self.chance << 17;
        (self.chance % end as u64) as usize
    }
}

const SETTINGS: &str = "title = \"Arquivo\"\nlanguage = \"pt-BR\"\nbase_url = \"https://a.test/\"\n";

fn timeline_text(name: &str) -> String {
    format!("+++\ntitle = \"A história do {name}\"\n+++\nUma introdução.\n")
}

/// The text with the line that begins so in another form.
fn keep_lines(text: &str, begin: &str, line: &str) -> String {
    let lines = text.lines().map(|old| if old.starts_with(begin) { line } else { old });
    lines.collect::<Vec<_>>().join("\n") + "\n"
}

fn picture(width: u32) -> Vec<u8> {
    let mut bytes = std::io::Cursor::new(Vec::new());
    let pixels = image::RgbImage::from_pixel(width, 2, image::Rgb([(width % 256) as u8, 9, 9]));
    pixels.write_to(&mut bytes, image::ImageFormat::Png).unwrap();
    bytes.into_inner()
}
