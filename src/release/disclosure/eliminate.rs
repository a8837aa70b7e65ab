//! Secondary suppression by Gaussian elimination: print as much as can be printed so that no cell to
//! be protected follows from what is printed.
//!
//! Langsrud's scheme (GaussSuppression; statistics report 1.5, step 3). What is
//! known grows one row at a time; what is to be protected is kept reduced by
//! all of it. A candidate that, reduced the same way, is a multiple of such a
//! row would finish its recovery, and is hidden.

use std::collections::BTreeMap;

use crate::release::disclosure::field::{Row, coefficient, minus, normalised};

/// What is known, and what of the protected rows is still unknown.
#[derive(Debug)]
pub struct Knowledge {
    /// Known rows, each with coefficient 1 at its pivot and without the pivots before it.
    pivots: Vec<(u32, Row)>,
    /// For each column the known row that has its pivot there.
    pivot_of: Vec<Option<u32>>,
    /// Protected rows, reduced and normalised by their first column.
    protect: Vec<Row>,
    /// Their positions by what is left of them.
    by_rest: BTreeMap<Row, Vec<u32>>,
    /// For each column the protected rows that have had it.
    holders: Vec<Vec<u32>>,
}

impl Knowledge {
    /// Over so many columns; `equations` are known to every reader, `protect` must not come to be known.
    pub fn new(columns: usize, equations: &[Row], protect: &[Row]) -> Self {
        let mut knowledge = Self {
            pivots: Vec::new(),
            pivot_of: vec![None; columns],
            protect: vec![Row::new(); protect.len()],
            by_rest: BTreeMap::new(),
            holders: vec![Vec::new(); columns],
        };
        for (at, row) in protect.iter().enumerate() {
            knowledge.keep(at, row.clone());
        }
        for equation in equations {
            knowledge.admit(equation.clone());
        }
        knowledge
    }

    /// Prints a number if that gives no protected one away, and says whether it did.
    pub fn offer(&mut self, row: Row) -> bool {
        let rest = self.reduced(row);
        let safe = rest.is_empty() || !self.completes(&rest);
        if safe && !rest.is_empty() {
            self.learn(rest);
        }
        safe
    }

    /// Takes in what is known whatever is decided: an equation, or a number that was printed before.
    pub fn admit(&mut self, row: Row) {
        let rest = self.reduced(row);
        if !rest.is_empty() {
            self.learn(rest);
        }
    }

    /// Whether a number follows from what is known.
    pub fn knows(&self, row: Row) -> bool {
        self.reduced(row).is_empty()
    }

    /// Takes over what is left of a protected row.
    fn keep(&mut self, at: usize, rest: Row) {
        let Some((first, _)) = rest.first().copied() else {
            // Known already, from what was printed before: nothing is left to protect, and the audit tells.
            self.protect[at] = rest;
            return;
        };
        let rest = normalised(rest, first);
        for (column, _) in &rest {
            let holders = &mut self.holders[*column as usize];
            if holders.last() != Some(&(at as u32)) {
                holders.push(at as u32);
            }
        }
        self.by_rest.entry(rest.clone()).or_default().push(at as u32);
        self.protect[at] = rest;
    }

    /// The row without anything known. A known row has none of the pivots before its own, so taking
    /// the earliest away first never brings an earlier one back.
    pub fn reduced(&self, mut row: Row) -> Row {
        let mut from = 0;
        loop {
            let pivots = row.iter().filter_map(|(column, _)| self.pivot_of[*column as usize]);
            let Some(earliest) = pivots.filter(|pivot| *pivot >= from).min() else { return row };
            let (column, known) = &self.pivots[earliest as usize];
            row = minus(&row, coefficient(&row, *column), known);
            from = earliest + 1;
        }
    }

    /// Whether knowing this reduced row too would give a protected one away.
    fn completes(&self, rest: &Row) -> bool {
        let (first, _) = rest[0];
        self.by_rest.contains_key(&normalised(rest.clone(), first))
    }

    fn learn(&mut self, rest: Row) {
        let (pivot, _) = *rest
            .iter()
            .min_by_key(|(column, _)| (self.holders[*column as usize].len(), *column))
            .expect("a row that is not empty has a column");
        let known = normalised(rest, pivot);
        for at in std::mem::take(&mut self.holders[pivot as usize]) {
            let factor = coefficient(&self.protect[at as usize], pivot);
            if factor == 0 {
                continue;
            }
            let before = std::mem::take(&mut self.protect[at as usize]);
            let alike = self.by_rest.get_mut(&before).expect("a protected row is listed under its rest");
            alike.retain(|other| *other != at);
            if alike.is_empty() {
                self.by_rest.remove(&before);
            }
            let after = minus(&before, factor, &known);
            self.keep(at as usize, after);
        }
        self.pivot_of[pivot as usize] = Some(self.pivots.len() as u32);
        self.pivots.push((pivot, known));
    }
}
