//! A time zone by its IANA name: the offset of its clocks at an instant, and the instant of a reading of its clocks.

use std::fmt;

use chrono::{DateTime, NaiveDateTime, Offset as _, TimeZone as _};
use chrono_tz::{TZ_VARIANTS, Tz};

use super::instant::Instant;

/// A zone of the IANA database, which comes with the program and never from the machine.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Zone(Tz);

/// Why a text is no zone.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ZoneError {
    /// What is wrong, in one sentence without a full stop.
    pub message: String,
    /// What to write instead.
    pub help: String,
}

/// What a reading of a zone's clocks means.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Reading {
    /// One instant.
    Once(Instant),
    /// None: the clocks leapt over it. The instant is that of the reading moved forward by the leap.
    Leapt(Instant),
    /// Two, the earlier first.
    Twice(Instant, Instant),
}

impl Zone {
    /// Coordinated Universal Time.
    pub const UTC: Self = Self(Tz::UTC);

    /// Reads an IANA name such as `America/Sao_Paulo`.
    ///
    /// # Errors
    ///
    /// An offset, an abbreviation, or a name that the database lacks, each with a help.
    pub fn parse(name: &str) -> Result<Self, ZoneError> {
        if name == "UTC" || name == "Etc/UTC" {
            return Ok(Self::UTC);
        }
        match name.parse::<Tz>() {
            Ok(zone) if name.contains('/') => Ok(Self(zone)),
            _ => Err(ZoneError::new(name)),
        }
    }

    /// The IANA name.
    #[must_use]
    pub fn name(&self) -> &'static str {
        self.0.name()
    }

    pub(super) fn tz(&self) -> Tz {
        self.0
    }

    /// The last part of the name, as a city is written in English: `Sao Paulo`.
    #[must_use]
    pub fn city(&self) -> String {
        self.name().rsplit('/').next().unwrap_or_default().replace('_', " ")
    }

    /// Seconds east of UTC at an instant; far past or future instants have the offset of the database's ends.
    pub(super) fn offset_at(self, instant: Instant) -> i32 {
        let seconds = instant.seconds().clamp(FIRST_SECOND, LAST_SECOND);
        let moment = DateTime::from_timestamp(seconds, 0).expect("the range is within chrono's").naive_utc();
        self.0.offset_from_utc_datetime(&moment).fix().local_minus_utc()
    }

    /// The instant at which the clocks show so many seconds since 1970-01-01T00:00:00 of their own.
    pub(super) fn read(self, local_seconds: i64) -> Reading {
        let instant = |offset: i32| Instant::from_seconds(local_seconds - i64::from(offset));
        let Some(local) = naive(local_seconds) else {
            return Reading::Once(instant(self.offset_at(Instant::from_seconds(local_seconds))));
        };
        match self.0.offset_from_local_datetime(&local) {
            chrono::LocalResult::Single(offset) => Reading::Once(instant(offset.fix().local_minus_utc())),
            chrono::LocalResult::Ambiguous(one, other) => {
                let (one, other) =
                    (instant(one.fix().local_minus_utc()), instant(other.fix().local_minus_utc()));
                Reading::Twice(one.min(other), one.max(other))
            }
            chrono::LocalResult::None => {
                let before = self.offset_at(Instant::from_seconds(local_seconds - 2 * ONE_DAY));
                Reading::Leapt(instant(before))
            }
        }
    }
}

const ONE_DAY: i64 = 86_400;
/// The years −200,000 and 200,000: beyond them no zone is known to change.
const FIRST_SECOND: i64 = -6_373_500_000_000;
const LAST_SECOND: i64 = 6_249_000_000_000;

fn naive(seconds: i64) -> Option<NaiveDateTime> {
    let known = (FIRST_SECOND..=LAST_SECOND).contains(&seconds);
    DateTime::from_timestamp(seconds, 0).filter(|_| known).map(|moment| moment.naive_utc())
}

impl fmt::Display for Zone {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

impl ZoneError {
    fn new(name: &str) -> Self {
        let offset = name.starts_with(['+', '-']) || name.starts_with("UTC") || name.starts_with("GMT");
        let (message, help) = if name.is_empty() {
            ("a time zone is empty".to_string(), "write an IANA name, as `America/Sao_Paulo`".to_string())
        } else if offset || name == "Z" {
            (format!("«{name}» is an offset, not a time zone"), help_for_offset())
        } else if let Some((known, place)) = abbreviation(name) {
            (format!("«{name}» is an abbreviation, not a time zone"), format!("{place}, write `{known}`"))
        } else if !name.contains('/') && name.len() <= 5 && name.chars().all(|c| c.is_ascii_uppercase()) {
            let help = "an abbreviation means several zones; write an IANA name, as `America/Sao_Paulo`";
            (format!("«{name}» is an abbreviation, not a time zone"), help.to_string())
        } else {
            (format!("there is no time zone «{name}»"), format!("did you mean `{}`?", nearest(name)))
        };
        Self { message, help }
    }
}

impl fmt::Display for ZoneError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}; {}", self.message, self.help)
    }
}

