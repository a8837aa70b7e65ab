//! Exact recovery: hidden cells whose value follows from printed ones by adding and subtracting.
//!
//! A hidden cell is determined when it stands alone in a row of the reduced
//! row echelon form of the relations over hidden cells (statistics report
//! 1.3). Arithmetic is modulo the prime 2^61 − 1: coefficients are small whole
//! numbers, so a false result would need the prime to divide a minor.

use std::collections::BTreeMap;

use crate::release::attack::system::System;

/// 2^61 − 1.
const PRIME: i128 = (1 << 61) - 1;

/// A relation between printed cells that does not hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Inconsistent;

/// A row: coefficients over hidden cells, and what they add up to.
#[derive(Clone, Debug)]
struct Row {
    terms: BTreeMap<usize, i128>,
    sum: i128,
}

impl Row {
    /// Takes `factor` times another row away.
    fn subtract(&mut self, other: &Row, factor: i128) {
        for (cell, coefficient) in &other.terms {
            let rest = self.terms.entry(*cell).or_insert(0);
            *rest = (*rest - factor * coefficient).rem_euclid(PRIME);
            if *rest == 0 {
                self.terms.remove(cell);
            }
        }
        self.sum = (self.sum - factor * other.sum).rem_euclid(PRIME);
    }

    /// Divides by the coefficient of its first cell.
    fn normalise(&mut self) {
        let Some(first) = self.terms.values().next() else { return };
        let inverse = power(*first, PRIME - 2);
        self.terms.values_mut().for_each(|coefficient| *coefficient = *coefficient * inverse % PRIME);
        self.sum = self.sum * inverse % PRIME;
    }
}

/// The hidden cells that follow from the printed ones, with their values.
///
/// # Errors
/// When the printed cells contradict a relation.
pub fn recovered(system: &System) -> Result<BTreeMap<usize, i64>, Inconsistent> {
    // By first cell; each is reduced by all before it, and all before it are then reduced by it.
    let mut rows: BTreeMap<usize, Row> = BTreeMap::new();
    for relation in &system.relations {
        let (terms, constant) = relation.over_hidden(&system.cells);
        let mut row = Row { terms: BTreeMap::new(), sum: i128::from(constant).rem_euclid(PRIME) };
        for (cell, coefficient) in terms {
            let sum = row.terms.entry(cell).or_insert(0);
            *sum = (*sum + i128::from(coefficient)).rem_euclid(PRIME);
        }
        row.terms.retain(|_, coefficient| *coefficient != 0);
        let known: Vec<(usize, i128)> =
            row.terms.iter().filter(|(cell, _)| rows.contains_key(cell)).map(|(cell, c)| (*cell, *c)).collect();
        for (cell, coefficient) in known {
            row.subtract(&rows[&cell], coefficient);
        }
        row.normalise();
        match row.terms.keys().next().copied() {
            None if row.sum != 0 => return Err(Inconsistent),
            None => {}
            Some(first) => {
                for other in rows.values_mut() {
                    if let Some(coefficient) = other.terms.get(&first).copied() {
                        other.subtract(&row, coefficient);
                    }
                }
                rows.insert(first, row);
            }
        }
    }
    let alone = rows.into_iter().filter(|(_, row)| row.terms.len() == 1);
    Ok(alone.map(|(cell, row)| (cell, signed(row.sum))).collect())
}

/// A residue as the number of smallest magnitude.
fn signed(residue: i128) -> i64 {
    let value = if residue > PRIME / 2 { residue - PRIME } else { residue };
    i64::try_from(value).expect("half of 2^61 fits")
}

fn power(mut base: i128, mut exponent: i128) -> i128 {
    let mut result = 1;
    while exponent > 0 {
        if exponent & 1 == 1 {
            result = result * base % PRIME;
        }
        base = base * base % PRIME;
        exponent >>= 1;
    }
    result
}
