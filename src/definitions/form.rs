//! The return form: sheets and rows that a commune fills, and what each row means.
//!
//! One folder per form under `input/forms/`, one file per sheet. How cells are
//! found in a real workbook is the business of `intake::layout`.

use std::collections::{BTreeMap, BTreeSet};

use serde::Deserialize;

use crate::definitions::{Check, Headings};
use crate::vocabulary::{MeasureCode, Period, PeriodKind, PlanId};

/// One version of the return form.
#[derive(Clone, Debug)]
pub struct Form {
    /// Name of its folder.
    pub id: String,
    /// The version written in the workbook, such as `2026.1`.
    pub version: String,
    /// Title on the cover sheet.
    pub title: String,
    /// Its sheets in order.
    pub sheets: Vec<SheetForm>,
    /// Its checks, in sheet order.
    pub checks: Vec<Check>,
    /// The headings its columns are found by.
    pub headings: Headings,
    /// How it is read as a newer form, when it is not defined in full.
    pub older: Option<Older>,
}

/// An older version of a form, told by what is different: see `versions.toml` of the form.
///
/// As a [`Form`] it has the rows of the newer one that were on it, under their codes of today, with
/// the titles and sheets of then.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Older {
    /// The version of the form it is read as.
    pub read_as: String,
    /// Mã số of then, by what is the mã số of the same quantity today.
    pub renamed: BTreeMap<String, MeasureCode>,
    /// Mã số of then that nobody asks any more: recognised, and not read.
    pub removed: BTreeSet<String>,
}

impl Form {
    /// Every row of every sheet, in form order.
    pub fn rows(&self) -> impl Iterator<Item = &Row> {
        self.sheets.iter().flat_map(|sheet| &sheet.rows)
    }

    /// The row with this code.
    pub fn row(&self, code: &MeasureCode) -> Option<&Row> {
        self.rows().find(|row| row.code == *code)
    }

    /// Whether it was replaced: its returns are read through a map to a newer form.
    pub fn is_older(&self) -> bool {
        self.older.is_some()
    }

    /// The sheet that holds the row with this code.
    pub fn sheet_of(&self, code: &MeasureCode) -> Option<&SheetForm> {
        self.sheets.iter().find(|sheet| sheet.rows.iter().any(|row| row.code == *code))
    }
}

/// One sheet (biểu) of the form.
#[derive(Clone, Debug)]
pub struct SheetForm {
    /// Number as people say it: `00`, `06B`.
    pub id: String,
    /// Name of the sheet in the workbook: `Biểu 01`.
    pub name: String,
    /// Title on the sheet.
    pub title: String,
    /// The theme its measures are listed under on the site, such as `Tiếp nhận, quản lý, phân loại`.
    pub theme: String,
    /// How it is laid out.
    pub kind: SheetKind,
    /// Asked only of units that carry out one of these plans; of every unit when empty.
    pub plans: Vec<PlanId>,
    /// Its rows; empty for the settlements, the models and the criteria. The cover may have
    /// some (Biểu 00 asks for the number of thôn): they stand below the identification.
    pub rows: Vec<Row>,
    /// A note under the table: how to fill it.
    pub note: String,
}

impl SheetForm {
    /// Whether it is asked of a unit that carries out these plans.
    pub fn is_asked_of<'a>(&self, mut plans: impl Iterator<Item = &'a PlanId>) -> bool {
        self.plans.is_empty() || plans.any(|plan| self.plans.contains(plan))
    }
}

/// The layouts of a sheet.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SheetKind {
    /// Biểu 00: who reports, for which period; then its rows, laid out as on [`SheetKind::Rows`].
    Cover,
    /// One row per quantity.
    Rows,
    /// Biểu 06B: one row per thôn, one column for each row of level thôn.
    Settlements,
    /// Biểu 08: one row per model.
    Models,
    /// Biểu 09: one row per criterion of a set.
    Criteria,
}

