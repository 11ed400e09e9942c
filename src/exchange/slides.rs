//! The slides of TimelineJS: what its JSON or its sheet says comes in, a timeline with its events goes out.
//!
//! A year alone stays a year. Its times are on nobody's clock, so they are on the timeline's here. A negative year is one
//! before our era, as TimelineJS shows it: -44 is 44 BCE, which EDTF writes -0043.

use std::path::{Path, PathBuf};

use toml::{Table, Value};

use super::html::{self, Found};
use super::names::{Names, made_of};
use super::notes::{Note, Reason};
use super::{Article, Harvest, Keys, Kind, Wishes, date_value, index_of, own};
use crate::Place;
use crate::input::Foreign;
use crate::time::WrittenDate;

/// What a slide is.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) enum SlideKind {
    #[default]
    Event,
    Title,
    Era,
}

/// A slide, as its author wrote it.
#[derive(Debug, Clone)]
pub(super) struct Slide {
    pub kind: SlideKind,
    pub place: Place,
    pub id: String,
    pub headline: String,
    pub text: String,
    pub start: Option<SlideDate>,
    pub end: Option<SlideDate>,
    /// What is shown instead of the date.
    pub display: String,
    pub group: String,
    pub media: Media,
    /// What articles have no key for.
    pub extra: Vec<(&'static str, String)>,
    /// The date of an era of our own export, as it was written.
    pub edtf: String,
    /// What our own export has beside the slide, or beside them all.
    pub own: Option<serde_json::Value>,
}

/// A picture, a film, a map, or anything that TimelineJS can show.
#[derive(Debug, Clone, Default)]
pub(super) struct Media {
    pub url: String,
    pub caption: String,
    pub credit: String,
    pub alt: String,
}

/// A date in parts; those that are not known are empty.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct SlideDate {
    pub year: String,
    pub month: String,
    pub day: String,
    pub hour: String,
    pub minute: String,
    pub second: String,
}

impl Slide {
    pub(super) fn new(kind: SlideKind, place: Place) -> Self {
        Self {
            kind,
            place,
            id: String::new(),
            headline: String::new(),
            text: String::new(),
            start: None,
            end: None,
            display: String::new(),
            group: String::new(),
            media: Media::default(),
            extra: Vec::new(),
            edtf: String::new(),
            own: None,
        }
    }
}

impl SlideDate {
    /// The date without its time, as exactly as it is known.
    fn day(&self) -> Result<String, String> {
        let year: i64 = number(&self.year).ok_or_else(|| format!("`{}` is no year", self.year))?;
        let year = match if year < 0 { year + 1 } else { year } {
            year @ 0..=9999 => format!("{year:04}"),
            year @ -9999..0 => format!("-{:04}", -year),
            year => format!("Y{year}"),
        };
        let (month, day) = (self.month.trim(), self.day.trim());
        let text = match (month, day) {
            ("", _) => year,
            (month, "") => format!("{year}-{month:0>2}"),
            (month, day) => format!("{year}-{month:0>2}-{day:0>2}"),
        };
        WrittenDate::parse(&text).map(|_| text).map_err(|error| error.message)
    }

    /// The date with its time of day, where it has one.
    fn moment(&self) -> Result<String, String> {
        let day = self.day()?;
        let (hour, minute) = (self.hour.trim(), self.minute.trim());
        if hour.is_empty() || self.day.trim().is_empty() {
            return Ok(day);
        }
        let minute = if minute.is_empty() { "00" } else { minute };
        let second = self.second.trim();
        let second = if second.is_empty() || number(second) == Some(0) {
            String::new()
        } else {
            format!(":{second:0>2}")
        };
        let text = format!("{day}T{hour:0>2}:{minute:0>2}{second}");
        WrittenDate::parse(&text).map(|_| text).map_err(|error| error.message)
    }
}

fn number(text: &str) -> Option<i64> {
    text.chars().filter(|c| !c.is_whitespace() && *c != ',').collect::<String>().parse().ok()
}

/// Makes a timeline of slides.
pub(super) fn harvest(foreign: &Foreign, wishes: &Wishes, slides: &[Slide], notes: Vec<Note>) -> Harvest {
    let mut taking = Taking {
        foreign,
        folder: Path::new("content").join(&wishes.into),
        clock: wishes.clock.name(),
        harvest: Harvest { notes, ..Harvest::default() },
        names: Names::default(),
        index: Keys::default(),
        body: String::new(),
        tracks: Vec::new(),
        eras: Vec::new(),
    };
    let mut titles = 0;
    for slide in slides {
        match slide.kind {
            SlideKind::Title if titles == 0 => {
                titles += 1;
                taking.title(slide);
            }
            SlideKind::Era => taking.era(slide),
            SlideKind::Title | SlideKind::Event => taking.event(slide),
        }
    }
    taking.finish(wishes)
}

