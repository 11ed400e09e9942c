//! Timelines with their events in order of time, each event on its timeline's clock.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use std::ffi::OsStr;
use std::ops::{Deref, Range};
use std::path::Path;
use std::sync::Arc;

use rayon::prelude::{IntoParallelIterator, IntoParallelRefMutIterator, ParallelIterator};

use serde::{Deserialize, Serialize};

use super::before::Before;
use super::entities::Directory;
use super::translations::in_main_language;
use super::{EntityIndex, Site, Vocabulary, instant};
use crate::address::Address;
use crate::input::article::Kind;
use crate::input::keys::{EventKeys, Names, TimelineKeys, Weight};
use crate::input::{Article, At, EntityKind, Input, LanguageIndex, nearest};
use crate::time::{ClockChange, DateShape, EventDate, Instant, Words, Zone};
use crate::{Diagnostic, Place};

/// The place of an event among the site's events.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct EventIndex(pub usize);

/// The place of a timeline among the site's timelines.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct TimelineIndex(pub usize);

/// A timeline.
#[derive(Debug)]
pub struct Timeline {
    /// The index of its `_index.md` among the articles.
    pub article: usize,
    /// Its language among the site's.
    pub language: LanguageIndex,
    /// Its page.
    pub address: Address,
    /// Its clock.
    pub clock: Zone,
    /// The words of its language.
    pub words: Arc<Words>,
    /// Its events among the site's events, in order of time.
    pub events: Range<usize>,
    /// Its eras, in the order in which they are written.
    pub eras: Vec<Era>,
    /// What its events have among them.
    pub among: Among,
}

/// What all pages of a timeline ask of its events together.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub struct Among {
    /// The shapes of their dates, in the order of [`DateShape::ALL`].
    pub shapes: Vec<DateShape>,
    /// Whether any of them has a time of day.
    pub has_times: bool,
    /// Whether any of them is a key moment.
    pub has_key_moments: bool,
    /// Who wrote their articles, in the order of time.
    pub authors: Vec<String>,
    /// When the first of them was published.
    pub published: Option<Instant>,
    /// When any of them was published or changed last.
    pub updated: Option<Instant>,
}

/// An era of a timeline, on the timeline's clock.
#[derive(Debug)]
pub struct Era {
    /// What it is called.
    pub title: String,
    /// How long it lasts.
    pub date: EventDate,
}

/// An event. It has all of its [`Placed`]: `event.date`.
#[derive(Debug)]
pub struct Event {
    /// The index of its file among the articles.
    pub article: usize,
    /// Its timeline.
    pub timeline: TimelineIndex,
    /// What its own article says of it, and its timeline's clock.
    pub placed: Arc<Placed>,
    /// Whom and what it names.
    pub entities: Named,
    /// Whether something is wrong with it.
    has_mistakes: bool,
}

/// The entities that an event names, kind by kind.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Named {
    all: Box<[EntityIndex]>,
    /// Where those of each of [`EntityKind::ALL`] end.
    ends: [u32; 4],
}

impl Named {
    fn of(kinds: &[Vec<usize>; 4]) -> Self {
        let mut end = 0;
        let ends = kinds.each_ref().map(|own| {
            end += u32::try_from(own.len()).expect("a file of a few gigabytes has no more names");
            end
        });
        Self { all: kinds.iter().flatten().copied().map(EntityIndex).collect(), ends }
    }

    /// Those of a kind.
    #[must_use]
    pub fn of_kind(&self, kind: EntityKind) -> &[EntityIndex] {
        let kind = kind as usize;
        let start = if kind == 0 { 0 } else { self.ends[kind - 1] };
        &self.all[start as usize..self.ends[kind] as usize]
    }

    /// All of them.
    pub fn iter(&self) -> impl Iterator<Item = EntityIndex> {
        self.all.iter().copied()
    }

    pub(super) fn iter_mut(&mut self) -> impl Iterator<Item = &mut EntityIndex> {
        self.all.iter_mut()
    }
}

/// An event as far as no other event matters to it.
#[derive(Debug)]
pub struct Placed {
    /// Its path below its timeline.
    pub id: Box<str>,
    /// Its page.
    pub address: Address,
    /// When it happened.
    pub date: EventDate,
    /// When the article was published.
    pub published: Option<Instant>,
    /// When the article was changed.
    pub updated: Option<Instant>,
}

impl Deref for Event {
    type Target = Placed;

    fn deref(&self) -> &Placed {
        &self.placed
    }
}

