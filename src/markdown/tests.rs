//! Rendering as authors meet it: one behaviour a test.

use proptest::prelude::{ProptestConfig, Strategy, prop, prop_assert, prop_assert_eq, prop_oneof, proptest};

use super::address::{self, Address};
use super::{
    Kind, Links, Mistake, Options, Quotes, Rendered, Resolved, Target, Words, anchors, bare, escape,
    first_paragraph, plain_text, render, sanitise, tags,
};

/// A site with two articles and a picture.
struct Site;

impl Links for Site {
    fn resolve(&self, target: Target<'_>) -> Result<Resolved, Mistake> {
        match (target.kind, target.address) {
            (Kind::Link, "2023-cupula.md" | "/cupula/") => Ok(Resolved::href("../2023-cupula/")),
            (Kind::Link, "2023-cupula.md#fim") => Ok(Resolved::href("../2023-cupula/#fim")),
            (Kind::Wiki, "cupula") => Ok(Resolved {
                text: Some("A \"cúpula\" & <fim>".to_string()),
                ..Resolved::href("../2023-cupula/")
            }),
            (Kind::Wiki, "evil") => Ok(Resolved::href("javascript:alert(1)")),
            (Kind::Image, "caca.jpg") => {
                Ok(Resolved { size: Some((800, 600)), ..Resolved::href("../caca.1f.jpg") })
            }
            (Kind::Image, address) => Err(Mistake::error("missing-image", format!("no image `{address}`"))),
            (_, address) => Err(Mistake::error("dead-link", format!("nothing at `{address}`"))),
        }
    }
}

fn rendered(text: &str) -> Rendered {
    render(text, &Options::default(), &Site)
}

fn html(text: &str) -> String {
    rendered(text).html
}

/// The names of the mistakes, each with the text that it points at.
fn mistakes(text: &str) -> Vec<(&'static str, &str)> {
    rendered(text).mistakes.into_iter().map(|(range, mistake)| (mistake.name, &text[range])).collect()
}

#[test]
fn links_lead_into_the_site() {
    assert_eq!(
        html("[a](2023-cupula.md#fim \"t<\") e [b][r]\n\n[r]: 2023-cupula.md"),
        "<p><a href=\"../2023-cupula/#fim\" title=\"t&lt;\">a</a> e <a href=\"../2023-cupula/\">b</a></p>\n"
    );
    assert_eq!(
        html("<https://a.b/?x&y>"),
        "<p><a href=\"https://a.b/?x&amp;y\" rel=\"noopener\">https://a.b/?x&amp;y</a></p>\n"
    );
    assert_eq!(html("<a@b.c>"), "<p><a href=\"mailto:a@b.c\">a@b.c</a></p>\n");
}

#[test]
fn wiki_links_have_their_targets_title_or_their_own_text() {
    let title = "<p><a href=\"../2023-cupula/\">A \"cúpula\" &amp; &lt;fim&gt;</a></p>\n";
    assert_eq!(html("[[cupula]]"), title);
    assert_eq!(html("[[cupula|a *cúpula*]]"), "<p><a href=\"../2023-cupula/\">a <em>cúpula</em></a></p>\n");
    assert!(html("| a |\n| - |\n| [[cupula\\|b]] |").contains("<td><a href=\"../2023-cupula/\">b</a></td>"));
    assert_eq!(html("[[nada]] [[nada|x]]"), "<p>nada x</p>\n");
    assert_eq!(mistakes("a [[nada]] [[ nada |x]]"), [("dead-link", "nada"), ("dead-link", " nada ")]);
    assert_eq!(html("[[evil]]"), "<p>evil</p>\n");
}

#[test]
fn a_dead_link_keeps_its_text_and_shows_its_address() {
    assert_eq!(html("a [*b*](x.md) c"), "<p>a <em>b</em> c</p>\n");
    assert_eq!(mistakes("> a\n> [b](x.md \"t\") c"), [("dead-link", "x.md")]);
    assert_eq!(mistakes("[b] [b] [c][b]\n\n[b]: <x y.md> 't'"), [("dead-link", "x y.md")]);
    assert_eq!(mistakes("![a](x.jpg)"), [("missing-image", "x.jpg")]);
    assert_eq!(html("![a <b](x.jpg)"), "<p>a &lt;b</p>\n");
    assert_eq!(html("## ![a](x.jpg)"), "<h2 id=\"a\">a</h2>\n");
}

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
         <time datetime=\"2000-07\">julho</time></p>\n<details open=\"\">\n<summary>Mais</summary>\n<p><em>Um</em> parágrafo</p>\n\
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
        html("<a href='2023-cupula.md'>a</a> <img src=caca.jpg alt=b>"),
        "<p><a href=\"../2023-cupula/\">a</a> <img src=\"../caca.1f.jpg\" alt=\"b\"></p>\n"
    );
    assert_eq!(mistakes("> <div>\n> <a\n> href=\"x.md\">\n"), [("dead-link", "x.md")]);
}

