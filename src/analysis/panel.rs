//! A panel: the units of an area that are complete in every period of a rhythm, taken together.
//!
//! Where now and then a return is missing, the whole has few periods that can stand side by side; the units
//! that miss none have them all. A panel is told with its number of units, holds as large a part of those due
//! as the policy asks of any aggregate of the edition, and never stands where one of its figures is hidden.

use crate::analysis::Silence;
use crate::analysis::funnel::complete;
use crate::release::{MeasureInfo, Quantity, Release};
use crate::vocabulary::{Area, Edition, Period};

/// Units, of how many.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Panel {
    /// Units that are complete in every period.
    pub units: usize,
    /// Units of which the last period has a figure or waits for one.
    pub due: usize,
}

/// The panel of an area over periods and its figures; `None` for a unit, where a figure is hidden, and where too few
/// units are complete.
pub fn panel(
    release: &Release,
    info: &MeasureInfo,
    area: &Area,
    periods: &[Period],
) -> Option<(Panel, Vec<(Period, Quantity)>)> {
    let last = *periods.last()?;
    if matches!(area, Area::Unit(_)) {
        return None;
    }
    let figure = |unit: &Area, period: Period| complete(release.figure(unit, period, &info.code));
    let definitions = release.definitions();
    let units = definitions.units.units.values().filter(|unit| definitions.is_member(unit, area));
    let units = units.map(|unit| Area::Unit(unit.code.clone()));
    let due: Vec<Area> = units.filter(|unit| !matches!(figure(unit, last), Err(Silence::NotDue))).collect();
    let is_hidden = |unit: &Area| periods.iter().any(|period| matches!(figure(unit, *period), Err(Silence::Hidden)));
    if due.iter().any(is_hidden) {
        return None;
    }
    let whole = |unit: &&Area| periods.iter().all(|period| figure(unit, *period).is_ok_and(|of| of.value.is_some()));
    let matched: Vec<&Area> = due.iter().filter(whole).collect();
    let policy = &definitions.policy;
    let enough = match release.edition() {
        Edition::Public => policy.public_coverage,
        Edition::Internal => policy.headline_coverage,
    };
    let panel = Panel { units: matched.len(), due: due.len() };
    if panel.units == 0 || (panel.units as i64) * 100 < (panel.due as i64) * enough {
        return None;
    }
    let sum = |period: Period| {
        let values = matched.iter().filter_map(|unit| release.figure(unit, period, &info.code).value);
        values.map(Some).reduce(|sum, value| add(sum?, value?)).flatten()
    };
    Some((panel, periods.iter().filter_map(|period| Some((*period, sum(*period)?))).collect()))
}

/// Both together; `None` for quantities of different kinds, and beyond 64 bits.
fn add(one: Quantity, other: Quantity) -> Option<Quantity> {
    match (one, other) {
        (Quantity::Whole(one), Quantity::Whole(other)) => one.checked_add(other).map(Quantity::Whole),
        (Quantity::Ratio { numerator: n, denominator: d }, Quantity::Ratio { numerator: m, denominator: e }) => {
            Some(Quantity::Ratio { numerator: n.checked_add(m)?, denominator: d.checked_add(e)? })
        }
        _ => None,
    }
}
