//! `dateline export`: a timeline of the site goes in, the bytes of one of its formats come out: the very ones that a build
//! writes.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::address::Address;
use crate::input::Input;
use crate::output::write_export;
use crate::pages::{Content, Failure, Renderer};
use crate::site::{Format, Options, Page, Route, Scope, Site, TimelineIndex};
use crate::{Diagnostic, Error};

/// The format that a timeline is given out in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ExportFormat {
    /// `timelinejs.json`.
    TimelineJs,
    /// `events.csv`.
    Table,
}

impl ExportFormat {
    /// The same among all that a site has.
    fn of_site(self) -> Format {
        match self {
            Self::TimelineJs => Format::TimelineJs,
            Self::Table => Format::EventTable,
        }
    }

    /// How the settings name it.
    fn name(self) -> &'static str {
        match self {
            Self::TimelineJs => "timelinejs",
            Self::Table => "table",
        }
    }
}

/// What is to be given out.
#[derive(Debug, Clone)]
pub struct Order {
    /// The site.
    pub root: PathBuf,
    /// The format.
    pub format: ExportFormat,
    /// The timeline by its folder below `content/`; not needed where there is one alone.
    pub timeline: Option<String>,
    /// The clock, drafts, the address of the site.
    pub options: Options,
}

/// What came of it.
#[derive(Debug)]
pub struct Exported {
    /// The bytes; `None` where errors forbade it.
    pub bytes: Option<Vec<u8>>,
    /// The errors of the site.
    pub errors: Vec<Diagnostic>,
}

/// The bytes of a timeline in a format.
///
/// # Errors
/// A folder that is no site, a timeline that is not there, a format that the site does not have, and failures of the machine.
pub fn export(order: &Order) -> Result<Exported, Error> {
    let input = Arc::new(Input::read(&order.root)?);
    let mut diagnostics = input.diagnostics.clone();
    if !input.has_settings() {
        return Ok(Exported { bytes: None, errors: diagnostics });
    }
    let (site, found) = Site::new(&input, &order.options);
    diagnostics.extend(found);
    let site = Arc::new(site);
    let timeline = timeline(&site, order.timeline.as_deref())?;
    let Some(route) = route(&site, timeline, order.format) else {
        return Err(absent(&site, timeline, order.format));
    };
    let (renderer, found) = Renderer::new(&site);
    diagnostics.extend(found);
    let mut errors: Vec<Diagnostic> =
        input.weigh(diagnostics).into_iter().filter(Diagnostic::is_error).collect();
    if !errors.is_empty() {
        return Ok(Exported { bytes: None, errors });
    }
    match renderer.render(route) {
        Ok(rendered) => match rendered.content {
            Content::Page(bytes) => Ok(Exported { bytes: Some(bytes), errors }),
            Content::Pieces(pieces) => Ok(Exported { bytes: Some(pieces.whole()), errors }),
            _ => unreachable!("each format is a text, whole or in pieces"),
        },
        Err(Failure::Mistakes(mistakes)) => {
            errors.extend(mistakes);
            Ok(Exported { bytes: None, errors })
        }
        Err(Failure::Machine(error)) => Err(error),
        Err(Failure::Changed) => {
            Err(Error::Refused("an article was changed meanwhile: export again".to_string()))
        }
    }
}

/// Writes what was exported into a file; an earlier one is replaced.
///
/// # Errors
/// A folder of sources, and failures of the machine.
pub fn write(root: &Path, path: &Path, bytes: &[u8]) -> Result<(), Error> {
    write_export(root, path, bytes)
}

