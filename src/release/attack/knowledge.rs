//! Knowledge: which sums of unknown figures follow exactly from what is printed, in systems of any size.
//!
//! A sum follows from equations iff it is zero on every solution of the
//! equations with zero right sides. So the equations are brought to echelon
//! form once, one such solution is drawn at random, and every sum asked about
//! is a look-up: a sum that does not follow is zero there with a chance of one
//! in 2^61 (and two are drawn). Only a triangular form is needed, never the
//! reduced one, whose rows fill up. Arithmetic is modulo a Mersenne prime
//! 2^BITS − 1: coefficients are small whole numbers, so a false result needs
//! the prime to divide a minor.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use crate::release::attack::Inconsistent;

/// A sum of unknowns, by position, with their coefficients; each unknown at most once.
pub type Terms = Vec<(u32, i64)>;

/// `Σ coefficient × unknown = constant`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Equation {
    /// Unknowns with their coefficients.
    pub terms: Terms,
    /// What they add up to.
    pub constant: i64,
}

/// What follows from equations, modulo 2^BITS − 1.
#[derive(Clone, Debug)]
pub struct Knowledge<const BITS: u32 = 61> {
    /// One solution of the equations.
    solution: Vec<u64>,
    /// Two random solutions of the equations with zero right sides.
    freedom: [Vec<u64>; 2],
}

impl<const BITS: u32> Knowledge<BITS> {
    /// What follows from the equations over so many unknowns.
    ///
    /// # Errors
    /// When the equations contradict each other.
    pub fn of(unknowns: usize, equations: &[Equation]) -> Result<Self, Inconsistent> {
        let pivots = Elimination::<BITS>::new(unknowns, equations).run()?;
        let mut is_pivot = vec![false; unknowns];
        pivots.iter().for_each(|row| is_pivot[row.pivot as usize] = true);
        let mut random = 0x9E37_79B9_7F4A_7C15u64;
        let mut solve = |homogeneous: bool| {
            let mut values = vec![0u64; unknowns];
            if homogeneous {
                values
                    .iter_mut()
                    .zip(&is_pivot)
                    .filter(|(_, pivot)| !**pivot)
                    .for_each(|(v, _)| *v = draw(&mut random) % Self::PRIME);
            }
            // A row holds no unknown that was a pivot before it: the last one is solved first.
            for row in pivots.iter().rev() {
                let known = row
                    .rest
                    .iter()
                    .fold(0, |sum, (at, c)| add::<BITS>(sum, multiply::<BITS>(*c, values[*at as usize])));
                values[row.pivot as usize] = subtract::<BITS>(if homogeneous { 0 } else { row.sum }, known);
            }
            values
        };
        Ok(Self { solution: solve(false), freedom: [solve(true), solve(true)] })
    }

    const PRIME: u64 = (1 << BITS) - 1;

    /// The value of a sum, when it follows from the equations.
    pub fn value(&self, terms: &[(u32, i64)]) -> Option<i64> {
        let on = |values: &[u64]| {
            let product = |(at, c): &(u32, i64)| multiply::<BITS>(residue::<BITS>(*c), values[*at as usize]);
            terms.iter().fold(0, |sum, term| add::<BITS>(sum, product(term)))
        };
        if self.freedom.iter().any(|values| on(values) != 0) {
            return None;
        }
        let value = on(&self.solution);
        let signed = if value > Self::PRIME / 2 { value as i64 - Self::PRIME as i64 } else { value as i64 };
        Some(signed)
    }

    /// The unknowns that are not 0 in the one solution found: of the equations `Σ factor × known sum =
    /// sum asked about`, the known sums it follows from.
    pub fn support(&self) -> impl Iterator<Item = usize> + '_ {
        (0..self.solution.len()).filter(|at| self.solution[*at] != 0)
    }

    /// Whether one unknown follows.
    pub fn fixes(&self, unknown: u32) -> bool {
        self.freedom.iter().all(|values| values[unknown as usize] == 0)
    }
}

/// One pivot with the rest of its row: `pivot + Σ rest = sum`.
struct Pivot {
    pivot: u32,
    rest: Vec<(u32, u64)>,
    sum: u64,
}

/// Residues of unknowns, ascending, and what they add up to.
type Row = (Vec<(u32, u64)>, u64);

/// Sparse elimination: the shortest row next, in it the unknown that stands in the fewest others,
/// which keeps rows short (Markowitz).
struct Elimination<const BITS: u32> {
    rows: Vec<Option<Row>>,
    /// Rows an unknown stands in; may name rows it has left.
    standing: Vec<Vec<u32>>,
    count: Vec<u32>,
}

impl<const BITS: u32> Elimination<BITS> {
    fn new(unknowns: usize, equations: &[Equation]) -> Self {
        let mut standing = vec![Vec::new(); unknowns];
        let mut count = vec![0; unknowns];
        let rows = equations.iter().zip(0..).map(|(equation, at)| {
            let mut terms: Vec<(u32, u64)> = equation.terms.iter().map(|(u, c)| (*u, residue::<BITS>(*c))).collect();
            terms.retain(|(_, c)| *c != 0);
            terms.sort_unstable();
            for (unknown, _) in &terms {
                standing[*unknown as usize].push(at);
                count[*unknown as usize] += 1;
            }
            Some((terms, residue::<BITS>(equation.constant)))
        });
        Self { rows: rows.collect(), standing, count }
    }

