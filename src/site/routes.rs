//! What will exist: every address of the site, the kind of its page, and the input that it comes from.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use rayon::prelude::{IndexedParallelIterator, IntoParallelRefIterator, ParallelIterator};

use serde::{Deserialize, Serialize};

use super::before::Before;
use super::translations::in_language;
use super::{
    Embed, EntityIndex, EventIndex, Format, LOADER, LeftOut, Parts, Scope, SearchFile, Site, TimelineIndex,
    embeds, formats, search, sitemaps,
};
use crate::address::Address;
use crate::input::article::Kind;
use crate::input::theme::StaticFile;
use crate::input::{Article, EntityKind, Input, LanguageIndex, Languages};
use crate::{Diagnostic, Place};

/// A page that will exist.
#[derive(Debug, Clone)]
pub struct Route {
    /// The address without case, by which routes are sorted and found.
    pub folded: Arc<str>,
    /// The address.
    pub address: Address,
    /// What stands there.
    pub page: Page,
}

/// The kinds of pages, each with what it is made from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Page {
    /// The front page of a language.
    Front(LanguageIndex),
    /// A timeline.
    Timeline(TimelineIndex),
    /// A further page of a long timeline: which of its parts.
    Part(TimelineIndex, usize),
    /// The stylesheet of the filters of one of a timeline's parts.
    Filters(TimelineIndex, usize),
    /// The events of one of a timeline's tracks: which page of them, counted from 0.
    Track(TimelineIndex, usize, usize),
    /// A timeline's events by publication: which page of them, counted from 0.
    Reported(TimelineIndex, usize),
    /// An event.
    Event(EventIndex),
    /// The index of a kind of entities in a language.
    EntityList(LanguageIndex, EntityKind),
    /// An entity.
    Entity(EntityIndex),
    /// A further page of an entity that many events name: which page, counted from 0.
    EntityPart(EntityIndex, usize),
    /// All corrections in a language.
    Corrections(LanguageIndex),
    /// Something for readers' other tools: what it holds, and how.
    Format(Scope, Format),
    /// What another site may show of a page in a frame.
    Embed(Embed),
    /// The page on which a language's events and entities are searched.
    Search(LanguageIndex),
    /// A file of its index.
    SearchIndex(LanguageIndex, SearchFile),
    /// The card image of a page: the index among the site's.
    Card(usize),
    /// A page outside timelines: the index of its article.
    Plain(usize),
    /// `404.html`.
    NotFound,
    /// An old address: the index among the site's redirects.
    Redirect(usize),
    /// A stylesheet or script: the index among the site's assets.
    Asset(usize),
    /// A file of `content/` as it is: the index among the input's files.
    File(usize),
    /// A smaller version of a picture: the index among the site's pictures, and among its versions.
    Version(usize, usize),
    /// A file of the site's own `static/` as it is: its position there.
    Static(usize),
}

/// An old address that leads to a page.
#[derive(Debug, Clone)]
pub struct Redirect {
    /// The old address.
    pub from: Address,
    /// The article whose page it leads to.
    pub article: usize,
    /// Which of the article's aliases it is; `None` where nobody wrote it.
    alias: Option<usize>,
}

/// A stylesheet or script under a name that changes with its content.
#[derive(Debug, Clone)]
pub struct Asset {
    /// Its path below `static/`: `style.css`.
    pub name: String,
    /// Its address: `/style.4f2a9c01d3.css`.
    pub address: Address,
    /// Its bytes.
    pub bytes: Vec<u8>,
}

/// The address of each article, by the path of its file; `None` for those that are left out.
pub(super) fn article_addresses(
    input: &Input,
    left_out: &[LeftOut],
    before: Option<&Before<'_>>,
    diagnostics: &mut Vec<Diagnostic>,
) -> Vec<Option<Address>> {
    let address = |(at, article): (usize, &Arc<Article>)| {
        let known = before.and_then(|before| before.address(at));
        known.or_else(|| article_address(&article.path, &input.languages))
    };
    let mut addresses: Vec<Option<Address>> = input.articles.par_iter().enumerate().map(address).collect();
    let nameless = input.articles.iter().zip(&addresses).filter(|(_, address)| address.is_none());
    diagnostics.extend(nameless.map(|(article, _)| no_address(&article.path)));
    for left_out in left_out {
        addresses[left_out.article] = None;
    }
    addresses
}

