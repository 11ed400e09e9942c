//! The address of a page: its path from the site's root, as a type that can't be wrong.
//!
//! Addresses are made from the paths of files or read from an author's `aliases`; links between two of them
//! are relative, so that the site works in any folder.

use std::borrow::Cow;
use std::fmt;
use std::sync::Arc;

use percent_encoding::{AsciiSet, CONTROLS, utf8_percent_encode};
use serde::{Serialize, Serializer};

/// An absolute path in the site: `/kim-putin/2023-09-13-cupula/` for a page in a folder, `/404.html` for a file.
/// A copy costs a count.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Address(Arc<str>);

impl Address {
    /// The front page.
    #[must_use]
    pub fn root() -> Self {
        Self("/".into())
    }

    /// The address of a folder or file, from names that are made fit for an address.
    /// `None` where nothing of a name is left, as of `---`.
    #[must_use]
    pub fn from_names<'a>(names: impl IntoIterator<Item = &'a str>, is_folder: bool) -> Option<Self> {
        let mut text = String::from("/");
        let mut names = names.into_iter().peekable();
        while let Some(name) = names.next() {
            let segment = segment(name);
            if segment.is_empty() {
                return None;
            }
            text.push_str(&segment);
            if is_folder || names.peek().is_some() {
                text.push('/');
            }
        }
        Some(Self(text.into()))
    }

    /// The address of a file that is copied under its own name.
    #[must_use]
    pub fn of_file(path: &str) -> Self {
        Self(["/", path.trim_start_matches('/')].concat().into())
    }

    /// Reads what an author wrote as an old address of a page.
    ///
    /// # Errors
    /// A sentence that says why it can't be an address of this site.
    pub fn parse(text: &str) -> Result<Self, String> {
        if !text.starts_with('/') || text.starts_with("//") {
            return Err("an address begins with one `/`, at the root of the site".to_string());
        }
        if text.contains(['?', '#', '\\', '\0']) || text.contains(char::is_whitespace) {
            return Err("an address has no `?`, `#`, `\\` or space".to_string());
        }
        let inner = text.trim_matches('/');
        let decoded = inner.replace("%2e", ".").replace("%2E", ".");
        if decoded.split('/').any(|part| matches!(part, "." | "..")) {
            return Err("an address does not lead out of the site with `..`".to_string());
        }
        if inner.split('/').any(str::is_empty) && !inner.is_empty() {
            return Err("an address has no empty part".to_string());
        }
        // What a host serves for a folder is the folder.
        let inner = match inner.strip_suffix("index.html") {
            Some(folder) if folder.is_empty() || folder.ends_with('/') => folder.trim_end_matches('/'),
            _ => inner,
        };
        let is_file = inner.rsplit('/').next().is_some_and(|last| last.ends_with(".html"));
        let end = if is_file || inner.is_empty() { "" } else { "/" };
        Ok(Self(format!("/{inner}{end}").into()))
    }

    /// The text, from the first `/`.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The file in the output: `kim-putin/index.html`.
    #[must_use]
    pub fn route(&self) -> String {
        let inner = self.0.trim_start_matches('/');
        if self.is_folder() { [inner, "index.html"].concat() } else { inner.to_string() }
    }

    /// What two addresses must differ in: hosts and laptops may ignore case.
    #[must_use]
    pub fn folded(&self) -> Arc<str> {
        use unicode_normalization::UnicodeNormalization;
        match self.0.bytes().all(|byte| byte.is_ascii() && !byte.is_ascii_uppercase()) {
            true => Arc::clone(&self.0),
            false => self.0.nfc().flat_map(char::to_lowercase).collect::<String>().into(),
        }
    }

    /// An address below this one.
    #[must_use]
    pub fn join(&self, rest: &str) -> Self {
        Self([&*self.0, rest].concat().into())
    }

    /// The link that leads from this page to another: `../../people/kim-jong-un/`.
    #[must_use]
    pub fn link_to(&self, target: &Self) -> String {
        let shared = self.shared_with(target);
        let up = self.folders_from(shared);
        let down = &target.0[shared..];
        if up == 0 && down.is_empty() {
            return "./".to_string();
        }
        let mut link = String::with_capacity("../".len() * up + down.len());
        (0..up).for_each(|_| link.push_str("../"));
        link.push_str(&encoded(down));
        link
    }

    /// How many bytes of it are folders that another one is in as well: they end with a `/` of both. How a link between two is
    /// written depends on no more of this one than that, and on how many folders follow.
    #[must_use]
    pub fn shared_with(&self, other: &Self) -> usize {
        let (one, other) = (self.0.as_bytes(), other.0.as_bytes());
        let alike = one.iter().zip(other).take_while(|(one, other)| one == other).count();
        one[..alike].iter().rposition(|byte| *byte == b'/').map_or(0, |at| at + 1)
    }

    /// How many folders it stands below its first `shared` bytes.
    #[must_use]
    pub fn folders_from(&self, shared: usize) -> usize {
        self.0.as_bytes()[shared..].iter().filter(|byte| **byte == b'/').count()
    }

    /// The text as it stands in an absolute address, from the first `/`.
    #[must_use]
    pub fn encoded(&self) -> Cow<'_, str> {
        encoded(&self.0)
    }

    fn is_folder(&self) -> bool {
        self.0.ends_with('/')
    }
}

