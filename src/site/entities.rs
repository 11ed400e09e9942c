//! People, organizations, places and topics: from the names in events and the pages about them to one entity each.

use std::collections::HashMap;
use std::path::Path;

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use serde::{Deserialize, Serialize};

use super::before::Before;
use super::translations::in_language;
use super::{EventIndex, Model, Site};
use crate::address::{Address, segment};
use crate::input::article::Kind;
use crate::input::keys::{EntityKeys, Names};
use crate::input::settings::PAGE_SIZE;
use crate::input::{Article, EntityKind, Input, LanguageIndex, Languages};
use crate::time::Zone;
use crate::{Diagnostic, Place};

/// The place of an entity among the site's entities.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct EntityIndex(pub usize);

/// Somebody or something that events name, as it stands in one language.
#[derive(Debug, Clone)]
pub struct Entity {
    /// Person, organization, place or topic.
    pub kind: EntityKind,
    /// Unique within its kind and language; the last part of its address.
    pub id: String,
    /// The language.
    pub language: LanguageIndex,
    /// What it is called.
    pub name: String,
    /// Its page.
    pub address: Address,
    /// The article about it, if there is one: that of its language, else of another.
    pub article: Option<usize>,
    /// The events that name it, in order of time.
    pub events: Vec<EventIndex>,
    /// The same in all languages, where there are several.
    pub versions: Vec<EntityIndex>,
}

impl Entity {
    /// What front matter says of it, in whatever language.
    #[must_use]
    pub fn keys<'a>(&self, site: &'a Site) -> Option<&'a EntityKeys> {
        match &site.article(self.article?).kind {
            Kind::Entity(_, keys) => Some(keys),
            _ => None,
        }
    }

    /// Over how many pages its events stand: one at least.
    #[must_use]
    pub fn pages(&self, site: &Site) -> usize {
        self.events.len().div_ceil(self.page_size(site)).max(1)
    }

    /// The events of the n-th of its pages, counted from 0.
    #[must_use]
    pub fn on_page(&self, site: &Site, page: usize) -> &[EventIndex] {
        self.events.chunks(self.page_size(site)).nth(page).unwrap_or_default()
    }

    /// How many events stand on a page at the most; all of them where nothing is cut.
    fn page_size(&self, site: &Site) -> usize {
        match site.input.settings.outputs.page_size.unwrap_or(PAGE_SIZE) {
            0 => self.events.len().max(1),
            page_size => page_size,
        }
    }

    /// The n-th of its pages, counted from 0; the first is its own.
    #[must_use]
    pub fn page_address(&self, page: usize) -> Address {
        match page {
            0 => self.address.clone(),
            _ => self.address.join(&format!("{}/", page + 1)),
        }
    }

    /// The article about it in its own language.
    #[must_use]
    pub fn own_article(&self, site: &Site) -> Option<usize> {
        self.article.filter(|article| site.article(*article).language == self.language)
    }

    /// Its office, in its own language.
    #[must_use]
    pub fn role<'a>(&self, site: &'a Site) -> Option<&'a str> {
        self.own_article(site).and_then(|_| self.keys(site)?.role.as_deref())
    }
}

/// The entities while the site is made: names are looked up, and new ones begin.
pub(super) struct Directory<'a> {
    languages: &'a Languages,
    entities: Vec<Entity>,
    zones: Vec<Option<Zone>>,
    /// The version of an entity that was met first; it knows the others.
    by_name: HashMap<(EntityKind, String), usize>,
    /// Names as they are written: most are met many times, and need no folding again.
    as_written: [HashMap<String, usize>; EntityKind::ALL.len()],
    /// The entities of an earlier model, as far as they have been met.
    then: Vec<Option<usize>>,
}

impl<'a> Directory<'a> {
    /// The entities that have pages of their own.
    pub fn new(input: &'a Input, before: Option<&Before<'_>>, diagnostics: &mut Vec<Diagnostic>) -> Self {
        let mut directory = Self {
            languages: &input.languages,
            entities: Vec::new(),
            zones: Vec::new(),
            by_name: HashMap::new(),
            as_written: Default::default(),
            then: vec![None; before.map_or(0, Before::entities)],
        };
        for language in input.languages.all() {
            for (index, article) in input.articles.iter().enumerate() {
                if let (Kind::Entity(kind, keys), true) = (&article.kind, article.language == language) {
                    directory.add_page(index, article, *kind, keys, diagnostics);
                }
            }
        }
        directory
    }