/// The address of each file of `content/` that is no article; `None` for those of an article that is left out.
pub(super) fn file_addresses(
    input: &Input,
    articles: &[Option<Address>],
    diagnostics: &mut Vec<Diagnostic>,
) -> Vec<Option<Address>> {
    let withheld = withheld(input, articles);
    let address = |path: &PathBuf| {
        if path.ancestors().any(|folder| withheld.contains(folder)) {
            return None;
        }
        let address = Address::from_names(names(path).iter().map(String::as_str), false);
        if address.is_none() {
            diagnostics.push(no_address(path));
        }
        address
    };
    input.files.iter().map(address).collect()
}

/// The folders of articles that are left out in every language: what lies in them is no more published than they are.
fn withheld<'a>(input: &'a Input, articles: &[Option<Address>]) -> BTreeSet<&'a Path> {
    let (mut withheld, mut built) = (BTreeSet::new(), BTreeSet::new());
    for (article, address) in input.articles.iter().zip(articles) {
        let (_, plain) = input.languages.of_file(&article.path);
        let folder =
            article.path.parent().filter(|_| plain.file_name().is_some_and(|name| name == "index.md"));
        match address {
            Some(_) => built.extend(folder),
            None => withheld.extend(folder),
        }
    }
    withheld.retain(|folder| !built.contains(folder));
    withheld
}

/// Puts another address in the place of one; `None` where the other is there already.
pub(super) fn replace(routes: &mut Vec<Route>, then: &Address, now: &Address) -> Option<()> {
    let place = |routes: &[Route], folded: &str| routes.binary_search_by(|route| (*route.folded).cmp(folded));
    let (folded_then, folded) = (then.folded(), now.folded());
    if folded_then == folded {
        return Some(());
    }
    let to = place(routes, &folded).err()?;
    let page = routes[place(routes, &folded_then).ok()?].page;
    routes.insert(to, Route { folded, address: now.clone(), page });
    let from = place(routes, &folded_then).ok()?;
    routes.remove(from);
    Some(())
}

/// Names at the top of `content/` that are the prefix of a language; each is told once.
pub(super) fn reserved_names(input: &Input) -> Vec<Diagnostic> {
    let mut seen: Vec<LanguageIndex> = Vec::new();
    let mut diagnostics = Vec::new();
    if !input.languages.are_several() {
        return diagnostics;
    }
    let files = input.files.iter().map(PathBuf::as_path);
    for path in input.articles.iter().map(|article| &*article.path).chain(files) {
        let names = names(path);
        let first = names.first().map(|name| crate::address::segment(name.trim_end_matches(".md")));
        let Some(language) = first.and_then(|first| input.languages.of_prefix(&first)) else { continue };
        if !seen.contains(&language) {
            seen.push(language);
            diagnostics.push(reserved_name(path, input.languages.tag(language)));
        }
    }
    diagnostics
}

fn reserved_name(path: &Path, tag: &str) -> Diagnostic {
    let prefix = tag.to_ascii_lowercase();
    let message = format!("the address `/{prefix}/` is reserved for the pages in `{tag}`");
    Diagnostic::error("reserved-name", message).at(Place::file(path)).help(format!(
        "rename the folder or file; the translation of NAME.md is the file NAME.{tag}.md beside it"
    ))
}

/// Stylesheets and scripts of the theme, fingerprinted; the accent colour is added to the stylesheet.
pub(super) fn assets(input: &Input) -> Vec<Asset> {
    let mut assets = Vec::new();
    for (name, file) in input.theme.files.iter().filter(|(name, _)| name.as_str() != LOADER) {
        let bytes = match file {
            StaticFile::BuiltIn(bytes) => *bytes,
            StaticFile::Own(_, Some(bytes)) => bytes.as_slice(),
            StaticFile::Own(_, None) => continue,
        };
        let mut bytes = bytes.to_vec();
        if let (Some(accent), "style.css") = (&input.settings.theme.accent, name.as_str()) {
            bytes.extend_from_slice(format!("\n:root{{--accent:{}}}\n", accent.0).as_bytes());
        }
        let digest = blake3::hash(&bytes).to_hex();
        let (stem, ending) = name.rsplit_once('.').unwrap_or((name, ""));
        let address = Address::of_file(&format!("{stem}.{}.{ending}", &digest[..10]));
        assets.push(Asset { name: name.clone(), address, bytes });
    }
    assets
}

