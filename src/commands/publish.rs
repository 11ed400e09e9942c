//! `dateline publish`: read, plan, render, compare with what is online, ask, send what differs.

use std::io::Write;
use std::path::Path;
use std::process::{Command, Stdio};

use super::build::{self, Build, Progress, build};
use crate::input::publishing::{Compress, Kind, PublishTarget, PublishTargets};
use crate::input::settings_of;
use crate::media_type::media_type;
use crate::output::{Built, Digest, Held, cache_folder};
use crate::publish::sending::{self, Sending, Watch};
use crate::publish::{
    Access, Body, Comparison, Encoding, Fault, Free, Holder, Limits, Lock, Object, Patience, Plan, Refusal,
    Role, Target, encode, host_file_faults, is_worth_packing, open,
};
use crate::site::Page;
use crate::{Diagnostic, Error};

/// What is to be published, and how.
#[derive(Debug, Clone)]
pub struct Publish {
    /// The build that is published.
    pub build: Build,
    /// The target's name in the settings; `None` where they have one alone.
    pub name: Option<String>,
    /// Whether only the plan is wanted.
    pub dry_run: bool,
    /// How many files may be deleted this time, whatever the settings say.
    pub max_deletes: Option<usize>,
    /// Whether everything online is read back and compared.
    pub verify: bool,
    /// Whether the lock of another publish is taken from it.
    pub break_lock: bool,
    /// How long and how often the host is asked.
    pub patience: Patience,
}

/// Whom a publish talks to.
pub trait Conversation: Progress + Watch {
    /// Shows a plan, and asks whether it is to be carried out.
    fn agree(&self, proposal: &Proposal<'_>) -> Answer;
}

/// A plan as it is shown.
#[derive(Debug, Clone, Copy)]
pub struct Proposal<'a> {
    /// The target's name in the settings.
    pub target: &'a str,
    /// What kind of host it is.
    pub kind: &'static str,
    /// What would be done.
    pub plan: &'a Plan,
    /// What somebody should know.
    pub notes: &'a [String],
}

/// What was answered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Answer {
    /// Yes, without a pause.
    Yes,
    /// Yes, after a person has thought.
    YesLater,
    /// No.
    No,
}

/// What a publish did.
#[derive(Debug)]
pub struct Published {
    /// What the build did.
    pub report: build::Report,
    /// What was to be done; `None` where the site has mistakes.
    pub plan: Option<Plan>,
    /// The target's name in the settings.
    pub target: String,
    /// What kind of host it is.
    pub kind: &'static str,
    /// What somebody should know.
    pub notes: Vec<String>,
    /// How it ended.
    pub end: End,
}

/// How a publish ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum End {
    /// The site has mistakes, and nothing was asked or sent.
    Mistakes,
    /// Only the plan was wanted.
    DryRun,
    /// Everything online is as it is to be.
    Unchanged,
    /// Somebody said no.
    Declined,
    /// More would be deleted than may be.
    Refused(Refusal),
    /// It is online.
    Done,
}

/// Publishes a site.
///
/// # Errors
/// A failure of the machine, of the host or of the line. Authors' mistakes are in the report.
pub fn publish(order: &Publish, conversation: &dyn Conversation) -> Result<Published, Error> {
    if order.build.options.drafts {
        return Err(Error::Refused(
            "drafts are not published: leave --drafts out, or look at them with `dateline serve --drafts`"
                .to_string(),
        ));
    }
    let (settings, mistakes) = settings_of(&order.build.root)?;
    if mistakes.iter().any(Diagnostic::is_error) {
        return Ok(Published::with_mistakes(build::Report::of_mistakes(mistakes)));
    }
    let (name, target) = choose(&settings.publish, order.name.as_deref())?;
    let report = build(&order.build, conversation)?;
    if report.written.is_none() {
        return Ok(Published::with_mistakes(report));
    }
    let end = Run::new(order, name, target, &report)?.run(conversation)?;
    Ok(Published { report, ..end })
}