impl std::error::Error for ZoneError {}

fn help_for_offset() -> String {
    "a zone knows when its clocks change; write an IANA name, as `America/Sao_Paulo`, and an offset in the date itself, \
     as 2023-09-13T13:00+09:00"
        .to_string()
}

/// A zone for an abbreviation that newsrooms write, with when it is meant.
fn abbreviation(name: &str) -> Option<(&'static str, &'static str)> {
    Some(match name {
        "BRT" | "BRST" => ("America/Sao_Paulo", "for Brasília's time"),
        "MSK" => ("Europe/Moscow", "for Moscow's time"),
        "KST" => ("Asia/Seoul", "for Korea's time"),
        "JST" => ("Asia/Tokyo", "for Japan's time"),
        "CET" | "CEST" => ("Europe/Madrid", "for central European time"),
        "WET" | "WEST" => ("Europe/Lisbon", "for Lisbon's time"),
        "BST" => ("Europe/London", "for London's time"),
        "EST" | "EDT" | "ET" => ("America/New_York", "for New York's time"),
        "CST" | "CDT" | "CT" => ("America/Chicago", "for Chicago's time"),
        "MST" | "MDT" => ("America/Denver", "for Denver's time"),
        "PST" | "PDT" | "PT" => ("America/Los_Angeles", "for California's time"),
        "ART" => ("America/Argentina/Buenos_Aires", "for Argentina's time"),
        "VLAT" => ("Asia/Vladivostok", "for Vladivostok's time"),
        _ => return None,
    })
}

/// The name in the database that is most like `name`, its last part counting as much as the whole.
fn nearest(name: &str) -> &'static str {
    let wanted = name.to_lowercase().replace(' ', "_");
    let last = |name: &str| name.rsplit('/').next().unwrap_or_default().to_string();
    let likeness = |zone: &Tz| {
        let candidate = zone.name().to_lowercase();
        let whole = strsim::jaro_winkler(&wanted, &candidate);
        whole.max(strsim::normalized_levenshtein(&last(&wanted), &last(&candidate)))
    };
    let named = TZ_VARIANTS.iter().filter(|zone| zone.name().contains('/'));
    named.max_by(|one, other| likeness(one).total_cmp(&likeness(other))).map_or("UTC", |zone| zone.name())
}

#[cfg(test)]
mod tests {
    use super::{Instant, Reading, Zone};

    fn instant(text: &str) -> Instant {
        Instant::parse_rfc3339(text).unwrap()
    }

    fn read(zone: &str, local: &str) -> Reading {
        Zone::parse(zone).unwrap().read(instant(&format!("{local}Z")).seconds())
    }

    #[test]
    fn a_name_is_read_and_shown() {
        let zone = Zone::parse("America/Argentina/Buenos_Aires").unwrap();
        assert_eq!((zone.name(), zone.city().as_str()), ("America/Argentina/Buenos_Aires", "Buenos Aires"));
        assert_eq!(Zone::parse("UTC").unwrap(), Zone::UTC);
    }

    #[test]
    fn what_is_no_name_gets_a_help() {
        let error = |name: &str| Zone::parse(name).unwrap_err();
        assert_eq!(error("+03:00").message, "«+03:00» is an offset, not a time zone");
        assert_eq!(error("BRT").help, "for Brasília's time, write `America/Sao_Paulo`");
        assert_eq!(error("America/São_Paulo").help, "did you mean `America/Sao_Paulo`?");
        assert_eq!(error("Vladivostok").help, "did you mean `Asia/Vladivostok`?");
        assert_eq!(error("XYZT").message, "«XYZT» is an abbreviation, not a time zone");
        assert!(Zone::parse("").is_err() && Zone::parse("EST5EDT").is_err() && Zone::parse("Z").is_err());
    }

    #[test]
    fn a_reading_that_was_leapt_over_moves_forward() {
        assert_eq!(
            read("America/New_York", "2024-03-10T02:30:00"),
            Reading::Leapt(instant("2024-03-10T03:30:00-04:00"))
        );
        assert_eq!(
            read("America/Sao_Paulo", "2018-11-04T00:00:00"),
            Reading::Leapt(instant("2018-11-04T01:00:00-02:00"))
        );
    }

    #[test]
    fn a_reading_that_comes_twice_has_both_instants() {
        assert_eq!(
            read("America/New_York", "2024-11-03T01:30:00"),
            Reading::Twice(instant("2024-11-03T01:30:00-04:00"), instant("2024-11-03T01:30:00-05:00"))
        );
    }

    #[test]
    fn far_years_have_the_offset_of_the_ends() {
        let zone = Zone::parse("Asia/Tokyo").unwrap();
        let far = Instant::from_seconds(5_364_662_400_000_000);
        assert_eq!(zone.offset_at(far), 9 * 3600);
        assert_eq!(
            zone.read(5_364_662_400_000_000),
            Reading::Once(Instant::from_seconds(5_364_662_400_000_000 - 9 * 3600))
        );
    }
}
