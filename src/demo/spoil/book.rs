//! A workbook that can be spoilt: sheets, cells with font and format, what is hidden and merged.
//!
//! It holds what a reader can see and nothing of the look, and no formula but those put in on
//! purpose. `unpack` makes it of a workbook of the form; `pack` and `pack_binary` write it.

use std::collections::{BTreeMap, BTreeSet};

/// A workbook.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Book {
    /// Its sheets in order.
    pub pages: Vec<Page>,
    /// Defined names and what they refer to.
    pub names: Vec<(String, String)>,
    /// Whether its days are counted from 1904.
    pub from_1904: bool,
}

/// A sheet.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Page {
    /// Its name.
    pub name: String,
    /// Whether people see it.
    pub shown: Shown,
    /// Filled cells by row and column, from 0.
    pub cells: BTreeMap<(u32, u32), Cell>,
    /// Merged ranges: first row, first column, last row, last column.
    pub merges: Vec<(u32, u32, u32, u32)>,
    /// Hidden rows.
    pub hidden_rows: BTreeSet<u32>,
    /// Hidden columns.
    pub hidden_cols: BTreeSet<u32>,
    /// Comments by cell.
    pub comments: BTreeMap<(u32, u32), String>,
}

/// Whether people see a sheet.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Shown {
    /// As usual.
    #[default]
    Visible,
    /// Hidden by the menu.
    Hidden,
    /// Hidden so that the menu does not show it.
    VeryHidden,
}

/// A filled cell.
#[derive(Clone, Debug, PartialEq)]
pub struct Cell {
    /// What stands in it.
    pub value: Value,
    /// Its font, when it is not the workbook's.
    pub font: Option<String>,
    /// How its number is shown.
    pub format: Format,
}

/// What stands in a cell.
#[derive(Clone, Debug, PartialEq)]
pub enum Value {
    /// Text.
    Text(String),
    /// A number as it is written in the file, such as `12`, `1.234` or `NaN`.
    Number(String),
    /// An error such as `#REF!`.
    Error(String),
    /// A formula with the number it gave, when that was saved.
    Formula(String, Option<String>),
}

/// How a number is shown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Format {
    /// As it is.
    #[default]
    General,
    /// With three decimals, as clerks format thousands who mean `1.234`.
    Decimals,
    /// As a day: dd/mm/yyyy.
    Day,
}

/// Column “Chỉ tiêu” of the form.
pub const TITLE: u32 = 1;
/// Column “Mã số” of the form.
pub const CODE: u32 = 2;
/// Column “ĐVT” of the form.
pub const UNIT: u32 = 3;
/// Column “Trong kỳ” of the form.
pub const VALUE: u32 = 4;
/// Column “Lũy kế từ đầu năm” of the form.
pub const CUMULATIVE: u32 = 5;
/// Column “Ghi chú” of the form.
pub const NOTE: u32 = 7;

impl From<Value> for Cell {
    fn from(value: Value) -> Self {
        Self { value, font: None, format: Format::General }
    }
}

impl Value {
    /// Text.
    pub fn text(text: impl Into<String>) -> Self {
        Value::Text(text.into())
    }

    /// A whole number.
    pub fn number(number: i64) -> Self {
        Value::Number(number.to_string())
    }
}

impl Book {
    /// The sheet of this name.
    ///
    /// # Panics
    /// When there is none: only sheets of the form are asked for.
    pub fn page(&mut self, name: &str) -> &mut Page {
        self.pages.iter_mut().find(|page| page.name == name).expect("only sheets that were written are asked for")
    }

    /// Where the row of a mã số stands on a sheet with one row per quantity: the sheet and its row.
    pub fn row_of(&self, code: &str) -> Option<(usize, u32)> {
        self.pages.iter().enumerate().find_map(|(at, page)| {
            let coded = |cell: &Cell| matches!(&cell.value, Value::Text(text) if text == code);
            let mut cells = page.cells.iter();
            cells.find(|((_, col), cell)| *col == CODE && coded(cell)).map(|((row, _), _)| (at, *row))
        })
    }

    /// The cell in a column of the row of a mã số, to be changed; an empty one is made.
    ///
    /// # Panics
    /// When the row is not there: only rows that were written are asked for.
    pub fn cell(&mut self, code: &str, col: u32) -> &mut Cell {
        let (at, row) = self.row_of(code).expect("only rows that were written are asked for");
        self.pages[at].cells.entry((row, col)).or_insert_with(|| Value::text("").into())
    }

