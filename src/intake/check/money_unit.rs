//! An amount in đồng is neither a count of thousands or millions, nor one that was multiplied twice.

use crate::intake::check::Fault;
use crate::intake::check::case::{Case, is_money};
use crate::vocabulary::number;

pub(super) fn check(case: &Case, smallest: i64, largest: i64) -> Vec<Fault> {
    case.entries()
        .filter(|(row, _)| is_money(row))
        .filter_map(|(row, _)| {
            let amount = case.value(&row.code)?;
            let slip = match amount {
                ..=0 => return None,
                small if small < smallest => "có thể đã ghi theo nghìn hoặc triệu đồng",
                large if large >= largest => "lớn bất thường, có thể đã nhân nhầm đơn vị tính",
                _ => return None,
            };
            Some(Fault::new(&row.code, format!("{} ghi {} đồng; {slip}", row.short, number::whole(amount))))
        })
        .collect()
}
