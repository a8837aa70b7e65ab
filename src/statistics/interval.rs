//! Confidence intervals of proportions and counts, as public-health profiles compute them.
//!
//! Wilson's score interval for proportions, Byar's approximation for counts
//! from 10, exact Poisson limits below, Newcombe's interval for a difference
//! (statistics report 2.1 and 2.4; PHEindicatormethods 2.1.0).

use statrs::distribution::{ChiSquared, ContinuousCDF};

/// How sure an interval is, two-sided.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Confidence {
    /// 95 %: what a page shows.
    P95,
    /// 99.8 %: what singles an area out.
    P998,
}

impl Confidence {
    /// The quantile of the normal law: 1.96 or 3.09.
    pub fn z(self) -> f64 {
        match self {
            Confidence::P95 => 1.959_963_984_540_054,
            Confidence::P998 => 3.090_232_306_167_813_5,
        }
    }

    /// The chance left outside on each side: 0.025 or 0.001.
    pub fn tail(self) -> f64 {
        match self {
            Confidence::P95 => 0.025,
            Confidence::P998 => 0.001,
        }
    }
}

/// Lower and upper limit of the proportion `x / n`, as fractions of 1 (Wilson 1927).
///
/// # Panics
/// When `n` is not positive: there is no proportion.
pub fn wilson(x: f64, n: f64, confidence: Confidence) -> (f64, f64) {
    assert!(n > 0.0, "a proportion has a denominator");
    let z = confidence.z();
    let spread = z * (z * z + 4.0 * x * (1.0 - x / n)).max(0.0).sqrt();
    let (centre, scale) = (2.0 * x + z * z, 2.0 * (n + z * z));
    (((centre - spread) / scale).max(0.0), ((centre + spread) / scale).min(1.0))
}

/// From this count on Byar's approximation is used.
const BYAR_FROM: f64 = 10.0;

/// Lower and upper limit of the expectation behind a count of `x` events.
pub fn count(x: f64, confidence: Confidence) -> (f64, f64) {
    if x >= BYAR_FROM { byar(x, confidence) } else { exact(x, confidence.tail()) }
}

/// Byar's approximation (Breslow & Day 1987). Below [`count`]'s ten it is not used; its lower limit may
/// then be negative.
pub fn byar(x: f64, confidence: Confidence) -> (f64, f64) {
    let z = confidence.z();
    let limit = |x: f64, z: f64| x * (1.0 - 1.0 / (9.0 * x) + z / (3.0 * x.sqrt())).powi(3);
    (limit(x, -z), limit(x + 1.0, z))
}

/// Exact Poisson limits of a count, by the chi-square law.
pub(super) fn exact(x: f64, tail: f64) -> (f64, f64) {
    let quantile = |p: f64, degrees: f64| {
        ChiSquared::new(degrees).expect("degrees of freedom are positive here").inverse_cdf(p) / 2.0
    };
    let lower = if x > 0.0 { quantile(tail, 2.0 * x) } else { 0.0 };
    (lower, quantile(1.0 - tail, 2.0 * x + 2.0))
}

/// Lower and upper limit of the difference `now − before` of two proportions, as fractions of 1
/// (Newcombe 1998, method 10). It shows a change when it leaves 0 out.
pub fn difference(now: (f64, f64), before: (f64, f64), confidence: Confidence) -> (f64, f64) {
    let (p1, p2) = (now.0 / now.1, before.0 / before.1);
    let ((l1, u1), (l2, u2)) = (wilson(now.0, now.1, confidence), wilson(before.0, before.1, confidence));
    let difference = p1 - p2;
    (difference - (p1 - l1).hypot(u2 - p2), difference + (u1 - p1).hypot(p2 - l2))
}
