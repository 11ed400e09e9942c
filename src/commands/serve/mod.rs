//! `dateline serve`: read and plan; render the page that is asked for; on a change read what changed, plan again.

mod answer;
mod clock;
mod door;
mod live;
mod plan;
pub mod preview;
mod verdicts;
mod watch;

use std::collections::BTreeSet;
use std::io;
use std::net::{SocketAddr, ToSocketAddrs};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant as Stopwatch};

use axum::Router;
use tokio::net::TcpListener;

use crate::input::settings;
use crate::site::Turn;
use crate::{Diagnostic, Error};
use answer::Desk;
use door::Door;
use preview::{Preview, Subject};
use watch::{Wake, Watch};

/// What is to be previewed, and where.
pub struct Serve {
    /// The site, and how it is shown.
    pub subject: Subject,
    /// The name or address to listen at.
    pub host: String,
    /// The port; where none is given, the next free one from [`PORT`] on.
    pub port: Option<u16>,
    /// Whether changes are looked for, and no events of the system waited for.
    pub poll: bool,
}

/// The port where none is given.
pub const PORT: u16 = 4000;
/// How many further ports are tried.
const PORTS: u16 = 100;
/// How often, and after how long, a site is read again that can't be read while it changes.
const TRIES: usize = 5;
const PAUSE: Duration = Duration::from_millis(20);

/// Who is told what happens.
pub trait Listener: Send + Sync {
    /// The server answers at an address; the port that was wanted first is taken, if one is named.
    fn ready(&self, address: &str, articles: usize, taken: Option<u16>);
    /// Files have changed, and the site is planned anew.
    fn changed(&self, paths: &BTreeSet<PathBuf>, took: Duration);
    /// What is wrong and has not been told of yet, and how much is wrong in all.
    fn mistakes(&self, new: &[Diagnostic], errors: usize, warnings: usize);
    /// The clock alone has changed something, and the site is planned anew.
    fn time_has_come(&self, turn: Turn, article: &Path);
    /// Something else that a person should know.
    fn note(&self, sentence: &str);
}

/// Previews a site until it is interrupted. Where there are no settings, and so no site, it says so and does not begin.
///
/// # Errors
/// A failure of the machine, or a port that is taken.
pub fn serve(order: Serve, listener: &Arc<dyn Listener>) -> Result<Vec<Diagnostic>, Error> {
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()
        .map_err(|error| Error::Refused(format!("the server cannot start: {error}")))?;
    let root = order.subject.root.clone();
    let (socket, taken) = runtime.block_on(listen(&order))?;
    let address = socket.local_addr().map_err(refused)?;
    // Before the first reading, so that no change is missed.
    let (watch, look) = Watch::begin(&root, !order.poll)?;
    let preview = Arc::new(Preview::new(order.subject)?);
    if !preview.state().plan.input.has(settings::FILE.as_ref()) {
        return Ok(preview.diagnostics());
    }
    let desk = Desk { preview: Arc::clone(&preview), door: Door::new(&order.host, address.ip()), look };
    let told = Teller { preview, listener: Arc::clone(listener), told: Mutex::default() };
    listener.ready(&shown(&order.host, address), told.preview.state().plan.input.articles.len(), taken);
    if !order.poll && !watch.has_events() {
        listener.note("this system tells of no changes: they are looked for");
    }
    let told = Arc::new(told);
    runtime.spawn(clock::follow(Arc::clone(&told.preview), desk.look.clone()));
    std::thread::spawn(move || follow(watch, &told));
    let router = Router::new().fallback(answer::answer).with_state(Arc::new(desk));
    let result = runtime.block_on(async {
        tokio::select! {
            result = async { axum::serve(socket, router).await } => result.map(|()| Vec::new()).map_err(refused),
            () = interrupted() => Ok(Vec::new()),
        }
    });
    runtime.shutdown_background();
    result
}

/// The loop: wait, look, plan again.
fn follow(mut watch: Watch, told: &Arc<Teller>) {
    told.tell();
    judge(told);
    while let Some(wake) = watch.wait() {
        let started = Stopwatch::now();
        let Some(found) = look(told, &wake) else { continue };
        let took = started.elapsed();
        if !found.is_empty() {
            told.listener.changed(&found, took);
            told.tell();
            judge(told);
        }
        keep_time(told);
        if watch.looked(&wake, &found, took) {
            told.listener.note("this file system tells of no changes: they are looked for from now on");
        }
    }
}

