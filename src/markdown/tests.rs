//! Rendering as authors meet it: one behaviour a test.

use super::{Kind, Links, Mistake, Options, Quotes, Rendered, Resolved, Target, anchors, render};

/// A site with two articles and a picture.
pub(super) struct Site;

impl Links for Site {
    fn resolve(&self, target: Target<'_>) -> Result<Resolved, Mistake> {
        match (target.kind, target.address) {
            (Kind::Link, "2023-cupula.md" | "/cupula/") => Ok(Resolved::href("../2023-cupula/")),
            (Kind::Link, "2023-cupula.md#fim") => Ok(Resolved::href("../2023-cupula/#fim")),
            (Kind::Wiki, "cupula") => Ok(Resolved {
                text: Some("A \"cúpula\" & <fim>".to_string()),
                ..Resolved::href("../2023-cupula/")
            }),
            (Kind::Link, "/en/summit/") | (Kind::Wiki, "summit") => Ok(Resolved {
                text: Some("The summit".to_string()),
                language: Some("en".to_string()),
                ..Resolved::href("../en/summit/")
            }),
            (Kind::Wiki, "evil") => Ok(Resolved::href("javascript:alert(1)")),
            (Kind::Image, "caca.jpg") => {
                Ok(Resolved { size: Some((800, 600)), ..Resolved::href("../caca.1f.jpg") })
            }
            (Kind::Image, "foto.jpg") => Ok(Resolved {
                size: Some((900, 600)),
                srcset: Some("foto.1f.800w.jpg 800w, foto.jpg 900w".to_string()),
                webp: Some("foto.1f.480w.webp 480w".to_string()),
                ..Resolved::href("foto.jpg")
            }),
            (Kind::Image, address) => Err(Mistake::error("missing-image", format!("no image `{address}`"))),
            (_, address) => Err(Mistake::error("dead-link", format!("nothing at `{address}`"))),
        }
    }
}

pub(super) fn rendered(text: &str) -> Rendered {
    render(text, &Options::default(), &Site)
}

pub(super) fn html(text: &str) -> String {
    rendered(text).html
}

/// The names of the mistakes, each with the text that it points at.
pub(super) fn mistakes(text: &str) -> Vec<(&'static str, &str)> {
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
        "<ul>\n<li class=\"task\"><input type=\"checkbox\" disabled checked aria-label=\"Done\"> a</li>\n\
         <li class=\"task\"><input type=\"checkbox\" disabled aria-label=\"To do\"> b</li>\n</ul>\n"
    );
    assert_eq!(
        html("- [x] a\n  ="),
        "<ul>\n<li class=\"task\">\n<h2 id=\"a\"><input type=\"checkbox\" disabled checked aria-label=\"Done\"> a</h2>\n</li>\n</ul>\n"
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
fn images_have_versions() {
    let sizes = "sizes=\"(min-width: 40.5rem) 38rem, calc(100vw - 2.5rem)\"";
    let source = format!("<source type=\"image/webp\" srcset=\"foto.1f.480w.webp 480w\" {sizes}>");
    let image = format!(
        "<picture>{source}<img src=\"foto.jpg\" alt=\"A\" width=\"900\" height=\"600\" srcset=\"foto.1f.800w.jpg 800w, foto.jpg 900w\" {sizes} loading=\"lazy\" decoding=\"async\""
    );
    assert_eq!(html("![A](foto.jpg)"), format!("<p>{image}></picture></p>\n"));
    assert_eq!(html("<b>x</b> ![A](foto.jpg)"), format!("<p><b>x</b> {image}></picture></p>\n"));
    assert_eq!(
        html("![A](foto.jpg \"t\")"),
        format!("<figure>{image}></picture>\n<figcaption>t</figcaption>\n</figure>\n")
    );
    assert_eq!(
        html(
            "<picture><source srcset=\"https://a/b.webp 1w\"><img src=foto.jpg alt=a srcset=\"//a/b 1w\"></picture>"
        ),
        "<p><img src=\"foto.jpg\" width=\"900\" height=\"600\" alt=\"a\"></p>\n"
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
fn a_link_names_the_language_of_another_one_s_page() {
    assert_eq!(
        html("[summit](/en/summit/)"),
        "<p><a href=\"../en/summit/\" hreflang=\"en\">summit</a></p>\n"
    );
    let title = "<p><a href=\"../en/summit/\" hreflang=\"en\"><span lang=\"en\">The summit</span></a></p>\n";
    assert_eq!(html("[[summit]]"), title);
}
