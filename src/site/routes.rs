//! What will exist: every address of the site, the kind of its page, and the input that it comes from.

use std::path::{Path, PathBuf};

use super::{EntityIndex, EventIndex, LeftOut, Site, TimelineIndex};
use crate::address::Address;
use crate::input::article::Kind;
use crate::input::theme::StaticFile;
use crate::input::{EntityKind, Input};
use crate::{Diagnostic, Place};

/// A page that will exist.
#[derive(Debug, Clone)]
pub struct Route {
    /// The address without case, by which routes are sorted and found.
    pub folded: Box<str>,
    /// The address.
    pub address: Address,
    /// What stands there.
    pub page: Page,
}

/// The kinds of pages, each with what it is made from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Page {
    /// The front page.
    Front,
    /// A timeline.
    Timeline(TimelineIndex),
    /// A timeline's events by publication.
    Reported(TimelineIndex),
    /// An event.
    Event(EventIndex),
    /// The index of a kind of entities.
    EntityList(EntityKind),
    /// An entity.
    Entity(EntityIndex),
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
    /// Which of the article's aliases it is.
    alias: usize,
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
/// The address of the Markdown file at a path.
pub(super) fn article_addresses(
    input: &Input,
    left_out: &[LeftOut],
    diagnostics: &mut Vec<Diagnostic>,
) -> Vec<Option<Address>> {
    let mut addresses: Vec<Option<Address>> = Vec::with_capacity(input.articles.len());
    for article in &input.articles {
        let address = article_address(&article.path);
        if address.is_none() {
            diagnostics.push(no_address(&article.path));
        }
        addresses.push(address);
    }
    for left_out in left_out {
        addresses[left_out.article] = None;
    }
    addresses
}

/// The address of each file of `content/` that is no article.
pub(super) fn file_addresses(input: &Input, diagnostics: &mut Vec<Diagnostic>) -> Vec<Option<Address>> {
    let address = |path: &PathBuf| {
        let address = Address::from_names(names(path).iter().map(String::as_str), false);
        if address.is_none() {
            diagnostics.push(no_address(path));
        }
        address
    };
    input.files.iter().map(address).collect()
}

/// Stylesheets and scripts of the theme, fingerprinted; the accent colour is added to the stylesheet.
pub(super) fn assets(input: &Input) -> Vec<Asset> {
    let mut assets = Vec::new();
    for (name, file) in &input.theme.files {
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

/// The old addresses of all articles that are built.
pub(super) fn redirects(input: &Input, addresses: &[Option<Address>]) -> Vec<Redirect> {
    let built = input.articles.iter().enumerate().filter(|(index, _)| addresses[*index].is_some());
    built
        .flat_map(|(article, source)| {
            let aliases = source.kind.aliases().iter().enumerate();
            aliases.map(move |(alias, old)| Redirect { from: old.value.0.clone(), article, alias })
        })
        .collect()
}

/// Every address, sorted; two inputs with one address are a mistake that names both.
pub(super) fn routes(site: &Site, diagnostics: &mut Vec<Diagnostic>) -> Vec<Route> {
    let mut routes: Vec<Route> =
        all(site).map(|(address, page)| Route { folded: address.folded().into(), address, page }).collect();
    routes.sort_by(|one, other| one.folded.cmp(&other.folded));
    for pair in routes.windows(2) {
        let same_file = pair[0].folded == pair[1].folded;
        let file_as_folder =
            pair[1].folded.strip_prefix(&*pair[0].folded).is_some_and(|rest| rest.starts_with('/'));
        if same_file || (file_as_folder && !pair[0].folded.ends_with('/')) {
            diagnostics.push(same_address(site, &pair[0], &pair[1]));
        }
    }
    routes.dedup_by(|other, one| one.folded == other.folded);
    routes
}

fn all(site: &Site) -> impl Iterator<Item = (Address, Page)> + '_ {
    let front = std::iter::once((Address::root(), Page::Front));
    let timelines = site.timelines.iter().enumerate();
    let timelines =
        timelines.map(|(at, timeline)| (timeline.address.clone(), Page::Timeline(TimelineIndex(at))));
    let reported = site.timelines.iter().enumerate().filter(|(_, timeline)| timeline.is_reported(site));
    let reported =
        reported.map(|(at, timeline)| (timeline.reported_address(), Page::Reported(TimelineIndex(at))));
    let events = site.events.iter().enumerate();
    let events = events.map(|(at, event)| (event.address.clone(), Page::Event(EventIndex(at))));
    let used = |kind: &EntityKind| site.entities.iter().any(|entity| entity.kind == *kind);
    let lists = EntityKind::ALL.into_iter().filter(used);
    let lists = lists.map(|kind| (list_address(kind), Page::EntityList(kind)));
    let entities = site.entities.iter().enumerate();
    let entities = entities.map(|(at, entity)| (entity.address.clone(), Page::Entity(EntityIndex(at))));
    let plain = site.input.articles.iter().enumerate().filter_map(|(at, article)| match article.kind {
        Kind::Page(_) => Some((site.address_of(at)?.clone(), Page::Plain(at))),
        _ => None,
    });
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
    let own = site.input.theme.files.iter().enumerate().filter_map(|(at, (name, file))| match file {
        StaticFile::Own(..) => Some((Address::of_file(name), Page::Static(at))),
        StaticFile::BuiltIn(_) if crate::input::theme::is_asset(name) => None,
        StaticFile::BuiltIn(_) => Some((Address::of_file(name), Page::Static(at))),
    });
    front
        .chain(timelines)
        .chain(reported)
        .chain(events)
        .chain(lists)
        .chain(entities)
        .chain(plain)
        .chain(not_found)
        .chain(redirects)
        .chain(assets)
        .chain(files)
        .chain(versions)
        .chain(own)
}

/// The address of the index of a kind of entities.
#[must_use]
pub fn list_address(kind: EntityKind) -> Address {
    Address::of_file(&format!("{}/", kind.folder()))
}

/// The address of the Markdown file at a path.
pub(super) fn article_address(path: &Path) -> Option<Address> {
    let mut names = names(path);
    let file = names.pop()?;
    match file.as_str() {
        "_index.md" | "index.md" => {}
        _ => names.push(file.trim_end_matches(".md").to_string()),
    }
    Address::from_names(names.iter().map(String::as_str), true)
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
    let mut diagnostic = Diagnostic::error("same-address", message)
        .help("rename one of the two, or take the address out of the `aliases`");
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
        Page::Timeline(index) | Page::Reported(index) => article(site.timeline(index).article),
        Page::Event(index) => article(site.event(index).article),
        Page::Entity(index) => article(site.entity(index).article?),
        Page::Plain(index) => article(index),
        Page::Front => article(site.front?),
        Page::Redirect(index) => {
            let redirect = &site.redirects[index];
            let source = &input.articles[redirect.article];
            input.place(&source.path, source.kind.aliases()[redirect.alias].range())
        }
        Page::File(index) => Place::file(&input.files[index]),
        Page::Version(index, _) => Place::file(&input.files[site.pictures[index].file]),
        Page::Static(index) => match input.theme.files.values().nth(index)? {
            StaticFile::Own(path, _) => Place::file(path),
            StaticFile::BuiltIn(_) => return None,
        },
        Page::EntityList(_) | Page::NotFound | Page::Asset(_) => return None,
    })
}
