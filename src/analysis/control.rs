//! Control: whether the figures of an area stay within their own ordinary variation.
//!
//! XmR limits for counts that are large enough and for shares of enough cases;
//! exact Poisson limits for smaller counts (statistics report 2.6). Limits are
//! never set anew by themselves.

use crate::analysis::series::{Series, series};
use crate::analysis::{Nature, Silence, wording};
use crate::definitions::ComparisonRules;
use crate::release::{MeasureInfo, Release};
use crate::statistics::control::{Chart, Signal, poisson, xmr};
use crate::vocabulary::{Area, Period, PeriodKind};

/// A series with its limits.
#[derive(Clone, Debug)]
pub struct Control {
    /// The figures; where it is not all units they are of, it says so.
    pub series: Series,
    /// Centre, limits, and what each point tells. Limits that mean nothing (below 0, above 100 %) are not drawn.
    pub chart: Chart,
    /// Whether the limits are those of a Poisson law.
    pub exact: bool,
    /// Whether there are too few points for settled limits.
    pub trial: bool,
}

impl Control {
    /// The lower limit, where it means something.
    pub fn lower(&self) -> Option<f64> {
        Some(self.chart.lower).filter(|lower| *lower > 0.0)
    }

    /// The periods that tell something, in order.
    pub fn told(&self) -> impl Iterator<Item = (Period, Signal)> {
        let told = self.series.points.iter().zip(&self.chart.signals).map(|((period, _), signal)| (*period, *signal));
        told.filter(|(_, signal)| *signal != Signal::Ordinary)
    }
}

/// The sentence of a rule.
pub fn text(signal: Signal) -> &'static str {
    match signal {
        Signal::Ordinary => wording::CONTROL_IN,
        Signal::Above | Signal::Below => wording::CONTROL_OUT,
        Signal::Rising => wording::CONTROL_TREND,
        Signal::Falling => wording::CONTROL_TREND_LOW,
        Signal::NearUpper => wording::CONTROL_NEAR,
        Signal::NearLower => wording::CONTROL_NEAR_LOW,
        Signal::HighRun => wording::CONTROL_RUN,
        Signal::LowRun => wording::CONTROL_RUN_LOW,
    }
}

/// The control chart of a measure in an area, by quarters.
///
/// # Errors
/// Why there is none: hidden, not tested, too few periods, too small, or no variation.
pub fn control(release: &Release, info: &MeasureInfo, area: &Area) -> Result<Control, Silence> {
    let rules = &release.definitions().site.comparison;
    let series = series(release, info, area, PeriodKind::Quarter)?;
    if Nature::of(info) == Nature::Other || series.points.iter().any(|(_, value)| number(*value) < 0) {
        return Err(Silence::Untested);
    }
    if series.smallest_denominator().is_some_and(|smallest| smallest < rules.control_denominator) {
        return Err(Silence::Small);
    }
    let (chart, exact) = limits(&series.values(), series.smallest_denominator().is_some(), rules)?;
    Ok(Control { trial: (series.points.len() as i64) < rules.control_points, series, chart, exact })
}

/// The limits of values, and whether they are exact ones.
///
/// # Errors
/// Why there are none: too few values, too small, or no variation.
pub fn limits(values: &[f64], share: bool, rules: &ComparisonRules) -> Result<(Chart, bool), Silence> {
    if (values.len() as i64) < rules.control_trial {
        return Err(Silence::Short);
    }
    if values.iter().all(|value| *value == values[0]) {
        return Err(Silence::Flat);
    }
    let mean = values.iter().sum::<f64>() / values.len() as f64;
    let exact = !share && mean < rules.control_mean as f64;
    let chart = if exact { poisson(values) } else { xmr(values, true) };
    Ok((chart.ok_or(Silence::Short)?, exact))
}

fn number(value: crate::release::Quantity) -> i64 {
    match value {
        crate::release::Quantity::Whole(value) => value,
        crate::release::Quantity::Ratio { numerator, .. } => numerator,
    }
}
