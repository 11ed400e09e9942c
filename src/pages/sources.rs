//! What an article or a whole timeline rests upon: its sources, numbered, each once.

use std::collections::HashMap;
use std::ops::Range;

use serde::Serialize;

use super::Scene;
use super::dates::{self, DateView};
use super::translations::foreign;
use crate::input::keys::Source;
use crate::site::Site;
use crate::time::direction_of;

/// Where something is known from.
#[derive(Debug, Serialize)]
pub(super) struct SourceView {
    pub number: usize,
    pub title: String,
    pub url: Option<String>,
    pub publisher: Option<String>,
    pub kind: Option<String>,
    pub published: Option<DateView>,
    pub accessed: Option<DateView>,
    pub archive: Option<String>,
    pub language: Option<String>,
    /// The direction of its title, `ltr` or `rtl`, where that is not in the page's language.
    pub direction: Option<&'static str>,
}

/// The sources of several events, each once, numbered in the order in which the events name them.
pub(super) struct Bibliography<'a> {
    sources: Vec<&'a Source>,
    numbers: HashMap<Key<'a>, usize>,
}

/// What two sources must share to be one: their title and their address.
type Key<'a> = (&'a str, Option<&'a str>);

impl<'a> Bibliography<'a> {
    /// The sources of a range of the site's events.
    pub fn of(site: &'a Site, events: Range<usize>) -> Self {
        let mut bibliography = Self { sources: Vec::new(), numbers: HashMap::new() };
        for source in site.events[events].iter().flat_map(|event| &event.keys(site).sources) {
            let next = bibliography.sources.len() + 1;
            if *bibliography.numbers.entry(key(source)).or_insert(next) == next {
                bibliography.sources.push(source);
            }
        }
        bibliography
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.sources.len()
    }

    /// The number of a source, counted from 1.
    pub fn number(&self, source: &Source) -> Option<usize> {
        self.numbers.get(&key(source)).copied()
    }

    /// All of them, in the order of their numbers, as front matter has them.
    pub fn all(&self) -> impl Iterator<Item = &'a Source> {
        self.sources.iter().copied()
    }

    /// All of them, in the order of their numbers.
    pub fn views(&self, scene: &Scene<'_>) -> Vec<SourceView> {
        views(scene, self.sources.iter().copied())
    }
}

/// The sources of one article, numbered as it lists them.
pub(super) fn views<'a>(scene: &Scene<'_>, sources: impl IntoIterator<Item = &'a Source>) -> Vec<SourceView> {
    let date =
        |date: &Option<crate::time::WrittenDate>| date.as_ref().map(|date| dates::plain(scene.words, date));
    let view = |(at, source): (usize, &Source)| SourceView {
        number: at + 1,
        title: source.title.clone(),
        url: source.url.as_ref().map(|url| url.0.clone()),
        publisher: source.publisher.clone(),
        kind: source.kind.clone(),
        published: date(&source.published),
        accessed: date(&source.accessed),
        archive: source.archive.as_ref().map(|url| url.0.clone()),
        language: source.language.as_ref().map(|language| language.0.clone()),
        direction: source
            .language
            .as_ref()
            .and_then(|language| Some(direction_of(&foreign(scene, &language.0)?))),
    };
    sources.into_iter().enumerate().map(view).collect()
}

fn key(source: &Source) -> Key<'_> {
    (&source.title, source.url.as_ref().map(|url| url.0.as_str()))
}
