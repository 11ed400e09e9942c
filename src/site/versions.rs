//! The versions of a picture as links: an address of a picture comes in, the attributes `src` and `srcset` go out.

use super::{Linker, Resolved};
use crate::address::Address;
use crate::picture::{Format, Version};

/// The versions of a picture, as the attributes of HTML name them.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Versions {
    /// What a browser shows that knows of no others.
    pub src: Option<String>,
    /// In the original's format, with widths, where there are several.
    pub srcset: Option<String>,
    /// As WebP, with widths.
    pub webp: Option<String>,
}

impl Linker<'_> {
    /// The versions of a picture, as the attributes of HTML name them; all empty for one that has none.
    #[must_use]
    pub fn versions(&self, resolved: &Resolved) -> Versions {
        let picture = resolved.file.as_deref().and_then(|path| self.site().picture_at(path));
        let Some(picture) = picture.filter(|picture| !picture.versions.is_empty()) else {
            return Versions::default();
        };
        let whole = picture.header.width;
        if self.is_enclosing() {
            let enclosed = |(version, _): &&(Version, Address)| matches!(version, Version::WebP(width) if *width <= LARGEST_ENCLOSED);
            let address = picture.versions.iter().rfind(enclosed).map(|(_, address)| self.to(address));
            return Versions { src: address, ..Versions::default() };
        }
        let own = (Version::Whole, &resolved.address);
        let all = picture.versions.iter().map(|(version, address)| (*version, address));
        let (webp, mut fallback): (Vec<_>, Vec<_>) =
            all.partition(|(version, _)| matches!(version, Version::WebP(_)));
        let (webp, fallback) = match picture.header.format {
            // What is a WebP already has no other format to fall back on.
            Format::WebP => (Vec::new(), webp.into_iter().chain([own]).collect()),
            _ => {
                if whole <= LARGEST_FALLBACK {
                    fallback.push(own);
                }
                (webp, fallback)
            }
        };
        let is_shown = |(version, _): &&(Version, &Address)| version.width(whole) <= LARGEST_SRC;
        let src = fallback.iter().rfind(is_shown).or(fallback.last());
        Versions {
            src: src.map(|(_, address)| self.to(address)),
            srcset: list(self, &fallback, whole).filter(|_| fallback.len() > 1),
            webp: list(self, &webp, whole),
        }
    }
}

/// The versions with their widths, as `srcset` lists them; nothing for none.
fn list(linker: &Linker<'_>, versions: &[(Version, &Address)], whole: u32) -> Option<String> {
    let entry = |(version, address): &(Version, &Address)| {
        format!("{} {}w", linker.to(address), version.width(whole))
    };
    let list: Vec<String> = versions.iter().map(entry).collect();
    (!list.is_empty()).then(|| list.join(", "))
}

/// The widest picture that stands in a page as it is, beside its smaller versions.
const LARGEST_FALLBACK: u32 = 2666;

/// The widest picture that stands inside of a page that is one file.
const LARGEST_ENCLOSED: u32 = 1200;

/// The widest picture that a browser without a choice is given.
const LARGEST_SRC: u32 = 1600;
