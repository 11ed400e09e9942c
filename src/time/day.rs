//! A day of the calendar: proleptic Gregorian, astronomical years, of any size; it knows no zone and no clock.

use std::fmt;

/// A day as people count them, of whatever year an EDTF text can name (year 0 is 1 BC).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Day {
    /// The astronomical year: −43 is 44 BC.
    pub year: i64,
    /// 1 to 12.
    pub month: u8,
    /// 1 to 31.
    pub day: u8,
}

/// Days in 400 years, after which the Gregorian calendar repeats itself.
const DAYS_OF_400_YEARS: i64 = 146_097;
/// 1 January 1970, counted from 1 March of the year 0.
const EPOCH: i64 = 719_468;

impl Day {
    /// A day of the calendar; `None` for 30 February and the like.
    #[must_use]
    pub fn new(year: i64, month: u8, day: u8) -> Option<Self> {
        let real = (1..=12).contains(&month) && (1..=last_day_of(year, month)).contains(&day);
        real.then_some(Self { year, month, day })
    }

    /// Days since 1 January 1970.
    #[must_use]
    pub fn number(self) -> i64 {
        // Years are counted from March, so that the leap day is a year's last one.
        let year = self.year - i64::from(self.month <= 2);
        let month = (i64::from(self.month) + 9) % 12;
        let day_of_year = (153 * month + 2) / 5 + i64::from(self.day) - 1;
        let year_of_cycle = year.rem_euclid(400);
        let day_of_cycle = year_of_cycle * 365 + year_of_cycle / 4 - year_of_cycle / 100 + day_of_year;
        year.div_euclid(400) * DAYS_OF_400_YEARS + day_of_cycle - EPOCH
    }

    /// The day that is so many days after 1 January 1970.
    #[must_use]
    pub fn from_number(number: i64) -> Self {
        let shifted = number + EPOCH;
        let day_of_cycle = shifted.rem_euclid(DAYS_OF_400_YEARS);
        let year_of_cycle =
            (day_of_cycle - day_of_cycle / 1460 + day_of_cycle / 36_524 - day_of_cycle / 146_096) / 365;
        let day_of_year = day_of_cycle - (365 * year_of_cycle + year_of_cycle / 4 - year_of_cycle / 100);
        let month_from_march = (5 * day_of_year + 2) / 153;
        let day = day_of_year - (153 * month_from_march + 2) / 5 + 1;
        let month = if month_from_march < 10 { month_from_march + 3 } else { month_from_march - 9 };
        let year =
            shifted.div_euclid(DAYS_OF_400_YEARS) * 400 + year_of_cycle + i64::from(month_from_march >= 10);
        Self { year, month: small(month), day: small(day) }
    }

    /// The day after.
    #[must_use]
    pub fn next(self) -> Self {
        Self::from_number(self.number() + 1)
    }

    /// 1 for Monday to 7 for Sunday.
    #[must_use]
    pub fn weekday(self) -> u8 {
        small((self.number() + 3).rem_euclid(7) + 1)
    }

    /// Whole calendar months from here to `later`; negative where that is earlier.
    pub(super) fn months_to(self, later: Self) -> i64 {
        if later < self {
            return -later.months_to(self);
        }
        let months = (later.year - self.year) * 12 + i64::from(later.month) - i64::from(self.month);
        let last = later.day == last_day_of(later.year, later.month);
        months - i64::from(later.day < self.day && !last)
    }
}

impl fmt::Display for Day {
    /// As ISO 8601 writes it; a year beyond four digits keeps its sign, as `+12000-01-01`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write_year(f, self.year)?;
        let mut rest = *b"-00-00";
        for (at, number) in [(1, self.month), (4, self.day)] {
            rest[at..at + 2].copy_from_slice(&digits::<2>(number.into()));
        }
        f.write_str(ascii(&rest))
    }
}

/// The year in at least four digits, with a sign where ISO 8601 wants one.
pub(super) fn write_year(f: &mut impl fmt::Write, year: i64) -> fmt::Result {
    let sign = match year {
        ..0 => "-",
        0..=9999 => return f.write_str(ascii(&digits::<4>(year.unsigned_abs()))),
        _ => "+",
    };
    write!(f, "{sign}{:04}", year.unsigned_abs())
}

/// The last digits of a number, with zeros before it.
pub(super) fn digits<const N: usize>(mut number: u64) -> [u8; N] {
    let mut digits = [b'0'; N];
    for digit in digits.iter_mut().rev() {
        *digit += u8::try_from(number % 10).expect("a digit is a small number");
        number /= 10;
    }
    digits
}

/// Digits and signs as text.
pub(super) fn ascii(bytes: &[u8]) -> &str {
    std::str::from_utf8(bytes).expect("digits are ASCII")
}

/// The number of days of a month.
pub(super) fn last_day_of(year: i64, month: u8) -> u8 {
    let leap = year.rem_euclid(4) == 0 && (year.rem_euclid(100) != 0 || year.rem_euclid(400) == 0);
    match month {
        2 if leap => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

fn small(number: i64) -> u8 {
    u8::try_from(number).expect("a month, a day of the month or a weekday is below 256")
}

#[cfg(test)]
mod tests {
    use super::{Day, last_day_of};

    #[test]
    fn days_are_counted_as_chrono_counts_them() {
        use chrono::{Datelike, NaiveDate};
        let epoch = NaiveDate::from_ymd_opt(1970, 1, 1).unwrap();
        let first = NaiveDate::from_ymd_opt(-801, 12, 30).unwrap();
        for date in first.iter_days().step_by(7).take(200_000) {
            let day = Day::new(
                i64::from(date.year()),
                date.month().try_into().unwrap(),
                date.day().try_into().unwrap(),
            )
            .unwrap();
            assert_eq!(day.number(), (date - epoch).num_days());
            assert_eq!(Day::from_number(day.number()), day);
            assert_eq!(u32::from(day.weekday()), date.weekday().number_from_monday());
        }
    }

    #[test]
    fn a_day_of_a_far_year_is_the_same_day_400_years_on() {
        let far = Day::new(170_000_000, 2, 29).unwrap();
        assert_eq!(Day::from_number(far.number()), far);
        assert_eq!(far.weekday(), Day::new(2000, 2, 29).unwrap().weekday());
        assert_eq!(far.next(), Day::new(170_000_000, 3, 1).unwrap());
    }

    #[test]
    fn days_that_the_calendar_lacks_are_none() {
        assert_eq!(Day::new(1900, 2, 29), None);
        assert_eq!(Day::new(2023, 13, 1), None);
        assert_eq!((last_day_of(2000, 2), last_day_of(-4, 2), last_day_of(-1, 2)), (29, 29, 28));
    }

    #[test]
    fn a_day_is_written_as_iso_writes_it() {
        assert_eq!(Day::new(-43, 3, 15).unwrap().to_string(), "-0043-03-15");
        assert_eq!(Day::new(12_000, 1, 1).unwrap().to_string(), "+12000-01-01");
    }

    #[test]
    fn months_are_whole_ones() {
        let day = |year, month, day| Day::new(year, month, day).unwrap();
        assert_eq!(day(2000, 7, 31).months_to(day(2023, 9, 12)), 23 * 12 + 1);
        assert_eq!(day(2000, 7, 1).months_to(day(2023, 9, 12)), 23 * 12 + 2);
        assert_eq!(day(2000, 1, 31).months_to(day(2000, 2, 29)), 1);
        assert_eq!(day(2001, 1, 1).months_to(day(2000, 1, 1)), -12);
    }
}
