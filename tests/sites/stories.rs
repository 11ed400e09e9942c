//! The sites that are judged, built by the real program: the sample, and those of `tests/stories/`.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use super::{NOW, Order, copy, copy_sample, dateline};

/// A site that is judged.
#[derive(Clone, Copy)]
pub enum Story {
    /// The sample of the repository.
    Sample,
    /// What the sample lacks: tracks, doubts, ranges, ends of the earth and of time.
    Invented,
    /// From right to left.
    Arabic,
    /// The invented one, cut into pages of eight events.
    Cut,
    /// Texts full of signs, clocks that are changed, and every form of a date: what formats for other tools stumble over.
    Awkward,
}

impl Story {
    /// All but the one that is cut, which differs from another in its timeline alone, and the awkward one, which is for the
    /// formats of other tools.
    pub const ALL: [Self; 3] = [Self::Sample, Self::Invented, Self::Arabic];

    /// Its name, and that of its folder.
    pub fn name(self) -> &'static str {
        match self {
            Self::Sample => "sample",
            Self::Invented => "invented",
            Self::Arabic => "arabic",
            Self::Cut => "cut",
            Self::Awkward => "awkward",
        }
    }

    /// Its source, copied into a folder.
    pub fn copy_to(self, root: &Path) {
        match self {
            Self::Sample => copy_sample(root, Order::Forwards),
            Self::Invented | Self::Arabic => copy(&folder(self.name()), root, Order::Forwards),
            Self::Cut => {
                copy(&folder("invented"), root, Order::Forwards);
                let settings = root.join("dateline.toml");
                let text = fs::read_to_string(&settings).expect("it was copied");
                fs::write(settings, format!("{text}\n[outputs]\npage_size = 8\n")).expect("the copy is ours");
            }
            Self::Awkward => {
                copy(&folder(self.name()), root, Order::Forwards);
                write_forms(&root.join("content/forms"));
            }
        }
    }

    /// The site, built once; it stays in `target/tmp/judged-NAME/public` for a look after a failure.
    pub fn public(self) -> &'static Path {
        static BUILT: [OnceLock<PathBuf>; 5] = [const { OnceLock::new() }; 5];
        BUILT[self as usize].get_or_init(|| build(self))
    }
}

/// An event for each example of a date, `001.md` for the first.
fn write_forms(timeline: &Path) {
    let examples: toml::Table = include_str!("../edtf/examples.toml").parse().expect("the examples are TOML");
    let examples = examples["example"].as_array().expect("there are examples");
    for (at, example) in examples.iter().enumerate() {
        let edtf = example["edtf"].as_str().expect("an example has a text");
        let keys = format!(
            "title = \"A date of the form “{edtf}”\"\ndate = \"{edtf}\"\ndate_note = \"An example, invented.\"\n\
             published = 2024-08-01T08:00:00Z\n"
        );
        fs::write(timeline.join(format!("{:03}.md", at + 1)), format!("+++\n{keys}+++\n"))
            .expect("the copy is ours");
    }
}

fn folder(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/stories").join(name)
}

fn build(story: Story) -> PathBuf {
    let name = story.name();
    let root = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("judged-{name}"));
    if root.exists() {
        fs::remove_dir_all(&root).expect("the tests' own folder can be removed");
    }
    story.copy_to(&root);
    let public = root.join("public");
    let output = dateline(&root)
        .args(["build", "--now", NOW, "--output"])
        .arg(&public)
        .output()
        .expect("the program runs");
    assert!(output.status.success(), "{name} does not build: {}\n{}", output.status, super::text(&output));
    assert!(
        public.join("index.html").exists(),
        "the build of {name} wrote no front page:\n{}",
        super::text(&output)
    );
    public
}
