//! A point of time to the second, of any year, with the reading of a clock that a zone gives it.

use std::fmt;

use chrono::{DateTime, TimeZone as _};

use serde::{Deserialize, Serialize};

use super::day::{Day, ascii, digits, write_year};
use super::zone::Zone;

/// Seconds since 1970-01-01T00:00:00Z, in the proleptic Gregorian calendar.
///
/// It reaches as far as EDTF years that newsrooms and archives could mean: beyond `Y17E7`, where `chrono` stops at
/// 262,000 years.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Instant(i64);

/// What a clock on the wall shows at an [`Instant`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct LocalTime {
    /// The astronomical year.
    pub year: i64,
    /// 1 to 12.
    pub month: u8,
    /// 1 to 31.
    pub day: u8,
    /// 0 to 23.
    pub hour: u8,
    /// 0 to 59.
    pub minute: u8,
    /// 0 to 59.
    pub second: u8,
    /// Seconds east of UTC.
    pub offset_seconds: i32,
}

/// Seconds of a day without a change of the clock.
pub(super) const SECONDS_OF_DAY: i64 = 86_400;

impl Instant {
    /// So many seconds after 1970-01-01T00:00:00Z.
    #[must_use]
    pub fn from_seconds(seconds: i64) -> Self {
        Self(seconds)
    }

    /// Seconds since 1970-01-01T00:00:00Z, negative before.
    #[must_use]
    pub fn seconds(self) -> i64 {
        self.0
    }

    /// Reads `2023-09-13T13:00:00+09:00`; parts of a second are dropped.
    ///
    /// # Errors
    ///
    /// A sentence that says what was expected.
    pub fn parse_rfc3339(text: &str) -> Result<Self, String> {
        DateTime::parse_from_rfc3339(text).map(Self::from_chrono).map_err(|_| {
            format!(
                "«{text}» is no instant: expected a date, a time and an offset, as 2023-09-13T13:00:00+09:00"
            )
        })
    }

    /// The same point of time in `chrono`, to the second.
    #[must_use]
    pub fn from_chrono<Z: chrono::TimeZone>(moment: DateTime<Z>) -> Self {
        Self(moment.timestamp())
    }

    /// The same point of time for `chrono`; `None` where that does not reach.
    #[must_use]
    pub fn to_chrono(self) -> Option<DateTime<chrono::Utc>> {
        chrono::Utc.timestamp_opt(self.0, 0).single()
    }

    /// In UTC, as `2023-09-13T04:00:00Z`.
    #[must_use]
    pub fn to_rfc3339(self) -> String {
        let mut text = String::with_capacity("2023-09-13T04:00:00Z".len());
        self.local(&Zone::UTC).write_to(&mut text).expect("a string takes everything");
        text.push('Z');
        text
    }

    /// What the clocks of a zone show.
    #[must_use]
    pub fn local(self, zone: &Zone) -> LocalTime {
        let offset_seconds = zone.offset_at(self);
        let seconds = self.0 + i64::from(offset_seconds);
        let Day { year, month, day } = Day::from_number(seconds.div_euclid(SECONDS_OF_DAY));
        let second_of_day = seconds.rem_euclid(SECONDS_OF_DAY);
        let part = |value: i64| u8::try_from(value).expect("hours, minutes and seconds are below 60");
        LocalTime {
            year,
            month,
            day,
            hour: part(second_of_day / 3600),
            minute: part(second_of_day / 60 % 60),
            second: part(second_of_day % 60),
            offset_seconds,
        }
    }
}

impl LocalTime {
    /// The day on which it falls.
    #[must_use]
    pub fn date(self) -> Day {
        Day { year: self.year, month: self.month, day: self.day }
    }

    /// Digit by digit, for it stands on every page: formatting takes ten times as long.
    fn write_to(self, to: &mut impl fmt::Write) -> fmt::Result {
        write_year(to, self.year)?;
        let mut rest = *b"-00-00T00:00:00";
        let Self { month, day, hour, minute, second, .. } = self;
        for (at, number) in [(1, month), (4, day), (7, hour), (10, minute), (13, second)] {
            rest[at..at + 2].copy_from_slice(&digits::<2>(number.into()));
        }
        to.write_str(ascii(&rest))
    }

    /// The offset as RFC 3339 and HTML write it, `Z` for none; `None` for the odd seconds of times before standard time.
    #[must_use]
    pub fn offset(self) -> Option<String> {
        let (hours, rest) = (self.offset_seconds.abs() / 3600, self.offset_seconds.abs() % 3600);
        let sign = if self.offset_seconds < 0 { '-' } else { '+' };
        match self.offset_seconds {
            0 => Some("Z".to_string()),
            _ if rest % 60 != 0 => None,
            _ => Some(format!("{sign}{hours:02}:{:02}", rest / 60)),
        }
    }
}

impl fmt::Display for LocalTime {
    /// `2023-09-13T13:00:00`, without the offset.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.write_to(f)
    }
}

#[cfg(test)]
mod tests {
    use super::{Instant, Zone};

    #[test]
    fn an_instant_reads_and_writes_rfc_3339() {
        let instant = Instant::parse_rfc3339("2023-09-13T13:00:00.25+09:00").unwrap();
        assert_eq!(instant.to_rfc3339(), "2023-09-13T04:00:00Z");
        assert!(Instant::parse_rfc3339("2023-09-13").unwrap_err().contains("2023-09-13T13:00:00+09:00"));
    }

    #[test]
    fn a_zone_reads_its_clock() {
        let instant = Instant::parse_rfc3339("2023-09-12T20:00:00Z").unwrap();
        let local = instant.local(&Zone::parse("Asia/Vladivostok").unwrap());
        assert_eq!(local.to_string(), "2023-09-13T06:00:00");
        assert_eq!(local.offset().as_deref(), Some("+10:00"));
    }

    #[test]
    fn an_offset_with_odd_seconds_has_no_text() {
        let local = Instant::from_seconds(-4_000_000_000).local(&Zone::parse("America/Sao_Paulo").unwrap());
        assert_eq!((local.offset_seconds, local.offset()), (-11_188, None));
    }
}
