//! Biểu 06B has as many thôn as a row says.

use crate::intake::check::Fault;
use crate::intake::check::case::Case;
use crate::intake::check::settlement_sum::sheet_name;
use crate::vocabulary::{MeasureCode, number};

pub(super) fn check(case: &Case, item: &MeasureCode) -> Option<Fault> {
    let stated = case.value(item)?;
    let listed = i64::try_from(case.ret.settlements.len()).ok()?;
    if listed == 0 || listed == stated {
        return None;
    }
    let message = format!(
        "{} ghi {}, nhưng {} có {} thôn, xóm, tổ dân phố",
        case.name(item),
        number::whole(stated),
        sheet_name(case),
        number::whole(listed),
    );
    Some(Fault::new(item, message))
}
