//! Sitemaps (sitemaps.org) and the news sitemap (Google): the model's lists as XML, with absolute addresses.
//!
//! When a page changed last is what its articles say of it, and is left out where they say nothing.

use std::io;

use quick_xml::Writer;
use quick_xml::events::{BytesDecl, BytesText, Event};

use super::xml::{Xml, allowed};
use crate::address::Address;
use crate::input::LanguageIndex;
use crate::pages::{Scene, site_title};
use crate::site::{ADDRESSES, Format, Page, Route, Scope, Site};
use crate::time::Instant;

const NAMESPACE: &str = "http://www.sitemaps.org/schemas/sitemap/0.9";
const NEWS_NAMESPACE: &str = "http://www.google.com/schemas/sitemap-news/0.9";

/// The pages of a site, or the index of the files that list them.
pub(super) fn whole(scene: &Scene<'_>) -> Vec<u8> {
    let site = scene.site;
    let part = |number| site.route(&address_of_part(site, number));
    match part(1) {
        None => pages(site, site.listed()),
        Some(_) => index(site, (1..).map_while(part)),
    }
}

/// One of the files that the index names.
pub(super) fn part(scene: &Scene<'_>, number: usize) -> Vec<u8> {
    pages(scene.site, scene.site.listed().skip((number - 1) * ADDRESSES).take(ADDRESSES))
}

/// What was published within two days.
pub(super) fn news(scene: &Scene<'_>) -> Vec<u8> {
    let site = scene.site;
    document("urlset", &[("xmlns", NAMESPACE), ("xmlns:news", NEWS_NAMESPACE)], |xml| {
        for (published, index) in site.news() {
            let event = site.event(index);
            let page = Page::Event(index);
            let (name, _) = site_title(&Scene { language: site.language_of(page), ..*scene });
            let publication = [("news:name", name.to_string()), ("news:language", language(site, page))];
            xml.create_element("url").write_inner_content(|xml| {
                text(xml, "loc", &absolute(site, &event.address))?;
                xml.create_element("news:news").write_inner_content(|xml| {
                    xml.create_element("news:publication").write_inner_content(|xml| {
                        publication.iter().try_for_each(|(name, value)| text(xml, name, value))
                    })?;
                    text(xml, "news:publication_date", &published.to_rfc3339())?;
                    text(xml, "news:title", &event.keys(site).title)
                })?;
                Ok(())
            })?;
        }
        Ok(())
    })
}

/// The language of a page as the news sitemap takes it: by ISO 639, Chinese with its script.
fn language(site: &Site, page: Page) -> String {
    let tag = site.words_of(page).language().to_ascii_lowercase();
    let mut parts = tag.split('-');
    match (parts.next().unwrap_or_default(), parts.any(|part| matches!(part, "hant" | "tw" | "hk" | "mo"))) {
        ("zh", true) => "zh-tw".to_string(),
        ("zh", false) => "zh-cn".to_string(),
        (primary, _) => primary.to_string(),
    }
}

fn address_of_part(site: &Site, number: usize) -> Address {
    site.format_address(Scope::Site(LanguageIndex::MAIN), Format::SitemapPart(number))
}

fn pages<'a>(site: &Site, routes: impl Iterator<Item = &'a Route>) -> Vec<u8> {
    document("urlset", &[("xmlns", NAMESPACE)], |xml| {
        for route in routes {
            entry(xml, "url", &absolute(site, &route.address), site.changed(route.page))?;
        }
        Ok(())
    })
}

/// The index: each file with the latest change of any page that it lists.
fn index<'a>(site: &Site, parts: impl Iterator<Item = &'a Route>) -> Vec<u8> {
    let mut changes = site.listed().map(|route| site.changed(route.page));
    document("sitemapindex", &[("xmlns", NAMESPACE)], |xml| {
        for part in parts {
            let changed = changes.by_ref().take(ADDRESSES).max().flatten();
            entry(xml, "sitemap", &absolute(site, &part.address), changed)?;
        }
        Ok(())
    })
}

fn entry(xml: &mut Xml, name: &str, address: &str, changed: Option<Instant>) -> io::Result<()> {
    xml.create_element(name).write_inner_content(|xml| {
        text(xml, "loc", address)?;
        changed.map_or(Ok(()), |changed| text(xml, "lastmod", &changed.to_rfc3339()))
    })?;
    Ok(())
}

/// The protocol wants quotation marks escaped as well (sitemaps.org, «Entity escaping»).
fn text(xml: &mut Xml, name: &str, value: &str) -> io::Result<()> {
    xml.create_element(name).write_text_content(BytesText::new(&allowed(value))).map(|_| ())
}

/// Formats that need absolute addresses are planned for a site with a `base_url` alone.
fn absolute(site: &Site, address: &Address) -> String {
    site.base_url().map_or_else(|| address.encoded().into_owned(), |base| base.absolute(address))
}

fn document(
    root: &str,
    namespaces: &[(&str, &str)],
    content: impl FnOnce(&mut Xml) -> io::Result<()>,
) -> Vec<u8> {
    let mut xml = Writer::new_with_indent(Vec::new(), b' ', 0);
    let written = xml.write_event(Event::Decl(BytesDecl::new("1.0", Some("UTF-8"), None))).and_then(|()| {
        let root = xml.create_element(root).with_attributes(namespaces.iter().copied());
        root.write_inner_content(content).map(|_| ())
    });
    written.expect("memory takes every byte");
    let mut bytes = xml.into_inner();
    bytes.push(b'\n');
    bytes
}
