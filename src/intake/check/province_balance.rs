//! Inside a province, who leaves a unit arrives in a unit, but for moves across its border.
//!
//! A finding of the province, not of a file. Looked at year by year, because
//! units report in different rhythms and a move is seldom told by both ends in
//! the same quarter; and only for years in which every due return is there.

use std::collections::{BTreeMap, BTreeSet};

use crate::definitions::Check;
use crate::findings::{Finding, Place};
use crate::intake::check::history::History;
use crate::intake::check::sum::wide;
use crate::vocabulary::text::inside_sentence;
use crate::vocabulary::{MeasureCode, Period, ProvinceCode, UnitCode};

/// Stands in place of a file in findings about a province.
pub const WHOLE_PROVINCE: &str = "(toàn tỉnh)";

pub(super) fn check(
    history: &History,
    check: &Check,
    inflow: &MeasureCode,
    outflow: &MeasureCode,
    percent: i64,
) -> Vec<Finding> {
    let mut sums: BTreeMap<(ProvinceCode, i32), Option<(i128, i128)>> = BTreeMap::new();
    for unit in history.units() {
        let Some(known) = history.definitions.units.get(unit) else { continue };
        let years: BTreeSet<i32> = history.expected(unit).iter().map(|period| period.last_year()).collect();
        for year in years {
            let moved = moved(history, unit, year, inflow, outflow);
            let sum = sums.entry((known.province.clone(), year)).or_insert(Some((0, 0)));
            *sum = sum.zip(moved).map(|(sum, moved)| (sum.0 + moved.0, sum.1 + moved.1));
        }
    }
    let name = |item: &MeasureCode| {
        let row = history.definitions.forms.iter().rev().find_map(|form| form.row(item));
        row.map_or_else(|| item.to_string(), |row| inside_sentence(&row.short))
    };
    sums.into_iter()
        .filter_map(|((_, year), sum)| {
            let (came, went) = sum?;
            let (difference, larger) = ((came - went).abs(), came.max(went));
            if difference * 100 <= i128::from(percent) * larger {
                return None;
            }
            let message = format!(
                "{} cộng toàn tỉnh: {} là {}, {} là {}, lệch {} (quá {percent}%)",
                Period::year(year).heading(),
                name(inflow),
                wide(came),
                name(outflow),
                wide(went),
                wide(difference),
            );
            Some(Finding {
                place: Place::file(WHOLE_PROVINCE),
                severity: check.severity,
                rule: check.id.clone(),
                message,
                help: check.advice.trim_end_matches('.').to_owned(),
                item: Some(inflow.clone()),
                unit: None,
                period: Some(Period::year(year)),
                explanation: None,
            })
        })
        .collect()
}

/// Who came to and went from a unit in a year; `None` when a due return or value is missing.
fn moved(
    history: &History,
    unit: &UnitCode,
    year: i32,
    inflow: &MeasureCode,
    outflow: &MeasureCode,
) -> Option<(i128, i128)> {
    history.expected(unit).iter().filter(|period| period.last_year() == year).try_fold((0, 0), |sum, period| {
        let ret = history.get(unit, *period)?;
        let (came, went) = (history.value(ret, inflow)?, history.value(ret, outflow)?);
        Some((sum.0 + i128::from(came), sum.1 + i128::from(went)))
    })
}
