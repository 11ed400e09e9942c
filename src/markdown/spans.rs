//! Links and images: the address is judged, resolved and written, or the text stays without it.
//!
//! What an address leads to is asked of [`Links`]; what it may be is `address`'s business.

use std::fmt::Write;
use std::ops::Range;

use pulldown_cmark::{Event, LinkType, RefDefs};

use super::address::{self, Address};
use super::output::Hole;
use super::renderer::{Extras, Renderer};
use super::{Kind, Mistake, Resolved, Target, escape};

/// A link to an anchor in the same text, to be checked at its end.
#[derive(Debug)]
pub(super) struct FragmentLink {
    pub(super) fragment: String,
    pub(super) place: Range<usize>,
}

/// An image whose alternative text is being read.
#[derive(Debug)]
pub(super) struct Picture {
    /// Where it leads to; `None` if nowhere.
    source: Option<Resolved>,
    title: String,
    alt: String,
    /// Whether what stands in its brackets is its address and no text.
    is_unnamed: bool,
    range: Range<usize>,
    depth: usize,
}

/// The last image that has a title: a figure, if its paragraph holds nothing else.
#[derive(Debug)]
pub(super) struct LoneImage {
    written: Range<usize>,
    title_at: usize,
    title: String,
}

impl Renderer<'_, '_> {
    /// The bytes of a link's address: in the link, or in the definition that it refers to.
    pub(super) fn place(
        &self,
        kind: LinkType,
        address: &str,
        range: Range<usize>,
        label: &str,
        definitions: &RefDefs<'_>,
    ) -> Range<usize> {
        if self.extras.is_none() {
            return range;
        }
        match definitions.get(label) {
            Some(definition) if is_reference(kind) => {
                address::locate(self.source, definition.span.clone(), kind, address)
            }
            _ => address::locate(self.source, range, kind, address),
        }
    }

    /// Begins a link, unless it leads nowhere or stands within another.
    pub(super) fn start_link(&mut self, kind: LinkType, address: &str, title: &str, place: Range<usize>) {
        if self.anchors.contains(&true) {
            self.anchors.push(false);
            return;
        }
        let written = match (kind, self.extras) {
            (LinkType::Email, _) => {
                self.write_link(&Resolved::href(format!("mailto:{address}")), title, false)
            }
            (_, None) => self.write_link(&Resolved::href(address), title, false),
            (LinkType::WikiLink { has_pothole }, Some(_)) => self.wiki_link(address, has_pothole, place),
            (_, Some(_)) => self.judged_link(address, title, place),
        };
        self.anchors.push(written);
    }

    /// Ends a link, and gives back the footnotes that were referred to within it.
    pub(super) fn end_link(&mut self) {
        self.titled = false;
        if self.anchors.pop() == Some(true) {
            self.output.push("</a>");
        }
        if !self.anchors.contains(&true) {
            for label in std::mem::take(&mut self.deferred) {
                self.hole(Hole::Reference(label));
            }
        }
    }

    /// Begins an image: its alternative text comes first.
    pub(super) fn start_image(
        &mut self,
        kind: LinkType,
        address: &str,
        title: &str,
        place: Range<usize>,
        range: Range<usize>,
    ) {
        let source = match self.extras {
            None => Some(Resolved::href(address)),
            Some(_) => self.lead(Kind::Image, address.trim(), place),
        };
        let is_unnamed = kind == LinkType::WikiLink { has_pothole: false };
        let (title, alt) = (title.to_string(), String::new());
        self.picture = Some(Picture { source, title, alt, is_unnamed, range, depth: 0 });
    }

    /// Takes an event within an image's brackets as part of its alternative text.
    pub(super) fn alt(&mut self, event: &Event<'_>, range: Range<usize>) {
        let mark = match (event, self.extras) {
            (Event::Text(text), Some(extras)) => self.quote(text, range, extras.options),
            _ => None,
        };
        let Some(picture) = &mut self.picture else { return };
        match event {
            Event::Start(_) => picture.depth += 1,
            Event::End(_) if picture.depth > 0 => picture.depth -= 1,
            Event::End(_) => self.end_image(),
            Event::Text(text) | Event::Code(text) => picture.alt.push_str(mark.unwrap_or(text)),
            Event::SoftBreak | Event::HardBreak => picture.alt.push(' '),
            _ => {}
        }
    }

    /// Ends a paragraph; one that holds an image with a title and nothing else is a figure.
    pub(super) fn end_paragraph(&mut self) {
        let start = self.paragraph_at;
        let html = &mut self.output.html;
        match (self.lone_image.take(), self.extras) {
            (Some(lone), Some(Extras { options, .. }))
                if lone.written == (start + "<p>".len()..html.len()) =>
            {
                html.truncate(lone.title_at);
                html.replace_range(start..start + "<p>".len(), "<figure>");
                html.push_str(">\n<figcaption>");
                escape::text(html, &options.quotes.typeset(&lone.title));
                html.push_str("</figcaption>\n</figure>\n");
            }
            _ => html.push_str("</p>\n"),
        }
    }

