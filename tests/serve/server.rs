//! The real program as a server, and requests as they go over the wire: nothing tidies up a path on the way.

use std::cell::RefCell;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::time::Duration;

use super::sites;

/// A running preview; it ends with this value.
pub struct Server {
    child: Child,
    pub port: u16,
    lines: Receiver<String>,
    /// What it has said already.
    heard: RefCell<Vec<String>>,
}

/// What came back.
pub struct Response {
    pub status: u16,
    pub head: String,
    pub body: Vec<u8>,
}

impl Server {
    /// Starts a preview of a site at a port that is free.
    pub fn start(root: &Path, arguments: &[&str]) -> Self {
        Self::start_by_the_clock(root, &[&["--now", sites::NOW], arguments].concat())
    }

    /// The same, with a clock that goes on.
    pub fn start_by_the_clock(root: &Path, arguments: &[&str]) -> Self {
        let mut command = sites::dateline(root);
        command.arg("serve").args(arguments);
        if !arguments.contains(&"--port") {
            command.args(["--port", "0"]);
        }
        Self::run(command)
    }

    /// Runs a command that becomes a preview.
    pub fn run(mut command: Command) -> Self {
        let mut child =
            command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().expect("the program runs");
        let (sender, lines) = channel();
        let streams: [Box<dyn Read + Send>; 2] =
            [Box::new(child.stdout.take().unwrap()), Box::new(child.stderr.take().unwrap())];
        for stream in streams {
            let sender = sender.clone();
            std::thread::spawn(move || {
                for line in BufReader::new(stream).lines().map_while(Result::ok) {
                    if sender.send(line).is_err() {
                        return;
                    }
                }
            });
        }
        let mut server = Self { child, port: 0, lines, heard: RefCell::default() };
        let line = server.line("look at http://");
        server.port = line.split(['/', ':', ' ']).find_map(|part| part.parse().ok()).expect("a port");
        server
    }

    /// The next line that has these words.
    pub fn line(&self, words: &str) -> String {
        loop {
            let line = self.lines.recv_timeout(Duration::from_secs(30));
            let line = line.unwrap_or_else(|_| panic!("the program never said «{words}»"));
            self.heard.borrow_mut().push(line.clone());
            if line.contains(words) {
                return line;
            }
        }
    }

    /// Whether it has said these words by now; what it prints to its two streams has no order.
    pub fn has_said(&self, words: &str) -> bool {
        self.heard.borrow_mut().extend(self.lines.try_iter());
        self.heard.borrow().iter().any(|line| line.contains(words))
    }

    pub fn get(&self, path: &str) -> Response {
        self.ask("GET", path, &format!("127.0.0.1:{}", self.port), "")
    }

    pub fn ask(&self, method: &str, path: &str, host: &str, headers: &str) -> Response {
        let mut stream = TcpStream::connect(("127.0.0.1", self.port)).expect("the server answers");
        stream.set_read_timeout(Some(Duration::from_secs(40))).unwrap();
        write!(stream, "{method} {path} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n{headers}\r\n")
            .unwrap();
        let mut bytes = Vec::new();
        stream.read_to_end(&mut bytes).unwrap();
        let end = bytes.windows(4).position(|four| four == b"\r\n\r\n").expect("a head");
        let head = String::from_utf8_lossy(&bytes[..end]).to_ascii_lowercase();
        let status = head.split(' ').nth(1).and_then(|status| status.parse().ok()).expect("a status");
        Response { status, head, body: bytes[end + 4..].to_vec() }
    }

    /// Asks until the answer is as it should be; gives up after a while.
    pub fn wait_for(&self, path: &str, is_right: impl Fn(&Response) -> bool) -> Response {
        for _ in 0..400 {
            let response = self.get(path);
            if is_right(&response) {
                return response;
            }
            std::thread::sleep(Duration::from_millis(25));
        }
        panic!("{path} never came to be as it should; it is {}", self.get(path).text());
    }

    pub fn id(&self) -> u32 {
        self.child.id()
    }

    /// Interrupts it as Ctrl-C does, and gives its exit status.
    pub fn interrupt(mut self) -> Option<i32> {
        let killed = Command::new("kill").args(["-INT", &self.child.id().to_string()]).status();
        assert!(killed.is_ok_and(|status| status.success()));
        self.child.wait().unwrap().code()
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // It may have ended by itself.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

impl Response {
    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }

    /// The body without the line that the preview adds.
    pub fn without_line(&self) -> Vec<u8> {
        let is_ours = |line: &&[u8]| !line.starts_with(b"<script src=\"/.dateline-preview/live.js\"");
        self.body.split_inclusive(|byte| *byte == b'\n').filter(is_ours).flatten().copied().collect()
    }
}
