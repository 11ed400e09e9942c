//! Pages of articles that the last build had and this one would not have, with no alias that leads on.
//!
//! Addresses that are made of what events say (parts of a timeline, tracks, names) come and go; those of articles are
//! promised. What its author holds back or lets expire is meant to be gone.

use std::collections::BTreeSet;

use super::super::{Site, routes};
use crate::input::EntityKind;
use crate::{Diagnostic, Place};

/// The warnings about files of the last build, given as routes.
pub(super) fn check(site: &Site, before: &[String]) -> Vec<Diagnostic> {
    let left_out = site.left_out.iter().map(|left_out| &site.article(left_out.article).path);
    let held_back = left_out.filter_map(|path| routes::article_address(path, &site.input.languages));
    let unread =
        site.input.unread.iter().filter_map(|path| routes::article_address(path, &site.input.languages));
    let held_back: BTreeSet<String> = held_back.chain(unread).map(|address| address.route()).collect();
    let now: BTreeSet<String> = site.routes.iter().map(|route| route.address.route()).collect();
    let gone = before
        .iter()
        .filter(|route| is_article(route) && !now.contains(*route) && !held_back.contains(*route));
    gone.map(|route| warning(site, route)).collect()
}

/// Whether a route may be that of an article.
fn is_article(route: &str) -> bool {
    let Some(folder) = route.strip_suffix("/index.html") else { return false };
    let mut parts = folder.split('/');
    let is_made = |part: &str| matches!(part, "by" | "reported" | "tracks" | "embed");
    !parts.any(|part| is_made(part) || EntityKind::ALL.iter().any(|kind| kind.folder() == part))
}

fn warning(site: &Site, route: &str) -> Diagnostic {
    let address = format!("/{}", route.trim_end_matches("index.html"));
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
