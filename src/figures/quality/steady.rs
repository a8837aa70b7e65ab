//! Consistency over time: large values held against the mean of earlier returns (WHO data-quality review).
//!
//! Only where that mean is large: a ratio of small counts is chance; see [`super::outlier`].

use crate::definitions::Kind;
use crate::figures::quality::ground::is_money;
use crate::figures::quality::{About, Ask, Ground};

/// Values out of the range, of those compared.
pub(super) fn shifted(ground: &Ground<'_>, own: u32, asks: &mut Vec<Ask>) -> Option<(i64, i64)> {
    let policy = ground.policy();
    let before = ground.before(own);
    let (mut out, mut compared) = (0, 0);
    for (item, entry) in ground.rows.iter().enumerate() {
        let row = entry.row;
        if matches!(row.kind, Kind::Class(_)) || is_money(row) || row.signed {
            continue;
        }
        let Some(now) = ground.value(own, item) else { continue };
        let earlier: Vec<i64> = before.iter().filter_map(|own| ground.value(*own, item)).collect();
        let returns = earlier.len() as i64;
        let sum = earlier.iter().fold(0i64, |sum, value| sum.saturating_add(*value));
        if earlier.len() < policy.history || sum < policy.steady_from * returns {
            continue;
        }
        compared += 1;
        let percent = i128::from(now) * 100 * i128::from(returns);
        let (low, high) = policy.steady;
        if percent < i128::from(sum) * i128::from(low) || percent > i128::from(sum) * i128::from(high) {
            out += 1;
            let about = About::Shift { item: row.code.clone(), now, sum, returns };
            asks.push(Ask { unit: ground.unit(own).clone(), period: ground.period(own), about });
        }
    }
    (compared > 0).then_some((out, compared))
}
