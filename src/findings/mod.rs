//! What the reader tells the commune: findings, their places and the rules they cite.
//!
//! A finding is a value, not an error: bad input never stops a run. The
//! findings of one file together are an [`answer::Answer`], which `console`,
//! `json`, `feedback` and `slip` render.

pub mod answer;
pub mod catalogue;
pub mod console;
pub mod feedback;
pub mod json;
pub mod prose;
pub mod rule;
pub mod run;
pub mod slip;
pub mod statement;

pub use rule::Rule;

use std::sync::Arc;

use serde::{Deserialize, Serialize};

pub use crate::vocabulary::Severity;
use crate::vocabulary::{CellRef, MeasureCode, Period, RuleId, UnitCode};

/// Where to look, as precisely as the finding allows. Its order is reading
/// order: file, sheet as it stands in the workbook, cell.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Place {
    file: Arc<str>,
    sheet: Option<(u16, Arc<str>)>,
    cell: Option<CellRef>,
}

impl Place {
    /// A whole file, by its path below `returns/` with `/` between folders.
    pub fn file(file: impl Into<Arc<str>>) -> Self {
        Self { file: file.into(), sheet: None, cell: None }
    }

    /// A sheet of this place's file: its position in the workbook, from 0, and its name.
    pub fn sheet(&self, position: u16, name: impl Into<Arc<str>>) -> Self {
        Self { file: self.file.clone(), sheet: Some((position, name.into())), cell: None }
    }

    /// A cell of this place's sheet.
    ///
    /// # Panics
    /// When the place names no sheet: a cell without a sheet cannot be found by anyone.
    pub fn cell(&self, cell: CellRef) -> Self {
        assert!(self.sheet.is_some(), "a cell is a place only on a sheet");
        Self { cell: Some(cell), ..self.clone() }
    }

    /// Path of the file below `returns/`.
    pub fn file_name(&self) -> &str {
        &self.file
    }

    /// Name of the sheet.
    pub fn sheet_name(&self) -> Option<&str> {
        self.sheet.as_ref().map(|(_, name)| &**name)
    }

    /// Position of the sheet in the workbook, from 0.
    pub fn sheet_position(&self) -> Option<u16> {
        self.sheet.as_ref().map(|(position, _)| *position)
    }

    /// The cell.
    pub fn cell_ref(&self) -> Option<CellRef> {
        self.cell
    }
}

/// One finding about a return.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Finding {
    // Field order is sort order: file by file, sheet by sheet, cell by cell.
    /// Where to look.
    pub place: Place,
    /// Graver findings of one place come first.
    pub severity: Severity,
    /// The rule that found it.
    pub rule: RuleId,
    /// What was found and what was expected: one Vietnamese sentence without a full stop.
    pub message: String,
    /// What to do about it: one Vietnamese sentence without a full stop.
    pub help: String,
    /// The form row it concerns.
    pub item: Option<MeasureCode>,
    /// The unit the return is from, when known.
    pub unit: Option<UnitCode>,
    /// The period the return is for, when known.
    pub period: Option<Period>,
    /// The officer's accepted explanation, when there is one: the value stands with a footnote.
    pub explanation: Option<String>,
}

impl Finding {
    /// A finding of the reader; unit and period are set when they become known.
    pub fn of(rule: Rule, place: Place, message: impl Into<String>, help: impl Into<String>) -> Self {
        Self {
            place,
            severity: rule.severity(),
            rule: rule.id(),
            message: message.into(),
            help: help.into(),
            item: None,
            unit: None,
            period: None,
            explanation: None,
        }
    }

    /// The same finding, about this form row.
    pub fn about(self, item: &MeasureCode) -> Self {
        Self { item: Some(item.clone()), ..self }
    }
}

/// How a return is answered, from best to worst.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// Nhận.
    Accepted,
    /// Nhận có cảnh báo.
    AcceptedWithWarnings,
    /// Nhận một phần: at least one value is left out.
    AcceptedInPart,
    /// Trả lại: nothing of it is used.
    Returned,
}

impl Outcome {
    /// The code in data files.
    pub fn code(self) -> &'static str {
        match self {
            Outcome::Accepted => "accepted",
            Outcome::AcceptedWithWarnings => "accepted_with_warnings",
            Outcome::AcceptedInPart => "accepted_in_part",
            Outcome::Returned => "returned",
        }
    }

    /// The words people read.
    pub fn title(self) -> &'static str {
        match self {
            Outcome::Accepted => "Nhận",
            Outcome::AcceptedWithWarnings => "Nhận có cảnh báo",
            Outcome::AcceptedInPart => "Nhận một phần",
            Outcome::Returned => "Trả lại",
        }
    }
}
