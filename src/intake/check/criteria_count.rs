//! The criteria met on Biểu 09 are as many as a row says, and no more than the named set has.

use crate::intake::check::Fault;
use crate::intake::check::case::Case;
use crate::vocabulary::{MeasureCode, number};

pub(super) fn check(case: &Case, item: &MeasureCode) -> Option<Fault> {
    let stated = case.value(item)?;
    let rows = &case.ret.criteria;
    let set = rows.first().and_then(|row| case.history.definitions.criteria.iter().find(|set| set.id == row.set));
    let size = i64::try_from(set.map_or(rows.len(), |set| set.criteria.len())).ok()?;
    if size > 0 && stated > size {
        let message = format!(
            "{} ghi {}, nhưng bộ tiêu chí chỉ có {} tiêu chí",
            case.name(item),
            number::whole(stated),
            number::whole(size),
        );
        return Some(Fault::new(item, message));
    }
    // While a criterion is left open, how many are met is not known.
    let marks: Vec<bool> = rows.iter().map(|row| row.met).collect::<Option<_>>()?;
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
