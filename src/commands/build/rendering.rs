//! A planned site to the files of an output: every page is rendered, on all processors, but for those that the last build left
//! as they would be made.

use std::path::Path;
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};

use rayon::prelude::{IndexedParallelIterator, IntoParallelRefIterator, ParallelIterator};

use super::Progress;
use super::found::FoundAt;
use super::past::{KeptFile, Past};
use crate::address::Address;
use crate::commands::{card_images, enclosing, pictures};
use crate::input::BodyError;
use crate::output::{Cache, Output};
use crate::pages::{Content, Failure, Renderer};
use crate::site::{CardImage, Embed, Page, Picture, Route, Scope, Site};
use crate::{Diagnostic, Error};

/// What came of rendering every page.
pub(super) struct Rendered {
    /// How many were rendered: all, but for those that the last build left as they would be made.
    pub count: usize,
    /// What was found in them.
    pub found: FoundAt,
}

/// A site while its pages are rendered, each handed to the output.
pub(super) struct Rendering<'a> {
    site: &'a Site,
    renderer: &'a Renderer,
    output: Option<&'a Output>,
    past: Option<&'a Past<'a>>,
    caches: &'a Caches,
    progress: &'a dyn Progress,
    count: AtomicUsize,
    found: Mutex<FoundAt>,
}

impl<'a> Rendering<'a> {
    /// Of all routes of a site; without an output they are rendered for their mistakes alone.
    pub(super) fn new(
        site: &'a Site,
        renderer: &'a Renderer,
        (output, past): (Option<&'a Output>, Option<&'a Past<'a>>),
        caches: &'a Caches,
        progress: &'a dyn Progress,
    ) -> Self {
        let (count, found) = (AtomicUsize::default(), Mutex::default());
        Self { site, renderer, output, past, caches, progress, count, found }
    }

    /// Renders every page. `None` where an article has changed meanwhile.
    pub(super) fn all(self) -> Result<Option<Rendered>, Error> {
        self.progress.begin(self.site.routes.len());
        let result = self.pictures().and_then(|()| self.cards()).and_then(|()| self.pages());
        self.progress.end();
        match result {
            Ok(()) => {
                let found = self.found.into_inner().unwrap_or_default();
                Ok(Some(Rendered { count: self.count.into_inner(), found }))
            }
            Err(Stop::Changed) => Ok(None),
            Err(Stop::Machine(error)) => Err(error),
        }
    }

    /// A picture is written with all its versions, so that it is decoded once.
    fn pictures(&self) -> Result<(), Stop> {
        self.site.pictures.par_iter().try_for_each(|picture: &Picture| {
            let versions = picture.versions.iter().map(|(_, address)| address.route());
            let whole = self.site.file_address(picture.file).map(Address::route).unwrap_or_default();
            let routes: Vec<String> = std::iter::once(whole.clone()).chain(versions).collect();
            if !self.is_kept(&routes) {
                let verdict = pictures::write(self.site, picture, self.output, &self.caches.pictures)?;
                self.note(&whole, &[], verdict.diagnostics(self.site, picture));
                self.count.fetch_add(routes.len(), Ordering::Relaxed);
            }
            routes.iter().for_each(|_| self.progress.page());
            Ok(())
        })
    }

    fn cards(&self) -> Result<(), Stop> {
        self.site.cards.par_iter().try_for_each(|card: &CardImage| {
            if !self.is_kept(&[card.address.route()]) {
                card_images::write(self.site, self.renderer, card, self.output, &self.caches.cards)?;
                self.count.fetch_add(1, Ordering::Relaxed);
            }
            self.progress.page();
            Ok(())
        })
    }

    fn pages(&self) -> Result<(), Stop> {
        let routes = in_order_of_size(self.routes());
        routes.par_iter().with_max_len(AT_ONCE).try_for_each(|route| {
            self.page(route)?;
            self.count.fetch_add(1, Ordering::Relaxed);
            self.progress.page();
            Ok(())
        })
    }

    /// The pages that have to be rendered: all, but for those that the last build left as they would be made.
    fn routes(&self) -> Vec<&'a Route> {
        let Some(past) = self.past else {
            let routes = self.site.routes.iter();
            return routes.filter(|route| !is_picture(self.site, route.page)).collect();
        };
        let (kept, others) = past.keep_all(self.site, |page| !is_picture(self.site, page));
        kept.iter().for_each(|_| self.progress.page());
        self.note_kept(kept);
        let route = |file| self.site.route_of_file(file);
        others
            .into_iter()
            .map(|file| route(file).expect("sites that are planned alike have the same routes"))
            .collect()
    }

