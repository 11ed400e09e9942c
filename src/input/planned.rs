//! The digest of all that a site is planned with: everything that was read but the bodies of articles, and files that are
//! published as they are.

use std::collections::BTreeMap;
use std::path::Path;

use super::Input;
use super::theme::{StaticFile, Text};

/// The digest of what the model is made of but for the titles and summaries of events, with the settings as they are written.
pub(super) fn arranged(input: &Input, settings: &str) -> [u8; 32] {
    let mut digester = PiecesDigest::default();
    digester.add(settings.as_bytes());
    digester.add_count(input.articles.len());
    for article in &input.articles {
        digester.add_path(&article.path);
        digester.add(&article.front.arranging);
    }
    digester.add_paths(&input.unread);
    digester.add_paths(&input.files);
    digester.add_count(input.pictures.len());
    for (path, picture) in &input.pictures {
        digester.add_path(path);
        digester.add(&picture.digest);
    }
    digester.add_texts(&input.theme.words);
    digester.add_count(input.theme.files.len());
    for (name, file) in &input.theme.files {
        digester.add(name.as_bytes());
        match file {
            StaticFile::BuiltIn(bytes) => digester.add(bytes),
            StaticFile::Own(path, bytes) => {
                digester.add_path(path);
                digester.add(bytes.as_deref().unwrap_or_default());
            }
        }
    }
    digester.finish()
}

/// The digest of all that the model is made of.
pub(super) fn modelled(input: &Input, arranged: &[u8; 32]) -> [u8; 32] {
    let mut digester = PiecesDigest::default();
    digester.add(arranged);
    for article in &input.articles {
        digester.add(&article.front.whole);
    }
    digester.finish()
}

/// The digest of what pages are planned with: what the model is made of, the templates, and of each body what is known without
/// reading it again, whether there is one and its first paragraph.
pub(super) fn planned(input: &Input, modelled: &[u8; 32]) -> [u8; 32] {
    let mut digester = PiecesDigest::default();
    digester.add(modelled);
    digester.add_texts(&input.theme.templates);
    for article in &input.articles {
        digester.add(&[u8::from(article.has_body), u8::from(article.lead.is_some())]);
        digester.add(article.lead.as_deref().unwrap_or_default().as_bytes());
    }
    digester.finish()
}

/// The digest of pieces, each with its length, so that no two lists of pieces come to the same.
#[derive(Default)]
pub(super) struct PiecesDigest {
    digester: blake3::Hasher,
    /// Small pieces that wait to be digested together, which is quicker.
    waiting: Vec<u8>,
}

/// How many bytes wait at the most.
const WAITING: usize = 1 << 14;

impl PiecesDigest {
    /// Adds a piece.
    pub(super) fn add(&mut self, piece: &[u8]) {
        self.add_count(piece.len());
        self.waiting.extend(piece);
    }

    /// The digest of all pieces.
    pub(super) fn finish(mut self) -> [u8; 32] {
        self.digester.update(&self.waiting);
        *self.digester.finalize().as_bytes()
    }

    fn add_count(&mut self, count: usize) {
        if self.waiting.len() >= WAITING {
            self.digester.update(&self.waiting);
            self.waiting.clear();
        }
        self.waiting.extend((count as u64).to_le_bytes());
    }

    fn add_path(&mut self, path: &Path) {
        self.add(path.as_os_str().as_encoded_bytes());
    }

    fn add_texts(&mut self, texts: &BTreeMap<String, Text>) {
        self.add_count(texts.len());
        for (name, text) in texts {
            self.add(name.as_bytes());
            self.add_path(&text.path);
            self.add(text.text.as_bytes());
        }
    }

    fn add_paths(&mut self, paths: &[impl AsRef<Path>]) {
        self.add_count(paths.len());
        for path in paths {
            self.add_path(path.as_ref());
        }
    }
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::path::Path;

    use crate::input::Input;

