//! Two sums of rows are the same.

use crate::definitions::check::Sum;
use crate::intake::check::Fault;
use crate::intake::check::case::Case;
use crate::intake::check::sum::{Worked, work};

pub(super) fn check(case: &Case, left: &Sum, right: &Sum) -> Option<Fault> {
    let (left, right) = (work(case, left)?, work(case, right)?);
    if left.total == right.total {
        return None;
    }
    let message = format!("{}, nhưng {}", left.subject(), right.object());
    blame(&left, &right, message)
}

/// A fault that blames the first row of this return on the left side.
pub(super) fn blame(left: &Worked, right: &Worked, message: String) -> Option<Fault> {
    let blamed = left.items().chain(right.items()).next()?;
    let earlier = left.earlier.or(right.earlier);
    Some(Fault::new(blamed, message).see(left.items()).see(right.items()).earlier(earlier))
}
