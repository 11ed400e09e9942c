//! The words that a language's calendar has by itself, from Unicode's data: months, weekdays, whole dates, times, cities.

use icu_calendar::{Date, Gregorian};
use icu_datetime::fieldsets::enums::DateFieldSet;
use icu_datetime::fieldsets::zone::ExemplarCity;
use icu_datetime::fieldsets::{D, E, M, MD, T, Y, YM, YMD, YMDE};
use icu_datetime::input::{Time, TimeZone};
use icu_datetime::pattern::{DateTimePattern, FixedCalendarDateTimeNames};
use icu_datetime::{DateTimeFormatterPreferences, FixedCalendarDateTimeFormatter, NoCalendarFormatter};
use icu_locale_core::Locale;
use writeable::TryWriteable as _;

use super::super::day::Day;
use super::super::instant::LocalTime;
use super::super::zone::Zone;

/// One language's calendar, Gregorian whatever the language is used to.
#[derive(Debug)]
pub(super) struct Calendar {
    full: Patterns,
    date: Patterns,
    month_of_year: Patterns,
    year: Patterns,
    names: Names,
    minutes: NoCalendarFormatter<T>,
    seconds: NoCalendarFormatter<T>,
    city: NoCalendarFormatter<ExemplarCity>,
}

/// What is said again and again, in its words.
#[derive(Debug)]
struct Names {
    /// «janeiro», standing alone, and so on.
    months: Vec<String>,
    /// «segunda-feira» and so on.
    weekdays: Vec<String>,
    /// What stands before and after the number of a day of each month.
    around_day: Vec<(String, String)>,
}

/// A way of writing dates whose years need no era, and one for those that do.
#[derive(Debug)]
struct Patterns {
    plain: Pattern,
    with_era: Pattern,
}

/// A pattern with the names that it needs; one pattern's months may stand in another case than another's.
#[derive(Debug)]
struct Pattern {
    pattern: DateTimePattern,
    names: FixedCalendarDateTimeNames<Gregorian, DateFieldSet>,
}

/// From this year on, Unicode's data write no era.
const FIRST_YEAR_WITHOUT_ERA: i64 = 1000;
/// The farthest year that Unicode's calendar takes.
const FARTHEST_YEAR: i64 = 9999;

/// The pattern by which a field set writes a date.
macro_rules! patterns {
    ($preferences:expr, $fields:expr) => {{
        let formatter = FixedCalendarDateTimeFormatter::<Gregorian, _>::try_new($preferences, $fields)
            .expect("the data of every language are compiled in");
        Patterns {
            plain: Pattern::new($preferences, &formatter.format(&sample(2023)).pattern()),
            with_era: Pattern::new($preferences, &formatter.format(&sample(-43)).pattern()),
        }
    }};
}

impl Calendar {
    /// The calendar of a language; of English where Unicode has no data for it.
    pub fn new(language: &str) -> Self {
        let calendar = Self::of(language);
        // Unicode's root data number the months: M09.
        if calendar.month_name(9).starts_with("M0") { Self::of("en") } else { calendar }
    }

    fn of(language: &str) -> Self {
        let locale: Locale = language.parse().unwrap_or(Locale::UNKNOWN);
        let to = || DateTimeFormatterPreferences::from(&locale);
        let loaded = "the data of every language are compiled in";
        Self {
            full: patterns!(to(), YMDE::long()),
            date: patterns!(to(), YMD::long()),
            month_of_year: patterns!(to(), YM::long()),
            year: patterns!(to(), Y::long()),
            names: Names {
                months: months(&patterns!(to(), M::long())),
                weekdays: weekdays(&patterns!(to(), E::long())),
                around_day: around_day(&patterns!(to(), MD::long()), &patterns!(to(), D::long())),
            },
            minutes: NoCalendarFormatter::try_new(to(), T::hm()).expect(loaded),
            seconds: NoCalendarFormatter::try_new(to(), T::hms()).expect(loaded),
            city: NoCalendarFormatter::try_new(to(), ExemplarCity).expect(loaded),
        }
    }

    /// «sexta-feira, 15 de setembro de 2023»; `None` for a year beyond four digits, here as in the next three.
    pub fn full_date(&self, day: Day) -> Option<String> {
        self.full.write(day)
    }

    /// «15 de setembro de 2023».
    pub fn date(&self, day: Day) -> Option<String> {
        self.date.write(day)
    }

