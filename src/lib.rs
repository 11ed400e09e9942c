//! Dateline turns a folder of Markdown articles into a timeline: **read → plan → render → write**.

pub mod diagnostic;
mod error;

pub mod map;

pub mod markdown;

pub mod output;

pub use diagnostic::{Diagnostic, Place, Severity};
pub use error::Error;