/// Plans anew when an embargo has ended or an article has expired.
fn keep_time(told: &Arc<Teller>) {
    match told.preview.keep_time() {
        Ok(Some((turn, article))) => {
            told.listener.time_has_come(turn, &article);
            told.tell();
            judge(told);
        }
        Ok(None) => {}
        Err(error) => told.listener.note(&error.to_string()),
    }
}

/// Looks, and once more where files vanish while they are read.
fn look(told: &Teller, wake: &Wake) -> Option<BTreeSet<PathBuf>> {
    for attempt in 1..=TRIES {
        match told.preview.look(&wake.named, wake.is_all) {
            Ok(found) => return Some(found),
            Err(error) if attempt == TRIES => told.listener.note(&error.to_string()),
            Err(_) => std::thread::sleep(PAUSE),
        }
    }
    None
}

/// Finds the mistakes that only rendering shows, in the background: in changed pages at once, then in all others, until
/// there is a newer plan.
fn judge(told: &Arc<Teller>) {
    let told = Arc::clone(told);
    std::thread::spawn(move || told.preview.judge(|| told.tell()));
}

/// Tells browsers that there is news, and the terminal what is wrong.
struct Teller {
    preview: Arc<Preview>,
    listener: Arc<dyn Listener>,
    /// What the terminal has been told last.
    told: Mutex<Vec<Diagnostic>>,
}

impl Teller {
    fn tell(&self) {
        let mut told = self.told.lock().unwrap_or_else(PoisonError::into_inner);
        self.preview.announce();
        let now = self.preview.diagnostics();
        if now == *told {
            return;
        }
        let new: Vec<Diagnostic> =
            now.iter().filter(|diagnostic| !told.contains(diagnostic)).cloned().collect();
        let errors = now.iter().filter(|diagnostic| diagnostic.is_error()).count();
        self.listener.mistakes(&new, errors, now.len() - errors);
        *told = now;
    }
}

/// A socket at the port that is wanted, or at the next free one where none is; with the one that is taken.
async fn listen(order: &Serve) -> Result<(TcpListener, Option<u16>), Error> {
    let first = order.port.unwrap_or(PORT);
    let last = if order.port.is_some() { first } else { first + PORTS };
    for port in first..=last {
        let addresses: Vec<SocketAddr> = (order.host.as_str(), port)
            .to_socket_addrs()
            .map_err(|error| Error::Refused(format!("`{}` is no host to listen at: {error}", order.host)))?
            .collect();
        match TcpListener::bind(&addresses[..]).await {
            Ok(socket) => return Ok((socket, (port != first).then_some(first))),
            Err(error) if error.kind() == io::ErrorKind::AddrInUse && port < last => {}
            Err(error) if error.kind() == io::ErrorKind::AddrInUse => {
                let help = "end the program that has it, or name another one with --port";
                return Err(Error::Refused(format!("the port {port} is taken: {help}")));
            }
            Err(error) => return Err(Error::Refused(format!("{}:{port} can't be had: {error}", order.host))),
        }
    }
    unreachable!("the last port is answered with a socket or an error")
}

/// The address as a person types it.
fn shown(host: &str, address: SocketAddr) -> String {
    let host = if address.ip().is_unspecified() { "127.0.0.1".to_string() } else { host.to_string() };
    let host = if host.contains(':') { format!("[{host}]") } else { host };
    format!("http://{host}:{}/", address.port())
}

fn refused(error: io::Error) -> Error {
    Error::Refused(format!("the server cannot go on: {error}"))
}

/// Until somebody wants it to end.
async fn interrupted() {
    #[cfg(unix)]
    {
        use tokio::signal::unix::{SignalKind, signal};
        if let Ok(mut terminate) = signal(SignalKind::terminate()) {
            tokio::select! {
                _ = tokio::signal::ctrl_c() => {}
                _ = terminate.recv() => {}
            }
            return;
        }
    }
    // Where no signal can be heard, the system ends the program itself.
    if tokio::signal::ctrl_c().await.is_err() {
        std::future::pending::<()>().await;
    }
}
