//! Indicators: ratios computed from form rows, never typed by anyone.

use crate::definitions::form::{Direction, Privacy};
use crate::vocabulary::MeasureCode;

/// A ratio: the sum of numerators over the sum of denominators, never a mean of percentages.
#[derive(Clone, Debug)]
pub struct Indicator {
    /// Its code, such as `thn.tl_viec_lam`: the stem of its file.
    pub code: MeasureCode,
    /// Place in the catalogue.
    pub order: i64,
    /// Full name.
    pub title: String,
    /// Short name for charts and narrow tables.
    pub short: String,
    /// The theme it is listed under.
    pub theme: String,
    /// Numerator.
    pub numerator: Vec<RatioTerm>,
    /// Denominator.
    pub denominator: Vec<RatioTerm>,
    /// Which way is better.
    pub direction: Direction,
    /// What may be printed about it.
    pub privacy: Privacy,
    /// What the denominator counts: `người`, `KDC, đơn vị`.
    pub denominator_noun: String,
    /// Legal or planning source.
    pub source: String,
    /// How it is computed, in words.
    pub definition: String,
}

/// One term of a numerator or denominator.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RatioTerm {
    /// Factor, not 0.
    pub coefficient: i64,
    /// The row.
    pub item: MeasureCode,
    /// How the row enters over a longer period.
    pub over: Over,
}

/// How a row enters a ratio over a period of several returns.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Over {
    /// As its kind says: flows add up, stocks are those at the end, opening stocks those at the start.
    Kind,
    /// The sum over the returns, whatever the kind (a stock counted once a return).
    EachReturn,
    /// The mean of the stock at start and end of each return times its weeks, added up.
    /// To stay whole it is counted in fourteenths of a week: `(start + end) × days`; the
    /// other side of the ratio is multiplied by 14. The start is the end of the unit's return just
    /// before; a unit's first return has none, and the ratio is not applicable there.
    Weeks,
}
