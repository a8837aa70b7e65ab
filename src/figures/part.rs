//! Parts: what one unit, or one area, adds to a figure, with its coverage.
//!
//! Parts are added; a [`Figure`] is what is said about a part at the end.

use crate::figures::cube::{Figure, Quantity};
use crate::vocabulary::{ConfStatus, ObsStatus};

/// Sums that belong to one area, period and measure.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Part {
    /// Sum of what was reported; for a ratio the numerator.
    pub value: i64,
    /// Sum of denominators; 0 when the measure is no ratio.
    pub denominator: i64,
    /// Returns that reported it.
    pub reported: u32,
    /// Returns that were due to report it.
    pub due: u32,
    /// Returns that reported it as an estimate.
    pub estimated: u32,
}

impl Part {
    /// Whether every due return reported it.
    pub fn is_complete(&self) -> bool {
        self.due > 0 && self.reported == self.due
    }

    /// This part together with another. Sums stop at the ends of i64 instead of failing:
    /// a return may hold any number.
    pub fn plus(self, other: Part) -> Part {
        Part {
            value: self.value.saturating_add(other.value),
            denominator: self.denominator.saturating_add(other.denominator),
            reported: self.reported + other.reported,
            due: self.due + other.due,
            estimated: self.estimated + other.estimated,
        }
    }

    /// The number alone.
    pub fn quantity(&self, ratio: bool) -> Quantity {
        match ratio {
            true => Quantity::Ratio { numerator: self.value, denominator: self.denominator },
            false => Quantity::Whole(self.value),
        }
    }

    /// The figure: a number only where something was reported. An estimate among the parts
    /// shows in the status even when others are missing; coverage tells of those.
    pub fn figure(&self, ratio: bool) -> Figure {
        let status = match self {
            Part { due: 0, .. } => ObsStatus::M,
            Part { reported: 0, .. } => ObsStatus::O,
            Part { estimated: 1.., .. } => ObsStatus::E,
            _ if self.is_complete() => ObsStatus::A,
            _ => ObsStatus::P,
        };
        let value = status.sign().is_none().then(|| self.quantity(ratio));
        Figure { value, status, conf: ConfStatus::F, reported: self.reported, due: self.due }
    }
}

/// One part for every unit (or area), period and measure.
#[derive(Clone, Debug)]
pub(super) struct Parts {
    periods: usize,
    measures: usize,
    cells: Vec<Part>,
}

impl Parts {
    /// Parts in which nothing is due yet.
    pub fn nothing_due(rows: usize, periods: usize, measures: usize) -> Self {
        Self { periods, measures, cells: vec![Part::default(); rows * periods * measures] }
    }

    /// Number of periods.
    pub fn periods(&self) -> usize {
        self.periods
    }

    /// Number of measures.
    pub fn measures(&self) -> usize {
        self.measures
    }

    /// The part at a place.
    pub fn get(&self, row: usize, period: usize, measure: usize) -> &Part {
        &self.cells[(row * self.periods + period) * self.measures + measure]
    }

    /// The part at a place, to be set.
    pub fn get_mut(&mut self, row: usize, period: usize, measure: usize) -> &mut Part {
        &mut self.cells[(row * self.periods + period) * self.measures + measure]
    }

    /// All parts: by row, then period, then measure.
    pub fn cells(&self) -> &[Part] {
        &self.cells
    }

    /// All parts, to be set.
    pub fn cells_mut(&mut self) -> &mut [Part] {
        &mut self.cells
    }
}