impl Event {
    /// Its front matter.
    #[must_use]
    pub fn keys<'a>(&self, site: &'a Site) -> &'a EventKeys {
        match &site.article(self.article).kind {
            Kind::Event(keys) => keys,
            _ => unreachable!("an event is made from an event's article"),
        }
    }

    /// The entities of a kind that it names.
    #[must_use]
    pub fn named(&self, kind: EntityKind) -> &[EntityIndex] {
        self.entities.of_kind(kind)
    }
}

impl Timeline {
    /// Its front matter.
    #[must_use]
    pub fn keys<'a>(&self, site: &'a Site) -> &'a TimelineKeys {
        match &site.article(self.article).kind {
            Kind::Timeline(keys) => keys,
            _ => unreachable!("a timeline is made from a timeline's article"),
        }
    }
}

impl Timeline {
    /// The number of an event's track among the timeline's.
    #[must_use]
    pub fn track_of(&self, site: &Site, event: &Event) -> Option<usize> {
        let id = &event.keys(site).track.as_ref()?.value;
        self.keys(site).tracks.iter().position(|track| track.id == *id)
    }

    /// The n-th page of the events of one of its tracks, counted from 0.
    #[must_use]
    pub fn track_address(&self, site: &Site, track: usize, page: usize) -> Option<Address> {
        let id = crate::address::segment(&self.keys(site).tracks.get(track)?.id);
        let address = || match page {
            0 => self.address.join(&format!("tracks/{id}/")),
            _ => self.address.join(&format!("tracks/{id}/{}/", page + 1)),
        };
        (!id.is_empty()).then(address)
    }

    /// The n-th page of its events by publication, counted from 0; those published last stand on the first.
    #[must_use]
    pub fn reported_address(&self, page: usize) -> Address {
        match page {
            0 => self.address.join("reported/"),
            _ => self.address.join(&format!("reported/{}/", page + 1)),
        }
    }
}

/// The timelines by address, and the events of all of them, each in order of time.
pub(super) fn arrange(
    input: &Input,
    addresses: &[Option<Address>],
    vocabulary: &Vocabulary,
    directory: &mut Directory,
    before: Option<&Before<'_>>,
    diagnostics: &mut Vec<Diagnostic>,
) -> (Vec<Timeline>, Vec<Event>) {
    let mut timelines = begin(input, addresses, vocabulary, diagnostics);
    let mut folders: BTreeMap<&Path, Vec<usize>> = BTreeMap::new();
    for (index, timeline) in timelines.iter().enumerate() {
        if let Some(folder) = input.articles[timeline.article].path.parent() {
            folders.entry(folder).or_default().push(index);
        }
    }
    // Names are looked up one event after the other, since new entities begin with them; the rest is each event's own.
    let mut placings = Vec::with_capacity(input.articles.len());
    let mut owners = Owners { folders: &folders, known: HashMap::new() };
    for (index, article) in input.articles.iter().enumerate() {
        let (Kind::Event(keys), Some(address)) = (&article.kind, &addresses[index]) else { continue };
        let Some(versions) = owners.of(&article.path) else { continue };
        let own = versions.iter().find(|timeline| timelines[**timeline].language == article.language);
        let Some(own) = own.copied() else {
            diagnostics.push(no_timeline_in_language(input, article));
            continue;
        };
        let names = names(keys);
        let find = |(kind, names)| match before.and_then(|before| before.named(index, kind)) {
            Some(then) => directory.find_again(article.language, kind, names, then),
            None => directory.find(article.language, kind, names),
        };
        let kinds: [usize; 4] = std::array::from_fn(|kind| kind);
        let entities = kinds.map(|kind| (EntityKind::ALL[kind], names[kind])).map(find);
        let place = entities[EntityKind::Place as usize].first();
        let zone = keys.timezone.or_else(|| directory.zone(*place?)).unwrap_or(timelines[own].clock);
        let timeline = (TimelineIndex(own), &timelines[own]);
        placings.push(Placing { input, index, article, keys, timeline, address, zone, entities });
    }
    let mut counts = vec![0; timelines.len()];
    placings.iter().for_each(|placing| counts[placing.timeline.0.0] += 1);
    let mut by_timeline: Vec<Vec<Event>> = counts.into_iter().map(Vec::with_capacity).collect();
    let placed: Vec<(Option<Event>, Vec<Diagnostic>)> =
        placings.into_par_iter().map(|placing| placing.event(before)).collect();
    for (event, mut mistakes) in placed {
        diagnostics.append(&mut mistakes);
        if let Some(event) = event {
            by_timeline[event.timeline.0].push(event);
        }
    }
    by_timeline.par_iter_mut().for_each(|own| {
        // By path they are nearly by id already, which settles the ties of what is sorted by then.
        own.sort_by(|one, other| one.id.cmp(&other.id));
        own.sort_by_cached_key(|event| (event.date.order(), order(input, event)));
    });
    let mut events: Vec<Event> = Vec::new();
    for (timeline, mut own) in timelines.iter_mut().zip(by_timeline) {
        timeline.events = events.len()..events.len() + own.len();
        timeline.among = Among::of(input, &own);
        match events.is_empty() {
            true => events = own,
            false => events.append(&mut own),
        }
    }
    (timelines, events)
}

