//! Two rows are both 0 or neither is: no borrowers without a loan.

use crate::intake::check::Fault;
use crate::intake::check::case::Case;
use crate::vocabulary::MeasureCode;

pub(super) fn check(case: &Case, first: &MeasureCode, second: &MeasureCode) -> Option<Fault> {
    let (one, other) = (case.value(first)?, case.value(second)?);
    if (one == 0) == (other == 0) {
        return None;
    }
    let message = format!(
        "{} ghi {}, nhưng {} là {}; hai số này phải cùng bằng 0 hoặc cùng lớn hơn 0",
        case.name(first),
        case.written(first, one),
        case.name_inside(second),
        case.written(second, other),
    );
    Some(Fault::new(first, message).see([second]))
}
