//! Batches: which late, corrected and withdrawn returns the public figures about persons leave out for now.
//!
//! A published total printed again after one late commune tells that commune's
//! figure, though it was never printed (statistics report 0.7). So what the
//! ledger says was counted goes on being counted, until enough communes have
//! changed that no single one shows through. Figures about the movement follow at once.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use crate::definitions::Definitions;
use crate::definitions::form::Privacy;
use crate::figures::{measures, reporting};
use crate::intake::{Entry, Intake, Outcome, Reading, Return, Standing};
use crate::ledger::{Counted, Ledger, Publication};
use crate::vocabulary::{Area, CellRef, MeasureCode, Period, UnitCode};

/// Returns by unit and own period.
pub type Returns = BTreeSet<(UnitCode, Period)>;

/// The returns whose items about persons must wait: they differ from what the last publication counted,
/// and too few units have such returns in the same published totals.
///
/// Two returns are in the same totals when exactly the same published periods of the province cover
/// both. Counted so, no difference between published totals, old or new, is that of fewer units.
/// A return that no published total covers does not wait.
pub fn waiting(intake: &Intake, definitions: &Definitions, ledger: &Ledger) -> Returns {
    let Some(last) = ledger.last() else { return Returns::new() };
    let now = reported(intake, definitions);
    let keys: Returns = now.keys().chain(last.counted.keys()).cloned().collect();
    let values = |counted: Option<&Counted>| counted.map(|counted| counted.values.clone()).unwrap_or_default();
    let differs = |key: &&(UnitCode, Period)| values(now.get(*key)) != values(last.counted.get(*key));
    let published = published_periods(last, definitions);
    let mut together: BTreeMap<Vec<Period>, Returns> = BTreeMap::new();
    for key in keys.iter().filter(differs) {
        let covering: Vec<Period> = published.iter().copied().filter(|period| period.contains(key.1)).collect();
        if !covering.is_empty() {
            together.entry(covering).or_default().insert(key.clone());
        }
    }
    let units = |returns: &Returns| returns.iter().map(|(unit, _)| unit).collect::<BTreeSet<_>>().len() as i64;
    together.into_values().filter(|returns| units(returns) < definitions.policy.late_batch).flatten().collect()
}

/// What the public edition counts: the intake, with the items about persons of the waiting returns as
/// they were counted last. `None` when nothing waits.
pub fn held_back(intake: &Intake, definitions: &Definitions, ledger: &Ledger, waiting: &Returns) -> Option<Intake> {
    let last = ledger.last().filter(|_| !waiting.is_empty())?;
    let personal = personal_items(definitions);
    let mut held = intake.clone();
    let counting: BTreeSet<Arc<str>> = reporting::counted(intake).values().map(|ret| ret.file.clone()).collect();
    let mut here = Returns::new();
    for ret in held.returns.iter_mut().filter(|ret| counting.contains(&ret.file)) {
        let key = (ret.unit.clone(), ret.period);
        if waiting.contains(&key) {
            put_back(ret, last.counted.get(&key), &personal);
            here.insert(key);
        }
    }
    // A return that was counted and is no longer there stands in with what it said about persons.
    for key in waiting.difference(&here) {
        if let Some(counted) = last.counted.get(key) {
            let mut stand_in = nothing_but(key);
            put_back(&mut stand_in, Some(counted), &personal);
            held.returns.push(stand_in);
        }
    }
    Some(held)
}

/// The returns as the public edition counts them, for the ledger.
pub fn counted(intake: &Intake, definitions: &Definitions, ledger: &Ledger) -> BTreeMap<(UnitCode, Period), Counted> {
    let mut counted = reported(intake, definitions);
    for key in waiting(intake, definitions, ledger) {
        match ledger.last().and_then(|last| last.counted.get(&key)) {
            Some(as_before) => counted.insert(key, as_before.clone()),
            None => counted.remove(&key),
        };
    }
    counted
}

/// The returns that count now, with their reported values about persons.
pub(super) fn reported(intake: &Intake, definitions: &Definitions) -> BTreeMap<(UnitCode, Period), Counted> {
    let personal = personal_items(definitions);
    let values = |ret: &Return| {
        let about_persons = ret.entries.iter().filter(|(item, _)| personal.contains(*item));
        let known = about_persons.filter_map(|(item, entry)| match entry.value {
            Reading::Value(value) => Some((item.clone(), value)),
            Reading::Empty | Reading::Rejected => None,
        });
        known.collect()
    };
    reporting::counted(intake)
        .into_iter()
        .map(|((unit, period), ret)| {
            ((unit.clone(), period), Counted { sha256: ret.sha256.clone(), values: values(ret) })
        })
        .collect()
}

/// The rows that are about persons in any version of the form.
fn personal_items(definitions: &Definitions) -> BTreeSet<MeasureCode> {
    let rows = definitions.forms.iter().flat_map(|form| form.rows());
    rows.filter(|row| row.privacy > Privacy::P0).map(|row| row.code.clone()).collect()
}

/// The periods for which a publication printed a figure about persons of the province.
fn published_periods(publication: &Publication, definitions: &Definitions) -> BTreeSet<Period> {
    let catalogue = measures(definitions);
    let personal: BTreeSet<&MeasureCode> =
        catalogue.iter().filter(|info| info.privacy > Privacy::P0).map(|info| &info.code).collect();
    let printed = publication.printed.iter().filter(|(_, cell)| cell.value.is_some());
    printed
        .filter(|((area, _, measure), _)| matches!(area, Area::Province(_)) && personal.contains(measure))
        .map(|((_, period, _), _)| *period)
        .collect()
}

/// The return says about persons what it said when it was counted; nothing when it was not.
fn put_back(ret: &mut Return, counted: Option<&Counted>, personal: &BTreeSet<MeasureCode>) {
    for (item, entry) in ret.entries.iter_mut().filter(|(item, _)| personal.contains(*item)) {
        let value = counted.and_then(|counted| counted.values.get(item));
        entry.value = value.map_or(Reading::Empty, |value| Reading::Value(*value));
    }
    for (item, value) in counted.into_iter().flat_map(|counted| &counted.values) {
        ret.entries.entry(item.clone()).or_insert_with(|| Entry {
            sheet: "".into(),
            sheet_position: 0,
            cell: CellRef::new(0, 0),
            raw: String::new(),
            value: Reading::Value(*value),
            cumulative: None,
            repairs: Vec::new(),
        });
    }
}

/// A return of which nothing is known.
fn nothing_but((unit, period): &(UnitCode, Period)) -> Return {
    Return {
        file: "".into(),
        sha256: String::new(),
        unit: unit.clone(),
        period: *period,
        form_version: String::new(),
        estimate: false,
        submission: 1,
        declared_date: None,
        received: None,
        team_model: None,
        standing: Standing::Counts,
        differences: Vec::new(),
        outcome: Outcome::Accepted,
        entries: BTreeMap::new(),
        settlements: Vec::new(),
        models: Vec::new(),
        criteria: Vec::new(),
    }
}
