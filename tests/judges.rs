//! Three sites, built by the real program and shown to outside judges: HTML, CSS, links, and a real browser.
//!
//! They are the sample story; an invented one that has what the sample lacks; and one in Arabic, from right to left.
//!
//! A judge is a script in `tests/judges/` that takes a folder, prints its findings by page, and ends with 0 when there are
//! none; `node tests/judges/links.mjs public` does the same by hand. What the judges need, `tests/tools/install` brings.
#![allow(clippy::disallowed_methods, reason = "a test prepares its own folders")]

mod sites;

use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use sites::stories::Story;
use sites::text;

#[test]
fn every_page_is_valid_html() {
    finds_nothing("html");
}

#[test]
fn every_page_passes_the_lint() {
    finds_nothing("lint");
}

#[test]
fn every_stylesheet_is_valid() {
    finds_nothing("css");
}

#[test]
fn every_link_and_fragment_leads_somewhere() {
    finds_nothing("links");
}

#[test]
fn each_kind_of_page_is_accessible_in_light_and_dark_at_three_widths() {
    finds_nothing("accessibility");
}

#[test]
fn no_page_scrolls_sideways_at_320_pixels() {
    finds_nothing("reflow");
}

#[test]
fn nothing_is_lost_without_javascript() {
    finds_nothing("script-off");
}

#[test]
fn no_page_complains_or_asks_another_host() {
    finds_nothing("quiet");
}

#[test]
fn no_stylesheet_names_a_physical_side() {
    finds_nothing("logical");
}

#[test]
fn paper_holds_every_event_the_legend_and_the_sources_and_no_card_is_cut() {
    finds_nothing("print");
}

#[test]
fn every_target_is_large_enough_at_320_pixels() {
    finds_nothing("targets");
}

#[test]
fn nothing_is_lost_at_200_per_cent() {
    finds_nothing("zoom");
}

#[test]
fn the_keyboard_goes_through_each_page_in_the_order_of_reading() {
    finds_nothing("tab-order");
}

#[test]
fn nothing_moves_for_who_asks_for_less_motion() {
    finds_nothing("motion");
}

#[test]
fn each_filter_shows_what_it_promises_without_javascript() {
    finds_nothing("filters");
}

#[test]
fn each_event_is_found_by_its_anchor_and_by_its_page() {
    finds_nothing("anchors");
}

#[test]
fn keys_alone_lead_to_a_key_moment_to_its_source_and_through_the_filters() {
    finds_nothing("keyboard");
}

#[test]
fn the_script_adds_comfort_and_nothing_else() {
    finds_nothing("comfort");
}

#[test]
fn another_site_can_show_a_timeline_its_key_moments_and_an_event() {
    finds_nothing("embed");
}

#[test]
fn every_event_and_every_name_is_found_by_the_search() {
    finds_nothing("search");
}

#[test]
fn a_page_of_coverage_that_goes_on_tells_politely_what_is_new() {
    finds_nothing("latest");
    let said = text(&ask("latest", Story::Sample.public()));
    assert!(
        said.contains("2 timelines that go on"),
        "the sample's coverage goes on, in two languages: {said}"
    );
}

#[test]
fn every_translation_knows_of_the_others() {
    assert_eq!(complaint("translations", Story::Sample), None, "the sample is in two languages");
}

/// The further pages of a long timeline are pages like others; an old anchor finds its event.
#[test]
fn a_timeline_of_several_pages_passes_as_well() {
    let judges = [
        "html",
        "lint",
        "links",
        "quiet",
        "script-off",
        "filters",
        "anchors",
        "comfort",
        "print",
        "tab-order",
    ];
    let said: Vec<String> = judges.iter().filter_map(|judge| complaint(judge, Story::Cut)).collect();
    assert!(said.is_empty(), "{}", said.join("\n"));
}

