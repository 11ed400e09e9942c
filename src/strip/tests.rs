//! Whole strips: each kind of date has its mark, time runs as the page reads, and no story makes one too large.

use proptest::prelude::{Just, Strategy, any, prop, prop_oneof};
use proptest::{prop_assert, proptest};

use super::{Break, Direction, Figure, Label, Lead, Mark, Sheet, Weight, draw, stretches};

const DAY: i64 = 86_400;

fn mark(figure: Figure, from: i64, to: i64) -> Mark {
    Mark { subject: 0, from, to, figure, weight: Weight::Normal, background: false }
}

fn lead(mark: &Mark) -> Lead {
    Lead { href: format!("#at{}", mark.from), title: "A <day> & more".to_string() }
}

fn long_lead(_: &Mark) -> Lead {
    Lead { href: format!("#{}", "x".repeat(900)), title: "y".repeat(900) }
}

fn day(number: i64) -> Mark {
    mark(Figure::Day, number * DAY, number * DAY + DAY - 1)
}

fn gap(day: i64, days: i64) -> Break {
    Break { at: day * DAY, length: days * DAY, words: format!("{days} days later") }
}

fn count(many: usize) -> String {
    format!("{many} events")
}

fn sheet(marks: Vec<Mark>, breaks: Vec<Break>) -> Sheet<'static> {
    let labels = stretches(&marks, &breaks);
    let label = |at| Label { at, texts: vec!["12 September 2023".to_string(), "2023".to_string()] };
    Sheet {
        labels: labels.iter().map(|stretch| vec![label(stretch.from), label(stretch.to)]).collect(),
        marks,
        breaks,
        direction: Direction::LeftToRight,
        count: &count,
        lead: &lead,
    }
}

fn svg(sheet: &Sheet<'_>) -> String {
    draw(sheet).unwrap().svg
}

/// The values of an attribute, in the order of the document.
fn values(svg: &str, attribute: &str) -> Vec<f64> {
    let begin = format!(" {attribute}=\"");
    let found = svg.split(&begin).skip(1).filter_map(|rest| rest.split('"').next());
    found.map(|value| value.trim_end_matches('%').parse().unwrap()).collect()
}

/// How many events the links of a strip stand for: one each, or as many as a column says.
fn represented(svg: &str) -> usize {
    if !svg.contains(r#"class="column""#) {
        return svg.matches("<a ").count();
    }
    let titles = svg.split("<title>").skip(1).filter_map(|rest| rest.split('<').next());
    titles.filter_map(|title| title.strip_suffix(" events")?.parse::<usize>().ok()).sum()
}

fn assert_inside(svg: &str) {
    for attribute in ["x", "cx", "x1", "x2"] {
        assert!(
            values(svg, attribute).iter().all(|place| (0.0..=100.0).contains(place)),
            "{attribute}: {svg}"
        );
    }
    let height = values(svg, "height")[0];
    for attribute in ["y", "cy", "y1", "y2"] {
        assert!(
            values(svg, attribute).iter().all(|place| (0.0..=height).contains(place)),
            "{attribute}: {svg}"
        );
    }
    let (starts, widths) = (values(svg, "x"), values(svg, "width"));
    assert!(widths.iter().all(|width| (0.0..=100.0).contains(width)), "{starts:?} {widths:?}");
    assert!(!svg.contains("NaN") && !svg.contains("inf") && !svg.contains("style="), "{svg}");
    assert_eq!(svg.matches("<a ").count(), svg.matches("</a>").count());
}

#[test]
fn a_story_without_dates_has_no_strip() {
    assert_eq!(draw(&sheet(Vec::new(), vec![gap(1, 3)])), None);
}

#[test]
fn every_figure_has_a_mark_of_its_own() {
    let mut seen: Vec<(String, bool)> = Vec::new();
    for figure in Figure::ALL {
        let marks = vec![day(0), mark(figure, 10 * DAY, 20 * DAY), day(30)];
        let svg = svg(&sheet(marks, Vec::new()));
        assert_inside(&svg);
        let own = svg.split("<a ").find(|link| link.starts_with("href=\"#at864000\"")).unwrap();
        let shape = own.split("</title>").nth(1).unwrap();
        // Two differ only by the end at which their cap is.
        let at_start = values(shape, "x1").first() == values(shape, "x1").get(1);
        let bare: String =
            shape.chars().filter(|letter| !letter.is_ascii_digit() && *letter != '.').collect();
        assert!(!seen.contains(&(bare.clone(), at_start)), "{figure:?} looks like another: {bare}");
        seen.push((bare, at_start));
    }
}

