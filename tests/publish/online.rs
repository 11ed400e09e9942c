//! What is online, as readers and their browsers get it: headers page by page, the policy in a real browser, many objects,
//! and what the host is asked for.

use std::process::Command;

use crate::hosts::{Hosts, get};
use crate::site::{Site, same};

type Test = (&'static str, fn(&Hosts) -> Result<(), String>);

pub const ALL: [Test; 5] = [
    ("online: the server counts no PUT where nothing has changed", no_puts),
    ("online: 2,000 objects", many),
    ("online: each file has its headers", headers),
    ("online: the policy holds in a browser", policy),
    ("online: what is wrong with a host is told in words", words),
];

fn no_puts(hosts: &Hosts) -> Result<(), String> {
    let weed = hosts.weed()?;
    let place = hosts.bucket(weed.port, "site1");
    let site = Site::new(&place.settings, &place.environment, 3);
    let proxy = crate::proxy::Proxy::start(
        weed.port,
        crate::proxy::Trouble { fault: crate::proxy::Fault::Fails, at: 0, lasts: false },
    )?;
    let settings = place.settings.replace(&format!(":{}\"", weed.port), &format!(":{}\"", proxy.port));
    site.set(&settings);
    site.publish(&[]).is(0, "published")?;
    let sent = proxy.puts();
    if sent < site.public().len() || weed.puts()? < sent as u64 {
        return Err(format!("only {sent} PUTs came through"));
    }
    site.publish(&[]).is(0, "nothing was sent")?;
    match proxy.puts() - sent {
        0 => Ok(()),
        puts => Err(format!("{puts} PUTs for nothing")),
    }
}

fn many(hosts: &Hosts) -> Result<(), String> {
    let place = hosts.place(crate::hosts::Kind::S3)?;
    let site = Site::new(&place.settings, &place.environment, 1);
    for at in 0..2000 {
        site.write(&format!("static/anexos/{at}.txt"), &format!("anexo {at}"));
    }
    site.publish(&[]).is(0, "published")?;
    same(&place.tree()?, &site.public())?;
    site.publish(&[]).is(0, "nothing was sent")?;
    (0..2000).skip(100).step_by(100).for_each(|at| site.remove(&format!("static/anexos/{at}.txt")));
    site.publish(&[]).is(0, "19 deleted")?;
    same(&place.tree()?, &site.public())
}

fn headers(hosts: &Hosts) -> Result<(), String> {
    let place = hosts.place(crate::hosts::Kind::S3)?;
    let settings = format!("{}compress = \"gzip\"\n", place.settings);
    let site = Site::new(&settings, &place.environment, 3);
    site.publish(&[]).is(0, "published")?;
    let bucket = place.address.as_ref().ok_or("no bucket")?;
    let agent = ureq::Agent::new_with_defaults();
    for (path, bytes) in site.public() {
        let answer = agent.get(bucket.address(&path)).call().map_err(|error| format!("{path}: {error}"))?;
        let header = |name: &str| {
            answer.headers().get(name).and_then(|value| value.to_str().ok()).unwrap_or_default().to_string()
        };
        let (media_type, cache, encoding) =
            (header("content-type"), header("cache-control"), header("content-encoding"));
        let ending = path.rsplit('.').next().unwrap_or_default();
        let expected = match ending {
            "html" => "text/html; charset=utf-8",
            "css" => "text/css; charset=utf-8",
            "js" => "text/javascript; charset=utf-8",
            "txt" => "text/plain; charset=utf-8",
            "svg" => "image/svg+xml",
            "ics" => "text/calendar; charset=utf-8",
            "csv" => "text/csv; charset=utf-8",
            "bib" => "application/x-bibtex; charset=utf-8",
            "xml" if path.ends_with("feed.xml") => "application/atom+xml",
            "xml" => "text/xml; charset=utf-8",
            "json" => match path.rsplit('/').next() {
                Some("feed.json") => "application/feed+json",
                Some("oembed.json") => "application/json+oembed",
                Some("sources.json") => "application/vnd.citationstyles.csl+json",
                Some("timeline.schema.json") => "application/schema+json",
                _ => "application/json",
            },
            _ if matches!(&*path, "_headers" | "_redirects") => "text/plain; charset=utf-8",
            _ => return Err(format!("{path}: nothing is known of such files")),
        };
        let is_fingerprinted = matches!(ending, "css" | "js") && path.split('.').count() > 2;
        let keeps = if is_fingerprinted { "immutable" } else { "must-revalidate" };
        let is_packed = bytes.len() >= 256;
        if media_type != expected || !cache.contains(keeps) || (encoding == "gzip") != is_packed {
            return Err(format!("{path}: {media_type} | {cache} | {encoding}"));
        }
    }
    Ok(())
}

/// The site as it is fetched back from the bucket, given out with its own `_headers`, in Chromium.
fn policy(hosts: &Hosts) -> Result<(), String> {
    let place = hosts.place(crate::hosts::Kind::S3)?;
    let site = Site::sample(&place.settings, &place.environment);
    site.publish(&[]).is(0, "published")?;
    let folder = tempfile::tempdir().map_err(|error| error.to_string())?;
    for (path, bytes) in place.tree()? {
        let file = folder.path().join(&path);
        std::fs::create_dir_all(file.parent().ok_or("no folder")?).map_err(|error| error.to_string())?;
        std::fs::write(file, bytes).map_err(|error| error.to_string())?;
    }
    let headers =
        std::fs::read_to_string(folder.path().join("_headers")).map_err(|error| error.to_string())?;
    if !headers.contains("default-src 'none'") {
        return Err(format!("there is no policy: {headers}"));
    }
    let judge = |folder: &std::path::Path| {
        let script = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/judges/quiet.mjs");
        let output =
            Command::new("node").arg(script).arg(folder).output().map_err(|error| error.to_string())?;
        let said =
            String::from_utf8_lossy(&output.stdout).into_owned() + &String::from_utf8_lossy(&output.stderr);
        Ok::<_, String>((output.status.code(), said))
    };
    let (status, said) = judge(folder.path())?;
    if status != Some(0) {
        return Err(said);
    }
    // A policy that nothing may be loaded by is broken on every page: the judge must see that.
    let strict = headers.replace("style-src 'self'", "style-src 'none'");
    std::fs::write(folder.path().join("_headers"), strict).map_err(|error| error.to_string())?;
    let (status, said) = judge(folder.path())?;
    if status == Some(1) && said.contains("style-src") {
        Ok(())
    } else {
        Err(format!("the judge is blind: {status:?} {said}"))
    }
}

fn words(hosts: &Hosts) -> Result<(), String> {
    let port = hosts.weed()?.port;
    let tell = |settings: &str, environment: &[(String, String)], words: &str| {
        let told = Site::new(settings, environment, 1).publish(&["--timeout", "2"]);
        told.is(2, words)?;
        let secret =
            environment.iter().find(|(name, value)| name.contains("SECRET") && told.text.contains(&**value));
        secret.map_or(Ok(()), |_| Err(format!("a secret was printed: {}", told.text)))
    };
    let place = hosts.bucket(port, "site1");
    tell(&place.settings.replace("\"site1\"", "\"no-such-bucket\""), &place.environment, "no such bucket")?;
    let other = |name: &str, value: &str| {
        let mut environment = place.environment.clone();
        environment
            .iter_mut()
            .filter(|(other, _)| other == name)
            .for_each(|entry| entry.1 = value.to_string());
        environment
    };
    tell(
        &place.settings,
        &other("AWS_SECRET_ACCESS_KEY", "another-secret"),
        "does not accept the access key",
    )?;
    tell(&place.settings, &other("AWS_ACCESS_KEY_ID", "another-key"), "does not accept the access key")?;
    let closed = crate::hosts::free_port()?;
    tell(
        &place.settings.replace(&port.to_string(), &closed.to_string()),
        &place.environment,
        "can't be reached",
    )?;
    let (status, _) = get(&format!("http://127.0.0.1:{port}/healthz"))?;
    if status == 200 { Ok(()) } else { Err(format!("the host has died: {status}")) }
}
