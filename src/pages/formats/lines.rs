//! The lines of iCalendar (RFC 5545, 3.1): names and values come in, folded lines go out. It knows no property's meaning.

use std::io::{self, Write};

/// Lines while they are written.
#[derive(Debug, Default)]
pub(super) struct Lines(String);

/// How many octets a line has at the most, without its end.
const LONGEST: usize = 75;

impl Lines {
    /// A property whose value is written as it is.
    pub fn line(&mut self, name: &str, value: &str) {
        // Most lines are short, and have no control characters: in UTF-8 one of them is a byte below a space, 7F, or begins with C2.
        let may_be_control = |byte: u8| matches!(byte, 0..0x20 | 0x7F | 0xC2);
        if name.len() + 1 + value.len() <= LONGEST && !value.bytes().any(may_be_control) {
            [name, ":", value, "\r\n"].into_iter().for_each(|part| self.0.push_str(part));
            return;
        }
        let line = [name, ":", value].concat();
        let mut room = LONGEST;
        for letter in line.chars().filter(|letter| !letter.is_control() || *letter == '\t') {
            if letter.len_utf8() > room {
                self.0.push_str("\r\n ");
                room = LONGEST - 1;
            }
            self.0.push(letter);
            room -= letter.len_utf8();
        }
        self.0.push_str("\r\n");
    }

    /// A property whose value is a text.
    pub fn text(&mut self, name: &str, text: &str) {
        self.line(name, &escaped(text));
    }

    /// Writes them, and has none any more.
    pub fn write(&mut self, to: &mut dyn Write) -> io::Result<()> {
        to.write_all(self.0.as_bytes())?;
        self.0.clear();
        Ok(())
    }
}

/// A text as a value: what parts values and lines is escaped (3.3.11).
pub(super) fn escaped(text: &str) -> String {
    let mut value = String::with_capacity(text.len());
    for letter in text.replace("\r\n", "\n").chars() {
        match letter {
            '\\' | ';' | ',' => value.extend(['\\', letter]),
            '\n' | '\r' | '\u{2028}' | '\u{2029}' => value.push_str("\\n"),
            letter => value.push(letter),
        }
    }
    value
}

#[cfg(test)]
mod tests {
    use super::Lines;

    #[test]
    fn no_line_is_longer_than_75_octets_and_no_letter_is_cut() {
        let mut lines = Lines::default();
        let text = "漢字かな👩🏽‍🚀é, ".repeat(20);
        lines.text("SUMMARY", &text);
        let mut folded = Vec::new();
        lines.write(&mut folded).unwrap();
        let folded = String::from_utf8(folded).unwrap();
        assert!(folded.ends_with("\r\n") && !folded.replace("\r\n", "").contains(['\r', '\n']));
        assert!(folded.split("\r\n").all(|line| line.len() <= 75), "{folded}");
        assert_eq!(folded.replace("\r\n ", ""), format!("SUMMARY:{}\r\n", text.replace(',', "\\,")));
    }

    #[test]
    fn a_line_of_75_octets_is_not_folded() {
        let mut lines = Lines::default();
        lines.line("X", &"a".repeat(73));
        assert_eq!(lines.0.matches("\r\n").count(), 1);
    }

    #[test]
    fn what_parts_values_is_escaped() {
        let mut lines = Lines::default();
        lines.text("X", "a\\b;c,d\ne\r\nf:\"g\"\u{7}");
        assert_eq!(lines.0, "X:a\\\\b\\;c\\,d\\ne\\nf:\"g\"\r\n");
    }
}
