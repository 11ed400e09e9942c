//! What «when» means: a written date becomes a place on a timeline's clock, with an order and words.
//!
//! ```text
//! text ── WrittenDate::parse ──> WrittenDate ── EventDate::place(zone, clock) ──> EventDate
//! EventDate ──> order(), period(), shape(), datetime(), gap_to()      and in a language: Words::date()
//! ```
//!
//! Everything here is a function of its arguments: the zones come with the program, and neither the machine's clock nor
//! its zone nor its locale is asked.

mod clock;
mod clock_change;
mod day;
mod event_date;
mod gap;
mod guess;
mod guess_words;
mod instant;
mod mistake;
mod order;
mod period;
mod precision;
mod shape;
mod simple;
mod transitions;
mod words;
mod written;
mod zone;

pub use clock_change::ClockChange;
pub use day::Day;
pub use event_date::{Bound, EventDate};
pub use gap::{Gap, GapUnit, gaps_worth_words};
pub use instant::{Instant, LocalTime};
pub use mistake::DateError;
pub use order::DateOrder;
pub use period::Period;
pub use precision::{Certainty, Precision};
pub use shape::DateShape;
pub use simple::{AxisDate, CalendarDate};
pub use transitions::Transition;
pub use words::{Quotes, RangeWords, Weekdays, Words, WrongWeekday, direction_of};
pub use written::WrittenDate;
pub use zone::{Zone, ZoneError};
