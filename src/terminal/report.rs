//! Mistakes, counts and durations as a terminal shows them.

use std::io::IsTerminal;
use std::time::Duration;

use dateline::Diagnostic;
use dateline::commands::build::{Absent, Ahead};
use dateline::site::{Reason, Turn};

/// Prints mistakes to standard error, in colour where somebody wants it.
pub fn print_diagnostics(diagnostics: &[Diagnostic]) {
    let dumb = std::env::var("TERM").is_ok_and(|terminal| terminal == "dumb");
    let plain = std::env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty());
    let colours = std::io::stderr().is_terminal() && !dumb && !plain;
    for diagnostic in diagnostics {
        eprintln!("{}\n", diagnostic.to_text(colours));
    }
}

/// Names articles that are left out, of each reason the first few.
pub fn print_left_out(left_out: &[Absent], named: usize) {
    let drafts: Vec<&Absent> = left_out.iter().filter(|absent| absent.reason == Reason::Draft).collect();
    let embargoed = left_out.iter().filter(|absent| matches!(absent.reason, Reason::Embargoed(_))).collect();
    let expired = left_out.iter().filter(|absent| matches!(absent.reason, Reason::Expired(_))).collect();
    let undated = left_out.iter().filter(|absent| absent.reason == Reason::Undated).collect();
    let later = left_out.iter().filter(|absent| matches!(absent.reason, Reason::Later(_))).collect();
    let groups: [(&str, &str, Vec<&Absent>); 5] = [
        ("draft", "", drafts),
        ("under embargo", "goes live ", embargoed),
        ("expired", "since ", expired),
        ("published later", "on ", later),
        ("without `published`, so that nobody can tell whether it was there", "", undated),
    ];
    for (why, when, group) in groups.iter().filter(|(_, _, group)| !group.is_empty()) {
        say!("left out, {why}: {}", number(group.len(), "article"));
        for absent in group.iter().take(named) {
            let local = absent.local.as_ref().map(|local| format!(": {when}{local}")).unwrap_or_default();
            say!("  {}{local}", absent.path.display());
        }
        if group.len() > named {
            say!("  and {} more", group.len() - named);
        }
    }
}

/// Says when a build of the same files would give another site.
pub fn print_ahead(ahead: Option<&Ahead>) {
    let Some(ahead) = ahead else { return };
    let (time, path) = (&ahead.local, ahead.path.display());
    match ahead.turn {
        Turn::EmbargoEnds => say!("next change: {time}, the embargo on {path} ends"),
        Turn::Expires => say!("next change: {time}, {path} expires"),
        Turn::LeavesNews => say!("next change: {time}, {path} leaves the news sitemap"),
    }
}

/// «1 file», «3 files».
pub fn number(number: usize, noun: &str) -> String {
    if number == 1 { format!("1 {noun}") } else { format!("{number} {noun}s") }
}

/// «12 ms», «1.5 s».
pub fn duration(took: Duration) -> String {
    if took < Duration::from_secs(1) {
        format!("{} ms", took.as_millis())
    } else {
        format!("{:.1} s", took.as_secs_f64())
    }
}
