//! Statistics of small counts: intervals, comparisons, trends, control charts, shrinkage.
//!
//! ```text
//! interval  how far a proportion or a count may lie from the truth
//! funnel    whether one area differs from the common level
//! change    whether two periods differ
//! trend     whether a series rises or falls, and how fast
//! control   whether a series stays within its own ordinary variation
//! shrink    how much of a small rate is chance
//! chance    how likely chance alone is: outliers, repetition, silence, round digits
//! ```
//!
//! Pure: numbers in, numbers out. Formulas, thresholds and their sources are
//! those of the statistics report, section 2; `tests/statistics` holds them to
//! published values. Nothing here is printed unrounded.

pub mod chance;
pub mod change;
pub mod control;
pub mod funnel;
pub mod interval;
pub mod shrink;
pub mod trend;
