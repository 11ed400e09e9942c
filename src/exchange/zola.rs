//! A site of Zola: its folder comes in, events and pages go out.

use std::path::{Path, PathBuf};

use super::attributes;
use super::generated::{self, OldSite, Source, base, key, settings, text_of, texts};
use super::tags::{self, Becomes, Body, Fence, Tag};
use super::{Harvest, Wishes};
use crate::Error;
use crate::address::segment;
use crate::input::Foreign;
use crate::input::node::Node;

const FENCES: [Fence; 2] = [("{{", "}}"), ("{%", "%}")];

/// Takes a site.
pub(super) fn import(foreign: &Foreign, wishes: &Wishes) -> Result<Harvest, Error> {
    let settings = settings(foreign, &["zola.toml", "config.toml"])?;
    let content = wishes.content.clone().unwrap_or_else(|| PathBuf::from("content"));
    let mut harvest = Harvest::default();
    let languages: Vec<String> = key(&settings, "languages")
        .map(|table| table.entries().iter().map(|entry| entry.key.clone()).collect())
        .unwrap_or_default();
    let mut sources = Vec::new();
    for path in foreign.files(&content)? {
        if path.extension().is_none_or(|ending| ending != "md") {
            continue;
        }
        let Some((text, front)) = generated::read(foreign, &path, &mut harvest.notes)? else { continue };
        let below = path.strip_prefix(&content).unwrap_or(&path);
        let (inner, language) = generated::without_language(below, &languages);
        let (day_in_name, slug) = day_in_name(&inner);
        let old = old_addresses(&front.node, &inner, &slug, language.as_deref());
        sources.push(Source { path, inner, language, text, front, day_in_name, is_draft: false, old });
    }
    let site = OldSite {
        sources,
        base: base(&settings, "base_url"),
        title: text_of(&settings, "title"),
        statics: vec![PathBuf::from("static"), content.clone()],
        content,
        shortcodes,
    };
    let mut harvest = generated::carry(foreign, wishes, site, harvest)?;
    generated::tell_undated(&mut harvest);
    Ok(harvest)
}

/// The day at the beginning of a file's or a folder's name, and the name without it.
fn day_in_name(inner: &Path) -> (Option<String>, String) {
    let stem = generated::own_name(inner);
    let day =
        stem.get(..10).filter(|day| day.parse::<toml::value::Datetime>().is_ok_and(|day| day.date.is_some()));
    match day {
        Some(day) => {
            let rest = stem[10..].trim_start_matches(['-', '_', ' ']);
            (Some(day.to_string()), if rest.is_empty() { stem.clone() } else { rest.to_string() })
        }
        None => (None, stem),
    }
}

/// Where a page stood: by its `path`, else by its folders and its `slug` or name.
fn old_addresses(node: &Node, inner: &Path, slug: &str, language: Option<&str>) -> Vec<String> {
    let written = text_of(node, "path").map(|path| path.trim_matches('/').to_string());
    let own = written.unwrap_or_else(|| {
        let folders = generated::folders_above(inner);
        let folders = folders.iter().map(|name| segment(name));
        let is_section = inner.file_name().is_some_and(|name| name == "_index.md");
        let last = (!is_section).then(|| text_of(node, "slug").unwrap_or_else(|| segment(slug)));
        folders.chain(last).filter(|part| !part.is_empty()).collect::<Vec<_>>().join("/")
    });
    let prefix = language.map(|tag| format!("/{tag}")).unwrap_or_default();
    let own = if own.is_empty() { format!("{prefix}/") } else { format!("{prefix}/{own}/") };
    let aliases = key(node, "aliases").map(texts).unwrap_or_default();
    std::iter::once(own)
        .chain(aliases.iter().map(|alias| format!("/{}", alias.trim_start_matches('/'))))
        .collect()
}

fn shortcodes(body: Body<'_>, harvest: &mut Harvest) -> String {
    let text = body.text();
    tags::replace(body, &FENCES, harvest, |tag| {
        let inner = tag.inner;
        if let Some(escaped) = inner.strip_prefix("/*") {
            let (open, close) = FENCES[tag.fence];
            return Becomes::Text(format!("{open} {} {close}", escaped.trim_end_matches("*/").trim()));
        }
        match tag.fence {
            // Only a call is a shortcode; anything else between braces is text.
            _ if parts(inner).is_none() && inner != "end" => Becomes::Text(tag.whole.to_string()),
            0 => call(inner),
            _ => block(text, tag),
        }
    })
}

