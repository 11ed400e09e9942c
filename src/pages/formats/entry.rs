//! An article as it is read in a feed: rendered once, with whole addresses, for all the feeds that have it.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, OnceLock};

use serde::Serialize;

use crate::pages::event::{self, EventView};
use crate::pages::{Failure, Renderer, Scene};
use crate::site::{EventIndex, Linker, Page, Site};

/// How many bytes of rendered articles are kept at the most; what is beyond them is rendered again when it is asked for.
const MOST_KEPT: usize = 64 << 20;

/// Articles that have been rendered for feeds: an event stands in that of the site, of its timeline, and of all it names.
#[derive(Debug)]
pub(in crate::pages) struct Entries {
    kept: Vec<OnceLock<Arc<str>>>,
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

/// An event's article as HTML that may be read anywhere. What is to be warned of in it, its own page tells.
pub(super) fn html(renderer: &Renderer, index: EventIndex) -> Result<Arc<str>, Failure> {
    let kept = &renderer.entries.kept[index.0];
    if let Some(html) = kept.get() {
        return Ok(Arc::clone(html));
    }
    let scene = scene(&renderer.site, index);
    let view = EntryView {
        event: event::of(&scene, index, &mut Vec::new())?,
        page: scene.linker.to(scene.linker.from()),
    };
    let html: Arc<str> = renderer.fragment("entry.html", &scene, "entry", &view)?.into();
    let before = renderer.entries.bytes.fetch_add(html.len(), Ordering::Relaxed);
    Ok(if before < MOST_KEPT { Arc::clone(kept.get_or_init(|| html)) } else { html })
}

/// What an event is told with where it is read elsewhere: the words of its own page, and whole addresses.
pub(super) fn scene(site: &Site, index: EventIndex) -> Scene<'_> {
    let page = Page::Event(index);
    Scene {
        site,
        words: site.words_of(page),
        language: site.language_of(page),
        linker: Linker::new(site, &site.event(index).address).absolute(),
    }
}
