//! The model: articles, timelines, entities, addresses, and who links to whom. Whole and immutable.
//!
//! [`Site::new`] is a function of what was read and of the options, the clock among them. It renders nothing.

mod before;
mod card_images;
mod corrections;
pub mod editorial;
mod embeds;
mod entities;
mod filters;
mod formats;
mod links;
mod next_change;
mod parts;
mod pictures;
mod routes;
mod search;
mod sitemaps;
mod snapshot;
mod standing;
mod timelines;
mod translations;
mod versions;

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::ops::{Deref, Range};
use std::path::Path;
use std::sync::Arc;

pub use card_images::{CardImage, Shareable};
pub use corrections::Correction;
pub use embeds::{Embed, LOADER};
pub use entities::{Entity, EntityIndex, folded};
pub use filters::{Choice, Filters, Group, GroupKind, Subject};
pub use formats::{Format, Scope};
pub use links::{Linker, Resolved, Way};
pub use next_change::{NextChange, Turn};
pub use parts::{Part, Parts};
pub use pictures::Picture;
pub(crate) use routes::article_address;
pub use routes::{Asset, Page, Redirect, Route};
pub use search::{SearchFile, SearchPart, Searched, Years};
pub use sitemaps::{ADDRESSES, ARTICLES};
pub use snapshot::{Snapshot, Then};
pub use standing::{LeftOut, Reason};
pub use timelines::{Among, Era, Event, EventIndex, Placed, Timeline, TimelineIndex};
pub use versions::Versions;

use before::Before;

use crate::address::Address;
use crate::input::article::Kind;
use crate::input::keys::Moment;
use crate::input::languages::in_language;
use crate::input::settings::BaseUrl;
use crate::input::{Article, EntityKind, Input, LanguageIndex};
use crate::time::{EventDate, Instant, Words, WrittenDate, Zone};
use crate::{Diagnostic, Place};

/// What a command says of a build, beside what is on the disk.
#[derive(Debug, Clone)]
pub struct Options {
    /// The clock: what is published and expired by then.
    pub now: Instant,
    /// The instant of a snapshot: the site is made as it was known then.
    pub as_of: Option<Instant>,
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
    titled: Arc<Titled>,
}

/// What the titles of events matter to: the images that cards are drawn to, and so the addresses that there are. A site has all of
/// it: `site.routes`.
#[derive(Debug)]
pub struct Titled {
    model: Arc<Model>,
    /// What will exist, by address.
    pub routes: Vec<Route>,
    /// The card images that are drawn, by timeline and event.
    pub cards: Vec<CardImage>,
}