    fn run(mut self) -> Result<Vec<Pivot>, Inconsistent> {
        let length = |row: &Option<Row>| row.as_ref().map(|(terms, _)| terms.len());
        let mut queue: BinaryHeap<Reverse<(usize, u32)>> =
            self.rows.iter().zip(0..).filter_map(|(row, at)| Some(Reverse((length(row)?, at)))).collect();
        let mut pivots = Vec::new();
        while let Some(Reverse((expected, at))) = queue.pop() {
            if length(&self.rows[at as usize]) != Some(expected) {
                continue;
            }
            let (mut terms, mut sum) = self.rows[at as usize].take().expect("its length was just looked at");
            let Some(place) = (0..terms.len()).min_by_key(|place| self.count[terms[*place].0 as usize]) else {
                if sum != 0 {
                    return Err(Inconsistent);
                }
                continue;
            };
            terms.iter().for_each(|(unknown, _)| self.count[*unknown as usize] -= 1);
            let (pivot, lead) = terms.remove(place);
            if lead != 1 {
                let inverse = power::<BITS>(lead, Knowledge::<BITS>::PRIME - 2);
                terms.iter_mut().for_each(|(_, c)| *c = multiply::<BITS>(*c, inverse));
                sum = multiply::<BITS>(sum, inverse);
            }
            for other in std::mem::take(&mut self.standing[pivot as usize]) {
                let Some((row, row_sum)) = self.rows[other as usize].take() else { continue };
                let Ok(place) = row.binary_search_by_key(&pivot, |(unknown, _)| *unknown) else {
                    self.rows[other as usize] = Some((row, row_sum));
                    continue;
                };
                let factor = row[place].1;
                self.count[pivot as usize] -= 1;
                let less = self.less(other, row, place, &terms, factor);
                queue.push(Reverse((less.len(), other)));
                self.rows[other as usize] = Some((less, subtract::<BITS>(row_sum, multiply::<BITS>(factor, sum))));
            }
            pivots.push(Pivot { pivot, rest: terms, sum });
        }
        Ok(pivots)
    }

    /// A row without its pivot, less `factor` times the rest of the pivot's row.
    fn less(
        &mut self,
        at: u32,
        row: Vec<(u32, u64)>,
        pivot: usize,
        rest: &[(u32, u64)],
        factor: u64,
    ) -> Vec<(u32, u64)> {
        let mut merged = Vec::with_capacity(row.len() + rest.len());
        let mut mine = row.iter().enumerate().filter(|(place, _)| *place != pivot).map(|(_, term)| *term).peekable();
        let mut theirs = rest.iter().peekable();
        loop {
            match (mine.peek(), theirs.peek()) {
                (Some((u, c)), Some((v, _))) if u < v => {
                    merged.push((*u, *c));
                    mine.next();
                }
                (Some((u, c)), Some((v, d))) if u == v => {
                    let left = subtract::<BITS>(*c, multiply::<BITS>(factor, *d));
                    match left {
                        0 => self.count[*u as usize] -= 1,
                        _ => merged.push((*u, left)),
                    }
                    mine.next();
                    theirs.next();
                }
                (_, Some((v, d))) => {
                    merged.push((*v, subtract::<BITS>(0, multiply::<BITS>(factor, *d))));
                    self.standing[*v as usize].push(at);
                    self.count[*v as usize] += 1;
                    theirs.next();
                }
                (Some(term), None) => {
                    merged.push(*term);
                    mine.next();
                }
                (None, None) => return merged,
            }
        }
    }
}

fn residue<const BITS: u32>(value: i64) -> u64 {
    value.rem_euclid((1 << BITS) - 1) as u64
}

fn add<const BITS: u32>(a: u64, b: u64) -> u64 {
    let sum = a + b;
    let prime = (1 << BITS) - 1;
    if sum >= prime { sum - prime } else { sum }
}

fn subtract<const BITS: u32>(a: u64, b: u64) -> u64 {
    if a >= b { a - b } else { a + ((1 << BITS) - 1) - b }
}

/// A product folded at the bit where 2^BITS is 1.
fn multiply<const BITS: u32>(a: u64, b: u64) -> u64 {
    let product = u128::from(a) * u128::from(b);
    let prime = (1u64 << BITS) - 1;
    let folded = (product as u64 & prime) + (product >> BITS) as u64;
    if folded >= prime { folded - prime } else { folded }
}

fn power<const BITS: u32>(mut base: u64, mut exponent: u64) -> u64 {
    let mut result = 1;
    while exponent > 0 {
        if exponent & 1 == 1 {
            result = multiply::<BITS>(result, base);
        }
        base = multiply::<BITS>(base, base);
        exponent >>= 1;
    }
    result
}

/// The next number of a fixed sequence (splitmix64): the same on every machine and in every run.
fn draw(state: &mut u64) -> u64 {
    *state = state.wrapping_add(0x9E37_79B9_7F4A_7C15);
    let mut z = *state;
    z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    z ^ (z >> 31)
}
