//! Pictures made here, with a camera's notes in them, are published by the real program and read back by Pillow, which shares
//! no line with it: no note is left, every size is what its name says, and every picture stands upright. The same bytes come
//! out with any number of threads, with and without the cache.
#![allow(
    clippy::disallowed_methods,
    clippy::unwrap_used,
    reason = "a test prepares its own folders, and fails where it can't"
)]

#[path = "../sites/mod.rs"]
mod sites;

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::process::Command;

use image::{ExtendedColorType, ImageEncoder, Rgb, RgbImage};
use tempfile::TempDir;

/// What the program printed and what became of it.
struct Outcome {
    is_success: bool,
    printed: String,
}

/// What Pillow says of a file: format, width, height, frames, the darkest corner, notes.
type Read = BTreeMap<String, String>;

const NAMES: [&str; 4] =
    ["content/ponte/foto.jpg", "content/ponte/vista.png", "content/ponte/rio.webp", "content/ponte/ida.gif"];

#[test]
fn nothing_of_a_camera_is_published() {
    let site = site();
    let before = read(&site.path().join("content"));
    assert!(before["ponte/foto.jpg"].ends_with("exif,comment,position,secret"), "{before:?}");
    assert!(before["ponte/cais.jpg"].ends_with("exif,comment,position,secret"), "{before:?}");
    assert!(before["ponte/vista.png"].contains("position"), "{before:?}");
    assert!(before["ponte/rio.webp"].contains("position"), "{before:?}");
    assert!(before["ponte/ida.gif"].contains("secret"), "{before:?}");
    build(&site, &[]);
    let after = read(&site.path().join("public"));
    let noted: Vec<_> = after.iter().filter(|(_, said)| !said.ends_with(" none")).collect();
    assert!(noted.is_empty(), "notes are left: {noted:?}");
}

#[test]
fn every_version_is_upright_and_as_large_as_its_name_says() {
    let site = site();
    build(&site, &[]);
    let found: Read = read(&site.path().join("public"))
        .into_iter()
        .map(|(path, said)| (without_digest(&path), said))
        .collect();
    // The photo was taken with the camera on its side: 1000 × 750 pixels stand 1000 high.
    let expected = [
        ("ponte/cais.500w.webp", "WEBP 500 375 1 top-left none"),
        ("ponte/cais.jpg", "JPEG 500 375 1 top-left none"),
        ("ponte/card.png", "PNG 1200 630 1 top-left none"),
        ("ponte/foto.480w.webp", "WEBP 480 640 1 top-right none"),
        ("ponte/foto.750w.webp", "WEBP 750 1000 1 top-right none"),
        ("ponte/foto.jpg", "JPEG 750 1000 1 top-right none"),
        ("ponte/ida.gif", "GIF 2 1 2 top-left none"),
        ("ponte/interdicao/card.png", "PNG 1200 630 1 top-left none"),
        ("ponte/rio.480w.webp", "WEBP 480 240 1 top-left none"),
        ("ponte/rio.webp", "WEBP 600 300 1 top-left none"),
        ("ponte/vista.480w.webp", "WEBP 480 240 1 top-left none"),
        ("ponte/vista.800w.png", "PNG 800 400 1 top-left none"),
        ("ponte/vista.800w.webp", "WEBP 800 400 1 top-left none"),
        ("ponte/vista.900w.webp", "WEBP 900 450 1 top-left none"),
        ("ponte/vista.png", "PNG 900 450 1 top-left none"),
    ];
    let expected: Read =
        expected.into_iter().map(|(path, said)| (path.to_string(), said.to_string())).collect();
    assert_eq!(found, expected);
}