fn begin(
    input: &Input,
    addresses: &[Option<Address>],
    vocabulary: &Vocabulary,
    diagnostics: &mut Vec<Diagnostic>,
) -> Vec<Timeline> {
    let mut timelines = Vec::new();
    for (index, article) in input.articles.iter().enumerate() {
        let (Kind::Timeline(keys), Some(address)) = (&article.kind, &addresses[index]) else { continue };
        let clock = keys.timezone.or(input.settings.timezone).unwrap_or(Zone::UTC);
        let eras = keys
            .eras
            .iter()
            .map(|era| Era { title: era.title.clone(), date: EventDate::place(&era.date, clock, clock).0 });
        timelines.push(Timeline {
            article: index,
            language: article.language,
            address: address.clone(),
            clock,
            words: vocabulary.of(input, article, keys.language.as_ref().map(|own| own.value.0.as_str())),
            events: 0..0,
            eras: eras.collect(),
            among: Among::default(),
        });
        diagnostics.extend(repeated_track(input, article, keys));
        diagnostics.extend(nameless_track(input, article, keys));
        diagnostics.extend(wrong_language(input, article, keys));
    }
    timelines.sort_by(|one, other| (one.language, &one.address).cmp(&(other.language, &other.address)));
    diagnostics.extend(repeated_languages(input, &timelines));
    timelines
}

/// The `language` of a translation is that of its file's name, or is not written.
fn wrong_language(input: &Input, article: &Article, keys: &TimelineKeys) -> Option<Diagnostic> {
    let own = input.languages.tag(article.language);
    let written = keys.language.as_ref()?;
    if article.language == LanguageIndex::MAIN || written.value.0 == own {
        return None;
    }
    let message = format!("the file's name says `{own}`, and its `language` says `{}`", written.value.0);
    Some(
        Diagnostic::error("wrong-language", message)
            .at(input.place(&article.path, written.range()))
            .help("take the `language` away, or rename the file"),
    )
}

/// Timelines whose `language` says what another version of them is in.
fn repeated_languages(input: &Input, timelines: &[Timeline]) -> Vec<Diagnostic> {
    let mut seen = BTreeMap::new();
    let mut diagnostics = Vec::new();
    for timeline in timelines {
        let (_, main) = in_main_language(&input.languages, &timeline.address);
        let article = &input.articles[timeline.article];
        let Some(other) = seen.insert((main, timeline.words.language()), article) else { continue };
        let message = format!("two versions of this timeline are in `{}`", timeline.words.language());
        diagnostics.push(
            Diagnostic::error("repeated-language", message)
                .at(Place::file(&article.path))
                .related(Place::file(&other.path), "and this one")
                .help("take the `language` away: the suffix of the file's name says it"),
        );
    }
    diagnostics
}

fn repeated_track(input: &Input, article: &Article, keys: &TimelineKeys) -> Option<Diagnostic> {
    let repeated = keys
        .tracks
        .iter()
        .enumerate()
        .find(|(at, track)| keys.tracks[..*at].iter().any(|other| other.id == track.id));
    let (_, track) = repeated?;
    Some(
        Diagnostic::error("repeated-track", format!("two tracks have the id `{}`", track.id))
            .at(input.place(&article.path, 0..0))
            .help("give each track an id of its own"),
    )
}

fn nameless_track(input: &Input, article: &Article, keys: &TimelineKeys) -> Option<Diagnostic> {
    let track = keys.tracks.iter().find(|track| crate::address::segment(&track.id).is_empty())?;
    Some(
        Diagnostic::error(
            "no-address",
            format!(
                "the track `{}` has an id without a letter and a digit, so it gives no address",
                track.id
            ),
        )
        .at(input.place(&article.path, 0..0))
        .help("write a short word, as in id = \"talks\""),
    )
}

