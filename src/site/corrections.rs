//! Every correction of the events of a language, newest first; each with an id that no later correction changes.

use std::collections::BTreeMap;

use super::translations::in_language;
use super::{EventIndex, Site};
use crate::address::{Address, segment};
use crate::input::LanguageIndex;
use crate::input::keys;
use crate::time::{DateOrder, EventDate};

/// A correction and the event whose article it mends.
#[derive(Debug)]
pub struct Correction<'a> {
    /// The event.
    pub event: EventIndex,
    /// What front matter says of it.
    pub keys: &'a keys::Correction,
    /// When it was made, by the newsroom's clock.
    pub date: EventDate,
    /// Unique among the event's: its date, and for a second one of that date its number.
    pub id: String,
}

impl Site {
    /// The page of all corrections of a language.
    #[must_use]
    pub fn corrections_address(&self, language: LanguageIndex) -> Address {
        in_language(&self.input.languages, &Address::of_file("corrections/"), language)
    }

    /// Whether any event of a language has been corrected.
    #[must_use]
    pub fn has_corrections(&self, language: LanguageIndex) -> bool {
        let mut events =
            self.timelines_in(language).flat_map(|timeline| &self.events[timeline.events.clone()]);
        events.any(|event| !event.keys(self).corrections.is_empty())
    }

    /// All corrections of a language, newest first; those of one date by event, and as its front matter lists them.
    #[must_use]
    pub fn corrections(&self, language: LanguageIndex) -> Vec<Correction<'_>> {
        let events = self.timelines_in(language).flat_map(|timeline| timeline.events.clone());
        let all = events.flat_map(|event| self.corrections_of(EventIndex(event)));
        let mut all: Vec<((bool, DateOrder), Correction<'_>)> =
            all.map(|one| ((!one.date.written().is_unknown(), one.date.order()), one)).collect();
        all.sort_by(|(a, one), (b, other)| {
            let address = |correction: &Correction<'_>| &self.event(correction.event).address;
            b.cmp(a).then_with(|| address(one).cmp(address(other)))
        });
        all.into_iter().map(|(_, correction)| correction).collect()
    }

    fn corrections_of(&self, event: EventIndex) -> Vec<Correction<'_>> {
        let mut seen: BTreeMap<String, usize> = BTreeMap::new();
        let corrections = &self.event(event).keys(self).corrections;
        let corrections = corrections.iter().map(|keys| {
            let date = EventDate::place(&keys.date, self.zone(), self.zone()).0;
            let day = segment(&keys.date.edtf());
            let times = seen.entry(day.clone()).or_insert(0);
            *times += 1;
            let id = if *times == 1 { day } else { format!("{day}-no-{times}") };
            Correction { event, keys, date, id }
        });
        corrections.collect()
    }
}
