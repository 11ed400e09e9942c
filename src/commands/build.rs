//! `dateline build`: read, plan, render every page in parallel, write what differs.

mod found;
mod left;
mod past;
mod readings;
mod record;
mod rendering;
mod start;

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::SystemTime;

use serde::{Deserialize, Serialize};

use super::{external_links, machine_time};
use crate::input::{Input, Look};
use crate::network::Manners;
use crate::output::{self, Manifest, Output};
use crate::pages::Renderer;
use crate::site::editorial;
use crate::site::{LeftOut, Options, Page, Reason, Site, Turn};
use crate::time::{Instant, Zone};
use crate::{Diagnostic, Error, Severity};
use past::Past;
use record::Record;
pub(super) use rendering::Stop;
use rendering::{Caches, Rendering};
use start::{Opened, Start, Unchanged, unchanged};

/// How often a site that changes while it is read is read again.
const ATTEMPTS: usize = 3;

/// What is to be built, and where.
#[derive(Debug, Clone)]
pub struct Build {
    /// The site.
    pub root: PathBuf,
    /// The output folder.
    pub output: PathBuf,
    /// The clock, drafts, links, the address of the site.
    pub options: Options,
    /// Whether a warning counts as an error.
    pub strict: bool,
}

impl Build {
    /// The same, as the site was known at an instant.
    ///
    /// # Errors
    /// An instant that is still to come.
    pub fn as_of(mut self, then: Instant) -> Result<Self, Error> {
        if then > self.options.now {
            return Err(Error::Refused(
                "--as-of lies in the future, and what will be known then nobody knows: name an instant that is past; \
                 for a look ahead at embargoes, use --now"
                    .to_string(),
            ));
        }
        self.options.as_of = Some(then);
        Ok(self)
    }
}

/// What a build tells while it goes on.
pub trait Progress: Sync {
    /// Rendering begins.
    fn begin(&self, pages: usize);
    /// A page has been rendered.
    fn page(&self);
    /// The build has to wait, and why.
    fn wait(&self, why: &str);
    /// A sentence that a person should know.
    fn note(&self, what: &str);
    /// Rendering is over.
    fn end(&self);
}

/// What a build did.
#[derive(Debug)]
pub struct Report {
    /// Errors and warnings, by place.
    pub diagnostics: Vec<Diagnostic>,
    /// What was written; `None` where errors forbade it.
    pub written: Option<output::Summary>,
    /// How many files were rendered: all, but for those of which it is known that they would come to the same again.
    pub rendered: usize,
    /// Articles that are not built.
    pub left_out: Vec<Absent>,
    /// When the clock alone would change the site next.
    pub ahead: Option<Ahead>,
    /// What stands in the output, by file; nothing where nothing was written, or no list was wanted.
    pub pages: Vec<(String, Page)>,
}

/// An article that is not built.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Absent {
    /// Why.
    pub reason: Reason,
    /// Its file.
    pub path: PathBuf,
    /// For an embargo or an expiry: the time on the newsroom's clock.
    pub local: Option<String>,
}

/// The next instant at which a build of the same files would give another site.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Ahead {
    /// When.
    pub at: Instant,
    /// The time on the newsroom's clock.
    pub local: String,
    /// What happens then.
    pub turn: Turn,
    /// The file of the article that it happens to.
    pub path: PathBuf,
}

impl Report {
    /// A report of mistakes that kept everything else from being done.
    #[cfg(feature = "publish")]
    #[must_use]
    pub(super) fn of_mistakes(diagnostics: Vec<Diagnostic>) -> Self {
        Self { diagnostics, written: None, rendered: 0, left_out: Vec::new(), ahead: None, pages: Vec::new() }
    }

    /// The number of errors.
    #[must_use]
    pub fn errors(&self) -> usize {
        self.diagnostics.iter().filter(|diagnostic| diagnostic.is_error()).count()
    }

    /// The number of warnings.
    #[must_use]
    pub fn warnings(&self) -> usize {
        self.diagnostics.len() - self.errors()
    }
}

/// Builds a site.
///
/// # Errors
/// A failure of the machine, or an output folder that must not be touched. Authors' mistakes are in the report.
pub fn build(build: &Build, progress: &dyn Progress) -> Result<Report, Error> {
    run(build, Goal::Site { is_listed: true }, progress)
}

/// The same, without a list of what stands in the output, which takes memory on large sites.
///
/// # Errors
/// As for [`build`].
pub fn build_unlisted(build: &Build, progress: &dyn Progress) -> Result<Report, Error> {
    run(build, Goal::Site { is_listed: false }, progress)
}

