//! HTML that holds an author's raw HTML becomes harmless: what is not known to be is taken out.
//!
//! In comes a whole finished fragment; out comes one that is well-formed, without scripts, styles, forms, frames
//! and foreign addresses. What rendering itself writes passes byte for byte. The parsing is `ammonia`'s.

use std::borrow::Cow;
use std::collections::{HashMap, HashSet};
use std::sync::OnceLock;

use ammonia::Builder;

use super::SCHEMES;

/// The elements that stay. All others go, and what they hold stays, but for scripts and styles.
const ELEMENTS: &[&str] = &[
    "a",
    "abbr",
    "b",
    "bdi",
    "bdo",
    "blockquote",
    "br",
    "caption",
    "cite",
    "code",
    "col",
    "colgroup",
    "data",
    "dd",
    "del",
    "details",
    "dfn",
    "div",
    "dl",
    "dt",
    "em",
    "figcaption",
    "figure",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "hr",
    "i",
    "img",
    "input",
    "ins",
    "kbd",
    "li",
    "mark",
    "ol",
    "p",
    "pre",
    "q",
    "rp",
    "rt",
    "ruby",
    "s",
    "samp",
    "section",
    "small",
    "span",
    "strong",
    "sub",
    "summary",
    "sup",
    "table",
    "tbody",
    "td",
    "tfoot",
    "th",
    "thead",
    "time",
    "tr",
    "u",
    "ul",
    "var",
    "wbr",
];

/// The attributes that every element may have. Of classes, only those that rendering writes stay.
const ATTRIBUTES: &[&str] = &["aria-label", "class", "dir", "id", "lang", "title"];

/// The attributes of single elements.
const OWN_ATTRIBUTES: &[(&str, &[&str])] = &[
    ("a", &["href", "hreflang", "rel"]),
    ("blockquote", &["cite"]),
    ("col", &["span"]),
    ("colgroup", &["span"]),
    ("data", &["value"]),
    ("del", &["cite", "datetime"]),
    ("details", &["open"]),
    ("img", &["alt", "decoding", "height", "loading", "src", "width"]),
    ("input", &["checked"]),
    ("ins", &["cite", "datetime"]),
    ("li", &["value"]),
    ("ol", &["reversed", "start", "type"]),
    ("q", &["cite"]),
    ("td", &["colspan", "headers", "rowspan"]),
    ("th", &["abbr", "colspan", "headers", "rowspan", "scope"]),
    ("time", &["datetime"]),
];

/// The attributes of single elements that may have certain values only.
const VALUES: &[(&str, &str, &[&str])] = &[
    ("a", "role", &["doc-backlink", "doc-noteref"]),
    ("div", "role", &["group", "note"]),
    ("div", "tabindex", &["0"]),
    ("input", "disabled", &[""]),
    ("input", "type", &["checkbox"]),
];

/// The classes that rendering writes, beside `language-…` of code.
const CLASSES: &[&str] = &[
    "alert",
    "alert-caution",
    "alert-important",
    "alert-note",
    "alert-tip",
    "alert-title",
    "alert-warning",
    "align-center",
    "align-left",
    "align-right",
    "table",
    "task",
];

/// A fragment without anything that could do harm.
pub(super) fn clean(html: &str) -> String {
    static BUILDER: OnceLock<Builder<'static>> = OnceLock::new();
    let cleaned = BUILDER.get_or_init(builder).clean(html).to_string();
    // The character itself, as everywhere else: the name is unknown to XML, and feeds hold this text too.
    if cleaned.contains("&nbsp;") { cleaned.replace("&nbsp;", "\u{A0}") } else { cleaned }
}

/// Whether an element stays.
pub(super) fn keeps_element(element: &str) -> bool {
    ELEMENTS.contains(&element)
}

/// Whether an attribute of an element stays. Its address, if it is one, is another matter.
pub(super) fn keeps_attribute(element: &str, attribute: &str, value: &str) -> bool {
    let own = OWN_ATTRIBUTES.iter().find(|(name, _)| *name == element);
    let values = VALUES.iter().find(|(name, of, _)| *name == element && *of == attribute);
    match attribute {
        "class" => value.split_whitespace().all(|class| keeps_class(element, class)),
        _ => {
            ATTRIBUTES.contains(&attribute)
                || own.is_some_and(|(_, attributes)| attributes.contains(&attribute))
                || values.is_some_and(|(_, _, values)| values.contains(&value))
        }
    }
}

fn builder() -> Builder<'static> {
    let own = OWN_ATTRIBUTES.iter().map(|(name, attributes)| (*name, attributes.iter().copied().collect()));
    let mut values: HashMap<_, HashMap<_, HashSet<_>>> = HashMap::new();
    for (element, attribute, allowed) in VALUES {
        values.entry(*element).or_default().insert(*attribute, allowed.iter().copied().collect());
    }
    let mut builder = Builder::empty();
    builder
        .tags(ELEMENTS.iter().copied().collect())
        .clean_content_tags(HashSet::from(["script", "style", "template", "title", "textarea", "iframe"]))
        .generic_attributes(ATTRIBUTES.iter().copied().collect())
        .tag_attributes(own.collect())
        .tag_attribute_values(values)
        .set_tag_attribute_value("input", "type", "checkbox")
        .set_tag_attribute_value("input", "disabled", "")
        .url_schemes(HashSet::from(SCHEMES))
        .link_rel(None)
        .attribute_filter(keep_value);
    builder
}

fn keep_value<'v>(element: &str, attribute: &str, value: &'v str) -> Option<Cow<'v, str>> {
    if attribute != "class" || value.split_whitespace().all(|class| keeps_class(element, class)) {
        return Some(Cow::Borrowed(value));
    }
    let kept: Vec<_> = value.split_whitespace().filter(|class| keeps_class(element, class)).collect();
    (!kept.is_empty()).then(|| Cow::Owned(kept.join(" ")))
}

fn keeps_class(element: &str, class: &str) -> bool {
    CLASSES.contains(&class) || (element == "code" && class.starts_with("language-"))
}

#[cfg(test)]
mod tests {
    use super::clean;

    #[test]
    fn what_could_do_harm_goes() {
        for (html, cleaned) in [
            ("a<script>alert(1)</script>b", "ab"),
            ("<a href=\"java&#115;cript:x\">a</a>", "<a>a</a>"),
            ("<img src=\"data:x\" onerror=\"x\" alt=\"a\">", "<img alt=\"a\">"),
            ("<p style=\"color:red\" class=\"task evil\">a", "<p class=\"task\">a</p>"),
            ("<input type=\"text\" name=\"x\">", "<input type=\"checkbox\" disabled=\"\">"),
            ("<form action=\"x\"><b>a</b></form>", "<b>a</b>"),
            ("<svg><a xlink:href=\"javascript:x\">a</a></svg>", ""),
            ("<a href=\"//x\" target=\"_blank\">a</a>", "<a href=\"//x\">a</a>"),
        ] {
            assert_eq!(clean(html), cleaned, "{html}");
        }
    }
}
