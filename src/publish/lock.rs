//! One publish at a time: a file at the target that says who publishes. It is taken by a write that depends on its
//! absence, asked for again before what matters, written anew while a publish goes on, and given up at the end; it runs out by
//! itself.

use std::sync::atomic::{AtomicI64, Ordering};
use std::time::{Duration, Instant as Stopwatch};

use serde::{Deserialize, Serialize};

use super::fault::{Fault, Kind};
use super::target::{Condition, Target};
use crate::time::Instant;

/// Where the lock is kept at a target.
const PATH: &str = ".dateline/lock.json";

/// After how many seconds a lock that nobody writes anew counts no more.
const LIFE: i64 = 3600;

/// How long to wait for another's write, where no condition keeps it from ours.
const MOMENT: Duration = Duration::from_secs(1);

/// Who publishes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Holder {
    /// The name of the person at the machine.
    pub owner: String,
    /// The name of the machine.
    pub host: String,
    /// A number that no other publish has.
    pub token: String,
    /// When the lock was taken, in seconds since 1970.
    pub since: i64,
    /// When it runs out, in seconds since 1970.
    pub until: i64,
}

/// A lock that was taken.
pub struct Lock<'a> {
    target: &'a dyn Target,
    holder: Holder,
    /// What else is known to be no reason to wait.
    free: Free,
    /// When it was taken, and how long ago that is.
    taken: (Instant, Stopwatch),
    /// When it runs out, as it stands at the target.
    until: AtomicI64,
    /// Whether the target was found to heed conditions.
    pub is_sure: bool,
}

/// Whose lock may be taken from them.
#[derive(Debug, Clone, Default)]
pub struct Free {
    /// The token of a publish of our own that has died.
    pub dead: Option<String>,
    /// Anybody's: somebody has said so.
    pub anybody: bool,
}

impl Holder {
    /// A publish that begins now.
    #[must_use]
    pub fn new(owner: String, host: String, now: Instant) -> Self {
        let seed = format!("{owner}@{host} {} {now:?} {:?}", std::process::id(), std::thread::current().id());
        let token = blake3::hash(seed.as_bytes()).to_hex()[..32].to_string();
        Self { owner, host, token, since: now.seconds(), until: now.seconds() + LIFE }
    }

    fn bytes(&self) -> Vec<u8> {
        serde_json::to_vec(self).expect("a holder has texts and numbers only")
    }
}

impl<'a> Lock<'a> {
    /// Takes the lock of a target, or says who has it.
    ///
    /// # Errors
    /// Another publish has it; a failure of the host or of the line.
    pub fn take(target: &'a dyn Target, holder: Holder, now: Instant, free: Free) -> Result<Self, Fault> {
        let (taken, until) = ((now, Stopwatch::now()), AtomicI64::new(holder.until));
        let mut lock = Self { target, holder, free, taken, until, is_sure: true };
        if target.abilities().switches_at_once {
            return Ok(lock);
        }
        let is_conditional = target.abilities().conditional_writes;
        let taken = match target.read(PATH)? {
            Some(_) => Err(Fault::condition()),
            None => target.write(PATH, lock.holder.bytes(), is_conditional.then_some(Condition::Absent)),
        };
        match taken {
            Err(fault) if fault.kind == Kind::Condition => lock.take_over(now)?,
            taken => taken?,
        }
        lock.is_sure = lock.is_heeded()?;
        if !lock.is_sure {
            // Whoever wrote at the same moment sees by then whose lock was the last.
            std::thread::sleep(MOMENT);
        }
        lock.check()?;
        Ok(lock)
    }

    /// Whether the lock is still ours.
    ///
    /// # Errors
    /// It is not; a failure of the host or of the line.
    pub fn check(&self) -> Result<(), Fault> {
        if self.target.abilities().switches_at_once {
            return Ok(());
        }
        let found = self.target.read(PATH)?;
        let found = found.and_then(|bytes| serde_json::from_slice::<Holder>(&bytes).ok());
        match found {
            Some(holder) if holder.token == self.holder.token => Ok(()),
            Some(holder) => Err(taken(&holder)),
            None => Err(Fault::lasting(
                "somebody has removed the lock of this publish at the target",
                "make sure that nobody else publishes, then run the same command again",
            )),
        }
    }

