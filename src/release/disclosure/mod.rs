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
//! ```
//!
//! One sign for whatever is hidden, first or second. Terms after the *Handbook
//! on Statistical Disclosure Control*, chapters 4 and 5; method and thresholds
//! of the statistics report, 1.5. What it decides is attacked from outside by
//! `audit`, which does not know this room.

mod derived;
mod earlier;
mod eliminate;
mod field;
mod level;
mod subject;
mod suppress;
mod table;

use std::collections::BTreeMap;

pub use level::Finest;
pub use subject::{Subject, subjects};

use crate::definitions::Definitions;
use crate::figures::Figures;
use crate::ledger::Ledger;
use crate::release::disclosure::derived::Ratios;
use crate::release::disclosure::earlier::Earlier;
use crate::release::disclosure::field::row;
use crate::release::disclosure::level::Levels;
use crate::release::disclosure::suppress::Block;
use crate::release::disclosure::table::{Place, Table};
use crate::vocabulary::{Area, MeasureCode, PeriodKind};

/// What the public edition hides.
#[derive(Clone, Debug)]
pub struct Cover {
    /// For each cell of the cube, in its own order, whether its value is hidden. Cells without a value
    /// are never hidden: that something is missing or not applicable is no secret.
    pub hidden: Vec<bool>,
    /// For each measure about persons the finest figures of single units that are shown.
    pub finest: BTreeMap<MeasureCode, Finest>,
}

/// Decides what the public edition hides, given what has been printed before.
pub fn cover(figures: &Figures, definitions: &Definitions, ledger: &Ledger) -> Cover {
    let cube = &figures.cube;
    let axes = cube.axes();
    let subjects = subjects(axes, definitions);
    let table = Table::new(figures, definitions);
    let levels = Levels::new(&table, cube, definitions, &subjects);
    let earlier = Earlier::new(ledger, &table, axes);
    let kinds: Vec<PeriodKind> = axes.periods().iter().map(|period| period.kind()).collect();

    let receivers = |cell: usize| subjects[table.cells[cell].measure].receivers;
    let block = |is_mine, is_barred, is_protected| Block {
        table: &table,
        levels: &levels,
        earlier: &earlier,
        kinds: &kinds,
        measures: axes.measures().len(),
        is_mine,
        is_barred,
        is_protected,
    };
    let is_small = |cell: usize| levels.is_small(&table, cell);
    let (is_count, is_amount) = (|cell| receivers(cell).is_none(), |cell| receivers(cell).is_some());
    let counts = block(&is_count, &|_| false, &is_small).decide();
    // An amount of money is hidden, and protected, wherever its receivers are not known.
    let unknown: Vec<bool> = (0..table.cells.len())
        .map(|cell| {
            let counted = receivers(cell).and_then(|counted| table.position(table.cells[cell].place, counted));
            counted.is_none_or(|counted| !counts.knowledge.knows(row(&[(counted, 1)])))
        })
        .collect();
    let receivers_hidden = |cell: usize| unknown[cell];
    let amounts = block(&is_amount, &receivers_hidden, &receivers_hidden).decide();

    let printed: Vec<bool> =
        counts.printed.iter().zip(&amounts.printed).map(|(count, amount)| count | amount).collect();
    let mut knowledge = counts.knowledge;
    let ratios = Ratios { table: &table, figures, definitions, subjects: &subjects, printed: &printed };
    let mut hidden = vec![false; axes.len()];
    for (measure, (code, subject)) in
        axes.measures().iter().zip(&subjects).enumerate().filter(|(_, (_, s))| s.is_personal())
    {
        let indicator = definitions.indicators.iter().find(|indicator| indicator.code == *code);
        for (area_at, area) in axes.areas().iter().enumerate() {
            for (period_at, kind) in kinds.iter().enumerate() {
                let place = match (area, kind) {
                    (Area::Province(_), _) => Some(Place::Province(period_at)),
                    (Area::Unit(_), PeriodKind::Year | PeriodKind::Span) => Some(Place::Unit(area_at, period_at)),
                    _ => None,
                };
                let at = axes.at(area_at, period_at, measure);
                let shown = place.is_some_and(|place| match indicator {
                    Some(indicator) => ratios.decide(indicator, place, measure, &mut knowledge),
                    None => table.position(place, measure).is_some_and(|cell| printed[cell]),
                });
                debug_assert!(subject.is_personal());
                hidden[at] = cube.cells()[at].value.is_some() && !shown;
            }
        }
    }
    let finest = |measure: usize| match subjects[measure].receivers {
        Some(_) => amounts.finest[measure],
        None => counts.finest[measure],
    };
    let personal = (0..subjects.len()).filter(|measure| subjects[*measure].is_personal());
    let finest = personal.map(|measure| (axes.measures()[measure].clone(), finest(measure))).collect();
    Cover { hidden, finest }
}
