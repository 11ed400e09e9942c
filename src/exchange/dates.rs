//! Dates as other generators write them: a value of their front matter comes in, the day and the moment go out.

use toml::Value;

use crate::input::node::{self, Node};
use crate::time::WrittenDate;

/// A date of a blog's article: the day that an event is put on, and the moment of the publication.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Published {
    /// The day, or what is known of it.
    pub day: WrittenDate,
    /// The moment as `published` takes it; of a day alone, its beginning.
    pub moment: Option<Value>,
    /// Whether a time of day was written.
    pub has_time: bool,
}

impl Published {
    /// Reads a value; `None` for what is no date.
    pub(super) fn read(node: &Node) -> Option<Self> {
        match &node.value {
            node::Value::Datetime(datetime) => Self::parse(&datetime.to_string()),
            node::Value::Text(text) => Self::parse(text),
            node::Value::Integer(year @ 1000..=9999) => Self::parse(&year.to_string()),
            _ => None,
        }
    }

    /// Reads a text, as `2023-09-13 18:00:00 +0900`.
    pub(super) fn parse(text: &str) -> Option<Self> {
        let text = text.trim();
        let (day, rest) = text.split_at(text.find([' ', 'T', 't']).unwrap_or(text.len()));
        let rest = rest.trim_start_matches([' ', 'T', 't']).trim();
        let date = WrittenDate::parse(day).or_else(|_| WrittenDate::parse(&padded(day)?)).ok()?;
        let is_full = date.as_written().parse::<toml::value::Datetime>().is_ok_and(|day| day.date.is_some());
        if rest.is_empty() {
            let moment = is_full.then(|| moment(date.as_written(), "00:00:00", "")).flatten();
            return Some(Self { day: date, moment, has_time: false });
        }
        let (time, offset) = time_and_offset(rest)?;
        let moment = moment(date.as_written(), &time, &offset)?;
        Some(Self { day: date, moment: Some(moment), has_time: true })
    }
}

/// `2023-9-5` with its zeros.
fn padded(day: &str) -> Result<String, crate::time::DateError> {
    let parts: Vec<&str> = day.split(['-', '/']).collect();
    match parts.as_slice() {
        [year, month, day] if year.len() == 4 => Ok(format!("{year}-{month:0>2}-{day:0>2}")),
        _ => WrittenDate::parse(day).map(|date| date.as_written().to_string()),
    }
}

/// `18:00:00.250 +0900` as the time to the second and the offset with its colon.
fn time_and_offset(text: &str) -> Option<(String, String)> {
    let end = text.find(|c: char| !(c.is_ascii_digit() || c == ':' || c == '.')).unwrap_or(text.len());
    let (time, offset) = text.split_at(end);
    let time = time.split('.').next().unwrap_or(time);
    let parts: Vec<u8> = time.split(':').map(str::parse).collect::<Result<_, _>>().ok()?;
    let (hour, minute, second) = match parts.as_slice() {
        [hour, minute] => (*hour, *minute, 0),
        [hour, minute, second] => (*hour, *minute, *second),
        _ => return None,
    };
    let offset = match offset.trim() {
        "" => String::new(),
        "Z" | "z" | "UTC" | "GMT" => "Z".to_string(),
        offset => {
            let digits: String = offset[1..].chars().filter(char::is_ascii_digit).collect();
            let is_offset = offset.starts_with(['+', '-']) && digits.len() == 4;
            is_offset.then(|| format!("{}{}:{}", &offset[..1], &digits[..2], &digits[2..]))?
        }
    };
    (hour < 24 && minute < 60 && second < 60).then(|| (format!("{hour:02}:{minute:02}:{second:02}"), offset))
}

fn moment(day: &str, time: &str, offset: &str) -> Option<Value> {
    format!("{day}T{time}{offset}").parse().ok().map(Value::Datetime)
}

#[cfg(test)]
mod tests {
    use super::Published;

    #[test]
    fn what_generators_write_is_a_day_and_a_moment() {
        let cases = [
            ("2023-09-13", "2023-09-13", Some("2023-09-13T00:00:00")),
            ("2023-09-13 18:00:00 +0900", "2023-09-13", Some("2023-09-13T18:00:00+09:00")),
            ("2023-09-13T18:00:00.250-03:00", "2023-09-13", Some("2023-09-13T18:00:00-03:00")),
            ("2023-09-13T18:00:00Z", "2023-09-13", Some("2023-09-13T18:00:00Z")),
            ("2023-09-13 18:00", "2023-09-13", Some("2023-09-13T18:00:00")),
            ("2023-9-5 8:00", "2023-09-05", Some("2023-09-05T08:00:00")),
            ("2023-09", "2023-09", None),
            ("2023", "2023", None),
        ];
        for (text, day, moment) in cases {
            let read = Published::parse(text).unwrap_or_else(|| panic!("{text}"));
            assert_eq!(read.day.as_written(), day, "{text}");
            assert_eq!(read.moment.map(|moment| moment.to_string()).as_deref(), moment, "{text}");
        }
        for text in ["soon", "", "2023-13-01", "2023-09-13 25:00", "2023-09-13 18:00 EST"] {
            assert!(Published::parse(text).is_none(), "{text}");
        }
    }
}
