//! The end of a text: footnotes get numbers, headings ids, and the holes are filled.
//!
//! In comes a renderer that has read everything; out comes [`Rendered`]. Nothing is parsed here.

use std::fmt::Write;

use super::anchors::Ids;
use super::footnotes::Definition;
use super::output::{Hole, Output};
use super::renderer::Renderer;
use super::{Heading, Kind, Mistake, Options, Rendered, address, escape, sanitise};

/// Which footnotes are shown and in what order, and which headings.
#[derive(Debug, Default)]
struct Order {
    /// For each label, the number of its footnote, from 1.
    numbers: Vec<Option<usize>>,
    /// The definitions, by number.
    definitions: Vec<usize>,
    /// How often each is referred to.
    uses: Vec<usize>,
    /// The headings that are shown.
    headings: Vec<usize>,
}

impl Renderer<'_, '_> {
    /// The whole result.
    pub(super) fn finish(mut self) -> Rendered {
        let Some(extras) = self.extras else {
            return Rendered { html: self.output.html, ..Rendered::default() };
        };
        let order = self.order();
        self.report_unused(&order);
        let mut ids = Ids::default();
        let heading_ids = self.heading_ids(&order, &mut ids);
        let addresses = self.fragment_addresses(&ids, extras.options);
        let mut filling = Filling {
            options: extras.options,
            heading_ids: &heading_ids,
            addresses: &addresses,
            numbers: &order.numbers,
            written: vec![0; order.uses.len()],
        };
        let mut html = filling.fill(std::mem::take(&mut self.output));
        let notes = filling.notes(&order, std::mem::take(&mut self.footnotes.definitions));
        write_notes(&mut html, &notes, &order, extras.options);
        let headings = order.headings.iter().map(|heading| Heading {
            level: self.headings[*heading].level,
            id: format!("{}{}", extras.options.id_prefix, heading_ids[*heading]),
            text: self.headings[*heading].text.trim().to_string(),
        });
        Rendered { html, headings: headings.collect(), mistakes: sorted(self.mistakes) }
    }

    /// Only the ids, without a prefix.
    pub(super) fn ids(mut self) -> Vec<String> {
        let order = self.order();
        let heading_ids = self.heading_ids(&order, &mut Ids::default());
        let mut ids: Vec<String> = order.headings.iter().map(|at| heading_ids[*at].clone()).collect();
        ids.append(&mut self.raw_ids);
        ids.extend(footnote_ids(&order));
        ids
    }

    /// Numbers footnotes as they are first referred to: in the body, then in the footnotes already numbered.
    fn order(&self) -> Order {
        let mut definition_of = vec![None; self.footnotes.label_count()];
        for (at, definition) in self.footnotes.definitions.iter().enumerate() {
            definition_of[definition.label].get_or_insert(at);
        }
        let mut order = Order { numbers: vec![None; definition_of.len()], ..Order::default() };
        order.read(&self.output, &definition_of);
        let mut next = 0;
        while let Some(definition) = order.definitions.get(next) {
            order.read(&self.footnotes.definitions[*definition].output, &definition_of);
            next += 1;
        }
        order
    }

    fn report_unused(&mut self, order: &Order) {
        for (at, definition) in self.footnotes.definitions.iter().enumerate() {
            let number = order.numbers[definition.label];
            if number.is_none_or(|number| order.definitions[number - 1] != at) {
                let mistake = Mistake::warning("unused-footnote", "nothing refers to this footnote")
                    .help("it is not shown: refer to it, or delete it");
                self.mistakes.push((definition.place.clone(), mistake));
            }
        }
    }

    /// An id for each heading that is shown. Those that somebody chose come first.
    fn heading_ids(&mut self, order: &Order, ids: &mut Ids) -> Vec<String> {
        let mut heading_ids = vec![String::new(); self.headings.len()];
        for id in footnote_ids(order).iter().chain(&self.raw_ids) {
            ids.take(id);
        }
        for at in &order.headings {
            let heading = &self.headings[*at];
            let Some(id) = &heading.chosen_id else { continue };
            if ids.take(id) {
                heading_ids[*at].clone_from(id);
            } else {
                let mistake =
                    Mistake::error("duplicate-anchor", format!("the anchor `{id}` is there already"));
                self.mistakes.push((heading.place.clone(), mistake.help("choose another id")));
            }
        }
        for at in &order.headings {
            if heading_ids[*at].is_empty() {
                heading_ids[*at] = ids.make(self.headings[*at].words());
            }
        }
        heading_ids
    }

    /// Where links to `#anchor` lead: into the text, or to what the site knows; nowhere, with a mistake.
    fn fragment_addresses(&mut self, ids: &Ids, options: &Options<'_>) -> Vec<Option<String>> {
        let Options { page, id_prefix: prefix, .. } = options;
        let fragments = std::mem::take(&mut self.fragments);
        let address = |link: super::spans::FragmentLink| {
            if link.fragment.is_empty() {
                return Some(format!("{page}#"));
            }
            let fragment = address::decode(&link.fragment);
            if ids.has(&fragment) {
                return Some(format!("{page}#{prefix}{fragment}"));
            }
            self.lead(Kind::Link, &format!("#{}", link.fragment), link.place).map(|resolved| resolved.href)
        };
        fragments.into_iter().map(address).collect()
    }
}

impl Order {
    fn read(&mut self, output: &Output, definition_of: &[Option<usize>]) {
        for (_, hole) in &output.holes {
            match *hole {
                Hole::HeadingId(heading) => self.headings.push(heading),
                Hole::Reference(label) => self.count(label, definition_of[label]),
                Hole::Fragment(_) => {}
            }
        }
    }

