//! What a build leaves to the next one: of what it was made, what came of it, and what of that need not be made again.
//!
//! A record is only ever a reason to leave undone what would come to the same. One that is damaged, of another program or of
//! another form is not read, and a build without one renders everything.

use std::io::{self, Write};
use std::path::{Path, PathBuf, absolute};
use std::time::SystemTime;

use rayon::prelude::{IntoParallelIterator, ParallelIterator};
use serde::{Deserialize, Serialize};

use super::found::{Found, FoundAt};
use super::{Absent, Ahead, Build, Report};
use crate::address::Address;
use crate::input::{Input, Look, Reads, Stamps};
use crate::output::{Cache, Files, Kept, Output};
use crate::site::{Page, Site};
use crate::time::Instant;
use crate::{Diagnostic, Error};

/// The cache that it is kept in, and its name there.
const CACHE: &str = "build";
const NAME: &str = "last";

/// What a record begins with: the word, and the number of its form.
const WORD: &[u8] = b"dateline build record\n";
const FORM: u32 = 2;

/// The last build that wrote something, or found that all was as it should be.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(super) struct Record {
    /// What was asked for.
    pub asked: Asked,
    /// The clock from which on, and up to which, it gives this.
    pub times: (Instant, Option<Instant>),
    /// When the files were looked at, or a little before.
    pub looked: SystemTime,
    /// What the system said of them.
    pub stamps: Stamps,
    /// The digest of all that the site was planned with.
    pub planned: [u8; 32],
    /// The digests of the articles, by path.
    pub articles: Vec<[u8; 32]>,
    /// What stands in the output, by route.
    pub files: Files,
    /// What each of them is.
    pub pages: Vec<Page>,
    /// What was found when each of them was made.
    pub found: Found,
    /// What was told of it.
    pub diagnostics: Vec<Diagnostic>,
    /// The articles that are not built.
    pub left_out: Vec<Absent>,
    /// When the clock alone would change the site next.
    pub ahead: Option<Ahead>,
}

/// What a build is told, beside the clock.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Asked {
    output: PathBuf,
    drafts: bool,
    file_links: bool,
    base_url: Option<String>,
    strict: bool,
}

/// Why a record is not read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Unread {
    Damaged,
    Foreign,
}

/// The program that makes a build: another one may make another site of the same files.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
struct Program {
    version: String,
    length: u64,
    modified: SystemTime,
}

impl Record {
    /// The record of the last build of a site, if it is one of what is asked for now; calls `tell` with a sentence where it
    /// can't be relied on.
    pub(super) fn of_last(build: &Build, tell: &dyn Fn(&str)) -> Option<Self> {
        let asked = Asked::of(build)?;
        let record = match Cache::of(&build.root, CACHE).look(NAME) {
            Kept::Nothing => return None,
            Kept::Damaged => Err(Unread::Damaged),
            Kept::Whole(bytes) => Self::read(&bytes, &Program::this()?),
        };
        let record = record.inspect_err(|why| tell(why.sentence())).ok()?;
        let (from, until) = record.times;
        let is_its_time = from <= build.options.now && until.is_none_or(|until| build.options.now < until);
        (record.asked == asked && is_its_time).then_some(record)
    }

    /// That of a build that has just been written; `None` where it can't be told in full.
    pub(super) fn of(
        build: &Build,
        site: &Site,
        looked: SystemTime,
        (files, found): (Files, FoundAt),
        report: &Report,
    ) -> Option<Self> {
        let all = (0..files.len()).into_par_iter();
        let pages: Option<Vec<Page>> = all.map(|at| site.page_of_file(files.get(at).route)).collect();
        Some(Self {
            asked: Asked::of(build)?,
            times: (build.options.now, site.lasts_until()),
            looked,
            stamps: site.input.stamps(),
            planned: *site.input.planned(),
            articles: digests(&site.input),
            pages: pages?,
            found: found.of(files.routes()),
            files,
            diagnostics: report.diagnostics.clone(),
            left_out: report.left_out.clone(),
            ahead: report.ahead.clone(),
        })
    }

