//! Classes: how many units are in each class of a classification.
//!
//! A class is never averaged or added; a unit counts 1 in its class and 0 in
//! the others, and those counts add up over units.

use crate::figures::measure::{MeasureInfo, Origin};
use crate::figures::part::{Part, Parts};

/// Fills the class counts of every unit from the class it is in.
pub(super) fn count(catalogue: &[MeasureInfo], units: usize, parts: &mut Parts) {
    for (measure, info) in catalogue.iter().enumerate() {
        let Origin::ClassCount { row, position } = &info.origin else { continue };
        let class = catalogue
            .iter()
            .position(|other| other.code == *row)
            .expect("the catalogue lists a classification before its classes");
        for unit in 0..units {
            for period in 0..parts.periods() {
                let of_row = *parts.get(unit, period, class);
                let value = i64::from(of_row.reported > 0 && of_row.value == *position);
                *parts.get_mut(unit, period, measure) = Part { value, ..of_row };
            }
        }
    }
}
