//! The site as it is now, for as long as the server runs: changes come in, answers to addresses go out.
//!
//! Every answer is rendered by the functions of `build` from the plan of the moment. A plan is never changed: a change
//! makes a new one, which takes the place of the old one at once.

use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, PoisonError, RwLock, Weak};
use std::time::Duration;

use tokio::sync::watch;

use super::plan::{Found, Plan};
use super::verdicts::Verdicts;
use crate::address::Address;
use crate::commands::build::Stop;
use crate::commands::{card_images, enclosing, pictures};
use crate::input::{Input, Reads};
use crate::output::Cache;
use crate::pages::{Content, Failure, Rendered};
use crate::site::{Options, Page, Picture, Route, Turn};
use crate::time::Instant;
use crate::{Diagnostic, Error};

/// What is previewed, and how.
pub struct Subject {
    /// The site.
    pub root: PathBuf,
    /// Whether drafts and embargoed articles are shown.
    pub drafts: bool,
    /// The clock; each plan asks it anew.
    pub clock: Box<dyn Fn() -> Result<Instant, Error> + Send + Sync>,
}

/// The site as it is now.
pub struct Preview {
    subject: Subject,
    state: RwLock<Arc<State>>,
    /// Counts everything that a browser might have to hear of.
    generation: watch::Sender<u64>,
    /// How many changes are being read and planned, and questions answered; what goes on in the background waits for them.
    awaited: AtomicUsize,
    /// Whether something was found in a page since.
    is_news: AtomicBool,
    /// The last good bytes of the pages that were looked at last.
    shown: Mutex<VecDeque<(String, Vec<u8>)>>,
    /// The page that was rendered last: who hears of a change asks for it once to compare, and once to show it.
    last: Mutex<Option<Last>>,
    cache: Cache,
    verdicts: Verdicts,
    cards: Cache,
}

/// A page as it was rendered.
struct Last {
    plan: Weak<Plan>,
    address: Address,
    bytes: Vec<u8>,
    /// The articles whose bodies went into it.
    reads: Vec<usize>,
}

/// A plan, and what has become known of it since.
pub(super) struct State {
    pub(super) plan: Arc<Plan>,
    /// The last plan without an error.
    good: Option<Arc<Plan>>,
    /// Files that have other bytes under the same address, with the generation of the change.
    touched: Vec<(u64, String)>,
    /// The files whose change led to this plan.
    changed: BTreeSet<PathBuf>,
    /// What is wrong in pages, by address, as far as they have been rendered.
    found: Mutex<BTreeMap<String, Vec<Diagnostic>>>,
}

/// What an address is answered with.
#[derive(Debug)]
pub enum Answer {
    /// A rendered page.
    Page(Vec<u8>),
    /// The page that says that there is none.
    NotFound(Vec<u8>),
    /// Bytes of a kind that the address tells.
    Bytes(Vec<u8>),
    /// A file, by where it really is.
    File(PathBuf),
    /// It is at another address.
    Moved(String),
    /// There is a mistake in it, and nothing older to show.
    Mistaken,
    /// The machine failed.
    Failed(Error),
    /// Something changed meanwhile: ask again after the next look.
    Changed,
}

/// How long what goes on in the background waits before it begins, and before it asks again whether it may go on.
const PAUSE: Duration = Duration::from_millis(20);
const BREATH: Duration = Duration::from_millis(2);

/// How many pages are kept as they were last without a mistake, and how many changed files are told of.
const REMEMBERED: usize = 32;
const TOUCHED: usize = 500;

impl Preview {
    /// Reads and plans a site.
    ///
    /// # Errors
    /// A failure of the machine.
    pub fn new(subject: Subject) -> Result<Self, Error> {
        let plan = Arc::new(Plan::new(Arc::new(Input::read(&subject.root)?), &subject.options()?));
        let state = State {
            good: plan.is_good.then(|| Arc::clone(&plan)),
            plan,
            touched: Vec::new(),
            changed: BTreeSet::new(),
            found: Mutex::default(),
        };
        Ok(Self {
            cache: Cache::of(&subject.root, pictures::CACHE),
            cards: Cache::of(&subject.root, card_images::CACHE),
            subject,
            state: RwLock::new(Arc::new(state)),
            generation: watch::Sender::new(1),
            awaited: AtomicUsize::new(0),
            is_news: AtomicBool::new(false),
            shown: Mutex::default(),
            last: Mutex::default(),
            verdicts: Verdicts::default(),
        })
    }

