//! Which articles something was made of, beyond what is planned with: whoever reads a body is noted here.

use std::collections::BTreeSet;
use std::sync::{Mutex, PoisonError};

/// The articles whose bodies, or whose digests, went into a page.
#[derive(Debug, Default)]
pub struct Reads(Mutex<BTreeSet<usize>>);

impl Reads {
    /// The articles, by their indices among the input's, in order.
    #[must_use]
    pub fn list(&self) -> Vec<usize> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).iter().copied().collect()
    }

    /// Notes what something was made of that was made before.
    pub fn add(&self, articles: &[usize]) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).extend(articles);
    }

    /// Notes an article.
    pub(super) fn note(&self, article: usize) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).insert(article);
    }
}