#[test]
fn the_page_names_every_version_with_its_size() {
    let site = site();
    build(&site, &[]);
    let page = fs::read_to_string(site.path().join("public/ponte/interdicao/index.html")).unwrap();
    let page = without_digest(&page);
    for piece in [
        "<source type=\"image/webp\" srcset=\"../foto.480w.webp 480w, ../foto.750w.webp 750w\" sizes=\"",
        "<img src=\"../foto.jpg\" alt=\"A ponte\" width=\"750\" height=\"1000\" fetchpriority=\"high\"",
        "<img src=\"../vista.png\" alt=\"A vista\" width=\"900\" height=\"450\" srcset=\"../vista.800w.png 800w, ../vista.png 900w\"",
        "<img src=\"../rio.webp\" alt=\"O rio\" width=\"600\" height=\"300\" srcset=\"../rio.480w.webp 480w, ../rio.webp 600w\"",
        "<img src=\"../ida.gif\" alt=\"A ida\" width=\"2\" height=\"1\" loading=\"lazy\" decoding=\"async\">",
    ] {
        assert!(page.contains(piece), "the page lacks {piece}\n{page}");
    }
    for link in page
        .split(['"', ' ', ','])
        .filter(|piece| piece.starts_with("../foto.") || piece.starts_with("../vista."))
    {
        let found =
            read(&site.path().join("public")).keys().any(|path| without_digest(path).ends_with(&link[2..]));
        assert!(found, "{link} leads nowhere");
    }
}

#[test]
fn the_same_bytes_with_any_number_of_threads_and_any_cache() {
    let site = site();
    let public = site.path().join("public");
    build(&site, &[("RAYON_NUM_THREADS", "1")]);
    let first = sites::tree(&public);
    assert!(first.len() > 15 && site.path().join(".dateline/pictures").is_dir());
    let again = |what: &str| {
        build(&site, &[("RAYON_NUM_THREADS", "4")]);
        let differences = sites::differences(&first, &sites::tree(&public));
        assert!(differences.is_empty(), "{what}:\n{}", differences.join("\n"));
    };
    again("a later build");
    fs::remove_dir_all(&public).unwrap();
    again("a build of the cache alone");
    fs::remove_dir_all(site.path().join(".dateline")).unwrap();
    again("a build of the output alone");
    fs::remove_dir_all(&public).unwrap();
    fs::remove_dir_all(site.path().join(".dateline")).unwrap();
    again("a build of nothing but the site");
}

#[test]
fn nothing_is_made_that_is_there_already() {
    let site = site();
    // A site without an address has no timeline in one file, which holds pictures and so needs their bytes.
    fs::write(site.path().join("dateline.toml"), "title = \"A ponte\"\nlanguage = \"pt-BR\"\n").unwrap();
    let (public, cache) = (site.path().join("public"), site.path().join(".dateline/pictures"));
    let names = || sites::tree(&cache).into_keys().collect::<Vec<_>>();
    build(&site, &[]);
    // What the cache has under a name is published: here something that no encoder would make.
    let name = names().into_iter().find(|name| name.ends_with("480w.webp")).unwrap();
    let told = b"not made again".as_slice();
    fs::write(cache.join(name), [&blake3::hash(told).as_bytes()[..16], told].concat()).unwrap();
    fs::remove_dir_all(&public).unwrap();
    build(&site, &[]);
    let published = sites::tree(&public);
    assert!(published.values().any(|digest| *digest == blake3::hash(told).to_string()));
    // What the output has under a name with a digest is not made again, nor read from a cache, by a build that knows of none before.
    fs::remove_dir_all(site.path().join(".dateline")).unwrap();
    build(&site, &[]);
    assert_eq!(names().len(), 1, "{:?}", names());
    assert!(
        names()[0].ends_with(".whole"),
        "only what has no digest in its name, the turned photo: {:?}",
        names()
    );
    assert_eq!(sites::differences(&published, &sites::tree(&public)), Vec::<String>::new());
}

#[test]
fn a_version_that_was_changed_by_hand_comes_back() {
    let site = site();
    build(&site, &[]);
    let public = site.path().join("public");
    let first = sites::tree(&public);
    let version = first.keys().find(|path| path.ends_with("480w.webp")).unwrap();
    fs::write(public.join(version), "gone").unwrap();
    build(&site, &[]);
    assert_eq!(sites::differences(&first, &sites::tree(&public)), Vec::<String>::new());
}

