//! A small site, random edits of it, and the files of two builds side by side: for the tests that edit at random.
#![allow(dead_code, reason = "each test takes what it needs")]
#![allow(clippy::too_many_lines, reason = "the edits are one list")]

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use dateline::commands::build::Progress;
use walkdir::WalkDir;

/// Asserts that two lists of files are the same.
pub fn compare(one: &BTreeMap<String, Vec<u8>>, other: &BTreeMap<String, Vec<u8>>, last: &str) {
    let names = |files: &BTreeMap<String, Vec<u8>>| files.keys().cloned().collect::<Vec<_>>();
    assert_eq!(names(one), names(other), "after\n{last}");
    for (name, bytes) in one {
        assert!(other[name] == *bytes, "{name} is another page than that of a fresh start after\n{last}");
    }
}

/// The files of an output, without its manifest.
pub fn files(output: &Path) -> BTreeMap<String, Vec<u8>> {
    let entries = WalkDir::new(output).into_iter().filter_map(Result::ok);
    entries
        .filter(|entry| entry.file_type().is_file() && entry.file_name() != ".dateline-manifest.json")
        .map(|entry| {
            let name = entry.path().strip_prefix(output).unwrap().to_string_lossy().into_owned();
            (name, fs::read(entry.path()).unwrap())
        })
        .collect()
}

/// Who hears nothing.
pub struct Quiet;

impl Progress for Quiet {
    fn begin(&self, _: usize) {}
    fn page(&self) {}
    fn wait(&self, _: &str) {}
    fn note(&self, _: &str) {}
    fn end(&self) {}
}

/// Who edits: a small site, and chance.
pub struct Desk {
    pub root: PathBuf,
    chance: u64,
    count: usize,
    /// Whether it is told what was touched, and files are written in place.
    pub is_told: bool,
    pub touched: BTreeSet<PathBuf>,
    pub done: Vec<String>,
    /// What has to be taken back before the site can be built again: a file, and what it was.
    pub broken: Vec<(PathBuf, Option<Vec<u8>>)>,
}

impl Desk {
    pub fn new(root: PathBuf, seed: u64) -> Self {
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
    pub fn check_out(&mut self) {
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
    pub fn edit(&mut self) {
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
                let (path, width) = (format!("content/{timeline}/foto.png"), 3 + self.below(1500) as u32);
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
            "+++\ntitle = \"Acontecimento {count}\"\ndate = 2023-09-{day:02}\npublished = 2023-09-{day:02}T10:00:00Z\npeople = [\"Ana\"]\nplace = \"Porto\"\n+++\n\nO que houve, {count}.\n"
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

    pub fn change(&mut self, edit: impl Fn(String, usize) -> String) {
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
    pub fn event(&mut self) -> Option<PathBuf> {
        let events = self.events();
        (!events.is_empty()).then(|| events[self.below(events.len())].clone())
    }

    pub fn events(&self) -> Vec<PathBuf> {
        let all = WalkDir::new(self.root.join("content")).min_depth(2).sort_by_file_name();
        let all = all.into_iter().filter_map(Result::ok);
        all.map(|entry| entry.path().strip_prefix(&self.root).unwrap().to_path_buf())
            .filter(|path| path.extension().is_some_and(|ending| ending == "md"))
            .filter(|path| !path.ends_with("_index.md") && !path.to_string_lossy().ends_with(".en.md"))
            .filter(|path| !path.starts_with("content/people") && !path.starts_with("content/places"))
            .filter(|path| !self.broken.iter().any(|(broken, _)| broken == path))
            .collect()
    }

    pub fn timeline(&mut self) -> String {
        let root = &self.root;
        let all = ["rio", "mar", "lago", "ilha"].into_iter();
        let there: Vec<&str> = all.filter(|name| root.join("content").join(name).exists()).collect();
        there[self.below(there.len())].to_string()
    }

    pub fn write(&mut self, path: &str, text: &str) {
        self.put(Path::new(path), text.as_bytes());
    }

    /// Writes in place where the preview is told, and by a new file that is renamed where it is not.
    pub fn put(&mut self, path: &Path, bytes: &[u8]) {
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

    pub fn remove(&mut self, path: &Path) {
        fs::remove_file(self.root.join(path)).ok();
        self.touched.insert(path.to_path_buf());
    }

    pub fn below(&mut self, end: usize) -> usize {
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

/// A picture of a width, as PNG.
pub fn picture(width: u32) -> Vec<u8> {
    let mut bytes = std::io::Cursor::new(Vec::new());
    let pixels = image::RgbImage::from_pixel(width, 2, image::Rgb([(width % 256) as u8, 9, 9]));
    pixels.write_to(&mut bytes, image::ImageFormat::Png).unwrap();
    bytes.into_inner()
}
