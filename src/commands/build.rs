//! `dateline build`: read, plan, render every page in parallel, write what differs.

use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};

use rayon::prelude::{IndexedParallelIterator, IntoParallelRefIterator, ParallelIterator};

use super::{card_images, enclosing, external_links, pictures};
use crate::input::{BodyError, Input};
use crate::network::Manners;
use crate::output::{self, Cache, Manifest, Output};
use crate::pages::{Content, Failure, Renderer};
use crate::site::editorial;
use crate::site::{CardImage, Embed, LeftOut, Options, Page, Picture, Reason, Route, Scope, Site, Turn};
use crate::time::{Instant, Zone};
use crate::{Diagnostic, Error, Severity};

/// How often a site that changes while it is read is read again.
const ATTEMPTS: usize = 3;

/// What is to be built, and where.
#[derive(Debug, Clone)]
pub struct Build {
    /// The site.
    pub root: PathBuf,
    /// The output folder.
    pub output: PathBuf,
    /// The clock, drafts, links, the address of the site.
    pub options: Options,
    /// Whether a warning counts as an error.
    pub strict: bool,
}

impl Build {
    /// The same, as the site was known at an instant.
    ///
    /// # Errors
    /// An instant that is still to come.
    pub fn as_of(mut self, then: Instant) -> Result<Self, Error> {
        if then > self.options.now {
            return Err(Error::Refused(
                "--as-of lies in the future, and what will be known then nobody knows: name an instant that is past; \
                 for a look ahead at embargoes, use --now"
                    .to_string(),
            ));
        }
        self.options.as_of = Some(then);
        Ok(self)
    }
}

/// What a build tells while it goes on.
pub trait Progress: Sync {
    /// Rendering begins.
    fn begin(&self, pages: usize);
    /// A page has been rendered.
    fn page(&self);
    /// The build has to wait, and why.
    fn wait(&self, why: &str);
    /// Rendering is over.
    fn end(&self);
}

/// What a build did.
#[derive(Debug)]
pub struct Report {
    /// Errors and warnings, by place.
    pub diagnostics: Vec<Diagnostic>,
    /// What was written; `None` where errors forbade it.
    pub written: Option<output::Summary>,
    /// Articles that are not built.
    pub left_out: Vec<Absent>,
    /// When the clock alone would change the site next.
    pub ahead: Option<Ahead>,
    /// What stands in the output, by file; nothing where nothing was written.
    pub pages: Vec<(String, Page)>,
}

/// An article that is not built.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Absent {
    /// Why.
    pub reason: Reason,
    /// Its file.
    pub path: PathBuf,
    /// For an embargo or an expiry: the time on the newsroom's clock.
    pub local: Option<String>,
}

/// The next instant at which a build of the same files would give another site.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ahead {
    /// When.
    pub at: Instant,
    /// The time on the newsroom's clock.
    pub local: String,
    /// What happens then.
    pub turn: Turn,
    /// The file of the article that it happens to.
    pub path: PathBuf,
}

impl Report {
    /// A report of mistakes that kept everything else from being done.
    #[cfg(feature = "publish")]
    #[must_use]
    pub(super) fn of_mistakes(diagnostics: Vec<Diagnostic>) -> Self {
        Self { diagnostics, written: None, left_out: Vec::new(), ahead: None, pages: Vec::new() }
    }

    /// The number of errors.
    #[must_use]
    pub fn errors(&self) -> usize {
        self.diagnostics.iter().filter(|diagnostic| diagnostic.is_error()).count()
    }

    /// The number of warnings.
    #[must_use]
    pub fn warnings(&self) -> usize {
        self.diagnostics.len() - self.errors()
    }
}

/// Builds a site.
///
/// # Errors
/// A failure of the machine, or an output folder that must not be touched. Authors' mistakes are in the report.
pub fn build(build: &Build, progress: &dyn Progress) -> Result<Report, Error> {
    run(build, Goal::Site, progress)
}

/// What a run over a site is to end in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Goal {
    /// Its pages in the output folder.
    Site,
    /// What is wrong with it, editorial matters as well; no page is written.
    Judgement {
        /// Whether the network is asked for external addresses.
        links: bool,
    },
}

/// Reads, plans and renders a site, and begins anew while its articles change.
pub(super) fn run(build: &Build, goal: Goal, progress: &dyn Progress) -> Result<Report, Error> {
    for _ in 0..ATTEMPTS {
        if let Some(report) = attempt(build, goal, progress)? {
            return Ok(report);
        }
    }
    let (doing, again) = match goal {
        Goal::Site => ("built", "build"),
        Goal::Judgement { .. } => ("checked", "check"),
    };
    Err(Error::Refused(format!(
        "articles keep changing while the site is {doing}: wait until they are saved, and {again} again"
    )))
}

