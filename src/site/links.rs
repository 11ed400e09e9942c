//! What a link of an author leads to: another article, a file, an anchor, or nothing, with a help.
//!
//! Paths of files (`../2023-09-13-cupula.md#heading`), addresses (`/sobre/`) and ids (`[[2023-09-13-cupula]]`)
//! all end as an [`Address`], and as a link relative to the page where they stand.

use std::path::{Component, Path, PathBuf};

use percent_encoding::percent_decode_str;

use super::{Event, Page, Site, translations};
use crate::Diagnostic;
use crate::address::{Address, segment};
use crate::input::article::Kind;
use crate::input::keys::Image;
use crate::input::settings::BaseUrl;
use crate::input::theme::StaticFile;
use crate::input::{EntityKind, Input, LanguageIndex, Reads, nearest};
use crate::markdown::{self, Links, Mistake, Target};

/// Makes links that stand on one page.
#[derive(Debug, Clone, Copy)]
pub struct Linker<'a> {
    site: &'a Site,
    /// The page on which the links stand.
    from: &'a Address,
    /// Notes which bodies are read for them.
    reads: &'a Reads,
    /// The article whose text is read, if any.
    article: Option<usize>,
    form: Form<'a>,
}

/// In which form links are written.
#[derive(Debug, Clone, Copy)]
enum Form<'a> {
    /// From the page: the site works in any folder.
    Relative,
    /// As whole addresses, for what is read elsewhere.
    Absolute(&'a BaseUrl),
    /// The same, and of each picture one version, which is to stand inside of the page.
    Enclosed(&'a BaseUrl),
}

/// What decides of how the link to an address is written, beside the address: from all pages that have the same way to it, the link
/// is the same text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Way {
    /// From a page in the site.
    Relative {
        /// How many bytes of the address are folders that the page is in as well.
        shared: usize,
        /// How many folders the page stands below them.
        up: usize,
    },
    /// With the whole address.
    Absolute,
    /// From the root of the host.
    FromRoot,
}

/// What a link leads to.
#[derive(Debug, Clone)]
pub struct Resolved {
    /// The address.
    pub address: Address,
    /// The title of what is there, where it has one.
    pub title: Option<String>,
    /// The article that is there.
    pub article: Option<usize>,
    /// The file that is there, relative to the root.
    pub file: Option<PathBuf>,
}

/// The page that is served at any depth, so that its links begin at the root of the host.
pub(super) const NOT_FOUND: &str = "/404.html";

/// Why a link leads nowhere, in words.
type Dead = (String, Option<String>);

impl<'a> Linker<'a> {
    /// For a page of the site.
    #[must_use]
    pub fn new(site: &'a Site, from: &'a Address, reads: &'a Reads) -> Self {
        Self { site, from, reads, article: None, form: Form::Relative }
    }

    /// The same with whole addresses, for what is read elsewhere; relative still where the site has no address.
    #[must_use]
    pub fn absolute(self) -> Self {
        Self { form: self.site.base_url().map_or(Form::Relative, Form::Absolute), ..self }
    }

    /// The same for a page that is kept as one file: whole addresses, and of each picture the one version that will be in it.
    #[must_use]
    pub fn enclosing(self) -> Self {
        Self { form: self.site.base_url().map_or(Form::Relative, Form::Enclosed), ..self }
    }

    /// Whether what is made is read elsewhere than on the page where it stands.
    #[must_use]
    pub fn leads_from_elsewhere(&self) -> bool {
        !matches!(self.form, Form::Relative)
    }

    /// Whether pictures will stand inside of the page.
    #[must_use]
    pub fn is_enclosing(&self) -> bool {
        matches!(self.form, Form::Enclosed(_))
    }

    /// For the text of an article on that page.
    #[must_use]
    pub fn reading(self, article: usize) -> Self {
        Self { article: Some(article), ..self }
    }

