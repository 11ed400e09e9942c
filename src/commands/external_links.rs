//! The web addresses of a site, each asked once: in texts, sources, and pages about the same elsewhere.
//!
//! Good answers are kept in `.dateline/links` for some days. What is wrong comes out as diagnostics, one for each place.

use std::collections::BTreeMap;

use super::build::Progress;
use crate::input::{Article, BodyError, Kind, Reads};
use crate::network::{Answer, Manners, ask};
use crate::output::Cache;
use crate::site::Site;
use crate::time::Instant;
use crate::{Diagnostic, Place, markdown};

/// The name of the cache of good answers.
const CACHE: &str = "links";
/// For how many seconds an answer is good.
const GOOD_FOR: i64 = 3 * 86_400;

/// Where an address stands, and the copy that its source names.
struct Mention {
    place: Place,
    archive: Option<String>,
}

/// Asks every address of the site that has no fresh answer.
pub(super) fn check(
    site: &Site,
    manners: &Manners,
    progress: &dyn Progress,
) -> Result<Vec<Diagnostic>, BodyError> {
    let mentions = mentions(site)?;
    let cache = Cache::of(&site.input.root, CACHE);
    let now = site.options.now;
    let asked: Vec<String> = mentions.keys().filter(|url| !is_fresh(&cache, url, now)).cloned().collect();
    progress.begin(asked.len());
    let answers = ask(&asked, manners, &|| progress.page());
    progress.end();
    let mut diagnostics = Vec::new();
    for (url, answer) in asked.iter().zip(answers) {
        if answer == Answer::Good {
            cache.put(&name(url), now.seconds().to_string().as_bytes());
        }
        let mentions = mentions[url].iter();
        diagnostics.extend(mentions.filter_map(|mention| diagnostic(url, &answer, mention)));
    }
    cache.sweep();
    Ok(diagnostics)
}

fn name(url: &str) -> String {
    blake3::hash(url.as_bytes()).to_hex().to_string()
}

fn is_fresh(cache: &Cache, url: &str, now: Instant) -> bool {
    let text = cache.get(&name(url)).and_then(|bytes| String::from_utf8(bytes).ok());
    let age = text.and_then(|text| text.parse::<i64>().ok()).map(|then| now.seconds() - then);
    age.is_some_and(|age| (0..GOOD_FOR).contains(&age))
}

fn diagnostic(url: &str, answer: &Answer, mention: &Mention) -> Option<Diagnostic> {
    let (name, message) = match answer {
        Answer::Good => return None,
        Answer::Dead(why) => ("dead-external-link", format!("{url} is dead: {why}")),
        Answer::Doubtful(why) => ("doubtful-external-link", format!("{url} may be dead: {why}")),
    };
    let help = match (&mention.archive, answer) {
        (Some(archive), _) => format!("the source names a copy: {archive}"),
        (None, Answer::Dead(_)) => {
            "mend the address, or link to a copy of the page, which an archive of the web may have"
                .to_string()
        }
        (None, _) => "look at it in a browser; if it is alive, check again later".to_string(),
    };
    Some(Diagnostic::warning(name, message).at(mention.place.clone()).help(help))
}

/// Every address with the places that name it. What a translation takes from its original is the original's.
fn mentions(site: &Site) -> Result<BTreeMap<String, Vec<Mention>>, BodyError> {
    let mut mentions: BTreeMap<String, Vec<Mention>> = BTreeMap::new();
    let mut add = |url: &str, place: Place, archive: Option<String>| {
        let url = url.split('#').next().unwrap_or(url).to_string();
        mentions.entry(url).or_default().push(Mention { place, archive });
    };
    let built = site.input.articles.iter().enumerate().filter(|(at, _)| site.address_of(*at).is_some());
    for (at, article) in built {
        for (url, archive) in of_front_matter(article) {
            add(url, site.input.place_of(&article.path, url), archive.map(str::to_string));
        }
        for (range, url) in markdown::external_links(&site.input.body(at, &Reads::default())?) {
            let range = article.body + range.start..article.body + range.end;
            add(&url, site.input.place(&article.path, range), None);
        }
    }
    let settings = &site.input.settings;
    let publisher = settings.publisher.url.iter().map(|url| url.0.as_str());
    let menus = settings.translation.values().flat_map(|translation| &translation.menu);
    let menu = settings.menu.iter().chain(menus).map(|item| item.url.value.as_str());
    for url in publisher.chain(menu.filter(|url| url.starts_with("https://") || url.starts_with("http://"))) {
        add(url, site.input.place_of(crate::input::settings::FILE.as_ref(), url), None);
    }
    Ok(mentions)
}

fn of_front_matter(article: &Article) -> Vec<(&str, Option<&str>)> {
    match &article.kind {
        Kind::Event(keys) if !article.inherits("sources") => {
            let sources = keys.sources.iter().flat_map(|source| {
                let archive = source.archive.as_ref().map(|url| url.0.as_str());
                let url = source.url.as_ref().map(|url| (url.0.as_str(), archive));
                url.into_iter().chain(archive.map(|archive| (archive, None)))
            });
            sources.collect()
        }
        Kind::Entity(_, keys) if !article.inherits("same_as") => {
            keys.same_as.iter().map(|url| (url.0.as_str(), None)).collect()
        }
        _ => Vec::new(),
    }
}
