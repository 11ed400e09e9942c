//! `dateline export`: a timeline of the site goes in, the bytes of one of its formats come out: the very ones that a build
//! writes.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::address::Address;
use crate::input::Input;
use crate::output::write_export;
use crate::pages::{Content, Failure, Renderer};
use crate::site::{Format, Options, Page, Scope, Site, TimelineIndex};
use crate::{Diagnostic, Error};

/// What is to be given out.
#[derive(Debug, Clone)]
pub struct Order {
    /// The site.
    pub root: PathBuf,
    /// The form.
    pub format: Format,
    /// The timeline by its folder below `content/`; not needed where there is one alone.
    pub timeline: Option<String>,
    /// The clock, drafts, the address of the site.
    pub options: Options,
}

/// What came of it.
#[derive(Debug)]
pub struct Exported {
    /// The bytes; `None` where errors forbade it.
    pub bytes: Option<Vec<u8>>,
    /// The errors of the site.
    pub errors: Vec<Diagnostic>,
}

/// The bytes of a timeline in a format.
///
/// # Errors
/// A folder that is no site, a timeline that is not there, a format that the site does not have, and failures of the machine.
pub fn export(order: &Order) -> Result<Exported, Error> {
    let input = Arc::new(Input::read(&order.root)?);
    let mut diagnostics = input.diagnostics.clone();
    if !input.has_settings() {
        return Ok(Exported { bytes: None, errors: diagnostics });
    }
    let (site, found) = Site::new(&input, &order.options);
    diagnostics.extend(found);
    let site = Arc::new(site);
    let timeline = timeline(&site, order.timeline.as_deref())?;
    let address = site.format_address(Scope::Timeline(timeline), order.format);
    let route = site.route(&address).filter(|route| matches!(route.page, Page::Format(..)));
    let Some(route) = route else { return Err(absent(&site, &address)) };
    let (renderer, found) = Renderer::new(&site);
    diagnostics.extend(found);
    let mut errors: Vec<Diagnostic> =
        input.weigh(diagnostics).into_iter().filter(Diagnostic::is_error).collect();
    if !errors.is_empty() {
        return Ok(Exported { bytes: None, errors });
    }
    match renderer.render(route) {
        Ok(rendered) => match rendered.content {
            Content::Page(bytes) => Ok(Exported { bytes: Some(bytes), errors }),
            _ => Err(absent(&site, &address)),
        },
        Err(Failure::Mistakes(mistakes)) => {
            errors.extend(mistakes);
            Ok(Exported { bytes: None, errors })
        }
        Err(Failure::Machine(error)) => Err(error),
        Err(Failure::Changed) => {
            Err(Error::Refused("an article was changed meanwhile: export again".to_string()))
        }
    }
}

/// Writes what was exported into a file; an earlier one is replaced.
///
/// # Errors
/// A folder of sources, and failures of the machine.
pub fn write(root: &Path, path: &Path, bytes: &[u8]) -> Result<(), Error> {
    write_export(root, path, bytes)
}

fn timeline(site: &Site, written: Option<&str>) -> Result<TimelineIndex, Error> {
    let name = |at: usize| site.timelines[at].address.as_str().trim_matches('/').to_string();
    let all: Vec<String> = (0..site.timelines.len()).map(name).collect();
    let listed = || format!("the timelines are {}", all.join(", "));
    match (written, all.len()) {
        (_, 0) => Err(Error::Refused(
            "the site has no timeline: a folder of content/ with an _index.md".to_string(),
        )),
        (None, 1) => Ok(TimelineIndex(0)),
        (None, _) => Err(Error::Refused(format!(
            "name one timeline, as in dateline export csv {}: {}",
            all[0],
            listed()
        ))),
        (Some(written), _) => {
            let inner = written.trim_matches('/');
            let inner = inner.strip_prefix("content/").unwrap_or(inner);
            let address = Address::from_names(inner.split('/'), true);
            let at = address.and_then(|address| site.timelines.iter().position(|one| one.address == address));
            at.map(TimelineIndex)
                .ok_or_else(|| Error::Refused(format!("there is no timeline `{written}`: {}", listed())))
        }
    }
}

fn absent(site: &Site, address: &Address) -> Error {
    Error::Refused(match site.base_url() {
        None => format!(
            "{address} needs the address of the site: write `base_url` into dateline.toml, or give --base-url"
        ),
        Some(_) => format!("{address} is a file of your own, or would be empty: there is nothing to export"),
    })
}