/// What is made of all that was read but the texts of the articles, and the titles and summaries of events. A site has all of it:
/// `site.events`.
#[derive(Debug)]
pub struct Model {
    /// What the command said.
    pub options: Options,
    /// The words of the site's languages, the main one first.
    words: Vec<Arc<Words>>,
    /// The words of all languages whose file has no mistake, by tag.
    vocabulary: BTreeMap<String, Arc<Words>>,
    /// The timelines, by language and address.
    pub timelines: Vec<Timeline>,
    /// What can be searched in each language, in the order of the languages.
    searched: Vec<Searched>,
    /// The pages that each timeline's events stand on.
    pub parts: Vec<Parts>,
    /// The events: by timeline, and in order of time within each.
    pub events: Vec<Event>,
    /// The entities: by language, by kind, and by name within each.
    pub entities: Vec<Entity>,
    /// Stylesheets and scripts, under fingerprinted names.
    pub assets: Vec<Asset>,
    /// The pictures of `content/`, by file, with their versions.
    pub pictures: Vec<Picture>,
    /// For each timeline, the digest of what all its cards have in common.
    card_bases: Vec<blake3::Hash>,
    /// Old addresses.
    pub redirects: Vec<Redirect>,
    /// Articles that are not built, and why.
    pub left_out: Vec<LeftOut>,
    /// In a snapshot, what is not as it is today.
    pub snapshot: Snapshot,
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
        Self::made(None, input, options)
    }

    /// The same after another site: what is known of articles that are the same still is not found again.
    #[must_use]
    pub fn after(before: &Self, input: &Arc<Input>, options: &Options) -> (Self, Vec<Diagnostic>) {
        Self::made(Some(before), input, options)
    }

    fn made(before: Option<&Self>, input: &Arc<Input>, options: &Options) -> (Self, Vec<Diagnostic>) {
        let mut diagnostics = Vec::new();
        let (input, snapshot) = match options.as_of {
            Some(then) => snapshot::known_then(input, then),
            None => (Arc::clone(input), Snapshot::default()),
        };
        let input = &input;
        let before = before.map(|before| Before::of(before, input));
        let before = before.as_ref();
        let vocabulary = Vocabulary::new(input, before, &mut diagnostics);
        let left_out = standing::left_out(input, options);
        let addresses = routes::article_addresses(input, &left_out, before, &mut diagnostics);
        let file_addresses = routes::file_addresses(input, &addresses, &mut diagnostics);
        diagnostics.extend(routes::reserved_names(input));
        let pictures = pictures::pictures(input, &file_addresses);
        let mut directory = entities::Directory::new(input, before, &mut diagnostics);
        let (timelines, events) =
            timelines::arrange(input, &addresses, &vocabulary, &mut directory, before, &mut diagnostics);
        let assets = routes::assets(input);
        let mut model = Model {
            options: options.clone(),
            words: vocabulary.site,
            vocabulary: vocabulary.without_mistakes,
            timelines,
            searched: Vec::new(),
            parts: Vec::new(),
            events,
            entities: Vec::new(),
            assets,
            redirects: Vec::new(),
            card_bases: Vec::new(),
            pictures,
            left_out,
            snapshot,
            addresses,
            file_addresses,
            by_name: HashMap::new(),
        };
        directory.settle(&mut model);
        let titled = Titled { model: Arc::new(model), routes: Vec::new(), cards: Vec::new() };
        let mut site = Self { input: Arc::clone(input), titled: Arc::new(titled) };
        let parts_and_searched = || (parts::of(&site, before), search::searched(&site));
        let ((parts, searched), cards) = rayon::join(parts_and_searched, || card_images::all(&site, before));
        (site.model().parts, site.model().searched) = (parts, searched);
        let redirects = routes::redirects(&site);
        site.model().redirects = redirects;
        diagnostics.extend(cards.missing_letters(&site));
        site.model().card_bases = cards.bases;
        site.titled().cards = cards.drawn;
        let routes = routes::routes(&site, &mut diagnostics);
        site.titled().routes = routes;
        standing::check(&site, &mut diagnostics);
        pictures::check(&site, &mut diagnostics);
        (site, diagnostics)
    }

    /// What is made last, while it is made.
    fn titled(&mut self) -> &mut Titled {
        Arc::get_mut(&mut self.titled).expect("a site that is being made is nobody else's yet")
    }

    /// The model while it is made.
    fn model(&mut self) -> &mut Model {
        Arc::get_mut(&mut self.titled().model).expect("a site that is being made is nobody else's yet")
    }

    /// The same model for what was read later, where nothing but templates and the texts of articles is other than it was.
    #[must_use]
    pub fn with_input(&self, input: Arc<Input>) -> Self {
        Self { input, titled: Arc::clone(&self.titled) }
    }

    /// The articles that are others in what was read later, where those are the same files.
    #[must_use]
    pub fn changed_articles(&self, input: &Input) -> BTreeSet<usize> {
        let articles = self.input.articles.iter().zip(&input.articles).enumerate();
        articles.filter(|(_, (then, now))| !Arc::ptr_eq(then, now)).map(|(at, _)| at).collect()
    }

    /// The same model for what was read later, where beside that no more has changed than titles and summaries of the events of
    /// some articles. `None` where one of them then has a card and had none, or the other way round, and where they are many.
    #[must_use]
    pub fn retitled(&self, input: &Arc<Input>, changed: &BTreeSet<usize>) -> Option<Self> {
        let site = self.with_input(Arc::clone(input));
        let cards = card_images::retitled(&site, changed)?;
        if cards.is_empty() {
            return Some(site);
        }
        let mut titled = Titled {
            model: Arc::clone(&self.titled.model),
            routes: self.routes.clone(),
            cards: self.cards.clone(),
        };
        for (at, card) in cards {
            routes::replace(&mut titled.routes, &titled.cards[at].address, &card.address)?;
            titled.cards[at] = card;
        }
        Some(Self { titled: Arc::new(titled), ..site })
    }

    /// Whether it has the very model of another site.
    #[must_use]
    pub fn has_model_of(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.titled.model, &other.titled.model)
    }

    /// The absolute address of the front page, if there is one.
    #[must_use]
    pub fn base_url(&self) -> Option<&BaseUrl> {
        self.options.base_url.as_ref().or(self.input.settings.base_url.as_ref())
    }

    /// The words of a language of the site.
    #[must_use]
    pub fn words(&self, language: LanguageIndex) -> &Arc<Words> {
        let at = self.input.languages.all().position(|other| other == language);
        &self.words[at.unwrap_or_default()]
    }

    /// The index of the front page's file among the articles: `content/_index.md`, or its translation.
    #[must_use]
    pub fn front(&self, language: LanguageIndex) -> Option<usize> {
        let is_front =
            |article: &Arc<Article>| matches!(article.kind, Kind::Front(_)) && article.language == language;
        self.input.articles.iter().position(is_front)
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

    /// The pages of a timeline's events.
    #[must_use]
    pub fn parts(&self, timeline: TimelineIndex) -> &Parts {
        &self.parts[timeline.0]
    }

    /// The page of a timeline on which an event stands.
    #[must_use]
    pub fn part_with(&self, event: EventIndex) -> &Part {
        let parts = self.parts(self.event(event).timeline);
        &parts.list[parts.at(event.0)]
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

    /// A stylesheet or script of the theme, by its name in `static/`.
    #[must_use]
    pub fn asset(&self, name: &str) -> Option<&Asset> {
        self.assets.iter().find(|asset| asset.name == name)
    }

    /// The page at an address, whatever the case of its letters.
    #[must_use]
    pub fn route(&self, address: &Address) -> Option<&Route> {
        let folded = address.folded();
        let at = self.routes.binary_search_by(|route| route.folded.cmp(&folded)).ok()?;
        Some(&self.routes[at])
    }

    /// The page that a file of the output is.
    #[must_use]
    pub fn route_of_file(&self, file: &str) -> Option<&Route> {
        let is_folder = |folder: &&str| folder.is_empty() || folder.ends_with('/');
        let folder = file.strip_suffix("index.html").filter(is_folder).map(Address::of_file);
        let addresses = folder.into_iter().chain([Address::of_file(file)]);
        let mut routes = addresses.filter_map(|address| self.route(&address));
        routes.find(|route| route.address.route() == file)
    }

    /// Why an article is shown in a preview alone: `draft` or `embargoed`. In a snapshot, what its text is: `changed_later` or
    /// `wording_of_then`.
    #[must_use]
    pub fn unpublished(&self, article: usize) -> Option<&'static str> {
        if self.options.as_of.is_some() {
            return self.snapshot.label(article);
        }
        match standing::reason(self.article(article), self.options.now, self.zone())? {
            Reason::Draft => Some("draft"),
            Reason::Embargoed(_) => Some("embargoed"),
            Reason::Expired(_) | Reason::Later(_) | Reason::Undated => None,
        }
    }

    /// The entity that goes by a name, as it stands in a language.
    #[must_use]
    pub fn entity_named(&self, language: LanguageIndex, kind: EntityKind, name: &str) -> Option<&Entity> {
        let entity = self.entity_anywhere(kind, name)?;
        match entity.language == language {
            true => Some(entity),
            false => entity.versions.iter().map(|at| self.entity(*at)).find(|one| one.language == language),
        }
    }

    /// The entity that goes by a name, in any language.
    #[must_use]
    pub fn entity_anywhere(&self, kind: EntityKind, name: &str) -> Option<&Entity> {
        self.by_name.get(&(kind, folded(name.trim()))).map(|index| self.entity(*index))
    }

    /// Whether there is an entity of a kind in a language.
    #[must_use]
    pub fn has_entities(&self, language: LanguageIndex, kind: EntityKind) -> bool {
        self.entities.iter().any(|entity| (entity.language, entity.kind) == (language, kind))
    }

    /// The timelines of a language.
    pub fn timelines_in(&self, language: LanguageIndex) -> impl Iterator<Item = &Timeline> {
        self.timelines.iter().filter(move |timeline| timeline.language == language)
    }

    /// The events of a language that were published last of all, newest first.
    #[must_use]
    pub fn published_last(&self, language: LanguageIndex, count: usize) -> Vec<EventIndex> {
        // The timelines of a language stand together, and so do their events.
        let mut own = self.timelines_in(language).map(|timeline| timeline.events.clone());
        let Some(first) = own.next() else { return Vec::new() };
        let end = own.last().map_or(first.end, |last| last.end);
        let published = self.published_within(first.start..end);
        published.into_iter().take(count).map(|(_, index)| index).collect()
    }

    /// Those of some events that were published last of all, newest first.
    #[must_use]
    pub fn published_last_of(&self, events: &[EventIndex], count: usize) -> Vec<EventIndex> {
        let published = self.published_among(events.iter().copied());
        published.into_iter().take(count).map(|(_, index)| index).collect()
    }

    /// The events by the paths of their files, which is nearly the order of their addresses.
    pub(crate) fn events_by_path(&self) -> impl Iterator<Item = EventIndex> + use<> {
        let events = self.events.iter().enumerate();
        let mut events: Vec<(usize, usize)> = events.map(|(at, event)| (event.article, at)).collect();
        events.sort_unstable();
        events.into_iter().map(|(_, at)| EventIndex(at))
    }

    /// Those of a range of events that were published, newest first, with when.
    #[must_use]
    pub fn published_within(&self, range: Range<usize>) -> Vec<(Instant, EventIndex)> {
        self.published_among(range.map(EventIndex))
    }

    /// Those of some events that were published, newest first, with when.
    #[must_use]
    pub fn published_among(
        &self,
        events: impl IntoIterator<Item = EventIndex>,
    ) -> Vec<(Instant, EventIndex)> {
        let published = events.into_iter().filter_map(|index| Some((self.event(index).published?, index)));
        let mut published: Vec<(Instant, EventIndex)> = published.collect();
        published.sort_by(|(a, one), (b, other)| {
            b.cmp(a).then_with(|| self.event(*one).address.cmp(&self.event(*other).address))
        });
        published
    }
}

