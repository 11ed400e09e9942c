//! What every host must give, whatever it can do.

use crate::hosts::{Kind, Place};
use crate::site::{LATER, Site, same};

/// A case, and the hosts that it says something of.
pub struct Case {
    pub name: &'static str,
    pub applies: fn(Kind) -> bool,
    pub run: fn(&Place) -> Result<(), String>,
}

pub const ALL: [Case; 15] = [
    case("the first publish gives the local tree", every, first),
    case("a publish without a change sends nothing", every, unchanged),
    case("an edit of the same size sends what changed", every, one_edit),
    case("a change of packing is seen", packs, packing),
    case("a page that was taken back is gone", every, retraction),
    case("a superseded stylesheet stays for its time", every, superseded),
    case("what others put there stays", every, foreign),
    case("too many deletions are refused whole", every, limits),
    case("an empty build deletes nothing", every, empty),
    case("a dry run changes nothing", every, dry_run),
    case("caches are emptied when everything stands", every, purge),
    case("--verify mends what was damaged", every, verify),
    case("a lost manifest deletes nothing", one_by_one, lost_manifest),
    case("a damaged manifest is refused", every, damaged_manifest),
    case("another's lock is heeded until it is broken", one_by_one, lock),
];

const fn case(name: &'static str, applies: fn(Kind) -> bool, run: fn(&Place) -> Result<(), String>) -> Case {
    Case { name, applies, run }
}

fn every(_: Kind) -> bool {
    true
}

/// A git branch is packed by its host.
fn packs(kind: Kind) -> bool {
    kind != Kind::Git
}

/// The others switch at once.
fn one_by_one(kind: Kind) -> bool {
    !matches!(kind, Kind::Git | Kind::Folder)
}

fn site(place: &Place) -> Site {
    Site::new(&place.settings, &place.environment, 3)
}

fn published(place: &Place) -> Result<Site, String> {
    let site = site(place);
    site.publish(&[]).is(0, "published to `live`")?;
    Ok(site)
}

fn ensure(holds: bool, why: impl Fn() -> String) -> Result<(), String> {
    if holds { Ok(()) } else { Err(why()) }
}

fn first(place: &Place) -> Result<(), String> {
    let site = published(place)?;
    let online = place.tree()?;
    ensure(online.keys().any(|path| path.contains("Não & sim")), || format!("{:?}", online.keys()))?;
    same(&online, &site.public())?;
    let has_extras = place.whole_tree()?.contains_key(".nojekyll");
    ensure(has_extras == (place.kind == Kind::Git), || "only a git branch has .nojekyll".to_string())
}

fn unchanged(place: &Place) -> Result<(), String> {
    let site = published(place)?;
    let before = place.whole_tree()?;
    site.publish(&[]).is(0, "nothing was sent")?;
    same(&place.whole_tree()?, &before)
}

fn one_edit(place: &Place) -> Result<(), String> {
    let site = published(place)?;
    site.edit(1);
    let (sends, deletes) = site.plan()?;
    ensure(deletes.is_empty() && sends.contains_key("kim/e1/index.html"), || {
        format!("{sends:?} {deletes:?}")
    })?;
    ensure(!sends.contains_key("kim/e0/index.html") && sends.values().all(|why| why == "bytes"), || {
        format!("{sends:?}")
    })?;
    site.publish(&[]).is(0, "published")?;
    same(&place.tree()?, &site.public())
}

fn packing(place: &Place) -> Result<(), String> {
    let site = published(place)?;
    let settings = format!("{}compress = \"gzip\"\n", place.settings);
    site.set(&settings);
    let (sends, _) = site.plan()?;
    let (path, why) = match place.kind {
        Kind::S3 => ("kim/index.html", "headers"),
        _ => ("kim/index.html.gz", "new"),
    };
    ensure(sends.get(path).is_some_and(|found| found == why), || format!("{sends:?}"))?;
    ensure(!sends.keys().any(|path| path.ends_with(".webp") || path.ends_with(".png")), || {
        format!("{sends:?}")
    })?;
    site.publish(&[]).is(0, "published")?;
    site.publish(&[]).is(0, "nothing was sent")
}

fn retraction(place: &Place) -> Result<(), String> {
    let site = published(place)?;
    ensure(place.tree()?.contains_key("kim/e2/index.html"), || "it was not there".to_string())?;
    site.remove("content/kim/e2.md");
    site.publish(&[]).is(0, "3 deleted")?;
    same(&place.tree()?, &site.public())
}

fn superseded(place: &Place) -> Result<(), String> {
    let site = published(place)?;
    let stylesheet = |path: &&String| {
        path.starts_with("style.") && path.ends_with(".css") && path.matches('.').count() == 2
    };
    let old = site.public().keys().find(stylesheet).cloned().ok_or("there is no stylesheet")?;
    site.write("static/style.css", "body { color: #123456 }\n");
    site.publish(&[]).is(0, "1 file superseded")?;
    let online = place.tree()?;
    ensure(online.contains_key(&old), || format!("{old} is gone too early"))?;
    ensure(online.keys().filter(stylesheet).count() == 2, || format!("{:?}", online.keys()))?;
    site.publish_at(LATER, &[]).is(0, "1 deleted")?;
    same(&place.tree()?, &site.public())
}

