//! Disclosure control: which figures about persons the public edition hides.
//!
//! Three questions, one file each:
//!
//! * `subject`: what a measure is about, and which measures hang together;
//! * `tier`: at which levels (whose figures, for how long) it could be printed;
//! * `cover`: at which of those it may be, so that no small count is printed
//!   and none can be worked out from what is.
//!
//! A level is printed whole or not at all: all units and all periods of a tier
//! together. That hides more than cell-by-cell secondary suppression would,
//! and is safe without it: a hidden figure never has printed neighbours that
//! add up to a printed total.
//!
//! Terms after the *Handbook on Statistical Disclosure Control*, chapters 4 and 5.

mod cover;
mod subject;
mod tier;

#[cfg(test)]
mod tests;

pub use cover::cover;
pub use subject::{Subject, subjects};
