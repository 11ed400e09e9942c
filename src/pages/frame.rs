//! What every page has around it: the head, the menu, the footer.

use serde::Serialize;
use tera::Value;

use super::alternates;
use super::shared::{self, Shared};
use super::translations::{self, Translation};
use super::{Scene, structured};
use crate::Diagnostic;
use crate::site::{Page, Site};

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
    /// In a snapshot, which instant it is of.
    pub snapshot: Option<SnapshotView>,
    /// What others show of the page where its link is shared; absent on hidden pages.
    pub shared: Option<Shared>,
    /// What the page is, as JSON-LD: the content of a `<script>` each.
    pub structured: Vec<String>,
    /// The page in all its languages; empty for a page in one language alone.
    pub translations: Vec<Translation>,
    /// The absolute address for readers of any other language; absent with the translations, and without a `base_url`.
    pub any_language: Option<String>,
    pub site_title: String,
    /// The language of the site's title, where it is not the page's.
    pub site_title_language: Option<String>,
    /// The link to the front page.
    pub home: Value,
    /// A list of links.
    pub menu: Value,
    /// Links to stylesheets and scripts, by their names in `static/`.
    pub assets: Value,
    /// The link to the search; absent where there is none.
    pub search: Option<Value>,
    /// Links to stylesheets that are made for this page alone.
    pub stylesheets: Vec<String>,
    /// Links to the scripts of the page.
    pub scripts: Vec<String>,
    pub footer: Option<String>,
    /// The language of the footer, where it is not the page's.
    pub footer_language: Option<String>,
    pub publisher: Option<Publisher>,
    /// The link to all corrections; absent where there are none.
    pub corrections: Option<Value>,
    /// The same for other tools: feeds, and what else a program may look for.
    /// A list of [`Alternate`](alternates::Alternate)s.
    pub alternates: Vec<Value>,
}

/// What every page of a snapshot says of itself.
#[derive(Debug, Serialize)]
pub(super) struct SnapshotView {
    /// «What we knew then: the site as it was on 13 September 2023, 14:00.»
    pub text: String,
    /// Whether nothing says when the page's own text was written.
    pub undated: bool,
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
    let translations = translations::of(scene);
    let (snapshot, around) = (snapshot(scene), scene.alike.surroundings.of(scene));
    let (site_title, site_title_language) = site_title(scene);
    let footer = site.translation(scene.language).and_then(|translation| translation.footer.as_ref());
    Frame {
        kind,
        language: scene.words.language().to_string(),
        direction: scene.words.direction(),
        title: title.to_string(),
        head_title: head_title(title, site_title),
        description: description.map(str::to_string),
        // A snapshot is no other address of today's page.
        canonical: site.base_url().filter(|_| snapshot.is_none()).map(|base| base.absolute(address)),
        hidden: snapshot.is_some(),
        snapshot,
        shared: None,
        structured: Vec::new(),
        any_language: translations.first().and_then(|first| first.address.clone()),
        translations,
        site_title: site_title.to_string(),
        site_title_language,
        home: around.home.clone(),
        menu: around.menu.clone(),
        assets: around.assets.clone(),
        search: around.search.clone(),
        stylesheets: Vec::new(),
        scripts: Vec::new(),
        footer: footer.or(settings.theme.footer.as_ref()).cloned(),
        footer_language: if footer.is_none() { translations::main_if_foreign(scene) } else { None },
        publisher: publisher
            .map(|name| Publisher { name, url: settings.publisher.url.as_ref().map(|url| url.0.clone()) }),
        corrections: around.corrections.clone(),
        alternates: alternates::of(scene),
    }
}

/// The link to one of the theme's stylesheets or scripts.
pub(super) fn asset(scene: &Scene<'_>, name: &str) -> Option<String> {
    scene.site.asset(name).map(|asset| scene.linker.to(&asset.address))
}

fn snapshot(scene: &Scene<'_>) -> Option<SnapshotView> {
    let site = scene.site;
    let then = super::dates::instant(site, scene.words, site.options.as_of?);
    let own = match site.route(scene.linker.from())?.page {
        Page::Front(language) => site.front(language),
        Page::Timeline(at) | Page::Part(at, _) => Some(site.timeline(at).article),
        Page::Entity(at) => site.entity(at).article,
        Page::Plain(article) => Some(article),
        _ => None,
    };
    let undated = own.is_some_and(|article| {
        let article = site.article(article);
        article.has_body || article.summary().is_some()
    });
    Some(SnapshotView { text: scene.words.fill("snapshot", &[("time", &then.text)]), undated })
}

