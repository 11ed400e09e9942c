//! `dateline serve` over real HTTP, and in a real Chromium that edits files and looks.
#![allow(
    clippy::disallowed_methods,
    clippy::unwrap_used,
    reason = "a test prepares its own folders, and may panic"
)]

mod server;
#[path = "../sites/mod.rs"]
mod sites;

use std::fs;
use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::{Duration, SystemTime};

use dateline::time::Instant;
use server::Server;
use sites::Order;

/// A small site in a folder of its own, with a file beside it that is nobody's business.
fn small_site() -> (tempfile::TempDir, PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let root = folder.path().join("site");
    let write = |path: &str, text: &str| {
        let path = root.join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    };
    write("dateline.toml", "title = \"Arquivo\"\nlanguage = \"pt-BR\"\nbase_url = \"https://a.test/sub/\"\n");
    write("content/rio/_index.md", "+++\ntitle = \"O rio\"\n+++\n");
    write("content/rio/cheia.md", "+++\ntitle = \"A cheia\"\ndate = 2023-09-13\n+++\n\nA água subiu.\n");
    write("content/rio/rascunho.md", "+++\ntitle = \"Rascunho\"\ndate = 2023-09-14\ndraft = true\n+++\n");
    write("static/nota.txt", "uma nota");
    write("static/som.mp3", &"0123456789".repeat(10));
    fs::write(folder.path().join("secret.txt"), "SECRET").unwrap();
    (folder, root)
}

#[test]
fn every_address_of_the_sample_has_the_bytes_of_a_build() {
    let folder = tempfile::tempdir().unwrap();
    let root = folder.path();
    sites::copy_sample(root, Order::Forwards);
    let built = sites::dateline(root).args(["build", "--now", sites::NOW]).output().unwrap();
    assert!(built.status.success(), "{}", sites::text(&built));
    let server = Server::start(root, &[]);
    let mut compared = 0;
    for path in sites::tree(&root.join("public")).into_keys() {
        if path == ".dateline-manifest.json" {
            continue;
        }
        let address = match path.strip_suffix("index.html") {
            Some(folder) => format!("/{folder}"),
            None => format!("/{path}"),
        };
        let shown = server.get(&address);
        assert_eq!(shown.status, 200, "{address}");
        assert!(
            shown.without_line() == fs::read(root.join("public").join(&path)).unwrap(),
            "{address} differs"
        );
        // The policy in a timeline in one file forbids scripts that are not inside.
        let has_line = path.ends_with(".html") && !path.ends_with("/archive.html");
        assert_eq!(has_line, shown.without_line() != shown.body, "{address}: the line");
        compared += 1;
    }
    assert!(compared > 50, "{compared}");
}

#[test]
fn no_bad_request_gets_anything_from_outside() {
    let (folder, root) = small_site();
    let link = |target: &Path, path: &str| std::os::unix::fs::symlink(target, root.join(path)).unwrap();
    let server = Server::start(&root, &[]);
    // They come in while the server runs: what it had planned must not lead it out.
    fs::remove_file(root.join("static/som.mp3")).unwrap();
    link(&folder.path().join("secret.txt"), "static/som.mp3");
    link(&folder.path().join("secret.txt"), "static/link.txt");
    link(folder.path(), "static/folder");
    assert!(!server.get("/som.mp3").text().contains("SECRET"));
    fs::remove_file(root.join("static/som.mp3")).unwrap();
    let table: toml::Table = include_str!("bad-requests.toml").parse().unwrap();
    let requests = table["request"].as_array().unwrap();
    for request in requests {
        let word = |key: &str| request.get(key).and_then(|value| value.as_str());
        let own = format!("127.0.0.1:{}", server.port);
        let (method, path) = (word("method").unwrap_or("GET"), word("path").unwrap());
        let response = server.ask(method, path, word("host").unwrap_or(&own), "");
        assert_eq!(i64::from(response.status), request["status"].as_integer().unwrap(), "{request}");
        let text = response.text();
        assert!(
            !text.contains("SECRET") && !text.contains("root:") && !text.contains("title = "),
            "{request}: {text}"
        );
    }
    assert_eq!(server.get("/nota.txt").text(), "uma nota");
}

