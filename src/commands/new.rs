//! `dateline new`: a timeline and a name go in, the file of a new event comes out, with every key that can be known.
//!
//! [`plan`] looks at the site and says which file it will be and what would be written; [`NewEvent::write`] writes it,
//! and replaces nothing. No date is read from the name.

use std::fmt::Write;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::Error;
use crate::address::Address;
use crate::exchange::date_value;
use crate::input::article::Kind;
use crate::input::keys::TimelineKeys;
use crate::input::{Input, LanguageIndex, nearest};
use crate::output::create_source_file;
use crate::site::{Options, Site};
use crate::time::{Certainty, Instant, WrittenDate, Zone};

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
}

/// What the file will be for `TIMELINE/NAME`.
///
/// # Errors
/// A name that can't be an event's, a timeline that does not exist, an event that does, and failures of the machine.
pub fn plan(root: &Path, name: &str, now: Instant) -> Result<NewEvent, Error> {
    let input = Arc::new(Input::read(root)?);
    if !input.has_settings() {
        return Err(refused(format!(
            "there is no dateline.toml in {} that can be read: go to the folder of your site, or name it with --root",
            root.display()
        )));
    }
    let parts = parts(name)?;
    let path = Path::new("content").join(format!("{}.md", parts.join("/")));
    let timeline = timeline_of(&input, &path, name)?;
    if input.languages.of_file(&path).0 != LanguageIndex::MAIN {
        return Err(refused(format!(
            "{} would be a translation: copy its original, and keep the keys that are different",
            path.display()
        )));
    }
    let newsroom = input.settings.timezone.unwrap_or(Zone::UTC);
    let options = Options { now, drafts: true, as_of: None, file_links: false, base_url: None };
    let (site, _) = Site::new(&input, &options);
    refuse_taken(&site, &path, &parts)?;
    let clock = timeline.timezone.unwrap_or(newsroom);
    let today = now.local(&clock).date().to_string();
    let local = now.local(&newsroom);
    Ok(NewEvent {
        root: root.to_path_buf(),
        path,
        title: title(&parts),
        today: WrittenDate::parse(&today).map_err(|error| refused(error.message))?,
        now: format!("{local}{}", local.offset().unwrap_or_default()),
        tracks: timeline.tracks.iter().map(|track| track.id.clone()).collect(),
    })
}

impl NewEvent {
    /// Writes the file.
    ///
    /// # Errors
    /// A file that is there already, and failures of the machine.
    pub fn write(&self, title: &str, date: &WrittenDate) -> Result<(), Error> {
        create_source_file(&self.root, &self.path, &self.text(title, date))
    }

    /// The text of the file: what is known as keys, the rest as comments.
    fn text(&self, title: &str, date: &WrittenDate) -> String {
        let title = title.split_whitespace().collect::<Vec<_>>().join(" ");
        let mut text = format!("+++\ntitle = {}\ndate = {}\n", quoted(&title), date_value(date));
        if date.certainty() != Certainty::Certain {
            text.push_str("# Tell readers why the date is not certain:\n# date_note = \"\"\n");
        }
        text.push_str(
            "# A sentence or two for lists; without it, the first paragraph of the text stands there:\n",
        );
        text.push_str("# summary = \"\"\n");
        text.push_str("# When the article goes out. In the future: an embargo until then.\n");
        let _ = writeln!(text, "# published = {}", self.now);
        text.push_str("# draft = true # it is not built\n");
        text.push_str("# weight = \"key\" # or \"minor\"\n");
        if !self.tracks.is_empty() {
            let tracks: Vec<String> = self.tracks.iter().map(|track| quoted(track)).collect();
            let _ = writeln!(text, "# track = {} # one of {}", tracks[0], tracks.join(", "));
        }
        text.push_str(HINTS);
        text
    }
}

/// What only the author knows, to be uncommented.
const HINTS: &str = r#"# Names; each has a page that lists its events. The first place gives the time zone.
# place = ""
# people = []
# organizations = []
# topics = []
# authors = []

# A picture beside this file:
# [image]
# src = ""
# alt = ""    # what is to be seen
# credit = "" # who made it

# Where it is known from, one part for each source:
# [[sources]]
# title = ""
# url = "https://"
# publisher = ""

# What was said, one part for each quotation; its source is the title of one of the sources:
# [[quotes]]
# text = ""
# by = ""
# source = ""
+++

"#;

