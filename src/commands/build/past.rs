//! What of the last build stands for what would be made now: a record, the files of the output and what was read come in, the
//! files that stay as they are and those that have to be made come out. It renders nothing.

use std::path::Path;

use rayon::prelude::{IntoParallelIterator, ParallelIterator};

use super::record::{Record, digests};
use crate::input::Stamps;
use crate::input::theme::StaticFile;
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
    /// Of each file of the output, whether it is as the last build left it.
    standing: Vec<bool>,
}

/// A file that stays: its route, the articles that were read for it, and what was wrong with it.
pub(super) type KeptFile<'a> = (&'a str, &'a [usize], &'a [Diagnostic]);

impl<'a> Past<'a> {
    /// `None` where the site is planned with something else. `standing` is what the output said of the record's files, where it
    /// has been asked already.
    pub(super) fn of(
        record: &'a Record,
        site: &Site,
        output: &'a Output,
        standing: Option<Result<Vec<bool>, Error>>,
    ) -> Result<Option<Self>, Error> {
        let input = &site.input;
        let is_planned_alike = record.planned == *input.planned()
            && record.articles.len() == input.articles.len()
            && record.files.len() == site.routes.len();
        if !is_planned_alike {
            return Ok(None);
        }
        let standing = standing.unwrap_or_else(|| output.standing(&record.files))?;
        let digests = digests(input);
        let are_same = record.articles.iter().zip(&digests).map(|(then, now)| then == now).collect();
        Ok(Some(Self { record, output, stamps: input.stamps(), are_same, standing }))
    }

    /// Keeps the files at some routes, if each would be made the same again.
    pub(super) fn keep(&self, routes: &[String]) -> Option<Vec<KeptFile<'_>>> {
        let position = |route: &String| self.record.files.position(route).filter(|at| self.stays(*at, None));
        let places: Vec<usize> = routes.iter().map(position).collect::<Option<_>>()?;
        self.output.keep_standing(&self.record.files, places.iter().copied());
        Some(places.into_iter().map(|at| self.kept(at)).collect())
    }

    /// Keeps all files that would be made the same again, of those that `is_meant` names; gives these, and the routes of the
    /// others.
    pub(super) fn keep_all(
        &self,
        site: &Site,
        is_meant: impl Fn(Page) -> bool + Sync,
    ) -> (Vec<KeptFile<'_>>, Vec<&str>) {
        let Record { files, pages, .. } = self.record;
        let meant = (0..files.len()).into_par_iter().filter(|at| is_meant(pages[*at]));
        let (kept, others): (Vec<usize>, Vec<usize>) =
            meant.partition(|at| self.stays(*at, source(site, pages[*at])));
        self.output.keep_standing(files, kept.iter().copied());
        let others = others.into_iter().map(|at| files.get(at).route).collect();
        (kept.into_iter().map(|at| self.kept(at)).collect(), others)
    }

    /// Whether a file would be made the same again; one that is copied is to have the same source.
    fn stays(&self, at: usize, source: Option<&Path>) -> bool {
        let Record { found, stamps, looked, .. } = self.record;
        self.standing[at]
            && found.reads(at).iter().all(|at| self.are_same.get(*at) == Some(&true))
            && source.is_none_or(|path| stamps.has_same(&self.stamps, path, *looked))
    }

    fn kept(&self, at: usize) -> KeptFile<'_> {
        let Record { files, found, .. } = self.record;
        (files.get(at).route, found.reads(at), found.diagnostics(at))
    }
}

/// The file of the site that is copied to an address as it is.
fn source(site: &Site, page: Page) -> Option<&Path> {
    match page {
        Page::File(at) => Some(&site.input.files[at]),
        Page::Static(at) => match site.input.theme.files.values().nth(at)? {
            StaticFile::Own(path, _) => Some(path),
            StaticFile::BuiltIn(_) => None,
        },
        _ => None,
    }
}
