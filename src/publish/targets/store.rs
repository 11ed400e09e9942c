//! Hosts that take one file after another, by Apache OpenDAL: object storage that speaks S3, SFTP and WebDAV. What is
//! asynchronous stays in here.

use std::fmt::Display;
use std::future::Future;
use std::sync::Once;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use opendal::options::{ListOptions, WriteOptions};
use opendal::services::{S3, Sftp, Webdav};
use opendal::{Buffer, ErrorKind, Operator};
use tokio::runtime::Runtime;

use super::Access;
use super::refused::{Place, fault_of};
use crate::input::publishing::PublishTarget;
use crate::output::Digest;
use crate::publish::fault::{Fault, Kind};
use crate::publish::manifest::Manifest;
use crate::publish::object::Object;
use crate::publish::retry::{Patience, patiently};
use crate::publish::target::{Abilities, Condition, Listed, Target};

/// A host behind OpenDAL.
pub(super) struct Store {
    operator: Operator,
    runtime: Runtime,
    abilities: Abilities,
    place: Place,
    patience: Patience,
    /// Whether something has failed.
    is_hurried: AtomicBool,
    /// Whether a file is put beside its place and then moved there, since half of it could be seen else.
    moves_into_place: bool,
}

/// Object storage that speaks S3. Keys come from the environment, from an AWS profile, or from the machine's role.
pub(super) fn s3(settings: &PublishTarget, access: &Access<'_>) -> Result<Store, Fault> {
    let bucket = settings.bucket.as_deref().unwrap_or_default();
    let region = settings.region.clone().or_else(|| std::env::var("AWS_REGION").ok());
    let region = region.unwrap_or_else(|| "us-east-1".to_string());
    let mut builder = S3::default().bucket(bucket).region(&region);
    builder = builder.root(settings.prefix.as_deref().unwrap_or("/"));
    builder = match &settings.endpoint {
        Some(endpoint) => builder.endpoint(endpoint),
        None => builder.endpoint("https://s3.amazonaws.com"),
    };
    if !settings.path_style.unwrap_or(settings.endpoint.is_some()) {
        builder = builder.enable_virtual_host_style();
    }
    let abilities = Abilities {
        name: "S3",
        conditional_writes: true,
        headers: true,
        switches_at_once: false,
        at_once: 16,
    };
    let place = Place::Bucket { bucket: bucket.to_string(), region };
    Store::new(|| operator(builder), abilities, place, access, false)
}

/// A server's folder by SFTP. The system's `ssh` is used, with its agent and its configuration.
pub(super) fn sftp(settings: &PublishTarget, access: &Access<'_>) -> Result<Store, Fault> {
    let host = settings.host.as_deref().unwrap_or_default();
    let port = settings.port.map(|port| format!(":{port}")).unwrap_or_default();
    let mut builder = Sftp::default().endpoint(&format!("ssh://{host}{port}"));
    builder = builder.root(settings.path.as_deref().unwrap_or_default());
    if let Some(user) = &settings.user {
        builder = builder.user(user);
    }
    let abilities = Abilities {
        name: "SFTP",
        conditional_writes: true,
        headers: false,
        switches_at_once: false,
        at_once: 8,
    };
    Store::new(|| operator(builder), abilities, Place::Server(host.to_string()), access, true)
}

/// The variable of the environment with a WebDAV user's password.
const PASSWORD: &str = "DATELINE_WEBDAV_PASSWORD";

/// A server's folder by WebDAV.
pub(super) fn webdav(settings: &PublishTarget, access: &Access<'_>) -> Result<Store, Fault> {
    let endpoint = settings.endpoint.as_deref().unwrap_or_default();
    let mut builder = Webdav::default().endpoint(endpoint);
    builder = builder.root(settings.path.as_deref().unwrap_or("/"));
    if let Some(user) = &settings.user {
        let password = std::env::var(PASSWORD).map_err(|_| {
            Fault::lasting(
                format!("there is no password for `{user}`"),
                format!("put it into the variable {PASSWORD} of the environment"),
            )
        })?;
        builder = builder.username(user).password(&password);
    }
    let abilities = Abilities {
        name: "WebDAV",
        conditional_writes: false,
        headers: false,
        switches_at_once: false,
        at_once: 8,
    };
    Store::new(|| operator(builder), abilities, Place::Server(endpoint.to_string()), access, false)
}

fn operator(builder: impl opendal::Builder) -> opendal::Result<Operator> {
    Operator::new(builder)
}

impl Store {
    fn new(
        operator: impl FnOnce() -> opendal::Result<Operator>,
        abilities: Abilities,
        place: Place,
        access: &Access<'_>,
        moves_into_place: bool,
    ) -> Result<Self, Fault> {
        prepare();
        let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build();
        let runtime = runtime.map_err(|error| Fault::lasting(error.to_string(), "close other programs"))?;
        let entered = runtime.enter();
        let operator = operator().map_err(|error| fault_of(&error, &place))?;
        drop(entered);
        Ok(Self {
            operator,
            runtime,
            abilities,
            place,
            patience: access.patience,
            is_hurried: AtomicBool::new(false),
            moves_into_place,
        })
    }

    /// Waits for an answer, and asks again where that may help.
    fn ask<T, F>(&self, what: impl Display, question: impl Fn() -> F) -> Result<T, Fault>
    where
        F: Future<Output = opendal::Result<T>>,
    {
        let what = what.to_string();
        let patience = match self.is_hurried.load(Ordering::Relaxed) {
            true => Patience { timeout: self.patience.timeout.min(HURRIED), tries: 1 },
            false => self.patience,
        };
        let answer = patiently(&patience, &what, || {
            let answer = async { tokio::time::timeout(patience.timeout, question()).await };
            match self.runtime.block_on(answer) {
                Ok(answer) => answer.map_err(|error| fault_of(&error, &self.place)),
                Err(_) => {
                    let seconds = patience.timeout.as_secs();
                    Err(Fault::passing(format!("{} does not answer within {seconds} s", self.place)))
                }
            }
        });
        answer.map_err(|fault| if fault.kind == Kind::Condition { fault } else { fault.while_doing(&what) })
    }