    /// The page on which the links stand.
    #[must_use]
    pub fn from(&self) -> &'a Address {
        self.from
    }

    /// What notes which bodies are read for the page.
    #[must_use]
    pub fn reads(&self) -> &'a Reads {
        self.reads
    }

    /// The site.
    pub(super) fn site(&self) -> &'a Site {
        self.site
    }

    /// The link to an address.
    #[must_use]
    pub fn to(&self, address: &Address) -> String {
        if let Form::Absolute(base) | Form::Enclosed(base) = self.form {
            return base.absolute(address);
        }
        if self.from.as_str() == NOT_FOUND {
            let root = self.site.base_url().map_or("/", BaseUrl::path);
            return format!("{root}{}", address.encoded().trim_start_matches('/'));
        }
        let link = self.from.link_to(address);
        let names_folder = link.ends_with('/');
        if self.site.options.file_links && names_folder { format!("{link}index.html") } else { link }
    }

    /// The way to an address.
    #[must_use]
    pub fn way_to(&self, address: &Address) -> Way {
        if self.leads_from_elsewhere() {
            return Way::Absolute;
        }
        if self.from.as_str() == NOT_FOUND {
            return Way::FromRoot;
        }
        let shared = self.from.shared_with(address);
        Way::Relative { shared, up: self.from.folders_from(shared) }
    }

    /// What an author's path, address or id leads to, without its `#anchor`.
    fn resolve_path(&self, written: &str) -> Result<Resolved, Dead> {
        let decoded = percent_decode_str(written).decode_utf8_lossy().into_owned();
        if decoded.starts_with('/') {
            return self.at_address(&decoded);
        }
        let Some(article) = self.article else { return self.at_address(&format!("/{decoded}")) };
        let path = self.site.article(article).path.parent().unwrap_or(Path::new("content")).join(&decoded);
        let Some(path) = normal(&path) else {
            return Err((format!("`{written}` leads out of content/"), None));
        };
        self.at_file(&path).or_else(|dead| self.below_page(&decoded).ok_or(dead))
    }

    /// What an id leads to: an event of the same timeline, an entity, or anything by its path below `content/`.
    fn resolve_id(&self, written: &str) -> Result<Resolved, Dead> {
        let id: Vec<String> = written.trim().trim_matches('/').split('/').map(segment).collect();
        let id = id.join("/");
        let own = self.own_timeline().map(|timeline| timeline.join(&format!("{id}/")));
        let in_kinds =
            EntityKind::ALL.iter().map(|kind| Address::of_file(&format!("{}/{id}/", kind.folder())));
        let candidates = own.into_iter().chain([Address::of_file(&format!("{id}/"))]).chain(in_kinds);
        let candidates: Vec<Address> =
            candidates.flat_map(|address| self.own_language_first(address)).collect();
        match candidates.iter().find_map(|address| self.site.route(address)) {
            Some(route) => Ok(self.resolved(&route.address, route.page)),
            None if candidates.iter().any(|address| self.is_faulty(address)) => self.itself(),
            None if candidates.iter().any(|address| self.is_left_out(address)) => Err(left_out(written)),
            None => Err((format!("nothing has the id `{written}`"), self.near_id(&id))),
        }
    }

    /// An address of the main language in the language of the article, then in all others.
    fn own_language_first(&self, address: Address) -> impl Iterator<Item = Address> {
        let languages = &self.site.input.languages;
        let own = self.language();
        let others = languages.all().filter(move |language| *language != own);
        let all = std::iter::once(own).chain(others);
        all.map(move |language| translations::in_language(languages, &address, language))
    }

    /// The language of the page at an address, where it is not that of the page with the link.
    #[must_use]
    pub fn language_elsewhere(&self, address: &Address) -> Option<String> {
        if !self.site.input.languages.are_several() {
            return None;
        }
        let tag = |address| Some(self.site.words_of(self.site.page(address)?.page).language());
        let (own, other) = (tag(self.from)?, tag(address)?);
        (own != other).then(|| other.to_string())
    }

    /// The language of the article whose text is read.
    fn language(&self) -> LanguageIndex {
        self.article.map_or(LanguageIndex::MAIN, |article| self.site.article(article).language)
    }

    /// Whether an article would stand there but for a mistake that has been told of.
    fn is_faulty(&self, address: &Address) -> bool {
        let input = &self.site.input;
        let unread = input.unread.iter();
        let unread = unread.filter_map(|path| super::routes::article_address(path, &input.languages));
        unread.chain(self.site.addresses.iter().flatten().cloned()).any(|other| other == *address)
    }

    fn is_left_out(&self, address: &Address) -> bool {
        let left_out = self.site.left_out.iter().map(|left_out| &self.site.article(left_out.article).path);
        let languages = &self.site.input.languages;
        left_out
            .filter_map(|path| super::routes::article_address(path, languages))
            .any(|other| other == *address)
    }

    /// The timeline around the article, by its address in the main language.
    fn own_timeline(&self) -> Option<Address> {
        let path = &self.site.article(self.article?).path;
        let timelines = self.site.timelines.iter();
        let above = timelines.filter(|timeline| {
            self.site.article(timeline.article).path.parent().is_some_and(|folder| path.starts_with(folder))
        });
        let languages = &self.site.input.languages;
        let addresses = above.map(|timeline| translations::in_main_language(languages, &timeline.address).1);
        addresses.max_by_key(|address| address.as_str().len())
    }

    fn at_address(&self, written: &str) -> Result<Resolved, Dead> {
        let as_folder = if written.ends_with('/') { written.to_string() } else { format!("{written}/") };
        let candidates = [Address::of_file(written), Address::of_file(&as_folder)];
        let route = candidates.iter().find_map(|address| self.site.route(address));
        match route {
            Some(route) => Ok(self.resolved(&route.address, route.page)),
            None if candidates.iter().any(|address| self.is_faulty(address)) => self.itself(),
            None => Err((format!("there is no page `{written}`"), self.near_address(&as_folder))),
        }
    }

    /// A path from the page's own address, as in `../other-event/`.
    fn below_page(&self, written: &str) -> Option<Resolved> {
        let path = normal_address(self.from.as_str(), written)?;
        self.at_address(&path).ok()
    }

    /// A file in the language of the article, where there is one: `a.md` is `a.en.md` to an English article.
    fn at_file(&self, path: &Path) -> Result<Resolved, Dead> {
        let input = &self.site.input;
        let language = self.language();
        if language != LanguageIndex::MAIN && is_plain(input, path) {
            let translated = input.position(&input.languages.with_suffix(path, language));
            let built = translated.and_then(|at| Some((at, self.site.address_of(at)?)));
            if let Some((at, address)) = built {
                return Ok(self.of_article(at, address.clone()));
            }
        }
        if let Some(at) = input.position(path) {
            let Some(address) = self.site.address_of(at) else {
                return Err(left_out(&path.display().to_string()));
            };
            // Who has no article in this language may have a page in it all the same.
            let is_entity = matches!(self.site.article(at).kind, Kind::Entity(..));
            let own = self.site.version(address, language).filter(|_| is_entity && is_plain(input, path));
            return Ok(match own {
                Some(route) => self.resolved(&route.address, route.page),
                None => self.of_article(at, address.clone()),
            });
        }
        let file = input.files.binary_search_by(|file| file.as_path().cmp(path)).ok();
        if let Some(at) = file {
            let Some(address) = self.site.file_addresses[at].as_ref() else {
                return Err(left_out_with(&path.display().to_string()));
            };
            return Ok(Resolved {
                address: address.clone(),
                title: None,
                article: None,
                file: Some(path.to_path_buf()),
            });
        }
        if input.unread.iter().any(|unread| unread == path) {
            return Ok(Resolved { address: Address::root(), title: None, article: None, file: None });
        }
        Err((format!("there is no file `{}`", path.display()), self.near_file(path)))
    }

    fn resolved(&self, address: &Address, page: Page) -> Resolved {
        let article = match page {
            Page::Front(language) => self.site.front(language),
            Page::Timeline(index) => Some(self.site.timeline(index).article),
            Page::Event(index) => Some(self.site.event(index).article),
            Page::Plain(index) => Some(index),
            Page::Redirect(index) => {
                let target = self.site.redirects[index].article;
                let address = self.site.address_of(target).unwrap_or(address).clone();
                return self.of_article(target, address);
            }
            Page::Entity(index) => {
                let entity = self.site.entity(index);
                return Resolved {
                    address: address.clone(),
                    title: Some(entity.name.clone()),
                    article: entity.article,
                    file: None,
                };
            }
            _ => None,
        };
        let title = article.map(|article| self.site.article(article).kind.title().to_string());
        Resolved { address: address.clone(), title, article, file: self.file(page) }
    }

    /// The file that stands at an address as it is, or clean.
    fn file(&self, page: Page) -> Option<PathBuf> {
        match page {
            Page::File(at) => Some(self.site.input.files[at].clone()),
            Page::Static(at) => match self.site.input.theme.files.values().nth(at)? {
                StaticFile::Own(path, _) => Some(path.clone()),
                StaticFile::BuiltIn(_) => None,
            },
            _ => None,
        }
    }

    fn of_article(&self, article: usize, address: Address) -> Resolved {
        let source = self.site.article(article);
        let title = match (&source.kind, source.kind.title()) {
            (Kind::Entity(..), _) => self.site.route(&address).and_then(|route| match route.page {
                Page::Entity(index) => Some(self.site.entity(index).name.clone()),
                _ => None,
            }),
            (_, title) => Some(title.to_string()),
        };
        Resolved { address, title, article: Some(article), file: None }
    }

    fn near_file(&self, path: &Path) -> Option<String> {
        let folder = path.parent()?;
        let articles = self.site.input.articles.iter().map(|article| &*article.path);
        let beside = articles.chain(self.site.input.files.iter().map(PathBuf::as_path));
        let beside = beside.filter(|other| other.parent() == Some(folder));
        let names: Vec<String> =
            beside.filter_map(|other| Some(other.file_name()?.to_string_lossy().into_owned())).collect();
        let names: Vec<&str> = names.iter().map(String::as_str).collect();
        let near = nearest(&path.file_name()?.to_string_lossy(), &names)?;
        Some(format!("did you mean `{}`?", folder.join(near).display()))
    }

    fn near_address(&self, address: &str) -> Option<String> {
        let all: Vec<&str> = self.site.routes.iter().map(|route| route.address.as_str()).collect();
        nearest(address, &all).map(|near| format!("did you mean `{near}`?"))
    }

    fn near_id(&self, id: &str) -> Option<String> {
        let last = |address: &'a Address| {
            address.as_str().trim_end_matches('/').rsplit('/').next().unwrap_or_default()
        };
        let all = self.site.routes.iter().map(|route| last(&route.address));
        let all: Vec<&str> = all.filter(|id| !id.is_empty()).collect();
        nearest(id, &all).map(|near| format!("did you mean `[[{near}]]`?"))
    }

    fn check_anchor(&self, resolved: &Resolved, anchor: &str) -> Result<(), Dead> {
        let Some(article) = resolved.article else { return Ok(()) };
        let anchor = percent_decode_str(anchor).decode_utf8_lossy();
        let anchors = self.site.anchors(article, self.reads);
        if anchor.is_empty() || anchors.iter().any(|known| *known == *anchor) {
            return Ok(());
        }
        let known: Vec<&str> = anchors.iter().map(String::as_str).collect();
        let help = match nearest(&anchor, &known) {
            Some(near) => format!("did you mean `#{near}`?"),
            None if known.is_empty() => "that page has no headings".to_string(),
            None => format!("its anchors are `#{}`", known.join("`, `#")),
        };
        Err((format!("the page `{}` has no anchor `#{anchor}`", resolved.address), Some(help)))
    }
}

