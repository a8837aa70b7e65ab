//! The names of several lines, at their ends: one place for name and last value,
//! instead of a key.

use super::canvas::{Ink, Lettering};
use super::labels::spread;
use super::sheet::{Format, Plot, Sheet};
use super::trend::{Series, last_known};

/// The name of a series and its last value, at the right edge.
pub struct EndName {
    lettering: Lettering,
    lines: Vec<String>,
    label: String,
    /// Whether the label follows the last line rather than standing below it.
    inline: bool,
    /// Room it takes to the right of the lines.
    pub width: f64,
    at: (usize, f64),
}

impl EndName {
    /// The name of a series; `None` when it has no value.
    pub fn of(format: Format, series: &Series, ink: Ink, limit: f64) -> Option<Self> {
        let at = last_known(series)?;
        let point = &series.points[at.0];
        let label = match &point.status {
            Some(status) => format!("{} {status}", point.label),
            None => point.label.clone(),
        };
        let (lettering, strong) = (Lettering::new(ink), Lettering::new(Ink::Strong));
        let lines = format.wrap(lettering, &series.name, limit);
        let last = lines.last().map_or(0.0, |line| format.measure(lettering, line));
        let labelled = last + format.grown(5.0) + format.measure(strong, &label);
        let inline = labelled <= limit;
        let widest = format.widest(lettering, lines.iter().map(String::as_str));
        let width = widest.max(if inline { labelled } else { format.measure(strong, &label) });
        Some(Self { lettering, lines, label, inline, width, at })
    }

    fn rows(&self) -> usize {
        self.lines.len() + usize::from(!self.inline)
    }
}

/// Distance between two names: every one takes as many rows as the tallest, so that one gap fits all.
pub fn gap(format: Format, ends: &[EndName]) -> f64 {
    format.leading(false) * ends.iter().map(EndName::rows).max().unwrap_or(0) as f64 + format.grown(2.0)
}

/// Draws the names right of `edge`, each as near its line as the others let it.
pub fn draw(sheet: &Sheet, format: Format, plot: &Plot, ends: &[EndName], edge: f64, (top, floor): (f64, f64)) {
    let leading = format.leading(false);
    let apart = gap(format, ends);
    let wanted: Vec<f64> = ends.iter().map(|end| plot.down(end.at.1)).collect();
    let placed = spread(&wanted, apart, top + apart / 2.0 - format.grown(8.0), floor - apart / 2.0);
    for (end, middle) in ends.iter().zip(placed) {
        let first = middle + format.grown(4.7) - leading * (end.rows() - 1) as f64 / 2.0;
        let x = edge + format.grown(12.0);
        sheet.lines(end.lettering, (x, first), &end.lines);
        let last = first + leading * (end.lines.len() - 1) as f64;
        let strong = Lettering::new(Ink::Strong);
        match end.lines.last().filter(|_| end.inline) {
            Some(line) => {
                let after = x + format.measure(end.lettering, line) + format.grown(5.0);
                sheet.text(strong, (after, last), &end.label);
            }
            None => sheet.text(strong, (x, last + leading), &end.label),
        }
    }
}
