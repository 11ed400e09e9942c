//! The links of a text that lead out of the site, with the bytes that name them. Raw HTML is not looked into.

use std::ops::Range;

use pulldown_cmark::{Event, Parser, Tag};

use super::renderer::flags;

/// The web addresses that a text links to, in its order.
#[must_use]
pub fn external_links(text: &str) -> Vec<(Range<usize>, String)> {
    let mut found = Vec::new();
    for (event, range) in Parser::new_ext(text, flags()).into_offset_iter() {
        let Event::Start(Tag::Link { dest_url, .. }) = event else { continue };
        if dest_url.starts_with("https://") || dest_url.starts_with("http://") {
            let within = text[range.clone()].rfind(&*dest_url);
            let exact = within.map(|at| range.start + at..range.start + at + dest_url.len());
            found.push((exact.unwrap_or(range), dest_url.to_string()));
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::external_links;

    #[test]
    fn links_out_of_the_site_are_found_where_they_stand() {
        let text = "[a](https://a.example/) [b](b.md) <http://c.example/> `https://d.example/` [e]\n\n[e]: https://e.example/";
        let found: Vec<(&str, String)> =
            external_links(text).into_iter().map(|(at, url)| (&text[at], url)).collect();
        let expected = [
            ("https://a.example/", "https://a.example/"),
            ("http://c.example/", "http://c.example/"),
            ("[e]", "https://e.example/"),
        ];
        assert_eq!(found, expected.map(|(at, url)| (at, url.to_string())));
    }
}
