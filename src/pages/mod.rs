//! The site as pages: for each address, the bytes that stand there.
//!
//! A page is a function of the site and its route. Views are made from the model, templates see views only, and
//! nothing here writes.

mod alike;
mod alternates;
mod axis;
mod card_image;
mod cards;
mod corrections;
mod dates;
mod embed;
mod embed_code;
mod entities;
mod entity_links;
mod event;
mod formats;
mod frame;
mod front;
mod latest;
mod places;
mod plain;
mod reported;
mod search;
mod shared;
mod sources;
mod strip;
mod structured;
mod surroundings;
mod templates;
mod text;
mod timeline;
mod translations;

use std::collections::BTreeMap;
use std::io::{self, Write};
use std::path::Path;
use std::sync::Arc;

use serde::Serialize;
use tera::{Context, Value};

use crate::card_image::Card;
use crate::input::theme::StaticFile;
use crate::input::{LanguageIndex, Reads};
use crate::picture::Version;
use crate::site::{CardImage, Filters, Linker, Page, Picture, Route, Site, TimelineIndex};
use crate::time::Words;
use crate::{Diagnostic, Error};
use alike::Alike;
pub(crate) use formats::begins_formula;
pub use formats::{Enclosed, Place as PictureInPage};
use frame::{Frame, site_title};
use templates::Templates;

/// Renders the pages of one site.
#[derive(Debug)]
pub struct Renderer {
    site: Arc<Site>,
    templates: Arc<Templates>,
    words: Arc<BTreeMap<String, Value>>,
    wanted: Wanted,
    entries: formats::Entries,
    alike: Alike,
}

