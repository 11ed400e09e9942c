//! A site of Hugo: its folder comes in, events and pages go out.

use std::path::{Path, PathBuf};

use super::addresses::joined;
use super::attributes::{self, Attribute};
use super::dates::Published;
use super::generated::{self, OldSite, Source, base, key, settings, text_of, texts};
use super::tags::{self, Becomes, Body, Fence, Tag};
use super::{Harvest, Wishes, zola};
use crate::Error;
use crate::address::segment;
use crate::input::Foreign;
use crate::input::node::{Node, Value};

const FENCES: [Fence; 2] = [("{{<", ">}}"), ("{{%", "%}}")];

/// The files that may have the settings.
const SETTINGS: [&str; 9] = [
    "hugo.toml",
    "hugo.yaml",
    "hugo.yml",
    "config.toml",
    "config.yaml",
    "config.yml",
    "config/_default/hugo.toml",
    "config/_default/config.toml",
    "config/_default/config.yaml",
];

/// What the settings say of languages and addresses.
struct Rules {
    settings: Node,
    languages: Vec<String>,
    permalinks: Vec<(String, String)>,
    ugly: Vec<String>,
    is_ugly: bool,
}

/// Takes a site.
pub(super) fn import(foreign: &Foreign, wishes: &Wishes) -> Result<Harvest, Error> {
    let settings = settings(foreign, &SETTINGS)?;
    let languages = languages(foreign, &settings)?;
    let content = wishes.content.clone().unwrap_or_else(|| content_folder(&settings, &languages));
    let rules = Rules::of(settings, &languages);
    let mut harvest = Harvest::default();
    let mut sources = Vec::new();
    for path in foreign.files(&content)? {
        let ending = path.extension().and_then(|ending| ending.to_str()).unwrap_or_default();
        if !matches!(ending, "md" | "markdown" | "html") {
            continue;
        }
        let Some((text, front)) = generated::read(foreign, &path, &mut harvest.notes)? else { continue };
        let below = path.strip_prefix(&content).unwrap_or(&path);
        let (inner, language) = generated::without_language(below, &rules.languages);
        let day_in_name = generated::own_name(&inner)
            .get(..10)
            .filter(|day| Published::parse(day).is_some())
            .map(str::to_string);
        let old = rules.addresses(&front.node, &inner, language.as_deref());
        sources.push(Source { path, inner, language, text, front, day_in_name, is_draft: false, old });
    }
    let site = OldSite {
        sources,
        base: base(&rules.settings, "baseURL"),
        title: text_of(&rules.settings, "title"),
        statics: vec![PathBuf::from("static"), content.clone(), PathBuf::from("assets")],
        content,
        shortcodes,
    };
    let mut harvest = generated::carry(foreign, wishes, site, harvest)?;
    generated::tell_undated(&mut harvest);
    Ok(harvest)
}

/// The languages of the site by their tags, with the folder of each that has one.
fn languages(foreign: &Foreign, settings: &Node) -> Result<Vec<(String, Option<String>)>, Error> {
    let names = ["config/_default/languages.toml", "config/_default/languages.yaml"];
    let apart = generated::settings(foreign, &names)?;
    let table = key(settings, "languages").cloned().unwrap_or(apart);
    let entries = table.entries().iter();
    let mut languages: Vec<_> =
        entries.map(|entry| (entry.key.clone(), text_of(&entry.value, "contentDir"))).collect();
    for path in foreign.files(Path::new("config/_default"))? {
        let stem = path.file_stem().and_then(|stem| stem.to_str()).unwrap_or_default();
        if let (Some(tag), Some(name)) = (stem.strip_prefix("languages."), path.to_str()) {
            let own = generated::settings(foreign, &[name])?;
            languages.push((tag.to_string(), text_of(&own, "contentDir")));
        }
    }
    Ok(languages)
}

/// The folder of the articles, in the main language.
fn content_folder(settings: &Node, languages: &[(String, Option<String>)]) -> PathBuf {
    let main = text_of(settings, "defaultContentLanguage").unwrap_or_else(|| "en".to_string());
    let own = languages.iter().find(|(tag, _)| *tag == main).and_then(|(_, folder)| folder.clone());
    let folder = own.or_else(|| text_of(settings, "contentDir")).unwrap_or_else(|| "content".to_string());
    PathBuf::from(folder)
}

