//! The register of models: things with a history, not numbers.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use crate::intake::{ModelRow, Return};
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

/// Merges the registers of all counted returns: one model per unit and number, by unit and number.
///
/// What a later return says of a model replaces what an earlier one said; dates once given stay
/// until another is given.
pub(super) fn register(counted: &BTreeMap<(&UnitCode, Period), &Return>) -> Vec<Model> {
    let mut models: BTreeMap<(&UnitCode, &str), Model> = BTreeMap::new();
    for ((unit, period), r) in counted {
        for row in &r.models {
            let model = models.entry((unit, &row.code)).or_insert_with(|| Model {
                unit: (*unit).clone(),
                code: row.code.clone(),
                name: String::new(),
                kind: String::new(),
                plan: String::new(),
                launched: None,
                step_dates: [None; 5],
                history: Vec::new(),
            });
            model.retell(row, *period);
        }
    }
    models.into_values().collect()
}

impl Model {
    /// Takes over what a return says. A number listed twice in one return counts once, as first listed.
    fn retell(&mut self, row: &ModelRow, period: Period) {
        if self.history.last().is_some_and(|state| state.period == period) {
            return;
        }
        for (known, told) in [(&mut self.name, &row.name), (&mut self.kind, &row.kind), (&mut self.plan, &row.plan)] {
            if !told.is_empty() {
                known.clone_from(told);
            }
        }
        self.launched = row.launched.or(self.launched);
        for (known, told) in self.step_dates.iter_mut().zip(row.step_dates) {
            *known = told.or(*known);
        }
        self.history.push(ModelState {
            period,
            step: row.step,
            members: row.members,
            evaluation: row.evaluation.clone(),
            ranking: row.ranking.clone(),
        });
    }
}
