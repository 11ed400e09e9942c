//! What many pages say alike: each is made once, and kept for the others.

use std::collections::HashMap;
use std::hash::Hash;
use std::sync::{Mutex, PoisonError};

use super::alternates::Alternates;
use super::dates::Dates;
use super::entity_links::EntityLinks;
use super::surroundings::Surroundings;
use crate::site::Site;

/// All of it, for the pages of one site.
#[derive(Debug)]
pub(super) struct Alike {
    pub dates: Dates,
    pub entity_links: EntityLinks,
    pub alternates: Alternates,
    pub surroundings: Surroundings,
}

impl Alike {
    /// Nothing has been made yet.
    pub fn of(site: &Site) -> Self {
        Self {
            dates: Dates::of(site),
            entity_links: EntityLinks::default(),
            alternates: Alternates::default(),
            surroundings: Surroundings::default(),
        }
    }
}

/// What has been made, by all that it depends on; beyond `MOST` it is made again each time.
#[derive(Debug)]
pub(super) struct Kept<K, V, const MOST: usize>(Mutex<HashMap<K, V>>);

impl<K, V, const MOST: usize> Default for Kept<K, V, MOST> {
    fn default() -> Self {
        Self(Mutex::default())
    }
}

impl<K: Eq + Hash, V: Clone, const MOST: usize> Kept<K, V, MOST> {
    /// What is kept, else what `make` makes. Nobody waits meanwhile: two may make the same.
    pub fn get(&self, key: K, make: impl FnOnce() -> V) -> V {
        // Whoever panicked with it has left a whole map.
        let lock = || self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(kept) = lock().get(&key) {
            return kept.clone();
        }
        let made = make();
        let mut kept = lock();
        if kept.len() < MOST {
            kept.insert(key, made.clone());
        }
        made
    }
}

#[cfg(test)]
mod tests {
    use super::Kept;

    #[test]
    fn what_is_kept_is_made_once_and_what_is_beyond_that_again() {
        let kept: Kept<&str, usize, 2> = Kept::default();
        let mut made = 0;
        let mut get = |key| {
            kept.get(key, || {
                made += 1;
                made
            })
        };
        assert_eq!(["a", "a", "b", "a", "c", "c", "b"].map(&mut get), [1, 1, 2, 1, 3, 4, 2]);
    }
}