    fn count(&mut self, label: usize, definition: Option<usize>) {
        let Some(definition) = definition else { return };
        let number = *self.numbers[label].get_or_insert_with(|| {
            self.definitions.push(definition);
            self.uses.push(0);
            self.uses.len()
        });
        self.uses[number - 1] += 1;
    }
}

/// What fills the holes.
struct Filling<'f> {
    options: &'f Options<'f>,
    heading_ids: &'f [String],
    addresses: &'f [Option<String>],
    numbers: &'f [Option<usize>],
    /// How many references to each footnote are written.
    written: Vec<usize>,
}

impl Filling<'_> {
    /// HTML without holes, sanitised if raw HTML is in it.
    fn fill(&mut self, output: Output) -> String {
        let Output { html, holes, raw } = output;
        let filled = if holes.is_empty() { html } else { self.filled(&html, &holes) };
        if raw && !self.options.unsafe_html { sanitise::clean(&filled) } else { filled }
    }

    fn filled(&mut self, html: &str, holes: &[(usize, Hole)]) -> String {
        let mut out = String::with_capacity(html.len() + holes.len() * 64);
        let mut mark = 0;
        for (at, hole) in holes {
            out.push_str(&html[mark..*at]);
            mark = *at;
            match *hole {
                Hole::HeadingId(heading) => self.id(&mut out, &self.heading_ids[heading]),
                Hole::Reference(label) => self.reference(&mut out, label),
                Hole::Fragment(link) => self.fragment(&mut out, link),
            }
        }
        out.push_str(&html[mark..]);
        out
    }

    fn id(&self, out: &mut String, id: &str) {
        out.push_str(" id=\"");
        escape::attribute(out, self.options.id_prefix);
        escape::attribute(out, id);
        out.push('"');
    }

    fn fragment(&self, out: &mut String, link: usize) {
        if let Some(address) = &self.addresses[link] {
            out.push_str(" href=\"");
            escape::address(out, address);
            out.push('"');
        }
    }

    fn reference(&mut self, out: &mut String, label: usize) {
        let Some(number) = self.numbers[label] else { return };
        self.written[number - 1] += 1;
        let id = reference_id(number, self.written[number - 1]);
        out.push_str("<sup><a href=\"");
        escape::address(out, self.options.page);
        out.push('#');
        escape::address(out, self.options.id_prefix);
        let _ = write!(out, "fn-{number}\"");
        self.id(out, &id);
        let _ = write!(out, " role=\"doc-noteref\">{number}</a></sup>");
    }

    /// The footnotes' texts, by number.
    fn notes(&mut self, order: &Order, definitions: Vec<Definition>) -> Vec<String> {
        let mut outputs: Vec<_> = definitions.into_iter().map(|definition| Some(definition.output)).collect();
        let shown = order.definitions.iter().filter_map(|at| outputs[*at].take()).collect::<Vec<_>>();
        shown.into_iter().map(|output| self.fill(output)).collect()
    }
}

/// Writes the list of footnotes, each with a link back to every place that refers to it.
fn write_notes(html: &mut String, notes: &[String], order: &Order, options: &Options<'_>) {
    if notes.is_empty() {
        return;
    }
    html.push_str("<section class=\"footnotes\" role=\"doc-endnotes\" aria-label=\"");
    escape::attribute(html, options.words.footnotes);
    html.push_str("\">\n<ol>\n");
    for (at, (note, uses)) in notes.iter().zip(&order.uses).enumerate() {
        html.push_str("<li id=\"");
        escape::attribute(html, options.id_prefix);
        let _ = writeln!(html, "fn-{}\">", at + 1);
        match note.strip_suffix("</p>\n") {
            Some(text) => html.push_str(text),
            None => {
                html.push_str(note);
                html.push_str("<p>");
            }
        }
        (1..=*uses).for_each(|reference| write_back_link(html, at + 1, reference, options));
        html.push_str("</p>\n</li>\n");
    }
    html.push_str("</ol>\n</section>\n");
}

fn write_back_link(html: &mut String, number: usize, reference: usize, options: &Options<'_>) {
    html.push_str(" <a href=\"");
    escape::address(html, options.page);
    html.push('#');
    escape::address(html, options.id_prefix);
    let _ = write!(html, "{}\" role=\"doc-backlink\" aria-label=\"", reference_id(number, reference));
    escape::attribute(html, options.words.back_to_reference);
    let _ = match reference {
        1 => write!(html, " {number}\">↩\u{FE0E}</a>"),
        _ => write!(html, " {number}-{reference}\">↩\u{FE0E}<sup>{reference}</sup></a>"),
    };
}

fn footnote_ids(order: &Order) -> Vec<String> {
    let mut ids = Vec::new();
    for (at, uses) in order.uses.iter().enumerate() {
        ids.push(format!("fn-{}", at + 1));
        ids.extend((1..=*uses).map(|reference| reference_id(at + 1, reference)));
    }
    ids
}

fn reference_id(number: usize, reference: usize) -> String {
    if reference == 1 { format!("fnref-{number}") } else { format!("fnref-{number}-{reference}") }
}

/// By place, and each only once: two links may share the definition that is to blame.
fn sorted(mut mistakes: Vec<(std::ops::Range<usize>, Mistake)>) -> Vec<(std::ops::Range<usize>, Mistake)> {
    mistakes.sort_by_key(|(range, _)| (range.start, range.end));
    mistakes.dedup();
    mistakes
}
