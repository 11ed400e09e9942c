//! One kind of host behind a few calls, and what it can do as data. Nothing here decides what is sent.

use super::fault::Fault;
use super::manifest::Manifest;
use super::object::Object;
use crate::output::Digest;

/// What a target can do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Abilities {
    /// What it is called in messages: `S3`, `SFTP`.
    pub name: &'static str,
    /// Whether a write can be made to depend on what is there; whether the host really does so is found out by trying.
    pub conditional_writes: bool,
    /// Whether each file has its own headers, as it was sent with.
    pub headers: bool,
    /// Whether everything appears at once, in [`Target::finish`].
    pub switches_at_once: bool,
    /// How many files are sent at a time.
    pub at_once: usize,
}

/// What a write depends on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Condition {
    /// There is no such file.
    Absent,
    /// The file is still this version.
    Version(String),
}

/// A file in a listing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Listed {
    /// Its path.
    pub path: String,
    /// Its size.
    pub length: u64,
    /// The MD5 of its bytes in hexadecimal digits, where the target tells.
    pub md5: Option<String>,
}

/// A host.
pub trait Target: Send + Sync {
    /// What it can do.
    fn abilities(&self) -> Abilities;

    /// A file as it stands there, with its bytes as they are kept; `None` where there is none.
    ///
    /// # Errors
    /// A failure of the host or of the line.
    fn read(&self, path: &str) -> Result<Option<Vec<u8>>, Fault>;

    /// Which version of a file stands there, for a write that depends on it; `None` where there is none, or the target
    /// gives none.
    ///
    /// # Errors
    /// A failure of the host or of the line.
    fn version(&self, path: &str) -> Result<Option<String>, Fault>;

    /// Everything that stands there.
    ///
    /// # Errors
    /// A failure of the host or of the line.
    fn list(&self) -> Result<Vec<Listed>, Fault>;

    /// What the headers of a file come to, as [`Object::headers`] counts them; `None` where the target has none.
    ///
    /// # Errors
    /// A failure of the host or of the line.
    fn headers(&self, path: &str) -> Result<Option<Digest>, Fault>;

    /// Puts a file there, whole or not at all.
    ///
    /// # Errors
    /// A failure of the host or of the line.
    fn send(&self, object: &Object, bytes: Vec<u8>) -> Result<(), Fault>;

    /// Writes a file of Dateline's own.
    ///
    /// # Errors
    /// [`Condition`](super::FaultKind::Condition) where the condition is not met; a failure of the host or of the line.
    fn write(&self, path: &str, bytes: Vec<u8>, condition: Option<Condition>) -> Result<(), Fault>;

    /// Removes a file; one that is not there is removed already.
    ///
    /// # Errors
    /// A failure of the host or of the line.
    fn delete(&self, path: &str) -> Result<(), Fault>;

    /// From now on an answer is not waited for long, and asked for once: something has failed, and what is left is tidying.
    fn hurry(&self) {}

    /// Makes visible what was sent, where it was not until now; the rest of what is ours stays.
    ///
    /// # Errors
    /// A failure of the host or of the line; then nothing of it is visible.
    fn finish(&self, next: &Manifest) -> Result<(), Fault>;
}
