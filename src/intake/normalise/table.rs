//! Tables with one row per thing: columns by heading, rows until the table ends.

use crate::intake::workbook::{Cell, CellValue, Sheet};
use crate::vocabulary::CellRef;
use crate::vocabulary::text::plain_key;

use super::texts::UNREADABLE;

/// A table found by its headings.
pub(super) struct Table<'s> {
    sheet: &'s Sheet,
    /// Sheet row of the headings, from 0.
    pub head: u32,
    /// Columns by place in the list of headings.
    columns: Vec<Option<u32>>,
}

impl<'s> Table<'s> {
    /// The first row in which at least two of `headings` stand. Each heading is
    /// given by the beginnings its folded text may have; the first column that fits is taken.
    pub fn find(sheet: &'s Sheet, headings: &[&[&str]]) -> Option<Self> {
        sheet.rows().find_map(|cells| {
            let texts: Vec<(u32, String)> =
                cells.iter().filter_map(|cell| Some((cell.at.col, plain_key(cell.value.text()?)))).collect();
            let column = |beginnings: &&[&str]| {
                let fits = |text: &str| beginnings.iter().any(|beginning| text.starts_with(beginning));
                texts.iter().find(|(_, text)| text.len() <= 40 && fits(text)).map(|(col, _)| *col)
            };
            let columns: Vec<Option<u32>> = headings.iter().map(column).collect();
            let found = columns.iter().flatten().count();
            (found >= 2).then(|| Self { sheet, head: cells[0].at.row, columns })
        })
    }

    /// The rows below the headings.
    pub fn rows(&self) -> impl Iterator<Item = &'s [Cell]> {
        let head = self.head;
        self.sheet.rows().filter(move |cells| cells[0].at.row > head)
    }

    /// The cells under its headings that hold a formula without a saved result: they look empty and are not.
    pub fn unvalued(&self) -> Vec<CellRef> {
        let is_own = |cell: &&Cell| self.columns.contains(&Some(cell.at.col)) && cell.value == CellValue::Unvalued;
        self.rows().flatten().filter(is_own).map(|cell| cell.at).collect()
    }

    /// The column of a heading.
    pub fn column(&self, heading: usize) -> Option<u32> {
        self.columns[heading]
    }

    /// The value of a row under a heading.
    pub fn value<'c>(&self, cells: &'c [Cell], heading: usize) -> Option<&'c CellValue> {
        value(cells, self.columns[heading]?)
    }

    /// The text of a row under a heading; a number as it is written; empty when there is nothing;
    /// a mark for what cannot be read.
    pub fn text(&self, cells: &[Cell], heading: usize) -> String {
        let Some(col) = self.columns[heading] else { return String::new() };
        match cells.iter().find(|cell| cell.at.col == col) {
            Some(cell) if self.sheet.is_unreadable(cell.at) => UNREADABLE.to_owned(),
            Some(cell) => cell.value.shown(),
            None => String::new(),
        }
    }
}

/// The value of a row in a column.
pub(super) fn value(cells: &[Cell], col: u32) -> Option<&CellValue> {
    cells.iter().find(|cell| cell.at.col == col).map(|cell| &cell.value)
}

/// Whether a text is the numbering under the headings: `(1)`, `A`.
pub(super) fn is_numbering(text: &str) -> bool {
    let inner = text.trim_matches(['(', ')']);
    (text.starts_with('(') && inner.bytes().all(|byte| byte.is_ascii_digit()))
        || (inner.len() == 1 && inner.bytes().all(|byte| byte.is_ascii_uppercase()))
}
