//! What is online: a target comes in, what stands there by its manifest, by a publish that was cut off, by a listing, or
//! by reading everything back, goes out. Nothing is written.

use md5::{Digest as _, Md5};

use super::fault::Fault;
use super::journal::Journal;
use super::manifest::{Entry, Manifest};
use super::object::Object;
use super::target::{Listed, Target};
use crate::output::Digest;

/// What is online, and where that is known from.
#[derive(Debug)]
pub struct Comparison {
    /// The files that are ours.
    pub manifest: Manifest,
    /// What somebody should know of it.
    pub note: Option<String>,
    /// The manifest and the journal as they were read.
    read: [Option<Vec<u8>>; 2],
}

/// The bytes of an object as they are sent.
type Bytes<'a> = &'a (dyn Fn(&Object) -> Result<Vec<u8>, Fault> + Sync);

impl Comparison {
    /// Finds out what is online. `verify` reads back what is there and believes nothing else.
    ///
    /// # Errors
    /// A failure of the host or of the line, or a manifest that can't be relied on.
    pub fn read(
        target: &dyn Target,
        local: &[Object],
        bytes: Bytes<'_>,
        verify: bool,
    ) -> Result<Self, Fault> {
        let read = own_files(target)?;
        let (manifest, mut note) = match &read {
            [None, None] => by_listing(target, local, bytes)?,
            [manifest, journal] => {
                let known = manifest.as_deref().map(Manifest::read).transpose()?.unwrap_or_default();
                let journal = journal.as_deref().and_then(Journal::read);
                let note = journal
                    .is_some()
                    .then(|| "the last publish was cut off: this one goes on from there".to_string());
                (journal.map_or(known.clone(), |journal| journal.after(&known)), note)
            }
        };
        let mut manifest = manifest;
        if verify && !manifest.entries().is_empty() {
            let (found, wrong) = by_reading(target, &manifest, local, bytes)?;
            note = Some(match wrong {
                0 => "everything online was read back, and is as it was published".to_string(),
                wrong => format!("{wrong} files online are not as they were published"),
            });
            manifest = found;
        }
        Ok(Self { manifest, note, read })
    }

    /// That nobody has published since: asked once nobody else can.
    ///
    /// # Errors
    /// Somebody has; a failure of the host or of the line.
    pub fn is_still_so(&self, target: &dyn Target) -> Result<(), Fault> {
        if own_files(target)? == self.read {
            return Ok(());
        }
        Err(Fault::lasting(
            "somebody else has published to this target since it was compared, and nothing was sent",
            "run the same command again: it compares with what is online now",
        ))
    }
}

fn own_files(target: &dyn Target) -> Result<[Option<Vec<u8>>; 2], Fault> {
    let journal = match target.abilities().switches_at_once {
        true => None,
        false => target.read(Journal::PATH)?,
    };
    Ok([target.read(Manifest::PATH)?, journal])
}

/// Where nothing was published yet, or the manifest is gone: what has the bytes and headers that it is to have, stands.
fn by_listing(
    target: &dyn Target,
    local: &[Object],
    bytes: Bytes<'_>,
) -> Result<(Manifest, Option<String>), Fault> {
    let mut listed = target.list()?;
    listed.sort_by(|one, other| one.path.cmp(&other.path));
    if listed.is_empty() {
        return Ok((Manifest::default(), None));
    }
    let there =
        |path: &str| listed.binary_search_by(|file| (*file.path).cmp(path)).ok().map(|at| &listed[at]);
    let mut stands = Vec::new();
    for object in local {
        if let Some(file) = there(&object.path)
            && is_same(file, &bytes(object)?)
            && target.headers(&object.path)?.is_none_or(|headers| headers == object.headers())
        {
            stands.push(Entry::of(object));
        }
    }
    let replaced = local.iter().filter(|object| there(&object.path).is_some()).count() - stands.len();
    let note = format!(
        "{} files are there already, without a manifest of Dateline's: {} are as they are to be, {replaced} will be replaced, and none is deleted",
        listed.len(),
        stands.len()
    );
    Ok((Manifest::new(stands), Some(note)))
}

/// A size alone does not tell: a change may keep it.
fn is_same(listed: &Listed, bytes: &[u8]) -> bool {
    listed.length == bytes.len() as u64 && listed.md5.as_ref().is_some_and(|md5| *md5 == hexadecimal(bytes))
}

/// The MD5 of bytes, in hexadecimal digits.
fn hexadecimal(bytes: &[u8]) -> String {
    Md5::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect()
}

/// What is really there of what a manifest names; the number of files that are not as it says.
fn by_reading(
    target: &dyn Target,
    manifest: &Manifest,
    local: &[Object],
    bytes: Bytes<'_>,
) -> Result<(Manifest, usize), Fault> {
    let (mut entries, mut wrong) = (Vec::new(), 0);
    for entry in manifest.entries() {
        let Some(object) = local.iter().find(|object| object.path == entry.path) else {
            entries.push(entry.clone());
            continue;
        };
        let is_as_published = match target.read(&entry.path)? {
            None => {
                wrong += 1;
                continue;
            }
            Some(found) => {
                found == bytes(object)?
                    && target.headers(&entry.path)?.is_none_or(|headers| headers == object.headers())
            }
        };
        let is_as_said = Entry::of(object) == *entry;
        match (is_as_published, is_as_said) {
            (true, _) => entries.push(Entry::of(object)),
            (false, false) => entries.push(entry.clone()),
            (false, true) => {
                wrong += 1;
                entries.push(Entry { digest: Digest::of(b"not as published"), ..entry.clone() });
            }
        }
    }
    Ok((Manifest::new(entries), wrong))
}
