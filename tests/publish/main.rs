//! `dateline publish` against real hosts: SeaweedFS and rclone as object storage, OpenSSH's server, rclone as WebDAV, a
//! bare git repository and a folder. The same cases for each; at the end a table says what held where.
//!
//! What the hosts are made of, `tests/tools/install` brings. Each is started on this machine alone, and ended with the tests.
#![allow(
    clippy::disallowed_methods,
    clippy::print_stdout,
    reason = "a test prepares its own folders, and prints its table"
)]

mod cases;
mod faults;
mod hosts;
mod online;
mod proxy;
mod site;
#[path = "../sites/mod.rs"]
mod sites;

use std::collections::BTreeMap;
use std::process::ExitCode;
use std::sync::{Arc, Mutex};

use hosts::{Hosts, Kind};
use libtest_mimic::{Arguments, Failed, Trial};

/// What became of each case, by case and target.
type Table = Arc<Mutex<BTreeMap<&'static str, BTreeMap<&'static str, &'static str>>>>;

fn main() -> ExitCode {
    let arguments = Arguments::from_args();
    let (hosts, table) = (Arc::new(Hosts::default()), Table::default());
    let mut trials = Vec::new();
    for case in cases::ALL {
        for kind in Kind::ALL.into_iter().filter(|kind| (case.applies)(*kind)) {
            let (hosts, table) = (Arc::clone(&hosts), Arc::clone(&table));
            trials.push(Trial::test(format!("{}: {}", kind.name(), case.name), move || {
                let result = hosts.place(kind).and_then(|place| (case.run)(&place));
                let word = if result.is_ok() { "holds" } else { "FAILS" };
                let mut table = table.lock().unwrap_or_else(|poisoned| poisoned.into_inner());
                table.entry(case.name).or_default().insert(kind.name(), word);
                result.map_err(Failed::from)
            }));
        }
    }
    for (name, run) in faults::ALL.into_iter().chain(online::ALL) {
        let hosts = Arc::clone(&hosts);
        trials.push(Trial::test(name, move || run(&hosts).map_err(Failed::from)));
    }
    let conclusion = libtest_mimic::run(&arguments, trials);
    print(&table.lock().unwrap_or_else(|poisoned| poisoned.into_inner()));
    hosts.stop();
    conclusion.exit_code()
}

#[expect(clippy::print_stdout, reason = "the table is for who reads the tests' output")]
fn print(table: &BTreeMap<&'static str, BTreeMap<&'static str, &'static str>>) {
    if table.is_empty() {
        return;
    }
    let heads: String = Kind::ALL.map(|kind| format!("{:>9}", kind.name())).concat();
    println!("{:<52}{heads}", "");
    for (case, by_kind) in table {
        let cells: String =
            Kind::ALL.map(|kind| format!("{:>9}", by_kind.get(kind.name()).unwrap_or(&"–"))).concat();
        println!("{case:<52}{cells}");
    }
}