    /// The entities that an event names, in the order in which it names them.
    pub fn find(&mut self, language: LanguageIndex, kind: EntityKind, names: &Names) -> Vec<usize> {
        let mut found = Vec::with_capacity(names.0.len());
        for name in &names.0 {
            let entity = self.find_one(language, kind, name.value.trim());
            found.extend(entity.filter(|entity| !found.contains(entity)));
        }
        found
    }

    /// The same of an event that named these entities when an earlier model was made.
    pub fn find_again(
        &mut self,
        language: LanguageIndex,
        kind: EntityKind,
        names: &Names,
        then: &[EntityIndex],
    ) -> Vec<usize> {
        if names.0.len() != then.len() {
            return self.find(language, kind, names);
        }
        let mut found = Vec::with_capacity(then.len());
        for (name, then) in names.0.iter().zip(then) {
            if self.then[then.0].is_none() {
                self.then[then.0] = self.find_one(language, kind, name.value.trim());
            }
            found.extend(self.then[then.0]);
        }
        found
    }

    /// The zone of a place.
    pub fn zone(&self, place: usize) -> Option<Zone> {
        self.zones[place]
    }

    /// Puts the entities into the model, sorted, with their events.
    pub fn settle(self, model: &mut Model) {
        let mut order: Vec<usize> = (0..self.entities.len()).collect();
        order.sort_by_cached_key(|entity| {
            let entity = &self.entities[*entity];
            (entity.language, entity.kind, folded(&entity.name), entity.id.clone())
        });
        let mut rank = vec![0; order.len()];
        for (place, entity) in order.iter().enumerate() {
            rank[*entity] = place;
        }
        let mut entities: Vec<(usize, Entity)> =
            self.entities.into_iter().enumerate().map(|(entity, value)| (rank[entity], value)).collect();
        entities.sort_by_key(|(place, _)| *place);
        model.entities = entities.into_iter().map(|(_, entity)| entity).collect();
        for version in model.entities.iter_mut().flat_map(|entity| &mut entity.versions) {
            version.0 = rank[version.0];
        }
        for (index, event) in model.events.iter_mut().enumerate() {
            for entity in event.entities.iter_mut() {
                entity.0 = rank[entity.0];
                model.entities[entity.0].events.push(EventIndex(index));
            }
        }
        if model.timelines.len() > 1 {
            for entity in &mut model.entities {
                entity.events.sort_by_cached_key(|event| (model.events[event.0].date.order(), *event));
            }
        }
        model.by_name =
            self.by_name.into_iter().map(|(key, entity)| (key, EntityIndex(rank[entity]))).collect();
    }

    fn find_one(&mut self, language: LanguageIndex, kind: EntityKind, name: &str) -> Option<usize> {
        if let Some(entity) = self.as_written[kind as usize].get(name) {
            let entity = *entity;
            return self.version(entity, language, name);
        }
        let key = (kind, folded(name));
        let entity = match self.by_name.get(&key) {
            Some(entity) => *entity,
            None => self.begin(language, key, name)?,
        };
        self.as_written[kind as usize].insert(name.to_string(), entity);
        self.version(entity, language, name)
    }

    /// A new entity of a name that is met for the first time; `None` for a name without a letter.
    fn begin(
        &mut self,
        language: LanguageIndex,
        (kind, key): (EntityKind, String),
        name: &str,
    ) -> Option<usize> {
        let id = segment(name);
        // Another spelling may give the same id, as «A. Silva» and «A Silva».
        if let Some(entity) = self.by_name.get(&(kind, id.clone())) {
            let entity = *entity;
            self.by_name.insert((kind, key), entity);
            return Some(entity);
        }
        let entity = self.push(language, kind, &id, name, None, None)?;
        self.by_name.insert((kind, key), entity);
        self.by_name.insert((kind, id), entity);
        Some(entity)
    }

    /// An entity as it stands in a language; one that it has not stood in begins there, with what is known of it.
    fn version(&mut self, entity: usize, language: LanguageIndex, name: &str) -> Option<usize> {
        if let Some(known) = self.known_version(entity, language) {
            return Some(known);
        }
        let first = self.entities[entity].clone();
        let name = if first.article.is_some() { first.name.as_str() } else { name };
        let zone = self.zones[entity];
        let version = self.push(language, first.kind, &first.id, name, first.article, zone)?;
        self.join(entity, version);
        Some(version)
    }

    fn known_version(&self, entity: usize, language: LanguageIndex) -> Option<usize> {
        let first = &self.entities[entity];
        if first.language == language {
            return Some(entity);
        }
        first.versions.iter().map(|at| at.0).find(|at| self.entities[*at].language == language)
    }

