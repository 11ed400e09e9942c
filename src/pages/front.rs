//! The front page: all timelines, and the ten events published last.

use serde::Serialize;
use tera::Value;

use super::cards::{self, ImageView, Link, count};
use super::dates::{self, DateView, MomentView};
use super::frame::{frame, site_title};
use super::timeline::{coverage, status};
use super::{Failure, Scene, View, text};
use crate::Diagnostic;
use crate::input::article::Kind;
use crate::input::keys::{Extra, Role};
use crate::site::{EventIndex, Timeline};

/// How many events the front page lists.
const LATEST: usize = 10;

/// What `front.html` sees under the name `front`.
#[derive(Debug, Serialize)]
pub(super) struct FrontView {
    pub title: String,
    /// The language of the title, where it is not the page's.
    pub language: Option<String>,
    pub summary: Option<String>,
    pub image: Option<ImageView>,
    pub text: String,
    pub timelines: Vec<TimelineItem>,
    pub latest: Vec<LatestItem>,
    pub extra: Extra,
}

/// A timeline on the front page.
#[derive(Debug, Serialize)]
pub(super) struct TimelineItem {
    pub title: String,
    pub href: String,
    pub summary: Option<String>,
    pub status: Option<&'static str>,
    pub coverage: Option<DateView>,
    pub count: Option<String>,
}

/// An event that was published of late.
#[derive(Debug, Serialize)]
pub(super) struct LatestItem {
    pub title: String,
    pub href: String,
    /// A [`DateView`].
    pub date: Value,
    pub published: MomentView,
    pub timeline: Link,
}

/// The view of the front page.
pub(super) fn view(scene: &Scene<'_>, warnings: &mut Vec<Diagnostic>) -> Result<View<FrontView>, Failure> {
    let site = scene.site;
    let front = site.front(scene.language);
    let article = front.map(|front| site.article(front));
    let own_title = article.map(|article| article.kind.title()).filter(|title| !title.trim().is_empty());
    let (site_title, site_language) = site_title(scene);
    let title = own_title.unwrap_or(site_title);
    let keys = article.and_then(|article| match &article.kind {
        Kind::Front(keys) => Some(keys),
        _ => None,
    });
    let description = site.description(scene.language).or(article.and_then(|article| article.summary()));
    let view = FrontView {
        title: title.to_string(),
        language: site_language.filter(|_| own_title.is_none()),
        summary: keys.and_then(|keys| keys.summary.clone()),
        image: front.and_then(|front| cards::image(scene, front, keys?.image.as_ref())),
        extra: keys.map(|keys| keys.extra.clone()).unwrap_or_default(),
        text: front.map_or_else(|| Ok(String::new()), |front| text::html(scene, front, warnings))?,
        timelines: site.timelines_in(scene.language).map(|timeline| item(scene, timeline)).collect(),
        latest: site
            .published_last(scene.language, LATEST)
            .into_iter()
            .filter_map(|at| latest(scene, at))
            .collect(),
    };
    Ok(View { frame: frame(scene, "front", title, description), name: "front", view })
}

fn item(scene: &Scene<'_>, timeline: &Timeline) -> TimelineItem {
    let keys = timeline.keys(scene.site);
    TimelineItem {
        title: keys.title.clone(),
        href: scene.linker.to(&timeline.address),
        summary: scene.site.article(timeline.article).summary().map(str::to_string),
        status: status(keys),
        coverage: coverage(scene, timeline, Role::Event),
        count: count(scene, "events_count", timeline.events.len()),
    }
}

fn latest(scene: &Scene<'_>, index: EventIndex) -> Option<LatestItem> {
    let site = scene.site;
    let event = site.event(index);
    let timeline = site.timeline(event.timeline);
    Some(LatestItem {
        title: event.keys(site).title.clone(),
        href: scene.linker.to(&event.address),
        date: dates::of_event(scene, index),
        published: dates::instant(site, scene.words, event.published?),
        timeline: Link { title: timeline.keys(site).title.clone(), href: scene.linker.to(&timeline.address) },
    })
}
