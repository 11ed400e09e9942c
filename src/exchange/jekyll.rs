//! A site of Jekyll: its folder comes in, events and pages go out.

use std::path::{Path, PathBuf};

use super::dates::Published;
use super::generated::{self, OldSite, Source, base, key, settings, text_of, texts};
use super::tags::{self, Becomes, Body, Fence, Tag};
use super::{Harvest, Wishes};
use crate::Error;
use crate::address::segment;
use crate::input::Foreign;
use crate::input::node::{Node, Value};

const FENCES: [Fence; 2] = [("{%", "%}"), ("{{", "}}")];

/// Takes a site.
pub(super) fn import(foreign: &Foreign, wishes: &Wishes) -> Result<Harvest, Error> {
    let settings = settings(foreign, &["_config.yml", "_config.yaml", "_config.toml"])?;
    let content = wishes.content.clone().unwrap_or_default();
    let collections = collections(&settings);
    let mut harvest = Harvest::default();
    let mut sources = Vec::new();
    for path in foreign.files(&content)? {
        let Some(place) = Place::of(path.strip_prefix(&content).unwrap_or(&path), &collections) else {
            continue;
        };
        let begins =
            foreign.text(&path)?.is_none_or(|text| text.trim_start_matches('\u{feff}').starts_with("---"));
        if !begins {
            continue;
        }
        let Some((text, front)) = generated::read(foreign, &path, &mut harvest.notes)? else { continue };
        let old = place.addresses(&settings, &front.node);
        sources.push(Source {
            path,
            inner: place.inner,
            language: None,
            text,
            front,
            day_in_name: place.day,
            is_draft: place.is_draft,
            old,
        });
    }
    let site = OldSite {
        sources,
        base: base(&settings, "url").map(|url| {
            format!("{url}{}", text_of(&settings, "baseurl").unwrap_or_default().trim_end_matches('/'))
        }),
        title: text_of(&settings, "title").or_else(|| text_of(&settings, "name")),
        statics: vec![content.clone()],
        content,
        shortcodes,
    };
    let mut harvest = generated::carry(foreign, wishes, site, harvest)?;
    generated::tell_undated(&mut harvest);
    Ok(harvest)
}

/// The names of collections beside posts, with the pattern of their addresses.
fn collections(settings: &Node) -> Vec<(String, Option<String>)> {
    let table = key(settings, "collections");
    let table = table.into_iter().flat_map(Node::items).collect::<Vec<_>>();
    let names = table.iter().flat_map(|node| match &node.value {
        Value::Text(name) => vec![(name.clone(), None)],
        _ => node
            .entries()
            .iter()
            .map(|entry| (entry.key.clone(), text_of(&entry.value, "permalink")))
            .collect(),
    });
    names.collect()
}

/// What a file is by its path.
struct Place {
    inner: PathBuf,
    day: Option<String>,
    is_draft: bool,
    /// Whether it is a post, whose address has its date.
    is_post: bool,
    /// The collection, and the pattern of its addresses.
    collection: Option<(String, Option<String>)>,
    /// The folders above `_posts`, which are categories.
    categories: Vec<String>,
}

impl Place {
    /// `None` for files that are no articles: layouts, pictures, pages of mere HTML.
    fn of(path: &Path, collections: &[(String, Option<String>)]) -> Option<Self> {
        let ending = path.extension()?.to_str()?.to_ascii_lowercase();
        let names: Vec<&str> = path.iter().map(|name| name.to_str()).collect::<Option<_>>()?;
        let (file, folders) = names.split_last()?;
        let special = folders.iter().position(|name| name.starts_with('_'));
        let is_markdown = matches!(ending.as_str(), "md" | "markdown" | "mkd" | "mkdown");
        let stem = Path::new(file).file_stem()?.to_str()?;
        let Some(special) = special else {
            return is_markdown.then(|| Self {
                inner: path.with_extension("md"),
                day: None,
                is_draft: false,
                is_post: false,
                collection: None,
                categories: Vec::new(),
            });
        };
        let kept = folders.iter().enumerate().filter(|(at, _)| *at != special).map(|(_, name)| *name);
        let name = &folders[special][1..];
        let day = stem.get(..10).filter(|day| Published::parse(day).is_some()).map(str::to_string);
        let inner = |below: &str| -> PathBuf {
            let start = if below.is_empty() { PathBuf::new() } else { PathBuf::from(below) };
            kept.clone().fold(start, |path, name| path.join(name)).join(format!("{stem}.md"))
        };
        let categories = folders[..special].iter().map(ToString::to_string).collect();
        match name {
            "posts" if day.is_some() && (is_markdown || ending == "html") => Some(Self {
                inner: inner(""),
                day,
                is_draft: false,
                is_post: true,
                collection: collections.iter().find(|(known, _)| known == "posts").cloned(),
                categories,
            }),
            "drafts" if is_markdown => Some(Self {
                inner: inner(""),
                day,
                is_draft: true,
                is_post: true,
                collection: None,
                categories,
            }),
            name if is_markdown => {
                let collection = collections.iter().find(|(known, _)| known == name)?.clone();
                let inner = inner(name);
                Some(Self {
                    inner,
                    day,
                    is_draft: false,
                    is_post: false,
                    collection: Some(collection),
                    categories,
                })
            }
            _ => None,
        }
    }