impl Serialize for Address {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.0)
    }
}

impl fmt::Display for Address {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// What a path may hold as it is (RFC 3986, `pchar` and `/`); a colon could be taken for a scheme.
const NOT_IN_PATHS: &AsciiSet = &CONTROLS
    .add(b' ')
    .add(b'"')
    .add(b'#')
    .add(b'%')
    .add(b':')
    .add(b'<')
    .add(b'>')
    .add(b'?')
    .add(b'[')
    .add(b'\\')
    .add(b']')
    .add(b'^')
    .add(b'`')
    .add(b'{')
    .add(b'|')
    .add(b'}');

fn encoded(path: &str) -> Cow<'_, str> {
    utf8_percent_encode(path, NOT_IN_PATHS).into()
}

/// A name as a part of an address: lower-case ASCII, with hyphens for all that is neither letter, digit nor `._~`.
#[must_use]
pub fn segment(name: &str) -> String {
    if is_segment(name) {
        return name.to_string();
    }
    let mut segment = String::with_capacity(name.len());
    for character in deunicode::deunicode(name).chars() {
        match character.to_ascii_lowercase() {
            kept @ ('a'..='z' | '0'..='9' | '.' | '_' | '~') => segment.push(kept),
            _ if !segment.ends_with('-') => segment.push('-'),
            _ => {}
        }
    }
    segment.trim_matches(['-', '.']).to_string()
}

/// Whether a name is a part of an address as it is: letters and digits, with single hyphens between them.
fn is_segment(name: &str) -> bool {
    let is_plain = |part: &[u8]| {
        !part.is_empty() && part.iter().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit())
    };
    name.as_bytes().split(|byte| *byte == b'-').all(is_plain)
}

#[cfg(test)]
mod tests {
    use super::{Address, segment};

    #[test]
    fn names_become_lower_case_ascii() {
        assert_eq!(segment("Cúpula de Vostóchny!"), "cupula-de-vostochny");
        assert_eq!(segment("平壌"), "ping-rang");
        assert_eq!(segment("..."), "");
        assert_eq!(segment("2023-09-13-cupula"), "2023-09-13-cupula");
        assert_eq!(segment("-a--b-.md"), "a-b-.md");
    }

    #[test]
    fn links_are_relative() {
        let page = Address::parse("/kim-putin/2023-09-13/").unwrap();
        let link = |to: &str| page.link_to(&Address::parse(to).unwrap());
        assert_eq!(link("/kim-putin/2023-09-15/"), "../2023-09-15/");
        assert_eq!(link("/kim-putin/"), "../");
        assert_eq!(link("/"), "../../");
        assert_eq!(link("/kim-putin/2023-09-13/"), "./");
        assert_eq!(link("/404.html"), "../../404.html");
        assert_eq!(Address::root().link_to(&page), "kim-putin/2023-09-13/");
        assert_eq!(Address::parse("/404.html").unwrap().link_to(&Address::root()), "./");
    }

    #[test]
    fn an_alias_stays_in_the_site() {
        for outside in
            ["https://a.example/", "//a.example/", "/../x/", "/%2e%2e/x", "x/", "/a//b/", "/a b/", "/a?b"]
        {
            assert!(Address::parse(outside).is_err(), "{outside}");
        }
        assert_eq!(Address::parse("/a/b").unwrap().as_str(), "/a/b/");
        assert_eq!(Address::parse("/").unwrap().as_str(), "/");
        assert_eq!(Address::parse("/a/index.html").unwrap().as_str(), "/a/");
        assert_eq!(Address::parse("/index.html").unwrap().as_str(), "/");
        assert_eq!(Address::parse("/a-index.html").unwrap().as_str(), "/a-index.html");
    }
}