struct Taking<'a> {
    foreign: &'a Foreign,
    folder: PathBuf,
    clock: &'static str,
    harvest: Harvest,
    names: Names,
    index: Keys,
    body: String,
    tracks: Vec<(String, String)>,
    eras: Vec<Value>,
}

impl Taking<'_> {
    /// The timeline's own words.
    fn title(&mut self, slide: &Slide) {
        self.index.set_text("title", &html::plain(&slide.headline));
        let text = self.markdown(slide, &slide.text);
        let media = self.media(slide, &self.folder.clone());
        self.body = joined(&[&text, &media.text]);
        if let Some(image) = media.image {
            self.index.set("image", image);
        }
        let zone = slide.own.as_ref().and_then(|own| own.get("timezone")?.as_str());
        if let Some(zone) = zone {
            self.index.set("timezone", zone);
        }
        self.extra(slide, true);
    }

    fn era(&mut self, slide: &Slide) {
        let title = html::plain(&slide.headline);
        match self.dates(slide) {
            Some(date) if !title.is_empty() => {
                let era = [("title", Value::from(title)), ("date", Value::from(date.as_written()))];
                self.eras.push(Value::Table(
                    era.map(|(key, value)| (key.to_string(), value)).into_iter().collect(),
                ));
            }
            _ => self.note(slide, Reason::Lost, "an era without a title or a date did not come in"),
        }
    }

    fn event(&mut self, slide: &Slide) {
        let clock = self.index.text("timezone").unwrap_or(self.clock);
        if let Some(keys) = slide.own.as_ref().and_then(|own| own::keys(own, clock)) {
            return self.own_event(slide, keys);
        }
        let mut keys = Keys::default();
        let date = self.dates(slide);
        let date = date.unwrap_or_else(|| {
            self.note(slide, Reason::Date, "it has no date: `unknown` stands for it");
            WrittenDate::parse("unknown").expect("`unknown` is a date")
        });
        let title = self.headline(slide, &date);
        keys.set("title", title.as_str());
        keys.set("date", date_value(&date));
        let name = match made_of(&slide.id) {
            id if id.is_empty() => self.names.event(date.as_written(), &title),
            id => self.names.free(id),
        };
        if let Some(track) = self.track(slide) {
            keys.set("track", track);
        }
        let own_folder = self.folder.join(&name);
        let text = self.markdown(slide, &slide.text);
        let media = self.media(slide, &own_folder);
        let has_file = media.image.is_some() || media.has_file;
        if let Some(image) = media.image {
            keys.set("image", image);
        }
        for (key, value) in &slide.extra {
            keys.keep(key, Value::from(value.as_str()));
        }
        if !slide.display.trim().is_empty() {
            let shown = html::plain(&slide.display);
            self.note(
                slide,
                Reason::Date,
                format!(
                    "«{shown}» was shown instead of the date: write a `date` that says so, if {date} does not"
                ),
            );
            keys.keep("display_date", Value::from(shown));
        }
        let path =
            if has_file { own_folder.join("index.md") } else { self.folder.join(format!("{name}.md")) };
        let body = joined(&[&text, &media.text]);
        let origin = slide.place.path.clone();
        self.harvest.articles.push(Article { path, origin, kind: Kind::Event, keys, body });
    }

    /// An event of our own export: its front matter as it was. Its text was not in the export.
    fn own_event(&mut self, slide: &Slide, mut keys: Keys) {
        let name = match own::path_of(&slide.id) {
            Some(id) => self.names.free(id),
            None => self
                .names
                .event(keys.text("date").unwrap_or_default(), keys.text("title").unwrap_or_default()),
        };
        let own_folder = self.folder.join(&name);
        let media = self.media(slide, &own_folder);
        let has_file = media.image.is_some() || media.has_file;
        if let Some(image) = media.image {
            keys.set("image", image);
        }
        if let (Some(id), title) = (keys.text("track").map(str::to_string), html::plain(&slide.group))
            && !self.tracks.iter().any(|(known, _)| *known == id)
        {
            let title = if title.is_empty() { id.clone() } else { title };
            self.tracks.push((id, title));
        }
        let path =
            if has_file { own_folder.join("index.md") } else { self.folder.join(format!("{name}.md")) };
        let origin = slide.place.path.clone();
        self.harvest.articles.push(Article { path, origin, kind: Kind::Event, keys, body: media.text });
    }

    fn headline(&mut self, slide: &Slide, date: &WrittenDate) -> String {
        let headline = html::plain(&slide.headline);
        if !headline.is_empty() {
            return headline;
        }
        let caption = html::plain(&slide.media.caption);
        self.note(slide, Reason::Lost, "it has no headline: write a title");
        if caption.is_empty() { date.to_string() } else { caption.chars().take(120).collect() }
    }

    /// The date of a slide: a day, a time of day, or a range of days.
    fn dates(&mut self, slide: &Slide) -> Option<WrittenDate> {
        if let Ok(date) = WrittenDate::parse(&slide.edtf) {
            return Some(date);
        }
        let start = self.part(slide, slide.start.as_ref()?, SlideDate::moment)?;
        let Some(end) = slide.end.as_ref().filter(|end| !end.year.trim().is_empty()) else {
            return WrittenDate::parse(&start).ok();
        };
        let Some(end_moment) = self.part(slide, end, SlideDate::moment) else {
            return WrittenDate::parse(&start).ok();
        };
        let (first, last) = (slide.start.as_ref()?.day().ok()?, end.day().ok()?);
        if start == end_moment || (first == last && !end_moment.contains('T')) {
            return WrittenDate::parse(&start).ok();
        }
        if first == last {
            self.note(
                slide,
                Reason::Date,
                format!("it ends at {end_moment}: an event has the time of its beginning alone"),
            );
            return WrittenDate::parse(&start).ok();
        }
        if start.contains('T') || end_moment.contains('T') {
            self.note(
                slide,
                Reason::Date,
                format!(
                    "it lasts from {start} to {end_moment}: a range is one of days, so its times are left out"
                ),
            );
        }
        WrittenDate::parse(&format!("{first}/{last}")).ok().or_else(|| {
            self.note(
                slide,
                Reason::Date,
                format!("it ends at {last}, before it begins: the end is left out"),
            );
            WrittenDate::parse(&start).ok()
        })
    }

    fn part(
        &mut self,
        slide: &Slide,
        date: &SlideDate,
        read: fn(&SlideDate) -> Result<String, String>,
    ) -> Option<String> {
        if date.year.trim().is_empty() {
            return None;
        }
        read(date)
            .or_else(|why| {
                let year = SlideDate { year: date.year.clone(), ..SlideDate::default() };
                self.note(slide, Reason::Date, format!("{why}: of the date only the year was taken"));
                year.day()
            })
            .ok()
    }

    fn track(&mut self, slide: &Slide) -> Option<String> {
        let title = html::plain(&slide.group);
        if title.is_empty() {
            return None;
        }
        if let Some((id, _)) = self.tracks.iter().find(|(_, known)| *known == title) {
            return Some(id.clone());
        }
        let made = made_of(&title);
        let made = if made.is_empty() { "track".to_string() } else { made };
        let is_given = |id: &String| self.tracks.iter().any(|(known, _)| known == id);
        let numbered = (2..).map(|number| format!("{made}-{number}"));
        let id = std::iter::once(made.clone()).chain(numbered).find(|id| !is_given(id))?;
        self.tracks.push((id.clone(), title));
        Some(id)
    }

    fn markdown(&mut self, slide: &Slide, text: &str) -> String {
        let mut found: Found = Vec::new();
        let markdown = html::to_markdown(text, &mut found);
        found.into_iter().for_each(|(reason, sentence)| self.note(slide, reason, sentence));
        markdown
    }

    /// A picture on the disk is the article's; anything else stands as a link below its text.
    fn media(&mut self, slide: &Slide, folder: &Path) -> Shown {
        let media = &slide.media;
        let url = media.url.trim();
        if url.is_empty() {
            return Shown::default();
        }
        let (caption, credit) = (html::plain(&media.caption), html::plain(&media.credit));
        if let Some((name, from)) = self.on_disk(url) {
            self.harvest.copy(folder.join(&name), from);
            if is_picture(&name) {
                let texts = [("src", &name), ("alt", &media.alt), ("caption", &caption), ("credit", &credit)];
                let texts = texts.into_iter().filter(|(_, text)| !text.trim().is_empty());
                let image: Table =
                    texts.map(|(key, text)| (key.to_string(), Value::from(text.trim()))).collect();
                return Shown { image: Some(Value::Table(image)), text: String::new(), has_file: true };
            }
            let shown = if caption.is_empty() { name.clone() } else { caption };
            let text = format!("[{}](<{name}>)", html::escaped(&shown));
            return Shown { image: None, text, has_file: true };
        }
        let mut text = match url.starts_with("http") || url.starts_with("//") {
            true => {
                let url =
                    url.strip_prefix("//").map_or_else(|| url.to_string(), |rest| format!("https://{rest}"));
                let shown = if caption.is_empty() { url.clone() } else { caption.clone() };
                self.note(
                    slide,
                    Reason::Media,
                    format!("`{url}` is not on the disk: a link to it stands below the text"),
                );
                format!("[{}](<{}>)", html::escaped(&shown), url.replace(['<', '>', ' ', '\n'], ""))
            }
            false if !url.contains(['<', '\n']) => {
                self.note(
                    slide,
                    Reason::Media,
                    format!("`{url}` is not on the disk: put the file beside the article"),
                );
                html::escaped(&caption)
            }
            false => {
                let inner = self.markdown(slide, url);
                let short: String = url.chars().take(60).collect();
                self.note(
                    slide,
                    Reason::Media,
                    format!("`{short}` was no picture: what it showed stands below the text"),
                );
                joined(&[&inner, &html::escaped(&caption)])
            }
        };
        if !credit.is_empty() {
            text.push_str(&format!(" ({})", html::escaped(&credit)));
        }
        Shown { image: None, text, has_file: false }
    }

    /// A file beside the one that is imported, or where its address would be at the root of a site.
    fn on_disk(&self, url: &str) -> Option<(String, PathBuf)> {
        if url.contains("://") || url.starts_with("//") || url.contains('<') {
            return None;
        }
        let path = url.split(['?', '#']).next().unwrap_or(url);
        let found = self.foreign.find(Path::new(path.trim_start_matches('/')))?;
        let name = found.file_name()?.to_string_lossy().into_owned();
        Some((name, self.foreign.real(&found)))
    }

    fn extra(&mut self, slide: &Slide, is_title: bool) {
        for (key, value) in slide.extra.iter().filter(|_| is_title) {
            self.index.keep(key, Value::from(value.as_str()));
        }
    }

    fn note(&mut self, slide: &Slide, reason: Reason, sentence: impl Into<String>) {
        self.harvest.notes.push(Note { place: slide.place.clone(), reason, sentence: sentence.into() });
    }

    /// The timeline's own file comes first.
    fn finish(mut self, wishes: &Wishes) -> Harvest {
        let mut keys = std::mem::take(&mut self.index);
        if keys.text("title").is_none() {
            let mut titled = Keys::default();
            titled.set("title", self.foreign.name());
            keys = titled.with(keys);
        }
        if !self.tracks.is_empty() {
            let table = |(id, title): &(String, String)| {
                let pairs = [("id", id), ("title", title)];
                Value::Table(
                    pairs
                        .map(|(key, text)| (key.to_string(), Value::from(text.as_str())))
                        .into_iter()
                        .collect(),
                )
            };
            keys.set("tracks", Value::Array(self.tracks.iter().map(table).collect()));
        }
        if !self.eras.is_empty() {
            keys.set("eras", Value::Array(self.eras));
        }
        let path = index_of(&wishes.into);
        let origin = self.foreign.named().unwrap_or(Path::new("")).to_path_buf();
        let timeline = Article { path, origin, kind: Kind::Timeline, keys, body: self.body };
        self.harvest.articles.insert(0, timeline);
        self.harvest
    }
}