    /// Where the page stood, and where it was said to be redirected from.
    fn addresses(&self, settings: &Node, node: &Node) -> Vec<String> {
        let pattern = match text_of(node, "permalink") {
            Some(own) => own,
            None => self.pattern(settings),
        };
        let own = self.filled(&pattern, node);
        let from = key(node, "redirect_from").map(texts).unwrap_or_default();
        let from = from.iter().map(|from| format!("/{}", from.trim_start_matches('/')));
        std::iter::once(own).chain(from).collect()
    }

    fn pattern(&self, settings: &Node) -> String {
        if let Some((name, pattern)) = &self.collection {
            let usual = if name == "posts" { None } else { Some("/:collection/:path:output_ext") };
            if let Some(pattern) = pattern.as_deref().or(usual) {
                return pattern.to_string();
            }
        }
        let style = text_of(settings, "permalink").unwrap_or_else(|| "date".to_string());
        let pattern = match (style.as_str(), self.is_post) {
            ("date", true) => "/:categories/:year/:month/:day/:title.html",
            ("pretty", true) => "/:categories/:year/:month/:day/:title/",
            ("none", true) => "/:categories/:title.html",
            ("ordinal", true) => "/:categories/:year/:y_day/:title.html",
            ("pretty", false) => "/:path/",
            (own, true) => own,
            (own, false) if own.ends_with('/') => "/:path/",
            (_, false) => "/:path:output_ext",
        };
        pattern.to_string()
    }

    fn filled(&self, pattern: &str, node: &Node) -> String {
        let date = key(node, "date").and_then(Published::read).map(|date| date.day.as_written().to_string());
        let date = date.or_else(|| self.day.clone()).unwrap_or_default();
        let part = |at: usize| date.split('-').nth(at).unwrap_or_default().to_string();
        let stem = generated::own_name(&self.inner);
        let slug = stem
            .get(10..)
            .filter(|_| self.day.is_some())
            .map_or(stem.as_str(), |rest| rest.trim_start_matches('-'));
        let mut categories = self.categories.clone();
        for name in ["category", "categories"] {
            let listed = key(node, name).map(texts).unwrap_or_default();
            let listed = match key(node, name).map(|node| &node.value) {
                Some(Value::Text(text)) => text.split_whitespace().map(str::to_string).collect(),
                _ => listed,
            };
            categories.extend(listed.iter().map(|name| segment(name)).filter(|name| !name.is_empty()));
        }
        let mut path = self.inner.with_extension("").to_string_lossy().into_owned();
        if let Some((name, _)) = &self.collection {
            path = path.strip_prefix(&format!("{name}/")).map_or(path.clone(), str::to_string);
        }
        let path = path.strip_suffix("index").unwrap_or(&path).trim_end_matches('/').to_string();
        let is_index = stem == "index" || path.is_empty();
        let pairs = [
            (":categories", categories.join("/")),
            (":collection", self.collection.as_ref().map(|(name, _)| name.clone()).unwrap_or_default()),
            (":short_year", part(0).get(2..).unwrap_or_default().to_string()),
            (":year", part(0)),
            (":i_month", part(1).trim_start_matches('0').to_string()),
            (":month", part(1)),
            (":i_day", part(2).trim_start_matches('0').to_string()),
            (":day", part(2)),
            (":title", text_of(node, "slug").unwrap_or_else(|| slug.to_string())),
            (":slug", text_of(node, "slug").unwrap_or_else(|| slug.to_string())),
            (":name", stem.clone()),
            (":path", path),
            (":output_ext", if is_index { "/".to_string() } else { ".html".to_string() }),
        ];
        let filled = pairs.iter().fold(pattern.to_string(), |text, (name, value)| text.replace(name, value));
        let parts: Vec<&str> = filled.split('/').filter(|part| !part.is_empty()).collect();
        let end = if filled.ends_with('/') && !parts.is_empty() { "/" } else { "" };
        format!("/{}{end}", parts.join("/"))
    }
}

fn shortcodes(body: Body<'_>, harvest: &mut Harvest) -> String {
    let text = body.text();
    let replaced = tags::replace(body, &FENCES, harvest, |tag| {
        let inner = tag.inner.trim_matches('-').trim();
        match tag.fence {
            0 => statement(text, tag, inner),
            _ => value(inner),
        }
    });
    without_marks(&replaced)
}

