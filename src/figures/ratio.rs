//! Ratios: sums of numerators over sums of denominators, of returns that report all of both.
//!
//! Made for units here; groups and the province add up the units' numerators
//! and denominators ([`super::rollup`]). The division happens when a ratio is
//! written. A numerator above its denominator stays as it is: checks speak of it.

use crate::definitions::Scheme;
use crate::definitions::form::AcrossTime;
use crate::definitions::indicator::{Over, RatioTerm};
use crate::figures::measure::{CatalogueRow, MeasureInfo, Origin};
use crate::figures::panel::{Observation, OwnReturn, Panel};
use crate::figures::part::{Part, Parts};
use crate::figures::tiling::{Tiles, Tiling};

/// Computes every ratio of the catalogue for every unit and period.
pub(super) fn of_units(
    panel: &Panel,
    tiling: &Tiling,
    rows: &[CatalogueRow<'_>],
    scheme: &Scheme,
    catalogue: &[MeasureInfo],
    units: usize,
    parts: &mut Parts,
) {
    for (measure, info) in catalogue.iter().enumerate() {
        let Origin::Ratio { numerator, denominator, .. } = &info.origin else { continue };
        let Some(ratio) = Ratio::resolve(numerator, denominator, rows) else { continue };
        for unit in 0..units {
            for period in 0..parts.periods() {
                *parts.get_mut(unit, period, measure) = ratio.over(panel, scheme, tiling.of(unit, period));
            }
        }
    }
}

/// A ratio with its rows found.
struct Ratio {
    terms: Vec<Term>,
}

/// One term: which row, how often it counts, and on which side.
struct Term {
    item: usize,
    coefficient: i64,
    below: bool,
    counted: Counted,
}

/// In which returns of a period a term counts.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Counted {
    /// In each.
    Each,
    /// In each, as persons times days.
    EachDays,
    /// In the first, of each unit there was.
    First,
    /// In the last, of each unit there is.
    Last,
    /// In the only one.
    Only,
}

impl Ratio {
    fn resolve(numerator: &[RatioTerm], denominator: &[RatioTerm], rows: &[CatalogueRow<'_>]) -> Option<Self> {
        // Persons × weeks = (start + end) ÷ 2 × days ÷ 7: counted in fourteenths, all other terms in fourteenths too.
        let weeks = numerator.iter().chain(denominator).any(|term| term.over == Over::Weeks);
        let side = |terms: &[RatioTerm], below: bool| -> Option<Vec<Term>> {
            let resolve = |term: &RatioTerm| {
                let item = rows.iter().position(|entry| entry.row.code == term.item)?;
                let counted = match (term.over, rows[item].row.across_time) {
                    (Over::Weeks, _) => Counted::EachDays,
                    (Over::EachReturn, _) | (Over::Kind, AcrossTime::Sum) => Counted::Each,
                    (Over::Kind, AcrossTime::First) => Counted::First,
                    (Over::Kind, AcrossTime::Last) => Counted::Last,
                    (Over::Kind, AcrossTime::None) => Counted::Only,
                };
                let fourteenths = if weeks && counted != Counted::EachDays { 14 } else { 1 };
                Some(Term { item, coefficient: term.coefficient * fourteenths, below, counted })
            };
            terms.iter().map(resolve).collect()
        };
        let mut terms = side(numerator, false)?;
        terms.extend(side(denominator, true)?);
        Some(Self { terms })
    }

    /// The ratio over the returns of a period. Terms that count in each return are taken from the
    /// returns that report all of them; terms of the first and last return must be there.
    fn over(&self, panel: &Panel, scheme: &Scheme, tiles: &Tiles) -> Part {
        if tiles.all.is_empty() {
            return Part::default();
        }
        let mut ends = Reports::default();
        for term in &self.terms {
            let returns: &[u32] = match (term.counted, tiles.only()) {
                (Counted::Each | Counted::EachDays, _) => continue,
                (Counted::First, _) => &tiles.first,
                (Counted::Last, _) => &tiles.last,
                (Counted::Only, Some(_)) => &tiles.all,
                (Counted::Only, None) => &[],
            };
            ends.not_due |= returns.is_empty();
            for own in returns {
                ends.take(term, panel.get(*own, term.item));
                ends.estimate |= panel.returns()[*own as usize].estimate;
            }
        }
        let each: Vec<&Term> =
            self.terms.iter().filter(|t| matches!(t.counted, Counted::Each | Counted::EachDays)).collect();
        if ends.not_due {
            return Part::default();
        }
        if each.is_empty() {
            return ends.part();
        }
        let mut sum = Part::default();
        for own in &tiles.all {
            let mut reports = Reports { estimate: panel.returns()[*own as usize].estimate, ..Reports::default() };
            for term in &each {
                let observation = match term.counted {
                    Counted::EachDays => person_days(panel, scheme, *own, term.item),
                    _ => panel.get(*own, term.item),
                };
                reports.take(term, observation);
            }
            sum = sum.plus(reports.part());
        }
        match ends {
            Reports { absent: true, .. } => Part { due: sum.due, ..Part::default() },
            _ if sum.reported == 0 => sum,
            Reports { value, denominator, estimate, .. } => {
                let estimated = u32::from(estimate && sum.estimated == 0);
                sum.plus(Part { value, denominator, estimated, ..Part::default() })
            }
        }
    }
}

/// The terms of one return, as far as they were taken.
#[derive(Default)]
struct Reports {
    value: i64,
    denominator: i64,
    not_due: bool,
    absent: bool,
    estimate: bool,
}

impl Reports {
    fn take(&mut self, term: &Term, observation: Observation) {
        match observation {
            Observation::Reported(value) => {
                let side = if term.below { &mut self.denominator } else { &mut self.value };
                *side = side.saturating_add(value.saturating_mul(term.coefficient));
            }
            Observation::NotDue => self.not_due = true,
            Observation::Missing | Observation::Quarantined => self.absent = true,
        }
    }

    /// One return: due when all terms are, reported when all terms are.
    fn part(&self) -> Part {
        match (self.not_due, self.absent) {
            (true, _) => Part::default(),
            (false, true) => Part { due: 1, ..Part::default() },
            (false, false) => Part {
                value: self.value,
                denominator: self.denominator,
                reported: 1,
                due: 1,
                estimated: u32::from(self.estimate),
            },
        }
    }
}

/// `(stock at the start + stock at the end) × days` of a return. The start is the end of the unit's
/// return just before; a unit's first return has none, so persons × weeks are not due there.
fn person_days(panel: &Panel, scheme: &Scheme, own: u32, item: usize) -> Observation {
    let returns = panel.returns();
    let this = returns[own as usize];
    let (first_day, last_day) = scheme.days(this.period);
    let follows =
        |before: &OwnReturn| before.unit == this.unit && scheme.days(before.period).1.succ_opt() == Some(first_day);
    let before = (0..own).rev().take_while(|at| returns[*at as usize].unit == this.unit);
    let Some(before) = before.into_iter().find(|at| follows(&returns[*at as usize])) else {
        return Observation::NotDue;
    };
    match (panel.get(before, item), panel.get(own, item)) {
        (Observation::Reported(start), Observation::Reported(end)) => {
            let days = (last_day - first_day).num_days() + 1;
            Observation::Reported(start.saturating_add(end).saturating_mul(days))
        }
        (Observation::NotDue, _) | (_, Observation::NotDue) => Observation::NotDue,
        _ => Observation::Missing,
    }
}