/// The old addresses of all articles that are built, and those where the head of a long timeline would stand else.
pub(super) fn redirects(site: &Site) -> Vec<Redirect> {
    let built = site.input.articles.iter().enumerate().filter(|(index, _)| site.address_of(*index).is_some());
    let aliases = built.flat_map(|(article, source)| {
        let aliases = source.kind.aliases().iter().enumerate();
        aliases.map(move |(alias, old)| Redirect { from: old.value.0.clone(), article, alias: Some(alias) })
    });
    let heads = site.timelines.iter().zip(&site.parts).filter_map(|(timeline, parts)| {
        Some(Redirect { from: parts.of_head.clone()?, article: timeline.article, alias: None })
    });
    aliases.chain(heads).collect()
}

/// Every address, sorted; two inputs with one address are a mistake that names both.
pub(super) fn routes(site: &Site, diagnostics: &mut Vec<Diagnostic>) -> Vec<Route> {
    let route = |(address, page): (Address, Page)| Route { folded: address.folded(), address, page };
    let events: Vec<EventIndex> = site.events_by_path().collect();
    let of_events = events.par_iter().flat_map_iter(|event| of_event(site, *event));
    let mut routes: Vec<Route> = of_events.map(route).collect();
    routes.extend(all(site).map(route));
    let sitemaps = sitemaps::all(site, &routes);
    routes.extend(sitemaps.map(route));
    // Those of events come nearly in order: the stable sort finds the runs and puts them together.
    routes.sort_by(|one, other| one.folded.cmp(&other.folded));
    for pair in routes.windows(2) {
        let same_file = pair[0].folded == pair[1].folded;
        let file_as_folder =
            pair[1].folded.strip_prefix(&*pair[0].folded).is_some_and(|rest| rest.starts_with('/'));
        let follows = is_derived(pair[0].page) && is_derived(pair[1].page);
        if !follows && (same_file || (file_as_folder && !pair[0].folded.ends_with('/'))) {
            diagnostics.push(same_address(site, &pair[0], &pair[1]));
        }
    }
    routes.dedup_by(|other, one| one.folded == other.folded);
    routes
}

/// Whether a page stands below another that it is made from: where two such meet, so do those others.
fn is_derived(page: Page) -> bool {
    let of_something = |scope| !matches!(scope, Scope::Site(_));
    matches!(page, Page::Embed(_)) || matches!(page, Page::Format(scope, _) if of_something(scope))
}

/// What stands at the address of an event and below it, in the order of addresses: its page, its card, and what another site may
/// show of it.
fn of_event(site: &Site, at: EventIndex) -> impl Iterator<Item = (Address, Page)> + '_ {
    let own = (site.event(at).address.clone(), Page::Event(at));
    let card = site.card_at(Scope::Event(at)).map(|at| (site.cards[at].address.clone(), Page::Card(at)));
    let embed = site.embed_of(at);
    let description = embed.and_then(|embed| formats::description(site, embed));
    let embed = embed.map(|embed| (site.embed_address(embed), Page::Embed(embed)));
    std::iter::once(own).chain(card).chain(embed).chain(description)
}

