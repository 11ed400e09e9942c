//! What took long to make, kept for the next build: bytes under a name go in, the same bytes come out, or nothing.
//!
//! `.dateline/` beside `dateline.toml` may be deleted at any time. A cache that can't be read or written is none: the
//! build takes longer and comes to the same. Half a file, or one that was changed, does not pass for a whole one.
#![allow(clippy::disallowed_methods, reason = "the cache is this room's own folder")]

use std::collections::HashSet;
use std::io::{self, BufWriter, Seek, Write};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use super::digest::{Digest, Digesting};
use super::place;
use super::source::PIECE;
use crate::Error;

/// The cache of a site, in a folder of its own below `.dateline/`.
pub struct Cache {
    /// `None` where the folder is not the site's own.
    folder: Option<PathBuf>,
    asked: Mutex<HashSet<String>>,
}

impl Cache {
    /// The cache with this name of a site. Nothing is created yet.
    #[must_use]
    pub fn of(site_root: &Path, name: &str) -> Self {
        let root = site_root.canonicalize().ok();
        let folder = root.and_then(|root| place::resolve(&root.join(FOLDER).join(name), &root).ok());
        Self { folder, asked: Mutex::default() }
    }

    /// Whether anything is kept under a name.
    #[must_use]
    pub fn has(&self, name: &str) -> bool {
        self.folder.as_ref().is_some_and(|folder| folder.join(name).is_file())
    }

    /// The bytes that were put under a name.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<Vec<u8>> {
        match self.look(name) {
            Kept::Whole(bytes) => Some(bytes),
            Kept::Nothing | Kept::Damaged => None,
        }
    }

    /// What is kept under a name.
    #[must_use]
    pub fn look(&self, name: &str) -> Kept {
        self.keep(name);
        let Some(folder) = &self.folder else { return Kept::Nothing };
        let Ok(mut bytes) = std::fs::read(folder.join(name)) else { return Kept::Nothing };
        if bytes.len() < DIGEST {
            return Kept::Damaged;
        }
        if Digest::of(&bytes[DIGEST..]).as_bytes() != &bytes[..DIGEST] {
            return Kept::Damaged;
        }
        bytes.drain(..DIGEST);
        Kept::Whole(bytes)
    }

    /// Keeps bytes under a name; without effect where the disk will not have them.
    pub fn put(&self, name: &str, bytes: &[u8]) {
        self.put_pieces(name, |to| to.write_all(bytes));
    }

    /// Keeps what is made while it is written; without effect where it can't be made, or the disk will not have it.
    pub fn put_pieces(&self, name: &str, make: impl FnOnce(&mut dyn Write) -> io::Result<()>) {
        if let Some(folder) = &self.folder {
            // A build without its cache is a build.
            let _ = write(folder, name, make);
        }
    }

    /// Notes that a name is in use, so that it is not swept away.
    pub fn keep(&self, name: &str) {
        self.asked.lock().unwrap_or_else(PoisonError::into_inner).insert(name.to_string());
    }

    /// Removes what this build had no use for.
    pub fn sweep(&self) {
        let asked = self.asked.lock().unwrap_or_else(PoisonError::into_inner);
        let entries = self.folder.as_ref().and_then(|folder| std::fs::read_dir(folder).ok());
        for entry in entries.into_iter().flatten().flatten() {
            if !asked.contains(&*entry.file_name().to_string_lossy()) {
                // What stays is removed by the next build.
                let _ = std::fs::remove_file(entry.path());
            }
        }
    }
}

/// What a cache has under a name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Kept {
    /// Nothing that can be read.
    Nothing,
    /// Something that is not what was put there.
    Damaged,
    /// The bytes that were put there.
    Whole(Vec<u8>),
}

/// The folder of everything that makes a build quick.
const FOLDER: &str = ".dateline";

/// The bytes of a digest, before the content.
const DIGEST: usize = 16;