/// What became of a slide's picture.
#[derive(Default)]
struct Shown {
    image: Option<Value>,
    text: String,
    has_file: bool,
}

pub(super) fn is_picture(name: &str) -> bool {
    let ending = Path::new(name).extension().map(|ending| ending.to_string_lossy().to_lowercase());
    ending.is_some_and(|ending| {
        matches!(ending.as_str(), "jpg" | "jpeg" | "png" | "gif" | "webp" | "svg" | "avif")
    })
}

fn joined(parts: &[&str]) -> String {
    parts.iter().filter(|part| !part.trim().is_empty()).copied().collect::<Vec<_>>().join("\n\n")
}

#[cfg(test)]
mod tests {
    use super::SlideDate;

    fn date(parts: [&str; 5]) -> SlideDate {
        let [year, month, day, hour, minute] = parts.map(String::from);
        SlideDate { year, month, day, hour, minute, second: String::new() }
    }

    #[test]
    fn a_date_is_as_exact_as_its_parts() {
        let cases = [
            (["2000", "", "", "", ""], "2000"),
            (["2000", "7", "", "", ""], "2000-07"),
            (["2000", "7", "1", "", ""], "2000-07-01"),
            (["2000", "7", "1", "9", "5"], "2000-07-01T09:05"),
            (["2000", "7", "1", "9", ""], "2000-07-01T09:00"),
            (["2000", "7", "", "9", ""], "2000-07"),
            (["-44", "3", "15", "", ""], "-0043-03-15"),
            (["-65,000,000", "", "", "", ""], "Y-64999999"),
            (["12000", "", "", "", ""], "Y12000"),
        ];
        for (parts, expected) in cases {
            assert_eq!(date(parts).moment().as_deref(), Ok(expected), "{parts:?}");
        }
        assert!(date(["2000", "13", "", "", ""]).moment().is_err());
        assert!(date(["soon", "", "", "", ""]).moment().is_err());
    }
}
