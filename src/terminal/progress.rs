//! How far a build is: a bar at a terminal, lines where nobody watches one.

use std::io::IsTerminal;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant as Stopwatch};

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use dateline::commands::build::Progress;

/// A bar once rendering takes longer than a second; lines where nobody watches a terminal.
pub struct Bar {
    bar: ProgressBar,
    started: Stopwatch,
    shown: AtomicUsize,
    done: AtomicUsize,
}

/// After how long progress is shown, and how often a line is printed.
const PATIENCE: Duration = Duration::from_secs(1);
const LINE_EVERY: Duration = Duration::from_secs(5);

impl Bar {
    /// A bar of what began then.
    pub fn new(started: Stopwatch) -> Self {
        let bar = ProgressBar::with_draw_target(None, ProgressDrawTarget::hidden());
        let style = ProgressStyle::with_template("{bar:40} {pos} of {len} files, {eta} to go");
        bar.set_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()));
        Self { bar, started, shown: AtomicUsize::new(0), done: AtomicUsize::new(0) }
    }
}

impl Progress for Bar {
    fn begin(&self, pages: usize) {
        self.done.store(0, Ordering::Relaxed);
        self.bar.set_length(pages as u64);
    }

    fn page(&self) {
        let done = self.done.fetch_add(1, Ordering::Relaxed) + 1;
        if !done.is_multiple_of(64) || self.started.elapsed() < PATIENCE {
            return;
        }
        if std::io::stderr().is_terminal() {
            if self.shown.swap(1, Ordering::Relaxed) == 0 {
                self.bar.set_draw_target(ProgressDrawTarget::stderr());
            }
            self.bar.set_position(done as u64);
            return;
        }
        let lines = (self.started.elapsed().as_secs() / LINE_EVERY.as_secs()) as usize;
        if self.shown.fetch_max(lines, Ordering::Relaxed) < lines {
            eprintln!("{done} of {} files", self.bar.length().unwrap_or_default());
        }
    }

    fn wait(&self, why: &str) {
        eprintln!("{why}");
    }

    fn note(&self, what: &str) {
        eprintln!("{what}");
    }

    fn end(&self) {
        self.bar.finish_and_clear();
    }
}
