//! One sum of rows is not larger than another.

use crate::definitions::check::Sum;
use crate::intake::check::Fault;
use crate::intake::check::case::Case;
use crate::intake::check::sum::work;

pub(super) fn check(case: &Case, left: &Sum, right: &Sum) -> Option<Fault> {
    let (left, right) = (work(case, left)?, work(case, right)?);
    if left.total <= right.total {
        return None;
    }
    let message = format!("{}, lớn hơn {}", left.subject(), right.limit());
    Fault::between(&left, &right, message)
}
