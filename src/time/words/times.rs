//! The words of a time of day: on a clock, with its place, and of an instant with its zone.

use super::super::event_date::EventDate;
use super::super::instant::{Instant, LocalTime};
use super::super::precision::Precision;
use super::super::zone::Zone;
use super::Words;
use super::day_words::Form;
use super::file::fill;

impl Words {
    /// «13h, hora de Vostochny (14h em Vladivostok)»: the time where it happened and on the timeline's clock, each with
    /// its own date where the two fall on different days. `None` without a time of day.
    ///
    /// Where both clocks show the same it is the time alone, with the place if one is given.
    #[must_use]
    pub fn local_time(&self, date: &EventDate, place: Option<&str>) -> Option<String> {
        let (local, clock) = (date.local_time()?, date.clock_time()?);
        let local_text = self.time_of(local, date.precision());
        if local.offset_seconds == clock.offset_seconds {
            return Some(match place {
                Some(place) => {
                    self.pattern("times.local", &[("time", local_text), ("place", place.to_string())])
                }
                None => local_text,
            });
        }
        let clock_text = self.time_of(clock, date.precision());
        let same_day = local.date() == clock.date();
        let dated = |time: LocalTime, text: String| {
            if same_day { text } else { self.time_on_day(time, text) }
        };
        let place = place.map_or_else(|| self.calendar.city(date.zone()), str::to_string);
        let local = self.pattern("times.local", &[("time", dated(local, local_text)), ("place", place)]);
        let city = self.calendar.city(date.clock());
        let values = [("local", local), ("clock", dated(clock, clock_text)), ("city", city)];
        Some(self.pattern("times.local_and_clock", &values))
    }

    /// «13h05», on the timeline's clock; `None` without a time of day.
    #[must_use]
    pub fn clock_time(&self, date: &EventDate) -> Option<String> {
        date.clock_time().map(|time| self.time_of(time, date.precision()))
    }

    /// «17 de setembro de 2023, 9h05 (hora de São Paulo)»: when an article was published, with the zone named.
    #[must_use]
    pub fn instant(&self, instant: Instant, zone: Zone) -> String {
        let local = instant.local(&zone);
        let values = [
            ("date", self.day(local.date(), Form::Alone)),
            ("time", self.time_of(local, Precision::Minute)),
            ("city", self.calendar.city(zone)),
        ];
        self.pattern(if zone == Zone::UTC { "times.instant_utc" } else { "times.instant" }, &values)
    }

    /// «São Paulo»: a zone's city as the language writes it.
    #[must_use]
    pub fn city(&self, zone: Zone) -> String {
        self.calendar.city(zone)
    }

    /// A time of day; seconds are written where they were written and are not zero.
    pub(super) fn time_of(&self, time: LocalTime, precision: Precision) -> String {
        let seconds = precision == Precision::Second && time.second > 0;
        if !self.native {
            return self.calendar.time(time, seconds);
        }
        let key = match (time.hour, time.minute, seconds) {
            (_, _, true) => "times.second",
            (12, 0, _) => "times.noon",
            (0, 0, _) => "times.midnight",
            (_, 0, _) => "times.hour",
            _ => "times.minute",
        };
        let half = if time.hour < 12 { "times.morning" } else { "times.afternoon" };
        let values = [
            ("hour", number(time.hour)),
            ("hour12", number((time.hour + 11) % 12 + 1)),
            ("minute", two_digits(time.minute)),
            ("second", two_digits(time.second)),
            ("half", self.file.get(half)),
        ];
        self.contractions.applied(fill(self.file.get(key), &values))
    }

    fn time_on_day(&self, time: LocalTime, text: String) -> String {
        let day = self.day_of_month(time.day, time.month, Form::Alone);
        self.pattern("times.on_day", &[("time", text), ("day", day)])
    }
}

/// The numbers of hours, minutes and seconds, two digits each: a list of thousands of events is not to allocate each of them.
const NUMBERS: &str = "000102030405060708091011121314151617181920212223242526272829\
                       303132333435363738394041424344454647484950515253545556575859";

fn two_digits(number: u8) -> &'static str {
    let at = 2 * usize::from(number);
    &NUMBERS[at..at + 2]
}

fn number(number: u8) -> &'static str {
    if number < 10 { &two_digits(number)[1..] } else { two_digits(number) }
}