/// What stands at an address.
#[derive(Debug)]
pub enum Content<'a> {
    /// A rendered page.
    Page(Vec<u8>),
    /// What grows with a timeline: it is made while it is written.
    Pieces(Pieces<'a>),
    /// A rendered page, and where in it which pictures take the place of their addresses.
    Enclosing(Vec<u8>, Vec<PictureInPage<'a>>),
    /// The bytes of a file of the theme.
    Bytes(&'a [u8]),
    /// A file of the site, as it is; relative to the root.
    File(&'a Path),
    /// A card image, with what is written on it.
    Card(&'a CardImage, Box<Card>),
    /// A version of a picture. Who has its pixels makes it: all versions of one are made together.
    Picture(&'a Picture, Version),
}

/// Bytes that are never all in memory: each part is made when those before it have been written. No body of an article is
/// among them.
#[derive(Debug)]
pub struct Pieces<'a> {
    renderer: &'a Renderer,
    route: &'a Route,
    timeline: TimelineIndex,
    format: fn(&mut dyn Write, &Scene<'_>, TimelineIndex) -> io::Result<()>,
}

/// Why a page could not be rendered.
#[derive(Debug)]
pub enum Failure {
    /// An article has changed since it was read: the plan must be made anew.
    Changed,
    /// Mistakes of an author, at least one of them an error.
    Mistakes(Vec<Diagnostic>),
    /// The machine failed.
    Machine(Error),
}

/// A page and the warnings about its text.
#[derive(Debug)]
pub struct Rendered<'a> {
    /// What stands at the address.
    pub content: Content<'a>,
    /// Warnings.
    pub warnings: Vec<Diagnostic>,
    /// The articles whose bodies went into it, by their indices among the input's. Whatever else a page is made of is planned
    /// with.
    pub reads: Vec<usize>,
}

impl Pieces<'_> {
    /// Writes all of it.
    ///
    /// # Errors
    /// What the writer says.
    pub fn write(&self, to: &mut dyn Write) -> io::Result<()> {
        let reads = Reads::default();
        let written = (self.format)(to, &self.renderer.scene(self.route, &reads), self.timeline);
        assert!(
            reads.list().is_empty(),
            "nobody would know whose bodies went into what is written in pieces"
        );
        written
    }

    /// All of it at once.
    #[must_use]
    pub fn whole(&self) -> Vec<u8> {
        let mut bytes = Vec::new();
        self.write(&mut bytes).expect("a vector takes everything");
        bytes
    }
}

impl Renderer {
    /// Compiles the templates of a site.
    #[must_use]
    pub fn new(site: &Arc<Site>) -> (Self, Vec<Diagnostic>) {
        let templates = Templates::new(&site.input.theme);
        Self::of(site, templates, values_of_words(site))
    }

    /// The same after another site's: templates that are as they were are not compiled again.
    #[must_use]
    pub fn after(before: &Self, site: &Arc<Site>) -> (Self, Vec<Diagnostic>) {
        let theme = &site.input.theme;
        let has_same_templates = before.site.input.theme.templates == theme.templates;
        let templates = match has_same_templates && before.templates.are_right() {
            true => (Arc::clone(&before.templates), Vec::new()),
            false => Templates::new(theme),
        };
        let words = match site.has_model_of(&before.site) {
            true => Arc::clone(&before.words),
            false => values_of_words(site),
        };
        Self::of(site, templates, words)
    }

    fn of(
        site: &Arc<Site>,
        (templates, mut diagnostics): (Arc<Templates>, Vec<Diagnostic>),
        words: Arc<BTreeMap<String, Value>>,
    ) -> (Self, Vec<Diagnostic>) {
        diagnostics.extend(frame::check_menu(site));
        let (entries, alike) = (formats::Entries::default(), Alike::of(site));
        let wanted = Wanted {
            shared: templates.mention("shared"),
            structured: templates.mention("structured"),
            contents: templates.mention("contents"),
            strip: templates.mention("strip"),
        };
        (Self { site: Arc::clone(site), templates, words, wanted, entries, alike }, diagnostics)
    }

    /// What stands at an address.
    ///
    /// # Errors
    /// An author's mistakes, a machine's failure, or a text that has changed meanwhile.
    pub fn render<'a>(&'a self, route: &'a Route) -> Result<Rendered<'a>, Failure> {
        let (mut warnings, reads) = (Vec::new(), Reads::default());
        let scene = || self.scene(route, &reads);
        let content = match route.page {
            Page::Asset(at) => Content::Bytes(&self.site.assets[at].bytes),
            Page::File(at) => match self.site.picture(at) {
                Some(picture) => Content::Picture(picture, Version::Whole),
                None => Content::File(&self.site.input.files[at]),
            },
            Page::Version(at, version) => {
                let picture = &self.site.pictures[at];
                Content::Picture(picture, picture.versions[version].0)
            }
            Page::Card(at) => {
                let image = &self.site.cards[at];
                Content::Card(image, Box::new(card_image::of(&scene(), image.subject)))
            }
            Page::Static(at) => self.static_file(at),
            Page::Filters(at, part) => {
                let filters = self.site.parts(at).list[part].filters.as_deref();
                Content::Page(filters.map(Filters::css).unwrap_or_default().into_bytes())
            }
            Page::SearchIndex(language, file) => Content::Page(search::index(&scene(), language, file)),
            Page::Format(scope, format) => formats::content(self, route, &scene(), scope, format)?,
            _ => Content::Page(self.html(route, &scene(), &mut warnings)?),
        };
        Ok(Rendered { content, warnings, reads: reads.list() })
    }

    fn html(
        &self,
        route: &Route,
        scene: &Scene<'_>,
        warnings: &mut Vec<Diagnostic>,
    ) -> Result<Vec<u8>, Failure> {
        match route.page {
            Page::Front(_) => self.fill("front.html", scene, front::view(scene, warnings)?),
            Page::Timeline(at) => {
                self.fill("timeline.html", scene, timeline::view(scene, at, None, warnings)?)
            }
            Page::Part(at, part) => {
                self.fill("timeline.html", scene, timeline::view(scene, at, Some(part), warnings)?)
            }
            Page::Track(at, track, page) => {
                self.fill("track.html", scene, timeline::track(scene, at, track, page))
            }
            Page::Reported(at, page) => self.fill("reported.html", scene, reported::view(scene, at, page)),
            Page::Event(at) => self.fill("event.html", scene, event::view(scene, at, warnings)?),
            Page::EntityList(_, kind) => self.fill("entities.html", scene, entities::list(scene, kind)),
            Page::Entity(at) => self.fill("entity.html", scene, entities::view(scene, at, warnings)?),
            Page::EntityPart(at, page) => self.fill("entity.html", scene, entities::part(scene, at, page)),
            Page::Corrections(_) => self.fill("corrections.html", scene, corrections::view(scene)),
            Page::Plain(at) => self.fill("page.html", scene, plain::view(scene, at, warnings)?),
            Page::Redirect(at) => self.fill("redirect.html", scene, plain::redirect(scene, at)),
            Page::Embed(embed) => self.fill("embed.html", scene, embed::view(scene, embed)),
            Page::Search(_) => self.fill("search.html", scene, search::view(scene)),
            Page::NotFound => self.fill("404.html", scene, plain::not_found(scene)),
            Page::Filters(..)
            | Page::Format(..)
            | Page::SearchIndex(..)
            | Page::Card(_)
            | Page::Asset(_)
            | Page::File(_)
            | Page::Version(..)
            | Page::Static(_) => {
                unreachable!("files are no HTML")
            }
        }
    }

    /// What the view of a page is made with.
    fn scene<'a>(&'a self, route: &'a Route, reads: &'a Reads) -> Scene<'a> {
        let site = &*self.site;
        Scene {
            site,
            page: route.page,
            words: site.words_of(route.page),
            alike: &self.alike,
            wanted: self.wanted,
            language: site.language_of(route.page),
            linker: Linker::new(site, &route.address, reads),
        }
    }

    /// Renders a template with a view: `page` is the frame, `words` the words, and the view goes by its own name.
    fn fill<V: Serialize>(
        &self,
        template: &str,
        scene: &Scene<'_>,
        view: View<V>,
    ) -> Result<Vec<u8>, Failure> {
        let mut context = Context::new();
        context.insert_value("words", self.words[scene.words.language()].clone());
        context.insert("page", &view.frame.described(scene));
        context.insert(view.name, &view.view);
        // A long list is in memory once from here on.
        drop(view.view);
        self.templates.render(template, &context).map_err(|mistake| Failure::Mistakes(vec![mistake]))
    }

    /// Renders a template that is no page, with a view under a name.
    fn fragment<V: Serialize>(
        &self,
        template: &str,
        scene: &Scene<'_>,
        name: &'static str,
        view: &V,
    ) -> Result<Box<str>, Failure> {
        let mut context = Context::new();
        context.insert_value("words", self.words[scene.words.language()].clone());
        context.insert(name, view);
        let bytes = self.templates.render(template, &context);
        let bytes = bytes.map_err(|mistake| Failure::Mistakes(vec![mistake]))?;
        let text = simdutf8::basic::from_utf8(&bytes);
        // Without the room that a text takes to grow in, for it may be kept.
        Ok(text.expect("templates are UTF-8, and so is what they are given").into())
    }

    fn static_file(&self, at: usize) -> Content<'_> {
        match self.site.input.theme.files.values().nth(at) {
            Some(StaticFile::Own(path, _)) => Content::File(path),
            Some(StaticFile::BuiltIn(bytes)) => Content::Bytes(bytes),
            None => Content::Bytes(&[]),
        }
    }
}

