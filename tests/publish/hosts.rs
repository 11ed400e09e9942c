//! The hosts: each is started once, when a case first asks for it, and gives every case a place of its own.

use std::fs;
use std::net::TcpListener;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, OnceLock};
use std::time::{Duration, Instant};

use tempfile::TempDir;

use crate::site::{Tree, tree_of};

/// The kinds of hosts that the same cases are run against.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    S3,
    Sftp,
    Webdav,
    Folder,
    Git,
}

/// The hosts that are running.
#[derive(Default)]
pub struct Hosts {
    weed: OnceLock<Result<Weed, String>>,
    sshd: OnceLock<Result<Sshd, String>>,
    programs: Mutex<Vec<Program>>,
    places: AtomicUsize,
}

/// SeaweedFS, with the bucket `site1`.
pub struct Weed {
    pub port: u16,
    pub metrics: u16,
    _folder: TempDir,
}

/// OpenSSH's server, with a user's key and a `ssh` that knows it.
struct Sshd {
    port: u16,
    folder: TempDir,
}

/// A place of one case at a host.
pub struct Place {
    pub kind: Kind,
    /// `[publish.live]`.
    pub settings: String,
    pub environment: Vec<(String, String)>,
    /// Where its files lie, for hosts that keep them in a folder; the repository of git.
    pub folder: Option<TempDir>,
    /// The address of the place, for hosts that speak HTTP.
    pub address: Option<Bucket>,
    /// The host, where it serves this place alone.
    server: Option<Program>,
}

/// A program that ends with its owner.
struct Program(Child);

impl Program {
    fn start(mut command: Command) -> Result<Self, String> {
        let child = command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null()).spawn();
        child.map(Self).map_err(|error| format!("{command:?}: {error}"))
    }
}

impl Drop for Program {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// Where a place lies in a bucket.
#[derive(Debug, Clone)]
pub struct Bucket {
    pub port: u16,
    pub prefix: String,
}

/// How long the WebDAV server goes by what it has listed, before it sees what somebody else has written; with 0 this rclone walks
/// through its folders without an end.
const LISTED_FOR: Duration = Duration::from_millis(100);

const KEY: &str = "dateline-tests";
const SECRET: &str = "dateline-tests-secret";

impl Kind {
    pub const ALL: [Self; 5] = [Self::S3, Self::Sftp, Self::Webdav, Self::Folder, Self::Git];

    pub fn name(self) -> &'static str {
        match self {
            Self::S3 => "S3",
            Self::Sftp => "SFTP",
            Self::Webdav => "WebDAV",
            Self::Folder => "folder",
            Self::Git => "git",
        }
    }
}

impl Hosts {
    /// A new place at a host.
    pub fn place(&self, kind: Kind) -> Result<Place, String> {
        match kind {
            Kind::S3 => {
                let port = self.weed()?.port;
                Ok(self.bucket(port, "site1"))
            }
            Kind::Sftp => self.sftp(),
            Kind::Webdav => self.webdav(),
            Kind::Folder => {
                let folder = temporary()?;
                let path = folder.path().join("www");
                Ok(Place::of(
                    kind,
                    format!("kind = \"folder\"\npath = {:?}\n", path),
                    Vec::new(),
                    Some(folder),
                ))
            }
            Kind::Git => {
                let folder = temporary()?;
                run(Command::new("git").args(["init", "--quiet", "--bare"]).arg(folder.path()))?;
                let settings = format!(
                    "kind = \"git\"\nremote = {:?}\nbranch = \"pages\"\ncname = \"a.example\"\n",
                    folder.path()
                );
                Ok(Place::of(kind, settings, Vec::new(), Some(folder)))
            }
        }
    }

    /// A place in a bucket of an S3 server at a port.
    pub fn bucket(&self, port: u16, bucket: &str) -> Place {
        let prefix = format!("p{}", self.places.fetch_add(1, Ordering::Relaxed));
        let settings = format!(
            "kind = \"s3\"\nbucket = \"{bucket}\"\nregion = \"us-east-1\"\nendpoint = \"http://127.0.0.1:{port}\"\nprefix = \"{prefix}\"\n"
        );
        let mut place = Place::of(Kind::S3, settings, keys(), None);
        place.address = Some(Bucket { port, prefix });
        place
    }

