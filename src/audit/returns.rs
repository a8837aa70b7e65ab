//! The returns a reader can tell apart: which make up a review period of a unit, from the public files alone.

use crate::audit::sheet::Sheet;
use crate::vocabulary::{Area, Period};

/// A return of a unit, of its own rhythm.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Own {
    /// Position of its unit among the areas.
    pub unit: usize,
    /// Its period.
    pub period: Period,
    /// Whether it was accepted without any warning.
    pub clean: bool,
}

/// Every return, and which of them make up each period of each unit.
#[derive(Clone, Debug)]
pub(super) struct Returns {
    /// By unit and period.
    pub all: Vec<Own>,
    /// By unit, then period: positions of returns, in order of time; none where they do not tile the period.
    tiles: Vec<Vec<u32>>,
    periods: usize,
}

impl Returns {
    /// The returns that a sheet tells of.
    pub fn of(sheet: &Sheet) -> Self {
        let mut all: Vec<Own> = Vec::new();
        let mut tiles = vec![Vec::new(); sheet.areas.len() * sheet.periods.len()];
        for (unit, area) in sheet.areas.iter().enumerate() {
            let Area::Unit(code) = area else { continue };
            let from = all.len();
            let owed = sheet.returns.get(code).map_or(&[][..], Vec::as_slice);
            all.extend(owed.iter().map(|owed| Own { unit, period: owed.period, clean: owed.clean }));
            for (at, period) in sheet.periods.iter().enumerate() {
                let tile = tile(*period, &all[from..]).unwrap_or_default();
                tiles[unit * sheet.periods.len() + at] = tile.into_iter().map(|place| (from + place) as u32).collect();
            }
        }
        Self { all, tiles, periods: sheet.periods.len() }
    }

    /// The returns that make up a period of a unit.
    pub fn tile(&self, unit: usize, period: usize) -> &[u32] {
        &self.tiles[unit * self.periods + period]
    }

    /// The return of a unit for a period of its own rhythm.
    pub fn find(&self, unit: usize, period: Period) -> Option<usize> {
        let from = self.all.partition_point(|own| own.unit < unit);
        self.all[from..]
            .iter()
            .take_while(|own| own.unit == unit)
            .position(|own| own.period == period)
            .map(|at| from + at)
    }
}

/// The returns that follow one another from the first to the last quarter of a period, the longest that fit.
fn tile(period: Period, own: &[Own]) -> Option<Vec<usize>> {
    let quarters: Vec<Period> = period.quarters().collect();
    let (mut tiles, mut at) = (Vec::new(), 0);
    while at < quarters.len() {
        let fitting =
            own.iter().enumerate().filter(|(_, r)| period.contains(r.period) && r.period.starts_with(quarters[at]));
        let (place, length) = fitting.map(|(place, r)| (place, r.period.quarters().count())).max_by_key(|(_, n)| *n)?;
        tiles.push(place);
        at += length;
    }
    Some(tiles)
}
