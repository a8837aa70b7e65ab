//! Small releases for the tests of this room and the site: the panels of `figures::sample`, released in full.

use std::sync::Arc;

use crate::definitions::target::Comparison;
use crate::definitions::{Definitions, Target};
use crate::figures::sample::{area, day, definitions, figures_on, merged, sent};
use crate::intake::{Intake, Return};
use crate::ledger::Ledger;
use crate::release::{Release, Stamp, cover};
use crate::vocabulary::PeriodKind::{Half, Quarter, Year};
use crate::vocabulary::{Area, Period};

/// The unit that reports by quarter, the one that reports by half, the province.
pub(super) fn areas() -> [Area; 3] {
    ["00001", "00002", "99"].map(area)
}

/// A target for a year.
pub(super) fn target(measure: &str, area: Area, year: i32, comparison: Comparison, tenths: i64) -> Target {
    Target { plan: None, measure: measure.into(), area, period: Period::year(year), tenths, comparison }
}

/// Two units, all of whose returns of 2026 and 2027 that are due by the day have come: 00001 with 4 arrivals
/// a quarter and a stock of 10 that grows by one a quarter from 2027 on; 00002 with 30 arrivals a half.
pub(super) fn release_on(as_of: &str) -> Release {
    release_with(as_of, Vec::new())
}

/// The same with targets.
pub(super) fn release_with(as_of: &str, targets: Vec<Target>) -> Release {
    let mut definitions = definitions(&[("00001", Quarter), ("00002", Half)]);
    definitions.targets = targets;
    let owed = crate::definitions::schedule::expected(&definitions);
    let due = owed.iter().filter(|owed| owed.deadline <= day(as_of));
    let returns = due.map(|owed| {
        let quarters = i64::from(owed.period.last_year() - 2027) * 4 + i64::from(owed.period.number());
        let (came, stock) = if owed.unit.as_str() == "00001" { (4, 10 + quarters.max(0)) } else { (30, 50) };
        let values = [("a.vao", came), ("a.dau", 8), ("a.cuoi", stock)];
        sent(&definitions, owed.unit.as_str(), &owed.period.to_string(), &values)
    });
    let returns = returns.collect();
    release(as_of, definitions, returns)
}

/// Three yearly units that sent these values: unit, year, row, value.
pub(crate) fn release_of(values: &[(&str, &str, &str, i64)]) -> Release {
    let definitions = definitions(&[("00001", Year), ("00002", Year), ("00003", Year)]);
    let returns = values.iter().map(|(unit, year, row, value)| sent(&definitions, unit, year, &[(row, *value)]));
    let returns = returns.collect();
    release("2028-02-01", definitions, returns)
}

/// The release of [`merged`] units.
pub(crate) fn release_merged() -> Release {
    let (definitions, returns) = merged();
    release("2028-02-01", definitions, returns)
}

fn release(as_of: &str, definitions: Definitions, returns: Vec<Return>) -> Release {
    let figures = figures_on(as_of, &definitions, returns);
    let stamp = Stamp { as_of: day(as_of), templates: String::new() };
    let cover = cover(&figures, &definitions, &Ledger::default());
    Release::internal_edition(&figures, &Arc::new(Intake::default()), &Arc::new(definitions), &cover, &[], &stamp)
}
