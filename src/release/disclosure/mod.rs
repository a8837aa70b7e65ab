//! Disclosure control: which figures about persons the public edition hides.
//!
//! ```text
//! subject    what a measure is about, and the rules that join measures
//! table      every number behind the figures, and the equations between them
//! level      which numbers could be printed at all, and in which order they are tried
//! earlier    what earlier editions printed and hid
//! suppress   primary and secondary suppression, by Gaussian elimination
//!   eliminate, field    the elimination, modulo 2^61 − 1
//! derived    ratios, from printed numbers only
//! bounds     between which numbers a hidden one can be placed
//! insider    what a unit learns with its own figures
//! choice     all of it together, and what to hide besides
//! ```
//!
//! One sign for whatever is hidden, first or second. Terms after the *Handbook
//! on Statistical Disclosure Control*, chapters 4 and 5; method and thresholds
//! of the statistics report, 1.5. What it decides is attacked from outside by
//! `audit`, which does not know this room.

mod bounds;
mod choice;
mod derived;
mod earlier;
mod eliminate;
mod field;
mod insider;
mod level;
#[cfg(test)]
mod published;
mod subject;
mod suppress;
mod table;

#[cfg(test)]
mod tests;

use std::collections::{BTreeMap, BTreeSet};

pub use level::Finest;
pub use subject::{Subject, subjects};

use crate::definitions::Definitions;
use crate::figures::{Axes, Figures};
use crate::ledger::Ledger;
use crate::release::disclosure::choice::Case;
use crate::release::disclosure::earlier::Earlier;
use crate::release::disclosure::level::Levels;
use crate::release::disclosure::table::{Place, Table};
use crate::vocabulary::{Area, MeasureCode, Period, PeriodKind};

/// Rounds of hiding single cells where a hidden number is not safe yet, and rounds in all; in those
/// between, whole levels are hidden.
const SINGLE_ROUNDS: usize = 40;
const ROUNDS: usize = 48;

/// What the public edition hides.
#[derive(Clone, Debug)]
pub struct Cover {
    /// For each cell of the cube, in its own order, whether its value is hidden. Cells without a value
    /// are never hidden: that something is missing or not applicable is no secret.
    pub hidden: Vec<bool>,
    /// For each measure about persons the finest figures of single units that are shown.
    pub finest: BTreeMap<MeasureCode, Finest>,
    /// What is hidden besides what suppression asks: cells of the table.
    besides: BTreeSet<usize>,
}

/// A number that is told by what is printed: area, period, measure.
pub type Told = (Area, Period, MeasureCode);

/// Decides what the public edition hides, given what has been printed before.
pub fn cover(figures: &Figures, definitions: &Definitions, ledger: &Ledger) -> Cover {
    decide(figures, definitions, ledger, |_| BTreeSet::new())
}

impl Cover {
    /// The cover that hides every figure about persons.
    pub fn closed(figures: &Figures, definitions: &Definitions) -> Cover {
        let axes = figures.cube.axes();
        let subjects = subjects(axes, definitions);
        let cells = figures.cube.cells().iter().enumerate();
        let personal = |at: usize| subjects[at % subjects.len()].is_personal();
        let of = |(_, subject): &(&MeasureCode, &Subject)| subject.is_personal();
        Cover {
            hidden: cells.map(|(at, figure)| personal(at) && figure.value.is_some()).collect(),
            finest: axes
                .measures()
                .iter()
                .zip(&subjects)
                .filter(of)
                .map(|(code, _)| (code.clone(), Finest::Province))
                .collect(),
            besides: BTreeSet::new(),
        }
    }

    /// The cover with more hidden around numbers that were found to be told: the least valuable printed
    /// number around each, or the whole level that it belongs to.
    pub fn wider(
        &self,
        figures: &Figures,
        definitions: &Definitions,
        ledger: &Ledger,
        told: &BTreeSet<Told>,
        whole_levels: bool,
    ) -> Cover {
        decide(figures, definitions, ledger, |case| {
            let choice = case.choose(&self.besides);
            let around = told.iter().filter_map(|told| case.cheapest_around(&choice, told)).collect();
            let more = if whole_levels { case.levels_of(&choice, &around) } else { around };
            self.besides.union(&more).copied().collect()
        })
    }
}

fn decide(
    figures: &Figures,
    definitions: &Definitions,
    ledger: &Ledger,
    besides: impl FnOnce(&Case<'_>) -> BTreeSet<usize>,
) -> Cover {
    let cube = &figures.cube;
    let axes = cube.axes();
    let subjects = subjects(axes, definitions);
    let table = Table::new(figures, definitions);
    let levels = Levels::new(&table, cube, definitions, &subjects);
    let earlier = Earlier::new(ledger, &table, axes);
    let case = Case { table: &table, levels: &levels, earlier: &earlier, subjects: &subjects, figures, definitions };
    let mut extra = besides(&case);
    let mut round = 0;
    let choice = loop {
        let choice = case.choose(&extra);
        let more = case.more(&choice, round >= SINGLE_ROUNDS);
        round += 1;
        if round > ROUNDS || more.is_empty() {
            break choice;
        }
        extra.extend(more);
    };

    let mut hidden: Vec<bool> = (0..axes.len())
        .map(|at| subjects[at % subjects.len()].is_personal() && cube.cells()[at].value.is_some())
        .collect();
    for measure in 0..subjects.len() {
        for (place, at) in places(axes, measure) {
            let cell = table.position(place, measure).is_some_and(|cell| choice.printed[cell]);
            let ratio = choice.ratios.contains_key(&at);
            hidden[at] &= !(cell || ratio);
        }
    }
    let personal = (0..subjects.len()).filter(|measure| subjects[*measure].is_personal());
    let finest = personal.map(|measure| (axes.measures()[measure].clone(), choice.finest[measure])).collect();
    Cover { hidden, finest, besides: extra }
}

/// The places of a measure that could be printed, with their positions in the cube.
fn places(axes: &Axes, measure: usize) -> impl Iterator<Item = (Place, usize)> + '_ {
    axes.areas().iter().enumerate().flat_map(move |(area, of)| {
        axes.periods().iter().enumerate().filter_map(move |(period, when)| {
            let place = match (of, when.kind()) {
                (Area::Province(_), _) => Place::Province(period),
                (Area::Unit(_), PeriodKind::Year | PeriodKind::Span) => Place::Unit(area, period),
                _ => return None,
            };
            Some((place, axes.at(area, period, measure)))
        })
    })
}
