//! How long it takes from a saved file to its new text over HTTP: `cargo bench --bench serve`.
//!
//! It makes sites of 1,000 and 10,000 events (or of as many as `DATELINE_EVENTS="100 2000"` says), starts the real program,
//! renames a new version of one event over the old one, and asks for the page until it has the new text. It prints the
//! time to the first answer, and the median and the slowest of 30 changes of a text and of 10 changes of a date.
#![allow(
    clippy::disallowed_methods,
    clippy::print_stdout,
    reason = "a benchmark prepares its own folders and prints"
)]

use std::fs;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

/// An event in the middle of the corpus.
const EDITED: usize = 371;

fn main() {
    let sizes = std::env::var("DATELINE_EVENTS").unwrap_or_else(|_| "1000 10000".to_string());
    for events in sizes.split_whitespace().map(|size| size.parse().expect("a number of events")) {
        let site = tempfile::tempdir().expect("a temporary folder");
        corpus(site.path(), events);
        let started = Instant::now();
        let server = Server::start(site.path());
        assert!(server.get("/rio/").contains("<article"), "the timeline is shown");
        let first = started.elapsed();
        // What is found in the background comes to an end before anything is measured.
        std::thread::sleep(Duration::from_secs(3 + events as u64 / 1000));
        let texts = times(30, |number| server.change(site.path(), EDITED % events, number, 13));
        let dates =
            times(10, |number| server.change(site.path(), EDITED % events, 100 + number, number % 27 + 1));
        println!("{events} events: first page after {}", shown(first));
        println!(
            "    a text: median {}, slowest {}",
            shown(texts[texts.len() / 2]),
            shown(texts[texts.len() - 1])
        );
        println!(
            "    a date: median {}, slowest {}",
            shown(dates[dates.len() / 2]),
            shown(dates[dates.len() - 1])
        );
    }
}

fn corpus(root: &Path, events: usize) {
    fs::create_dir_all(root.join("content/rio")).expect("the folder is writable");
    let write = |path: &str, text: String| fs::write(root.join(path), text).expect("the folder is writable");
    write(
        "dateline.toml",
        "title = \"Arquivo\"\nlanguage = \"pt-BR\"\nbase_url = \"https://a.test/\"\n".to_string(),
    );
    write("content/rio/_index.md", "+++\ntitle = \"O rio\"\n+++\n".to_string());
    for number in 0..events {
        write(&format!("content/rio/e{number:05}.md"), event(number, 0, number % 27 + 1));
    }
}

fn event(number: usize, version: usize, day: usize) -> String {
    let (year, month) = (2001 + number % 20, number % 12 + 1);
    let paragraph =
        "No dia, a água passou pela marca, e quem estava na margem contou o que viu antes da noite. "
            .repeat(8);
    format!(
        "+++\ntitle = \"O acontecimento de número {number}\"\ndate = {year}-{month:02}-{day:02}\n\
         published = {year}-{month:02}-{day:02}T18:00:00-03:00\npeople = [\"Pessoa {}\", \"Pessoa {}\"]\nplace = \"Lugar {}\"\n\
         sources = [{{ title = \"Ata {}\", url = \"https://ata.test/{}\", publisher = \"Arquivo\" }}]\n+++\n\n\
         Esta é a versão {version}.\n\n{paragraph}\n\n{paragraph}\n",
        number % 83,
        (number * 31 + 7) % 83,
        number % 40,
        number % 150,
        number % 150,
    )
}

/// How long each of some changes took, in order of time.
fn times(count: usize, change: impl Fn(usize) -> Duration) -> Vec<Duration> {
    let mut times: Vec<Duration> = (1..=count).map(change).collect();
    times.sort();
    times
}

fn shown(time: Duration) -> String {
    format!("{:.1} ms", time.as_secs_f64() * 1000.0)
}

struct Server {
    child: Child,
    port: u16,
}

impl Server {
    fn start(root: &Path) -> Self {
        let mut command = Command::new(env!("CARGO_BIN_EXE_dateline"));
        command
            .args(["serve", "--port", "0", "--root"])
            .arg(root)
            .stdout(Stdio::piped())
            .stderr(Stdio::null());
        let mut child = command.spawn().expect("the program runs");
        let mut lines =
            BufReader::new(child.stdout.take().expect("it is piped")).lines().map_while(Result::ok);
        let line = lines.find(|line| line.contains("http://")).expect("the address");
        let port = line.split(['/', ':', ' ']).find_map(|part| part.parse().ok()).expect("a port");
        // Somebody has to read what it says.
        std::thread::spawn(move || lines.for_each(drop));
        Self { child, port }
    }

    fn get(&self, path: &str) -> String {
        let mut stream = TcpStream::connect(("127.0.0.1", self.port)).expect("the server answers");
        write!(stream, "GET {path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
            .expect("it listens");
        let mut bytes = Vec::new();
        stream.read_to_end(&mut bytes).expect("it answers");
        String::from_utf8_lossy(&bytes).into_owned()
    }

    /// Saves a new version of an event, and waits for it as a browser does: the news first, then the page.
    fn change(&self, root: &Path, number: usize, version: usize, day: usize) -> Duration {
        let (beside, file) = (root.join("new-version"), root.join(format!("content/rio/e{number:05}.md")));
        let page = format!("/rio/e{number:05}/");
        let news = self.get(&format!("/.dateline-preview/news?since=0&known=0&page={page}"));
        let generation = news.split("\"generation\":").nth(1).and_then(|rest| rest.split(',').next());
        let ask = format!(
            "/.dateline-preview/news?since={0}&known={0}&page={page}",
            generation.expect("a generation")
        );
        fs::write(&beside, event(number, version, day)).expect("the folder is writable");
        let started = Instant::now();
        fs::rename(&beside, &file).expect("the folder is writable");
        self.get(&ask);
        while !self.get(&page).contains(&format!("Esta é a versão {version}.")) {}
        let took = started.elapsed();
        std::thread::sleep(Duration::from_millis(150));
        took
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // It may have ended by itself.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
