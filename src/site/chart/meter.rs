//! What was done against the plan, as small as a line of text.
//!
//! Meaning: the bar is the value in per cent of its plan, from zero; the black
//! tick is the plan. Solid: met or on the way; hatched: not. The numbers stand
//! beside it, so it is hidden from screen readers. 170 × 14 units, one size.
//!
//! Absence: the caller draws none.

use super::canvas::Mark;
use super::sheet::{Format, Sheet};

/// A bar against a plan.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Meter {
    /// Per cent of the plan.
    pub percent: f64,
    /// Whether the plan is met, or its year on the way to it.
    pub met: bool,
}

/// The plan lies here on the scale that is 1 long, so that bars a little longer still show as such.
const PLAN: f64 = 0.8;

impl Meter {
    /// The drawing.
    pub fn draw(self) -> String {
        let sheet = Sheet::new(Format::Mini, 14.0);
        let across = |share: f64| 0.5 + share * (Format::Mini.width() - 1.5);
        let end = across((self.percent / 100.0 * PLAN).clamp(0.0, 1.0));
        sheet.line(Mark::Grid, (across(0.0), 11.5), (across(1.0), 11.5));
        if end - across(0.0) >= 0.2 {
            let mark = if self.met { Mark::Bar } else { Mark::BarHatched };
            sheet.rect(mark, (across(0.0), 3.5), (end, 11.5));
        }
        sheet.line(Mark::Ref, (across(PLAN), 0.5), (across(PLAN), 14.0));
        sheet.finish_decorative("c meter")
    }
}
