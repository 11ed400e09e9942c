//! Dateline turns a folder of Markdown articles into a timeline: **read → plan → render → write**.
//!
//! 1. [`Input::read`](input::Input::read) takes what is on the disk: settings, front matter, the theme. The only reader.
//! 2. [`Site::new`](site::Site::new) makes the model of it, whole and immutable, with the address of every page.
//! 3. [`Renderer::render`](pages::Renderer::render) gives the bytes of one page: a function of the site and an address.
//! 4. [`Output`](output::Output) makes the disk agree. The only writer.
//!
//! Each stage is a function from values to a value. What an author got wrong is a [`Diagnostic`], and all of them
//! are told in one run; what the machine would not do is an [`Error`]. There is no clock but the one in
//! [`Options`](site::Options).

pub mod diagnostic;
mod error;

pub mod address;
pub mod media_type;
pub mod time;

mod svg;

pub mod map;

pub mod strip;

pub mod picture;

pub mod card_image;

pub mod markdown;

pub mod input;

pub mod site;

pub mod pages;

pub mod output;

pub mod network;

pub mod exchange;
#[cfg(feature = "publish")]
pub mod publish;

pub mod commands;

pub use diagnostic::{Diagnostic, Place, Severity};
pub use error::Error;
