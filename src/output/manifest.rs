//! The list of what is ours in an output folder: routes and digests come in and go out as JSON of reproducible
//! bytes; it never holds a time, a machine's name or a file that is not ours.
#![allow(clippy::disallowed_methods, reason = "the output's own manifest is read here")]

use std::borrow::Cow;
use std::fmt;
use std::io::{self, BufWriter, Write};
use std::path::Path;

use serde::de::{Error as _, MapAccess};
use serde::{Deserialize, Serialize};

use super::digest::{Digest, Digesting};
use super::route;
use super::routes::Routes;
use super::source::PIECE;
use crate::Error;

/// The manifest's name in the output folder.
pub const MANIFEST: &str = ".dateline-manifest.json";

const VERSION: u32 = 1;

/// The files of one site, sorted by route (byte by byte).
#[derive(Debug, Default, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Manifest {
    routes: Routes,
    digests: Vec<Digest>,
}

impl Manifest {
    /// The manifest of an output folder; `None` where there is none.
    pub fn read(folder: &Path) -> Result<Option<Self>, Error> {
        Self::read_file(&folder.join(MANIFEST), folder)
    }

    /// Every file, in order.
    pub fn files(&self) -> impl ExactSizeIterator<Item = (&str, Digest)> + Clone {
        self.routes.iter().zip(self.digests.iter().copied())
    }

    /// One file, by its place in the order.
    ///
    /// # Panics
    /// Where there is none.
    pub fn file(&self, at: usize) -> (&str, Digest) {
        (self.routes.get(at), self.digests[at])
    }

    /// The digest of one file.
    pub fn digest(&self, route: &str) -> Option<Digest> {
        self.position(route).map(|position| self.digests[position])
    }

    /// How many files there are.
    pub fn len(&self) -> usize {
        self.digests.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.digests.is_empty()
    }

    /// A manifest of files that are sorted, each route once.
    pub(super) fn new(routes: Routes, digests: Vec<Digest>) -> Self {
        debug_assert!(
            routes.len() == digests.len() && routes.iter().is_sorted_by(|a, b| a < b),
            "routes are sorted and each stands once, with a digest"
        );
        Self { routes, digests }
    }

    /// Where a file stands in the order.
    pub fn position(&self, route: &str) -> Option<usize> {
        self.routes.search(route).ok()
    }

    /// The same, where it may well be at a place.
    pub(super) fn position_near(&self, at: usize, route: &str) -> Option<usize> {
        match at < self.len() && self.routes.get(at) == route {
            true => Some(at),
            false => self.position(route),
        }
    }

    /// The digest of one file, which may well be at a place.
    pub(super) fn digest_near(&self, at: usize, route: &str) -> Option<Digest> {
        self.position_near(at, route).map(|position| self.digests[position])
    }

    /// Whether there is a file.
    pub(super) fn has(&self, route: &str) -> bool {
        self.position(route).is_some()
    }

    /// Whether a folder has files, in it or further below.
    pub(super) fn has_below(&self, folder: &str) -> bool {
        if folder.is_empty() {
            return !self.is_empty();
        }
        let below = [folder.as_bytes(), b"/"].concat();
        let first = self.routes.first(|route| route.as_bytes() < below.as_slice());
        first < self.len() && self.routes.get(first).as_bytes().starts_with(&below)
    }

    /// The files of this manifest that the other has not, in order.
    pub(super) fn without<'a>(&'a self, other: &'a Self) -> impl Iterator<Item = &'a str> {
        let mut rest = other.routes.iter().peekable();
        self.routes.iter().filter(move |route| {
            while rest.next_if(|other| other < route).is_some() {}
            rest.peek().is_none_or(|other| other != route)
        })
    }

    /// Reads a manifest of an output folder, under whatever name.
    pub(super) fn read_file(path: &Path, output: &Path) -> Result<Option<Self>, Error> {
        let bytes = match std::fs::read(path) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
            read => read.map_err(Error::io("read", path))?,
        };
        Self::parse(&bytes).map(Some).map_err(|fault| damaged(path, output, &fault))
    }

    /// Writes the manifest as JSON, one file a line.
    pub(super) fn write(&self, to: &mut impl Write) -> io::Result<()> {
        write!(to, "{{\"dateline-manifest\":{VERSION},\"digest\":\"{}\",\"files\":{{", self.sum())?;
        for (position, (route, digest)) in self.files().enumerate() {
            to.write_all(if position == 0 { b"\n" } else { b",\n" })?;
            serde_json::to_writer(&mut *to, route)?;
            to.write_all(b":\"")?;
            to.write_all(&digest.hexadecimal())?;
            to.write_all(b"\"")?;
        }
        to.write_all(b"\n}}\n")
    }

    fn parse(bytes: &[u8]) -> Result<Self, String> {
        let written: Written = serde_json::from_slice(bytes).map_err(|error| error.to_string())?;
        if written.version != VERSION {
            return Err(format!("it has version {}, and this Dateline knows {VERSION}", written.version));
        }
        let manifest = written.files.0;
        if manifest.sum() != written.digest {
            return Err("its lines do not come to the digest that it gives".to_owned());
        }
        Ok(manifest)
    }

    /// The digest of all lines: a manifest that was cut, merged or edited does not pass for whole.
    fn sum(&self) -> Digest {
        // BLAKE3 is quick with many bytes at once.
        let mut to = BufWriter::with_capacity(PIECE, Digesting::new(io::sink()));
        let summed = self.write_lines(&mut to).and_then(|()| Ok(to.into_inner()?));
        summed.expect("a sink takes everything").finish().0
    }

    /// Writes what the digest of all lines is of: each route, a null character, and the digest of its file.
    fn write_lines(&self, to: &mut impl Write) -> io::Result<()> {
        self.files().try_for_each(|(route, digest)| {
            to.write_all(route.as_bytes())?;
            to.write_all(&[0])?;
            to.write_all(digest.as_bytes())
        })
    }
}

