//! What came of the Markdown files of a site, written down for the next run of the program, which plans with it and reads only those
//! that are others since.
//!
//! The form is postcard's, in blocks that are read and written side by side: `looked`, then of each block its length in bytes
//! (a `u32`, little-endian) and a list of files. Where the system says the same of a file as then, and had said so for a while,
//! the file is as it was; what it was read as is compared all the same.

use std::io::{self, Write};
use std::path::Path;
use std::sync::Arc;
use std::time::SystemTime;

use rayon::prelude::{IntoParallelRefIterator, ParallelIterator, ParallelSlice};
use serde::{Deserialize, Serialize};

use super::Input;
use super::reading::{Look, Reading, Seen, Stamp};

/// So many files are a block, and so many blocks are in memory at once.
const BLOCK: usize = 128;
const ABREAST: usize = 8;

/// A file as it is written down.
#[derive(Serialize)]
struct Written<'a>(&'a Path, Stamp, &'a Reading);

impl<'a> Written<'a> {
    /// `None` for what has not been read, and for a name or a time that can't be written.
    fn of(seen: &'a Seen) -> Option<Self> {
        let is_writable = seen.path.to_str().is_some() && seen.stamp.is_writable();
        seen.reading.as_ref().filter(|_| is_writable).map(|reading| Self(&seen.path, seen.stamp, reading))
    }
}

/// The same as it is read.
#[derive(Deserialize)]
struct Kept(Arc<Path>, Stamp, Reading);

impl Input {
    /// Writes down what came of the Markdown files for [`Look::recall`]; `looked` is when the site was looked at, or a little
    /// before.
    ///
    /// # Errors
    /// What can't be written.
    pub fn write_readings(&self, looked: SystemTime, to: &mut dyn Write) -> io::Result<()> {
        to.write_all(&postcard::to_stdvec(&looked).map_err(io::Error::other)?)?;
        let files: Vec<Written<'_>> = self.known.files.iter().filter_map(Written::of).collect();
        for files in files.chunks(BLOCK * ABREAST) {
            let blocks: Result<Vec<Vec<u8>>, _> = files.par_chunks(BLOCK).map(postcard::to_stdvec).collect();
            for block in blocks.map_err(io::Error::other)? {
                let length = u32::try_from(block.len()).map_err(io::Error::other)?;
                to.write_all(&length.to_le_bytes())?;
                to.write_all(&block)?;
            }
        }
        Ok(())
    }
}

impl Look {
    /// Takes what came of the Markdown files then for those that are as they were; `None` for bytes that
    /// [`Input::write_readings`] has not written.
    pub fn recall(&mut self, bytes: &[u8]) -> Option<()> {
        let (looked, mut rest) = postcard::take_from_bytes::<SystemTime>(bytes).ok()?;
        let mut blocks = Vec::new();
        while !rest.is_empty() {
            let (length, after) = rest.split_first_chunk()?;
            let (block, after) = after.split_at_checked(u32::from_le_bytes(*length) as usize)?;
            blocks.push(block);
            rest = after;
        }
        let kept: Option<Vec<Vec<Kept>>> =
            blocks.par_iter().map(|block| postcard::from_bytes(block).ok()).collect();
        let mut kept = kept?.into_iter().flatten().peekable();
        for (seen, is_same) in &mut self.0.files {
            while kept.next_if(|kept| kept.0 < seen.path).is_some() {}
            let Some(Kept(_, stamp, mut reading)) = kept.next_if(|kept| kept.0 == seen.path) else {
                continue;
            };
            if stamp == seen.stamp && stamp.is_older_than(looked) {
                if let Some(article) = &mut reading.article {
                    Arc::make_mut(article).path = Arc::clone(&seen.path);
                }
                seen.reading = Some(Arc::new(reading));
                *is_same = true;
            }
        }
        Some(())
    }
}

#[cfg(test)]
#[expect(clippy::disallowed_methods, reason = "a test prepares its own files, whose times are the machine's")]
mod tests {
    use std::fs;
    use std::path::Path;
    use std::time::{Duration, SystemTime};

    use crate::input::{Input, Look};

