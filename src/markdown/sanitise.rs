//! HTML that holds an author's raw HTML becomes harmless: what is not known to be is taken out.
//!
//! In comes a whole finished fragment; out comes one that is well-formed, without scripts, styles, forms, frames
//! and foreign addresses. What rendering itself writes passes byte for byte. The parsing is `ammonia`'s.

use std::borrow::Cow;
use std::collections::{HashMap, HashSet};
use std::sync::OnceLock;

use ammonia::Builder;

use super::SCHEMES;
use super::address::{self, Address};

/// What the parser writes otherwise than rendering does. A `<` stands in tags only, so no text is changed.
/// `&nbsp;` is unknown to XML, and feeds hold this text too.
const SPELLINGS: &[(&str, &str)] = &[
    ("&nbsp;", "\u{A0}"),
    ("<input type=\"checkbox\" disabled=\"\"", "<input type=\"checkbox\" disabled"),
    ("<input type=\"checkbox\" disabled checked=\"\"", "<input type=\"checkbox\" disabled checked"),
    ("<details open=\"\"", "<details open"),
];

/// How often a result is judged again at the most.
const PASSES: usize = 8;

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
    ("section", "role", &["doc-endnotes"]),
];

/// What rendering alone writes, around and in a picture with versions; of an author's it is left out before.
const PICTURE: [&str; 2] = ["picture", "source"];
const PICTURE_ATTRIBUTES: [(&str, &[&str]); 2] =
    [("img", &["sizes", "srcset"]), ("source", &["sizes", "srcset", "type"])];

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
    "footnotes",
    "table",
    "task",
];

/// A fragment without anything that could do harm.
///
/// What is taken out may leave elements where HTML does not have them, and a browser would read that otherwise
/// than it was judged. So the result is judged again until it reads as it is written.
pub(super) fn clean(html: &str) -> String {
    let mut cleaned = pass(html);
    for _ in 0..PASSES {
        let again = pass(&cleaned);
        if again == cleaned {
            return cleaned;
        }
        cleaned = again;
    }
    cleaned
}

fn pass(html: &str) -> String {
    static BUILDER: OnceLock<Builder<'static>> = OnceLock::new();
    let cleaned = BUILDER.get_or_init(builder).clean(html).to_string();
    SPELLINGS.iter().fold(
        cleaned,
        |html, (theirs, ours)| {
            if html.contains(theirs) { html.replace(theirs, ours) } else { html }
        },
    )
}

/// An attribute's value without its character references, as a browser reads it.
pub(super) fn decode(value: &str) -> Cow<'_, str> {
    static BUILDER: OnceLock<Builder<'static>> = OnceLock::new();
    if !value.contains('&') {
        return Cow::Borrowed(value);
    }
    let builder = || {
        let mut builder = Builder::empty();
        builder.tags(HashSet::from(["i"])).generic_attributes(HashSet::from(["title"]));
        builder
    };
    let html = format!("<i title=\"{}\">", value.replace('"', "&quot;"));
    let cleaned = BUILDER.get_or_init(builder).clean(&html).to_string();
    let inside = cleaned.strip_prefix("<i title=\"").and_then(|rest| rest.strip_suffix("\"></i>"));
    let named = [("&nbsp;", "\u{A0}"), ("&quot;", "\""), ("&lt;", "<"), ("&gt;", ">"), ("&amp;", "&")];
    let plain = |text: &str| {
        named.iter().fold(text.to_string(), |text, (name, character)| text.replace(name, character))
    };
    inside.map_or(Cow::Borrowed(value), |text| Cow::Owned(plain(text)))
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
    let mut own: HashMap<&str, HashSet<&str>> = HashMap::new();
    for (name, attributes) in OWN_ATTRIBUTES.iter().chain(&PICTURE_ATTRIBUTES) {
        own.entry(name).or_default().extend(*attributes);
    }
    let mut values: HashMap<_, HashMap<_, HashSet<_>>> = HashMap::new();
    for (element, attribute, allowed) in VALUES {
        values.entry(*element).or_default().insert(*attribute, allowed.iter().copied().collect());
    }
    let mut builder = Builder::empty();
    builder
        .tags(ELEMENTS.iter().chain(&PICTURE).copied().collect())
        .clean_content_tags(HashSet::from(["script", "style", "template", "title", "textarea", "iframe"]))
        .generic_attributes(ATTRIBUTES.iter().copied().collect())
        .tag_attributes(own)
        .tag_attribute_values(values)
        // One attribute only: two would come in a different order each time.
        .set_tag_attribute_value("input", "type", "checkbox")
        .url_schemes(HashSet::from(SCHEMES))
        .link_rel(None)
        .attribute_filter(keep_value);
    builder
}

fn keep_value<'v>(element: &str, attribute: &str, value: &'v str) -> Option<Cow<'v, str>> {
    if matches!(attribute, "href" | "src" | "cite") && matches!(address::judge(value), Address::Forbidden(_))
    {
        return None;
    }
    // The addresses of versions are relative, and their own work; no other ever gets here.
    if attribute == "srcset" && (value.contains([':', '\\']) || value.contains("//")) {
        return None;
    }
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
    use super::{clean, decode};

    #[test]
    fn references_are_decoded_as_a_browser_does() {
        assert_eq!(decode("&#106;ava&#x73;cript&colon;x&amp;y&z;&ouml;&copy=1"), "javascript:x&y&z;ö&copy=1");
        assert_eq!(decode("a\"&amp;lt;"), "a\"&lt;");
    }

    #[test]
    fn what_could_do_harm_goes() {
        for (html, cleaned) in [
            ("a<script>alert(1)</script>b", "ab"),
            ("<a href=\"java&#115;cript:x\">a</a>", "<a>a</a>"),
            ("<a href=\"\u{A0}java\u{200B}script:x\">a</a>", "<a>a</a>"),
            ("<img src=\"data:x\" onerror=\"x\" alt=\"a\">", "<img alt=\"a\">"),
            ("<p style=\"color:red\" class=\"task evil\">a", "<p class=\"task\">a</p>"),
            ("<input type=\"text\" name=\"x\">", "<input type=\"checkbox\">"),
            ("<form action=\"x\"><b>a</b></form>", "<b>a</b>"),
            ("<svg><a xlink:href=\"javascript:x\">a</a></svg>", ""),
            ("<a href=\"//x\" target=\"_blank\">a</a>", "<a href=\"//x\">a</a>"),
        ] {
            assert_eq!(clean(html), cleaned, "{html}");
        }
    }
}