fn timeline(site: &Site, written: Option<&str>) -> Result<TimelineIndex, Error> {
    let name = |at: usize| site.timelines[at].address.as_str().trim_matches('/').to_string();
    let all: Vec<String> = (0..site.timelines.len()).map(name).collect();
    let listed = || format!("the timelines are {}", all.join(", "));
    match (written, all.len()) {
        (_, 0) => Err(Error::Refused(
            "the site has no timeline: a folder of content/ with an _index.md".to_string(),
        )),
        (None, 1) => Ok(TimelineIndex(0)),
        (None, _) => Err(Error::Refused(format!(
            "name one timeline, as in dateline export csv {}: {}",
            all[0],
            listed()
        ))),
        (Some(written), _) => {
            let inner = written.trim_matches('/');
            let inner = inner.strip_prefix("content/").unwrap_or(inner);
            let address = Address::from_names(inner.split('/'), true);
            let at = address.and_then(|address| site.timelines.iter().position(|one| one.address == address));
            at.map(TimelineIndex)
                .ok_or_else(|| Error::Refused(format!("there is no timeline `{written}`: {}", listed())))
        }
    }
}

/// Where a timeline stands in a format.
fn route(site: &Site, timeline: TimelineIndex, format: ExportFormat) -> Option<&Route> {
    let route = site.route(&site.format_address(Scope::Timeline(timeline), format.of_site()))?;
    matches!(route.page, Page::Format(..)).then_some(route)
}

