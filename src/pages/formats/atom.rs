//! A feed in Atom (RFC 4287). What happened when stands in elements of a namespace of ours.

use std::io;

use quick_xml::Writer;
use quick_xml::events::{BytesDecl, BytesText, Event};

use super::date::DateRecord;
use super::feed::{Author, Entry, Feed};
use super::xml::{self, Xml};

/// The namespace of elements that Atom does not have.
const NAMESPACE: &str = "urn:dateline:feed:1";

/// The whole file.
pub(super) fn bytes(feed: &Feed) -> Vec<u8> {
    let mut xml = Writer::new_with_indent(Vec::with_capacity(feed.room()), b' ', 1);
    write(&mut xml, feed).expect("a vector takes everything");
    let mut bytes = xml.into_inner();
    bytes.push(b'\n');
    bytes
}

fn write(xml: &mut Xml, feed: &Feed) -> io::Result<()> {
    xml.write_event(Event::Decl(BytesDecl::new("1.0", Some("utf-8"), None)))?;
    let root = xml.create_element("feed").with_attributes([
        ("xmlns", "http://www.w3.org/2005/Atom"),
        ("xmlns:dateline", NAMESPACE),
        ("xml:lang", &feed.language),
    ]);
    root.write_inner_content(|xml| {
        text(xml, "id", &feed.address)?;
        text(xml, "title", &feed.title)?;
        if let Some(summary) = &feed.summary {
            text(xml, "subtitle", summary)?;
        }
        text(xml, "updated", &feed.updated.to_rfc3339())?;
        author(xml, &feed.publisher)?;
        link(xml, "self", "application/atom+xml", &feed.address)?;
        link(xml, "alternate", "text/html", &feed.page)?;
        xml.create_element("generator").write_text_content(BytesText::new("Dateline"))?;
        for entry in &feed.entries {
            write_entry(xml, entry)?;
        }
        Ok(())
    })?;
    Ok(())
}

fn write_entry(xml: &mut Xml, entry: &Entry) -> io::Result<()> {
    let element = xml.create_element("entry").with_attribute(("xml:lang", entry.language.as_str()));
    element.write_inner_content(|xml| {
        text(xml, "id", &entry.id)?;
        text(xml, "title", &entry.title)?;
        text(xml, "published", &entry.published.to_rfc3339())?;
        text(xml, "updated", &entry.updated.to_rfc3339())?;
        for name in &entry.authors {
            author(xml, &Author { name: name.clone(), url: None })?;
        }
        link(xml, "alternate", "text/html", &entry.page)?;
        for category in &entry.categories {
            let attributes =
                [("scheme", &category.scheme), ("term", &category.id), ("label", &category.name)];
            let attributes = attributes.map(|(name, value)| (name, xml::allowed(value)));
            let element = xml.create_element("category");
            element
                .with_attributes(attributes.iter().map(|(name, value)| (*name, &**value)))
                .write_empty()?;
        }
        if let Some(happened) = &entry.happened {
            date(xml, happened)?;
        }
        if let Some(summary) = &entry.summary {
            text(xml, "summary", summary)?;
        }
        let content = xml.create_element("content").with_attribute(("type", "html"));
        content.write_text_content(match entry.can_be_xml {
            true => xml::content_as_it_is(&entry.html),
            false => xml::content(&entry.html),
        })?;
        Ok(())
    })?;
    Ok(())
}

/// When it happened: the words as text, what is known as attributes.
fn date(xml: &mut Xml, date: &DateRecord) -> io::Result<()> {
    let element = xml.create_element("dateline:happened").with_attributes([
        ("edtf", date.edtf.as_str()),
        ("precision", date.precision),
        ("certainty", date.certainty),
        ("timezone", date.timezone),
    ]);
    element.write_text_content(xml::content(&date.display))?;
    Ok(())
}

fn author(xml: &mut Xml, author: &Author) -> io::Result<()> {
    xml.create_element("author").write_inner_content(|xml| {
        text(xml, "name", &author.name)?;
        author.url.as_ref().map_or(Ok(()), |url| text(xml, "uri", url))
    })?;
    Ok(())
}

fn link(xml: &mut Xml, relation: &str, media_type: &str, address: &str) -> io::Result<()> {
    let attributes = [("rel", relation), ("type", media_type), ("href", address)];
    xml.create_element("link").with_attributes(attributes).write_empty()?;
    Ok(())
}

fn text(xml: &mut Xml, name: &str, text: &str) -> io::Result<()> {
    xml.create_element(name).write_text_content(xml::content(text))?;
    Ok(())
}