#[test]
fn headings_nest_without_gaps_and_have_anchors() {
    let found =
        rendered("# A cúpula\n\n### Dois\n\n## Três {#x}\n\n# A cúpula\n\n## \"X\" `y` ![z](caca.jpg)\n");
    assert_eq!(
        found.html,
        "<h2 id=\"a-cupula\">A cúpula</h2>\n<h3 id=\"dois\">Dois</h3>\n<h3 id=\"x\">Três</h3>\n<h2 id=\"a-cupula-1\">A cúpula</h2>\n\
         <h3 id=\"x-y-z\">“X” <code>y</code> <img src=\"../caca.1f.jpg\" alt=\"z\" width=\"800\" height=\"600\" loading=\"lazy\" decoding=\"async\"></h3>\n"
    );
    let listed: Vec<_> = found.headings.iter().map(|h| (h.level, h.id.as_str(), h.text.as_str())).collect();
    assert_eq!(listed[1..3], [(3, "dois", "Dois"), (3, "x", "Três")]);
    assert!(html("## a\n\n# b").starts_with("<h2 id=\"a\">a</h2>\n<h2"));
    let options = Options { heading_level: 5, ..Options::default() };
    assert!(render("# a\n## b\n### c", &options, &Site).html.contains("<h6 id=\"c\">"));
}

#[test]
fn a_chosen_id_wins_and_is_there_once() {
    assert_eq!(html("# x\n# y {#x}"), "<h2 id=\"x-1\">x</h2>\n<h2 id=\"x\">y</h2>\n");
    assert_eq!(mistakes("# x {#a}\n# y {#a}\n"), [("duplicate-anchor", "# y {#a}\n")]);
    assert_eq!(mistakes("# x {#a .b onclick=c}\n"), [("heading-attribute", "{#a .b onclick=c}")]);
    assert_eq!(html("# x {#a .b onclick=c}\n"), "<h2 id=\"a\">x</h2>\n");
}

#[test]
fn anchors_are_the_ids_of_the_rendered_text() {
    let text = "# Um\n\nA[^1] b[^1] <a id=\"velho\"></a>\n\n## Um\n\n## Dois {#d}\n\n[^1]: n";
    assert_eq!(anchors(text), ["um", "um-1", "d", "velho", "fn-1", "fnref-1", "fnref-1-2"]);
    let found = html(text);
    assert!(anchors(text).iter().all(|id| found.contains(&format!(" id=\"{id}\""))), "{found}");
}

#[test]
fn an_anchor_does_not_depend_on_other_articles() {
    let found = rendered("## [[cupula]] *b*");
    assert_eq!(
        (found.headings[0].id.as_str(), found.headings[0].text.as_str()),
        ("cupula-b", "A \"cúpula\" & <fim> b")
    );
    assert_eq!(anchors("## [[cupula]] *b*"), ["cupula-b"]);
}

#[test]
fn links_to_anchors_in_the_same_text_are_checked_at_its_end() {
    let text = "[a](#fim) [b](#nada) [c](#)\n\n## Fim";
    let options = Options { id_prefix: "e1-", ..Options::default() };
    let found = render(text, &options, &Site);
    assert_eq!(
        found.html,
        "<p><a href=\"#e1-fim\">a</a> <a>b</a> <a href=\"#\">c</a></p>\n<h2 id=\"e1-fim\">Fim</h2>\n"
    );
    assert_eq!(mistakes(text), [("dead-link", "#nada")]);
    assert_eq!(found.headings[0].id, "e1-fim");
}

