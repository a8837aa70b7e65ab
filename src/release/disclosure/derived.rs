//! Ratios: printed only when they say nothing that printed numbers do not.
//!
//! Numerator and denominator are printed with a ratio, so each must be made of
//! printed numbers; a sum over all returns of a period (persons by quarter,
//! persons times days) is not, and is offered like a number of its own, for
//! the province only.

use crate::definitions::form::{AcrossTime, Privacy};
use crate::definitions::indicator::{Over, RatioTerm};
use crate::definitions::{Definitions, Indicator};
use crate::figures::Figures;
use crate::release::disclosure::eliminate::Knowledge;
use crate::release::disclosure::field::row;
use crate::release::disclosure::subject::Subject;
use crate::release::disclosure::table::{Place, Table, Terms, merge};
use crate::vocabulary::Period;

/// Decides over ratios, given which numbers are printed.
pub struct Ratios<'a> {
    /// The table.
    pub table: &'a Table,
    /// The figures behind it.
    pub figures: &'a Figures,
    /// The definitions.
    pub definitions: &'a Definitions,
    /// What each measure is about.
    pub subjects: &'a [Subject],
    /// For each cell of the table whether it is printed.
    pub printed: &'a [bool],
}

/// One side of a ratio.
enum Side {
    /// Made of these cells, all of them printed.
    Printed(Vec<usize>),
    /// Made of these cells, not all of them printed.
    Behind(Terms),
}

/// What a ratio that is printed rests on.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Rests {
    /// Cells that must stay printed.
    pub on: Vec<usize>,
    /// Sums of other cells that are printed with it.
    pub behind: Vec<Terms>,
}

