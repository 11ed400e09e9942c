//! The model: articles, timelines, entities, addresses, and who links to whom. Whole and immutable.
//!
//! [`Site::new`] is a function of what was read and of the options, the clock among them. It renders nothing.

mod entities;
mod links;
mod pictures;
mod routes;
mod standing;
mod timelines;
mod versions;

use std::collections::{BTreeMap, HashMap};
use std::ops::Range;
use std::sync::Arc;

pub use entities::{Entity, EntityIndex, folded};
pub use links::{Linker, Resolved};
pub use pictures::Picture;
pub use routes::{Asset, Page, Redirect, Route, list_address};
pub use standing::{LeftOut, Reason};
pub use timelines::{Era, Event, EventIndex, Timeline, TimelineIndex};
pub use versions::Versions;

use crate::address::Address;
use crate::input::article::Kind;
use crate::input::keys::Moment;
use crate::input::settings::BaseUrl;
use crate::input::{Article, EntityKind, Input};
use crate::time::{EventDate, Instant, Words, WrittenDate, Zone};
use crate::{Diagnostic, Place};

/// What a command says of a build, beside what is on the disk.
#[derive(Debug, Clone)]
pub struct Options {
    /// The clock: what is published and expired by then.
    pub now: Instant,
    /// Whether drafts and embargoed articles are shown, each with a mark.
    pub drafts: bool,
    /// Whether links name `index.html`, for a folder that is opened from disk.
    pub file_links: bool,
    /// Takes the place of the setting.
    pub base_url: Option<BaseUrl>,
}

/// A site: everything that its pages are made from.
#[derive(Debug)]
pub struct Site {
    /// What was read.
    pub input: Arc<Input>,
    /// What the command said.
    pub options: Options,
    /// The words of the site's language.
    pub words: Arc<Words>,
    /// The timelines, by address.
    pub timelines: Vec<Timeline>,
    /// The events: by timeline, and in order of time within each.
    pub events: Vec<Event>,
    /// The entities: by kind, and by name within each.
    pub entities: Vec<Entity>,
    /// What will exist, by address.
    pub routes: Vec<Route>,
    /// Stylesheets and scripts, under fingerprinted names.
    pub assets: Vec<Asset>,
    /// The pictures of `content/`, by file, with their versions.
    pub pictures: Vec<Picture>,
    /// Old addresses.
    pub redirects: Vec<Redirect>,
    /// Articles that are not built, and why.
    pub left_out: Vec<LeftOut>,
    /// The index of `content/_index.md` among the articles.
    pub front: Option<usize>,
    /// The address of each article; `None` for those that are left out.
    addresses: Vec<Option<Address>>,
    /// The address of each file of `content/` that is no article.
    file_addresses: Vec<Option<Address>>,
    /// The entities by kind and folded name: ids, titles, other names, and names as events write them.
    by_name: HashMap<(EntityKind, String), EntityIndex>,
}

impl Site {
    /// Makes the model. What is wrong with the input as a whole is in the diagnostics.
    #[must_use]
    pub fn new(input: &Arc<Input>, options: &Options) -> (Self, Vec<Diagnostic>) {
        let mut diagnostics = Vec::new();
        let vocabulary = Vocabulary::new(input, &mut diagnostics);
        let left_out = standing::left_out(input, options);
        let addresses = routes::article_addresses(input, &left_out, &mut diagnostics);
        let file_addresses = routes::file_addresses(input, &mut diagnostics);
        let pictures = pictures::pictures(input, &file_addresses);
        let mut directory = entities::Directory::new(input, &mut diagnostics);
        let (timelines, events) =
            timelines::arrange(input, &addresses, &vocabulary, &mut directory, &mut diagnostics);
        let assets = routes::assets(input);
        let redirects = routes::redirects(input, &addresses);
        let mut site = Self {
            input: Arc::clone(input),
            options: options.clone(),
            words: Arc::clone(&vocabulary.site),
            timelines,
            events,
            entities: Vec::new(),
            routes: Vec::new(),
            assets,
            pictures,
            redirects,
            left_out,
            front: input.articles.iter().position(|article| matches!(article.kind, Kind::Front(_))),
            addresses,
            file_addresses,
            by_name: HashMap::new(),
        };
        directory.settle(&mut site);
        site.routes = routes::routes(&site, &mut diagnostics);
        standing::check(&site, &mut diagnostics);
        pictures::check(&site, &mut diagnostics);
        (site, diagnostics)
    }

    /// The absolute address of the front page, if there is one.
    #[must_use]
    pub fn base_url(&self) -> Option<&BaseUrl> {
        self.options.base_url.as_ref().or(self.input.settings.base_url.as_ref())
    }

    /// The newsroom's clock.
    #[must_use]
    pub fn zone(&self) -> Zone {
        self.input.settings.timezone.unwrap_or(Zone::UTC)
    }

    /// The instant of a moment, by the newsroom's clock where it has no offset.
    #[must_use]
    pub fn instant(&self, moment: Moment) -> Instant {
        instant(moment, self.zone())
    }

    /// An event.
    #[must_use]
    pub fn event(&self, index: EventIndex) -> &Event {
        &self.events[index.0]
    }

    /// An entity.
    #[must_use]
    pub fn entity(&self, index: EntityIndex) -> &Entity {
        &self.entities[index.0]
    }

    /// A timeline.
    #[must_use]
    pub fn timeline(&self, index: TimelineIndex) -> &Timeline {
        &self.timelines[index.0]
    }

