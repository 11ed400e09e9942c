//! Whole maps, of stories near and wide, on the date line and at the poles: small enough, complete, the same each time.

use super::{Borders, Drawing, Evidence, Extent, Leg, Position, Sheet, Stop, draw};

pub(super) const STORIES: &[(&str, &[(f64, f64)])] = &[
    ("world", &[(-74.0, 40.7), (2.35, 48.85), (77.2, 28.6), (151.2, -33.9), (-58.4, -34.6), (18.4, -33.9)]),
    ("europe", &[(-9.14, 38.7), (2.35, 48.85), (13.4, 52.5), (30.5, 50.45), (23.7, 37.98), (24.9, 60.2)]),
    ("far-east", &[(125.75, 39.02), (130.65, 42.43), (128.33, 51.88), (137.0, 50.55)]),
    ("sample", &[(125.75, 39.02), (130.65, 42.43), (128.33, 51.88), (137.0, 50.55), (37.62, 55.75)]),
    ("date-line", &[(179.0, -17.0), (-179.0, -18.5), (178.44, -18.14)]),
    ("svalbard", &[(15.6, 78.2), (20.0, 80.1), (11.9, 78.9), (24.0, 77.5)]),
    ("antarctica", &[(166.7, -77.8), (0.0, -90.0), (-60.0, -64.0), (39.6, -69.0)]),
    ("north-pole", &[(0.0, 90.0), (58.0, 80.6), (-62.3, 82.5)]),
    ("antipodes", &[(-3.7, 40.4), (176.3, -40.4)]),
    ("one", &[(37.62, 55.75)]),
    ("close", &[(9.19, 45.46), (9.2, 45.47), (9.21, 45.45), (12.33, 45.44)]),
    ("alaska", &[(-149.9, 61.2), (170.3, 69.7), (-165.4, 64.5), (158.65, 53.0)]),
    ("pacific", &[(139.7, 35.7), (-122.4, 37.8), (-157.9, 21.3), (174.8, -36.9)]),
    ("norway", &[(10.75, 59.9), (5.3, 60.4), (18.95, 69.65), (14.4, 67.3), (25.8, 71.1)]),
    ("canada", &[(-68.5, 63.7), (-94.97, 74.7), (-105.05, 69.1), (-85.9, 79.98)]),
    ("philippines", &[(120.98, 14.6), (123.9, 10.3), (125.6, 7.07), (106.8, -6.2)]),
    // The place opposite to its middle is on land: what is beyond the rim is turned inside out.
    ("chatham", &[(-176.5, -43.9), (174.8, -41.3)]),
    ("chile", &[(-70.65, -33.45), (-72.5, -51.7), (-67.6, -55.05), (-73.8, -42.5)]),
];

pub(super) fn sheet(story: &[(f64, f64)]) -> Sheet {
    let stop = |(i, &(longitude, latitude)): (usize, &(f64, f64))| Stop {
        position: Position::new(longitude, latitude).unwrap(),
        extent: Extent::City,
        number: i + 1,
        anchor: format!("place-{}", i + 1),
        label: format!("Place & {}", i + 1),
    };
    let evidence = |i| if i % 3 == 0 { Evidence::Documented } else { Evidence::Inferred };
    Sheet {
        title: "Where it <happened>".to_string(),
        stops: story.iter().enumerate().map(stop).collect(),
        legs: (1..story.len()).map(|to| Leg { from: to - 1, to, evidence: evidence(to) }).collect(),
        borders: Borders::Hidden,
    }
}

fn drawn(sheet: &Sheet) -> Drawing {
    draw(sheet).unwrap()
}

#[test]
fn a_story_without_places_has_no_map() {
    assert_eq!(draw(&sheet(&[])), None);
}

#[test]
fn every_map_is_small_and_complete() {
    for (name, story) in STORIES {
        let drawing = drawn(&sheet(story));
        let svg = &drawing.svg;
        assert!(svg.len() <= 25_000, "{name}: {} bytes", svg.len());
        assert!(!svg.contains("NaN") && !svg.contains("inf\"") && !svg.contains("style="), "{name}");
        assert_eq!(svg.matches("<text ").count(), story.len(), "{name}");
        assert!(svg.starts_with(&format!(
            r#"<svg class="map" viewBox="0 0 {} {}" role="img">"#,
            drawing.width, drawing.height
        )));
        assert!(svg.contains("<title>Where it &lt;happened&gt;</title>"));
        assert_eq!(svg.matches("<g").count(), svg.matches("</g>").count());
    }
}

#[test]
fn borders_are_drawn_only_when_asked_for() {
    for (name, story) in STORIES {
        let mut sheet = sheet(story);
        assert!(!drawn(&sheet).svg.contains("border"));
        sheet.borders = Borders::Shown;
        assert!(drawn(&sheet).svg.len() <= 25_000, "{name}");
    }
    let mut europe = sheet(STORIES[1].1);
    europe.borders = Borders::Shown;
    assert!(drawn(&europe).svg.contains(r#"<path class="border""#));
}

#[test]
fn the_same_story_has_the_same_bytes() {
    let sheet = sheet(STORIES[2].1);
    assert_eq!(drawn(&sheet), drawn(&sheet));
}

#[test]
fn a_small_box_has_a_globe_and_the_world_has_none() {
    assert!(drawn(&sheet(STORIES[2].1)).svg.contains(r#"<g class="inset""#));
    assert!(!drawn(&sheet(STORIES[0].1)).svg.contains(r#"<g class="inset""#));
}

#[test]
fn a_way_is_solid_only_when_it_is_documented() {
    let mut sheet = sheet(&[(10.0, 50.0), (12.0, 51.0)]);
    sheet.legs = vec![
        Leg { from: 0, to: 1, evidence: Evidence::Inferred },
        Leg { from: 0, to: 7, evidence: Evidence::Documented },
    ];
    assert!(
        drawn(&sheet).svg.contains(r#"class="route inferred""#)
            && !drawn(&sheet).svg.contains(r#"class="route""#)
    );
    sheet.legs.push(Leg { from: 1, to: 0, evidence: Evidence::Documented });
    assert!(
        !drawn(&sheet).svg.contains(r#"class="route inferred""#)
            && drawn(&sheet).svg.contains(r#"class="route""#)
    );
    sheet.legs.clear();
    assert!(!drawn(&sheet).svg.contains("route"));
}

#[test]
fn a_region_is_a_disc_and_no_point() {
    let mut sheet = sheet(&[(10.0, 50.0), (12.0, 51.0)]);
    sheet.stops[0].extent = Extent::Region;
    sheet.stops[1].extent = Extent::Country;
    let svg = drawn(&sheet).svg;
    assert_eq!((svg.matches(r#"class="area""#).count(), svg.matches(r#"class="mark""#).count()), (2, 0));
}

#[test]
fn hundreds_of_places_still_fit() {
    for count in [16, 41, 100, 101, 300, 3000] {
        let places: Vec<_> =
            (0..count).map(|i| (f64::from(i * 17 % 340) - 170.0, f64::from(i * 37 % 140) - 60.0)).collect();
        let svg = drawn(&sheet(&places)).svg;
        assert!(svg.len() <= 25_000, "{count}: {} bytes", svg.len());
        assert_eq!(svg.matches("data-place").count(), if count > 100 { 0 } else { places.len() });
    }
}