    /// What writes the files of a site.
    fn writing(root: &Path) -> impl Fn(&str, &str) {
        move |path, text| {
            let path = root.join(path);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, text).unwrap();
        }
    }

    #[test]
    fn the_headline_of_an_event_alone_arranges_nothing() {
        let site = tempfile::tempdir().unwrap();
        let (write, read) = (writing(site.path()), || Input::read(site.path()).unwrap());
        write("dateline.toml", "title = \"A\"\nlanguage = \"pt-BR\"\nlanguages = [\"en\"]\n");
        write("content/a/_index.md", "+++\ntitle = \"A\"\n+++\n");
        let event = "+++\ntitle = \"B\"\nsummary = \"C\"\ndate = 2023-09-13\n+++\nUm.\n";
        ["b.md", "c.md", "c.en.md"].iter().for_each(|name| write(&format!("content/a/{name}"), event));
        let before = read();
        for (path, text, arranges) in [
            ("content/a/b.md", event.replace("\"B\"", "\"Bê\""), false),
            ("content/a/b.md", event.replace("\"C\"", "\"\"\"C\n\nD\"\"\""), false),
            ("content/a/b.md", event.replace("\"B\"\nsummary = \"C\"", "'C'\nsummary = 'B'"), false),
            ("content/a/b.md", "---\ntitle: B\nsummary: C\ndate: 2023-09-13\n---\nUm.\n".to_string(), true),
            ("content/a/b.md", event.replace("summary = \"C\"\n", ""), true),
            ("content/a/b.md", event.replace("13", "14"), true),
            ("content/a/b.md", event.replace("+++\nUm", "draft = true\n+++\nUm"), true),
            ("content/a/c.en.md", event.replace("\"B\"", "\"Bee\""), true),
            ("content/a/c.md", event.replace("\"B\"", "\"Bê\""), true),
            ("content/a/_index.md", "+++\ntitle = \"B\"\n+++\n".to_string(), true),
        ] {
            let known = fs::read_to_string(site.path().join(path)).unwrap();
            write(path, &text);
            let now = read();
            assert_eq!(now.arranged() != before.arranged(), arranges, "{path}: {text}");
            assert_ne!(now.modelled(), before.modelled(), "{path}: {text}");
            write(path, &known);
            assert_eq!(read().modelled(), before.modelled(), "{path} as it was");
        }
        write("content/a/b.md", "---\ntitle: B\nsummary: |\n  C\n  D\ndate: 2023-09-13\n---\nUm.\n");
        let yaml = read();
        write("content/a/b.md", "---\ntitle: Bê\nsummary: |\n  C\n  E\n  F\ndate: 2023-09-13\n---\nUm.\n");
        assert_eq!(read().arranged(), yaml.arranged());
    }

    #[test]
    fn a_text_is_not_planned_with_and_all_else_is() {
        let site = tempfile::tempdir().unwrap();
        let (write, read) = (writing(site.path()), || Input::read(site.path()).unwrap());
        write("dateline.toml", "title = \"A\"\nlanguages = [\"en\"]\n");
        write("content/a.md", "+++\ntitle = \"A\"\n+++\nUm.\n\nDois.\n");
        write("content/a.en.md", "+++\ntitle = \"A\"\n+++\nOne.\n");
        write("content/a.txt", "a");
        let before = read();
        for (path, text, is_text) in [
            ("content/a.md", "+++\ntitle = \"A\"\n+++\nUm.\n\nTrês.\n\nQuatro.\n", true),
            ("content/a.txt", "b", true),
            ("content/a.md", "+++\ntitle = \"A\"\n+++\nOutro começo.\n\nDois.\n", false),
            ("content/a.md", "+++\ntitle = \"B\"\n+++\nUm.\n\nDois.\n", false),
            ("content/a.md", "+++\ntitle = \"A\"\n+++\n", false),
            ("content/a.en.md", "+++\ntitle = \"B\"\n+++\nOne.\n", false),
            ("content/b.txt", "b", false),
            ("dateline.toml", "title = \"B\"\nlanguages = [\"en\"]\n", false),
            ("static/a.css", "p {}", false),
            ("templates/words/en.toml", "a = 1", false),
            ("content/a.svg", "<svg xmlns=\"http://www.w3.org/2000/svg\"/>", false),
        ] {
            let known = fs::read_to_string(site.path().join(path)).ok();
            write(path, text);
            assert_eq!(read().planned() == before.planned(), is_text, "{path}: {text}");
            match known {
                Some(text) => write(path, &text),
                None => fs::remove_file(site.path().join(path)).unwrap(),
            }
            assert_eq!(read().planned(), before.planned(), "{path} as it was");
        }
    }
}
