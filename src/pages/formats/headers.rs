//! `_headers`, which Cloudflare Pages and Netlify read: what browsers are told beside a page, and the policy that the site
//! keeps, made of what its theme and its texts really use.
//!
//! Hosts join the rules that match an address, and a second policy can only forbid more. So the rule for all addresses
//! says nothing of frames: pages that others may show in a frame, `embed/`, could not be let out of it.

use std::collections::BTreeSet;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use sha2::{Digest, Sha256};

use crate::input::EntityKind;
use crate::input::settings::BaseUrl;
use crate::pages::timeline;
use crate::site::Site;

/// The whole file.
pub(super) fn text(site: &Site) -> String {
    let base = site.base_url().map_or("/", BaseUrl::path);
    let mut text = format!(
        "{base}*\n  X-Content-Type-Options: nosniff\n  Referrer-Policy: strict-origin-when-cross-origin\n  \
         Permissions-Policy: camera=(), geolocation=(), microphone=(), payment=(), usb=()\n  Content-Security-Policy: {}\n",
        Policy::of(site)
    );
    for place in unframed(site) {
        text.push_str(&format!("{base}{place}\n  X-Frame-Options: SAMEORIGIN\n"));
    }
    for asset in &site.assets {
        let place = asset.address.encoded();
        let place = place.trim_start_matches('/');
        text.push_str(&format!("{base}{place}\n  Cache-Control: public, max-age=31536000, immutable\n"));
    }
    text
}

/// The pages that no other site shows in a frame: front pages, timelines, lists, and the pages of entities.
fn unframed(site: &Site) -> Vec<String> {
    let fronts = site.languages().map(|language| site.home(language).encoded().into_owned());
    let timelines = site.timelines.iter().map(|timeline| timeline.address.encoded().into_owned());
    let used = site.languages().flat_map(|language| EntityKind::ALL.map(|kind| (language, kind)));
    let lists = used.filter(|(language, kind)| site.has_entities(*language, *kind));
    let lists = lists.map(|(language, kind)| format!("{}*", site.list_address(language, kind).encoded()));
    let places = fronts.chain(timelines).chain(lists);
    places.map(|place| place.trim_start_matches('/').to_string()).collect()
}

/// What a browser may load for a page (CSP level 3).
struct Policy {
    scripts: BTreeSet<String>,
    styles: BTreeSet<String>,
    images: BTreeSet<String>,
    frames: BTreeSet<String>,
    media: BTreeSet<String>,
    /// What scripts ask for: the search and coverage that goes on ask their own site.
    connections: BTreeSet<String>,
}

impl Policy {
    /// What the theme uses; and anything secure, where texts may hold any HTML.
    fn of(site: &Site) -> Self {
        let own = || BTreeSet::from(["'self'".to_string()]);
        let has_script = site.assets.iter().any(|asset| asset.name.ends_with(".js"));
        let mut policy = Self {
            scripts: if has_script { own() } else { BTreeSet::new() },
            styles: own(),
            images: own(),
            frames: BTreeSet::new(),
            media: own(),
            connections: if has_script { own() } else { BTreeSet::new() },
        };
        // A timeline in one file has its style, its script and its pictures inside.
        let others = site.input.theme.templates.iter().filter(|(name, _)| *name != "archive.html");
        for (_, template) in others {
            policy.add_template(&template.text);
        }
        if site.base_url().is_some() && !site.timelines.is_empty() {
            policy.styles.insert(source_of(&timeline::archive_style(site)));
            policy.scripts.insert(source_of(&timeline::archive_script(site)));
            policy.images.insert("data:".to_string());
        }
        let texts = site.assets.iter().filter(|asset| asset.name.ends_with(".css"));
        if texts.into_iter().any(|asset| String::from_utf8_lossy(&asset.bytes).contains("data:image/")) {
            policy.images.insert("data:".to_string());
        }
        if site.input.settings.unsafe_html {
            let all = [
                &mut policy.scripts,
                &mut policy.styles,
                &mut policy.images,
                &mut policy.frames,
                &mut policy.media,
            ];
            all.into_iter().for_each(|sources| sources.extend(["https:".to_string()]));
            policy.scripts.extend(["'self'".to_string(), "'unsafe-inline'".to_string()]);
            policy.styles.insert("'unsafe-inline'".to_string());
            policy.images.insert("data:".to_string());
        }
        policy
    }

