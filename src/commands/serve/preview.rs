//! The site as it is now, for as long as the server runs: changes come in, answers to addresses go out.
//!
//! Every answer is rendered by the functions of `build` from the plan of the moment. A plan is never changed: a change
//! makes a new one, which takes the place of the old one at once.

use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError, RwLock};

use tokio::sync::watch;

use super::plan::{Found, Plan};
use crate::address::Address;
use crate::commands::{card_images, pictures};
use crate::input::Input;
use crate::output::Cache;
use crate::pages::{Content, Failure};
use crate::site::{Options, Page, Route};
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
    /// Whether something was found in a page since.
    is_news: AtomicBool,
    /// The last good bytes of the pages that were looked at last.
    shown: Mutex<VecDeque<(String, Vec<u8>)>>,
    cache: Cache,
    cards: Cache,
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
            is_news: AtomicBool::new(false),
            shown: Mutex::default(),
        })
    }

    /// Looks at the disk, and plans anew where something has changed. `named` are files and folders that are known to
    /// have changed. Gives the files that have, none where all is as it was.
    ///
    /// # Errors
    /// A failure of the machine, such as a file that vanished while it was read; all is as it was then.
    pub fn look(&self, named: &BTreeSet<PathBuf>) -> Result<BTreeSet<PathBuf>, Error> {
        let before = self.state();
        let input = before.plan.input.read_again(named)?;
        let mut changed: BTreeSet<PathBuf> = input.changed_since(&before.plan.input).into_iter().collect();
        let is_new = |path: &&PathBuf| input.has(path) && !input.has_same_bytes(&before.plan.input, path);
        changed.extend(named.iter().filter(is_new).cloned());
        if changed.is_empty() {
            return Ok(changed);
        }
        let plan = Arc::new(Plan::new(Arc::new(input), &self.subject.options()?));
        let files = plan.addresses_of(&changed);
        let good = if plan.is_good { Some(Arc::clone(&plan)) } else { before.good.clone() };
        let mut found = lock(&before.found).clone();
        found.retain(|address, _| matches!(plan.find(address), Found::Route(_)));
        let mut touched = before.touched.clone();
        // Who hears of the next generation has the next state.
        self.generation.send_modify(|generation| {
            *generation += 1;
            touched.extend(files.iter().map(|address| (*generation, address.encoded())));
            touched.drain(..touched.len().saturating_sub(TOUCHED));
            let found = Mutex::new(found);
            let state = State { plan, good, touched, changed: changed.clone(), found };
            *self.state.write().unwrap_or_else(PoisonError::into_inner) = Arc::new(state);
        });
        Ok(changed)
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
    fn by(&self, plan: &Plan, path: &str) -> Answer {
        match plan.find(path) {
            Found::Route(route) => self.at(plan, route),
            Found::Moved(address) => Answer::Moved(address.encoded()),
            Found::Nothing => match plan.not_found().map(|route| self.at(plan, route)) {
                Some(Answer::Page(bytes)) => Answer::NotFound(bytes),
                Some(other) => other,
                None => Answer::NotFound(Vec::new()),
            },
        }
    }

    fn at(&self, plan: &Plan, route: &Route) -> Answer {
        let rendered = match self.render(plan, route) {
            Ok(rendered) => rendered,
            Err(Failure::Changed) => return Answer::Changed,
            Err(Failure::Machine(error)) => return Answer::Failed(error),
            Err(Failure::Mistakes(_)) => return Answer::Mistaken,
        };
        match rendered {
            Content::Page(bytes) if route.address.route().ends_with(".html") => Answer::Page(bytes),
            Content::Page(bytes) => Answer::Bytes(bytes),
            Content::Bytes(bytes) => Answer::Bytes(bytes.to_vec()),
            Content::File(path) => self.file(plan, path),
            Content::Card(image, card) => Answer::Bytes(card_images::one(image, &card, &self.cards)),
            Content::Picture(picture, version) => {
                match pictures::one(&plan.site, picture, version, &self.cache) {
                    Ok(bytes) => Answer::Bytes(bytes),
                    Err(Failure::Changed) => Answer::Changed,
                    Err(Failure::Mistakes(_)) => Answer::Mistaken,
                    Err(Failure::Machine(error)) => Answer::Failed(error),
                }
            }
        }
    }

    fn file(&self, plan: &Plan, path: &Path) -> Answer {
        plan.input.real_file(path).map_or(Answer::Changed, Answer::File)
    }

    /// Renders a page, and notes what is wrong in it.
    fn render<'a>(&self, plan: &'a Plan, route: &Route) -> Result<Content<'a>, Failure> {
        let result = plan.renderer.render(route);
        let found = match &result {
            Ok(rendered) => rendered.warnings.clone(),
            Err(Failure::Mistakes(mistakes)) => mistakes.clone(),
            Err(_) => return result.map(|rendered| rendered.content),
        };
        let state = self.state();
        if std::ptr::eq(&*state.plan, plan) {
            self.note(&state, route, plan.input.weigh(found));
        }
        result.map(|rendered| rendered.content)
    }

    /// Renders every page for its mistakes alone, those first that are likely to have others than before; calls `told`
    /// after these, and at the end. Ends early when there is a newer plan.
    pub fn judge(&self, told: impl Fn()) {
        let state = self.state();
        let (urgent, others) = self.by_urgency(&state);
        for routes in [urgent, others] {
            for route in routes {
                let is_old = !Arc::ptr_eq(&self.state(), &state);
                if is_old || matches!(self.render(&state.plan, route), Err(Failure::Changed)) {
                    return;
                }
            }
            told();
        }
    }

    /// The pages of a plan, those apart that are likely to have other mistakes than before.
    fn by_urgency<'a>(&self, state: &'a State) -> (Vec<&'a Route>, Vec<&'a Route>) {
        let known: BTreeSet<String> = lock(&state.found).keys().cloned().collect();
        let is_urgent = |route: &&Route| {
            let article = state.plan.article_of(route.page);
            known.contains(route.address.as_str()) || article.is_some_and(|path| state.changed.contains(path))
        };
        let is_page = |route: &&Route| {
            let is_file = |page| {
                matches!(
                    page,
                    Page::Asset(_) | Page::File(_) | Page::Version(..) | Page::Card(_) | Page::Static(_)
                )
            };
            !is_file(route.page)
        };
        state.plan.site.routes.iter().filter(is_page).partition(is_urgent)
    }

    fn note(&self, state: &State, route: &Route, found: Vec<Diagnostic>) {
        let mut all = lock(&state.found);
        let address = route.address.as_str();
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

impl Subject {
    fn options(&self) -> Result<Options, Error> {
        Ok(Options { now: (self.clock)()?, drafts: self.drafts, file_links: false, base_url: None })
    }
}

fn lock<T>(mutex: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
