//! A text of Markwhen: it comes in, a timeline with its events goes out.
//!
//! Dates that stand by themselves are taken as exactly as they are written. Those that are counted from another event, or
//! from today, are not counted out: the event comes in with the date `unknown`, and the line is named.

use std::path::{Path, PathBuf};

use toml::{Table, Value};

use super::keys::value_of;
use super::names::{Names, made_of};
use super::notes::{Note, Reason};
use super::{Article, Harvest, Keys, Kind, Wishes, date_value, index_of};
use crate::Error;
use crate::input::{Foreign, node::Node, yaml};
use crate::time::{WrittenDate, Zone};

/// Takes a text.
pub(super) fn import(foreign: &Foreign, wishes: &Wishes) -> Result<Harvest, Error> {
    let Some(path) = foreign.named() else {
        return Err(Error::Refused("name the file of Markwhen, not its folder".to_string()));
    };
    let Some(text) = foreign.text(path)? else {
        return Err(Error::Refused(format!("{} is not UTF-8: save it again as UTF-8", path.display())));
    };
    let mut reading = Reading::new(path, &text, wishes);
    let header_end = reading.header();
    reading.lines(header_end);
    if reading.harvest.articles.is_empty() {
        return Err(Error::Refused(format!(
            "{} has no event: a line as `2023-09: what happened`",
            path.display()
        )));
    }
    Ok(reading.finish(foreign, wishes))
}

struct Reading<'a> {
    path: &'a Path,
    text: &'a str,
    folder: PathBuf,
    harvest: Harvest,
    names: Names,
    index: Keys,
    /// Whether `1/2/2023` is 1 February.
    is_day_first: bool,
    /// The sections that are open: how deep, and what they are called.
    sections: Vec<(usize, String)>,
    tracks: Vec<(String, String)>,
    event: Option<Open>,
}

/// An event whose lines are being read.
struct Open {
    keys: Keys,
    name: String,
    lines: Vec<String>,
    /// Whether properties may still come.
    is_head: bool,
}

impl<'a> Reading<'a> {
    fn new(path: &'a Path, text: &'a str, wishes: &Wishes) -> Self {
        Self {
            path,
            text,
            folder: Path::new("content").join(&wishes.into),
            harvest: Harvest::default(),
            names: Names::default(),
            index: Keys::default(),
            is_day_first: false,
            sections: Vec::new(),
            tracks: Vec::new(),
            event: None,
        }
    }

    /// What stands before the first event and the first section, as YAML; where it ends.
    fn header(&mut self) -> usize {
        let mut at = 0;
        let mut yaml = String::new();
        let mut fences = 0;
        for line in self.text.split_inclusive('\n') {
            let trimmed = line.trim();
            let is_tag = trimmed.starts_with('#') && trimmed.contains(':') && !trimmed.starts_with("# ");
            let begins = self.event_head(line).is_some() || (section(trimmed).is_some() && !is_tag);
            if fences == 0 && yaml.trim().is_empty() && trimmed == "---" {
                fences = 1;
            } else if fences == 1 && trimmed == "---" {
                at += line.len();
                break;
            } else if begins && fences == 0 {
                break;
            } else if !trimmed.starts_with("//") && !is_tag {
                yaml.push_str(line);
            }
            at += line.len();
        }
        match yaml::read(&yaml, 0) {
            Ok(node) => self.head_keys(&node),
            Err(mistake) => {
                self.note(0..0, Reason::Lost, format!("the header can't be read: {}", mistake.message))
            }
        }
        at
    }

    fn head_keys(&mut self, node: &Node) {
        for entry in node.entries() {
            let value = value_of(&entry.value);
            let text = value.as_ref().and_then(Value::as_str).map(str::to_string);
            match (entry.key.as_str(), text) {
                ("title", Some(text)) => self.index.set_text("title", &text),
                ("description", Some(text)) => self.index.set_text("summary", &text),
                ("dateFormat", Some(text)) => self.is_day_first = text.starts_with(['d', 'D']),
                ("timezone" | "tz", Some(text)) if Zone::parse(&text).is_ok() => {
                    self.index.set("timezone", text)
                }
                (key, _) => {
                    if let Some(value) = value {
                        self.index.keep(key, value);
                    }
                }
            }
        }
    }

