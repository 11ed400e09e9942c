//! What must never come out of a text, whatever stands in it, and what must come out unharmed.

use proptest::prelude::{ProptestConfig, Strategy, prop, prop_assert, prop_assert_eq, prop_oneof, proptest};

use super::address::{self, Address};
use super::tests::{Site, html, mistakes, rendered};
use super::{
    Options, Quotes, Words, anchors, bare, escape, first_paragraph, plain_text, render, sanitise, tags,
};

#[test]
fn forbidden_addresses_never_survive() {
    for text in [
        "[a](javascript:alert(1))",
        "[a](JavaScript:alert(1))",
        "[a](&#106;avascript:alert(1))",
        "[a](<java\tscript:alert(1)>)",
        "[a](&#1;javascript:alert(1))",
        "[a](javascript&colon;alert(1))",
        "[a](vbscript:x)",
        "[a](data:text/html;base64,xx)",
        "[a](file:///etc/passwd)",
        "[a]\n\n[a]: javascript:x",
        "![a](data:image/png;base64,xx)",
        "![a](javascript:x)",
        "<javascript:alert(1)>",
        "<a href=\"javascript:x\">a</a>",
        "<a href=\"&#106;ava&Tab;script&colon;x\">a</a>",
        "<a href=' java\nscript:x'>a</a>",
        "<img src=\"data:x\" alt=\"a\">",
    ] {
        let found = rendered(text);
        assert_eq!(found.mistakes.len(), 1, "{text}: {:?}", found.mistakes);
        assert_eq!(found.mistakes[0].1.name, "forbidden-link", "{text}");
        assert!(!found.html.contains("href") && !found.html.contains("src"), "{text}: {}", found.html);
        assert!(found.html.contains('a'), "{text}");
    }
    let options = Options { unsafe_html: true, ..Options::default() };
    assert_eq!(render("[a](javascript:x)", &options, &Site).html, "<p>a</p>\n");
}

#[test]
fn raw_html_is_sanitised_as_one_fragment() {
    let text = "A <abbr title=\"x\">ONU</abbr> e <kbd>a</kbd> <q cite=\"https://a.b\">b</q> <bdi lang=\"ko\" dir=\"ltr\">북</bdi> \
                <time datetime=\"2000-07\">julho</time>\n\n<details open=\"\">\n<summary>Mais</summary>\n\n*Um* parágrafo\n\n</details>\n\n\
                <figure>\n<ruby>漢<rt>kan</rt></ruby>\n</figure>\n";
    assert_eq!(mistakes(text), []);
    assert_eq!(
        html(text),
        "<p>A <abbr title=\"x\">ONU</abbr> e <kbd>a</kbd> <q cite=\"https://a.b\">b</q> <bdi lang=\"ko\" dir=\"ltr\">북</bdi> \
         <time datetime=\"2000-07\">julho</time></p>\n<details open>\n<summary>Mais</summary>\n<p><em>Um</em> parágrafo</p>\n\
         </details>\n<figure>\n<ruby>漢<rt>kan</rt></ruby>\n</figure>\n"
    );
}

#[test]
fn raw_html_that_goes_is_reported_and_stays_with_unsafe_html() {
    let text = "a <b onclick=\"x\" style=\"y\">b</b>\n\n> <script>\n> alert(1)\n> </script>\n\n<div id=\"foo\"\n*hi*\n";
    assert_eq!(html(text), "<p>a <b>b</b></p>\n<blockquote>\n\n</blockquote>\n&lt;div id=\"foo\"\n*hi*\n");
    assert_eq!(
        mistakes(text),
        [
            ("unsafe-html", "onclick"),
            ("unsafe-html", "style"),
            ("unsafe-html", "<script>"),
            ("unsafe-html", "<div id=\"foo\"\n*hi*\n")
        ]
    );
    assert_eq!(html("a <textarea> b\n\nc <title"), "<p>a  b</p>\n<p>c &lt;title</p>\n");
    assert_eq!(html("<iframe src=\"x\">\n\nb"), "\n<p>b</p>\n");
    let options = Options { unsafe_html: true, ..Options::default() };
    let found = render(
        "a <b onclick=\"x\">b</b>\n\n<script>\nalert('<a href=\"x.md\">')\n</script>\n",
        &options,
        &Site,
    );
    assert_eq!(
        found.html,
        "<p>a <b onclick=\"x\">b</b></p>\n<script>\nalert('<a href=\"x.md\">')\n</script>\n"
    );
    assert_eq!(found.mistakes, []);
}

#[test]
fn addresses_in_raw_html_lead_into_the_site() {
    assert_eq!(
        html("<a href='2023-cupula.md'>a</a> <img src=caca.jpg alt=b> <img src=caca.jpg alt=c width=9>"),
        "<p><a href=\"../2023-cupula/\">a</a> <img src=\"../caca.1f.jpg\" width=\"800\" height=\"600\" alt=\"b\"> <img src=\"../caca.1f.jpg\" alt=\"c\" width=\"9\"></p>\n"
    );
    assert_eq!(mistakes("> <div>\n> <a\n> href=\"x.md\">\n"), [("dead-link", "x.md")]);
    assert_eq!(
        mistakes("<img src=caca.jpg> <a href=\"#nada\">a</a>"),
        [("missing-alt", "<img src=caca.jpg>"), ("dead-link", "#nada")]
    );
    assert_eq!(
        mistakes("- <c\n    id=𐕼> <b\n      onclick=𐕼>\n\n> <div\n> onclick=𐕼>\n"),
        [("unsafe-html", "<c\n    id=𐕼>"), ("unsafe-html", "onclick"), ("unsafe-html", "onclick")]
    );
    let options = Options { id_prefix: "e-", ..Options::default() };
    let found = render("<a href='#fim'>a</a> <b id=fim>b</b>", &options, &Site);
    assert_eq!(
        (found.html.as_str(), found.mistakes.len()),
        ("<p><a href=\"#e-fim\">a</a> <b id=\"e-fim\">b</b></p>\n", 0)
    );
}

