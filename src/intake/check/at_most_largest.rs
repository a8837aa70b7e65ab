//! A sum of rows is not larger than the largest of some terms, such as the
//! persons helped at the start and at the end of a quarter. A term that should
//! be known and is not may have been the largest: then nothing is said.

use crate::definitions::check::Sum;
use crate::intake::check::Fault;
use crate::intake::check::case::Case;
use crate::intake::check::sum::work;

pub(super) fn check(case: &Case, left: &Sum, largest_of: &Sum) -> Option<Fault> {
    let left = work(case, left)?;
    let nothing_before = case.previous().is_none();
    let asked = largest_of.iter().filter(|term| !(term.previous && nothing_before));
    let terms: Option<Vec<_>> = asked.map(|term| work(case, std::slice::from_ref(term))).collect();
    let largest = terms?.into_iter().max_by_key(|term| term.total)?;
    if left.total <= largest.total {
        return None;
    }
    let message = format!("{}, lớn hơn {}", left.subject(), largest.limit());
    Fault::between(&left, &largest, message)
}