    /// An article.
    #[must_use]
    pub fn article(&self, index: usize) -> &Article {
        &self.input.articles[index]
    }

    /// The address of an article that is built.
    #[must_use]
    pub fn address_of(&self, article: usize) -> Option<&Address> {
        self.addresses[article].as_ref()
    }

    /// The page at an address, whatever the case of its letters.
    #[must_use]
    pub fn route(&self, address: &Address) -> Option<&Route> {
        let folded = address.folded();
        let at = self.routes.binary_search_by(|route| route.folded.as_ref().cmp(folded.as_str())).ok()?;
        Some(&self.routes[at])
    }

    /// Why an article is shown in a preview alone: `draft` or `embargoed`.
    #[must_use]
    pub fn unpublished(&self, article: usize) -> Option<&'static str> {
        match standing::reason(self.article(article), self.options.now, self.zone())? {
            Reason::Draft => Some("draft"),
            Reason::Embargoed(_) => Some("embargoed"),
            Reason::Expired(_) => None,
        }
    }

    /// The entity that goes by a name.
    #[must_use]
    pub fn entity_named(&self, kind: EntityKind, name: &str) -> Option<&Entity> {
        self.by_name.get(&(kind, folded(name.trim()))).map(|index| self.entity(*index))
    }

    /// The events that were published last of all, newest first.
    #[must_use]
    pub fn published_last(&self, count: usize) -> Vec<EventIndex> {
        let published = self.published_within(0..self.events.len());
        published.into_iter().take(count).map(|(_, index)| index).collect()
    }

    /// Those of a range of events that were published, newest first, with when.
    #[must_use]
    pub fn published_within(&self, range: Range<usize>) -> Vec<(Instant, EventIndex)> {
        let published = range.filter_map(|index| Some((self.events[index].published?, EventIndex(index))));
        let mut published: Vec<(Instant, EventIndex)> = published.collect();
        published.sort_by(|(a, one), (b, other)| {
            b.cmp(a).then_with(|| self.event(*one).address.cmp(&self.event(*other).address))
        });
        published
    }
}

/// The instant of a moment, by a clock where it has no offset of its own.
fn instant(moment: Moment, clock: Zone) -> Instant {
    match moment {
        Moment::Exact(instant) => instant,
        Moment::Local(local) => {
            let written = WrittenDate::parse(&local.format("%Y-%m-%dT%H:%M:%S").to_string());
            let placed = written.map(|written| EventDate::place(&written, clock, clock).0);
            let instant = placed.ok().and_then(|date| date.earliest().instant());
            instant.unwrap_or_else(|| Instant::from_chrono(local.and_utc()))
        }
    }
}

/// The words of every language that the site uses.
struct Vocabulary {
    site: Arc<Words>,
    by_language: BTreeMap<String, Arc<Words>>,
}

impl Vocabulary {
    fn new(input: &Input, diagnostics: &mut Vec<Diagnostic>) -> Self {
        let setting = input.settings.language.as_ref();
        let language = setting.map_or("en", |language| language.value.0.as_str());
        let place =
            || setting.map(|setting| input.place(crate::input::settings::FILE.as_ref(), setting.range()));
        let site = Self::read(input, language, place, diagnostics);
        let mut by_language = BTreeMap::from([(language.to_string(), Arc::clone(&site))]);
        for article in &input.articles {
            let Kind::Timeline(keys) = &article.kind else { continue };
            let Some(language) = &keys.language else { continue };
            if by_language.contains_key(&language.value.0) {
                continue;
            }
            let place = || Some(input.place(&article.path, language.range()));
            let words = Self::read(input, &language.value.0, place, diagnostics);
            by_language.insert(language.value.0.clone(), words);
        }
        Self { site, by_language }
    }

    fn of(&self, language: Option<&str>) -> Arc<Words> {
        let words = language.and_then(|language| self.by_language.get(language)).unwrap_or(&self.site);
        Arc::clone(words)
    }

    /// The word file of a language: its own, that of the language without a region, or English with a warning.
    fn read(
        input: &Input,
        language: &str,
        place: impl Fn() -> Option<Place>,
        diagnostics: &mut Vec<Diagnostic>,
    ) -> Arc<Words> {
        let files = &input.theme.words;
        let primary = language.split('-').next().unwrap_or(language);
        let same_language =
            || files.iter().find(|(name, _)| name.split('-').next() == Some(primary)).map(|(_, file)| file);
        let own = files.get(language).or_else(|| files.get(primary)).or_else(same_language);
        let file = own.unwrap_or(&files["en"]);
        let words = Words::read(language, &file.text, &file.path).unwrap_or_else(|diagnostic| {
            diagnostics.push(diagnostic);
            built_in_english()
        });
        if !words.is_native() {
            diagnostics.push(fallback(language, place()));
        }
        Arc::new(words)
    }
}

/// What a site goes on with, to find its other mistakes, when its own word file is wrong.
fn built_in_english() -> Words {
    let path = "templates/words/en.toml".as_ref();
    Words::read("en", Words::ENGLISH, path).expect("the built-in words are whole; a test reads them")
}

fn fallback(language: &str, place: Option<Place>) -> Diagnostic {
    let diagnostic = Diagnostic::warning(
        "language-fallback",
        format!("there are no words for the language `{language}`: its dates are right, the rest is English"),
    )
    .help(format!("copy the theme's words/en.toml to templates/words/{language}.toml and translate it"));
    match place {
        Some(place) => diagnostic.at(place),
        None => diagnostic,
    }
}