/// The target that is meant: the one that is named, else the only one.
fn choose<'a>(
    targets: &'a PublishTargets,
    name: Option<&str>,
) -> Result<(&'a str, &'a PublishTarget), Error> {
    let names: Vec<&str> = targets.keys().map(String::as_str).collect();
    let refused = |why: String| Err(Error::Refused(why));
    match (name, &names[..]) {
        (_, []) => refused(
            "the settings name no place to publish to: write a part [publish.live] into dateline.toml, with kind = \"s3\", \
             \"git\", \"folder\", \"sftp\" or \"webdav\""
                .to_string(),
        ),
        (Some(name), _) => match targets.get_key_value(name) {
            Some((name, target)) => Ok((name, target)),
            None => refused(format!("there is no [publish.{name}] in dateline.toml; there is {}", names.join(", "))),
        },
        (None, [only]) => Ok((only, &targets[*only])),
        (None, _) => refused(format!("the settings have several targets: say which one, {}", names.join(" or "))),
    }
}

/// One publish of a build to a target.
struct Run<'a> {
    order: &'a Publish,
    name: &'a str,
    settings: &'a PublishTarget,
    built: Built,
    local: Vec<Object>,
    target: Box<dyn Target>,
    notes: Vec<String>,
}

impl<'a> Run<'a> {
    fn new(
        order: &'a Publish,
        name: &'a str,
        settings: &'a PublishTarget,
        report: &build::Report,
    ) -> Result<Self, Error> {
        let built = Built::open(&order.build.output)?;
        let access = Access { root: &order.build.root, name, patience: order.patience };
        let (target, extra) = open(settings, &access)?;
        let mut local = objects(&built, &report.pages, settings)?;
        local.retain(|object| extra.iter().all(|extra| extra.path != object.path));
        local.extend(extra);
        let mut run = Self { order, name, settings, built, local, target, notes: Vec::new() };
        for path in ["_headers", "_redirects"] {
            if run.built.files().any(|(file, _)| file == path) {
                let text = run.built.read(path)?;
                run.notes.extend(host_file_faults(path, &String::from_utf8_lossy(&text)));
            }
        }
        Ok(run)
    }

    /// Compares, asks, and sends.
    fn run(mut self, conversation: &dyn Conversation) -> Result<Published, Error> {
        let now = self.order.build.options.now;
        let bytes = |object: &Object| bytes_of(&self.built, object);
        let online = Comparison::read(&*self.target, &self.local, &bytes, self.order.verify)?;
        self.notes.extend(online.note.clone());
        let grace = i64::from(self.settings.grace_days) * 86_400;
        let plan = Plan::new(std::mem::take(&mut self.local), &online.manifest, grace, now);
        let end = self.carry_out(&plan, &online, conversation)?;
        let Self { name, settings, notes, .. } = self;
        let report = build::Report::of_mistakes(Vec::new());
        let (target, kind) = (name.to_string(), settings.kind.name());
        Ok(Published { report, plan: Some(plan), target, kind, notes, end })
    }

    fn carry_out(
        &mut self,
        plan: &Plan,
        online: &Comparison,
        conversation: &dyn Conversation,
    ) -> Result<End, Error> {
        let refusal = plan.refusal(self.limits());
        if self.order.dry_run {
            return Ok(refusal.map_or(End::DryRun, End::Refused));
        }
        if let Some(refusal) = refusal {
            return Ok(End::Refused(refusal));
        }
        if plan.is_done() {
            return Ok(End::Unchanged);
        }
        let proposal =
            Proposal { target: self.name, kind: self.settings.kind.name(), plan, notes: &self.notes };
        match conversation.agree(&proposal) {
            Answer::No => return Ok(End::Declined),
            Answer::Yes => {}
            Answer::YesLater => self.is_still_so(conversation)?,
        }
        self.send(plan, online, conversation)?;
        Ok(End::Done)
    }

    fn limits(&self) -> Limits {
        match self.order.max_deletes {
            Some(files) => Limits { files, percent: None },
            None => {
                Limits { files: self.settings.max_deletes, percent: Some(self.settings.max_deletes_percent) }
            }
        }
    }