/// All else, but for sitemaps.
fn all(site: &Site) -> impl Iterator<Item = (Address, Page)> + '_ {
    let languages = &site.input.languages;
    let front = site.languages().map(|language| (site.home(language), Page::Front(language)));
    // A second file for the front page of a language is told as one address too many.
    let more_fronts = site.input.articles.iter().enumerate().filter_map(|(at, article)| {
        let is_second = matches!(article.kind, Kind::Front(_)) && site.front(article.language) != Some(at);
        is_second.then(|| (site.home(article.language), Page::Plain(at)))
    });
    let timelines = site.timelines.iter().enumerate();
    let timelines =
        timelines.map(|(at, timeline)| (timeline.address.clone(), Page::Timeline(TimelineIndex(at))));
    let parts = site.parts.iter().enumerate().flat_map(|(at, parts)| of_parts(TimelineIndex(at), parts));
    let tracks = site.timelines.iter().enumerate().flat_map(move |(at, timeline)| {
        let tracks = 0..timeline.keys(site).tracks.len();
        let index = TimelineIndex(at);
        let pages = tracks.flat_map(move |track| {
            (0..site.parts(index).pages_of_track(track)).map(move |page| (track, page))
        });
        pages.filter_map(move |(track, page)| {
            Some((timeline.track_address(site, track, page)?, Page::Track(index, track, page)))
        })
    });
    let reported = site.timelines.iter().zip(&site.parts).enumerate().flat_map(|(at, (timeline, parts))| {
        let pages = 0..parts.reported().len();
        pages.map(move |page| (timeline.reported_address(page), Page::Reported(TimelineIndex(at), page)))
    });
    let used = |(language, kind): &(LanguageIndex, EntityKind)| site.has_entities(*language, *kind);
    let lists = languages.all().flat_map(|language| EntityKind::ALL.map(|kind| (language, kind)));
    let lists = lists.filter(used);
    let lists =
        lists.map(|(language, kind)| (site.list_address(language, kind), Page::EntityList(language, kind)));
    let entities = site.entities.iter().enumerate();
    let entities = entities.flat_map(move |(at, entity)| {
        let parts = 1..entity.pages(site);
        let parts =
            parts.map(move |page| (entity.page_address(page), Page::EntityPart(EntityIndex(at), page)));
        std::iter::once((entity.address.clone(), Page::Entity(EntityIndex(at)))).chain(parts)
    });
    let corrections = site.languages().filter(|language| site.has_corrections(*language));
    let corrections =
        corrections.map(|language| (site.corrections_address(language), Page::Corrections(language)));
    let plain = site.input.articles.iter().enumerate().filter_map(|(at, article)| match article.kind {
        Kind::Page(_) => Some((site.address_of(at)?.clone(), Page::Plain(at))),
        _ => None,
    });
    front
        .chain(more_fronts)
        .chain(timelines)
        .chain(parts)
        .chain(tracks)
        .chain(reported)
        .chain(lists)
        .chain(entities)
        .chain(corrections)
        .chain(formats::all(site))
        .chain(embeds::of_timelines(site))
        .chain(search::all(site))
        .chain(plain)
        .chain(files(site))
}

/// What stands beside the pages: that for what there is not, old addresses, and files.
fn files(site: &Site) -> impl Iterator<Item = (Address, Page)> + '_ {
    let not_found = std::iter::once((Address::of_file(super::links::NOT_FOUND), Page::NotFound));
    let redirects = site.redirects.iter().enumerate();
    let redirects = redirects.map(|(at, redirect)| (redirect.from.clone(), Page::Redirect(at)));
    let assets = site.assets.iter().enumerate().map(|(at, asset)| (asset.address.clone(), Page::Asset(at)));
    let files = site.file_addresses.iter().enumerate();
    let files = files.filter_map(|(at, address)| Some((address.clone()?, Page::File(at))));
    let versions = site.pictures.iter().enumerate().flat_map(|(at, picture)| {
        let versions = picture.versions.iter().enumerate();
        versions.map(move |(version, (_, address))| (address.clone(), Page::Version(at, version)))
    });
    let cards = site.cards.iter().enumerate();
    let cards = cards.take_while(|(_, card)| matches!(card.subject, Scope::Timeline(_)));
    let cards = cards.map(|(at, card)| (card.address.clone(), Page::Card(at)));
    let own = site.input.theme.files.iter().enumerate().filter_map(|(at, (name, file))| match file {
        StaticFile::Own(..) => Some((Address::of_file(name), Page::Static(at))),
        StaticFile::BuiltIn(_) if crate::input::theme::is_asset(name) && name != LOADER => None,
        StaticFile::BuiltIn(_) => Some((Address::of_file(name), Page::Static(at))),
    });
    not_found.chain(redirects).chain(assets).chain(files).chain(versions).chain(cards).chain(own)
}

/// The pages of a timeline beside its own, and the stylesheets of all of them.
fn of_parts(timeline: TimelineIndex, parts: &Parts) -> impl Iterator<Item = (Address, Page)> + '_ {
    parts.list.iter().enumerate().flat_map(move |(at, part)| {
        let page = (at != parts.head).then(|| (part.address.clone(), Page::Part(timeline, at)));
        let filters = part.filters.as_deref();
        let filters = filters.map(|filters| (filters.stylesheet.clone(), Page::Filters(timeline, at)));
        page.into_iter().chain(filters)
    })
}

