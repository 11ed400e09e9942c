//! An entry of a feed: made once for all the feeds that have it, and kept from the first of them to the last.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError};

use serde::Serialize;

use super::feed::{self, Category, Entry};
use crate::input::{EntityKind, Reads};
use crate::pages::event::{self, EventView};
use crate::pages::{Failure, Renderer, Scene};
use crate::site::{EntityIndex, EventIndex, Format, Linker, Page, Site};
use crate::time::Instant;

/// How many bytes of texts are kept at the most; what is beyond them is made again when it is asked for.
const MOST_KEPT: usize = 32 << 20;

/// Entries that have been made: an event stands in the feeds of the site, of its timeline, and of all it names.
#[derive(Debug, Default)]
pub(in crate::pages) struct Entries {
    /// Of each event; counted when the first feed is asked for.
    kept: OnceLock<Vec<Mutex<Kept>>>,
    bytes: AtomicUsize,
    /// Of each entity, how entries in its language name it.
    categories: OnceLock<Vec<OnceLock<Arc<Category>>>>,
}

/// The entry of an event, as long as feeds are still to ask for it.
#[derive(Debug, Default)]
struct Kept {
    /// How many feeds have not asked yet.
    awaited: usize,
    entry: Option<Arc<Entry>>,
}

/// What `entry.html` sees under the name `entry`.
#[derive(Debug, Serialize)]
struct EntryView {
    event: EventView,
    /// The article's own page.
    page: String,
}

impl Entries {
    fn kept(&self, site: &Site, index: EventIndex) -> MutexGuard<'_, Kept> {
        let kept = &self.kept.get_or_init(|| awaited(site))[index.0];
        // Whoever panicked with it has left a whole value.
        kept.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// What has been made already, for one of the feeds that have it.
    fn take(&self, site: &Site, index: EventIndex) -> Option<Arc<Entry>> {
        let mut kept = self.kept(site, index);
        kept.entry.as_ref()?;
        self.asked(&mut kept)
    }

    /// Keeps what was made for one of the feeds for the others.
    fn put(&self, site: &Site, index: EventIndex, entry: &Arc<Entry>) {
        let mut kept = self.kept(site, index);
        if kept.entry.is_none() && self.bytes.load(Ordering::Relaxed) < MOST_KEPT {
            self.bytes.fetch_add(entry.html.len(), Ordering::Relaxed);
            kept.entry = Some(Arc::clone(entry));
        }
        self.asked(&mut kept);
    }

    /// Whom and what an article names, from the page that `scene` makes.
    fn categories(&self, scene: &Scene<'_>, index: EventIndex) -> Vec<Arc<Category>> {
        let site = scene.site;
        let kept = self.categories.get_or_init(|| site.entities.iter().map(|_| OnceLock::new()).collect());
        let category = |at: &EntityIndex| {
            let entity = site.entity(*at);
            let make = || Arc::new(feed::category(scene, entity));
            match entity.language == scene.language && scene.linker.leads_from_elsewhere() {
                true => Arc::clone(kept[at.0].get_or_init(make)),
                false => make(),
            }
        };
        let named = EntityKind::ALL.into_iter().flat_map(|kind| site.event(index).named(kind));
        named.map(category).collect()
    }

    /// One feed less is to ask for it, and the last takes it away.
    fn asked(&self, kept: &mut Kept) -> Option<Arc<Entry>> {
        kept.awaited = kept.awaited.saturating_sub(1);
        if kept.awaited > 0 {
            return kept.entry.clone();
        }
        let entry = kept.entry.take()?;
        self.bytes.fetch_sub(entry.html.len(), Ordering::Relaxed);
        Some(entry)
    }
}

/// How many feeds have each event.
fn awaited(site: &Site) -> Vec<Mutex<Kept>> {
    let mut counts = vec![0; site.events.len()];
    let feeds = site.routes.iter().filter_map(|route| match route.page {
        Page::Format(scope, Format::Atom | Format::JsonFeed) => Some(scope),
        _ => None,
    });
    for scope in feeds {
        feed::events(site, scope).iter().for_each(|(index, _)| counts[index.0] += 1);
    }
    counts.into_iter().map(|awaited| Mutex::new(Kept { awaited, entry: None })).collect()
}

