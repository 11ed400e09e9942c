//! A drawing without what could act or ask somebody else for something: SVG in, SVG out, with what was taken out.
//!
//! It is parsed as XML, and written anew of elements and attributes that are known to only draw. Nothing else of the
//! file gets through: no script, no declaration, no note of the program that it was drawn with.

mod css;
mod embedded;
mod names;
mod size;
mod write;

use roxmltree::{Document, ParsingOptions};

use super::{Clean, Fault};

const NAMESPACE: &str = "http://www.w3.org/2000/svg";

/// The most elements and texts that a drawing may have.
const MOST_NODES: u32 = 500_000;

/// The width and height of a drawing, in whole pixels.
pub(super) fn size(bytes: &[u8]) -> Result<(u32, u32), Fault> {
    let text = text(bytes)?;
    Ok(size::of(parse(text)?.root_element()))
}

/// The drawing written anew.
pub(super) fn clean(bytes: &[u8]) -> Result<Clean, Fault> {
    let document = parse(text(bytes)?)?;
    let (svg, removed) = write::drawing(document.root_element());
    Ok(Clean { bytes: svg.into_bytes(), removed })
}

fn text(bytes: &[u8]) -> Result<&str, Fault> {
    let text = std::str::from_utf8(bytes).map_err(|_| Fault::Broken("it is a drawing that is not UTF-8"))?;
    Ok(text.trim_start_matches('\u{FEFF}'))
}

fn parse(text: &str) -> Result<Document<'_>, Fault> {
    // Upper case alone is a definition; comments that tell of one are as suspicious.
    if text.contains("<!ENTITY") {
        return Err(Fault::Entities);
    }
    let options = ParsingOptions { allow_dtd: true, nodes_limit: MOST_NODES, ..ParsingOptions::default() };
    let document = Document::parse_with_options(text, options);
    let document = document.map_err(|_| Fault::Broken("it is a drawing, and no XML that can be read"))?;
    let root = document.root_element().tag_name();
    match (root.name(), root.namespace()) {
        ("svg", Some(NAMESPACE)) => Ok(document),
        _ => Err(Fault::Broken(
            "it has no `<svg xmlns=\"http://www.w3.org/2000/svg\">` around it, so browsers show nothing",
        )),
    }
}

#[cfg(test)]
mod tests;
