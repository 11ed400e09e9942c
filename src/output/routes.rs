//! Many routes in one piece of memory: texts go in one behind the other, and come out by their numbers. A text of its own for
//! each would take twice the memory, and what is allocated between pages keeps their memory from going back.

use rayon::prelude::ParallelSliceMut;
use serde::ser::SerializeStruct;
use serde::{Deserialize, Serialize, Serializer};

/// Routes, numbered from 0.
#[derive(Debug, Default, Clone, PartialEq, Eq, Deserialize)]
#[serde(try_from = "Parts")]
pub struct Routes {
    /// All of them without anything between.
    text: String,
    /// Where each of them ends.
    ends: Vec<usize>,
}

impl Routes {
    /// How many there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.ends.len()
    }

    /// Whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.ends.is_empty()
    }

    /// The route with a number.
    ///
    /// # Panics
    /// Where there is none.
    #[must_use]
    pub fn get(&self, at: usize) -> &str {
        let start = if at == 0 { 0 } else { self.ends[at - 1] };
        &self.text[start..self.ends[at]]
    }

    /// All of them, by their numbers.
    #[must_use]
    pub fn iter(&self) -> impl ExactSizeIterator<Item = &str> + DoubleEndedIterator + Clone {
        (0..self.len()).map(|at| self.get(at))
    }

    /// One more.
    pub fn push(&mut self, route: &str) {
        self.text.push_str(route);
        self.ends.push(self.text.len());
    }

    /// The numbers in the order of the routes, byte by byte.
    #[must_use]
    pub fn sorted(&self) -> Vec<usize> {
        let mut order: Vec<usize> = (0..self.len()).collect();
        order.par_sort_unstable_by_key(|at| self.get(*at));
        order
    }

    /// The same routes in another order.
    #[must_use]
    pub fn ordered(&self, order: &[usize]) -> Self {
        let mut ordered =
            Self { text: String::with_capacity(self.text.len()), ends: Vec::with_capacity(order.len()) };
        order.iter().for_each(|at| ordered.push(self.get(*at)));
        ordered
    }

    /// Where a route stands among routes in order; else where it would.
    ///
    /// # Errors
    /// Where it would stand.
    pub fn search(&self, route: &str) -> Result<usize, usize> {
        let at = self.first(|other| other < route);
        match at < self.len() && self.get(at) == route {
            true => Ok(at),
            false => Err(at),
        }
    }

    /// The number of the first route, among routes in order, that does not lie before a place.
    pub(super) fn first(&self, is_before: impl Fn(&str) -> bool) -> usize {
        let (mut from, mut to) = (0, self.len());
        while from < to {
            let middle = from + (to - from) / 2;
            match is_before(self.get(middle)) {
                true => from = middle + 1,
                false => to = middle,
            }
        }
        from
    }
}

/// What of routes is written down.
#[derive(Deserialize)]
struct Parts {
    text: String,
    lengths: Vec<usize>,
}

impl Serialize for Routes {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        struct Lengths<'a>(&'a Routes);
        impl Serialize for Lengths<'_> {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.collect_seq(self.0.iter().map(str::len))
            }
        }
        let mut parts = serializer.serialize_struct("Routes", 2)?;
        parts.serialize_field("text", &self.text)?;
        parts.serialize_field("lengths", &Lengths(self))?;
        parts.end()
    }
}

impl TryFrom<Parts> for Routes {
    type Error = &'static str;

    fn try_from(parts: Parts) -> Result<Self, Self::Error> {
        let mut end = 0_usize;
        let mut is_whole = true;
        let ends = parts.lengths.into_iter().map(|length| {
            end = end.saturating_add(length);
            is_whole &= parts.text.is_char_boundary(end);
            end
        });
        let ends: Vec<usize> = ends.collect();
        match is_whole && end == parts.text.len() {
            true => Ok(Self { text: parts.text, ends }),
            false => Err("the lengths of routes do not come to their text"),
        }
    }
}

impl<'a> FromIterator<&'a str> for Routes {
    fn from_iter<I: IntoIterator<Item = &'a str>>(routes: I) -> Self {
        let mut all = Self::default();
        routes.into_iter().for_each(|route| all.push(route));
        all
    }
}

#[cfg(test)]
mod tests {
    use super::Routes;

    #[test]
    fn come_out_as_they_went_in() {
        let routes: Routes = ["b/é.html", "", "a"].into_iter().collect();
        assert_eq!(routes.iter().collect::<Vec<_>>(), ["b/é.html", "", "a"]);
        assert_eq!(routes.sorted(), [1, 2, 0]);
        let ordered = routes.ordered(&routes.sorted());
        assert_eq!(ordered.iter().collect::<Vec<_>>(), ["", "a", "b/é.html"]);
        assert_eq!((ordered.search("a"), ordered.search("b")), (Ok(1), Err(2)));
        assert_eq!(Routes::default().search("a"), Err(0));
    }

    #[test]
    fn are_read_as_they_were_written_and_not_otherwise() {
        let routes: Routes = ["é", "b"].into_iter().collect();
        let written = serde_json::to_value(&routes).unwrap();
        assert_eq!(written, serde_json::json!({ "text": "éb", "lengths": [2, 1] }));
        assert_eq!(serde_json::from_value::<Routes>(written).unwrap(), routes);
        for lengths in [&[1, 2][..], &[2], &[2, 2], &[2, usize::MAX], &[]] {
            let wrong = serde_json::json!({ "text": "éb", "lengths": lengths });
            assert!(serde_json::from_value::<Routes>(wrong).is_err(), "{lengths:?}");
        }
    }
}
