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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::figures::Quantity;
    use crate::figures::sample::{day, definitions, sent};
    use crate::ledger::Printed;
    use crate::vocabulary::PeriodKind::{Half, Quarter};
    use crate::vocabulary::{ConfStatus, ObsStatus};

    fn province() -> Definitions {
        definitions(&[
            ("99001", Quarter),
            ("99002", Quarter),
            ("99003", Quarter),
            ("99004", Quarter),
            ("99005", Half),
            ("99006", Half),
        ])
    }

    fn intake(definitions: &Definitions, returns: &[(&str, &str, i64)]) -> Intake {
        let returns = returns.iter().map(|(unit, period, value)| sent(definitions, unit, period, &[("a.vao", *value)]));
        Intake { returns: returns.collect(), ..Intake::default() }
    }

    /// A ledger of one publication that counted this intake and printed the province for some periods.
    fn published(definitions: &Definitions, counted_then: &Intake, periods: &[&str]) -> Ledger {
        let printed = |period: &&str| {
            let place = (Area::Province("99".into()), period.parse().unwrap(), MeasureCode::from("a.vao"));
            let (value, status) = (Some(Quantity::Whole(50)), ObsStatus::A);
            (place, Printed { value, status, conf: ConfStatus::F, reported: 1, due: 1 })
        };
        let publication = Publication {
            number: 1,
            published: day("2027-01-20"),
            as_of: day("2027-01-15"),
            printed: periods.iter().map(printed).collect(),
            counted: counted(counted_then, definitions, &Ledger::default()),
            ..Publication::default()
        };
        Ledger { publications: vec![publication] }
    }

    const THEN: [(&str, &str, i64); 3] = [("99001", "2026-Q1", 10), ("99002", "2026-Q1", 20), ("99005", "2026-H1", 30)];

    fn waits(now: &[(&str, &str, i64)], periods: &[&str]) -> Vec<String> {
        let definitions = province();
        let ledger = published(&definitions, &intake(&definitions, &THEN), periods);
        let waiting = waiting(&intake(&definitions, now), &definitions, &ledger);
        waiting.iter().map(|(unit, period)| format!("{unit} {period}")).collect()
    }

    #[test]
    fn a_correction_a_late_return_and_a_withdrawal_wait_for_each_other() {
        let corrected = [("99001", "2026-Q1", 11), THEN[1], THEN[2]];
        assert_eq!(waits(&corrected, &["2026-Q1"]), ["99001 2026-Q1"]);
        let and_late = [corrected[0], THEN[1], THEN[2], ("99003", "2026-Q1", 5)];
        assert_eq!(waits(&and_late, &["2026-Q1"]), ["99001 2026-Q1", "99003 2026-Q1"]);
        let and_withdrawn = [corrected[0], THEN[2], and_late[3]];
        assert!(waits(&and_withdrawn, &["2026-Q1"]).is_empty());
    }

    #[test]
    fn what_no_published_total_covers_does_not_wait() {
        let late = [THEN[0], THEN[1], THEN[2], ("99003", "2026-Q2", 5)];
        assert!(waits(&late, &["2026-Q1"]).is_empty());
        assert_eq!(waits(&late, &["2026-Q1", "2026"]), ["99003 2026-Q2"]);
    }

    #[test]
    fn three_units_of_the_year_are_not_three_of_a_published_quarter() {
        let late =
            [THEN[0], THEN[1], THEN[2], ("99003", "2026-Q1", 5), ("99004", "2026-Q2", 6), ("99006", "2026-H1", 7)];
        assert!(waits(&late, &["2026"]).is_empty(), "the year alone cannot tell them apart");
        assert_eq!(waits(&late, &["2026", "2026-Q1"]), ["99003 2026-Q1", "99004 2026-Q2", "99006 2026-H1"]);
        assert!(waits(&late, &["2026", "2026-H1"]).is_empty(), "half a year has the three of them");
    }

    #[test]
    fn the_same_unit_twice_is_one_unit() {
        let late =
            [THEN[0], THEN[1], THEN[2], ("99003", "2026-Q1", 5), ("99003", "2026-Q2", 5), ("99004", "2026-Q3", 1)];
        assert_eq!(waits(&late, &["2026"]).len(), 3);
    }

    #[test]
    fn what_waits_is_counted_as_it_was_and_the_ledger_says_so() {
        let definitions = province();
        let then = intake(&definitions, &THEN);
        let ledger = published(&definitions, &then, &["2026-Q1"]);
        // One corrected, one withdrawn: two wait.
        let now = intake(&definitions, &[("99001", "2026-Q1", 11), THEN[2]]);
        let waiting = waiting(&now, &definitions, &ledger);
        let held = held_back(&now, &definitions, &ledger, &waiting).unwrap();
        assert_eq!(reported(&held, &definitions), reported(&then, &definitions));
        assert_eq!(counted(&now, &definitions, &ledger), ledger.publications[0].counted);
        assert!(held_back(&now, &definitions, &ledger, &Returns::new()).is_none());
    }

    #[test]
    fn a_late_return_that_waits_is_there_without_its_persons() {
        let definitions = province();
        let ledger = published(&definitions, &intake(&definitions, &THEN), &["2026-Q1"]);
        let now = intake(&definitions, &[THEN[0], THEN[1], THEN[2], ("99003", "2026-Q1", 5)]);
        let waiting = waiting(&now, &definitions, &ledger);
        let held = held_back(&now, &definitions, &ledger, &waiting).unwrap();
        let late = &reported(&held, &definitions)[&("99003".into(), "2026-Q1".parse().unwrap())];
        assert!(late.values.is_empty());
        assert!(!counted(&now, &definitions, &ledger).contains_key(&("99003".into(), "2026-Q1".parse().unwrap())));
    }
}
