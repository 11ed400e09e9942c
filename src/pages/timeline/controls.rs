//! The choices by which a page's events can be filtered, with plain links to pages that hold what a choice would show.

use serde::Serialize;

use super::Sheet;
use crate::input::EntityKind;
use crate::site::{Choice, Group, GroupKind, Subject};

/// The filters of a page.
#[derive(Debug, Serialize)]
pub(in crate::pages) struct FiltersView {
    /// The link to the stylesheet that they work by.
    pub stylesheet: String,
    pub groups: Vec<GroupView>,
}

/// Choices of one kind.
#[derive(Debug, Serialize)]
pub(in crate::pages) struct GroupView {
    /// `key_moments`, `tracks`, `people` or `places`.
    pub name: &'static str,
    pub choices: Vec<ChoiceView>,
    /// Where all of the kind are listed; absent where all are offered.
    pub more: Option<String>,
}

/// A choice.
#[derive(Debug, Serialize)]
pub(in crate::pages) struct ChoiceView {
    /// The id of its box.
    pub id: String,
    /// Its value, for addresses: the id of a person, `yes` for key moments.
    pub value: String,
    pub title: String,
    /// How many events it would show, if it were the only choice.
    pub count: String,
    /// The page that holds what it would show.
    pub href: String,
}

/// The filters of the page; `None` where there is nothing to filter.
pub(super) fn of(sheet: &Sheet<'_>) -> Option<FiltersView> {
    let filters = sheet.part().filters.as_deref()?;
    let groups = filters.groups.iter().enumerate().map(|(at, group)| view(sheet, at, group));
    Some(FiltersView { stylesheet: sheet.scene.linker.to(&filters.stylesheet), groups: groups.collect() })
}

fn view(sheet: &Sheet<'_>, at: usize, group: &Group) -> GroupView {
    let list = match group.kind {
        GroupKind::People => Some(EntityKind::Person),
        GroupKind::Places => Some(EntityKind::Place),
        GroupKind::KeyMoments | GroupKind::Tracks => None,
    };
    let choices = group.choices.iter().enumerate();
    GroupView {
        name: group.kind.as_str(),
        choices: choices.map(|(number, choice)| choice_view(sheet, at, number, choice)).collect(),
        more: list.filter(|_| group.has_more).map(|kind| {
            let scene = sheet.scene;
            scene.linker.to(&scene.site.list_address(scene.language, kind))
        }),
    }
}

fn choice_view(sheet: &Sheet<'_>, group: usize, number: usize, choice: &Choice) -> ChoiceView {
    let scene = sheet.scene;
    let (value, title, href) = match choice.subject {
        Subject::KeyMoments => {
            let href = sheet.link(sheet.parts.head, "page:key-moments");
            ("yes".to_string(), scene.words.text("only_key_moments").to_string(), href)
        }
        Subject::Track(at) => {
            let track = &sheet.timeline.keys(scene.site).tracks[at];
            let address = sheet.timeline.track_address(scene.site, at, 0);
            let href = address.map_or_else(String::new, |address| scene.linker.to(&address));
            (track.id.clone(), track.title.clone(), href)
        }
        Subject::Entity(index) => {
            let entity = scene.site.entity(index);
            (entity.id.to_string(), entity.name.clone(), scene.linker.to(&entity.address))
        }
    };
    let count = scene.words.number(choice.count as u64);
    ChoiceView { id: format!("filter:{group}:{number}"), value, title, count, href }
}