/// What a run over a site is to end in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Goal {
    /// Its pages in the output folder.
    Site {
        /// Whether the report lists them.
        is_listed: bool,
    },
    /// What is wrong with it, editorial matters as well; no page is written.
    Judgement {
        /// Whether the network is asked for external addresses.
        links: bool,
    },
}

/// Reads, plans and renders a site, and begins anew while its articles change. Where nothing has changed since the last build,
/// it does none of this.
pub(super) fn run(build: &Build, goal: Goal, progress: &dyn Progress) -> Result<Report, Error> {
    let Start { record, mut seen, mut output } = match goal {
        Goal::Judgement { .. } => Start::default(),
        Goal::Site { .. } => match unchanged(build, goal, progress)? {
            Unchanged::Nothing(report) => return Ok(report),
            Unchanged::Something(start) => *start,
        },
    };
    for _ in 0..ATTEMPTS {
        if let Some(report) = attempt(build, goal, (record.as_ref(), &mut output), seen.take(), progress)? {
            drop_beside(record);
            return Ok(report);
        }
    }
    let (doing, again) = match goal {
        Goal::Site { .. } => ("built", "build"),
        Goal::Judgement { .. } => ("checked", "check"),
    };
    Err(Error::Refused(format!(
        "articles keep changing while the site is {doing}: wait until they are saved, and {again} again"
    )))
}

/// One run, of files that may have been looked at, and when; `None` where an article changed between its reading and its
/// rendering, or where another build had the output meanwhile.
fn attempt(
    build: &Build,
    goal: Goal,
    (record, open): (Option<&Record>, &mut Option<Output>),
    seen: Option<(SystemTime, Look)>,
    progress: &dyn Progress,
) -> Result<Option<Report>, Error> {
    let Planned { looked, input, site, standing } = plan(build, seen, record.zip(open.as_ref()), progress)?;
    let mut diagnostics = input.diagnostics.clone();
    let Some((site, mistakes)) = site else {
        return Ok(Some(Report::without_output(build, &input, diagnostics)));
    };
    diagnostics.extend(mistakes);
    let site = Arc::new(site);
    let (renderer, mistakes) = Renderer::new(&site);
    diagnostics.extend(mistakes);
    let left_out = absent(&site);
    let diagnostics = build.weigh(&input, diagnostics);
    // With an error already found nothing will be written: pages are rendered for their mistakes alone.
    let is_written = matches!(goal, Goal::Site { .. }) && !diagnostics.iter().any(Diagnostic::is_error);
    let output = match open.take().filter(|_| is_written) {
        None if is_written => {
            let Opened { output, has_waited } = build.open(progress)?;
            if has_waited {
                *open = Some(output);
                return Ok(None);
            }
            Some(output)
        }
        opened => opened,
    };
    let past = match record.zip(output.as_ref()) {
        Some((record, output)) => Past::of(record, &site, output, standing)?,
        None => None,
    };
    let (caches, is_past) = (Caches::of(&build.root), past.is_some());
    let rendering = Rendering::new(&site, &renderer, (output.as_ref(), past.as_ref()), &caches, progress);
    let Some(rendered) = rendering.all()? else { return Ok(None) };
    let mut all = diagnostics;
    all.extend(build.weigh(&input, rendered.found.diagnostics()));
    if let Goal::Judgement { links } = goal {
        match judge(build, &site, links, progress) {
            Ok(found) => all.extend(build.weigh(&input, found)),
            Err(Stop::Changed) => return Ok(None),
            Err(Stop::Machine(error)) => return Err(error),
        }
    }
    let report = Report {
        rendered: rendered.count,
        left_out,
        ahead: ahead(&site),
        ..Report::without_output(build, &input, all)
    };
    let Some(output) = output.filter(|_| report.errors() == 0) else { return Ok(Some(report)) };
    // What pages are made with is in the way of what is written last.
    drop(renderer);
    let (committed, ()) =
        rayon::join(|| output.commit_with_files(), || readings::keep(&input, looked, &build.root));
    let (written, files) = committed?;
    // What a build of changes had no use for, a whole one may have.
    if !is_past {
        caches.sweep();
    }
    let record = Record::of(build, &site, looked, (files, rendered.found), &report);
    if let Some(record) = &record {
        record.keep(&build.root);
    }
    let pages = match goal {
        Goal::Site { is_listed: true } => {
            site.routes.iter().map(|route| (route.address.route(), route.page)).collect()
        }
        _ => Vec::new(),
    };
    drop_beside((site, input, record));
    Ok(Some(Report { written: Some(written), pages, ..report }))
}

