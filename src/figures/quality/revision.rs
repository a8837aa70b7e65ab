//! Revision: how far the version that counts differs from the first one that came, Σ|new − old| of Σ new.
//!
//! Money is left out: one amount would outweigh every count. What was not a number before or after is left out too.

use crate::definitions::Kind;
use crate::figures::quality::Ground;
use crate::figures::quality::ground::is_money;
use crate::intake::{Reading, Return, Standing};
use crate::vocabulary::MeasureCode;

/// Sum of absolute differences, of the sum of the values that count; nothing for a return that came once.
pub(super) fn moved(ground: &Ground<'_>, own: u32) -> Option<(i64, i64)> {
    let counts = ground.sent(own)?;
    let replaced = |ret: &&Return| {
        ret.unit == counts.unit && ret.period == counts.period && matches!(ret.standing, Standing::Superseded { .. })
    };
    let first = ground.intake.returns.iter().filter(replaced);
    let first = first.min_by_key(|ret| (ret.received, ret.submission, &ret.file))?;
    let is_count = |item: &MeasureCode| {
        let row = ground.rows.iter().find(|entry| entry.row.code == *item).map(|entry| entry.row);
        row.is_some_and(|row| !matches!(row.kind, Kind::Class(_)) && !is_money(row))
    };
    let moved = first.differences.iter().filter(|change| !change.cumulative && is_count(&change.item));
    let moved = moved.fold(0i64, |sum, change| match (change.old, change.new) {
        (Reading::Value(old), Reading::Value(new)) => sum.saturating_add(new.saturating_sub(old).saturating_abs()),
        _ => sum,
    });
    let values = counts.entries.iter().filter(|(item, _)| is_count(item));
    let all = values.fold(0i64, |sum, (_, entry)| match entry.value {
        Reading::Value(value) => sum.saturating_add(value),
        Reading::Empty | Reading::Rejected => sum,
    });
    Some((moved, all))
}
