//! Suppression: which numbers of the table are printed.
//!
//! Primary: small numbers and what is never shown. Secondary: whatever would
//! give one of those away (`eliminate`). Levels of units that would mostly be
//! hidden are given up, the worst first, until the rest is of use.

use crate::release::disclosure::earlier::Earlier;
use crate::release::disclosure::eliminate::Knowledge;
use crate::release::disclosure::field::row;
use crate::release::disclosure::level::{Finest, LEAST_SHOWN, Levels, SMALLEST_CROWD};
use crate::release::disclosure::table::{Place, Table};
use crate::vocabulary::PeriodKind;

/// The decision over a table.
#[derive(Debug)]
pub struct Decision {
    /// For each cell whether it is printed.
    pub printed: Vec<bool>,
    /// For each measure the finest figures of single units that are shown.
    pub finest: Vec<Finest>,
    /// What follows from the printed cells, to ask about numbers made of them.
    pub knowledge: Knowledge,
}

/// One block of measures that is decided by itself.
pub struct Block<'a> {
    /// The table.
    pub table: &'a Table,
    /// Which numbers could be printed.
    pub levels: &'a Levels<'a>,
    /// What went out before.
    pub earlier: &'a Earlier,
    /// Kind of each period of the axis.
    pub kinds: &'a [PeriodKind],
    /// For each measure the finest figures of single units to begin with.
    pub finest: &'a [Finest],
    /// Whether a cell is decided in this block.
    pub is_mine: &'a dyn Fn(usize) -> bool,
    /// Whether a cell must not be printed, whatever its number.
    pub is_barred: &'a dyn Fn(usize) -> bool,
    /// Whether a cell must not come to be known.
    pub is_protected: &'a dyn Fn(usize) -> bool,
}

impl Block<'_> {
    /// Decides, giving up levels of units until each that is left mostly shows.
    pub fn decide(&self) -> Decision {
        let mut finest = self.worthwhile(|cell, finest| self.allows(cell, finest), self.finest);
        loop {
            let decision = self.eliminate(&finest);
            let coarser = self.worthwhile(|cell, _| decision.printed[cell], &finest);
            if coarser == finest {
                return decision;
            }
            finest = coarser;
        }
    }

    fn allows(&self, cell: usize, finest: Finest) -> bool {
        self.levels.allows(self.table, cell, finest) && !(self.is_barred)(cell) && !self.earlier.hidden.contains(&cell)
    }

    /// For each measure the finest level that shows enough; only one step is taken at a time, since
    /// what is given up protects the rest.
    fn worthwhile(&self, shown: impl Fn(usize, Finest) -> bool, finest: &[Finest]) -> Vec<Finest> {
        let mut counts = vec![(0usize, 0usize); self.finest.len()];
        for (at, cell) in self.table.cells.iter().enumerate().filter(|(at, _)| (self.is_mine)(*at)) {
            let Place::Unit(_, period) = cell.place else { continue };
            let level = finest[cell.measure];
            let of_level = match level {
                Finest::Year => PeriodKind::Year,
                Finest::Span | Finest::Province => PeriodKind::Span,
            };
            if level < Finest::Province && self.kinds[period] == of_level {
                let (all, some) = &mut counts[cell.measure];
                *all += 1;
                *some += usize::from(shown(at, level));
            }
        }
        let mut coarser = finest.to_vec();
        for (measure, (all, some)) in counts.into_iter().enumerate() {
            if finest[measure] < Finest::Province && all > 0 && some * 100 < all * LEAST_SHOWN {
                coarser[measure] = finest[measure].coarser();
            }
        }
        coarser
    }

    fn eliminate(&self, finest: &[Finest]) -> Decision {
        let table = self.table;
        let within = self.reach(finest);
        let column = |(at, factor): &(usize, i64)| (*at, *factor);
        let inside = |terms: &&Vec<(usize, i64)>| terms.iter().all(|(at, _)| within[*at]);
        let grown: Vec<(usize, i64)> = self.earlier.changed.iter().copied().filter(|(at, _)| within[*at]).collect();
        let columns = table.cells.len() + grown.len();
        let mut equations: Vec<_> = table
            .equations
            .iter()
            .filter(inside)
            .map(|terms| row(&terms.iter().map(column).collect::<Vec<_>>()))
            .collect();
        let protect: Vec<usize> = (0..table.cells.len())
            .filter(|at| within[*at] && !self.earlier.printed.contains(at))
            .filter(|at| (self.is_protected)(*at) || self.is_few(*at, finest))
            .collect();
        let mut rows: Vec<_> = protect.iter().map(|at| row(&[(*at, 1)])).collect();
        for terms in table.complements.iter().filter(inside) {
            // What is below 0 breaks the form's own rule and tells of no persons.
            if (0..self.levels.threshold()).contains(&table.sum(terms)) {
                rows.push(row(terms));
            }
        }
        for (n, (at, growth)) in grown.iter().enumerate() {
            let column = table.cells.len() + n;
            equations.push(row(&[(*at, 1), (column, -1)]));
            if growth.abs() < self.levels.threshold() {
                rows.push(row(&[(column, 1)]));
            }
        }
        let mut knowledge = Knowledge::new(columns, &equations, &rows);
        let mut printed = vec![false; table.cells.len()];
        for at in self.earlier.printed.iter().copied().filter(|at| within[*at]) {
            knowledge.admit(row(&[(at, 1)]));
        }
        let mut candidates: Vec<usize> = (0..table.cells.len())
            .filter(|at| within[*at] && (self.is_mine)(*at))
            .filter(|at| self.allows(*at, finest[table.cells[*at].measure]))
            .collect();
        candidates.sort_by_cached_key(|at| self.levels.rank(table, *at));
        for at in candidates {
            printed[at] = knowledge.offer(row(&[(at, 1)]));
        }
        Decision { printed, finest: finest.to_vec(), knowledge }
    }

    /// The cells that matter: units only where figures of units are shown, for the measure itself or
    /// for one that an equation joins to it. Others cannot follow from anything printed.
    fn reach(&self, finest: &[Finest]) -> Vec<bool> {
        let cells = &self.table.cells;
        let mut open: Vec<bool> = finest.iter().map(|finest| *finest < Finest::Province).collect();
        loop {
            let mut grown = false;
            for terms in &self.table.equations {
                if terms.iter().any(|(at, _)| open[cells[*at].measure]) {
                    for (at, _) in terms {
                        grown |= !std::mem::replace(&mut open[cells[*at].measure], true);
                    }
                }
            }
            if !grown {
                break;
            }
        }
        let matters = |(at, cell): (usize, &crate::release::disclosure::table::Cell)| {
            (self.is_mine)(at) && (open[cell.measure] || !matches!(cell.place, Place::Unit(..)))
        };
        cells.iter().enumerate().map(matters).collect()
    }

    /// Whether a number is that of too few units to be told from one of them by the others, where figures
    /// of single units are not shown.
    fn is_few(&self, at: usize, finest: &[Finest]) -> bool {
        let cell = &self.table.cells[at];
        let Place::Crowd(crowd, slot) = cell.place else { return false };
        !finest[cell.measure].shows(self.kinds[slot]) && self.table.crowds[crowd].members.len() < SMALLEST_CROWD
    }
}
