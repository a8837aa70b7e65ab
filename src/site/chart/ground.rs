//! The ground of a chart over periods: axis of values with its grid and unit, axis of time. What is
//! drawn on it is left to the kinds.

use std::ops::Range;

use super::axis::Periods;
use super::canvas::{Ink, Lettering, Mark};
use super::scale::{Measure, Scale};
use super::sheet::{Format, Plot, Sheet};

const TICK: Lettering = Lettering::new(Ink::Quiet).end();
/// Small print on the ground.
pub const FINE: Lettering = Lettering::new(Ink::Quiet).small();

/// What the ground of a chart is made of.
pub struct Ground<'a> {
    format: Format,
    periods: &'a Periods,
    measure: &'a Measure,
    scale: Scale,
    labels: Vec<String>,
}

impl<'a> Ground<'a> {
    /// A ground whose axis covers some values.
    pub fn covering(
        format: Format,
        periods: &'a Periods,
        measure: &'a Measure,
        values: impl IntoIterator<Item = f64>,
    ) -> Self {
        let scale = Scale::covering(values, measure, if format.is_narrow() { 5 } else { 7 });
        let labels = scale.ticks.iter().map(|&tick| scale.label(tick, measure)).collect();
        Self { format, periods, measure, scale, labels }
    }

    /// Whether there is no value to draw.
    pub fn is_empty(&self) -> bool {
        self.scale.ticks.is_empty()
    }

    /// Where the axis of time begins: right of the labels of values.
    pub fn left(&self) -> f64 {
        let format = self.format;
        format.widest(TICK, self.labels.iter().map(String::as_str)).max(format.grown(8.0)) + format.grown(8.0)
    }

    /// Whether the unit stands above the axis, and needs its height there.
    pub fn has_unit_above(&self) -> bool {
        !self.measure.unit.is_empty() && self.measure.unit != "%"
    }

    /// A sheet with the ground on it, and the coordinates of periods and values.
    pub fn draw(&self, across: Range<f64>, down: Range<f64>) -> (Sheet, Plot) {
        let (format, scale) = (self.format, &self.scale);
        let truncated = scale.low > 0.0 && !self.is_empty();
        let below = self.periods.height(format, across.end - across.start);
        let height = down.end + below + if truncated { format.grown(20.0) } else { 0.0 };
        let sheet = Sheet::new(format, height);
        let slots = self.periods.len().max(1) as f64;
        let plot = sheet.plot(0.0..slots, across.clone(), scale.low..scale.high, down.clone());
        for (tick, label) in scale.ticks.iter().zip(&self.labels) {
            let level = plot.down(*tick);
            if level < down.end - 0.5 {
                sheet.line(Mark::Grid, (across.start, level), (across.end, level));
            }
            sheet.text(TICK, (across.start - format.grown(8.0), level + format.grown(4.7)), label);
        }
        if self.has_unit_above() {
            sheet.text(FINE, (0.0, format.grown(11.5)), &self.measure.unit);
        }
        self.periods.draw(&sheet, format, &plot);
        if truncated {
            let from = match self.measure.unit.as_str() {
                "%" => format!("{}%", self.labels[0].trim_end_matches('%')),
                unit => format!("{} {unit}", self.labels[0]).trim_end().to_owned(),
            };
            let note = format!("Trục đứng bắt đầu từ {from}");
            sheet.text(FINE, (across.start, height - format.grown(4.0)), &note);
        }
        if self.is_empty() {
            let middle = ((across.start + across.end) / 2.0, (down.start + down.end) / 2.0);
            sheet.text(FINE.middle(), middle, super::NOTHING);
        }
        (sheet, plot)
    }
}