    /// Where an address leads to; `None`, with a mistake, if nowhere.
    pub(super) fn lead(&mut self, kind: Kind, address: &str, place: Range<usize>) -> Option<Resolved> {
        let Extras { links, .. } = self.extras?;
        let judged = if kind == Kind::Wiki { Address::Local } else { address::judge(address) };
        let outcome = match judged {
            Address::Forbidden(scheme) => Err(address::forbidden(&scheme)),
            // Whether a page may load a picture from elsewhere is for the site to say.
            Address::Web if kind == Kind::Image => links.resolve(Target { kind, address }),
            Address::Web | Address::Other => Ok(Resolved::href(address)),
            Address::Local | Address::Fragment(_) => links.resolve(Target { kind, address }),
        };
        let outcome = outcome.and_then(|resolved| match address::judge(&resolved.href) {
            Address::Forbidden(scheme) => Err(address::forbidden(&scheme)),
            _ => Ok(resolved),
        });
        outcome.map_err(|mistake| self.mistakes.push((place, mistake))).ok()
    }

    /// The hole for the address of a link to an anchor in the same text.
    pub(super) fn fragment(&mut self, fragment: &str, place: Range<usize>) -> Hole {
        self.fragments.push(FragmentLink { fragment: fragment.to_string(), place });
        Hole::Fragment(self.fragments.len() - 1)
    }

    fn judged_link(&mut self, address: &str, title: &str, place: Range<usize>) -> bool {
        if let Address::Fragment(fragment) = address::judge(address) {
            self.output.push("<a");
            let hole = self.fragment(fragment, place);
            self.hole(hole);
            self.end_opening(title, false);
            return true;
        }
        let is_web = address::judge(address) == Address::Web;
        match self.lead(Kind::Link, address, place) {
            Some(resolved) => self.write_link(&resolved, title, is_web),
            None => false,
        }
    }

    /// `[[id]]` is shown by its target's title, `[[id|text]]` by its own text. In a table, the bar is `\|`.
    fn wiki_link(&mut self, address: &str, has_text: bool, place: Range<usize>) -> bool {
        let address = address.trim_end_matches('\\').trim();
        let Some(resolved) = self.lead(Kind::Wiki, address, place) else { return false };
        self.write_link(&resolved, "", false);
        if let (Some(text), false) = (resolved.text, has_text) {
            if let Some(language) = &resolved.language {
                self.output.push("<span lang=\"");
                escape::attribute(&mut self.output.html, language);
                self.output.push("\">");
            }
            self.say_title(&text, address);
            self.output.push(if resolved.language.is_some() { "</span>" } else { "" });
            self.titled = true;
        }
        true
    }

    fn write_link(&mut self, to: &Resolved, title: &str, is_web: bool) -> bool {
        self.output.push("<a href=\"");
        escape::address(&mut self.output.html, &to.href);
        self.output.push("\"");
        if let Some(language) = &to.language {
            self.output.push(" hreflang=\"");
            escape::attribute(&mut self.output.html, language);
            self.output.push("\"");
        }
        self.end_opening(title, is_web);
        true
    }

    fn end_opening(&mut self, title: &str, is_web: bool) {
        if !title.is_empty() {
            self.output.push(" title=\"");
            escape::attribute(&mut self.output.html, title);
            self.output.push("\"");
        }
        self.output.push(if is_web { " rel=\"noopener\">" } else { ">" });
    }

    fn end_image(&mut self) {
        let Some(mut picture) = self.picture.take() else { return };
        if picture.is_unnamed {
            picture.alt.clear();
        }
        self.note_heading(&picture.alt);
        if self.extras.is_some() && picture.alt.trim().is_empty() {
            self.mistakes.push((picture.range.clone(), missing_alt()));
        }
        match picture.source.take() {
            Some(source) => self.write_image(&source, picture),
            None => escape::text(&mut self.output.html, &picture.alt),
        }
    }

    fn write_image(&mut self, source: &Resolved, picture: Picture) {
        let html = &mut self.output.html;
        let start = html.len();
        html.push_str("<img src=\"");
        escape::address(html, &source.href);
        html.push_str("\" alt=\"");
        escape::attribute(html, &picture.alt);
        html.push('"');
        if let Some((width, height)) = source.size {
            let _ = write!(html, " width=\"{width}\" height=\"{height}\"");
        }
        if self.extras.is_some() {
            html.push_str(" loading=\"lazy\" decoding=\"async\"");
        }
        let title_at = html.len();
        if picture.title.is_empty() {
            return self.void("");
        }
        html.push_str(" title=\"");
        escape::attribute(html, &picture.title);
        html.push('"');
        self.void("");
        let written = start..self.output.html.len();
        self.lone_image = Some(LoneImage { written, title_at, title: picture.title });
    }
}

fn is_reference(kind: LinkType) -> bool {
    matches!(kind, LinkType::Reference | LinkType::Collapsed | LinkType::Shortcut)
}

/// What to say about an image without a text.
pub(super) fn missing_alt() -> Mistake {
    Mistake::warning("missing-alt", "this image has no text for those who do not see it").help(
        "say between the brackets what the image shows; one that only decorates is `<img src=\"…\" alt=\"\">`",
    )
}