    /// Looks at the disk, and plans anew where something has changed. `named` are files and folders that are known to
    /// have changed; where that is `all` that has, nothing else is looked at. Gives the files that have changed, none
    /// where all is as it was.
    ///
    /// # Errors
    /// A failure of the machine, such as a file that vanished while it was read; all is as it was then.
    pub fn look(&self, named: &BTreeSet<PathBuf>, all: bool) -> Result<BTreeSet<PathBuf>, Error> {
        let _awaited = Awaited::new(&self.awaited);
        let before = self.state();
        let input = match all {
            true => before.plan.input.read_changed(named)?,
            false => before.plan.input.read_again(named)?,
        };
        let mut changed: BTreeSet<PathBuf> = input.changed_since(&before.plan.input).into_iter().collect();
        let is_new = |path: &&PathBuf| input.has(path) && !input.has_same_bytes(&before.plan.input, path);
        changed.extend(named.iter().filter(is_new).cloned());
        if changed.is_empty() {
            return Ok(changed);
        }
        self.plan_anew(&before, Arc::new(input), &changed)?;
        Ok(changed)
    }

    /// Plans anew where the clock alone has changed something; gives what it was, with the file of the article.
    ///
    /// # Errors
    /// A clock that can't be read.
    pub(super) fn keep_time(&self) -> Result<Option<(Turn, PathBuf)>, Error> {
        let before = self.state();
        let now = (self.subject.clock)()?;
        let Some(due) = before.plan.next_change.filter(|next| next.at <= now) else { return Ok(None) };
        let path = before.plan.site.article(due.article).path.to_path_buf();
        self.plan_anew(&before, Arc::clone(&before.plan.input), &BTreeSet::from([path.clone()]))?;
        Ok(Some((due.turn, path)))
    }

    /// How long it is until the clock alone changes something; `None` where it never will.
    pub(super) fn time_left(&self) -> Option<Duration> {
        let next = self.state().plan.next_change?;
        let now = (self.subject.clock)().ok()?;
        Some(Duration::from_secs(u64::try_from(next.at.seconds() - now.seconds()).unwrap_or_default()))
    }

    /// Makes the plan of what was read, and puts it in the place of the one before.
    fn plan_anew(&self, before: &State, input: Arc<Input>, changed: &BTreeSet<PathBuf>) -> Result<(), Error> {
        let plan = Arc::new(before.plan.followed_by(input, &self.subject.options()?));
        let files = plan.addresses_of(changed);
        let good = if plan.is_good { Some(Arc::clone(&plan)) } else { before.good.clone() };
        let mut found = lock(&before.found).clone();
        found.retain(|address, _| matches!(plan.find(address), Found::Route(_)));
        let mut touched = before.touched.clone();
        // Who hears of the next generation has the next state.
        self.generation.send_modify(|generation| {
            *generation += 1;
            touched.extend(files.iter().map(|address| (*generation, address.encoded().into_owned())));
            touched.drain(..touched.len().saturating_sub(TOUCHED));
            let found = Mutex::new(found);
            let state = State { plan, good, touched, changed: changed.clone(), found };
            *self.state.write().unwrap_or_else(PoisonError::into_inner) = Arc::new(state);
        });
        Ok(())
    }

    /// The plan of the moment, with what is known of it.
    pub(super) fn state(&self) -> Arc<State> {
        Arc::clone(&self.state.read().unwrap_or_else(PoisonError::into_inner))
    }

    /// The count of everything that a browser might have to hear of.
    pub(super) fn generation(&self) -> u64 {
        *self.generation.borrow()
    }

    /// The same, for who waits for the next one.
    pub(super) fn generations(&self) -> watch::Receiver<u64> {
        self.generation.subscribe()
    }

    /// Tells browsers of what was found in pages, if there is something new.
    pub(super) fn announce(&self) {
        if self.is_news.swap(false, Ordering::SeqCst) {
            self.generation.send_modify(|generation| *generation += 1);
        }
    }

    /// Everything that is known to be wrong, by place.
    #[must_use]
    pub fn diagnostics(&self) -> Vec<Diagnostic> {
        let state = self.state();
        let mut all = state.plan.diagnostics.clone();
        if state.plan.input.has_settings() {
            all.extend(lock(&state.found).values().flatten().cloned());
        }
        all.sort_by(|one, other| one.order().cmp(&other.order()));
        all.dedup();
        all
    }

    /// The addresses of files that have other bytes since a generation.
    pub(super) fn touched_since(&self, generation: u64) -> Vec<String> {
        let state = self.state();
        let since = state.touched.iter().filter(|(at, _)| *at > generation);
        since.map(|(_, address)| address.clone()).collect()
    }

    /// Whether nothing is wrong before any page is rendered.
    #[must_use]
    pub fn can_be_built(&self) -> bool {
        self.state().plan.is_good
    }

    /// Every address of the site as it is now.
    #[must_use]
    pub fn addresses(&self) -> Vec<String> {
        self.state().plan.site.routes.iter().map(|route| route.address.as_str().to_string()).collect()
    }