    /// Keeps it for the next build; without effect where the disk will not have it.
    pub(super) fn keep(&self, root: &Path) {
        if let Some(program) = Program::this() {
            Cache::of(root, CACHE).put_pieces(NAME, |to| self.write(&program, to));
        }
    }

    /// Whether no file of the site is another since.
    pub(super) fn has_same_files(&self, look: &Look) -> bool {
        self.stamps.are_those_of(&look.stamps(), self.looked)
    }

    /// Keeps every file of the output, if all are there and no others of ours.
    pub(super) fn keep_all(&self, output: &Output) -> Result<bool, Error> {
        output.keep_all(&self.files)
    }

    fn read(bytes: &[u8], program: &Program) -> Result<Self, Unread> {
        let bytes = bytes.strip_prefix(WORD).ok_or(Unread::Foreign)?;
        let (form, bytes) = bytes.split_first_chunk().ok_or(Unread::Damaged)?;
        if u32::from_le_bytes(*form) != FORM {
            return Err(Unread::Foreign);
        }
        let (by, bytes): (Program, _) = postcard::take_from_bytes(bytes).map_err(|_| Unread::Damaged)?;
        if by != *program {
            return Err(Unread::Foreign);
        }
        match postcard::take_from_bytes::<Self>(bytes) {
            Ok((record, [])) if record.is_whole() => Ok(record),
            _ => Err(Unread::Damaged),
        }
    }

    /// Whether each file has its page, and what was found in it.
    fn is_whole(&self) -> bool {
        let count = self.files.len();
        self.pages.len() == count && self.found.is_of(count)
    }

    /// An error as well for what can't be written, such as a path that is no Unicode.
    fn write(&self, program: &Program, to: &mut dyn Write) -> io::Result<()> {
        to.write_all(WORD)?;
        to.write_all(&FORM.to_le_bytes())?;
        let written = postcard::to_io(program, &mut *to).and_then(|to| postcard::to_io(self, to));
        written.map(drop).map_err(io::Error::other)
    }
}

impl Asked {
    /// `None` for what is never recorded: a snapshot.
    pub(super) fn of(build: &Build) -> Option<Self> {
        let options = &build.options;
        if options.as_of.is_some() {
            return None;
        }
        Some(Self {
            output: absolute(&build.output).ok()?,
            drafts: options.drafts,
            file_links: options.file_links,
            base_url: options.base_url.as_ref().map(|base| base.absolute(&Address::root())),
            strict: build.strict,
        })
    }
}

impl Unread {
    fn sentence(self) -> &'static str {
        match self {
            Self::Damaged => "the record of the last build is damaged: everything is rendered",
            Self::Foreign => {
                "the record of the last build is another version's of Dateline: everything is rendered"
            }
        }
    }
}

impl Program {
    /// The one that runs; `None` where it can't be looked at.
    fn this() -> Option<Self> {
        let metadata = std::env::current_exe().ok()?.metadata().ok()?;
        let version = env!("CARGO_PKG_VERSION").to_string();
        Some(Self { version, length: metadata.len(), modified: metadata.modified().ok()? })
    }
}

/// The digests of all articles, by path.
pub(super) fn digests(input: &Input) -> Vec<[u8; 32]> {
    let reads = Reads::default();
    (0..input.articles.len()).map(|at| *input.digest(at, &reads)).collect()
}

#[cfg(test)]
#[expect(clippy::disallowed_methods, reason = "a test prepares its own folders")]
mod tests {
    use std::time::{Duration, UNIX_EPOCH};

    use super::{Asked, Found, Program, Record, Unread};
    use crate::input::Look;
    use crate::output::{Cache, Digest, FileOfOutput, Kept};
    use crate::site::Page;
    use crate::time::Instant;
    use crate::{Diagnostic, Place};

