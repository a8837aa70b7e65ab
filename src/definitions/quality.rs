//! From when on a return is doubted: table `[quality]` of `site.toml`.
//!
//! The defaults are those of the statistics report, section 4. A doubt is a
//! request to confirm, never a judgement.

use crate::vocabulary::MeasureCode;

/// Thresholds of the measures of data quality. Shares in per cent, chances in parts per million.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct QualityPolicy {
    /// Completeness from which it is called “tốt”.
    pub good: i64,
    /// Completeness from which it is called “đạt”.
    pub fair: i64,
    /// Share of returns on time from which it is called “đạt”.
    pub on_time: i64,
    /// Earlier returns that make a history.
    pub history: usize,
    /// A mean of earlier returns is compared from this size on.
    pub steady_from: i64,
    /// Lowest and highest value allowed in per cent of that mean.
    pub steady: (i64, i64),
    /// A count is asked about when chance makes it rarer than this.
    pub outlier: u32,
    /// And listed for the whole province when rarer than this.
    pub outlier_listed: u32,
    /// Equal flows that say something.
    pub copied_rows: usize,
    /// A return like the one before is asked about when chance makes that rarer than this.
    pub copied: u32,
    /// The stock of persons that a silent unit is looked at for; none in a form without such a row.
    pub managed: MeasureCode,
    /// Quarters without any event that say something.
    pub silent_quarters: usize,
    /// Smallest stock of persons for which silence is doubted.
    pub silent_from: i64,
    /// Silence is asked about when chance makes it rarer than this.
    pub silent: u32,
    /// Values of two digits or more that say something about their last digit.
    pub digits: u64,
    /// Round last digits are noted when chance makes so many rarer than this.
    pub digits_chance: u32,
}

impl Default for QualityPolicy {
    fn default() -> Self {
        Self {
            good: 95,
            fair: 90,
            on_time: 90,
            history: 3,
            steady_from: 20,
            steady: (67, 150),
            outlier: 1_000,
            outlier_listed: 100,
            copied_rows: 5,
            copied: 100,
            managed: MeasureCode::from("thn.quan_ly_cuoi_ky"),
            silent_quarters: 4,
            silent_from: 20,
            silent: 1_000,
            digits: 50,
            digits_chance: 1_000,
        }
    }
}
