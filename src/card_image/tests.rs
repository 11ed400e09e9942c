//! Cards are decoded by another crate, and what stands where is counted.

use super::{Card, Direction, HEIGHT, WIDTH, draw, missing_letter, without_signs};

fn card(title: &str) -> Card {
    Card {
        title: title.to_string(),
        above: Some("A viagem".to_string()),
        date: Some("julho de 2000".to_string()),
        place: Some("Pyongyang".to_string()),
        site: "Cronologia".to_string(),
        direction: Direction::LeftToRight,
        accent: [0x9c, 0x3a, 0x22],
    }
}

fn pixels(card: &Card) -> image::RgbImage {
    let image = image::load_from_memory(&draw(card)).unwrap().to_rgb8();
    assert_eq!(image.dimensions(), (WIDTH, HEIGHT));
    image
}

/// Whether anything but paper and the edge is in some columns and rows.
fn has_ink(image: &image::RgbImage, columns: std::ops::Range<u32>, rows: std::ops::Range<u32>) -> bool {
    let mut all = rows.flat_map(|y| columns.clone().map(move |x| (x, y)));
    all.any(|(x, y)| image.get_pixel(x, y)[0] < 0x80)
}

#[test]
fn the_edge_has_the_accent_and_stands_where_reading_begins() {
    let image = pixels(&card("Ponte"));
    assert_eq!(image.get_pixel(5, 300).0, [0x9c, 0x3a, 0x22]);
    assert_ne!(image.get_pixel(WIDTH - 5, 300).0, [0x9c, 0x3a, 0x22]);
    let image = pixels(&Card { direction: Direction::RightToLeft, ..card("جسر") });
    assert_eq!(image.get_pixel(WIDTH - 5, 300).0, [0x9c, 0x3a, 0x22]);
    assert!(has_ink(&image, 900..WIDTH - 80, 130..240) && !has_ink(&image, 40..600, 130..240));
}

#[test]
fn the_same_words_give_the_same_bytes_and_others_do_not() {
    assert_eq!(draw(&card("Ponte")), draw(&card("Ponte")));
    assert_ne!(draw(&card("Ponte")), draw(&card("Fonte")));
    let undated = Card { date: None, place: None, ..card("Ponte") };
    assert_ne!(draw(&card("Ponte")), draw(&undated));
}

#[test]
fn no_title_leaves_the_margins() {
    for title in ["palavra ".repeat(60), "á".repeat(300), "W".repeat(300), "Слово и дело ".repeat(30)]
    {
        let image = pixels(&card(&title));
        assert!(!has_ink(&image, WIDTH - 80..WIDTH, 0..HEIGHT), "{title}");
        assert!(!has_ink(&image, 30..80, 0..HEIGHT), "{title}");
        assert!(!has_ink(&image, 80..WIDTH - 80, 426..436), "{title}: the headline runs into the date");
    }
}

/// To look for fonts while shaping lost the Arabic words of a line that began with a number.
#[test]
fn no_word_is_lost_beside_a_number_or_another_script() {
    for (mixed, alone) in [("10 إلى 13 مارس 2019", "إلى مارس"), ("123 (واحد) «اثنان» Latin", "واحد اثنان")]
    {
        let ink = |title: &str| {
            let title = Card { above: None, date: None, place: None, ..card(title) };
            pixels(&title).pixels().filter(|pixel| pixel[0] < 0x80).count()
        };
        let rest: String =
            mixed.chars().filter(|letter| !alone.contains(*letter) || *letter == ' ').collect();
        assert!(ink(mixed) > ink(&rest) + (ink(alone) - ink("")) / 2, "{mixed}");
    }
}

/// The bytes are the same on every machine. If they are to be others, so is `RECIPE`.
#[test]
fn the_recipe_gives_these_bytes() {
    let card = Card { title: "Ponte, мост, γέφυρα, جسر, גשר: 2023".to_string(), ..card("") };
    let digest = blake3::hash(&draw(&card)).to_hex();
    assert_eq!((super::RECIPE, &digest[..16]), (1, "0a5f1f414f3a9e72"));
}

#[test]
fn letters_of_four_scripts_and_more_are_known_and_others_told() {
    for text in ["Kim Jong Un, 2023!", "Ғылым и жизнь", "Ἀθῆναι", "زعيم كوريا ۲۰۲۳", "שלום", "Tiếng Việt"]
    {
        assert_eq!(missing_letter(text), None, "{text}");
    }
    assert_eq!(missing_letter("A 平壌"), Some('平'));
    assert_eq!(without_signs("Ponte \u{1f309} caiu\nhoje"), "Ponte caiu hoje");
}

#[test]
fn each_script_leaves_ink_of_its_own() {
    let blank = pixels(&Card { title: String::new(), ..card("") });
    for title in ["Ponte", "Мост", "Γέφυρα", "جسر", "גשר"] {
        let image = pixels(&card(title));
        assert!(has_ink(&image, 84..1000, 130..240) && !has_ink(&blank, 84..1000, 150..240), "{title}");
    }
}