/// A site that has been read.
struct Planned {
    /// When it was looked at.
    looked: SystemTime,
    input: Arc<Input>,
    /// With what is wrong with it; none where there are no settings.
    site: Option<(Site, Vec<Diagnostic>)>,
    /// Of each file of the record, whether the output has it as it was.
    standing: Option<Result<Vec<bool>, Error>>,
}

/// Reads and plans a site; the output is asked meanwhile for what the last build left there.
fn plan(
    build: &Build,
    seen: Option<(SystemTime, Look)>,
    known: Option<(&Record, &Output)>,
    progress: &dyn Progress,
) -> Result<Planned, Error> {
    // What was recalled for a run that came to no end may be why: the next one looks anew, and reads everything.
    let may_recall = seen.is_some();
    let (looked, mut look) = match seen {
        Some(seen) => seen,
        None => (machine_time(), Look::at(&build.root)?),
    };
    let read = || {
        if may_recall {
            readings::recall(&mut look, &build.root, &|what| progress.note(what));
        }
        let input = Arc::new(Input::read_looked(&build.root, look)?);
        let site = input.has_settings().then(|| Site::new(&input, &build.options));
        Ok((input, site))
    };
    let standing = || known.map(|(record, output)| output.standing(&record.files));
    let (planned, standing) = rayon::join(read, standing);
    planned.map(|(input, site)| Planned { looked, input, site, standing })
}

/// Gives memory back beside what follows: a program that ends does not wait for it.
fn drop_beside<T: Send + 'static>(what: T) {
    rayon::spawn(move || drop(what));
}

/// What only a check asks.
fn judge(build: &Build, site: &Site, links: bool, progress: &dyn Progress) -> Result<Vec<Diagnostic>, Stop> {
    let before = files_of(&build.output).map_err(Stop::Machine)?;
    let mut found = editorial::check(site, &before)?;
    if links {
        found.extend(external_links::check(site, &Manners::default(), progress)?);
    }
    Ok(found)
}

/// The routes of the last build; none where there is no folder of ours.
fn files_of(output: &Path) -> Result<Vec<String>, Error> {
    let manifest = Manifest::read(output)?;
    Ok(manifest.iter().flat_map(Manifest::files).map(|(route, _)| route.to_string()).collect())
}

impl Build {
    fn weigh(&self, input: &Input, diagnostics: Vec<Diagnostic>) -> Vec<Diagnostic> {
        let mut diagnostics = input.weigh(diagnostics);
        if self.strict {
            for diagnostic in &mut diagnostics {
                diagnostic.severity = Severity::Error;
            }
        }
        diagnostics
    }
}

impl Report {
    fn without_output(build: &Build, input: &Input, diagnostics: Vec<Diagnostic>) -> Self {
        let mut diagnostics = build.weigh(input, diagnostics);
        diagnostics.sort_by(|one, other| one.order().cmp(&other.order()));
        diagnostics.dedup();
        Self { diagnostics, written: None, rendered: 0, left_out: Vec::new(), ahead: None, pages: Vec::new() }
    }
}

fn absent(site: &Site) -> Vec<Absent> {
    let absent = |left_out: &LeftOut| Absent {
        reason: left_out.reason,
        path: site.article(left_out.article).path.to_path_buf(),
        local: match left_out.reason {
            Reason::Draft | Reason::Undated => None,
            Reason::Embargoed(instant) | Reason::Expired(instant) | Reason::Later(instant) => {
                Some(local_time(instant, site.zone()))
            }
        },
    };
    let mut all: Vec<Absent> = site.left_out.iter().map(absent).collect();
    all.sort();
    all
}

fn ahead(site: &Site) -> Option<Ahead> {
    let next = site.next_change()?;
    Some(Ahead {
        at: next.at,
        local: local_time(next.at, site.zone()),
        turn: next.turn,
        path: site.article(next.article).path.to_path_buf(),
    })
}

/// `2026-12-01 08:00 (Europe/Lisbon)`, by a clock.
fn local_time(instant: Instant, zone: Zone) -> String {
    let local = instant.local(&zone);
    format!("{} {:02}:{:02} ({})", local.date(), local.hour, local.minute, zone.name())
}

/// Where a person looks at what was built.
#[must_use]
pub fn front_page(output: &Path) -> PathBuf {
    output.join("index.html")
}
