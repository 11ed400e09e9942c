//! The pictures of a site: which versions of each will exist, at which addresses, and what is wrong with one.
//!
//! A version stands beside the picture, under a name with a digest, so that it may be kept by browsers for ever.

use std::path::{Path, PathBuf};

use super::{Resolved, Site};
use crate::address::Address;
use crate::input::keys::Image;
use crate::input::{Input, PictureFile};
use crate::picture::{Fault, Header, RECIPE, Version};
use crate::{Diagnostic, Place};

/// A picture of `content/`.
#[derive(Debug, Clone)]
pub struct Picture {
    /// Its index among the input's files.
    pub file: usize,
    /// What it is.
    pub header: Header,
    /// The digest of the file and of the way in which versions are made of it.
    pub digest: String,
    /// The versions beside the picture itself, with their addresses.
    pub versions: Vec<(Version, Address)>,
}

/// The pictures that can be shown, by file.
pub(super) fn pictures(input: &Input, addresses: &[Option<Address>]) -> Vec<Picture> {
    let files = input.files.iter().zip(addresses).enumerate();
    files
        .filter_map(|(file, (path, address))| {
            let known = input.pictures.get(path)?;
            Some(Picture::new(file, known, known.header.ok()?, address.as_ref()?))
        })
        .collect()
}

impl Picture {
    fn new(file: usize, known: &PictureFile, header: Header, address: &Address) -> Self {
        let mut hasher = blake3::Hasher::new();
        hasher.update(&known.digest).update(&RECIPE.to_le_bytes());
        let digest = hasher.finalize().to_hex()[..32].to_string();
        let (stem, ending) = address.as_str().rsplit_once('.').unwrap_or((address.as_str(), ""));
        let at = |version: Version| {
            let (width, ending) = match version {
                Version::WebP(width) => (width, "webp"),
                _ => (version.width(header.width), ending),
            };
            (version, Address::of_file(&format!("{stem}.{}.{width}w.{ending}", &digest[..10])))
        };
        let versions = header.versions().into_iter().map(at).collect();
        Self { file, header, digest, versions }
    }
}

impl Site {
    /// The picture that is made of a file of `content/`.
    #[must_use]
    pub fn picture(&self, file: usize) -> Option<&Picture> {
        let at = self.pictures.binary_search_by_key(&file, |picture| picture.file).ok()?;
        Some(&self.pictures[at])
    }

    /// The picture at a path, with versions; none of `static/`, whose files are published as they are.
    #[must_use]
    pub fn picture_at(&self, path: &Path) -> Option<&Picture> {
        self.picture(self.input.files.binary_search_by(|file| file.as_path().cmp(path)).ok()?)
    }

    /// The width and height of what a link to a picture leads to.
    ///
    /// # Errors
    /// Why it can't be shown, and what to do.
    pub fn size(&self, resolved: &Resolved) -> Result<Option<(u32, u32)>, (String, String)> {
        let Some(path) = &resolved.file else {
            // A page that nobody wrote, or one that can't be read, which has been told of.
            let help = "name the file of a picture, as in \"bridge.jpg\"".to_string();
            let is_page = resolved.article.is_some();
            return if is_page { Err(("this is a page and no picture".to_string(), help)) } else { Ok(None) };
        };
        match self.input.pictures.get(path).map(|known| &known.header) {
            Some(Ok(header)) => Ok(Some((header.width, header.height))),
            Some(Err(fault)) => Err(unreadable(path, fault)),
            None => Err(unreadable(path, &Fault::Unknown)),
        }
    }

    /// The address of a file of `content/` that is no article.
    #[must_use]
    pub fn file_address(&self, file: usize) -> Option<&Address> {
        self.file_addresses[file].as_ref()
    }

    /// What is wrong with a picture whose pixels turned out to be broken: at the first article that shows it.
    #[must_use]
    pub fn broken_picture(&self, file: usize, fault: &Fault) -> Diagnostic {
        let path = &self.input.files[file];
        let (message, help) = unreadable(path, fault);
        let place = self.shown_at(path).unwrap_or_else(|| Place::file(path));
        Diagnostic::error("unreadable-picture", message).at(place).help(help)
    }

    fn shown_at(&self, path: &PathBuf) -> Option<Place> {
        let built = (0..self.input.articles.len()).filter(|article| self.address_of(*article).is_some());
        built.into_iter().find_map(|article| {
            let image: &Image = self.article(article).kind.image()?;
            let shown = self.image_file(article, image)?;
            (shown == *path).then(|| self.input.place(&self.article(article).path, image.src.range()))
        })
    }
}

fn unreadable(path: &Path, fault: &Fault) -> (String, String) {
    (format!("`{}` can't be shown as a picture: {fault}", path.display()), fault.help().to_string())
}

/// Pictures that can't be read, and so not be cleaned, are refused whether a page shows them or not; and a warning tells
/// of those that are published with what a camera or a program wrote into them.
pub(super) fn check(site: &Site, diagnostics: &mut Vec<Diagnostic>) {
    for (file, path) in site.input.files.iter().enumerate() {
        if let Some(Err(fault)) = site.input.pictures.get(path).map(|known| &known.header) {
            diagnostics.push(site.broken_picture(file, fault));
        }
    }
    for (path, known) in &site.input.pictures {
        let is_static = path.starts_with("static");
        let warning = match &known.header {
            Ok(header) if is_static && header.has_position => {
                "this picture says where it was taken, and a file of static/ is published as it is"
            }
            Ok(header) if !is_static && header.keeps_notes => {
                "this picture is published with the notes in it: those of an AVIF can't be taken out"
            }
            _ => continue,
        };
        diagnostics.push(noted(path, warning));
    }
    let others = site.input.files.iter().filter(|path| is_of_camera(path));
    diagnostics.extend(others.map(|path| {
        noted(
            path,
            "this picture is published as it is, with the notes in it, and few browsers show its format",
        )
    }));
}

/// Formats of cameras, which are not shown in pages, and are copied for those who want the file itself.
fn is_of_camera(path: &Path) -> bool {
    let ending = path.extension().unwrap_or_default().to_string_lossy().to_ascii_lowercase();
    matches!(&*ending, "heic" | "heif" | "tif" | "tiff" | "dng" | "cr2" | "cr3" | "nef" | "arw")
}

fn noted(path: &Path, message: &str) -> Diagnostic {
    Diagnostic::warning("picture-notes", message).at(Place::file(path)).help(
        "where and by whom it was taken may give away a source: have it in content/ as JPEG, PNG or WebP, or save it without metadata",
    )
}
