//! Tables, in a box that scrolls on a narrow screen and that a keyboard reaches.
//!
//! Alignment is a class, since the page's policy allows no styles within the text.

use pulldown_cmark::Alignment;

use super::escape;
use super::renderer::{Extras, Renderer};

/// Where in a table we are.
#[derive(Debug, Default)]
pub(super) struct Table {
    alignments: Vec<Alignment>,
    column: usize,
    in_head: bool,
    has_body: bool,
}

impl Renderer<'_, '_> {
    /// Begins a table and its box.
    pub(super) fn start_table(&mut self, alignments: Vec<Alignment>) {
        self.table = Table { alignments, ..Table::default() };
        self.output.line();
        if let Some(Extras { options, .. }) = self.extras {
            self.output.push("<div class=\"table\" role=\"group\" tabindex=\"0\" aria-label=\"");
            escape::attribute(&mut self.output.html, options.words.table);
            self.output.push("\">\n");
        }
        self.output.push("<table>\n");
    }

    /// Begins the row of column headings.
    pub(super) fn start_table_head(&mut self) {
        self.table.in_head = true;
        self.table.column = 0;
        self.output.push("<thead>\n<tr>\n");
    }

    /// Begins a row.
    pub(super) fn start_table_row(&mut self) {
        self.table.in_head = false;
        self.table.column = 0;
        if !self.table.has_body {
            self.table.has_body = true;
            self.output.push("<tbody>\n");
        }
        self.output.push("<tr>\n");
    }

    /// Begins a cell.
    pub(super) fn start_table_cell(&mut self, end: usize) {
        self.begin_block(end);
        self.output.push(if self.table.in_head { "<th scope=\"col\"" } else { "<td" });
        self.output.push(match self.table.alignments.get(self.table.column) {
            Some(Alignment::Left) => " class=\"align-left\">",
            Some(Alignment::Center) => " class=\"align-center\">",
            Some(Alignment::Right) => " class=\"align-right\">",
            Some(Alignment::None) | None => ">",
        });
    }

    /// Ends a cell.
    pub(super) fn end_table_cell(&mut self) {
        self.table.column += 1;
        self.output.push(if self.table.in_head { "</th>\n" } else { "</td>\n" });
    }

    /// Ends a table and its box.
    pub(super) fn end_table(&mut self) {
        if self.table.has_body {
            self.output.push("</tbody>\n");
        }
        self.output.push("</table>\n");
        if self.extras.is_some() {
            self.output.push("</div>\n");
        }
    }
}
