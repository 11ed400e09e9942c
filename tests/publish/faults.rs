//! What goes wrong on the line, at every request; and two who publish at once.

use std::collections::BTreeSet;
use std::process::Command;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use dateline::publish::{Access, Free, Holder, Lock, Patience, open};

use crate::hosts::{Bucket, Hosts, Place};
use crate::proxy::{Fault, Proxy, Trouble};
use crate::site::{Site, Told, Tree, same};

type Test = (&'static str, fn(&Hosts) -> Result<(), String>);

pub const ALL: [Test; 8] = [
    ("faults: a request that fails for good stops everything after it", |hosts| lasting(hosts, Fault::Fails)),
    ("faults: a host that answers no more stops everything after it", |hosts| lasting(hosts, Fault::Hangs)),
    ("faults: a line that is cut stops everything after it", |hosts| lasting(hosts, Fault::BreaksOff)),
    ("faults: whatever goes wrong once is tried again", once),
    ("faults: Ctrl-C between two files leaves what the next run completes", interrupted),
    ("lock: a publish that takes longer than a lock lives keeps it", renewed),
    ("twins: two at once, twenty times, come to one build", twins),
    ("twins: a host that ignores conditions is warned of", ignores_conditions),
];

/// A proxy in which nothing goes wrong.
const NEVER: Trouble = Trouble { fault: Fault::Fails, at: 0, lasts: false };

/// A site that was published, edited and shortened since, and is sent through a proxy.
fn edited(place: &Place) -> Result<(Site, Tree), String> {
    let site = Site::new(&place.settings, &place.environment, 3);
    site.publish(&[]).is(0, "published")?;
    let before = place.tree()?;
    site.edit(1);
    site.remove("content/kim/e2.md");
    site.write("static/style.css", "body { color: #123456 }\n");
    Ok((site, before))
}

/// The settings of a place, by way of a proxy.
fn through(site: &Site, place: &Place, port: u16, proxy: &Proxy) {
    let settings = place.settings.replace(&format!(":{port}\""), &format!(":{}\"", proxy.port));
    site.set(&settings);
}

/// The number of requests of the whole publish: those at which something can go wrong.
fn requests(hosts: &Hosts) -> Result<usize, String> {
    let port = hosts.weed()?.port;
    let place = hosts.bucket(port, "site1");
    let (site, _) = edited(&place)?;
    let proxy = Proxy::start(port, NEVER)?;
    through(&site, &place, port, &proxy);
    site.publish(&[]).is(0, "published")?;
    Ok(proxy.requests())
}

fn lasting(hosts: &Hosts, fault: Fault) -> Result<(), String> {
    let port = hosts.weed()?.port;
    each(requests(hosts)?, |at| {
        let place = hosts.bucket(port, "site1");
        let (site, before) = edited(&place)?;
        let proxy = Proxy::start(port, Trouble { fault, at, lasts: true })?;
        through(&site, &place, port, &proxy);
        let told = site.publish(&["--timeout", "1"]);
        let here = |why: String| format!("{fault:?} at request {at}: {why}\n{}", told.text);
        told.is(2, "help: ").map_err(here)?;
        let online = place.tree()?;
        whole(&online).map_err(here)?;
        not_too_early(&before, &online, &site.public()).map_err(here)?;
        let calm = Proxy::start(port, NEVER)?;
        through(&site, &place, port, &calm);
        site.publish(&[]).is(0, "").map_err(here)?;
        is_local_tree(&place, &site).map_err(here)
    })
}

fn once(hosts: &Hosts) -> Result<(), String> {
    let port = hosts.weed()?.port;
    let faults = [Fault::Fails, Fault::Hangs, Fault::BreaksOff];
    each(requests(hosts)? * faults.len(), |number| {
        let (at, fault) = (number.div_ceil(faults.len()), faults[number % faults.len()]);
        let place = hosts.bucket(port, "site1");
        let (site, _) = edited(&place)?;
        let proxy = Proxy::start(port, Trouble { fault, at, lasts: false })?;
        through(&site, &place, port, &proxy);
        let here = |why: String| format!("{fault:?} at request {at}: {why}");
        site.publish(&["--timeout", "1"]).is(0, "").map_err(here)?;
        is_local_tree(&place, &site).map_err(here)
    })
}

/// Somebody presses Ctrl-C after so many requests of a publish over a slow line.
fn interrupted(hosts: &Hosts) -> Result<(), String> {
    let port = hosts.weed()?.port;
    let all = requests(hosts)?;
    let cut_short = AtomicUsize::new(0);
    each(6, |sixth| {
        let place = hosts.bucket(port, "site1");
        let (site, before) = edited(&place)?;
        let proxy = Proxy::start(port, Trouble { fault: Fault::Lags, at: 1, lasts: true })?;
        through(&site, &place, port, &proxy);
        let child = site.start_publish();
        let begun = Instant::now();
        let at = all * sixth / 7;
        while proxy.requests() < at && begun.elapsed() < Duration::from_secs(60) {
            std::thread::sleep(Duration::from_millis(5));
        }
        let signal = Command::new("kill").args(["-INT", &child.id().to_string()]).status();
        let told = Told::of(&child.wait_with_output().map_err(|error| error.to_string())?);
        let here = |why: String| format!("after {at} of {all} requests: {why}\n{}", told.text);
        signal.map_err(|error| here(error.to_string()))?;
        if told.status != 0 {
            told.is(2, "it was interrupted").map_err(here)?;
            told.is(2, "run the same command again").map_err(here)?;
            cut_short.fetch_add(1, Ordering::Relaxed);
        }
        let online = place.tree()?;
        whole(&online).map_err(here)?;
        not_too_early(&before, &online, &site.public()).map_err(here)?;
        if left(place.address.as_ref())? {
            return Err(here("the lock was left there".to_string()));
        }
        let calm = Proxy::start(port, NEVER)?;
        through(&site, &place, port, &calm);
        site.publish(&[]).is(0, "").map_err(here)?;
        is_local_tree(&place, &site).map_err(here)
    })?;
    match cut_short.into_inner() {
        // The last one may have come too late.
        5.. => Ok(()),
        few => Err(format!("only {few} of 6 were cut short")),
    }
}

/// The lock of a publish that began an hour ago, and still goes on.
fn renewed(hosts: &Hosts) -> Result<(), String> {
    let place = hosts.open_webdav()?;
    let site = Site::new(&place.settings, &place.environment, 1);
    let (settings, _) = dateline::input::settings_of(site.root()).map_err(|error| error.to_string())?;
    let access = Access { root: site.root(), name: "live", patience: Patience::default() };
    let fault = |fault: dateline::publish::Fault| fault.message;
    let (target, _) = open(&settings.publish["live"], &access).map_err(fault)?;
    let (then, now) = (1_700_000_000, 1_700_003_590);
    let [then, now] = [then, now].map(dateline::time::Instant::from_seconds);
    let holder = Holder::new("Ana".to_string(), "redação".to_string(), then);
    let (token, until) = (holder.token.clone(), holder.until);
    let lock = Lock::take(&*target, holder, now, Free::default()).map_err(fault)?;
    let online = || -> Result<Holder, String> {
        let bytes = place.whole_tree()?.remove(".dateline/lock.json").ok_or("there is no lock")?;
        serde_json::from_slice(&bytes).map_err(|error| error.to_string())
    };
    if online()?.until != until {
        return Err("the lock does not say when it runs out".to_string());
    }
    lock.keep().map_err(fault)?;
    let kept = online()?;
    if kept.token != token || kept.until < until + 3500 {
        return Err(format!("it was not kept: {kept:?}"));
    }
    lock.keep().map_err(fault)?;
    if online()?.until != kept.until {
        return Err("it was written again for nothing".to_string());
    }
    lock.give_up().map_err(fault)?;
    match place.whole_tree()?.contains_key(".dateline/lock.json") {
        true => Err("it was not given up".to_string()),
        false => Ok(()),
    }
}

/// Every request from the first to the last, several at a time: they wait more than they work.
fn each(requests: usize, run: impl Fn(usize) -> Result<(), String> + Sync) -> Result<(), String> {
    let (next, wrong) = (AtomicUsize::new(1), Mutex::new(Vec::new()));
    std::thread::scope(|scope| {
        for _ in 0..AT_ONCE {
            scope.spawn(|| {
                loop {
                    let at = next.fetch_add(1, Ordering::Relaxed);
                    if at > requests {
                        return;
                    }
                    if let Err(why) = run(at) {
                        wrong.lock().unwrap_or_else(PoisonError::into_inner).push(why);
                    }
                }
            });
        }
    });
    let wrong = wrong.into_inner().unwrap_or_else(PoisonError::into_inner);
    if wrong.is_empty() {
        Ok(())
    } else {
        Err(format!("{} of {requests}:\n{}", wrong.len(), wrong.join("\n")))
    }
}

const AT_ONCE: usize = 12;

/// That exactly the local tree stands there; a superseded stylesheet stays for its time.
fn is_local_tree(place: &Place, site: &Site) -> Result<(), String> {
    let (mut online, public) = (place.tree()?, site.public());
    online.retain(|path, _| public.contains_key(path) || !path.starts_with("style."));
    same(&online, &public)
}

/// That every stylesheet, script and picture that a page names is there.
fn whole(online: &Tree) -> Result<(), String> {
    for (path, bytes) in online.iter().filter(|(path, _)| path.ends_with(".html")) {
        let text = String::from_utf8_lossy(bytes);
        for name in text.split(['"', '\'']).filter(|text| is_asset(text)) {
            let asset = resolve(path, name);
            if !online.contains_key(&asset) {
                return Err(format!("{path} names {asset}, which is not there"));
            }
        }
    }
    Ok(())
}

fn is_asset(text: &str) -> bool {
    let is_plain = !text.contains("://") && !text.contains(char::is_whitespace) && !text.is_empty();
    is_plain && [".css", ".js", ".webp", ".svg"].iter().any(|ending| text.ends_with(ending))
}

fn resolve(page: &str, link: &str) -> String {
    if let Some(path) = link.strip_prefix('/') {
        return path.to_string();
    }
    let mut parts: Vec<&str> = page.split('/').collect();
    parts.pop();
    for part in link.split('/') {
        match part {
            "." => {}
            ".." => drop(parts.pop()),
            part => parts.push(part),
        }
    }
    parts.join("/")
}

/// That nothing was deleted before all that is new stood there.
fn not_too_early(before: &Tree, online: &Tree, local: &Tree) -> Result<(), String> {
    let gone: Vec<&String> = before.keys().filter(|path| !online.contains_key(*path)).collect();
    let missing: Vec<&String> = local
        .iter()
        .filter(|(path, bytes)| online.get(*path) != Some(*bytes))
        .map(|(path, _)| path)
        .collect();
    match gone.is_empty() || missing.is_empty() {
        true => Ok(()),
        false => Err(format!("{gone:?} was deleted while {missing:?} was not yet there")),
    }
}

/// Each of two editors has an edit of their own; one of the two builds stands there in the end, whole.
fn twins(hosts: &Hosts) -> Result<(), String> {
    let port = hosts.weed()?.port;
    for round in 0..20 {
        let place = hosts.bucket(port, "site1");
        let (one, other) = (
            Site::new(&place.settings, &place.environment, 2),
            Site::new(&place.settings, &place.environment, 2),
        );
        one.edit(0);
        other.edit(1);
        if round % 2 == 1 {
            one.publish(&[]).is(0, "published")?;
            one.edit(1);
            other.write("static/style.css", "body { color: #123456 }\n");
        }
        let told: Vec<i32> = std::thread::scope(|scope| {
            let both =
                [&one, &other].map(|site| scope.spawn(|| site.publish(&["--max-deletes", "50"]).status));
            both.map(|twin| twin.join().unwrap_or(-1)).into()
        });
        let mut online = place.tree()?;
        let fits = |site: &Site, online: &mut Tree| {
            let public = site.public();
            online.retain(|path, _| public.contains_key(path) || !path.starts_with("style."));
            same(online, &public)
        };
        let results = [fits(&one, &mut online.clone()), fits(&other, &mut online)];
        if told.iter().all(|status| *status != 0) || results.iter().all(Result::is_err) {
            return Err(format!("round {round}: statuses {told:?}, {results:?}"));
        }
        if left(place.address.as_ref())? {
            return Err(format!("round {round}: a lock was left there"));
        }
    }
    Ok(())
}

fn left(bucket: Option<&Bucket>) -> Result<bool, String> {
    let paths: BTreeSet<String> = bucket.ok_or("no bucket")?.list()?.into_iter().collect();
    Ok(paths.contains(".dateline/lock.json"))
}

fn ignores_conditions(hosts: &Hosts) -> Result<(), String> {
    let place = hosts.rclone_s3()?;
    let site = Site::new(&place.settings, &place.environment, 2);
    site.publish(&[]).is(0, "ignores conditions")?;
    let weed = hosts.bucket(hosts.weed()?.port, "site1");
    let told = Site::new(&weed.settings, &weed.environment, 2).publish(&[]);
    told.is(0, "published")?;
    match told.text.contains("ignores conditions") {
        true => Err("a host that heeds conditions was warned of".to_string()),
        false => Ok(()),
    }
}