/// The words of every language of a site, and of its timelines, as templates see them.
fn values_of_words(site: &Site) -> Arc<BTreeMap<String, Value>> {
    let languages = site.input.languages.all().map(|language| site.words(language));
    let all = site.timelines.iter().map(|timeline| &timeline.words).chain(languages);
    Arc::new(
        all.map(|words| (words.language().to_string(), Value::from_serializable(words.values()))).collect(),
    )
}

/// What the templates of a site show that takes long to make: what none of them names is not made.
#[derive(Debug, Clone, Copy)]
struct Wanted {
    /// What is said of pages where they are shared, and to search engines.
    shared: bool,
    structured: bool,
    /// The index of a timeline, and its strip.
    contents: bool,
    strip: bool,
}

/// What every view is made with: the site, the words of the page's language, and the page's links.
#[derive(Clone, Copy)]
struct Scene<'a> {
    site: &'a Site,
    /// What is rendered.
    page: Page,
    words: &'a Words,
    /// What has been made already.
    alike: &'a Alike,
    wanted: Wanted,
    /// The page's language among the site's.
    language: LanguageIndex,
    linker: Linker<'a>,
}

/// A template's whole contract: the frame, and one value under a name.
struct View<V> {
    frame: Frame,
    name: &'static str,
    view: V,
}