    /// «setembro de 2023».
    pub fn month_of_year(&self, year: i64, month: u8) -> Option<String> {
        self.month_of_year.write(Day { year, month, day: 1 })
    }

    /// «2023».
    pub fn year(&self, year: i64) -> Option<String> {
        self.year.write(Day { year, month: 1, day: 1 })
    }

    /// «setembro», standing alone; nothing for what is no month, as a season.
    pub fn month_name(&self, month: u8) -> &str {
        self.names.months.get(usize::from(month).wrapping_sub(1)).map_or("", String::as_str)
    }

    /// «15 de setembro», with `number` in the place of the day: in Russian «12–17 сентября».
    pub fn day_of_month(&self, number: &str, month: u8) -> String {
        let around = self.names.around_day.get(usize::from(month).wrapping_sub(1));
        around.map(|(before, after)| [before, number, after].concat()).unwrap_or_default()
    }

    /// «sexta-feira».
    pub fn weekday_name(&self, day: Day) -> &str {
        &self.names.weekdays[usize::from(day.weekday()) - 1]
    }

    /// «13:05», with seconds where they are wanted.
    pub fn time(&self, time: LocalTime, seconds: bool) -> String {
        let Ok(written) = Time::try_new(time.hour, time.minute, time.second, 0) else { return String::new() };
        if seconds {
            self.seconds.format(&written).to_string()
        } else {
            self.minutes.format(&written).to_string()
        }
    }

    /// The city of a zone in the language: «São Paulo», «Moscou».
    pub fn city(&self, zone: Zone) -> String {
        let known = TimeZone::from_iana_id(zone.name());
        if zone == Zone::UTC || known == TimeZone::UNKNOWN || zone.name().starts_with("Etc/") {
            return zone.city();
        }
        self.city.format(&known.without_offset()).to_string()
    }
}

fn months(patterns: &Patterns) -> Vec<String> {
    (1..=12).map(|month| patterns.write(Day { year: 2000, month, day: 1 }).unwrap_or_default()).collect()
}

/// From Monday to Sunday.
fn weekdays(patterns: &Patterns) -> Vec<String> {
    // 3 January 2000 was a Monday.
    (3..=9).map(|day| patterns.write(Day { year: 2000, month: 1, day }).unwrap_or_default()).collect()
}

fn around_day(day_of_month: &Patterns, number_of_day: &Patterns) -> Vec<(String, String)> {
    let around = |month| {
        let sample = Day { year: 2000, month, day: 28 };
        let written = day_of_month.write(sample).unwrap_or_default();
        let digits = number_of_day.write(sample).unwrap_or_default();
        let digits = digits.trim_matches(|c: char| !c.is_numeric());
        match written.split_once(digits) {
            Some((before, after)) => (before.to_string(), after.to_string()),
            None => (written, String::new()),
        }
    };
    (1..=12).map(around).collect()
}

impl Patterns {
    fn write(&self, day: Day) -> Option<String> {
        if day.year.abs() > FARTHEST_YEAR {
            return None;
        }
        let year = i32::try_from(day.year).ok()?;
        let date = Date::try_new_gregorian(year, day.month, day.day).ok()?;
        let pattern = if day.year < FIRST_YEAR_WITHOUT_ERA { &self.with_era } else { &self.plain };
        pattern.write(&date)
    }
}

impl Pattern {
    fn new(preferences: DateTimeFormatterPreferences, found: &DateTimePattern) -> Self {
        let loaded = "the data of every language are compiled in";
        let pattern = mended(&found.to_string());
        let mut names = FixedCalendarDateTimeNames::try_new(preferences).expect(loaded);
        names.include_for_pattern(&pattern).expect(loaded);
        Self { pattern, names }
    }

    fn write(&self, date: &Date<Gregorian>) -> Option<String> {
        let written = self.names.with_pattern_unchecked(&self.pattern).format(date);
        written.try_write_to_string().ok().map(Into::into)
    }
}

fn sample(year: i32) -> Date<Gregorian> {
    Date::try_new_gregorian(year, 9, 15).expect("a day of September")
}

