//! What a text's surroundings are: its language, its level on the page, and the words that rendering adds.
//!
//! Plain values; nothing here looks at a text.

use super::Quotes;

/// How a text is rendered.
#[derive(Debug, Clone, Copy)]
pub struct Options<'a> {
    /// Raw HTML passes as written. Links in Markdown are checked all the same.
    pub unsafe_html: bool,
    /// The quotation marks that `"` and `'` become.
    pub quotes: Quotes<'a>,
    /// The level of the text's topmost headings, 1 to 6: 2 where the article's title is `<h1>`.
    pub heading_level: u8,
    /// Put before every id, where several texts stand on one page. May be empty.
    pub id_prefix: &'a str,
    /// The address of the text's own page, put before `#` in links within the text; empty where it stands on that page.
    pub page: &'a str,
    /// Words in the language of the site.
    pub words: Words<'a>,
}

/// What rendering has to say by itself, in the language of the site.
#[derive(Debug, Clone, Copy)]
pub struct Words<'a> {
    /// The name of the list of footnotes: «Footnotes».
    pub footnotes: &'a str,
    /// The name of a footnote's link back, before its number: «Back to reference».
    pub back_to_reference: &'a str,
    /// The title of `> [!NOTE]`.
    pub note: &'a str,
    /// The title of `> [!TIP]`.
    pub tip: &'a str,
    /// The title of `> [!IMPORTANT]`.
    pub important: &'a str,
    /// The title of `> [!WARNING]`.
    pub warning: &'a str,
    /// The title of `> [!CAUTION]`.
    pub caution: &'a str,
    /// The name of a checkbox that is ticked: «Done».
    pub task_done: &'a str,
    /// The name of a checkbox that is not: «To do».
    pub task_open: &'a str,
    /// The name of the box that a table scrolls in: «Table».
    pub table: &'a str,
}

impl Default for Options<'_> {
    fn default() -> Self {
        Self {
            unsafe_html: false,
            quotes: Quotes::ENGLISH,
            heading_level: 2,
            id_prefix: "",
            page: "",
            words: Words::ENGLISH,
        }
    }
}

impl Words<'static> {
    /// The words in English.
    pub const ENGLISH: Self = Self {
        footnotes: "Footnotes",
        back_to_reference: "Back to reference",
        note: "Note",
        tip: "Tip",
        important: "Important",
        warning: "Warning",
        caution: "Caution",
        task_done: "Done",
        task_open: "To do",
        table: "Table",
    };
}