    /// Lets all versions of an entity know of a new one.
    fn join(&mut self, entity: usize, version: usize) {
        if self.entities[entity].versions.is_empty() {
            self.entities[entity].versions.push(EntityIndex(entity));
        }
        let mut versions = self.entities[entity].versions.clone();
        versions.push(EntityIndex(version));
        for at in &versions {
            self.entities[at.0].versions.clone_from(&versions);
        }
    }

    fn push(
        &mut self,
        language: LanguageIndex,
        kind: EntityKind,
        id: &str,
        name: &str,
        article: Option<usize>,
        zone: Option<Zone>,
    ) -> Option<usize> {
        let address = Address::from_names([kind.folder(), id], true)?;
        self.entities.push(Entity {
            kind,
            id: id.to_string(),
            language,
            name: name.to_string(),
            address: in_language(self.languages, &address, language),
            article,
            events: Vec::new(),
            versions: Vec::new(),
        });
        self.zones.push(zone);
        Some(self.entities.len() - 1)
    }

    fn add_page(
        &mut self,
        index: usize,
        article: &Article,
        kind: EntityKind,
        keys: &EntityKeys,
        diagnostics: &mut Vec<Diagnostic>,
    ) {
        if keys.latitude.is_some() != keys.longitude.is_some() {
            diagnostics.push(half_a_position(article));
        }
        let Some((id, stem)) = page_id(&self.languages.of_file(&article.path).1, kind) else {
            diagnostics.push(no_entity(article, kind));
            return;
        };
        let title = keys.title.trim();
        let name = if title.is_empty() { stem } else { title.to_string() };
        let Some(entity) = self.push(article.language, kind, &id, &name, Some(index), keys.timezone) else {
            return;
        };
        let same = self.by_name.get(&(kind, folded(&id))).copied();
        let same = same.filter(|other| self.entities[*other].id == id);
        let original = same.filter(|other| self.known_version(*other, article.language).is_none());
        if let Some(original) = original {
            self.join(original, entity);
        }
        let first = original.unwrap_or(entity);
        let names = std::iter::once(&id).chain([&name]).chain(&keys.also);
        for key in names.map(|name| folded(name)) {
            match self.by_name.insert((kind, key.clone()), first) {
                Some(other) if other != first => {
                    let other = self.entities[other].clone();
                    diagnostics.push(two_of_a_name(&key, article, &other));
                }
                _ => {}
            }
        }
    }
}

/// The id of an entity's page and its file's name: `people/kim.md` and `people/kim/index.md` are both `kim`.
fn page_id(path: &Path, kind: EntityKind) -> Option<(String, String)> {
    let inner = path.strip_prefix("content").ok()?.strip_prefix(kind.folder()).ok()?;
    let parts: Vec<String> =
        inner.components().map(|part| part.as_os_str().to_string_lossy().into_owned()).collect();
    let stem = match parts.as_slice() {
        [file] if file != "_index.md" && file != "index.md" => file.trim_end_matches(".md").to_string(),
        [folder, file] if file == "index.md" => folder.clone(),
        _ => return None,
    };
    let id = segment(&stem);
    (!id.is_empty()).then_some((id, stem))
}

fn no_entity(article: &Article, kind: EntityKind) -> Diagnostic {
    let folder = kind.folder();
    Diagnostic::error("reserved-folder", format!("`content/{folder}/` holds one page for each of its {folder}, and nothing else"))
        .at(Place::file(&article.path))
        .help(format!("name the file content/{folder}/NAME.md or content/{folder}/NAME/index.md, or move it out of the folder"))
}

fn half_a_position(article: &Article) -> Diagnostic {
    Diagnostic::error("half-a-position", "a place has a latitude without a longitude, or the other way round")
        .at(Place::file(&article.path))
        .help("write both, in degrees: latitude = 39.02, longitude = 125.75; or neither")
}

fn two_of_a_name(name: &str, article: &Article, other: &Entity) -> Diagnostic {
    Diagnostic::error(
        "ambiguous-name",
        format!("two pages go by the name `{name}`: this one and `{}`", other.address),
    )
    .at(Place::file(&article.path))
    .help("give one of them another title, or take the name out of its `also`")
}

/// A name without case and accents: what two spellings of one name share.
#[must_use]
pub fn folded(name: &str) -> String {
    if name.is_ascii() {
        return name.to_ascii_lowercase();
    }
    name.nfkd().filter(|character| !is_combining_mark(*character)).flat_map(char::to_lowercase).collect()
}
