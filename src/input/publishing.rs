//! `[publish.NAME]` as a value: where a site is published to. A secret in it is refused, and never shown.

use std::collections::BTreeMap;
use std::path::Path;

use schemars::JsonSchema;
use serde::Deserialize;

use super::node::{Entry, Node, Value};
use super::settings::FILE;
use crate::{Diagnostic, Place};

/// The targets of a site, by name.
pub type PublishTargets = BTreeMap<String, PublishTarget>;

/// A host that a site is published to.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PublishTarget {
    /// Which kind of host it is.
    pub kind: Kind,
    /// s3: the bucket.
    #[serde(default)]
    pub bucket: Option<String>,
    /// s3: its region, as "eu-west-1"; "auto" at Cloudflare R2.
    #[serde(default)]
    pub region: Option<String>,
    /// s3: the server, where it is not Amazon's; webdav: the address of the folder.
    #[serde(default)]
    pub endpoint: Option<String>,
    /// s3: the folder of the bucket; none is its top.
    #[serde(default)]
    pub prefix: Option<String>,
    /// s3: whether the bucket stands in the path of an address and not in the name of the host.
    #[serde(default)]
    pub path_style: Option<bool>,
    /// git: the repository, as "git@github.com:me/site.git".
    #[serde(default)]
    pub remote: Option<String>,
    /// git: the branch; default "gh-pages".
    #[serde(default)]
    pub branch: Option<String>,
    /// git: the site's domain, for hosts that read it from a file CNAME.
    #[serde(default)]
    pub cname: Option<String>,
    /// git: whether the branch may be replaced where it has moved on elsewhere.
    #[serde(default)]
    pub force_push: bool,
    /// folder, sftp, webdav: the folder.
    #[serde(default)]
    pub path: Option<String>,
    /// sftp: the server, by its name or as it is called in ~/.ssh/config.
    #[serde(default)]
    pub host: Option<String>,
    /// sftp: its port, if it is not 22.
    #[serde(default)]
    pub port: Option<u16>,
    /// sftp, webdav: who publishes.
    #[serde(default)]
    pub user: Option<String>,
    /// How text is packed: as it is sent to s3, as files beside the plain ones in folders and on servers.
    #[serde(default)]
    pub compress: Compress,
    /// For how many days a superseded stylesheet, script or version of a picture stays online.
    #[serde(default = "grace_days")]
    pub grace_days: u32,
    /// How many files may be deleted at once.
    #[serde(default = "max_deletes")]
    pub max_deletes: usize,
    /// How many of a hundred files may be deleted at once.
    #[serde(default = "max_deletes_percent")]
    #[schemars(range(max = 100))]
    pub max_deletes_percent: u8,
    /// A program and its arguments that empties the caches before the host; it is given what has changed, a path a line.
    #[serde(default)]
    pub purge: Vec<String>,
}

/// The kinds of hosts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Kind {
    /// Object storage that speaks S3.
    S3,
    /// A branch of a git repository.
    Git,
    /// A folder of this machine.
    Folder,
    /// A server's folder by SFTP.
    Sftp,
    /// A server's folder by WebDAV.
    Webdav,
}

/// How text is packed.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Compress {
    /// It is not.
    #[default]
    Off,
    /// With gzip, which every program reads.
    Gzip,
    /// With brotli, which every browser reads.
    Brotli,
    /// With both, side by side; not for s3.
    Both,
}

fn grace_days() -> u32 {
    7
}

fn max_deletes() -> usize {
    100
}

fn max_deletes_percent() -> u8 {
    20
}

/// Takes secrets out of a settings file before anything else reads it, and tells of each without showing it.
pub(super) fn take_secrets(node: &mut Node, text: &str) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    let Value::Table(entries) = &mut node.value else { return found };
    for publish in entries.iter_mut().filter(|entry| entry.key == "publish") {
        let Value::Table(targets) = &mut publish.value.value else { continue };
        for target in targets {
            let Value::Table(keys) = &mut target.value.value else { continue };
            let name = target.key.clone();
            keys.retain(|entry| {
                let why = secret(entry, text);
                found.extend(why.iter().map(|why| refused(&name, entry, why, text)));
                why.is_none()
            });
        }
    }
    found
}

/// Why an entry is or holds a secret.
fn secret(entry: &Entry, text: &str) -> Option<String> {
    let key = entry.key.to_ascii_lowercase().replace('-', "_");
    let is_named = SECRET_NAMES.iter().any(|name| key.contains(name)) || key == "key";
    let value = text.get(entry.value.range.clone()).unwrap_or_default();
    if is_named {
        return Some(format!("`{}` is a secret", entry.key));
    }
    let has_password = value.split("://").skip(1).any(|rest| {
        let host = rest.split(['/', '"', '\'']).next().unwrap_or_default();
        host.rsplit_once('@').is_some_and(|(user, _)| user.contains(':'))
    });
    if has_password {
        return Some(format!("the address in `{}` has a password in it", entry.key));
    }
    let begins =
        |part: &str| SECRET_BEGINNINGS.iter().any(|begin| part.starts_with(begin) && part.len() >= 20);
    let parts = value.split(|sign: char| !sign.is_ascii_alphanumeric() && sign != '_' && sign != '-');
    parts.into_iter().any(begins).then(|| format!("the value of `{}` is an access key", entry.key))
}

/// What the names of secrets have in them.
const SECRET_NAMES: [&str; 8] =
    ["password", "passwd", "passphrase", "secret", "token", "access_key", "private_key", "credential"];

/// How access keys of well-known hosts begin.
const SECRET_BEGINNINGS: [&str; 9] =
    ["AKIA", "ASIA", "ghp_", "gho_", "ghs_", "github_pat_", "glpat-", "xoxb-", "nfp_"];

