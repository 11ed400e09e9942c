//! The picture files of a site as values: for each, its digest and what its bytes say of it. No picture is decoded here.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use rayon::prelude::{IntoParallelRefIterator, ParallelIterator};

use super::read_bytes;
use super::reading::Again;
use crate::Error;
use crate::picture::{Fault, Header};

/// The endings of files that are looked at as pictures.
const ENDINGS: [&str; 9] = ["apng", "avif", "gif", "jfif", "jpeg", "jpg", "png", "svg", "webp"];

/// A picture file as it was when the site was read.
#[derive(Debug, Clone)]
pub struct PictureFile {
    /// The digest of the whole file.
    pub digest: [u8; 32],
    /// What it is, or why it can't be shown.
    pub header: Result<Header, Fault>,
}

/// Looks at those of the files that are pictures by their names, but for those that are as they were.
pub(super) fn read<'a>(
    root: &Path,
    files: impl Iterator<Item = &'a PathBuf>,
    again: &Again<'_>,
) -> Result<BTreeMap<PathBuf, PictureFile>, Error> {
    let paths: Vec<&PathBuf> = files.filter(|path| is_picture(path)).collect();
    let read = |path: &&PathBuf| -> Result<(PathBuf, PictureFile), Error> {
        if let Some(known) = again.picture(path) {
            return Ok((path.to_path_buf(), known.clone()));
        }
        let bytes = read_bytes(&root.join(path))?;
        let digest = *blake3::hash(&bytes).as_bytes();
        Ok((path.to_path_buf(), PictureFile { digest, header: Header::read(&bytes) }))
    };
    paths.par_iter().map(read).collect()
}

fn is_picture(path: &Path) -> bool {
    let ending = path.extension().unwrap_or_default().to_string_lossy().to_ascii_lowercase();
    ENDINGS.contains(&ending.as_str())
}