    /// Whether the last build left the files of some routes as they would be made now.
    fn is_kept(&self, routes: &[String]) -> bool {
        let kept = self.past.and_then(|past| past.keep(routes));
        kept.map(|kept| self.note_kept(kept)).is_some()
    }

    /// What was found in files then is found again.
    fn note_kept(&self, kept: Vec<KeptFile<'_>>) {
        let mut found = self.found.lock().expect("no thread panics while it holds the list");
        for (route, reads, diagnostics) in kept {
            if !reads.is_empty() || !diagnostics.is_empty() {
                found.push(route, reads, diagnostics.to_vec());
            }
        }
    }

    fn note(&self, route: &str, reads: &[usize], diagnostics: Vec<Diagnostic>) {
        if !reads.is_empty() || !diagnostics.is_empty() {
            let mut found = self.found.lock().expect("no thread panics while it holds the list");
            found.push(route, reads, diagnostics);
        }
    }

    fn page(&self, route: &Route) -> Result<(), Stop> {
        let rendered = match self.renderer.render(route) {
            Ok(rendered) => rendered,
            Err(Failure::Mistakes(mistakes)) => {
                self.note(&route.address.route(), &[], mistakes);
                return Ok(());
            }
            Err(Failure::Changed) => return Err(Stop::Changed),
            Err(Failure::Machine(error)) => return Err(Stop::Machine(error)),
        };
        self.note(&route.address.route(), &rendered.reads, rendered.warnings);
        let Some(output) = self.output else { return Ok(()) };
        let content = match rendered.content {
            Content::Enclosing(html, places) => {
                match enclosing::fill(self.site, &html, &places, &self.caches.pictures) {
                    Ok(page) => Content::Page(page),
                    // What is wrong with a picture is told where it is written.
                    Err(Failure::Mistakes(_)) => return Ok(()),
                    Err(Failure::Changed) => return Err(Stop::Changed),
                    Err(Failure::Machine(error)) => return Err(Stop::Machine(error)),
                }
            }
            content => content,
        };
        write(self.site, output, route, &content).map_err(Stop::Machine)
    }
}

/// How many pages a processor takes at once.
const AT_ONCE: usize = 64;

/// The pages with those first that list many events: the processors come to their end together.
fn in_order_of_size(routes: Vec<&Route>) -> Vec<&Route> {
    let is_small = |route: &&Route| {
        matches!(route.page, Page::Event(_) | Page::Embed(Embed::Event(_)) | Page::Format(Scope::Event(_), _))
    };
    let (small, mut large): (Vec<&Route>, Vec<&Route>) = routes.into_iter().partition(is_small);
    large.extend(small);
    large
}

/// Whether the bytes of a page are a picture, which takes long to make.
fn is_picture(site: &Site, page: Page) -> bool {
    match page {
        Page::File(at) => site.picture(at).is_some(),
        Page::Version(..) | Page::Card(_) => true,
        _ => false,
    }
}

/// Why rendering stops before its end.
pub(in crate::commands) enum Stop {
    Changed,
    Machine(Error),
}

impl From<BodyError> for Stop {
    fn from(error: BodyError) -> Self {
        match error {
            BodyError::Changed => Self::Changed,
            BodyError::Failed(error) => Self::Machine(error),
        }
    }
}

fn write(site: &Site, output: &Output, route: &Route, content: &Content<'_>) -> Result<(), Error> {
    let name = route.address.route();
    match content {
        Content::Page(bytes) => output.write(&name, bytes)?,
        Content::Bytes(bytes) => output.write(&name, bytes)?,
        Content::Pieces(pieces) => output.write_pieces(&name, |to| pieces.write(to))?,
        Content::File(path) => output.copy(&name, &site.input.root.join(path))?,
        Content::Card(..) => unreachable!("cards are written where they are kept"),
        Content::Picture(..) | Content::Enclosing(..) => {
            unreachable!("pictures are written with all their versions, and pages with what is in them")
        }
    };
    Ok(())
}

/// What took long to make, kept for the next build.
pub(super) struct Caches {
    pictures: Cache,
    cards: Cache,
}

impl Caches {
    /// Those of a site.
    pub(super) fn of(root: &Path) -> Self {
        Self { pictures: Cache::of(root, pictures::CACHE), cards: Cache::of(root, card_images::CACHE) }
    }

    /// Removes what a build of everything had no use for.
    pub(super) fn sweep(&self) {
        self.pictures.sweep();
        self.cards.sweep();
    }
}