impl Ratios<'_> {
    /// What the ratio at a place rests on; `None` when it is not printed.
    pub fn decide(
        &self,
        indicator: &Indicator,
        place: Place,
        measure: usize,
        knowledge: &mut Knowledge,
    ) -> Option<Rests> {
        let (area, period) = match place {
            Place::Province(period) => (0, period),
            Place::Unit(unit, period) => (unit, period),
            Place::Crowd(..) => return None,
        };
        let (numerator, denominator) = self.figures.cube.cell(area, period, measure).ratio()?;
        let policy = &self.definitions.policy;
        if denominator < policy.smallest_denominator || numerator < policy.threshold {
            return None;
        }
        let mut rests = Rests::default();
        for side in self.sides(indicator, measure, (numerator, denominator), place)? {
            match side {
                Side::Printed(cells) => rests.on.extend(cells),
                Side::Behind(terms) if knowledge.offer(row(&terms)) => rests.behind.push(terms),
                Side::Behind(_) => return None,
            }
        }
        Some(rests)
    }

    /// What both sides are made of; `None` when that cannot be told from the table, and the ratio is not to be printed.
    fn sides(&self, indicator: &Indicator, measure: usize, value: (i64, i64), place: Place) -> Option<[Side; 2]> {
        let terms = || indicator.numerator.iter().chain(&indicator.denominator);
        if terms().all(|term| term.over == Over::Kind) {
            return Some([
                self.at(measure, &indicator.numerator, value.0, place)?,
                self.at(measure, &indicator.denominator, value.1, place)?,
            ]);
        }
        let Place::Province(period) = place else { return None };
        let returns = self.returns(terms(), self.figures.cube.axes().periods()[period])?;
        // Persons × weeks are counted in fourteenths, and so is what is divided by them.
        let fourteenths = if terms().any(|term| term.over == Over::Weeks) { 14 } else { 1 };
        let side = |terms: &[RatioTerm], value: i64| {
            let mut cells = Terms::new();
            for term in terms {
                for returned in &returns {
                    cells.extend(self.of_return(term, *returned, fourteenths)?);
                }
            }
            merge(&mut cells);
            (self.table.sum(&cells) == value).then_some(Side::Behind(cells))
        };
        Some([side(&indicator.numerator, value.0)?, side(&indicator.denominator, value.1)?])
    }

    /// Whether a term counts in the ratio over the same returns as in its own figure: else the difference
    /// of the two is the returns that report one and not the other.
    fn is_alike(&self, area: usize, period: usize, ratio: usize, term: usize) -> bool {
        let figure = |measure| self.figures.cube.cell(area, period, measure);
        let (ratio, term) = (figure(ratio), figure(term));
        ratio.reported == term.reported || ratio.is_complete() && term.is_complete()
    }

    /// A side whose terms count as their kinds say. For the province it may be offered as a number of its
    /// own, but not with numbers of the most private class in it that are not printed themselves: they could be
    /// bounded by it. Of a unit every number in it must be printed.
    fn at(&self, ratio: usize, terms: &[RatioTerm], value: i64, place: Place) -> Option<Side> {
        let (mut cells, mut sum, mut all_printed, mut may_stand_behind) = (Terms::new(), 0i64, true, true);
        for term in terms {
            let measure = self.figures.cube.axes().measure_position(&term.item)?;
            let (Place::Province(period) | Place::Crowd(_, period) | Place::Unit(_, period)) = place;
            let area = if let Place::Unit(unit, _) = place { unit } else { 0 };
            if !self.is_alike(area, period, ratio, measure) {
                return None;
            }
            let number = if self.subjects[measure].is_personal() {
                let cell = self.table.position(place, measure)?;
                cells.push((cell, term.coefficient));
                all_printed &= self.printed[cell];
                may_stand_behind &= self.printed[cell] || self.subjects[measure].privacy < Privacy::P3;
                self.table.cells[cell].value
            } else {
                self.figures.cube.cell(area, period, measure).whole()?
            };
            sum = sum.checked_add(number.checked_mul(term.coefficient)?)?;
        }
        match (sum == value, all_printed, place) {
            (true, true, _) => Some(Side::Printed(cells.into_iter().map(|(cell, _)| cell).collect())),
            // A single number that is not printed is not to be printed by way of a ratio.
            (true, false, Place::Province(_)) if cells.len() > 1 && may_stand_behind => Some(Side::Behind(cells)),
            _ => None,
        }
    }

    /// The crowds' returns within a period in which every term is there; `None` when a term is not one
    /// that counts in each return.
    fn returns<'t>(
        &self,
        terms: impl Iterator<Item = &'t RatioTerm> + Clone,
        period: Period,
    ) -> Option<Vec<(usize, Period)>> {
        let each = |term: &RatioTerm| {
            let row = self.definitions.forms.iter().rev().find_map(|form| form.row(&term.item));
            term.over != Over::Kind || row.is_some_and(|row| row.across_time == AcrossTime::Sum)
        };
        if !terms.clone().all(each) {
            return None;
        }
        let mut returns = Vec::new();
        for (at, crowd) in self.table.crowds.iter().enumerate() {
            let within = if period.contains(crowd.year) { crowd.year } else { period };
            if crowd.year.contains(within) {
                let slots = crowd.tiles(within).unwrap_or_default().into_iter().map(|slot| (at, slot));
                returns.extend(slots.filter(|slot| terms.clone().all(|term| self.of_return(term, *slot, 1).is_some())));
            }
        }
        Some(returns)
    }

    /// A term in one return of a crowd, as numbers of the table; `None` when it is not there.
    fn of_return(&self, term: &RatioTerm, (crowd, slot): (usize, Period), fourteenths: i64) -> Option<Terms> {
        let measure = self.figures.cube.axes().measure_position(&term.item)?;
        let cell = self.crowd_cell(crowd, slot, measure)?;
        if term.over != Over::Weeks {
            return Some(vec![(cell, term.coefficient * fourteenths)]);
        }
        let (first, last) = self.definitions.scheme.days(slot);
        let days = (last - first).num_days() + 1;
        let start = self.before(crowd, slot, measure)?;
        Some(vec![(start, term.coefficient * days), (cell, term.coefficient * days)])
    }

    fn crowd_cell(&self, crowd: usize, slot: Period, measure: usize) -> Option<usize> {
        self.table.position(Place::Crowd(crowd, self.figures.cube.axes().period_position(slot)?), measure)
    }

    /// The number of the same units in their return just before.
    fn before(&self, crowd: usize, slot: Period, measure: usize) -> Option<usize> {
        let members = &self.table.crowds[crowd].members;
        let crowds = self.table.crowds.iter().enumerate().filter(|(_, other)| other.members == *members);
        crowds
            .flat_map(|(at, other)| other.slots.iter().map(move |(earlier, _)| (at, *earlier)))
            .find(|(_, earlier)| self.follows(*earlier, slot))
            .and_then(|(at, earlier)| self.crowd_cell(at, earlier, measure))
    }

    fn follows(&self, earlier: Period, later: Period) -> bool {
        self.definitions.scheme.days(earlier).1.succ_opt() == Some(self.definitions.scheme.days(later).0)
    }
}
