//! `_redirects`, which Cloudflare Pages and Netlify read: old addresses, each with where its page stands now.

use crate::address::Address;
use crate::input::settings::BaseUrl;
use crate::site::Site;

/// The whole file.
pub(super) fn text(site: &Site) -> String {
    let base = site.base_url().map_or("/", BaseUrl::path);
    let at = |address: &Address| format!("{base}{}", address.encoded().trim_start_matches('/'));
    let line = |from: &Address, to: &Address| format!("{} {} 301\n", at(from), at(to));
    let redirects = site.redirects.iter();
    redirects.filter_map(|redirect| Some(line(&redirect.from, site.address_of(redirect.article)?))).collect()
}
