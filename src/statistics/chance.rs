//! Chance: how likely it is that nothing but chance is at work in counts as they are reported.
//!
//! The exact tests of data quality, from the statistics report, section 4.
//! Values are compared with a threshold and never shown, so floating point is enough here.

/// Two-sided mid-P of `x` events in one return after `sum` events in `returns`
/// earlier ones, when the rate has not changed.
///
/// Given the total, `x` is binomial with probability 1/(returns + 1)
/// (Przyborowski & Wilenski 1940; mid-P after Lancaster 1961). 1 when nothing happened at all.
pub fn outlier(x: u64, sum: u64, returns: u32) -> f64 {
    let total = (x + sum) as f64;
    let (p, q) = (1.0 / f64::from(returns + 1), f64::from(returns) / f64::from(returns + 1));
    let at = probability(x, sum, p, q);
    // Away from the mean every term is smaller than the one before, so the sum can stop early.
    let mut tail = at / 2.0;
    let mut term = at;
    let (mut k, mut rest) = (x as f64, sum as f64);
    let upper = k > total * p;
    while term > tail * 1e-17 {
        if upper {
            if rest < 1.0 {
                break;
            }
            term *= rest / (k + 1.0) * (p / q);
            (k, rest) = (k + 1.0, rest - 1.0);
        } else {
            if k < 1.0 {
                break;
            }
            term *= k / (rest + 1.0) * (q / p);
            (k, rest) = (k - 1.0, rest + 1.0);
        }
        tail += term;
    }
    (2.0 * tail.min(1.0 - tail)).clamp(0.0, 1.0)
}

/// Binomial probability of `x` and `rest`, multiplied out so that no intermediate overflows.
fn probability(x: u64, rest: u64, p: f64, q: f64) -> f64 {
    let (few, many) = (x.min(rest), x.max(rest));
    let ways: f64 = (1..=few).map(|i| ((many + i) as f64 / i as f64).ln()).sum();
    (ways + x as f64 * p.ln() + rest as f64 * q.ln()).exp()
}

/// Chance that two independent Poisson counts with mean `mean` are equal: e^(−2λ)·I₀(2λ).
pub fn equal_pair(mean: u64) -> f64 {
    let mean = mean as f64;
    if mean > 60.0 {
        // Abramowitz & Stegun 9.7.1: e^(−z)·I₀(z) for large z.
        let z = 2.0 * mean;
        return (1.0 + 1.0 / (8.0 * z) + 9.0 / (128.0 * z * z)) / (2.0 * std::f64::consts::PI * z).sqrt();
    }
    let mut term = (-mean).exp();
    let mut equal = term * term;
    for k in 1..=250 {
        term *= mean / f64::from(k);
        equal += term * term;
    }
    equal
}

/// Chance that all these counts, each the mean of its own Poisson law, come a second time.
pub fn all_equal(values: impl IntoIterator<Item = u64>) -> f64 {
    values.into_iter().map(equal_pair).product()
}

/// Chance that at least `x` of `n` come when each comes with probability `p`: the upper tail of a binomial.
pub fn at_least(x: u64, n: u64, p: f64) -> f64 {
    if x == 0 {
        return 1.0;
    }
    let q = 1.0 - p;
    let (mut k, mut term) = (x, probability(x, n.saturating_sub(x), p, q));
    let mut tail = 0.0;
    while k <= n {
        tail += term;
        term *= (n - k) as f64 / (k + 1) as f64 * (p / q);
        k += 1;
    }
    tail.min(1.0)
}

/// Chance that nothing happens where `expected` events are expected: e^(−λ).
pub fn none(expected: f64) -> f64 {
    (-expected).exp()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn about(value: f64, expected: f64) {
        assert!((value / expected - 1.0).abs() < 0.05, "{value} is not about {expected}");
    }

    #[test]
    fn the_published_outlier_is_flagged_and_the_quiet_one_is_not() {
        about(outlier(12, 4, 4), 3.5e-6);
        about(outlier(3, 4, 4), 0.18);
    }

    #[test]
    fn a_fall_is_as_telling_as_a_rise() {
        // (3/4)^45, half of the only term, twice.
        about(outlier(0, 45, 3), 0.75f64.powi(45));
        assert_eq!(outlier(0, 0, 3), 1.0);
        assert!(outlier(15, 45, 3) > 0.9);
    }

    #[test]
    fn an_absurd_count_is_answered_at_once() {
        assert!(outlier(9_000_000_000_000_000, 4, 4) < 1e-300);
    }

    #[test]
    fn equal_pairs_follow_the_published_table() {
        about(all_equal([4]), 0.14);
        about(equal_pair(12), 0.08);
        about(all_equal([4, 2, 7, 3, 11, 5]), 6e-6);
    }

    #[test]
    fn round_digits_are_held_against_one_in_five() {
        // Of 50 values 10 are expected to end in 0 or 5: 20 come by chance in 1 of 1,000 cases, 16 in 1 of 30.
        about(at_least(20, 50, 0.2), 0.000_932);
        about(at_least(16, 50, 0.2), 0.0308);
        assert_eq!(at_least(0, 50, 0.2), 1.0);
    }

    #[test]
    fn silence_is_doubted_where_seven_events_are_expected() {
        assert!(none(7.0) < 0.001 && none(6.0) > 0.001);
    }

    #[test]
    fn the_series_and_its_large_form_meet() {
        let z = 120.0f64;
        about(equal_pair(60), 1.0 / (2.0 * std::f64::consts::PI * z).sqrt());
        assert!((equal_pair(61) / equal_pair(60) - (60.0f64 / 61.0).sqrt()).abs() < 1e-4);
    }
}
