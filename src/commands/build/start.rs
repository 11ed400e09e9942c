//! What is known when a build begins: the record of the last one, what the system says of the site and of the output. Where nothing
//! has changed, that is all there is to do.

use std::cell::Cell;
use std::time::SystemTime;

use super::record::Record;
use super::{Build, Goal, Progress, Report};
use crate::Error;
use crate::commands::machine_time;
use crate::input::Look;
use crate::output::Output;

/// What has changed since the last build.
pub(super) enum Unchanged {
    /// Nothing: this is the report of a build that has nothing to do.
    Nothing(Report),
    /// Any file is another one than the last build left or found, or it is not known.
    Something(Box<Start>),
}

/// What is known when a site is to be read.
#[derive(Default)]
pub(super) struct Start {
    /// Of the last build.
    pub record: Option<Record>,
    /// When the site was looked at, and what was seen, if that holds still.
    pub seen: Option<(SystemTime, Look)>,
    /// Where it was opened, and could be.
    pub output: Option<Output>,
}

/// Looks at the files of the site and of the output. Where there may be a record, the output is opened meanwhile; what is wrong
/// with it is told only where something is to be written.
pub(super) fn unchanged(build: &Build, goal: Goal, progress: &dyn Progress) -> Result<Unchanged, Error> {
    let looked = machine_time();
    let ((record, look), opened) = rayon::join(
        || {
            let record = || Record::of_last(build, &|what| progress.note(what));
            rayon::join(record, || Look::at(&build.root))
        },
        || Record::is_left(&build.root).then(|| build.open(progress)),
    );
    let look = look?;
    let something = |record, seen, output| Ok(Unchanged::Something(Box::new(Start { record, seen, output })));
    let output = match opened {
        Some(Ok(Opened { output, has_waited: true })) => return something(record, None, Some(output)),
        opened => opened.and_then(Result::ok).map(|opened| opened.output),
    };
    let (record, output) = match (record, output) {
        (Some(record), Some(output)) if record.has_same_files(&look) => (record, output),
        (record, output) => return something(record, Some((looked, look)), output),
    };
    let Some(written) = output.commit_unchanged(&record.files)? else {
        return something(Some(record), Some((looked, look)), None);
    };
    Ok(Unchanged::Nothing(Report {
        diagnostics: record.diagnostics.clone(),
        written: Some(written),
        rendered: 0,
        left_out: record.left_out.clone(),
        ahead: record.ahead.clone(),
        pages: match goal {
            Goal::Site { is_listed: true } => {
                record.files.routes().map(str::to_string).zip(record.pages.iter().copied()).collect()
            }
            _ => Vec::new(),
        },
    }))
}

/// An output that was opened.
pub(super) struct Opened {
    pub output: Output,
    /// Whether another build had it meanwhile, while whatever was seen of the site may have become another.
    pub has_waited: bool,
}

impl Build {
    pub(super) fn open(&self, progress: &dyn Progress) -> Result<Opened, Error> {
        let has_waited = Cell::new(false);
        let output = Output::open(&self.output, &self.root, &|why| {
            has_waited.set(true);
            progress.wait(why);
        })?;
        Ok(Opened { output, has_waited: has_waited.get() })
    }
}
