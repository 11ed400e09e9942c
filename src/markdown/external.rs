//! The links and pictures of a text that lead out of the site, with the bytes that name them; those of raw HTML as well.

use std::ops::Range;

use pulldown_cmark::{Event, Parser, Tag, TagEnd};

use super::raw::RawBlock;
use super::renderer::flags;

/// The web addresses that a text links to or shows something of, in its order.
#[must_use]
pub fn external_links(text: &str) -> Vec<(Range<usize>, String)> {
    let mut found = Vec::new();
    let mut block = RawBlock::default();
    for (event, range) in Parser::new_ext(text, flags()).into_offset_iter() {
        match event {
            Event::Start(Tag::Link { dest_url, .. } | Tag::Image { dest_url, .. }) => {
                let within = text[range.clone()].rfind(&*dest_url);
                let exact = within.map(|at| range.start + at..range.start + at + dest_url.len());
                found.push((exact.unwrap_or(range), dest_url.to_string()));
            }
            Event::Html(html) => block.take(&html, range.start),
            Event::End(TagEnd::HtmlBlock) => found.extend(std::mem::take(&mut block).addresses()),
            Event::InlineHtml(html) => found.extend(RawBlock::of_tag(&html, text, &range).addresses()),
            _ => {}
        }
    }
    found.retain(|(_, url)| url.starts_with("https://") || url.starts_with("http://"));
    found
}

#[cfg(test)]
mod tests {
    use super::external_links;

    fn found(text: &str) -> Vec<(&str, String)> {
        external_links(text).into_iter().map(|(at, url)| (&text[at], url)).collect()
    }

    #[test]
    fn links_out_of_the_site_are_found_where_they_stand() {
        let text = "[a](https://a.example/) [b](b.md) <http://c.example/> `https://d.example/` [e] ![f](https://f.example/f.png)\n\n[e]: https://e.example/";
        let expected = [
            ("https://a.example/", "https://a.example/"),
            ("http://c.example/", "http://c.example/"),
            ("[e]", "https://e.example/"),
            ("https://f.example/f.png", "https://f.example/f.png"),
        ];
        assert_eq!(found(text), expected.map(|(at, url)| (at, url.to_string())));
    }

    #[test]
    fn raw_html_is_looked_into() {
        let text = "A <a title='b' href=\"https://a.example/?b&amp;c\">b</a> <b id=\"https://no.example/\">c</b>\n\n> <p>\n> <img alt=\"\"\n> src=https://i.example/> <a href=\"d/\">d</a>\n\n<!-- <a href=\"https://no.example/\"> -->\n\n    <a href=\"https://no.example/\">";
        let expected = [
            ("https://a.example/?b&amp;c", "https://a.example/?b&c"),
            ("https://i.example/", "https://i.example/"),
        ];
        assert_eq!(found(text), expected.map(|(at, url)| (at, url.to_string())));
    }
}
