//! From a finished build to a host: **compare → plan → send**. Knows no article and no template, only files.
//!
//! 1. [`Object`] is one file as it is to stand at a target: its place, digest, headers, and when it may be sent.
//! 2. [`Manifest`] is what Dateline has put at the target, kept there under a private name and written last.
//! 3. [`Plan::new`] compares the two. Pure: it decides what is sent, what is deleted, and what stays a while.
//! 4. [`sending::run`] carries a plan out, phase after phase; whatever fails stops all that would follow.
//!
//! A [`Target`] is one kind of host behind a few calls, with its abilities as data.

mod comparison;
mod compression;
mod fault;
mod headers;
mod journal;
mod lock;
mod manifest;
mod object;
mod plan;
mod retry;
pub mod sending;
mod target;
mod targets;

pub use comparison::Comparison;
pub use compression::{encode, is_worth_it as is_worth_packing};
pub use fault::{Fault, Kind as FaultKind};
pub use headers::host_file_faults;
pub use journal::Journal;
pub use lock::{Free, Holder, Lock};
pub use manifest::{Entry, Manifest};
pub use object::{Body, Encoding, Object, Role};
pub use plan::{Deletion, Limits, Plan, Refusal, Send, Why};
pub use retry::Patience;
pub use target::{Abilities, Condition, Listed, Target};
pub use targets::{Access, open};
