//! The attack: what a reader can work out of hidden figures from all that is printed.
//!
//! ```text
//! system    cells, printed or hidden, and the relations between them
//! knowledge what follows exactly from equations, by linear algebra
//! recovery  which hidden cells follow exactly
//! interval  between which bounds a hidden cell lies, by linear programming
//! ```
//!
//! Knows nothing of how figures came to be hidden, so that it can judge it.
//! Terms and methods: *Handbook on Statistical Disclosure Control*, chapter 4;
//! statistics report 1.3 and 1.7. `tests/attack` holds it to published cases.

mod interval;
mod knowledge;
mod recovery;
mod system;

pub use interval::{Bounds, Interval, Unsolved, extent, interval, toward};
pub use knowledge::{Equation, Knowledge, Terms};
pub use recovery::{Inconsistent, recovered, recovered_modulo};
pub use system::{Cell, Relation, System};
