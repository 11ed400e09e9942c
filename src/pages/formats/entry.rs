//! An entry of a feed: made once for all the feeds that have it, and kept up to a bound.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, OnceLock};

use serde::Serialize;

use super::feed::{self, Entry};
use crate::input::Reads;
use crate::pages::event::{self, EventView};
use crate::pages::{Failure, Renderer, Scene};
use crate::site::{EventIndex, Linker, Page, Site};
use crate::time::Instant;

/// How many bytes of texts are kept at the most; what is beyond them is made again when it is asked for.
const MOST_KEPT: usize = 32 << 20;

/// Entries that have been made: an event stands in the feeds of the site, of its timeline, and of all it names.
#[derive(Debug)]
pub(in crate::pages) struct Entries {
    kept: Vec<OnceLock<Arc<Entry>>>,
    bytes: AtomicUsize,
}

/// What `entry.html` sees under the name `entry`.
#[derive(Debug, Serialize)]
struct EntryView {
    event: EventView,
    /// The article's own page.
    page: String,
}

impl Entries {
    /// None yet.
    pub fn of(site: &Site) -> Self {
        Self { kept: site.events.iter().map(|_| OnceLock::new()).collect(), bytes: AtomicUsize::new(0) }
    }
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
    let kept = &renderer.entries.kept[index.0];
    if let Some(entry) = kept.get() {
        return Ok(Arc::clone(entry));
    }
    let reads = Reads::default();
    let scene = scene(&renderer.site, index, &reads);
    let html = html(renderer, &scene, index)?;
    let entry = Arc::new(feed::article(&scene, index, published, html));
    let before = renderer.entries.bytes.fetch_add(entry.html.len(), Ordering::Relaxed);
    Ok(if before < MOST_KEPT { Arc::clone(kept.get_or_init(|| entry)) } else { entry })
}

fn html(renderer: &Renderer, scene: &Scene<'_>, index: EventIndex) -> Result<String, Failure> {
    let view = EntryView {
        event: event::of(scene, index, &mut Vec::new())?,
        page: scene.linker.to(scene.linker.from()),
    };
    let mut html = renderer.fragment("entry.html", scene, "entry", &view)?;
    html.shrink_to_fit();
    Ok(html)
}

/// What an event is told with where it is read elsewhere: the words of its own page, and whole addresses.
fn scene<'a>(site: &'a Site, index: EventIndex, reads: &'a Reads) -> Scene<'a> {
    let page = Page::Event(index);
    Scene {
        site,
        page,
        words: site.words_of(page),
        language: site.language_of(page),
        linker: Linker::new(site, &site.event(index).address, reads).absolute(),
    }
}
