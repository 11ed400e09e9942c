//! What is made for readers' other tools: which formats there are, and where each stands.
//!
//! `pages/formats` makes their bytes.

use super::{Page, Site};
use crate::address::Address;

/// Something for readers' other tools.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// What robots may read (RFC 9309).
    Robots,
}

impl Format {
    /// Where it stands.
    fn address(self) -> Address {
        match self {
            Self::Robots => Address::of_file("robots.txt"),
        }
    }
}

/// Every format of the site, with its address. A file of the site's own `static/` takes the place of one.
pub(super) fn all(site: &Site) -> impl Iterator<Item = (Address, Page)> + '_ {
    let all = [Format::Robots].into_iter().map(|format| (format.address(), Page::Format(format)));
    all.filter(|(address, _)| !site.input.theme.files.contains_key(address.as_str().trim_start_matches('/')))
}
