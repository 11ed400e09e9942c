//! What stands around many pages alike: the menu, and the links to the front page, the search, the corrections and the assets.
//!
//! How a link from one page to another is written depends on the folders that both are in, and on how deep the page stands below
//! them. So all of it is made once for the pages of which both are the same, as for all events of a timeline. What is read elsewhere,
//! with whole addresses, has its own.

use std::collections::BTreeMap;
use std::sync::Arc;

use serde::Serialize;
use tera::Value;

use super::alike::Kept;
use super::frame::{is_outside, title};
use super::{Scene, translations};
use crate::address::Address;
use crate::input::settings::MenuItem;
use crate::input::{EntityKind, LanguageIndex};
use crate::site::Page;

/// How many groups and places are kept at the most.
const MOST: usize = 1 << 10;

/// What has been made already.
#[derive(Debug, Default)]
pub(super) struct Surroundings {
    targets: Kept<Group, Arc<Targets>, MOST>,
    around: Kept<Place, Arc<Around>, MOST>,
}

/// What stands around a page, as templates see it.
#[derive(Debug)]
pub(super) struct Around {
    pub home: Value,
    /// A list of [`MenuLink`]s.
    pub menu: Value,
    /// By the names in `static/`.
    pub assets: Value,
    pub search: Option<Value>,
    pub corrections: Option<Value>,
}

/// A link of the menu.
#[derive(Debug, Serialize)]
struct MenuLink<'a> {
    title: &'a str,
    href: String,
    /// Whether it leads to this very page.
    current: bool,
    /// The language of its title, where it is not the page's.
    language: Option<&'a str>,
    /// The language of what is there, where it is not the page's.
    target_language: Option<&'a str>,
}

/// Pages around which the same is linked.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
struct Group {
    /// Their language among the site's.
    language: LanguageIndex,
    /// That of their words, which a timeline may choose for itself.
    words: String,
    /// Whether they have versions in other languages at all: redirects, embeds and the page for what is not found have none.
    have_versions: bool,
}

/// Where a page stands towards all that is linked around it.
#[derive(Debug, PartialEq, Eq, Hash)]
struct Place {
    group: Group,
    /// The folders that it shares with anything, from the first `/` to the last.
    shared: String,
    /// How many folders it stands below them.
    depth: usize,
    /// Whether it is itself the last of these folders, and may be linked.
    is_shared: bool,
    /// Links of that page begin at the root.
    is_not_found: bool,
}

/// What is linked around the pages of a group.
#[derive(Debug)]
struct Targets {
    home: Address,
    search: Option<Address>,
    corrections: Option<Address>,
    menu: Vec<Item>,
}

/// A link of the menu, from no page yet.
#[derive(Debug)]
struct Item {
    title: String,
    to: Target,
    language: Option<String>,
    target_language: Option<String>,
}

#[derive(Debug)]
enum Target {
    /// A page of the site.
    Inside(Address),
    Outside(String),
}

impl Surroundings {
    /// What stands around a page.
    pub(super) fn of(&self, scene: &Scene<'_>) -> Arc<Around> {
        let group = Group {
            language: scene.language,
            words: scene.words.language().to_string(),
            have_versions: scene.site.page(scene.linker.from()).is_some(),
        };
        let targets = self.targets.get(group.clone(), || Arc::new(Targets::of(scene)));
        if scene.linker.leads_from_elsewhere() {
            return Arc::new(Around::of(scene, &targets));
        }
        let place = Place::of(scene, group, &targets);
        self.around.get(place, || Arc::new(Around::of(scene, &targets)))
    }
}

impl Place {
    fn of(scene: &Scene<'_>, group: Group, targets: &Targets) -> Self {
        let from = scene.linker.from();
        let assets = scene.site.assets.iter().map(|asset| &asset.address);
        let all = targets.addresses().chain(assets);
        let shared = all.map(|address| from.shared_with(address)).max().unwrap_or_default();
        let (folders, rest) = from.as_str().split_at(shared);
        Self {
            group,
            depth: from.folders_from(shared),
            is_shared: rest.is_empty(),
            shared: folders.to_string(),
            is_not_found: scene.page == Page::NotFound,
        }
    }
}

impl Targets {
    fn of(scene: &Scene<'_>) -> Self {
        let (site, language) = (scene.site, scene.language);
        let corrections = site.corrections_address(language);
        let has_corrections =
            site.route(&corrections).is_some_and(|route| matches!(route.page, Page::Corrections(_)));
        Self {
            home: site.home(language),
            search: site.searched(language).map(|_| site.search_address(language)),
            corrections: has_corrections.then_some(corrections),
            menu: menu(scene),
        }
    }

    fn addresses(&self) -> impl Iterator<Item = &Address> {
        let menu = self.menu.iter().filter_map(|item| match &item.to {
            Target::Inside(address) => Some(address),
            Target::Outside(_) => None,
        });
        [&self.home].into_iter().chain(&self.search).chain(&self.corrections).chain(menu)
    }
}

