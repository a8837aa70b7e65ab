//! Trend: whether a series rises or falls, and how fast, without assuming a law.
//!
//! Mann–Kendall test and Theil–Sen slope (statistics report 2.5; EPA QA/G-9S),
//! seasonal form over the quarters of a year (Hirsch & Slack 1982);
//! Cochran–Armitage for proportions by year.

use statrs::distribution::{ContinuousCDF, Normal};

/// A trend is told below this two-sided p.
pub const CLEAR: f64 = 0.05;

/// The Mann–Kendall test of a series.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct MannKendall {
    /// Pairs that rise less pairs that fall.
    pub s: i64,
    /// Its variance when nothing but chance orders the values.
    pub variance: f64,
    /// Normal score, with continuity correction.
    pub z: f64,
    /// Two-sided p: exact up to ten values without ties, normal otherwise.
    pub p: f64,
}

/// Tests a series in time order. `None` for fewer than four values.
pub fn mann_kendall(values: &[f64]) -> Option<MannKendall> {
    if values.len() < 4 {
        return None;
    }
    let (s, variance) = (score(values), variance(values));
    let exact = values.len() <= 10 && ties(values).is_empty();
    let z = z(s, variance);
    let p = if exact { exact_p(s, values.len()) } else { normal_p(z) };
    Some(MannKendall { s, variance, z, p })
}

/// Tests several series together, one for each season of the year. `None` when each has fewer than three values.
pub fn seasonal_mann_kendall(seasons: &[Vec<f64>]) -> Option<MannKendall> {
    if seasons.iter().all(|values| values.len() < 3) {
        return None;
    }
    let s = seasons.iter().map(|values| score(values)).sum();
    let variance = seasons.iter().map(|values| variance(values)).sum();
    let z = z(s, variance);
    Some(MannKendall { s, variance, z, p: normal_p(z) })
}

fn pairs(values: &[f64]) -> impl Iterator<Item = (f64, f64)> {
    values.iter().enumerate().flat_map(|(at, first)| values[at + 1..].iter().map(move |second| (*first, *second)))
}

fn score(values: &[f64]) -> i64 {
    pairs(values).map(|(first, second)| i64::from(second > first) - i64::from(second < first)).sum()
}

/// Sizes of the groups of equal values.
fn ties(values: &[f64]) -> Vec<f64> {
    let mut sorted = values.to_vec();
    sorted.sort_by(f64::total_cmp);
    sorted.chunk_by(|a, b| a == b).map(|group| group.len() as f64).filter(|size| *size > 1.0).collect()
}

fn variance(values: &[f64]) -> f64 {
    let term = |n: f64| n * (n - 1.0) * (2.0 * n + 5.0);
    (term(values.len() as f64) - ties(values).into_iter().map(term).sum::<f64>()) / 18.0
}

fn z(s: i64, variance: f64) -> f64 {
    if variance <= 0.0 { 0.0 } else { (s - s.signum()) as f64 / variance.sqrt() }
}

fn normal_p(z: f64) -> f64 {
    let normal = Normal::standard();
    (2.0 * normal.sf(z.abs())).min(1.0)
}

/// Two-sided p of a score among all orders of `n` values: orders are counted by their inversions.
fn exact_p(s: i64, n: usize) -> f64 {
    // counts[k]: orders with k inversions; a value put in can pass 0 to all of those before it.
    let mut counts = vec![1.0f64];
    for size in 2..=n {
        let mut next = vec![0.0; counts.len() + size - 1];
        for (inversions, count) in counts.iter().enumerate() {
            next[inversions..inversions + size].iter_mut().for_each(|cell| *cell += count);
        }
        counts = next;
    }
    let most = (n * (n - 1) / 2) as i64;
    let at_least = |wanted: i64| {
        let orders = counts.iter().zip(0i64..).filter(|(_, inversions)| most - 2 * inversions >= wanted);
        orders.map(|(count, _)| count).sum::<f64>() / counts.iter().sum::<f64>()
    };
    (2.0 * at_least(s.abs())).min(1.0)
}

/// A straight line through a series: the median of the slopes between its points.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Line {
    /// Change per unit of time.
    pub slope: f64,
    /// Height at time 0.
    pub intercept: f64,
}

/// The Theil–Sen line through points of time and value, gaps allowed. `None` without two different times.
pub fn theil_sen(points: &[(f64, f64)]) -> Option<Line> {
    let mut slopes = Vec::new();
    for (at, (t1, y1)) in points.iter().enumerate() {
        slopes.extend(points[at + 1..].iter().filter(|(t2, _)| t2 != t1).map(|(t2, y2)| (y2 - y1) / (t2 - t1)));
    }
    let slope = median(slopes)?;
    let middle = |of: fn(&(f64, f64)) -> f64| median(points.iter().map(of).collect());
    Some(Line { slope, intercept: middle(|point| point.1)? - slope * middle(|point| point.0)? })
}

fn median(mut values: Vec<f64>) -> Option<f64> {
    values.sort_by(f64::total_cmp);
    let half = values.len() / 2;
    match values.len() {
        0 => None,
        odd if odd % 2 == 1 => Some(values[half]),
        _ => Some((values[half - 1] + values[half]) / 2.0),
    }
}

/// Chi-square for a linear trend of proportions over equally spaced years (Armitage 1955), one
/// degree of freedom. `None` without variation.
pub fn cochran_armitage(years: &[(f64, f64)]) -> Option<f64> {
    let (events, people) = years.iter().fold((0.0, 0.0), |sum, (x, n)| (sum.0 + x, sum.1 + n));
    let share = events / people;
    let scored = || years.iter().zip(1..).map(|((x, n), score)| (*x, *n, f64::from(score)));
    let moment: f64 = scored().map(|(x, n, score)| score * (x - n * share)).sum();
    let (first, second) =
        scored().fold((0.0, 0.0), |sum, (_, n, score)| (sum.0 + n * score, sum.1 + n * score * score));
    let variance = share * (1.0 - share) * (second - first * first / people);
    (variance > 0.0).then(|| moment * moment / variance)
}

/// The p of a chi-square with one degree of freedom.
pub fn chi_square_p(chi2: f64) -> f64 {
    normal_p(chi2.max(0.0).sqrt())
}