/// The line itself is not shown: what is printed lands in logs.
fn refused(target: &str, entry: &Entry, why: &str, text: &str) -> Diagnostic {
    let line = text[..entry.key_range.start.min(text.len())].matches('\n').count() + 1;
    Diagnostic::error("secret-in-settings", format!("{why} in [publish.{target}], line {line}, and settings are shared"))
        .at(Place::file(FILE))
        .help(
            "take it out of the file, and make a new one if the file was ever pushed; keys come from the environment \
             (AWS_ACCESS_KEY_ID …, DATELINE_WEBDAV_PASSWORD), an AWS profile, git's credential helper or the ssh agent",
        )
}

/// What a target lacks, and what it has without a use for it.
pub(super) fn wrong_targets(targets: &PublishTargets, node: &Node, text: &str) -> Vec<Diagnostic> {
    let mut diagnostics = Vec::new();
    for (name, target) in targets {
        let Some(written) = node.get("publish").and_then(|publish| publish.entry(name)) else { continue };
        let place = |range| Place::in_text(Path::new(FILE), text, range);
        let kind = target.kind.name();
        for key in target.kind.needs() {
            if written.value.get(key).is_none_or(|value| value.value.is_empty_text()) {
                let message = format!("the target `{name}` of the kind \"{kind}\" has no `{key}`");
                diagnostics.push(
                    Diagnostic::error("missing-key", message)
                        .at(place(written.key_range.clone()))
                        .help(format!("write {key} = \"…\"")),
                );
            }
        }
        let takes = [target.kind.needs(), target.kind.may_have(), &FOR_ALL].concat();
        for entry in written.value.entries().iter().filter(|entry| !takes.contains(&&*entry.key)) {
            let message = format!("a target of the kind \"{kind}\" has no use for `{}`", entry.key);
            diagnostics.push(
                Diagnostic::error("unknown-key", message)
                    .at(place(entry.key_range.clone()))
                    .help(format!("its keys are {}", takes.join(", "))),
            );
        }
        if let Some(entry) = written.value.entry("compress")
            && !target.can_compress()
        {
            let message = format!("a target of the kind \"{kind}\" can't be packed like this");
            diagnostics.push(
                Diagnostic::error("wrong-value", message)
                    .at(place(entry.value.range.clone()))
                    .help("for \"s3\" write \"gzip\" or \"brotli\"; a git branch is packed by its host"),
            );
        }
    }
    diagnostics
}

/// The keys of every kind.
const FOR_ALL: [&str; 6] = ["kind", "compress", "grace_days", "max_deletes", "max_deletes_percent", "purge"];

impl Kind {
    /// Its name in settings.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::S3 => "s3",
            Self::Git => "git",
            Self::Folder => "folder",
            Self::Sftp => "sftp",
            Self::Webdav => "webdav",
        }
    }

    fn needs(self) -> &'static [&'static str] {
        match self {
            Self::S3 => &["bucket"],
            Self::Git => &["remote"],
            Self::Folder => &["path"],
            Self::Sftp => &["host", "path"],
            Self::Webdav => &["endpoint"],
        }
    }

    fn may_have(self) -> &'static [&'static str] {
        match self {
            Self::S3 => &["region", "endpoint", "prefix", "path_style"],
            Self::Git => &["branch", "cname", "force_push"],
            Self::Folder => &[],
            Self::Sftp => &["user", "port"],
            Self::Webdav => &["path", "user"],
        }
    }
}

impl PublishTarget {
    fn can_compress(&self) -> bool {
        match (self.kind, self.compress) {
            (_, Compress::Off) => true,
            (Kind::Git, _) | (Kind::S3, Compress::Both) => false,
            _ => true,
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::input::settings::Settings;

    fn messages(publish: &str) -> Vec<String> {
        let (_, diagnostics) = Settings::read(&format!("title = \"a\"\n{publish}\n"));
        diagnostics.iter().map(|diagnostic| diagnostic.to_text(false)).collect()
    }

    #[test]
    fn each_kind_has_keys_of_its_own() {
        assert_eq!(
            messages("[publish.a]\nkind = \"s3\"\nbucket = \"b\"\nregion = \"auto\""),
            Vec::<String>::new()
        );
        assert_eq!(
            messages("[publish.a]\nkind = \"folder\"\npath = \"/srv/www\"\ncompress = \"both\""),
            Vec::<String>::new()
        );
        for (wrong, expected) in [
            ("kind = \"s3\"", "has no `bucket`"),
            ("kind = \"ftp\"", "not one of the values"),
            ("kind = \"folder\"\npath = \"a\"\nbranch = \"b\"", "no use for `branch`"),
            ("kind = \"s3\"\nbucket = \"b\"\ncompress = \"both\"", "can't be packed"),
            ("kind = \"folder\"\npaht = \"a\"", "paht"),
        ] {
            let said = messages(&format!("[publish.a]\n{wrong}")).join("\n");
            assert!(said.contains(expected), "{wrong}: {said}");
        }
    }

    #[test]
    fn a_secret_is_refused_and_not_shown() {
        for line in [
            "secret_access_key = \"hunter2hunter2\"",
            "password = \"hunter2hunter2\"",
            "remote = \"https://me:hunter2hunter2@git.example/site.git\"",
            "bucket = \"AKIAHUNTER2HUNTER2AB\"",
            "token = [\"hunter2hunter2\"]",
        ] {
            let said = messages(&format!("[publish.a]\n{line}\nkind = \"folder\"\npath = \"x\"")).join("\n");
            assert!(said.contains("secret-in-settings") && said.contains("line 3"), "{line}: {said}");
            assert!(!said.to_lowercase().contains("hunter2"), "{line}: {said}");
        }
    }
}