impl Links for Linker<'_> {
    fn resolve(&self, target: Target<'_>) -> Result<markdown::Resolved, Mistake> {
        let (path, anchor) = match target.address.split_once('#') {
            Some((path, anchor)) => (path, Some(anchor)),
            None => (target.address, None),
        };
        let is_image = target.kind == markdown::Kind::Image;
        if is_image && is_remote(target.address) {
            return match self.site.input.settings.unsafe_html {
                true => Ok(markdown::Resolved::href(target.address)),
                false => Err(Mistake::error("remote-image", REMOTE_IMAGE).help(REMOTE_IMAGE_HELP)),
            };
        }
        let name = if is_image { "missing-image" } else { "dead-link" };
        let mistake = |name| move |(message, help): Dead| Mistake { help, ..Mistake::error(name, message) };
        let resolved = match target.kind {
            markdown::Kind::Wiki => self.resolve_id(path),
            _ if path.is_empty() => self.itself(),
            _ => self.resolve_path(path.split('?').next().unwrap_or(path)),
        }
        .map_err(mistake(name))?;
        let is_here = path.is_empty() && !self.leads_from_elsewhere();
        let mut href = if is_here { String::new() } else { self.to(&resolved.address) };
        if let Some(anchor) = anchor {
            self.check_anchor(&resolved, anchor).map_err(mistake("dead-anchor"))?;
            href = format!("{href}#{anchor}");
        }
        if !is_image {
            let language = self.language_elsewhere(&resolved.address);
            return Ok(markdown::Resolved {
                href,
                text: resolved.title,
                language,
                ..markdown::Resolved::default()
            });
        }
        let size = self
            .site
            .size(&resolved)
            .map_err(|(message, help)| Mistake::error("unreadable-picture", message).help(help))?;
        let versions = self.versions(&resolved);
        Ok(markdown::Resolved {
            href: versions.src.unwrap_or(href),
            text: None,
            language: None,
            size,
            webp: versions.webp,
            srcset: versions.srcset,
        })
    }
}

