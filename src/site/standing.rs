//! Which articles are built, by the clock and by what their authors say; and what to warn of in those that are.

use serde::{Deserialize, Serialize};

use super::{Event, Options, Site, Timeline, instant};
use crate::input::article::Kind;
use crate::input::keys::Weight;
use crate::input::{Article, EntityKind, Input, LanguageIndex};
use crate::time::{Certainty, Instant, Zone};
use crate::{Diagnostic, Place};

/// An article that is not built.
#[derive(Debug, Clone)]
pub struct LeftOut {
    /// Its index among the articles.
    pub article: usize,
    /// Why it is left out.
    pub reason: Reason,
}

/// Why an article is left out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Reason {
    /// `draft = true`.
    Draft,
    /// `published` is still to come.
    Embargoed(Instant),
    /// `expires` is past.
    Expired(Instant),
    /// It was published after the instant of a snapshot.
    Later(Instant),
    /// It has no `published`, so that nobody can tell whether a snapshot had it.
    Undated,
}

/// The articles that are left out, by path.
pub(super) fn left_out(input: &Input, options: &Options) -> Vec<LeftOut> {
    let clock = input.settings.timezone.unwrap_or(Zone::UTC);
    let articles = input.articles.iter().enumerate();
    articles
        .filter_map(|(article, source)| {
            let reason = match options.as_of {
                Some(then) => match reason(source, then, clock) {
                    Some(Reason::Embargoed(published)) => Reason::Later(published),
                    known => known.or_else(|| undated(source))?,
                },
                None => reason(source, options.now, clock)?,
            };
            let shown = options.drafts && !matches!(reason, Reason::Expired(_));
            (!shown).then_some(LeftOut { article, reason })
        })
        .collect()
}

/// Why an article would be left out of a build that shows no drafts.
pub(super) fn reason(article: &Article, now: Instant, clock: Zone) -> Option<Reason> {
    let keys = match &article.kind {
        Kind::Event(keys) => keys,
        Kind::Page(keys) => return keys.draft.then_some(Reason::Draft),
        _ => return None,
    };
    let expires = keys.expires.map(|moment| instant(moment, clock));
    let published = keys.published.map(|moment| instant(moment, clock));
    match (expires, published) {
        _ if keys.draft => Some(Reason::Draft),
        (Some(expires), _) if expires <= now => Some(Reason::Expired(expires)),
        (_, Some(published)) if published > now => Some(Reason::Embargoed(published)),
        _ => None,
    }
}

/// An event that says nothing of its publication has no place in a snapshot.
fn undated(article: &Article) -> Option<Reason> {
    match &article.kind {
        Kind::Event(keys) if keys.published.is_none() => Some(Reason::Undated),
        _ => None,
    }
}

/// Warnings about what is built: no address of the site, uncertain dates without a note, pictures without words.
pub(super) fn check(site: &Site, diagnostics: &mut Vec<Diagnostic>) {
    if site.base_url().is_none() {
        diagnostics.push(
            Diagnostic::warning(
                "missing-base-url",
                "the settings have no `base_url`: pages get no canonical address, and there are no feeds",
            )
            .help("say where the site will stand: base_url = \"https://example.org/\""),
        );
    }
    diagnostics.extend(site.logo().and_then(Result::err));
    let (unpublished, all) = unpublished(site);
    if unpublished > 0 {
        diagnostics.push(
            Diagnostic::warning(
                "missing-published",
                format!(
                    "{unpublished} of {all} events have no `published`: they are in no list by publication and in no feed"
                ),
            )
            .help("say when the article was published: published = 2023-09-15T18:00:00-03:00"),
        );
    }
    for event in &site.events {
        check_note(site, site.article(event.article), diagnostics);
    }
    for timeline in &site.timelines {
        check_route(site, timeline, diagnostics);
        diagnostics.extend(check_key_moments(site, timeline));
    }
    let built = (0..site.input.articles.len()).filter(|article| site.address_of(*article).is_some());
    for article in built {
        check_image(site, article, diagnostics);
    }
}

