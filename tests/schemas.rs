//! The JSON Schemas that `dateline schema` prints, judged by Ajv: what the program reads is valid by them, and what it
//! refuses for its shape is not.
#![allow(clippy::disallowed_methods, reason = "a test prepares its own folders")]

mod sites;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::{Value, json};
use sites::{dateline, text};
use walkdir::WalkDir;

const KINDS: [&str; 5] = ["front-matter", "entity", "timeline", "page", "settings"];

/// Documents that the program refuses, each with a mistake of shape.
const WRONG: [(&str, &str); 16] = [
    ("front-matter", "title = \"a\"\ndate = 2023-09-13\nsumary = \"b\""),
    ("front-matter", "date = 2023-09-13"),
    ("front-matter", "title = \"a\"\ndate = 2023"),
    ("front-matter", "title = \"a\"\ndate = \"\""),
    ("front-matter", "title = \"a\"\ndate = 2023-09-13\nweight = \"heavy\""),
    ("front-matter", "title = \"a\"\ndate = 2023-09-13\npublished = 2023-09-13"),
    ("front-matter", "title = \"a\"\ndate = 2023-09-13\nsources = [{ url = \"https://a.example/\" }]"),
    ("front-matter", "title = \"a\"\ndate = 2023-09-13\nsources = [{ title = \"b\", url = \"a.example\" }]"),
    ("front-matter", "title = \"a\"\ndate = 2023-09-13\nimage = { src = \"b.jpg\", copyright = \"c\" }"),
    ("entity", "latitude = 91.0\nlongitude = 0"),
    ("entity", "birthday = 2000-01-01"),
    ("timeline", "title = \"a\"\ntracks = [{ id = \"b\" }]"),
    ("page", "title = \"a\"\ndate = 2023-09-13"),
    ("settings", "base_url = \"https://a.example/\""),
    ("settings", "title = \"a\"\n[check]\nmissing-atl = \"off\""),
    ("settings", "title = \"a\"\n[theme]\naccent = \"red\""),
];

#[test]
fn what_the_program_reads_is_valid_and_what_it_refuses_is_not() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut documents = Vec::new();
    let starter = root.join("src/commands/starter");
    for site in [root.to_path_buf(), starter.join("en"), starter.join("pt-BR")] {
        documents.extend(documents_of(&site));
    }
    let found = documents.len();
    assert!(KINDS.iter().all(|kind| documents.iter().any(|document| document["schema"] == *kind)), "{found}");
    documents.extend(WRONG.iter().map(|(kind, text)| document(text, kind, text, false)));

    let folder = tempfile::tempdir().expect("a folder can be made");
    for kind in KINDS {
        let output = dateline(folder.path()).args(["schema", kind]).output().expect("the program runs");
        assert!(output.status.success(), "{}", text(&output));
        let schema: Value = serde_json::from_slice(&output.stdout).expect("a schema is JSON");
        assert_eq!(schema["$schema"], "https://json-schema.org/draft/2020-12/schema");
        fs::write(folder.path().join(format!("{kind}.schema.json")), output.stdout).expect("it is writable");
    }
    fs::write(folder.path().join("documents.json"), json!(documents).to_string()).expect("it is writable");
    let judge = root.join("tests/judges/schemas.mjs");
    let output = Command::new("node").arg(judge).arg(folder.path()).output();
    let output = output.expect("`node` runs, and tests/tools/install has installed the judges");
    assert!(output.status.success(), "{}", text(&output));
}

/// The settings and the front matter of a site.
fn documents_of(site: &Path) -> Vec<Value> {
    let read = |path: &PathBuf| fs::read_to_string(path).expect("the site is readable");
    let settings = site.join("dateline.toml");
    let mut documents = vec![document(&settings.to_string_lossy(), "settings", &read(&settings), true)];
    for entry in WalkDir::new(site.join("content")).sort_by_file_name() {
        let path = entry.expect("the site is readable").into_path();
        let whole =
            if path.extension().is_some_and(|ending| ending == "md") { read(&path) } else { continue };
        let Some(front_matter) = whole.strip_prefix("+++\n").and_then(|rest| rest.split("\n+++\n").next())
        else {
            continue;
        };
        documents.push(document(&path.to_string_lossy(), kind_of(site, &path), front_matter, true));
    }
    documents
}

fn kind_of(site: &Path, path: &Path) -> &'static str {
    let inner = path.strip_prefix(site.join("content")).expect("it is in content/").to_string_lossy();
    let is_index = path.file_name().is_some_and(|name| name.to_string_lossy().starts_with("_index."));
    match inner.split_once('/') {
        None => "page",
        Some(("people" | "organizations" | "places" | "topics", _)) => "entity",
        Some(_) if is_index => "timeline",
        Some(_) => "front-matter",
    }
}

fn document(name: &str, schema: &str, toml: &str, valid: bool) -> Value {
    let table: toml::Table = toml.parse().unwrap_or_else(|error| panic!("{name}: {error}"));
    json!({ "file": name, "schema": schema, "valid": valid, "data": as_json(&toml::Value::Table(table)) })
}

/// TOML as editors hand it to a schema: a date is its text.
fn as_json(value: &toml::Value) -> Value {
    match value {
        toml::Value::String(text) => json!(text),
        toml::Value::Integer(number) => json!(number),
        toml::Value::Float(number) => json!(number),
        toml::Value::Boolean(boolean) => json!(boolean),
        toml::Value::Datetime(date) => json!(date.to_string()),
        toml::Value::Array(items) => items.iter().map(as_json).collect(),
        toml::Value::Table(table) => table.iter().map(|(key, value)| (key.clone(), as_json(value))).collect(),
    }
}