#[test]
fn a_picture_that_is_gone_leaves_nothing_behind() {
    let site = site();
    build(&site, &[]);
    fs::remove_file(site.path().join(NAMES[1])).unwrap();
    let page = site.path().join("content/ponte/interdicao.md");
    let text = fs::read_to_string(&page).unwrap().replace("![A vista](vista.png)", "");
    fs::write(&page, text).unwrap();
    build(&site, &[]);
    let left = |folder: &str| sites::tree(&site.path().join(folder)).into_keys().collect::<Vec<_>>();
    assert!(!left("public").iter().any(|path| path.contains("vista")), "{:?}", left("public"));
    // What the cache keeps is what the others are made of: two of the photo, itself upright, one of the river, one of the quay.
    assert_eq!(left(".dateline/pictures").len(), 5, "{:?}", left(".dateline/pictures"));
}

#[test]
fn pixels_that_are_broken_are_told_of_where_the_picture_is_shown() {
    let site = site();
    let path = site.path().join(NAMES[1]);
    let mut bytes = fs::read(&path).unwrap();
    let middle = bytes.len() / 2;
    bytes[middle..middle + 64].fill(0);
    fs::write(&path, bytes).unwrap();
    let page = site.path().join("content/ponte/interdicao.md");
    let text = fs::read_to_string(&page).unwrap().replace("src = \"foto.jpg\"", "src = \"vista.png\"");
    fs::write(&page, text).unwrap();
    let outcome = run(&site, &[]);
    assert!(!outcome.is_success);
    for piece in [
        "error[unreadable-picture]",
        "content/ponte/interdicao.md:5:",
        "its pixels can't be decoded",
        "save it again",
    ] {
        assert!(outcome.printed.contains(piece), "{piece} is not in\n{}", outcome.printed);
    }
    assert!(!site.path().join("public").exists());
}

fn without_digest(path: &str) -> String {
    let parts: Vec<&str> = path.split('.').collect();
    let is_digest = |part: &str| part.len() == 10 && part.bytes().all(|byte| byte.is_ascii_hexdigit());
    parts.into_iter().filter(|part| !is_digest(part)).collect::<Vec<_>>().join(".")
}

fn build(site: &TempDir, environment: &[(&str, &str)]) {
    let outcome = run(site, environment);
    assert!(outcome.is_success, "the site does not build:\n{}", outcome.printed);
}

fn run(site: &TempDir, environment: &[(&str, &str)]) -> Outcome {
    let output = sites::dateline(site.path())
        .args(["build", "--now", sites::NOW])
        .envs(environment.iter().copied())
        .output()
        .expect("the program runs");
    let printed = String::from_utf8_lossy(&output.stderr).into_owned();
    Outcome { is_success: output.status.success(), printed }
}

fn read(folder: &Path) -> Read {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let python = root.join("tests/.tools/venv/bin/python");
    assert!(python.exists(), "there is no reader of pictures: run tests/run --tools");
    let output = Command::new(python)
        .arg(root.join("tests/pictures/read.py"))
        .arg(folder)
        .output()
        .expect("the reader runs");
    let errors = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "a picture can't be read:\n{errors}");
    let lines = String::from_utf8(output.stdout).expect("the reader writes UTF-8");
    let entry = |line: &str| line.split_once(' ').map(|(path, said)| (path.to_string(), said.to_string()));
    lines.lines().filter_map(entry).collect()
}

/// A site with a photo that was taken on its side, a PNG, a WebP and an animation, each with notes.
fn site() -> TempDir {
    let site = tempfile::tempdir().expect("a temporary folder can be made");
    let write = |path: &str, bytes: &[u8]| {
        let path = site.path().join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, bytes).unwrap();
    };
    write(
        "dateline.toml",
        b"title = \"A ponte\"\nbase_url = \"https://exemplo.test/\"\nlanguage = \"pt-BR\"\n",
    );
    write("content/ponte/_index.md", b"+++\ntitle = \"A ponte\"\n+++\n");
    write("content/ponte/interdicao.md", ARTICLE.as_bytes());
    write(NAMES[0], &jpeg(1000, 750, 6));
    write("content/ponte/cais.jpg", &jpeg(500, 375, 1));
    write(NAMES[1], &png());
    write(NAMES[2], &webp());
    write(NAMES[3], &gif());
    site
}

