//! Waiting for the instants at which the clock alone changes a site. It asks for a look then, and plans nothing itself.

use std::sync::Arc;
use std::sync::mpsc::Sender;
use std::time::Duration;

use super::preview::Preview;
use super::watch::Signal;

/// The longest wait at a stretch: a computer that slept has lost count.
const LONGEST: Duration = Duration::from_secs(60);
/// How often the clock is asked in the second before; it tells whole seconds.
const TICK: Duration = Duration::from_millis(50);
/// How long a look that was asked for may take, before it is asked for again.
const ANSWER: Duration = Duration::from_secs(2);

/// Asks for a look at each instant at which the clock changes something, for as long as somebody looks.
pub(super) async fn follow(preview: Arc<Preview>, look: Sender<Signal>) {
    let mut plans = preview.generations();
    loop {
        let wait = match preview.time_left() {
            Some(Duration::ZERO) if look.send(Signal::Look).is_err() => return,
            Some(Duration::ZERO) => ANSWER,
            Some(left) => left.saturating_sub(Duration::from_secs(1)).clamp(TICK, LONGEST),
            None => LONGEST,
        };
        tokio::select! {
            plan = plans.changed() => if plan.is_err() { return },
            () = tokio::time::sleep(wait) => {}
        }
    }
}
