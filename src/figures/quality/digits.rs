//! Heaping: too many values that end in 0 or 5, over the whole history of a unit.
//!
//! Of what is counted one value in five does. Stocks repeat from return to return and are left out.

use std::collections::BTreeMap;

use crate::figures::quality::{About, Ask, Ground};
use crate::statistics::chance;
use crate::vocabulary::UnitCode;

/// The share of round values among those that are counted.
const SHARE: f64 = 0.2;

/// Round values of a return, of those of two digits or more.
pub(super) fn round(ground: &Ground<'_>, own: u32) -> Option<(i64, i64)> {
    let values = ground.flows().filter_map(|(item, _)| ground.value(own, item)).filter(|value| *value >= 10);
    let (round, all) = values.fold((0, 0), |(round, all), value| (round + i64::from(value % 5 == 0), all + 1));
    (all > 0).then_some((round, all))
}

/// Notes the units whose values are round too often, at their latest return.
pub(super) fn ask(ground: &Ground<'_>, asks: &mut Vec<Ask>) {
    let policy = ground.policy();
    let mut units: BTreeMap<&UnitCode, (i64, i64, u32)> = BTreeMap::new();
    for own in ground.due().filter(|own| ground.came(*own)) {
        let Some((round, all)) = round(ground, own) else { continue };
        let sum = units.entry(ground.unit(own)).or_default();
        *sum = (sum.0 + round, sum.1 + all, own);
    }
    for (unit, (round, of, last)) in units {
        let (x, n) = (round.unsigned_abs(), of.unsigned_abs());
        if n >= policy.digits && chance::at_least(x, n, SHARE) * 1e6 < f64::from(policy.digits_chance) {
            let about = About::Digits { round, of };
            asks.push(Ask { unit: unit.clone(), period: ground.period(last), about });
        }
    }
}
