//! Why a file can't be shown as a picture, as a value with its words. Nothing here knows which file it is.

use std::fmt;

use super::MOST_PIXELS;

/// What is wrong with a picture file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fault {
    /// No format that browsers show.
    Unknown,
    /// The bytes are not what the format asks for.
    Broken(&'static str),
    /// More than [`MOST_PIXELS`].
    TooLarge {
        /// As the file claims.
        width: u32,
        /// As the file claims.
        height: u32,
    },
    /// A drawing that defines entities, which may grow without an end.
    Entities,
}

impl Fault {
    /// What to do.
    #[must_use]
    pub const fn help(&self) -> &'static str {
        match self {
            Self::Unknown => "save it as JPEG, PNG, WebP, AVIF, GIF or SVG",
            Self::Broken(_) => {
                "open it in an image program and save it again, or take it from where it came once more"
            }
            Self::TooLarge { .. } => {
                "scale it down: no screen shows more than some thousand pixels from side to side"
            }
            Self::Entities => "export it as plain SVG, without what only its drawing program reads",
        }
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Unknown => f.write_str("it is in no format that browsers show"),
            Self::Broken(why) => f.write_str(why),
            Self::TooLarge { width, height } => {
                write!(
                    f,
                    "it has {width} × {height} pixels, and {} million are the most",
                    MOST_PIXELS / 1_000_000
                )
            }
            Self::Entities => f.write_str("it defines entities, and a drawing here has none"),
        }
    }
}