impl Rules {
    fn of(settings: Node, languages: &[(String, Option<String>)]) -> Self {
        let main = text_of(&settings, "defaultContentLanguage").unwrap_or_else(|| "en".to_string());
        let table = key(&settings, "permalinks").cloned();
        let pages = table.as_ref().and_then(|table| key(table, "page")).cloned().or(table);
        let permalinks = pages.iter().flat_map(Node::entries);
        let permalinks = permalinks.filter_map(|entry| match &entry.value.value {
            Value::Text(pattern) => Some((entry.key.clone(), pattern.clone())),
            _ => None,
        });
        let ugly = key(&settings, "uglyURLs");
        Self {
            languages: languages.iter().map(|(tag, _)| tag.clone()).filter(|tag| *tag != main).collect(),
            permalinks: permalinks.collect(),
            is_ugly: ugly.is_some_and(|ugly| ugly.value == Value::Boolean(true)),
            ugly: ugly
                .map(|ugly| ugly.entries().iter().filter(|entry| entry.value.value == Value::Boolean(true)))
                .into_iter()
                .flatten()
                .map(|entry| entry.key.clone())
                .collect(),
            settings,
        }
    }

    /// Where a page stood, and its aliases.
    fn addresses(&self, node: &Node, inner: &Path, language: Option<&str>) -> Vec<String> {
        let prefix = language.map(|tag| format!("/{tag}")).unwrap_or_default();
        let own = format!("{prefix}{}", self.own(node, inner));
        let aliases = key(node, "aliases").map(texts).unwrap_or_default();
        let aliases = aliases.iter().filter_map(|alias| match alias.starts_with('/') {
            true => Some(alias.clone()),
            false => joined(&own, &format!("../{alias}")),
        });
        let aliases: Vec<String> = aliases.collect();
        std::iter::once(own.clone()).chain(aliases).collect()
    }

    fn own(&self, node: &Node, inner: &Path) -> String {
        if let Some(url) = text_of(node, "url") {
            return format!("/{}", url.trim_start_matches('/'));
        }
        let folders = generated::folders_above(inner);
        let lower = |name: &String| name.to_lowercase().replace(' ', "-");
        let folders: Vec<String> = folders.iter().map(lower).collect();
        if inner.file_name().is_some_and(|name| name == "_index.md") {
            let path = folders.join("/");
            return if path.is_empty() { "/".to_string() } else { format!("/{path}/") };
        }
        let section = folders.first().cloned().unwrap_or_default();
        let name = text_of(node, "slug").unwrap_or_else(|| lower(&generated::own_name(inner)));
        let pattern = self.permalinks.iter().find(|(known, _)| *known == section);
        let path = match pattern {
            Some((_, pattern)) => filled(pattern, node, inner, &folders, &name),
            None => format!("/{}", folders.iter().chain([&name]).cloned().collect::<Vec<_>>().join("/")),
        };
        match self.is_ugly || self.ugly.contains(&section) {
            true => format!("{}.html", path.trim_end_matches('/')),
            false => format!("{}/", path.trim_end_matches('/')),
        }
    }
}

/// A pattern as `/:year/:month/:slug/`, filled in.
fn filled(pattern: &str, node: &Node, inner: &Path, folders: &[String], name: &str) -> String {
    let date = key(node, "date").and_then(Published::read).map(|date| date.day.as_written().to_string());
    let date = date.unwrap_or_default();
    let part = |at: usize| date.split('-').nth(at).unwrap_or_default().to_string();
    let title = text_of(node, "title").map_or_else(|| name.to_string(), |title| segment(&title));
    let own = generated::own_name(inner);
    let parts = pattern.split('/').map(|part_name| match part_name {
        ":year" => part(0),
        ":month" => part(1),
        ":day" => part(2),
        ":slug" | ":slugorfilename" | ":slugorcontentbasename" => name.to_string(),
        ":title" => title.clone(),
        ":filename" | ":contentbasename" => own.clone(),
        ":section" => folders.first().cloned().unwrap_or_default(),
        ":sections" => folders.join("/"),
        other => other.to_string(),
    });
    parts.collect::<Vec<_>>().join("/")
}

fn shortcodes(body: Body<'_>, harvest: &mut Harvest) -> String {
    let text = body.text();
    tags::replace(body, &FENCES, harvest, |tag| {
        let (open, close) = FENCES[tag.fence];
        if let Some(escaped) = tag.inner.strip_prefix("/*") {
            return Becomes::Text(format!("{open} {} {close}", escaped.trim_end_matches("*/").trim()));
        }
        shortcode(text, tag)
    })
}

