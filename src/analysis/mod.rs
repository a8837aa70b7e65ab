//! Analysis: what released figures say beyond themselves. Right of the wall: it takes a release.
//!
//! ```text
//! target         a figure against its target: met, on the way, behind, not yet due
//! pace           what a target in the last year asks of each year, and what the years so far give
//! contribution   the parts of units in a change of the whole; they add up exactly
//! weight         coverage by last year's size beside coverage by number
//! ```
//!
//! What a hidden figure would be needed for is not said.

pub mod contribution;
pub mod pace;
pub mod target;
pub mod weight;

#[cfg(test)]
pub(crate) mod sample;