    fn lines(&mut self, start: usize) {
        let mut at = start;
        for line in self.text[start..].split_inclusive('\n') {
            self.line(line.trim_end_matches(['\r', '\n']), at);
            at += line.len();
        }
        self.end_event();
    }

    fn line(&mut self, line: &str, at: usize) {
        let trimmed = line.trim();
        if trimmed.starts_with("//") {
            return;
        }
        if let Some((depth, title)) = section(trimmed) {
            self.end_event();
            self.sections.retain(|(open, _)| *open < depth);
            self.sections.push((depth, without_tags(title).0));
            return;
        }
        if matches!(trimmed, "endSection" | "endGroup" | "end section" | "end group") {
            self.end_event();
            self.sections.pop();
            return;
        }
        if let Some((date, title)) = self.event_head(line) {
            self.end_event();
            return self.begin_event(&date, title, line, at);
        }
        let Some(event) = &mut self.event else {
            if !trimmed.is_empty() && self.sections.is_empty() {
                self.note(
                    at..at + line.len(),
                    Reason::Lost,
                    "this line belongs to no event, and did not come in",
                );
            }
            return;
        };
        match property(trimmed).filter(|_| event.is_head) {
            Some((key, value)) => self.property(key, value, at..at + line.len()),
            None => {
                event.is_head = false;
                event.lines.push(trimmed.to_string());
            }
        }
    }