/// One run; `None` where an article changed between its reading and its rendering.
fn attempt(build: &Build, goal: Goal, progress: &dyn Progress) -> Result<Option<Report>, Error> {
    let input = Arc::new(Input::read(&build.root)?);
    let mut diagnostics = input.diagnostics.clone();
    if !input.has_settings() {
        return Ok(Some(Report::without_output(build, &input, diagnostics)));
    }
    let (site, mistakes) = Site::new(&input, &build.options);
    diagnostics.extend(mistakes);
    let site = Arc::new(site);
    let (renderer, mistakes) = Renderer::new(&site);
    diagnostics.extend(mistakes);
    let left_out = absent(&site);
    let diagnostics = build.weigh(&input, diagnostics);
    // With an error already found nothing will be written: pages are rendered for their mistakes alone.
    let output = match goal != Goal::Site || diagnostics.iter().any(Diagnostic::is_error) {
        true => None,
        false => Some(Output::open(&build.output, &build.root, &|why| progress.wait(why))?),
    };
    let cache = Caches::of(&build.root);
    let Some(found) = render(&site, &renderer, output.as_ref(), &cache, progress)? else { return Ok(None) };
    let mut all = diagnostics;
    all.extend(build.weigh(&input, found));
    if let Goal::Judgement { links } = goal {
        match judge(build, &site, links, progress) {
            Ok(found) => all.extend(build.weigh(&input, found)),
            Err(Stop::Changed) => return Ok(None),
            Err(Stop::Machine(error)) => return Err(error),
        }
    }
    let report = Report { left_out, ahead: ahead(&site), ..Report::without_output(build, &input, all) };
    match output {
        Some(output) if report.errors() == 0 => {
            let written = Some(output.commit()?);
            cache.pictures.sweep();
            cache.cards.sweep();
            let pages = site.routes.iter().map(|route| (route.address.route(), route.page)).collect();
            Ok(Some(Report { written, pages, ..report }))
        }
        _ => Ok(Some(report)),
    }
}

/// What took long to make, kept for the next build.
struct Caches {
    pictures: Cache,
    cards: Cache,
}

impl Caches {
    fn of(root: &Path) -> Self {
        Self { pictures: Cache::of(root, pictures::CACHE), cards: Cache::of(root, card_images::CACHE) }
    }
}

/// What only a check asks.
fn judge(build: &Build, site: &Site, links: bool, progress: &dyn Progress) -> Result<Vec<Diagnostic>, Stop> {
    let before = files_of(&build.output).map_err(Stop::Machine)?;
    let mut found = editorial::check(site, &before)?;
    if links {
        found.extend(external_links::check(site, &Manners::default(), progress)?);
    }
    Ok(found)
}

/// The routes of the last build; none where there is no folder of ours.
fn files_of(output: &Path) -> Result<Vec<String>, Error> {
    let manifest = Manifest::read(output)?;
    Ok(manifest.iter().flat_map(Manifest::files).map(|(route, _)| route.to_string()).collect())
}

impl Build {
    fn weigh(&self, input: &Input, diagnostics: Vec<Diagnostic>) -> Vec<Diagnostic> {
        let mut diagnostics = input.weigh(diagnostics);
        if self.strict {
            for diagnostic in &mut diagnostics {
                diagnostic.severity = Severity::Error;
            }
        }
        diagnostics
    }
}

impl Report {
    fn without_output(build: &Build, input: &Input, diagnostics: Vec<Diagnostic>) -> Self {
        let mut diagnostics = build.weigh(input, diagnostics);
        diagnostics.sort_by(|one, other| one.order().cmp(&other.order()));
        diagnostics.dedup();
        Self { diagnostics, written: None, left_out: Vec::new(), ahead: None, pages: Vec::new() }
    }
}

