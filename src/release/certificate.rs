//! Certificates: what shows that the small numbers of the public edition are safe, as plain values.
//!
//! The audit finds them. They tell what is hidden, so they are the internal edition's alone. Anyone can check
//! one by adding up: no printed figure changes when the other values take the place of those reported, and
//! no rule of the form is broken (statistics report 1.5, step 5).

use crate::vocabulary::{Area, MeasureCode, Period, UnitCode};

/// What one unit reported, and what it reports in another table that prints the same.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct OtherValue {
    /// The unit.
    pub unit: UnitCode,
    /// The period of its return.
    pub period: Period,
    /// The measure.
    pub measure: MeasureCode,
    /// What was reported.
    pub reported: i64,
    /// What is reported in the other table.
    pub other: i64,
}

/// A sensitive cell, and the tables in which it is something else.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Certified {
    /// Area of the cell.
    pub area: Area,
    /// Period of the cell.
    pub period: Period,
    /// Measure of the cell.
    pub measure: MeasureCode,
    /// The table in which it is 0; `None` when it is 0 in the true one, or a linear program had to show it.
    pub zero: Option<usize>,
    /// The table in which it is at the threshold or above; `None` when a linear program had to show it.
    pub high: Option<usize>,
}

/// The certificates of an edition.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Certificates {
    /// The other tables, each by what it changes.
    pub tables: Vec<Vec<OtherValue>>,
    /// The sensitive cells, sorted.
    pub cells: Vec<Certified>,
}
