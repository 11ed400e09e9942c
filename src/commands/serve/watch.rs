//! Watching a site: the system's events come in, names of files that have changed go out.
//!
//! Where events do not come, it wakes up by itself from time to time, so that somebody looks. It reads no file and
//! decides nothing: a name too many costs a look, a name too few only the time until the next one.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::mpsc::{self, Receiver, RecvTimeoutError, Sender};
use std::time::{Duration, Instant as Stopwatch};

use notify::event::{AccessKind, AccessMode, CreateKind, EventKind, ModifyKind};
use notify::{Event, RecommendedWatcher, RecursiveMode, Watcher};

use crate::Error;
use crate::input::settings;

/// The folders that make a site.
const FOLDERS: [&str; 3] = ["content", "templates", "static"];
/// How long nothing more must happen before a burst of events counts as over, and how long it may last.
const QUIET: Duration = Duration::from_millis(3);
const BURST: Duration = Duration::from_millis(150);
/// After which time something is looked for that came without an event: while they come, and where they do not.
const HEARTBEAT: Duration = Duration::from_secs(2);
const POLL: Duration = Duration::from_millis(400);
/// How long an event may be late.
const LATE: Duration = Duration::from_millis(250);

/// What the watch is told.
pub(super) enum Signal {
    /// The system saw something.
    Event(notify::Result<Event>),
    /// Somebody met a file that is another than was read.
    Look,
}

/// Why it is time to look.
pub(super) struct Wake {
    /// Files and folders that have changed, relative to the root; the empty path for «anything».
    pub(super) named: BTreeSet<PathBuf>,
    /// Whether the system says so, and that nothing else has changed.
    pub(super) is_all: bool,
    /// Whether nobody said so.
    pub(super) is_heartbeat: bool,
}

/// The watch over a site.
pub(super) struct Watch {
    root: PathBuf,
    watcher: Option<RecommendedWatcher>,
    signals: Receiver<Signal>,
    /// Read before its time, by who asked whether events come.
    early: Option<Signal>,
    /// What the last look found, where nothing but looking tells: it is looked at once more.
    unsettled: BTreeSet<PathBuf>,
    /// When to look once more, because a new folder may have got files before it was watched.
    again: bool,
    /// How long the last look took.
    cost: Duration,
}

impl Watch {
    /// Begins to watch. Without `events`, or where the system has none to give, it only wakes up by itself.
    ///
    /// # Errors
    /// A root that does not exist.
    pub(super) fn begin(root: &Path, events: bool) -> Result<(Self, Sender<Signal>), Error> {
        let root = root.canonicalize().map_err(Error::io("find", root))?;
        let (sender, signals) = mpsc::channel();
        let watcher = if events { watcher(&root, sender.clone()) } else { None };
        let watch = Self {
            root,
            watcher,
            signals,
            early: None,
            unsettled: BTreeSet::new(),
            again: false,
            cost: Duration::ZERO,
        };
        Ok((watch, sender))
    }

    /// Whether it waits for events.
    pub(super) fn has_events(&self) -> bool {
        self.watcher.is_some()
    }

    /// Waits until it is time to look; `None` when nobody can ask any more.
    pub(super) fn wait(&mut self) -> Option<Wake> {
        loop {
            let first = match self.early.take() {
                Some(signal) => Ok(signal),
                None => self.signals.recv_timeout(self.patience()),
            };
            let mut named = std::mem::take(&mut self.unsettled);
            let is_all = named.is_empty();
            match first {
                Err(RecvTimeoutError::Disconnected) => return None,
                Err(RecvTimeoutError::Timeout) => {
                    let is_heartbeat = !std::mem::take(&mut self.again);
                    return Some(Wake { named, is_all: false, is_heartbeat });
                }
                Ok(signal) => {
                    let Some(is_told) = self.gather(signal, &mut named) else { continue };
                    return Some(Wake { named, is_all: is_all && is_told, is_heartbeat: false });
                }
            }
        }
    }

