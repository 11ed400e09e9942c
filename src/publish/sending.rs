//! A plan is carried out: phase after phase, each ended before the next begins; whatever fails stops all that follows.
//!
//! What is named is sent before what names it, so that no page names an asset that is not there. Caches are purged when
//! everything stands, then what is gone is deleted, and the manifest is written last.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, PoisonError};

use super::fault::Fault;
use super::journal::Journal;
use super::lock::Lock;
use super::manifest::{Entry, Manifest};
use super::object::{Object, Role};
use super::plan::{Plan, Send};
use super::target::Target;

/// What is told while a plan is carried out.
pub trait Watch: Sync {
    /// Sending begins: how many files and bytes.
    fn begin(&self, files: usize, bytes: u64);
    /// A phase begins.
    fn phase(&self, name: &str);
    /// A file of so many bytes was sent.
    fn sent(&self, bytes: u64);
    /// It is over, well or not.
    fn end(&self);
    /// Whether somebody wants it to stop between two files.
    fn is_stopped(&self) -> bool;
}

/// A publish that may begin.
pub struct Sending<'a> {
    /// Where to.
    pub target: &'a dyn Target,
    /// What.
    pub plan: &'a Plan,
    /// The bytes of a file as they are sent.
    pub bytes: &'a (dyn Fn(&Object) -> Result<Vec<u8>, Fault> + Sync),
    /// That nobody else does so.
    pub lock: &'a Lock<'a>,
    /// The purge of caches.
    pub purge: &'a (dyn Fn() -> Result<(), Fault> + Sync),
    /// Who watches.
    pub watch: &'a dyn Watch,
}

/// After how many files it is noted down what was sent, for a publish that is cut off.
const NOTED_AFTER: usize = 100;

/// Carries out a plan.
///
/// # Errors
/// Whatever failed; nothing that would have followed was done.
pub fn run(sending: &Sending<'_>) -> Result<(), Fault> {
    sending.watch.begin(sending.plan.sends.len(), sending.plan.bytes());
    let result = match sending.target.abilities().switches_at_once {
        true => sending.switch(),
        false => sending.phases(),
    };
    sending.watch.end();
    result
}

impl Sending<'_> {
    /// Everything is staged, and appears at once.
    fn switch(&self) -> Result<(), Fault> {
        let sends: Vec<&Send> = self.plan.sends.iter().collect();
        self.send(&sends).1?;
        for deletion in &self.plan.deletes {
            self.target.delete(&deletion.path)?;
        }
        self.target.write(Manifest::PATH, self.plan.next.write(), None)?;
        self.target.finish(&self.plan.next)?;
        (self.purge)()
    }

    /// Each file appears when it is sent, so the order counts.
    fn phases(&self) -> Result<(), Fault> {
        let (mut sent, mut noted) = (Vec::new(), 0);
        self.note(&sent)?;
        for role in Role::ALL {
            let sends: Vec<&Send> = self.plan.sends.iter().filter(|send| send.object.role == role).collect();
            if role >= Role::Page && !sends.is_empty() {
                self.lock.check()?;
            }
            self.watch.phase(role.name());
            let (stand, result) = self.send(&sends);
            sent.extend(stand);
            if let Err(fault) = result {
                // The failure itself is what is told; without the note, more is sent again.
                self.target.hurry();
                let _ = self.note(&sent);
                return Err(fault);
            }
            if sent.len() - noted >= NOTED_AFTER {
                self.note(&sent)?;
                noted = sent.len();
            }
        }
        self.finish().inspect_err(|_| {
            self.target.hurry();
            drop(self.note(&sent));
        })
    }

    /// When everything stands: caches, deletes, the manifest.
    fn finish(&self) -> Result<(), Fault> {
        (self.purge)()?;
        if !self.plan.deletes.is_empty() {
            self.watch.phase("deletes");
            self.lock.check()?;
        }
        for deletion in &self.plan.deletes {
            if self.watch.is_stopped() {
                return Err(Fault::interrupted());
            }
            self.lock.keep()?;
            self.target.delete(&deletion.path)?;
        }
        self.target.write(Manifest::PATH, self.plan.next.write(), None)?;
        self.target.delete(Journal::PATH)
    }

    /// Notes down what was sent, and what is still to be.
    fn note(&self, sent: &[Entry]) -> Result<(), Fault> {
        let stands = Manifest::new(sent.to_vec());
        let entries = self.plan.sends.iter().map(|send| Entry::of(&send.object));
        let begun = entries.filter(|entry| stands.get(&entry.path).is_none()).collect();
        let journal = Journal::new(stands.entries().to_vec(), begun);
        self.target.write(Journal::PATH, journal.write(), None)
    }

    /// Sends files, several at a time; gives back those that stand, and the first failure.
    fn send(&self, sends: &[&Send]) -> (Vec<Entry>, Result<(), Fault>) {
        let (next, stand, failed) = (AtomicUsize::new(0), Mutex::new(Vec::new()), Mutex::new(None));
        let has_failed = || failed.lock().unwrap_or_else(PoisonError::into_inner).is_some();
        let work = || {
            while let Some(send) = sends.get(next.fetch_add(1, Ordering::Relaxed)) {
                if has_failed() {
                    return;
                }
                match self.send_one(&send.object) {
                    Ok(entry) => stand.lock().unwrap_or_else(PoisonError::into_inner).push(entry),
                    Err(fault) => {
                        failed.lock().unwrap_or_else(PoisonError::into_inner).get_or_insert(fault);
                    }
                }
            }
        };
        std::thread::scope(|scope| {
            for _ in 0..self.target.abilities().at_once.min(sends.len()) {
                scope.spawn(work);
            }
        });
        let failed = failed.into_inner().unwrap_or_else(PoisonError::into_inner);
        (stand.into_inner().unwrap_or_else(PoisonError::into_inner), failed.map_or(Ok(()), Err))
    }

    fn send_one(&self, object: &Object) -> Result<Entry, Fault> {
        if self.watch.is_stopped() {
            return Err(Fault::interrupted());
        }
        self.lock.keep()?;
        self.target.send(object, (self.bytes)(object)?)?;
        self.watch.sent(object.length);
        Ok(Entry::of(object))
    }
}
