//! The short words along an axis of time: what a tick says alone, and what it adds to the ticks before it.

use super::super::day::Day;
use super::super::instant::LocalTime;
use super::super::precision::Precision;
use super::Words;
use super::day_words::Form;

impl Words {
    /// «12 de setembro de 2023», without the weekday.
    #[must_use]
    pub fn axis_day(&self, day: Day) -> String {
        self.day(day, Form::Alone)
    }

    /// «13» after a day of the same month, «1º de outubro» after one of another.
    #[must_use]
    pub fn axis_next_day(&self, before: Day, day: Day) -> String {
        if (before.year, before.month) == (day.year, day.month) {
            self.day_number(day.day)
        } else {
            self.day_of_month(day.day, day.month, Form::Alone)
        }
    }

    /// «outubro» after a month of the same year; after one of another «outubro de 2024», and the year alone for its
    /// January.
    #[must_use]
    pub fn axis_next_month(&self, before: i64, year: i64, month: u8) -> String {
        match month {
            _ if before == year => self.calendar.month_name(month).to_string(),
            1 => self.year(year, Form::Alone),
            _ => self.month(year, month, Form::Alone),
        }
    }

    /// «13 de setembro de 2023, 13h».
    #[must_use]
    pub fn axis_time(&self, time: LocalTime) -> String {
        let date = self.day(time.date(), Form::Alone);
        let time = self.time_of(time, Precision::Minute);
        self.pattern("dates.date_time", &[("date", date), ("time", time)])
    }

    /// «14h» after a time of the same day; «14 de setembro» where a day begins.
    #[must_use]
    pub fn axis_next_time(&self, time: LocalTime) -> String {
        if (time.hour, time.minute) == (0, 0) {
            self.day_of_month(time.day, time.month, Form::Alone)
        } else {
            self.time_of(time, Precision::Minute)
        }
    }
}
