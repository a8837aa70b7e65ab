//! A sum of rows lies within bounds.

use crate::definitions::check::Sum;
use crate::intake::check::Fault;
use crate::intake::check::case::Case;
use crate::intake::check::sum::work;

pub(super) fn check(case: &Case, value: &Sum, min: Option<i64>, max: Option<i64>) -> Option<Fault> {
    let worked = work(case, value)?;
    let below = min.is_some_and(|min| worked.total < i128::from(min));
    let above = max.is_some_and(|max| worked.total > i128::from(max));
    if !below && !above {
        return None;
    }
    let whole = |bound| worked.written(case, bound);
    let bounds = match (min, max) {
        (Some(min), Some(max)) if min == max => format!("phải là {}", whole(min)),
        (Some(min), Some(max)) => format!("phải từ {} đến {}", whole(min), whole(max)),
        (Some(min), None) => format!("ít nhất phải là {}", whole(min)),
        (None, Some(max)) => format!("nhiều nhất là {}", whole(max)),
        (None, None) => return None,
    };
    let message = format!("{}, {bounds}", worked.subject());
    let blamed = worked.blamed()?;
    Some(Fault::new(blamed, message).see(worked.items()).earlier(worked.earlier))
}
