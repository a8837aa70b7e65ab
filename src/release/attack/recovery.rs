//! Exact recovery: hidden cells whose value follows from printed ones by adding and subtracting
//! (statistics report 1.3).

use std::collections::BTreeMap;

use crate::release::attack::knowledge::{Equation, Knowledge};
use crate::release::attack::system::System;

/// A relation between printed cells that does not hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Inconsistent;

/// The hidden cells that follow from the printed ones, with their values.
///
/// # Errors
/// When the printed cells contradict a relation.
pub fn recovered(system: &System) -> Result<BTreeMap<usize, i64>, Inconsistent> {
    recovered_modulo::<61>(system)
}

/// As [`recovered`], modulo 2^BITS − 1: another prime, to see that the choice does not matter.
///
/// # Errors
/// As [`recovered`].
pub fn recovered_modulo<const BITS: u32>(system: &System) -> Result<BTreeMap<usize, i64>, Inconsistent> {
    let equations: Vec<Equation> = system
        .relations
        .iter()
        .map(|relation| {
            let (hidden, constant) = relation.over_hidden(&system.cells);
            let mut terms: BTreeMap<u32, i64> = BTreeMap::new();
            for (cell, coefficient) in hidden {
                *terms.entry(cell as u32).or_insert(0) += coefficient;
            }
            Equation { terms: terms.into_iter().collect(), constant }
        })
        .collect();
    let knowledge = Knowledge::<BITS>::of(system.cells.len(), &equations)?;
    let hidden = system.cells.iter().enumerate().filter(|(_, cell)| cell.printed.is_none());
    Ok(hidden.filter_map(|(at, _)| Some((at, knowledge.value(&[(at as u32, 1)])?))).collect())
}
