//! What is to be done: the site as it is to be and what is known of the target come in; what is sent, deleted and kept a
//! while goes out. Pure: nothing is asked and nothing is done here.

use super::manifest::{Entry, Manifest};
use super::object::{Object, Role, without_fingerprint};
use crate::time::Instant;

/// What a publish will do.
#[derive(Debug, Clone, Default)]
pub struct Plan {
    /// What is sent, in the order of sending.
    pub sends: Vec<Send>,
    /// What is deleted.
    pub deletes: Vec<Deletion>,
    /// What stays for a while though the site has a newer version of it.
    pub superseded: Vec<Entry>,
    /// How many files stand as they are to.
    pub unchanged: usize,
    /// What the manifest will say.
    pub next: Manifest,
    /// How many files are ours at the target now.
    pub ours: usize,
    /// Whether the manifest that is there says something else.
    pub manifest_changes: bool,
    /// Whether the site has nothing but what every site has, and the target has more.
    pub is_empty: bool,
}

/// A file that is sent.
#[derive(Debug, Clone)]
pub struct Send {
    /// The file.
    pub object: Object,
    /// Why.
    pub why: Why,
}

/// Why a file is sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Why {
    /// The target has no such file of ours.
    New,
    /// Its bytes are others.
    Bytes,
    /// Its bytes are the same, its headers are not.
    Headers,
}

/// A file that is deleted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Deletion {
    /// Its path.
    pub path: String,
    /// Its size.
    pub length: u64,
}

/// How much may be deleted at once.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// How many files.
    pub files: usize,
    /// How many of a hundred; `None` where somebody has named a number of files for this one time.
    pub percent: Option<u8>,
}

/// Why a plan must not be carried out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Refusal {
    /// The site is empty, and what is online is not.
    Empty,
    /// More is deleted than is allowed: so many, of so many.
    TooMany {
        /// How many would be deleted.
        deletes: usize,
        /// How many are ours.
        ours: usize,
    },
}

/// So few deletions are no share of anything: a site of nine files may lose three.
const FEW: usize = 10;

impl Plan {
    /// Compares a site with what is online.
    ///
    /// `grace` is for how many seconds a superseded file stays.
    #[must_use]
    pub fn new(mut local: Vec<Object>, online: &Manifest, grace: i64, now: Instant) -> Self {
        local.sort_by(|one, other| (one.role, &one.path).cmp(&(other.role, &other.path)));
        let next: Manifest = Manifest::new(local.iter().map(Entry::of).collect());
        let mut versions: Vec<String> = local
            .iter()
            .filter(|object| object.role == Role::Fingerprinted)
            .map(|object| without_fingerprint(&object.path))
            .collect();
        versions.sort_unstable();
        let mut plan = Self { ours: online.entries().len(), ..Self::default() };
        for entry in online.entries().iter().filter(|entry| next.get(&entry.path).is_none()) {
            let is_superseded = entry.role == Role::Fingerprinted
                && versions.binary_search(&without_fingerprint(&entry.path)).is_ok();
            let entry = entry.superseded_at(now);
            let since = now.seconds() - entry.superseded.unwrap_or_default();
            match is_superseded && since < grace {
                true => plan.superseded.push(entry),
                false => plan.deletes.push(Deletion { path: entry.path, length: entry.length }),
            }
        }
        let is_page = |role: Role| matches!(role, Role::Page | Role::List);
        // 404.html is a page that every site has.
        let pages = local.iter().filter(|object| is_page(object.role) && object.path != "404.html").count();
        plan.is_empty = pages == 0 && !plan.deletes.is_empty();
        plan.next = Manifest::new(next.entries().iter().chain(&plan.superseded).cloned().collect());
        plan.manifest_changes = plan.next != *online;
        for object in local {
            match why(&object, online) {
                Some(why) => plan.sends.push(Send { object, why }),
                None => plan.unchanged += 1,
            }
        }
        plan
    }

    /// Whether there is nothing to do.
    #[must_use]
    pub fn is_done(&self) -> bool {
        self.sends.is_empty() && self.deletes.is_empty() && !self.manifest_changes
    }

    /// What is sent for a reason: how many files, and how many bytes.
    #[must_use]
    pub fn sent_for(&self, why: Why) -> (usize, u64) {
        let sends = self.sends.iter().filter(|send| send.why == why);
        sends.fold((0, 0), |(files, bytes), send| (files + 1, bytes + send.object.length))
    }

    /// The bytes that are sent.
    #[must_use]
    pub fn bytes(&self) -> u64 {
        self.sends.iter().map(|send| send.object.length).sum()
    }

    /// Why it must not be carried out; `None` where it may.
    #[must_use]
    pub fn refusal(&self, limits: Limits) -> Option<Refusal> {
        let deletes = self.deletes.len();
        let is_share_exceeded = limits
            .percent
            .is_some_and(|percent| deletes > FEW && deletes * 100 > self.ours * usize::from(percent));
        if self.is_empty {
            return Some(Refusal::Empty);
        }
        let is_refused = deletes > limits.files || is_share_exceeded;
        is_refused.then_some(Refusal::TooMany { deletes, ours: self.ours })
    }
}

fn why(object: &Object, online: &Manifest) -> Option<Why> {
    let Some(entry) = online.get(&object.path) else { return Some(Why::New) };
    if (entry.digest, entry.length) != (object.digest, object.length) {
        return Some(Why::Bytes);
    }
    (entry.headers != object.headers()).then_some(Why::Headers)
}