/// One row of the form: a quantity the commune reports.
#[derive(Clone, Debug)]
pub struct Row {
    /// Mã số: the join key, never reused.
    pub code: MeasureCode,
    /// Chỉ tiêu, as printed on the form.
    pub title: String,
    /// Short name for charts and narrow tables.
    pub short: String,
    /// ĐVT: `người`, `lượt`, `đồng` …
    pub unit_of_measure: String,
    /// What kind of quantity it is.
    pub kind: Kind,
    /// In which returns it is asked.
    pub asked: Asked,
    /// How it adds up over the quarters of a longer period.
    pub across_time: AcrossTime,
    /// Whether values of several units may be added.
    pub additive: bool,
    /// Which way is better.
    pub direction: Direction,
    /// What may be printed about it.
    pub privacy: Privacy,
    /// The row it is a part of (“Trong đó”, “–”); it may stand on another sheet.
    pub part_of: Option<MeasureCode>,
    /// Whether `whole − part` is as sensitive as the part itself. The whole is
    /// [`Row::part_of`], else the denominator of the ratio it is the numerator of.
    pub complement_sensitive: bool,
    /// For an amount of money: the row that counts its receivers, hidden together with it.
    pub receivers: Option<MeasureCode>,
    /// Whether thôn report it on Biểu 06B too.
    pub by_settlement: bool,
    /// Whether it may be negative (a correction).
    pub signed: bool,
    /// Whether the commune must fill it; an optional row left empty is not missing.
    pub required: bool,
    /// The legal or planning source of the quantity.
    pub source: String,
    /// How it is counted, for the site and the instruction sheet.
    pub definition: String,
}

/// Kinds of quantity.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Kind {
    /// What there is at the end of the period (tồn).
    Stock,
    /// What happened during the period (phát sinh).
    Flow,
    /// One of a list of classes, lowest first; a value is the class's position from 1.
    Class(Vec<Class>),
}

impl Kind {
    /// The code in data files.
    pub fn code(&self) -> &'static str {
        match self {
            Kind::Stock => "stock",
            Kind::Flow => "flow",
            Kind::Class(_) => "class",
        }
    }
}

/// One class of a classification.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Class {
    /// What is typed in the form: `XS`.
    pub code: String,
    /// What readers see: `Xuất sắc`.
    pub title: String,
}

/// In which returns a row is asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Asked {
    /// In every return.
    Always,
    /// Only in the return that closes a year.
    YearEnd,
    /// Only in quarterly returns.
    Quarterly,
}

impl Asked {
    /// Whether a row is asked in the return for a period.
    pub fn in_return_for(self, period: Period) -> bool {
        match self {
            Asked::Always => true,
            Asked::YearEnd => period.closes_year(),
            Asked::Quarterly => period.kind() == PeriodKind::Quarter,
        }
    }
}

/// How a row adds up over the returns of a longer period.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AcrossTime {
    /// The sum of the returns.
    Sum,
    /// The value of the last return.
    Last,
    /// The value of the first return (an opening stock).
    First,
    /// It has no meaning over a longer period.
    None,
}

/// Which way is better.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Direction {
    /// Higher is better.
    Up,
    /// Lower is better.
    Down,
    /// Neither; never coloured or judged.
    None,
}

impl Direction {
    /// The code in data files.
    pub fn code(self) -> &'static str {
        match self {
            Direction::Up => "up",
            Direction::Down => "down",
            Direction::None => "none",
        }
    }
}

/// Privacy classes (domain report 6.1): what may be printed in the public edition.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
pub enum Privacy {
    /// Movement figures: free everywhere.
    P0,
    /// Persons: at commune level only for a year and longer.
    P1,
    /// As P1, and ratios only with enough persons in the denominator.
    P2,
    /// Never at commune level.
    P3,
}

impl Privacy {
    /// The code in data files.
    pub fn code(self) -> &'static str {
        match self {
            Privacy::P0 => "P0",
            Privacy::P1 => "P1",
            Privacy::P2 => "P2",
            Privacy::P3 => "P3",
        }
    }
}
