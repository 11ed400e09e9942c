//! What the writer costs beside plain writing of the same files: `TMPDIR=/dev/shm cargo bench --bench writer`.
#![allow(clippy::print_stdout, clippy::unwrap_used, reason = "a measurement is there to be read")]
#![allow(clippy::disallowed_methods, reason = "plain writing is what the writer is compared with")]

use std::fs;
use std::time::{Duration, Instant};

use dateline::output::{Manifest, Output, Summary};

fn main() {
    twenty_thousand_files_against_plain_writes();
    a_manifest_of_a_million_files();
}

const BYTES: usize = 6_000;

fn twenty_thousand_files_against_plain_writes() {
    for round in 0..3 {
        let folder = tempfile::tempdir().unwrap();
        let (root, public) = (folder.path().join("site"), folder.path().join("site/public"));
        fs::create_dir_all(&root).unwrap();
        let routes: Vec<String> =
            (0..20_000).map(|number| format!("t/{}/{number}/index.html", number % 100)).collect();
        let text = |version: u8| vec![version; BYTES];
        let plain_folder = folder.path().join("plain");
        let plain = time(|| {
            for route in &routes {
                let path = plain_folder.join(route);
                fs::create_dir_all(path.parent().unwrap()).unwrap();
                fs::write(path, text(1)).unwrap();
            }
        });
        let plain_again =
            time(|| routes.iter().for_each(|route| fs::write(plain_folder.join(route), text(2)).unwrap()));
        let build = |version: u8| {
            let output = Output::open(&public, &root, &|_| ()).unwrap();
            routes.iter().for_each(|route| assert!(output.write(route, &text(version)).is_ok()));
            output.commit().unwrap()
        };
        let first = time(|| assert_eq!(build(1).written, routes.len()));
        let same = time(|| assert_eq!(build(1), Summary { unchanged: routes.len(), ..Summary::default() }));
        let changed = time(|| assert_eq!(build(2).written, routes.len()));
        println!("round {round}: plain {plain:?}, over old files {plain_again:?}");
        println!(
            "  first {first:?} ({:.2}), all the same {same:?}, all changed {changed:?} ({:.2})",
            ratio(first, plain),
            ratio(changed, plain_again)
        );
    }
}

fn a_manifest_of_a_million_files() {
    let folder = tempfile::tempdir().unwrap();
    let (root, public) = (folder.path().join("site"), folder.path().join("site/public"));
    fs::create_dir_all(&root).unwrap();
    let output = Output::open(&public, &root, &|_| ()).unwrap();
    for number in 0..1_000_000 {
        output.write(&format!("kim-putin/{}/2023-09-13-{number}/index.html", number % 1000), b"").unwrap();
    }
    println!("commit {:?}", time(|| assert_eq!(output.commit().unwrap().written, 1_000_000)));
    let size = fs::metadata(public.join(dateline::output::MANIFEST)).unwrap().len();
    println!("read {:?}, {size} bytes", time(|| drop(Manifest::read(&public).unwrap())));
}

fn time(work: impl FnOnce()) -> Duration {
    let begin = Instant::now();
    work();
    begin.elapsed()
}

fn ratio(one: Duration, other: Duration) -> f64 {
    one.as_secs_f64() / other.as_secs_f64()
}