#[test]
fn footnotes_are_numbered_as_they_are_referred_to() {
    let text =
        "[^z]: Zê, ver[^b].\n[^nunca]: x\n\nUm[^a] dois[^z] três[^A].\n\n[^a]: A\n\n    - lista\n[^b]: Bê\n";
    assert_eq!(
        html(text),
        "<p>Um<sup><a href=\"#fn-1\" id=\"fnref-1\" role=\"doc-noteref\">1</a></sup> \
         dois<sup><a href=\"#fn-2\" id=\"fnref-2\" role=\"doc-noteref\">2</a></sup> \
         três<sup><a href=\"#fn-1\" id=\"fnref-1-2\" role=\"doc-noteref\">1</a></sup>.</p>\n\
         <section class=\"footnotes\" role=\"doc-endnotes\" aria-label=\"Footnotes\">\n<ol>\n\
         <li id=\"fn-1\">\n<p>A</p>\n<ul>\n<li>lista</li>\n</ul>\n<p> <a href=\"#fnref-1\" role=\"doc-backlink\" aria-label=\"Back to reference 1\">↩\u{FE0E}</a> \
         <a href=\"#fnref-1-2\" role=\"doc-backlink\" aria-label=\"Back to reference 1-2\">↩\u{FE0E}<sup>2</sup></a></p>\n</li>\n\
         <li id=\"fn-2\">\n<p>Zê, ver<sup><a href=\"#fn-3\" id=\"fnref-3\" role=\"doc-noteref\">3</a></sup>. \
         <a href=\"#fnref-2\" role=\"doc-backlink\" aria-label=\"Back to reference 2\">↩\u{FE0E}</a></p>\n</li>\n\
         <li id=\"fn-3\">\n<p>Bê <a href=\"#fnref-3\" role=\"doc-backlink\" aria-label=\"Back to reference 3\">↩\u{FE0E}</a></p>\n</li>\n\
         </ol>\n</section>\n"
    );
    assert_eq!(mistakes(text), [("unused-footnote", "[^nunca]")]);
    assert_eq!(mistakes("a[^x] \\[^y] `[^z]` b[^ w]"), [("missing-footnote", "[^x]")]);
    assert!(html("[[cupula|a[^1] b]]\n\n[^1]: c").contains(">a b</a><sup>"));
}

#[test]
fn tables_lists_alerts_and_the_rest() {
    assert_eq!(
        html("| a | b |\n|:--|--:|\n| c | *d* |\n"),
        "<div class=\"table\" role=\"group\" tabindex=\"0\" aria-label=\"Table\">\n<table>\n<thead>\n<tr>\n<th scope=\"col\" class=\"align-left\">a</th>\n\
         <th scope=\"col\" class=\"align-right\">b</th>\n</tr>\n</thead>\n<tbody>\n<tr>\n<td class=\"align-left\">c</td>\n\
         <td class=\"align-right\"><em>d</em></td>\n</tr>\n</tbody>\n</table>\n</div>\n"
    );
    assert_eq!(
        html("- [x] a\n- [ ] b\n"),
        "<ul>\n<li class=\"task\"><input type=\"checkbox\" disabled=\"\" checked=\"\" aria-label=\"Done\"> a</li>\n\
         <li class=\"task\"><input type=\"checkbox\" disabled=\"\" aria-label=\"To do\"> b</li>\n</ul>\n"
    );
    assert_eq!(
        html("> [!WARNING]\n> a\n"),
        "<div class=\"alert alert-warning\" role=\"note\">\n<p class=\"alert-title\">Warning</p>\n<p>a</p>\n</div>\n"
    );
    assert_eq!(html("a\n: b\n: c\n"), "<dl>\n<dt>a</dt>\n<dd>b</dd>\n<dd>c</dd>\n</dl>\n");
    assert_eq!(html("~~a~~ --- b..."), "<p><del>a</del> — b…</p>\n");
    assert_eq!(
        html("```c++\"><script> x\n<b>\n```\n"),
        "<pre><code class=\"language-c++\">&lt;b&gt;\n</code></pre>\n"
    );
}

#[test]
fn images_have_a_size_and_a_text() {
    let image = "<img src=\"../caca.1f.jpg\" alt=\"A caça&quot;\" width=\"800\" height=\"600\" loading=\"lazy\" decoding=\"async\"";
    assert_eq!(html("![A *caça*&quot;](caca.jpg)"), format!("<p>{image}></p>\n"));
    assert_eq!(
        html("![A caça&quot;](caca.jpg \"Um 'avião' <b>\")"),
        format!("<figure>{image}>\n<figcaption>Um ‘avião’ &lt;b&gt;</figcaption>\n</figure>\n")
    );
    assert_eq!(html("![A caça&quot;](caca.jpg \"t\") b"), format!("<p>{image} title=\"t\"> b</p>\n"));
    assert_eq!(
        mistakes("![](caca.jpg) ![[caca.jpg]]"),
        [("missing-alt", "![](caca.jpg)"), ("missing-alt", "![[caca.jpg]]")]
    );
}

#[test]
fn quotation_marks_are_the_languages_unless_typed() {
    let options = Options { quotes: Quotes::of("de"), ..Options::default() };
    let german = |text: &str| render(text, &options, &Site).html;
    assert_eq!(german("\"a 'b' c\", l'eau"), "<p>„a ‚b‘ c“, l’eau</p>\n");
    assert_eq!(german("“a” «b» ‘c’ &ldquo;d&rdquo; \\\"e\\\""), "<p>“a” «b» ‘c’ “d” \"e\"</p>\n");
    assert_eq!(german("*\"a*\n\nb\" \"c\""), "<p><em>„a</em></p>\n<p>b“ „c“</p>\n");
    assert_eq!(
        german("`\"a\"`\n\n    \"b\"\n"),
        "<p><code>\"a\"</code></p>\n<pre><code>\"b\"\n</code></pre>\n"
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