fn shortcode(text: &str, tag: Tag<'_>) -> Becomes {
    let inner = tag.inner.trim_end_matches('/').trim();
    let (name, rest) = inner.split_at(inner.find(char::is_whitespace).unwrap_or(inner.len()));
    let all = attributes::read(rest);
    match name {
        "ref" | "relref" => target(&all).map_or(Becomes::Stays, Becomes::Text),
        "highlight" => code(text, tag, &all),
        "youtube" => link(&all, "id", "https://www.youtube.com/watch?v="),
        "vimeo" => link(&all, "id", "https://vimeo.com/"),
        "instagram" => link(&all, "id", "https://www.instagram.com/p/"),
        "tweet" | "x" | "twitter" => message(&all),
        "gist" => gist(&all),
        _ => zola::picture(name, &all),
    }
}

/// `{{< ref "a/b.md#c" >}}` stands where an address does.
fn target(all: &[Attribute]) -> Option<String> {
    let path = attributes::get_or(all, "path", 0)?;
    let (path, anchor) =
        path.split_once('#').map_or((path, String::new()), |(path, anchor)| (path, format!("#{anchor}")));
    Some(match path.strip_prefix('/') {
        _ if path.is_empty() => anchor,
        Some(from_content) if from_content.ends_with(".md") => format!("@/{from_content}{anchor}"),
        Some(_) => format!("{path}{anchor}"),
        None if path.contains('/') && path.ends_with(".md") => format!("@/{path}{anchor}"),
        None => format!("@name/{path}{anchor}"),
    })
}

fn code(text: &str, tag: Tag<'_>, all: &[Attribute]) -> Becomes {
    let end = tags::next(text, tag.end, &FENCES)
        .filter(|(_, end)| end.inner == "/highlight" || end.inner == "/ highlight");
    match end {
        Some((start, end)) => {
            let language = attributes::get_or(all, "lang", 0).unwrap_or_default();
            Becomes::UpTo(end.end, tags::code(language, &text[tag.end..start]))
        }
        None => Becomes::Stays,
    }
}

fn link(all: &[Attribute], name: &str, before: &str) -> Becomes {
    let id = attributes::get_or(all, name, 0);
    id.map_or(Becomes::Stays, |id| Becomes::Text(tags::elsewhere(&format!("{before}{id}"))))
}

fn message(all: &[Attribute]) -> Becomes {
    let id = attributes::get(all, "id").or_else(|| attributes::get_or(all, "", 0));
    let user = attributes::get(all, "user").unwrap_or("i");
    id.map_or(Becomes::Stays, |id| {
        Becomes::Text(tags::elsewhere(&format!("https://x.com/{user}/status/{id}")))
    })
}

fn gist(all: &[Attribute]) -> Becomes {
    let unnamed = |at| attributes::get_or(all, "\0", at);
    match (unnamed(0), unnamed(1)) {
        (Some(user), Some(id)) => {
            Becomes::Text(tags::elsewhere(&format!("https://gist.github.com/{user}/{id}")))
        }
        _ => Becomes::Stays,
    }
}

#[cfg(test)]
mod tests {
    use super::shortcodes;
    use crate::exchange::Harvest;
    use crate::exchange::tags::Body;
    use std::path::Path;

    #[test]
    fn shortcodes_become_markdown_or_stay_and_are_named() {
        let cases = [
            ("{{< youtube a1 >}}", "<https://www.youtube.com/watch?v=a1>"),
            ("{{< figure src=\"/x y.jpg\" alt=\"A\" caption=\"B\" >}}", "![A](</x y.jpg> \"B\")"),
            ("[a]({{< ref \"b/c.md#d\" >}})", "[a](@/b/c.md#d)"),
            ("[a]({{% relref \"c\" %}})", "[a](@name/c)"),
            ("{{< highlight go >}}\nx\n{{< /highlight >}}", "```go\nx\n```"),
            ("{{</* youtube x */>}}", "{{< youtube x >}}"),
            ("{{< gist user 12 >}}", "<https://gist.github.com/user/12>"),
            ("{{< tweet user=\"a\" id=\"1\" >}}", "<https://x.com/a/status/1>"),
        ];
        for (whole, expected) in cases {
            let mut harvest = Harvest::default();
            let text = shortcodes(Body { path: Path::new("a.md"), whole, start: 0 }, &mut harvest);
            assert_eq!((text.as_str(), harvest.notes.len()), (expected, 0), "{whole}");
        }
        let mut harvest = Harvest::default();
        let whole = "{{< chart x >}}inner{{< /chart >}}";
        assert_eq!(shortcodes(Body { path: Path::new("a.md"), whole, start: 0 }, &mut harvest), whole);
        assert_eq!(harvest.notes.len(), 2);
    }
}
