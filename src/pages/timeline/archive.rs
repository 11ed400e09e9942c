//! A whole timeline as one page that needs nothing beside it: every event, each with its whole article, styles and script inside,
//! links that lead out by whole addresses. Its pictures are put in by who writes it.

use serde::Serialize;
use tera::Value;

use super::TimelineView;
use crate::input::EntityKind;
use crate::pages::dates::{self, MomentView};
use crate::pages::event::{self, AccountView, RelatedLink};
use crate::pages::sources::Bibliography;
use crate::pages::{Failure, Scene, View, entity_links, text};
use crate::site::{EventIndex, Linker, Parts, Site, TimelineIndex};

/// What `archive.html` sees under the name `timeline`, beside all that `timeline.html` sees.
#[derive(Debug, Serialize)]
pub(in crate::pages) struct ArchiveView {
    #[serde(flatten)]
    timeline: TimelineView,
    /// The theme's stylesheet.
    style: String,
    /// The script of timelines.
    script: String,
}

/// What an article says beyond its card.
#[derive(Debug, Serialize)]
pub(in crate::pages) struct ArticleView {
    pub text: String,
    pub authors: Option<String>,
    pub published: Option<MomentView>,
    pub updated: Option<MomentView>,
    pub accounts: Vec<AccountView>,
    /// A list of [`Link`](crate::pages::cards::Link)s.
    pub organizations: Vec<Value>,
    /// A list of [`Link`](crate::pages::cards::Link)s.
    pub topics: Vec<Value>,
    pub related: Vec<RelatedLink>,
}

/// The view of a whole timeline. What is to be warned of in its texts, their own pages tell.
pub(in crate::pages) fn view(scene: &Scene<'_>, index: TimelineIndex) -> Result<View<ArchiveView>, Failure> {
    let site = scene.site;
    let timeline = site.timeline(index);
    // It stands for the timeline's own page: whatever is in it is there by its anchor.
    let scene =
        &Scene { linker: Linker::new(site, &timeline.address, scene.linker.reads()).enclosing(), ..*scene };
    let whole = Parts::whole(timeline);
    let mut view = super::sheet_view(scene, index, (&whole, 0), true, &mut Vec::new())?;
    view.frame.stylesheets.clear();
    view.frame.scripts.clear();
    let view_of_archive = ArchiveView { style: style(site), script: script(site), timeline: view.view };
    Ok(View { frame: view.frame, name: "timeline", view: view_of_archive })
}

/// All that stands in the element `style` of such a page.
pub(in crate::pages) fn style(site: &Site) -> String {
    inside(site, "style.css", "style")
}

/// All that stands in its element `script`.
pub(in crate::pages) fn script(site: &Site) -> String {
    inside(site, "timeline.js", "script")
}

fn inside(site: &Site, asset: &str, element: &str) -> String {
    let text = site.asset(asset).map(|asset| String::from_utf8_lossy(&asset.bytes).into_owned());
    // What would end the element ends a word of it instead.
    text.unwrap_or_default().replace(&format!("</{element}"), &format!("<\\/{element}"))
}

/// What the article of an event says beyond its card, with headings from a level on.
pub(super) fn article(
    scene: &Scene<'_>,
    index: EventIndex,
    level: u8,
    all: &Bibliography<'_>,
) -> Result<ArticleView, Failure> {
    let site = scene.site;
    let event = site.event(index);
    let keys = event.keys(site);
    let own =
        &Scene { linker: Linker::new(site, &event.address, scene.linker.reads()).enclosing(), ..*scene };
    let accounts = event::accounts(keys).into_iter().map(|account| AccountView {
        source: account.source.and_then(|own| all.number(&keys.sources[own - 1])),
        ..account
    });
    let moment = |instant| dates::instant(site, scene.words, instant);
    Ok(ArticleView {
        text: text::html_among_others(own, event.article, &format!("{}:", event.id), level)?,
        authors: (!keys.authors.is_empty()).then(|| scene.words.list(&keys.authors)),
        published: event.published.map(moment),
        updated: event.updated.map(moment),
        accounts: accounts.collect(),
        organizations: entity_links::links(own, event, EntityKind::Organization),
        topics: entity_links::links(own, event, EntityKind::Topic),
        related: event::related(own, event)?,
    })
}
