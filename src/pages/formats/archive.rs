//! A timeline in one HTML file: the page, and where in it the bytes of which picture are to stand.

use std::ops::Range;
use std::path::Path;

use percent_encoding::percent_decode_str;

use crate::address::Address;
use crate::input::settings::BaseUrl;
use crate::input::theme::StaticFile;
use crate::pages::{Failure, Renderer, Scene, timeline};
use crate::picture::Version;
use crate::site::{Page, Picture, Site, TimelineIndex};

/// A picture that is to stand inside of a page.
#[derive(Debug, Clone, Copy)]
pub enum Enclosed<'a> {
    /// A version of a picture of `content/`.
    Picture(&'a Picture, Version),
    /// A picture of the site's own `static/`, as it is.
    File(&'a Path),
}

/// Where in a page a picture takes the place of its address.
pub type Place<'a> = (Range<usize>, Enclosed<'a>);

/// The page with the places of its pictures, in their order.
pub(super) fn page<'a>(
    renderer: &'a Renderer,
    scene: &Scene<'_>,
    index: TimelineIndex,
) -> Result<(Vec<u8>, Vec<Place<'a>>), Failure> {
    let html = renderer.fill("archive.html", scene, timeline::archive(scene, index)?)?;
    let site = &*renderer.site;
    let sources = sources(&html);
    let places = sources.into_iter().filter_map(|range| {
        let enclosed = enclosed(site, site.base_url()?, std::str::from_utf8(&html[range.clone()]).ok()?)?;
        Some((range, enclosed))
    });
    let places = places.collect();
    Ok((html, places))
}

/// The picture at an absolute address as it stands in an attribute.
fn enclosed<'a>(site: &'a Site, base: &BaseUrl, written: &str) -> Option<Enclosed<'a>> {
    let root = base.absolute(&Address::root());
    let address = written.replace("&amp;", "&");
    let path = percent_decode_str(address.strip_prefix(&root)?).decode_utf8().ok()?;
    match site.route(&Address::of_file(&path))?.page {
        Page::File(at) => Some(Enclosed::Picture(site.picture(at)?, Version::Whole)),
        Page::Version(at, version) => {
            let picture = &site.pictures[at];
            Some(Enclosed::Picture(picture, picture.versions[version].0))
        }
        Page::Static(at) => match site.input.theme.files.values().nth(at)? {
            StaticFile::Own(path, _) if site.input.pictures.contains_key(path) => Some(Enclosed::File(path)),
            _ => None,
        },
        _ => None,
    }
}

/// The values of `src` of all `img` of a page. Templates and texts put every value between double quotation marks, in which there
/// is no other one; in their text `<` is never bare.
fn sources(html: &[u8]) -> Vec<Range<usize>> {
    let mut sources = Vec::new();
    let mut at = 0;
    while let Some(found) = find(html, b"<img", at) {
        at = found + b"<img".len();
        while let Some((name, value)) = attribute(html, at) {
            if &html[name] == b"src" {
                sources.push(value.clone());
            }
            at = value.end + 1;
        }
    }
    sources
}

/// The name and the value of the attribute that begins at a place, behind spaces; attributes without a value are passed over.
fn attribute(html: &[u8], mut at: usize) -> Option<(Range<usize>, Range<usize>)> {
    loop {
        while html.get(at)?.is_ascii_whitespace() {
            at += 1;
        }
        let length = html[at..].iter().position(|byte| b"= >\n\t/".contains(byte))?;
        let name = at..at + length;
        match html.get(name.end)? {
            b'=' => {
                let start = name.end + b"=\"".len();
                let end = find(html, b"\"", start)?;
                return Some((name, start..end));
            }
            byte if byte.is_ascii_whitespace() => at = name.end,
            _ => return None,
        }
    }
}

fn find(html: &[u8], piece: &[u8], from: usize) -> Option<usize> {
    let rest = html.get(from..)?;
    let first = piece[0];
    let mut at = 0;
    while let Some(next) = rest[at..].iter().position(|byte| *byte == first) {
        at += next;
        if rest[at..].starts_with(piece) {
            return Some(from + at);
        }
        at += 1;
    }
    None
}

#[cfg(test)]
mod tests {
    use super::sources;

    #[test]
    fn only_the_sources_of_pictures_are_found() {
        let html = br#"<p>src="no" &lt;img src="no"</p><img alt="a > b, src=" src="one"><img
 hidden src="two" alt=""/><img alt="none"><a href="no">x</a><img src="three">"#;
        let found = sources(html);
        let found: Vec<&str> =
            found.into_iter().map(|range| std::str::from_utf8(&html[range]).unwrap()).collect();
        assert_eq!(found, ["one", "two", "three"]);
    }
}