/// Which timelines own the files of which folder.
struct Owners<'a> {
    folders: &'a BTreeMap<&'a Path, Vec<usize>>,
    /// Folders that were asked for.
    known: HashMap<&'a OsStr, Option<&'a [usize]>>,
}

impl<'a> Owners<'a> {
    /// The timeline that owns a file, in each of its languages: that of the nearest folder above it.
    fn of(&mut self, path: &'a Path) -> Option<&'a [usize]> {
        let folder = path.parent()?;
        let find = || folder.ancestors().find_map(|folder| self.folders.get(folder)).map(Vec::as_slice);
        *self.known.entry(folder.as_os_str()).or_insert_with(find)
    }
}

fn no_timeline_in_language(input: &Input, article: &Article) -> Diagnostic {
    let tag = input.languages.tag(article.language);
    let index = match article.language {
        LanguageIndex::MAIN => "_index.md".to_string(),
        _ => format!("_index.{tag}.md"),
    };
    Diagnostic::error(
        "untranslated-timeline",
        format!("the timeline of this event does not exist in `{tag}`"),
    )
    .at(Place::file(&article.path))
    .help(format!("write the timeline's {index}, with its title at least, or take the event's file away"))
}

fn order(input: &Input, event: &Event) -> i64 {
    match &input.articles[event.article].kind {
        Kind::Event(keys) => keys.order,
        _ => 0,
    }
}

impl Among {
    fn of(input: &Input, events: &[Event]) -> Self {
        let (mut shapes, mut known) = (BTreeSet::new(), HashSet::new());
        let (mut among, mut authors) = (Self::default(), Vec::new());
        for event in events {
            shapes.insert(event.date.shape());
            among.has_times |= event.date.has_time();
            among.published = among.published.into_iter().chain(event.published).min();
            among.updated = among.updated.max(event.updated).max(event.published);
            let Kind::Event(keys) = &input.articles[event.article].kind else { continue };
            among.has_key_moments |= keys.weight == Weight::Key;
            authors.extend(keys.authors.iter().filter(|author| known.insert(author.as_str())).cloned());
        }
        among.shapes = DateShape::ALL.into_iter().filter(|shape| shapes.contains(shape)).collect();
        Self { authors, ..among }
    }
}

/// The names in an event, by the four kinds of [`EntityKind::ALL`].
fn names(keys: &EventKeys) -> [&Names; 4] {
    [&keys.people, &keys.organizations, &keys.place, &keys.topics]
}

/// One event's article while it is placed on its timeline.
struct Placing<'a> {
    input: &'a Input,
    /// Its index among the articles.
    index: usize,
    article: &'a Article,
    keys: &'a EventKeys,
    timeline: (TimelineIndex, &'a Timeline),
    address: &'a Address,
    zone: Zone,
    entities: [Vec<usize>; 4],
}

impl Placing<'_> {
    /// The event, where its date could be read, and what is wrong with it.
    fn event(self, before: Option<&Before<'_>>) -> (Option<Event>, Vec<Diagnostic>) {
        let mut mistakes = Vec::new();
        let then = before.and_then(|before| before.event(self.index, self.timeline.1));
        if let Some(then) = then.filter(|then| self.is_placed_as(then)) {
            let placed = Arc::clone(&then.placed);
            return (Some(self.with(placed, false)), mistakes);
        }
        self.check_names(&mut mistakes);
        self.check_track(&mut mistakes);
        self.check_sources(&mut mistakes);
        let date = self.date(&mut mistakes);
        let newsroom = self.input.settings.timezone.unwrap_or(Zone::UTC);
        let placed = |date| Placed {
            id: self.id().into(),
            address: self.address.clone(),
            date,
            published: self.keys.published.map(|moment| instant(moment, newsroom)),
            updated: self.keys.updated.map(|moment| instant(moment, newsroom)),
        };
        let placed = date.map(placed);
        let has_mistakes = !mistakes.is_empty();
        (placed.map(|placed| self.with(Arc::new(placed), has_mistakes)), mistakes)
    }

    fn with(self, placed: Arc<Placed>, has_mistakes: bool) -> Event {
        let entities = Named::of(&self.entities);
        Event { article: self.index, timeline: self.timeline.0, placed, entities, has_mistakes }
    }

