//! Where a file stands in the output: text comes in, a yes or a refusal goes out; it never looks at the disk.

use crate::Error;

/// Every name of ours that is no part of the site begins like this, at the top of the output.
pub(super) const OURS: &str = ".dateline-";

/// Accepts `kim-putin/index.html`; refuses what is absolute, climbs (`..`), has an empty or dot part, or a name
/// that is kept for the writer itself.
pub(super) fn check(route: &str) -> Result<(), Error> {
    match fault(route) {
        None => Ok(()),
        Some(fault) => Err(Error::Refused(format!("the output cannot have a file {route:?}: {fault}"))),
    }
}

/// What is wrong with a route.
pub(super) fn fault(route: &str) -> Option<&'static str> {
    if route.starts_with(OURS) {
        return Some("names that begin with .dateline- are kept for Dateline's own files");
    }
    // Without a way out of the loop, so that many bytes are looked at together.
    if route.bytes().fold(false, |found, byte| found | (byte == 0) | (byte == b'\\')) {
        return Some("a name with a backslash or a null character means something else on another machine");
    }
    route.as_bytes().split(|byte| *byte == b'/').find_map(|part| match part {
        b"" => Some("it has an empty name between two slashes, or at an end"),
        b"." | b".." => Some("it has a part that is . or .."),
        _ => None,
    })
}

/// The folder of a route, `""` for the output itself.
pub(super) fn parent(route: &str) -> &str {
    route.rsplit_once('/').map_or("", |(folder, _)| folder)
}

/// Whether a file is what is shown at the address of its folder.
pub(super) fn is_page_of_folder(route: &str) -> bool {
    route.ends_with("/index.html")
}

/// A name in a folder of the output.
pub(super) fn join(folder: &str, name: &str) -> String {
    if folder.is_empty() { name.to_owned() } else { format!("{folder}/{name}") }
}

#[cfg(test)]
mod tests {
    use super::{fault, join, parent};

    #[test]
    fn a_route_stays_below_the_output() {
        for good in
            ["index.html", "a/b/c.html", "kim-putin/2023…/é.html", ".nojekyll", "a/.dateline-x", "a..b"]
        {
            assert_eq!(fault(good), None, "{good}");
        }
        for bad in
            ["", "/a", "a/", "a//b", "..", "a/../b", "./a", "a/.", "a\\b", "a\0", ".dateline-manifest.json"]
        {
            assert!(fault(bad).is_some(), "{bad}");
        }
    }

    #[test]
    fn a_folder_and_a_name() {
        assert_eq!((parent("a/b/c"), parent("a")), ("a/b", ""));
        assert_eq!((join("a/b", "c"), join("", "a")), ("a/b/c".into(), "a".into()));
    }
}