/// A judge that cannot find anything would be silent on every site: `tests/judges/broken/` has a mistake for each.
#[test]
fn each_judge_finds_the_mistakes_that_are_planted_for_it() {
    for (judge, planted) in [
        ("html", &["2023-02-30"][..]),
        ("lint", &["heading-level"]),
        ("css", &["colour"]),
        ("links", &["nao-existe/", "«nao-ha»"]),
        ("accessibility", &["color-contrast", "light 320", "dark 1440"]),
        ("reflow", &["p.wide"]),
        ("script-off", &["Isto só se lê com JavaScript."]),
        ("quiet", &["erro plantado"]),
        ("logical", &["margin-left", "padding: 1px 2px 3px 4px"]),
        ("print", &["«Isto não se imprime»", "begins on sheet", "fonte.test", "sticks on paper"]),
        ("targets", &["button «um»"]),
        ("zoom", &["p.cut is cut off", "page at 200 %", "text at 200 %"]),
        ("tab-order", &["«Isto fura a fila»", "does not show", "lies under", "goes up the page"]),
        (
            "filters",
            &[
                "«f» promises 2 events and shows 1",
                "does not bring everything back",
                "without :has() there are 0 links for 2 choices",
            ],
        ),
        ("anchors", &["#um: the event has no link to its page", "an event has no anchor"]),
        ("keyboard", &["the next Tab is not in #um", "after clearing, 1 of 2 events are shown"]),
        ("comfort", &["one script is due, there are 0", "scripts: none; due: timeline"]),
        ("motion", &["html scrolls smoothly", "p.slow has a transition"]),
        (
            "translations",
            &[
                "does not list itself",
                "x-default",
                "does not list the same pages",
                "no link for readers",
                "where no page is",
            ],
        ),
    ] {
        assert_finds(judge, planted);
    }
}

#[test]
fn the_judges_of_frames_search_and_news_find_what_is_planted_for_them() {
    for (judge, planted) in [
        (
            "embed",
            &[
                "it has the frame of the site",
                "search engines would list it",
                "this link opens in the frame",
                "this link does not lead out: #nota",
                "it is no oEmbed 1.0",
                "the frame has no title",
                "does not name kim-putin/embed/oembed.json",
                "offers no code",
                "at 300 pixels the frame is",
                "without the script the frame is",
                "the heading leads to",
            ][..],
        ),
        (
            "search",
            &[
                "has no link to the search",
                "stands 0 times in the index",
                "kim-putin/nao-existe/index.html, which is not there",
                "without JavaScript the form is shown",
                "does not find people/alguem",
                "«A cúpula» does not find its event",
                "people/alguem shows 1 events of 2",
                "a search for nothing finds something",
                "does not stand in the address",
                "Enter takes the focus out of the field",
                "nothing is said when the index can not be loaded",
            ],
        ),
        (
            "latest",
            &[
                "its coverage does not go on, and there is a",
                "«ontem» is no digest",
                "there is no event nao-existe",
                "can not be loaded again",
                "the line for news is no status",
                "without the ETag",
                "of three new events it says «»",
                "something was put into the page",
                "out of sight it asks",
                "after the end of the coverage it asks",
            ],
        ),
    ] {
        assert_finds(judge, planted);
    }
}

/// A judge names every piece of what is planted for it in `tests/judges/broken/`.
fn assert_finds(judge: &str, planted: &[&str]) {
    let output = ask(judge, &judges().join("broken"));
    let said = text(&output);
    assert_eq!(output.status.code(), Some(1), "{judge} did not find the planted mistakes:\n{said}");
    for piece in planted {
        assert!(said.contains(piece), "{judge} does not name {piece}:\n{said}");
    }
}

/// Shows the built sites to a judge.
fn finds_nothing(judge: &str) {
    let said: Vec<String> = Story::ALL.iter().filter_map(|story| complaint(judge, *story)).collect();
    assert!(said.is_empty(), "{}", said.join("\n"));
}

fn complaint(judge: &str, story: Story) -> Option<String> {
    let output = ask(judge, story.public());
    let name = story.name();
    (!output.status.success()).then(|| format!("{judge}, {name}: {}\n{}", output.status, text(&output)))
}

fn ask(judge: &str, site: &Path) -> Output {
    assert!(judges().join("node_modules").exists(), "the judges are not installed: run tests/tools/install");
    Command::new("node").arg(judges().join(judge).with_extension("mjs")).arg(site).output().expect(
        "`node` runs: Node.js 20 or newer is needed for the tests, from nodejs.org or your system's packages",
    )
}

fn judges() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/judges")
}
