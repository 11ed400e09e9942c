//! What is asked of one event: its date, its sources, its quotations. A translation is asked only for what it adds.

use super::super::{Event, Site, Timeline};
use crate::input::keys::{EventKeys, Quote};
use crate::input::{Article, EntityKind};
use crate::{Diagnostic, Place};

/// The warnings about one event.
pub(super) fn check(site: &Site, timeline: &Timeline, event: &Event) -> Vec<Diagnostic> {
    let asked = Asked { site, timeline, event, article: site.article(event.article), keys: event.keys(site) };
    let mut diagnostics = Vec::new();
    if !asked.article.inherits("date") {
        diagnostics.extend(asked.after_its_article());
        diagnostics.extend(asked.without_zone());
    }
    if !asked.article.inherits("sources") {
        diagnostics.extend(asked.without_source());
    }
    if !asked.article.inherits("quotes") {
        diagnostics.extend(asked.keys.quotes.iter().flat_map(|quote| asked.quote(quote)));
    }
    diagnostics
}

struct Asked<'a> {
    site: &'a Site,
    timeline: &'a Timeline,
    event: &'a Event,
    article: &'a Article,
    keys: &'a EventKeys,
}

impl Asked<'_> {
    fn after_its_article(&self) -> Option<Diagnostic> {
        let (date, published) = (self.keys.date.as_ref()?, self.event.published?);
        if self.event.date.earliest().instant()? <= published {
            return None;
        }
        let local = published.local(&self.event.date.clock());
        let message = format!(
            "the event is dated {}, after its article, which was published on {}",
            date.value,
            local.date()
        );
        Some(
            Diagnostic::warning("event-after-article", message)
                .at(self.site.input.place(&self.article.path, date.range()))
                .help("mend the `date` or `published`; where something is foretold, switch this off in the article: check = { event-after-article = \"off\" }"),
        )
    }

    fn without_zone(&self) -> Option<Diagnostic> {
        let date = self.keys.date.as_ref().filter(|date| date.value.needs_zone())?;
        let place = self.event.named(EntityKind::Place).first().map(|place| self.site.entity(*place));
        let of_place = place.and_then(|place| place.keys(self.site)?.timezone);
        if self.keys.timezone.is_some() || of_place.is_some() || self.timeline.has_clock(self.site) {
            return None;
        }
        Some(
            Diagnostic::warning("missing-timezone", "nothing says on whose clock this time of day is")
                .at(self.site.input.place(&self.article.path, date.range()))
                .help("write a `timezone` here, in the place's page, in the timeline or in the settings; or the offset: 2023-09-13T13:00+09:00"),
        )
    }

    fn without_source(&self) -> Option<Diagnostic> {
        if !self.keys.sources.is_empty() || self.is_version() {
            return None;
        }
        Some(
            Diagnostic::warning(
                "missing-source",
                "the event names no source: nobody can tell where it is known from",
            )
            .at(Place::file(&self.article.path))
            .help("name one at least: [[sources]] with a `title`, and a `url` where there is one"),
        )
    }

    /// Whether it is a translation: what an original lacks is told there.
    fn is_version(&self) -> bool {
        self.site.input.original(&self.article.path).is_some()
    }

    fn quote(&self, quote: &Quote) -> Vec<Diagnostic> {
        let place = || self.site.input.place(&self.article.path, quote.text.range());
        let mut diagnostics = Vec::new();
        if quote.by.is_none() {
            diagnostics.push(
                Diagnostic::warning("missing-speaker", "nothing says who said this")
                    .at(place())
                    .help("name who said it: by = \"…\""),
            );
        }
        if quote.source.is_none() {
            diagnostics.push(
                Diagnostic::warning(
                    "missing-quote-source",
                    "nothing says where this quotation is known from",
                )
                .at(place())
                .help("write the title of one of the article's `sources`: source = \"…\""),
            );
        }
        diagnostics
    }
}
