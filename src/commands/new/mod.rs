//! `dateline new`: a timeline and a name go in, the file of a new event comes out, with every key that can be known.
//!
//! A [`Newsroom`] is the site that gets it: it knows its timelines, proposes a name, and says in a [`NewEvent`] which file it
//! will be. [`NewEvent::write`] writes it, and replaces nothing. No date is read from a name.

mod name;
mod text;

use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::Error;
use crate::address::Address;
use crate::input::article::Kind;
use crate::input::keys::TimelineKeys;
use crate::input::{Input, LanguageIndex, nearest};
use crate::output::create_source_file;
use crate::site::{Options, Site};
use crate::time::{Instant, WrittenDate};
use text::Known;

/// A site that gets a new event.
#[derive(Debug)]
pub struct Newsroom {
    site: Site,
    now: Instant,
}

/// A timeline that an event may go to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TimelineChoice {
    /// Its folder below `content/`, as `TIMELINE/NAME` has it.
    pub folder: String,
    /// Its title.
    pub title: String,
}

/// An event that is about to be written.
#[derive(Debug)]
pub struct NewEvent {
    root: PathBuf,
    /// Its file, relative to the site's root.
    pub path: PathBuf,
    /// A title made of the file's name.
    pub title: String,
    /// The day that it is on the timeline's clock.
    pub today: WrittenDate,
    /// Now, on the newsroom's clock, as `published` takes it.
    now: String,
    tracks: Vec<String>,
    /// The language of its timeline.
    language: String,
}

impl Newsroom {
    /// Reads a site.
    ///
    /// # Errors
    /// A folder without a site, and failures of the machine.
    pub fn open(root: &Path, now: Instant) -> Result<Self, Error> {
        let input = Arc::new(Input::read(root)?);
        if !input.has_settings() {
            return Err(refused(format!(
                "there is no dateline.toml in {} that can be read: go to the folder of your site, or name it with --root",
                root.display()
            )));
        }
        let options = Options { now, drafts: true, as_of: None, file_links: false, base_url: None };
        Ok(Self { site: Site::new(&input, &options).0, now })
    }

    /// The timelines, by folder.
    #[must_use]
    pub fn timelines(&self) -> Vec<TimelineChoice> {
        let choice = |(folder, keys): (&Path, &TimelineKeys)| TimelineChoice {
            folder: folder.to_string_lossy().replace('\\', "/"),
            title: keys.title.clone(),
        };
        self.timelines_by_folder().map(choice).collect()
    }

    /// The day that it is on a timeline's clock.
    ///
    /// # Errors
    /// A timeline that does not exist.
    pub fn today(&self, timeline: &str) -> Result<WrittenDate, Error> {
        // Any file of the folder does.
        let keys = self.timeline_of(&format!("{timeline}/x"))?;
        self.day_of(keys)
    }

    /// A name in a timeline's folder that is still free, made of a title and a date.
    #[must_use]
    pub fn propose(&self, timeline: &str, title: &str, date: &WrittenDate) -> Option<String> {
        let name = name::of_title(title, date.as_written());
        let further = (2..100).map(|number| format!("{name}-{number}"));
        std::iter::once(name.clone())
            .chain(further)
            .find(|name| self.event(&format!("{timeline}/{name}")).is_ok())
    }

    /// What the file will be for `TIMELINE/NAME`.
    ///
    /// # Errors
    /// A name that can't be an event's, a timeline that does not exist, and an event that does.
    pub fn event(&self, name: &str) -> Result<NewEvent, Error> {
        let input = &self.site.input;
        let parts = name::parts(name)?;
        let path = Path::new("content").join(format!("{}.md", parts.join("/")));
        let timeline = self.timeline_of(name)?;
        if input.languages.of_file(&path).0 != LanguageIndex::MAIN {
            return Err(refused(format!(
                "{} would be a translation: copy its original, and keep the keys that are different",
                path.display()
            )));
        }
        refuse_taken(&self.site, &path, &parts)?;
        let local = self.now.local(&self.site.zone());
        let language = timeline.language.as_ref().map(|language| language.value.0.as_str());
        Ok(NewEvent {
            root: input.root.clone(),
            path,
            title: name::title(&parts),
            today: self.day_of(timeline)?,
            now: format!("{local}{}", local.offset().unwrap_or_default()),
            tracks: timeline.tracks.iter().map(|track| track.id.clone()).collect(),
            language: language.unwrap_or(input.languages.tag(LanguageIndex::MAIN)).to_string(),
        })
    }

