//! The writer, one sentence of its promise a test: sites come in as routes and texts, what the folder holds after
//! each build is compared; nothing here looks into the writer.
#![allow(clippy::disallowed_methods, reason = "these tests look at the disk")]
#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod kill;
mod links;
mod property;
mod refused;
mod site;
mod switch;
