//! The table of one size: a column for each program, a row for each measure, and ratios to the first column.

use std::time::Duration;

use crate::process::Run;
use crate::rounds::Column;
use crate::{median, seconds};

/// Prints it as Markdown.
pub fn print(columns: &[Column]) {
    let names: Vec<&str> = columns.iter().map(|column| column.name).collect();
    println!("| | {} |\n| --- |{}", names.join(" | "), " ---: |".repeat(names.len()));
    line("clean build, s", columns, |column| time(&column.clean, |run| run.wall));
    line("of processor time, s", columns, |column| time(&column.clean, |run| run.processor));
    line("most memory, MiB", columns, |column| Some(format!("{:.0}", memory(column) / 1024.0 / 1024.0)));
    line("nothing changed, s", columns, |column| time(&column.unchanged, |run| run.wall));
    line("one text edited, s", columns, |column| time(&column.text, |run| run.wall));
    line("one title edited, s", columns, |column| time(&column.title, |run| run.wall));
    line("files", columns, |column| Some(column.files.to_string()));
    line("MB", columns, |column| Some(format!("{:.1}", column.bytes as f64 / 1e6)));
    let first = &columns[0];
    let ratio = |what: &str, of: fn(&Column) -> f64| {
        let name = format!("{what} ÷ that of {}", first.name);
        line(&name, columns, |column| Some(format!("{:.3}", of(column) / of(first))));
    };
    ratio("clean build", |column| median(column.clean.iter().map(|run| run.wall.as_secs_f64())));
    ratio("processor time", |column| median(column.clean.iter().map(|run| run.processor.as_secs_f64())));
    ratio("memory", memory);
    line("busy with something else, processors", columns, |column| {
        let runs = [&column.clean, &column.unchanged, &column.text, &column.title].into_iter().flatten();
        Some(format!("{:.2}", runs.map(|run| run.others).fold(0.0, f64::max)))
    });
}

fn line(name: &str, columns: &[Column], cell: impl Fn(&Column) -> Option<String>) {
    let cells: Vec<String> = columns.iter().map(|column| cell(column).unwrap_or_default()).collect();
    println!("| {name} | {} |", cells.join(" | "));
}

fn time(runs: &[Run], of: fn(&Run) -> Duration) -> Option<String> {
    (!runs.is_empty()).then(|| seconds(median(runs.iter().map(of))))
}

fn memory(column: &Column) -> f64 {
    median(column.clean.iter().map(|run| run.memory)) as f64
}
