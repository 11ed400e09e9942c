//! A branch of a git repository, for the hosts that serve one: what was sent becomes one commit on what the branch had, and
//! is pushed; other files of the branch stay. The `git` program does it, with its own credentials.

use std::io::{BufWriter, Write};
use std::path::PathBuf;
use std::process::{Child, ChildStdin, Command, Stdio};
use std::sync::{Mutex, PoisonError};

use super::Access;
use crate::input::publishing::PublishTarget;
use crate::media_type::media_type;
use crate::output::{Digest, cache_folder};
use crate::publish::fault::Fault;
use crate::publish::manifest::Manifest;
use crate::publish::object::{Body, Object, Role};
use crate::publish::target::{Abilities, Condition, Listed, Target};

/// A branch.
pub(super) struct Git {
    repository: PathBuf,
    remote: String,
    branch: String,
    force: bool,
    /// The commit that the branch had; `None` where there is no such branch.
    before: Option<String>,
    import: Mutex<Option<Import>>,
}

/// The commit that is being made: a stream into `git fast-import`.
struct Import {
    program: Child,
    stream: BufWriter<ChildStdin>,
}

/// Where the branch and the new commit stand in the repository in the cache.
const BEFORE: &str = "refs/dateline/before";
const NEXT: &str = "refs/dateline/next";

/// What Pages hosts read beside the site: that nothing is to be made of it, and the domain.
pub(super) fn files(settings: &PublishTarget) -> Vec<Object> {
    let domain = settings.cname.as_ref().map(|domain| ("CNAME", format!("{domain}\n")));
    let files = [(".nojekyll", String::new())].into_iter().chain(domain);
    let object = |(path, text): (&str, String)| Object {
        path: path.to_string(),
        role: Role::Front,
        length: text.len() as u64,
        digest: Digest::of(text.as_bytes()),
        media_type: media_type(path),
        encoding: None,
        body: Body::Bytes(text.into_bytes()),
    };
    files.map(object).collect()
}

impl Git {
    /// Fetches the branch as it is now into the cache.
    pub(super) fn open(settings: &PublishTarget, access: &Access<'_>) -> Result<Self, Fault> {
        let mut git = Self {
            repository: cache_folder(access.root, "publish")?.join(format!("{}.git", access.name)),
            remote: settings.remote.clone().unwrap_or_default(),
            branch: settings.branch.clone().unwrap_or_else(|| "gh-pages".to_string()),
            force: settings.force_push,
            before: None,
            import: Mutex::default(),
        };
        // A path of this machine begins at the site's root.
        if access.root.join(&git.remote).exists()
            && let Ok(path) = access.root.join(&git.remote).canonicalize()
        {
            git.remote = path.to_string_lossy().into_owned();
        }
        git.run(&["init", "--quiet", "--bare"])?;
        let branch = format!("refs/heads/{}", git.branch);
        if !git.run(&["ls-remote", "--heads", &git.remote, &branch])?.is_empty() {
            git.run(&[
                "fetch",
                "--quiet",
                "--no-tags",
                "--depth=1",
                &git.remote,
                &format!("+{branch}:{BEFORE}"),
            ])?;
            let commit = git.run(&["rev-parse", BEFORE])?;
            git.before = Some(String::from_utf8_lossy(&commit).trim().to_string());
        }
        Ok(git)
    }

    fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new("git");
        command.arg("--git-dir").arg(&self.repository).args(arguments);
        command.env("GIT_TERMINAL_PROMPT", "0").stdin(Stdio::null());
        command
    }

    /// What `git` prints.
    fn run(&self, arguments: &[&str]) -> Result<Vec<u8>, Fault> {
        let output = self.command(arguments).output().map_err(|error| no_git(&error))?;
        match output.status.success() {
            true => Ok(output.stdout),
            false => Err(refused(arguments[0], &String::from_utf8_lossy(&output.stderr), &self.branch)),
        }
    }

    fn begin(&self) -> Result<Import, Fault> {
        let identity = self.run(&["var", "GIT_COMMITTER_IDENT"]);
        let identity = identity.map(|bytes| String::from_utf8_lossy(&bytes).trim().to_string());
        let identity = identity.unwrap_or_else(|_| "Dateline <dateline@localhost> now".to_string());
        let format = if identity.ends_with(" now") { "now" } else { "raw" };
        let mut command =
            self.command(&["fast-import", "--quiet", "--force", &format!("--date-format={format}")]);
        command.stdin(Stdio::piped()).stdout(Stdio::null()).stderr(Stdio::piped());
        let mut program = command.spawn().map_err(|error| no_git(&error))?;
        let stdin = program.stdin.take().expect("the standard input is a pipe");
        let mut stream = BufWriter::new(stdin);
        let from = self.before.as_ref().map(|commit| format!("from {commit}\n")).unwrap_or_default();
        let message = "Publish the site\n";
        write!(stream, "commit {NEXT}\ncommitter {identity}\ndata {}\n{message}{from}", message.len())
            .map_err(|error| broken(&error))?;
        Ok(Import { program, stream })
    }

    fn tell(
        &self,
        write: impl FnOnce(&mut BufWriter<ChildStdin>) -> std::io::Result<()>,
    ) -> Result<(), Fault> {
        let mut import = self.import.lock().unwrap_or_else(PoisonError::into_inner);
        let begun = match import.take() {
            Some(begun) => begun,
            None => self.begin()?,
        };
        write(&mut import.insert(begun).stream).map_err(|error| broken(&error))
    }

    fn put(&self, path: &str, bytes: &[u8]) -> Result<(), Fault> {
        self.tell(|stream| {
            write!(stream, "M 100644 inline {path}\ndata {}\n", bytes.len())?;
            stream.write_all(bytes)?;
            stream.write_all(b"\n")
        })
    }
}