    /// Whether all is as it was when another event was made of the same article.
    fn is_placed_as(&self, then: &Event) -> bool {
        !then.has_mistakes
            && then.address == *self.address
            && *then.id == *self.id()
            && (then.date.zone(), then.date.clock()) == (self.zone, self.timeline.1.clock)
    }

    fn id(&self) -> &str {
        let above = self.timeline.1.address.as_str().len();
        self.address.as_str()[above..].trim_end_matches('/')
    }

    fn date(&self, mistakes: &mut Vec<Diagnostic>) -> Option<EventDate> {
        let written = self.keys.date.as_ref()?;
        let (date, change) = EventDate::place(&written.value, self.zone, self.timeline.1.clock);
        if let Some(change) = change {
            let place = self.input.place(&self.article.path, written.range());
            let warning = Diagnostic::warning(clock_change_name(&change), change.message())
                .at(place)
                .help(change.help());
            mistakes.push(warning);
        }
        Some(date)
    }

    fn check_names(&self, mistakes: &mut Vec<Diagnostic>) {
        // A letter or a digit of ASCII is in every address; the others are asked for.
        let is_plain = |name: &str| name.bytes().any(|byte| byte.is_ascii_alphanumeric());
        let nameless =
            |name: &&At<String>| !is_plain(&name.value) && crate::address::segment(&name.value).is_empty();
        for name in names(self.keys).iter().flat_map(|names| &names.0).filter(nameless) {
            let place = self.input.place(&self.article.path, name.range());
            let message = format!("`{}` has no letter and no digit, so it names nothing", name.value);
            mistakes.push(
                Diagnostic::error("no-address", message)
                    .at(place)
                    .help("write the whole name, or take it away"),
            );
        }
    }

    fn check_track(&self, mistakes: &mut Vec<Diagnostic>) {
        let Some(track) = &self.keys.track else { return };
        let Kind::Timeline(timeline) = &self.input.articles[self.timeline.1.article].kind else { return };
        let ids: Vec<&str> = timeline.tracks.iter().map(|track| track.id.as_str()).collect();
        if ids.contains(&track.value.as_str()) {
            return;
        }
        let help = match (nearest(&track.value, &ids), ids.as_slice()) {
            (Some(near), _) => format!("did you mean `{near}`?"),
            (None, []) => {
                "name the tracks in the timeline's _index.md: tracks = [{ id = \"…\", title = \"…\" }]"
                    .to_string()
            }
            (None, ids) => format!("the timeline's tracks are `{}`", ids.join("`, `")),
        };
        let message = format!("the timeline has no track `{}`", track.value);
        let place = self.input.place(&self.article.path, track.range());
        let mistake = Diagnostic::error("unknown-track", message).at(place).help(help);
        mistakes.push(self.met_in_translation("track", mistake));
    }

    /// A mistake in what a translation took from its original names the translation too.
    fn met_in_translation(&self, key: &str, mistake: Diagnostic) -> Diagnostic {
        match self.article.inherits(key) {
            true => mistake.related(Place::file(&self.article.path), "in this translation"),
            false => mistake,
        }
    }

    /// What quotes and accounts name as their source must be among the sources.
    fn check_sources(&self, mistakes: &mut Vec<Diagnostic>) {
        let quotes = self.keys.quotes.iter().filter_map(|quote| Some(("quotes", quote.source.as_ref()?)));
        let accounts = self.keys.accounts.iter();
        let accounts = accounts.filter_map(|account| Some(("accounts", account.source.as_ref()?)));
        let titles: Vec<&str> = self.keys.sources.iter().map(|source| source.title.as_str()).collect();
        let all = quotes.chain(accounts);
        for (key, source) in all.filter(|(_, source)| !titles.contains(&source.value.as_str())) {
            let help = match nearest(&source.value, &titles) {
                Some(near) => format!("did you mean `{near}`?"),
                None => "write the title of one of the article's `sources`, letter by letter".to_string(),
            };
            let message = format!("the article has no source with the title `{}`", source.value);
            let place = self.input.place(&self.article.path, source.range());
            let mistake = Diagnostic::error("unknown-source", message).at(place).help(help);
            mistakes.push(self.met_in_translation(key, mistake));
        }
    }
}

fn clock_change_name(change: &ClockChange) -> &'static str {
    match change {
        ClockChange::Gap { .. } | ClockChange::DayLeapt { .. } => "clock-gap",
        ClockChange::Overlap { .. } => "clock-overlap",
    }
}
