//! Copied forward: all flows equal those of the return before, where chance would hardly make them so.
//!
//! Stocks may repeat and are left out, and so are parts of a total that is looked at itself.

use crate::figures::quality::{About, Ask, Ground};
use crate::statistics::chance;

/// At most this many equal values are told.
const TOLD: usize = 6;

/// 1 of 1 when the return repeats the one before, 0 of 1 when not; nothing when there is none before.
pub(super) fn repeated(ground: &Ground<'_>, own: u32, asks: &mut Vec<Ask>) -> Option<(i64, i64)> {
    let policy = ground.policy();
    let previous = *ground.before(own).last()?;
    if Some(ground.period(previous)) != ground.period(own).previous() {
        return None;
    }
    let mut equal = Vec::new();
    for (item, _) in ground.flows().filter(|(_, row)| !ground.is_part(row)) {
        match (ground.value(own, item), ground.value(previous, item)) {
            (now, before) if now != before => return Some((0, 1)),
            (Some(now), _) if now > 0 => equal.push(now),
            _ => {}
        }
    }
    let chance = chance::all_equal(equal.iter().map(|value| value.unsigned_abs())) * 1e6;
    if equal.len() < policy.copied_rows || chance >= f64::from(policy.copied) {
        return Some((0, 1));
    }
    let about = About::Copied { equal: equal.len(), values: equal.into_iter().take(TOLD).collect() };
    asks.push(Ask { unit: ground.unit(own).clone(), period: ground.period(own), about });
    Some((1, 1))
}
