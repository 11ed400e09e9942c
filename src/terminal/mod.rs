//! Commands at a terminal: the arguments of each, what it prints, and its exit status. What they do is in the library.

pub mod build;
pub mod check;
pub mod export;
pub mod import;
pub mod init;
pub mod new;
#[cfg(feature = "publish")]
pub mod publish;
pub mod serve;
pub mod shells;

mod order;
mod progress;
mod report;