/// How many events have no `published`, and how many there are; a translation is no event of its own.
fn unpublished(site: &Site) -> (usize, usize) {
    let is_original = |event: &&Event| {
        let language = site.article(event.article).language;
        language == LanguageIndex::MAIN || site.version(&event.address, LanguageIndex::MAIN).is_none()
    };
    let originals = || site.events.iter().filter(is_original);
    (originals().filter(|event| event.published.is_none()).count(), originals().count())
}

fn check_note(site: &Site, article: &Article, diagnostics: &mut Vec<Diagnostic>) {
    let Kind::Event(keys) = &article.kind else { return };
    let Some(date) = &keys.date else { return };
    if date.value.certainty() == Certainty::Certain || keys.date_note.is_some() {
        return;
    }
    diagnostics.push(
        Diagnostic::warning("missing-date-note", "the date is uncertain, and nothing says why")
            .at(site.input.place(&article.path, date.range()))
            .help("tell readers what is known: date_note = \"…\""),
    );
}

/// Key moments are what is read by who reads nothing else: three at least of a story, and not a list of everything.
fn check_key_moments(site: &Site, timeline: &Timeline) -> Option<Diagnostic> {
    let events = &site.events[timeline.events.clone()];
    let keys = events.iter().filter(|event| event.keys(site).weight == Weight::Key).count();
    let (wrong, help) = match events.len() {
        count if count >= 8 && keys < 3 => (
            "few",
            "give three to seven events `weight = \"key\"`: by them alone the story should make sense",
        ),
        count if count >= 15 && keys * 5 > count => (
            "many",
            "leave `weight = \"key\"` to a fifth of the events at the most: what all have marks nothing",
        ),
        _ => return None,
    };
    let message = format!("{keys} of {} events are key moments: that is {wrong}", events.len());
    let path = &site.article(timeline.article).path;
    Some(Diagnostic::warning("key-moments", message).at(Place::file(path)).help(help))
}

/// The places of a timeline's route must be known, with their positions.
fn check_route(site: &Site, timeline: &Timeline, diagnostics: &mut Vec<Diagnostic>) {
    for name in &timeline.keys(site).route {
        let place = site.entity_anywhere(EntityKind::Place, &name.value);
        let keys = place.and_then(|place| place.keys(site));
        if keys.is_some_and(|keys| keys.latitude.is_some() && keys.longitude.is_some()) {
            continue;
        }
        let message = match place {
            Some(_) => format!("nothing says where `{}` is", name.value),
            None => format!("no event names the place `{}`", name.value),
        };
        let path = &site.article(timeline.article).path;
        diagnostics.push(
            Diagnostic::error("unknown-place", message)
                .at(site.input.place(path, name.range()))
                .help("a place of the `route` has a page in content/places/ with `latitude` and `longitude`"),
        );
    }
}

fn check_image(site: &Site, index: usize, diagnostics: &mut Vec<Diagnostic>) {
    let article = site.article(index);
    let Some(image) = article.kind.image() else { return };
    if let Err(diagnostic) = site.image(index, image) {
        diagnostics.push(diagnostic);
    }
    if image.credit.is_none() {
        diagnostics.push(
            Diagnostic::warning("missing-credit", "the picture has no `credit`: nobody learns who made it")
                .at(site.input.place(&article.path, image.src.range()))
                .help("name who took or drew it: credit = \"…\"; and on which terms it is shown: license = \"…\""),
        );
    }
    if image.alt.is_none() {
        diagnostics.push(
            Diagnostic::warning(
                "missing-alt",
                "the picture has no `alt`: who can't see it learns nothing of it",
            )
            .at(site.input.place(&article.path, image.src.range()))
            .help("say in a sentence what is to be seen: alt = \"…\"; alt = \"\" for mere decoration"),
        );
    }
}