    /// Types something into column “Trong kỳ” of a row. The running total beside it goes: it was
    /// a formula over the cell.
    pub fn type_in(&mut self, code: &str, value: Value) {
        self.cell(code, VALUE).value = value;
        if let Some((at, row)) = self.row_of(code) {
            self.pages[at].cells.remove(&(row, CUMULATIVE));
        }
    }

    /// Empties column “Trong kỳ” of a row.
    pub fn empty(&mut self, code: &str) {
        if let Some((at, row)) = self.row_of(code) {
            self.pages[at].cells.remove(&(row, VALUE));
            self.pages[at].cells.remove(&(row, CUMULATIVE));
        }
    }

    /// The cell of a declaration on the cover, to be changed.
    ///
    /// # Panics
    /// When there is no such declaration.
    pub fn declared(&mut self, label: &str) -> &mut Cell {
        let place = self.pages.iter().enumerate().find_map(|(at, page)| {
            let is_label = |cell: &Cell| matches!(&cell.value, Value::Text(text) if text == label);
            let mut cells = page.cells.iter();
            cells.find(|((_, col), cell)| *col == 1 && is_label(cell)).map(|((row, _), _)| (at, *row))
        });
        let (at, row) = place.expect("only declarations of the cover are asked for");
        self.pages[at].cells.entry((row, 2)).or_insert_with(|| Value::text("").into())
    }

    /// Every text of every cell, to be changed together with its font.
    pub fn texts(&mut self) -> impl Iterator<Item = &mut Cell> {
        let cells = self.pages.iter_mut().flat_map(|page| page.cells.values_mut());
        cells.filter(|cell| matches!(cell.value, Value::Text(_)))
    }
}

impl Page {
    /// An empty sheet of this name.
    pub fn new(name: &str) -> Self {
        Self { name: name.to_owned(), ..Self::default() }
    }

    /// Writes texts from a cell on to the right; empty ones are passed over, whole numbers become numbers.
    pub fn write(&mut self, row: u32, col: u32, texts: &[&str]) {
        for (text, col) in texts.iter().zip(col..).filter(|(text, _)| !text.is_empty()) {
            let value = match text.parse::<i64>() {
                Ok(number) if !text.starts_with('0') || *text == "0" => Value::number(number),
                _ => Value::text(*text),
            };
            self.cells.insert((row, col), value.into());
        }
    }

    /// The row below the last filled one.
    pub fn end(&self) -> u32 {
        self.cells.keys().next_back().map_or(0, |(row, _)| row + 1)
    }

    /// Moves everything from a row on down.
    pub fn insert_rows(&mut self, before: u32, count: u32) {
        let moved = |row: u32| if row >= before { row + count } else { row };
        self.rearrange(|(row, col)| Some((moved(row), col)));
        self.hidden_rows = self.hidden_rows.iter().map(|row| moved(*row)).collect();
    }

    /// Moves everything from a column on to the right.
    pub fn insert_cols(&mut self, before: u32, count: u32) {
        let moved = |col: u32| if col >= before { col + count } else { col };
        self.rearrange(|(row, col)| Some((row, moved(col))));
        self.hidden_cols = self.hidden_cols.iter().map(|col| moved(*col)).collect();
    }

    /// Takes a column out.
    pub fn delete_col(&mut self, gone: u32) {
        self.rearrange(|(row, col)| (col != gone).then_some((row, if col > gone { col - 1 } else { col })));
    }

    /// Puts the columns from the first on into this order: the column that stands at each place.
    pub fn order_cols(&mut self, order: &[u32]) {
        self.merges.clear();
        self.rearrange(|(row, col)| {
            let at = order.iter().position(|from| *from == col);
            Some((row, at.map_or(col, |at| at as u32)))
        });
    }

    /// Gives every cell another place, or none. Merged ranges that no longer are ranges go.
    pub fn rearrange(&mut self, place: impl Fn((u32, u32)) -> Option<(u32, u32)>) {
        let cells = std::mem::take(&mut self.cells);
        self.cells = cells.into_iter().filter_map(|(at, cell)| Some((place(at)?, cell))).collect();
        let comments = std::mem::take(&mut self.comments);
        self.comments = comments.into_iter().filter_map(|(at, text)| Some((place(at)?, text))).collect();
        let merges = std::mem::take(&mut self.merges);
        self.merges = merges
            .into_iter()
            .filter_map(|(top, left, bottom, right)| {
                let ((top, left), (bottom, right)) = (place((top, left))?, place((bottom, right))?);
                Some((top, left, bottom, right))
            })
            .collect();
    }
}
