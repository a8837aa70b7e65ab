//! Certificates: other tables that print the same as the true one, kept as what they change.
//!
//! A sensitive cell is safe where one of them has 0 in its place and another the threshold or more
//! (statistics report 1.5, step 5). Anyone can check one by adding up, without looking for it again: so
//! does the audit, whenever more has been hidden since it was found.

use std::collections::BTreeMap;

use crate::audit::block::{Block, Blocks};
use crate::audit::exchange::{Field, Table};
use crate::audit::statement::Matter;
use crate::audit::target::Target;
use crate::release::{Certificates, Certified, OtherValue};
use crate::vocabulary::Area;

/// Tables that were found, as differences to the true one over the unknowns of all blocks.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Tables {
    all: Vec<Vec<(u32, i64)>>,
}

impl Tables {
    /// Those that still print the same, by block: blocks are independent, so each part is a table itself.
    pub(super) fn standing(&self, blocks: &Blocks, fields: &BTreeMap<usize, Field>) -> BTreeMap<usize, Vec<Table>> {
        let mut standing: BTreeMap<usize, Vec<Table>> = BTreeMap::new();
        for table in &self.all {
            for (block, terms) in blocks.parted(table) {
                let table = Table::of(terms);
                if fields.get(&block).is_some_and(|field| field.holds(&table)) {
                    standing.entry(block).or_default().push(table);
                }
            }
        }
        standing
    }

    /// Takes over tables of a block.
    pub(super) fn take(&mut self, block: &Block, tables: Vec<Table>) {
        let whole = |table: Table| {
            let changed = table.change.into_iter().filter(|(_, change)| *change != 0);
            changed.map(|(at, change)| (block.unknowns[at as usize], change)).collect()
        };
        self.all.extend(tables.into_iter().map(whole));
    }

    /// The certificates of the sensitive targets, as far as these tables go, and only the tables they need.
    pub(super) fn certify(&self, matter: Matter<'_>, targets: &[Target]) -> Certificates {
        let threshold = matter.definitions.policy.threshold;
        let changes: Vec<BTreeMap<u32, i64>> = self.all.iter().map(|table| table.iter().copied().collect()).collect();
        let mut by_unknown: BTreeMap<u32, Vec<usize>> = BTreeMap::new();
        for (table, at) in self.all.iter().zip(0..) {
            table.iter().for_each(|(unknown, _)| by_unknown.entry(*unknown).or_default().push(at));
        }
        let mut certificates = Certificates::default();
        let mut number: BTreeMap<usize, usize> = BTreeMap::new();
        for target in targets.iter().filter(|target| target.is_sensitive) {
            let mut near: Vec<usize> =
                target.terms.iter().filter_map(|(unknown, _)| by_unknown.get(unknown)).flatten().copied().collect();
            near.sort_unstable();
            near.dedup();
            let value = |table: &usize| {
                let change = |(unknown, c): &(u32, i64)| c * changes[*table].get(unknown).copied().unwrap_or(0);
                target.truth + target.terms.iter().map(change).sum::<i64>()
            };
            let mut named = |table: Option<usize>| {
                table.map(|table| {
                    *number.entry(table).or_insert_with(|| {
                        certificates.tables.push(differences(matter, &self.all[table]));
                        certificates.tables.len() - 1
                    })
                })
            };
            let zero = near.iter().copied().find(|table| target.truth > 0 && value(table) <= 0);
            let high = near.iter().copied().find(|table| value(table) >= threshold);
            let (zero, high) = (named(zero), named(high));
            let (area, period, measure) = target.place;
            let sheet = matter.sheet;
            certificates.cells.push(Certified {
                area: sheet.areas[area].clone(),
                period: sheet.periods[period],
                measure: sheet.measures[measure].clone(),
                zero,
                high,
            });
        }
        certificates.cells.sort();
        certificates
    }
}

fn differences(matter: Matter<'_>, table: &[(u32, i64)]) -> Vec<OtherValue> {
    let mut differences: Vec<OtherValue> = table
        .iter()
        .map(|(unknown, change)| {
            let unknown = &matter.unknowns[*unknown as usize];
            let own = matter.returns.all[unknown.own as usize];
            let Area::Unit(unit) = &matter.sheet.areas[own.unit] else { unreachable!("returns are sent by units") };
            OtherValue {
                unit: unit.clone(),
                period: own.period,
                measure: matter.sheet.measures[unknown.measure as usize].clone(),
                reported: unknown.truth,
                other: unknown.truth + change,
            }
        })
        .collect();
    differences.sort();
    differences
}
