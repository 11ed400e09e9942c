//! The links of a text from another site: its Markdown comes in, the same text with links that lead to what came in goes
//! out, with a note for each that can't. Shortcodes are gone by then.

use std::ops::Range;
use std::path::{Path, PathBuf};

use percent_encoding::percent_decode_str;
use pulldown_cmark::{Event, LinkType, Parser, Tag};

use super::addresses::{Addresses, joined, link_between};
use super::attributes;
use super::generated::{OldSite, Source};
use super::notes::{Note, Reason};
use crate::input::Foreign;
use crate::{Place, markdown};

/// Elements that are taken out when pages are made, and that readers would miss.
const TAKEN_OUT: [&str; 12] = [
    "script", "iframe", "style", "form", "object", "embed", "video", "audio", "button", "select", "textarea",
    "svg",
];

/// What is known while the links of one article are settled.
pub(super) struct Settling<'a> {
    pub foreign: &'a Foreign,
    pub site: &'a OldSite,
    pub addresses: &'a Addresses,
    /// The new file of each article.
    pub targets: &'a [PathBuf],
    /// The anchors of each article.
    pub anchors: &'a [Vec<String>],
    pub source: &'a Source,
    pub target: &'a Path,
}

/// What came of a text.
#[derive(Default)]
pub(super) struct Settled {
    pub copies: Vec<(PathBuf, PathBuf)>,
    pub notes: Vec<Note>,
}

/// What a link becomes.
enum Becomes {
    /// It stays as it is.
    Same,
    /// Another address.
    Link(String),
    /// It leads to nothing that came in.
    Dead,
}

