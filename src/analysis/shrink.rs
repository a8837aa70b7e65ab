//! Shrinkage: how much of what areas show is chance, and what remains of their differences.
//!
//! Marshall's empirical Bayes estimate over the areas that have figures
//! (statistics report 2.3). It supposes rare events; for proportions above one
//! half it is therefore made of what does not happen.

use crate::analysis::Silence;
use crate::statistics::shrink::marshall;

/// The rates of areas, drawn towards their common level.
#[derive(Clone, Debug)]
pub struct Shrink {
    /// The common rate that they are drawn to.
    mean: f64,
    /// Variance of the true rates.
    variance: f64,
    /// For each area its rate and reliability, in the order of the areas; none where it has no figure.
    pub areas: Vec<Option<Shrunken>>,
}

/// What remains of an area's rate.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Shrunken {
    /// Its rate, drawn towards the common one: events per subject.
    pub rate: f64,
    /// 0 pure chance, 1 fully informative.
    pub reliability: f64,
}

/// Below this median reliability differences are mostly chance (statistics report 2.3).
const INFORMATIVE: f64 = 0.8;

impl Shrink {
    /// Relative variance of the true rates between areas.
    pub fn spread(&self) -> f64 {
        if self.mean > 0.0 { self.variance / (self.mean * self.mean) } else { 0.0 }
    }

    /// Whether chance explains every difference.
    pub fn is_all_chance(&self) -> bool {
        self.variance <= 0.0
    }

    /// Whether differences are mostly chance.
    pub fn is_mostly_chance(&self) -> bool {
        let mut reliable: Vec<f64> = self.areas.iter().flatten().map(|area| area.reliability).collect();
        reliable.sort_by(f64::total_cmp);
        reliable.get(reliable.len() / 2).is_none_or(|median| *median < INFORMATIVE)
    }
}

/// Shrinks the rates of areas with their parts.
pub(super) fn shrink(parts: &[Result<(i64, i64), Silence>], proportion: bool, rate: f64) -> Option<Shrink> {
    let mirrored = proportion && rate > 0.5;
    let events = |(x, n): (i64, i64)| if mirrored { n - x } else { x };
    let known: Vec<(f64, f64)> =
        parts.iter().filter_map(|part| part.ok()).map(|part| (events(part) as f64, part.1 as f64)).collect();
    let shrunken = marshall(&known)?;
    let mut estimates = shrunken.rates.iter().zip(&shrunken.reliability);
    let areas = parts.iter().map(|part| {
        part.ok()?;
        let (rate, reliability) = estimates.next()?;
        Some(Shrunken { rate: if mirrored { 1.0 - rate } else { *rate }, reliability: *reliability })
    });
    Some(Shrink { areas: areas.collect(), mean: shrunken.mean, variance: shrunken.variance })
}
