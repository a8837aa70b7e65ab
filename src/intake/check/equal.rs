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
    between(case, &left, &right, message)
}

/// A fault that blames the first row of this return on the left side.
pub(super) fn between(case: &Case, left: &Worked, right: &Worked, message: String) -> Option<Fault> {
    let blamed = left.items().chain(right.items()).next()?;
    let earlier = left.earlier.or(right.earlier);
    let boundary = earlier.is_some_and(|period| case.boundary_changed_since(period));
    let fault = Fault::new(blamed, message).see(left.items()).see(right.items()).earlier(earlier);
    Some(Fault { boundary, ..fault })
}
