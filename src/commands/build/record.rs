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
use super::left::{Left, Unread};
use super::{Absent, Ahead, Build, Report};
use crate::Diagnostic;
use crate::address::Address;
use crate::input::{Input, Look, Reads, Stamps};
use crate::output::Files;
use crate::site::{Page, Site};
use crate::time::Instant;

/// Where it is kept.
const RECORD: Left = Left { name: "last", word: b"dateline build record\n", form: 3 };

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

impl Record {
    /// Whether the last build of a site has left a record, whatever is in it.
    pub(super) fn is_left(root: &Path) -> bool {
        RECORD.is_there(root)
    }

    /// The record of the last build of a site, if it is one of what is asked for now; calls `tell` with a sentence where it
    /// can't be relied on.
    pub(super) fn of_last(build: &Build, tell: &dyn Fn(&str)) -> Option<Self> {
        let asked = Asked::of(build)?;
        let record = RECORD.look(&build.root, Self::read)?.inspect_err(|why| tell(sentence(*why))).ok()?;
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
        let page = |at| site.route_of_file(files.get(at).route).map(|route| route.page);
        let pages: Option<Vec<Page>> = (0..files.len()).into_par_iter().map(page).collect();
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
        RECORD.keep(root, |to| self.write(to));
    }

    /// Whether no file of the site is another since.
    pub(super) fn has_same_files(&self, look: &Look) -> bool {
        self.stamps.are_those_of(&look.stamps(), self.looked)
    }

    fn read(bytes: &[u8]) -> Option<Self> {
        match postcard::take_from_bytes::<Self>(bytes) {
            Ok((record, [])) if record.is_whole() => Some(record),
            _ => None,
        }
    }

    /// Whether each file has its page, and what was found in it.
    fn is_whole(&self) -> bool {
        let count = self.files.len();
        self.pages.len() == count && self.found.is_of(count)
    }

    /// An error as well for what can't be written, such as a path that is no Unicode.
    fn write(&self, to: &mut dyn Write) -> io::Result<()> {
        postcard::to_io(self, to).map(drop).map_err(io::Error::other)
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

/// What is said of a record that is not read.
fn sentence(why: Unread) -> &'static str {
    match why {
        Unread::Damaged => "the record of the last build is damaged: everything is rendered",
        Unread::Foreign => {
            "the record of the last build is another version's of Dateline: everything is rendered"
        }
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
    use std::time::UNIX_EPOCH;

    use super::{Asked, Found, Record};
    use crate::input::Look;
    use crate::output::{Digest, FileOfOutput};
    use crate::site::Page;
    use crate::time::Instant;
    use crate::{Diagnostic, Place};

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
        record.write(&mut bytes).unwrap();
        bytes
    }

    #[test]
    fn is_read_as_it_was_written() {
        let record = record();
        assert_eq!(Record::read(&written(&record)), Some(record));
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
    fn half_a_record_is_none_and_more_than_one_as_well() {
        let bytes = written(&record());
        for end in 0..bytes.len() {
            assert_eq!(Record::read(&bytes[..end]), None, "cut after {end} bytes");
        }
        assert_eq!(Record::read(&[bytes.as_slice(), b"x"].concat()), None);
    }
}
