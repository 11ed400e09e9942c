//! Pages outside timelines, the page that is shown where there is none, and those that lead on from old addresses.

use serde::Serialize;

use super::cards::{self, ImageView};
use super::frame::{Frame, frame};
use super::{Failure, Scene, View, text};
use crate::Diagnostic;
use crate::address::Address;
use crate::input::article::Kind;
use crate::input::keys::Extra;

/// What `page.html` sees under the name `article`.
#[derive(Debug, Serialize)]
pub(super) struct PlainView {
    pub title: String,
    pub summary: Option<String>,
    /// Why a preview alone shows it: `draft`.
    pub unpublished: Option<&'static str>,
    pub image: Option<ImageView>,
    pub text: String,
    pub extra: Extra,
}

/// What `redirect.html` sees under the name `redirect`.
#[derive(Debug, Serialize)]
pub(super) struct RedirectView {
    /// The link to the page's new address.
    pub href: String,
    pub title: String,
}

/// What `404.html` sees under the name `not_found`: the frame says it all.
#[derive(Debug, Serialize)]
pub(super) struct NotFoundView {}

/// The view of a page outside timelines.
pub(super) fn view(
    scene: &Scene<'_>,
    index: usize,
    warnings: &mut Vec<Diagnostic>,
) -> Result<View<PlainView>, Failure> {
    let article = scene.site.article(index);
    let Kind::Page(keys) = &article.kind else { unreachable!("a plain page is made from a page's article") };
    let view = PlainView {
        title: keys.title.clone(),
        summary: keys.summary.clone(),
        unpublished: scene.site.unpublished(index),
        image: cards::image(scene, index, keys.image.as_ref()),
        text: text::html(scene, index, warnings)?,
        extra: keys.extra.clone(),
    };
    Ok(View { frame: frame(scene, "page", &keys.title, article.summary()), name: "article", view })
}

/// The view of an old address.
pub(super) fn redirect(scene: &Scene<'_>, index: usize) -> View<RedirectView> {
    let site = scene.site;
    let target = site.redirects[index].article;
    let root = Address::root();
    let address = site.address_of(target).unwrap_or(&root);
    let title = site.article(target).kind.title().to_string();
    let own = frame(scene, "redirect", scene.words.text("moved_title"), None);
    let canonical = site.base_url().map(|base| base.absolute(address));
    let view = RedirectView { href: scene.linker.to(address), title };
    View { frame: Frame { canonical, hidden: true, ..own }, name: "redirect", view }
}

/// The view of `404.html`.
pub(super) fn not_found(scene: &Scene<'_>) -> View<NotFoundView> {
    let own = frame(scene, "not-found", scene.words.text("not_found_title"), None);
    View { frame: Frame { canonical: None, hidden: true, ..own }, name: "not_found", view: NotFoundView {} }
}
