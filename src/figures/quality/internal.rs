//! Internal consistency: checks of severity error that did not hold, and equations between stocks.

use crate::figures::quality::Ground;
use crate::intake::Tally;

/// Broken of checked.
pub(super) fn broken(ground: &Ground<'_>, own: u32) -> Option<(i64, i64)> {
    tally(ground, own).map(|tally| (tally.broken.into(), tally.checked.into()))
}

/// Of equations between opening and closing stocks, broken of checked.
pub(super) fn unbalanced(ground: &Ground<'_>, own: u32) -> Option<(i64, i64)> {
    tally(ground, own).map(|tally| (tally.unbalanced.into(), tally.balances.into()))
}

fn tally<'a>(ground: &Ground<'a>, own: u32) -> Option<&'a Tally> {
    ground.intake.tallies.get(&ground.sent(own)?.file)
}
