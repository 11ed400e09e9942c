//! What a page is, for search engines: JSON-LD in the words of schema.org, an object a block.
//!
//! Every object has its own block and its `@id`, and repeats the name and the address of what it refers to: not every
//! reader follows a reference. Without a `base_url` nothing is said, for every address must be absolute.

mod articles;
mod images;
mod lists;
mod things;
mod timelines;
mod vocabulary;
mod website;

use serde::Serialize;

use super::Scene;
use super::frame::Frame;
use crate::address::Address;
use crate::site::Page;
use vocabulary::WebPage;

/// The blocks of a page, safe between `<script>` tags.
pub(super) fn of(scene: &Scene<'_>, frame: &Frame) -> Vec<String> {
    let Some(base) = scene.site.base_url() else { return Vec::new() };
    let address = scene.linker.from();
    let page = Describing { scene, frame, url: base.absolute(address) };
    let mut blocks = Vec::new();
    match scene.page {
        Page::Front(_) => {
            blocks.push(block(&website::website(&page)));
            blocks.extend(website::publisher(scene).map(|publisher| block(&publisher)));
        }
        Page::Event(index) => blocks.push(block(&articles::whole(&page, index))),
        Page::Timeline(index) => blocks.extend(timelines::own_page(&page, index)),
        Page::Part(..) | Page::Track(..) | Page::Reported(..) => {
            blocks.extend(timelines::further_page(&page))
        }
        Page::Entity(index) => blocks.push(block(&things::whole(&page, index))),
        Page::EntityPart(index, _) => {
            blocks.push(block(&page.described("CollectionPage")));
            blocks.push(block(&things::mentioned(scene, scene.site.entity(index))));
        }
        Page::EntityList(..) => blocks.push(block(&page.described("CollectionPage"))),
        Page::Plain(_) => blocks.push(block(&page.described("WebPage"))),
        _ => {}
    }
    blocks.extend(lists::breadcrumbs(&page).map(|list| block(&list)));
    blocks
}

/// A page while it is described.
struct Describing<'a> {
    scene: &'a Scene<'a>,
    frame: &'a Frame,
    /// Its absolute address.
    url: String,
}

impl Describing<'_> {
    /// The absolute address of another page.
    fn absolute(&self, address: &Address) -> String {
        absolute(self.scene, address)
    }

    /// The `@id` of something that this page is about.
    fn id(&self, of: &str) -> String {
        format!("{}#{of}", self.url)
    }

    /// The page as a page.
    fn described(&self, kind: &'static str) -> WebPage {
        WebPage {
            kind,
            id: self.id("page"),
            url: self.url.clone(),
            name: self.frame.title.clone(),
            description: self.frame.description.clone(),
            in_language: self.frame.language.clone(),
            primary_image_of_page: images::of_page(self).into_iter().next(),
            date_modified: self
                .scene
                .site
                .changed(self.scene.page)
                .map(|at| super::shared::local(self.scene, at)),
            is_part_of: Some(website::reference(self.scene)),
            main_entity: None,
        }
    }
}

/// Where there is no `base_url` nothing is described.
fn absolute(scene: &Scene<'_>, address: &Address) -> String {
    scene.site.base_url().map_or_else(|| address.encoded().into_owned(), |base| base.absolute(address))
}

/// An object as the text of a block, without a `<`, by which a text could end the block.
fn block(object: &impl Serialize) -> String {
    let members = serde_json::to_string(object).expect("these types are maps with texts for keys");
    format!("{{\"@context\":\"https://schema.org\",{}", &members["{".len()..]).replace('<', "\\u003c")
}

#[cfg(test)]
mod tests {
    use super::block;
    use super::vocabulary::{License, NamedLicense, NewsArticle};

    #[test]
    fn no_text_ends_a_block_and_nothing_empty_is_said() {
        let headline = "</script><!-- «Ponte» & \"fim\"\u{2028}".to_string();
        let text = block(&NewsArticle { headline: headline.clone(), ..NewsArticle::default() });
        assert!(!text.contains('<') && !text.contains("null") && !text.contains("[]"), "{text}");
        let value: serde_json::Value = serde_json::from_str(&text).unwrap();
        assert_eq!(value["headline"], headline.as_str());
        assert_eq!(
            (&value["@context"], &value["@type"]),
            (&"https://schema.org".into(), &"NewsArticle".into())
        );
    }

    #[test]
    fn a_license_is_an_address_or_a_name() {
        let address = serde_json::to_value(License::Address("https://a.example/".to_string())).unwrap();
        assert_eq!(address, "https://a.example/");
        let name = License::Name(NamedLicense { name: "cedida".to_string() });
        assert_eq!(serde_json::to_value(name).unwrap()["@type"], "CreativeWork");
    }
}
