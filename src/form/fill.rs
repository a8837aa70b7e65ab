//! What is written into a workbook besides the form itself: the cover, and values when there are any.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use crate::definitions::form::AcrossTime;
use crate::definitions::{CheckKind, Form, Row};
use crate::vocabulary::{MeasureCode, Period, UnitCode};

/// The cover of one return, and what is already known or filled in.
#[derive(Clone, Debug)]
pub struct Fill {
    /// The unit.
    pub unit: UnitCode,
    /// Its name as typed on the cover; the register's name on the last day of the period when none.
    pub name: Option<String>,
    /// The period.
    pub period: Period,
    /// Whether the figures are an estimate (ước).
    pub estimate: bool,
    /// Lần nộp, from 1.
    pub submission: u32,
    /// Team model `1-1` or `1-n`; that of the unit's plans when none.
    pub team_model: Option<String>,
    /// Ngày lập.
    pub made_on: Option<NaiveDate>,
    /// Chức danh người lập; never a person's name.
    pub maker: String,
    /// What stands in the rows.
    pub lines: BTreeMap<MeasureCode, Line>,
    /// The values of the unit's previous return, when known: the live checks compare with them.
    pub previous: BTreeMap<MeasureCode, i64>,
    /// The year's returns before this one, added up, when known; in the first return of a year always known.
    pub year_so_far: Option<BTreeMap<MeasureCode, i64>>,
    /// The thôn of Biểu 06B.
    pub settlements: Vec<Settlement>,
    /// The models of Biểu 08.
    pub models: Vec<ModelLine>,
    /// The set of criteria asked on Biểu 09; the first of the definitions when none is named.
    pub criteria_set: Option<String>,
    /// Results on Biểu 09 by number of the criterion.
    pub criteria: BTreeMap<String, CriterionLine>,
    /// Whether the sheet “Hướng dẫn” tells how each quantity is counted; a filled return does without.
    pub explained: bool,
}

/// What stands in one row of the form.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Line {
    /// Column “Trong kỳ”; for a class its position from 1.
    pub value: Option<Typed>,
    /// Column “Lũy kế từ đầu năm” when it was typed; a formula stands there otherwise.
    pub cumulative: Option<Typed>,
    /// Column “Cùng kỳ năm trước”.
    pub last_year: Option<i64>,
    /// Column “Ghi chú”.
    pub note: String,
}

/// What a person typed into a cell.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Typed {
    /// A whole number.
    Number(i64),
    /// Anything else.
    Text(String),
}

/// One thôn of Biểu 06B.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Settlement {
    /// Its name.
    pub name: String,
    /// Its values.
    pub values: BTreeMap<MeasureCode, i64>,
}

/// One model of Biểu 08.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ModelLine {
    /// Its number in the unit's register.
    pub code: String,
    /// Its name.
    pub name: String,
    /// Its kind.
    pub kind: String,
    /// The plan it belongs to.
    pub plan: String,
    /// The day it was launched.
    pub launched: Option<NaiveDate>,
    /// The step of building reached, 0–5.
    pub step: u8,
    /// The day each step was reached.
    pub step_dates: [Option<NaiveDate>; 5],
    /// Its members.
    pub members: Option<i64>,
    /// Yearly evaluation.
    pub evaluation: String,
    /// Yearly ranking.
    pub ranking: String,
}

/// The result for one criterion of Biểu 09.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CriterionLine {
    /// Met, not met, or left open.
    pub met: Option<bool>,
    /// What shows it.
    pub evidence: String,
}

impl Fill {
    /// A blank return: only the cover is known.
    pub fn blank(unit: UnitCode, period: Period) -> Self {
        Self {
            unit,
            name: None,
            period,
            estimate: false,
            submission: 1,
            team_model: None,
            made_on: None,
            maker: String::new(),
            lines: BTreeMap::new(),
            previous: BTreeMap::new(),
            year_so_far: None,
            settlements: Vec::new(),
            models: Vec::new(),
            criteria_set: None,
            criteria: BTreeMap::new(),
            explained: true,
        }
    }

    /// Carries over what the previous return says about this one: every row that a check of the
    /// form sets equal to a row of the previous return (số đầu kỳ = số cuối kỳ trước) is prefilled.
    pub fn carry_over(&mut self, form: &Form, previous: BTreeMap<MeasureCode, i64>) {
        for check in &form.checks {
            let CheckKind::Equal { left, right } = &check.kind else { continue };
            let ([here], [before]) = (left.as_slice(), right.as_slice()) else { continue };
            if here.previous || !before.previous || here.coefficient != before.coefficient {
                continue;
            }
            if let Some(value) = previous.get(&before.item) {
                self.lines.entry(here.item.clone()).or_default().value.get_or_insert(Typed::Number(*value));
            }
        }
        self.previous = previous;
    }

    /// Adds up the earlier returns of the year, so that the form works out “Lũy kế” by itself: in every row
    /// that all of them fill, and in the others that need not be filled.
    pub fn add_up(&mut self, form: &Form, earlier: &[BTreeMap<MeasureCode, i64>]) {
        let rows = || form.rows().filter(|row| row.across_time == AcrossTime::Sum);
        let is_known = |row: &Row| !row.required || earlier.iter().all(|values| values.contains_key(&row.code));
        if !rows().all(is_known) {
            return;
        }
        let sum = |row: &Row| earlier.iter().filter_map(|values| values.get(&row.code)).sum();
        self.year_so_far = Some(rows().map(|row| (row.code.clone(), sum(row))).collect());
    }

    /// The number standing in a row.
    pub(super) fn number(&self, item: &MeasureCode) -> Option<i64> {
        match self.lines.get(item)?.value {
            Some(Typed::Number(value)) => Some(value),
            _ => None,
        }
    }
}
