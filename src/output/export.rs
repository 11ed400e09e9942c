//! What a command gives out into a file of one's own choice: bytes come in, the file has them; it is never one of the sources.
#![allow(clippy::disallowed_methods, reason = "an export is written here")]

use std::path::Path;

use super::place;
use crate::Error;

/// Writes a file; an earlier one is replaced.
///
/// # Errors
/// [`Error::Refused`] for a place among the site's sources, and failures of the machine.
pub fn write_export(root: &Path, path: &Path, bytes: &[u8]) -> Result<(), Error> {
    let real_root = root.canonicalize().map_err(Error::io("find", root))?;
    let real = place::resolve(path, &real_root)?;
    if real.starts_with(real_root.join("content")) || real.starts_with(real_root.join("templates")) {
        return Err(Error::Refused(format!(
            "{} lies among the sources of the site: name a file elsewhere",
            path.display()
        )));
    }
    std::fs::write(&real, bytes).map_err(Error::io("write", path))
}
