//! What every page has around it: the head, the menu, the footer.

use std::collections::BTreeMap;

use serde::Serialize;

use super::Scene;
use crate::Diagnostic;
use crate::input::EntityKind;
use crate::site::Site;

/// The frame of a page, as `base.html` sees it under the name `page`.
#[derive(Debug, Serialize)]
pub(super) struct Frame {
    /// The kind of page, for stylesheets: `timeline`, `event`.
    pub kind: &'static str,
    pub language: String,
    /// `ltr` or `rtl`.
    pub direction: &'static str,
    pub title: String,
    /// The title for the browser's tab, with the site's where both fit.
    pub head_title: String,
    pub description: Option<String>,
    /// The absolute address; absent without a `base_url`.
    pub canonical: Option<String>,
    /// Whether search engines are asked to pass it over.
    pub hidden: bool,
    pub site_title: String,
    /// The link to the front page.
    pub home: String,
    pub menu: Vec<MenuLink>,
    /// Links to stylesheets and scripts, by their names in `static/`.
    pub assets: BTreeMap<String, String>,
    /// Links to stylesheets that are made for this page alone.
    pub stylesheets: Vec<String>,
    /// Links to the scripts of the page.
    pub scripts: Vec<String>,
    pub footer: Option<String>,
    pub publisher: Option<Publisher>,
}

/// A link of the menu.
#[derive(Debug, Serialize)]
pub(super) struct MenuLink {
    pub title: String,
    pub href: String,
    /// Whether it leads to this very page.
    pub current: bool,
}

/// Who publishes the site.
#[derive(Debug, Serialize)]
pub(super) struct Publisher {
    pub name: String,
    pub url: Option<String>,
}

/// The frame of a page with a title of its own.
pub(super) fn frame(scene: &Scene<'_>, kind: &'static str, title: &str, description: Option<&str>) -> Frame {
    let site = scene.site;
    let settings = &site.input.settings;
    let address = scene.linker.from();
    let publisher = settings.publisher.name.clone();
    Frame {
        kind,
        language: scene.words.language().to_string(),
        direction: scene.words.direction(),
        title: title.to_string(),
        head_title: head_title(title, &settings.title),
        description: description.map(str::to_string),
        canonical: site.base_url().map(|base| base.absolute(address)),
        hidden: false,
        site_title: settings.title.clone(),
        home: scene.linker.to(&crate::address::Address::root()),
        menu: menu(scene),
        assets: site
            .assets
            .iter()
            .map(|asset| (asset.name.clone(), scene.linker.to(&asset.address)))
            .collect(),
        stylesheets: Vec::new(),
        scripts: Vec::new(),
        footer: settings.theme.footer.clone(),
        publisher: publisher
            .map(|name| Publisher { name, url: settings.publisher.url.as_ref().map(|url| url.0.clone()) }),
    }
}

/// How many characters of a title search engines and tabs show at the most.
const TITLE_LENGTH: usize = 70;

fn head_title(title: &str, site_title: &str) -> String {
    let both = format!("{title} · {site_title}");
    if title == site_title || both.chars().count() > TITLE_LENGTH { title.to_string() } else { both }
}

/// Mistakes in the menu.
pub(super) fn check_menu(site: &Site) -> Vec<Diagnostic> {
    let items = site.input.settings.menu.iter().filter(|item| !is_outside(&item.url.value));
    items.filter_map(|item| site.menu_address(&item.url).err()).collect()
}

fn menu(scene: &Scene<'_>) -> Vec<MenuLink> {
    let items = &scene.site.input.settings.menu;
    if items.is_empty() {
        return kinds(scene);
    }
    let links = items.iter().filter_map(|item| {
        if is_outside(&item.url.value) {
            return Some(MenuLink {
                title: item.title.clone(),
                href: item.url.value.clone(),
                current: false,
            });
        }
        let address = scene.site.menu_address(&item.url).ok()?;
        let current = address == *scene.linker.from();
        Some(MenuLink { title: item.title.clone(), href: scene.linker.to(&address), current })
    });
    links.collect()
}

/// The menu of a site that says nothing of one: the indexes of people, organizations, places and topics.
fn kinds(scene: &Scene<'_>) -> Vec<MenuLink> {
    let used = |kind: &EntityKind| scene.site.entities.iter().any(|entity| entity.kind == *kind);
    let links = EntityKind::ALL.into_iter().filter(used).map(|kind| {
        let address = crate::site::list_address(kind);
        MenuLink {
            title: scene.words.text(kind.folder()).to_string(),
            href: scene.linker.to(&address),
            current: address == *scene.linker.from(),
        }
    });
    links.collect()
}

fn is_outside(url: &str) -> bool {
    url.starts_with("https://") || url.starts_with("http://") || url.starts_with("mailto:")
}
