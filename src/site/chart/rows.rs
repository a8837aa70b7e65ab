//! Rows with a name on the left: the name column and its wrapping.

use super::canvas::{Ink, Lettering};
use super::sheet::{Format, Sheet};

/// Names in a column as narrow as they allow.
pub struct Names {
    /// Width of the column.
    pub width: f64,
    /// The lines of each name.
    pub lines: Vec<Vec<String>>,
}

impl Names {
    /// Wraps the names that are wider than a limit; names are never cut, so a long
    /// word may make the column wider than the limit.
    pub fn fit<'a>(format: Format, names: impl IntoIterator<Item = &'a str>, limit: f64) -> Self {
        // The widest weight, so that a row keeps its lines when it is highlighted.
        let lettering = Lettering::new(Ink::Strong);
        let lines: Vec<Vec<String>> =
            names.into_iter().map(|name| format.wrap(lettering, name, format.grown(limit))).collect();
        let width = format.widest(lettering, lines.iter().flatten().map(String::as_str));
        Self { width, lines }
    }

    /// Height of a row that is `base` high with a name of one line.
    pub fn row_height(&self, format: Format, row: usize, base: f64) -> f64 {
        format.grown(base) + format.leading(false) * (self.lines[row].len() - 1) as f64
    }
}

/// Draws lines centred on a height, each ending at `x`. Names are no figures: their
/// digits keep their own widths, which an end anchor would take from them.
pub fn draw_ending(sheet: &Sheet, format: Format, lettering: Lettering, (x, middle): (f64, f64), lines: &[String]) {
    let leading = format.leading(lettering.small);
    let first = middle + format.grown(4.7) - leading * (lines.len() - 1) as f64 / 2.0;
    for (line, text) in (0..).map(f64::from).zip(lines) {
        sheet.text(lettering, (x - format.measure(lettering, text), first + line * leading), text);
    }
}

/// Draws lines centred on a height.
pub fn draw_centred(sheet: &Sheet, format: Format, lettering: Lettering, (x, middle): (f64, f64), lines: &[String]) {
    let first = middle + format.grown(4.7) - format.leading(lettering.small) * (lines.len() - 1) as f64 / 2.0;
    sheet.lines(lettering, (x, first), lines);
}
