//! HTTP over the preview: a request in, a response out. It looks up addresses in the plan and nothing on the disk.

use std::path::Path;
use std::sync::Arc;
use std::sync::mpsc::Sender;
use std::time::Duration;

use axum::body::Body;
use axum::extract::{Query, Request, State};
use axum::http::header::{self, HeaderValue};
use axum::http::{Method, StatusCode};
use axum::response::{IntoResponse, Response};
use percent_encoding::percent_decode_str;
use tokio::task::spawn_blocking;
use tower_http::services::ServeFile;

use super::door::Door;
use super::live::{self, PREFIX, SCRIPT};
use super::preview::{Answer, Preview};
use super::watch::Signal;
use crate::media_type::media_type;

/// What answering needs.
pub(super) struct Desk {
    pub(super) preview: Arc<Preview>,
    pub(super) door: Door,
    /// Where to say that a file is another than was read.
    pub(super) look: Sender<Signal>,
}

/// A page's question for news.
#[derive(Debug, serde::Deserialize)]
struct Question {
    /// The last generation of which it has heard; 0 to be told at once.
    since: u64,
    /// The generation that it was made in.
    known: u64,
    /// Its decoded path.
    page: String,
}

/// How long a question for news stays open.
const OPEN: Duration = Duration::from_secs(25);
/// How often, and after how long, an address is tried again while all is changing.
const TRIES: usize = 40;
const PAUSE: Duration = Duration::from_millis(25);

/// Answers any request.
pub(super) async fn answer(State(desk): State<Arc<Desk>>, request: Request) -> Response {
    let mut response = match refusal(&desk.door, &request) {
        Some(refusal) => refusal,
        None => admitted(&desk, request).await,
    };
    let headers = response.headers_mut();
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-cache"));
    headers.insert(header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    headers.insert("cross-origin-resource-policy", HeaderValue::from_static("same-origin"));
    response
}

fn refusal(door: &Door, request: &Request) -> Option<Response> {
    let named = request.headers().get_all(header::HOST).iter().map(|host| host.to_str().unwrap_or_default());
    let named = named.chain(request.uri().authority().map(|authority| authority.as_str()));
    let (mut asked, mut is_admitted) = (false, true);
    for host in named {
        asked = true;
        is_admitted &= door.admits(host);
    }
    if !asked || !is_admitted {
        let text =
            "dateline serve does not answer to this host name: ask for localhost, or start it with --host\n";
        return Some((StatusCode::FORBIDDEN, text).into_response());
    }
    if !matches!(*request.method(), Method::GET | Method::HEAD) {
        let allow = [(header::ALLOW, "GET, HEAD")];
        return Some((StatusCode::METHOD_NOT_ALLOWED, allow, "a preview is only read\n").into_response());
    }
    None
}

async fn admitted(desk: &Arc<Desk>, request: Request) -> Response {
    let path = percent_decode_str(request.uri().path()).decode_utf8().map(String::from);
    let Ok(path) = path else {
        return (StatusCode::BAD_REQUEST, "this address is not UTF-8\n").into_response();
    };
    match path.strip_prefix(PREFIX) {
        Some("live.js") => typed(SCRIPT, "text/javascript; charset=utf-8"),
        Some("news") => match Query::<Question>::try_from_uri(request.uri()) {
            Ok(Query(question)) => news(desk, question).await,
            Err(_) => StatusCode::BAD_REQUEST.into_response(),
        },
        _ => page(desk, path, request).await,
    }
}

/// What has changed, as soon as something has; 204 where nothing has for a while.
async fn news(desk: &Arc<Desk>, question: Question) -> Response {
    let mut generations = desk.preview.generations();
    let is_next = generations.wait_for(|generation| *generation != question.since);
    if tokio::time::timeout(OPEN, is_next).await.is_err() {
        return StatusCode::NO_CONTENT.into_response();
    }
    let since = question.since.max(question.known);
    for _ in 0..TRIES {
        let (desk, page) = (Arc::clone(desk), question.page.clone());
        let told = spawn_blocking(move || {
            let path = desk.path(&page);
            live::news(&desk.preview, &path, since)
        });
        if let Ok(Some(news)) = told.await {
            let Ok(text) = serde_json::to_string(&news) else { break };
            return typed(text, "application/json");
        }
        tokio::time::sleep(PAUSE).await;
    }
    StatusCode::NO_CONTENT.into_response()
}

async fn page(desk: &Arc<Desk>, path: String, request: Request) -> Response {
    for _ in 0..TRIES {
        let (asked, path) = (Arc::clone(desk), path.clone());
        let generation = desk.preview.generation();
        let answered = spawn_blocking(move || {
            let path = asked.path(&path);
            let answer = asked.preview.answer(&path);
            asked.preview.announce();
            (answer, path)
        });
        let Ok((answer, path)) = answered.await else { break };
        match answer {
            Answer::Changed => {
                // At the end of the program nobody looks any more.
                let _ = desk.look.send(Signal::Look);
                tokio::time::sleep(PAUSE).await;
            }
            Answer::Page(bytes) => return html(StatusCode::OK, bytes, generation),
            Answer::NotFound(bytes) => return html(StatusCode::NOT_FOUND, bytes, generation),
            Answer::Mistaken => return html(StatusCode::INTERNAL_SERVER_ERROR, mistaken(), generation),
            Answer::Bytes(bytes) => return typed(bytes, &media_type(&path)),
            Answer::File(file) => return whole_or_part(&file, &path, request).await,
            Answer::Moved(to) => {
                return (StatusCode::MOVED_PERMANENTLY, [(header::LOCATION, to)]).into_response();
            }
            Answer::Failed(error) => {
                return (StatusCode::INTERNAL_SERVER_ERROR, format!("{error}\n")).into_response();
            }
        }
    }
    (StatusCode::SERVICE_UNAVAILABLE, "the site keeps changing\n").into_response()
}

impl Desk {
    /// The path of an address without the one of the site's `base_url`, which `404.html` has in its links.
    fn path(&self, path: &str) -> String {
        self.preview.without_base(path)
    }
}

fn html(status: StatusCode, bytes: Vec<u8>, generation: u64) -> Response {
    let mut response = typed(live::with_line(bytes, generation), "text/html; charset=utf-8");
    *response.status_mut() = status;
    response
}

/// What stands at an address where there is a mistake and nothing older; the line's script shows the mistake.
fn mistaken() -> Vec<u8> {
    b"<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n<title>There is a mistake</title>\n</head>\n\
      <body>\n<p>This page can't be shown before its mistakes are mended.</p>\n</body>\n</html>\n"
        .to_vec()
}

/// A file, or the part of it that is asked for.
async fn whole_or_part(file: &Path, path: &str, request: Request) -> Response {
    match ServeFile::new(file).try_call(request).await {
        Ok(response) => {
            let mut response = response.map(Body::new);
            if let (true, Ok(kind)) =
                (response.headers().contains_key(header::CONTENT_TYPE), media_type(path).parse())
            {
                response.headers_mut().insert(header::CONTENT_TYPE, kind);
            }
            response
        }
        Err(error) => (StatusCode::INTERNAL_SERVER_ERROR, format!("{error}\n")).into_response(),
    }
}

fn typed(body: impl Into<Body>, kind: &str) -> Response {
    let mut response = Response::new(body.into());
    if let Ok(kind) = kind.parse() {
        response.headers_mut().insert(header::CONTENT_TYPE, kind);
    }
    response
}