    pub fn weed(&self) -> Result<&Weed, String> {
        let start = || {
            let (folder, port, metrics) = (temporary()?, free_port()?, free_port()?);
            let mut command = Command::new(tool("weed")?);
            command.args(["mini", "-ip=127.0.0.1", "-ip.bind=127.0.0.1", "-bucket=site1"]);
            command.args(["-master.telemetry=false", "-admin.ui=false", "-webdav=false"]);
            command.arg(format!("-dir={}", folder.path().display())).arg(format!("-s3.port={port}"));
            command.arg(format!("-metricsPort={metrics}")).arg("-metricsIp=127.0.0.1");
            for name in ["master", "volume", "filer", "admin"] {
                let (port, grpc) = (free_port()?, free_port()?);
                command.arg(format!("-{name}.port={port}")).arg(format!("-{name}.port.grpc={grpc}"));
            }
            command.arg(format!("-s3.port.grpc={}", free_port()?));
            // Readers may read, and the key may do everything.
            let identities = format!(
                "{{\"identities\": [{{\"name\": \"anonymous\", \"actions\": [\"Read\", \"List\"]}}, {{\"name\": \"editor\", \
                 \"credentials\": [{{\"accessKey\": \"{KEY}\", \"secretKey\": \"{SECRET}\"}}], \
                 \"actions\": [\"Admin\", \"Read\", \"List\", \"Write\"]}}]}}"
            );
            let file = folder.path().join("identities.json");
            fs::write(&file, identities).map_err(|error| error.to_string())?;
            command.arg(format!("-s3.config={}", file.display()));
            command.current_dir(folder.path());
            self.start(command)?;
            wait_for(&format!("http://127.0.0.1:{port}/healthz"))?;
            wait_for(&format!("http://127.0.0.1:{port}/site1?list-type=2"))?;
            Ok(Weed { port, metrics, _folder: folder })
        };
        self.weed.get_or_init(start).as_ref().map_err(Clone::clone)
    }

    /// rclone's S3, which ignores conditions.
    pub fn rclone_s3(&self) -> Result<Place, String> {
        let (folder, port) = (temporary()?, free_port()?);
        fs::create_dir(folder.path().join("site1")).map_err(|error| error.to_string())?;
        let mut command = Command::new(tool("rclone")?);
        command.args([
            "serve",
            "s3",
            "--addr",
            &format!("127.0.0.1:{port}"),
            "--auth-key",
            &format!("{KEY},{SECRET}"),
        ]);
        command.arg(folder.path()).env("HOME", folder.path());
        let server = Program::start(command)?;
        wait_for_port(port)?;
        let mut place = self.bucket(port, "site1");
        place.folder = Some(folder);
        place.server = Some(server);
        Ok(place)
    }

    fn webdav(&self) -> Result<Place, String> {
        let place = self.webdav_with(&["--user", "editor", "--pass", SECRET])?;
        let environment = vec![("DATELINE_WEBDAV_PASSWORD".to_string(), SECRET.to_string())];
        Ok(Place { settings: format!("{}user = \"editor\"\n", place.settings), environment, ..place })
    }

    /// A WebDAV server that asks nobody who they are.
    pub fn open_webdav(&self) -> Result<Place, String> {
        self.webdav_with(&[])
    }

    fn webdav_with(&self, access: &[&str]) -> Result<Place, String> {
        let (folder, port) = (temporary()?, free_port()?);
        let mut command = Command::new(tool("rclone")?);
        command.args(["serve", "webdav", "--addr", &format!("127.0.0.1:{port}")]).args(access);
        command.args(["--dir-cache-time", &format!("{}ms", LISTED_FOR.as_millis())]);
        command.arg(folder.path()).env("HOME", folder.path());
        let server = Program::start(command)?;
        wait_for_port(port)?;
        let settings = format!("kind = \"webdav\"\nendpoint = \"http://127.0.0.1:{port}\"\n");
        let place = Place::of(Kind::Webdav, settings, Vec::new(), Some(folder));
        Ok(Place { server: Some(server), ..place })
    }