    fn day_of(&self, timeline: &TimelineKeys) -> Result<WrittenDate, Error> {
        let clock = timeline.timezone.unwrap_or(self.site.zone());
        let today = self.now.local(&clock).date().to_string();
        WrittenDate::parse(&today).map_err(|error| refused(error.message))
    }

    /// The keys of the timeline that owns `TIMELINE/NAME`.
    fn timeline_of(&self, name: &str) -> Result<&TimelineKeys, Error> {
        let asked = name.strip_prefix("content/").unwrap_or(name);
        let mut above = Path::new(asked).ancestors().skip(1);
        let own = above.find_map(|folder| self.timelines_by_folder().find(|(other, _)| *other == folder));
        own.map(|(_, keys)| keys).ok_or_else(|| self.no_timeline(asked))
    }

    fn no_timeline(&self, asked: &str) -> Error {
        let names: Vec<String> = self.timelines().into_iter().map(|timeline| timeline.folder).collect();
        let names: Vec<&str> = names.iter().map(String::as_str).collect();
        let what = match asked.rsplit_once('/') {
            Some((folder, _)) => match nearest(folder, &names) {
                Some(near) => {
                    return refused(format!("there is no timeline `{folder}`; did you mean `{near}`?"));
                }
                None => format!("there is no timeline `{folder}`"),
            },
            None => format!("`{asked}` names no timeline: write TIMELINE/NAME"),
        };
        refused(match names.as_slice() {
            [] => format!("{what}; a timeline is a folder of content/ with an _index.md that has a title"),
            names => format!("{what}; the timelines are `{}`", names.join("`, `")),
        })
    }

    fn timelines_by_folder(&self) -> impl Iterator<Item = (&Path, &TimelineKeys)> {
        self.site.input.articles.iter().filter_map(|article| match &article.kind {
            Kind::Timeline(keys) if article.language == LanguageIndex::MAIN => {
                Some((article.path.parent()?.strip_prefix("content").ok()?, &**keys))
            }
            _ => None,
        })
    }
}

impl NewEvent {
    /// Writes the file.
    ///
    /// # Errors
    /// A file that is there already, and failures of the machine.
    pub fn write(&self, title: &str, date: &WrittenDate) -> Result<(), Error> {
        let known = Known { title, date, now: &self.now, tracks: &self.tracks };
        create_source_file(&self.root, &self.path, &text::text(&self.language, &known))
    }
}

/// Neither the file nor the address may be another article's.
fn refuse_taken(site: &Site, path: &Path, parts: &[&str]) -> Result<(), Error> {
    let folder = path.with_extension("").join("index.md");
    let inner = parts.strip_suffix(&["index"]).unwrap_or(parts);
    let beside = Path::new("content").join(format!("{}.md", inner.join("/")));
    let is_there =
        |path: &Path| site.input.position(path).is_some() || site.input.unread.iter().any(|it| it == path);
    if let Some(taken) = [path, &folder, &beside].into_iter().find(|path| is_there(path)) {
        return Err(refused(format!("{} is there already, and nothing was changed", taken.display())));
    }
    let address = Address::from_names(inner.iter().copied(), true);
    match address.filter(|address| site.route(address).is_some()) {
        Some(address) => {
            Err(refused(format!("the site has the address {address} already: choose another name")))
        }
        None => Ok(()),
    }
}

fn refused(why: String) -> Error {
    Error::Refused(why)
}