impl Target for Git {
    fn abilities(&self) -> Abilities {
        Abilities {
            name: "a git branch",
            conditional_writes: false,
            headers: false,
            switches_at_once: true,
            at_once: 1,
        }
    }

    fn read(&self, path: &str) -> Result<Option<Vec<u8>>, Fault> {
        let Some(before) = &self.before else { return Ok(None) };
        if self.run(&["ls-tree", "-z", before, "--", path])?.is_empty() {
            return Ok(None);
        }
        self.run(&["cat-file", "blob", &format!("{before}:{path}")]).map(Some)
    }

    fn version(&self, _: &str) -> Result<Option<String>, Fault> {
        Ok(None)
    }

    fn list(&self) -> Result<Vec<Listed>, Fault> {
        let Some(before) = &self.before else { return Ok(Vec::new()) };
        let tree = self.run(&["ls-tree", "-r", "-l", "-z", before])?;
        let tree = String::from_utf8_lossy(&tree);
        let file = |line: &str| {
            let (about, path) = line.split_once('\t')?;
            let length = about.rsplit(' ').next()?.parse().ok()?;
            Some(Listed { path: path.to_string(), length, md5: None })
        };
        Ok(tree.split('\0').filter_map(file).collect())
    }

    fn headers(&self, _: &str) -> Result<Option<Digest>, Fault> {
        Ok(None)
    }

    fn send(&self, object: &Object, bytes: Vec<u8>) -> Result<(), Fault> {
        self.put(&object.path, &bytes)
    }

    fn write(&self, path: &str, bytes: Vec<u8>, _: Option<Condition>) -> Result<(), Fault> {
        self.put(path, &bytes)
    }

    fn delete(&self, path: &str) -> Result<(), Fault> {
        self.tell(|stream| writeln!(stream, "D {path}"))
    }

    fn finish(&self, _: &Manifest) -> Result<(), Fault> {
        let import = self.import.lock().unwrap_or_else(PoisonError::into_inner).take();
        let Some(Import { program, mut stream }) = import else { return Ok(()) };
        stream.write_all(b"\ndone\n").and_then(|()| stream.flush()).map_err(|error| broken(&error))?;
        drop(stream);
        let output = program.wait_with_output().map_err(|error| broken(&error))?;
        if !output.status.success() {
            return Err(refused("fast-import", &String::from_utf8_lossy(&output.stderr), &self.branch));
        }
        let force = if self.force { "+" } else { "" };
        self.run(&["push", "--quiet", &self.remote, &format!("{force}{NEXT}:refs/heads/{}", self.branch)])?;
        Ok(())
    }
}

fn no_git(error: &std::io::Error) -> Fault {
    Fault::lasting(format!("cannot run `git`: {error}"), "install git, or see that it is on the PATH")
}

fn broken(error: &std::io::Error) -> Fault {
    Fault::lasting(
        format!("`git fast-import` ended early: {error}"),
        "look whether the disk is full, and publish again",
    )
}

/// What `git` says on its last line, without anything that may be a credential.
fn refused(what: &str, said: &str, branch: &str) -> Fault {
    if said.contains("fetch first") || said.contains("non-fast-forward") || said.contains("cannot lock ref") {
        return Fault::lasting(
            format!(
                "somebody else has pushed to the branch `{branch}` since it was fetched, and nothing was changed"
            ),
            "run the same command again: it publishes on top of what is there now",
        );
    }
    let line = said.lines().rev().find(|line| !line.trim().is_empty()).unwrap_or("it says nothing");
    Fault::lasting(
        format!("`git {what}` failed: {}", without_credentials(line)),
        "see that `git` alone gets there: look at `remote` in dateline.toml, the ssh agent, and git's credential helper",
    )
}

fn without_credentials(line: &str) -> String {
    let hide = |word: &str| match word
        .split_once("://")
        .and_then(|(scheme, rest)| Some((scheme, rest.split_once('@')?)))
    {
        Some((scheme, (_, host))) => format!("{scheme}://{host}"),
        None => word.to_string(),
    };
    line.split(' ').map(hide).collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::without_credentials;

    #[test]
    fn an_address_is_shown_without_its_credentials() {
        let line = "fatal: unable to access 'https://me:secret@host.example/site.git/': no";
        let shown = without_credentials(line);
        assert!(!shown.contains("secret") && shown.contains("host.example/site.git"), "{shown}");
    }
}
