//! The site as it was known at an earlier instant: what was read and the instant come in, what had been published by then, with
//! later corrections taken back, goes out; what can't be told is marked, and never passed off as what was known.
//!
//! A correction says what was wrong (`was`) and what is right (`text`). Where what is right stands in the article word for word,
//! once, the old wording takes its place; anywhere else nobody can tell what the article said, so it keeps a mark and shows the old
//! wording apart. An article that was `updated` later keeps a mark too: of its older text nothing is known.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::instant;
use crate::input::article::Kind;
use crate::input::keys::{Correction, EventKeys};
use crate::input::{Article, Input, Reads};
use crate::time::{EventDate, Instant, Zone};

/// What is not as it is today, by the index of the article.
#[derive(Debug, Default)]
pub struct Snapshot(BTreeMap<usize, Then>);

/// How an article differs from today's.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub struct Then {
    /// What was put back: today's wording, and the one that it had.
    restored: Vec<(String, String)>,
    /// Old wordings whose place in the text nobody knows.
    pub unplaced: Vec<String>,
    /// Whether it was changed later in a way that nobody kept.
    pub is_changed_later: bool,
}

impl Then {
    /// A text with old wordings in their places again.
    fn put_back(&self, text: &str) -> String {
        self.restored.iter().fold(text.to_string(), |text, (now, was)| text.replacen(now.as_str(), was, 1))
    }
}

impl Snapshot {
    /// How an article differs from today's, if it does.
    #[must_use]
    pub fn of(&self, article: usize) -> Option<&Then> {
        self.0.get(&article)
    }

    /// The body of an article as it was.
    #[must_use]
    pub fn body(&self, article: usize, body: String) -> String {
        match self.of(article) {
            Some(then) => then.put_back(&body),
            None => body,
        }
    }

    /// The label of an article: its text was changed later, or has its old wording again.
    #[must_use]
    pub fn label(&self, article: usize) -> Option<&'static str> {
        let then = self.of(article)?;
        Some(if then.is_changed_later { "changed_later" } else { "wording_of_then" })
    }
}

/// What was known at an instant.
pub(super) fn known_then(input: &Arc<Input>, then: Instant) -> (Arc<Input>, Snapshot) {
    let clock = input.settings.timezone.unwrap_or(Zone::UTC);
    let mut known = Input::clone(input);
    let mut snapshot = Snapshot::default();
    for (index, article) in known.articles.iter_mut().enumerate() {
        let Kind::Event(keys) = &article.kind else { continue };
        let is_later = |correction: &&Correction| !was_made_by(correction, then, clock);
        let later: Vec<Correction> = keys.corrections.iter().filter(is_later).cloned().collect();
        let updated = keys.updated.map(|moment| instant(moment, clock)).filter(|updated| *updated > then);
        if later.is_empty() && updated.is_none() {
            continue;
        }
        let body = input.body(index, &Reads::default()).unwrap_or_default();
        let mut change = taken_back(article, keys, &body, later, clock);
        change.is_changed_later |= updated.is_some();
        *article = Arc::new(as_it_was(article, &change, then, clock));
        snapshot.0.insert(index, change);
    }
    (Arc::new(known), snapshot)
}

/// Whether a correction was made by an instant. One with a day alone was when that day was over: until then nobody can tell.
fn was_made_by(correction: &Correction, then: Instant, clock: Zone) -> bool {
    let (date, _) = EventDate::place(&correction.date, clock, clock);
    date.latest().instant().is_some_and(|latest| latest <= then)
}

/// What becomes of an article when corrections are taken back, the last one first.
fn taken_back(
    article: &Article,
    keys: &EventKeys,
    body: &str,
    mut later: Vec<Correction>,
    clock: Zone,
) -> Then {
    later.sort_by_cached_key(|correction| {
        std::cmp::Reverse(EventDate::place(&correction.date, clock, clock).0.order())
    });
    let mut change = Then::default();
    for correction in later {
        let Some(was) = &correction.was else {
            change.is_changed_later = true;
            continue;
        };
        let now = correction.text.trim();
        let texts =
            [Some(body), Some(keys.title.as_str()), keys.summary.as_deref(), keys.date_note.as_deref()];
        let found: usize =
            texts.into_iter().flatten().map(|text| change.put_back(text).matches(now).count()).sum();
        let is_inherited = article.inherits("corrections");
        if found == 1 && !now.is_empty() && !is_inherited {
            change.restored.push((now.to_string(), was.clone()));
        } else {
            change.is_changed_later = true;
            change.unplaced.push(was.clone());
        }
    }
    change
}

/// An article's front matter as it was.
fn as_it_was(article: &Article, change: &Then, then: Instant, clock: Zone) -> Article {
    let mut article = article.clone();
    article.lead = article.lead.map(|lead| change.put_back(&lead).into());
    if let Kind::Event(keys) = &mut article.kind {
        keys.title = change.put_back(&keys.title);
        keys.summary = keys.summary.as_deref().map(|text| change.put_back(text));
        keys.date_note = keys.date_note.as_deref().map(|text| change.put_back(text));
        keys.corrections.retain(|correction| was_made_by(correction, then, clock));
        keys.updated = keys.updated.filter(|moment| instant(*moment, clock) <= then);
    }
    article
}

#[cfg(test)]
mod tests {
    use super::{Then, taken_back};
    use crate::input::article::{Kind, Standing};
    use crate::input::{Article, LanguageIndex};
    use crate::time::Zone;

    fn then(front: &str, body: &str) -> Then {
        let text = format!("+++\ntitle = \"T\"\ndate = 2023-09-12\n{front}+++\n{body}");
        let (article, mistakes) = Article::read(crate::input::article::File {
            path: &std::path::Path::new("content/a/b.md").into(),
            bytes: text.as_bytes(),
            standing: Standing::Event,
            language: LanguageIndex::MAIN,
            tag: "en",
            original: None,
        });
        assert_eq!(mistakes, []);
        let article = article.unwrap();
        let Kind::Event(keys) = &article.kind else { unreachable!() };
        taken_back(&article, keys, body, keys.corrections.clone(), Zone::UTC)
    }

    const TWICE: &str = "corrections = [\n  { date = 2023-09-14, text = \"on the 13th\", was = \"on the 12th\" },\n  { date = 2023-09-16, text = \"on the 14th\", was = \"on the 13th\" },\n]\n";

    #[test]
    fn corrections_are_taken_back_one_after_another() {
        let change = then(TWICE, "It closed on the 14th.");
        assert_eq!(change.put_back("It closed on the 14th."), "It closed on the 12th.");
        assert!(!change.is_changed_later && change.unplaced.is_empty());
    }

    #[test]
    fn a_wording_without_a_place_is_kept_apart() {
        for body in ["It closed later.", "on the 14th and on the 14th"] {
            let change = then(TWICE, body);
            assert_eq!(change.put_back(body), body);
            assert_eq!(change.unplaced, ["on the 13th", "on the 12th"], "{body}");
            assert!(change.is_changed_later);
        }
    }
}
