//! What drawings share: any text comes in, text that is safe inside SVG goes out.

/// Text that may stand in an element or in a quoted attribute.
pub(crate) fn escaped(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '&' => safe.push_str("&amp;"),
            '<' => safe.push_str("&lt;"),
            '>' => safe.push_str("&gt;"),
            '"' => safe.push_str("&quot;"),
            letter if letter.is_control() => safe.push(' '),
            letter => safe.push(letter),
        }
    }
    safe
}

#[cfg(test)]
mod tests {
    use super::escaped;

    #[test]
    fn an_authors_text_is_no_markup() {
        assert_eq!(escaped("<b>\"R&D\"\n"), "&lt;b&gt;&quot;R&amp;D&quot; ");
    }
}
