//! Intake: people's workbooks in, returns with observations and findings out.
//!
//! ```text
//! discover   which files there are
//! worker     reads each in a process of its own: package → workbook
//! normalise  identification, layout, numerals: workbook → return
//! versions   which return of a unit and period counts
//! check      what the form says must hold
//! ```
//!
//! Nothing in a file can make this stage fail or change another unit's figures.

pub mod answers;
pub mod check;
pub mod dates;
pub mod discover;
pub mod numeral;
pub mod package;
pub mod periods;
pub mod personal_data;
pub mod reader;
pub mod take_in;
pub mod text;
pub mod workbook;
pub mod worker;

mod cache;
mod cover;
mod file_name;
mod identify;
mod index;
mod layout;
mod normalise;
mod sheets;
#[cfg(test)]
mod spellings;
mod versions;

use std::collections::BTreeMap;
use std::sync::Arc;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::definitions::register::Receipt;
use crate::findings::Finding;
pub use crate::findings::Outcome;
pub use crate::intake::check::explained::{Explained, ExplanationState};
pub use crate::intake::check::tally::Tally;
pub use crate::intake::reader::ReaderOptions;
pub use crate::intake::take_in::{read_one, take_in, take_in_each, take_in_files};
use crate::vocabulary::{CellRef, MeasureCode, Period, UnitCode};

/// Everything that came in, as of a day.
#[derive(Clone, Debug, Default)]
pub struct Intake {
    /// Every file that was read as a return, by file name; see [`Return::standing`].
    pub returns: Vec<Return>,
    /// All findings, in reading order.
    pub findings: Vec<Finding>,
    /// Files that are not returns or could not be read, with the outcome “Trả lại” or “để riêng”.
    pub set_aside: Vec<SetAside>,
    /// The receipts of these files, by path below `returns/`, as far as the register has them.
    pub receipts: BTreeMap<Arc<str>, Receipt>,
    /// What became of the officer's accepted explanations, in the order of the register.
    pub explanations: Vec<Explained>,
    /// How many checks spoke about each return that counts and how many did not hold, by path below `returns/`.
    pub tallies: BTreeMap<Arc<str>, Tally>,
}

/// A file that gives no figures at all.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SetAside {
    /// Path below `returns/`, with `/` between folders.
    pub file: Arc<str>,
    /// SHA-256 of its bytes, in hexadecimal.
    pub sha256: String,
    /// Why, in Vietnamese.
    pub reason: String,
}

/// One workbook of one unit for one period.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Return {
    /// Path below `returns/`, with `/` between folders.
    pub file: Arc<str>,
    /// SHA-256 of its bytes, in hexadecimal.
    pub sha256: String,
    /// The unit it is from.
    pub unit: UnitCode,
    /// The period it is for.
    pub period: Period,
    /// The version of the form it was filled on.
    pub form_version: String,
    /// Ước: sent before the cut-off, to be replaced by chính thức.
    pub estimate: bool,
    /// Lần nộp, as declared; 1 when not declared.
    pub submission: u32,
    /// The day it was made, as declared on the cover.
    pub declared_date: Option<NaiveDate>,
    /// The day it was received: from the receipt register, else as declared.
    pub received: Option<NaiveDate>,
    /// Declared team model: `1-1`, `1-n` or none.
    pub team_model: Option<String>,
    /// Whether it counts.
    pub standing: Standing,
    /// Where it differs from the return that counts instead, when it was replaced.
    pub differences: Vec<Difference>,
    /// How it was answered.
    pub outcome: Outcome,
    /// What was read for each row of the form that the return was asked for.
    pub entries: BTreeMap<MeasureCode, Entry>,
    /// Rows of Biểu 06B.
    pub settlements: Vec<SettlementRow>,
    /// Rows of Biểu 08.
    pub models: Vec<ModelRow>,
    /// Rows of Biểu 09.
    pub criteria: Vec<CriterionRow>,
}

/// Whether a return counts.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Standing {
    /// The newest accepted one of its unit and period.
    Counts,
    /// Replaced by another file.
    Superseded {
        /// Path of the file that counts instead.
        by: Arc<str>,
    },
    /// It cannot be ordered against another file of the same unit and period, or its period is not asked of the unit.
    SetAside {
        /// Why, in Vietnamese.
        reason: String,
    },
}

/// A cell in which a replaced return differs from the one that counts instead.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Difference {
    /// The row of the form.
    pub item: MeasureCode,
    /// Name of the sheet in the replaced return, else in the one that counts.
    pub sheet: Arc<str>,
    /// The cell there.
    pub cell: CellRef,
    /// Whether it is the cell of column “Lũy kế từ đầu năm”.
    pub cumulative: bool,
    /// What it meant in the replaced return.
    pub old: Reading,
    /// What it means in the one that counts, before the checks.
    pub new: Reading,
}

/// What stands in the form for one row.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entry {
    /// Name of the sheet it was read from.
    pub sheet: Arc<str>,
    /// Position of that sheet in the workbook, from 0.
    pub sheet_position: u16,
    /// The cell of column “Trong kỳ”.
    pub cell: CellRef,
    /// What was typed, at most 60 characters.
    pub raw: String,
    /// What it means.
    pub value: Reading,
    /// Column “Lũy kế từ đầu năm”: its cell and value, when filled.
    pub cumulative: Option<(CellRef, i64)>,
    /// Repairs applied to read it, in words.
    pub repairs: Vec<String>,
}

/// What a cell means, before and after the checks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Reading {
    /// A value that counts; for a class its position from 1.
    Value(i64),
    /// The cell is empty: missing, not zero.
    Empty,
    /// Something is there that is not used: unreadable, or refused by a check of severity error.
    Rejected,
}

/// One thôn of Biểu 06B.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SettlementRow {
    /// Its name.
    pub name: String,
    /// Name of the sheet it was read from.
    pub sheet: Arc<str>,
    /// Position of that sheet in the workbook, from 0.
    pub sheet_position: u16,
    /// Sheet row, from 0.
    pub row: u32,
    /// Values by form row.
    pub values: BTreeMap<MeasureCode, Option<i64>>,
    /// The columns they were read from, from 0.
    pub columns: BTreeMap<MeasureCode, u32>,
}

impl SettlementRow {
    /// The cell of a value.
    pub fn cell(&self, item: &MeasureCode) -> Option<CellRef> {
        self.columns.get(item).map(|col| CellRef::new(self.row, *col))
    }
}

/// One model of Biểu 08.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ModelRow {
    /// Its number in the unit's register; the key together with the unit.
    pub code: String,
    /// Its name.
    pub name: String,
    /// Its kind, as typed.
    pub kind: String,
    /// The plan it belongs to, as typed.
    pub plan: String,
    /// The day it was launched.
    pub launched: Option<NaiveDate>,
    /// The step of building reached, 0–5.
    pub step: u8,
    /// The day each step 1–5 was reached.
    pub step_dates: [Option<NaiveDate>; 5],
    /// Its members.
    pub members: Option<i64>,
    /// Yearly evaluation: `đạt mục tiêu`, `chưa đạt`, `dừng`.
    pub evaluation: String,
    /// Yearly ranking.
    pub ranking: String,
    /// Sheet row, from 0.
    pub row: u32,
}

/// One criterion of Biểu 09.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CriterionRow {
    /// The set, as written on the sheet.
    pub set: String,
    /// Its number in the set.
    pub number: String,
    /// Met, not met, or left open.
    pub met: Option<bool>,
    /// Sheet row, from 0.
    pub row: u32,
}