#[cfg(test)]
mod tests {
    use super::{Limits, Plan, Refusal, Why};
    use crate::publish::manifest::tests::object;
    use crate::publish::manifest::{Entry, Manifest};
    use crate::publish::object::{Encoding, Object, Role};
    use crate::time::Instant;

    const DAY: i64 = 86_400;
    const LIMITS: Limits = Limits { files: 100, percent: Some(20) };

    fn site() -> Vec<Object> {
        vec![
            object("index.html", Role::Front, "front"),
            object("kim/index.html", Role::List, "kim"),
            object("kim/a/index.html", Role::Page, "a"),
            object("style.0123456789.css", Role::Fingerprinted, "css"),
        ]
    }

    fn online(objects: &[Object]) -> Manifest {
        Manifest::new(objects.iter().map(Entry::of).collect())
    }

    fn plan(local: Vec<Object>, online: &Manifest) -> Plan {
        Plan::new(local, online, 7 * DAY, Instant::from_seconds(1_700_000_000))
    }

    fn reasons(plan: &Plan) -> Vec<(&str, Why)> {
        plan.sends.iter().map(|send| (send.object.path.as_str(), send.why)).collect()
    }

    #[test]
    fn the_first_time_everything_is_sent_and_what_is_named_comes_first() {
        let plan = plan(site(), &Manifest::default());
        let order: Vec<&str> = reasons(&plan).into_iter().map(|(path, _)| path).collect();
        assert_eq!(order, ["style.0123456789.css", "kim/a/index.html", "kim/index.html", "index.html"]);
        assert_eq!((plan.deletes.len(), plan.bytes()), (0, 12));
    }

    #[test]
    fn without_a_change_there_is_nothing_to_do() {
        assert!(plan(site(), &online(&site())).is_done());
    }

    #[test]
    fn a_change_of_the_same_size_and_a_change_of_headers_are_seen() {
        let mut local = site();
        local[0] = object("index.html", Role::Front, "tnorf");
        local[1].encoding = Some(Encoding::Gzip);
        let plan = plan(local, &online(&site()));
        assert_eq!(reasons(&plan), [("kim/index.html", Why::Headers), ("index.html", Why::Bytes)]);
        assert_eq!(plan.unchanged, 2);
    }

    #[test]
    fn a_page_that_was_taken_back_is_deleted_at_once() {
        let mut local = site();
        local.remove(2);
        let plan = plan(local, &online(&site()));
        assert_eq!(plan.deletes.iter().map(|delete| &*delete.path).collect::<Vec<_>>(), ["kim/a/index.html"]);
    }

    #[test]
    fn a_superseded_stylesheet_stays_for_its_time_and_a_withdrawn_picture_does_not() {
        let photo = object("kim/a/photo.0123456789.480w.webp", Role::Fingerprinted, "photo");
        let before = online(&[site(), vec![photo]].concat());
        let mut local = site();
        local[3] = object("style.9876543210.css", Role::Fingerprinted, "new");
        let now = Instant::from_seconds(1_700_000_000);
        let first = Plan::new(local.clone(), &before, 7 * DAY, now);
        assert_eq!(
            first.superseded.iter().map(|entry| &*entry.path).collect::<Vec<_>>(),
            ["style.0123456789.css"]
        );
        assert_eq!(first.deletes.len(), 1);
        let week = |days: i64| {
            let then = Instant::from_seconds(1_700_000_000 + days * DAY);
            Plan::new(local.clone(), &first.next, 7 * DAY, then)
        };
        assert!(week(6).is_done());
        assert_eq!(week(7).deletes.len(), 1);
    }

    #[test]
    fn a_version_that_comes_back_is_superseded_no_more() {
        let mut other = site();
        other[3] = object("style.9876543210.css", Role::Fingerprinted, "new");
        let between = plan(other, &online(&site())).next;
        let back = plan(site(), &between);
        assert_eq!(back.next.get("style.0123456789.css").unwrap().superseded, None);
        assert_eq!((back.sends.len(), back.superseded.len()), (0, 1));
    }

    #[test]
    fn too_many_deletions_are_refused_by_number_and_by_share() {
        let many = |count: usize| -> Vec<Object> {
            (0..count).map(|at| object(&format!("kim/{at}/index.html"), Role::Page, "a")).collect()
        };
        let after = |kept: usize| plan(many(kept), &online(&many(100)));
        assert_eq!(after(80).refusal(LIMITS), None);
        assert_eq!(after(79).refusal(LIMITS), Some(Refusal::TooMany { deletes: 21, ours: 100 }));
        assert_eq!(after(79).refusal(Limits { files: 21, percent: None }), None);
        assert_eq!(
            after(79).refusal(Limits { files: 20, percent: None }),
            Some(Refusal::TooMany { deletes: 21, ours: 100 })
        );
    }

    #[test]
    fn an_empty_build_deletes_nothing_whatever_the_limits_are() {
        let empty = vec![object("index.html", Role::Front, ""), object("404.html", Role::Page, "")];
        let plan = plan(empty, &online(&site()));
        assert_eq!(plan.refusal(Limits { files: usize::MAX, percent: None }), Some(Refusal::Empty));
    }
}