/// The folders and the name of `TIMELINE/NAME`, which may be written as a path of `content/`.
fn parts(name: &str) -> Result<Vec<&str>, Error> {
    let inner = name.strip_prefix("content/").unwrap_or(name);
    let inner = inner.strip_suffix(".md").unwrap_or(inner);
    let parts: Vec<&str> = inner.split('/').collect();
    let is_wrong = |part: &&str| {
        part.starts_with('.')
            || part.contains(['\\', '\0', '\n'])
            || crate::address::segment(part).is_empty()
            || *part == "_index"
    };
    match parts.iter().find(|part| is_wrong(part)) {
        Some(part) => Err(refused(format!(
            "`{part}` can't be a part of TIMELINE/NAME: write the folder of a timeline and a name of letters, digits and hyphens, as in bridge/closure"
        ))),
        None => Ok(parts),
    }
}

/// The keys of the timeline that owns a file.
fn timeline_of<'a>(input: &'a Input, path: &Path, name: &str) -> Result<&'a TimelineKeys, Error> {
    let timelines = || {
        input.articles.iter().filter_map(|article| match &article.kind {
            Kind::Timeline(keys) if article.language == LanguageIndex::MAIN => {
                Some((article.path.parent()?, &**keys))
            }
            _ => None,
        })
    };
    let mut above = path.ancestors().skip(1);
    let own = above.find_map(|folder| timelines().find(|(other, _)| *other == folder));
    if let Some((_, keys)) = own {
        return Ok(keys);
    }
    let names: Vec<String> = timelines()
        .filter_map(|(folder, _)| folder.strip_prefix("content").ok())
        .map(|folder| folder.to_string_lossy().replace('\\', "/"))
        .collect();
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    let asked =
        name.strip_prefix("content/").unwrap_or(name).rsplit_once('/').map_or(name, |(folder, _)| folder);
    let what = match name.contains('/') {
        true => format!("there is no timeline `{asked}`"),
        false => format!("`{name}` names no timeline: write TIMELINE/NAME"),
    };
    Err(refused(match (nearest(asked, &names), names.as_slice()) {
        (Some(near), _) if name.contains('/') => format!("{what}; did you mean `{near}`?"),
        (_, []) => format!("{what}; a timeline is a folder of content/ with an _index.md that has a title"),
        (_, names) => format!("{what}; the timelines are `{}`", names.join("`, `")),
    }))
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

/// `2023-09-13-the-closure` as «The closure».
fn title(parts: &[&str]) -> String {
    let name = parts.strip_suffix(&["index"]).unwrap_or(parts).last().copied().unwrap_or_default();
    let after_date = name.trim_start_matches(|c: char| c.is_ascii_digit() || c == '-' || c == '_');
    let name = if after_date.is_empty() { name } else { after_date };
    let words = name.replace(['-', '_'], " ");
    let mut letters = words.trim().chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

fn quoted(text: &str) -> String {
    toml::Value::String(text.to_string()).to_string()
}

fn refused(why: String) -> Error {
    Error::Refused(why)
}

#[cfg(test)]
mod tests {
    use super::{parts, quoted, title};
    use crate::exchange::date_value;
    use crate::time::WrittenDate;

    #[test]
    fn a_title_is_made_of_a_name_without_its_date() {
        assert_eq!(title(&["bridge", "2023-09-13-the-closure"]), "The closure");
        assert_eq!(title(&["bridge", "ponte_velha", "index"]), "Ponte velha");
        assert_eq!(title(&["bridge", "2023"]), "2023");
    }

    #[test]
    fn a_name_leads_nowhere_else() {
        for wrong in
            ["../x", "bridge/../../x", "/x", "bridge/", "bridge/.x", "bridge/_index", "bridge/---", "a\\b"]
        {
            assert!(parts(wrong).is_err(), "{wrong}");
        }
        assert_eq!(parts("content/bridge/2019/x.md").unwrap(), ["bridge", "2019", "x"]);
    }

    #[test]
    fn a_full_date_is_bare_and_any_other_is_text() {
        let value = |text| date_value(&WrittenDate::parse(text).unwrap()).to_string();
        assert_eq!(value("2023-09-13"), "2023-09-13");
        assert_eq!(value("2023-09-13T13:00:00+09:00"), "2023-09-13T13:00:00+09:00");
        for text in ["2023-09", "2023-09-13?", "2023-09-13T13:00", "unknown"] {
            assert_eq!(value(text), format!("\"{text}\""));
        }
    }

    #[test]
    fn a_text_comes_back_from_toml_as_it_was() {
        for text in ["a \"b\" 'c' \\ d", "Ponte", "'''", "\"\"\""] {
            let read: toml::Table = format!("title = {}", quoted(text)).parse().unwrap();
            assert_eq!(read["title"].as_str(), Some(text));
        }
    }
}
