//! People, organizations, places and topics: from the names in events and the pages about them to one entity each.

use std::collections::HashMap;

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use super::{EventIndex, Site};
use crate::address::{Address, segment};
use crate::input::article::Kind;
use crate::input::keys::{EntityKeys, Names};
use crate::input::{Article, EntityKind, Input};
use crate::time::Zone;
use crate::{Diagnostic, Place};

/// The place of an entity among the site's entities.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct EntityIndex(pub usize);

/// Somebody or something that events name.
#[derive(Debug, Clone)]
pub struct Entity {
    /// Person, organization, place or topic.
    pub kind: EntityKind,
    /// Unique within its kind; the last part of its address.
    pub id: String,
    /// What it is called.
    pub name: String,
    /// Its page.
    pub address: Address,
    /// The article about it, if there is one.
    pub article: Option<usize>,
    /// The events that name it, in order of time.
    pub events: Vec<EventIndex>,
}

impl Entity {
    /// What its page's front matter says, if it has a page.
    #[must_use]
    pub fn keys<'a>(&self, site: &'a Site) -> Option<&'a EntityKeys> {
        match &site.article(self.article?).kind {
            Kind::Entity(_, keys) => Some(keys),
            _ => None,
        }
    }
}

/// The entities while the site is made: names are looked up, and new ones begin.
pub(super) struct Directory {
    entities: Vec<Entity>,
    zones: Vec<Option<Zone>>,
    by_name: HashMap<(EntityKind, String), usize>,
    /// Names as they are written: most are met many times, and need no folding again.
    as_written: HashMap<EntityKind, HashMap<String, usize>>,
}

impl Directory {
    /// The entities that have pages of their own.
    pub fn new(input: &Input, diagnostics: &mut Vec<Diagnostic>) -> Self {
        let mut directory = Self {
            entities: Vec::new(),
            zones: Vec::new(),
            by_name: HashMap::new(),
            as_written: HashMap::new(),
        };
        for (index, article) in input.articles.iter().enumerate() {
            if let Kind::Entity(kind, keys) = &article.kind {
                directory.add_page(index, article, *kind, keys, diagnostics);
            }
        }
        directory
    }

    /// The entities that an event names, in the order in which it names them.
    pub fn find(&mut self, kind: EntityKind, names: &Names) -> Vec<usize> {
        let mut found = Vec::with_capacity(names.0.len());
        for name in &names.0 {
            let entity = self.find_one(kind, name.value.trim());
            found.extend(entity.filter(|entity| !found.contains(entity)));
        }
        found
    }

    /// The zone of a place.
    pub fn zone(&self, place: usize) -> Option<Zone> {
        self.zones[place]
    }

    /// Puts the entities into the site, sorted, with their events.
    pub fn settle(self, site: &mut Site) {
        let mut order: Vec<usize> = (0..self.entities.len()).collect();
        order.sort_by_cached_key(|entity| {
            let entity = &self.entities[*entity];
            (entity.kind, folded(&entity.name), entity.id.clone())
        });
        let mut rank = vec![0; order.len()];
        for (place, entity) in order.iter().enumerate() {
            rank[*entity] = place;
        }
        let mut entities: Vec<(usize, Entity)> =
            self.entities.into_iter().enumerate().map(|(entity, value)| (rank[entity], value)).collect();
        entities.sort_by_key(|(place, _)| *place);
        site.entities = entities.into_iter().map(|(_, entity)| entity).collect();
        for (index, event) in site.events.iter_mut().enumerate() {
            for entity in event.entities.iter_mut().flatten() {
                entity.0 = rank[entity.0];
                site.entities[entity.0].events.push(EventIndex(index));
            }
        }
        if site.timelines.len() > 1 {
            for entity in &mut site.entities {
                entity.events.sort_by_cached_key(|event| (site.events[event.0].date.order(), *event));
            }
        }
        site.by_name =
            self.by_name.into_iter().map(|(key, entity)| (key, EntityIndex(rank[entity]))).collect();
    }

    fn find_one(&mut self, kind: EntityKind, name: &str) -> Option<usize> {
        let as_written = self.as_written.entry(kind).or_default();
        if let Some(entity) = as_written.get(name) {
            return Some(*entity);
        }
        let key = (kind, folded(name));
        let entity = match self.by_name.get(&key) {
            Some(entity) => *entity,
            None => self.begin(key, name)?,
        };
        self.as_written.entry(kind).or_default().insert(name.to_string(), entity);
        Some(entity)
    }

    /// A new entity of a name that is met for the first time; `None` for a name without a letter.
    fn begin(&mut self, (kind, key): (EntityKind, String), name: &str) -> Option<usize> {
        let id = segment(name);
        // Another spelling may give the same id, as «A. Silva» and «A Silva».
        if let Some(entity) = self.by_name.get(&(kind, id.clone())) {
            let entity = *entity;
            self.by_name.insert((kind, key), entity);
            return Some(entity);
        }
        let address = Address::from_names([kind.folder(), &id], true)?;
        let entity = self.push(
            Entity {
                kind,
                id: id.clone(),
                name: name.to_string(),
                address,
                article: None,
                events: Vec::new(),
            },
            None,
        );
        self.by_name.insert((kind, key), entity);
        self.by_name.insert((kind, id), entity);
        Some(entity)
    }

    fn push(&mut self, entity: Entity, zone: Option<Zone>) -> usize {
        self.entities.push(entity);
        self.zones.push(zone);
        self.entities.len() - 1
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
        let Some((id, stem)) = page_id(article, kind) else {
            diagnostics.push(no_entity(article, kind));
            return;
        };
        let Some(address) = Address::from_names([kind.folder(), &id], true) else { return };
        let title = keys.title.trim();
        let name = if title.is_empty() { stem } else { title.to_string() };
        let entity = Entity {
            kind,
            id: id.clone(),
            name: name.clone(),
            address,
            article: Some(index),
            events: Vec::new(),
        };
        let entity = self.push(entity, keys.timezone);
        let names = std::iter::once(&id).chain([&name]).chain(&keys.also);
        for key in names.map(|name| folded(name)) {
            match self.by_name.insert((kind, key.clone()), entity) {
                Some(other) if other != entity => {
                    let other = self.entities[other].clone();
                    diagnostics.push(two_of_a_name(&key, article, &other));
                }
                _ => {}
            }
        }
    }
}

/// The id of an entity's page and its file's name: `people/kim.md` and `people/kim/index.md` are both `kim`.
fn page_id(article: &Article, kind: EntityKind) -> Option<(String, String)> {
    let inner = article.path.strip_prefix("content").ok()?.strip_prefix(kind.folder()).ok()?;
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
