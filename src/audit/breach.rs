//! Breaches: what a reader could work out, or what does not agree; each with the test that found it.

use std::fmt;

/// The tests of the audit (statistics report 1.7).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, serde::Serialize)]
pub enum Test {
    /// Every format prints the same.
    A1,
    /// What is printed adds up.
    A2,
    /// No small number follows exactly.
    A3,
    /// No small number is surely there, or surely small.
    A4,
    /// The same with every printed ratio.
    A5,
    /// The same together with all earlier editions.
    A6,
    /// No rest, difference or single unit follows that is small.
    A7,
    /// Nor for a unit that knows its own figures.
    A8,
}

impl fmt::Display for Test {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{self:?}")
    }
}

/// One breach.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, serde::Serialize)]
pub struct Breach {
    /// The test that found it.
    pub test: Test,
    /// The cell: area, period, title and code of the measure.
    pub cell: String,
    /// What is wrong, and from what it follows.
    pub reason: String,
}

impl Breach {
    pub(super) fn new(test: Test, cell: impl Into<String>, reason: impl Into<String>) -> Self {
        Self { test, cell: cell.into(), reason: reason.into() }
    }
}

impl fmt::Display for Breach {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "[{}] {}: {}", self.test, self.cell, self.reason)
    }
}