    /// A decoded path without the path of the site's `base_url`, which stands in the links of `404.html`.
    pub(super) fn without_base(&self, path: &str) -> String {
        let plan = Arc::clone(&self.state().plan);
        let base = plan.site.base_url().map(|base| base.absolute(&Address::root()));
        let base = base.and_then(|base| Some(base.split_once("://")?.1.split_once('/')?.1.to_string()));
        let inner =
            base.filter(|base| !base.is_empty()).and_then(|base| path.strip_prefix(&format!("/{base}")));
        match inner {
            Some(inner) if matches!(plan.find(path), Found::Nothing) => format!("/{inner}"),
            _ => path.to_string(),
        }
    }

    /// What stands at a decoded path.
    #[must_use]
    pub fn answer(&self, path: &str) -> Answer {
        let _awaited = Awaited::new(&self.awaited);
        let state = self.state();
        let plan = &state.plan;
        // While there are errors, what was there before them is shown.
        if let (false, Some(good)) = (plan.is_good, &state.good) {
            match self.by(good, path) {
                Answer::Changed | Answer::Mistaken => {}
                Answer::NotFound(_) if !matches!(plan.find(path), Found::Nothing) => {}
                answer => return answer,
            }
            if let Some(bytes) = self.remembered(path) {
                return Answer::Page(bytes);
            }
        }
        let answer = self.by(plan, path);
        match (&answer, plan.is_good) {
            (Answer::Page(bytes), true) => self.remember(path, bytes),
            (Answer::Mistaken, _) => return self.remembered(path).map_or(answer, Answer::Page),
            _ => {}
        }
        answer
    }

    /// What stands at a path by one of the plans.
    fn by(&self, plan: &Arc<Plan>, path: &str) -> Answer {
        match plan.find(path) {
            Found::Route(route) => self.at(plan, route),
            Found::Moved(address) => Answer::Moved(address.encoded().into_owned()),
            Found::Nothing => match plan.not_found().map(|route| self.at(plan, route)) {
                Some(Answer::Page(bytes)) => Answer::NotFound(bytes),
                Some(other) => other,
                None => Answer::NotFound(Vec::new()),
            },
        }
    }

    fn at(&self, plan: &Arc<Plan>, route: &Route) -> Answer {
        if let Some(bytes) = self.rendered_last(plan, &route.address) {
            return Answer::Page(bytes);
        }
        let Rendered { content, reads, .. } = match self.render(plan, route) {
            Ok(rendered) => rendered,
            Err(Failure::Changed) => return Answer::Changed,
            Err(Failure::Machine(error)) => return Answer::Failed(error),
            Err(Failure::Mistakes(_)) => return Answer::Mistaken,
        };
        match content {
            Content::Page(bytes) if route.address.route().ends_with(".html") => {
                let (plan, address) = (Arc::downgrade(plan), route.address.clone());
                *lock(&self.last) = Some(Last { plan, address, bytes: bytes.clone(), reads });
                Answer::Page(bytes)
            }
            Content::Page(bytes) => Answer::Bytes(bytes),
            Content::Bytes(bytes) => Answer::Bytes(bytes.to_vec()),
            Content::Pieces(pieces) => Answer::Bytes(pieces.whole()),
            Content::File(path) => self.file(plan, path),
            Content::Card(image, card) => Answer::Bytes(card_images::one(image, &card, &self.cards)),
            Content::Picture(picture, version) => {
                made(pictures::one(&plan.site, picture, version, &self.cache))
            }
            Content::Enclosing(html, places) => {
                made(enclosing::fill(&plan.site, &html, &places, &self.cache))
            }
        }
    }

    /// The page at an address, if it was rendered last, by this plan, and the bodies in it are those that are on the disk.
    fn rendered_last(&self, plan: &Arc<Plan>, address: &Address) -> Option<Vec<u8>> {
        let last = lock(&self.last);
        let last = last.as_ref().filter(|last| std::ptr::eq(last.plan.as_ptr(), &**plan))?;
        let reads = Reads::default();
        let is_same = |article: &usize| plan.input.body(*article, &reads).is_ok();
        (last.address == *address && last.reads.iter().all(is_same)).then(|| last.bytes.clone())
    }

    fn file(&self, plan: &Plan, path: &Path) -> Answer {
        plan.input.real_file(path).map_or(Answer::Changed, Answer::File)
    }

    /// Renders a page, and notes what is wrong in it.
    fn render<'a>(&self, plan: &'a Plan, route: &'a Route) -> Result<Rendered<'a>, Failure> {
        let result = plan.renderer.render(route);
        let found = match &result {
            Ok(rendered) => rendered.warnings.clone(),
            Err(Failure::Mistakes(mistakes)) => mistakes.clone(),
            Err(_) => return result,
        };
        let state = self.state();
        if std::ptr::eq(&*state.plan, plan) {
            self.note(&state, &route.address, plan.input.weigh(found));
        }
        result
    }

