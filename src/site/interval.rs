//! A proportion as pages show it: in per cent with its interval, and whether it differs from the common level.
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

/// How a proportion stands to a common level.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Stance {
    /// The whole 99.8 % interval lies above it.
    Higher,
    /// Not seen to differ.
    Alike,
    /// The whole 99.8 % interval lies below it.
    Lower,
    /// Fewer than 5 cases, or 5 non-cases, would be expected: too small to say.
    Small,
}

impl Stance {
    /// Where `x` out of `n` stands to the level `whole.0 / whole.1`.
    pub fn of(x: i64, n: i64, whole: (i64, i64)) -> Self {
        if n <= 0 || whole.1 <= 0 || x > n || whole.0 > whole.1 {
            return Stance::Small;
        }
        let level = 100.0 * whole.0 as f64 / whole.1 as f64;
        let expected = n as f64 * level / 100.0;
        if expected < 5.0 || n as f64 - expected < 5.0 {
            return Stance::Small;
        }
        match wilson(x, n, Confidence::P998) {
            (low, _) if low > level => Stance::Higher,
            (_, high) if high < level => Stance::Lower,
            _ => Stance::Alike,
        }
    }

    /// The words of a table.
    pub fn title(self) -> &'static str {
        match self {
            Stance::Higher => "Cao hơn rõ",
            Stance::Alike => "Chưa thấy khác",
            Stance::Lower => "Thấp hơn rõ",
            Stance::Small => "Số quá nhỏ",
        }
    }
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

    #[test]
    fn a_small_unit_is_never_said_to_differ() {
        assert_eq!(Stance::of(0, 6, (760, 1000)), Stance::Small);
        assert_eq!(Stance::of(47, 85, (763, 1000)), Stance::Lower);
        assert_eq!(Stance::of(58, 72, (763, 1000)), Stance::Alike);
    }
}
