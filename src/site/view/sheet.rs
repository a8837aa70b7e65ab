//! Large tables of linked cells, written out as HTML here: a template would spend most of the build on them.

use std::fmt::Write;

use serde::Serialize;

use crate::site::view::block::{Column, Head, heading};

/// A large table.
#[derive(Debug, Default, Serialize)]
pub struct Sheet {
    /// Anchor.
    pub id: String,
    /// What it is about, in a few words.
    pub topic: String,
    /// The sentence to remember.
    pub finding: String,
    /// At most two sentences more.
    pub more: String,
    /// Its number on the page.
    pub number: usize,
    /// What it holds.
    pub title: String,
    /// Nơi, kỳ, đơn vị.
    pub subtitle: String,
    /// Heading rows.
    pub head: Vec<Vec<Head>>,
    /// The body, as HTML.
    pub body: String,
    /// Footnotes.
    pub notes: Vec<String>,
    /// Which columns hold numbers, as a CSS class: `r` all, `a` all but the last, `o` the third to fifth.
    /// A class on every cell would be a tenth of the page.
    pub class: &'static str,
    /// Number of columns.
    #[serde(skip)]
    pub width: usize,
}

const INFALLIBLE: &str = "writing to a string cannot fail";

impl Sheet {
    /// An empty table with these columns; the first heads the rows.
    pub fn new(class: &'static str, title: impl Into<String>, subtitle: impl Into<String>, columns: &[Column]) -> Self {
        Self {
            class,
            title: title.into(),
            subtitle: subtitle.into(),
            head: heading(columns),
            width: columns.len(),
            ..Self::default()
        }
    }

    /// A heading between rows.
    pub fn heading(&mut self, text: &str) {
        let width = self.width;
        let text = escaped(text);
        writeln!(self.body, "<tr class=\"sub\"><th colspan=\"{width}\" scope=\"rowgroup\">{text}").expect(INFALLIBLE);
    }

    // HTML lets the end tags of rows and cells be left out; on pages of thousands of cells they are a fifth.

    /// A row: its anchor (may be empty), its heading and its cells, both as HTML.
    pub fn row(&mut self, id: &str, label: &str, cells: &str) {
        let id = if id.is_empty() { String::new() } else { format!(" id=\"{id}\"") };
        writeln!(self.body, "<tr{id}><th scope=\"row\">{label}{cells}").expect(INFALLIBLE);
    }

    /// Whether it has no row.
    pub fn is_empty(&self) -> bool {
        self.body.is_empty()
    }
}

/// A cell, from HTML.
pub fn cell(html: &str) -> String {
    format!("<td>{html}")
}

/// A cell with text.
pub fn text(text: &str) -> String {
    format!("<td>{}", escaped(text))
}

/// A cell across so many columns, centred where there are several.
pub fn across(columns: usize, html: &str) -> String {
    match columns {
        1 => cell(html),
        many => format!("<td class=\"mid\" colspan=\"{many}\">{html}"),
    }
}

/// A link to a page beside this one.
pub fn link(href: &str, text: &str) -> String {
    format!("<a href=\"{href}\">{}</a>", escaped(text))
}

/// Text as it stands between tags.
pub fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            other => out.push(other),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_clerk_typed_cannot_leave_its_cell() {
        let mut sheet = Sheet::new("r", "", "", &[Column::text("a"), Column::text("b")]);
        sheet.row("m1", &escaped("<b>"), &text("\"5\" & <6>"));
        assert_eq!(sheet.body, "<tr id=\"m1\"><th scope=\"row\">&lt;b&gt;<td>&quot;5&quot; &amp; &lt;6&gt;\n");
    }
}