impl Linker<'_> {
    fn itself(&self) -> Result<Resolved, Dead> {
        Ok(Resolved { address: self.from.clone(), title: None, article: self.article, file: None })
    }
}

impl Site {
    /// The event or page that an entry of `related` names, by path or id.
    ///
    /// # Errors
    /// A diagnostic at the entry.
    pub fn related(&self, event: &Event, written: &crate::input::At<String>) -> Result<Resolved, Diagnostic> {
        let reads = Reads::default();
        let linker = Linker::new(self, &event.address, &reads).reading(event.article);
        let by_path = written.value.ends_with(".md") || written.value.starts_with('/');
        let resolved =
            if by_path { linker.resolve_path(&written.value) } else { linker.resolve_id(&written.value) };
        resolved
            .map_err(|(message, help)| self.dead("dead-link", event.article, written.range(), message, help))
    }

    /// An article's picture.
    ///
    /// # Errors
    /// A diagnostic at its `src`.
    pub fn image(&self, article: usize, image: &Image) -> Result<Resolved, Diagnostic> {
        let written = &image.src.value;
        if is_remote(written) {
            let help = Some(REMOTE_IMAGE_HELP.to_string());
            return Err(self.dead(
                "remote-image",
                article,
                image.src.range(),
                REMOTE_IMAGE.to_string(),
                help,
            ));
        }
        let root = Address::root();
        let from = self.address_of(article).unwrap_or(&root);
        let range = || image.src.range();
        let resolved = Linker::new(self, from, &Reads::default()).reading(article).resolve_path(written);
        let resolved = resolved
            .map_err(|(message, help)| self.dead("missing-image", article, range(), message, help))?;
        match self.size(&resolved) {
            Ok(_) => Ok(resolved),
            Err((message, help)) => {
                Err(self.dead("unreadable-picture", article, range(), message, Some(help)))
            }
        }
    }

