//! Insiders: what a unit learns of others when it adds its own figures to what is printed.
//!
//! Where two units alone stand behind the hidden part of a sum, each works out the other (statistics
//! report 1.7, A8). Hidden numbers that no equation joins say nothing about one another, so each group
//! that hangs together is looked at by itself, over what is left of its numbers once all is known that
//! follows from what is printed.

use std::collections::{BTreeMap, BTreeSet};

use crate::release::attack;
use crate::release::disclosure::eliminate::Knowledge;
use crate::release::disclosure::field::{Row, row};
use crate::release::disclosure::table::{Place, Table, Terms};

/// The hidden numbers of a table with what joins them.
pub struct Insiders<'a> {
    table: &'a Table,
    /// What every reader knows to add up: equations, and sums that are printed with ratios.
    sums: Vec<&'a Terms>,
    is_known: &'a dyn Fn(usize) -> bool,
}

/// A number that some unit learns.
pub struct Learned {
    /// Its cell.
    pub cell: usize,
    /// The position of the unit that learns it.
    pub insider: usize,
    /// The printed cells of the sums that it learns it from.
    pub from: Vec<usize>,
}

/// Hidden numbers that hang together.
struct Group {
    /// Cells of the table, ascending; the columns of the rows.
    cells: Vec<usize>,
    /// Which sums join them.
    sums: Vec<usize>,
}

impl<'a> Insiders<'a> {
    /// Over a table of which some numbers are known to everyone, and further sums with them.
    pub fn new(table: &'a Table, further: &'a [Terms], is_known: &'a dyn Fn(usize) -> bool) -> Self {
        Self { table, sums: table.equations.iter().chain(further).collect(), is_known }
    }

    /// The protected numbers that some unit learns.
    pub fn learned(&self, is_protected: &dyn Fn(usize) -> bool) -> Vec<Learned> {
        let groups = self.groups().into_iter().filter(|group| group.cells.iter().any(|cell| is_protected(*cell)));
        groups.flat_map(|group| self.learned_in(&group, is_protected)).collect()
    }

    fn learned_in(&self, group: &Group, is_protected: &dyn Fn(usize) -> bool) -> Vec<Learned> {
        let rows: Vec<Row> = group.sums.iter().map(|sum| row(&self.hidden(group, self.sums[*sum]))).collect();
        let knowledge = Knowledge::new(group.cells.len(), &rows, &[]);
        let rest: Vec<Row> = (0..group.cells.len()).map(|at| knowledge.reduced(row(&[(at, 1)]))).collect();
        let mut own: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
        for (at, cell) in group.cells.iter().enumerate() {
            own.entry(self.owner(*cell).unwrap_or(usize::MAX)).or_default().push(at);
        }
        own.remove(&usize::MAX);
        // By what is left of a number: the units that have it in one of theirs.
        let mut holders: BTreeMap<u32, BTreeSet<usize>> = BTreeMap::new();
        for (unit, cells) in &own {
            for (column, _) in cells.iter().flat_map(|at| &rest[*at]) {
                holders.entry(*column).or_default().insert(*unit);
            }
        }
        let mut learned = Vec::new();
        for (at, cell) in group.cells.iter().enumerate().filter(|(_, cell)| is_protected(**cell)) {
            let mut columns = rest[at].iter().map(|(column, _)| holders.get(column));
            let Some(first) = columns.next() else { continue };
            let mut suspects = first.cloned().unwrap_or_default();
            columns.for_each(|units| suspects.retain(|unit| units.is_some_and(|units| units.contains(unit))));
            let insider = suspects.into_iter().filter(|unit| Some(*unit) != self.owner(*cell)).find(|unit| {
                let theirs: Vec<Row> = own[unit].iter().map(|at| rest[*at].clone()).collect();
                Knowledge::new(group.cells.len(), &theirs, &[]).knows(rest[at].clone())
            });
            learned.extend(insider.map(|insider| {
                let from = self.sources(group, at, &own[&insider]);
                Learned { cell: *cell, insider, from }
            }));
        }
        learned
    }

    /// The printed cells of the sums from which a number follows for who knows some cells of the group.
    fn sources(&self, group: &Group, at: usize, known: &[usize]) -> Vec<usize> {
        let mut by_cell: BTreeMap<usize, attack::Terms> = BTreeMap::new();
        for (sum, n) in group.sums.iter().zip(0..) {
            for (cell, factor) in self.hidden(group, self.sums[*sum]) {
                by_cell.entry(cell).or_default().push((n, factor));
            }
        }
        by_cell.retain(|cell, _| !known.contains(cell));
        let wanted =
            by_cell.into_iter().map(|(cell, terms)| attack::Equation { terms, constant: i64::from(cell == at) });
        let wanted: Vec<attack::Equation> = wanted.collect();
        let factors = attack::Knowledge::<61>::of(group.sums.len(), &wanted);
        let sums = factors.iter().flat_map(attack::Knowledge::support).map(|n| self.sums[group.sums[n]]);
        sums.flatten().map(|(cell, _)| *cell).filter(|cell| (self.is_known)(*cell)).collect()
    }

    /// The unit whose own a number is.
    fn owner(&self, cell: usize) -> Option<usize> {
        match self.table.cells[cell].place {
            Place::Unit(unit, _) => Some(unit),
            Place::Crowd(crowd, _) => match self.table.crowds[crowd].members[..] {
                [only] => Some(only),
                _ => None,
            },
            Place::Province(_) => None,
        }
    }

    fn hidden(&self, group: &Group, sum: &Terms) -> Terms {
        let place = |cell: &usize| group.cells.binary_search(cell).ok();
        sum.iter().filter_map(|(cell, factor)| Some((place(cell)?, *factor))).collect()
    }

    fn groups(&self) -> Vec<Group> {
        let mut leader: Vec<usize> = (0..self.table.cells.len()).collect();
        fn find(leader: &mut [usize], mut at: usize) -> usize {
            while leader[at] != at {
                leader[at] = leader[leader[at]];
                at = leader[at];
            }
            at
        }
        let hidden = |sum: &Terms| -> Vec<usize> {
            sum.iter().map(|(cell, _)| *cell).filter(|cell| !(self.is_known)(*cell)).collect()
        };
        for sum in &self.sums {
            let cells = hidden(sum);
            for pair in cells.windows(2) {
                let (one, other) = (find(&mut leader, pair[0]), find(&mut leader, pair[1]));
                leader[one.max(other)] = one.min(other);
            }
        }
        let mut groups: BTreeMap<usize, Group> = BTreeMap::new();
        for cell in (0..self.table.cells.len()).filter(|cell| !(self.is_known)(*cell)) {
            let group = groups.entry(find(&mut leader, cell));
            group.or_insert_with(|| Group { cells: Vec::new(), sums: Vec::new() }).cells.push(cell);
        }
        for (n, sum) in self.sums.iter().enumerate() {
            if let Some(first) = hidden(sum).first() {
                let leader = find(&mut leader, *first);
                groups.get_mut(&leader).expect("a hidden cell is in its group").sums.push(n);
            }
        }
        groups.into_values().collect()
    }
}
