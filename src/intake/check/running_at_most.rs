//! Summed from the unit's first return on, one sum is not larger than another.
//!
//! Asked only in a return that adds to the left side, so that one breach is
//! not told again every quarter for years.

use crate::definitions::check::Sum;
use crate::intake::Return;
use crate::intake::check::Fault;
use crate::intake::check::case::Case;
use crate::intake::check::sum::{wide, work};

pub(super) fn check(case: &Case, left: &Sum, right: &Sum) -> Option<Fault> {
    let (now_left, now_right) = (work(case, left)?, work(case, right)?);
    if now_left.total <= 0 {
        return None;
    }
    let expected = case.history.expected(&case.ret.unit);
    let first = *expected.first()?;
    if case.boundary_changed_since(first) {
        return None;
    }
    let returns: Vec<&Return> = expected
        .iter()
        .filter(|period| **period <= case.ret.period)
        .map(|period| case.history.get(&case.ret.unit, *period))
        .collect::<Option<_>>()?;
    let (total_left, total_right) = (total(case, &returns, left)?, total(case, &returns, right)?);
    if total_left <= total_right {
        return None;
    }
    let names = |sum: &Sum| sum.iter().map(|term| case.name_inside(&term.item)).collect::<Vec<_>>().join(", ");
    let message = format!(
        "Cộng dồn từ {}: {} là {}, lớn hơn {} là {}",
        first.title(),
        names(left),
        wide(total_left),
        names(right),
        wide(total_right),
    );
    Fault::between(&now_left, &now_right, message)
}

fn total(case: &Case, returns: &[&Return], sum: &Sum) -> Option<i128> {
    returns.iter().try_fold(0, |total, ret| {
        let of_return = sum.iter().try_fold(0, |total, term| {
            let value = case.history.value(ret, &term.item)?;
            Some(total + i128::from(term.coefficient) * i128::from(value))
        })?;
        Some(total + of_return)
    })
}
