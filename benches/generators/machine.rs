//! Where the figures were taken: processors, memory, system, versions, and the kind of disk that the files lie on.

use std::fs;
use std::path::Path;
use std::process::Command;

use crate::programs::Program;

/// Prints it, with what was left out and why.
pub fn print(programs: &[Program]) {
    println!("| machine | |\n| --- | --- |");
    let cores = std::thread::available_parallelism().map_or(0, usize::from);
    let processor =
        value_in("/proc/cpuinfo", "model name").unwrap_or_else(|| std::env::consts::ARCH.to_string());
    println!("| processors | {cores} of {processor} |");
    let kilobytes =
        value_in("/proc/meminfo", "MemTotal").and_then(|value| value.split(' ').next()?.parse::<f64>().ok());
    println!("| memory | {:.1} GiB |", kilobytes.unwrap_or_default() / 1024.0 / 1024.0);
    println!("| system | {} |", said(Command::new("uname").args(["-s", "-r"])));
    println!("| files lie on | {} |", kind_of_disk(&std::env::temp_dir()));
    println!("| rustc | {} |", said(Command::new("rustc").arg("--version")));
    for program in programs {
        println!("| {} | {} |", program.name(), said(&mut program.version()));
    }
    for (name, why) in crate::programs::missing() {
        println!("| {name} | left out: {why} |");
    }
}

/// The first line that a program says.
fn said(command: &mut Command) -> String {
    let output = command.output().map(|output| String::from_utf8_lossy(&output.stdout).into_owned());
    let output = output.unwrap_or_default();
    output.lines().next().unwrap_or("not told").to_string()
}

/// What stands behind a name and a colon in one of the system's own files.
fn value_in(file: &str, name: &str) -> Option<String> {
    let text = fs::read_to_string(file).ok()?;
    let line = text.lines().find(|line| line.starts_with(name))?;
    Some(line.split_once(':')?.1.trim().to_string())
}

/// The file system of a folder: `tmpfs` is memory.
fn kind_of_disk(folder: &Path) -> String {
    let mounts = fs::read_to_string("/proc/mounts").unwrap_or_default();
    let around = mounts.lines().filter_map(|line| {
        let mut words = line.split(' ').skip(1);
        let (at, kind) = (words.next()?, words.next()?);
        folder.starts_with(at).then_some((at.len(), kind))
    });
    around.max_by_key(|(length, _)| *length).map_or("not told", |(_, kind)| kind).to_string()
}