    /// The file that an article's `image` names, whatever is in it.
    pub(super) fn image_file(&self, article: usize, image: &Image) -> Option<PathBuf> {
        let from = self.address_of(article)?;
        let reads = Reads::default();
        Linker::new(self, from, &reads).reading(article).resolve_path(&image.src.value).ok()?.file
    }

    /// The address that an item of the menu names.
    ///
    /// # Errors
    /// A diagnostic at its `url`.
    pub fn menu_address(&self, url: &crate::input::At<String>) -> Result<Address, Diagnostic> {
        let root = Address::root();
        let resolved = Linker::new(self, &root, &Reads::default()).at_address(&url.value);
        resolved.map(|resolved| resolved.address).map_err(|(message, help)| {
            let place = self.input.place(crate::input::settings::FILE.as_ref(), url.range());
            let diagnostic = Diagnostic::error("dead-link", message).at(place);
            diagnostic.help(help.unwrap_or_else(|| {
                "name a page of the site, as in \"/sobre/\", or a whole address".to_string()
            }))
        })
    }

    /// The picture that the settings name as the publisher's sign; `None` where they name none.
    ///
    /// # Errors
    /// A diagnostic at `logo`.
    #[must_use]
    pub fn logo(&self) -> Option<Result<Resolved, Diagnostic>> {
        let written = self.input.settings.publisher.logo.as_ref()?;
        let root = Address::root();
        let reads = Reads::default();
        let resolved = Linker::new(self, &root, &reads).at_address(&written.value).and_then(|resolved| {
            self.size(&resolved).map_err(|(message, help)| (message, Some(help)))?;
            Ok(resolved)
        });
        Some(resolved.map_err(|(message, help)| {
            let place = self.input.place(crate::input::settings::FILE.as_ref(), written.range());
            Diagnostic::error("missing-image", message).at(place).help(help.unwrap_or_else(|| {
                "name a picture of the site by its address, as in \"/logo.png\" for static/logo.png"
                    .to_string()
            }))
        }))
    }

