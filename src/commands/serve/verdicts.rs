//! What is known of the pictures of a preview: bytes are looked at once, however often a site is planned anew.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, Mutex, PoisonError};

use crate::commands::build::Stop;
use crate::commands::pictures::{self, Verdict};
use crate::output::Cache;
use crate::site::{Picture, Site};

/// What was found in pictures, by the digest of each.
#[derive(Default)]
pub(super) struct Verdicts(Mutex<BTreeMap<String, Arc<Verdict>>>);

impl Verdicts {
    /// What a build would find in a picture.
    pub(super) fn of(&self, site: &Site, picture: &Picture, cache: &Cache) -> Result<Arc<Verdict>, Stop> {
        if let Some(known) = self.known().get(&picture.digest) {
            return Ok(Arc::clone(known));
        }
        let verdict = Arc::new(pictures::write(site, picture, None, cache)?);
        self.known().insert(picture.digest.clone(), Arc::clone(&verdict));
        Ok(verdict)
    }

    /// Forgets all but the pictures of a site.
    pub(super) fn keep(&self, site: &Site) {
        let digests: BTreeSet<&String> = site.pictures.iter().map(|picture| &picture.digest).collect();
        self.known().retain(|digest, _| digests.contains(digest));
    }

    fn known(&self) -> std::sync::MutexGuard<'_, BTreeMap<String, Arc<Verdict>>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
