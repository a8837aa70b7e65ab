//! Poisson outliers: small counts that chance hardly explains, given the unit's own earlier returns.
//!
//! `x | x + S` is binomial with probability 1/(m + 1); two-sided mid-P (statistics report, section 4).
//! Attendances (lượt) come in crowds and do not follow that law.

use crate::figures::quality::{About, Ask, Ground};
use crate::statistics::chance;

/// At most this many earlier values are told.
const TOLD: usize = 4;

/// Rare counts, of those tested.
pub(super) fn rare(ground: &Ground<'_>, own: u32, asks: &mut Vec<Ask>) -> Option<(i64, i64)> {
    let policy = ground.policy();
    let before = ground.before(own);
    let (mut rare, mut tested) = (0, 0);
    for (item, row) in ground.flows().filter(|(_, row)| !row.unit_of_measure.starts_with("lượt")) {
        let count = |own: &u32| ground.value(*own, item).and_then(|value| u64::try_from(value).ok());
        let Some(now) = count(&own) else { continue };
        let earlier: Vec<u64> = before.iter().filter_map(count).collect();
        let sum = earlier.iter().fold(0u64, |sum, value| sum.saturating_add(*value));
        let large = policy.steady_from.unsigned_abs() * earlier.len() as u64;
        if earlier.len() < policy.history || sum >= large {
            continue;
        }
        tested += 1;
        let chance = chance::outlier(now, sum, earlier.len() as u32) * 1e6;
        if chance < f64::from(policy.outlier) {
            rare += 1;
            let before = earlier.iter().rev().take(TOLD).rev().map(|value| *value as i64).collect();
            let listed = chance < f64::from(policy.outlier_listed);
            let about = About::Outlier { item: row.code.clone(), now: now as i64, before, listed };
            asks.push(Ask { unit: ground.unit(own).clone(), period: ground.period(own), about });
        }
    }
    (tested > 0).then_some((rare, tested))
}
