//! A workbook as it was filled: sheets and cells with absolute addresses, nothing interpreted.
//!
//! `read` makes it from bytes, `frame` adds what surrounds the cells. What values mean is decided by
//! `numeral` and `dates`.

mod frame;
mod iso;
mod ods_frame;
mod read;
mod xls_fonts;
mod xls_frame;
mod xlsx_frame;

use serde::{Deserialize, Serialize};

use crate::intake::personal_data::Sign;
use crate::intake::text::Repair;
use crate::vocabulary::CellRef;

pub use frame::{Area, Frame};
pub use read::read;

/// A workbook as it was filled.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Workbook {
    /// Its sheets as they stand.
    pub sheets: Vec<Sheet>,
    /// Defined names with what they refer to, as written.
    pub names: Vec<(String, String)>,
}

/// One sheet.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Sheet {
    /// Its name.
    pub name: String,
    /// Whether it is hidden.
    pub hidden: bool,
    /// Filled cells by row, then column.
    pub cells: Vec<Cell>,
    /// Why there are no cells, when there is a reason.
    pub closed: Option<Closed>,
    /// What surrounds the cells.
    pub frame: Frame,
    /// What was done to its texts, by cell; without a cell, to its name.
    pub repairs: Vec<(Option<CellRef>, Repair)>,
    /// Cells with letters that no known encoding explains.
    pub unreadable: Vec<CellRef>,
}

/// Why a sheet was not read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Closed {
    /// It is broken or too large; what was found, in Vietnamese.
    Unreadable(String),
    /// It looks like a list of persons, or tells of one: nothing of it is kept but why.
    Personal(Sign),
}

/// A filled cell.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Cell {
    /// Where it is.
    pub at: CellRef,
    /// What stands there.
    pub value: CellValue,
}

/// What stands in a cell.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum CellValue {
    /// Text, cleaned, never empty.
    Text(Box<str>),
    /// A finite number.
    Number(f64),
    /// A number that is shown as a date: days since 30/12/1899.
    Day(f64),
    /// TRUE or FALSE.
    Bool(bool),
    /// An error such as `#REF!`, or a number that is none.
    Error(Box<str>),
    /// A formula whose result was not saved.
    Unvalued,
}

impl Sheet {
    /// The value in a cell.
    pub fn get(&self, at: CellRef) -> Option<&CellValue> {
        let found = self.cells.binary_search_by_key(&(at.row, at.col), |cell| (cell.at.row, cell.at.col));
        found.ok().map(|found| &self.cells[found].value)
    }

    /// The filled cells of a row, from left to right.
    pub fn row(&self, row: u32) -> &[Cell] {
        let from = self.cells.partition_point(|cell| cell.at.row < row);
        let to = self.cells.partition_point(|cell| cell.at.row <= row);
        &self.cells[from..to]
    }

    /// What was done to the text of a cell.
    pub fn repairs_of(&self, at: CellRef) -> impl Iterator<Item = Repair> {
        let from = self.repairs.partition_point(|(cell, _)| *cell < Some(at));
        self.repairs[from..].iter().take_while(move |(cell, _)| *cell == Some(at)).map(|(_, repair)| *repair)
    }

    /// Whether the text of a cell cannot be read.
    pub fn is_unreadable(&self, at: CellRef) -> bool {
        self.unreadable.contains(&at)
    }

    /// The rows with filled cells, from top to bottom.
    pub fn rows(&self) -> impl Iterator<Item = &[Cell]> {
        self.cells.chunk_by(|a, b| a.at.row == b.at.row)
    }
}

impl CellValue {
    /// The text, when it is text.
    pub fn text(&self) -> Option<&str> {
        match self {
            CellValue::Text(text) => Some(text),
            _ => None,
        }
    }

    /// What a person sees in the cell, as far as it can be known without its format.
    pub fn shown(&self) -> String {
        match self {
            CellValue::Text(text) | CellValue::Error(text) => text.to_string(),
            CellValue::Number(number) | CellValue::Day(number) => number.to_string(),
            CellValue::Bool(truth) => if *truth { "TRUE" } else { "FALSE" }.to_owned(),
            CellValue::Unvalued => String::new(),
        }
    }
}