/// A folder of a site's cache, for a program that keeps something there by itself.
///
/// # Errors
/// A failure of the disk, or a symbolic link that leads out of the site.
pub fn folder_of(root: &Path, name: &str) -> Result<PathBuf, Error> {
    let root = root.canonicalize().map_err(Error::io("find", root))?;
    let folder = place::resolve(&root.join(FOLDER).join(name), &root)?;
    create(&folder).map_err(Error::io("create", &folder))?;
    Ok(folder)
}

/// Makes a folder of the cache, which no version control takes.
fn create(folder: &Path) -> io::Result<()> {
    if !folder.exists() {
        std::fs::create_dir_all(folder)?;
    }
    if let Some(above) = folder.parent()
        && !above.join(".gitignore").exists()
    {
        std::fs::write(above.join(".gitignore"), "*\n")?;
    }
    Ok(())
}

fn write(folder: &Path, name: &str, make: impl FnOnce(&mut dyn Write) -> io::Result<()>) -> io::Result<()> {
    create(folder)?;
    // Two builds at once each write a file of their own, and put it in place whole.
    let begun = folder.join(format!("{name}.{}", std::process::id()));
    let written = write_digested(&begun, make).and_then(|()| std::fs::rename(&begun, folder.join(name)));
    if written.is_err() {
        // What stays is swept away by a build of everything.
        let _ = std::fs::remove_file(&begun);
    }
    written
}

/// The digest stands before the content, and is known after it.
fn write_digested(path: &Path, make: impl FnOnce(&mut dyn Write) -> io::Result<()>) -> io::Result<()> {
    let mut file = std::fs::File::create(path)?;
    file.write_all(&[0; DIGEST])?;
    let mut to = BufWriter::with_capacity(PIECE, Digesting::new(&file));
    make(&mut to)?;
    let (digest, _) = to.into_inner()?.finish();
    file.rewind()?;
    file.write_all(digest.as_bytes())
}

#[cfg(test)]
mod tests {
    use super::Cache;

    #[test]
    fn gives_back_what_was_put_and_nothing_else() {
        let site = tempfile::tempdir().unwrap();
        let cache = Cache::of(site.path(), "pictures");
        assert_eq!(cache.get("a"), None);
        assert!(!site.path().join(".dateline").exists());
        cache.put("a", b"Pyongyang");
        assert_eq!(cache.get("a").as_deref(), Some(b"Pyongyang".as_slice()));
        cache.put("a", b"");
        assert_eq!(cache.get("a").as_deref(), Some(b"".as_slice()));
        assert_eq!(std::fs::read_to_string(site.path().join(".dateline/.gitignore")).unwrap(), "*\n");
    }

    #[test]
    fn half_a_file_is_none() {
        let site = tempfile::tempdir().unwrap();
        let cache = Cache::of(site.path(), "pictures");
        cache.put("a", b"Pyongyang");
        let path = site.path().join(".dateline/pictures/a");
        let whole = std::fs::read(&path).unwrap();
        for length in 0..whole.len() {
            std::fs::write(&path, &whole[..length]).unwrap();
            assert_eq!(cache.get("a"), None, "{length} bytes");
        }
    }

    #[test]
    fn what_a_build_did_not_ask_for_goes() {
        let site = tempfile::tempdir().unwrap();
        Cache::of(site.path(), "pictures").put("old", b"1");
        let cache = Cache::of(site.path(), "pictures");
        cache.put("new", b"2");
        cache.keep("new");
        cache.sweep();
        assert_eq!((cache.get("old"), cache.get("new").as_deref()), (None, Some(b"2".as_slice())));
    }

    #[cfg(unix)]
    #[test]
    fn a_link_out_of_the_site_is_no_cache() {
        let (site, elsewhere) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
        std::os::unix::fs::symlink(elsewhere.path(), site.path().join(".dateline")).unwrap();
        let cache = Cache::of(site.path(), "pictures");
        cache.put("a", b"1");
        assert_eq!(cache.get("a"), None);
        assert!(std::fs::read_dir(elsewhere.path()).unwrap().next().is_none());
    }
}
