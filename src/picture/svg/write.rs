//! A parsed drawing written anew, element by element; and the list of what was left out because it could do harm.

use roxmltree::{Attribute, Node};

use super::{NAMESPACE, css, embedded, names};

const XLINK: &str = "http://www.w3.org/1999/xlink";
const XML: &str = "http://www.w3.org/XML/1998/namespace";

/// How deep elements may stand in each other: what is deeper would be too deep for a browser as well.
const DEEPEST: usize = 256;

/// The text of a drawing, and what is not in it any more, in order, each once.
pub(super) fn drawing(root: Node<'_, '_>) -> (String, Vec<String>) {
    let mut writer = Writer { svg: String::new(), removed: Vec::new() };
    writer.element(root, 0);
    writer.svg.push('\n');
    (writer.svg, writer.removed)
}

struct Writer {
    svg: String,
    removed: Vec<String>,
}

impl Writer {
    fn element(&mut self, node: Node<'_, '_>, depth: usize) {
        // What other programs wrote into a file for themselves goes without a word.
        if node.tag_name().namespace() != Some(NAMESPACE) || node.tag_name().name() == "metadata" {
            return self.foreign(node);
        }
        let name = node.tag_name().name();
        if depth > DEEPEST {
            return self.note(&format!("`<{name}>`, too deep in others"));
        }
        if name == "a" {
            self.note("a link, `<a>`");
            return self.children(node, depth);
        }
        if !names::keeps_element(name) || changes_an_address(node) {
            return self.note(&format!("`<{name}>`"));
        }
        self.svg.push('<');
        self.svg.push_str(name);
        if depth == 0 {
            self.attribute("xmlns", NAMESPACE);
        }
        self.attributes(node);
        if !node.has_children() {
            return self.svg.push_str("/>");
        }
        self.svg.push('>');
        match name {
            "style" => self.style(node),
            _ => self.children(node, depth),
        }
        self.svg.push_str("</");
        self.svg.push_str(name);
        self.svg.push('>');
    }

    /// Of other namespaces, HTML's alone could act.
    fn foreign(&mut self, node: Node<'_, '_>) {
        if node.tag_name().namespace() == Some("http://www.w3.org/1999/xhtml") {
            self.note(&format!("`<{}>`", node.tag_name().name()));
        }
    }

    fn children(&mut self, node: Node<'_, '_>, depth: usize) {
        for child in node.children() {
            if child.is_element() {
                self.element(child, depth + 1);
            } else if let Some(text) = child.text().filter(|_| child.is_text()) {
                escape(&mut self.svg, text, false);
            }
        }
    }

    fn style(&mut self, node: Node<'_, '_>) {
        let written: String = node.children().filter_map(|child| child.text()).collect();
        let (clean, is_changed) = css::clean(&written);
        if is_changed {
            self.note("what its `<style>` would load");
        }
        escape(&mut self.svg, &clean, false);
    }

    fn attributes(&mut self, node: Node<'_, '_>) {
        let has_href = node.attributes().any(|one| one.namespace().is_none() && one.name() == "href");
        for attribute in node.attributes() {
            let (name, value) = (attribute.name(), attribute.value());
            match attribute.namespace() {
                Some(XML) if matches!(name, "space" | "lang") => {
                    self.attribute(&format!("xml:{name}"), value)
                }
                Some(XLINK) if name == "href" && !has_href => self.address(node, value),
                None if name == "href" => self.address(node, value),
                None => self.plain(&attribute),
                Some(_) => {}
            }
        }
    }

    fn address(&mut self, node: Node<'_, '_>, value: &str) {
        let is_picture = matches!(node.tag_name().name(), "image" | "feImage");
        if value.trim().starts_with('#') {
            return self.attribute("href", value.trim());
        }
        if let Some(picture) = embedded::clean(value).filter(|_| is_picture) {
            return self.attribute("href", &picture);
        }
        self.note(&format!("the address of a `<{}>` that leads elsewhere", node.tag_name().name()));
    }

    fn plain(&mut self, attribute: &Attribute<'_, '_>) {
        let (name, value) = (attribute.name(), attribute.value());
        if !names::keeps_attribute(name) {
            // An unknown word draws nothing, so that its loss is none; a handler was meant to act.
            if name.to_ascii_lowercase().starts_with("on") {
                self.note(&format!("`{name}`"));
            }
            return;
        }
        let may_load = name == "style" || value.contains(['(', '\\']);
        if !may_load || css::is_harmless(value) {
            return self.attribute(name, value);
        }
        self.note(&format!("what `{name}` would load"));
        if name == "style" {
            self.attribute(name, &css::clean(value).0);
        }
    }

    fn attribute(&mut self, name: &str, value: &str) {
        self.svg.push(' ');
        self.svg.push_str(name);
        self.svg.push_str("=\"");
        escape(&mut self.svg, value, true);
        self.svg.push('"');
    }

    fn note(&mut self, what: &str) {
        if !self.removed.iter().any(|known| known == what) {
            self.removed.push(what.to_string());
        }
    }
}

/// An animation that would put another address or a handler into the drawing.
fn changes_an_address(node: Node<'_, '_>) -> bool {
    if !names::is_animation(node.tag_name().name()) {
        return false;
    }
    let target = node.attribute("attributeName").unwrap_or("transform").trim();
    let values = ["from", "to", "by", "values"].into_iter().filter_map(|name| node.attribute(name));
    !names::keeps_attribute(target) || !values.into_iter().all(css::is_harmless)
}

fn escape(svg: &mut String, text: &str, in_attribute: bool) {
    for character in text.chars() {
        match character {
            '&' => svg.push_str("&amp;"),
            '<' => svg.push_str("&lt;"),
            '>' => svg.push_str("&gt;"),
            '"' if in_attribute => svg.push_str("&quot;"),
            '\n' if in_attribute => svg.push_str("&#10;"),
            '\t' if in_attribute => svg.push_str("&#9;"),
            '\r' => svg.push_str("&#13;"),
            _ => svg.push(character),
        }
    }
}
