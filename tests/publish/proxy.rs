//! A line that fails: it stands between a program and a host that speaks HTTP, and the n-th request through it fails, hangs
//! or breaks off, alone or with all that follow.

use std::io::{Read, Write};
use std::net::{Shutdown, TcpListener, TcpStream};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::time::Duration;

/// How a request goes wrong.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fault {
    /// The host answers that it is busy.
    Fails,
    /// Nothing is answered.
    Hangs,
    /// The request reaches the host, and the line breaks before its answer comes.
    BreaksOff,
    /// The line is slow: a request takes a fifth of a second more.
    Lags,
}

/// From which request on something goes wrong.
#[derive(Debug, Clone, Copy)]
pub struct Trouble {
    pub fault: Fault,
    /// Counted from 1; 0 is never.
    pub at: usize,
    /// Whether it goes wrong from then on, or once.
    pub lasts: bool,
}

/// A proxy that is listening.
pub struct Proxy {
    pub port: u16,
    count: Arc<AtomicUsize>,
    puts: Arc<AtomicUsize>,
    ended: Arc<AtomicBool>,
}

impl Proxy {
    /// Listens, and passes everything on to a port of this machine but for what goes wrong.
    pub fn start(to: u16, trouble: Trouble) -> Result<Self, String> {
        let listener = TcpListener::bind("127.0.0.1:0").map_err(|error| error.to_string())?;
        let port = listener.local_addr().map_err(|error| error.to_string())?.port();
        let proxy = Self { port, count: Arc::default(), puts: Arc::default(), ended: Arc::default() };
        let (count, puts, ended) =
            (Arc::clone(&proxy.count), Arc::clone(&proxy.puts), Arc::clone(&proxy.ended));
        std::thread::spawn(move || {
            for client in listener.incoming().flatten() {
                if ended.load(Ordering::Relaxed) {
                    return;
                }
                let (count, puts) = (Arc::clone(&count), Arc::clone(&puts));
                std::thread::spawn(move || drop(pass(client, to, trouble, &count, &puts)));
            }
        });
        Ok(proxy)
    }

    /// How many requests came.
    pub fn requests(&self) -> usize {
        self.count.load(Ordering::Relaxed)
    }

    /// How many of them sent an object.
    pub fn puts(&self) -> usize {
        self.puts.load(Ordering::Relaxed)
    }
}

impl Drop for Proxy {
    fn drop(&mut self) {
        self.ended.store(true, Ordering::Relaxed);
        // The listener wakes up, and sees that it is over.
        let _ = TcpStream::connect(("127.0.0.1", self.port));
    }
}

/// One request on one connection: the answer says that the line is closed after it.
fn pass(
    mut client: TcpStream,
    to: u16,
    trouble: Trouble,
    count: &AtomicUsize,
    puts: &AtomicUsize,
) -> std::io::Result<()> {
    let Some(request) = read_request(&mut client)? else { return Ok(()) };
    let number = count.fetch_add(1, Ordering::SeqCst) + 1;
    if request.starts_with(b"PUT ") {
        puts.fetch_add(1, Ordering::Relaxed);
    }
    let is_hit = trouble.at > 0 && if trouble.lasts { number >= trouble.at } else { number == trouble.at };
    match (is_hit, trouble.fault) {
        (true, Fault::Fails) => {
            let body = "<Error><Code>SlowDown</Code><Message>busy</Message></Error>";
            let length = body.len();
            return write!(
                client,
                "HTTP/1.1 503 Busy\r\nContent-Type: application/xml\r\nContent-Length: {length}\r\nConnection: close\r\n\r\n{body}"
            );
        }
        (true, Fault::Hangs) => {
            client.set_read_timeout(Some(Duration::from_secs(20)))?;
            let _ = client.read(&mut [0]);
            return Ok(());
        }
        (true, Fault::Lags) => std::thread::sleep(Duration::from_millis(200)),
        _ => {}
    }
    let mut host = TcpStream::connect(("127.0.0.1", to))?;
    host.write_all(&request)?;
    let mut answer = Vec::new();
    host.read_to_end(&mut answer)?;
    let answer = closing(&answer);
    let is_cut = is_hit && trouble.fault == Fault::BreaksOff;
    let passed = if is_cut { answer.len() / 2 } else { answer.len() };
    client.write_all(&answer[..passed])?;
    client.shutdown(Shutdown::Both)
}

/// A whole request, told to close the line.
fn read_request(client: &mut TcpStream) -> std::io::Result<Option<Vec<u8>>> {
    let mut bytes = Vec::new();
    let mut piece = [0; 16384];
    loop {
        let read = client.read(&mut piece)?;
        if read == 0 {
            return Ok(None);
        }
        bytes.extend_from_slice(&piece[..read]);
        if let Some(head) = bytes.windows(4).position(|window| window == b"\r\n\r\n") {
            let text = String::from_utf8_lossy(&bytes[..head]).to_lowercase();
            let length = text.lines().find_map(|line| line.strip_prefix("content-length:"));
            let length: usize = length.and_then(|length| length.trim().parse().ok()).unwrap_or_default();
            while bytes.len() < head + 4 + length {
                let read = client.read(&mut piece)?;
                if read == 0 {
                    return Ok(None);
                }
                bytes.extend_from_slice(&piece[..read]);
            }
            return Ok(Some(closing(&bytes)));
        }
    }
}

/// A message with a header more: the line is closed after it.
fn closing(message: &[u8]) -> Vec<u8> {
    let end = message.windows(2).position(|window| window == b"\r\n").map_or(message.len(), |at| at + 2);
    [&message[..end], b"Connection: close\r\n", &message[end..]].concat()
}
