//! The kinds of hosts: settings come in, a target that is ready goes out.

mod folder;
mod git;
mod refused;
mod store;

use std::path::Path;

use super::fault::Fault;
use super::object::Object;
use super::retry::Patience;
use super::target::Target;
use crate::input::publishing::{Kind, PublishTarget};

/// What a target is opened with.
#[derive(Debug, Clone, Copy)]
pub struct Access<'a> {
    /// The root of the site.
    pub root: &'a Path,
    /// The target's name in the settings.
    pub name: &'a str,
    /// How long and how often the host is asked.
    pub patience: Patience,
}

/// Opens a target; nothing is written there yet. Some want files beside those of the site.
///
/// # Errors
/// Settings or credentials with which it can't be reached.
pub fn open(settings: &PublishTarget, access: &Access<'_>) -> Result<(Box<dyn Target>, Vec<Object>), Fault> {
    Ok(match settings.kind {
        Kind::S3 => (Box::new(store::s3(settings, access)?), Vec::new()),
        Kind::Sftp => (Box::new(store::sftp(settings, access)?), Vec::new()),
        Kind::Webdav => (Box::new(store::webdav(settings, access)?), Vec::new()),
        Kind::Folder => (Box::new(folder::Folder::new(settings, access)), Vec::new()),
        Kind::Git => (Box::new(git::Git::open(settings, access)?), git::files(settings)),
    })
}
