//! How far a model has come on the five steps of building it.
//!
//! Meaning: solid for each step reached, hollow for the rest; 0 is a model that
//! is only planned. The step stands as text in the same table cell, so the
//! drawing is hidden from screen readers. 132 × 20 units, one size.
//!
//! Absence: a model without a known step has no drawing; the caller writes the sign.

use super::canvas::Mark;
use super::sheet::{Format, Sheet};

/// Steps there are, after HD 22/HD-BCA-V05.
pub const STEPS: u8 = 5;

/// The drawing for a step reached, 0 to [`STEPS`]; more counts as all.
pub fn draw(reached: u8) -> String {
    let sheet = Sheet::sized(Format::Spark, 132.0, 20.0);
    let place = |step: u8| (10.0 + 28.0 * f64::from(step - 1), 10.0);
    sheet.line(Mark::Context, place(1), place(STEPS));
    for step in 1..=STEPS {
        let mark = if step <= reached { Mark::Point1 } else { Mark::OpenQuiet };
        sheet.circle(mark, place(step), 6.0);
    }
    sheet.finish_decorative("c c-steps")
}
