//! What is found while pages are made: the articles whose bodies went into each, and what is wrong with it. Pages are numbered
//! from 0, and nothing is allocated for a page of which there is nothing to tell.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::Diagnostic;
use crate::output::Routes;

/// What was found in pages, by their numbers.
#[derive(Debug, Default, Clone, PartialEq, Serialize, Deserialize)]
pub(super) struct Found {
    /// Where the reads of each page end.
    ends: Vec<usize>,
    /// The articles whose bodies went into the pages, by their indices.
    reads: Vec<usize>,
    /// What is wrong, not weighed yet.
    diagnostics: BTreeMap<usize, Vec<Diagnostic>>,
}

impl Found {
    /// What was found in one more page.
    pub(super) fn push(&mut self, reads: &[usize], diagnostics: Vec<Diagnostic>) {
        if !diagnostics.is_empty() {
            self.diagnostics.insert(self.ends.len(), diagnostics);
        }
        self.reads.extend(reads);
        self.ends.push(self.reads.len());
    }

    /// The articles whose bodies went into a page.
    pub(super) fn reads(&self, at: usize) -> &[usize] {
        let start = if at == 0 { 0 } else { self.ends[at - 1] };
        &self.reads[start..self.ends[at]]
    }

    /// What is wrong with a page.
    pub(super) fn diagnostics(&self, at: usize) -> &[Diagnostic] {
        self.diagnostics.get(&at).map(Vec::as_slice).unwrap_or_default()
    }

    fn take_diagnostics(&mut self, at: usize) -> Vec<Diagnostic> {
        self.diagnostics.remove(&at).unwrap_or_default()
    }

    /// Whether it is of so many pages, each with reads of its own.
    pub(super) fn is_of(&self, pages: usize) -> bool {
        self.ends.len() == pages
            && self.ends.is_sorted()
            && self.ends.last().copied().unwrap_or_default() == self.reads.len()
    }
}

/// What was found in the pages at some routes, in the order in which they were made.
#[derive(Debug, Default)]
pub(super) struct FoundAt {
    routes: Routes,
    found: Found,
}

impl FoundAt {
    /// What was found at a route.
    pub(super) fn push(&mut self, route: &str, reads: &[usize], diagnostics: Vec<Diagnostic>) {
        self.routes.push(route);
        self.found.push(reads, diagnostics);
    }

    /// What is wrong, in the order of the routes.
    pub(super) fn diagnostics(&self) -> Vec<Diagnostic> {
        let wrong = self.found.diagnostics.iter().map(|(at, wrong)| (self.routes.get(*at), wrong));
        let in_order: BTreeMap<&str, &Vec<Diagnostic>> = wrong.collect();
        in_order.into_values().flatten().cloned().collect()
    }

    /// The same for all of some routes, which are in order, by their numbers.
    pub(super) fn of<'a>(mut self, routes: impl Iterator<Item = &'a str>) -> Found {
        let order = self.routes.sorted();
        let mut rest = order.into_iter().peekable();
        let mut all = Found::default();
        for route in routes {
            while rest.next_if(|at| self.routes.get(*at) < route).is_some() {}
            match rest.next_if(|at| self.routes.get(*at) == route) {
                Some(at) => {
                    let diagnostics = self.found.take_diagnostics(at);
                    all.push(self.found.reads(at), diagnostics);
                }
                None => all.push(&[], Vec::new()),
            }
        }
        all
    }
}

#[cfg(test)]
mod tests {
    use super::FoundAt;
    use crate::Diagnostic;

    #[test]
    fn is_told_by_the_numbers_of_the_routes() {
        let wrong = |name: &'static str| Diagnostic::warning(name, "none");
        let mut found = FoundAt::default();
        found.push("c", &[3, 4], vec![wrong("third")]);
        found.push("a", &[1], Vec::new());
        found.push("gone", &[9], vec![wrong("gone")]);
        found.push("b", &[], vec![wrong("second")]);
        let names: Vec<String> = found.diagnostics().iter().map(|one| one.name.to_string()).collect();
        assert_eq!(names, ["second", "third", "gone"]);
        let found = found.of(["a", "b", "c", "d"].into_iter());
        assert_eq!([0, 1, 2, 3].map(|at| found.reads(at)), [&[1][..], &[], &[3, 4], &[]]);
        assert_eq!([0, 1, 2, 3].map(|at| found.diagnostics(at).len()), [0, 1, 1, 0]);
        assert!(found.is_of(4) && !found.is_of(3));
    }
}
