//! What a timeline rests upon, for reference managers: each source once, as CSL-JSON and as BibTeX.

use std::collections::BTreeMap;

use serde_json::{Map, Value, json};

use super::feed::one_line;
use crate::address::segment;
use crate::input::keys::Source;
use crate::pages::Scene;
use crate::pages::dates::plain_date;
use crate::pages::sources::Bibliography;
use crate::site::TimelineIndex;
use crate::time::{AxisDate, Certainty, DateShape, WrittenDate};

/// How many letters of a title name its source.
const LONGEST_ID: usize = 40;

/// CSL-JSON.
pub(super) fn csl(scene: &Scene<'_>, index: TimelineIndex) -> Vec<u8> {
    let items: Vec<Value> = named(scene, index).iter().map(|(id, source)| item(id, source)).collect();
    super::json(&items)
}

/// BibTeX, in UTF-8.
pub(super) fn bibtex(scene: &Scene<'_>, index: TimelineIndex) -> Vec<u8> {
    let entries = named(scene, index);
    let entries: Vec<String> = entries.iter().map(|(id, source)| entry(id, source)).collect();
    entries.join("\n").into_bytes()
}

/// The sources with an id each, made of their titles; a second one of an id has a number.
fn named<'a>(scene: &Scene<'a>, index: TimelineIndex) -> Vec<(String, &'a Source)> {
    let mut seen: BTreeMap<String, usize> = BTreeMap::new();
    let timeline = scene.site.timeline(index);
    let bibliography = Bibliography::of(scene.site, timeline.events.clone());
    let name = |source: &'a Source| {
        let mut id: String = segment(&source.title).chars().take(LONGEST_ID).collect();
        id = id.trim_end_matches(['-', '.']).replace(['.', '~'], "-");
        if id.is_empty() {
            id = "source".to_string();
        }
        let times = seen.entry(id.clone()).or_insert(0);
        *times += 1;
        (if *times == 1 { id } else { format!("{id}_{times}") }, source)
    };
    bibliography.all().map(name).collect()
}

fn item(id: &str, source: &Source) -> Value {
    let mut item = Map::new();
    let mut set = |key: &str, value: Option<Value>| {
        if let Some(value) = value {
            item.insert(key.to_string(), value);
        }
    };
    set("id", Some(id.into()));
    set("type", Some(if source.url.is_some() { "webpage" } else { "document" }.into()));
    set("title", Some(one_line(&source.title).into()));
    set("URL", source.url.as_ref().map(|url| url.0.clone().into()));
    set("publisher", source.publisher.as_deref().map(|name| one_line(name).into()));
    set("genre", source.kind.as_deref().map(|kind| one_line(kind).into()));
    set("issued", source.published.as_ref().map(csl_date));
    set("accessed", source.accessed.as_ref().map(csl_date));
    set("archive_location", source.archive.as_ref().map(|url| url.0.clone().into()));
    set("language", source.language.as_ref().map(|language| language.0.clone().into()));
    Value::Object(item)
}

/// A date as its parts, as far as they are known; in EDTF, where parts would say something else.
fn csl_date(written: &WrittenDate) -> Value {
    let date = plain_date(written);
    let parts = |date: AxisDate| -> Vec<i64> {
        let rest = [date.month, date.day].into_iter().flatten().map(i64::from);
        std::iter::once(date.year).chain(rest).collect()
    };
    let is_plain = !matches!(date.shape(), DateShape::Every | DateShape::EitherOr | DateShape::Unspecified);
    let has_ends = !matches!(
        date.shape(),
        DateShape::Open
            | DateShape::OpenStart
            | DateShape::Before
            | DateShape::After
            | DateShape::UnknownEnd
            | DateShape::UnknownStart
            | DateShape::Season
    );
    match date.on_other_axes().filter(|_| is_plain && has_ends) {
        Some((start, end)) => {
            let parts: Vec<Vec<i64>> = std::iter::once(start).chain(end).map(parts).collect();
            match date.certainty() {
                Certainty::Certain => json!({ "date-parts": parts }),
                _ => json!({ "date-parts": parts, "circa": true }),
            }
        }
        None => json!({ "literal": written.edtf() }),
    }
}

