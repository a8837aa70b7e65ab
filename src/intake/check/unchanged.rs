//! The return is not the previous one over again.
//!
//! Says nothing of a quiet commune, where nothing happened in either period.

use crate::definitions::Kind;
use crate::intake::Reading;
use crate::intake::check::Fault;
use crate::intake::check::case::Case;
use crate::vocabulary::MeasureCode;

pub(super) fn check(case: &Case) -> Option<Fault> {
    let previous = case.previous()?;
    if case.boundary_changed_since(previous.period) {
        return None;
    }
    let mut same = 0;
    let mut busiest: Option<&MeasureCode> = None;
    for (row, entry) in case.entries() {
        let Some(before) = previous.entries.get(&row.code) else { continue };
        match (entry.value, before.value) {
            (Reading::Value(now), Reading::Value(then)) if now == then => {
                same += 1;
                if row.kind == Kind::Flow && now != 0 {
                    busiest = busiest.or(Some(&row.code));
                }
            }
            (Reading::Empty, Reading::Empty) => {}
            _ => return None,
        }
    }
    let message = format!("Cả {same} số liệu trong kỳ trùng với báo cáo {}", previous.period.title());
    Some(Fault::new(busiest?, message).earlier(Some(previous.period)))
}
