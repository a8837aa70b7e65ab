//! Targets: what is to be reached, per plan, measure, area and period.

use crate::vocabulary::{Area, MeasureCode, Period, PlanId};

/// One target for one area and period.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Target {
    /// The plan that sets it; none when it comes from `targets.csv` without one.
    pub plan: Option<PlanId>,
    /// The measure.
    pub measure: MeasureCode,
    /// The area it binds.
    pub area: Area,
    /// The period it is for.
    pub period: Period,
    /// The value, times ten: per cent for ratios (`80,0` is 800), else the count.
    pub tenths: i64,
    /// How the figure must compare with it.
    pub comparison: Comparison,
}

/// How a figure must compare with its target.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Comparison {
    /// At least.
    AtLeast,
    /// Strictly more (“trên 80%”).
    MoreThan,
    /// At most.
    AtMost,
    /// Strictly less (“dưới 15%”).
    LessThan,
}

impl Comparison {
    /// Whether `numerator × scale ÷ denominator` meets a target of `tenths`, exactly.
    /// A count has denominator 1 and scale 1, a ratio in per cent scale 100.
    pub fn met(self, numerator: i64, denominator: i64, scale: i64, tenths: i64) -> bool {
        let figure = i128::from(numerator) * i128::from(scale) * 10;
        let target = i128::from(tenths) * i128::from(denominator);
        match self {
            Comparison::AtLeast => figure >= target,
            Comparison::MoreThan => figure > target,
            Comparison::AtMost => figure <= target,
            Comparison::LessThan => figure < target,
        }
    }

    /// The word before the number: `trên`, `dưới`, `tối đa`; none for at least.
    pub fn word(self) -> &'static str {
        match self {
            Comparison::AtLeast => "",
            Comparison::MoreThan => "trên",
            Comparison::AtMost => "tối đa",
            Comparison::LessThan => "dưới",
        }
    }
}
