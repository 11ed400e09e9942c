//! Why a target would not do something: which sort of failure it is, a sentence for an editor, and what to mend.
//!
//! It never holds a credential, nor a request or an answer as it was.

use std::fmt;

use crate::Error;

/// A failure of a target.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// Which sort.
    pub kind: Kind,
    /// What happened, in one sentence without a full stop.
    pub message: String,
    /// What to do.
    pub help: Option<String>,
}

/// The sorts of failures, by what may be done about them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// It may work a moment later: a time-out, a line that broke off, 429, 5xx.
    Passing,
    /// A condition of a write was not met.
    Condition,
    /// It will not work until somebody mends something.
    Lasting,
    /// Somebody pressed Ctrl-C.
    Interrupted,
}

impl Fault {
    /// A failure that may pass.
    pub fn passing(message: impl Into<String>) -> Self {
        Self { kind: Kind::Passing, message: message.into(), help: None }
    }

    /// A failure that somebody must mend, and how.
    pub fn lasting(message: impl Into<String>, help: impl Into<String>) -> Self {
        Self { kind: Kind::Lasting, message: message.into(), help: Some(help.into()) }
    }

    /// A condition that was not met.
    pub fn condition() -> Self {
        let message = "the file at the target is another than expected".to_string();
        Self { kind: Kind::Condition, message, help: None }
    }

    /// Somebody pressed Ctrl-C.
    pub fn interrupted() -> Self {
        let help = Some("run the same command again: it goes on from here".to_string());
        Self { kind: Kind::Interrupted, message: "it was interrupted".to_string(), help }
    }

    /// The same with what was being done before it.
    #[must_use]
    pub fn while_doing(self, what: &str) -> Self {
        Self { message: format!("cannot {what}: {}", self.message), ..self }
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.help {
            None => f.write_str(&self.message),
            Some(help) => write!(f, "{}\n  help: {help}", self.message),
        }
    }
}

impl From<Error> for Fault {
    fn from(error: Error) -> Self {
        Self { kind: Kind::Lasting, message: error.to_string(), help: None }
    }
}

impl From<Fault> for Error {
    fn from(fault: Fault) -> Self {
        Self::Refused(fault.to_string())
    }
}
