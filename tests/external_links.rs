//! `check --links` against a server of ours that fails on purpose, on the loopback.
#![allow(clippy::disallowed_methods, reason = "a test prepares its own folders")]

mod sites;

use std::fs;
use std::io::{BufRead, BufReader, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use dateline::network::{Answer, Manners, ask};
use sites::{dateline, text};

/// A server that answers by the path, and remembers what it was asked.
struct Server {
    port: u16,
    seen: Arc<Seen>,
}

#[derive(Default)]
struct Seen {
    /// Method and path of each request, with when it came.
    requests: Mutex<Vec<(String, Instant)>>,
    now: AtomicUsize,
    most: AtomicUsize,
}

impl Server {
    fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a port is free");
        let port = listener.local_addr().expect("it has an address").port();
        let seen = Arc::new(Seen::default());
        let of_server = Arc::clone(&seen);
        std::thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let seen = Arc::clone(&of_server);
                std::thread::spawn(move || seen.answer(stream));
            }
        });
        Self { port, seen }
    }

    fn url(&self, path: &str) -> String {
        format!("http://127.0.0.1:{}{path}", self.port)
    }

    /// How often something was asked.
    fn count(&self, request: &str) -> usize {
        self.requests().iter().filter(|(seen, _)| seen == request).count()
    }

    fn requests(&self) -> Vec<(String, Instant)> {
        self.seen.requests.lock().expect("no thread panics with it").clone()
    }
}