#[test]
fn a_bar_is_as_wide_as_its_date() {
    let svg =
        svg(&sheet(vec![mark(Figure::Bar, 0, 10 * DAY), mark(Figure::Bar, 20 * DAY, 40 * DAY)], Vec::new()));
    // The longer one lies below, after the width of the whole strip.
    let widths = values(&svg, "width");
    assert!((widths[1] / widths[2] - 2.0).abs() < 0.01, "{widths:?}");
}

#[test]
fn key_moments_have_a_ring_and_what_came_before_is_hollow() {
    let marks = vec![
        Mark { background: true, ..day(0) },
        Mark { weight: Weight::Key, ..day(3) },
        Mark { weight: Weight::Minor, ..day(6) },
    ];
    let svg = svg(&sheet(marks, Vec::new()));
    let radii: Vec<_> = ["hollow", "dot", "ring", "key"]
        .iter()
        .map(|class| svg.matches(&format!("circle class=\"{class}\"")).count())
        .collect();
    assert_eq!(radii, [1, 1, 1, 1]);
    assert_eq!(values(&svg, "r"), [3.5, 6.0, 3.5, 2.25]);
}

#[test]
fn marks_of_one_day_do_not_cover_each_other() {
    let mut marks = vec![day(0), day(9)];
    marks.extend((0..7).map(|_| day(5)));
    let svg = svg(&sheet(marks, Vec::new()));
    let mut places: Vec<_> = values(&svg, "cx").into_iter().zip(values(&svg, "cy")).collect();
    places.sort_by(|one, other| one.0.total_cmp(&other.0).then(one.1.total_cmp(&other.1)));
    places.dedup();
    assert_eq!(places.len(), 9);
}