/// Why there is nothing to give out, and what helps.
fn absent(site: &Site, index: TimelineIndex, format: ExportFormat) -> Error {
    let address = site.format_address(Scope::Timeline(index), format.of_site());
    let timeline = site.timeline(index);
    let name = timeline.address.as_str().trim_matches('/');
    Error::Refused(if !site.wants(format.of_site()) {
        format!(
            "{address} is not made, since `formats` in dateline.toml does not list it: add \"{}\" there",
            format.name()
        )
    } else if site.has_own(&address) {
        format!(
            "static{address} is a file of your own, which the site gives out in place of the export: take it away, or \
             use it"
        )
    } else if timeline.events.is_empty() {
        format!(
            "the timeline `{name}` has no event that is published by now, so that there is nothing to export: \
             `dateline check` says what is left out"
        )
    } else if route(site, index, ExportFormat::Table).is_some() {
        format!(
            "TimelineJS can draw none of the dates of `{name}`: `dateline export csv {name}` gives all of its events"
        )
    } else {
        format!("TimelineJS can draw none of the dates of `{name}`")
    })
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use proptest::prelude::{Just, Strategy, any, prop_assert, prop_assert_eq, proptest};
    use proptest::sample::{select, subsequence};
    use proptest::test_runner::Config;
    use toml::Value;

    use super::{ExportFormat, Order, export};
    use crate::Error;
    use crate::exchange::{self, Harvest, Keys, Kind, Wishes, date_value};
    use crate::input::{Foreign, Languages};
    use crate::output::{NewContent, NewFile, create_all};
    use crate::site::Options;
    use crate::time::{Instant, WrittenDate, Zone};

    /// Every form of a date.
    const DATES: [&str; 36] = [
        "2000",
        "2000-07",
        "2023-09-13",
        "2023-09-13T13:00",
        "2023-09-13T13:00:05",
        "2023-09-13T13:00:00+09:00",
        "2023-09-13T13:00Z",
        "2023-09-10/2023-09-17",
        "2023-09/2023-10-02",
        "2023-09-10/..",
        "../2023-09-10",
        "1985/",
        "/1985",
        "1984?",
        "1984~",
        "1984%",
        "2004-06-~11",
        "201X",
        "19XX",
        "1985-04-XX",
        "156X-12-25",
        "2001-21",
        "2001-34",
        "[2023-09-15,2023-09-16]",
        "{2023-09-15,2023-09-16}",
        "[..2023-09-12]",
        "[2023-09-12..]",
        "1984?/2004~",
        "-0043",
        "0000",
        "Y-170000",
        "Y12000",
        "1950S2",
        "-0043-03-15",
        "Y1E6",
        "unknown",
    ];

    /// Those of them that TimelineJS cannot draw.
    const NOT_DRAWN: [&str; 2] = ["Y1E6", "unknown"];

    /// Texts that formats stumble over.
    const AWKWARD: [&str; 16] = [
        "plain",
        "=1+1",
        "'=quoted",
        "-0043",
        "a, b; c",
        "a \"quoted\" 'word'",
        "back\\slash; and \\",
        "<b>no tag</b> & co",
        "line\nbreak",
        "\u{5E9}\u{5DC}\u{5D5}\u{5DD}",
        "emoji \u{1F468}\u{200D}\u{1F469}\u{200D}\u{1F467}",
        "+++",
        "---",
        "@SUM(A1)",
        "*_`[x](y)`_*",
        "% {{ x }}",
    ];

    const NAMES: [&str; 7] =
        ["Ana", "Bruno; Filho", "Carla \\ D", "=Dora", "Ém\u{EF}le", "\u{5DC}\u{5D5}\u{5DD}", "F, G"];

    fn text() -> impl Strategy<Value = String> {
        let any_text = "[ -~\u{A0}-\u{17F}\u{627}-\u{64A}\n]{1,40}".prop_map(|text| text.trim().to_string());
        let awkward = select(AWKWARD.as_slice()).prop_map(str::to_string);
        let text = proptest::prop_oneof![awkward, any_text];
        text.prop_filter("there is a letter", |text| {
            text.chars().any(char::is_alphanumeric) || text.len() == 3
        })
    }

    fn names() -> impl Strategy<Value = Vec<String>> {
        subsequence(NAMES.as_slice(), 0..=3).prop_map(|names| names.into_iter().map(str::to_string).collect())
    }

    /// The front matter of an event, with everything that an export holds.
    fn event() -> impl Strategy<Value = Keys> {
        let moments = select(["2023-09-15T18:00:00Z", "2024-01-31T23:59:59Z"].as_slice());
        let first = (text(), select(DATES.as_slice()), text(), any::<bool>(), text(), any::<bool>());
        let second = (names(), names(), names(), names(), names(), moments, text(), any::<bool>());
        (first, second, Just(())).prop_map(|(first, second, ())| {
            let (title, date, summary, is_key, note, has_note) = first;
            let (places, people, organizations, topics, authors, moment, source, has_source) = second;
            let date = WrittenDate::parse(date).unwrap();
            let mut keys = Keys::default();
            keys.set("title", title);
            keys.set("date", date_value(&date));
            if date.needs_zone() || date.has_time() && is_key {
                keys.set("timezone", "Asia/Seoul");
            }
            if has_note {
                keys.set("date_note", note);
            }
            keys.set("summary", summary);
            if is_key {
                keys.set("weight", "key");
                keys.set("role", "background");
                keys.set("track", "talks");
            }
            keys.set("published", Value::Datetime(moment.parse().unwrap()));
            for (key, names) in [
                ("place", places),
                ("people", people),
                ("organizations", organizations),
                ("topics", topics),
                ("authors", authors),
            ] {
                keys.add(key, names);
            }
            if has_source {
                let title = [("title".to_string(), Value::from(source))];
                keys.set("sources", vec![Value::Table(title.into_iter().collect())]);
            }
            keys
        })
    }

    /// What is exported of a site with these events, and taken in again; or why it is not.
    fn there_and_back(events: &[Keys], format: ExportFormat) -> Result<Harvest, Error> {
        let folder = tempfile::tempdir().unwrap();
        let file =
            |path: String, text: String| NewFile { path: path.into(), content: NewContent::Text(text) };
        let settings =
            "title = \"T\"\nbase_url = \"https://example.org/\"\nlanguage = \"en\"\ntimezone = \"UTC\"\n";
        let index =
            "+++\ntitle = \"Story\"\ntracks = [{ id = \"talks\", title = \"The <talks> & co\" }]\n+++\n";
        let mut files = vec![
            file("dateline.toml".to_string(), settings.to_string()),
            file("content/story/_index.md".to_string(), index.to_string()),
        ];
        let events = events.iter().enumerate();
        files.extend(events.map(|(at, keys)| file(format!("content/story/e{at:02}.md"), keys.article(""))));
        create_all(folder.path(), &files).unwrap();
        let now = Instant::parse_rfc3339("2025-01-01T00:00:00Z").unwrap();
        let options = Options { now, as_of: None, drafts: false, file_links: false, base_url: None };
        let order = Order { root: folder.path().to_path_buf(), format, timeline: None, options };
        let exported = export(&order)?;
        let errors: Vec<String> = exported.errors.iter().map(|error| error.to_text(false)).collect();
        assert_eq!(errors, Vec::<String>::new());
        let bytes = String::from_utf8(exported.bytes.unwrap()).unwrap();
        create_all(folder.path(), &[file("export".to_string(), bytes)]).unwrap();
        let foreign = Foreign::open(&folder.path().join("export")).unwrap();
        let wishes = Wishes {
            into: "story".into(),
            languages: Languages::default(),
            clock: Zone::UTC,
            taxonomies: Vec::new(),
            content: None,
        };
        Ok(exchange::import(exchange::Format::TimelineJs, &foreign, &wishes).unwrap())
    }

    fn comes_back(events: &[Keys], format: ExportFormat) -> Result<(), proptest::test_runner::TestCaseError> {
        let harvest = match there_and_back(events, format) {
            Ok(harvest) => harvest,
            Err(error) => {
                // TimelineJS shows no file without an event, so that there is none.
                prop_assert_eq!(format, ExportFormat::TimelineJs);
                let is_drawn = |keys| !NOT_DRAWN.contains(&sorted(keys)["date"].as_str().unwrap());
                prop_assert!(!events.iter().any(is_drawn), "{error}");
                prop_assert!(
                    error.to_string().starts_with("TimelineJS can draw none of the dates"),
                    "{error}"
                );
                return Ok(());
            }
        };
        prop_assert_eq!(harvest.count(Kind::Event), events.len());
        for (at, keys) in events.iter().enumerate() {
            let path = format!("content/story/e{at:02}.md");
            let article = harvest.articles.iter().find(|article| article.path == Path::new(&path));
            let article = article.unwrap_or_else(|| panic!("{path} is missing"));
            prop_assert_eq!(sorted(&article.keys), sorted(keys));
        }
        Ok(())
    }

    /// The keys by name; a date in the form that EDTF prefers, a moment by its instant.
    fn sorted(keys: &Keys) -> toml::Table {
        let mut table: toml::Table = keys.article("").trim_matches(['+', '\n']).parse().unwrap();
        let edtf = |value: &Value| {
            let text = value.as_str().map_or_else(|| value.to_string(), str::to_string);
            WrittenDate::parse(&text).map_or(text, |date| date.edtf())
        };
        let date = edtf(&table["date"]);
        table.insert("date".to_string(), Value::from(date));
        let moment = Instant::parse_rfc3339(&table["published"].to_string()).unwrap();
        table.insert("published".to_string(), Value::from(moment.to_rfc3339()));
        table
    }

    proptest! {
        #![proptest_config(Config { cases: 12, failure_persistence: None, ..Config::default() })]

        #[test]
        fn events_come_back_from_timelinejs_as_they_were(events in proptest::collection::vec(event(), 1..12)) {
            comes_back(&events, ExportFormat::TimelineJs)?;
        }

        #[test]
        fn events_come_back_from_a_table_as_they_were(events in proptest::collection::vec(event(), 1..12)) {
            comes_back(&events, ExportFormat::Table)?;
        }
    }

    #[test]
    fn every_form_of_a_date_comes_back() {
        let event = |date: &&str| {
            let date = WrittenDate::parse(date).unwrap();
            let mut keys = Keys::default();
            keys.set("title", date.as_written());
            keys.set("date", date_value(&date));
            if date.needs_zone() {
                keys.set("timezone", "Asia/Seoul");
            }
            keys.set("summary", "s");
            keys.set("published", Value::Datetime("2023-09-15T18:00:00Z".parse().unwrap()));
            keys
        };
        let events: Vec<Keys> = DATES.iter().map(event).collect();
        for format in [ExportFormat::TimelineJs, ExportFormat::Table] {
            comes_back(&events, format).unwrap();
        }
    }
}
