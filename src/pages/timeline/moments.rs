//! The key moments on top of a timeline: what is to be known by who reads nothing else.

use serde::Serialize;
use tera::Value;

use super::Sheet;
use crate::input::keys::Weight;
use crate::pages::dates;
use crate::site::EventIndex;

/// A link to a key moment.
#[derive(Debug, Serialize)]
pub(in crate::pages) struct KeyMoment {
    pub title: String,
    pub href: String,
    /// A [`DateView`](dates::DateView).
    pub date: Value,
}

/// How many are listed at the most. A timeline with more is long, and those of its other pages are not in its masthead.
const LISTED: usize = 30;

/// The key moments of the whole timeline, and how many there are where not all are listed.
pub(super) fn of(sheet: &Sheet<'_>) -> (Vec<KeyMoment>, Option<String>) {
    let site = sheet.scene.site;
    let is_key = |at: &usize| site.event(EventIndex(*at)).keys(site).weight == Weight::Key;
    let keys: Vec<usize> = sheet.timeline.events.clone().filter(is_key).collect();
    let moment = |at: &usize| {
        let event = site.event(EventIndex(*at));
        KeyMoment {
            title: event.keys(site).title.clone(),
            href: sheet.link_to(EventIndex(*at)),
            date: dates::of_event(sheet.scene, EventIndex(*at)),
        }
    };
    let more = (keys.len() > LISTED).then(|| {
        let count = sheet.scene.words.number(keys.len() as u64);
        sheet.scene.words.fill("more_key_moments", &[("count", &count)])
    });
    (keys.iter().take(LISTED).map(moment).collect(), more)
}
