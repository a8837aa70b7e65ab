//! One of many small charts of the same shape: a unit against the level of the whole.
//!
//! Meaning: the blue line is this unit, the grey one the whole; all charts of a
//! set share one range ([`shared_range`]). Only the last value is written. To be
//! put into a list of class `multiples`, under the unit's name. 170 × 112 units,
//! one size.
//!
//! Absence: the line breaks; missing is a hollow mark on the axis, hidden `•`
//! and not applicable `x` above it; the sign stands at the end when the last value is absent.

use super::axis::Periods;
use super::canvas::{Ink, Lettering, Mark};
use super::scale::{Measure, Scale};
use super::sheet::{Format, Plot, Sheet};
use super::{Head, Point, Value, stretches};

/// One small chart.
#[derive(Clone, Debug, PartialEq)]
pub struct Mini {
    /// Title with the unit's name, finding, id.
    pub head: Head,
    /// The axis of time: only its first and last period are written.
    pub periods: Periods,
    /// One point for each period. Short labels without unit: `72,1`.
    pub points: Vec<Point>,
    /// The level of the whole by period, `None` for a gap.
    pub context: Vec<Option<f64>>,
    /// The range all charts of the set share.
    pub range: (f64, f64),
}

/// The range that covers all values of a set of small charts.
pub fn shared_range(values: impl IntoIterator<Item = f64>, measure: &Measure) -> (f64, f64) {
    let scale = Scale::covering(values, measure, 5);
    (scale.low, scale.high)
}

const YEAR: Lettering = Lettering::new(Ink::Quiet);
const END: Lettering = Lettering::new(Ink::Strong);

impl Mini {
    /// The drawing.
    pub fn draw(&self) -> String {
        self.sheet().finish(&self.head, &self.desc())
    }

    /// The drawing for a list whose numbers stand in a table: nothing is said of it to those who do not see it.
    pub fn decorative(&self) -> String {
        self.sheet().finish_decorative("c")
    }

    fn sheet(&self) -> Sheet {
        let format = Format::Mini;
        let slots = self.periods.len();
        let last = self.points.get(slots.saturating_sub(1)).or(self.points.last());
        let label = last.map_or("", |point| point.value.shown(&point.label));
        let right = format.width() - format.measure(END, label).max(18.0) - 8.0;
        let sheet = Sheet::new(format, 112.0);
        let (low, high) = if self.range.1 > self.range.0 { self.range } else { (self.range.0, self.range.0 + 1.0) };
        let ends = slots.saturating_sub(1).max(1) as f64;
        let plot = sheet.plot(0.0..ends, 10.0..right - 6.0, low..high, 10.0..90.0);
        sheet.line(Mark::Axis, (4.0, 90.0), (right, 90.0));
        let context: Vec<Value> =
            self.context.iter().take(slots).map(|at| at.map_or(Value::NotApplicable, Value::At)).collect();
        draw_lines(&plot, Mark::Context, &context);
        let values: Vec<Value> = self.points.iter().take(slots).map(|point| point.value).collect();
        draw_lines(&plot, Mark::Line1, &values);
        let end = values.iter().rposition(|value| value.known().is_some());
        let lonely = |at: usize| {
            let known = |at: Option<usize>| at.and_then(|at| values.get(at)).is_some_and(|v| v.known().is_some());
            !known(at.checked_sub(1)) && !known(Some(at + 1))
        };
        for (at, point) in self.points.iter().take(slots).enumerate() {
            let x = plot.across(at as f64);
            match point.value {
                Value::At(value) if value.is_finite() => {
                    let (mark, radius) = if point.status.is_some() { (Mark::Open, 3.4) } else { (Mark::Point1, 3.2) };
                    // Many marks on a small line would hide it.
                    if slots <= 6 || Some(at) == end || lonely(at) {
                        plot.circle(mark, (at as f64, value), radius);
                    }
                }
                Value::Missing => sheet.circle(Mark::OpenQuiet, (x, 90.0), if slots <= 10 { 3.2 } else { 2.2 }),
                Value::Hidden | Value::NotApplicable => {
                    sheet.text(YEAR.middle(), (x, 86.0), point.value.sign());
                }
                Value::At(_) => {}
            }
        }
        if let Some(point) = last {
            let height = point.value.known().map_or(91.0, |value| plot.down(value) + 4.0);
            sheet.text(END, (right + 2.0, height.clamp(12.0, 94.0)), label);
        }
        if slots > 0 {
            sheet.text(YEAR, (6.0, 108.0), &self.periods.name(0));
        }
        if slots > 1 {
            sheet.text(YEAR.middle(), (right - 6.0, 108.0), &self.periods.name(slots - 1));
        }
        sheet
    }

    fn desc(&self) -> String {
        self.head.desc(self.points.iter().take(self.periods.len()).enumerate().map(|(at, point)| {
            let status = point.status.as_ref().map_or(String::new(), |status| format!(" ({status})"));
            format!("{}: {}{status}", self.periods.name(at), point.value.told(&point.label))
        }))
    }
}

fn draw_lines(plot: &Plot, mark: Mark, values: &[Value]) {
    for stretch in stretches(values).into_iter().filter(|stretch| stretch.len() > 1) {
        plot.path(mark, stretch.into_iter().map(|(at, value)| (at as f64, value)).collect());
    }
}