/// The pattern, with the year's field in the place of a `Y` that stands for it.
///
/// In version 2.4 of the data some patterns with an era have the year as a quoted letter: Portuguese `MMMM 'de Y' GGG`,
/// German `d MMMM 'Y' GGG`; the year could not be written at all.
fn mended(pattern: &str) -> DateTimePattern {
    let mut quoted = false;
    let mut mended = String::new();
    let letters: Vec<char> = pattern.chars().collect();
    for (at, letter) in letters.iter().enumerate() {
        let alone = |index: Option<usize>| {
            index.and_then(|index| letters.get(index)).is_none_or(|c| !c.is_alphabetic())
        };
        quoted ^= *letter == '\'';
        match letter {
            'Y' if quoted && alone(at.checked_sub(1)) && alone(Some(at + 1)) => mended.push_str("'y'"),
            letter => mended.push(*letter),
        }
    }
    // Two quotes without text between them would be an apostrophe.
    let mended = if mended == pattern { mended } else { mended.replace("''", "") };
    DateTimePattern::try_from_pattern_str(&mended).expect("a pattern with another letter is a pattern")
}

#[cfg(test)]
mod tests {
    use super::{Calendar, Day, Zone};

    /// What `Intl.DateTimeFormat` of Node 20 says for 15 September 2023: full date, long date, month and year.
    #[test]
    fn dates_are_those_of_other_unicode_readers() {
        let cases = [
            ("pt-BR", "sexta-feira, 15 de setembro de 2023", "15 de setembro de 2023", "setembro de 2023"),
            ("en", "Friday, September 15, 2023", "September 15, 2023", "September 2023"),
            ("es", "viernes, 15 de septiembre de 2023", "15 de septiembre de 2023", "septiembre de 2023"),
            ("ru", "пятница, 15 сентября 2023 г.", "15 сентября 2023 г.", "сентябрь 2023 г."),
            ("ar-EG", "الجمعة، ١٥ سبتمبر ٢٠٢٣", "١٥ سبتمبر ٢٠٢٣", "سبتمبر ٢٠٢٣"),
            ("ja", "2023年9月15日金曜日", "2023年9月15日", "2023年9月"),
        ];
        let day = Day::new(2023, 9, 15).unwrap();
        for (language, full, date, month) in cases {
            let calendar = Calendar::new(language);
            let written = [calendar.full_date(day), calendar.date(day), calendar.month_of_year(2023, 9)];
            // The spaces before «г.» differ between versions of the data.
            let written = written.map(|text| text.map(|text| text.replace(['\u{a0}', '\u{202f}'], " ")));
            assert_eq!(written, [full, date, month].map(|text| Some(text.to_string())), "{language}");
        }
    }

    #[test]
    fn the_calendar_is_gregorian_and_the_era_is_written_where_it_is_needed() {
        let fa = Calendar::new("fa");
        assert_eq!(fa.month_of_year(2023, 9).as_deref(), Some("سپتامبر ۲۰۲۳"));
        let before = Day::new(-43, 3, 15).unwrap();
        assert_eq!(Calendar::new("pt").month_of_year(-43, 3).as_deref(), Some("março de 44 a.C."));
        assert_eq!(Calendar::new("de").full_date(before).as_deref(), Some("15 März 44 v. Chr., Freitag"));
        assert_eq!(Calendar::new("en").year(12_000), None);
    }

    #[test]
    fn a_day_may_be_a_range_in_the_case_that_its_month_wants() {
        assert_eq!(Calendar::new("ru").day_of_month("12–17", 9), "12–17 сентября");
        assert_eq!(Calendar::new("ja").day_of_month("12～17", 9), "9月12～17日");
    }

    #[test]
    fn cities_are_written_as_the_language_writes_them() {
        let city = |language: &str, zone: &str| Calendar::new(language).city(Zone::parse(zone).unwrap());
        assert_eq!(city("pt-BR", "America/Sao_Paulo"), "São Paulo");
        assert_eq!(city("pt-BR", "Europe/Moscow"), "Moscou");
        assert_eq!(city("es", "UTC"), "UTC");
    }

    #[test]
    fn what_is_no_month_has_no_name() {
        let calendar = Calendar::new("pt-BR");
        assert_eq!(
            (calendar.month_name(12), calendar.month_name(21), calendar.month_name(0)),
            ("dezembro", "", "")
        );
        assert_eq!(calendar.day_of_month("15", 21), "");
    }

    #[test]
    fn a_language_without_data_is_written_in_english() {
        assert_eq!(Calendar::new("tlh").month_of_year(2023, 9).as_deref(), Some("September 2023"));
    }
}
