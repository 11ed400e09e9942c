//! The floor: what reading, parsing and writing cost alone, with no order, no template and no list of anything.
//!
//! It is a program of its own, so that its memory and its start are measured as those of the others. As many files are
//! written as a generator has written, with as many bytes, on all processors.

use std::fs;
use std::path::{Path, PathBuf};

use pulldown_cmark::{Options, Parser, html};
use rayon::prelude::{IntoParallelIterator, IntoParallelRefIterator, ParallelIterator};
use walkdir::WalkDir;

/// What the benchmark is called with to be the floor.
pub const NAME: &str = "floor";

/// The bytes around an article on its page, about those of the compared sites.
const FRAME: usize = 2600;

/// Reads `content`, and writes so many files with so many bytes together.
pub fn run(content: &Path, output: &Path, files: usize, bytes: usize) {
    let articles: Vec<PathBuf> = WalkDir::new(content)
        .into_iter()
        .map_while(Result::ok)
        .map(walkdir::DirEntry::into_path)
        .filter(|path| path.extension().is_some_and(|ending| ending == "md"))
        .collect();
    let written: usize = articles.par_iter().map(|path| article(content, path, output)).sum();
    let others = files.saturating_sub(articles.len());
    let page = vec![b'x'; bytes.saturating_sub(written) / others.max(1)];
    (0..others).into_par_iter().for_each(|number| {
        write(&output.join("others").join(number.to_string()), &page);
    });
}

fn article(content: &Path, path: &Path, output: &Path) -> usize {
    let text = fs::read_to_string(path).expect("the article is ours");
    let body = text.get(3..).and_then(|text| text.split_once("\n+++\n")).map_or("", |(_, body)| body);
    let frame = " ".repeat(FRAME / 2);
    let mut page = String::with_capacity(2 * text.len() + FRAME);
    page.push_str(&frame);
    html::push_html(&mut page, Parser::new_ext(body, Options::ENABLE_TABLES | Options::ENABLE_FOOTNOTES));
    page.push_str(&frame);
    let folder = path.strip_prefix(content).expect("it was found below").with_extension("");
    write(&output.join(folder), page.as_bytes());
    page.len()
}

fn write(folder: &Path, page: &[u8]) {
    // The folder around it is there already, but for the first.
    if fs::create_dir(folder).is_err() {
        fs::create_dir_all(folder).expect("the output is writable");
    }
    fs::write(folder.join("index.html"), page).expect("the output is writable");
}