#[derive(Deserialize)]
struct Written {
    #[serde(rename = "dateline-manifest")]
    version: u32,
    digest: Digest,
    files: Listed,
}

struct Listed(Manifest);

/// A route as it stands in JSON, where only a few are written with escapes.
#[derive(Deserialize)]
struct Key<'a>(#[serde(borrow)] Cow<'a, str>);

impl<'de> Deserialize<'de> for Listed {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Visitor;
        impl<'de> serde::de::Visitor<'de> for Visitor {
            type Value = Listed;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("routes with their digests")
            }
            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Listed, A::Error> {
                let mut files = Manifest::default();
                while let Some((Key(route), digest)) = map.next_entry::<Key<'_>, Digest>()? {
                    if let Some(fault) = route::fault(&route) {
                        return Err(A::Error::custom(format!("{route:?} cannot be ours: {fault}")));
                    }
                    if files.len().checked_sub(1).is_some_and(|last| files.routes.get(last) >= &*route) {
                        return Err(A::Error::custom(format!("{route:?} is out of order")));
                    }
                    files.routes.push(&route);
                    files.digests.push(digest);
                }
                Ok(Listed(files))
            }
        }
        deserializer.deserialize_map(Visitor)
    }
}

fn damaged(path: &Path, output: &Path, fault: &str) -> Error {
    let (path, output) = (path.display(), output.display());
    Error::Refused(format!(
        "{path} cannot be relied on ({fault}), so nobody can tell which files of {output} are Dateline's: take out of \
         {output} what is yours, delete the rest, and build again (nothing was changed)"
    ))
}

#[cfg(test)]
mod tests {
    use super::{Digest, Manifest, PIECE};

    fn manifest(routes: &[&str]) -> Manifest {
        let digests = routes.iter().map(|route| Digest::of(route.as_bytes())).collect();
        Manifest::new(routes.iter().copied().collect(), digests)
    }

    fn written(manifest: &Manifest) -> String {
        let mut bytes = Vec::new();
        manifest.write(&mut bytes).unwrap();
        String::from_utf8(bytes).unwrap()
    }

    #[test]
    fn is_read_as_it_was_written() {
        for routes in [&[][..], &["a"], &["a \"b\"/é\n.html", "b", "c/d"]] {
            let manifest = manifest(routes);
            assert_eq!(Manifest::parse(written(&manifest).as_bytes()), Ok(manifest));
        }
    }

    #[test]
    fn has_these_bytes() {
        let expected = "{\"dateline-manifest\":1,\"digest\":\"bbe8064118dcf053b17522011a0dc3e1\",\"files\":{\n\
                        \"a\":\"17762fddd969a453925d65717ac3eea2\"\n}}\n";
        assert_eq!(written(&manifest(&["a"])), expected);
    }

    #[test]
    fn lines_come_to_one_digest_however_many_there_are() {
        let routes: Vec<String> = (0..9000).map(|number| format!("a/{number:040}/index.html")).collect();
        let manifest = manifest(&routes.iter().map(String::as_str).collect::<Vec<_>>());
        let lines = manifest.files();
        let lines = lines.flat_map(|(route, digest)| [route.as_bytes(), &[0], digest.as_bytes()].concat());
        let lines: Vec<u8> = lines.collect();
        assert!(lines.len() > 2 * PIECE);
        assert_eq!(manifest.sum(), Digest::of(&lines));
    }

    #[test]
    fn whatever_is_damaged_is_no_manifest() {
        let whole = written(&manifest(&["a", "b", "c"]));
        for end in 0..whole.len() - 1 {
            assert!(Manifest::parse(&whole.as_bytes()[..end]).is_err(), "cut after {end} bytes");
        }
        let swap = |from: &str, to: &str| Manifest::parse(whole.replacen(from, to, 1).as_bytes());
        assert!(swap("\"b\"", "\"../b\"").unwrap_err().contains("cannot be ours"));
        assert!(swap("\"b\"", "\"z\"").unwrap_err().contains("out of order"));
        assert!(swap("\"b\"", "\"bb\"").unwrap_err().contains("digest"));
        assert!(swap("manifest\":1", "manifest\":2").unwrap_err().contains("version 2"));
        assert!(swap("\n", "\r\n  ").is_ok(), "layout does not matter");
    }

    #[test]
    fn knows_its_folders() {
        let manifest = manifest(&["a-b/c", "a/b/c", "ab", "d"]);
        for (folder, has) in
            [("", true), ("a", true), ("a/b", true), ("a/b/c", false), ("ab", false), ("a-", false)]
        {
            assert_eq!(manifest.has_below(folder), has, "{folder:?}");
        }
    }

    #[test]
    fn tells_what_is_gone() {
        let gone = |old: &[&str], next: &[&str]| {
            let (old, next) = (manifest(old), manifest(next));
            old.without(&next).map(str::to_owned).collect::<Vec<_>>()
        };
        assert_eq!(gone(&["a", "c", "e"], &["b", "c", "d"]), ["a", "e"]);
        assert_eq!(gone(&["a"], &["a"]), [""; 0]);
        assert_eq!(gone(&["a", "b"], &[]), ["a", "b"]);
    }
}