    /// Writes the lock anew, with a new end, where half of its life is over: a publish may take longer than one.
    ///
    /// # Errors
    /// It is ours no more; a failure of the host or of the line.
    pub fn keep(&self) -> Result<(), Fault> {
        let (taken, stopwatch) = &self.taken;
        let now = taken.seconds() + i64::try_from(stopwatch.elapsed().as_secs()).unwrap_or(i64::MAX);
        let (until, next) = (self.until.load(Ordering::Relaxed), now + LIFE);
        if self.target.abilities().switches_at_once || until - now > LIFE / 2 {
            return Ok(());
        }
        // One of the threads that send does so.
        match self.until.compare_exchange(until, next, Ordering::Relaxed, Ordering::Relaxed) {
            Ok(_) => self.renew(next),
            Err(_) => Ok(()),
        }
    }

    fn renew(&self, until: i64) -> Result<(), Fault> {
        let version = self.target.version(PATH)?;
        self.check()?;
        let holder = Holder { until, ..self.holder.clone() };
        match self.target.write(PATH, holder.bytes(), version.map(Condition::Version)) {
            Err(fault) if fault.kind == Kind::Condition => self.check().and(Err(fault)),
            written => written,
        }
    }

    /// Gives the lock up, if it is still ours.
    ///
    /// # Errors
    /// A failure of the host or of the line.
    pub fn give_up(self) -> Result<(), Fault> {
        if self.target.abilities().switches_at_once {
            return Ok(());
        }
        let found = self.target.read(PATH)?;
        let holder = found.and_then(|bytes| serde_json::from_slice::<Holder>(&bytes).ok());
        match holder.is_some_and(|holder| holder.token == self.holder.token) {
            true => self.target.delete(PATH),
            false => Ok(()),
        }
    }

    /// Takes a lock that is there: our own from a try whose answer was lost, one that has run out, or one to be broken.
    fn take_over(&self, now: Instant) -> Result<(), Fault> {
        let version = self.target.version(PATH)?;
        let Some(bytes) = self.target.read(PATH)? else {
            return Err(Fault::lasting(
                "another publish to this target has just ended",
                "run the same command again: it compares with what is online now",
            ));
        };
        let holder = serde_json::from_slice::<Holder>(&bytes).ok();
        if holder.as_ref().is_some_and(|holder| holder.token == self.holder.token) {
            return Ok(());
        }
        let is_dead = |holder: &Holder| self.free.dead.as_ref() == Some(&holder.token);
        let holder = holder.filter(|holder| holder.until > now.seconds() && !is_dead(holder));
        if let Some(holder) = holder.filter(|_| !self.free.anybody) {
            return Err(taken(&holder));
        }
        self.target.write(PATH, self.holder.bytes(), version.map(Condition::Version))
    }

    /// Whether the target refuses a write whose condition is not met: a second lock must not be possible.
    fn is_heeded(&self) -> Result<bool, Fault> {
        if !self.target.abilities().conditional_writes {
            return Ok(false);
        }
        match self.target.write(PATH, self.holder.bytes(), Some(Condition::Absent)) {
            Ok(()) => Ok(false),
            Err(fault) if fault.kind == Kind::Condition => Ok(true),
            Err(fault) => Err(fault),
        }
    }
}

fn taken(holder: &Holder) -> Fault {
    let since = Instant::from_seconds(holder.since).to_rfc3339();
    let until = Instant::from_seconds(holder.until).to_rfc3339();
    Fault::lasting(
        format!("{} on {} is publishing to this target since {since}", holder.owner, holder.host),
        format!(
            "wait until it ends; if it is certain that it has died, use --break-lock (the lock runs out by itself at {until})"
        ),
    )
}
