//! Checks of the form: a closed set of kinds in code, their parameters and texts as data.
//!
//! A check says what must hold; `intake::check` decides whether it does.

use crate::vocabulary::{MeasureCode, PlanId, RuleId, Severity};

/// One check of a form, with the texts that explain it.
#[derive(Clone, Debug)]
pub struct Check {
    /// The code findings cite, such as `R03`.
    pub id: RuleId,
    /// How grave a breach is.
    pub severity: Severity,
    /// The fault, in a few words: `Cuối kỳ không bằng đầu kỳ cộng tăng trừ giảm`.
    pub title: String,
    /// Why it matters.
    pub why: String,
    /// A small example.
    pub example: String,
    /// What the clerk should do.
    pub advice: String,
    /// Applies only when all of these hold.
    pub when: Vec<Condition>,
    /// What must hold.
    pub kind: CheckKind,
}

/// When a check applies.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Condition {
    /// The cover declares one of these team models (`1-1`, `1-n`); when the list is empty, it declares none.
    TeamModel(Vec<String>),
    /// The unit carries out this plan.
    Plan(PlanId),
    /// The row has exactly this value (for a class: its position).
    Value(MeasureCode, i64),
    /// The row has at least this value.
    AtLeast(MeasureCode, i64),
    /// Whether the unit goes by another name or type on the last day of this period
    /// than on that of its previous return: a boundary change in between.
    UnitChanged(bool),
}

/// A sum of rows, each with a whole coefficient.
pub type Sum = Vec<Term>;

/// One term of a [`Sum`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Term {
    /// Factor, not 0.
    pub coefficient: i64,
    /// The row.
    pub item: MeasureCode,
    /// Whether the value of the unit's previous return is meant: the latest earlier
    /// one in which the row was asked (for a yearly row, the return that closed last year).
    pub previous: bool,
}

/// A silence that is doubted: no event of any kind for so long, by a unit that manages persons.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Silence {
    /// The stock of persons.
    pub stock: MeasureCode,
    /// The smallest stock for which it is doubted.
    pub at_least: i64,
    /// Quarters it lasts.
    pub quarters: usize,
    /// Doubted where chance makes it rarer than this, in parts per million.
    pub per_million: u32,
}

/// The kinds of check. A check whose rows are not all reported says nothing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum CheckKind {
    /// `left = right`.
    Equal {
        /// Left side.
        left: Sum,
        /// Right side.
        right: Sum,
    },
    /// `left ≤ right`.
    AtMost {
        /// Left side.
        left: Sum,
        /// Right side.
        right: Sum,
    },
    /// `left ≤` the largest of some terms that are reported.
    AtMostLargest {
        /// Left side.
        left: Sum,
        /// The terms of which the largest counts.
        largest_of: Sum,
    },
    /// A sum lies within bounds.
    Between {
        /// The sum.
        value: Sum,
        /// Lowest value allowed.
        min: Option<i64>,
        /// Highest value allowed.
        max: Option<i64>,
    },
    /// Both rows are 0, or neither is.
    ZeroTogether {
        /// One row.
        first: MeasureCode,
        /// The other.
        second: MeasureCode,
    },
    /// An indicator of this return lies within bounds, in per cent.
    RatioBetween {
        /// The indicator.
        indicator: MeasureCode,
        /// Lowest percentage expected.
        min: i64,
        /// Highest percentage expected.
        max: i64,
    },
    /// Column “Lũy kế từ đầu năm” of every flow is the sum of the year's returns so far.
    Cumulative,
    /// Summed from the unit's first return on, `left ≤ right`.
    RunningAtMost {
        /// Left side.
        left: Sum,
        /// Right side.
        right: Sum,
    },
    /// The thôn of Biểu 06B add up to the commune for every row they report.
    SettlementSum,
    /// Biểu 06B has as many thôn as this row says.
    SettlementCount {
        /// The row.
        item: MeasureCode,
    },
    /// The criteria met on Biểu 09 are as many as this row says, and no more than the named set has.
    CriteriaCount {
        /// The row.
        item: MeasureCode,
    },
    /// No stock jumps, no flow far above its usual level.
    Jump {
        /// A stock may change by this many per cent.
        stock_percent: i64,
        /// Stocks below this are not looked at.
        stock_floor: i64,
        /// A flow may reach this many times the mean of last year's returns.
        flow_factor: i64,
    },
    /// The return is not the previous one over again.
    Unchanged,
    /// The flows are not those of the previous return, where chance alone would make that rarer than this.
    CopiedForward {
        /// Probability, in parts per million.
        per_million: u32,
    },
    /// Not for so many quarters is every flow 0, where chance alone would make that rarer than this.
    Silent(Silence),
    /// The return is not another one over again: another unit's, or the unit's own of another period.
    CopiedFrom {
        /// At least so many values, each 2 or more, must agree to say anything.
        rows: usize,
        /// From this share of agreeing values on, in per cent, the return is doubted.
        percent: usize,
    },
    /// No value is far from the unit's history, where chance alone would make that rarer than this.
    PoissonOutlier {
        /// Probability, in parts per million.
        per_million: u32,
    },
    /// An amount in đồng is not a count of thousands or millions, nor one multiplied by them twice.
    MoneyUnit {
        /// Amounts above 0 and below this many đồng are doubted.
        smallest: i64,
        /// Amounts from this many đồng on are doubted.
        largest: i64,
    },
    /// Inside a province, what leaves units arrives in units, but for moves across its border.
    ProvinceBalance {
        /// Persons who moved in.
        inflow: MeasureCode,
        /// Persons who moved out.
        outflow: MeasureCode,
        /// Difference allowed, in per cent of the larger.
        percent: i64,
    },
}
