//! The panel: every observation that was expected, present or typed as absent.
//!
//! One cell per expected return and form row. Nothing is added up here; what
//! was asked comes from the form that the return was filled on, or from the
//! newest form when nothing came.

use std::collections::BTreeMap;

use polars::prelude::{DataFrame, df};

use crate::definitions::schedule::{self, Expected};
use crate::definitions::{Definitions, Form, Kind};
use crate::figures::measure::CatalogueRow;
use crate::figures::reporting::{ReturnState, ReturnStatus};
use crate::intake::{Reading, Return};
use crate::vocabulary::{Period, UnitCode};

/// An expected return of a unit, of its own rhythm.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct OwnReturn {
    /// Position of the unit among all units.
    pub unit: usize,
    /// The period.
    pub period: Period,
    /// Whether it came or its deadline has passed.
    pub due: bool,
    /// Whether the version that counts is an estimate (ước).
    pub estimate: bool,
}

/// One cell of the panel.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Observation {
    /// Reported, 0 included.
    Reported(i64),
    /// Due, and nothing stands there.
    Missing,
    /// Not asked, not due yet, or optional and left empty.
    NotDue,
    /// Something stands there that is not used.
    Quarantined,
}

/// Every expected observation.
#[derive(Clone, Debug, Default)]
pub(super) struct Panel {
    returns: Vec<OwnReturn>,
    items: usize,
    cells: Vec<Observation>,
}

impl Panel {
    /// The panel of all expected returns, which are sorted by unit and period and each have a status.
    pub fn new(
        definitions: &Definitions,
        rows: &[CatalogueRow<'_>],
        expected: &[Expected],
        reporting: &[ReturnStatus],
        counted: &BTreeMap<(&UnitCode, Period), &Return>,
    ) -> Self {
        let units: BTreeMap<&UnitCode, usize> = definitions.units.units.keys().zip(0..).collect();
        let has_row = |form: &Form| rows.iter().map(|entry| form.row(&entry.row.code).is_some()).collect();
        let on_forms: Vec<Vec<bool>> = definitions.forms.iter().map(has_row).collect();
        let mut panel = Self { returns: Vec::new(), items: rows.len(), cells: Vec::new() };
        for (owed, status) in expected.iter().zip(reporting) {
            let (_, end) = definitions.scheme.days(owed.period);
            let active = schedule::active(definitions, &owed.unit, end);
            let counts = counted.get(&(&owed.unit, owed.period)).copied();
            let due = status.state != ReturnState::NotYetDue;
            let form = form_of(definitions, counts);
            let on_form = &on_forms[form];
            panel.returns.push(OwnReturn {
                unit: units[&owed.unit],
                period: owed.period,
                due,
                estimate: status.estimate,
            });
            panel.cells.extend(rows.iter().zip(on_form).map(|(entry, on_form)| {
                let asked = due
                    && *on_form
                    && entry.row.asked.in_return_for(owed.period)
                    && entry.sheet.is_asked_of(active.iter().map(|plan| &plan.id));
                if asked { observation(entry, counts) } else { Observation::NotDue }
            }));
        }
        panel
    }

    /// The expected returns, by unit and period.
    pub fn returns(&self) -> &[OwnReturn] {
        &self.returns
    }

    /// The observation of a row in a return.
    pub fn get(&self, own: u32, item: usize) -> Observation {
        self.cells[own as usize * self.items + item]
    }

    /// The due observations as columns of whole numbers, ready to be joined and added up:
    ///
    /// * `key`: the return times four plus how the row adds up over time ([`frame_key`]),
    /// * `measure`: the position of the row's measure,
    /// * `value` (null unless reported), `reported`, `due`, `estimated`: what adds up.
    pub fn frame(&self, rows: &[CatalogueRow<'_>], measure_of_row: &[usize]) -> DataFrame {
        let mut columns = Columns::default();
        for (at, cell) in self.cells.iter().enumerate().filter(|(_, cell)| **cell != Observation::NotDue) {
            let (own, item) = (at / self.items, at % self.items);
            let value = match cell {
                Observation::Reported(value) => Some(*value),
                _ => None,
            };
            let reported = u32::from(value.is_some());
            columns.key.push(frame_key(own as u32, rows[item].row.across_time as u32));
            columns.measure.push(measure_of_row[item] as u32);
            columns.value.push(value);
            columns.reported.push(reported);
            columns.due.push(1);
            columns.estimated.push(reported * u32::from(self.returns[own].estimate));
        }
        columns.into_frame()
    }
}

/// The key under which a return's rows meet the periods they count in: a sum counts in every
/// period that has the return, a stock only where the return is the last.
pub(super) fn frame_key(own: u32, across_time: u32) -> u32 {
    own * 4 + across_time
}

#[derive(Default)]
struct Columns {
    key: Vec<u32>,
    measure: Vec<u32>,
    value: Vec<Option<i64>>,
    reported: Vec<u32>,
    due: Vec<u32>,
    estimated: Vec<u32>,
}

impl Columns {
    fn into_frame(self) -> DataFrame {
        df![
            "key" => self.key, "measure" => self.measure, "value" => self.value,
            "reported" => self.reported, "due" => self.due, "estimated" => self.estimated,
        ]
        .expect("the columns grow together")
    }
}

/// Position of the form a return was filled on; of the newest when nothing came or its version is not known.
fn form_of(definitions: &Definitions, counts: Option<&Return>) -> usize {
    let forms = &definitions.forms;
    let filled = counts.and_then(|r| forms.iter().position(|form| form.version == r.form_version));
    filled.or(forms.len().checked_sub(1)).expect("definitions are accepted only with a form")
}

fn observation(entry: &CatalogueRow<'_>, counts: Option<&Return>) -> Observation {
    let Some(counts) = counts else { return Observation::Missing };
    let classes = match &entry.row.kind {
        Kind::Class(classes) => Some(1..=classes.len() as i64),
        _ => None,
    };
    match counts.entries.get(&entry.row.code).map(|entry| entry.value) {
        Some(Reading::Value(value)) if classes.is_none_or(|classes| classes.contains(&value)) => {
            Observation::Reported(value)
        }
        Some(Reading::Value(_) | Reading::Rejected) => Observation::Quarantined,
        Some(Reading::Empty) | None if !entry.row.required => Observation::NotDue,
        Some(Reading::Empty) | None => Observation::Missing,
    }
}
