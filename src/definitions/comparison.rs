//! When a difference is told: how much there must be before units or periods are compared.
//!
//! Defaults and their reasons are those of the statistics report, section 5.3. The levels of
//! confidence (95 % and 99.8 %) belong to the methods and are not set here.

use std::collections::{BTreeMap, BTreeSet};

use crate::vocabulary::MeasureCode;

/// Table `[comparison]` of `site.toml`, resolved.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ComparisonRules {
    /// A unit is placed only where at least so many events would be expected of it.
    pub smallest_expectation: i64,
    /// Units whose scores spread more than this (φ, mean square; 1 is chance) are not comparable.
    pub widest_dispersion: i64,
    /// Units whose true rates spread more than this (standard deviation in per cent of the mean) are not comparable.
    pub widest_spread: i64,
    /// Two periods are compared when they have at least so many events together.
    pub fewest_events: i64,
    /// A trend needs so many periods …
    pub trend_periods: i64,
    /// … and so many events in all of them.
    pub trend_events: i64,
    /// From so many quarters on the seasons are tested apart.
    pub trend_seasonal: i64,
    /// A proportion is tested by years from so many years on.
    pub trend_years: i64,
    /// A control chart needs so many points …
    pub control_points: i64,
    /// … from so many its limits are on trial.
    pub control_trial: i64,
    /// A count is charted by its moving range from this mean on; below by exact Poisson limits.
    pub control_mean: i64,
    /// A proportion is charted when each denominator reaches this.
    pub control_denominator: i64,
    /// Within a group of peers so many units must be comparable.
    pub fewest_peers: i64,
    /// The measure by which units are small, middling or large; no such groups without it.
    pub size: Option<MeasureCode>,
    /// Counts of things that come in clusters (visits to the same person, members of the same team): two
    /// periods of them are not compared, for chance alone cannot be told.
    pub clustered: BTreeSet<MeasureCode>,
    /// For each count that units are compared in, what its expectation is in proportion to.
    pub expected_from: BTreeMap<MeasureCode, MeasureCode>,
}

impl Default for ComparisonRules {
    fn default() -> Self {
        Self {
            smallest_expectation: 5,
            widest_dispersion: 4,
            widest_spread: 50,
            fewest_events: 5,
            trend_periods: 8,
            trend_events: 40,
            trend_seasonal: 12,
            trend_years: 5,
            control_points: 12,
            control_trial: 8,
            control_mean: 12,
            control_denominator: 100,
            fewest_peers: 4,
            size: None,
            clustered: BTreeSet::new(),
            expected_from: BTreeMap::new(),
        }
    }
}
