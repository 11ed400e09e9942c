//! The addresses of another site: where each of its articles stood, and where it stands now.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Component, Path, PathBuf};
use std::sync::Arc;

use percent_encoding::percent_decode_str;

use super::generated::Source;
use super::notes::{Note, Reason};
use crate::address::Address;

/// Which article stood where.
#[derive(Debug, Default)]
pub(super) struct Addresses {
    by_address: BTreeMap<String, usize>,
    by_path: BTreeMap<PathBuf, usize>,
    by_stem: BTreeMap<String, usize>,
}

impl Addresses {
    /// Of all articles of a site. Where two have one address, the first keeps it.
    pub(super) fn of(sources: &[Source]) -> Self {
        let mut all = Self::default();
        for (at, source) in sources.iter().enumerate() {
            for old in &source.old {
                all.by_address.entry(folded(old)).or_insert(at);
            }
            all.by_path.entry(source.path.clone()).or_insert(at);
            if let Some(stem) = source.path.file_stem().and_then(|stem| stem.to_str()) {
                all.by_stem.entry(stem.to_string()).or_insert(at);
            }
        }
        all
    }

    /// The article that stood at an address.
    pub(super) fn at_address(&self, address: &str) -> Option<usize> {
        self.by_address.get(&folded(address)).copied()
    }

    /// The article of a file.
    pub(super) fn at_path(&self, path: &Path) -> Option<usize> {
        self.by_path.get(&normal(path)?).copied()
    }

    /// The article of a file with a name, wherever it is.
    pub(super) fn at_stem(&self, stem: &str) -> Option<usize> {
        self.by_stem.get(stem.rsplit('/').next().unwrap_or(stem)).copied()
    }
}

/// Old addresses that are given away, each once.
#[derive(Debug, Default)]
pub(super) struct Kept(BTreeSet<Arc<str>>);

impl Kept {
    /// The new addresses of all articles come first: nothing else can stand there.
    pub(super) fn beside<'a>(new: impl Iterator<Item = &'a Address>) -> Self {
        Self(new.map(Address::folded).chain([Address::root().folded()]).collect())
    }

    /// Those of an article's old addresses that it can keep.
    pub(super) fn take(&mut self, source: &Source, new: &Address, notes: &mut Vec<Note>) -> Vec<String> {
        let mut kept = Vec::new();
        for old in &source.old {
            let decoded = percent_decode_str(old).decode_utf8_lossy().into_owned();
            let address = match Address::parse(&decoded) {
                Ok(address) => address,
                Err(why) => {
                    notes.push(Note::file(
                        &source.path,
                        Reason::OldAddress,
                        format!("`{old}` can't be kept: {why}"),
                    ));
                    continue;
                }
            };
            let is_front_page = address == Address::root();
            if is_front_page
                || address.folded() == new.folded()
                || kept.iter().any(|known| known == address.as_str())
            {
                continue;
            }
            if self.0.insert(address.folded()) {
                kept.push(address.as_str().to_string());
            } else {
                let sentence = format!("`{old}` can't be kept: something else stands there");
                notes.push(Note::file(&source.path, Reason::OldAddress, sentence));
            }
        }
        kept
    }
}

/// What two addresses have in common that lead to one page: `/a/B/index.html`, `/a/b.html`, `/a/b`.
fn folded(address: &str) -> String {
    let decoded = percent_decode_str(address).decode_utf8_lossy().to_lowercase();
    let inner = decoded.trim_matches('/');
    let inner = inner.strip_suffix("index.html").unwrap_or(inner);
    inner.strip_suffix(".html").unwrap_or(inner).trim_matches('/').to_string()
}

/// A path without `.` and `..`; `None` where it leads out.
pub(super) fn normal(path: &Path) -> Option<PathBuf> {
    let mut normal = PathBuf::new();
    for part in path.components() {
        match part {
            Component::Normal(name) => normal.push(name),
            Component::ParentDir => normal.pop().then_some(())?,
            Component::CurDir | Component::RootDir | Component::Prefix(_) => {}
        }
    }
    Some(normal)
}

/// An address by a link from another one, as a browser joins them.
pub(super) fn joined(from: &str, link: &str) -> Option<String> {
    let folder = &from[..from.rfind('/').map_or(0, |at| at + 1)];
    let path = normal(&Path::new(folder).join(link))?;
    let end = if link.ends_with('/') || link.is_empty() { "/" } else { "" };
    Some(format!("/{}{end}", path.to_str()?))
}

/// The link from a file to another one, by their folders.
pub(super) fn link_between(from: &Path, to: &Path) -> String {
    let names = |path: &Path| -> Vec<String> {
        path.components().map(|part| part.as_os_str().to_string_lossy().into_owned()).collect()
    };
    let (from, to) = (names(from.parent().unwrap_or(Path::new(""))), names(to));
    let shared = from.iter().zip(&to).take_while(|(a, b)| a == b).count();
    let up = "../".repeat(from.len() - shared);
    format!("{up}{}", to[shared..].join("/"))
}

#[cfg(test)]
mod tests {
    use super::{folded, joined, link_between};
    use std::path::Path;

    #[test]
    fn addresses_of_one_page_are_the_same() {
        for address in ["/a/B/", "a/b", "/a/b/index.html", "/a/b.html", "/a/%62/"] {
            assert_eq!(folded(address), "a/b", "{address}");
        }
    }

    #[test]
    fn a_relative_link_begins_at_the_page() {
        assert_eq!(joined("/a/b/", "../c/").as_deref(), Some("/a/c/"));
        assert_eq!(joined("/a/b/", "c.png").as_deref(), Some("/a/b/c.png"));
        assert_eq!(joined("/a/b.html", "c.png").as_deref(), Some("/a/c.png"));
        assert_eq!(joined("/", "../x"), None);
    }

    #[test]
    fn files_are_linked_by_their_folders() {
        let link = |from: &str, to: &str| link_between(Path::new(from), Path::new(to));
        assert_eq!(link("content/a/x.md", "content/a/y.md"), "y.md");
        assert_eq!(link("content/a/b/x.md", "content/c/y.md"), "../../c/y.md");
    }
}