impl Around {
    fn of(scene: &Scene<'_>, targets: &Targets) -> Self {
        let link = |address: &Address| Value::from(scene.linker.to(address));
        let menu: Vec<MenuLink<'_>> = targets.menu.iter().map(|item| item.link(scene)).collect();
        let assets: BTreeMap<&str, String> = scene
            .site
            .assets
            .iter()
            .map(|asset| (asset.name.as_str(), scene.linker.to(&asset.address)))
            .collect();
        Self {
            home: link(&targets.home),
            menu: Value::from_serializable(&menu),
            assets: Value::from_serializable(&assets),
            search: targets.search.as_ref().map(link),
            corrections: targets.corrections.as_ref().map(link),
        }
    }
}

impl Item {
    fn link(&self, scene: &Scene<'_>) -> MenuLink<'_> {
        let (href, current) = match &self.to {
            Target::Inside(address) => (scene.linker.to(address), address == scene.linker.from()),
            Target::Outside(url) => (url.clone(), false),
        };
        MenuLink {
            title: &self.title,
            href,
            current,
            language: self.language.as_deref(),
            target_language: self.target_language.as_deref(),
        }
    }
}

/// The menu of the page's language: its own, else what the main one's has in this language.
fn menu(scene: &Scene<'_>) -> Vec<Item> {
    let main = &scene.site.input.settings.menu;
    match scene.site.translation(scene.language).map(|translation| &translation.menu) {
        Some(own) if !own.is_empty() => own.iter().filter_map(|item| written(scene, item, None)).collect(),
        _ if main.is_empty() => kinds(scene),
        _ if scene.language == LanguageIndex::MAIN => main
            .iter()
            .filter_map(|item| written(scene, item, translations::main_if_foreign(scene)))
            .collect(),
        _ => main.iter().filter_map(|item| translated(scene, item)).collect(),
    }
}

fn written(scene: &Scene<'_>, item: &MenuItem, language: Option<String>) -> Option<Item> {
    let title = item.title.clone();
    if is_outside(&item.url.value) {
        let to = Target::Outside(item.url.value.clone());
        return Some(Item { title, to, language, target_language: None });
    }
    let address = scene.site.menu_address(&item.url).ok()?;
    let target_language = scene.linker.language_elsewhere(&address);
    Some(Item { title, to: Target::Inside(address), language, target_language })
}

/// An item of the main language's menu on a page in another one: what is not translated is left out.
fn translated(scene: &Scene<'_>, item: &MenuItem) -> Option<Item> {
    if is_outside(&item.url.value) {
        return written(scene, item, translations::main_if_foreign(scene));
    }
    let address = scene.site.menu_address(&item.url).ok()?;
    let route = scene.site.version(&address, scene.language)?;
    let to = Target::Inside(route.address.clone());
    Some(Item { title: title(scene, route.page), to, language: None, target_language: None })
}

/// The menu of a site that says nothing of one: the indexes of people, organizations, places and topics.
fn kinds(scene: &Scene<'_>) -> Vec<Item> {
    let used = |kind: &EntityKind| scene.site.has_entities(scene.language, *kind);
    let item = |kind: EntityKind| Item {
        title: scene.words.text(kind.folder()).to_string(),
        to: Target::Inside(scene.site.list_address(scene.language, kind)),
        language: None,
        target_language: None,
    };
    EntityKind::ALL.into_iter().filter(used).map(item).collect()
}

#[cfg(test)]
mod tests {
    use std::path::Path;
    use std::sync::Arc;

    use crate::input::Input;
    use crate::input::settings::BaseUrl;
    use crate::pages::{Content, Renderer};
    use crate::site::{Options, Route, Site};
    use crate::time::Instant;

    /// Sites with languages and menus, redirects, embeds, and everything for other tools.
    const SITES: [&str; 4] = ["menu-in-languages", "formats", "embeds", "entity-pages-in-languages"];

    fn site(name: &str, file_links: bool) -> Arc<Site> {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases").join(name).join("site");
        let options = Options {
            now: Instant::from_seconds(1_790_000_000),
            as_of: None,
            drafts: true,
            file_links,
            base_url: Some(BaseUrl::parse("https://a.test/b/").unwrap()),
        };
        let input = Arc::new(Input::read(&folder).unwrap());
        Arc::new(Site::new(&input, &options).0)
    }

    /// What a page says; nothing of a picture or a file that is copied.
    fn text(renderer: &Renderer, route: &Route) -> Vec<u8> {
        match renderer.render(route).map(|rendered| rendered.content) {
            Ok(Content::Pieces(pieces)) => pieces.whole(),
            Ok(Content::Page(html) | Content::Enclosing(html, _)) => html,
            _ => Vec::new(),
        }
    }

    #[test]
    fn a_page_is_the_same_whatever_was_rendered_before_it() {
        for (name, file_links) in SITES.into_iter().flat_map(|name| [(name, false), (name, true)]) {
            let site = site(name, file_links);
            let alone: Vec<_> =
                site.routes.iter().map(|route| text(&Renderer::new(&site).0, route)).collect();
            assert!(alone.iter().filter(|text| !text.is_empty()).count() > 8, "{name}");
            let (forwards, backwards) = (Renderer::new(&site).0, Renderer::new(&site).0);
            for (route, alone) in site.routes.iter().zip(&alone) {
                assert!(text(&forwards, route) == *alone, "{name}: {} after others", route.address);
            }
            for (route, alone) in site.routes.iter().zip(&alone).rev() {
                assert!(text(&backwards, route) == *alone, "{name}: {} after others", route.address);
            }
        }
    }
}
