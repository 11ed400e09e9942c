//! What Dateline has put at a target: kept there as JSON, one file a line, and written last. A damaged manifest, or that
//! of another program or version, is refused and never guessed at.

use serde::{Deserialize, Serialize};

use super::fault::Fault;
use super::object::{Encoding, Object, Role};
use crate::output::Digest;
use crate::time::Instant;

const VERSION: u32 = 1;

/// The files at a target that are ours, by path.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Manifest {
    entries: Vec<Entry>,
}

/// One of them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Entry {
    /// Its path.
    pub path: String,
    /// Its size before it is packed.
    pub length: u64,
    /// Its digest before it is packed.
    #[serde(serialize_with = "as_text")]
    pub digest: Digest,
    /// Its media type.
    #[serde(rename = "type")]
    pub media_type: String,
    /// What decides how long browsers keep it.
    pub role: Role,
    /// How it is packed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub encoding: Option<Encoding>,
    /// What its headers come to.
    #[serde(serialize_with = "as_text")]
    pub headers: Digest,
    /// Since when the site has a newer version of it, in seconds since 1970.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub superseded: Option<i64>,
}

#[derive(Serialize, Deserialize)]
struct Written<E> {
    #[serde(rename = "dateline-published")]
    version: u32,
    digest: String,
    files: Vec<E>,
}

impl Entry {
    /// What will be said of an object that is there.
    #[must_use]
    pub fn of(object: &Object) -> Self {
        Self {
            path: object.path.clone(),
            length: object.length,
            digest: object.digest,
            media_type: object.media_type.clone(),
            role: object.role,
            encoding: object.encoding,
            headers: object.headers(),
            superseded: None,
        }
    }

    /// The same, as what has been superseded at a moment, or before.
    #[must_use]
    pub fn superseded_at(&self, now: Instant) -> Self {
        Self { superseded: Some(self.superseded.unwrap_or(now.seconds())), ..self.clone() }
    }
}

impl Manifest {
    /// A manifest of these files; of two with one path, the last.
    #[must_use]
    pub fn new(mut entries: Vec<Entry>) -> Self {
        entries.reverse();
        entries.sort_by(|one, other| one.path.cmp(&other.path));
        entries.dedup_by(|later, first| later.path == first.path);
        Self { entries }
    }

    /// The files, by path.
    #[must_use]
    pub fn entries(&self) -> &[Entry] {
        &self.entries
    }

    /// The file at a path.
    #[must_use]
    pub fn get(&self, path: &str) -> Option<&Entry> {
        let at = self.entries.binary_search_by(|entry| (*entry.path).cmp(path)).ok()?;
        Some(&self.entries[at])
    }

    /// Reads what [`Manifest::write`] wrote.
    ///
    /// # Errors
    /// A sentence that says why it can't be relied on, and what to do.
    pub fn read(bytes: &[u8]) -> Result<Self, Fault> {
        let refused = |why: String| {
            Fault::lasting(
                format!("the manifest at the target, {}, {why}", Self::PATH),
                "if nobody else keeps anything there, remove that file: the next publish compares by a listing, and deletes nothing",
            )
        };
        let written: Written<Entry> = serde_json::from_slice(bytes)
            .map_err(|error| refused(format!("is damaged, or is another program's ({error})")))?;
        if written.version != VERSION {
            return Err(refused(format!(
                "has version {}, and this Dateline knows {VERSION}",
                written.version
            )));
        }
        let manifest = Self { entries: written.files };
        if !manifest.entries.is_sorted_by(|one, other| one.path < other.path)
            || manifest.sum() != written.digest
        {
            return Err(refused(
                "does not come to the digest that it gives: it was cut off or edited".to_string(),
            ));
        }
        if let Some(entry) = manifest.entries.iter().find(|entry| leads_out(&entry.path)) {
            return Err(refused(format!("names {:?}, which is no file of a site", entry.path)));
        }
        Ok(manifest)
    }

    /// Where it is kept at a target.
    pub const PATH: &str = ".dateline/published.json";

    /// The manifest as bytes, the same for the same files.
    #[must_use]
    pub fn write(&self) -> Vec<u8> {
        let mut text =
            format!("{{\"dateline-published\":{VERSION},\"digest\":\"{}\",\"files\":[", self.sum());
        for (at, entry) in self.entries.iter().enumerate() {
            text.push_str(if at == 0 { "\n" } else { ",\n" });
            text.push_str(&line(entry));
        }
        text.push_str("\n]}\n");
        text.into_bytes()
    }

    fn sum(&self) -> String {
        let lines: Vec<String> = self.entries.iter().map(line).collect();
        Digest::of(lines.join("\n").as_bytes()).to_string()
    }
}

fn line(entry: &Entry) -> String {
    serde_json::to_string(entry).expect("an entry has texts and numbers only")
}

/// Whether a path could reach what is no file of a site: such a manifest is not ours, whatever it says.
fn leads_out(path: &str) -> bool {
    path.split('/').any(|part| matches!(part, "" | "." | "..")) || path.starts_with(".dateline/")
}

/// Writes a digest as its text.
pub(super) fn as_text<S: serde::Serializer>(digest: &Digest, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_str(digest)
}

#[cfg(test)]
pub(super) mod tests {
    use super::{Entry, Manifest};
    use crate::media_type::media_type;
    use crate::output::Digest;
    use crate::publish::object::{Body, Object, Role};

    pub fn object(path: &str, role: Role, text: &str) -> Object {
        Object {
            path: path.to_string(),
            role,
            length: text.len() as u64,
            digest: Digest::of(text.as_bytes()),
            media_type: media_type(path),
            encoding: None,
            body: Body::Bytes(text.as_bytes().to_vec()),
        }
    }

    fn manifest() -> Manifest {
        let objects = [object("index.html", Role::Front, "a"), object("kim/ação.html", Role::Page, "b")];
        Manifest::new(objects.iter().map(Entry::of).collect())
    }

    #[test]
    fn is_read_as_it_was_written() {
        assert_eq!(Manifest::read(&manifest().write()), Ok(manifest()));
        assert_eq!(Manifest::read(&Manifest::default().write()), Ok(Manifest::default()));
    }

    #[test]
    fn cut_edited_or_foreign_it_is_refused() {
        let whole = manifest().write();
        for length in 0..whole.len() - 1 {
            assert!(Manifest::read(&whole[..length]).is_err(), "{length} bytes");
        }
        let text = String::from_utf8(whole).unwrap();
        for (from, to) in
            [("index.html", "indez.html"), ("\"dateline-published\":1", "\"dateline-published\":2")]
        {
            assert!(
                text.contains(from) && Manifest::read(text.replace(from, to).as_bytes()).is_err(),
                "{to}"
            );
        }
        assert!(Manifest::read(b"{\"files\":[]}").is_err());
    }

    #[test]
    fn names_no_file_outside_of_the_site() {
        for path in ["../other/index.html", "/etc/passwd", "a//b", ".dateline/lock.json"] {
            let manifest = Manifest::new(vec![Entry::of(&object(path, Role::Page, "a"))]);
            assert!(Manifest::read(&manifest.write()).is_err(), "{path}");
        }
    }
}
