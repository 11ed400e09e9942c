//! What an editor would ask of a site: warnings of `dateline check` about what is said, not about how it is written.
//!
//! The whole model goes in, with what the last build wrote; warnings come out, in the order of the articles. A build is
//! not held up by them.

mod events;
mod look_alikes;
mod vanished;

use super::{Event, Site, Timeline};
use crate::input::{BodyError, Reads};
use crate::time::{Day, Weekdays, WrongWeekday};
use crate::{Diagnostic, Place};

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
            diagnostics.extend(wrong_weekdays(site, event.article, &weekdays, day_of(event))?);
        }
        diagnostics.extend(wrong_weekdays(site, timeline.article, &weekdays, None)?);
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
                diagnostics.extend(wrong_weekdays(site, index, &weekdays, None)?);
            }
        }
    }
    Ok(diagnostics)
}

/// The day that the text of an event is about; none for what is dated more coarsely, or goes on for longer than a week.
fn day_of(event: &Event) -> Option<Day> {
    let (first, last) = (event.date.first_day()?, event.date.last_day()?);
    (last.number() - first.number() < 7).then_some(first)
}

/// Those of a title, a summary and a body.
fn wrong_weekdays(
    site: &Site,
    index: usize,
    weekdays: &Weekdays,
    about: Option<Day>,
) -> Result<Vec<Diagnostic>, BodyError> {
    let article = site.article(index);
    let warning = |text: &str, wrong: &WrongWeekday, place: Place| {
        let message = format!("{} is no «{}»", wrong.day, text[wrong.range.clone()].to_lowercase());
        Diagnostic::warning("wrong-weekday", message)
            .at(place)
            .help(format!("that day is «{}»: mend the weekday or the date", wrong.right))
    };
    let heads = [("title", Some(article.kind.title())), ("summary", article.kind.summary())];
    let heads = heads.into_iter().filter(|(key, _)| !article.inherits(key)).filter_map(|(_, text)| text);
    let mut diagnostics = Vec::new();
    for text in heads {
        let wrong = weekdays.wrong_in(text, about);
        diagnostics
            .extend(wrong.iter().map(|wrong| warning(text, wrong, site.input.place_of(&article.path, text))));
    }
    if article.has_body {
        let body = site.input.body(index, &Reads::default())?;
        diagnostics.extend(weekdays.wrong_in(&body, about).iter().map(|wrong| {
            let range = article.body + wrong.range.start..article.body + wrong.range.end;
            warning(&body, wrong, site.input.place(&article.path, range))
        }));
    }
    Ok(diagnostics)
}

impl Timeline {
    /// Whether anything says on whose clock the times of its events are: its own front matter, or the settings.
    fn has_clock(&self, site: &Site) -> bool {
        self.keys(site).timezone.is_some() || site.input.settings.timezone.is_some()
    }
}
