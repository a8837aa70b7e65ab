//! Column “Lũy kế từ đầu năm” is the sum of the year's returns so far.
//!
//! Blames the cumulative cell: what each return says of its own period is what
//! figures are made of.

use crate::definitions::form::{AcrossTime, Kind};
use crate::intake::Return;
use crate::intake::check::case::Case;
use crate::intake::check::{Column, Fault};
use crate::vocabulary::{Period, number};

pub(super) fn check(case: &Case) -> Vec<Fault> {
    let Some(year) = so_far(case) else { return Vec::new() };
    let flows = case.entries().filter(|(row, _)| row.kind == Kind::Flow && row.across_time == AcrossTime::Sum);
    flows
        .filter_map(|(row, entry)| {
            let (_, stated) = entry.cumulative?;
            let values: Vec<i64> =
                year.iter().map(|ret| case.history.value(ret, &row.code)).collect::<Option<Vec<i64>>>()?;
            let total: i128 = values.iter().copied().map(i128::from).sum();
            if total == i128::from(stated) {
                return None;
            }
            let parts: Vec<String> = values.iter().copied().map(number::whole).collect();
            let stated = number::whole(stated);
            let message = match parts.as_slice() {
                [only] => format!("Lũy kế ghi {stated}, nhưng đây là kỳ đầu năm và trong kỳ ghi {only}"),
                _ => format!(
                    "Lũy kế ghi {stated}, nhưng cộng các kỳ từ đầu năm: {} = {}",
                    parts.join(" + "),
                    super::sum::wide(total)
                ),
            };
            let earlier = year.len().checked_sub(2).map(|at| year[at].period);
            Some(Fault { column: Column::Cumulative, earlier, ..Fault::new(&row.code, message) })
        })
        .collect()
}

/// The unit's returns from the first day of the year to this one, when all are there
/// and its boundary stayed the same.
fn so_far<'a>(case: &Case<'a>) -> Option<Vec<&'a Return>> {
    let year = Period::year(case.ret.period.last_year());
    let mut returns = vec![case.ret];
    while !returns[0].period.starts_with(year) {
        let earlier = case.history.get(&case.ret.unit, returns[0].period.previous()?)?;
        returns.insert(0, earlier);
    }
    (!case.boundary_changed_since(returns[0].period)).then_some(returns)
}