    /// A date and what stands behind its colon.
    fn event_head<'b>(&self, line: &'b str) -> Option<(Written, &'b str)> {
        let line = line.trim();
        let colons = line.match_indices(':').map(|(at, _)| at);
        let ends = colons.filter(|at| line[at + 1..].is_empty() || line[at + 1..].starts_with([' ', '\t']));
        ends.take(3).find_map(|at| Some((self.date(line[..at].trim())?, line[at + 1..].trim())))
    }

    fn date(&self, text: &str) -> Option<Written> {
        if text.is_empty() || text.len() > 120 {
            return None;
        }
        let (text, repeats) = match text.find(" every ") {
            Some(at) => (text[..at].trim(), true),
            None => (text, false),
        };
        if let Some(date) = range(text, self.is_day_first) {
            return Some(Written { date: Some(date), text: text.to_string(), repeats });
        }
        is_relative(text).then(|| Written { date: None, text: text.to_string(), repeats })
    }

    fn begin_event(&mut self, written: &Written, title: &str, line: &str, at: usize) {
        let range = at..at + line.len();
        let (title, tags) = without_tags(title);
        let mut keys = Keys::default();
        let shown = if title.is_empty() { written.text.clone() } else { title };
        if shown == written.text {
            self.note(range.clone(), Reason::Lost, "it has no title: write one");
        }
        keys.set("title", shown.as_str());
        let date = written.date.clone().unwrap_or_else(|| {
            let sentence =
                format!("`{}` is counted from another event or from today: write the date", written.text);
            self.note(range.clone(), Reason::Date, sentence);
            keys.keep("date_as_written", Value::from(written.text.as_str()));
            WrittenDate::parse("unknown").expect("`unknown` is a date")
        });
        keys.set("date", date_value(&date));
        if written.repeats {
            self.note(range, Reason::Lost, "it repeats: only its first date came in");
        }
        if let Some(track) = self.track() {
            keys.set("track", track);
        }
        keys.add("topics", tags);
        let name = self.names.event(date.as_written(), &shown);
        self.event = Some(Open { keys, name, lines: Vec::new(), is_head: true });
    }

    fn property(&mut self, key: &str, value: &str, range: std::ops::Range<usize>) {
        let node = yaml::read(&format!("{key}: {value}"), 0).ok();
        let value = node.as_ref().and_then(|node| value_of(node.get(key)?));
        let Some(event) = &mut self.event else { return };
        match (key, value) {
            ("timezone" | "tz", Some(Value::String(zone))) if Zone::parse(&zone).is_ok() => {
                event.keys.set("timezone", zone);
            }
            ("id", Some(Value::String(id))) if !made_of(&id).is_empty() => {
                event.name = self.names.free(made_of(&id))
            }
            (key, Some(value)) => event.keys.keep(key, value),
            (key, None) => self.note(range, Reason::Lost, format!("the property `{key}` can't be read")),
        }
    }

    /// The section that is open, as a track.
    fn track(&mut self) -> Option<String> {
        let title = self.sections.iter().map(|(_, title)| title.as_str()).filter(|title| !title.is_empty());
        let title = title.collect::<Vec<_>>().join(" / ");
        let id = Some(made_of(&title)).filter(|id| !id.is_empty())?;
        if !self.tracks.iter().any(|(known, _)| *known == id) {
            self.tracks.push((id.clone(), title));
        }
        Some(id)
    }

    fn end_event(&mut self) {
        let Some(event) = self.event.take() else { return };
        let path = self.folder.join(format!("{}.md", event.name));
        let body = event.lines.join("\n").trim().to_string();
        let origin = self.path.to_path_buf();
        self.harvest.articles.push(Article { path, origin, kind: Kind::Event, keys: event.keys, body });
    }

    fn note(&mut self, range: std::ops::Range<usize>, reason: Reason, sentence: impl Into<String>) {
        self.harvest.notes.push(Note::at(self.path, self.text, range, reason, sentence));
    }

    fn finish(mut self, foreign: &Foreign, wishes: &Wishes) -> Harvest {
        let mut keys = Keys::default();
        let title = self.index.text("title").map_or_else(|| foreign.name(), str::to_string);
        keys.set("title", title);
        keys = keys.with(std::mem::take(&mut self.index));
        let table = |(id, title): &(String, String)| {
            let pairs = [("id", id), ("title", title)];
            Value::Table(
                pairs
                    .map(|(key, text)| (key.to_string(), Value::from(text.as_str())))
                    .into_iter()
                    .collect::<Table>(),
            )
        };
        if !self.tracks.is_empty() {
            keys.set("tracks", Value::Array(self.tracks.iter().map(table).collect()));
        }
        let path = index_of(&wishes.into);
        let origin = self.path.to_path_buf();
        let timeline = Article { path, origin, kind: Kind::Timeline, keys, body: String::new() };
        self.harvest.articles.insert(0, timeline);
        self.harvest
    }
}

/// What stands before the colon of an event.
struct Written {
    /// `None` for one that is counted from elsewhere.
    date: Option<WrittenDate>,
    text: String,
    repeats: bool,
}

/// `## Title`, and the older `section Title`, `group Title`.
fn section(line: &str) -> Option<(usize, &str)> {
    let depth = line.bytes().take_while(|byte| *byte == b'#').count();
    if (1..=6).contains(&depth) {
        return line[depth..].strip_prefix(' ').map(|title| (depth, title.trim()));
    }
    let older = ["section", "group"].iter().find_map(|word| line.strip_prefix(word));
    older.filter(|rest| rest.is_empty() || rest.starts_with(' ')).map(|title| (7, title.trim()))
}

/// A title without its `#tags`, and those.
fn without_tags(title: &str) -> (String, Vec<String>) {
    let is_tag = |word: &str| {
        word.len() > 1
            && word.starts_with('#')
            && word[1..].chars().all(|c| c.is_alphanumeric() || "_-".contains(c))
    };
    let (tags, words): (Vec<&str>, Vec<&str>) = title.split_whitespace().partition(|word| is_tag(word));
    (words.join(" "), tags.iter().map(|tag| tag[1..].to_string()).collect())
}

