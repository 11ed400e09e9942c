//! What of the last build stands for what would be made now: a record and what was read come in, files of the output are kept or
//! not. It renders nothing.

use std::path::Path;

use super::record::{Found, Made, Record, digests};
use crate::Error;
use crate::input::theme::StaticFile;
use crate::input::{Input, Stamps};
use crate::output::Output;
use crate::site::{Page, Site};

/// The last build beside what was read now, planned with the same: what of it stands for what would be made.
pub(super) struct Past<'a> {
    record: &'a Record,
    output: &'a Output,
    stamps: Stamps,
    /// Of each article, whether its file has the bytes that it had.
    are_same: Vec<bool>,
}

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

    /// Keeps the files at some routes, if each is there and would be made the same again; gives what was found then. A file that
    /// is copied is to have the same `source`.
    pub(super) fn keep(
        &self,
        routes: &[String],
        source: Option<&Path>,
    ) -> Result<Option<Vec<&Found>>, Error> {
        let mut all = Vec::with_capacity(routes.len());
        for route in routes {
            match self.made(route, source)? {
                Some(made) => all.push(made),
                None => return Ok(None),
            }
        }
        all.iter().for_each(|(at, made)| self.output.keep_as_it_is(*at, &made.file));
        Ok(Some(all.into_iter().map(|(_, made)| &made.found).collect()))
    }

    fn made(&self, route: &str, source: Option<&Path>) -> Result<Option<(usize, &Made)>, Error> {
        let files = &self.record.files;
        let Ok(at) = files.binary_search_by(|made| (*made.file.route).cmp(route)) else { return Ok(None) };
        let made = &files[at];
        let is_same = made.found.reads.iter().all(|at| self.are_same.get(*at) == Some(&true))
            && source.is_none_or(|path| self.record.stamps.has_same(&self.stamps, path, self.record.looked));
        Ok((is_same && self.output.has(at, &made.file)?).then_some((at, made)))
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
