//! Bounds: between which whole numbers a reader can place each hidden one, equation by equation.
//!
//! Interval propagation: every equation and inequality narrows each of its
//! hidden numbers by what the others can be, over and over, until nothing
//! narrows. What it finds a reader finds; what needs several equations at once
//! it may miss, and the audit does not.

use crate::release::disclosure::table::{Table, Terms};

/// Passes over the table before the rest is left to the audit.
const PASSES: usize = 12;

/// Lower and upper bound; none where there is no end.
type Range = (Option<i64>, Option<i64>);

/// What a reader can tell of every number, and by which equation.
pub struct Bounds {
    ranges: Vec<Range>,
    causes: Vec<[Option<u32>; 2]>,
    /// Equations, then inequalities.
    relations: Vec<Relation>,
}

/// `Σ = value`, or `Σ ≤ value`.
struct Relation {
    terms: Terms,
    value: i64,
    is_equation: bool,
}

impl Bounds {
    /// The bounds of the cells of a table, of which some are printed and with them some further sums;
    /// `rests` are differences of cells that are counts of persons themselves, and follow the cells.
    pub fn new(table: &Table, printed: &[bool], further: &[Terms], rests: &[Terms]) -> Self {
        let cells = table.cells.iter().zip(printed).map(|(cell, printed)| {
            match (printed, table.signed.contains(&cell.measure)) {
                (true, _) => (Some(cell.value), Some(cell.value)),
                (false, true) => (None, None),
                (false, false) => (Some(0), None),
            }
        });
        let ranges: Vec<Range> = cells.chain(rests.iter().map(|_| (Some(0), None))).collect();
        let sum = |terms: &Terms| Relation { terms: terms.clone(), value: table.sum(terms), is_equation: true };
        let rest = |(n, terms): (usize, &Terms)| {
            let own = std::iter::once((table.cells.len() + n, -1));
            Relation { terms: terms.iter().copied().chain(own).collect(), value: 0, is_equation: true }
        };
        let inequality =
            |(terms, bound): &(Terms, i64)| Relation { terms: terms.clone(), value: *bound, is_equation: false };
        let relations = table.equations.iter().chain(further).map(sum);
        let relations =
            relations.chain(rests.iter().enumerate().map(rest)).chain(table.inequalities.iter().map(inequality));
        let mut bounds = Self { causes: vec![[None, None]; ranges.len()], ranges, relations: relations.collect() };
        for _ in 0..PASSES {
            let narrowed = (0..bounds.relations.len()).filter(|n| bounds.narrow(*n)).count();
            if narrowed == 0 {
                break;
            }
        }
        bounds
    }

    /// What a reader can tell of a number.
    pub fn of(&self, number: usize) -> Range {
        self.ranges[number]
    }

    /// The cells of the equations by which a reader can tell it, the nearest first.
    pub fn causes(&self, number: usize) -> Vec<usize> {
        let mut found = vec![number];
        let mut seen = 0;
        while seen < found.len() && found.len() < 64 {
            for cause in self.causes[found[seen]].into_iter().flatten() {
                for (cell, _) in &self.relations[cause as usize].terms {
                    if !found.contains(cell) {
                        found.push(*cell);
                    }
                }
            }
            seen += 1;
        }
        found.split_off(1)
    }

    /// Narrows the numbers of one relation, and says whether any became narrower.
    fn narrow(&mut self, n: usize) -> bool {
        let relation = &self.relations[n];
        // The least and the most the sum can be, with how many terms leave it without end.
        let (mut least, mut most) = ((0i128, 0usize), (0i128, 0usize));
        for (cell, factor) in &relation.terms {
            let (low, high) = ends(self.ranges[*cell], *factor);
            low.map_or_else(|| least.1 += 1, |low| least.0 += low);
            high.map_or_else(|| most.1 += 1, |high| most.0 += high);
        }
        let value = i128::from(relation.value);
        let mut narrowed = false;
        for (cell, factor) in relation.terms.clone() {
            let (low, high) = ends(self.ranges[cell], factor);
            // What the others leave for `factor × number`, at most and at least.
            let rest = |total: (i128, usize), own: Option<i128>| match (total.1, own) {
                (0, Some(own)) => Some(value - (total.0 - own)),
                (1, None) => Some(value - total.0),
                _ => None,
            };
            let at_most = rest(least, low);
            let at_least = if self.relations[n].is_equation { rest(most, high) } else { None };
            // Whole numbers: bounds are rounded inwards.
            let factor = i128::from(factor);
            let up = |value: i128| -(-value).div_euclid(factor.abs());
            let down = |value: i128| value.div_euclid(factor.abs());
            let (low, high) = match factor > 0 {
                true => (at_least.map(up), at_most.map(down)),
                false => (at_most.map(|value| up(-value)), at_least.map(|value| down(-value))),
            };
            narrowed |= self.take(cell, n, low, high);
        }
        narrowed
    }

    fn take(&mut self, cell: usize, n: usize, low: Option<i128>, high: Option<i128>) -> bool {
        let (was_low, was_high) = self.ranges[cell];
        let low = low.and_then(|low| i64::try_from(low).ok()).filter(|low| was_low.is_none_or(|was| *low > was));
        let high = high.and_then(|high| i64::try_from(high).ok()).filter(|high| was_high.is_none_or(|was| *high < was));
        if low.is_some() {
            self.ranges[cell].0 = low;
            self.causes[cell][0] = Some(n as u32);
        }
        if high.is_some() {
            self.ranges[cell].1 = high;
            self.causes[cell][1] = Some(n as u32);
        }
        low.is_some() || high.is_some()
    }
}

/// The ends of `factor × number`.
fn ends((low, high): Range, factor: i64) -> (Option<i128>, Option<i128>) {
    let times = |end: Option<i64>| end.map(|end| i128::from(end) * i128::from(factor));
    if factor > 0 { (times(low), times(high)) } else { (times(high), times(low)) }
}