/// `key: value`, where the key is one word.
fn property(line: &str) -> Option<(&str, &str)> {
    let (key, value) = line.split_once(':')?;
    let is_word = !key.is_empty() && key.chars().all(|c| c.is_alphanumeric() || "_-".contains(c));
    (is_word && (value.is_empty() || value.starts_with(' '))).then(|| (key, value.trim()))
}

/// A date, or two of them: `2004 / 2006-08`, `1/2/2023 - 3/2/2023`, `1 Jan 1998 to 11/11/2011`, `2020 - now`.
fn range(text: &str, is_day_first: bool) -> Option<WrittenDate> {
    if let Ok(date) = WrittenDate::parse(text) {
        return Some(date);
    }
    if let Some(date) = one(text, is_day_first) {
        return WrittenDate::parse(&date).ok();
    }
    let separators = [" / ", "/ ", " /", " - ", " to ", " – ", "/", "-"];
    separators.iter().find_map(|separator| {
        let (from, to) = text.split_once(separator)?;
        let from = one(from.trim(), is_day_first)?;
        if to.trim() == "now" {
            return WrittenDate::parse(&format!("{}/..", day_of(&from))).ok();
        }
        let to = one(to.trim(), is_day_first)?;
        WrittenDate::parse(&format!("{}/{}", day_of(&from), day_of(&to))).ok()
    })
}

fn day_of(date: &str) -> &str {
    date.split('T').next().unwrap_or(date)
}

/// One date, in one of the forms that Markwhen takes, as EDTF.
fn one(text: &str, is_day_first: bool) -> Option<String> {
    if WrittenDate::parse(text).is_ok() && !text.contains('/') && text != "unknown" {
        return Some(text.to_string());
    }
    let cut = text.strip_suffix(".000Z").map(|text| format!("{text}Z"));
    if let Some(cut) = cut.filter(|cut| WrittenDate::parse(cut).is_ok()) {
        return Some(cut);
    }
    let numbers: Vec<&str> = text.split('/').collect();
    let is_number =
        |part: &&&str| part.len() <= 4 && !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    if numbers.len() > 1 && numbers.iter().filter(is_number).count() == numbers.len() {
        let date = match numbers.as_slice() {
            [month, year] if year.len() == 4 => format!("{year}-{month:0>2}"),
            [one, other, year] if year.len() == 4 => {
                let (day, month) = if is_day_first { (one, other) } else { (other, one) };
                format!("{year}-{month:0>2}-{day:0>2}")
            }
            _ => return None,
        };
        return WrittenDate::parse(&date).is_ok().then_some(date);
    }
    in_words(text)
}

const MONTHS: [&str; 12] =
    ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];

/// `18 March 2026`, `Aug 30 2020`, `March 2020`. Without a year it would be this year's, which nobody knows later.
fn in_words(text: &str) -> Option<String> {
    let (mut year, mut month, mut day) = (None, None, None);
    for word in text.split([' ', ',']).filter(|word| !word.is_empty()) {
        let lower = word.to_lowercase();
        let is_month = |name: &&str| lower.starts_with(*name) && lower.chars().all(char::is_alphabetic);
        let number = lower.trim_end_matches(char::is_alphabetic);
        if let Some(at) = MONTHS.iter().position(is_month) {
            month = month.or(Some(at + 1));
        } else if number.len() == 4 && lower == number {
            year = Some(number.parse::<u16>().ok()?);
        } else if (1..=2).contains(&number.len()) && day.is_none() {
            day = Some(number.parse::<u8>().ok()?);
        } else {
            return None;
        }
    }
    let date = match (year?, month?, day) {
        (year, month, Some(day)) => format!("{year:04}-{month:02}-{day:02}"),
        (year, month, None) => format!("{year:04}-{month:02}"),
    };
    WrittenDate::parse(&date).is_ok().then_some(date)
}

