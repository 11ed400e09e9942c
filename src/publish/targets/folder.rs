//! A folder of this machine, or of one that is mounted: it agrees with the site in one switch, by the writer of builds.

use std::path::PathBuf;
use std::sync::{Mutex, PoisonError};

use super::Access;
use crate::Error;
use crate::input::publishing::PublishTarget;
use crate::output::{Digest, Output, read};
use crate::publish::fault::Fault;
use crate::publish::manifest::Manifest;
use crate::publish::object::Object;
use crate::publish::target::{Abilities, Condition, Listed, Target};

/// A folder.
pub(super) struct Folder {
    folder: PathBuf,
    root: PathBuf,
    output: Mutex<Option<Staged>>,
}

/// What waits for the switch.
struct Staged {
    output: Output,
    paths: Vec<String>,
}

impl Folder {
    /// A folder; a path that is not absolute begins at the site's root.
    pub(super) fn new(settings: &PublishTarget, access: &Access<'_>) -> Self {
        let folder = access.root.join(settings.path.as_deref().unwrap_or_default());
        Self { folder, root: access.root.to_path_buf(), output: Mutex::default() }
    }

    /// Stages a file; the folder is claimed when the first one comes.
    fn stage(&self, path: &str, bytes: &[u8]) -> Result<(), Fault> {
        let mut output = self.output.lock().unwrap_or_else(PoisonError::into_inner);
        let staged = match output.take() {
            Some(staged) => staged,
            None => Staged { output: Output::open(&self.folder, &self.root, &|_| ())?, paths: Vec::new() },
        };
        let staged = output.insert(staged);
        staged.output.write(path, bytes)?;
        staged.paths.push(path.to_string());
        Ok(())
    }
}

impl Target for Folder {
    fn abilities(&self) -> Abilities {
        Abilities {
            name: "a folder",
            conditional_writes: false,
            headers: false,
            switches_at_once: true,
            at_once: 1,
        }
    }

    fn read(&self, path: &str) -> Result<Option<Vec<u8>>, Fault> {
        Ok(read(&self.folder, path)?)
    }

    fn version(&self, _: &str) -> Result<Option<String>, Fault> {
        Ok(None)
    }

    fn list(&self) -> Result<Vec<Listed>, Fault> {
        match crate::output::Manifest::read(&self.folder)? {
            None => Ok(Vec::new()),
            Some(_) => Err(Fault::lasting(
                format!(
                    "{} is the output of a build, and nothing was published there",
                    self.folder.display()
                ),
                "name another folder as `path` of this target, or remove this one",
            )),
        }
    }

    fn headers(&self, _: &str) -> Result<Option<Digest>, Fault> {
        Ok(None)
    }

    fn send(&self, object: &Object, bytes: Vec<u8>) -> Result<(), Fault> {
        self.stage(&object.path, &bytes)
    }

    fn write(&self, path: &str, bytes: Vec<u8>, _: Option<Condition>) -> Result<(), Fault> {
        self.stage(path, &bytes)
    }

    /// What is not kept goes with the switch.
    fn delete(&self, _: &str) -> Result<(), Fault> {
        Ok(())
    }

    fn finish(&self, next: &Manifest) -> Result<(), Fault> {
        let output = self.output.lock().unwrap_or_else(PoisonError::into_inner).take();
        let Some(Staged { output, mut paths }) = output else { return Ok(()) };
        paths.sort_unstable();
        let kept = next.entries().iter().filter(|entry| paths.binary_search(&entry.path).is_err());
        for entry in kept {
            if !output.keep(&entry.path)? {
                return Err(changed(&self.folder.join(&entry.path)));
            }
        }
        output.commit().map(|_| ()).map_err(|error: Error| error.into())
    }
}

fn changed(path: &std::path::Path) -> Fault {
    Fault::lasting(
        format!(
            "{} was changed or removed by somebody else since the last publish; nothing was switched",
            path.display()
        ),
        "publish with --verify, which reads everything back and mends it",
    )
}
