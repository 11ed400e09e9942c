//! A site that is read, planned and ready to render, as one value. A change makes another one of it.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::input::Input;
use crate::input::theme::StaticFile;
use crate::pages::Renderer;
use crate::site::{NextChange, Options, Page, Route, Site};
use crate::{Diagnostic, address::Address};

/// A site from its sources to its renderer.
pub(super) struct Plan {
    pub(super) input: Arc<Input>,
    pub(super) site: Arc<Site>,
    pub(super) renderer: Renderer,
    /// What is wrong with the site as a whole.
    of_site: Vec<Diagnostic>,
    /// What is wrong before any page is rendered.
    pub(super) diagnostics: Vec<Diagnostic>,
    /// Whether a build of it would begin to write.
    pub(super) is_good: bool,
    /// When the clock alone makes it another.
    pub(super) next_change: Option<NextChange>,
}

/// What is asked for by a path.
pub(super) enum Found<'a> {
    /// It exists.
    Route(&'a Route),
    /// It exists with a `/` at the end.
    Moved(&'a Address),
    /// There is no such address.
    Nothing,
}

impl Plan {
    /// Plans what was read.
    pub(super) fn new(input: Arc<Input>, options: &Options) -> Self {
        let (site, of_site) = Site::new(&input, options);
        let site = Arc::new(site);
        let renderer = Renderer::new(&site);
        Self::of(input, site, renderer, of_site)
    }

    /// Plans what was read after this; what would be made of the same is not made again.
    pub(super) fn followed_by(&self, input: Arc<Input>, options: &Options) -> Self {
        let is_its_time =
            self.site.options.now <= options.now && self.next_change.is_none_or(|next| options.now < next.at);
        let same = match is_its_time {
            true if input.modelled() == self.input.modelled() => {
                Some(self.site.with_input(Arc::clone(&input)))
            }
            true if input.arranged() == self.input.arranged() => self.retitled(&input),
            _ => None,
        };
        let (site, of_site) = match same {
            Some(site) => (site, self.of_site.clone()),
            None => Site::after(&self.site, &input, options),
        };
        let site = Arc::new(site);
        let renderer = Renderer::after(&self.renderer, &site);
        Self::of(input, site, renderer, of_site)
    }

    /// The site with other titles and summaries of a few events, where nothing was said of these.
    fn retitled(&self, input: &Arc<Input>) -> Option<Site> {
        let changed = self.site.changed_articles(input);
        let is_told = |at: &usize| {
            let then = &self.input.articles[*at];
            self.of_site.iter().any(|one| one.tells_of(&then.path, then.kind.title()))
        };
        if changed.iter().any(is_told) { None } else { self.site.retitled(input, &changed) }
    }

    fn of(
        input: Arc<Input>,
        site: Arc<Site>,
        (renderer, of_templates): (Renderer, Vec<Diagnostic>),
        of_site: Vec<Diagnostic>,
    ) -> Self {
        let mut diagnostics = input.diagnostics.clone();
        if input.has_settings() {
            diagnostics.extend(of_site.iter().cloned().chain(of_templates));
        }
        let diagnostics = input.weigh(diagnostics);
        let is_good = !diagnostics.iter().any(Diagnostic::is_error);
        let next_change = site.next_change();
        Self { input, site, renderer, of_site, diagnostics, is_good, next_change }
    }

    /// What stands at a decoded path. Nothing is looked for on the disk: what is not planned does not exist.
    pub(super) fn find(&self, path: &str) -> Found<'_> {
        let inner = path.strip_prefix('/').unwrap_or_default();
        let is_plain = |part: &str| !part.is_empty() && part != "." && part != "..";
        let is_whole = inner.is_empty() || inner.strip_suffix('/').unwrap_or(inner).split('/').all(is_plain);
        if !path.starts_with('/') || !is_whole || path.contains('\\') || path.contains(char::is_control) {
            return Found::Nothing;
        }
        let path = match path.strip_suffix("/index.html") {
            Some(folder) => format!("{folder}/"),
            None => path.to_string(),
        };
        if let Some(route) = self.route(&path) {
            return Found::Route(route);
        }
        match self.route(&format!("{path}/")) {
            Some(route) => Found::Moved(&route.address),
            None => Found::Nothing,
        }
    }

    /// The page that says that there is none.
    pub(super) fn not_found(&self) -> Option<&Route> {
        self.site.routes.iter().find(|route| route.page == Page::NotFound)
    }

    /// The route with exactly this address.
    fn route(&self, path: &str) -> Option<&Route> {
        let address = Address::of_file(path);
        self.site.route(&address).filter(|route| route.address == address)
    }

    /// The Markdown file whose text a page shows.
    pub(super) fn article_of(&self, page: Page) -> Option<&Path> {
        let site = &self.site;
        let article = match page {
            Page::Front(language) => site.front(language)?,
            Page::Timeline(at) | Page::Part(at, _) => site.timeline(at).article,
            Page::Event(at) => site.event(at).article,
            Page::Entity(at) => site.entity(at).article?,
            Page::Plain(article) => article,
            _ => return None,
        };
        Some(&site.article(article).path)
    }

    /// The addresses of those of some files that are published as they are, under the same address whatever is in them.
    pub(super) fn addresses_of(&self, paths: &BTreeSet<PathBuf>) -> Vec<Address> {
        let is_meant = |route: &&Route| match route.page {
            Page::File(at) => paths.contains(&self.input.files[at]),
            Page::Static(at) => match self.input.theme.files.values().nth(at) {
                Some(StaticFile::Own(path, _)) => paths.contains(path),
                _ => false,
            },
            _ => false,
        };
        self.site.routes.iter().filter(is_meant).map(|route| route.address.clone()).collect()
    }
}
