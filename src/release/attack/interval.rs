//! Feasibility intervals: the smallest and the largest value a hidden cell can have.
//!
//! The attacker's two linear programs (Handbook 4.2.2): the cell is made as
//! small and as large as the relations and the least values allow.

use microlp::{ComparisonOp, Error, OptimizationDirection, Problem, SolveOutcome, Variable};

use crate::release::attack::knowledge::Equation;
use crate::release::attack::system::System;

/// Between which whole numbers a cell lies for a reader.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Interval {
    /// The smallest; `None` when it can be as small as it likes.
    pub lower: Option<i64>,
    /// The largest; `None` when it can be as large as it likes.
    pub upper: Option<i64>,
}

/// What bounds unknowns: least values, equations, and `Σ ≤ constant`.
#[derive(Clone, Debug, Default)]
pub struct Bounds {
    /// The least value of each unknown; `None` for what may be anything.
    pub least: Vec<Option<i64>>,
    /// What holds exactly.
    pub equal: Vec<Equation>,
    /// What is bounded from above.
    pub at_most: Vec<Equation>,
}

/// No program could be solved: the bounds contradict each other, or the numbers are too large for it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Unsolved;

/// The interval of a cell; a printed cell is its own.
///
/// # Panics
/// When the printed cells contradict each other: the figures are then no table at all.
pub fn interval(system: &System, cell: usize) -> Interval {
    if let Some(value) = system.cells[cell].printed {
        return Interval { lower: Some(value), upper: Some(value) };
    }
    let hidden: Vec<usize> = (0..system.cells.len()).filter(|at| system.cells[*at].printed.is_none()).collect();
    let place = |at: usize| hidden.binary_search(&at).expect("it is hidden") as u32;
    let equal = system.relations.iter().map(|relation| {
        let (terms, constant) = relation.over_hidden(&system.cells);
        Equation { terms: terms.into_iter().map(|(at, coefficient)| (place(at), coefficient)).collect(), constant }
    });
    let bounds = Bounds {
        least: hidden.iter().map(|at| system.cells[*at].least).collect(),
        equal: equal.collect(),
        at_most: Vec::new(),
    };
    extent(&bounds, &[(place(cell), 1)]).expect("printed figures are a table with a solution")
}

/// The interval of a sum of unknowns.
///
/// # Errors
/// When the bounds contradict each other.
pub fn extent(bounds: &Bounds, sum: &[(u32, i64)]) -> Result<Interval, Unsolved> {
    // Ends of real solutions are rounded inwards, with room for the last digits of floating point.
    let lower = extreme(bounds, sum, OptimizationDirection::Minimize)?.map(|value| (value - 1e-6).ceil() as i64);
    let upper = extreme(bounds, sum, OptimizationDirection::Maximize)?.map(|value| (value + 1e-6).floor() as i64);
    Ok(Interval { lower, upper })
}

/// A point within bounds at which a sum comes as near to `wanted` as it can from below (`rise`) or above, and
/// no further; whole numbers where the program happens to end at some.
///
/// # Errors
/// When the bounds contradict each other.
pub fn toward(bounds: &Bounds, sum: &[(u32, i64)], wanted: i64, rise: bool) -> Result<Vec<f64>, Unsolved> {
    let (direction, end) = match rise {
        true => (OptimizationDirection::Maximize, ComparisonOp::Le),
        false => (OptimizationDirection::Minimize, ComparisonOp::Ge),
    };
    let (mut problem, variables) = program(bounds, sum, direction);
    let terms = sum.iter().map(|(at, coefficient)| (variables[*at as usize], *coefficient as f64));
    problem.add_constraint(terms.collect::<Vec<_>>(), end, wanted as f64);
    match problem.solve() {
        Ok(SolveOutcome::Solution(solution)) => Ok(variables.iter().map(|variable| solution[*variable]).collect()),
        Ok(SolveOutcome::Interrupted(_)) => unreachable!("no time limit was set"),
        Err(_) => Err(Unsolved),
    }
}

fn extreme(bounds: &Bounds, sum: &[(u32, i64)], direction: OptimizationDirection) -> Result<Option<f64>, Unsolved> {
    match program(bounds, sum, direction).0.solve() {
        Ok(SolveOutcome::Solution(solution)) => Ok(Some(solution.objective())),
        Err(Error::Unbounded) => Ok(None),
        Ok(SolveOutcome::Interrupted(_)) => unreachable!("no time limit was set"),
        Err(_) => Err(Unsolved),
    }
}

fn program(bounds: &Bounds, sum: &[(u32, i64)], direction: OptimizationDirection) -> (Problem, Vec<Variable>) {
    let mut problem = Problem::new(direction);
    let mut weights = vec![0.0; bounds.least.len()];
    sum.iter().for_each(|(at, coefficient)| weights[*at as usize] += *coefficient as f64);
    let variables: Vec<_> = weights
        .iter()
        .zip(&bounds.least)
        .map(|(weight, least)| {
            let least = least.map_or(f64::NEG_INFINITY, |least| least as f64);
            problem.add_var(*weight, (least, f64::INFINITY))
        })
        .collect();
    let exact = bounds.equal.iter().map(|equation| (equation, ComparisonOp::Eq));
    let above = bounds.at_most.iter().map(|equation| (equation, ComparisonOp::Le));
    for (Equation { terms, constant }, op) in exact.chain(above).filter(|(equation, _)| !equation.terms.is_empty()) {
        let terms = terms.iter().map(|(at, coefficient)| (variables[*at as usize], *coefficient as f64));
        problem.add_constraint(terms.collect::<Vec<_>>(), op, *constant as f64);
    }
    (problem, variables)
}