    /// Every key that there is, in every way in which its value may be written.
    const FILES: [(&str, &str); 9] = [
        ("dateline.toml", "title = \"A\"\nlanguage = \"pt-BR\"\nlanguages = [\"pt-BR\", \"en\"]\n"),
        (
            "content/_index.md",
            "+++\ntitle = \"B\"\nsummary = \"C\"\ndraft = true\n[extra]\na = [0.1, 1e300, -3, true, 2023-09-13]\n\
             b = { c = 12345678901.123456789 }\n[image]\nsrc = \"a.jpg\"\nalt = \"\"\n+++\n",
        ),
        (
            "content/a/_index.md",
            "+++\ntitle = \"A\"\nlanguage = \"pt-BR\"\ntimezone = \"Asia/Vladivostok\"\nstatus = \"ongoing\"\n\
             sort = \"newest\"\ncalendar_spans = true\nroute = [\"Vladivostok\"]\naliases = [\"/old/\", \"/older\"]\n\
             [[tracks]]\nid = \"a\"\ntitle = \"A\"\n[[eras]]\ntitle = \"E\"\ndate = \"2023-09-10/2023-09-17\"\n\
             [check]\ndead-link = \"off\"\n+++\n",
        ),
        (
            "content/a/b.md",
            "+++\ntitle = \"B\"\ndate = 2023-09-13T13:00:00+10:00\ndate_note = \"why\"\ntimezone = \"Asia/Seoul\"\n\
             summary = \"S\"\npublished = 2023-09-14T10:00:00-03:00\nupdated = 2023-09-14T12:30:00\ndraft = true\n\
             expires = \"2033-01-01 00:00\"\nweight = \"key\"\nrole = \"background\"\ntrack = \"a\"\nplace = \"V\"\n\
             people = [\"K\", \"P\", \"K\"]\norganizations = [\"O\"]\ntopics = [\"T\"]\nauthors = [\"W\"]\nrelated = [\"c\"]\n\
             order = -3\naliases = [\"/x/\", \"/a/index.html/index.html\"]\n[[quotes]]\ntext = \"q\"\nby = \"K\"\nsaid = \"2023-09\"\nlanguage = \"ko\"\n\
             original = \"o\"\nkind = \"translated\"\nsource = \"S\"\n[[accounts]]\nby = \"a\"\ntext = \"t\"\nsource = \"S\"\n\
             [[sources]]\ntitle = \"S\"\nurl = \"https://a.example/\"\npublisher = \"P\"\nkind = \"k\"\npublished = 2023-09-13\n\
             accessed = \"2023-09-14\"\narchive = \"https://b.example/\"\nlanguage = \"en\"\n[[corrections]]\n\
             date = 2023-09-15\ntext = \"right\"\nwas = \"wrong\"\n[image]\nsrc = \"a.jpg\"\nalt = \"a\"\ncaption = \"c\"\n\
             credit = \"d\"\nlicense = \"l\"\n[check]\ndead-link = \"error\"\n+++\nUm.\n\nDois.\n",
        ),
        (
            "content/a/b.en.md",
            "---\ntitle: B\nextra:\n  a: 0.30000000000000004\n  b: [null, {c: d}]\n---\nOne.\n",
        ),
        ("content/a/c.md", "+++\ntitle = \"C\"\ndate = \"unknown\"\n+++\nO começo, *que* é o resumo.\n"),
        ("content/a/d.md", "+++\ntitle = \"D\"\ndate = \"2023-13\"\nunknown = 1\n+++\n"),
        ("content/a/e.md", "+++\ntitle = \n+++\n"),
        (
            "content/places/v.md",
            "+++\ntitle = \"V\"\nalso = [\"W\"]\nrole = \"r\"\nsame_as = [\"https://www.wikidata.org/wiki/Q959\"]\n\
             latitude = 43.1056\nlongitude = 131.8735\ntimezone = \"Asia/Vladivostok\"\nprecision = \"city\"\n+++\n",
        ),
    ];

    fn site() -> tempfile::TempDir {
        let site = tempfile::tempdir().unwrap();
        for (path, text) in FILES {
            let path = site.path().join(path);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, text).unwrap();
        }
        site
    }

    /// A while after everything was written.
    fn later() -> SystemTime {
        SystemTime::now() + Duration::from_secs(60)
    }

    fn written(input: &Input, looked: SystemTime) -> Vec<u8> {
        let mut bytes = Vec::new();
        input.write_readings(looked, &mut bytes).unwrap();
        bytes
    }

    /// What is read after `bytes` have been recalled.
    fn read(root: &Path, bytes: &[u8]) -> Input {
        let mut look = Look::at(root).unwrap();
        look.recall(bytes).unwrap();
        Input::read_looked(root, look).unwrap()
    }

    #[test]
    fn what_is_recalled_is_what_would_be_read() {
        let site = site();
        let first = Input::read(site.path()).unwrap();
        let bytes = written(&first, later());
        let again = read(site.path(), &bytes);
        assert!(first.has_opened() && !again.has_opened());
        assert_eq!(format!("{:#?}", again.articles), format!("{:#?}", first.articles));
        assert_eq!(again.diagnostics, first.diagnostics);
        assert!(!first.diagnostics.is_empty());
        assert_eq!((&again.unread, again.planned()), (&first.unread, first.planned()));
        assert_eq!(written(&again, later()).len(), bytes.len());
    }

    #[test]
    fn what_has_changed_or_is_young_is_opened() {
        let site = site();
        let first = Input::read(site.path()).unwrap();
        let young = read(site.path(), &written(&first, SystemTime::UNIX_EPOCH));
        assert!(young.has_opened());
        let bytes = written(&first, later());
        for (path, text) in [
            ("content/a/c.md", "+++\ntitle = \"E\"\ndate = \"unknown\"\n+++\n"),
            // A translation is read with its original.
            ("content/a/b.md", "+++\ntitle = \"B\"\ndate = 2023-09-14\n+++\n"),
            // What is below a timeline is an event.
            ("content/places/_index.md", "+++\ntitle = \"P\"\n+++\n"),
            ("dateline.toml", "title = \"A\"\nlanguage = \"en\"\n"),
        ] {
            fs::write(site.path().join(path), text).unwrap();
            let (again, fresh) = (read(site.path(), &bytes), Input::read(site.path()).unwrap());
            assert!(again.has_opened());
            assert_eq!(format!("{:?}", again.articles), format!("{:?}", fresh.articles), "{path}");
            assert_eq!(again.diagnostics, fresh.diagnostics, "{path}");
        }
        fs::remove_file(site.path().join("content/a/b.md")).unwrap();
        let (again, fresh) = (read(site.path(), &bytes), Input::read(site.path()).unwrap());
        assert_eq!(format!("{:?}", again.articles), format!("{:?}", fresh.articles));
    }

    #[test]
    fn half_of_it_is_not_taken() {
        let site = site();
        let bytes = written(&Input::read(site.path()).unwrap(), later());
        let whole = |bytes: &[u8]| Look::at(site.path()).unwrap().recall(bytes).is_some();
        assert!(whole(&bytes));
        // The time alone is a whole of no blocks.
        let time = postcard::to_stdvec(&later()).unwrap().len();
        for end in (0..bytes.len()).filter(|end| *end != time) {
            assert!(!whole(&bytes[..end]), "cut after {end} bytes");
        }
    }
}
