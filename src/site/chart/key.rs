//! A key in a row, for the few charts whose parts cannot be named in place.

use super::canvas::{Ink, Lettering, Mark};
use super::sheet::{Format, Sheet};

const NAME: Lettering = Lettering::new(Ink::Strong);

/// Samples with their names, in as many lines as they need.
pub struct Key {
    entries: Vec<(Mark, String, (f64, f64))>,
    /// Height of the whole key.
    pub height: f64,
}

impl Key {
    /// Lays the entries out.
    pub fn new(format: Format, entries: impl IntoIterator<Item = (Mark, String)>) -> Self {
        let (mut x, mut y) = (0.0, 0.0);
        let mut placed = Vec::new();
        for (mark, name) in entries {
            let width = format.grown(16.0) + format.measure(NAME, &name);
            if x > 0.0 && x + width > format.width() {
                (x, y) = (0.0, y + format.leading(false) + format.grown(3.0));
            }
            placed.push((mark, name, (x, y)));
            x += width + format.grown(18.0);
        }
        let height = if placed.is_empty() { 0.0 } else { y + format.grown(16.0) };
        Self { entries: placed, height }
    }

    /// Draws it with its upper edge at a height.
    pub fn draw(&self, sheet: &Sheet, format: Format, top: f64) {
        for (mark, name, (x, y)) in &self.entries {
            let baseline = top + y + format.grown(12.0);
            let (upper, lower) = (baseline - format.grown(10.3), baseline + format.grown(0.3));
            sheet.rect(*mark, (x + 0.7, upper), (x + 0.7 + lower - upper, lower));
            sheet.text(NAME, (x + format.grown(16.0), baseline), name);
        }
    }
}
