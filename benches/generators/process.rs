//! One run of a program: how long it took, what it used, and whether others used the machine meanwhile.

use std::fs;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use wait4::Wait4;

/// What one run took.
#[derive(Debug, Clone, Copy)]
pub struct Run {
    /// From its start to its end.
    pub wall: Duration,
    /// On all processors together, in the program and in the system for it.
    pub processor: Duration,
    /// The most memory that it had at once, in bytes. A program never has less than the benchmark that starts it, which
    /// is why that one keeps nothing.
    pub memory: u64,
    /// The processors that were busy with something else, in the mean; where the system tells it.
    pub others: f64,
}

/// Runs a program to its end; what it says goes nowhere.
pub fn run(command: &mut Command) -> Run {
    // What was written before is not paid for now.
    let _ = Command::new("sync").status();
    let busy_before = busy();
    let begun = Instant::now();
    let spawned = command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null()).spawn();
    let mut child = spawned.unwrap_or_else(|error| panic!("{command:?} does not start: {error}"));
    let used = child.wait4().expect("the program is ours to wait for");
    let wall = begun.elapsed();
    assert!(used.status.success(), "{command:?} failed: {}", used.status);
    let processor = used.rusage.utime + used.rusage.stime;
    let others = (busy() - busy_before - processor.as_secs_f64()).max(0.0) / wall.as_secs_f64();
    Run { wall, processor, memory: used.rusage.maxrss, others }
}

/// The seconds that all processors have worked since the machine began; 0 where the system does not tell.
fn busy() -> f64 {
    let text = fs::read_to_string("/proc/stat").unwrap_or_default();
    let ticks: Vec<f64> = text
        .lines()
        .next()
        .into_iter()
        .flat_map(str::split_whitespace)
        .filter_map(|word| word.parse().ok())
        .collect();
    // user, nice, system, idle, waiting, and the two kinds of interrupts; a hundred ticks are a second.
    [0, 1, 2, 5, 6].iter().filter_map(|at| ticks.get(*at)).sum::<f64>() / 100.0
}