    fn sftp(&self) -> Result<Place, String> {
        let sshd = self.sshd.get_or_init(|| self.sshd()).as_ref().map_err(Clone::clone)?;
        let folder = temporary()?;
        let settings = format!(
            "kind = \"sftp\"\nhost = \"127.0.0.1\"\nport = {}\nuser = {:?}\npath = {:?}\n",
            sshd.port,
            user(),
            folder.path()
        );
        let path = std::env::var("PATH").unwrap_or_default();
        let environment = vec![("PATH".to_string(), format!("{}:{path}", sshd.folder.path().display()))];
        Ok(Place::of(Kind::Sftp, settings, environment, Some(folder)))
    }

    fn sshd(&self) -> Result<Sshd, String> {
        let (folder, port) = (temporary()?, free_port()?);
        let at = |name: &str| folder.path().join(name);
        for key in ["host", "user"] {
            run(Command::new("ssh-keygen").args(["-q", "-t", "ed25519", "-N", "", "-f"]).arg(at(key)))?;
        }
        let text = |path: PathBuf| fs::read_to_string(path).map_err(|error| error.to_string());
        let write = |name: &str, text: String| fs::write(at(name), text).map_err(|error| error.to_string());
        write("known_hosts", format!("[127.0.0.1]:{port} {}", text(at("host.pub"))?))?;
        write(
            "sshd_config",
            format!(
                "Port {port}\nListenAddress 127.0.0.1\nHostKey {}\nAuthorizedKeysFile {}\nStrictModes no\nUsePAM no\n\
                 PidFile none\nMaxStartups 200\nPasswordAuthentication no\nPermitRootLogin yes\nSubsystem sftp internal-sftp\n",
                at("host").display(),
                at("user.pub").display()
            ),
        )?;
        // What a person has in ~/.ssh.
        write(
            "ssh",
            format!(
                "#!/bin/sh\nexec /usr/bin/ssh -F none -o IdentityFile={} -o UserKnownHostsFile={} \"$@\"\n",
                at("user").display(),
                at("known_hosts").display()
            ),
        )?;
        fs::set_permissions(at("ssh"), fs::Permissions::from_mode(0o755))
            .map_err(|error| error.to_string())?;
        let server = Path::new("/usr/sbin/sshd");
        if !server.exists() {
            return Err("there is no /usr/sbin/sshd: tests/run --tools installs it".to_string());
        }
        // Where the server runs as root, it wants this folder.
        let _ = fs::create_dir_all("/run/sshd");
        let mut command = Command::new(server);
        command.args(["-D", "-e", "-f"]).arg(at("sshd_config"));
        self.start(command)?;
        wait_for_port(port)?;
        Ok(Sshd { port, folder })
    }

    fn start(&self, command: Command) -> Result<(), String> {
        self.programs.lock().map_err(|error| error.to_string())?.push(Program::start(command)?);
        Ok(())
    }

    /// Ends every host.
    pub fn stop(&self) {
        self.programs.lock().unwrap_or_else(|poisoned| poisoned.into_inner()).clear();
    }
}

impl Weed {
    /// How many objects the server says that it was given.
    pub fn puts(&self) -> Result<u64, String> {
        let text = get(&format!("http://127.0.0.1:{}/metrics", self.metrics))?.1;
        let text = String::from_utf8_lossy(&text).into_owned();
        let lines = text
            .lines()
            .filter(|line| line.starts_with("SeaweedFS_s3_request_total") && line.contains("type=\"PUT\""));
        let lines: Vec<&str> = lines.collect();
        let count = |line: &str| {
            line.rsplit(' ').next().and_then(|count| count.parse::<f64>().ok()).unwrap_or_default()
        };
        match lines.is_empty() {
            true => Err(format!("the server counts no PUT:\n{text}")),
            false => Ok(lines.into_iter().map(count).sum::<f64>() as u64),
        }
    }
}

