//! Shrinkage: how much of the difference between small rates is chance.
//!
//! Marshall's global empirical Bayes estimator (1991), as spdep `EBest` and
//! PySAL compute it; statistics report 2.3.

/// Rates of areas drawn towards their common mean, by how little each can bear.
#[derive(Clone, Debug, PartialEq)]
pub struct Shrunken {
    /// The common rate.
    pub mean: f64,
    /// Variance of the true rates between areas; 0 when chance explains all.
    pub variance: f64,
    /// For each area its reliability: 0 pure chance, 1 fully informative.
    pub reliability: Vec<f64>,
    /// For each area its rate, drawn towards the mean.
    pub rates: Vec<f64>,
}

/// Shrinks the rates of areas with counts and populations; `None` when there is no population.
pub fn marshall(areas: &[(f64, f64)]) -> Option<Shrunken> {
    let (events, people) = areas.iter().fold((0.0, 0.0), |sum, (x, n)| (sum.0 + x, sum.1 + n));
    if people <= 0.0 {
        return None;
    }
    let mean = events / people;
    let spread = areas.iter().filter(|(_, n)| *n > 0.0).map(|(x, n)| n * (x / n - mean).powi(2)).sum::<f64>() / people;
    let variance = (spread - mean / (people / areas.len() as f64)).max(0.0);
    let weight = |n: f64| if variance > 0.0 { variance / (variance + mean / n) } else { 0.0 };
    let reliability: Vec<f64> = areas.iter().map(|(_, n)| if *n > 0.0 { weight(*n) } else { 0.0 }).collect();
    let rate = |((x, n), weight): (&(f64, f64), &f64)| if *n > 0.0 { mean + weight * (x / n - mean) } else { mean };
    let rates = areas.iter().zip(&reliability).map(rate).collect();
    Some(Shrunken { mean, variance, reliability, rates })
}