const ARTICLE: &str = r#"+++
title = "A interdição"
date = 2023-01-17
published = 2023-01-17T10:00:00Z
image = { src = "foto.jpg", alt = "A ponte", credit = "Ana" }
+++

![A vista](vista.png) ![O rio](rio.webp) ![A ida](ida.gif)
"#;

/// Light waves, with a dark corner at the top left.
fn waves(width: u32, height: u32) -> RgbImage {
    RgbImage::from_fn(width, height, |x, y| {
        let wave = |a: u32| u8::try_from((x * a + y) / 9 % 100 + 120).expect("it is below 256");
        if x < width / 4 && y < height / 4 { Rgb([9, 9, 9]) } else { Rgb([wave(1), wave(2), 200]) }
    })
}

/// How the camera was held, where, and by whom.
fn exif(orientation: u8) -> Vec<u8> {
    let mut notes = b"MM\0\x2a\0\0\0\x08\0\x03".to_vec();
    notes.extend([0x01, 0x12, 0, 3, 0, 0, 0, 1, 0, orientation, 0, 0]);
    notes.extend([0x01, 0x3b, 0, 2, 0, 0, 0, 12, 0, 0, 0, 50]);
    notes.extend([0x88, 0x25, 0, 4, 0, 0, 0, 1, 0, 0, 0, 62, 0, 0, 0, 0]);
    notes.extend(b"Ana Segredo\0");
    notes.extend(b"\0\x01\0\x01\0\x02\0\0\0\x02N\0\0\0\0\0\0\0");
    notes
}

fn jpeg(width: u16, height: u16, orientation: u8) -> Vec<u8> {
    let mut encoder_bytes = Vec::new();
    let mut encoder = jpeg_encoder::Encoder::new(&mut encoder_bytes, 85);
    encoder.add_exif_metadata(&exif(orientation)).unwrap();
    let image = waves(width.into(), height.into());
    encoder.encode(&image, width, height, jpeg_encoder::ColorType::Rgb).unwrap();
    let comment = b"\xff\xfe\x00\x0dAna Segredo";
    [&encoder_bytes[..2], comment, &encoder_bytes[2..]].concat()
}

fn png() -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut encoder = image::codecs::png::PngEncoder::new(&mut bytes);
    encoder.set_exif_metadata(exif(1)).unwrap();
    encoder.write_image(&waves(900, 450), 900, 450, ExtendedColorType::Rgb8).unwrap();
    bytes
}

fn webp() -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut encoder = image::codecs::webp::WebPEncoder::new_lossless(&mut bytes);
    encoder.set_exif_metadata(exif(1)).unwrap();
    encoder.write_image(&waves(600, 300), 600, 300, ExtendedColorType::Rgb8).unwrap();
    bytes
}

/// Two frames of two pixels, one black, one white, for ever.
fn gif() -> Vec<u8> {
    let head = b"GIF89a\x02\0\x01\0\x80\0\0\0\0\0\xff\xff\xff";
    let comment = b"\x21\xfe\x0bAna Segredo\0";
    let again = b"\x21\xff\x0bNETSCAPE2.0\x03\x01\0\0\0";
    let frame = b"\x21\xf9\x04\0\x0a\0\0\0\x2c\0\0\0\0\x02\0\x01\0\0\x02\x02\x44\x0a\0";
    let other = b"\x21\xf9\x04\0\x0a\0\0\0\x2c\0\0\0\0\x02\0\x01\0\0\x02\x02\x0c\x0a\0";
    [head.as_slice(), comment, again, frame, other, b"\x3b"].concat()
}
