//! An amount in đồng is not a count of thousands or millions.

use crate::intake::check::Fault;
use crate::intake::check::case::{Case, is_money};
use crate::vocabulary::number;

pub(super) fn check(case: &Case, smallest: i64) -> Vec<Fault> {
    case.entries()
        .filter(|(row, _)| is_money(row))
        .filter_map(|(row, _)| {
            let amount = case.value(&row.code).filter(|amount| 0 < *amount && *amount < smallest)?;
            let message =
                format!("{} ghi {} đồng; có thể đã ghi theo nghìn hoặc triệu đồng", row.short, number::whole(amount));
            Some(Fault::new(&row.code, message))
        })
        .collect()
}
