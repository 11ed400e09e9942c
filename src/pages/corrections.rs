//! The page of all corrections in a language, newest first, each with the wording that it took the place of.

use serde::Serialize;

use super::cards::Link;
use super::dates::{self, DateView};
use super::frame::frame;
use super::translations::foreign;
use super::{Scene, View};
use crate::input::LanguageIndex;
use crate::site::{Correction, Site};
use crate::time::direction_of;

/// What `corrections.html` sees under the name `corrections`.
#[derive(Debug, Serialize)]
pub(super) struct CorrectionsView {
    pub title: String,
    /// «3 corrections».
    pub count: String,
    pub items: Vec<Mended>,
}

/// What was wrong and has been put right, and where.
#[derive(Debug, Serialize)]
pub(super) struct Mended {
    /// The anchor on the page.
    pub id: String,
    pub date: DateView,
    pub text: String,
    pub was: Option<String>,
    /// The language of both, where it is not the page's: that of an original whose translation says nothing of it.
    pub language: Option<String>,
    /// Its direction, `ltr` or `rtl`.
    pub direction: Option<&'static str>,
    pub event: Link,
    /// The event's timeline, where there are several.
    pub timeline: Option<Link>,
}

/// The view of the corrections of the page's language.
pub(super) fn view(scene: &Scene<'_>) -> View<CorrectionsView> {
    let title = scene.words.text("corrections").to_string();
    let items: Vec<Mended> =
        scene.site.corrections(scene.language).iter().map(|one| mended(scene, one)).collect();
    let count = scene.words.count("corrections_count", items.len() as u64);
    let about = scene.words.text("corrections_about");
    let frame = frame(scene, "corrections", &title, Some(about));
    View { frame, name: "corrections", view: CorrectionsView { title, count, items } }
}

/// A correction as it is told on the page, and in the feed.
pub(super) fn mended(scene: &Scene<'_>, correction: &Correction<'_>) -> Mended {
    let site = scene.site;
    let event = site.event(correction.event);
    let timeline = site.timeline(event.timeline);
    let several = site.timelines_in(scene.language).nth(1).is_some();
    let language = foreign(scene, language(site, correction));
    Mended {
        id: anchor(site, correction),
        date: dates::of(scene.words, &correction.date),
        text: correction.keys.text.clone(),
        was: correction.keys.was.clone(),
        direction: language.as_deref().map(direction_of),
        language,
        event: Link {
            title: event.keys(site).title.clone(),
            href: format!("{}#page:corrections", scene.linker.to(&event.address)),
        },
        timeline: several.then(|| Link {
            title: timeline.keys(site).title.clone(),
            href: scene.linker.to(&timeline.address),
        }),
    }
}

/// The anchor of a correction on the page of all of them: the event's path, and the date.
pub(super) fn anchor(site: &Site, correction: &Correction<'_>) -> String {
    format!("{}:{}", site.event(correction.event).address.as_str().trim_matches('/'), correction.id)
}

/// The tag of the language in which a correction is written.
pub(super) fn language<'a>(site: &'a Site, correction: &Correction<'_>) -> &'a str {
    let event = site.event(correction.event);
    match site.article(event.article).inherits("corrections") {
        true => site.input.languages.tag(LanguageIndex::MAIN),
        false => site.timeline(event.timeline).words.language(),
    }
}