fn entry(id: &str, source: &Source) -> String {
    let mut fields = vec![("title", format!("{{{}}}", tex(&source.title)))];
    let mut set = |name, value: Option<String>| fields.extend(value.map(|value| (name, value)));
    set("publisher", source.publisher.as_deref().map(tex));
    set("type", source.kind.as_deref().map(tex));
    if let Some(published) = &source.published {
        set("year", year(published));
        set("date", biblatex_date(published));
    }
    set("url", source.url.as_ref().map(|url| tex_address(&url.0)));
    set("urldate", source.accessed.as_ref().and_then(biblatex_date));
    set("note", source.archive.as_ref().map(|url| format!(r"\url{{{}}}", tex_address(&url.0))));
    set("language", source.language.as_ref().map(|language| language.0.clone()));
    let kind = if source.url.is_some() { "online" } else { "misc" };
    let fields: String = fields.iter().map(|(name, value)| format!("  {name} = {{{value}}},\n")).collect();
    format!("@{kind}{{{id},\n{fields}}}\n")
}

/// The year, where a date lies in one year of our era without doubt.
fn year(date: &WrittenDate) -> Option<String> {
    let date = plain_date(date);
    let years = [date.first_day()?.year, date.last_day()?.year];
    let is_plain = years[0] == years[1] && years[0] > 0 && date.certainty() == Certainty::Certain;
    is_plain.then(|| years[0].to_string())
}

/// The date as BibLaTeX reads it, which is EDTF but for its sets and its marks within a date.
fn biblatex_date(date: &WrittenDate) -> Option<String> {
    let edtf = date.edtf();
    let is_read = date.level().is_some_and(|level| level < 2) && !date.is_unknown();
    is_read.then_some(edtf)
}

/// A text in which nothing means anything to TeX.
fn tex(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for letter in one_line(text).chars() {
        match letter {
            '\\' => safe.push_str(r"\textbackslash{}"),
            '{' => safe.push_str(r"\textbraceleft{}"),
            '}' => safe.push_str(r"\textbraceright{}"),
            '~' => safe.push_str(r"\textasciitilde{}"),
            '^' => safe.push_str(r"\textasciicircum{}"),
            '#' | '$' | '%' | '&' | '_' => safe.extend(['\\', letter]),
            letter if letter.is_control() => {}
            letter => safe.push(letter),
        }
    }
    safe
}

/// An address, in which only braces and backslashes would mean something.
fn tex_address(address: &str) -> String {
    address.replace('{', "%7B").replace('}', "%7D").replace('\\', "%5C")
}

#[cfg(test)]
mod tests {
    use super::{csl_date, tex, year};
    use crate::time::WrittenDate;

    #[test]
    fn dates_say_no_more_than_is_known() {
        let csl = |text: &str| csl_date(&WrittenDate::parse(text).unwrap()).to_string();
        assert_eq!(csl("2000-07"), r#"{"date-parts":[[2000,7]]}"#);
        assert_eq!(csl("1984~"), r#"{"date-parts":[[1984]],"circa":true}"#);
        assert_eq!(csl("2024-03-01/2024-03-05"), r#"{"date-parts":[[2024,3,1],[2024,3,5]]}"#);
        assert_eq!(csl("2024-03-01/.."), r#"{"literal":"2024-03-01/.."}"#);
        assert_eq!(csl("unknown"), r#"{"literal":"unknown"}"#);
        let year = |text: &str| year(&WrittenDate::parse(text).unwrap());
        assert_eq!([year("2000-07"), year("-0043"), year("1984~")], [Some("2000".to_string()), None, None]);
    }

    #[test]
    fn a_text_means_nothing_to_tex() {
        assert_eq!(
            tex("{a} 100% & \\b\n_c^d~"),
            r"\textbraceleft{}a\textbraceright{} 100\% \& \textbackslash{}b \_c\textasciicircum{}d\textasciitilde{}"
        );
    }
}