    /// Is told what a look found, and how long it took. Gives whether events were given up as they do not come.
    pub(super) fn looked(&mut self, wake: &Wake, found: &BTreeSet<PathBuf>, took: Duration) -> bool {
        self.cost = took;
        if self.watcher.is_none() {
            self.unsettled = if wake.named.is_superset(found) { BTreeSet::new() } else { found.clone() };
            return false;
        }
        if found.is_empty() || !wake.is_heartbeat {
            return false;
        }
        match self.signals.recv_timeout(LATE) {
            Ok(signal) => self.early = Some(signal),
            Err(_) => self.watcher = None,
        }
        self.watcher.is_none()
    }

    fn patience(&self) -> Duration {
        match (self.again, self.has_events()) {
            (true, _) => Duration::from_millis(40),
            (false, true) => HEARTBEAT.max(self.cost * 50),
            (false, false) => POLL.max(self.cost * 10),
        }
    }

    /// Takes a burst of signals together. `None` where none of them is a reason to look; else whether they say what has
    /// changed. Who met a changed file met what the events beside it name; if it was another one, it is met again.
    fn gather(&mut self, first: Signal, named: &mut BTreeSet<PathBuf>) -> Option<bool> {
        let started = Stopwatch::now();
        let mut is_told = !matches!(first, Signal::Look);
        let mut is_reason = self.take(first, named);
        while started.elapsed() < BURST {
            let Ok(signal) = self.signals.recv_timeout(QUIET) else { break };
            is_told &= !matches!(signal, Signal::Look);
            is_reason |= self.take(signal, named);
        }
        is_reason.then_some(is_told || !named.is_empty())
    }

    fn take(&mut self, signal: Signal, named: &mut BTreeSet<PathBuf>) -> bool {
        let event = match signal {
            Signal::Look => return true,
            Signal::Event(Ok(event)) if !event.need_rescan() => event,
            Signal::Event(_) => {
                named.insert(PathBuf::new());
                return true;
            }
        };
        let inside = event.paths.iter().filter_map(|path| path.strip_prefix(&self.root).ok());
        let inside: Vec<PathBuf> = inside.filter(|path| is_of_site(path)).map(Path::to_path_buf).collect();
        let may_be_folder = matches!(
            event.kind,
            EventKind::Create(CreateKind::Folder) | EventKind::Modify(ModifyKind::Name(_))
        );
        self.again |= may_be_folder && inside.iter().any(|path| self.root.join(path).is_dir());
        if let Some(watcher) = &mut self.watcher {
            for folder in inside.iter().filter(|path| path.components().count() == 1) {
                // One that is no folder, or is gone, needs no watch.
                let _ = watcher.watch(&self.root.join(folder), RecursiveMode::Recursive);
            }
        }
        let is_reason = !inside.is_empty();
        named.extend(inside);
        is_reason
    }
}

/// Watches the folders of a site that exist, and its root for those that will. `None` where the system can't.
fn watcher(root: &Path, sender: Sender<Signal>) -> Option<RecommendedWatcher> {
    // What only opens and reads is left out at once: the own reading would be seen.
    let told = move |event: notify::Result<Event>| {
        let is_reading = |event: &Event| match event.kind {
            EventKind::Access(AccessKind::Close(AccessMode::Write)) => false,
            EventKind::Access(_) => !event.need_rescan(),
            _ => false,
        };
        if !event.as_ref().is_ok_and(is_reading) {
            // Nobody listens any more at the end of the program.
            let _ = sender.send(Signal::Event(event));
        }
    };
    let mut watcher = notify::recommended_watcher(told).ok()?;
    watcher.watch(root, RecursiveMode::NonRecursive).ok()?;
    for folder in FOLDERS.map(|folder| root.join(folder)).iter().filter(|folder| folder.is_dir()) {
        watcher.watch(folder, RecursiveMode::Recursive).ok()?;
    }
    Some(watcher)
}

fn is_of_site(path: &Path) -> bool {
    path == Path::new(settings::FILE) || FOLDERS.iter().any(|folder| path.starts_with(folder))
}
