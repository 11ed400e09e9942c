//! What an editor would ask of a site: warnings of `dateline check` about what is said, not about how it is written.
//!
//! The whole model goes in, with what the last build wrote; warnings come out, in the order of the articles. A build is
//! not held up by them.

mod events;
mod look_alikes;
mod vanished;

use super::{Site, Timeline};
use crate::Diagnostic;
use crate::input::BodyError;
use crate::time::Weekdays;

/// The warnings. `before` has the files of the last build, as routes.
///
/// # Errors
/// A text that has changed since it was read, or can't be read.
pub fn check(site: &Site, before: &[String]) -> Result<Vec<Diagnostic>, BodyError> {
    let mut diagnostics = Vec::new();
    for timeline in &site.timelines {
        let weekdays = Weekdays::of(&timeline.words);
        for event in &site.events[timeline.events.clone()] {
            diagnostics.extend(events::check(site, timeline, event));
            diagnostics.extend(wrong_weekdays(site, event.article, &weekdays)?);
        }
        diagnostics.extend(wrong_weekdays(site, timeline.article, &weekdays)?);
    }
    diagnostics.extend(of_other_pages(site)?);
    diagnostics.extend(look_alikes::check(site));
    diagnostics.extend(vanished::check(site, before));
    Ok(diagnostics)
}

/// Weekdays in the texts that stand outside of timelines.
fn of_other_pages(site: &Site) -> Result<Vec<Diagnostic>, BodyError> {
    let mut diagnostics = Vec::new();
    for language in site.input.languages.all() {
        let weekdays = Weekdays::of(site.words(language));
        for (index, article) in site.input.articles.iter().enumerate() {
            let stands = article.language == language && site.address_of(index).is_some();
            let is_timeline =
                matches!(article.kind, crate::input::Kind::Timeline(_) | crate::input::Kind::Event(_));
            if stands && !is_timeline {
                diagnostics.extend(wrong_weekdays(site, index, &weekdays)?);
            }
        }
    }
    Ok(diagnostics)
}

fn wrong_weekdays(site: &Site, index: usize, weekdays: &Weekdays) -> Result<Vec<Diagnostic>, BodyError> {
    let article = site.article(index);
    if !article.has_body {
        return Ok(Vec::new());
    }
    let body = site.input.body(article)?;
    let wrong = weekdays.wrong_in(&body).into_iter().map(|wrong| {
        let range = article.body + wrong.range.start..article.body + wrong.range.end;
        let message = format!("{} is no «{}»", wrong.day, body[wrong.range].to_lowercase());
        Diagnostic::warning("wrong-weekday", message)
            .at(site.input.place(&article.path, range))
            .help(format!("that day is «{}»: mend the weekday or the date", wrong.right))
    });
    Ok(wrong.collect())
}

impl Timeline {
    /// Whether anything says on whose clock the times of its events are: its own front matter, or the settings.
    fn has_clock(&self, site: &Site) -> bool {
        self.keys(site).timezone.is_some() || site.input.settings.timezone.is_some()
    }
}
