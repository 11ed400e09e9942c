//! The style of a drawing without what would load something: CSS in, CSS out, and whether it is the same.

/// Style whose addresses lead to parts of the drawing itself.
///
/// What hides words behind backslashes, and what asks for something in ways that are not followed here, is taken out whole.
pub(super) fn clean(css: &str) -> (String, bool) {
    let css = without_comments(css);
    let lower = css.to_ascii_lowercase();
    if css.contains(['\\', '<']) || HIDDEN.iter().any(|word| lower.contains(word)) {
        return (String::new(), true);
    }
    let (css, imported) = without_imports(&css);
    let (css, loaded) = without_addresses(&css);
    (css, imported || loaded)
}

/// Whether each `url()` of a value leads into the drawing.
pub(super) fn is_harmless(value: &str) -> bool {
    !clean(value).1
}

/// Functions that load without `url(`, and what old browsers ran.
const HIDDEN: [&str; 6] = ["image-set(", "src(", "expression(", "javascript:", "-moz-binding", "behavior:"];

fn without_comments(css: &str) -> String {
    let (mut kept, mut rest) = (String::with_capacity(css.len()), css);
    while let Some(start) = rest.find("/*") {
        kept.push_str(&rest[..start]);
        kept.push(' ');
        rest = rest[start..].find("*/").map_or("", |end| &rest[start + end + 2..]);
    }
    kept.push_str(rest);
    kept
}

fn without_imports(css: &str) -> (String, bool) {
    let after = |rest: &str| rest.find(';').map_or(rest.len(), |end| end + 1);
    replaced(css, "@import", |rest| (after(rest), " ".to_string(), true))
}

fn without_addresses(css: &str) -> (String, bool) {
    replaced(css, "url(", |rest| {
        let inner = &rest["url(".len()..];
        let end = inner.find(')').unwrap_or(inner.len());
        let length = ("url(".len() + end + 1).min(rest.len());
        let address = inner[..end].trim().trim_matches(['"', '\'']).trim();
        match address.starts_with('#') && !address.contains(['"', '\'', '(']) {
            true => (length, format!("url(\"{address}\")"), false),
            false => (length, "none".to_string(), true),
        }
    })
}

/// What begins with a word, in small letters or large, becomes something else: `replace` is given the rest from there,
/// and gives its length, what stands in its place, and whether something is lost.
fn replaced(css: &str, word: &str, replace: impl Fn(&str) -> (usize, String, bool)) -> (String, bool) {
    let lower = css.to_ascii_lowercase();
    let (mut kept, mut at, mut is_lost) = (String::with_capacity(css.len()), 0, false);
    while let Some(start) = lower[at..].find(word).map(|start| at + start) {
        let (length, instead, lost) = replace(&css[start..]);
        kept.push_str(&css[at..start]);
        kept.push_str(&instead);
        (at, is_lost) = (start + length, is_lost | lost);
    }
    kept.push_str(&css[at..]);
    (kept, is_lost)
}

#[cfg(test)]
mod tests {
    use super::clean;

    #[test]
    fn what_draws_stays() {
        for css in [".a{fill:#123;stroke-width:2}", "@media print{.a{fill:none}}", "fill:url(\"#shade\")"] {
            assert_eq!(clean(css), (css.to_string(), false));
        }
        assert_eq!(clean("fill:url(#a)"), ("fill:url(\"#a\")".to_string(), false));
    }

    #[test]
    fn what_loads_goes() {
        assert_eq!(clean("@import 'https://a/b.css';.a{fill:red}"), (" .a{fill:red}".to_string(), true));
        assert_eq!(clean("@IMPORT url(x)"), (" ".to_string(), true));
        assert_eq!(clean("@im/**/port 'x';a"), ("@im port 'x';a".to_string(), false));
        assert_eq!(clean("@im@import x;port 'y';"), ("@im port 'y';".to_string(), true));
        assert_eq!(clean(".a{fill:URL( 'https://a/b' )}"), (".a{fill:none}".to_string(), true));
        assert_eq!(clean("fill:url(data:image/png;base64,AA)"), ("fill:none".to_string(), true));
        assert_eq!(clean("fill:url(https://a"), ("fill:none".to_string(), true));
        assert_eq!(clean("fill:u\\72l(https://a)"), (String::new(), true));
        assert_eq!(clean("fill:image-set('https://a' 1x)"), (String::new(), true));
        assert_eq!(clean("</style><script>"), (String::new(), true));
    }
}