    /// That nobody has edited the site while a person thought: what is published is what the sources say now.
    fn is_still_so(&self, progress: &dyn Progress) -> Result<(), Error> {
        let is_built = build(&self.order.build, progress)?.written.is_some();
        match is_built && Built::open(&self.order.build.output)?.files().eq(self.built.files()) {
            true => Ok(()),
            false => Err(Error::Refused(
                "the site was edited while you were asked, and nothing was sent: run the same command again to see the plan of now"
                    .to_string(),
            )),
        }
    }

    fn send(
        &mut self,
        plan: &Plan,
        online: &Comparison,
        conversation: &dyn Conversation,
    ) -> Result<(), Error> {
        let target = &*self.target;
        let folder = cache_folder(&self.order.build.root, "publish")?;
        let Some(mut held) = Held::take(&folder.join(format!("{}.lock", self.name)))? else {
            return Err(Error::Refused(format!(
                "another publish of this site to `{}` is going on here: wait until it ends",
                self.name
            )));
        };
        let dead = Some(held.line()?).filter(|token| !token.is_empty());
        let holder = Holder::new(owner(), host(), super::machine_clock());
        held.leave(&holder.token)?;
        let free = Free { dead, anybody: self.order.break_lock };
        let lock = Lock::take(target, holder, super::machine_clock(), free)?;
        if !lock.is_sure && !target.abilities().switches_at_once {
            self.notes.push(format!(
                "{} at this host ignores conditions, so two publishes at the very same moment may not notice each other",
                target.abilities().name
            ));
        }
        let bytes = |object: &Object| bytes_of(&self.built, object);
        let sent = online.is_still_so(target).and_then(|()| {
            let at_once = target.abilities().switches_at_once;
            let purge = || purge(&self.settings.purge, &self.order.build.root, plan, at_once);
            sending::run(&Sending {
                target,
                plan,
                bytes: &bytes,
                lock: &lock,
                purge: &purge,
                watch: conversation,
            })
        });
        if sent.is_err() {
            target.hurry();
        }
        let given_up = lock.give_up();
        sent.and(given_up).map_err(Error::from)
    }
}

/// The bytes of an object as they are sent.
fn bytes_of(built: &Built, object: &Object) -> Result<Vec<u8>, Fault> {
    let bytes = match &object.body {
        Body::Bytes(bytes) => bytes.clone(),
        Body::File(route) => built.read(route)?,
        Body::Packed(route, encoding) => encode(&built.read(route)?, *encoding),
    };
    Ok(match object.encoding {
        Some(encoding) => encode(&bytes, encoding),
        None => bytes,
    })
}

/// Every file of a build as it is to stand at a target.
fn objects(built: &Built, pages: &[(String, Page)], settings: &PublishTarget) -> Result<Vec<Object>, Error> {
    let encodings: &[Encoding] = match settings.compress {
        Compress::Off => &[],
        Compress::Gzip => &[Encoding::Gzip],
        Compress::Brotli => &[Encoding::Brotli],
        Compress::Both => &[Encoding::Gzip, Encoding::Brotli],
    };
    let mut sorted: Vec<&(String, Page)> = pages.iter().collect();
    sorted.sort_unstable_by(|one, other| one.0.cmp(&other.0));
    let mut objects = Vec::new();
    for (route, digest) in built.files() {
        let page = sorted.binary_search_by(|page| (*page.0).cmp(route)).ok().map(|at| sorted[at].1);
        let object = object(built, route, digest, page)?;
        let is_packed = is_worth_packing(&object.media_type, object.length);
        match (settings.kind, is_packed) {
            (_, false) => objects.push(object),
            (Kind::S3, true) => objects.push(Object { encoding: encodings.first().copied(), ..object }),
            (_, true) => {
                objects.extend(encodings.iter().map(|encoding| beside(&object, *encoding)));
                objects.push(object);
            }
        }
    }
    Ok(objects)
}

fn object(built: &Built, route: &str, digest: Digest, page: Option<Page>) -> Result<Object, Error> {
    Ok(Object {
        path: route.to_string(),
        role: page.map_or(Role::Page, |page| role(page, route)),
        length: built.length(route)?,
        digest,
        media_type: media_type(route),
        encoding: None,
        body: Body::File(route.to_string()),
    })
}

