//! Registers the officer keeps by hand beside the returns: receipts and explanations.
//!
//! Apart from [`super::Definitions`], because pages may never see them unreleased.

use std::collections::BTreeMap;
use std::sync::Arc;

use chrono::NaiveDate;

use crate::vocabulary::{MeasureCode, Period, RuleId, UnitCode};

/// `receipts.csv` and `explanations.csv`.
#[derive(Clone, Debug, Default)]
pub struct Registers {
    /// When a file was received, by its path below `returns/`.
    pub receipts: BTreeMap<Arc<str>, Receipt>,
    /// Accepted explanations.
    pub explanations: Vec<Explanation>,
}

/// One line of `receipts.csv`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Receipt {
    /// The day it was received.
    pub received: NaiveDate,
    /// How: e-mail, USB …
    pub channel: String,
}

/// One line of `explanations.csv`: the officer accepts a warning. It lapses when the value changes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Explanation {
    /// The unit.
    pub unit: UnitCode,
    /// The period of the return.
    pub period: Period,
    /// The form row.
    pub item: MeasureCode,
    /// The rule whose finding is accepted.
    pub rule: RuleId,
    /// The value it was accepted for.
    pub value: Option<i64>,
    /// Why the value is right.
    pub reason: String,
    /// When it was accepted.
    pub date: NaiveDate,
    /// Its line in `explanations.csv`, from 1.
    pub line: usize,
}
