//! Change: whether the counts of two periods differ by more than chance.
//!
//! Statistics report 2.4. Given their sum, one of two Poisson counts is
//! binomial; the two-sided mid-P value is twice the smaller tail with half the
//! weight of what was seen (Lancaster 1961).

use statrs::distribution::{Binomial, Discrete, DiscreteCDF};

/// A change is clear on a page below this.
pub const CLEAR: f64 = 0.05;

/// And in a list over many areas below this.
pub const CLEAR_IN_A_LIST: f64 = 0.002;

/// Two-sided mid-P of `now` and `before`, over `exposures` of the same measure (quarters, or
/// person-quarters): how likely chance alone makes them differ so much. 1 when there were no events.
pub fn mid_p(now: u64, before: u64, exposures: (f64, f64)) -> f64 {
    let law = Binomial::new(exposures.0 / (exposures.0 + exposures.1), now + before).expect("a share of exposure");
    let at = law.pmf(now);
    let below = if now == 0 { 0.0 } else { law.cdf(now - 1) };
    let above = law.sf(now);
    (2.0 * (below.min(above) + at / 2.0)).min(1.0)
}
