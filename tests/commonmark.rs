//! The 652 examples of CommonMark 0.31.2 go through our own rendering function: bare, and as articles meet it.
//!
//! The specification is fetched (`tests/run --tools`), never kept here. In normal mode every example that comes
//! out otherwise than in the specification must be in `commonmark/differences.toml`, with the reason.

use std::collections::BTreeMap;
use std::path::Path;

use dateline::markdown::{Links, Mistake, Options, Resolved, Target, bare, render};
use serde::Deserialize;

const SPECIFICATION: &str = "tests/judges/node_modules/commonmark-spec/spec.txt";
const DIFFERENCES: &str = "tests/commonmark/differences.toml";
const COUNT: usize = 652;

/// One example of the specification.
struct Example {
    number: usize,
    markdown: String,
    html: String,
}

#[test]
fn all_examples_pass_with_extras_off() {
    let examples = examples();
    let mut failed = Vec::new();
    for example in &examples {
        let html = bare(&example.markdown);
        if html != example.html {
            failed.push(format!(
                "{}: {:?}\n  want {:?}\n  got  {:?}",
                example.number, example.markdown, example.html, html
            ));
        }
    }
    assert!(failed.is_empty(), "{} of {} fail:\n{}", failed.len(), examples.len(), failed.join("\n"));
}

#[test]
fn in_normal_mode_only_the_listed_examples_differ() {
    let examples = examples();
    let listed = listed();
    let mut wrong = Vec::new();
    for example in &examples {
        let got = ours(&render(&example.markdown, &Options::default(), &Anywhere).html);
        let differs = got != theirs(&example.html);
        match (differs, listed.get(&example.number)) {
            (true, None) => wrong.push(format!(
                "{} differs and is not listed: {:?}\n  want {:?}\n  got  {:?}",
                example.number,
                example.markdown,
                theirs(&example.html),
                got
            )),
            (false, Some(reason)) => {
                wrong.push(format!("{} is listed but does not differ: {reason}", example.number));
            }
            _ => {}
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// Takes every address as it is.
struct Anywhere;

impl Links for Anywhere {
    fn resolve(&self, target: Target<'_>) -> Result<Resolved, Mistake> {
        Ok(Resolved::href(target.address))
    }
}

/// The specification's examples. An arrow in them stands for a tab.
fn examples() -> Vec<Example> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(SPECIFICATION);
    #[expect(clippy::disallowed_methods, reason = "a test reads what it is compared with")]
    let text = std::fs::read_to_string(&path)
        .unwrap_or_else(|error| panic!("{SPECIFICATION} is not there ({error}): run `tests/run --tools`"));
    let fence = "`".repeat(32);
    let mut examples = Vec::new();
    let mut lines = text.lines();
    while let Some(line) = lines.next() {
        if line == "<!-- END TESTS -->" {
            break;
        }
        if line.strip_prefix(&fence).map(str::trim) == Some("example") {
            let markdown = lines.by_ref().take_while(|line| *line != ".");
            let markdown = markdown.map(|line| format!("{}\n", line.replace('→', "\t"))).collect();
            let html = lines.by_ref().take_while(|line| *line != fence);
            let html = html.map(|line| format!("{}\n", line.replace('→', "\t"))).collect();
            examples.push(Example { number: examples.len() + 1, markdown, html });
        }
    }
    assert_eq!(examples.len(), COUNT, "the specification is not that of CommonMark 0.31.2");
    examples
}

/// A reason, and the examples that differ for it.
#[derive(Deserialize)]
struct Difference {
    reason: String,
    examples: Vec<usize>,
}

#[derive(Deserialize)]
struct Differences {
    difference: Vec<Difference>,
}

fn listed() -> BTreeMap<usize, String> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(DIFFERENCES);
    #[expect(clippy::disallowed_methods, reason = "a test reads what it is compared with")]
    let text = std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{DIFFERENCES}: {error}"));
    let list: Differences = toml::from_str(&text).unwrap_or_else(|error| panic!("{DIFFERENCES}: {error}"));
    let mut listed = BTreeMap::new();
    for Difference { reason, examples } in list.difference {
        for number in examples {
            assert!(listed.insert(number, reason.clone()).is_none(), "{number} is listed twice");
        }
    }
    listed
}

/// The specification's HTML in the form in which HTML itself is written: `<br>`, and `"` in running text.
fn theirs(html: &str) -> String {
    let mut out = String::new();
    for (at, piece) in html.split_inclusive('>').enumerate() {
        let (text, tag) = piece.split_at(piece.find('<').unwrap_or(piece.len()));
        assert!(at == 0 || !tag.is_empty() || text.len() == piece.len());
        out.push_str(&text.replace("&quot;", "\""));
        out.push_str(&tag.replace(" />", ">"));
    }
    out
}

/// Our HTML without what normal mode adds to every heading, image and link out, whatever the text.
fn ours(html: &str) -> String {
    let mut out = html.replace(" loading=\"lazy\" decoding=\"async\"", "").replace(" rel=\"noopener\"", "");
    for level in 1..=6 {
        let opening = format!("<h{level} id=\"");
        while let Some(start) = out.find(&opening) {
            let end = start + opening.len() + out[start + opening.len()..].find('"').unwrap_or(0) + 1;
            out.replace_range(start + "<hN".len()..end, "");
        }
    }
    out
}