    fn program() -> Program {
        Program { version: "1.0.0".to_string(), length: 5, modified: UNIX_EPOCH + Duration::from_secs(9) }
    }

    fn record() -> Record {
        let site = tempfile::tempdir().unwrap();
        std::fs::write(site.path().join("dateline.toml"), "").unwrap();
        let place = Place::in_text("content/a.md".as_ref(), "+++\num\n", 4..6);
        let warning = Diagnostic::warning("dead-anchor", "none").at(place).help("mend it");
        let file = FileOfOutput { route: "a/index.html", digest: Digest::of(b"a"), length: 1 };
        let mut found = Found::default();
        found.push(&[1], vec![warning.clone()]);
        Record {
            asked: Asked {
                output: "/site/public".into(),
                drafts: false,
                file_links: true,
                base_url: None,
                strict: false,
            },
            times: (Instant::from_seconds(1), Some(Instant::from_seconds(2))),
            looked: UNIX_EPOCH,
            stamps: Look::at(site.path()).unwrap().stamps(),
            planned: [7; 32],
            articles: vec![[8; 32], [9; 32]],
            files: std::iter::once(file).collect(),
            pages: vec![Page::NotFound],
            found,
            diagnostics: vec![warning],
            left_out: Vec::new(),
            ahead: None,
        }
    }

    fn written(record: &Record) -> Vec<u8> {
        let mut bytes = Vec::new();
        record.write(&program(), &mut bytes).unwrap();
        bytes
    }

    #[test]
    fn is_read_as_it_was_written() {
        let record = record();
        assert_eq!(Record::read(&written(&record), &program()), Ok(record));
    }

    #[cfg(unix)]
    #[test]
    fn what_cant_be_written_leaves_no_half_of_it() {
        use std::os::unix::ffi::OsStrExt;
        let site = tempfile::tempdir().unwrap();
        let mut record = record();
        record.asked.output = std::ffi::OsStr::from_bytes(b"/\xff").into();
        record.keep(site.path());
        let left = std::fs::read_dir(site.path().join(".dateline/build")).unwrap();
        assert_eq!(left.count(), 0);
    }

    #[test]
    fn what_another_program_wrote_is_foreign() {
        let bytes = written(&record());
        let rebuilt = Program { modified: UNIX_EPOCH, ..program() };
        let newer = Program { version: "1.0.1".to_string(), ..program() };
        for other in [rebuilt, newer] {
            assert_eq!(Record::read(&bytes, &other), Err(Unread::Foreign));
        }
        let mut other_form = bytes;
        other_form[super::WORD.len()] += 1;
        assert_eq!(Record::read(&other_form, &program()), Err(Unread::Foreign));
        assert_eq!(Record::read(b"SQLite format 3", &program()), Err(Unread::Foreign));
    }

    #[test]
    fn half_a_record_is_damaged_and_more_than_one_as_well() {
        let bytes = written(&record());
        for end in super::WORD.len()..bytes.len() {
            assert_eq!(
                Record::read(&bytes[..end], &program()),
                Err(Unread::Damaged),
                "cut after {end} bytes"
            );
        }
        assert_eq!(Record::read(&[bytes.as_slice(), b"x"].concat(), &program()), Err(Unread::Damaged));
    }

    #[test]
    fn a_changed_byte_of_its_file_is_noticed() {
        let site = tempfile::tempdir().unwrap();
        Cache::of(site.path(), super::CACHE).put(super::NAME, &written(&record()));
        let path = site.path().join(".dateline/build/last");
        let whole = std::fs::read(&path).unwrap();
        for at in 0..whole.len() {
            let mut bytes = whole.clone();
            bytes[at] ^= 1;
            std::fs::write(&path, bytes).unwrap();
            assert_eq!(Cache::of(site.path(), super::CACHE).look(super::NAME), Kept::Damaged, "byte {at}");
        }
    }
}
