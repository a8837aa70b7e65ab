//! The interval of a proportion as pages show it: in per cent.
//!
//! The interval is Wilson's ([`crate::statistics::interval`]; statistics report 2.1).

use crate::statistics::interval::{self, Confidence};

/// Lower and upper end of the interval of `x` out of `n`, in per cent.
///
/// # Panics
/// When `n` is 0: there is no proportion.
pub fn wilson(x: i64, n: i64, confidence: Confidence) -> (f64, f64) {
    let (low, high) = interval::wilson(x as f64, n as f64, confidence);
    (100.0 * low, 100.0 * high)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn intervals_agree_with_published_values() {
        let close = |(low, high): (f64, f64), to: (f64, f64)| (low - to.0).abs() < 0.005 && (high - to.1).abs() < 0.005;
        assert!(close(wilson(1, 8, Confidence::P95), (2.24, 47.09)));
        assert!(close(wilson(0, 12, Confidence::P95), (0.0, 24.25)));
    }
}
