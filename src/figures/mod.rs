//! Figures: arithmetic over what was accepted. No findings, no files.
//!
//! ```text
//! panel      every expected observation, present or typed as absent
//! rollup     returns → quarters, halves, years, spans; units → groups, province
//! ratio      sums of numerators over sums of denominators
//! compare    like for like, on the common set of units
//! reporting  which returns came, and when
//! ```
//!
//! Whole numbers are summed; the one division happens when a figure is
//! written (`vocabulary::number`).

pub mod cube;
pub mod model;
pub mod reporting;

use std::collections::BTreeMap;

pub use cube::{Axes, Change, Comparison, Cube, Figure, Quantity, Versus, WhyNot};
pub use model::Model;
pub use reporting::{ReturnState, ReturnStatus};

use crate::intake::{CriterionRow, SettlementRow};
use crate::vocabulary::{Period, UnitCode};

/// All figures as of a day, before any thought of who may see them.
#[derive(Clone, Debug)]
pub struct Figures {
    /// One figure per area, period and measure.
    pub cube: Cube,
    /// The changes against the same period of last year and the previous period.
    pub comparisons: Vec<Comparison>,
    /// One line per return that is or was due.
    pub reporting: Vec<ReturnStatus>,
    /// The register of models.
    pub models: Vec<Model>,
    /// The thôn of each unit in each of its counted returns.
    pub settlements: BTreeMap<(UnitCode, Period), Vec<SettlementRow>>,
    /// The criteria of each unit in each of its counted returns.
    pub criteria: BTreeMap<(UnitCode, Period), Vec<CriterionRow>>,
    /// The period in review: the longest one that ends with the last quarter
    /// whose returns are due by the as-of date (H1 after the second quarter, the year after the fourth).
    pub current: Period,
}
