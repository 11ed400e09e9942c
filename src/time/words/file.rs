//! A word file, read strictly: every key that English has, and no other, each with a place when it is wrong.

use std::collections::{BTreeMap, HashMap};
use std::ops::Range;
use std::path::Path;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::plural::Plurals;
use crate::diagnostic::{Diagnostic, Place};

/// The English words, which say what keys there are.
pub(super) const ENGLISH: &str = include_str!("../../../templates/words/en.toml");

/// All texts of a word file by their keys, joined with dots: `dates.day`, `gaps.hours.one`.
#[derive(Debug)]
pub(super) struct WordFile {
    texts: HashMap<String, String>,
    /// Those of the table `text`, without its name.
    of_pages: HashMap<String, String>,
    /// The tables whose keys are a language's own, each in the order of its keys.
    open_tables: [Vec<(String, String)>; OPEN_TABLES.len()],
}

/// The tables whose keys are a language's own.
const OPEN_TABLES: [&str; 3] = ["contractions", "lists.and_before", "lists.or_before"];

/// The table of the texts of the pages.
const OF_PAGES: &str = "text";

impl WordFile {
    /// Reads a file and compares it with the English one.
    pub fn read(file: &str, path: &Path) -> Result<Self, Box<Diagnostic>> {
        let reader = Reader { file, path };
        let english = DeTable::parse(ENGLISH).expect("the English words are TOML, which a test proves");
        let found = DeTable::parse(file).map_err(|error| {
            let wrong =
                Diagnostic::error("word-file", format!("the word file is no TOML: {}", error.message()));
            wrong.at(reader.place(error.span().unwrap_or(0..0)))
        })?;
        let plurals = Plurals::new(
            found.get_ref().get("language").and_then(|value| value.get_ref().as_str()).unwrap_or("en"),
        );
        let mut texts = BTreeMap::new();
        reader.compare("", &found, english.get_ref(), &plurals, &mut texts)?;
        Ok(Self::of(texts))
    }

    /// Puts each text where it is looked for.
    fn of(texts: BTreeMap<String, String>) -> Self {
        let mut file = Self {
            texts: HashMap::new(),
            of_pages: HashMap::new(),
            open_tables: std::array::from_fn(|_| Vec::new()),
        };
        for (key, text) in texts {
            let inside = |table: &str| Some(key.strip_prefix(table)?.strip_prefix('.')?.to_string());
            let open = OPEN_TABLES.iter().zip(&mut file.open_tables);
            let mut open = open.filter_map(|(table, texts)| Some((inside(table)?, texts)));
            match (open.next(), inside(OF_PAGES)) {
                (Some((key, texts)), _) => texts.push((key, text)),
                (None, Some(key)) => drop(file.of_pages.insert(key, text)),
                (None, None) => drop(file.texts.insert(key, text)),
            }
        }
        file
    }

    /// The text of a key that English has, outside of the texts of the pages.
    pub fn get(&self, key: &str) -> &str {
        self.find(key).unwrap_or_default()
    }

    /// The same, where there is one.
    pub fn find(&self, key: &str) -> Option<&str> {
        self.texts.get(key).map(String::as_str)
    }

    /// A text of the pages, by its key in the table `text`.
    pub fn of_pages(&self, key: &str) -> Option<&str> {
        self.of_pages.get(key).map(String::as_str)
    }

    /// The keys and texts of a table whose keys are the language's own, in the order of the keys.
    pub fn table(&self, table: &str) -> impl Iterator<Item = (&str, &str)> {
        let at = OPEN_TABLES.iter().position(|open| *open == table);
        let texts = at.map_or(&[][..], |at| &self.open_tables[at]);
        texts.iter().map(|(key, text)| (key.as_str(), text.as_str()))
    }
}

/// The file that is being read, for places.
struct Reader<'a> {
    file: &'a str,
    path: &'a Path,
}