    /// The anchors of an article's text.
    #[must_use]
    pub fn anchors(&self, article: usize, reads: &Reads) -> Vec<String> {
        match self.input.body(article, reads) {
            Ok(body) => markdown::anchors(&body),
            Err(_) => Vec::new(),
        }
    }

    fn dead(
        &self,
        name: &'static str,
        article: usize,
        range: std::ops::Range<usize>,
        message: String,
        help: Option<String>,
    ) -> Diagnostic {
        let place = self.input.place(&self.article(article).path, range);
        let diagnostic = Diagnostic::error(name, message).at(place);
        match help {
            Some(help) => diagnostic.help(help),
            None => diagnostic,
        }
    }
}

const REMOTE_IMAGE: &str = "a picture is a file of the site, not an address elsewhere";
const REMOTE_IMAGE_HELP: &str =
    "save the picture beside the article, if its license allows it, and name the file";

/// Whether a reader's browser would ask somebody else for a picture.
fn is_remote(address: &str) -> bool {
    address.contains("://") || address.starts_with("//") || address.starts_with("data:")
}

fn left_out(name: &str) -> Dead {
    let help = "take the link away until it is published, or preview with --drafts";
    (format!("`{name}` is not built: it is a draft, under embargo or expired"), Some(help.to_string()))
}

fn left_out_with(name: &str) -> Dead {
    let help =
        "take the link away until the article is published, or put the file where both articles may use it";
    (
        format!("`{name}` is not published: the article of its folder is a draft, under embargo or expired"),
        Some(help.to_string()),
    )
}

/// Whether a path says nothing of a language.
fn is_plain(input: &Input, path: &Path) -> bool {
    input.languages.of_file(path).1 == path
}

/// A path without `.` and `..`; `None` where it leads out of `content/`.
fn normal(path: &Path) -> Option<PathBuf> {
    let mut normal = PathBuf::new();
    for part in path.components() {
        match part {
            Component::Normal(name) => normal.push(name),
            Component::CurDir => {}
            Component::ParentDir => {
                normal.pop();
            }
            Component::RootDir | Component::Prefix(_) => return None,
        }
    }
    normal.starts_with("content").then_some(normal)
}

/// `../other/` from `/timeline/event/` is `/timeline/other/`.
fn normal_address(from: &str, written: &str) -> Option<String> {
    let mut parts: Vec<&str> = from.trim_matches('/').split('/').filter(|part| !part.is_empty()).collect();
    for part in written.split('/') {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop()?;
            }
            name => parts.push(name),
        }
    }
    Some(format!("/{}", parts.join("/")))
}
