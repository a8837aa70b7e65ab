//! No count is far from the unit's own history, where chance alone would
//! hardly take it (statistics report, section 4, “Poisson outlier”).
//!
//! Only for what comes singly and seldom: money, attendances (lượt) and counts
//! that are usually large do not follow a Poisson law; see `jump`.

use crate::definitions::{Kind, Row};
use crate::intake::check::Fault;
use crate::intake::check::case::{Case, is_money};
use crate::statistics::chance;
use crate::vocabulary::number;

/// Fewer earlier returns than this are no history.
const FEWEST: usize = 3;
/// From this mean on a ratio says more than chance (WHO DQR).
const LARGE: u64 = 20;

pub(super) fn check(case: &Case, per_million: u32) -> Vec<Fault> {
    let before = case.history.before(case.ret);
    case.entries()
        .filter(|(row, _)| row.kind == Kind::Flow && !is_money(row) && !counts_attendances(row) && !row.signed)
        .filter_map(|(row, _)| {
            let now = u64::try_from(case.value(&row.code)?).ok()?;
            let history: Vec<u64> =
                before.iter().filter_map(|ret| u64::try_from(case.history.value(ret, &row.code)?).ok()).collect();
            let sum = history.iter().try_fold(0u64, |sum, value| sum.checked_add(*value))?;
            let returns = u32::try_from(history.len()).ok()?;
            if history.len() < FEWEST || sum >= LARGE * u64::from(returns) {
                return None;
            }
            if chance::outlier(now, sum, returns) * 1e6 >= f64::from(per_million) {
                return None;
            }
            let usual: Vec<String> = history.iter().rev().take(4).rev().map(u64::to_string).collect();
            let message = format!(
                "{} ghi {}, khác hẳn các kỳ trước ({}{})",
                row.short,
                number::whole(i64::try_from(now).ok()?),
                if history.len() > usual.len() { "…, " } else { "" },
                usual.join(", "),
            );
            Some(Fault::new(&row.code, message).earlier(before.last().map(|ret| ret.period)))
        })
        .collect()
}

fn counts_attendances(row: &Row) -> bool {
    row.unit_of_measure.starts_with("lượt")
}