fn foreign(place: &Place) -> Result<(), String> {
    let (theirs, site) = match place.kind {
        // A folder that is not empty would be refused: others come later.
        Kind::Folder => {
            let site = published(place)?;
            place.put("theirs/note.txt", "theirs")?;
            ("theirs/note.txt", site)
        }
        _ => {
            place.put("theirs/note.txt", "theirs")?;
            ("theirs/note.txt", published(place)?)
        }
    };
    site.remove("content/kim/e2.md");
    site.publish(&["--max-deletes", "100"]).is(0, "3 deleted")?;
    let mut expected = site.public();
    expected.insert(theirs.to_string(), b"theirs".to_vec());
    same(&place.tree()?, &expected)
}

fn limits(place: &Place) -> Result<(), String> {
    let site = Site::new(&format!("{}max_deletes = 8\n", place.settings), &place.environment, 6);
    site.publish(&[]).is(0, "published")?;
    let before = place.whole_tree()?;
    (0..3).for_each(|at| site.remove(&format!("content/kim/e{at}.md")));
    site.publish(&[]).is(1, "publish with --max-deletes 9")?;
    same(&place.whole_tree()?, &before)?;
    site.publish(&["--max-deletes", "9"]).is(0, "9 deleted")?;
    same(&place.tree()?, &site.public())
}

fn empty(place: &Place) -> Result<(), String> {
    let site = published(place)?;
    let before = place.whole_tree()?;
    site.remove("content");
    site.publish(&["--max-deletes", "10000"]).is(1, "nothing was sent or deleted")?;
    same(&place.whole_tree()?, &before)
}

fn dry_run(place: &Place) -> Result<(), String> {
    let site = site(place);
    site.publish(&["--dry-run", "--verbose"]).is(0, "kim/e1/index.html")?;
    let online = place.whole_tree().unwrap_or_default();
    ensure(online.is_empty(), || format!("a dry run left {:?}", online.keys()))
}

fn purge(place: &Place) -> Result<(), String> {
    let site = published(place)?;
    site.edit(1);
    site.remove("content/kim/e2.md");
    // A program that fails stops what would follow: nothing is deleted, and the next run goes on.
    site.set(&format!("{}purge = [\"false\"]\n", place.settings));
    site.publish(&[]).is(2, "`false`, which is to empty the caches, ended with")?;
    let deleted = !place.tree()?.contains_key("kim/e2/index.html");
    ensure(deleted == (place.kind == Kind::Git || place.kind == Kind::Folder), || {
        "what switches at once has deleted, what sends one by one has not".to_string()
    })?;
    site.set(&format!("{}purge = [\"sh\", \"-c\", \"cat > purged.txt\"]\n", place.settings));
    site.edit(0);
    site.publish(&[]).is(0, "published")?;
    let purged =
        std::fs::read_to_string(site.root().join("purged.txt")).map_err(|error| error.to_string())?;
    ensure(purged.lines().any(|line| line == "kim/e0/index.html"), || purged.clone())?;
    same(&place.tree()?, &site.public())
}

fn verify(place: &Place) -> Result<(), String> {
    let site = published(place)?;
    site.publish(&["--verify"]).is(0, "is as it was published")?;
    let page = "kim/e1/index.html";
    let whole = site.public()[page].len();
    place.put(page, &"x".repeat(whole))?;
    site.publish(&[]).is(0, "nothing was sent")?;
    site.publish(&["--verify"]).is(0, "1 file sent")?;
    same(&place.tree()?, &site.public())
}

fn lost_manifest(place: &Place) -> Result<(), String> {
    let site = published(place)?;
    let other = Site::new(
        &place.settings.replace("[publish.live]", "[publish.live]\nmax_deletes = 0"),
        &place.environment,
        2,
    );
    let manifest = String::from_utf8_lossy(&place.whole_tree()?[".dateline/published.json"]).into_owned();
    // A manifest of no file is what somebody has who lost it.
    ensure(manifest.contains("kim/e2/index.html"), || manifest.clone())?;
    place.put(
        ".dateline/published.json",
        "{\"dateline-published\":1,\"digest\":\"af1349b9f5f9a1a6a0404dea36dcc949\",\"files\":[]}",
    )?;
    other.publish(&[]).is(0, "published")?;
    ensure(place.tree()?.contains_key("kim/e2/index.html"), || {
        "what no manifest names was deleted".to_string()
    })?;
    drop(site);
    Ok(())
}

fn damaged_manifest(place: &Place) -> Result<(), String> {
    let site = published(place)?;
    place.put(".dateline/published.json", "{\"dateline-published\":1,\"digest\":\"0\",\"files\":[")?;
    let before = place.whole_tree()?;
    site.publish(&[]).is(2, "is damaged")?;
    same(&place.whole_tree()?, &before)
}

fn lock(place: &Place) -> Result<(), String> {
    let site = published(place)?;
    let holder = |until: &str| {
        format!(
            "{{\"owner\":\"Ana\",\"host\":\"redação\",\"token\":\"x\",\"since\":1700000000,\"until\":{until}}}"
        )
    };
    place.put(".dateline/lock.json", &holder("32503680000"))?;
    site.edit(0);
    site.publish(&[]).is(2, "Ana on redação is publishing")?;
    site.publish(&["--break-lock"]).is(0, "published")?;
    place.put(".dateline/lock.json", &holder("1700003600"))?;
    site.edit(1);
    site.publish(&[]).is(0, "published")?;
    same(&place.tree()?, &site.public())?;
    let left = place.whole_tree()?.keys().any(|path| path.contains("lock") || path.contains("journal"));
    ensure(!left, || "the lock or the journal was left there".to_string())
}