impl Settling<'_> {
    /// The text with its links settled.
    pub(super) fn text(&self, text: &str, settled: &mut Settled) -> String {
        let mut changes: Vec<(Range<usize>, String)> = Vec::new();
        let parser = Parser::new_ext(text, markdown::flags());
        let definitions: Vec<(Range<usize>, String)> = parser
            .reference_definitions()
            .iter()
            .map(|(_, definition)| (definition.span.clone(), definition.dest.to_string()))
            .collect();
        for (event, range) in parser.into_offset_iter() {
            match event {
                Event::Start(Tag::Link { link_type: LinkType::WikiLink { .. }, .. }) => {
                    changes.push((range.start..range.start, "\\".to_string()));
                }
                Event::Start(Tag::Link { link_type: LinkType::Inline, dest_url, .. }) => {
                    self.link(text, range, &dest_url, &mut changes, settled);
                }
                Event::Start(Tag::Image { link_type, dest_url, .. }) => {
                    let is_inline = link_type == LinkType::Inline;
                    self.picture(text, range, (&dest_url, is_inline), &mut changes, settled);
                }
                // A tag may go over several lines, which the parser gives one by one.
                Event::Start(Tag::HtmlBlock) => {
                    self.html(&text[range.clone()], range.start, &mut changes, settled);
                }
                Event::InlineHtml(html) => self.html(&html, range.start, &mut changes, settled),
                _ => {}
            }
        }
        for (span, address) in definitions {
            self.link(text, span, &address, &mut changes, settled);
        }
        applied(text, changes)
    }

    fn link(
        &self,
        text: &str,
        range: Range<usize>,
        address: &str,
        changes: &mut Vec<(Range<usize>, String)>,
        settled: &mut Settled,
    ) {
        let instead = match self.becomes(address, settled) {
            Becomes::Same => return,
            Becomes::Link(link) => link,
            Becomes::Dead => self.dead(address, settled),
        };
        let Some(at) = text[range.clone()].rfind(address) else {
            let sentence = format!("the link to `{address}` was left as it is");
            return settled.notes.push(self.note(address, Reason::Link, sentence));
        };
        let within = range.start + at..range.start + at + address.len();
        changes.push((within, spelt(&instead, text[..range.start + at].ends_with('<'))));
    }

    /// A picture on the web becomes a link to it, since pages show none from elsewhere.
    fn picture(
        &self,
        text: &str,
        range: Range<usize>,
        (address, is_inline): (&str, bool),
        changes: &mut Vec<(Range<usize>, String)>,
        settled: &mut Settled,
    ) {
        let mut untold = Settled::default();
        let is_gone = match self.becomes(address, &mut untold) {
            Becomes::Same => is_elsewhere(address),
            Becomes::Dead => self.site.base.is_some(),
            Becomes::Link(_) => false,
        };
        if !is_gone {
            // What a label stands for is settled where the label is defined.
            if is_inline {
                self.link(text, range, address, changes, settled);
            }
            return;
        }
        let sentence =
            format!("the picture `{address}` is not on the disk: a link to it stands in its place");
        settled.notes.push(self.note(address, Reason::Media, sentence));
        if is_inline
            && !is_elsewhere(address)
            && let Some(at) = text[range.clone()].rfind(address)
        {
            let absolute = self.dead(address, &mut untold);
            let within = range.start + at..range.start + at + address.len();
            changes.push((within, spelt(&absolute, text[..range.start + at].ends_with('<'))));
        }
        let alt = text[range.start + 2..].starts_with(']');
        let name = address.rsplit('/').next().unwrap_or(address);
        if alt {
            changes.push((range.start..range.start + 2, format!("[{name}")));
        } else {
            changes.push((range.start..range.start + 1, String::new()));
        }
    }

    fn html(
        &self,
        html: &str,
        start: usize,
        changes: &mut Vec<(Range<usize>, String)>,
        settled: &mut Settled,
    ) {
        for (at, _) in html.match_indices('<') {
            let inner = &html[at + 1..];
            let Some(end) = inner.find('>') else { continue };
            let name_end = inner.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(inner.len()).min(end);
            let name = inner[..name_end].to_ascii_lowercase();
            let whole = start + at..start + at + end + 2;
            if TAKEN_OUT.contains(&name.as_str()) {
                let sentence = format!("`<{name}>` is taken out when pages are made");
                settled.notes.push(self.note(&html[at..at + end + 2], Reason::Html, sentence));
            }
            let tag = &inner[name_end..end];
            for attribute in attributes::read(tag.trim_end_matches('/')) {
                if !matches!(attribute.name.to_ascii_lowercase().as_str(), "src" | "href") {
                    continue;
                }
                let range = attribute.range.start + start + at + 1 + name_end
                    ..attribute.range.end + start + at + 1 + name_end;
                if name == "img" && is_elsewhere(&attribute.value) && self.path_of(&attribute.value).is_none()
                {
                    let sentence = format!(
                        "the picture `{}` is not on the disk: a link to it stands in its place",
                        attribute.value
                    );
                    settled.notes.push(self.note(&attribute.value, Reason::Media, sentence));
                    let shown = attribute.value.rsplit('/').next().unwrap_or_default();
                    changes.push((whole.clone(), format!("<a href=\"{}\">{shown}</a>", attribute.value)));
                    break;
                }
                match self.becomes(&attribute.value, settled) {
                    Becomes::Same => {}
                    Becomes::Link(link) => changes.push((range, link)),
                    Becomes::Dead => {
                        let instead = self.dead(&attribute.value, settled);
                        changes.push((range, instead));
                    }
                }
            }
        }
    }

    /// A link that leads to nothing that came in, to the old site where its address is known.
    fn dead(&self, address: &str, settled: &mut Settled) -> String {
        let absolute = match (&self.site.base, self.source.old.first()) {
            _ if address.starts_with('@') => None,
            (Some(base), _) if address.starts_with('/') => Some(format!("{base}{address}")),
            (Some(base), Some(old)) => joined(old, address).map(|path| format!("{base}{path}")),
            _ => None,
        };
        let sentence = match &absolute {
            Some(absolute) => {
                format!("`{address}` leads to nothing that came in: the link goes to {absolute} now")
            }
            None => format!("`{address}` leads to nothing that came in: mend the link or take it away"),
        };
        settled.notes.push(self.note(address, Reason::Link, sentence));
        absolute.unwrap_or_else(|| address.to_string())
    }

    /// The path of an address of the old site, from its root; `None` for one elsewhere.
    fn path_of(&self, address: &str) -> Option<String> {
        if let Some(rest) = self.site.base.as_ref().and_then(|base| address.strip_prefix(base.as_str())) {
            return (rest.is_empty() || rest.starts_with(['/', '#', '?']))
                .then(|| format!("/{}", rest.trim_start_matches('/')));
        }
        (address.starts_with('/') && !address.starts_with("//")).then(|| address.to_string())
    }

    fn becomes(&self, address: &str, settled: &mut Settled) -> Becomes {
        if address.is_empty() {
            return Becomes::Same;
        }
        let (path, anchor) = match address.split_once('#') {
            Some((path, anchor)) => (path, Some(anchor)),
            None => (address, None),
        };
        if path == "/" {
            return Becomes::Same;
        }
        if path.is_empty() {
            return self.own_anchor(anchor.unwrap_or_default(), address, settled);
        }
        let from_root = self.path_of(path);
        if from_root.is_none() && (is_elsewhere(path) || has_scheme(path)) {
            return Becomes::Same;
        }
        let path = path.split('?').next().unwrap_or(path);
        if let Some(found) = self.article(path, from_root.as_deref()) {
            let link = link_between(self.target, &self.targets[found]);
            return Becomes::Link(self.with_anchor(link, found, anchor, address, settled));
        }
        match self.file(path, from_root.as_deref(), settled) {
            Some(link) => Becomes::Link(link),
            None => Becomes::Dead,
        }
    }

    /// The article that a link leads to.
    fn article(&self, path: &str, from_root: Option<&str>) -> Option<usize> {
        if let Some(inner) = path.strip_prefix("@/") {
            return self
                .addresses
                .at_path(&self.site.content.join(inner))
                .or_else(|| self.addresses.at_path(Path::new(inner)));
        }
        if let Some(name) = path.strip_prefix("@name/") {
            return self.addresses.at_stem(name.trim_end_matches(".md"));
        }
        if let Some(from_root) = from_root {
            return self.addresses.at_address(from_root.split('?').next().unwrap_or(from_root));
        }
        let decoded = percent_decode_str(path).decode_utf8_lossy().into_owned();
        let beside = self.source.path.parent().unwrap_or(Path::new("")).join(&decoded);
        let by_path = self.addresses.at_path(&beside);
        by_path.or_else(|| {
            let old = self.source.old.first()?;
            self.addresses.at_address(&joined(old, path)?)
        })
    }

    /// The file that a link leads to, which is copied: beside the article, or below `static/`.
    fn file(&self, path: &str, from_root: Option<&str>, settled: &mut Settled) -> Option<String> {
        let decoded = percent_decode_str(path).decode_utf8_lossy().into_owned();
        if from_root.is_none() {
            let folder = self.source.path.parent().unwrap_or(Path::new(""));
            let found = self.foreign.find(&folder.join(&decoded));
            if let Some(found) = found.filter(|found| found.starts_with(folder)) {
                let inner = found.strip_prefix(folder).ok()?;
                let to = self.target.parent()?.join(inner);
                settled.copies.push((to, self.foreign.real(&found)));
                return Some(inner.to_string_lossy().into_owned());
            }
        }
        let from_root = match from_root {
            Some(path) => Some(percent_decode_str(path).decode_utf8_lossy().into_owned()),
            None => self.source.old.first().and_then(|old| joined(old, &decoded)),
        }?;
        let from_root = from_root.split('?').next().unwrap_or_default().to_string();
        let (inner, real) = self.site.file(self.foreign, &from_root)?;
        settled.copies.push((Path::new("static").join(&inner), real));
        Some(format!("/{}", inner.to_string_lossy()))
    }

    fn with_anchor(
        &self,
        link: String,
        article: usize,
        anchor: Option<&str>,
        address: &str,
        settled: &mut Settled,
    ) -> String {
        let Some(anchor) = anchor.filter(|anchor| !anchor.is_empty()) else { return link };
        let known = percent_decode_str(anchor).decode_utf8_lossy();
        if self.anchors[article].iter().any(|one| *one == *known) {
            return format!("{link}#{anchor}");
        }
        let sentence = format!(
            "`{address}`: the text there has no anchor `#{anchor}`, so the link leads to its beginning"
        );
        settled.notes.push(self.note(address, Reason::Link, sentence));
        link
    }

    /// A link within the text; a heading's anchor may be made in another way here.
    fn own_anchor(&self, anchor: &str, address: &str, settled: &mut Settled) -> Becomes {
        let known = percent_decode_str(anchor).decode_utf8_lossy();
        let own = self.addresses.at_path(&self.source.path);
        let anchors = own.map(|at| self.anchors[at].as_slice()).unwrap_or_default();
        if anchor.is_empty() || anchors.iter().any(|one| *one == *known) {
            return Becomes::Same;
        }
        let plain =
            |text: &str| text.chars().filter(|c| c.is_alphanumeric()).collect::<String>().to_lowercase();
        if let Some(near) = anchors.iter().find(|one| plain(one) == plain(&known)) {
            return Becomes::Link(format!("#{near}"));
        }
        let sentence =
            format!("`{address}`: the text has no such anchor, so the link leads to the whole article");
        settled.notes.push(self.note(address, Reason::Link, sentence));
        let name = self.target.file_name().map(|name| name.to_string_lossy().into_owned());
        name.map_or(Becomes::Same, Becomes::Link)
    }

    /// A note where a piece of text stands in the file; the whole file where it is written in another way.
    fn note(&self, piece: &str, reason: Reason, sentence: String) -> Note {
        let text = &self.source.text;
        let at = text[self.source.front.body..].find(piece).map(|at| self.source.front.body + at);
        let place = match at {
            Some(at) => Place::in_text(&self.source.path, text, at..at + piece.len()),
            None => Place::file(&self.source.path),
        };
        Note { place, reason, sentence }
    }
}

