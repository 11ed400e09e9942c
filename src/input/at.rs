//! A value with its bytes in the file, for what only a later stage can check.
//!
//! serde's derived code asks for an [`At`] under a name of its own; the deserializer of a node answers with the place.

use std::fmt;
use std::marker::PhantomData;
use std::ops::Range;

use serde::Deserialize;
use serde::de::value::U32Deserializer;
use serde::de::{DeserializeSeed, Deserializer, IntoDeserializer, SeqAccess, Visitor};
use serde::ser::{Serialize, SerializeTupleStruct, Serializer};

use super::decode::Mistake;
use super::node::Node;

/// The name under which [`At`] asks for its place.
pub(super) const AT: &str = "$dateline_at";

/// A value that a later stage checks, with its bytes in the file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct At<T> {
    /// The value.
    pub value: T,
    start: u32,
    end: u32,
}

impl<T> At<T> {
    /// Where it is, in bytes of the whole file.
    #[must_use]
    pub fn range(&self) -> Range<usize> {
        self.start as usize..self.end as usize
    }
}

impl<'de, T: Deserialize<'de>> Deserialize<'de> for At<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_tuple_struct(AT, 3, AtVisitor(PhantomData))
    }
}

/// As it is read: the start, the end and the value.
impl<T: Serialize> Serialize for At<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut parts = serializer.serialize_tuple_struct(AT, 3)?;
        parts.serialize_field(&self.start)?;
        parts.serialize_field(&self.end)?;
        parts.serialize_field(&self.value)?;
        parts.end()
    }
}

struct AtVisitor<T>(PhantomData<T>);

impl<'de, T: Deserialize<'de>> Visitor<'de> for AtVisitor<T> {
    type Value = At<T>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a value with its place")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut parts: A) -> Result<At<T>, A::Error> {
        let mut missing = || serde::de::Error::custom("a value has a start, an end and itself");
        let start = parts.next_element()?.ok_or_else(&mut missing)?;
        let end = parts.next_element()?.ok_or_else(&mut missing)?;
        let value = parts.next_element()?.ok_or_else(&mut missing)?;
        Ok(At { value, start, end })
    }
}

/// The start, the end and the value of a node, one after the other.
pub(super) struct WithPlace<'de> {
    node: &'de Node,
    step: u8,
}

impl<'de> WithPlace<'de> {
    pub fn new(node: &'de Node) -> Self {
        Self { node, step: 0 }
    }
}

impl<'de> SeqAccess<'de> for WithPlace<'de> {
    type Error = Mistake;

    fn next_element_seed<T: DeserializeSeed<'de>>(&mut self, seed: T) -> Result<Option<T::Value>, Mistake> {
        self.step += 1;
        let number = |at: usize| u32::try_from(at).unwrap_or(u32::MAX).into_deserializer();
        match self.step {
            1 => seed.deserialize::<U32Deserializer<Mistake>>(number(self.node.range.start)),
            2 => seed.deserialize::<U32Deserializer<Mistake>>(number(self.node.range.end)),
            _ => seed.deserialize(self.node).map_err(|mistake| mistake.or_at(&self.node.range)),
        }
        .map(Some)
    }
}