/// Whether it is a date that is counted from something else: `2 weeks`, `after !Phase1 1 month`, `now - 10 years`.
fn is_relative(text: &str) -> bool {
    let lower = text.to_lowercase();
    let units = ["day", "week", "month", "year", "hour", "minute", "second", "weekday"];
    let words: Vec<&str> = lower.split([' ', '-', '/']).filter(|word| !word.is_empty()).collect();
    let is_unit = |word: &&str| units.contains(&word.trim_end_matches('s'));
    let counted: Vec<&&str> =
        words.iter().filter(|word| !["week", "work", "business"].contains(word)).collect();
    let counts = counted.windows(2).any(|pair| pair[0].parse::<f64>().is_ok() && is_unit(pair[1]));
    let is_word = |word: &str| {
        let known = ["after", "before", "by", "now", "to", "week", "work", "business", ".start", ".end"];
        word.starts_with('!')
            || known.contains(&word)
            || is_unit(&word)
            || word.parse::<f64>().is_ok()
            || one(word, false).is_some()
    };
    let names = words.iter().any(|word| word.starts_with('!') || *word == "now");
    let is_day = MONTHS.iter().any(|month| words.first().is_some_and(|word| word.starts_with(month)))
        && words.len() <= 6
        && words.iter().skip(1).any(|word| word.trim_end_matches(char::is_alphabetic).parse::<u8>().is_ok())
        && words.iter().all(|word| {
            word.chars().any(|c| c.is_ascii_digit()) || MONTHS.iter().any(|month| word.starts_with(month))
        });
    ((counts || names) && words.iter().all(|word| is_word(word))) || is_day
}

#[cfg(test)]
mod tests {
    use super::{is_relative, range, without_tags};

    #[test]
    fn dates_keep_their_precision() {
        let cases = [
            ("2012-05", "2012-05"),
            ("2004-06 / 2006-08", "2004-06/2006-08"),
            ("2004-02-01/ 2005-02-08", "2004-02-01/2005-02-08"),
            ("04/1776", "1776-04"),
            ("12/7/1941", "1941-12-07"),
            ("11/11/2024-12/12/2024", "2024-11-11/2024-12-12"),
            ("18 March 2026", "2026-03-18"),
            ("March 2020", "2020-03"),
            ("Aug 30, 2020", "2020-08-30"),
            ("2020 - now", "2020/.."),
            ("2005/now", "2005/.."),
            ("1 Jan 1998 to 11/11/2011", "1998-01-01/2011-11-11"),
            ("2031-11-19T01:35:10Z", "2031-11-19T01:35:10Z"),
            ("1961", "1961"),
        ];
        for (text, expected) in cases {
            assert_eq!(range(text, false).map(|date| date.to_string()).as_deref(), Some(expected), "{text}");
        }
        assert_eq!(range("12/7/1941", true).unwrap().as_written(), "1941-07-12");
        for text in ["Some words", "2 weeks", "Launched US into WWII", "12", "Note"] {
            assert!(range(text, false).is_none(), "{text}");
        }
    }

    #[test]
    fn what_is_counted_from_elsewhere_is_known_as_such() {
        for text in [
            "2 weeks",
            "1 week - 3 days",
            "after !Phase1 1 month",
            "now - 10 years",
            "!a.start / !b.end",
            "10 business days",
            "Dec 25",
            "January 3 - Apr 6",
        ] {
            assert!(is_relative(text), "{text}");
        }
        for text in ["Later, 1962 would happen", "fee", "riders", "Note", "Mayor Smith"] {
            assert!(!is_relative(text), "{text}");
        }
    }

    #[test]
    fn tags_are_topics_and_no_part_of_the_title() {
        let (title, tags) = without_tags("Phase 1 #Exploratory of #1 #covid-19");
        assert_eq!(
            (title.as_str(), tags),
            ("Phase 1 of", vec!["Exploratory".to_string(), "1".to_string(), "covid-19".to_string()])
        );
    }
}