    /// What a template asks for: elements that load from another host, and code and rules that stand in the page.
    fn add_template(&mut self, template: &str) {
        for tag in template.split('<').skip(1).map(|rest| rest.split('>').next().unwrap_or(rest)) {
            let name: String = tag.chars().take_while(char::is_ascii_alphanumeric).collect();
            let host = host_of(tag);
            let is_data = tag.contains("application/ld+json") || tag.contains("application/json");
            match (&*name.to_ascii_lowercase(), host) {
                ("script", Some(host)) => drop(self.scripts.insert(host)),
                ("script", None) if !tag.contains("src=") && !is_data => {
                    self.scripts.insert("'unsafe-inline'".to_string());
                }
                ("link", Some(host)) if tag.contains("stylesheet") => drop(self.styles.insert(host)),
                ("img" | "source", Some(host)) => drop(self.images.insert(host)),
                ("iframe", Some(host)) => drop(self.frames.insert(host)),
                ("audio" | "video", Some(host)) => drop(self.media.insert(host)),
                ("style", _) => drop(self.styles.insert("'unsafe-inline'".to_string())),
                _ => {}
            }
            if tag.contains(" style=") {
                self.styles.insert("'unsafe-inline'".to_string());
            }
        }
    }
}

/// A text between the tags of an element, by its digest (CSP level 3, hash-source).
fn source_of(text: &str) -> String {
    format!("'sha256-{}'", STANDARD.encode(Sha256::digest(text)))
}

/// The scheme and host that an element loads from, where they are written in it.
fn host_of(tag: &str) -> Option<String> {
    let attribute = ["src=\"https://", "href=\"https://", "src='https://", "href='https://"];
    let (at, found) = attribute.into_iter().find_map(|start| Some((tag.find(start)?, start)))?;
    let host = tag[at + found.len()..].split(['/', '"', '\'', '?', '#']).next()?;
    (!host.is_empty()).then(|| format!("https://{host}"))
}

impl std::fmt::Display for Policy {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("default-src 'none'; base-uri 'none'; form-action 'none'")?;
        let parts = [
            ("script-src", &self.scripts),
            ("style-src", &self.styles),
            ("img-src", &self.images),
            ("frame-src", &self.frames),
            ("media-src", &self.media),
            ("connect-src", &self.connections),
        ];
        for (name, sources) in parts.into_iter().filter(|(_, sources)| !sources.is_empty()) {
            write!(f, "; {name}")?;
            sources.iter().try_for_each(|source| write!(f, " {source}"))?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::Policy;

    fn of(template: &str) -> String {
        let own = || BTreeSet::from(["'self'".to_string()]);
        let mut policy = Policy {
            scripts: own(),
            styles: own(),
            images: own(),
            frames: BTreeSet::new(),
            media: BTreeSet::new(),
            connections: BTreeSet::new(),
        };
        policy.add_template(template);
        policy.to_string()
    }

    #[test]
    fn a_theme_is_allowed_what_it_uses_and_no_more() {
        let plain = "default-src 'none'; base-uri 'none'; form-action 'none'; script-src 'self'; style-src 'self'; img-src 'self'";
        assert_eq!(of("<p>a</p><script src=\"{{ script }}\" defer></script>"), plain);
        assert_eq!(
            of("<script type=\"application/ld+json\">{}</script><a href=\"https://a.example/\">a</a>"),
            plain
        );
        let allowed = [
            ("<script>let a</script>", "script-src 'self' 'unsafe-inline'"),
            (
                "<script src=\"https://count.example/a.js\"></script>",
                "script-src 'self' https://count.example;",
            ),
            ("<p style=\"color:red\">", "style-src 'self' 'unsafe-inline'"),
            (
                "<link rel=\"stylesheet\" href=\"https://fonts.example/a.css\">",
                "style-src 'self' https://fonts.example;",
            ),
            ("<iframe src='https://map.example/x'></iframe>", "frame-src https://map.example"),
        ];
        for (template, expected) in allowed {
            assert!(of(template).contains(expected), "{template}: {}", of(template));
        }
    }
}