/// A packed file beside a plain one.
fn beside(object: &Object, encoding: Encoding) -> Object {
    Object {
        path: format!("{}{}", object.path, encoding.ending()),
        body: Body::Packed(object.path.clone(), encoding),
        ..object.clone()
    }
}

/// What a page is to the others.
fn role(page: Page, route: &str) -> Role {
    match page {
        Page::Asset(_) | Page::Filters(..) | Page::Version(..) | Page::Card(_) => Role::Fingerprinted,
        Page::File(_) | Page::Static(_) if HOST_FILES.contains(&route) => Role::Front,
        Page::File(_) | Page::Static(_) => Role::Asset,
        Page::Event(_)
        | Page::Entity(_)
        | Page::EntityPart(..)
        | Page::Plain(_)
        | Page::Embed(_)
        | Page::Redirect(_)
        | Page::NotFound => Role::Page,
        Page::Timeline(_)
        | Page::Part(..)
        | Page::Track(..)
        | Page::Reported(..)
        | Page::EntityList(..)
        | Page::Corrections(_)
        | Page::Search(_)
        | Page::SearchIndex(..) => Role::List,
        // Feeds, sitemaps and what else other programs read name pages, so they go after them.
        Page::Format(..) | Page::Front(_) => Role::Front,
    }
}

/// The files of a site's own that lead into it, or that hosts and robots read.
const HOST_FILES: [&str; 4] = ["robots.txt", "sitemap.xml", "_headers", "_redirects"];

/// Empties the caches before a host by a program of the user's, which is given what has changed, a path a line.
fn purge(program: &[String], root: &Path, plan: &Plan, switches_at_once: bool) -> Result<(), Fault> {
    let [name, arguments @ ..] = program else { return Ok(()) };
    let failed = |why: String| {
        let message = format!("the site is online, and `{name}`, which is to empty the caches, {why}");
        match switches_at_once {
            true => Fault::lasting(
                message,
                "empty the caches by hand this time, and mend `purge` in dateline.toml: the next publish runs it again",
            ),
            false => Fault::lasting(
                format!("{message}; nothing was deleted"),
                "mend `purge` in dateline.toml, then run the same command again: it goes on from here",
            ),
        }
    };
    let sent = plan.sends.iter().map(|send| send.object.path.as_str());
    let paths: Vec<&str> = sent.chain(plan.deletes.iter().map(|deletion| deletion.path.as_str())).collect();
    let mut command = Command::new(name);
    command.args(arguments).current_dir(root).stdin(Stdio::piped()).stdout(Stdio::null());
    let mut child = command.spawn().map_err(|error| failed(format!("can't be started: {error}")))?;
    if let Some(mut input) = child.stdin.take() {
        // A program that does not want the list ends or closes its input, and that is its own affair.
        let _ = input.write_all((paths.join("\n") + "\n").as_bytes());
    }
    let status = child.wait().map_err(|error| failed(error.to_string()))?;
    if status.success() { Ok(()) } else { Err(failed(format!("ended with {status}"))) }
}

/// The name of the person at the machine.
fn owner() -> String {
    let names = ["USER", "LOGNAME", "USERNAME"].into_iter();
    names.filter_map(|name| std::env::var(name).ok()).next().unwrap_or_else(|| "somebody".to_string())
}

/// The name of the machine.
fn host() -> String {
    let output = Command::new("hostname").output().ok();
    let name = output.map(|output| String::from_utf8_lossy(&output.stdout).trim().to_string());
    name.filter(|name| !name.is_empty()).unwrap_or_else(|| "a machine".to_string())
}

impl Published {
    fn with_mistakes(report: build::Report) -> Self {
        Self { report, plan: None, target: String::new(), kind: "", notes: Vec::new(), end: End::Mistakes }
    }

    /// Whether what was wanted was not done.
    #[must_use]
    pub fn is_failure(&self) -> bool {
        matches!(self.end, End::Mistakes | End::Refused(_) | End::Declined)
    }
}