impl Place {
    fn of(kind: Kind, settings: String, environment: Vec<(String, String)>, folder: Option<TempDir>) -> Self {
        Self {
            kind,
            settings: format!("[publish.live]\n{settings}"),
            environment,
            folder,
            address: None,
            server: None,
        }
    }

    /// Everything that stands there but for what is Dateline's own.
    pub fn tree(&self) -> Result<Tree, String> {
        let mut tree = self.whole_tree()?;
        tree.retain(|path, _| !path.starts_with(".dateline") && !matches!(&**path, ".nojekyll" | "CNAME"));
        Ok(tree)
    }

    /// Everything that stands there.
    pub fn whole_tree(&self) -> Result<Tree, String> {
        match (self.kind, &self.folder, &self.address) {
            (Kind::Git, Some(folder), _) => {
                let copy = temporary()?;
                let at = copy.path().join("copy");
                run(Command::new("git")
                    .args(["clone", "--quiet", "--branch", "pages"])
                    .arg(folder.path())
                    .arg(&at))?;
                let mut tree = tree_of(&at);
                tree.retain(|path, _| !path.starts_with(".git/"));
                Ok(tree)
            }
            (Kind::Folder, Some(folder), _) => Ok(tree_of(&folder.path().join("www"))),
            (_, Some(folder), None) => Ok(tree_of(folder.path())),
            (_, _, Some(bucket)) => bucket.tree(),
            _ => Err("this place has neither a folder nor an address".to_string()),
        }
    }

    /// Somebody else writes a file there.
    pub fn put(&self, path: &str, text: &str) -> Result<(), String> {
        let write = |file: PathBuf| {
            fs::create_dir_all(file.parent().ok_or("no folder")?).map_err(|error| error.to_string())?;
            fs::write(file, text).map_err(|error| error.to_string())
        };
        match (self.kind, &self.folder, &self.address) {
            (Kind::Git, Some(folder), _) => {
                let copy = temporary()?;
                let git = || {
                    let mut git = Command::new("git");
                    git.args(["-c", "user.name=a", "-c", "user.email=a@a.example", "-C"]).arg(copy.path());
                    git
                };
                run(Command::new("git").args(["clone", "--quiet"]).arg(folder.path()).arg(copy.path()))?;
                let has_branch = run(git().args(["checkout", "--quiet", "pages"])).is_ok();
                if !has_branch {
                    run(git().args(["checkout", "--quiet", "-b", "pages"]))?;
                }
                write(copy.path().join(path))?;
                run(git().args(["add", "-A"]))?;
                run(git().args(["commit", "--quiet", "-m", "a"]))?;
                run(git().args(["push", "--quiet", "origin", "pages"]))
            }
            (Kind::Folder, Some(folder), _) => write(folder.path().join("www").join(path)),
            (_, _, Some(bucket)) => bucket.put(path, text),
            (Kind::Webdav, Some(folder), None) => {
                write(folder.path().join(path))?;
                std::thread::sleep(2 * LISTED_FOR);
                Ok(())
            }
            (_, Some(folder), None) => write(folder.path().join(path)),
            _ => Err("this place has neither a folder nor an address".to_string()),
        }
    }
}

impl Bucket {
    fn tree(&self) -> Result<Tree, String> {
        let mut tree = Tree::new();
        for path in self.list()? {
            let (status, bytes) = get(&self.address(&path))?;
            match status {
                200 => drop(tree.insert(path, bytes)),
                404 => {}
                status => return Err(format!("{path}: {status}")),
            }
        }
        Ok(tree)
    }

    pub fn list(&self) -> Result<Vec<String>, String> {
        let (mut paths, mut after) = (Vec::new(), String::new());
        loop {
            let address = format!(
                "http://127.0.0.1:{}/site1?list-type=2&prefix={}/&start-after={}",
                self.port,
                self.prefix,
                encoded(&after)
            );
            let text = String::from_utf8(get(&address)?.1).map_err(|error| error.to_string())?;
            let document = roxmltree::Document::parse(&text).map_err(|error| format!("{error}: {text}"))?;
            let keys: Vec<String> = document
                .descendants()
                .filter(|node| node.has_tag_name("Key") || node.tag_name().name() == "Key")
                .filter_map(|node| Some(node.text()?.to_string()))
                .collect();
            let Some(last) = keys.last() else { return Ok(paths) };
            after.clone_from(last);
            paths.extend(keys.iter().map(|key| key[self.prefix.len() + 1..].to_string()));
        }
    }