/// `{{ youtube(id="x") }}`.
fn call(inner: &str) -> Becomes {
    let Some((name, arguments)) = parts(inner) else { return Becomes::Stays };
    let all = attributes::read(arguments);
    let get = |name: &str| attributes::get(&all, name);
    match name {
        "youtube" => get("id").map_or(Becomes::Stays, |id| {
            Becomes::Text(tags::elsewhere(&format!("https://www.youtube.com/watch?v={id}")))
        }),
        "vimeo" => get("id")
            .map_or(Becomes::Stays, |id| Becomes::Text(tags::elsewhere(&format!("https://vimeo.com/{id}")))),
        _ => picture(name, &all),
    }
}

/// A shortcode for a picture: by its name, and by having one.
pub(super) fn picture(name: &str, all: &[attributes::Attribute]) -> Becomes {
    let get = |name: &str| attributes::get(all, name);
    let is_picture = ["fig", "image", "img", "picture", "photo"].iter().any(|part| name.contains(part));
    let source = ["src", "path", "url", "link"].iter().find_map(|name| get(name));
    match source.filter(|_| is_picture) {
        Some(source) => {
            let caption = get("caption").or(get("title")).unwrap_or_default();
            Becomes::Text(tags::picture(source, get("alt").unwrap_or(caption), caption))
        }
        None => Becomes::Stays,
    }
}

/// `{% quote(author="x") %}…{% end %}`.
fn block(text: &str, tag: Tag<'_>) -> Becomes {
    let Some((name, _)) = parts(tag.inner) else { return Becomes::Stays };
    let Some((start, end)) = tags::next(text, tag.end, &FENCES[1..]).filter(|(_, end)| end.inner == "end")
    else {
        return Becomes::Stays;
    };
    let inner = &text[tag.end..start];
    match name {
        "quote" | "blockquote" => {
            let lines: Vec<String> = inner.trim().lines().map(|line| format!("> {line}")).collect();
            Becomes::UpTo(end.end, lines.join("\n"))
        }
        _ => Becomes::Stays,
    }
}

/// The name of a call, and what stands between its parentheses.
fn parts(inner: &str) -> Option<(&str, &str)> {
    let (name, rest) = tags::head(inner);
    let arguments = rest.trim().strip_prefix('(')?.strip_suffix(')')?;
    Some((name, arguments))
}

#[cfg(test)]
mod tests {
    use super::{day_in_name, shortcodes};
    use crate::exchange::Harvest;
    use crate::exchange::tags::Body;
    use std::path::Path;

    #[test]
    fn a_day_before_a_name_is_a_date_and_no_part_of_the_address() {
        let read = |path: &str| day_in_name(Path::new(path));
        assert_eq!(read("a/2020-01-07-x.md"), (Some("2020-01-07".to_string()), "x".to_string()));
        assert_eq!(read("a/2020-01-07_x/index.md"), (Some("2020-01-07".to_string()), "x".to_string()));
        assert_eq!(read("a/x.md"), (None, "x".to_string()));
        assert_eq!(read("a/2020-99-99-x.md").0, None);
    }

    #[test]
    fn shortcodes_become_markdown_or_stay_and_are_named() {
        let whole = "{{ youtube(id=\"a1\") }}\n{{ figure(src=\"x.jpg\", caption=\"A \\\"b\") }}\n{{/* x() */}}\n{% quote() %}\na\nb\n{% end %}\n{{ chart(n=1) }} `{{closure}}`\n";
        let mut harvest = Harvest::default();
        let text = shortcodes(Body { path: Path::new("a.md"), whole, start: 0 }, &mut harvest);
        assert!(
            text.starts_with("<https://www.youtube.com/watch?v=a1>\n![A \\](<x.jpg> \"A \\\")\n"),
            "{text}"
        );
        assert!(text.contains("{{ x() }}\n> a\n> b\n{{ chart(n=1) }}"), "{text}");
        assert_eq!(harvest.notes.len(), 1);
    }
}
