//! Where one unit stands among all units, one strip per indicator.
//!
//! Meaning: every dot is a unit, the large one is this unit, the upright line
//! the median, the shaded range the middle half. Each strip has a scale of its
//! own, from the lowest to the highest value, told at its ends. Dots that would
//! coincide are stacked. To the right is more; whether more is better the
//! caller may say under the name.
//!
//! Absence: units without a value have no dot. Where this unit has none its
//! sign stands in place of the value.

use super::canvas::{Ink, Lettering, Mark};
use super::rows::{Names, draw_centred};
use super::sheet::{Format, Plot, Sheet};
use super::{Drawing, Head, Value};

/// A chart of strips.
#[derive(Clone, Debug, PartialEq)]
pub struct Strip {
    /// Title, finding, id.
    pub head: Head,
    /// The strips.
    pub rows: Vec<StripRow>,
}

/// One indicator.
#[derive(Clone, Debug, PartialEq)]
pub struct StripRow {
    /// Name of the indicator.
    pub label: String,
    /// `cao hơn là tốt`, or empty where neither side is better.
    pub direction: String,
    /// Values of the other units, in any order.
    pub others: Vec<f64>,
    /// This unit.
    pub this: Value,
    /// This unit's value as written; empty for an absence.
    pub value_label: String,
    /// The median of all units.
    pub median: Option<f64>,
    /// Lower and upper quartile of all units.
    pub middle_half: Option<(f64, f64)>,
    /// Lowest and highest value as written.
    pub ends: [String; 2],
}

const END: Lettering = Lettering::new(Ink::Quiet).small();
const VALUE: Lettering = Lettering::new(Ink::Accent).end();
const RADIUS: f64 = 3.4;

impl Strip {
    /// For a page.
    pub fn drawing(&self) -> Drawing {
        Drawing::on_page(|format| self.draw(format))
    }

    /// For a slide.
    pub fn slide(&self) -> Drawing {
        Drawing::on_slide(|format| self.draw(format))
    }

    /// One drawing.
    pub fn draw(&self, format: Format) -> String {
        let narrow = format.is_narrow();
        let values = format.widest(VALUE, self.rows.iter().map(|row| row.value()));
        let limit = if narrow { format.width() - values - 12.0 } else { 190.0 };
        let names = Names::fit(format, self.rows.iter().map(|row| row.label.as_str()), limit);
        let directions = format.widest(END, self.rows.iter().map(|row| row.direction.as_str()));
        let lows = format.widest(END.end(), self.rows.iter().map(|row| row.ends[0].as_str()));
        let highs = format.widest(END, self.rows.iter().map(|row| row.ends[1].as_str()));
        let gap = format.grown(12.0);
        let across = match narrow {
            true => 8.0..format.width() - 8.0,
            false => {
                names.width.max(directions) + lows + 2.0 * gap + format.grown(4.0)
                    ..format.width() - values - highs - 3.0 * gap
            }
        };
        let stacks: Vec<Vec<Vec<f64>>> =
            self.rows.iter().map(|row| row.stacks(across.end - across.start, format)).collect();
        let heights: Vec<f64> = self
            .rows
            .iter()
            .enumerate()
            .map(|(at, row)| {
                let named = names.lines[at].len() as f64 * format.leading(false)
                    + if row.direction.is_empty() { 0.0 } else { format.leading(true) };
                let tallest = stacks[at].iter().map(Vec::len).max().unwrap_or(0);
                let band = format.grown(band_height(tallest));
                match narrow {
                    true => named + band + 16.0 + if row.ends_shown() { format.leading(true) } else { 0.0 },
                    false => named.max(band) + format.grown(18.0),
                }
            })
            .collect();
        let sheet = Sheet::new(format, heights.iter().sum::<f64>() + format.grown(6.0));
        let mut upper = format.grown(2.0);
        for (at, row) in self.rows.iter().enumerate() {
            let (low, high) = row.range();
            let plot = sheet.plot(low..high, across.clone(), 0.0..1.0, upper..upper + heights[at]);
            let tallest = stacks[at].iter().map(Vec::len).max().unwrap_or(0);
            let half = format.grown(band_height(tallest)) / 2.0;
            let lines = &names.lines[at];
            let ink = Lettering::new(Ink::Full);
            if narrow {
                let first = upper + 14.0;
                sheet.lines(ink, (0.0, first), lines);
                sheet.text(VALUE, (format.width(), first), row.value());
                let mut named = first + format.leading(false) * (lines.len() - 1) as f64;
                if !row.direction.is_empty() {
                    named += format.leading(true);
                    sheet.text(END, (0.0, named), &row.direction);
                }
                let middle = named + 8.0 + half;
                draw_dots(&sheet, format, &plot, row, &stacks[at], (middle, half));
                if row.ends_shown() {
                    let below = middle + half + 13.0;
                    sheet.text(END, (across.start - RADIUS, below), &row.ends[0]);
                    sheet.text(END.end(), (across.end + RADIUS, below), &row.ends[1]);
                }
            } else {
                let middle = upper + heights[at] / 2.0;
                let lift = if row.direction.is_empty() { 0.0 } else { format.leading(true) / 2.0 };
                draw_centred(&sheet, format, ink, (0.0, middle - lift), lines);
                let below =
                    middle - lift + format.leading(false) * (lines.len() as f64 - 1.0) / 2.0 + format.grown(20.0);
                sheet.text(END, (0.0, below), &row.direction);
                draw_dots(&sheet, format, &plot, row, &stacks[at], (middle, half));
                let baseline = middle + format.grown(4.5);
                sheet.text(END.end(), (across.start - gap, baseline), &row.ends[0]);
                sheet.text(END, (across.end + gap, baseline), &row.ends[1]);
                sheet.text(VALUE, (format.width(), baseline), row.value());
            }
            upper += heights[at];
        }
        sheet.finish(&self.head, &self.desc())
    }