    /// Renders every page for its mistakes alone, those first that are likely to have others than before; calls `told`
    /// after these, and at the end. Ends early when there is a newer plan.
    pub fn judge(&self, told: impl Fn()) {
        // Who made a change asks for its page now.
        std::thread::sleep(PAUSE);
        self.give_way();
        let state = self.state();
        let (urgent, others) = self.by_urgency(&state);
        for routes in [urgent, others] {
            for route in routes {
                self.give_way();
                let is_old = !Arc::ptr_eq(&self.state(), &state);
                if is_old || matches!(self.render(&state.plan, route), Err(Failure::Changed)) {
                    return;
                }
            }
            told();
        }
        self.judge_pictures(&state, told);
    }

    /// Waits as long as somebody waits for what the site is now.
    fn give_way(&self) {
        while self.awaited.load(Ordering::SeqCst) > 0 {
            std::thread::sleep(BREATH);
        }
    }

    /// Looks at the bytes of every picture, of those first that have changed; calls `told` after these, and at the end.
    fn judge_pictures(&self, state: &Arc<State>, told: impl Fn()) {
        let site = &state.plan.site;
        let is_changed = |picture: &&Picture| state.changed.contains(&site.input.files[picture.file]);
        let (urgent, others): (Vec<&Picture>, Vec<&Picture>) = site.pictures.iter().partition(is_changed);
        for pictures in [urgent, others] {
            for picture in pictures {
                self.give_way();
                let verdict = self.verdicts.of(site, picture, &self.cache);
                if !Arc::ptr_eq(&self.state(), state) || matches!(verdict, Err(Stop::Changed)) {
                    return;
                }
                if let (Ok(verdict), Some(address)) = (verdict, site.file_address(picture.file)) {
                    self.note(state, address, site.input.weigh(verdict.diagnostics(site, picture)));
                }
            }
            told();
        }
        self.verdicts.keep(site);
    }

    /// The pages of a plan, those apart that are likely to have other mistakes than before.
    fn by_urgency<'a>(&self, state: &'a State) -> (Vec<&'a Route>, Vec<&'a Route>) {
        let known: BTreeSet<String> = lock(&state.found).keys().cloned().collect();
        let is_urgent = |route: &&Route| {
            let article = state.plan.article_of(route.page);
            known.contains(route.address.as_str()) || article.is_some_and(|path| state.changed.contains(path))
        };
        // What is made for other tools is made of texts whose mistakes their own pages tell.
        let is_page = |route: &&Route| {
            !matches!(
                route.page,
                Page::Format(..)
                    | Page::Asset(_)
                    | Page::File(_)
                    | Page::Version(..)
                    | Page::Card(_)
                    | Page::Static(_)
            )
        };
        state.plan.site.routes.iter().filter(is_page).partition(is_urgent)
    }

    fn note(&self, state: &State, address: &Address, found: Vec<Diagnostic>) {
        let mut all = lock(&state.found);
        let address = address.as_str();
        if all.get(address).map_or(&[][..], Vec::as_slice) == found {
            return;
        }
        match found.is_empty() {
            true => drop(all.remove(address)),
            false => drop(all.insert(address.to_string(), found)),
        }
        self.is_news.store(true, Ordering::SeqCst);
    }

    fn remember(&self, path: &str, bytes: &[u8]) {
        let mut shown = lock(&self.shown);
        shown.retain(|(known, _)| known != path);
        shown.push_back((path.to_string(), bytes.to_vec()));
        if shown.len() > REMEMBERED {
            shown.pop_front();
        }
    }

    fn remembered(&self, path: &str) -> Option<Vec<u8>> {
        lock(&self.shown).iter().find(|(known, _)| known == path).map(|(_, bytes)| bytes.clone())
    }
}

/// Something that somebody waits for, until it is dropped.
struct Awaited<'a>(&'a AtomicUsize);

impl<'a> Awaited<'a> {
    fn new(count: &'a AtomicUsize) -> Self {
        count.fetch_add(1, Ordering::SeqCst);
        Self(count)
    }
}

impl Drop for Awaited<'_> {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Ordering::SeqCst);
    }
}

impl Subject {
    fn options(&self) -> Result<Options, Error> {
        Ok(Options {
            now: (self.clock)()?,
            drafts: self.drafts,
            as_of: None,
            file_links: false,
            base_url: None,
        })
    }
}

/// What was made of pictures as an answer.
fn made(bytes: Result<Vec<u8>, Failure>) -> Answer {
    match bytes {
        Ok(bytes) => Answer::Bytes(bytes),
        Err(Failure::Changed) => Answer::Changed,
        Err(Failure::Mistakes(_)) => Answer::Mistaken,
        Err(Failure::Machine(error)) => Answer::Failed(error),
    }
}

fn lock<T>(mutex: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