/// The entry of an event, for the page that `to` makes. What is to be warned of in its text, its own page tells.
pub(super) fn of_event(
    renderer: &Renderer,
    to: &Scene<'_>,
    index: EventIndex,
    published: Instant,
) -> Result<Arc<Entry>, Failure> {
    let entry = kept_or_made(renderer, index, published)?;
    to.linker.reads().add(&entry.reads);
    Ok(entry)
}

fn kept_or_made(renderer: &Renderer, index: EventIndex, published: Instant) -> Result<Arc<Entry>, Failure> {
    if let Some(entry) = renderer.entries.take(&renderer.site, index) {
        return Ok(entry);
    }
    let reads = Reads::default();
    let scene = scene(renderer, index, &reads);
    let html = html(renderer, &scene, index)?;
    let categories = renderer.entries.categories(&scene, index);
    let entry = Arc::new(feed::article(&scene, index, published, html, categories));
    renderer.entries.put(&renderer.site, index, &entry);
    Ok(entry)
}

fn html(renderer: &Renderer, scene: &Scene<'_>, index: EventIndex) -> Result<Box<str>, Failure> {
    let view = EntryView {
        event: event::of(scene, index, &mut Vec::new())?,
        page: scene.linker.to(scene.linker.from()),
    };
    renderer.fragment("entry.html", scene, "entry", &view)
}

/// What an event is told with where it is read elsewhere: the words of its own page, and whole addresses.
fn scene<'a>(renderer: &'a Renderer, index: EventIndex, reads: &'a Reads) -> Scene<'a> {
    let site = &*renderer.site;
    let page = Page::Event(index);
    Scene {
        site,
        page,
        words: site.words_of(page),
        alike: &renderer.alike,
        wanted: renderer.wanted,
        language: site.language_of(page),
        linker: Linker::new(site, &site.event(index).address, reads).absolute(),
    }
}

#[cfg(test)]
#[expect(clippy::disallowed_methods, reason = "a test prepares its own folders")]
mod tests {
    use std::fs;
    use std::sync::Arc;
    use std::sync::atomic::Ordering;

    use crate::input::Input;
    use crate::pages::Renderer;
    use crate::site::{Format, Options, Page, Site};
    use crate::time::Instant;

    #[test]
    fn an_entry_is_kept_until_the_last_feed_has_it() {
        let folder = tempfile::tempdir().unwrap();
        let write = |path: &str, text: &str| fs::write(folder.path().join(path), text).unwrap();
        fs::create_dir_all(folder.path().join("content/rio")).unwrap();
        write("dateline.toml", "title = \"Rio\"\nbase_url = \"https://a.test/\"\n");
        write("content/rio/_index.md", "+++\ntitle = \"O rio\"\n+++\n");
        let event =
            "title = \"A cheia\"\ndate = 2023-09-13\npublished = 2023-09-13T12:00:00Z\npeople = [\"Ana\"]";
        write("content/rio/cheia.md", &format!("+++\n{event}\n+++\nO rio subiu.\n"));
        let options = Options {
            now: Instant::from_seconds(1_790_000_000),
            as_of: None,
            drafts: false,
            file_links: false,
            base_url: None,
        };
        let input = Arc::new(Input::read(folder.path()).unwrap());
        let site = Arc::new(Site::new(&input, &options).0);
        let (renderer, _) = Renderer::new(&site);
        let is_feed = |page: Page| matches!(page, Page::Format(_, Format::Atom | Format::JsonFeed));
        let feeds: Vec<_> = site.routes.iter().filter(|route| is_feed(route.page)).collect();
        assert!(feeds.len() > 4, "the site, the timeline and Ana have feeds");
        let kept = || renderer.entries.bytes.load(Ordering::Relaxed) > 0;
        let mut kept_after = Vec::new();
        for route in &feeds {
            renderer.render(route).unwrap();
            kept_after.push(kept());
        }
        let mut expected = vec![true; feeds.len() - 1];
        expected.push(false);
        assert_eq!(kept_after, expected);
        // A preview may be asked again: it is made again, and not kept.
        let again = renderer.render(feeds[0]).unwrap();
        assert_eq!((again.reads, kept()), (vec![site.events[0].article], false));
    }
}