    fn desc(&self) -> String {
        self.head.desc(self.rows.iter().map(|row| {
            let others = row.others.iter().filter(|value| value.is_finite()).count();
            let told = format!("{}: {}", row.label, row.this.told(&row.value_label));
            match row.ends_shown() {
                true => format!("{told}, giữa {others} đơn vị khác, từ {} đến {}", row.ends[0], row.ends[1]),
                false => told,
            }
        }))
    }
}

impl StripRow {
    fn value(&self) -> &str {
        self.this.shown(&self.value_label)
    }

    fn ends_shown(&self) -> bool {
        self.ends.iter().any(|end| !end.is_empty())
    }

    fn range(&self) -> (f64, f64) {
        let values = self.others.iter().copied().chain(self.this.known()).filter(|value| value.is_finite());
        let (low, high) = values.fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), v| (low.min(v), high.max(v)));
        match (low <= high, low < high) {
            (false, _) => (0.0, 1.0),
            // All alike: in the middle.
            (true, false) => (low - 1.0, high + 1.0),
            (true, true) => (low, high),
        }
    }

    /// The others' values in stacks of dots that would overlap, from left to right.
    fn stacks(&self, width: f64, format: Format) -> Vec<Vec<f64>> {
        let mut values: Vec<f64> = self.others.iter().copied().filter(|value| value.is_finite()).collect();
        values.sort_by(f64::total_cmp);
        let (low, high) = self.range();
        let reach = (high - low) / width.max(1.0) * format.grown(RADIUS) * 1.3;
        let mut stacks: Vec<Vec<f64>> = Vec::new();
        for value in values {
            match stacks.last_mut() {
                Some(stack) if value - stack[0] <= reach => stack.push(value),
                _ => stacks.push(vec![value]),
            }
        }
        stacks
    }
}

/// Height of the shaded range for stacks of up to so many dots; beyond four they overlap.
fn band_height(tallest: usize) -> f64 {
    18.0f64.max(tallest.min(4) as f64 * RADIUS * 2.0 + 4.0)
}

fn draw_dots(
    sheet: &Sheet,
    format: Format,
    plot: &Plot,
    row: &StripRow,
    stacks: &[Vec<f64>],
    (middle, half): (f64, f64),
) {
    let radius = format.grown(RADIUS);
    let place = |value: f64| plot.across(value);
    if let Some((from, to)) = row.middle_half.filter(|(from, to)| from.is_finite() && to.is_finite()) {
        sheet.rect(Mark::Band, (place(from), middle - half), (place(to), middle + half));
    }
    let (low, high) = row.range();
    sheet.line(Mark::Grid, (place(low), middle), (place(high), middle));
    let mut dots = Vec::new();
    for stack in stacks {
        let step = (2.0 * radius).min((2.0 * half - 2.0 * radius).max(0.0) / (stack.len().max(2) - 1) as f64);
        let first = middle - step * (stack.len() - 1) as f64 / 2.0;
        for (at, &value) in stack.iter().enumerate() {
            dots.push((place(value), first + step * at as f64));
        }
    }
    sheet.dots(Mark::Dots, &dots, radius);
    if let Some(median) = row.median.filter(|median| median.is_finite()) {
        let reach = half + format.grown(2.0);
        sheet.line(Mark::Ref, (place(median), middle - reach), (place(median), middle + reach));
    }
    if let Some(value) = row.this.known() {
        sheet.circle(Mark::Point1, (place(value), middle), format.grown(6.5));
    }
}
