//! The files of an output: routes with what is in each come in, in any order, and come out by route. It knows no disk.

use serde::{Deserialize, Serialize};

use super::digest::Digest;
use super::manifest::Manifest;
use super::routes::Routes;

/// A file as it stands in an output.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FileOfOutput<'a> {
    /// Its path there, with forward slashes.
    pub route: &'a str,
    /// What is in it.
    pub digest: Digest,
    /// How many bytes that are.
    pub length: u64,
}

/// The files that stand in an output, by route.
#[derive(Debug, Default, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Files {
    listed: Manifest,
    lengths: Vec<u64>,
}

/// Files that will stand in the output, in the order in which they came.
#[derive(Default)]
pub(super) struct Noted {
    routes: Routes,
    files: Vec<(Digest, u64, IsStaged)>,
}

/// Whether a file waits for its place.
pub(super) type IsStaged = bool;

impl Files {
    /// How many there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.lengths.len()
    }

    /// Whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.lengths.is_empty()
    }

    /// One file, by its place in the order.
    ///
    /// # Panics
    /// Where there is none.
    #[must_use]
    pub fn get(&self, at: usize) -> FileOfOutput<'_> {
        let (route, digest) = self.listed.file(at);
        FileOfOutput { route, digest, length: self.lengths[at] }
    }

    /// The same without their lengths, as the output lists them.
    pub(super) fn listed(&self) -> &Manifest {
        &self.listed
    }

    /// Where a file stands in the order.
    #[must_use]
    pub fn position(&self, route: &str) -> Option<usize> {
        self.listed.position(route)
    }

    /// Their routes, in order.
    #[must_use]
    pub fn routes(&self) -> impl ExactSizeIterator<Item = &str> {
        self.listed.files().map(|(route, _)| route)
    }
}

impl<'a> FromIterator<FileOfOutput<'a>> for Files {
    /// Of files in the order of their routes.
    fn from_iter<I: IntoIterator<Item = FileOfOutput<'a>>>(files: I) -> Self {
        let (mut routes, mut digests, mut lengths) = (Routes::default(), Vec::new(), Vec::new());
        for file in files {
            routes.push(file.route);
            digests.push(file.digest);
            lengths.push(file.length);
        }
        Self { listed: Manifest::new(routes, digests), lengths }
    }
}

impl Noted {
    /// One more file.
    pub(super) fn push(&mut self, file: FileOfOutput<'_>, is_staged: IsStaged) {
        self.routes.push(file.route);
        self.files.push((file.digest, file.length, is_staged));
    }

    /// Its files by route, and which of them are staged.
    pub(super) fn in_order(self) -> (Files, Vec<IsStaged>) {
        let order = self.routes.sorted();
        let digests = order.iter().map(|at| self.files[*at].0).collect();
        let listed = Manifest::new(self.routes.ordered(&order), digests);
        let lengths = order.iter().map(|at| self.files[*at].1).collect();
        (Files { listed, lengths }, order.iter().map(|at| self.files[*at].2).collect())
    }
}

#[cfg(test)]
mod tests {
    use super::{Digest, FileOfOutput, Files, Noted};

    fn file(route: &str) -> FileOfOutput<'_> {
        FileOfOutput { route, digest: Digest::of(route.as_bytes()), length: route.len() as u64 }
    }

    #[test]
    fn come_out_by_route() {
        let mut noted = Noted::default();
        for (route, is_staged) in [("b", true), ("a/index.html", false), ("a", true)] {
            noted.push(file(route), is_staged);
        }
        let (files, are_staged) = noted.in_order();
        let expected: Files = ["a", "a/index.html", "b"].into_iter().map(file).collect();
        assert_eq!((files, are_staged), (expected.clone(), vec![true, false, true]));
        assert_eq!(expected.position("a/index.html"), Some(1));
        assert_eq!((expected.get(1), expected.len()), (file("a/index.html"), 3));
    }
}
