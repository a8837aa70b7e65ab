//! The control chart: whether a series stays within its own ordinary variation.
//!
//! XmR chart with the four rules of “Making Data Count” (NHS England), as
//! NHSRplotthedots computes them; statistics report 2.6. Fewer than twelve
//! points give trial limits; counts below a mean of twelve get exact Poisson limits.

use statrs::distribution::{DiscreteCDF, Poisson};

/// What a point tells, by the first rule that applies.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Signal {
    /// Ordinary variation.
    Ordinary,
    /// Above the upper limit.
    Above,
    /// Below the lower limit.
    Below,
    /// One of seven points that rise in a row.
    Rising,
    /// One of seven points that fall in a row.
    Falling,
    /// Two of three points near the upper limit.
    NearUpper,
    /// Two of three points near the lower limit.
    NearLower,
    /// One of seven points in a row above the mean.
    HighRun,
    /// One of seven points in a row below the mean.
    LowRun,
}

/// A series with its limits.
#[derive(Clone, Debug, PartialEq)]
pub struct Chart {
    /// Centre line.
    pub mean: f64,
    /// Lower limit; may be negative, and is then not drawn.
    pub lower: f64,
    /// Upper limit.
    pub upper: f64,
    /// What each point tells.
    pub signals: Vec<Signal>,
}

/// Points of a run, and of a trend.
const RUN: usize = 7;

/// Charts a series in time order. Moving ranges of 3.267 times their mean and more are left out once
/// when `screened`. `None` for fewer than two points.
pub fn xmr(values: &[f64], screened: bool) -> Option<Chart> {
    let mut ranges: Vec<f64> = values.windows(2).map(|pair| (pair[1] - pair[0]).abs()).collect();
    if ranges.is_empty() {
        return None;
    }
    let average = |values: &[f64]| values.iter().sum::<f64>() / values.len() as f64;
    let mean = average(values);
    if screened {
        let limit = 3.267 * average(&ranges);
        // A series that does not vary has no outliers among its ranges.
        if limit > 0.0 {
            ranges.retain(|range| *range < limit);
        }
    }
    let spread = 2.66 * average(&ranges);
    let (lower, upper) = (mean - spread, mean + spread);
    Some(Chart { mean, lower, upper, signals: signals(values, mean, spread) })
}

/// The chance of a point beyond each exact limit.
const BEYOND: f64 = 0.001;

/// Charts a series of small counts by exact Poisson limits: the widest counts that are not rarer than
/// one in a thousand on each side. Only points outside tell something. `None` without values or events.
pub fn poisson(values: &[f64]) -> Option<Chart> {
    let mean = values.iter().sum::<f64>() / values.len() as f64;
    let law = Poisson::new(mean).ok()?;
    let lower = law.inverse_cdf(BEYOND) as f64;
    let upper = law.inverse_cdf(1.0 - BEYOND) as f64;
    let signal = |value: &f64| match () {
        () if *value > upper => Signal::Above,
        () if *value < lower => Signal::Below,
        () => Signal::Ordinary,
    };
    Some(Chart { mean, lower, upper, signals: values.iter().map(signal).collect() })
}

fn signals(values: &[f64], mean: f64, spread: f64) -> Vec<Signal> {
    let sign = |value: f64| i32::from(value > 0.0) - i32::from(value < 0.0);
    let outside: Vec<i32> =
        values.iter().map(|value| if (value - mean).abs() > spread { sign(value - mean) } else { 0 }).collect();
    let sides: Vec<i32> = values.iter().map(|value| sign(value - mean)).collect();
    let near: Vec<i32> = values
        .iter()
        .map(|value| if (value - mean).abs() > spread * 2.0 / 3.0 { sign(value - mean) } else { 0 })
        .collect();
    let steps: Vec<i32> = values.windows(2).map(|pair| sign(pair[1] - pair[0])).collect();
    // Steps lie between points: seven points make six of them.
    let trend = marked(values.len(), RUN, |from| same(&steps[from..from + RUN - 1]));
    let run = marked(values.len(), RUN, |from| same(&sides[from..from + RUN]));
    let two_of_three = marked(values.len(), 3, |from| {
        // All three lie on one side of the mean, and two of them far out.
        let far = near[from..from + 3].iter().filter(|near| **near != 0).count();
        if far >= 2 { same(&sides[from..from + 3]) } else { 0 }
    });
    (0..values.len())
        .map(|at| match (outside[at], trend[at], two_of_three[at] * i32::from(near[at] == two_of_three[at]), run[at]) {
            (1, ..) => Signal::Above,
            (-1, ..) => Signal::Below,
            (_, 1, ..) => Signal::Rising,
            (_, -1, ..) => Signal::Falling,
            (_, _, 1, _) => Signal::NearUpper,
            (_, _, -1, _) => Signal::NearLower,
            (.., 1) => Signal::HighRun,
            (.., -1) => Signal::LowRun,
            _ => Signal::Ordinary,
        })
        .collect()
}

/// The common sign of all; 0 when they differ.
fn same(signs: &[i32]) -> i32 {
    if signs.iter().all(|sign| *sign == signs[0]) { signs[0] } else { 0 }
}

/// For each point the mark of the first window around it that has one.
fn marked(points: usize, width: usize, mark: impl Fn(usize) -> i32) -> Vec<i32> {
    let mut marks = vec![0; points];
    for from in 0..(points + 1).saturating_sub(width) {
        let found = mark(from);
        marks[from..from + width].iter_mut().filter(|mark| **mark == 0).for_each(|mark| *mark = found);
    }
    marks
}
