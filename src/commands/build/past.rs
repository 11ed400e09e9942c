//! What of the last build stands for what would be made now: a record and what was read come in, files of the output are kept or
//! not. It renders nothing.

use std::path::Path;

use super::record::{Record, digests};
use crate::input::theme::StaticFile;
use crate::input::{Input, Stamps};
use crate::output::Output;
use crate::site::{Page, Site};
use crate::{Diagnostic, Error};

/// The last build beside what was read now, planned with the same: what of it stands for what would be made.
pub(super) struct Past<'a> {
    record: &'a Record,
    output: &'a Output,
    stamps: Stamps,
    /// Of each article, whether its file has the bytes that it had.
    are_same: Vec<bool>,
}

/// The articles that were read for a page, and what was wrong with it.
pub(super) type FoundThen<'a> = (&'a [usize], &'a [Diagnostic]);

impl<'a> Past<'a> {
    /// `None` where the site is planned with something else.
    pub(super) fn of(record: &'a Record, input: &Input, output: &'a Output) -> Option<Self> {
        if record.planned != *input.planned() || record.articles.len() != input.articles.len() {
            return None;
        }
        let digests = digests(input);
        let are_same = record.articles.iter().zip(&digests).map(|(then, now)| then == now).collect();
        Some(Self { record, output, stamps: input.stamps(), are_same })
    }

    /// Keeps the files at some routes, if each is there and would be made the same again; gives what was found in them then:
    /// which articles were read, and what was wrong. A file that is copied is to have the same `source`.
    pub(super) fn keep(
        &self,
        routes: &[String],
        source: Option<&Path>,
    ) -> Result<Option<Vec<FoundThen<'_>>>, Error> {
        let mut all = Vec::with_capacity(routes.len());
        for route in routes {
            match self.made(route, source)? {
                Some(at) => all.push(at),
                None => return Ok(None),
            }
        }
        let Record { files, found, .. } = self.record;
        all.iter().for_each(|at| self.output.keep_as_it_is(*at, files.get(*at)));
        Ok(Some(all.into_iter().map(|at| (found.reads(at), found.diagnostics(at))).collect()))
    }

    /// The place of a route's file among those of the last build, if it would be made the same again.
    fn made(&self, route: &str, source: Option<&Path>) -> Result<Option<usize>, Error> {
        let Record { files, found, .. } = self.record;
        let Some(at) = files.position(route) else { return Ok(None) };
        let is_same = found.reads(at).iter().all(|at| self.are_same.get(*at) == Some(&true))
            && source.is_none_or(|path| self.record.stamps.has_same(&self.stamps, path, self.record.looked));
        Ok((is_same && self.output.has(at, files.get(at))?).then_some(at))
    }
}

/// The file of the site that is copied to an address as it is.
pub(super) fn source(site: &Site, page: Page) -> Option<&Path> {
    match page {
        Page::File(at) => Some(&site.input.files[at]),
        Page::Static(at) => match site.input.theme.files.values().nth(at)? {
            StaticFile::Own(path, _) => Some(path),
            StaticFile::BuiltIn(_) => None,
        },
        _ => None,
    }
}