#[test]
fn parts_heads_types_and_the_page_for_what_is_not_there() {
    let (_folder, root) = small_site();
    let server = Server::start(&root, &[]);
    let own = format!("127.0.0.1:{}", server.port);
    let part = server.ask("GET", "/som.mp3", &own, "Range: bytes=10-14\r\n");
    assert_eq!((part.status, part.text().as_str()), (206, "01234"));
    assert!(
        part.head.contains("content-range: bytes 10-14/100")
            && part.head.contains("content-type: audio/mpeg")
    );
    assert_eq!(server.ask("GET", "/som.mp3", &own, "Range: bytes=900-\r\n").status, 416);
    let head = server.ask("HEAD", "/rio/", &own, "");
    assert_eq!((head.status, head.body.len()), (200, 0));
    let length = server.get("/rio/").body.len();
    assert!(head.head.contains(&format!("content-length: {length}")), "{}", head.head);
    assert!(server.get("/nota.txt").head.contains("content-type: text/plain; charset=utf-8"));
    assert!(server.get("/").head.contains("content-type: text/html; charset=utf-8"));
    let missing = server.get("/nao/ha/");
    assert_eq!(missing.status, 404);
    assert_eq!(missing.without_line(), server.get("/404.html").without_line());
    let moved = server.get("/rio");
    assert_eq!(moved.status, 301);
    assert!(moved.head.contains("location: /rio/"));
    // The links of 404.html begin at the root of base_url.
    assert_eq!(server.get("/sub/rio/").without_line(), server.get("/rio/").without_line());
}

#[test]
fn a_taken_port_gives_the_next_one_and_is_an_error_where_it_was_asked_for() {
    let (_folder, root) = small_site();
    let taken = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = taken.local_addr().unwrap().port().to_string();
    let refused = sites::dateline(&root).args(["serve", "--port", &port]).output().unwrap();
    assert_eq!(refused.status.code(), Some(2));
    assert!(
        sites::text(&refused).contains(&format!("the port {port} is taken")),
        "{}",
        sites::text(&refused)
    );
    // Somebody else may have 4000 already; then it is taken as well.
    let _first = TcpListener::bind("127.0.0.1:4000");
    let mut command = sites::dateline(&root);
    let mut child = command.arg("serve").stdout(std::process::Stdio::piped()).spawn().unwrap();
    std::thread::sleep(Duration::from_millis(1500));
    child.kill().unwrap();
    let said = sites::text(&child.wait_with_output().unwrap());
    assert!(said.contains("port 4000 is taken") && said.contains("look at http://127.0.0.1:40"), "{said}");
}

#[test]
fn an_interrupt_ends_it_cleanly_with_a_page_waiting_for_news() {
    let (_folder, root) = small_site();
    let server = Server::start(&root, &[]);
    let port = server.port;
    let waiting = std::thread::spawn(move || {
        use std::io::{Read, Write};
        let mut stream = std::net::TcpStream::connect(("127.0.0.1", port)).unwrap();
        let path = "/.dateline-preview/news?since=1&known=1&page=/";
        write!(stream, "GET {path} HTTP/1.1\r\nHost: localhost\r\n\r\n").unwrap();
        let _ = stream.read(&mut [0; 16]);
    });
    std::thread::sleep(Duration::from_millis(200));
    assert_eq!(server.interrupt(), Some(0));
    waiting.join().unwrap();
}

#[test]
fn drafts_are_shown_with_a_mark_where_they_are_asked_for() {
    let (_folder, root) = small_site();
    assert_eq!(Server::start(&root, &[]).get("/rio/rascunho/").status, 404);
    let draft = Server::start(&root, &["--drafts"]).get("/rio/rascunho/");
    assert_eq!(draft.status, 200);
    assert!(draft.text().to_lowercase().contains("rascunho</"), "{}", draft.text());
}

