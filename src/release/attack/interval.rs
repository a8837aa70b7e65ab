//! Feasibility intervals: the smallest and the largest value a hidden cell can have.
//!
//! The attacker's two linear programs (Handbook 4.2.2): the cell is made as
//! small and as large as the relations and the least values allow.

use microlp::{ComparisonOp, Error, OptimizationDirection, Problem, SolveOutcome};

use crate::release::attack::system::System;

/// Between which whole numbers a cell lies for a reader.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Interval {
    /// The smallest; `None` when it can be as small as it likes.
    pub lower: Option<i64>,
    /// The largest; `None` when it can be as large as it likes.
    pub upper: Option<i64>,
}

/// The interval of a cell; a printed cell is its own.
///
/// # Panics
/// When the printed cells contradict each other: the figures are then no table at all.
pub fn interval(system: &System, cell: usize) -> Interval {
    if let Some(value) = system.cells[cell].printed {
        return Interval { lower: Some(value), upper: Some(value) };
    }
    // Ends of real solutions are rounded inwards, with room for the last digits of floating point.
    let lower = extreme(system, cell, OptimizationDirection::Minimize).map(|value| (value - 1e-6).ceil() as i64);
    let upper = extreme(system, cell, OptimizationDirection::Maximize).map(|value| (value + 1e-6).floor() as i64);
    Interval { lower, upper }
}

fn extreme(system: &System, cell: usize, direction: OptimizationDirection) -> Option<f64> {
    let mut problem = Problem::new(direction);
    let mut variables = vec![None; system.cells.len()];
    for (at, known) in system.cells.iter().enumerate().filter(|(_, cell)| cell.printed.is_none()) {
        let least = known.least.map_or(f64::NEG_INFINITY, |least| least as f64);
        variables[at] = Some(problem.add_var(f64::from(u8::from(at == cell)), (least, f64::INFINITY)));
    }
    for relation in &system.relations {
        let (terms, constant) = relation.over_hidden(&system.cells);
        if terms.is_empty() {
            continue;
        }
        let terms =
            terms.into_iter().map(|(at, coefficient)| (variables[at].expect("it is hidden"), coefficient as f64));
        problem.add_constraint(terms.collect::<Vec<_>>(), ComparisonOp::Eq, constant as f64);
    }
    match problem.solve() {
        Ok(SolveOutcome::Solution(solution)) => Some(solution.objective()),
        Err(Error::Unbounded) => None,
        Ok(SolveOutcome::Interrupted(_)) => unreachable!("no time limit was set"),
        Err(error) => panic!("printed figures are a table with a solution: {error}"),
    }
}
