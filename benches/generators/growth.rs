//! Our program alone on sites of growing size: whether time and memory grow as the articles do.

use crate::corpus::Corpus;
use crate::process::{Run, run};
use crate::programs::Program;
use crate::rounds::extent;
use crate::seconds;

/// Builds a site of each size once, and prints what it took.
pub fn print(sizes: &[usize]) {
    println!(
        "\n| articles | files | MB | clean build, s | of processor time, s | most memory, MiB | KiB an article |"
    );
    println!("| ---: | ---: | ---: | ---: | ---: | ---: | ---: |");
    let mut before: Option<(usize, Run)> = None;
    let mut ratios = Vec::new();
    for &articles in sizes {
        let folder = tempfile::tempdir().expect("a folder for temporary files");
        let (site, output) = (folder.path().join("site"), folder.path().join("site/public"));
        let program = Program::bounded();
        program.prepare(Corpus::of(articles), &site);
        let taken = run(&mut program.build(&site, &output));
        let (files, bytes) = extent(&output);
        println!(
            "| {articles} | {files} | {:.1} | {} | {} | {:.0} | {:.1} |",
            bytes as f64 / 1e6,
            seconds(taken.wall),
            seconds(taken.processor),
            kibibytes(taken) / 1024.0,
            kibibytes(taken) / articles as f64,
        );
        if let Some((fewer, then)) = before {
            ratios.push(format!(
                "{:.1} times the articles: {:.1} times the time, {:.1} times the processor time, {:.1} times the memory",
                articles as f64 / fewer as f64,
                taken.wall.as_secs_f64() / then.wall.as_secs_f64(),
                taken.processor.as_secs_f64() / then.processor.as_secs_f64(),
                kibibytes(taken) / kibibytes(then),
            ));
        }
        before = Some((articles, taken));
    }
    ratios.iter().for_each(|ratio| println!("\n{ratio}"));
}

fn kibibytes(run: Run) -> f64 {
    run.memory as f64 / 1024.0
}