#[test]
fn sanitising_leaves_what_rendering_writes_byte_for_byte() {
    let text = "# Um \"título\" {#um}\n\nTexto[^1] *a* **b** ~~c~~ `d` <https://a.b/?x&y='z'> [e](2023-cupula.md \"t & <u>\") \u{A0} “x” & &lt;  \n\
                fim[^1] [f](#um) [[cupula]]\n\n![foto \"x\"](caca.jpg \"Legenda\")\n\n![foto](caca.jpg) x\n\n| a | b | c |\n|:--|:-:|--:|\n| 1 | 2 |\n\n\
                - [x] um\n- [ ] dois\n  - três\n\n3. a\n\n   b\n\n4. c\n\n> citação\n\n> [!NOTE]\n> nota\n\ntermo\n: definição\n: outra\n\n```c++\nlet a = \"<b>\";\n```\n\n\
                \n\n***\n\n### Fim & <começo>\n\n[^1]: nota com `código`\n\n    \ttab\n\n    ![foto](caca.jpg \"t\")\n\n- ## em lista\n\n  texto\n";
    let words = Words { footnotes: "Notas & \"rodapé\"", table: "Tabela <1>", ..Words::ENGLISH };
    let options = Options { id_prefix: "e-1-", words, ..Options::default() };
    let plain = render(text, &options, &Site);
    assert_eq!(plain.mistakes, []);
    let (body, notes) = plain.html.split_once("<section").unwrap();
    assert_eq!(sanitise::clean(body), body);
    assert!(notes.contains("doc-backlink"));
    let with_raw = render(&format!("{text}\n\n<b>x</b>\n"), &options, &Site);
    assert_eq!(with_raw.html, format!("{body}<p><b>x</b></p>\n<section{notes}"));
}

#[test]
fn an_unclosed_tag_does_not_swallow_the_footnotes() {
    let found = html("<details>\n\na[^1]\n\n[^1]: b <i>c");
    assert!(found.contains("</details><section"), "{found}");
    assert!(found.contains("<i>c</i>"), "{found}");
}

/// What Markdown and attacks on it are made of.
fn pieces() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        8 => "[ -~]",
        2 => "[\\PC\n\t]",
        8 => prop::sample::select(vec![
            "\n", "\n\n", "\n> ", "\n- ", "\n- [x] ", "\n1. ", "\n    ", "# ", "{#a}",
            "\r\n",
            "𐕼",
            "[[cupula]]", "[^1]", "\n[^1]: ", "[", "](", ")", "[[", "|", "]]", "![",
            "**", "_", "~~", "`", "```", "\"", "'", "--", "a", "b c", "\\", "\n| a | b |\n|--|:-:|\n| ", "> [!TIP]\n", "\n: ",
        ]).prop_map(str::to_string),
        6 => prop::sample::select(vec![
            "<script>", "</script>", "<style>", "<svg>", "<math>", "<a href=", "<img src=x onerror=alert(1) ", "<b ", "</b>", "<p>", "</p>", "<table>",
            "<td>", "<!--", "-->", "<![CDATA[", "<?x", ">", "=\"", "='", "/>", "javascript:", "data:", "java&#10;script&colon;", "&#0;", "\u{0}", "\u{A0}",
            "<details>", "</details>", "<textarea>", "<title>", "<noscript>", "<template>", "<select>", "<option>", "<form>", "id=", "style=", "<mi>", "<h1>",
        ]).prop_map(str::to_string),
    ];
    prop::collection::vec(piece, 0..30).prop_map(|pieces| pieces.concat())
}

/// As many texts as `PROPTEST_CASES` says, or 2,000; a failure is written nowhere.
fn cases() -> ProptestConfig {
    let default = ProptestConfig::default();
    let cases = if std::env::var_os("PROPTEST_CASES").is_some() { default.cases } else { 2000 };
    ProptestConfig { cases, failure_persistence: None, ..default }
}

proptest! {
    #![proptest_config(cases())]

    #[test]
    fn nothing_harmful_comes_out_of_any_text(text in pieces()) {
        let found = rendered(&text);
        for tag in tags::tags(&found.html) {
            prop_assert!(tag.is_closed && sanitise::keeps_element(&tag.name), "{}", found.html);
            for attribute in &tag.attributes {
                let value = sanitise::decode(&found.html[attribute.value.clone()]);
                prop_assert!(sanitise::keeps_attribute(&tag.name, &attribute.name, &value), "{}", found.html);
                let is_forbidden = matches!(address::judge(&value), Address::Forbidden(_));
                prop_assert!(!matches!(attribute.name.as_str(), "href" | "src" | "cite") || !is_forbidden, "{}", found.html);
            }
        }
        prop_assert_eq!(&sanitise::clean(&found.html), &found.html);
        for (range, _) in &found.mistakes {
            prop_assert!(text.get(range.clone()).is_some(), "{:?}", range);
        }
        for id in anchors(&text) {
            let mut attribute = " id=\"".to_string();
            escape::attribute(&mut attribute, &id);
            prop_assert!(found.html.contains(&attribute) || text.contains("id="), "{} in {}", id, found.html);
        }
        prop_assert_eq!(&rendered(&text), &found);
        let _ = bare(&text);
        let _ = first_paragraph(&text, &Quotes::ENGLISH);
        let _ = plain_text(&text);
    }
}