impl Seen {
    /// Answers one request, and closes the connection.
    fn answer(&self, mut stream: TcpStream) {
        let mut reader = BufReader::new(stream.try_clone().expect("a stream has two ends"));
        let mut first = String::new();
        if reader.read_line(&mut first).unwrap_or_default() == 0 {
            return;
        }
        let mut line = String::new();
        while reader.read_line(&mut line).unwrap_or_default() > 2 {
            line.clear();
        }
        let request: String = first.split(' ').take(2).collect::<Vec<_>>().join(" ");
        let before = {
            let mut requests = self.requests.lock().expect("no thread panics with it");
            requests.push((request.clone(), Instant::now()));
            requests.iter().filter(|(seen, _)| *seen == request).count()
        };
        self.most.fetch_max(self.now.fetch_add(1, Ordering::SeqCst) + 1, Ordering::SeqCst);
        std::thread::sleep(Duration::from_millis(20));
        let status = match request.as_str() {
            "HEAD /get-only" | "HEAD /liar" => "405 Method Not Allowed",
            request if request.contains(" /missing") => "404 Not Found",
            "HEAD /gone" | "GET /gone" => "410 Gone",
            "HEAD /forbidden" | "GET /forbidden" => "403 Forbidden",
            "HEAD /always-busy" | "GET /always-busy" => "429 Too Many Requests",
            "HEAD /busy" => "503 Service Unavailable",
            "GET /busy" if before < 3 => "503 Service Unavailable",
            "HEAD /moved" | "GET /moved" => "301 Moved Permanently\r\nLocation: /good",
            "HEAD /slow" | "GET /slow" => {
                std::thread::sleep(Duration::from_secs(2));
                "200 OK"
            }
            _ => "200 OK",
        };
        self.now.fetch_sub(1, Ordering::SeqCst);
        let _ = write!(stream, "HTTP/1.1 {status}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
    }
}

fn quick() -> Manners {
    Manners {
        pause: Duration::from_millis(30),
        back_off: Duration::from_millis(20),
        timeout: Duration::from_millis(600),
        ..Manners::default()
    }
}

fn ask_one(server: &Server, path: &str) -> Answer {
    ask(&[server.url(path)], &quick(), &|| {}).remove(0)
}

#[test]
fn the_dead_are_told_from_the_doubtful() {
    let server = Server::start();
    for path in ["/good", "/get-only", "/busy", "/moved"] {
        assert_eq!(ask_one(&server, path), Answer::Good, "{path}");
    }
    for path in ["/missing", "/gone"] {
        assert!(matches!(ask_one(&server, path), Answer::Dead(_)), "{path}");
    }
    for path in ["/forbidden", "/always-busy", "/slow"] {
        assert!(matches!(ask_one(&server, path), Answer::Doubtful(_)), "{path}");
    }
    assert_eq!((server.count("HEAD /get-only"), server.count("GET /get-only")), (1, 1));
    assert_eq!(server.count("GET /busy"), 3, "a busy server is asked again, and not for ever");
    assert_eq!(server.count("GET /always-busy"), 3);
    assert_eq!(server.count("GET /missing"), 1, "a dead address is not asked again");
    let closed = TcpListener::bind("127.0.0.1:0").expect("a port is free").local_addr().expect("it has one");
    let nobody = ask(&[format!("http://{closed}/")], &quick(), &|| {});
    assert!(matches!(nobody[0], Answer::Doubtful(_)), "{nobody:?}");
}

#[test]
fn a_host_is_asked_politely() {
    let server = Server::start();
    let addresses: Vec<String> = (0..10).map(|number| server.url(&format!("/page/{number}"))).collect();
    let started = Instant::now();
    assert!(ask(&addresses, &quick(), &|| {}).iter().all(|answer| *answer == Answer::Good));
    assert_eq!(server.requests().len(), 10, "each address is asked once, by HEAD alone");
    assert!(server.requests().iter().all(|(request, _)| request.starts_with("HEAD ")));
    assert!(server.seen.most.load(Ordering::SeqCst) <= 2, "two requests at a time at the most");
    assert!(started.elapsed() >= Duration::from_millis(4 * 50), "five in a row, with a pause between them");
}

#[test]
fn raw_html_pictures_and_the_menus_of_translations_are_asked_for_as_well() {
    let server = Server::start();
    let folder = tempfile::tempdir().expect("a folder can be made");
    let write = |path: &str, text: &str| {
        let path = folder.path().join(path);
        fs::create_dir_all(path.parent().expect("it has a folder")).expect("it is writable");
        fs::write(path, text).expect("it is writable");
    };
    let [menu, inline, block, image] =
        ["menu", "inline", "block", "image"].map(|name| server.url(&format!("/missing-{name}")));
    write(
        "dateline.toml",
        &format!(
            "title = \"A\"\nbase_url = \"https://a.example/\"\nlanguages = [\"en\", \"es\"]\n[[translation.es.menu]]\ntitle = \"B\"\nurl = \"{menu}\"\n"
        ),
    );
    write(
        "content/about.md",
        &format!(
            "+++\ntitle = \"A\"\n+++\n\nA <a href=\"{inline}\">b</a> ![c]({image})\n\n<p>\n<a\nhref='{block}'>d</a>\n"
        ),
    );
    let output = dateline(folder.path()).args(["check", "--links"]).output().expect("it runs");
    let printed = text(&output);
    for (url, place) in [
        (menu, "dateline.toml:6:8"),
        (inline, "content/about.md:5:12"),
        (image, "content/about.md:5:"),
        (block, "content/about.md:9:7"),
    ] {
        assert!(printed.contains(&format!("{url} is dead")), "{url}: {printed}");
        assert!(printed.contains(&format!("--> {place}")), "{place}: {printed}");
    }
}

#[test]
fn a_check_tells_the_places_offers_the_copy_and_remembers_what_is_alive() {
    let server = Server::start();
    let folder = tempfile::tempdir().expect("a folder can be made");
    let root = folder.path();
    fs::create_dir_all(root.join("content/ponte")).expect("it is writable");
    fs::write(root.join("dateline.toml"), "title = \"A\"\nbase_url = \"https://a.example/\"\n")
        .expect("it is writable");
    fs::write(root.join("content/ponte/_index.md"), "+++\ntitle = \"A\"\n+++\n").expect("it is writable");
    let event = format!(
        "+++\ntitle = \"A\"\ndate = 2023-09-13\npublished = 2023-09-14T00:00:00Z\n[[sources]]\ntitle = \"B\"\nurl = \"{}\"\narchive = \"{}\"\n+++\n\n[a]({}) [b]({}#part) [c]({})\n",
        server.url("/missing"),
        server.url("/copy"),
        server.url("/good"),
        server.url("/good"),
        server.url("/forbidden"),
    );
    fs::write(root.join("content/ponte/a.md"), event).expect("it is writable");
    let check =
        |now: &str| dateline(root).args(["check", "--links", "--now", now]).output().expect("it runs");

    let output = check("2024-01-01T00:00:00Z");
    let printed = text(&output);
    assert_eq!(output.status.code(), Some(1), "{printed}");
    assert!(
        printed.contains("error[dead-external-link]") && printed.contains("content/ponte/a.md:7:8"),
        "{printed}"
    );
    assert!(printed.contains(&format!("the source names a copy: {}", server.url("/copy"))), "{printed}");
    assert!(
        printed.contains("warning[doubtful-external-link]") && printed.contains("1 error, 1 warning"),
        "{printed}"
    );
    assert_eq!((server.count("HEAD /good"), server.count("HEAD /copy")), (1, 1));

    check("2024-01-02T00:00:00Z");
    assert_eq!((server.count("HEAD /good"), server.count("HEAD /missing")), (1, 2), "good answers are kept");
    check("2024-01-05T00:00:00Z");
    assert_eq!(server.count("HEAD /good"), 2, "for three days");
    let quiet = dateline(root).args(["check", "--now", "2024-01-05T00:00:00Z"]).output().expect("it runs");
    assert!(text(&quiet).contains("0 errors, 0 warnings"), "{}", text(&quiet));
    assert_eq!(server.count("HEAD /good"), 2, "nothing is asked without --links");
}
