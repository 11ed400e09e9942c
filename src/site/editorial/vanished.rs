//! Pages that the last build had and this one would not have, with no alias that leads on: of articles, and of those whom
//! events name.
//!
//! Addresses that are made of what events say of time and order (parts of a timeline, tracks) come and go; these are
//! promised. What its author holds back or lets expire is meant to be gone, and with it whom it alone names.

use std::collections::BTreeSet;
use std::path::PathBuf;

use super::super::{Site, routes};
use crate::address::segment;
use crate::input::article::Kind;
use crate::input::keys::EventKeys;
use crate::input::{Article, EntityKind};
use crate::{Diagnostic, Place};

/// The warnings about files of the last build, given as routes.
pub(super) fn check(site: &Site, before: &[String]) -> Vec<Diagnostic> {
    let now: BTreeSet<String> = site.routes.iter().map(|route| route.address.route()).collect();
    let held_back = held_back(site);
    let named = named_by_held_back(site);
    let gone = before.iter().filter(|route| !now.contains(*route) && !held_back.contains(*route));
    gone.filter_map(|route| match entity_of(site, route) {
        // What can't be read may name anybody.
        Some(entity) if named.contains(&entity) || !site.input.unread.is_empty() => None,
        Some((kind, _)) => Some(no_entity(kind, route)),
        None if is_article(route) => Some(no_article(site, route)),
        None => None,
    })
    .collect()
}

/// The routes of articles that are left out, or can't be read.
fn held_back(site: &Site) -> BTreeSet<String> {
    let left_out = left_out(site).map(|article| &*article.path);
    let paths = left_out.chain(site.input.unread.iter().map(PathBuf::as_path));
    let addresses = paths.filter_map(|path| routes::article_address(path, &site.input.languages));
    addresses.map(|address| address.route()).collect()
}

fn left_out(site: &Site) -> impl Iterator<Item = &Article> {
    site.left_out.iter().map(|left_out| site.article(left_out.article))
}

/// Whom and what events name that are left out, by kind and id.
fn named_by_held_back(site: &Site) -> BTreeSet<(EntityKind, String)> {
    let events = left_out(site).filter_map(|article| match &article.kind {
        Kind::Event(keys) => Some(keys),
        _ => None,
    });
    events.flat_map(|keys| names(keys)).map(|(kind, name)| (kind, segment(name))).collect()
}

fn names(keys: &EventKeys) -> impl Iterator<Item = (EntityKind, &str)> {
    let lists = [
        (EntityKind::Person, &keys.people),
        (EntityKind::Organization, &keys.organizations),
        (EntityKind::Place, &keys.place),
        (EntityKind::Topic, &keys.topics),
    ];
    lists.into_iter().flat_map(|(kind, names)| names.0.iter().map(move |name| (kind, name.value.as_str())))
}

/// Whose page a route is, if it is that of an entity: `people/kim/index.html`, `en/people/kim/index.html`.
fn entity_of(site: &Site, route: &str) -> Option<(EntityKind, String)> {
    let mut languages = site.input.languages.all().map(|language| site.input.languages.tag(language));
    let inner = match route.split_once('/')? {
        (first, inner) if languages.any(|tag| tag.eq_ignore_ascii_case(first)) => inner,
        _ => route,
    };
    let (folder, id) = inner.strip_suffix("/index.html")?.split_once('/')?;
    let kind = EntityKind::ALL.into_iter().find(|kind| kind.folder() == folder)?;
    (!id.contains('/')).then(|| (kind, id.to_string()))
}

/// Whether a route may be that of an article.
fn is_article(route: &str) -> bool {
    let Some(folder) = route.strip_suffix("/index.html") else { return false };
    let mut parts = folder.split('/');
    let is_made = |part: &str| matches!(part, "by" | "reported" | "tracks" | "embed");
    !parts.any(|part| is_made(part) || EntityKind::ALL.iter().any(|kind| kind.folder() == part))
}

fn address_of(route: &str) -> String {
    format!("/{}", route.trim_end_matches("index.html"))
}

fn no_article(site: &Site, route: &str) -> Diagnostic {
    let address = address_of(route);
    let diagnostic = Diagnostic::warning(
        "vanished-page",
        format!("the last build had a page at {address}, and now there is none: links to it will be dead"),
    )
    .help(format!(
        "has the file been moved or renamed? Then let it keep its old address: aliases = [\"{address}\"]"
    ));
    // The folder that it stood in says at least where to look.
    let timeline = site.timelines.iter().find(|timeline| address.starts_with(timeline.address.as_str()));
    match timeline {
        Some(timeline) => diagnostic.at(Place::file(&site.article(timeline.article).path)),
        None => diagnostic,
    }
}

fn no_entity(kind: EntityKind, route: &str) -> Diagnostic {
    let (address, folder) = (address_of(route), kind.folder());
    let message = format!(
        "the last build had a page at {address}, and nothing has that name any more: links to it will be dead"
    );
    let help = format!(
        "is the name written in another way now? Then let the page about it, a file of content/{folder}/, keep the old address: aliases = [\"{address}\"]"
    );
    Diagnostic::warning("vanished-page", message).at(Place::file(format!("content/{folder}"))).help(help)
}
