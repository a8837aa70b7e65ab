//! What earlier editions printed and hid: known for ever, and hidden for good.
//!
//! A number that is printed unchanged is known whatever is decided now. One
//! that has changed since is known up to what the returns that came between
//! add, and that difference is protected like any other number about persons
//! (statistics report 0.7 and 0.8).

use std::collections::{BTreeMap, BTreeSet};

use crate::figures::{Axes, Quantity};
use crate::ledger::Ledger;
use crate::release::disclosure::table::{Place, Table};
use crate::vocabulary::{Area, ConfStatus};

/// Earlier editions, in terms of the present table.
#[derive(Clone, Debug, Default)]
pub struct Earlier {
    /// Cells that were printed with their present number.
    pub printed: BTreeSet<usize>,
    /// Cells that were printed with another number, and by how much they have grown since.
    pub changed: BTreeSet<(usize, i64)>,
    /// Cells that were hidden.
    pub hidden: BTreeSet<usize>,
}

impl Earlier {
    /// Reads the ledger against a table.
    pub fn new(ledger: &Ledger, table: &Table, axes: &Axes) -> Self {
        let measures: BTreeMap<_, usize> = axes.measures().iter().zip(0..).collect();
        let mut earlier = Self::default();
        for ((area, period, measure), printed) in ledger.publications.iter().flat_map(|edition| &edition.printed) {
            let (Some(area_at), Some(period)) = (axes.area_position(area), axes.period_position(*period)) else {
                continue;
            };
            let place = match area {
                Area::Province(_) => Place::Province(period),
                Area::Unit(_) => Place::Unit(area_at, period),
                Area::Group(_) => continue,
            };
            let Some(cell) = measures.get(measure).and_then(|measure| table.position(place, *measure)) else {
                continue;
            };
            match printed.value {
                Some(Quantity::Whole(value)) if value == table.cells[cell].value => {
                    earlier.printed.insert(cell);
                }
                Some(Quantity::Whole(value)) => {
                    earlier.changed.insert((cell, table.cells[cell].value.saturating_sub(value)));
                }
                _ if printed.conf == ConfStatus::C => {
                    earlier.hidden.insert(cell);
                }
                _ => {}
            }
        }
        earlier
    }
}