/// The text with the changes made, the first of those that overlap.
fn applied(text: &str, mut changes: Vec<(Range<usize>, String)>) -> String {
    changes.sort_by_key(|(range, _)| (range.start, range.end));
    let mut changed = String::with_capacity(text.len());
    let mut at = 0;
    for (range, instead) in changes {
        if range.start < at {
            continue;
        }
        changed.push_str(&text[at..range.start]);
        changed.push_str(&instead);
        at = range.end;
    }
    changed + &text[at..]
}

/// An address as Markdown takes it, where it is not between angle brackets already.
fn spelt(address: &str, is_bracketed: bool) -> String {
    let needs = address.contains([' ', '(', ')', '\t']);
    if needs && !is_bracketed { format!("<{address}>") } else { address.to_string() }
}

fn is_elsewhere(address: &str) -> bool {
    address.starts_with("http://") || address.starts_with("https://") || address.starts_with("//")
}

fn has_scheme(address: &str) -> bool {
    let scheme = address.split(['/', '?', '#']).next().unwrap_or_default();
    scheme.split_once(':').is_some_and(|(scheme, _)| {
        scheme.starts_with(|c: char| c.is_ascii_alphabetic())
            && scheme.chars().all(|c| c.is_ascii_alphanumeric() || "+-.".contains(c))
    })
}
