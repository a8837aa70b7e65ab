//! The scale of values: round ticks that cover what is drawn, and how they are written.

use plotters::coord::ranged1d::Ranged;
use plotters::coord::types::RangedCoordf64;

use crate::vocabulary::number;

/// What is known of a value axis before the values are.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Measure {
    /// Unit as the reader sees it: `%`, `người`, `triệu đồng`. `%` follows the highest tick,
    /// any other stands above the axis.
    pub unit: String,
    /// No tick between two whole numbers: counts, and shares whose tenths are noise.
    pub whole: bool,
    /// The axis begins at zero even for lines. Bars always do.
    pub from_zero: bool,
    /// No tick above this unless a value is: 100 for a share.
    pub ceiling: Option<f64>,
}

impl Measure {
    /// A share in per cent, 0–100.
    pub fn percent() -> Self {
        Self { unit: "%".to_owned(), whole: true, from_zero: false, ceiling: Some(100.0) }
    }

    /// A count of whole things.
    pub fn count(unit: &str) -> Self {
        Self { unit: unit.to_owned(), whole: true, from_zero: true, ceiling: None }
    }
}

/// A range with round ends and its ticks.
#[derive(Clone, Debug, PartialEq)]
pub struct Scale {
    /// Lowest value on the axis.
    pub low: f64,
    /// Highest value on the axis.
    pub high: f64,
    /// Round values from `low` to `high`.
    pub ticks: Vec<f64>,
    decimals: u32,
}

impl Scale {
    /// A scale that covers the values with at most about `ticks` ticks. Without
    /// any value it runs from 0 to 1 and has no tick.
    ///
    /// Begins at zero when asked to, or when the values come near it (the
    /// smallest is under a third of the largest), or when some are negative and some not.
    pub fn covering(values: impl IntoIterator<Item = f64>, measure: &Measure, ticks: usize) -> Self {
        let (mut low, mut high) = (f64::INFINITY, f64::NEG_INFINITY);
        for value in values.into_iter().filter(|value| value.is_finite()) {
            (low, high) = (low.min(value), high.max(value));
        }
        if low > high {
            return Self { low: 0.0, high: 1.0, ticks: Vec::new(), decimals: 0 };
        }
        let ceiling = measure.ceiling.filter(|&ceiling| high <= ceiling);
        if measure.from_zero || (low >= 0.0 && low < high / 3.0) {
            (low, high) = (low.min(0.0), high.max(0.0));
        }
        if high - low < f64::EPSILON * high.abs().max(1.0) * 4.0 {
            let around = if measure.whole || high.abs() >= 10.0 { (high.abs() * 0.05).max(1.0) } else { 1.0 };
            (low, high) = if high == 0.0 { (0.0, around) } else { (low - around, high + around) };
            if let Some(ceiling) = ceiling {
                high = high.min(ceiling);
            }
        }
        let points = RangedCoordf64::from(low..high).key_points(ticks.max(2));
        let mut step = match points[..] {
            [first, second, ..] => second - first,
            _ => high - low,
        };
        if measure.whole {
            step = step.max(1.0);
        }
        let mut step = round_step(step);
        let ends = |step: f64| ((low / step + 1e-9).floor(), (high / step - 1e-9).ceil());
        // Rounding the ends outwards may add ticks: then a coarser step.
        while ends(step).1 - ends(step).0 > ticks.max(2) as f64 {
            step = round_step(step * 1.5);
        }
        let (first, mut last) = ends(step);
        if last <= first {
            last = first + 1.0;
        }
        let count = (last - first) as usize;
        let ticks: Vec<f64> = (0..=count).map(|at| (first + at as f64) * step).collect();
        let decimals = (-step.log10().floor()).clamp(0.0, 6.0) as u32;
        Self { low: first * step, high: last * step, ticks, decimals }
    }

    /// A tick as written: `1.500`, `0,5`; the highest with its per cent sign.
    pub fn label(&self, tick: f64, measure: &Measure) -> String {
        let written = number::fixed((tick * 10f64.powi(self.decimals as i32)).round() as i64, self.decimals);
        let highest = self.ticks.last().is_some_and(|&last| last == tick);
        if highest && measure.unit == "%" { format!("{written}%") } else { written }
    }
}

/// The step without the noise of floating point: 1, 2 or 5 times a power of ten.
fn round_step(step: f64) -> f64 {
    let power = 10f64.powf(step.log10().floor());
    let rounded = [1.0, 2.0, 5.0, 10.0].into_iter().find(|&factor| step <= factor * power * 1.001).unwrap_or(10.0);
    // Division by a whole power keeps 0.1 the nearest number to one tenth.
    if power >= 1.0 { rounded * power } else { rounded / 10f64.powf(-step.log10().floor()) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ticks_are_round_and_cover_the_values() {
        let scale = Scale::covering([61.4, 80.0], &Measure::percent(), 7);
        assert_eq!(scale.ticks, [60.0, 65.0, 70.0, 75.0, 80.0]);
        assert_eq!(scale.label(80.0, &Measure::percent()), "80%");
    }

    #[test]
    fn a_share_has_no_tick_above_a_hundred() {
        assert_eq!(Scale::covering([100.0, 100.0], &Measure::percent(), 5).high, 100.0);
        assert_eq!(Scale::covering([97.2, 99.9], &Measure::percent(), 5).high, 100.0);
        assert!(Scale::covering([97.2, 104.0], &Measure::percent(), 5).high >= 104.0);
    }

    #[test]
    fn counts_have_whole_ticks() {
        let measure = Measure::count("vụ");
        assert_eq!(Scale::covering([1.0, 2.0], &measure, 7).ticks, [0.0, 1.0, 2.0]);
        assert_eq!(Scale::covering([0.0], &measure, 7).ticks, [0.0, 1.0]);
        let scale = Scale::covering([12_345.0], &measure, 5);
        assert_eq!(scale.label(scale.high, &measure), "15.000");
    }

    #[test]
    fn no_value_gives_no_tick() {
        assert!(Scale::covering([f64::NAN], &Measure::percent(), 5).ticks.is_empty());
    }
}