/// Nobody saves anything, and no answer is asked for that could bring it about.
#[test]
fn an_embargo_ends_and_an_article_expires_while_it_runs() {
    let (_folder, root) = small_site();
    let now = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).unwrap().as_secs();
    let instant = |after| Instant::from_seconds(i64::try_from(now + after).unwrap()).to_rfc3339();
    let keys = |title: &str| format!("+++\ntitle = \"{title}\"\ndate = 2023-09-13\n");
    let embargoed = format!("{}published = {}\n+++\n", keys("O anexo"), instant(4));
    fs::write(root.join("content/rio/anexo.md"), embargoed).unwrap();
    let expiring = format!("{}expires = {}\n+++\n", keys("O aviso"), instant(6));
    fs::write(root.join("content/rio/aviso.md"), expiring).unwrap();
    let server = Server::start_by_the_clock(&root, &[]);
    assert_eq!(server.get("/rio/anexo/").status, 404);
    assert_eq!(server.get("/rio/aviso/").status, 200);
    let seconds =
        || SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).unwrap().as_secs_f64() - now as f64;
    server.line("the embargo on content/rio/anexo.md has ended");
    let late = seconds() - 4.0;
    assert!((0.0..1.0).contains(&late), "it came {late} s after its time");
    let timeline = server.get("/rio/").text();
    assert!(server.get("/rio/anexo/").status == 200 && timeline.contains("O anexo"), "{timeline}");
    server.line("content/rio/aviso.md has expired");
    assert_eq!(server.get("/rio/aviso/").status, 404);
    assert!(!server.get("/rio/").text().contains("O aviso"));
    // The system's events are still listened to.
    fs::write(root.join("content/rio/cheia.md"), keys("A cheia") + "+++\n\nSubiu mais.\n").unwrap();
    server.wait_for("/rio/cheia/", |page| page.text().contains("Subiu mais."));
}

/// Every way in which an editor saves, with the system's events and without.
#[test]
fn editors_may_save_as_they_like() {
    for arguments in [&[][..], &["--poll"]] {
        let (_folder, root) = small_site();
        let server = Server::start(&root, arguments);
        let file = root.join("content/rio/cheia.md");
        let text = |words: &str| format!("+++\ntitle = \"A cheia\"\ndate = 2023-09-13\n+++\n\n{words}\n");
        let seen = |words: &str| drop(server.wait_for("/rio/cheia/", |page| page.text().contains(words)));
        fs::write(&file, text("No lugar.")).unwrap();
        seen("No lugar.");
        // vi: the old file becomes the backup, a new one is written.
        fs::write(root.join("content/rio/4913"), "").unwrap();
        fs::remove_file(root.join("content/rio/4913")).unwrap();
        fs::rename(&file, root.join("content/rio/cheia.md~")).unwrap();
        fs::write(&file, text("Com cópia.")).unwrap();
        seen("Com cópia.");
        // VS Code, JetBrains: a new file takes the place.
        fs::write(root.join("content/rio/cheia.md___jb_tmp___"), text("Trocado.")).unwrap();
        fs::rename(root.join("content/rio/cheia.md___jb_tmp___"), &file).unwrap();
        seen("Trocado.");
        // Twice in a hurry, to the same length.
        fs::write(&file, text("Pressa 1.")).unwrap();
        fs::write(&file, text("Pressa 2.")).unwrap();
        seen("Pressa 2.");
        fs::remove_file(&file).unwrap();
        server.wait_for("/rio/cheia/", |page| page.status == 404);
        fs::create_dir_all(root.join("content/rio/nova/mais")).unwrap();
        fs::write(root.join("content/rio/nova/mais/cheia.md"), text("Em pasta nova.")).unwrap();
        server.wait_for("/rio/nova/mais/cheia/", |page| page.text().contains("Em pasta nova."));
        fs::rename(root.join("content/rio/nova"), root.join("content/rio/velha")).unwrap();
        server.wait_for("/rio/velha/mais/cheia/", |page| page.status == 200);
        fs::create_dir_all(root.join("templates")).unwrap();
        fs::write(root.join("templates/404.html"), "NADA").unwrap();
        server.wait_for("/nao-ha", |page| page.text().contains("NADA"));
        // What it reads and keeps itself is no change.
        std::thread::sleep(Duration::from_millis(1500));
        let generation = || server.get("/.dateline-preview/news?since=0&known=1&page=/").text();
        let before = generation();
        std::thread::sleep(Duration::from_millis(2500));
        assert_eq!(before, generation());
    }
}