/// The address of the Markdown file at a path.
pub(crate) fn article_address(path: &Path, languages: &Languages) -> Option<Address> {
    let (language, plain) = languages.of_file(path);
    let mut names = names(&plain);
    let file = names.pop()?;
    match file.as_str() {
        "_index.md" | "index.md" => {}
        _ => names.push(file.trim_end_matches(".md").to_string()),
    }
    let address = Address::from_names(names.iter().map(String::as_str), true)?;
    Some(in_language(languages, &address, language))
}

/// The names of a path below `content/`.
fn names(path: &Path) -> Vec<String> {
    let inner = path.strip_prefix("content").unwrap_or(path);
    inner.components().map(|part| part.as_os_str().to_string_lossy().into_owned()).collect()
}

fn no_address(path: &Path) -> Diagnostic {
    Diagnostic::error("no-address", "a name in this path has no letter and no digit, so it gives no address")
        .at(Place::file(path))
        .help("rename the file or the folder")
}

fn same_address(site: &Site, one: &Route, other: &Route) -> Diagnostic {
    let message = match one.address == other.address {
        true => format!("two inputs have the address `{}`", one.address),
        false if one.folded == other.folded => {
            format!(
                "two inputs have addresses that differ in case only: `{}` and `{}`",
                one.address, other.address
            )
        }
        false => format!("`{}` is a file, and `{}` needs it to be a folder", one.address, other.address),
    };
    let is_search = |page| matches!(page, Page::Search(_));
    let help = match is_search(one.page) || is_search(other.page) {
        true => {
            "the search stands there: rename the file, or switch the search off: [outputs] search = false"
        }
        false => "rename one of the two, or take the address out of the `aliases`",
    };
    let mut diagnostic = Diagnostic::error("same-address", message).help(help);
    let places = [origin(site, one.page), origin(site, other.page)];
    let mut places = places.into_iter().flatten();
    if let Some(place) = places.next() {
        diagnostic = diagnostic.at(place).label("this one");
    }
    for place in places {
        diagnostic = diagnostic.related(place, "and this one");
    }
    diagnostic
}

/// The input that a page comes from; `None` for pages that exist by themselves.
fn origin(site: &Site, page: Page) -> Option<Place> {
    let input = &site.input;
    let article = |index: usize| Place::file(&input.articles[index].path);
    Some(match page {
        Page::Embed(embed) => match embed.scope() {
            Scope::Event(index) => article(site.event(index).article),
            Scope::Timeline(index) => article(site.timeline(index).article),
            _ => return None,
        },
        Page::Format(Scope::Timeline(index), _) => article(site.timeline(index).article),
        Page::Format(Scope::Event(index), _) => article(site.event(index).article),
        Page::Format(Scope::Entity(index), _) => article(site.entity(index).article?),
        Page::Format(Scope::Site(language) | Scope::Corrections(language), _) => {
            article(site.front(language)?)
        }
        Page::Timeline(index)
        | Page::Part(index, _)
        | Page::Filters(index, _)
        | Page::Track(index, ..)
        | Page::Reported(index, _) => article(site.timeline(index).article),
        Page::Event(index) => article(site.event(index).article),
        Page::Entity(index) | Page::EntityPart(index, _) => article(site.entity(index).article?),
        Page::Plain(index) => article(index),
        Page::Front(language) => article(site.front(language)?),
        Page::Redirect(index) => {
            let redirect = &site.redirects[index];
            let source = &input.articles[redirect.article];
            match redirect.alias {
                Some(alias) => input.place(&source.path, source.kind.aliases()[alias].range()),
                None => Place::file(&source.path),
            }
        }
        Page::File(index) => Place::file(&input.files[index]),
        Page::Version(index, _) => Place::file(&input.files[site.pictures[index].file]),
        Page::Static(index) => match input.theme.files.values().nth(index)? {
            StaticFile::Own(path, _) => Place::file(path),
            StaticFile::BuiltIn(_) => return None,
        },
        Page::EntityList(..)
        | Page::Corrections(_)
        | Page::Search(_)
        | Page::SearchIndex(..)
        | Page::NotFound
        | Page::Card(_)
        | Page::Asset(_) => return None,
    })
}
