//! Lists: the events of a page in the order in which they are read, and the way to a page from the front page.

use super::Describing;
use super::vocabulary::{BreadcrumbList, ItemList, ListItem};
use crate::address::Address;
use crate::input::keys::Sort;
use crate::site::{EventIndex, Page, TimelineIndex};

/// The order of a list by time.
const ASCENDING: &str = "https://schema.org/ItemListOrderAscending";
const DESCENDING: &str = "https://schema.org/ItemListOrderDescending";

/// The events of a page of a timeline, in the order in which they are read.
pub(super) fn of_events(page: &Describing<'_>) -> ItemList {
    let (events, order) = events(page);
    let site = page.scene.site;
    let item = |(at, event): (usize, &EventIndex)| ListItem {
        position: at + 1,
        name: site.event(*event).keys(site).title.clone(),
        url: Some(page.absolute(&site.event(*event).address)),
        item: None,
    };
    ItemList {
        id: page.id("list"),
        name: page.frame.title.clone(),
        number_of_items: events.len(),
        item_list_order: order,
        item_list_element: events.iter().enumerate().map(item).collect(),
    }
}

/// The events that stand on a page of a timeline, and in which order.
pub(super) fn events(page: &Describing<'_>) -> (Vec<EventIndex>, &'static str) {
    let site = page.scene.site;
    let range = |timeline: TimelineIndex, part: usize| {
        let events = site.parts(timeline).list[part].events.clone().map(EventIndex);
        match site.timeline(timeline).keys(site).sort {
            Sort::Oldest => (events.collect(), ASCENDING),
            Sort::Newest => (events.rev().collect(), DESCENDING),
        }
    };
    match page.scene.page {
        Page::Timeline(index) => range(index, site.parts(index).head),
        Page::Part(index, part) => range(index, part),
        Page::Track(index, track, at) => (site.parts(index).on_page_of_track(track, at).to_vec(), ASCENDING),
        Page::Reported(index, at) => {
            let events = site.parts(index).reported().nth(at).unwrap_or_default();
            (events.to_vec(), DESCENDING)
        }
        _ => (Vec::new(), ASCENDING),
    }
}

/// The way to a page; `None` for a front page and for what stands nowhere.
pub(super) fn breadcrumbs(page: &Describing<'_>) -> Option<BreadcrumbList> {
    let site = page.scene.site;
    let mut steps: Vec<(String, Address)> = Vec::new();
    match page.scene.page {
        Page::Front(_) | Page::NotFound | Page::Redirect(_) => return None,
        Page::Event(index) => steps.extend(timelines(page, site.event(index).timeline, true)),
        Page::Timeline(index) => steps.extend(timelines(page, index, false)),
        Page::Part(index, _) | Page::Track(index, ..) | Page::Reported(index, _) => {
            steps.extend(timelines(page, index, true));
        }
        Page::Entity(index) | Page::EntityPart(index, _) => {
            let kind = site.entity(index).kind;
            let list = site.list_address(page.scene.language, kind);
            steps.push((page.scene.words.text(kind.folder()).to_string(), list));
            if matches!(page.scene.page, Page::EntityPart(..)) {
                let entity = site.entity(index);
                steps.push((entity.name.clone(), entity.address.clone()));
            }
        }
        _ => {}
    }
    let home = (site.title(page.scene.language).to_string(), site.home(page.scene.language));
    let own = (page.frame.title.clone(), page.scene.linker.from().clone());
    let all = std::iter::once(home).chain(steps).chain([own]).enumerate();
    let item = |(at, (name, address)): (usize, (String, Address))| ListItem {
        position: at + 1,
        name,
        url: None,
        item: Some(page.absolute(&address)),
    };
    Some(BreadcrumbList { id: page.id("breadcrumbs"), item_list_element: all.map(item).collect() })
}

/// The timelines around one, from the outermost, with itself or without.
fn timelines(page: &Describing<'_>, index: TimelineIndex, with_itself: bool) -> Vec<(String, Address)> {
    let site = page.scene.site;
    let own = &site.timeline(index).address;
    let around = site.timelines_in(page.scene.language).filter(|timeline| {
        own.as_str().starts_with(timeline.address.as_str()) && (with_itself || timeline.address != *own)
    });
    around.map(|timeline| (timeline.keys(site).title.clone(), timeline.address.clone())).collect()
}
