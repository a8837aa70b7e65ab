//! The course of a row's values, as small as a word.
//!
//! Meaning: shape only, on a scale of its own from the lowest to the highest
//! value; the numbers stand in the same table row, so the drawing is hidden from
//! screen readers. 104 × 26 units, one size.
//!
//! Absence: the line breaks; missing is a small hollow mark at the foot, hidden
//! a small dot, not applicable nothing.

use super::canvas::Mark;
use super::sheet::{Format, Sheet};
use super::{Value, stretches};

/// A line for a table cell.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Sparkline {
    /// One value for each period.
    pub values: Vec<Value>,
    /// Whether the last value is provisional: its mark is hollow.
    pub provisional: bool,
}

impl Sparkline {
    /// The drawing.
    pub fn draw(&self) -> String {
        let sheet = Sheet::new(Format::Spark, 26.0);
        let known: Vec<f64> = self.values.iter().filter_map(|value| value.known()).collect();
        let low = known.iter().copied().fold(f64::INFINITY, f64::min);
        let high = known.iter().copied().fold(f64::NEG_INFINITY, f64::max);
        // Equal values run through the middle.
        let (low, high) = if high > low { (low, high) } else { (low.min(f64::MAX) - 1.0, low.min(f64::MAX) + 1.0) };
        let last = self.values.len().saturating_sub(1).max(1) as f64;
        let plot = sheet.plot(0.0..last, 6.0..98.0, low..high, 5.0..21.0);
        for stretch in stretches(&self.values).into_iter().filter(|stretch| stretch.len() > 1) {
            plot.path(Mark::Line1, stretch.iter().map(|&(at, value)| (at as f64, value)).collect());
        }
        let end = self.values.iter().rposition(|value| value.known().is_some());
        for (at, value) in self.values.iter().enumerate() {
            let x = plot.across(at as f64);
            match value {
                Value::Missing => sheet.circle(Mark::OpenQuiet, (x, 22.0), 2.6),
                Value::Hidden => sheet.circle(Mark::Dot, (x, 22.0), 1.8),
                Value::At(known) if known.is_finite() => {
                    let alone = (at == 0 || self.values[at - 1].known().is_none())
                        && self.values.get(at + 1).is_none_or(|next| next.known().is_none());
                    match (Some(at) == end, self.provisional) {
                        (true, true) => plot.circle(Mark::Open, (at as f64, *known), 3.6),
                        (true, false) => plot.circle(Mark::Point1, (at as f64, *known), 3.8),
                        // Between two gaps there is no line to see it by.
                        (false, _) if alone => plot.circle(Mark::Point1, (at as f64, *known), 2.8),
                        (false, _) => {}
                    }
                }
                Value::At(_) | Value::NotApplicable => {}
            }
        }
        sheet.finish_decorative("c")
    }
}