    pub fn address(&self, path: &str) -> String {
        format!("http://127.0.0.1:{}/site1/{}/{}", self.port, self.prefix, encoded(path))
    }

    fn put(&self, path: &str, text: &str) -> Result<(), String> {
        let folder = temporary()?;
        let file = folder.path().join("file");
        fs::write(&file, text).map_err(|error| error.to_string())?;
        let to = format!(
            ":s3,provider=Other,env_auth=true,force_path_style=true,endpoint='http://127.0.0.1:{}':site1/{}/{path}",
            self.port, self.prefix
        );
        run(Command::new(tool("rclone")?)
            .args(["copyto", "--s3-no-check-bucket"])
            .arg(&file)
            .arg(to)
            .envs(keys())
            .env("HOME", folder.path()))
    }
}

/// The status and the body that stand at an address.
pub fn get(address: &str) -> Result<(u16, Vec<u8>), String> {
    let agent =
        ureq::Agent::new_with_config(ureq::Agent::config_builder().http_status_as_error(false).build());
    let mut answer = agent.get(address).call().map_err(|error| format!("{address}: {error}"))?;
    let body = answer.body_mut().with_config().limit(100_000_000).read_to_vec();
    Ok((answer.status().as_u16(), body.map_err(|error| error.to_string())?))
}

fn encoded(path: &str) -> String {
    let safe = |byte: u8| byte.is_ascii_alphanumeric() || b"-._~/".contains(&byte);
    path.bytes()
        .map(|byte| if safe(byte) { char::from(byte).to_string() } else { format!("%{byte:02X}") })
        .collect()
}

fn keys() -> Vec<(String, String)> {
    let keys = [("AWS_ACCESS_KEY_ID", KEY), ("AWS_SECRET_ACCESS_KEY", SECRET)];
    keys.map(|(name, value)| (name.to_string(), value.to_string())).to_vec()
}

fn temporary() -> Result<TempDir, String> {
    tempfile::tempdir().map_err(|error| error.to_string())
}

fn user() -> String {
    let output = Command::new("id").arg("-un").output().expect("every system has `id`");
    String::from_utf8_lossy(&output.stdout).trim().to_string()
}

pub fn tool(name: &str) -> Result<PathBuf, String> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/.tools/venv/bin").join(name);
    if path.exists() {
        Ok(path)
    } else {
        Err(format!("there is no {}: tests/run --tools installs it", path.display()))
    }
}

pub fn free_port() -> Result<u16, String> {
    let listener = TcpListener::bind("127.0.0.1:0").map_err(|error| error.to_string())?;
    Ok(listener.local_addr().map_err(|error| error.to_string())?.port())
}

fn wait_for(address: &str) -> Result<(), String> {
    wait(address, || get(address).is_ok_and(|(status, _)| status == 200))
}

fn wait_for_port(port: u16) -> Result<(), String> {
    wait(&port.to_string(), || std::net::TcpStream::connect(("127.0.0.1", port)).is_ok())
}

fn wait(what: &str, is_ready: impl Fn() -> bool) -> Result<(), String> {
    let begun = Instant::now();
    while begun.elapsed() < Duration::from_secs(60) {
        if is_ready() {
            return Ok(());
        }
        std::thread::sleep(Duration::from_millis(100));
    }
    Err(format!("{what} is not ready within a minute"))
}

fn run(command: &mut Command) -> Result<(), String> {
    let output = command.output().map_err(|error| format!("{command:?}: {error}"))?;
    match output.status.success() {
        true => Ok(()),
        false => Err(format!("{command:?}: {}", String::from_utf8_lossy(&output.stderr))),
    }
}
