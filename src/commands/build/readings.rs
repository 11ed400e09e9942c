//! What was read of a site's articles, from one build to the next, which plans without opening those that are as they were.

use std::path::Path;
use std::time::SystemTime;

use super::left::{Left, Unread};
use crate::input::{Input, Look};

/// Where it is kept.
const READINGS: Left = Left { name: "read", word: b"dateline readings\n", form: 1 };

/// Takes what the last build read of the articles that are as they were then; calls `tell` with a sentence where that can't be
/// relied on.
pub(super) fn recall(look: &mut Look, root: &Path, tell: &dyn Fn(&str)) {
    match READINGS.look(root, |bytes| look.recall(bytes)) {
        Some(Err(Unread::Damaged)) => {
            tell("what the last build read of the articles is damaged: all are read")
        }
        Some(Err(Unread::Foreign)) => {
            tell("what the last build read of the articles is another version's of Dateline: all are read");
        }
        Some(Ok(())) | None => {}
    }
}

/// Keeps what was read, if anything was opened for it; `looked` is when the site was looked at, or a little before.
pub(super) fn keep(input: &Input, looked: SystemTime, root: &Path) {
    if input.has_opened() {
        READINGS.keep(root, |to| input.write_readings(looked, to));
    }
}
