//! The register of models: things with a history, not numbers.

use chrono::NaiveDate;

use crate::vocabulary::{Period, UnitCode};

/// A model as its unit last reported it, with its history.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Model {
    /// The unit.
    pub unit: UnitCode,
    /// Its number in the unit's register.
    pub code: String,
    /// Its name.
    pub name: String,
    /// Its kind, as reported.
    pub kind: String,
    /// The plan it belongs to, as reported.
    pub plan: String,
    /// The day it was launched.
    pub launched: Option<NaiveDate>,
    /// The day each step 1–5 was reached.
    pub step_dates: [Option<NaiveDate>; 5],
    /// One entry per counted return that listed it, in order.
    pub history: Vec<ModelState>,
}

impl Model {
    /// The latest state.
    pub fn latest(&self) -> &ModelState {
        &self.history[self.history.len() - 1]
    }
}

/// A model in one return.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ModelState {
    /// The period of the return.
    pub period: Period,
    /// The step of building reached, 0–5.
    pub step: u8,
    /// Members.
    pub members: Option<i64>,
    /// Yearly evaluation, as reported.
    pub evaluation: String,
    /// Yearly ranking, as reported.
    pub ranking: String,
}