/// The program by a script of `sh` that `unshare` gives a world of its own: it needs to be root, or users of its own.
#[cfg(target_os = "linux")]
fn serve_in_a_world_of_its_own(options: &[&str], script: &str, root: &Path) -> Server {
    let mut command = Command::new("unshare");
    let program = format!("{script} && exec \"$0\" serve --port 0 --now {}", sites::NOW);
    command.current_dir(root).args(options).args(["sh", "-c", &program, env!("CARGO_BIN_EXE_dateline")]);
    Server::run(command)
}

/// The system has no watch left to give.
#[cfg(target_os = "linux")]
#[test]
fn where_the_system_gives_no_events_changes_are_looked_for() {
    let (_folder, root) = small_site();
    let limit = "echo 0 > /proc/sys/user/max_inotify_instances";
    let server = serve_in_a_world_of_its_own(&["--user", "--map-root-user"], limit, &root);
    let text = fs::read_to_string(root.join("content/rio/cheia.md")).unwrap();
    fs::write(root.join("content/rio/cheia.md"), format!("{text}Baixou.\n")).unwrap();
    server.line("changed: content/rio/cheia.md");
    assert!(server.has_said("this system tells of no changes: they are looked for"));
    assert!(server.get("/rio/cheia/").text().contains("Baixou."));
}

/// A file system that takes the watch and never tells: what is beneath an overlay changes.
#[cfg(target_os = "linux")]
#[test]
fn where_no_events_come_changes_are_looked_for_from_then_on() {
    let (folder, root) = small_site();
    let [shown, empty] = ["shown", "empty"].map(|name| folder.path().join(name));
    fs::create_dir(&shown).unwrap();
    fs::create_dir(&empty).unwrap();
    let lower = format!("lowerdir={}:{}", root.display(), empty.display());
    let script = format!("mount -t overlay overlay -o '{lower}' '{0}' && cd '{0}'", shown.display());
    let server = serve_in_a_world_of_its_own(&["--mount"], &script, folder.path());
    let file = root.join("content/rio/cheia.md");
    fs::write(&file, fs::read_to_string(&file).unwrap() + "Baixou.\n").unwrap();
    server.line("this file system tells of no changes: they are looked for from now on");
    fs::write(root.join("content/rio/_index.md"), "+++\ntitle = \"O rio largo\"\n+++\n").unwrap();
    server.line("changed: content/rio/_index.md");
    assert!(server.get("/rio/").text().contains("O rio largo"));
    assert!(server.get("/rio/cheia/").text().contains("Baixou."));
}

#[test]
fn mistakes_are_told_and_the_last_good_page_stays() {
    let (_folder, root) = small_site();
    let server = Server::start(&root, &[]);
    let file = root.join("content/rio/cheia.md");
    let good = server.get("/rio/cheia/");
    assert_eq!(good.status, 200);
    let text = fs::read_to_string(&file).unwrap();
    fs::write(&file, format!("{text}[morto](nao-ha.md)\n")).unwrap();
    let told = server.line("error[dead-link]");
    assert!(told.contains("nao-ha.md"), "{told}");
    let news = server.get("/.dateline-preview/news?since=0&known=1&page=/").text();
    assert!(news.contains("content/rio/cheia.md:7:9") && news.contains("\"errors\":1"), "{news}");
    assert_eq!(server.get("/rio/cheia/").without_line(), good.without_line());
    fs::write(&file, "+++\ntitle =\n+++\n").unwrap();
    server.line("error[toml-syntax]");
    assert_eq!(server.get("/rio/cheia/").without_line(), good.without_line());
    fs::write(&file, &text).unwrap();
    server.line("warning");
    server.wait_for("/.dateline-preview/news?since=0&known=1&page=/", |news| {
        news.text().contains("\"errors\":0")
    });
}