#[test]
fn a_gap_breaks_the_axis_and_says_its_words() {
    let marks = vec![day(-8000), day(0), day(1), day(2), day(3)];
    let svg = svg(&sheet(marks, vec![gap(0, 7999)]));
    assert_eq!(svg.matches(r##"<use class="zigzag" href="#strip:zigzag""##).count(), 1);
    assert_eq!(svg.matches(r#">7999 days later</text>"#).count(), 2, "at both widths");
    // Four days have most of the strip, beside 22 years.
    let places = values(&svg, "cx");
    assert!(places[4] - places[1] > 40.0, "{places:?}");
}

#[test]
fn of_too_many_breaks_the_longest_are_kept() {
    let marks: Vec<Mark> = (0..10).map(|at| day(at * at * 10)).collect();
    let breaks: Vec<Break> = (1..10).map(|at| gap(at * at * 10, 10 * (2 * at - 1))).collect();
    let svg = svg(&sheet(marks, breaks));
    assert_eq!(svg.matches("class=\"zigzag\"").count(), 6);
    assert!(
        svg.contains("170 days later") && svg.contains("70 days later") && !svg.contains(">50 days later")
    );
}

#[test]
fn a_year_around_a_few_days_does_not_squeeze_them() {
    let mut marks = vec![mark(Figure::Bar, 0, 365 * DAY)];
    marks.extend((250..256).map(day));
    let svg = svg(&sheet(marks, Vec::new()));
    let places = values(&svg, "cx");
    assert!(places[5] - places[0] > 50.0, "{places:?}");
    assert!(
        svg.contains(r#"x="0%""#) && svg.contains(r#"width="100%""#),
        "the year runs over both ends: {svg}"
    );
}

#[test]
fn time_runs_leftwards_on_a_page_that_does() {
    let marks = vec![day(0), mark(Figure::Open, 2 * DAY, 2 * DAY), mark(Figure::Bar, 3 * DAY, 5 * DAY)];
    let ltr = svg(&sheet(marks.clone(), vec![gap(2, 1)]));
    let rtl = svg(&Sheet { direction: Direction::RightToLeft, ..sheet(marks, vec![gap(2, 1)]) });
    let mirrored: Vec<f64> =
        values(&ltr, "cx").iter().map(|x| ((100.0 - x) * 100.0).round() / 100.0).collect();
    assert_eq!(values(&rtl, "cx"), mirrored);
    assert!(ltr.contains("#strip:right\" x=\"100%") && rtl.contains("#strip:left\" x=\"0%"));
    assert_inside(&rtl);
}

/// Stories at the limits, each with what it is.
fn stories() -> Vec<(&'static str, Vec<Mark>)> {
    let spread =
        |many: i64, step: i64| (0..many).map(|at| mark(Figure::Moment, at * step, at * step + 59)).collect();
    let year = 31_556_952;
    vec![
        ("one", vec![day(3)]),
        ("seven", (0..7).map(day).collect()),
        ("two hundred", (0..200).map(|at| day(at / 3 * 7)).collect()),
        (
            "ten thousand years",
            (0..200).map(|at| mark(Figure::Bar, at * 50 * year, (at * 50 + 1) * year)).collect(),
        ),
        ("a far year", vec![day(3), mark(Figure::Bar, 168_000 * year, 168_001 * year), day(-900_000)]),
        ("the farthest year", vec![day(0), mark(Figure::Bar, 170_000_000 * year, 170_000_001 * year)]),
        ("all on one day", (0..300).map(|_| day(0)).collect()),
        ("all in one minute", (0..300).map(|_| mark(Figure::Moment, 0, 59)).collect()),
        ("twenty thousand", spread(20_000, 1800)),
        ("long names", (0..100).map(day).collect()),
        ("long and many", (0..20_000).map(day).collect()),
    ]
}

#[test]
fn no_story_makes_a_strip_too_large_and_none_loses_an_event() {
    for (name, marks) in stories() {
        let many = marks.len();
        let breaks: Vec<Break> = marks
            .iter()
            .skip(1)
            .map(|mark| Break { at: mark.from, length: 5, words: "z".repeat(40) })
            .collect();
        for breaks in [Vec::new(), breaks] {
            let sheet = sheet(marks.clone(), breaks);
            let svg = match name.starts_with("long") {
                true => svg(&Sheet { lead: &long_lead, ..sheet }),
                false => svg(&sheet),
            };
            assert!(svg.len() <= 20_000, "{name}: {} bytes", svg.len());
            assert_inside(&svg);
            if !name.starts_with("long and") {
                assert!(represented(&svg) == many, "{name}: {} of {many}", represented(&svg));
            }
        }
    }
}

#[test]
fn the_steps_down_are_taken_in_their_order() {
    let words = |marks: Vec<Mark>| svg(&sheet(marks, Vec::new()));
    let titled = |many: i64, title: usize| {
        let lead = |mark: &Mark| Lead { title: "t".repeat(title), ..lead(mark) };
        svg(&Sheet { lead: &lead, ..sheet((0..many).map(day).collect(), Vec::new()) })
    };
    assert!(titled(20, 10).contains("tttt"));
    let untitled = titled(20, 2000);
    assert!(!untitled.contains("tttt") && untitled.matches("<circle").count() == 20);
    let columns = titled(300, 10);
    assert!(columns.contains("class=\"column\"") && columns.contains(" events</title>"));
    let mut keyed: Vec<Mark> = (0..300).map(day).collect();
    keyed[40].weight = Weight::Key;
    assert_eq!(words(keyed).matches("class=\"ring\"").count(), 1);
    // A word that fills a strip by itself is given up last.
    let vast = Sheet { count: &|_| "w".repeat(30_000), ..sheet((0..300).map(day).collect(), Vec::new()) };
    let vast = svg(&vast);
    assert!(vast.len() <= 20_000 && !vast.contains("<a ") && vast.contains("class=\"column\""));
}

#[test]
fn twenty_thousand_events_are_drawn_without_comparing_each_with_each() {
    let marks: Vec<Mark> = (0..200_000).map(|at| mark(Figure::Moment, at * 60, at * 60 + 59)).collect();
    let drawn = svg(&sheet(marks.clone(), Vec::new()));
    assert_eq!(represented(&drawn), 200_000);
    let mut backwards = marks;
    backwards.reverse();
    assert_eq!(
        svg(&sheet(backwards, Vec::new())),
        drawn,
        "the order in which marks are given does not matter"
    );
}

fn moments() -> impl Strategy<Value = i64> {
    prop_oneof![
        Just(0),
        -100_000_i64..100_000,
        -6_000_000_000_000_000_i64..6_000_000_000_000_000,
        any::<i64>()
    ]
}

fn marks() -> impl Strategy<Value = Vec<Mark>> {
    let one = (moments(), moments(), prop::sample::select(&Figure::ALL[..]), 0..3, any::<bool>());
    let one = one.prop_map(|(one, other, figure, weight, background)| Mark {
        weight: [Weight::Key, Weight::Normal, Weight::Minor][weight as usize],
        background,
        ..mark(figure, one.min(other), one.max(other))
    });
    prop::collection::vec(one, 1..60)
}

proptest! {
    #[test]
    fn whatever_the_dates_are_nothing_leaves_the_strip(
        marks in marks(),
        breaks in prop::collection::vec((moments(), moments()), 0..12),
        rtl in any::<bool>(),
    ) {
        let many = marks.len();
        let breaks = breaks.into_iter().map(|(at, length)| Break { at, length, words: "later".into() }).collect();
        let mut sheet = sheet(marks, breaks);
        if rtl {
            sheet.direction = Direction::RightToLeft;
        }
        let svg = svg(&sheet);
        assert_inside(&svg);
        prop_assert!(svg.len() <= 20_000);
        prop_assert!(represented(&svg) == many, "{} of {many}", represented(&svg));
    }
}
