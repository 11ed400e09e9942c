//! What a publish is about to send and has sent, kept at the target while it goes on: so the next one knows what is ours
//! after whatever cut this one off, and goes on from there.

use serde::{Deserialize, Serialize};

use super::manifest::{Entry, Manifest};
use crate::output::Digest;

const VERSION: u32 = 1;

/// The files that a publish sends.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Journal {
    #[serde(rename = "dateline-journal")]
    version: u32,
    /// Those that stand at the target as they are described.
    pub sent: Vec<Entry>,
    /// Those of which it is not known whether they were sent.
    pub begun: Vec<Entry>,
}

impl Journal {
    /// Where it is kept at a target.
    pub const PATH: &str = ".dateline/journal.json";

    /// A journal.
    #[must_use]
    pub fn new(sent: Vec<Entry>, begun: Vec<Entry>) -> Self {
        Self { version: VERSION, sent, begun }
    }

    /// Reads a journal; one that was cut off says nothing.
    #[must_use]
    pub fn read(bytes: &[u8]) -> Option<Self> {
        serde_json::from_slice(bytes).ok().filter(|journal: &Self| journal.version == VERSION)
    }

    /// The journal as bytes.
    #[must_use]
    pub fn write(&self) -> Vec<u8> {
        serde_json::to_vec(self).expect("a journal has texts and numbers only")
    }

    /// What stands at the target, by the last manifest and by the publish that was cut off after it.
    ///
    /// A file that may or may not have been sent is ours, and its bytes are taken for unknown.
    #[must_use]
    pub fn after(self, manifest: &Manifest) -> Manifest {
        let unknown = self.begun.into_iter().map(|entry| Entry { headers: unknown_headers(), ..entry });
        let entries = manifest.entries().iter().cloned().chain(unknown).chain(self.sent);
        Manifest::new(entries.collect())
    }
}

/// The headers of a file of which nothing is known: those of no file.
fn unknown_headers() -> Digest {
    Digest::of(b"unknown")
}

#[cfg(test)]
mod tests {
    use super::Journal;
    use crate::publish::manifest::tests::object;
    use crate::publish::manifest::{Entry, Manifest};
    use crate::publish::object::Role;

    #[test]
    fn what_was_sent_stands_and_what_was_begun_is_ours_and_unknown() {
        let entry = |path: &str, text: &str| Entry::of(&object(path, Role::Page, text));
        let manifest = Manifest::new(vec![entry("a.html", "1"), entry("b.html", "1"), entry("c.html", "1")]);
        let journal =
            Journal::new(vec![entry("a.html", "2")], vec![entry("b.html", "2"), entry("d.html", "2")]);
        let journal = Journal::read(&journal.write()).unwrap();
        let after = journal.after(&manifest);
        assert_eq!(after.get("a.html"), Some(&entry("a.html", "2")));
        assert_eq!(after.get("c.html"), Some(&entry("c.html", "1")));
        for path in ["b.html", "d.html"] {
            assert_ne!(after.get(path).unwrap().headers, entry(path, "2").headers, "{path}");
        }
        assert_eq!(Journal::read(b"{\"dateline-journal\":1,\"sent\":["), None);
    }
}
