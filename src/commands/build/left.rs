//! What a build leaves for the next one, in the cache of its site: first a word, the number of its form, and the program that
//! wrote it. What any other program has written is not read.

use std::io::{self, Write};
use std::path::Path;
use std::time::SystemTime;

use serde::{Deserialize, Serialize};

use crate::output::{Cache, Kept};

/// The cache that it is kept in.
const CACHE: &str = "build";

/// Something that a build leaves.
#[derive(Debug, Clone, Copy)]
pub(super) struct Left {
    /// Its name in the cache.
    pub name: &'static str,
    /// What it begins with: the word, and the number of its form.
    pub word: &'static [u8],
    pub form: u32,
}

/// Why what a build has left is not read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Unread {
    Damaged,
    Foreign,
}

/// The program that makes a build: another one may make another site of the same files.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Program {
    pub version: String,
    pub length: u64,
    pub modified: SystemTime,
}

impl Program {
    /// The one that runs; `None` where it can't be looked at.
    fn this() -> Option<Self> {
        let metadata = std::env::current_exe().ok()?.metadata().ok()?;
        let version = env!("CARGO_PKG_VERSION").to_string();
        Some(Self { version, length: metadata.len(), modified: metadata.modified().ok()? })
    }
}

impl Left {
    /// Whether the last build of a site has left anything.
    pub(super) fn is_there(self, root: &Path) -> bool {
        Cache::of(root, CACHE).has(self.name)
    }

    /// What `read` makes of what the last build of a site has left; `None` where it has left nothing, or where
    /// it is not known which program this is.
    pub(super) fn look<T>(
        self,
        root: &Path,
        read: impl FnOnce(&[u8]) -> Option<T>,
    ) -> Option<Result<T, Unread>> {
        match Cache::of(root, CACHE).look(self.name) {
            Kept::Nothing => None,
            Kept::Damaged => Some(Err(Unread::Damaged)),
            Kept::Whole(bytes) => {
                let content = self.content(&bytes, &Program::this()?);
                Some(content.and_then(|content| read(content).ok_or(Unread::Damaged)))
            }
        }
    }

    /// Keeps what `write` writes for the next build; without effect where the disk will not have it.
    pub(super) fn keep(self, root: &Path, write: impl FnOnce(&mut dyn Write) -> io::Result<()>) {
        if let Some(program) = Program::this() {
            Cache::of(root, CACHE).put_pieces(self.name, |to| {
                self.begin(&program, to)?;
                write(to)
            });
        }
    }

    /// Writes what stands before the content.
    pub(super) fn begin(self, program: &Program, to: &mut dyn Write) -> io::Result<()> {
        to.write_all(self.word)?;
        to.write_all(&self.form.to_le_bytes())?;
        postcard::to_io(program, to).map(drop).map_err(io::Error::other)
    }

    /// What stands behind it.
    pub(super) fn content<'a>(self, bytes: &'a [u8], program: &Program) -> Result<&'a [u8], Unread> {
        let bytes = bytes.strip_prefix(self.word).ok_or(Unread::Foreign)?;
        let (form, bytes) = bytes.split_first_chunk().ok_or(Unread::Damaged)?;
        if u32::from_le_bytes(*form) != self.form {
            return Err(Unread::Foreign);
        }
        let (by, content): (Program, _) = postcard::take_from_bytes(bytes).map_err(|_| Unread::Damaged)?;
        if by == *program { Ok(content) } else { Err(Unread::Foreign) }
    }
}

#[cfg(test)]
#[expect(clippy::disallowed_methods, reason = "a test prepares its own folders")]
mod tests {
    use std::time::{Duration, UNIX_EPOCH};

    use super::{CACHE, Left, Program, Unread};

    const LEFT: Left = Left { name: "last", word: b"a word\n", form: 1 };

    fn program() -> Program {
        Program { version: "1.0.0".to_string(), length: 5, modified: UNIX_EPOCH + Duration::from_secs(9) }
    }

    fn beginning() -> Vec<u8> {
        let mut bytes = Vec::new();
        LEFT.begin(&program(), &mut bytes).unwrap();
        bytes
    }

    #[test]
    fn what_another_program_wrote_is_foreign() {
        let bytes = [beginning().as_slice(), b"content"].concat();
        assert_eq!(LEFT.content(&bytes, &program()), Ok(b"content".as_slice()));
        let rebuilt = Program { modified: UNIX_EPOCH, ..program() };
        let newer = Program { version: "1.0.1".to_string(), ..program() };
        let longer = Program { length: 6, ..program() };
        for other in [rebuilt, newer, longer] {
            assert_eq!(LEFT.content(&bytes, &other), Err(Unread::Foreign));
        }
        for other in [Left { form: 2, ..LEFT }, Left { word: b"another\n", ..LEFT }] {
            assert_eq!(other.content(&bytes, &program()), Err(Unread::Foreign));
        }
        assert_eq!(LEFT.content(b"SQLite format 3", &program()), Err(Unread::Foreign));
    }

    #[test]
    fn half_a_beginning_is_damaged() {
        let bytes = beginning();
        for end in LEFT.word.len()..bytes.len() {
            let content = LEFT.content(&bytes[..end], &program());
            assert_eq!(content, Err(Unread::Damaged), "cut after {end} bytes");
        }
    }

    #[test]
    fn a_changed_byte_of_its_file_is_noticed() {
        let site = tempfile::tempdir().unwrap();
        let look = || LEFT.look(site.path(), |content| Some(content.to_vec()));
        assert_eq!(look(), None);
        LEFT.keep(site.path(), |to| to.write_all(b"content"));
        assert_eq!(look(), Some(Ok(b"content".to_vec())));
        assert_eq!(LEFT.look(site.path(), |_| None::<()>), Some(Err(Unread::Damaged)));
        let path = site.path().join(".dateline").join(CACHE).join(LEFT.name);
        let whole = std::fs::read(&path).unwrap();
        for at in 0..whole.len() {
            let mut bytes = whole.clone();
            bytes[at] ^= 1;
            std::fs::write(&path, bytes).unwrap();
            assert_eq!(look(), Some(Err(Unread::Damaged)), "byte {at}");
        }
    }
}