/// Renders every page, and hands each to the output. `None` where an article has changed meanwhile.
fn render(
    site: &Site,
    renderer: &Renderer,
    output: Option<&Output>,
    cache: &Caches,
    progress: &dyn Progress,
) -> Result<Option<Vec<Diagnostic>>, Error> {
    let found = Mutex::new(Vec::new());
    progress.begin(site.routes.len());
    // A picture is written with all its versions, so that it is decoded once.
    let routes = in_order_of_size(site.routes.iter().filter(|route| !is_kept(site, route.page)));
    let pages = || {
        routes.par_iter().with_max_len(AT_ONCE).try_for_each(|route| {
            let result = page(site, renderer, output, &cache.pictures, route, &found);
            progress.page();
            result
        })
    };
    let pictures = || {
        site.pictures.par_iter().try_for_each(|picture: &Picture| {
            let verdict = pictures::write(site, picture, output, &cache.pictures)?;
            note(&found, verdict.diagnostics(site, picture));
            (0..=picture.versions.len()).for_each(|_| progress.page());
            Ok(())
        })
    };
    let cards = || {
        site.cards.par_iter().try_for_each(|card: &CardImage| {
            let result = card_images::write(site, renderer, card, output, &cache.cards);
            progress.page();
            result
        })
    };
    let result = pictures().and_then(|()| cards()).and_then(|()| pages());
    progress.end();
    match result {
        Ok(()) => Ok(Some(found.into_inner().unwrap_or_default())),
        Err(Stop::Changed) => Ok(None),
        Err(Stop::Machine(error)) => Err(error),
    }
}

/// How many pages a processor takes at once.
const AT_ONCE: usize = 64;

/// The pages with those first that list many events: the processors come to their end together.
fn in_order_of_size<'a>(routes: impl Iterator<Item = &'a Route>) -> Vec<&'a Route> {
    let is_small = |route: &&Route| {
        matches!(route.page, Page::Event(_) | Page::Embed(Embed::Event(_)) | Page::Format(Scope::Event(_), _))
    };
    let (small, mut large): (Vec<&Route>, Vec<&Route>) = routes.partition(is_small);
    large.extend(small);
    large
}

/// Whether the bytes of a page take long to make, so that they are kept from build to build.
fn is_kept(site: &Site, page: Page) -> bool {
    match page {
        Page::File(at) => site.picture(at).is_some(),
        Page::Version(..) | Page::Card(_) => true,
        _ => false,
    }
}

fn note(found: &Mutex<Vec<Diagnostic>>, mut diagnostics: Vec<Diagnostic>) {
    if !diagnostics.is_empty() {
        found.lock().expect("no thread panics while it holds the list").append(&mut diagnostics);
    }
}

/// Why rendering stops before its end.
pub(super) enum Stop {
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

fn page(
    site: &Site,
    renderer: &Renderer,
    output: Option<&Output>,
    cache: &Cache,
    route: &Route,
    found: &Mutex<Vec<Diagnostic>>,
) -> Result<(), Stop> {
    let rendered = match renderer.render(route) {
        Ok(rendered) => rendered,
        Err(Failure::Mistakes(mistakes)) => {
            note(found, mistakes);
            return Ok(());
        }
        Err(Failure::Changed) => return Err(Stop::Changed),
        Err(Failure::Machine(error)) => return Err(Stop::Machine(error)),
    };
    note(found, rendered.warnings);
    let Some(output) = output else { return Ok(()) };
    let content = match rendered.content {
        Content::Enclosing(html, places) => match enclosing::fill(site, &html, &places, cache) {
            Ok(page) => Content::Page(page),
            // What is wrong with a picture is told where it is written.
            Err(Failure::Mistakes(_)) => return Ok(()),
            Err(Failure::Changed) => return Err(Stop::Changed),
            Err(Failure::Machine(error)) => return Err(Stop::Machine(error)),
        },
        content => content,
    };
    write(site, output, route, &content).map_err(Stop::Machine)
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

fn absent(site: &Site) -> Vec<Absent> {
    let absent = |left_out: &LeftOut| Absent {
        reason: left_out.reason,
        path: site.article(left_out.article).path.clone(),
        local: match left_out.reason {
            Reason::Draft | Reason::Undated => None,
            Reason::Embargoed(instant) | Reason::Expired(instant) | Reason::Later(instant) => {
                Some(local_time(instant, site.zone()))
            }
        },
    };
    let mut all: Vec<Absent> = site.left_out.iter().map(absent).collect();
    all.sort();
    all
}

fn ahead(site: &Site) -> Option<Ahead> {
    let next = site.next_change()?;
    Some(Ahead {
        at: next.at,
        local: local_time(next.at, site.zone()),
        turn: next.turn,
        path: site.article(next.article).path.clone(),
    })
}

/// `2026-12-01 08:00 (Europe/Lisbon)`, by a clock.
fn local_time(instant: Instant, zone: Zone) -> String {
    let local = instant.local(&zone);
    format!("{} {:02}:{:02} ({})", local.date(), local.hour, local.minute, zone.name())
}

/// Where a person looks at what was built.
#[must_use]
pub fn front_page(output: &Path) -> PathBuf {
    output.join("index.html")
}
