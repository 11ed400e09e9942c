//! Trying again: an action and patience come in, its result goes out; only what may pass is tried again, after pauses
//! that grow and differ from one another, so that many do not come back at the same moment.

use std::time::Duration;

use super::fault::{Fault, Kind};

/// How long an answer is waited for, and how often it is asked for.
#[derive(Debug, Clone, Copy)]
pub struct Patience {
    /// How long one request may take.
    pub timeout: Duration,
    /// How often it is made at the most.
    pub tries: u32,
}

impl Default for Patience {
    fn default() -> Self {
        Self { timeout: Duration::from_secs(30), tries: 5 }
    }
}

impl Patience {
    /// The pause after the n-th try, counted from 1: twice as long each time, less up to a half by chance.
    fn pause(&self, after: u32, chance: u64) -> Duration {
        let longest = (self.timeout / 60).saturating_mul(1 << (after - 1).min(10));
        longest.mul_f64(1.0 - (chance % 1024) as f64 / 2048.0)
    }
}

/// Does something until it succeeds, fails for good, or has been tried often enough.
///
/// # Errors
/// The last failure.
pub fn patiently<T>(
    patience: &Patience,
    key: &str,
    mut action: impl FnMut() -> Result<T, Fault>,
) -> Result<T, Fault> {
    for attempt in 1.. {
        match action() {
            Err(fault) if fault.kind == Kind::Passing && attempt < patience.tries => {
                std::thread::sleep(patience.pause(attempt, chance(key, attempt)));
            }
            Err(fault) if fault.kind == Kind::Passing => {
                let times = patience.tries;
                let help = "look whether the network and the host are there, then run the same command again: it goes on from here";
                return Err(Fault {
                    kind: Kind::Lasting,
                    message: format!("{} (tried {times} times)", fault.message),
                    help: Some(help.to_string()),
                });
            }
            result => return result,
        }
    }
    unreachable!("the last try returns")
}

/// A number that differs from key to key and from process to process.
fn chance(key: &str, attempt: u32) -> u64 {
    let seed = format!("{key} {attempt} {}", std::process::id());
    let hash = blake3::hash(seed.as_bytes());
    hash.as_bytes()[..8].iter().fold(0, |number, byte| number << 8 | u64::from(*byte))
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::{Patience, patiently};
    use crate::publish::fault::{Fault, Kind};

    const QUICK: Patience = Patience { timeout: Duration::from_millis(60), tries: 4 };

    #[test]
    fn what_passes_is_tried_again() {
        let mut asked = 0;
        let result = patiently(&QUICK, "a", || {
            asked += 1;
            if asked < 4 { Err(Fault::passing("busy")) } else { Ok(asked) }
        });
        assert_eq!(result, Ok(4));
    }

    #[test]
    fn what_does_not_pass_ends_after_so_many_tries() {
        let mut asked = 0;
        let result: Result<(), Fault> = patiently(&QUICK, "a", || {
            asked += 1;
            Err(Fault::passing("busy"))
        });
        assert_eq!((asked, result.map_err(|fault| fault.kind)), (4, Err(Kind::Lasting)));
    }

    #[test]
    fn what_lasts_is_asked_once() {
        let mut asked = 0;
        let result: Result<(), Fault> = patiently(&QUICK, "a", || {
            asked += 1;
            Err(Fault::lasting("no such bucket", "make it"))
        });
        assert_eq!((asked, result.is_err()), (1, true));
    }

    #[test]
    fn pauses_grow_and_differ() {
        let pauses: Vec<Duration> = (1..5).map(|after| QUICK.pause(after, 0)).collect();
        assert!(pauses.windows(2).all(|pair| pair[1] == pair[0] * 2), "{pauses:?}");
        assert_eq!(QUICK.pause(1, 1023).as_micros(), QUICK.pause(1, 2047).as_micros());
        assert!(QUICK.pause(1, 1023) < QUICK.pause(1, 0) && QUICK.pause(1, 1023) >= QUICK.pause(1, 0) / 2);
    }
}
