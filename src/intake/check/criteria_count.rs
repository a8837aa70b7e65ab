//! The criteria met on Biểu 09 are as many as a row says. Says nothing while one is left open.

use crate::intake::check::Fault;
use crate::intake::check::case::Case;
use crate::vocabulary::{MeasureCode, number};

pub(super) fn check(case: &Case, item: &MeasureCode) -> Option<Fault> {
    let stated = case.value(item)?;
    let marks: Vec<bool> = case.ret.criteria.iter().map(|row| row.met).collect::<Option<_>>()?;
    let met = i64::try_from(marks.iter().filter(|met| **met).count()).ok()?;
    if marks.is_empty() || met == stated {
        return None;
    }
    let message = format!(
        "{} ghi {}, nhưng bảng tiêu chí đánh dấu đạt {} trong {} tiêu chí",
        case.name(item),
        number::whole(stated),
        number::whole(met),
        marks.len(),
    );
    Some(Fault::new(item, message))
}
