//! Which of two returns of a unit and period is newer, as far as anything tells.

use std::cmp::Ordering;

use crate::definitions::Registers;
use crate::intake::Return;

/// The returns that no other replaces, in the order given: one, unless they cannot be ordered.
pub(super) fn best_of(group: &[usize], returns: &[Return], registers: &Registers) -> Vec<usize> {
    let beaten = |at: &usize| group.iter().any(|other| is_newer(&returns[*other], &returns[*at], registers));
    let best: Vec<usize> = group.iter().copied().filter(|at| !beaten(at)).collect();
    // Dates of which some are missing can chase each other in a circle.
    if best.is_empty() { group.to_vec() } else { best }
}

/// Whether `a` replaces `b`.
pub(super) fn is_newer(a: &Return, b: &Return, registers: &Registers) -> bool {
    order(a, b, registers) == Ordering::Greater
}

/// Equal when nothing tells.
fn order(a: &Return, b: &Return, registers: &Registers) -> Ordering {
    let receipt = |ret: &Return| registers.receipts.get(&ret.file).map(|receipt| receipt.received);
    (b.estimate.cmp(&a.estimate))
        .then_with(|| both(a.declared_date, b.declared_date))
        .then_with(|| both(receipt(a), receipt(b)))
        .then_with(|| a.submission.cmp(&b.submission))
}

fn both<T: Ord>(a: Option<T>, b: Option<T>) -> Ordering {
    match (a, b) {
        (Some(a), Some(b)) => a.cmp(&b),
        _ => Ordering::Equal,
    }
}