/// The pixels of a photograph, and what a drawing had that it must not have: told as `check` tells it, and taken back.
#[test]
fn mistakes_inside_of_pictures_are_told_as_well() {
    let (_folder, root) = small_site();
    let photograph = root.join("content/rio/foto.png");
    image::RgbImage::from_fn(900, 600, |x, y| image::Rgb([x as u8, y as u8, 7])).save(&photograph).unwrap();
    let good = fs::read(&photograph).unwrap();
    let mut broken = good.clone();
    let middle = broken.len() / 2;
    broken[middle..middle + 64].fill(0);
    let server = Server::start(&root, &[]);
    let news = "/.dateline-preview/news?since=0&known=1&page=/";
    server.wait_for(news, |news| news.text().contains("\"errors\":0"));
    fs::write(&photograph, &broken).unwrap();
    let acting =
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"9\" height=\"9\"><script>1</script></svg>";
    fs::write(root.join("content/rio/mapa.svg"), acting).unwrap();
    let told = server.wait_for(news, |news| news.text().contains("error[unreadable-picture]"));
    assert!(told.text().contains("--> content/rio/foto.png"), "{}", told.text());
    let told = server.wait_for(news, |news| news.text().contains("warning[svg-cleaned]"));
    let told: serde_json::Value = serde_json::from_slice(&told.body).unwrap();
    let texts = told["diagnostics"].as_array().unwrap().iter().map(|one| one["text"].as_str().unwrap());
    let texts: Vec<&str> = texts.collect();
    let build = sites::dateline(&root).args(["build", "--now", sites::NOW]).output().unwrap();
    let built = sites::text(&build);
    for text in &texts {
        assert!(built.contains(text), "{text} is nothing that a build tells: {built}");
    }
    assert_eq!(texts.len(), told_by(&built), "{built}");
    fs::write(&photograph, &good).unwrap();
    fs::remove_file(root.join("content/rio/mapa.svg")).unwrap();
    server.wait_for(news, |news| {
        !news.text().contains("unreadable-picture") && !news.text().contains("svg-cleaned")
    });
}

/// How many mistakes were printed.
fn told_by(printed: &str) -> usize {
    printed.lines().filter(|line| line.starts_with("error[") || line.starts_with("warning[")).count()
}

#[test]
fn a_site_without_settings_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let refused = sites::dateline(folder.path()).args(["serve", "--port", "0"]).output().unwrap();
    assert_eq!(refused.status.code(), Some(1));
    assert!(sites::text(&refused).contains("missing-settings"), "{}", sites::text(&refused));
}

/// A real browser edits and sees: `tests/serve/browser.mjs` says what.
#[test]
fn a_browser_sees_each_change() {
    let folder = tempfile::tempdir().unwrap();
    sites::copy_sample(folder.path(), Order::Forwards);
    let server = Server::start(folder.path(), &[]);
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/serve/browser.mjs");
    let output = Command::new("node").arg(script).arg(folder.path()).arg(server.port.to_string()).output();
    let output = output.expect("`node` runs: the tests need Node.js 20 or newer");
    assert!(output.status.success(), "{}", sites::text(&output));
}

/// Memory does not grow with the number of changes: it is measured on Linux.
#[test]
fn memory_stays_as_it_is_over_many_changes() {
    let (_folder, root) = small_site();
    let server = Server::start(&root, &[]);
    let resident = || -> usize {
        let status = fs::read_to_string(format!("/proc/{}/status", server.id())).unwrap();
        let line = status.lines().find(|line| line.starts_with("VmRSS")).unwrap();
        line.split_whitespace().nth(1).unwrap().parse().unwrap()
    };
    let change = |number: usize| {
        let text = format!("+++\ntitle = \"A cheia\"\ndate = 2023-09-13\n+++\n\nMudança {number}.\n");
        fs::write(root.join("content/rio/cheia.md"), text).unwrap();
        server.wait_for("/rio/cheia/", |page| page.text().contains(&format!("Mudança {number}.")));
    };
    let times = std::env::var("DATELINE_RELOADS").ok().and_then(|text| text.parse().ok()).unwrap_or(300);
    (0..times / 3).for_each(change);
    let early = resident();
    (times / 3..times).for_each(change);
    let late = resident();
    assert!(late < early + early / 5 + 4096, "{early} kB became {late} kB over {times} changes");
}
