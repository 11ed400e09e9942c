//! What a page in a browser has to know of changes: the line that is added to it, and the answer to its question
//! whether it is still the same.

use serde::Serialize;

use super::preview::{Answer, Preview};
use crate::Diagnostic;

/// Below this address nothing of a site can be: the writer refuses names that begin like this.
pub(super) const PREFIX: &str = "/.dateline-preview/";
/// The script of the line.
pub(super) const SCRIPT: &str = include_str!("live.js");
/// The length of a fingerprint in a name, with the full stop behind it.
const FINGERPRINT: usize = 11;
/// How many diagnostics a page is told of.
const LISTED: usize = 100;

/// What a page is told.
#[derive(Debug, Serialize)]
pub(super) struct News {
    /// What to ask with the next time.
    generation: u64,
    /// The digest of what stands at the page's address now.
    exact: String,
    /// The same, whatever the fingerprints of its stylesheets; empty where there is nothing to show.
    page: String,
    /// Files that have other bytes since.
    files: Vec<String>,
    errors: usize,
    warnings: usize,
    diagnostics: Vec<Told>,
}

/// A diagnostic as a page shows it.
#[derive(Debug, Serialize)]
struct Told {
    is_error: bool,
    /// As the terminal shows it.
    text: String,
}

/// The news for a page that has heard everything up to a generation. `None` while all is changing.
pub(super) fn news(preview: &Preview, path: &str, since: u64) -> Option<News> {
    // First, so that what is told may be newer than it says, and never older.
    let generation = preview.generation();
    let (exact, page) = match preview.answer(path) {
        Answer::Page(bytes) | Answer::NotFound(bytes) => digests(&bytes),
        Answer::Changed => return None,
        _ => Default::default(),
    };
    let diagnostics = preview.diagnostics();
    let errors = diagnostics.iter().filter(|diagnostic| diagnostic.is_error()).count();
    let (serious, light): (Vec<&Diagnostic>, Vec<&Diagnostic>) =
        diagnostics.iter().partition(|diagnostic| diagnostic.is_error());
    let told =
        |diagnostic: &&Diagnostic| Told { is_error: diagnostic.is_error(), text: diagnostic.to_text(false) };
    Some(News {
        generation,
        exact,
        page,
        files: preview.touched_since(since),
        errors,
        warnings: diagnostics.len() - errors,
        diagnostics: serious.iter().chain(&light).take(LISTED).map(told).collect(),
    })
}

/// The page with the line: the only byte of difference to what `build` writes.
pub(super) fn with_line(bytes: Vec<u8>, generation: u64) -> Vec<u8> {
    let (exact, page) = digests(&bytes);
    let line = format!(
        "<script src=\"{PREFIX}live.js\" data-page=\"{page}\" data-exact=\"{exact}\" data-generation=\"{generation}\" defer></script>\n",
    );
    let end = b"</body>";
    let at = bytes.windows(end.len()).rposition(|part| part == end).unwrap_or(bytes.len());
    let mut page = bytes;
    page.splice(at..at, line.into_bytes());
    page
}

/// What a browser compares: the digest of the whole page, and that of the page whatever the fingerprints of its
/// stylesheets, which are changed in place.
fn digests(bytes: &[u8]) -> (String, String) {
    let digest = |bytes: &[u8]| blake3::hash(bytes).to_hex()[..16].to_string();
    (digest(bytes), digest(&without_fingerprints(bytes)))
}

/// `style.4f2a9c01d3.css` as `style.css`, wherever it stands.
fn without_fingerprints(bytes: &[u8]) -> Vec<u8> {
    let mut plain = Vec::with_capacity(bytes.len());
    for part in bytes.split_inclusive(|byte| *byte == b'.') {
        let begins_ending =
            part.len() == FINGERPRINT && part[..FINGERPRINT - 1].iter().all(u8::is_ascii_hexdigit);
        if !begins_ending {
            plain.extend_from_slice(part);
        }
    }
    plain
}

#[cfg(test)]
mod tests {
    use super::{digests, without_fingerprints};

    #[test]
    fn a_fingerprint_is_no_part_of_a_page() {
        let page = b"<link href=\"../style.4f2a9c01d3.css\"> a.b 1.2.3 deadbeef01.";
        assert_eq!(without_fingerprints(page), b"<link href=\"../style.css\"> a.b 1.2.3 deadbeef01.");
        let (whole, plain) = digests(b"a.4f2a9c01d3.css");
        assert_eq!(digests(b"a.4f2a9c01d4.css").1, plain);
        assert_ne!(digests(b"a.4f2a9c01d4.css").0, whole);
    }
}