impl Deref for Site {
    type Target = Titled;

    fn deref(&self) -> &Titled {
        &self.titled
    }
}

impl Deref for Titled {
    type Target = Model;

    fn deref(&self) -> &Model {
        &self.model
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
#[derive(Default)]
struct Vocabulary {
    /// Those of the site's languages, the main one first.
    site: Vec<Arc<Words>>,
    by_language: BTreeMap<String, Arc<Words>>,
    without_mistakes: BTreeMap<String, Arc<Words>>,
}

impl Vocabulary {
    fn new(input: &Input, before: Option<&Before<'_>>, diagnostics: &mut Vec<Diagnostic>) -> Self {
        let mut vocabulary = Self::default();
        let before = |language: &str| before.and_then(|before| before.words(language));
        let settings = &input.settings;
        for language in input.languages.all() {
            let tag = input.languages.tag(language);
            let mut written = settings.language.iter().chain(&settings.languages);
            let place = written.find(|written| written.value.0 == tag);
            let place = place.map(|written| (crate::input::settings::FILE.as_ref(), written.range()));
            let words = vocabulary.add(input, (tag, place), before, diagnostics);
            vocabulary.site.push(words);
        }
        for article in &input.articles {
            let Kind::Timeline(keys) = &article.kind else { continue };
            let Some(language) = &keys.language else { continue };
            let place = Some((&*article.path, language.range()));
            vocabulary.add(input, (&language.value.0, place), before, diagnostics);
        }
        vocabulary
    }

    /// The words of a language that is written at a place, read when it is met for the first time.
    fn add(
        &mut self,
        input: &Input,
        (language, place): (&str, Option<(&Path, Range<usize>)>),
        before: impl Fn(&str) -> Option<Arc<Words>>,
        diagnostics: &mut Vec<Diagnostic>,
    ) -> Arc<Words> {
        if let Some(words) = self.by_language.get(language) {
            return Arc::clone(words);
        }
        let read = || Self::read(input, language).map(Arc::new);
        let words = match before(language).map_or_else(read, Ok) {
            Ok(words) => {
                self.without_mistakes.insert(language.to_string(), Arc::clone(&words));
                words
            }
            Err(mistake) => {
                diagnostics.push(mistake);
                Arc::new(built_in_english())
            }
        };
        if !words.is_native() {
            diagnostics.push(fallback(language, place.map(|(path, range)| input.place(path, range))));
        }
        self.by_language.insert(language.to_string(), Arc::clone(&words));
        words
    }

    /// The words of a timeline: of its own language, else of the site's.
    fn of(&self, input: &Input, article: &Article, own: Option<&str>) -> Arc<Words> {
        let tag = own.unwrap_or_else(|| input.languages.tag(article.language));
        Arc::clone(self.by_language.get(tag).unwrap_or(&self.site[0]))
    }

    /// The word file of a language: its own, that of the language without a region, or English.
    fn read(input: &Input, language: &str) -> Result<Words, Diagnostic> {
        let files = &input.theme.words;
        let tags: Vec<&str> = files.keys().map(String::as_str).collect();
        let file = &files[in_language(&tags, language).unwrap_or("en")];
        Words::read(language, &file.text, &file.path)
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