    /// `None` for what is not there.
    fn found<T, F>(&self, what: impl Display, question: impl Fn() -> F) -> Result<Option<T>, Fault>
    where
        F: Future<Output = opendal::Result<T>>,
    {
        self.ask(what, || {
            let answer = question();
            async {
                match answer.await {
                    Err(error) if is_absence(&error) => Ok(None),
                    answer => answer.map(Some),
                }
            }
        })
    }

    fn put(&self, path: &str, bytes: &Buffer, options: &WriteOptions) -> Result<(), Fault> {
        if !self.moves_into_place {
            let write = || self.operator.write_options(path, bytes.clone(), options.clone());
            return self.ask(format_args!("send {path}"), write).map(|_| ());
        }
        let beside = format!(".dateline/{}", Digest::of(path.as_bytes()));
        self.ask(format_args!("send {path}"), || async {
            self.operator.write_options(&beside, bytes.clone(), options.clone()).await?;
            self.operator.rename(&beside, path).await
        })
    }
}

/// A bucket that is not there is no absence of a file.
fn is_absence(error: &opendal::Error) -> bool {
    error.kind() == ErrorKind::NotFound && !error.to_string().contains("NoSuchBucket")
}

/// What OpenDAL and rustls want to be done once in a program.
fn prepare() {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| {
        // Somebody else may have chosen a provider already, and that is as good.
        let _ = rustls::crypto::ring::default_provider().install_default();
        opendal_http_transport_reqwest::install_default();
    });
}

impl Target for Store {
    fn abilities(&self) -> Abilities {
        self.abilities
    }

    fn read(&self, path: &str) -> Result<Option<Vec<u8>>, Fault> {
        let read = self.found(format_args!("read {path}"), || self.operator.read(path))?;
        Ok(read.map(|buffer| buffer.to_vec()))
    }

    fn version(&self, path: &str) -> Result<Option<String>, Fault> {
        if !self.abilities.conditional_writes {
            return Ok(None);
        }
        let found = self.found(format_args!("look at {path}"), || self.operator.stat(path))?;
        Ok(found.and_then(|metadata| metadata.etag().map(str::to_string)))
    }

    fn list(&self) -> Result<Vec<Listed>, Fault> {
        let options = || ListOptions { recursive: true, ..ListOptions::default() };
        let entries = self.found("list what is there", || self.operator.list_options("/", options()))?;
        let listed = entries.unwrap_or_default().into_iter().filter(|entry| entry.metadata().is_file());
        let listed = listed.map(|entry| Listed {
            length: entry.metadata().content_length(),
            md5: entry.metadata().etag().and_then(md5_of),
            path: entry.path().trim_start_matches('/').to_string(),
        });
        Ok(listed.collect())
    }

    fn headers(&self, path: &str) -> Result<Option<Digest>, Fault> {
        let found = self.found(format_args!("look at {path}"), || self.operator.stat(path))?;
        Ok(found.filter(|_| self.abilities.headers).map(|metadata| {
            let part = |value: Option<&str>| value.unwrap_or_default().to_string();
            let [media_type, cache, encoding] =
                [metadata.content_type(), metadata.cache_control(), metadata.content_encoding()].map(part);
            Digest::of(format!("{media_type}\n{cache}\n{encoding}").as_bytes())
        }))
    }

    fn send(&self, object: &Object, bytes: Vec<u8>) -> Result<(), Fault> {
        let mut options = WriteOptions::default();
        if self.abilities.headers {
            options.content_type = Some(object.media_type.clone());
            options.cache_control = Some(object.role.cache_control().to_string());
            options.content_encoding = object.encoding.map(|encoding| encoding.name().to_string());
        }
        self.put(&object.path, &Buffer::from(bytes), &options)
    }

    fn write(&self, path: &str, bytes: Vec<u8>, condition: Option<Condition>) -> Result<(), Fault> {
        let mut options = WriteOptions::default();
        if self.abilities.headers {
            options.content_type = Some("application/json".to_string());
            options.cache_control = Some("no-store".to_string());
        }
        let bytes = Buffer::from(bytes);
        match condition {
            None => return self.put(path, &bytes, &options),
            Some(Condition::Absent) => options.if_not_exists = true,
            Some(Condition::Version(version)) => options.if_match = Some(version),
        }
        let write = || self.operator.write_options(path, bytes.clone(), options.clone());
        self.ask(format_args!("write {path}"), write).map(|_| ())
    }

    fn delete(&self, path: &str) -> Result<(), Fault> {
        self.found(format_args!("delete {path}"), || self.operator.delete(path)).map(|_| ())
    }

    fn hurry(&self) {
        self.is_hurried.store(true, Ordering::Relaxed);
    }

    fn finish(&self, _: &Manifest) -> Result<(), Fault> {
        Ok(())
    }
}

/// How long an answer is waited for once something has failed.
const HURRIED: Duration = Duration::from_secs(5);

/// An ETag that is an MD5, as S3 gives it for a file that was sent in one piece.
fn md5_of(etag: &str) -> Option<String> {
    let digits = etag.trim_matches('"').to_ascii_lowercase();
    (digits.len() == 32 && digits.bytes().all(|byte| byte.is_ascii_hexdigit())).then_some(digits)
}
