//! The tally: how many checks of severity error spoke about a return, and how many of them did not hold.
//!
//! A check speaks when its rows are reported; only then can it hold or not.

use crate::definitions::Check;
use crate::definitions::CheckKind;
use crate::definitions::check::Sum;
use crate::definitions::form::AcrossTime;
use crate::intake::check::case::Case;
use crate::intake::check::sum::work;

/// Counts of one return.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// Checks of severity error that spoke.
    pub checked: u32,
    /// Of these, those that did not hold.
    pub broken: u32,
    /// Of all that spoke, equations between an opening and a closing stock.
    pub balances: u32,
    /// Of these, those that did not hold.
    pub unbalanced: u32,
}

impl Tally {
    /// Counts a check of severity error that applies to a return.
    pub(super) fn count(&mut self, case: &Case, check: &Check, broken: bool) {
        if !broken && !speaks(case, &check.kind) {
            return;
        }
        self.checked += 1;
        self.broken += u32::from(broken);
        if balances(case, &check.kind) {
            self.balances += 1;
            self.unbalanced += u32::from(broken);
        }
    }
}

/// Whether the rows that a check needs are reported.
fn speaks(case: &Case, kind: &CheckKind) -> bool {
    let sum = |sum: &Sum| work(case, sum).is_some();
    let row = |item| case.value(item).is_some();
    match kind {
        CheckKind::Equal { left, right }
        | CheckKind::AtMost { left, right }
        | CheckKind::RunningAtMost { left, right } => sum(left) && sum(right),
        CheckKind::AtMostLargest { left, .. } => sum(left),
        CheckKind::Between { value, .. } => sum(value),
        CheckKind::ZeroTogether { first, second } => row(first) && row(second),
        CheckKind::Cumulative => case.entries().any(|(_, entry)| entry.cumulative.is_some()),
        CheckKind::SettlementSum => !case.ret.settlements.is_empty(),
        CheckKind::SettlementCount { item } => row(item) && !case.ret.settlements.is_empty(),
        CheckKind::CriteriaCount { item } => row(item) && !case.ret.criteria.is_empty(),
        CheckKind::RatioBetween { .. }
        | CheckKind::Jump { .. }
        | CheckKind::Unchanged
        | CheckKind::CopiedForward { .. }
        | CheckKind::Silent(_)
        | CheckKind::CopiedFrom { .. }
        | CheckKind::PoissonOutlier { .. }
        | CheckKind::MoneyUnit { .. }
        | CheckKind::ProvinceBalance { .. } => true,
    }
}

/// Whether a check holds an opening stock against a closing one: within the return, or against the one before.
fn balances(case: &Case, kind: &CheckKind) -> bool {
    let CheckKind::Equal { left, right } = kind else { return false };
    let has = |over| {
        let mut terms = left.iter().chain(right);
        terms.any(|term| case.form.row(&term.item).is_some_and(|row| row.across_time == over))
    };
    has(AcrossTime::First) && has(AcrossTime::Last)
}
