//! Analysis: what released figures say beyond themselves. Right of the wall: only a release is known.
//!
//! ```text
//! wording       the fixed sentences, and why nothing is said
//! change        whether a figure changed since another period
//! funnel        how areas stand to their common level, in three groups
//! shrink        how much of what a unit shows is chance
//! peers         the groups of units that a unit is compared with
//! series        the periods of an area that can stand side by side
//! panel         the units that are complete in all of them, where the whole is not
//! trend         whether such a series rises or falls
//! control       whether it stays within its own ordinary variation
//! target        a figure against its target: met, on the way, behind, not yet due
//! pace          what a target in the last year asks of each year, and what the years so far give
//! contribution  the parts of units in a change of the whole; they add up exactly
//! weight        coverage by last year's size beside coverage by number
//! ```
//!
//! What has a hidden, missing or incomplete part gets no signal but the reason
//! ([`wording::Silence`]): a signal can tell no more than the printed figures do.
//! Methods are those of [`crate::statistics`], how much data they need is set in
//! `site.toml` ([`crate::definitions::ComparisonRules`]).

pub mod change;
pub mod contribution;
pub mod control;
pub mod funnel;
pub mod pace;
pub mod panel;
pub mod peers;
pub mod series;
pub mod shrink;
pub mod target;
pub mod trend;
pub mod weight;
pub mod wording;

#[cfg(test)]
pub(crate) mod sample;
#[cfg(test)]
mod tests;

pub use wording::Silence;

use crate::release::{MeasureInfo, MeasureKind, MeasureOrigin as Origin};

/// What a measure is to a test.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Nature {
    /// A count of single events or persons.
    Count,
    /// A share of a whole: numerator and denominator count the same things.
    Proportion,
    /// Amounts of money, classes, and ratios of visits to weeks: what is counted is not independent,
    /// so chance alone cannot be told.
    Other,
}

impl Nature {
    /// The nature of a measure.
    pub fn of(info: &MeasureInfo) -> Self {
        match (&info.origin, info.kind) {
            (Origin::Ratio { numerator, denominator, .. }, _) => {
                let weeks = |over| matches!(over, crate::definitions::indicator::Over::Weeks);
                match numerator.iter().chain(denominator).any(|term| weeks(term.over)) {
                    true => Nature::Other,
                    false => Nature::Proportion,
                }
            }
            (_, MeasureKind::Class) => Nature::Other,
            _ if info.unit_of_measure == "đồng" => Nature::Other,
            _ => Nature::Count,
        }
    }
}
