//! All rounds of one program over one corpus: clean builds, builds with nothing changed, builds after an edit.

use std::fs;
use std::path::Path;
use std::process::Command;
use std::time::Duration;

use walkdir::WalkDir;

use crate::corpus::{Corpus, Flavour};
use crate::floor;
use crate::process::{Run, run};
use crate::programs::Program;

/// From so many articles on there is one run of each, and not the median of three.
const MANY: usize = 100_000;

/// How old a file is before a program may rely on its time.
const OLD_ENOUGH: Duration = Duration::from_secs(1);

/// What is known of one program at one size.
#[derive(Debug)]
pub struct Column {
    /// Its name.
    pub name: &'static str,
    /// Builds into an empty folder, with nothing kept.
    pub clean: Vec<Run>,
    /// Builds over the last one.
    pub unchanged: Vec<Run>,
    /// The same after a sentence more in one article of the middle.
    pub text: Vec<Run>,
    /// The same after another title.
    pub title: Vec<Run>,
    /// The files of the output.
    pub files: usize,
    /// Their bytes.
    pub bytes: u64,
}

/// Runs a program over a corpus.
pub fn measure(program: &Program, corpus: Corpus) -> Column {
    let folder = tempfile::tempdir().expect("a folder for temporary files");
    let (site, output) = (folder.path().join("site"), folder.path().join("site/public"));
    program.prepare(corpus, &site);
    // Files that have just been written are not taken for unchanged, by which a second build would be measured as the first.
    std::thread::sleep(OLD_ENOUGH);
    let count = if corpus.articles < MANY { 3 } else { 1 };
    let build = || run(&mut program.build(&site, &output));
    let clean = (0..count).map(|_| {
        program.kept().iter().for_each(|name| remove(&site.join(name)));
        remove(&output);
        build()
    });
    let clean = clean.collect();
    let (files, bytes) = extent(&output);
    let unchanged = (0..count).map(|_| build()).collect();
    let edited = |change: fn(crate::corpus::Article) -> crate::corpus::Article| {
        let after = |number: usize| {
            let article = corpus.article(corpus.articles / 2 + number);
            let (file, before) =
                (site.join(article.path(program.flavour())), article.text(program.flavour()));
            fs::write(&file, change(article).text(program.flavour())).expect("the article is ours");
            let run = build();
            fs::write(&file, before).expect("the article is ours");
            build();
            run
        };
        (0..count).map(after).collect()
    };
    let text = edited(|article| article.with_paragraph("Esta frase é nova."));
    let title = edited(|article| article.titled("Um título novo para este artigo"));
    Column { name: program.name(), clean, unchanged, text, title, files, bytes }
}

/// Runs the floor over a corpus: as many files and bytes as another one has written.
pub fn floor(corpus: Corpus, like: &Column) -> Column {
    let folder = tempfile::tempdir().expect("a folder for temporary files");
    let (site, output) = (folder.path().join("site"), folder.path().join("public"));
    corpus.write(Flavour::Dateline, &site).expect("the folder for temporary files is writable");
    let count = if corpus.articles < MANY { 3 } else { 1 };
    let clean = (0..count).map(|_| {
        remove(&output);
        let mut command = Command::new(std::env::current_exe().expect("the benchmark is a program"));
        command.arg(floor::NAME).arg(site.join("content")).arg(&output);
        run(command.args([like.files.to_string(), like.bytes.to_string()]))
    });
    let clean = clean.collect();
    let (files, bytes) = extent(&output);
    Column { name: "floor", clean, unchanged: Vec::new(), text: Vec::new(), title: Vec::new(), files, bytes }
}

/// The number of files below a folder, and of their bytes.
pub fn extent(folder: &Path) -> (usize, u64) {
    let found =
        WalkDir::new(folder).into_iter().map_while(Result::ok).filter(|entry| entry.file_type().is_file());
    let sizes = found.filter_map(|entry| entry.metadata().ok()).map(|metadata| metadata.len());
    sizes.fold((0, 0), |(files, bytes), size| (files + 1, bytes + size))
}

fn remove(path: &Path) {
    let removed = if path.is_dir() { fs::remove_dir_all(path) } else { fs::remove_file(path) };
    assert!(removed.is_ok() || !path.exists(), "{} cannot be removed", path.display());
}