impl Frame {
    /// The frame with all that is said to other programs, which is made of the frame itself.
    pub fn described(mut self, scene: &Scene<'_>) -> Self {
        if self.hidden {
            return self;
        }
        self.description = self.description.or_else(|| description(scene, &self.title));
        if scene.wanted.shared {
            self.shared = Some(shared::of(scene, &self));
        }
        if scene.wanted.structured {
            self.structured = structured::of(scene, &self);
        }
        self
    }
}

/// What is said of a page that says nothing of itself: of a part what is said of the whole.
fn description(scene: &Scene<'_>, title: &str) -> Option<String> {
    let site = scene.site;
    match scene.page {
        Page::Part(index, _) | Page::Track(index, ..) | Page::Reported(index, _) => {
            site.article(site.timeline(index).article).summary().map(str::to_string)
        }
        Page::Entity(index) | Page::EntityPart(index, _) => match site.entity(index).events.len() {
            0 => None,
            count => Some(format!("{title}: {}", scene.words.count("events_count", count as u64))),
        },
        _ => site.description(scene.language).map(str::to_string),
    }
}

/// The site's title on a page, and its language where it is not the page's.
pub(super) fn site_title<'a>(scene: &Scene<'a>) -> (&'a str, Option<String>) {
    match scene.site.translation(scene.language).and_then(|translation| translation.title.as_deref()) {
        Some(title) => (title, None),
        None => (&scene.site.input.settings.title, translations::main_if_foreign(scene)),
    }
}

/// «September 2023, part 2 of 3»; the words alone where there is one part. `part` is counted from 1.
pub(super) fn with_part(scene: &Scene<'_>, words: &str, part: usize, count: usize) -> String {
    if count > 1 { format!("{words}, {}", part_of(scene, part, count)) } else { words.to_string() }
}

/// «part 2 of 3»; `part` is counted from 1.
pub(super) fn part_of(scene: &Scene<'_>, part: usize, count: usize) -> String {
    let [number, count] = [part, count].map(|number| scene.words.number(number as u64));
    scene.words.fill("part_of", &[("number", &number), ("count", &count)])
}

/// The frame of a page that shows a part of something, or the same in another order: `whole` is the title of that.
/// Of a long title the tab shows the beginning, so that what tells one page from the others is to be read.
pub(super) fn frame_of_part(scene: &Scene<'_>, kind: &'static str, whole: &str, part: &str) -> Frame {
    let title = format!("{whole}: {part}");
    let own = frame(scene, kind, &title, None);
    if title.chars().count() <= TITLE_LENGTH {
        return own;
    }
    let room = TITLE_LENGTH.saturating_sub(part.chars().count() + "…: ".chars().count());
    let beginning: String = whole.chars().take(room).collect();
    Frame { head_title: format!("{}…: {part}", beginning.trim_end()), ..own }
}

/// How many characters of a title search engines and tabs show at the most.
const TITLE_LENGTH: usize = 70;

fn head_title(title: &str, site_title: &str) -> String {
    let both = format!("{title} · {site_title}");
    if title == site_title || both.chars().count() > TITLE_LENGTH { title.to_string() } else { both }
}

/// Mistakes in the menu of any language.
pub(super) fn check_menu(site: &Site) -> Vec<Diagnostic> {
    let settings = &site.input.settings;
    let translated = settings.translation.values().flat_map(|translation| &translation.menu);
    let items = settings.menu.iter().chain(translated).filter(|item| !is_outside(&item.url.value));
    items.filter_map(|item| site.menu_address(&item.url).err()).collect()
}

/// What a page is called in a menu.
pub(super) fn title(scene: &Scene<'_>, page: Page) -> String {
    let site = scene.site;
    let of_article = |article: usize| site.article(article).kind.title().to_string();
    match page {
        Page::Timeline(at) | Page::Part(at, _) | Page::Track(at, ..) | Page::Reported(at, _) => {
            of_article(site.timeline(at).article)
        }
        Page::Event(at) => of_article(site.event(at).article),
        Page::Plain(article) => of_article(article),
        Page::Entity(at) | Page::EntityPart(at, _) => site.entity(at).name.clone(),
        Page::EntityList(_, kind) => scene.words.text(kind.folder()).to_string(),
        Page::Corrections(_) => scene.words.text("corrections").to_string(),
        Page::Search(_) => scene.words.text("search").to_string(),
        _ => scene.words.text("front_page").to_string(),
    }
}

/// Whether an address leads out of the site.
pub(super) fn is_outside(url: &str) -> bool {
    url.starts_with("https://") || url.starts_with("http://") || url.starts_with("mailto:")
}
