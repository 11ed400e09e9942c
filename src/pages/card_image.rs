//! What is written on the card image of a timeline or an event, in the words of its page.

use super::Scene;
use super::timeline::coverage;
use crate::card_image::{Card, Direction, missing_letter};
use crate::input::EntityKind;
use crate::input::keys::Role;
use crate::site::{Scope, Timeline};

/// The accent of the built-in theme.
const ACCENT: [u8; 3] = [0x9c, 0x1c, 0x1c];

/// The card of a timeline or an event.
pub(super) fn of(scene: &Scene<'_>, subject: Scope) -> Card {
    let site = scene.site;
    let blank = Card {
        title: String::new(),
        above: None,
        date: None,
        place: None,
        site: written(site.title(scene.language)).unwrap_or_default(),
        direction: match scene.words.direction() {
            "rtl" => Direction::RightToLeft,
            _ => Direction::LeftToRight,
        },
        accent: accent(scene),
    };
    match subject {
        Scope::Event(index) => {
            let event = site.event(index);
            let place = event.named(EntityKind::Place).first().map(|place| &*site.entity(*place).name);
            Card {
                title: event.keys(site).title.clone(),
                above: written(&site.timeline(event.timeline).keys(site).title),
                date: (!event.date.written().is_unknown())
                    .then(|| scene.words.date(&event.date))
                    .and_then(|date| written(&date)),
                place: place.and_then(written),
                ..blank
            }
        }
        Scope::Timeline(index) => of_timeline(scene, site.timeline(index), blank),
        Scope::Site(_) | Scope::Entity(_) | Scope::Corrections(_) => {
            unreachable!("cards are planned for timelines and events alone")
        }
    }
}

fn of_timeline(scene: &Scene<'_>, timeline: &Timeline, blank: Card) -> Card {
    let coverage = coverage(scene, timeline, Role::Event);
    let date = coverage.filter(|date| date.edtf != "unknown").and_then(|date| written(&date.text));
    Card { title: timeline.keys(scene.site).title.clone(), date, ..blank }
}

/// A text that the fonts of cards have every letter of.
fn written(text: &str) -> Option<String> {
    missing_letter(text).is_none().then(|| text.to_string())
}

fn accent(scene: &Scene<'_>) -> [u8; 3] {
    let own = scene.site.input.settings.theme.accent.as_ref();
    let number = own.and_then(|accent| u32::from_str_radix(accent.0.trim_start_matches('#'), 16).ok());
    number.map_or(ACCENT, |number| {
        let [_, red, green, blue] = number.to_be_bytes();
        [red, green, blue]
    })
}
