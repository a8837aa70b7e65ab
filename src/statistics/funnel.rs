//! The funnel: whether an area differs from the common level by more than chance.
//!
//! Statistics report 2.2. Areas are never ranked: they fall into three groups,
//! singled out only at 99.8 %. Where areas differ among themselves more than
//! chance allows, the limits are widened (gamma-Poisson).

use statrs::distribution::{DiscreteCDF, NegativeBinomial};
use statrs::function::beta::beta_reg;
use statrs::function::gamma::{gamma_lr, gamma_ur};

use crate::statistics::interval::{Confidence, count, exact, wilson};

/// How an area stands to the common level, in the words of public-health profiles.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Stance {
    /// Above it at 99.8 %.
    High,
    /// Above it at 95 %: to be watched on the area's own page, never in a list.
    PerhapsHigh,
    /// Not seen to differ.
    Alike,
    /// Below it at 95 %.
    PerhapsLow,
    /// Below it at 99.8 %.
    Low,
}

/// Where an interval lies to a level, the surer limits first.
fn stance(interval: impl Fn(Confidence) -> (f64, f64), level: f64) -> Stance {
    let ((low3, high3), (low2, high2)) = (interval(Confidence::P998), interval(Confidence::P95));
    if low3 > level {
        Stance::High
    } else if high3 < level {
        Stance::Low
    } else if low2 > level {
        Stance::PerhapsHigh
    } else if high2 < level {
        Stance::PerhapsLow
    } else {
        Stance::Alike
    }
}

/// How the proportion `x / n` stands to the common proportion, a fraction of 1.
pub fn of_proportion(x: f64, n: f64, level: f64) -> Stance {
    stance(|confidence| wilson(x, n, confidence), level)
}

/// How a count stands to what the common rate lets expect.
pub fn of_count(observed: f64, expected: f64) -> Stance {
    stance(|confidence| count(observed, confidence), expected)
}

/// Between which proportions an area of size `n` is not singled out: Wilson's interval, inverted.
pub fn proportion_limits(n: f64, level: f64, confidence: Confidence) -> (f64, f64) {
    let spread = confidence.z() * (level * (1.0 - level) / n).sqrt();
    ((level - spread).max(0.0), (level + spread).min(1.0))
}

/// Between which expectations a count is not singled out: where the exact Poisson tails reach the limit.
/// These are the lines of the drawn funnel; flags follow [`of_count`].
pub fn count_limits(observed: f64, confidence: Confidence) -> (f64, f64) {
    exact(observed, confidence.tail())
}

/// How a count stands to its expectation when the true rates of areas themselves vary with
/// variance `cv2` × mean² ([`crate::statistics::shrink`] estimates it): limits of the negative binomial law.
pub fn of_count_among_unlike(observed: u64, expected: f64, cv2: f64) -> Stance {
    if cv2 <= 0.0 {
        return of_count(observed as f64, expected);
    }
    let size = 1.0 / cv2;
    let law = NegativeBinomial::new(size, size / (size + expected)).expect("size and expectation are positive");
    let below = if observed == 0 { 0.0 } else { law.cdf(observed - 1) };
    let (at_least, at_most) = (1.0 - below, law.cdf(observed));
    if at_least < Confidence::P998.tail() {
        Stance::High
    } else if at_most < Confidence::P998.tail() {
        Stance::Low
    } else if at_least < Confidence::P95.tail() {
        Stance::PerhapsHigh
    } else if at_most < Confidence::P95.tail() {
        Stance::PerhapsLow
    } else {
        Stance::Alike
    }
}

/// Between which counts an area with an expectation is not singled out, as smooth lines: the laws of
/// [`of_count_among_unlike`] continued between whole counts (Poisson where `cv2` is 0). Only for drawing.
pub fn count_band(expected: f64, cv2: f64, confidence: Confidence) -> (f64, f64) {
    let size = 1.0 / cv2;
    let share = size / (size + expected);
    // The chances of at most and of at least a count.
    let at_most = |x: f64| if cv2 > 0.0 { beta_reg(size, x + 1.0, share) } else { gamma_ur(x + 1.0, expected) };
    let at_least = |x: f64| if cv2 > 0.0 { beta_reg(x, size, 1.0 - share) } else { gamma_lr(x, expected) };
    let tail = confidence.tail();
    let lower = if at_most(0.0) >= tail { 0.0 } else { crossing(0.0, expected, |x| at_most(x) < tail) };
    let mut beyond = 2.0 * expected + 10.0;
    while at_least(beyond) > tail {
        beyond *= 2.0;
    }
    (lower, crossing(expected.max(1e-9), beyond, |x| at_least(x) > tail))
}

/// Where a condition that holds from `low` on stops holding before `high`, by halving.
fn crossing(mut low: f64, mut high: f64, holds: impl Fn(f64) -> bool) -> f64 {
    for _ in 0..40 {
        let middle = (low + high) / 2.0;
        if holds(middle) { low = middle } else { high = middle }
    }
    (low + high) / 2.0
}

/// How much more areas differ than chance allows (Spiegelhalter 2005, as FunnelPlotR computes it).
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Dispersion {
    /// Mean square of the z-scores, winsorised at 10 % and 90 %; 1 when only chance is at work.
    pub phi: f64,
    /// Variance between areas to be added to each one's own; 0 unless `phi` is beyond chance.
    pub tau2: f64,
}

/// The dispersion of areas with z-scores `z` and standard errors `s`.
pub fn dispersion(scores: &[(f64, f64)]) -> Dispersion {
    let mut sorted: Vec<f64> = scores.iter().map(|(z, _)| *z).collect();
    sorted.sort_by(f64::total_cmp);
    let (low, high) = (quantile(&sorted, 0.1), quantile(&sorted, 0.9));
    let n = scores.len() as f64;
    let phi = scores.iter().map(|(z, _)| z.clamp(low, high).powi(2)).sum::<f64>() / n;
    let weights: Vec<f64> = scores.iter().map(|(_, s)| 1.0 / (s * s)).collect();
    let (sum, squares): (f64, f64) = (weights.iter().sum(), weights.iter().map(|w| w * w).sum());
    let excess = n * phi - (n - 1.0);
    let tau2 = if excess > 0.0 { excess / (sum - squares / sum) } else { 0.0 };
    Dispersion { phi, tau2 }
}

/// A quantile between sorted values, linearly (R's type 7).
fn quantile(sorted: &[f64], p: f64) -> f64 {
    let at = p * (sorted.len() - 1) as f64;
    let (below, above) = (at.floor() as usize, at.ceil() as usize);
    sorted[below] + (sorted[above] - sorted[below]) * at.fract()
}
