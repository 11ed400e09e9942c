//! When the clock alone changes a site: the articles that were read go in, the next such instant comes out.
//!
//! It knows no machine's clock: «now» is that of the options that the site was made with.

use serde::{Deserialize, Serialize};

use super::{Options, Reason, Site, standing};
use crate::input::article::Kind;
use crate::input::{Article, Input};
use crate::time::{Instant, Zone};

/// The next instant at which a build of the same files would give another site.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct NextChange {
    /// When.
    pub at: Instant,
    /// The article that comes or goes then, by its index; of several at one instant, the first by path.
    pub article: usize,
    /// What happens to it.
    pub turn: Turn,
}

/// What time does to an article.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Turn {
    /// Its `published` has come.
    EmbargoEnds,
    /// Its `expires` has come.
    Expires,
    /// It is no longer among the news that search engines are told of.
    LeavesNews,
}

impl Site {
    /// When the clock alone will change this site; `None` where it never will.
    #[must_use]
    pub fn next_change(&self) -> Option<NextChange> {
        let news = self.next_change_of_news();
        let news = news.map(|(at, article)| NextChange { at, article, turn: Turn::LeavesNews });
        next_change(&self.input, &self.options).into_iter().chain(news).min()
    }
}

impl Site {
    /// The instant up to which a build of the same files gives this site, with the same reasons for what is left out; `None` where
    /// it always will. No later than the next change, and perhaps earlier.
    #[must_use]
    pub fn lasts_until(&self) -> Option<Instant> {
        let moments = self.input.articles.iter().filter_map(|article| match &article.kind {
            Kind::Event(keys) => Some([keys.published, keys.expires]),
            _ => None,
        });
        let moments = moments.flatten().flatten().map(|moment| self.instant(moment));
        let ahead = moments.filter(|at| *at > self.options.now).min();
        let news = self.next_change_of_news().map(|(at, _)| at);
        ahead.into_iter().chain(news).min()
    }
}

fn next_change(input: &Input, options: &Options) -> Option<NextChange> {
    let clock = input.settings.timezone.unwrap_or(Zone::UTC);
    let of_one = |(index, article): (usize, _)| of_article(article, index, options, clock);
    input.articles.iter().map(|article| &**article).enumerate().filter_map(of_one).min()
}

/// The next instant at which an article comes, goes, or loses its mark.
fn of_article(article: &Article, index: usize, options: &Options, clock: Zone) -> Option<NextChange> {
    let Kind::Event(keys) = &article.kind else { return None };
    let moments = [(keys.published, Turn::EmbargoEnds), (keys.expires, Turn::Expires)];
    let shown = |now| shown(standing::reason(article, now, clock), options.drafts);
    let instants = moments.into_iter().filter_map(|(moment, turn)| {
        let at = super::instant(moment?, clock);
        let is_change = at > options.now && shown(at) != shown(options.now);
        is_change.then_some(NextChange { at, article: index, turn })
    });
    instants.min()
}

/// How an article stands in a build: not at all, with a mark, or as it is.
#[derive(PartialEq, Eq)]
enum Shown {
    Absent,
    Marked,
    Plain,
}

fn shown(reason: Option<Reason>, drafts: bool) -> Shown {
    match reason {
        None => Shown::Plain,
        Some(Reason::Draft | Reason::Embargoed(_)) if drafts => Shown::Marked,
        Some(_) => Shown::Absent,
    }
}