impl Reader<'_> {
    fn place(&self, span: Range<usize>) -> Place {
        Place::in_text(self.path, self.file, span)
    }

    /// Takes the texts of a table into `texts`, unless its keys differ from the English ones.
    fn compare(
        &self,
        at: &str,
        found: &Spanned<DeTable<'_>>,
        english: &DeTable<'_>,
        plurals: &Plurals,
        texts: &mut BTreeMap<String, String>,
    ) -> Result<(), Box<Diagnostic>> {
        let plural = english.contains_key("other");
        for (key, value) in found.get_ref() {
            let name = join(at, key.get_ref());
            let model = if plural { english.get("other") } else { english.get(key.get_ref().as_ref()) };
            let expected = match model {
                Some(_) if plural && !plurals.has(key.get_ref()) => Err(self.no_such_plural(key, plurals)),
                Some(model) => Ok(Some(model.get_ref())),
                None if OPEN_TABLES.contains(&at) => Ok(None),
                None => Err(self.unknown_key(at, key, english)),
            }?;
            match (value.get_ref(), expected) {
                (DeValue::String(text), None) => drop(texts.insert(name, text.to_string())),
                (DeValue::String(text), Some(DeValue::String(model))) => {
                    self.check_fields(&name, text, model, value.span())?;
                    texts.insert(name, text.to_string());
                }
                (DeValue::Table(table), Some(DeValue::Table(model))) => {
                    let table = Spanned::new(value.span(), table.clone());
                    self.compare(&name, &table, model, plurals, texts)?;
                }
                _ => return Err(self.wrong_type(&name, value.span(), expected)),
            }
        }
        if plural { self.all_plurals(at, found, plurals) } else { self.all_keys(at, found, english) }
    }

    fn all_keys(
        &self,
        at: &str,
        found: &Spanned<DeTable<'_>>,
        english: &DeTable<'_>,
    ) -> Result<(), Box<Diagnostic>> {
        let missing =
            english.keys().map(Spanned::get_ref).find(|key| !found.get_ref().contains_key(key.as_ref()));
        missing.map_or(Ok(()), |key| {
            let message = format!("the word file lacks `{}`", join(at, key));
            let help = "every key of the English word file must stand in it; translate the one of `en.toml`";
            Err(Box::new(Diagnostic::error("missing-word", message).at(self.header(at, found)).help(help)))
        })
    }

    fn all_plurals(
        &self,
        at: &str,
        found: &Spanned<DeTable<'_>>,
        plurals: &Plurals,
    ) -> Result<(), Box<Diagnostic>> {
        let missing = plurals.needed().find(|category| !found.get_ref().contains_key(*category));
        missing.map_or(Ok(()), |category| {
            let message = format!("`{at}` lacks the plural form `{category}`");
            let help =
                format!("the language has these forms: {}", plurals.needed().collect::<Vec<_>>().join(", "));
            Err(Box::new(Diagnostic::error("missing-word", message).at(self.header(at, found)).help(help)))
        })
    }

    fn unknown_key(
        &self,
        at: &str,
        key: &Spanned<impl AsRef<str>>,
        english: &DeTable<'_>,
    ) -> Box<Diagnostic> {
        let name = key.get_ref().as_ref();
        let likeness = |known: &&str| (strsim::jaro_winkler(known, name) * 1000.0).round();
        let nearest = english.keys().map(|known| known.get_ref().as_ref());
        let nearest =
            nearest.max_by(|one, other| likeness(one).total_cmp(&likeness(other))).unwrap_or_default();
        let wrong =
            Diagnostic::error("unknown-word", format!("unknown key `{}` in a word file", join(at, name)));
        Box::new(wrong.at(self.place(key.span())).help(format!("did you mean `{nearest}`?")))
    }

    fn no_such_plural(&self, key: &Spanned<impl AsRef<str>>, plurals: &Plurals) -> Box<Diagnostic> {
        let message = format!("the language has no plural form `{}`", key.get_ref().as_ref());
        let known = plurals.all().collect::<Vec<_>>().join(", ");
        let wrong = Diagnostic::error("unknown-word", message).at(self.place(key.span()));
        Box::new(wrong.help(format!("its forms are: {known}")))
    }

    fn wrong_type(&self, name: &str, span: Range<usize>, expected: Option<&DeValue<'_>>) -> Box<Diagnostic> {
        let wanted = if expected.is_some_and(DeValue::is_table) { "a table" } else { "a text" };
        Box::new(Diagnostic::error("word-file", format!("`{name}` must be {wanted}")).at(self.place(span)))
    }

    /// A pattern may leave out what is filled in, but not name what its key does not know.
    fn check_fields(
        &self,
        name: &str,
        text: &str,
        model: &str,
        span: Range<usize>,
    ) -> Result<(), Box<Diagnostic>> {
        let known =
            |field: &str| fields(model).any(|other| other == field) || fields_of(name).contains(&field);
        let unknown = fields(text).find(|field| !known(field));
        unknown.map_or(Ok(()), |field| {
            let names: Vec<&str> = fields_of(name).iter().copied().chain(fields(model)).collect();
            let help = match names.as_slice() {
                [] => "nothing is filled in here".to_string(),
                names => format!("filled in are: {}", names.join(", ")),
            };
            let message = format!("`{name}` knows no `{{{field}}}`");
            Err(Box::new(Diagnostic::error("unknown-word", message).at(self.place(span)).help(help)))
        })
    }

    /// The table's own line where it has one, else the whole file.
    fn header(&self, at: &str, table: &Spanned<DeTable<'_>>) -> Place {
        if at.is_empty() { Place::file(self.path) } else { self.place(table.span()) }
    }
}

fn join(at: &str, key: &str) -> String {
    if at.is_empty() { key.to_string() } else { format!("{at}.{key}") }
}

/// What may be filled into the patterns of a section beyond what English uses.
fn fields_of(name: &str) -> &'static [&'static str] {
    match name.split('.').next().unwrap_or_default() {
        "dates" => &["day", "month", "day_month", "year", "weekday", "date", "time"],
        "spans" => &["year", "from", "to"],
        "seasons" => &["year"],
        "unspecified" => &["date", "years", "day", "start", "end", "start_after", "end_after"],
        "qualifiers" => &["date", "date_after", "notes", "parts"],
        "ranges" => &[
            "start",
            "end",
            "start_after",
            "end_after",
            "start_day",
            "end_day",
            "start_month",
            "end_month",
            "date",
            "date_after",
        ],
        "times" => &[
            "hour", "hour12", "minute", "second", "half", "time", "day", "place", "local", "clock", "city",
            "date",
        ],
        _ => &[],
    }
}

/// The names between braces.
fn fields(pattern: &str) -> impl Iterator<Item = &str> {
    pattern.split('{').skip(1).filter_map(|rest| rest.split_once('}').map(|(name, _)| name))
}

/// The pattern with the values in the place of their names.
pub(super) fn fill(pattern: &str, values: &[(&str, &str)]) -> String {
    let mut filled = String::with_capacity(2 * pattern.len());
    let mut rest = pattern;
    while let Some(at) = rest.bytes().position(|byte| byte == b'{') {
        let part = &rest[at + 1..];
        let field = part.split_once('}').and_then(|(name, rest)| {
            let value = values.iter().find(|(known, _)| *known == name)?.1;
            Some((value, rest))
        });
        filled.push_str(&rest[..at]);
        let (value, behind) = field.unwrap_or(("{", part));
        filled.push_str(value);
        rest = behind;
    }
    filled.push_str(rest);
    filled
}