/// `{% highlight ruby %}`, `{% post_url 2019-01-01-x %}`.
fn statement(text: &str, tag: Tag<'_>, inner: &str) -> Becomes {
    let (name, rest) = tags::head(inner);
    let rest = rest.trim();
    let until = |end: &str| {
        let mut at = tag.end;
        while let Some((start, next)) = tags::next(text, at, &FENCES[..1]) {
            if next.inner.trim_matches('-').trim() == end {
                return Some((&text[tag.end..start], next.end));
            }
            at = next.end;
        }
        None
    };
    let replaced = match name {
        "raw" => until("endraw").map(|(inner, end)| Becomes::UpTo(end, inner.to_string())),
        "comment" => until("endcomment").map(|(_, end)| Becomes::UpTo(end, String::new())),
        "highlight" => until("endhighlight").map(|(inner, end)| {
            let language = rest.split_whitespace().next().unwrap_or_default();
            Becomes::UpTo(end, tags::code(language, inner))
        }),
        "post_url" => Some(Becomes::Text(format!("@name/{rest}"))),
        "link" => Some(Becomes::Text(format!("@/{}", rest.trim_start_matches('/')))),
        _ => None,
    };
    replaced.unwrap_or(Becomes::Stays)
}

/// `{{ site.baseurl }}`, `{{ "/x" | relative_url }}`.
fn value(inner: &str) -> Becomes {
    let (value, filters) =
        inner.split_once('|').map_or((inner, ""), |(value, filters)| (value.trim(), filters.trim()));
    let is_link = filters.split('|').all(|filter| {
        let filter = filter.trim();
        ["relative_url", "absolute_url", "prepend: site.baseurl", "prepend: site.url", "prepend:site.baseurl"]
            .contains(&filter)
    });
    match value {
        "site.baseurl" | "site.url" | "site.github.url" if filters.is_empty() => Becomes::Text(String::new()),
        quoted if is_link && quoted.len() > 1 && quoted.starts_with(['"', '\'']) => {
            let path = quoted.trim_matches(['"', '\'']);
            Becomes::Text(if path.starts_with('/') { path.to_string() } else { format!("/{path}") })
        }
        _ => Becomes::Stays,
    }
}

/// A text without kramdown's marks for classes and contents: `{: .note}`, `{:toc}`. An anchor of a heading stays.
fn without_marks(text: &str) -> String {
    let mut without = String::with_capacity(text.len());
    let mut at = 0;
    while let Some(start) = text[at..].find("{:").map(|found| at + found) {
        let line_end = text[start..].find('\n').map_or(text.len(), |end| start + end);
        let Some(end) = text[start..line_end].find('}').map(|end| start + end + 1) else {
            without.push_str(&text[at..line_end]);
            at = line_end;
            continue;
        };
        without.push_str(&text[at..start]);
        at = end;
    }
    without + &text[at..]
}

#[cfg(test)]
mod tests {
    use super::{Place, shortcodes};
    use crate::exchange::Harvest;
    use crate::exchange::tags::Body;
    use crate::input::node::Node;
    use std::path::Path;

    #[test]
    fn posts_stood_where_the_pattern_says() {
        let address = |path: &str, settings: &str, front: &str| {
            let place = Place::of(Path::new(path), &[]).unwrap();
            let read = |yaml: &str| crate::input::yaml::read(yaml, 0).unwrap();
            place.addresses(&read(settings), &read(front)).join(" ")
        };
        let post = "en/news/_posts/2026-07-16-ruby.md";
        assert_eq!(address(post, "permalink: pretty", ""), "/en/news/2026/07/16/ruby/");
        assert_eq!(address(post, "", ""), "/en/news/2026/07/16/ruby.html");
        assert_eq!(address(post, "", "categories: [A b, c]"), "/en/news/a-b/c/2026/07/16/ruby.html");
        assert_eq!(address(post, "", "permalink: /x/:title/\nredirect_from: /old"), "/x/ruby/ /old");
        assert_eq!(address("about.md", "", ""), "/about.html");
        assert_eq!(address("about/index.md", "permalink: pretty", ""), "/about/");
        assert!(Place::of(Path::new("_layouts/x.md"), &[]).is_none());
        let _ = Node::empty();
    }

    #[test]
    fn liquid_becomes_markdown_or_stays_and_is_named() {
        let cases = [
            ("[a]({{ site.baseurl }}/x/)", "[a](/x/)"),
            ("[a]({{ \"/x/\" | relative_url }})", "[a](/x/)"),
            ("[a]({% post_url 2019-01-01-x %})", "[a](@name/2019-01-01-x)"),
            ("[a]({% link en/_posts/x.md %})", "[a](@/en/_posts/x.md)"),
            ("{% highlight ruby linenos %}\nx\n{% endhighlight %}", "```ruby\nx\n```"),
            ("{% raw %}{{ x }}{% endraw %}", "{{ x }}"),
            ("a{% comment %}b{% endcomment %}c", "ac"),
            ("![x](y.png){: .right}\n{:toc}\n", "![x](y.png)\n\n"),
        ];
        for (whole, expected) in cases {
            let mut harvest = Harvest::default();
            let text = shortcodes(Body { path: Path::new("a.md"), whole, start: 0 }, &mut harvest);
            assert_eq!((text.as_str(), harvest.notes.len()), (expected, 0), "{whole}");
        }
        let mut harvest = Harvest::default();
        shortcodes(
            Body { path: Path::new("a.md"), whole: "{% include x.html %} {{ page.title }}", start: 0 },
            &mut harvest,
        );
        assert_eq!(harvest.notes.len(), 2);
    }
}
