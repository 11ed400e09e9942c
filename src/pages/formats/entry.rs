//! An entry as it is written in feeds: made once for all the feeds that have it, and kept up to a bound.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, OnceLock};

use serde::Serialize;
use serde_json::value::RawValue;

use super::feed::{self, Entry};
use super::{atom, json_feed};
use crate::input::Reads;
use crate::pages::event::{self, EventView};
use crate::pages::{Failure, Renderer, Scene};
use crate::site::{EventIndex, Linker, Page, Site};
use crate::time::Instant;

/// How many bytes of entries are kept at the most; what is beyond them is made again when it is asked for.
const MOST_KEPT: usize = 128 << 20;

/// Entries that have been written: an event stands in the feeds of the site, of its timeline, and of all it names.
#[derive(Debug)]
pub(in crate::pages) struct Entries {
    kept: Vec<OnceLock<Arc<Written>>>,
    bytes: AtomicUsize,
}

/// An entry in both formats.
#[derive(Debug)]
pub(super) struct Written {
    pub updated: Instant,
    /// The articles whose bodies are in it.
    reads: Vec<usize>,
    pub atom: Vec<u8>,
    pub json: Box<RawValue>,
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

impl Written {
    /// Writes an entry.
    pub fn new(entry: &Entry) -> Self {
        let (atom, json) = (atom::entry(entry), json_feed::item(entry));
        Self { updated: entry.updated, reads: Vec::new(), atom, json }
    }

    fn len(&self) -> usize {
        self.atom.len() + self.json.get().len()
    }
}

/// The entry of an event, for the page that `to` makes. What is to be warned of in its text, its own page tells.
pub(super) fn written(
    renderer: &Renderer,
    to: &Scene<'_>,
    index: EventIndex,
    published: Instant,
) -> Result<Arc<Written>, Failure> {
    let written = kept_or_made(renderer, index, published)?;
    to.linker.reads().add(&written.reads);
    Ok(written)
}

fn kept_or_made(renderer: &Renderer, index: EventIndex, published: Instant) -> Result<Arc<Written>, Failure> {
    let kept = &renderer.entries.kept[index.0];
    if let Some(written) = kept.get() {
        return Ok(Arc::clone(written));
    }
    let reads = Reads::default();
    let scene = scene(&renderer.site, index, &reads);
    let html = html(renderer, &scene, index)?;
    let written = Written::new(&feed::article(&scene, index, published, html));
    let written = Arc::new(Written { reads: reads.list(), ..written });
    let before = renderer.entries.bytes.fetch_add(written.len(), Ordering::Relaxed);
    Ok(if before < MOST_KEPT { Arc::clone(kept.get_or_init(|| written)) } else { written })
}

fn html(renderer: &Renderer, scene: &Scene<'_>, index: EventIndex) -> Result<String, Failure> {
    let view = EntryView {
        event: event::of(scene, index, &mut Vec::new())?,
        page: scene.linker.to(scene.linker.from()),
    };
    renderer.fragment("entry.html", scene, "entry", &view)
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
