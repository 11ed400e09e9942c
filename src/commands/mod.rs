//! One file a command, each a sentence of read, plan, render and write. Nothing here prints.

pub mod build;
mod card_images;
pub mod check;
mod enclosing;
pub mod export;
mod external_links;
pub mod import;
pub mod init;
pub mod new;
mod pictures;
#[cfg(feature = "publish")]
pub mod publish;
pub mod serve;

use std::time::SystemTime;

use crate::Error;
use crate::time::Instant;

/// The clock of a command: what `--now` says, else `SOURCE_DATE_EPOCH`, else the machine's.
///
/// # Errors
/// A `SOURCE_DATE_EPOCH` that is not a count of seconds.
pub fn clock(now: Option<Instant>, source_date_epoch: Option<&str>) -> Result<Instant, Error> {
    match (now, source_date_epoch) {
        (Some(now), _) => Ok(now),
        (None, Some(seconds)) => seconds.trim().parse().map(Instant::from_seconds).map_err(|_| {
            Error::Refused(format!(
                "SOURCE_DATE_EPOCH is `{seconds}`, which is not a count of seconds since 1970: set it right or unset it"
            ))
        }),
        (None, None) => Ok(machine_clock()),
    }
}

#[expect(clippy::disallowed_methods, reason = "this is the one place where the machine's clock is read")]
fn machine_clock() -> Instant {
    Instant::from_chrono(chrono::Utc::now())
}

/// What the machine's clock shows, to be compared with the times of files.
#[expect(clippy::disallowed_methods, reason = "the times of files are the machine's, whatever `--now` says")]
fn machine_time() -> SystemTime {
    SystemTime::now()
}
